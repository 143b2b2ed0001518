"""The value of a YAML scalar, by its tag if it has one."""

from linkcheck.model import Json
from linkcheck.parse.limits import cut
from linkcheck.parse.scalars import CORE, resolve

_TEXT = ("!", CORE + "str")
SCALAR_TAGS: dict[str, type] = {
    **dict.fromkeys(_TEXT, str),
    CORE + "int": int,
    CORE + "float": float,
    CORE + "bool": bool,
    CORE + "null": type(None),
}
"""Tags of keys and values (YAML 1.2.2, section 10.3.1), and the types that they require."""


TAG_HINT = "Remove the tag. If it is text, put the value in quotes."


class MistaggedError(ValueError):
    """A scalar does not match its tag."""


def typed(text: str, tag: str | None, *, plain: bool) -> Json:
    """The value of a scalar; one with a foreign tag, or in quotes, is text.

    Raises `MistaggedError`, and `NotJsonError` for a number that JSON cannot represent.
    """
    if tag is None:
        return resolve(text) if plain else text
    if tag in _TEXT or tag not in SCALAR_TAGS:
        return text
    value = resolve(text)
    wanted = SCALAR_TAGS[tag]
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise MistaggedError(f"`{cut(text)}` does not match its tag `!!{tag.removeprefix(CORE)}`")
    return value


def foreign(tag: str) -> str:
    """The message for an unsupported tag."""
    short = f"!!{tag.removeprefix(CORE)}" if tag.startswith(CORE) else tag
    return f"the tag `{cut(short)}` is not supported: front matter is plain data"
