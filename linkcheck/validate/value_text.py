"""Values in messages, in plain English."""

from collections.abc import Sequence

from msgspec import json

from linkcheck.model import Json

LONGEST_VALUE = 200
"""Characters of a value in a message."""
_LARGE = 10**60
"""Longer numbers have no digits in messages."""

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "empty",
}


def subject(path: Sequence[str | int], root: str) -> str:
    """The property or item at a path, as messages name it."""
    if not path:
        return root
    last = path[-1]
    if isinstance(last, str):
        return f"`{cut(last, 80)}`"
    owner = next((name for name in reversed(path) if isinstance(name, str)), None)
    return f"item {last + 1}" if owner is None else f"item {last + 1} of `{cut(owner, 80)}`"


def show(value: Json) -> str:
    """The value, cut to `LONGEST_VALUE` characters; lists and mappings by their size."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{cut(_with_names_of_spaces(value))}"'
        case int() | float():
            return json.encode(value).decode() if isinstance(value, float) else _digits(value)
        case list():
            return f"a list of {count(len(value), 'item')}"
        case dict():
            return f"a mapping of {count(len(value), 'property', 'properties')}"


def _digits(value: int) -> str:
    return str(value) if abs(value) < _LARGE else "a very long number"


def as_json(value: Json) -> str:
    """The value as JSON, cut to `LONGEST_VALUE` characters."""
    if isinstance(value, (dict, list)):
        # The library's own encoder knows neither numbers beyond 64 bits nor surrogates.
        from json import dumps

        return cut(dumps(value, ensure_ascii=False))
    return "null" if value is None else show(value)


def _with_names_of_spaces(text: str) -> str:
    """The text with `<U+00A0>` for a no-break space at its start or end, and the like: it looks like a plain space."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return f"{_named(text[:start])}{text[start:end]}{_named(text[max(start, end) :])}"


def _named(spaces: str) -> str:
    return "".join(each if each.isascii() else f"<U+{ord(each):04X}>" for each in spaces)


def describe(value: Json) -> str:
    """The value with its type in words: `the text "12px"`."""
    match value:
        case str() if not value:
            return "empty text"
        case str():
            return f"the text {show(value)}"
        case int() | float() if not isinstance(value, bool):
            return f"the number {show(value)}"
        case None:
            return "empty"
        case _:
            return show(value)


def types(names: Sequence[str]) -> str:
    """Allowed types in words: `text or a list`."""
    return join([_TYPES.get(name, name) for name in names])


def join(words: Sequence[str], conjunction: str = "or") -> str:
    """`a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def choices(values: Sequence[Json], conjunction: str = "or", *, quoted: bool = False) -> str:
    """Allowed values, at most ten of them. Texts are in quotes if `quoted`, if some are not texts, or if one is blank."""
    plain = not quoted and all(isinstance(value, str) and value.strip() for value in values)
    shown = [cut(value) if plain and isinstance(value, str) else exactly(value) for value in values[:10]]
    return f"{', '.join(shown)}, or one of {len(values) - 10} more" if len(values) > 10 else join(shown, conjunction)


def mismatch(values: Sequence[Json], value: Json, conjunction: str = "or") -> str:
    """What values are allowed, and which one is there: `image or quote, not "video"`."""
    of_kind = any(_kind(each) is _kind(value) for each in values)
    allowed = choices(values, conjunction, quoted=not isinstance(value, str))
    actual = exactly(value) if of_kind else describe(value)
    is_alike = of_kind and actual in map(exactly, values)
    return f"{allowed}, not {'one that only looks like it' if is_alike else actual}"


def _kind(value: Json) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)


def exactly(value: Json) -> str:
    """The value such that two that differ look different."""
    return as_json(value) if isinstance(value, (dict, list)) and value else "empty" if value is None else show(value)


def count(number: int, one: str, more: str | None = None) -> str:
    """`1 item`, `2 items`."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def times(number: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def cut(text: str, longest: int = LONGEST_VALUE) -> str:
    """The text, its end replaced by an ellipsis where it is longer; fit to encode."""
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return text.encode("utf-8", "replace").decode()
