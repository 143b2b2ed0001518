"""Which fields of the articles contain URLs with a scheme, so that another text there is a mistake."""

from collections import Counter

from linkcheck.pointers import field_of

_LEAST = 10
"""Values of a field that must be URLs: so many show what is usual."""
_SHARE = 0.9
"""The share of the values of a field that must be URLs: the others are few enough to be mistakes."""
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
