"""The keyword `errorMessage`: the words of a schema in place of linkcheck's, as in ajv-errors and VS Code.

A text replaces all errors of the schema object and below. An object has texts by keyword; those of `required`,
`dependentRequired` and `dependencies` can be objects by property, `properties` has texts by property, `items` by index, and
`_` is for everything else. A text can contain values of the data: `${/pointer}`, or `${1/name}`, relative to the value.
`patternErrorMessage` of VS Code is the text for `pattern`.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from linkcheck.did_you_mean import closest
from linkcheck.model import Json
from linkcheck.pointers import escape, unescape
from linkcheck.validate.value_text import as_json, cut

LONGEST_MESSAGE = 500
_LONGEST_TEMPLATE = 2_000
_TEMPLATE = re.compile(r"\$\{(?P<up>[0-9]{1,3})?(?P<pointer>#|/[^}]{0,300})?\}")
_ANY_TEMPLATE = re.compile(r"\$\{[^{}]{0,300}\}")
_BY_NAME = ("required", "dependentRequired", "dependencies")
_BY_CHILD = ("properties", "items")
Path = tuple[str | int, ...]


class CustomMessage(Struct, frozen=True):
    """The text for an error, or texts by the name of the missing property. The error is `depth` parts below the schema."""

    text: str | dict[str, str]
    depth: int
    of_keyword: bool = False
    """Whether it is the text for one keyword, not for all errors."""


def custom_message(schema: dict[str, Json], keyword: str, path: Path) -> CustomMessage | None:
    """What the schema has to say about an error of one of its keywords at a path below; None if it has no text."""
    message = schema.get("errorMessage")
    if keyword == "pattern" and (text := _text(schema.get("patternErrorMessage"))) is not None:
        return CustomMessage(text, len(path), of_keyword=True)
    if not isinstance(message, dict):
        text = _text(message)
        return None if text is None else CustomMessage(text, len(path))
    for texts in (message.get(name) for name in _BY_CHILD) if path else ():
        text = _of_child(texts, path[0])
        if text is not None:
            return CustomMessage(text, len(path))
    known, rest = message.get(keyword), _text(message.get("_"))
    if keyword in _BY_NAME and isinstance(known, dict) and not path:
        named = {name: text for name, each in known.items() if (text := _text(each)) is not None}
        return CustomMessage(named if rest is None else {**named, "": rest}, len(path))
    own = _text(known)
    text = own or rest
    return None if text is None else CustomMessage(text, len(path), of_keyword=own is not None)


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _of_child(texts: Json, part: str | int) -> str | None:
    match texts, part:
        case dict(), str():
            return _text(texts.get(part))
        case list(), int() if part < len(texts):
            return _text(texts[part])
        case _:
            return None


def fill(text: str, data: Json, owner: Path) -> str:
    """The text on one line and with the values for its templates. `owner` is the path of the value that has the message."""

    def value(found: re.Match[str]) -> str:
        up, pointer = found["up"], found["pointer"] or ""
        if up is None:
            return found[0] if pointer in ("", "#") else _shown(data, pointer)
        if int(up) > len(owner):
            return "nothing"
        base = owner[: len(owner) - int(up)]
        if pointer == "#":
            return as_json(base[-1]) if base else "nothing"
        return _shown(data, "".join(f"/{escape(str(part))}" for part in base) + pointer)

    return cut(" ".join(_TEMPLATE.sub(value, text[:_LONGEST_TEMPLATE]).split()), LONGEST_MESSAGE)


def _shown(data: Json, pointer: str) -> str:
    """The value as JSON, shortened; `nothing` if there is none."""
    for part in pointer.split("/")[1:]:
        name = unescape(part)
        if isinstance(data, dict) and name in data:
            data = data[name]
        elif isinstance(data, list) and name.isdecimal() and int(name) < len(data):
            data = data[int(name)]
        else:
            return "nothing"
    return as_json(data)


def message_mistakes(pointer: str, message: Json, keywords: tuple[str, ...]) -> Iterator[str]:
    """What of an `errorMessage` has no effect, each with its pointer."""
    if isinstance(message, str) and message.strip():
        yield from _unknown_templates(pointer, message)
        return
    if not isinstance(message, dict):
        yield f"{pointer} must be text, or an object with texts by keyword"
        return
    for keyword, texts in message.items():
        here = f"{pointer}/{escape(keyword)}"
        parts: list[tuple[str, Json]] = [(here, texts)]
        if isinstance(texts, dict) and keyword in (*_BY_NAME, "properties"):
            parts = [(f"{here}/{escape(name)}", text) for name, text in texts.items()]
        elif isinstance(texts, list) and keyword == "items":
            parts = [(f"{here}/{index}", text) for index, text in enumerate(texts)]
        yield from (f"{place} must be text" for place, text in parts if _text(text) is None)
        yield from (each for place, text in parts if isinstance(text, str) for each in _unknown_templates(place, text))
        meant = None if keyword in (*keywords, "_") else closest(keyword, keywords)
        if meant is not None:
            yield f"{here} is not a keyword. Did you mean {meant}?"


def message_pointers(message: Json) -> Iterator[str]:
    """The JSON Pointers into the front matter in all texts of an `errorMessage`."""
    match message:
        case str():
            found = _TEMPLATE.finditer(message)
            yield from (each["pointer"] for each in found if each["up"] is None and (each["pointer"] or "#") != "#")
        case dict():
            for each in message.values():
                yield from message_pointers(each)
        case list():
            for each in message:
                yield from message_pointers(each)
        case _:
            pass


def _unknown_templates(pointer: str, text: str) -> Iterator[str]:
    for found in _ANY_TEMPLATE.finditer(text):
        known = _TEMPLATE.fullmatch(found[0])
        if known is None or (known["up"] is None and known["pointer"] in {None, "#"}):
            yield f"{pointer} has {cut(found[0], 80)}, which is not a JSON Pointer: ${{/name}}, or ${{1/name}} from it"
