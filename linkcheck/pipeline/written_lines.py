"""Which lines of an article a change wrote: those that a longest common subsequence with its former lines does not have."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

_MOST_WORK = 250_000
"""Maximum number of pairs of lines to compare. In a larger change, lines that the article had somewhere are not written."""


def written_lines(former: Sequence[str], present: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The first and the last line of each block, 1-based."""
    start = _alike(zip(former, present, strict=False))
    most = min(len(former), len(present)) - start
    end = min(most, _alike(zip(reversed(former), reversed(present), strict=False)))
    before, after = former[start : len(former) - end], present[start : len(present) - end]
    known, kept = set(before), set(after)
    # Lines without a counterpart are in no common subsequence.
    numbers = [number for number, line in enumerate(after) if line in known]
    before = [line for line in before if line in kept]
    if len(before) * len(numbers) <= _MOST_WORK:
        numbers = _common(before, after, numbers)
    there = set(numbers)
    return _blocks(start + number + 1 for number in range(len(after)) if number not in there)


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs have two equal lines before the first that does not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _common(before: Sequence[str], after: Sequence[str], numbers: list[int]) -> list[int]:
    """Those of the numbers of lines in `after` that are in a longest common subsequence."""
    lengths = [[0] * (len(numbers) + 1)]
    for line in before:
        above, row = lengths[-1], [0]
        for index, number in enumerate(numbers):
            row.append(above[index] + 1 if after[number] == line else max(above[index + 1], row[index]))
        lengths.append(row)
    found: list[int] = []
    row_number, index = len(before), len(numbers)
    while row_number and index:
        if before[row_number - 1] == after[numbers[index - 1]]:
            row_number, index = row_number - 1, index - 1
            found.append(numbers[index])
        elif lengths[row_number - 1][index] >= lengths[row_number][index - 1]:
            row_number -= 1
        else:
            index -= 1
    return found


def _blocks(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    blocks: list[tuple[int, int]] = []
    for number in numbers:
        first = blocks.pop()[0] if blocks and blocks[-1][1] == number - 1 else number
        blocks.append((first, number))
    return tuple(blocks)
