"""Where in a file's bytes a span begins and ends."""

import re

from linkcheck.model import Span

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\n|\r")


class Positions:
    """Turns lines and columns (1-based, in characters) into offsets in bytes. A byte order mark is before column 1."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._starts = [len(_BOM) if raw.startswith(_BOM) else 0]
        self._ends = _LINE_END.finditer(raw, self._starts[0])

    def bounds(self, span: Span) -> tuple[int, int]:
        """The offsets of a span's start and end. Raises IndexError where the file has no such line."""
        return self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)

    def _offset(self, line: int, column: int) -> int:
        while len(self._starts) < line:
            end = next(self._ends, None)
            if end is None:
                raise IndexError(line)
            self._starts.append(end.end())
        start = self._starts[line - 1]
        # As many bytes as that many characters can have; the line may end in what is not UTF-8, far behind the span.
        text = self._raw[start : start + 4 * (column - 1)].decode("utf-8", "surrogateescape")
        return start + len(text[: column - 1].encode("utf-8", "surrogateescape"))
