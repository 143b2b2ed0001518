"""Finds the cause of an error that `tomllib` reports: what the author has to change, where, and why.

Every pattern runs in linear time.
"""

import re

from linkcheck.lookalikes import QUOTES, SPACES
from linkcheck.parse.slips import FENCE_END, Slip, SyntaxCause, conflict_marker, slip_at, template_at, wrong_escape

_STRAIGHT = "Use straight quotes."
_QUOTE = "Put the value in double quotes."
_ORDINARY = "Replace it with an ordinary space."

_LINES = (
    Slip(rf"(?P<at>\+\+\+){FENCE_END}", "an indented `+++` does not close the front matter", "Remove the spaces before it."),
    Slip(r"(?P<at>//|/\*|<!--|;)", "`{at}` does not start a comment in TOML", "Start the comment with # instead."),
    Slip(rf"(?P<at>[{SPACES}])", "the line starts with {it}, which is not a space in TOML", "Remove it."),
    Slip(rf"(?P<at>[{QUOTES}])", "{it} is not a quote in TOML", "Remove the quotes around the key."),
    Slip(r"(?P<at>=)", "there is no key before this `=`", "Write key = value."),
    Slip(r"(?P<at>.)", "a line cannot start with `{at}`", "Write key = value."),
)
"""Lines that do not start with a key."""

_AFTER_KEYS = (
    Slip(
        r"(?P<at>:=?)",
        "the key is followed by a colon; TOML needs `=` there",
        "Replace the colon with =. If it is YAML, use --- instead of +++.",
    ),
    Slip(r"(?P<at>\uff1d)", "the key is followed by {it}, not by an ordinary `=`", "Replace it with an ordinary =."),
    Slip(rf"(?P<at>[{SPACES}])", "the key is followed by {it}, not by an ordinary space", _ORDINARY),
    Slip(r"(?P<at>[\"'\[{])", "there is no `=` after the key", "Put = between the key and its value."),
    Slip(r"(?P<at>[^\x00-\x7f])", "a key that contains `{at}` must be in quotes", "Put the key in double quotes."),
    Slip(
        r"(?P<at>[\w-][\w -]*+)=",
        "a key that contains a space must be in quotes",
        "Put the key in double quotes, or write it without spaces.",
    ),
)
"""What follows a key instead of `=`."""

_VALUES = (
    Slip(rf"(?P<at>){FENCE_END}", "there is no value after `=`", 'Write a value, or "" for an empty text.'),
    Slip(r"(?P<at>#)", "this `#` starts a comment, so there is no value", _QUOTE),
    Slip(
        r"(?P<at>(?i:true|false))\b",
        "`{at}` must be in lowercase",
        "Write true or false. If it is text, put it in double quotes.",
    ),
    Slip(r"(?P<at>(?i:null|nil|none))\b", "TOML has no `{at}`", "Remove the key. If it is text, put it in double quotes."),
    Slip(rf"(?P<at>[{QUOTES}])", "{it} is not a quote in TOML", _STRAIGHT),
    Slip(rf"(?P<at>[{SPACES}])", "the value starts with {it}, which is not a space in TOML", _ORDINARY),
    Slip(r"(?P<at>,)", "there is no value before this comma", "Remove the comma."),
    Slip(r"(?P<at>[=>])", "a value cannot start with `{at}`", "Remove it: one = is enough."),
    Slip(r"(?P<at>\.\d)", "a number cannot start with a point", "Write a digit before the point."),
    Slip(r"(?P<at>[^\s,\]}#]++|[^\r\n])", "text must be in quotes", _QUOTE),
)
"""What stands where a value should."""

_AFTER_VALUES = (
    Slip(r"(?P<at>,\d{3})(?!\d)", "a number cannot contain a comma", "Remove the comma. If it is text, put it in quotes."),
    Slip(rf"(?P<at>[,;]){FENCE_END}", "there is a `{at}` after the value", "Remove it."),
    Slip(r"(?P<at>[,;]?[ \t]*+[\w.-]++)[ \t]*+=", "there are two keys on one line", "Put each key on a line of its own."),
    Slip(r"(?P<at>[\]}])", "this `{at}` closes nothing", "Remove it."),
    Slip(rf"(?P<at>[{SPACES}])", "the value is followed by {it}, not by an ordinary space", "Remove it."),
    Slip(r"(?P<at>[^\r\n]++|\r)", "text follows the value", "Put all of the value in quotes, or remove the text."),
)
"""What follows a value on its line."""

