"""Limits of what a reader looks for, each at its edge."""

import re

import pytest

from linkcheck.images.view import CAP, LimitError, NeedError, Segment, View

MARK = re.compile(b"ab")


@pytest.mark.parametrize("tail", [False, True], ids=["in the head", "in the later segment"])
def test_a_pattern_is_found_within_the_limit(*, tail: bool) -> None:
    view = View(b"", Segment(100, b"....ab..")) if tail else View(b"." * 104 + b"ab..")
    assert view.find(MARK, 100, 6) == 104
    with pytest.raises(LimitError):
        view.find(MARK, 100, 5)


@pytest.mark.parametrize("tail", [False, True], ids=["in the head", "in the later segment"])
def test_more_is_read_for_a_pattern_up_to_the_limit(*, tail: bool) -> None:
    view = View(b"", Segment(100, b"." * 8)) if tail else View(b"." * 108)
    with pytest.raises(LimitError):
        view.find(MARK, 100, 8)
    with pytest.raises(NeedError) as raised:
        view.find(MARK, 100, 9)
    assert (raised.value.at, raised.value.upto, raised.value.skip) == (100, 109, False)


@pytest.mark.parametrize(
    ("view", "upto", "reaches"),
    [
        pytest.param(View(b".", seekable=False), CAP, True, id="as much as is read"),
        pytest.param(View(b".", seekable=False), CAP + 1, False, id="one byte more"),
        pytest.param(View(b"."), CAP + 1, True, id="one byte more of a file with ranges"),
        pytest.param(View(b"." * 9, complete=True), 9, True, id="up to the end"),
        pytest.param(View(b"." * 9, complete=True), 10, False, id="beyond the end"),
        pytest.param(View(b".", Segment(50, b"." * 9, complete=True)), 59, True, id="up to the end of the segment"),
        pytest.param(View(b".", Segment(50, b"." * 9, complete=True)), 60, False, id="beyond the end of the segment"),
        pytest.param(View(b".", Segment(50, b"." * 9)), 60, True, id="beyond a segment that is not the last"),
    ],
)
def test_a_guess_reaches_no_further_than_the_file(view: View, upto: int, *, reaches: bool) -> None:
    assert view.reaches(upto) is reaches


@pytest.mark.parametrize(
    ("at", "there"),
    [(0, b"01"), (1, b"12"), (4, b"4"), (5, b""), (7, b""), (8, b"89"), (9, b"9a"), (12, b"c"), (13, b"")],
)
def test_what_is_there_is_given_in_one_piece(at: int, there: bytes) -> None:
    view = View(b"01234", Segment(8, b"89abc"))
    assert view.available(at, 2) == there


@pytest.mark.parametrize(("at", "count", "skip"), [(4, 2, True), (5, 1, True), (7, 2, True), (12, 2, True), (13, 1, False)])
def test_what_is_not_there_is_asked_for(at: int, count: int, *, skip: bool) -> None:
    view = View(b"01234", Segment(8, b"89abc"))
    assert (view.take(0, 5), view.take(8, 5)) == (b"01234", b"89abc")
    with pytest.raises(NeedError) as raised:
        view.take(at, count, skip=skip)
    assert (raised.value.at, raised.value.upto, raised.value.skip) == (at, at + count, skip)
