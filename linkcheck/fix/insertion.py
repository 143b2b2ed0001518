"""Writes a property next to another one in YAML, TOML, JSON and MultiMarkdown, in the style of that one, its partner.

The property is created directly after its partner: on a line of its own if the partner has one, otherwise behind it. If it
exists, with an empty value, the value is filled.
"""

import re
from collections.abc import Iterator
from itertools import product

from msgspec import Struct

from linkcheck.fix.positions import Positions
from linkcheck.fix.serialize import serializations
from linkcheck.model import Article, ValuePlace
from linkcheck.pointers import unescape

_LINE_END = re.compile(rb"\r\n|\n|\r")
_COMMENT = rb"(?:#[^\r\n]*+)?"
_BEHIND = re.compile(rb"[ \t]*+" + _COMMENT)
"""The rest of the line of a value that shares it with no other: a comment about the value."""
_BEHIND_COMMA = re.compile(rb"[ \t]*+,[ \t]*+" + _COMMENT)
_ITEM = re.compile(rb"[ \t-]*+")
"""The text before a YAML key that starts a line: nothing, or the hyphen of a list item."""
_DOTTED = re.compile(rb"[ \t]*+(?:[A-Za-z0-9_-]++[ \t]*+\.[ \t]*+)*+")
"""The text before a TOML key that starts a line: nothing, or the tables of a dotted key."""
_SEPARATORS = {
    "toml": re.compile(rb"(?<![ \t])([ \t]*+)=([ \t]*+)"),
    "json": re.compile(rb"(?<![ \t])([ \t]*+):([ \t\r\n]*+)"),
    "multimarkdown": re.compile(rb"(?<![ \t])([ \t]*+):([ \t\r\n]*+)"),
    "yaml": re.compile(rb"(?<![ \t])([ \t]*+):((?:[ \t\r\n]|#[^\r\n]*+)*+)"),
}
"""Between a key and its value. In YAML, anything else is an anchor or a tag."""
_BOM = b"\xef\xbb\xbf"


class Insertion(Struct, frozen=True):
    """A range of bytes, and what replaces it."""

    start: int
    end: int
    text: bytes


def insertions(raw: bytes, article: Article, pointer: str, partner: str, new: str) -> Iterator[Insertion]:
    """Changes that may write the property at a pointer next to its partner, the most natural one first.

    A candidate may change other data too, so the caller verifies the result. There is none where the partner's value has an
    anchor or a tag, or where one of the values is an alias.
    """
    beside = _Partner.of(raw, article, partner)
    if beside is None or (article.format == "yaml" and beside.value.startswith("*")):
        return
    if (place := article.places.get(pointer)) is not None:
        yield from _filled(raw, article, place, beside, new)
        return
    name = unescape(pointer.rpartition("/")[2])
    keys = serializations(beside.key, name, article.format, is_key=True)
    texts = tuple(serializations(beside.value, new, article.format, is_key=False))
    for key, text in product(keys, texts):
        entry = f"{key}{beside.separator(key)}{text}".encode("utf-8", "surrogatepass")
        yield from _places(raw, article.format, beside, entry)


def _filled(raw: bytes, article: Article, place: ValuePlace, beside: "_Partner", new: str) -> Iterator[Insertion]:
    """A value in place of an empty one, in the quotes that this has, or else in those of the partner."""
    start, end = Positions(raw).bounds(place.value)
    written = raw[start:end].decode("utf-8", "replace")
    if article.format == "yaml" and written.startswith("*"):
        return
    like = written if written.startswith(("'", '"')) else beside.value
    for text in serializations(like, new, article.format, is_key=False):
        after_colon = raw[start - 1 : start] in (b":", b"=")
        yield Insertion(start, end, f"{' ' if after_colon else ''}{text}".encode("utf-8", "surrogatepass"))


def _places(raw: bytes, format_: str, beside: "_Partner", entry: bytes) -> Iterator[Insertion]:
    """The changes that add an entry (`key: value`) after the partner."""
    rest = raw[beside.end : beside.line_end]
    indent = beside.indent(format_)
    if indent is not None:
        line = beside.line_break + indent + entry
        if format_ != "json" and _BEHIND.fullmatch(rest):
            yield Insertion(beside.line_end, beside.line_end, line)
        if _BEHIND_COMMA.fullmatch(rest):
            yield Insertion(beside.line_end, beside.line_end, line + b",")
        elif format_ in ("json", "yaml") and _BEHIND.fullmatch(rest):
            yield Insertion(beside.end, beside.line_end, b"," + rest + line)
    if format_ != "multimarkdown":
        yield Insertion(beside.end, beside.end, beside.comma + entry)


class _Partner(Struct, frozen=True):
    """A property as it is written: its key, its value, and what is around them. `end` is the offset where its value ends.

    `before` is the text of its line before the key. `line_end` is the offset of the end of the last line, without its line
    break, and `line_break` the line break of the file. `spaces` are those before and after the colon or equals sign.
    """

    key: str
    value: str
    end: int
    before: bytes
    line_end: int
    line_break: bytes
    sign: str
    spaces: tuple[str, str]
    comma: bytes

    @classmethod
    def of(cls, raw: bytes, article: Article, pointer: str) -> "_Partner | None":
        place = article.places.get(pointer)
        if place is None or place.key is None:
            return None
        positions = Positions(raw)
        key_start, key_end = positions.bounds(place.key)
        start, end = positions.bounds(place.value)
        between = _SEPARATORS[article.format].fullmatch(raw, key_end, start)
        if between is None:
            return None
        value = raw[start:end].rstrip(b"\r\n")  # a block scalar ends before its line break
        end = start + len(value)
        line_start = max(raw.rfind(b"\n", 0, key_start), raw.rfind(b"\r", 0, key_start)) + 1
        line_break = _LINE_END.search(raw, end) or _LINE_END.search(raw)
        is_behind = line_break is not None and line_break.start() >= end
        before, after = between[1].decode(), between[2].decode()
        is_spaced = bool(after) or article.format == "multimarkdown"
        return cls(
            key=raw[key_start:key_end].decode("utf-8", "replace"),
            value=value.decode("utf-8", "replace"),
            end=end,
            before=raw[line_start:key_start].removeprefix(_BOM),
            line_end=line_break.start() if line_break is not None and is_behind else len(raw),
            line_break=b"\n" if line_break is None else line_break[0],
            sign="=" if article.format == "toml" else ":",
            spaces=(before, after if after.strip(" \t") == "" else " "),
            comma=b", " if is_spaced else b",",
        )

    def separator(self, key: str) -> str:
        """What is between a key and its value: as at the partner, with the same column if that is aligned."""
        before, after = (self._aligned(spaces, key) for spaces in self.spaces)
        return f"{before}{self.sign}{after}"

    def _aligned(self, spaces: str, key: str) -> str:
        if len(spaces) < 2 or spaces.strip(" "):
            return spaces
        return " " * max(1, len(spaces) + len(self.key) - len(key))

    def indent(self, format_: str) -> bytes | None:
        """What a line after the partner's starts with; None if the partner's line does not start with its key."""
        match format_:
            case "toml" if _DOTTED.fullmatch(self.before):
                return self.before
            case "yaml" if _ITEM.fullmatch(self.before):
                return self.before.replace(b"-", b" ")
            case _:
                return None if self.before.strip(b" \t") else self.before