_NAMES = (
    Slip(r"(?P<at>\])", "the table has no name", "Write its name between the brackets."),
    Slip(rf"(?P<at>[{QUOTES}])", "{it} is not a quote in TOML", _STRAIGHT),
    Slip(r"(?P<at>\S)", "a key cannot start with `{at}`", "Put the key in double quotes."),
)
"""What stands where a key should, in tables and after dots."""

_VALUE_SO_FAR = re.compile(r"[^\r\n]*=[ \t]*(?P<value>[^\s\"'\[{=][^\r\n=]*)?\Z")
_QUOTED = (
    r"#[^\r\n]*+|\"\"\"(?:[^\"\\]|\\[\s\S]|\"(?!\"\"))*+\"\"\"|'''(?:[^']|'(?!''))*+'''"
    r"|\"(?!\"\")(?:[^\"\\\r\n]|\\[^\r\n])*+\"|'(?!'')[^'\r\n]*+'"
)
"""A comment, or text in quotes."""


def find_cause(reason: str, text: str, offset: int) -> SyntaxCause | None:
    """The cause of an error with this reason and place; None if it is unknown."""
    blank = re.compile(r"[ \t]*+").match(text, offset)
    assert blank is not None
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    if marker := conflict_marker(text, line + 7):
        return marker
    if "Expected '=' after a key" in reason:
        return slip_at(_AFTER_KEYS, text, blank.end()) or _no_equals(text, line)
    if "Invalid statement" in reason:
        return slip_at(_LINES, text, offset)
    if "Invalid value" in reason:
        return template_at(text, offset) or slip_at(_VALUES, text, offset)
    if "Expected newline" in reason:
        return _after_value(text, line, offset)
    if "character for a key part" in reason:
        before = text[:offset].rstrip()
        if text.startswith("}", offset) and before.endswith(","):
            return SyntaxCause(len(before) - 1, len(before), "there is nothing after this comma", "Remove it.")
        return template_at(text, offset - 1) or slip_at(_NAMES, text, offset) or _unclosed(text, offset)
    if "Unclosed array" in reason or "Unclosed inline table" in reason:
        return _unclosed(text, offset)
    if "at the end of a" in reason:
        hint = "Close it with as many ] as it has [."
        return SyntaxCause(line, blank.end(), "the name of this table has no closing bracket", hint)
    if "scalar value" in reason:
        return SyntaxCause(offset - 1, offset, "this escape is not a character", "Write the character itself.")
    if "Unescaped" in reason or "hex value" in reason:
        return _escape(text, offset)
    if "namespace" in reason or "Cannot declare" in reason:
        hint = "Put all keys of the table in one place."
        return SyntaxCause(line, blank.end(), "this adds to a table or list that is complete above", hint)
    if "Invalid date" in reason:
        return SyntaxCause(offset, offset + len(_rest(text, offset)), "this date or time does not exist", "Correct it.")
    return _open_quote(text, offset)


def _rest(text: str, start: int) -> str:
    found = re.compile(r"[^\r\n]*+").match(text, start)
    assert found is not None
    return found.group().rstrip(" \t")


def _no_equals(text: str, line: int) -> SyntaxCause:
    start = line + len(_rest(text, line)) - len(_rest(text, line).lstrip())
    hint = "Write it as key = value."
    if re.search(r"(?:\r\n|\n|\r)[ \t]{0,80}(?:\r\n|\n|\r)\Z", text[max(0, line - 100) : line]):
        hint += " If the front matter ends above it, add a line +++ there."
    return SyntaxCause(start, line + len(_rest(text, line)), "this line has no `=`: it is not `key = value`", hint)


