"""Finds the cause of an error of the YAML parser: what the author has to change, where, and why.

A parser reports in its own terms where it stopped, which is often the line after the fault. A cause is only named if
the text shows it; `yaml_errors` has general messages for the rest.
"""

import re
from collections.abc import Callable

from linkcheck.lookalikes import QUOTES, SPACES, described
from linkcheck.parse.limits import cut
from linkcheck.parse.slips import QUOTE_IT, Cause, conflict_marker, in_quotes, slip_at, template_at, wrong_escape
from linkcheck.parse.yaml_fault import Fault, Seen
from linkcheck.parse.yaml_slips import (
    INDENTED_FENCE,
    INDENTED_FENCE_HINT,
    LINES,
    TAB,
    VALUES,
    indented_fence,
)
from linkcheck.parse.yaml_spans import Events

_KEY_LINE = r"[\r\n][ \t]*+(?:-[ \t]++)*+[\w.-]++[ \t]*+:(?=\s)"
_TEMPLATE = r"[ \t]*+(?:-[ \t]++)*+(?:[\"'\w][^:\r\n]*+:[ \t]++)?\[?(?P<at>\{[{%])"
_BYTE_ORDER_MARK = "\ufeff"
_LONGEST_KEY = 1024


def find_cause(problem: str, text: str, mark: int, context: int | None, events: Events) -> Cause | None:
    """The cause of an error with these words and marks; None if it is unknown. `events` reads the text once more."""
    fault = Fault(text, mark, mark if context is None else context, Seen(events))
    end = fault.line_start(mark) + len(fault.rest(fault.line_start(mark)))
    cause = conflict_marker(text, end) or _template(fault, mark) or _early_fence(fault) or _late_quote(fault)
    if cause is not None:
        return cause
    return next((cause for words, find in _BY_PROBLEM if words in problem and (cause := find(fault)) is not None), None)


def _template(fault: Fault, offset: int) -> Cause | None:
    """A template at the start of a line or value, before an offset."""
    found = re.compile(_TEMPLATE).match(fault.text, fault.line_start(offset))
    return None if found is None or found.start("at") > offset else template_at(fault.text, found.start("at"))


def _early_fence(fault: Fault) -> Cause | None:
    """A fence in the plain text that the parser read last."""
    found = None if fault.seen.style else indented_fence(fault.text, fault.seen.start, fault.seen.end)
    return None if found is None else Cause(*found, INDENTED_FENCE, INDENTED_FENCE_HINT)


def _late_quote(fault: Fault) -> Cause | None:
    """A quote that is not closed at the end of its value, but by the quote of another value below."""
    seen = fault.seen
    if seen.style not in ("'", '"') or not re.compile(_KEY_LINE).search(fault.text, seen.start, seen.end):
        return None
    lines = fault.lines_between(seen.start, seen.end)
    start = fault.text.index(seen.style, seen.start)
    if cause := _escaped_quote(fault, start):
        return cause
    where = "on the next line" if lines == 1 else f"{lines} lines below"
    message = f"the quote that is opened here is closed only {where}, in another value"
    return Cause(start, start + 1, message, f"Add the missing {seen.style} at the end of this value.")


def _no_colon(fault: Fault) -> Cause | None:
    """A line that is neither a key nor part of the value above. The context is its start."""
    text, start = fault.text, fault.context
    if cause := _template(fault, start) or slip_at(LINES, text, start):
        return cause
    end = start + len(fault.rest(start))
    if end - start > _LONGEST_KEY and fault.pair(start):
        return Cause(start, start + 1, f"a key has more than {_LONGEST_KEY:,} characters", "Use a shorter key.")
    if text[start : start + 1] in ("'", '"') and text.count(text[start], start, end) == 1:
        return Cause(start, end, "a key in quotes must be on one line, with a colon after it", "Join the lines of the key.")
    if fault.seen.style in ("|", ">"):
        message = "this line has no colon, and it is not indented like the text of the block above"
        return Cause(start, end, message, "Indent it if it belongs to the text above. Otherwise, write it as key: value.")
    if _is_in_list(fault, start):
        return _no_hyphen(start, end)
    message = "this line has no colon: it is neither `key: value` nor part of the value above"
    hint = "Write it as key: value, or indent it if it belongs to the value above."
    if fault.lines_between(len(text[:start].rstrip()), start) > 1:
        hint = "Write it as key: value. If the front matter ends above it, add a line --- there."
    return Cause(start, end, message, hint)


