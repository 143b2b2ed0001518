"""Finds the cause of an error of the YAML parser: what the author has to change, where, and why.

A parser reports in its own terms where it stopped, which is often the line after the mistake. A cause is only named if
the text shows it; `yaml_errors` has general messages for the rest.
"""

import re
from collections.abc import Callable

from linkcheck.lookalikes import QUOTES, SPACES, described
from linkcheck.parse.limits import cut
from linkcheck.parse.slips import QUOTE_IT, SyntaxCause, conflict_marker, in_quotes, slip_at, template_at, wrong_escape
from linkcheck.parse.yaml_error_context import ErrorContext, Seen
from linkcheck.parse.yaml_slips import (
    INDENTED_FENCE,
    INDENTED_FENCE_HINT,
    LINES,
    LOOKALIKES,
    TAB,
    VALUES,
    indented_fence,
)
from linkcheck.parse.yaml_spans import Events

_NEXT_VALUE = r"[\r\n][ \t]*+(?:-[ \t]|[\w.-]++[ \t]*+:(?=\s))"
_TEMPLATE = r"[ \t]*+(?:-[ \t]++)*+(?:[\"'\w][^:\r\n]*+:[ \t]++)?\[?(?P<at>\{[{%#@])"
_TEMPLATES = ("{{", "{%", "{#", "{@")
_BYTE_ORDER_MARK = "\ufeff"
_LONGEST_KEY = 1024


def find_cause(problem: str, text: str, mark: int, context: int | None, events: Events) -> SyntaxCause | None:
    """The cause of an error with these words and marks; None if it is unknown. `events` reads the text once more."""
    error = ErrorContext(text, mark, mark if context is None else context, Seen(events))
    end = error.line_start(mark) + len(error.rest(error.line_start(mark)))
    cause = conflict_marker(text, end) or _template(error, mark) or _early_fence(error) or _late_quote(error)
    if cause is not None:
        return cause
    return next((cause for words, find in _BY_PROBLEM if words in problem and (cause := find(error)) is not None), None)


def _template(error: ErrorContext, offset: int) -> SyntaxCause | None:
    """A template at the start of a line or value, before an offset."""
    found = re.compile(_TEMPLATE).match(error.text, error.line_start(offset))
    return None if found is None or found.start("at") > offset else template_at(error.text, found.start("at"), _TEMPLATES)


def _early_fence(error: ErrorContext) -> SyntaxCause | None:
    """A fence in the plain text that the parser read last."""
    found = None if error.seen.style else indented_fence(error.text, error.seen.start, error.seen.end)
    return None if found is None else SyntaxCause(*found, INDENTED_FENCE, INDENTED_FENCE_HINT)


def _late_quote(error: ErrorContext) -> SyntaxCause | None:
    """A quote that is not closed at the end of its value, but by the quote of another value below."""
    seen = error.seen
    if seen.style not in ("'", '"') or not re.compile(_NEXT_VALUE).search(error.text, seen.start, seen.end):
        return None
    lines = error.lines_between(seen.start, seen.end)
    start = error.text.index(seen.style, seen.start)
    if cause := _escaped_quote(error, start):
        return cause
    where = "on the next line" if lines == 1 else f"{lines} lines below"
    message = f"the quote that is opened here is closed only {where}, in another value"
    return SyntaxCause(start, start + 1, message, f"Add the missing {seen.style} at the end of this value.")


