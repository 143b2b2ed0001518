"""The corrections of an article as edits of its text, for reports that offer them."""

from collections.abc import Iterator, Sequence

from linkcheck.model import Edit, Span


def edits_of(lines: Sequence[str], span: Span, text: str) -> tuple[Edit, ...] | None:
    """The edits that replace a span of an article with a text, none of which inserts a line break.

    None if only a line break would do, because the line ends of the file are unknown.
    """
    new = text.split("\n")
    if len(new) == 1:
        return (_edit(lines, span, text),)
    spans = tuple(_line_by_line(lines, span))
    if len(new) != len(spans):
        return None
    return tuple(_edit(lines, each, line) for each, line in zip(spans, new, strict=True) if _text_at(lines, each) != line)


def _line_by_line(lines: Sequence[str], span: Span) -> Iterator[Span]:
    for line in range(span.line, span.end_line + 1):
        start = span.column if line == span.line else 1
        yield Span(line, start, line, span.end_column if line == span.end_line else len(_line(lines, line)) + 1)


def _text_at(lines: Sequence[str], span: Span) -> str:
    """The text of a span within one line."""
    return _line(lines, span.line)[span.column - 1 : span.end_column - 1]


def _edit(lines: Sequence[str], span: Span, text: str) -> Edit:
    start, end = _byte_column(lines, span.line, span.column), _byte_column(lines, span.end_line, span.end_column)
    return Edit(span, text, start, end)


def _byte_column(lines: Sequence[str], line: int, column: int) -> int:
    return len(_line(lines, line)[: column - 1].encode("utf-8", "surrogatepass")) + 1


def _line(lines: Sequence[str], line: int) -> str:
    """A line of the article; a block scalar ends at the start of the line after its last one."""
    return lines[line - 1] if line <= len(lines) else ""
