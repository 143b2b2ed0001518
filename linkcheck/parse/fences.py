"""Finds the front matter in a file's first bytes, and detects its format.

The grammar, which is what Jekyll, Hugo and Astro have in common:

- Only a byte order mark can precede the first line.
- The first line is `---` for YAML, `+++` for TOML, or opens a JSON object with `{`; blanks may follow. `---yaml`, `---toml`
  and `---json` specify the format.
- YAML ends at a line `---` or `...`, TOML at `+++`, JSON with its object. Blanks may follow here too.
- A line ends with LF, CRLF or CR. Line ends are kept.

Some generators accept more (`Source.blank_lines_first`, `Source.other_fences`), or metadata without fences
(`Source.multimarkdown`).

A data file (`.yml`, `.yaml`, `.json`, `.toml`) consists of front matter only, with or without fences.
"""

import re

from msgspec import Struct

from linkcheck.front_matter_start import (
    PROGRAMS,
    after_fence,
    before_fence,
    damage,
    data_format,
    lacks_fence,
    other_encoding,
    wrong_length,
)
from linkcheck.lookalikes import DASHES
from linkcheck.model import FILE_START, ParseErrorKind, Source, Span
from linkcheck.parse.limits import MAX_BYTES, cut
from linkcheck.parse.lines import split_lines
from linkcheck.parse.reader_result import UnreadableError

_BOM = b"\xef\xbb\xbf"
_PLAIN = re.compile(rb"---[ \t]*(?:\r\n|\n|\r|\Z)")
_FIRST_LINE = re.compile(rb"([^\r\n]*+)(?:\r\n|\n|\r|\Z)")
# Needed only if the first line is not plain `---`, so compiled on first use.
_NAMED = r"---[ \t]*(ya?ml|toml|json)"
_CODE = rf"---[ \t]*(?:{PROGRAMS})"
_OBJECT = r'\{[ \t]*(?:["}].*)?'
_LATER_FENCE = rb"\s++(---|\+\+\+)[ \t]*[\r\n]"
_MOVED = rb"(\s++)(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)"
_LONGER = rb"(-{4,}+)[ \t]*(?:\r\n|\n|\r)"
_NO_FENCE = "its first line is not `---`"
_NEITHER = "it starts neither with `---` nor with metadata that has a `Title`"
_FORMATS = {"---": "yaml", "+++": "toml"}
_CLOSING = {
    "---": re.compile(rb"[\r\n](---|\.\.\.)[ \t]*(?=[\r\n]|\Z)"),
    "+++": re.compile(rb"[\r\n](\+\+\+)[ \t]*(?=[\r\n]|\Z)"),
}
_CLOSING_LF = re.compile(rb"\n(---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")  # the usual case, which the regex engine finds faster


class Block(Struct, frozen=True):
    """The text between the fences and the line of the file it starts on.

    `lines` are those of the whole front matter, fences included. JSON at the start of a file has no fences: its text is
    everything that was read, its reader finds the end of the object, and `cut_off` is the error if it does not end
    there.
    """

    format: str
    text: str
    line: int
    lines: tuple[str, ...]
    cut_off: UnreadableError | None = None


def find_block(source: Source) -> Block:
    """The front matter of a source. Raises `UnreadableError` if there is none that can be read."""
    if source.unreadable is not None:
        raise UnreadableError(ParseErrorKind.UNREADABLE, f"the file cannot be read: {source.unreadable}", FILE_START)
    head = source.head
    if (encoding := other_encoding(head)) is not None:
        raise UnreadableError(ParseErrorKind.NOT_UTF8, f"the file is {encoding}, not UTF-8", FILE_START)
    start = len(_BOM) if head.startswith(_BOM) else 0
    if (data := data_format(source.path)) is not None and not (data != "json" and _is_fenced(head, start)):
        return _whole(source, data, start)
    if (plain := _PLAIN.match(head, start)) is not None:
        return _between(source, "yaml", "---", plain.end())
    if (accepted := _accepted_start(source, start)) is not None:
        return accepted
    first = _FIRST_LINE.match(head, start)
    assert first is not None
    format_, opened = _format(source, start, first.group(1).decode("utf-8", "replace"))
    if opened:
        return _between(source, format_, opened, first.end())
    beginning = head[start : start + MAX_BYTES]
    text, cut_off = _decode_beginning(beginning, source, start)
    return Block(format_, text, 1, (), cut_off)