def _no_colon(error: ErrorContext) -> SyntaxCause | None:
    """A line that is neither a key nor part of the value above. The context is its start."""
    text, start = error.text, error.context
    if cause := _template(error, start) or slip_at(LINES, text, start) or _comment_above(error, start):
        return cause
    end = start + len(error.rest(start))
    if end - start > _LONGEST_KEY and error.pair(start):
        return SyntaxCause(start, start + 1, f"a key has more than {_LONGEST_KEY:,} characters", "Use a shorter key.")
    if text[start : start + 1] in ("'", '"') and text.count(text[start], start, end) == 1:
        return SyntaxCause(
            start, end, "a key in quotes must be on one line, with a colon after it", "Join the lines of the key."
        )
    if error.seen.style in ("|", ">"):
        message = "this line has no colon, and it is not indented like the text of the block above"
        return SyntaxCause(
            start, end, message, "Indent it if it belongs to the text above. Otherwise, write it as key: value."
        )
    if _is_in_list(error, start):
        return _no_hyphen(start, end)
    message = "this line has no colon: it is neither `key: value` nor part of the value above"
    hint = "Write it as key: value, or indent it if it belongs to the value above."
    if error.lines_between(len(text[:start].rstrip()), start) > 1:
        hint = "Write it as key: value. If the front matter ends above it, add a line --- there."
    return SyntaxCause(start, end, message, hint)


def _colon(error: ErrorContext) -> SyntaxCause | None:
    """A colon that does not fit: the line is nested too deeply, or its value contains a colon."""
    pair, start = error.pair(error.mark), error.mark
    if cause := _after_node(error):
        return cause
    if pair is None:
        return None
    if start < pair.end("colon"):
        parent = error.parent(pair.start("key"))
        if parent and pair["key"].count(" ") > 1:  # not a key, but prose
            return SyntaxCause(start, start + 1, f"the value of `{parent}` contains a colon and a space", QUOTE_IT)
        return _nested(error, pair.start("key"))
    key, value = cut(pair["key"].rstrip()), pair["value"].rstrip()
    value_start, value_end = pair.start("value"), pair.start("value") + len(value)
    if re.match(f"[{QUOTES}]", value):
        message = f"the value of `{key}` contains a colon and a space, and {described(value[0])} is not a quote in YAML"
        return SyntaxCause(value_start, value_start + 1, message, "Put the value in straight quotes.")
    if start == value_start:
        return SyntaxCause(start, start + 1, "a value cannot start with a colon and a space", QUOTE_IT)
    what = "ends with a colon" if start + 1 == value_end else "contains a colon and a space"
    return SyntaxCause(start, start + 1, f"the value of `{key}` {what}", in_quotes(value))


def _nested(error: ErrorContext, start: int) -> SyntaxCause:
    """A line that is indented as if it belonged to a key that has a value."""
    end, parent = start + len(error.rest(start)), error.parent(start)
    if cause := _lookalike_above(error, start) or _comment_above(error, start):
        return cause
    if (tab := error.text.find("\t", error.line_start(start), start)) >= 0:
        return SyntaxCause(tab, tab + 1, *TAB)
    if not parent:
        hint = "Align it with the key above. If it continues the value, put the value in quotes."
        return SyntaxCause(start, end, "this line is indented as part of a value above", hint)
    message = f"this line is indented as part of `{parent}`, which already has a value"
    return SyntaxCause(start, end, message, f"Align it with `{parent}`. If it continues the value, put the value in quotes.")


def _lookalike_above(error: ErrorContext, start: int) -> SyntaxCause | None:
    """A character on the line of the last value, because of which that line is neither an entry nor a key."""
    above = error.line_start(error.seen.start)
    blanks = re.compile(r"[ \t]*+(?:-[ \t]++)*+").match(error.text, above)
    assert blanks is not None
    return slip_at(LOOKALIKES, error.text, blanks.end()) if above < error.line_start(start) else None


def _comment_above(error: ErrorContext, start: int) -> SyntaxCause | None:
    """A comment after the text that a line without a key continues."""
    comment = re.compile(r"[ \t]++#").match(error.text, error.seen.end)
    if comment is None or error.seen.style or error.pair(start) or error.lines_between(error.seen.end, start) != 1:
        return None
    hint = "If it is part of the text, put the text in quotes. Otherwise, move the comment to a line above the key."
    return SyntaxCause(comment.end() - 1, comment.end(), "a comment ends the text here, but more text follows", hint)


