"""Finds `# linkcheck: ignore[LC202] reason` and says which line each silences.

A comment after a value silences that value's line. One on a line of its own silences the next line that is neither blank nor
a comment: only that line, also where it opens a block. Where the value of a key stands below the key, or a quoted value
goes on over several lines, the line is the one the value starts on, for that is where findings are told.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from linkcheck.model import IgnoreComment
from linkcheck.parse.lines import Lines
from linkcheck.parse.notes import Scalar

_COMMENT = re.compile(r"#[ \t]*linkcheck:[ \t]*ignore(?:[ \t]*\[([^\]\r\n]*)\])?(?:[ \t]+([^\r\n]*))?(?=[\r\n]|\Z)")
_NO_CONTENT = re.compile(r"[ \t]*+(?:#|[\r\n]|\Z)")
_TO_VALUE_BELOW = re.compile(r"[ \t]*+:(?:\s|#[^\r\n]*+)*+")


def find_ignores(text: str, first: int, scalars: Sequence[Scalar]) -> tuple[IgnoreComment, ...]:
    """The ignore comments of a text that starts on line `first` of its file. A `#` within a scalar starts none."""
    page = _Page(text, first, scalars)
    return tuple(comment for match in _COMMENT.finditer(text) if (comment := page.comment(match)) is not None)


class _Page:
    """A text with where its lines, contents and scalars are."""

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
        """What a match says, None where it is no comment at all."""
        offset = match.start()
        line, _ = self.lines.position(offset)
        before = self.text[self.lines.starts[line - self.first] : offset]
        index = bisect_right(self.scalar_starts, offset) - 1
        inside = index >= 0 and offset < self.scalars[index].end
        codes = tuple(code.strip() for code in (match[1] or "").split(",") if code.strip())
        # `ignore[]` names nothing, and must not silence everything.
        if inside or (before and before[-1] not in " \t") or (match[1] is not None and not codes):
            return None
        silenced = self._beside(line, index) if before.strip(" \t") else self._below(line)
        return IgnoreComment(
            codes, (match[2] or "").strip(), self.lines.span(offset, match.end()), self._value_line(silenced)
        )

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
        """The line itself, unless all it has is a key whose plain value stands further down."""
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
