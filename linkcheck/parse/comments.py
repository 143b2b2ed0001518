"""Finds `# linkcheck: ignore[LC202] reason` and determines the line that each applies to, and values that a comment cuts.

A comment after a value applies to that value's line. One on its own line applies to the next line that is neither blank
nor a comment: only to that line, even if it opens a block. If the value of a key is below the key, or a quoted value
spans several lines, the line is the one on which the value starts, because findings are reported there.

A comment that only resembles one of these (`# linkcheck ignore[LC202]`, `# linkchek: ignore`) is misspelled. It has no
effect, although its author expects one.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from linkcheck.did_you_mean import closest
from linkcheck.model import CutValue, IgnoreComment, Json, Span, ValuePlace
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import Scalar
from linkcheck.pointers import value_at

# A longer list of codes is not recognized: there are fewer rules.
_COMMENT = re.compile(r"#[ \t]*linkcheck:[ \t]*ignore(?:[ \t]*\[([^\]\r\n]{0,1000}+)\])?(?:[ \t]+([^\r\n]*))?(?=[\r\n]|\Z)")
_LIKE_ONE = re.compile(
    r"#[ \t]*+(?P<name>[\w-]{0,6}(?:link|check)[\w-]{0,6})[ \t]*+(?P<colon>:?)"
    r"[ \t]*+(?P<word>[\w-]*)[ \t]*+(?P<bracket>\[?)[^\r\n]*",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"(?<![ \t])[ \t]++(#[^\s#][^\r\n]*)")
"""A comment whose `#` is not followed by a space, and the blanks before it."""
_COMMENT_IN_IT = re.compile(r"(?<![ \t])[ \t]++(?:#(?:[ \t]|\Z)|\Z)")
"""Where its text ends, or another comment starts in it, with a space after its `#`."""
_NOT_PLAIN = ("'", '"', "|", ">", "*")
_NO_CONTENT = re.compile(r"[ \t]*+(?:#|[\r\n]|\Z)")
_TO_VALUE_BELOW = re.compile(r"[ \t]*+:(?:\s|#[^\r\n]*+)*+")


def find_ignores(text: str, first: int, scalars: Sequence[Scalar]) -> tuple[tuple[IgnoreComment, ...], tuple[Span, ...]]:
    """The ignore comments of a text that starts on line `first` of its file, and the locations of misspelled ones.

    A `#` within a scalar does not start a comment.
    """
    page = _Page(text, first, scalars)
    found = {match.start(): comment for match in _COMMENT.finditer(text) if (comment := page.comment(match)) is not None}
    misspelled = tuple(
        page.lines.span(*match.span())
        for match in _LIKE_ONE.finditer(text)
        if match.start() not in found and _is_misspelled(match) and page.is_comment(match.start())
    )
    return tuple(found.values()), misspelled


def find_cut_values(text: str, first: int, data: Json, places: Mapping[str, ValuePlace]) -> tuple[CutValue, ...]:
    """The plain texts of a YAML text that end at a comment without a space after its `#`, and the keys and
    list entries without a value.
    """
    comments = list(_CLOSE.finditer(text))
    if not comments:
        return ()
    lines = Lines(text, first)
    ends = _ends(text, lines, data, places)
    return tuple(
        CutValue(pointer, lost := _lost(comment[1]), lines.span(comment.start(1), comment.start(1) + len(lost)))
        for comment in comments
        if (pointer := ends.get(lines.position(comment.start()))) is not None
    )


def _lost(comment: str) -> str:
    """The part of a comment that can belong to the value before it."""
    end = _COMMENT_IN_IT.search(comment)
    return comment[: end.start()] if end else comment


def _ends(text: str, lines: Lines, data: Json, places: Mapping[str, ValuePlace]) -> dict[tuple[int, int], str]:
    """The pointers of plain texts by the line and column of their end, and of empty values by that behind the colon
    or hyphen.
    """
    ends: dict[tuple[int, int], str] = {}
    for pointer, place in places.items():
        value, span = value_at(data, pointer), place.value
        if value is None:
            end = (span.end_line, span.end_column) if place.key is None else (place.key.end_line, place.key.end_column + 1)
            ends.setdefault(end, pointer)
        elif isinstance(value, str) and not text.startswith(_NOT_PLAIN, lines.offset(span.line, span.column)):
            ends.setdefault((span.end_line, span.end_column), pointer)
    return ends


def _is_misspelled(match: re.Match[str]) -> bool:
    """Whether a comment is a misspelled ignore comment: it has the name and a colon, or a similar name and word."""
    name, word = match["name"].lower(), match["word"].lower()
    if name == "linkcheck" and match["colon"]:
        return True
    if not (match["bracket"] or match["colon"] or word == "ignore"):
        return False
    return closest(name, ("linkcheck",)) is not None and closest(word, ("ignore",)) is not None


class _Page:
    """A text with the locations of its lines, contents and scalars."""

    def __init__(self, text: str, first: int, scalars: Sequence[Scalar]) -> None:
        self.text = text
        self.first = first
        self.scalars = scalars
        self.lines = Lines(text, first)
        self.scalar_starts = [scalar.start for scalar in scalars]
        self.contents = [
            first + index for index, start in enumerate(self.lines.starts) if not _NO_CONTENT.match(text, start)
        ]

    def comment(self, match: re.Match[str]) -> IgnoreComment | None:
        """The comment in a match; None if it is not a comment."""
        offset = match.start()
        codes = tuple(dict.fromkeys(code.strip() for code in (match[1] or "").split(",") if code.strip()))
        reason = (match[2] or "").strip()
        # `ignore[]` and `ignore [LC202` list no code, and must not ignore everything.
        if (match[1] is not None and not codes) or reason.startswith("[") or not self.is_comment(offset):
            return None
        line, before = self._line_before(offset)
        index = bisect_right(self.scalar_starts, offset) - 1
        silenced = self._beside(line, index) if before.strip(" \t") else self._below(line)
        return IgnoreComment(codes, reason, self.lines.span(offset, match.end()), self._value_line(silenced))

    def is_comment(self, offset: int) -> bool:
        """Whether a `#` starts a comment."""
        _, before = self._line_before(offset)
        index = bisect_right(self.scalar_starts, offset) - 1
        return not (index >= 0 and offset < self.scalars[index].end) and (not before or before[-1] in " \t")

    def _line_before(self, offset: int) -> tuple[int, str]:
        """The line of an offset, and the text before the offset in it."""
        line, _ = self.lines.position(offset)
        return line, self.text[self.lines.starts[line - self.first] : offset]

    def _beside(self, line: int, index: int) -> int:
        """The line the value before the comment starts on."""
        if index >= 0 and self.lines.position(self.scalars[index].end)[0] == line:
            return self.lines.position(self.scalars[index].start)[0]
        return line

    def _below(self, line: int) -> int:
        """The next line that is neither blank nor a comment."""
        index = bisect_right(self.contents, line)
        return self.contents[index] if index < len(self.contents) else line

    def _value_line(self, line: int) -> int:
        """The line itself, unless it contains only a key whose plain value is further down."""
        if line - self.first + 1 >= len(self.lines.starts):
            return line
        index = bisect_right(self.scalar_starts, self.lines.starts[line - self.first + 1] - 1) - 1
        if not 0 <= index < len(self.scalars) - 1:
            return line
        key, value = self.scalars[index], self.scalars[index + 1]
        on_line = key.start >= self.lines.starts[line - self.first]
        if on_line and key.is_key and not value.is_key and _TO_VALUE_BELOW.fullmatch(self.text, key.end, value.start):
            return self.lines.position(value.start)[0]
        return line
