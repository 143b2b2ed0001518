"""Converts errors of the YAML parser to parse errors, with a location and how to fix them."""

import re

from yaml.error import MarkedYAMLError, YAMLError

from linkcheck.model import ParseErrorKind
from linkcheck.parse.limits import TOO_DEEP, cut
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import UnreadableError

# Characters that are not allowed in YAML (YAML 1.2.2, c-printable).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# An undeclared tag, and the maximum depth of libyaml (since PyYAML 6.0.4), both before any event.
_UNSAFE = ("undefined tag", "exceeded maximum nesting depth")
_QUOTE_IT = "put the value in quotes"
_UNKNOWN_ESCAPE = "unknown escape character"

# The messages of libyaml, those of the pure-Python parser if they differ, and ours.
_WORDS = (
    (
        "mapping values are not allowed",
        f"a `:` that does not fit here: wrong indentation, or a value with `: ` in it; {_QUOTE_IT}",
    ),
    ("could not find expected ':'", "a line without `key:`; a value that spans several lines must be indented or quoted"),
    ("did not find expected key", "a line that does not fit into its mapping; check its indentation and the quotes"),
    ("expected <block end>", "a line that does not fit into its mapping; check its indentation and the quotes"),
    ("did not find expected '-' indicator", "a line that does not fit into its list; check its indentation"),
    ("block sequence entries are not allowed", "a list entry (`- `) that does not fit here; start it on a line of its own"),
    ("did not find expected ',' or ']'", "a list opened with `[` continues here without `,` or `]`"),
    ("expected ',' or ']'", "a list opened with `[` continues here without `,` or `]`"),
    ("did not find expected ',' or '}'", "a mapping opened with `{` continues here without `,` or `}`"),
    ("expected ',' or '}'", "a mapping opened with `{` continues here without `,` or `}`"),
    ("exceeded maximum nesting depth", TOO_DEEP),
    (
        _UNKNOWN_ESCAPE,
        "a backslash before a character that has no meaning after one; double it, or use single quotes",
    ),
    (
        "invalid Unicode character escape",
        "an escape that is not a character (a lone surrogate?); write the character itself",
    ),
)


def unreadable(error: YAMLError | ValueError, text: str, first: int) -> UnreadableError:
    """The parser's error as the error that ended reading. `first` is the line of the file on which the text starts."""
    lines = Lines(text, first)
    if forbidden := _FORBIDDEN.search(text):
        code = ord(forbidden.group())
        message = (
            f"not YAML: the character U+{code:04X} is not allowed: remove it or write it as an escape, in double quotes"
        )
        return UnreadableError(ParseErrorKind.SYNTAX, message, lines.span(*forbidden.span()))
    if not isinstance(error, MarkedYAMLError):
        return UnreadableError(ParseErrorKind.SYNTAX, f"not YAML: {cut(str(error))}", lines.span(0, 0))
    problem = error.problem or error.context or "cannot be parsed"
    # An unclosed quote is detected at the end of the text; the opening quote is a more useful location.
    unclosed = "end of stream" in problem and error.context_mark is not None
    mark = error.context_mark if unclosed else (error.problem_mark or error.context_mark)
    start = min(mark.index, len(text)) if mark is not None else 0
    end = start + 1 if start < len(text) and text[start] not in "\r\n" else start
    kind = ParseErrorKind.UNSAFE if any(words in problem for words in _UNSAFE) else ParseErrorKind.SYNTAX
    if _UNKNOWN_ESCAPE in problem and text.startswith("\\'", start):
        # YAML 1.2.2, section 5.7. Hugo accepted it before version 0.152.
        message = "`\\'` has no meaning in double quotes; remove the backslash"
    else:
        message = _explain(problem, text[start:end], unclosed=unclosed)
    return UnreadableError(kind, f"not YAML: {message}", lines.span(start, end))


def _explain(problem: str, character: str, *, unclosed: bool) -> str:
    if unclosed:
        return "a quote or bracket that is opened here is never closed"
    if "cannot start any token" in problem:
        if character == "\t":
            return "tabs cannot be used for indentation; use spaces"
        return f"a value cannot start with `{character}`; {_QUOTE_IT}"
    return next((words for theirs, words in _WORDS if theirs in problem), cut(problem))
