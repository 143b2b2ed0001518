"""The edits that reports offer: with columns in characters and in bytes, and never with a new line break."""

import pytest

from linkcheck.fix.edits import edits_of
from linkcheck.model import Edit, Span

LINES = ("é: aé b", "c: 'd", "  e", "  f'", "g")


@pytest.mark.parametrize(
    ("span", "text", "edits"),
    [
        pytest.param(Span(1, 4, 1, 6), "x", (Edit(Span(1, 4, 1, 6), "x", 5, 8),), id="one line"),
        pytest.param(Span(1, 1, 1, 1), "x", (Edit(Span(1, 1, 1, 1), "x", 1, 1),), id="nothing is replaced"),
        pytest.param(Span(1, 7, 2, 2), "x", (Edit(Span(1, 7, 2, 2), "x", 9, 2),), id="two lines become one"),
        pytest.param(
            Span(5, 1, 6, 1), "x", (Edit(Span(5, 1, 6, 1), "x", 1, 1),), id="a scalar that ends after the last line"
        ),
        pytest.param(
            Span(2, 4, 4, 5),
            "'d\n  h\n  i'",
            (Edit(Span(3, 1, 3, 4), "  h", 1, 4), Edit(Span(4, 1, 4, 5), "  i'", 1, 5)),
            id="only lines that change",
        ),
        pytest.param(
            Span(2, 4, 3, 4), "'e\n  e", (Edit(Span(2, 4, 2, 6), "'e", 4, 6),), id="the first line from its column"
        ),
        pytest.param(Span(2, 4, 4, 4), "'d\n  e\n  F", (Edit(Span(4, 1, 4, 4), "  F", 1, 4),), id="the last to its column"),
        pytest.param(Span(2, 4, 4, 5), "'d\n  e\n  f'", (), id="nothing changes"),
        pytest.param(Span(2, 4, 4, 5), "'d\n  e", None, id="fewer lines than before"),
        pytest.param(Span(2, 4, 3, 4), "'d\n  e\n", None, id="more lines than before"),
    ],
)
def test_lines_are_replaced_one_by_one(span: Span, text: str, edits: tuple[Edit, ...] | None) -> None:
    assert edits_of(LINES, span, text) == edits


def test_a_character_that_is_half_a_pair_takes_three_bytes() -> None:
    assert edits_of(("\ud83d: a",), Span(1, 4, 1, 5), "b") == (Edit(Span(1, 4, 1, 5), "b", 6, 7),)
