"""Slips in front matter that the text shows: a pattern, what is wrong, and what to do. `yaml_slips` and others list them."""

import re

from msgspec import Struct

from linkcheck.lookalikes import described
from linkcheck.parse.limits import cut

QUOTE_IT = "Put the value in quotes."
FENCE_END = r"[ \t]*+(?=[\r\n]|\Z)"
_CONFLICT = r"(?:\A|[\r\n])(<{7}|>{7}|={7}|\|{7})(?=[ \r\n]|\Z)"


class SyntaxCause(Struct, frozen=True):
    """What is wrong, from `start` to `end` of the text, and what to do."""

    start: int
    end: int
    message: str
    hint: str


class Slip(Struct, frozen=True):
    """A slip that a pattern recognizes where a line or value starts.

    The place is the group `at`. A message can use the groups by their names, the description of the first character of `at`
    as `{it}`, and "a line" or "a value" as `{part}`.
    """

    pattern: str
    message: str
    hint: str


def slip_at(slips: tuple[Slip, ...], text: str, start: int, part: str = "a value") -> SyntaxCause | None:
    """The first of the slips that a text has at an offset."""
    for slip in slips:
        if found := re.compile(slip.pattern).match(text, start):
            groups = {key: cut(value) for key, value in found.groupdict().items()}
            message = slip.message.format(it=described(found["at"][0]) if found["at"] else "", part=part, **groups)
            return SyntaxCause(*found.span("at"), message, slip.hint)
    return None


def conflict_marker(text: str, end: int) -> SyntaxCause | None:
    """The first marker of a merge conflict that starts on a line before an offset."""
    marker = re.compile(_CONFLICT).search(text, 0, end)
    if marker is None:
        return None
    message = f"`{marker[1]}` is a marker of a merge conflict in Git"
    return SyntaxCause(*marker.span(1), message, "Keep one of the versions, and remove the lines with markers.")


def template_at(text: str, start: int, starts: tuple[str, ...] = ("{{", "{%")) -> SyntaxCause | None:
    """A template at the start of a value, without quotes."""
    if not text.startswith(starts, start):
        return None
    message = f"a value that starts with `{text[start : start + 2]}` must be in quotes"
    hint = "Put the whole value in quotes: in front matter, a brace starts a mapping."
    return SyntaxCause(start, start + 2, message, hint)


def wrong_escape(text: str, mark: int) -> SyntaxCause | None:
    """A backslash in double quotes, close to an offset, that starts no escape sequence."""
    start = text.rfind("\\", max(0, mark - 10), mark + 1)
    if start < 0:
        return None
    escape = text[start : start + 2]
    if escape == "\\'":
        return SyntaxCause(start, start + 2, f"in double quotes, `{escape}` has no meaning", "Remove the backslash.")
    digits = {"x": 2, "u": 4, "U": 8}.get(escape[1:])
    what = f"must be followed by {digits} hexadecimal digits" if digits else "has no meaning"
    return SyntaxCause(start, start + 2, f"in double quotes, `{escape}` {what}", "Write the backslash twice.")


def in_quotes(value: str) -> str:
    """The advice to quote a value, with the result if that is short and plain."""
    if len(value) > 60 or " #" in value or "\\" in value or ('"' in value and "'" in value):
        return QUOTE_IT
    quote = '"' if '"' not in value else "'"
    return f"Put the value in quotes: {quote}{value}{quote}"
