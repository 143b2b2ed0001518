"""Tells which properties contain URLs that are not checked, because the schemas of their articles do not declare them."""

from collections import Counter
from collections.abc import Callable

from linkcheck.pointers import field_of, unescape

_MOST_FIELDS = 200
"""Maximum number of properties that are counted."""
_SHOWN = 3
_LONGEST = 60


class UndeclaredFields:
    """Counts the articles of a run by property.

    `is_in_rest` returns whether an article with its schema is in the collection for everything else, so that
    `linkcheck init --add` can add one for its folder.
    """

    def __init__(self, is_in_rest: Callable[[str, str], bool]) -> None:
        self._is_in_rest = is_in_rest
        self._articles = 0
        self._schemas: Counter[str] = Counter()
        self._has_rest = False
        self._counts: dict[str, int] = {}
        self._first: dict[str, str] = {}

    def add(self, path: str, schema: str, pointers: tuple[str, ...]) -> None:
        """`pointers` are `Validation.undeclared_urls` of the article with a path."""
        if pointers:
            self._articles += 1
            self._schemas[schema] += 1
            self._has_rest = self._has_rest or self._is_in_rest(path, schema)
            for field in dict.fromkeys(map(field_of, pointers)):
                if field in self._counts or len(self._counts) < _MOST_FIELDS:
                    self._counts[field] = self._counts.get(field, 0) + 1
                    self._first.setdefault(field, path)

    def notice(self) -> tuple[str, ...]:
        """The notice in one sentence without its full stop; empty if there are no such properties."""
        if not self._counts:
            return ()
        fields = sorted(self._counts, key=lambda field: (-self._counts[field], field))
        named = ", ".join(f"`{_name(field)}` ({self._where(field)})" for field in fields[:_SHOWN])
        number = "many" if len(fields) == _MOST_FIELDS else f"{len(fields) - _SHOWN:,}"
        more = f" and {number} more" if len(fields) > _SHOWN else ""
        articles = f"{self._articles:,} articles have" if self._articles > 1 else "one article has"
        properties = "properties" if len(fields) > 1 else "a property"
        what = f"{articles} URLs in {properties} that the schema does not declare, so they are not checked: {named}{more}"
        return (f"{what}; {self._advice()}",)

    def _advice(self) -> str:
        schemas = sorted(self._schemas, key=lambda schema: (-self._schemas[schema], schema))
        more = f" and {len(schemas) - _SHOWN:,} more" if len(schemas) > _SHOWN else ""
        declare = f"declare them in {', '.join(schemas[:_SHOWN])}{more}"
        return f"{declare}, or for a folder without a collection, run linkcheck init --add" if self._has_rest else declare

    def _where(self, field: str) -> str:
        count = self._counts[field]
        return self._first[field] if count == 1 else f"{count:,}, first in {self._first[field]}"


def _name(field: str) -> str:
    """A property for messages: `images[].url`."""
    name = ".".join("[]" if part == "*" else unescape(part) for part in field[1:].split("/")).replace(".[]", "[]")
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}..."
