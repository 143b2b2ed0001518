"""Where a span is among the bytes of a file."""

import pytest

from linkcheck.fix.positions import Positions
from linkcheck.model import Span


@pytest.mark.parametrize(
    ("raw", "span", "bounds"),
    [
        (b"ab: c\n", Span(1, 5, 1, 6), (4, 5)),
        ("é: à\n".encode(), Span(1, 4, 1, 5), (4, 6)),
        (b"\xef\xbb\xbfab", Span(1, 1, 1, 2), (3, 4)),
        (b"a\r\nb\rc\nd", Span(2, 1, 4, 2), (3, 8)),
        (b"a\n\xff: b", Span(2, 4, 2, 5), (5, 6)),
        ("😀: b".encode(), Span(1, 2, 1, 5), (4, 7)),
        (b"a\n", Span(1, 1, 2, 1), (0, 2)),
    ],
)
def test_columns_are_characters_and_offsets_are_bytes(raw: bytes, span: Span, bounds: tuple[int, int]) -> None:
    assert Positions(raw).bounds(span) == bounds


def test_a_line_that_the_file_does_not_have_is_an_error() -> None:
    with pytest.raises(IndexError):
        Positions(b"a\n").bounds(Span(1, 1, 3, 1))
