"""The known name that was probably meant."""

from collections.abc import Iterable

_SHORTEST = (5, 9)
"""Letters a word must have for one slip, and for two."""
_SHORTEST_SURE = (3, 6)
_LONGEST = 64


def fold(name: str) -> str:
    """The name without what people get wrong first: case, hyphens, underscores and spaces."""
    return name.casefold().replace("-", "").replace("_", "").replace(" ", "")


def closest(name: str, known: Iterable[str], *, sure: bool = False) -> str | None:
    """The known name nearest to `name`, None where none is near.

    Near is the same when folded, one slip in words of five letters or more, two in words of nine or more; three and six
    where it is `sure` that the name is wrong. The shorter word decides; of equally near names the first counts.
    """
    if len(name) > _LONGEST:
        return None
    folded = fold(name)
    best: str | None = None
    least = 3
    for candidate in known:
        other = fold(candidate)
        if other == folded:
            return candidate
        shorter = min(len(folded), len(other))
        allowed = sum(shorter >= letters for letters in (_SHORTEST_SURE if sure else _SHORTEST))
        limit = min(allowed, least - 1)
        if limit and abs(len(folded) - len(other)) <= limit:
            slips = _slips(folded, other)
            if slips <= limit:
                best, least = candidate, slips
    return best


def only_closest(name: str, known: Iterable[str], *, sure: bool = False) -> str | None:
    """The same, None where several are equally near: `b61` is as near to `b11` as to `b6`."""
    names = tuple(dict.fromkeys(known))
    near = closest(name, names, sure=sure)
    if near is None or fold(near) == fold(name):
        return near
    other = closest(name, [each for each in names if fold(each) != fold(near)], sure=sure)
    is_tied = other is not None and _slips(fold(name), fold(other)) == _slips(fold(name), fold(near))
    return None if is_tied else near


def closest_value(value: str, known: Iterable[str]) -> str | None:
    """The known value nearest to one that is wrong, or the only one that begins with it (`warn` for `warning`)."""
    values = tuple(known)
    near = only_closest(value, values, sure=True)
    if near is not None:
        return near
    begun = [each for each in values if fold(each).startswith(fold(value))]
    return begun[0] if len(begun) == 1 and len(fold(value)) >= _SHORTEST_SURE[0] else None


def _slips(one: str, other: str) -> int:
    """Letters missing, added, changed or swapped with the next one (optimal string alignment distance)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, counterpart in enumerate(other, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
