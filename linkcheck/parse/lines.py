r"""Counts lines as editors do: only \n, \r\n and \r end a line, not U+2028 or others."""

import re
from bisect import bisect_right

from linkcheck.model import Span

_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """Turns offsets into a text to lines and columns. `first` is the line of the file on which the text starts."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, 1-based, of an offset."""
        index = bisect_right(self.starts, offset) - 1
        return self.first + index, offset - self.starts[index] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column."""
        return self.starts[line - self.first] + column - 1

    def span(self, start: int, end: int) -> Span:
        return Span(*self.position(start), *self.position(end))


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of a text without their line ends; a final line end does not start another line."""
    lines = text.split("\n") if "\r" not in text else _LINE_END.split(text)
    if lines[-1] == "":
        lines.pop()
    return tuple(lines)