def _after_value(text: str, line: int, offset: int) -> SyntaxCause | None:
    quote = text[offset - 1 : offset]
    if quote in ("'", '"') and offset and not re.compile(rf"[,;]{FENCE_END}|[{SPACES}]").match(text, offset):
        message = "this quote ends the text, but more text follows"
        hint = 'Write quotes within the text as \\", or put the value in single quotes.'
        return SyntaxCause(offset - 1, offset, message, _QUOTE if quote == "'" else hint)
    written = _VALUE_SO_FAR.match(text, line, offset)
    value = written["value"] if written is not None else None
    if written is not None and value:
        start = written.start("value")
        whole = start + len(_rest(text, start))
        if re.compile(rf"\d{{4}}-\d\d-\d\d[Tt ]\d\d:\d\d{FENCE_END}").match(text, start):
            hint = "Write it with seconds, such as 2021-06-18 10:30:00, or put it in quotes."
            return SyntaxCause(start, whole, "the seconds are missing, which TOML requires", hint)
        if re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d").match(text, start):
            hint = "Write it as year-month-day with two digits each, such as 2021-06-18, or put it in quotes."
            return SyntaxCause(start, whole, "this is not a date in TOML", hint)
        if re.compile(r"\d{1,2}:\d").match(text, start):
            hint = "Write it with seconds, such as 10:30:00, or put it in quotes."
            return SyntaxCause(start, whole, "this is not a time in TOML", hint)
        if value == "0" and re.compile(r"\d").match(text, offset):
            return SyntaxCause(
                start, whole, "a number cannot start with 0", "Remove the 0. If it is text, put it in quotes."
            )
    return slip_at(_AFTER_VALUES, text, offset)


def _unclosed(text: str, offset: int) -> SyntaxCause | None:
    """A list or a table in braces that neither continues nor ends."""
    brackets: list[int] = []
    for found in re.compile(rf"{_QUOTED}|[\[{{]|[\]}}]").finditer(text, 0, offset):
        if found.group() in ("[", "{"):
            brackets.append(found.start())
        elif found.group() in ("]", "}") and brackets:
            brackets.pop()
    if not brackets:
        return None
    opened = brackets[-1]
    if text[opened] == "{" and not text[offset : offset + 1].strip():
        hint = "Write all of it on this line, and close it with }."
        return SyntaxCause(opened, opened + 1, "the table that is opened here is not closed on its line", hint)
    is_next_key = text[opened] == "[" and re.compile(r"[\w.-]++[ \t]*+=").match(text, offset)
    if not text[offset:].strip() or is_next_key:
        return SyntaxCause(
            opened, opened + 1, "the list that is opened here is never closed", "Add the missing ] at its end."
        )
    end = len(text[:offset].rstrip())
    if text[offset] in "]}":
        return SyntaxCause(
            offset, offset + 1, f"`{text[offset]}` cannot close what `{text[opened]}` opened", "Use the other bracket."
        )
    return SyntaxCause(end - 1, end, "there is no comma between two items", "Put a comma after this item.")


def _escape(text: str, offset: int) -> SyntaxCause | None:
    cause = wrong_escape(text, offset)
    if cause is None or cause.hint == "Remove the backslash.":
        return cause
    return SyntaxCause(
        cause.start, cause.end, cause.message, "Write the backslash twice, or put the value in single quotes."
    )


def _open_quote(text: str, offset: int) -> SyntaxCause | None:
    """The first quote that is not closed, or a character that cannot be in a text."""
    closed = re.compile(rf"(?:[^\"'#]|{_QUOTED})*+").match(text)
    if closed is not None and closed.end() < len(text):
        start = closed.end()
        quotes = 3 if text.startswith(text[start] * 3, start) else 1
        quote = text[start] * quotes
        message = "the quote that is opened here is not closed" + ("" if quotes > 1 else " on its line")
        return SyntaxCause(start, start + quotes, message, f"Add {quote} at the end of the value.")
    if text[offset : offset + 1].strip():
        message = f"the character U+{ord(text[offset]):04X} is not allowed"
        return SyntaxCause(offset, offset + 1, message, "Remove it, or write it as an escape in double quotes.")
    return None