def _block(error: ErrorContext) -> SyntaxCause | None:
    """A line that fits into none of the open mappings and lists, or text after a value."""
    start, blocks, closed = error.mark, error.seen.blocks, error.seen.closed
    if error.text.startswith(_BYTE_ORDER_MARK, start - 1):
        start -= 1
    if not error.is_first(start):
        return _after_node(error) or slip_at(VALUES, error.text, start)
    rest = error.rest(start)
    end, column = start + len(rest), start - error.line_start(start)
    if not blocks or re.match(f"-?[{SPACES}]", rest):
        return slip_at(LINES, error.text, start)
    is_entry = re.match(r"-(?:[ \t]|\Z)", rest) is not None
    if not is_entry and _is_in_list(error, start):
        return slip_at(LOOKALIKES, error.text, start) or _no_hyphen(start, end)
    matching = sorted({each.column for each in (*blocks, *closed) if each.is_map is not is_entry})
    if closed and matching:
        how = f"indented by {_spaces(column)}" if column else "not indented"
        fitting = [f"by {_spaces(each)}" if each else "not at all" for each in matching[-3:]]
        hint = f"Indent it like the lines that it belongs to: {' or '.join(fitting)}."
        hint = hint if matching != [0] else "Remove the spaces before it."
        return SyntaxCause(start, end, f"this line is {how}, which does not match the lines above", hint)
    if is_entry and any(each.is_map and each.column == column for each in blocks):
        hint = "Put list entries below a key that has no value on its own line."
        return SyntaxCause(start, end, "this is a list entry, but a key is expected", hint)
    if error.seen.style in ("|", ">") and column > blocks[-1].column:
        message = "this line is indented less than the text of the block above"
        return SyntaxCause(start, end, message, "Align it with the text above, or with a key if it is not part of the text.")
    return _nested(error, start) if column > blocks[-1].column else None


def _spaces(number: int) -> str:
    return "1 space" if number == 1 else f"{number} spaces"


def _is_in_list(error: ErrorContext, start: int) -> bool:
    """Whether a line starts where the entries of an open list start, and no key."""
    column = start - error.line_start(start)
    return {each.is_map for each in error.seen.blocks if each.column == column} == {False}


def _no_hyphen(start: int, end: int) -> SyntaxCause:
    hint = "Start it with a hyphen and a space, or align it with the text after the hyphen above."
    return SyntaxCause(start, end, "this line is part of a list, but does not start with `- `", hint)


def _after_node(error: ErrorContext) -> SyntaxCause | None:
    """Text after a value that ends with a quote or bracket, or after an alias, on the same line."""
    text, seen, start = error.text, error.seen, error.mark
    if seen.end > start or text[seen.end : start].strip(" \t"):
        return None
    rest = error.rest(start)
    if seen.style == "*":
        return slip_at(VALUES, text, seen.start)
    if seen.style in ("]", "}"):
        if rest.startswith(("]", "}")):
            return SyntaxCause(start, start + 1, f"this `{rest[0]}` closes nothing", "Remove it.")
        message = f"text follows the closing `{seen.style}`"
        return SyntaxCause(start, start + len(rest), message, "If the value is text, put all of it in quotes.")
    if seen.style in ("'", '"') and rest:
        return _after_quote(error, rest)
    return None


def _after_quote(error: ErrorContext, rest: str) -> SyntaxCause:
    text, start, end, quote = error.text, error.mark, error.seen.end, error.seen.style
    before = text[end - 2 : end - 1]
    if rest in (",", ";"):
        return SyntaxCause(start, start + 1, f"there is a `{rest}` after the value", "Remove it.")
    if quote == "'" and start == end and before == "\\":
        message = "a backslash does not escape a quote in single quotes, so the text ends here"
        return SyntaxCause(end - 2, end, message, "Write the quote twice without a backslash (''), or use double quotes.")
    if quote == "'" and start == end and before.isalnum() and rest[0].isalnum():
        message = "this apostrophe ends the text in single quotes"
        return SyntaxCause(end - 1, end, message, "Write the apostrophe twice (''), or put the value in double quotes.")
    opened = text.index(quote, seen_start := error.seen.start)
    if error.seen.bracket is not None and text[seen_start : end - 1].rstrip().endswith(","):
        message = "the quote that is opened here is not closed before the comma"
        return SyntaxCause(opened, opened + 1, message, f"Add the missing {quote} before the comma.")
    if quote in rest:
        inner, other = ('\\"', "single") if quote == '"' else ("''", "double")
        message = "this quote ends the text, but more text follows"
        return SyntaxCause(
            end - 1, end, message, f"Write quotes within the text as {inner}, or put the value in {other} quotes."
        )
    hint = "Put all of the value in quotes, or none of it."
    return SyntaxCause(start, start + len(rest), "text follows the closing quote", hint)