def _accepted_start(source: Source, start: int) -> Block | None:
    """The front matter, if it starts in a way that only the generator of the site accepts."""
    head = source.head
    if source.blank_lines_first and (moved := re.compile(_MOVED).match(head, start)):
        fence = moved[2].decode()
        line = len(split_lines(moved[1].decode() + "."))
        return _between(source, _FORMATS[fence], fence, moved.end(), fence_line=line)
    if source.other_fences and (longer := re.compile(_LONGER).match(head, start)):
        return _between(source, "yaml", longer[1].decode(), longer.end())
    if source.multimarkdown and (metadata := _metadata(source, start)) is not None:
        return metadata
    if source.other_fences and lacks_fence(head):
        return _between(source, "yaml", "---", start, fence_line=0)
    return None


def _metadata(source: Source, start: int) -> Block | None:
    """The metadata at the start of a file, which has no fences."""
    from linkcheck.multimarkdown import metadata_lines, starts_with_metadata

    if not starts_with_metadata(source.head):
        return None
    text = source.head[start:].decode("utf-8", "surrogateescape")
    end = max(line.end() for line in metadata_lines(text))
    raw = text[:end].encode("utf-8", "surrogateescape")
    if len(raw) > MAX_BYTES or (end == len(text) and start + len(raw) < source.size):
        raise _too_large(f"no blank line in the first {len(raw):,} bytes")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(error, 1, source.head) from None
    return Block("multimarkdown", text, 1, split_lines(text))


def _is_fenced(head: bytes, start: int) -> bool:
    """Whether a data file is a single block between fences."""
    opened = head[start : start + 3].decode("latin-1")
    if opened not in _CLOSING:
        return False
    closing = _CLOSING[opened].search(head, start)
    return closing is not None and not head[closing.end() :].strip()


def _whole(source: Source, format_: str, start: int) -> Block:
    """The front matter of a data file, which is the whole file."""
    if source.size > MAX_BYTES:
        message = f"the file has {source.size:,} bytes, more than the {MAX_BYTES:,} that are read of a data file"
        raise UnreadableError(ParseErrorKind.TOO_LARGE, message, FILE_START)
    try:
        text = source.head[start:].decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(error, 1, source.head) from None
    return Block(format_, text, 1, split_lines(text))


def _format(source: Source, start: int, first: str) -> tuple[str, str]:
    """Format and opening fence by the first line; no fence for JSON at the start of a file."""
    head = source.head
    # Only called if the line is not plain `---`, since importing the handlers takes longer than reading an article.
    from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

    # The package has a TOML handler only with the `toml` library, which is not needed: Python reads TOML.
    toml = BaseHandler(re.compile(r"^\+{3,}\s*$", re.MULTILINE), "+++", "+++")
    line = first.rstrip(" \t")
    if named := re.fullmatch(_NAMED, line, re.IGNORECASE):
        return named[1].lower().replace("yml", "yaml"), "---"
    if JSONHandler().detect(line) and line == "{":
        return "json", ""
    if re.fullmatch(_OBJECT, line):
        return "json", ""
    if toml.detect(line) and line == "+++":
        return "toml", "+++"
    span = Span(1, 1, 1, len(first) + 1)
    if re.fullmatch(_CODE, line, re.IGNORECASE):
        message = f"front matter that starts with `{line}` is a program and is not read; programs are never run"
        raise UnreadableError(ParseErrorKind.CODE, message, span)
    if YAMLHandler().detect(line) or toml.detect(line):
        message = wrong_length(line)
    elif not head:
        message = "the file is empty, so it has no front matter"
    elif re.match(r"(?:---|\+\+\+)\s", first):
        message = after_fence(first[:3])
    elif later := re.match(_LATER_FENCE, head[start:]):
        message = before_fence(later[1].decode())
    else:
        message = damage(head) or f"the file has no front matter: {_NEITHER if source.multimarkdown else _NO_FENCE}"
    raise UnreadableError(ParseErrorKind.MISSING, message, span)