def _colon(fault: Fault) -> Cause | None:
    """A colon that does not fit: the line is nested too deeply, or its value contains a colon."""
    pair, start = fault.pair(fault.mark), fault.mark
    if cause := _after_node(fault):
        return cause
    if pair is None:
        return None
    if start < pair.end("colon"):
        return _nested(fault, pair.start("key"))
    key, value = cut(pair["key"]), pair["value"].rstrip()
    value_start, value_end = pair.start("value"), pair.start("value") + len(value)
    if re.match(f"[{QUOTES}]", value):
        message = f"the value of `{key}` contains a colon and a space, and {described(value[0])} is not a quote in YAML"
        return Cause(value_start, value_start + 1, message, "Put the value in straight quotes.")
    if start == value_start:
        return Cause(start, start + 1, "a value cannot start with a colon and a space", QUOTE_IT)
    what = "ends with a colon" if start + 1 == value_end else "contains a colon and a space"
    return Cause(start, start + 1, f"the value of `{key}` {what}", in_quotes(value))


def _nested(fault: Fault, start: int) -> Cause:
    """A line that is indented as if it belonged to a key that has a value."""
    end, parent = start + len(fault.rest(start)), fault.parent(start)
    if (tab := fault.text.find("\t", fault.line_start(start), start)) >= 0:
        return Cause(tab, tab + 1, *TAB)
    if not parent:
        return Cause(start, end, "this line is indented more than the lines above it", "Align it with them.")
    message = f"this line is indented as part of `{parent}`, which already has a value"
    return Cause(start, end, message, f"Align it with `{parent}`. If it continues the value, put the value in quotes.")


def _block(fault: Fault) -> Cause | None:
    """A line that fits into none of the open mappings and lists, or text after a value."""
    start, blocks, closed = fault.mark, fault.seen.blocks, fault.seen.closed
    if fault.text.startswith(_BYTE_ORDER_MARK, start - 1):
        start -= 1
    if not fault.is_first(start):
        return _after_node(fault) or slip_at(VALUES, fault.text, start)
    rest = fault.rest(start)
    end, column = start + len(rest), start - fault.line_start(start)
    if not blocks or re.match(f"[{SPACES}]", rest):
        return slip_at(LINES, fault.text, start)
    is_entry = re.match(r"-(?:\s|\Z)", rest) is not None
    if not is_entry and _is_in_list(fault, start):
        return _no_hyphen(start, end)
    matching = sorted({each.column for each in (*blocks, *closed) if each.is_map is not is_entry})
    if any(each.is_map is not is_entry for each in closed):
        how = f"indented by {_spaces(column)}" if column else "not indented"
        fitting = [f"by {_spaces(each)}" if each else "not at all" for each in matching[-3:]]
        hint = f"Indent it like the lines that it belongs to: {' or '.join(fitting)}."
        return Cause(start, end, f"this line is {how}, which does not match the lines above", hint)
    if is_entry and any(each.is_map and each.column == column for each in blocks):
        hint = "Put list entries below a key that has no value on its own line."
        return Cause(start, end, "this is a list entry, but a key is expected", hint)
    if fault.seen.style in ("|", ">") and column > blocks[-1].column:
        message = "this line is indented less than the text of the block above"
        return Cause(start, end, message, "Align it with the text above, or with a key if it is not part of the text.")
    return _nested(fault, start) if column > blocks[-1].column else None


def _spaces(number: int) -> str:
    return "1 space" if number == 1 else f"{number} spaces"


def _is_in_list(fault: Fault, start: int) -> bool:
    """Whether a line starts where the entries of an open list start, and no key."""
    column = start - fault.line_start(start)
    return {each.is_map for each in fault.seen.blocks if each.column == column} == {False}


def _no_hyphen(start: int, end: int) -> Cause:
    hint = "Start it with a hyphen and a space, or align it with the text after the hyphen above."
    return Cause(start, end, "this line is part of a list, but does not start with `- `", hint)