def _flow(error: ErrorContext) -> SyntaxCause | None:
    """A list in brackets, or a mapping in braces, that neither continues nor ends."""
    text, seen, mark = error.text, error.seen, error.mark
    if seen.bracket is None:
        return None
    opened = text[seen.bracket]
    what, closing = ("list", "]") if opened == "[" else ("mapping", "}")
    if cause := _unclosed(error, seen.bracket):
        return cause
    is_below = error.lines_between(seen.bracket, mark) > 0
    if text[mark] in "]}":
        return SyntaxCause(mark, mark + 1, f"`{text[mark]}` cannot close what `{opened}` opened", f"Use {closing} here.")
    if text[mark] == ":" and not is_below:
        hint = "Put the text with a colon in quotes, or put a comma between two items."
        return SyntaxCause(mark, mark + 1, f"there is a second colon in an item of the {what}", hint)
    is_item = re.compile(r"[\"']|[\w.-]++:").match(text, mark) is not None
    if seen.style in ("'", '"') and not is_item and (cause := _after_node(error)):
        return cause
    # Text continues on the next line, as in `{a: 1` and `b: 2}`: the comma is missing at the end of the line before.
    end = seen.end if text[mark] != ":" else error.line_start(mark)
    end = len(text[:end].rstrip())
    message = f"there is no comma between two items of the {what}"
    return SyntaxCause(end - 1, end, message, "Put a comma after this item.")


def _unclosed(error: ErrorContext, start: int) -> SyntaxCause | None:
    """A list in brackets, or a mapping in braces, that never ends, or whose end is in a comment or in a template."""
    text, mark, blocks = error.text, error.mark, error.seen.blocks
    what, closing = ("list", "]") if text[start] == "[" else ("mapping", "}")
    if cause := _template(error, start):
        return cause
    for comment in re.compile(r"(?<=[\s\[{,])#[^\r\n]*+").finditer(text, start, mark):
        before = text[max(start, error.line_start(comment.start())) : comment.start()]
        if closing in comment.group() and before.count("'") % 2 == before.count('"') % 2 == 0:
            message = f"this `#` starts a comment, so the rest of the {what} is not read"
            return SyntaxCause(comment.start(), comment.start() + 1, message, "Put what starts with # in quotes.")
    is_below = error.lines_between(start, mark) > 0
    is_next_key = is_below and blocks and error.indent(mark) <= blocks[-1].column and error.pair(mark)
    if not text[mark:].strip() or is_next_key:
        message = f"the {what} that is opened here is never closed"
        return SyntaxCause(start, start + 1, message, f"Add the missing {closing} at its end.")
    return None


def _content(error: ErrorContext) -> SyntaxCause | None:
    """Something that cannot be a value, also in brackets."""
    text, mark = error.text, error.mark
    if error.seen.bracket is not None:
        if cause := _unclosed(error, error.seen.bracket):
            return cause
        if text.startswith(",", mark):
            return SyntaxCause(mark, mark + 1, "there is no item before this comma", "Remove the comma.")
        if text.startswith("-", mark):
            message = "a list in brackets has commas between its items, not hyphens before them"
            return SyntaxCause(mark, mark + 1, message, "Remove the hyphens, or the brackets and commas.")
    return _value(error)


