"""Values in messages, in plain English."""

import re
from collections.abc import Sequence

from msgspec import json

from linkcheck.model import Json

_AROUND = re.compile(r"\A\s+|\s+\Z")
LONGEST_VALUE = 200
"""Characters of a value in a message."""
_VERY_LONG = 10**40

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
            return (
                "a very long number" if abs(value) >= _VERY_LONG and isinstance(value, int) else json.encode(value).decode()
            )
        case list():
            return f"a list of {count(len(value), 'item')}"
        case dict():
            return f"a mapping of {count(len(value), 'property', 'properties')}"


def _with_names_of_spaces(text: str) -> str:
    """The text with `<U+00A0>` for a no-break space at its start or end, and the like: it looks like a plain space."""
    return _AROUND.sub(lambda found: "".join(each if each.isascii() else f"<U+{ord(each):04X}>" for each in found[0]), text)


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


def choices(values: Sequence[Json]) -> str:
    """Allowed values, at most ten of them."""
    shown = [str(show(value)).strip('"') for value in values[:10]]
    return f"{', '.join(shown)}, or one of {len(values) - 10} more" if len(values) > 10 else join(shown)


def count(number: int, one: str, more: str | None = None) -> str:
    """`1 item`, `2 items`."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def cut(text: str, longest: int = LONGEST_VALUE) -> str:
    """The text, its end replaced by an ellipsis where it is longer; fit to encode."""
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return text.encode("utf-8", "replace").decode()