def _after_node(fault: Fault) -> Cause | None:
    """Text after a value that ends with a quote or bracket, or after an alias, on the same line."""
    text, seen, start = fault.text, fault.seen, fault.mark
    if seen.end > start or text[seen.end : start].strip(" \t"):
        return None
    rest = fault.rest(start)
    if seen.style == "*":
        return slip_at(VALUES, text, seen.start)
    if seen.style in ("]", "}"):
        if rest.startswith(("]", "}")):
            return Cause(start, start + 1, f"this `{rest[0]}` closes nothing", "Remove it.")
        message = f"text follows the closing `{seen.style}`"
        return Cause(start, start + len(rest), message, "If the value is text, put all of it in quotes.")
    if seen.style in ("'", '"') and rest:
        return _after_quote(fault, rest)
    return None


def _after_quote(fault: Fault, rest: str) -> Cause:
    text, start, end, quote = fault.text, fault.mark, fault.seen.end, fault.seen.style
    before = text[end - 2 : end - 1]
    if rest in (",", ";"):
        return Cause(start, start + 1, f"there is a `{rest}` after the value", "Remove it.")
    if quote == "'" and start == end and before == "\\":
        message = "a backslash does not escape a quote in single quotes, so the text ends here"
        return Cause(end - 2, end, message, "Write the quote twice without a backslash (''), or use double quotes.")
    if quote == "'" and start == end and before.isalnum() and rest[0].isalnum():
        message = "this apostrophe ends the text in single quotes"
        return Cause(end - 1, end, message, "Write the apostrophe twice (''), or put the value in double quotes.")
    if quote in rest:
        inner, other = ('\\"', "single") if quote == '"' else ("''", "double")
        message = "this quote ends the text, but more text follows"
        return Cause(end - 1, end, message, f"Write quotes within the text as {inner}, or put the value in {other} quotes.")
    hint = "Put all of the value in quotes, or none of it."
    return Cause(start, start + len(rest), "text follows the closing quote", hint)


def _flow(fault: Fault) -> Cause | None:
    """A list in brackets, or a mapping in braces, that neither continues nor ends."""
    text, seen, mark = fault.text, fault.seen, fault.mark
    if seen.bracket is None:
        return None
    opened = text[seen.bracket]
    what, closing = ("list", "]") if opened == "[" else ("mapping", "}")
    for comment in re.compile(r"(?<=[\s\[{,])#[^\r\n]*+").finditer(text, seen.bracket, mark):
        before = text[max(seen.bracket, fault.line_start(comment.start())) : comment.start()]
        if closing in comment.group() and before.count("'") % 2 == before.count('"') % 2 == 0:
            message = f"this `#` starts a comment, so the rest of the {what} is not read"
            return Cause(comment.start(), comment.start() + 1, message, "Put what starts with # in quotes.")
    is_below, blocks = fault.lines_between(seen.bracket, mark) > 0, seen.blocks
    is_next_key = is_below and blocks and fault.indent(mark) <= blocks[-1].column and fault.pair(mark)
    if not text[mark:].strip() or is_next_key:
        message = f"the {what} that is opened here is never closed"
        return Cause(seen.bracket, seen.bracket + 1, message, f"Add the missing {closing} at its end.")
    if text[mark] in "]}":
        return Cause(mark, mark + 1, f"`{text[mark]}` cannot close what `{opened}` opened", f"Use {closing} here.")
    if text[mark] == ":" and not is_below:
        return Cause(
            mark, mark + 1, f"there is a second colon in an item of the {what}", "Put the text with a colon in quotes."
        )
    if seen.style in ("'", '"') and text[mark] not in "'\"" and (cause := _after_node(fault)):
        return cause
    # Text continues on the next line, as in `{a: 1` and `b: 2}`: the comma is missing at the end of the line before.
    end = seen.end if text[mark] != ":" else fault.line_start(mark)
    end = len(text[:end].rstrip())
    message = f"there is no comma between two items of the {what}"
    return Cause(end - 1, end, message, "Put a comma after this item.")