def _value(error: ErrorContext) -> SyntaxCause | None:
    """A value, or a line, that starts with a character that has a meaning in YAML. The context is its start."""
    start = error.context
    if cause := _after_node(error):
        return cause
    is_line = error.is_first(start)
    cause = slip_at(VALUES, error.text, start, "a line" if is_line else "a value")
    if cause is None or cause.hint != QUOTE_IT:
        return cause
    hint = "If it is the text of a value, put it in quotes." if is_line else in_quotes(error.rest(start))
    hint = QUOTE_IT if error.seen.bracket is not None else hint
    return SyntaxCause(cause.start, cause.end, cause.message, hint)


def _here(error: ErrorContext) -> SyntaxCause | None:
    """As `_value`, but the context is the start of something else."""
    return _value(ErrorContext(error.text, error.mark, error.mark, error.seen))


def _glued(error: ErrorContext) -> SyntaxCause:
    """A colon in brackets with a bracket right behind it."""
    return SyntaxCause(error.mark, error.mark + 1, "there is no space after this colon", "Put a space after the colon.")


def _escape(error: ErrorContext) -> SyntaxCause | None:
    """A backslash in double quotes that starts no escape sequence."""
    cause = wrong_escape(error.text, error.mark)
    if cause is None or cause.hint != "Write the backslash twice.":
        return cause
    return SyntaxCause(
        cause.start, cause.end, cause.message, "Write the backslash twice, or put the value in single quotes."
    )


def _no_character(error: ErrorContext) -> SyntaxCause | None:
    start = error.text.rfind("\\", max(0, error.mark - 10), error.mark + 1)
    message = "this escape is not a character"
    return None if start < 0 else SyntaxCause(start, start + 2, message, "Write the character itself.")


def _endless_quote(error: ErrorContext) -> SyntaxCause | None:
    """A quote that is never closed. The context is its start."""
    start, seen = error.context, error.seen
    quote = error.text[start : start + 1]
    if quote not in ("'", '"') or not quote:
        return None
    if seen.style == quote and seen.end == start:
        return SyntaxCause(start, start + 1, "there is one quote too many after the value", "Remove it.")
    if seen.style in ("'", '"') and seen.end == start:
        return SyntaxCause(
            start, start + 1, f"text follows the closing {seen.style}", "Put quotes of one kind around the value."
        )
    message, hint = "the quote that is opened here is never closed", f"Add {quote} at the end of the value."
    return _escaped_quote(error, start) or SyntaxCause(start, start + 1, message, hint)


def _escaped_quote(error: ErrorContext, start: int) -> SyntaxCause | None:
    """A quote at the end of a line that does not close the one at its start."""
    rest = error.rest(start)
    end = start + len(rest)
    for last, hint in (('\\"', "Remove the backslash, or write it twice."), ("''", "End the value with a single quote.")):
        if len(rest) > 2 and rest.endswith(last) and rest[0] == last[-1]:
            return SyntaxCause(end - 2, end, f"`{last}` is a quote within the text and does not end it", hint)
    return None


def _first_line(error: ErrorContext) -> SyntaxCause | None:
    """Something after the end of the values, because the first line is indented."""
    first = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?[\r\n])*+(?P<blanks>[ \t]*+)").match(error.text)
    assert first is not None
    if first["blanks"] and first.end() < error.mark and error.is_first(error.mark):
        message = "the first line is indented more than the lines below it"
        return SyntaxCause(*first.span("blanks"), message, "Remove the spaces before it.")
    directive = error.text.rfind("\n%", 0, error.mark)
    return _after_node(error) or (slip_at(VALUES, error.text, directive + 1, "a line") if directive >= 0 else None)


_BY_PROBLEM: tuple[tuple[str, Callable[[ErrorContext], SyntaxCause | None]], ...] = (
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
    ("directive name", _value),
    ("non-alphabetical", _value),
    ("version number", _value),
    ("unexpected ':'", _glued),
    ("URI", _value),
    ("expected ' '", _value),
    ("'>'", _value),
    ("expected '!'", _value),
)
"""What finds the cause, by words of the problem: those of libyaml, and of the pure-Python parser where they differ."""
