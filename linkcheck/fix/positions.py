"""The byte offsets of spans."""

import re

from linkcheck.model import Span

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\n|\r")


class Positions:
    """Converts lines and columns (1-based, in characters) to byte offsets. A byte order mark is before column 1."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._starts = [len(_BOM) if raw.startswith(_BOM) else 0]
        self._ends = _LINE_END.finditer(raw, self._starts[0])

    def bounds(self, span: Span) -> tuple[int, int]:
        """The offsets of a span's start and end. Raises IndexError if the file has no such line."""
        return self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)

    def _offset(self, line: int, column: int) -> int:
        while len(self._starts) < line:
            end = next(self._ends, None)
            if end is None:
                raise IndexError(line)
            self._starts.append(end.end())
        start = self._starts[line - 1]
        # The maximum number of bytes of that many characters; after the span, the line may contain invalid UTF-8.
        text = self._raw[start : start + 4 * (column - 1)].decode("utf-8", "surrogateescape")
        return start + len(text[: column - 1].encode("utf-8", "surrogateescape"))
