"""An error of the YAML parser, with the text around it and what the parser had read before."""

import re
from bisect import bisect_right

from yaml.error import YAMLError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event, MappingStartEvent, ScalarEvent

from linkcheck.parse.limits import cut
from linkcheck.parse.lines import Lines
from linkcheck.parse.yaml_spans import Events

_KEY = r"(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'|[^\s\"'\[\]{},&*#|>%@`](?:[^:\r\n]|:(?=\S))*+)"
_PAIR = rf"(?P<before>[ \t]*+(?:-[ \t]++)*+)(?P<key>{_KEY})(?P<colon>[ \t]*+:)(?:[ \t]++|(?=[\r\n]|\Z))(?P<value>[^\r\n]*+)"
_NEAR = 50
"""Number of lines above that are examined."""


class BlockStart:
    """The start of a collection without brackets: its column, and whether it is a mapping."""

    def __init__(self, column: int, *, is_map: bool) -> None:
        self.column = column
        self.is_map = is_map


class Seen:
    """What the parser read before its error: the last node, the blocks, and where the innermost open bracket is.

    `blocks` are open, `closed` ended after the last scalar.

    The node's `style` is its quote, `|` or `>`, the bracket that closes or opens it, `*` of an alias, or empty.
    """

    def __init__(self, events: Events) -> None:
        self.start = self.end = 0
        self.style = ""
        self.closed: list[BlockStart] = []
        self._open: list[CollectionStartEvent] = []
        try:
            while (event := events.get_event()) is not None:
                self._see(event)
        except (YAMLError, ValueError, IndexError):
            return

    @property
    def blocks(self) -> list[BlockStart]:
        return [_block(each) for each in self._open if not each.flow_style]

    @property
    def bracket(self) -> int | None:
        marks = (each.start_mark for each in reversed(self._open) if each.flow_style)
        mark = next(marks, None)
        return None if mark is None else mark.index

    def _see(self, event: Event) -> None:
        opened: CollectionStartEvent | None = None
        if isinstance(event, CollectionStartEvent):
            self._open.append(event)
            opened = event
        elif isinstance(event, CollectionEndEvent):
            opened = self._open.pop()
            self.closed += [] if opened.flow_style else [_block(opened)]
        if isinstance(event, ScalarEvent):
            self.closed.clear()
            self.style = event.style or ""
        elif isinstance(event, AliasEvent):
            self.style = "*"
        elif opened is not None and opened.flow_style:
            self.style = ("{}" if isinstance(opened, MappingStartEvent) else "[]")[event is not opened]
        else:
            return
        assert event.start_mark is not None
        assert event.end_mark is not None
        self.start, self.end = event.start_mark.index, event.end_mark.index


def _block(start: CollectionStartEvent) -> BlockStart:
    assert start.start_mark is not None
    return BlockStart(start.start_mark.column, is_map=isinstance(start, MappingStartEvent))


class ErrorContext:
    """The error: where the parser stopped, and where what it was reading there starts."""

    def __init__(self, text: str, mark: int, context: int, seen: Seen) -> None:
        self.text = text
        self.mark = mark
        self.context = context
        self.seen = seen
        self.lines = Lines(text, 0)

    def line_start(self, offset: int) -> int:
        return self.lines.starts[self._line(offset)]

    def lines_between(self, start: int, end: int) -> int:
        return self._line(end) - self._line(start)

    def is_first(self, offset: int) -> bool:
        """Whether only blanks precede an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def rest(self, offset: int) -> str:
        """The rest of the line, without blanks at its end."""
        found = re.compile(r"[^\r\n]*+").match(self.text, offset)
        assert found is not None
        return found.group().rstrip(" \t")

    def indent(self, offset: int) -> int:
        """The number of spaces before a line."""
        line = self.rest(self.line_start(offset))
        return len(line) - len(line.lstrip(" "))

    def pair(self, offset: int) -> re.Match[str] | None:
        """The key and value of a line, if it has them."""
        return re.compile(_PAIR).match(self.text, self.line_start(offset))

    def parent(self, offset: int) -> str:
        """The key of the nearest line above that is indented less; empty if there is none nearby."""
        indent, line = self.indent(offset), self._line(offset)
        for start in reversed(self.lines.starts[max(0, line - _NEAR) : line]):
            found = self.pair(start)
            if found is not None and len(found["before"]) < indent:
                return cut(found["key"].rstrip())
        return ""

    def _line(self, offset: int) -> int:
        return bisect_right(self.lines.starts, offset) - 1
