"""Keywords that a schema has of another dialect than its own, and what to write instead.

Of older ones, `dependencies` is honored everywhere, as the specification allows. A schema that does not declare its dialect
is read as the newest one in which all of its keywords have their meaning.
"""

from collections.abc import Iterator

from linkcheck.model import Json
from linkcheck.pointers import escape, value_at

_ORDER = ("draft-03", "draft-04", "draft-06", "draft-07", "2019-09", "2020-12")
_LIFETIMES: dict[str, tuple[str, str, str]] = {
    "divisibleBy": ("draft-03", "draft-03", "Use multipleOf"),
    "extends": ("draft-03", "draft-03", "Use allOf"),
    "disallow": ("draft-03", "draft-03", "Use not"),
    "const": ("draft-06", "2020-12", "Use enum with one value"),
    "contains": ("draft-06", "2020-12", ""),
    "propertyNames": ("draft-06", "2020-12", ""),
    "if": ("draft-07", "2020-12", "Use anyOf"),
    "dependentRequired": ("2019-09", "2020-12", "Use dependencies"),
    "dependentSchemas": ("2019-09", "2020-12", "Use dependencies"),
    "unevaluatedProperties": ("2019-09", "2020-12", ""),
    "unevaluatedItems": ("2019-09", "2020-12", ""),
    "minContains": ("2019-09", "2020-12", ""),
    "maxContains": ("2019-09", "2020-12", ""),
    "$recursiveRef": ("2019-09", "2019-09", "Use $ref"),
    "prefixItems": ("2020-12", "2020-12", "Use items with a list"),
    "$dynamicRef": ("2020-12", "2020-12", "Use $ref"),
}
"""The first and last dialect of a keyword, and what says the same in others."""
_NEWEST = "2020-12"


def is_of_interest(keyword: str, value: Json) -> bool:
    """Whether the dialect matters for a keyword with this value."""
    match keyword:
        case "items":
            return isinstance(value, list)
        case "additionalItems":
            return True
        case "exclusiveMinimum" | "exclusiveMaximum":
            return isinstance(value, bool)
        case _:
            return keyword in _LIFETIMES


def guessed_dialect(used: list[tuple[str, str, dict[str, Json]]]) -> str:
    """The dialect of a schema that declares none, by its keywords of interest (`used`)."""
    keywords = {keyword for _, keyword, _ in used}
    if keywords & {"exclusiveMinimum", "exclusiveMaximum"} and not any(_starts_after("draft-04", each) for each in keywords):
        return "draft-04"
    if "items" in keywords and not keywords & {"prefixItems", "$dynamicRef"}:
        return "2019-09"
    return _NEWEST


def _starts_after(dialect: str, keyword: str) -> bool:
    return keyword in _LIFETIMES and _ORDER.index(_LIFETIMES[keyword][0]) > _ORDER.index(dialect)


def outdated(used: list[tuple[str, str, dict[str, Json]]], dialect: str) -> Iterator[str]:
    """The keywords that have no effect in the dialect, each with its pointer and what to do."""
    for pointer, keyword, schema in used:
        first, last, instead = _LIFETIMES.get(keyword, (_ORDER[0], _ORDER[-1], ""))
        if keyword == "additionalItems" and dialect == _NEWEST and "prefixItems" in schema:
            last, instead = "2019-09", "Use items"
        if not _ORDER.index(first) <= _ORDER.index(dialect) <= _ORDER.index(last):
            newer = f"declare {first} or later in $schema" if _ORDER.index(first) > _ORDER.index(dialect) else ""
            what = f"{instead}, or {newer}" if instead and newer else instead or newer.capitalize()
            yield f"{pointer}/{escape(keyword)} has no effect in {dialect}. {what}"


def advice(pointer: str, document: Json, dialect: str) -> str | None:
    """What to write instead of a value that was valid in an older dialect and is an error in that of the schema."""
    value = value_at(document, pointer)
    match pointer.rpartition("/")[2], value:
        case "required", bool():
            return 'List the names next to "properties": "required": ["title"].'
        case "items", list() if dialect == _NEWEST:
            return "Use prefixItems for a list of schemas."
        case ("exclusiveMinimum" | "exclusiveMaximum") as keyword, bool():
            bound = keyword.removeprefix("exclusive").lower()
            return f"Use {keyword} with the number, and remove {bound}." if value else f"Remove it, and keep {bound}."
        case _:
            return None
