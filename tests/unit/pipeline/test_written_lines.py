"""The lines that a change wrote."""

import pytest

from linkcheck.pipeline.written_lines import written_lines


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abc", "abc", ()),
        ("", "ab", ((1, 2),)),
        ("ab", "", ()),
        ("abc", "axc", ((2, 2),)),
        ("abc", "abxc", ((3, 3),)),
        ("abcd", "axbcyzd", ((2, 2), (5, 6))),
        ("xaya", "yaya", ((1, 1),)),
        ("aba", "aaa", ((2, 2),)),
        ("aa", "aaa", ((3, 3),)),
        ("abcab", "cabab", ((1, 1),)),
        ("abcdef", "defabc", ((1, 3),)),
        ("abc", "ac", ()),
        ("1a2b3", "4a5a6b7", ((1, 3), (5, 5), (7, 7))),
    ],
)
def test_the_lines_that_a_change_wrote_are_blocks(before: str, after: str, expected: tuple[tuple[int, int], ...]) -> None:
    assert written_lines([*before], [*after]) == expected


def test_a_large_change_takes_bounded_time() -> None:
    before = ["x", *("ab" * 40_000), "y"]
    after = ["z", *("ba" * 40_000), "new", "w"]
    assert written_lines(before, after) == ((1, 1), (80_002, 80_003))
