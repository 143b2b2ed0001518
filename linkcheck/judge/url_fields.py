"""Which fields of the articles contain URLs with a scheme, so that another text there is a mistake."""

from collections import Counter

from linkcheck.pointers import field_of

_LEAST = 5
"""Values of a field that must be URLs: so many show what is usual."""
_SHARE = 0.75
"""The share of the values of a field that must be URLs. Those that are not, state no path and lead to no file are then
mistakes: fields for both URLs and names of pages contain more of the latter, and most of these start with a slash."""
_MOST_FIELDS = 10_000
"""Fields that are remembered: those that occur first. A schema can allow any names."""


class UrlFieldSurvey:
    """Counts the values of each field that is a link."""

    def __init__(self) -> None:
        self._urls: Counter[str] = Counter()
        self._values: Counter[str] = Counter()

    def add(self, pointer: str, *, is_url: bool) -> None:
        field = field_of(pointer)
        if field in self._values or len(self._values) < _MOST_FIELDS:
            self._values[field] += 1
            self._urls[field] += is_url

    def fields(self) -> frozenset[str]:
        """The fields whose values are URLs with a scheme but for a few."""
        return frozenset(
            field for field, urls in self._urls.items() if urls >= _LEAST and urls >= _SHARE * self._values[field]
        )