def _between(source: Source, format_: str, opened: str, start: int, *, fence_line: int = 1) -> Block:
    """The text between the opening fence, which ends at `start`, and the closing one."""
    head = source.head
    if len(opened) > 3:
        pattern = re.compile(rb"[\r\n](%s)[ \t]*(?=[\r\n]|\Z)" % re.escape(opened.encode()))
    else:
        pattern = _CLOSING[opened] if opened == "+++" or b"\r" in head else _CLOSING_LF
    # The line end of the opening fence is the one before a closing fence on the second line.
    closing = pattern.search(head, max(start - 1, 0))
    if closing is None and source.size > len(head):
        raise _too_large(f"no closing `{opened}` in the first {len(head):,} bytes")
    first_line = head[:start].removeprefix(_BOM).decode("utf-8", "replace")
    if closing is None:
        if meant := _meant_to_close(head[start : start + MAX_BYTES], fence_line + 1, opened):
            raise meant
        message = f"the front matter is never closed: no line `{opened}` follows the one that opens it"
        fence = split_lines(first_line)[-1]
        raise UnreadableError(ParseErrorKind.UNTERMINATED, message, Span(fence_line, 1, fence_line, len(fence) + 1))
    end = closing.start(1)
    if end - start > MAX_BYTES:
        raise _too_large(f"it has {end - start:,} bytes")
    try:
        text = head[start:end].decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(error, fence_line + 1, source.head) from None
    whole = first_line + text + closing.group(1).decode()
    return Block(format_, text, fence_line + 1, split_lines(whole))


def _meant_to_close(below: bytes, first: int, opened: str) -> UnreadableError | None:
    """The error about a line that looks like a closing fence, before a blank line. The text starts on line `first`."""
    for number, line in enumerate(split_lines(below.decode("utf-8", "replace")), first):
        text = line.strip(" \t")
        if not text:
            return None
        if re.fullmatch(rf"[-+{DASHES}]{{2,}}|[{DASHES}]", text):
            what = f"indented `{opened}`" if text == opened else f"line `{cut(text, 20)}`"
            message = f"the front matter is never closed: the {what} does not close it"
            start = line.index(text)
            hint = f"Close it with a line of exactly `{opened}`, in the first column."
            span = Span(number, start + 1, number, len(line.rstrip()) + 1)
            return UnreadableError(ParseErrorKind.UNTERMINATED, message, span, hint=hint)
    return None


def _too_large(why: str) -> UnreadableError:
    message = f"the front matter is longer than the {MAX_BYTES:,} bytes that are read: {why}"
    return UnreadableError(ParseErrorKind.TOO_LARGE, message, Span(1, 1, 1, 4))


def _not_utf8(error: UnicodeDecodeError, first: int, head: bytes) -> UnreadableError:
    """The error of decoding what starts on line `first` of the file that starts with `head`."""
    before = split_lines(error.object[: error.start].decode() + ".")
    line, column = first + len(before) - 1, len(before[-1])
    message = f"byte 0x{error.object[error.start]:02x} is not UTF-8{_probably(head)}"
    return UnreadableError(ParseErrorKind.NOT_UTF8, message, Span(line, column, line, column + 1))


_NOT_WESTERN = (
    rb"[\x80-\xff]{4}|[\x81-\x84\x86-\x8b\x8d-\x90\x98\x9a\x9b\x9d-\x9f\xa2\xa4-\xa6\xa8\xac\xad\xaf\xb1]"
    rb"|[a-z][\xc0-\xde]|\xed[\xa0-\xbf][\x80-\xbf]"
)
"""Bytes that are rare in Western text in Windows-1252, such as signs and capitals after small letters, but not in others."""


def _probably(head: bytes) -> str:
    """What is known of the encoding of a file that is not UTF-8, as the end of a clause."""
    text = head.decode("utf-8", "replace")
    invalid = text.count("\ufffd")
    valid = sum(character > "\x7f" for character in text) - invalid
    if valid >= invalid:
        return ", but other characters of the file are"
    # Letters with accents, quotation marks and dashes are single; in other scripts, few letters are ASCII.
    if not valid and re.search(_NOT_WESTERN, head) is None:
        return "; the file is probably Windows-1252"
    return ""


def _decode_beginning(data: bytes, source: Source, bom: int) -> tuple[str, UnreadableError]:
    """The text of a file's beginning, and the error if the front matter does not end in it."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data[: error.start].decode()
        # A character that is cut by the limit is not an error in the file.
        if len(data) - error.start > 3 or len(data) + bom == source.size:
            return text, _not_utf8(error, 1, source.head)
    if len(data) + bom < source.size:
        return text, _too_large(f"its `{{` is not closed in the first {len(data):,} bytes")
    message = "the front matter is never closed: the `{` that opens it has no `}`"
    return text, UnreadableError(ParseErrorKind.UNTERMINATED, message, Span(1, 1, 1, 2))