def _content(fault: Fault) -> Cause | None:
    """Something that cannot be a value, also in brackets."""
    text, mark = fault.text, fault.mark
    if fault.seen.bracket is not None:
        if text.startswith(",", mark):
            return Cause(mark, mark + 1, "there is no item before this comma", "Remove the comma.")
        if text.startswith("-", mark):
            message = "a list in brackets has commas between its items, not hyphens before them"
            return Cause(mark, mark + 1, message, "Remove the hyphens, or the brackets and commas.")
    return _value(fault)


def _value(fault: Fault) -> Cause | None:
    """A value, or a line, that starts with a character that has a meaning in YAML. The context is its start."""
    start = fault.context
    if cause := _after_node(fault):
        return cause
    is_line = fault.is_first(start)
    cause = slip_at(VALUES, fault.text, start, "a line" if is_line else "a value")
    if cause is None or cause.hint != QUOTE_IT:
        return cause
    hint = "If it is the text of a value, put it in quotes." if is_line else in_quotes(fault.rest(start))
    hint = QUOTE_IT if fault.seen.bracket is not None else hint
    return Cause(cause.start, cause.end, cause.message, hint)


def _here(fault: Fault) -> Cause | None:
    """As `_value`, but the context is the start of something else."""
    return _value(Fault(fault.text, fault.mark, fault.mark, fault.seen))


def _escape(fault: Fault) -> Cause | None:
    """A backslash in double quotes that starts no escape sequence."""
    cause = wrong_escape(fault.text, fault.mark)
    if cause is None or cause.hint != "Write the backslash twice.":
        return cause
    return Cause(cause.start, cause.end, cause.message, "Write the backslash twice, or put the value in single quotes.")


def _no_character(fault: Fault) -> Cause | None:
    start = fault.text.rfind("\\", max(0, fault.mark - 10), fault.mark + 1)
    message = "this escape is not a character"
    return None if start < 0 else Cause(start, start + 2, message, "Write the character itself.")


def _endless_quote(fault: Fault) -> Cause | None:
    """A quote that is never closed. The context is its start."""
    start, seen = fault.context, fault.seen
    quote = fault.text[start : start + 1]
    if quote not in ("'", '"') or not quote:
        return None
    if seen.style == quote and seen.end == start:
        return Cause(start, start + 1, "there is one quote too many after the value", "Remove it.")
    message, hint = "the quote that is opened here is never closed", f"Add {quote} at the end of the value."
    return _escaped_quote(fault, start) or Cause(start, start + 1, message, hint)


def _escaped_quote(fault: Fault, start: int) -> Cause | None:
    """A quote at the end of a line that does not close the one at its start."""
    rest = fault.rest(start)
    end = start + len(rest)
    for last, hint in (('\\"', "Remove the backslash, or write it twice."), ("''", "End the value with a single quote.")):
        if len(rest) > 2 and rest.endswith(last) and rest[0] == last[-1]:
            return Cause(end - 2, end, f"`{last}` is a quote within the text and does not end it", hint)
    return None


def _first_line(fault: Fault) -> Cause | None:
    """Something after the end of the values, because the first line is indented."""
    first = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?[\r\n])*+(?P<blanks>[ \t]*+)").match(fault.text)
    assert first is not None
    if first["blanks"] and first.end() < fault.mark and fault.is_first(fault.mark):
        message = "the first line is indented more than the lines below it"
        return Cause(*first.span("blanks"), message, "Remove the spaces before it.")
    return _after_node(fault)


_BY_PROBLEM: tuple[tuple[str, Callable[[Fault], Cause | None]], ...] = (
    ("could not find expected ':'", _no_colon),
    ("mapping values are not allowed", _colon),
    ("expected key", _block),
    ("'-' indicator", _block),
    ("<block end>", _block),
    ("',' or", _flow),
    ("node content", _content),
    ("document start>", _first_line),
    ("a tab character", _here),
    ("cannot start any token", _here),
    ("entries are not allowed", _here),
    ("mapping keys are not allowed", _here),
    ("end of stream", _endless_quote),
    ("invalid Unicode character", _no_character),
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("alphabetic or numeric", _value),
    ("line break", _value),
    ("indentation indicator", _value),
    ("expected whitespace", _value),
    ("URI", _value),
    ("expected ' '", _value),
    ("'>'", _value),
    ("expected '!'", _value),
)
"""What finds the cause, by words of the problem: those of libyaml, and of the pure-Python parser where they differ."""
