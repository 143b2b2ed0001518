"""Builds values and their locations from YAML events.

It uses events because PyYAML's own builders crash on deep nesting (a segmentation error at 25,000 brackets), expand alias
bombs, merge duplicate keys silently and follow YAML 1.1. Rules of this reader:

- Types are those of the YAML 1.2 core schema; keys are always strings.
- A duplicate key is an error; the last value counts, as in every generator that accepts it.
- `<<` is expanded (`yaml_merges`). What it adds counts as nodes.
- A tag outside the core schema is an error; the value is read as if it had none.
- An alias is read as a copy, and the location of every value in the copy is that of the alias. Copies count as nodes.
- U+0085, U+2028 and U+2029 are ordinary characters (YAML 1.2, section 5.4), though both PyYAML parsers treat them
  as line ends. They are substituted one for one while parsing, so that no offset changes.
"""

import re

import yaml

from linkcheck.model import ParseErrorKind
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import ParseErrors, ReaderResult, UnreadableError
from linkcheck.parse.yaml_errors import unreadable
from linkcheck.parse.yaml_spans import Events, Spans
from linkcheck.parse.yaml_tree import Builder

_DIRECTIVE = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\r))*+(%)")
_FOREIGN_BREAKS = "\x85\u2028\u2029"
_PRIVATE_USE = range(0xF0000, 0xFFFFE)


def read_yaml(text: str, *, path: str, line: int, want_scalars: bool = False, pure: bool = False) -> ReaderResult:
    """Reads YAML that starts on the given line of its file.

    `pure` selects the pure-Python parser, which is also used if PyYAML was installed without libyaml.
    """
    parse_errors = ParseErrors(path)
    hidden, shown = _hide_foreign_breaks(text)
    spans = Spans(hidden, line, wanted=want_scalars)
    builder = Builder(spans, shown, parse_errors, careful=pure)
    try:
        _refuse_start(text, line)
        builder.build(_events(hidden, pure=pure))
    except UnreadableError as end:
        parse_errors.stop(end)
    except (yaml.YAMLError, ValueError, IndexError) as error:
        # The pure-Python parser raises ValueError and IndexError for invalid escapes and directives.
        reason = ValueError(str(error)) if isinstance(error, IndexError) else error
        parse_errors.stop(unreadable(reason, hidden, line, lambda: _events(hidden, pure=pure)))
    else:
        return ReaderResult(builder.data, builder.finished_places(), parse_errors.found, spans.scalars)
    return ReaderResult(parse_errors=parse_errors.found, scalars=spans.scalars)


def _refuse_start(text: str, line: int) -> None:
    """Refuses a byte order mark, which libyaml skips without counting it, and directives.

    Thousands of directives are slow to parse, and none can be valid: the `---` that they need would close the front matter.
    """
    if text.startswith("\ufeff"):
        message = "not YAML: the first line starts with a byte order mark (U+FEFF)"
        raise UnreadableError(ParseErrorKind.SYNTAX, message, Lines(text, line).span(0, 1), hint="Remove it.")
    if directive := _DIRECTIVE.match(text):
        message = "not YAML: a line cannot start with `%`"
        hint = "If it is the text of a value, put it in quotes."
        raise UnreadableError(ParseErrorKind.SYNTAX, message, Lines(text, line).span(*directive.span(1)), hint=hint)


def _events(text: str, *, pure: bool) -> Events:
    if not pure and yaml.__with_libyaml__:
        from yaml._yaml import CParser

        return CParser(text)
    return yaml.SafeLoader(text)


def _hide_foreign_breaks(text: str) -> tuple[str, dict[int, int] | None]:
    """The text with substitutes for the line ends of YAML 1.1, and the table that restores them."""
    if text.isascii() or not any(character in text for character in _FOREIGN_BREAKS):
        return text, None
    taken = set(text)
    free = (code for code in _PRIVATE_USE if chr(code) not in taken)
    hide = {ord(character): next(free) for character in _FOREIGN_BREAKS}
    return text.translate(hide), {stand_in: code for code, stand_in in hide.items()}
