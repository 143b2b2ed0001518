"""Converts errors of the YAML parser to parse errors, with a location and how to fix them."""

import re
from collections.abc import Callable

from yaml.error import MarkedYAMLError, YAMLError

from linkcheck.model import ParseErrorKind
from linkcheck.parse.limits import TOO_DEEP, cut
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import UnreadableError
from linkcheck.parse.yaml_spans import Events

# Characters that are not allowed in YAML (YAML 1.2.2, c-printable).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOO_HIGH = re.compile(r"\\U(?!0010|000[0-9a-fA-F])[0-9a-fA-F]{8}")

# An undeclared tag, and the maximum depth of libyaml (since PyYAML 6.0.4), both before any event.
_UNDEFINED_TAG = "undefined tag"
_UNSAFE = (_UNDEFINED_TAG, "exceeded maximum nesting depth")

# For errors whose cause `yaml_causes` does not find, by the words of libyaml and the pure-Python parser.
_WORDS = (
    (_UNDEFINED_TAG, "the tag is not defined: front matter is plain data"),
    ("exceeded maximum nesting depth", TOO_DEEP),
    ("could not find expected ':'", "a line without `key:`"),
    ("mapping values are not allowed", "a `:` that does not fit here"),
    ("entries are not allowed", "a list entry (`- `) that does not fit here"),
    ("expected key", "something that does not fit here"),
    ("'-' indicator", "something that does not fit into the list"),
    ("<block end>", "something that does not fit here"),
    ("',' or ']'", "a list opened with `[` continues here without `,` or `]`"),
    ("',' or '}'", "a mapping opened with `{` continues here without `,` or `}`"),
    ("node content", "a value is expected here"),
    ("document start>", "something follows the end of the values"),
    ("Unicode character escape", "an escape that is not a character"),
    ("document indicator", "a line that starts with `---` or `...` within quoted text"),
    ("document separator", "a line that starts with `---` or `...` within quoted text"),
    ("end of stream", "a quote or bracket that is never closed"),
)


def unreadable(error: YAMLError | ValueError, text: str, first: int, read: Callable[[], Events]) -> UnreadableError:
    """The parser's error as the error that ended reading. `first` is the line of the file on which the text starts.

    `read` reads the text once more, up to the error.
    """
    lines = Lines(text, first)
    if forbidden := _FORBIDDEN.search(text):
        message = f"not YAML: the character U+{ord(forbidden.group()):04X} is not allowed"
        hint = "Remove it, or write it as an escape in double quotes."
        return UnreadableError(ParseErrorKind.SYNTAX, message, lines.span(*forbidden.span()), hint=hint)
    if not isinstance(error, MarkedYAMLError):
        escape = _TOO_HIGH.search(text)
        message = f"not YAML: {'an escape that is not a character' if escape else cut(str(error))}"
        return UnreadableError(ParseErrorKind.SYNTAX, message, lines.span(*(escape.span() if escape else (0, 0))))
    from linkcheck.parse.yaml_causes import find_cause

    problem = error.problem or error.context or "cannot be parsed"
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    start = min(mark.index, len(text)) if mark is not None else 0
    cause = find_cause(problem, text, start, min(context.index, len(text)) if context is not None else None, read())
    if cause is not None:
        span = lines.span(cause.start, cause.end)
        return UnreadableError(ParseErrorKind.SYNTAX, f"not YAML: {cause.message}", span, hint=cause.hint)
    end = start + 1 if start < len(text) and text[start] not in "\r\n" else start
    kind = ParseErrorKind.UNSAFE if any(words in problem for words in _UNSAFE) else ParseErrorKind.SYNTAX
    message = next((words for theirs, words in _WORDS if theirs in problem), cut(problem))
    return UnreadableError(kind, f"not YAML: {message}", lines.span(start, end))
