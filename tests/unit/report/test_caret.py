"""The part of a line that a report shows, and where in it the value is."""

import pytest

from linkcheck.model import Span
from linkcheck.report.caret import window


@pytest.mark.parametrize(
    ("quote", "span", "room", "shows"),
    [
        ("key: abc", Span(1, 6, 1, 9), 80, ("key: abc", 5, 3)),
        ("  key: abc # d", Span(1, 8, 1, 11), 80, ("key: abc # d", 5, 3)),
        ("  key: abc", Span(1, 2, 1, 3), 80, (" key: abc", 0, 1)),
        ("key: >-", Span(1, 6, 3, 2), 80, ("key: >-", 5, 2)),
        ("key: 'abc", Span(1, 6, 2, 7), 80, ("key: 'abc", 5, 4)),
        ("key:", Span(1, 9, 1, 9), 80, ("key:", 4, 1)),
        ("key: abc", Span(1, 6, 1, 99), 80, ("key: abc", 5, 3)),
        ("key: abcdefgh", Span(1, 6, 1, 14), 10, ("key: abcd\u2026", 5, 5)),
        ("keys: abcdefgh", Span(1, 7, 1, 15), 10, ("\u2026s: abcde\u2026", 4, 6)),
    ],
    ids=[
        "within the line",
        "indented",
        "in the indentation",
        "several lines",
        "several lines, a later column",
        "behind the line",
        "an end behind the line",
        "as much before it as may stay",
        "more before it than may stay",
    ],
)
def test_a_value_is_shown_with_its_key_and_its_place(quote: str, span: Span, room: int, shows: tuple[str, int, int]) -> None:
    assert window(quote, span, room) == shows
