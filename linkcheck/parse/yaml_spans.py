"""The locations of YAML's events and scalars in the file."""

import re
from typing import Protocol

from yaml.events import Event, ScalarEvent

from linkcheck.model import Span
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import Scalar

BLOCK_STYLES = ("|", ">")
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*+|#[^\r\n]*+|\s++)*+")


class Events(Protocol):
    """The part of a YAML parser that is used: the next event, None after the last."""

    def get_event(self) -> Event | None: ...


class Spans:
    """Spans in a text that starts on line `first` of its file. Fills `scalars` where they are `wanted`."""

    def __init__(self, text: str, first: int, *, wanted: bool) -> None:
        self.text = text
        self.first = first
        self.wanted = wanted
        self.scalars: list[Scalar] = []
        self._lines: Lines | None = None

    def of(self, event: Event) -> Span:
        """All of an event, its anchor and tag included."""
        start, end, first = event.start_mark, event.end_mark, self.first
        assert start is not None
        assert end is not None
        return Span(start.line + first, start.column + 1, end.line + first, end.column + 1)

    def between(self, start: int, end: int) -> Span:
        """The span of two offsets into the text."""
        lines = self._lines = self._lines or Lines(self.text, self.first)
        return lines.span(start, end)

    def of_scalar(self, event: ScalarEvent, *, is_key: bool) -> Span:
        """The location of the scalar itself: with quotes, without anchor, tag and trailing blank lines."""
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        literal = event.style in BLOCK_STYLES
        if not literal and event.anchor is None and event.tag is None:
            self._remember(start.index, end.index, is_key=is_key)
            return self.of(event)
        return self._within(event, start.index, end.index, literal=literal, is_key=is_key)

    def _within(self, event: ScalarEvent, start: int, end: int, *, literal: bool, is_key: bool) -> Span:
        if event.anchor is not None or event.tag is not None:
            properties = _PROPERTIES.match(self.text, start, end)
            start = properties.end() if properties else start
        lines = self._lines = self._lines or Lines(self.text, self.first)
        content = start
        if literal:
            body = self.text[start:end].rstrip()
            end = start + len(body)
            # The rest of the line with the `|` may be a comment.
            content = min(lines.starts[lines.position(start)[0] - self.first + 1], end) if "\n" in body else start
        self._remember(content, end, is_key=is_key)
        return lines.span(start, end)

    def _remember(self, start: int, end: int, *, is_key: bool) -> None:
        if self.wanted:
            self.scalars.append(Scalar(start, end, is_key))
