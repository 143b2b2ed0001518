"""A line of an article cut to the width of a page, and the position of a value in it."""

from linkcheck.model import Span
from linkcheck.report.escape import cells, crop, visible


def window(quote: str, span: Span, room: int) -> tuple[str, int, int]:
    """The part of a line that fits into `room` cells, where in it the value starts, and how many of its cells show."""
    start = min(max(span.column - 1, 0), len(quote))
    end = min(span.end_column - 1, len(quote)) if span.end_line == span.line else len(quote)
    lead = len(quote) - len(quote.lstrip(" \t"))
    lead = min(lead, start)
    before, value, after = visible(quote[lead:start]), visible(quote[start:end]), visible(quote[end:])
    if cells(before) > room // 2:
        # Keep the end of the text before the value: it contains the key.
        kept = before
        while cells(kept) > room // 3:
            kept = kept[max(1, (cells(kept) - room // 3) // 2) :]
        before = "\u2026" + kept
    taken = cells(before)
    text = crop(before + value + after, room)
    return text, taken, min(max(cells(value), 1), max(room - taken, 0))
