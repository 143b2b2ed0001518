"""Turns YAML events into values with their places (the rules are those of `read_yaml`)."""

import re
from typing import Protocol

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
)

from linkcheck.model import Json, Place, ProblemKind, Span
from linkcheck.parse.limits import MAX_DEPTH, MAX_NODES, cut
from linkcheck.parse.lines import Lines
from linkcheck.parse.notes import LEFT_OUT, Problems, Scalar, UnreadableError, pointers_of
from linkcheck.parse.scalars import CORE, MAYBE_TYPED, NotJsonError, is_text, resolve
from linkcheck.pointers import escape

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*+|#[^\r\n]*+|\s++)*+")


class Events(Protocol):
    """What is used of a YAML parser: the next event, None after the last."""

    def get_event(self) -> Event | None: ...


class _Anchor:
    """What an alias may stand for: the value, and which pointers of the trail lie below it (`last` < 0: still open)."""

    __slots__ = ("first", "height", "last", "pointer", "value")

    def __init__(self, value: Json, pointer: str, first: int, last: int) -> None:
        self.value = value
        self.pointer = pointer
        self.first = first
        self.last = last
        self.height = 0


class _Frame:
    """A collection that is being filled. `waiting` says that a key was read and its value comes next."""

    __slots__ = (
        "anchor",
        "child",
        "height",
        "is_key",
        "is_map",
        "keep",
        "key",
        "key_span",
        "own_key",
        "pointer",
        "start",
        "value",
        "waiting",
    )

    def __init__(self, value: "list[Json] | dict[str, Json]", pointer: str, start: CollectionStartEvent) -> None:
        self.value = value
        self.pointer = pointer
        self.start = start
        self.own_key: Span | None = None
        self.anchor: _Anchor | None = None
        self.is_key = False
        self.is_map = isinstance(value, dict)
        self.height = 1
        self.waiting = False
        self.keep = True
        self.key = ""
        self.child = ""
        self.key_span: Span | None = None


class Builder:
    """Takes events one by one; holds no recursion, so depth costs nothing but a limit."""

    def __init__(
        self, text: str, shown: dict[int, int] | None, problems: Problems, line: int, *, want_scalars: bool, careful: bool
    ) -> None:
        self.text = text
        self.shown = shown
        self.problems = problems
        self.line = line
        self.want_scalars = want_scalars
        self.careful = careful or want_scalars or shown is not None
        self.data: dict[str, Json] = {}
        self.places: dict[str, Place] = {}
        self.scalars: list[Scalar] = []
        self.stack: list[_Frame] = []
        self.anchors: dict[str, _Anchor] = {}
        self.trail: list[str] = []
        self.nodes = 0
        self.left_out = 0
        self.stale = False
        self.end = Span(line, 1, line, 1)
        self.lines: Lines | None = None

    def build(self, events: Events) -> None:
        """Raises `UnreadableError` where nothing can be built, and whatever the parser raises."""
        documents = 0
        while (event := events.get_event()) is not None:
            match event:
                case ScalarEvent():
                    self._scalar(event)
                case CollectionStartEvent():
                    self._open(event)
                case CollectionEndEvent():
                    self._close(event)
                case AliasEvent():
                    self._alias(event)
                case DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        message = "not YAML front matter: a second document starts here; close the first with a line `---`"
                        raise UnreadableError(ProblemKind.SYNTAX, message, self._span(event))
                case _:
                    pass
        if not documents:
            message = "the front matter is empty; write `key: value` lines between the `---` lines"
            raise UnreadableError(ProblemKind.EMPTY, message, Span(max(1, self.line - 1), 1, max(1, self.line - 1), 4))

    def finished_places(self) -> dict[str, Place]:
        """The places of what is in the data, and of nothing that a later duplicate replaced."""
        if not self.stale:
            return self.places
        kept = pointers_of(self.data)
        return {pointer: place for pointer, place in self.places.items() if pointer in kept}

    def _scalar(self, event: ScalarEvent) -> None:
        """The short way, for a key or text of which nothing special is to be known: nine scalars of ten."""
        text = event.value
        special = event.tag or event.anchor or event.style in _BLOCK_STYLES or text == "<<"
        if special or self.careful or not self.stack:
            self._special_scalar(event)
            return
        frame = self.stack[-1]
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        line = self.line
        self.end = span = Span(start.line + line, start.column + 1, end.line + line, end.column + 1)
        if frame.is_map and not frame.waiting:
            self._begin_pair(frame, text, span)
            return
        value = text if event.style or text[:1] not in MAYBE_TYPED else self._value(event, span, frame)
        pointer = self._attach(frame, value, span)
        self.places[pointer] = Place(span, frame.key_span)

    def _special_scalar(self, event: ScalarEvent) -> None:
        span = self._scalar_span(event)
        if not self.stack:
            raise _not_a_mapping("a single value", span)
        frame = self.stack[-1]
        if not frame.waiting and frame.is_map:
            self._key(frame, event, span)
            if event.anchor is not None:
                self.anchors[event.anchor] = _Anchor(frame.key, frame.child, len(self.trail), len(self.trail))
            return
        value = self._value(event, span, frame)
        pointer = self._attach(frame, value, span)
        self.places[pointer] = Place(span, frame.key_span)
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchor(value, pointer, len(self.trail), len(self.trail))

    def _key(self, frame: _Frame, event: ScalarEvent, span: Span) -> None:
        """Takes the scalar as the mapping's next key, whatever type it would have as a value."""
        key = event.value if self.shown is None else event.value.translate(self.shown)
        if event.tag is not None and event.tag not in _SCALAR_TAGS:
            self._foreign_tag(event.tag, self._span(event), frame.pointer)
        if key == "<<" and not event.style and event.tag is None:
            message = "the merge key `<<` is not expanded (YAML 1.2 has none); write the keys out"
            self.problems.add(ProblemKind.UNSAFE, message, span, frame.pointer)
            self._leave_out(frame)
            return
        if not key.isascii() and not is_text(key):
            self.problems.add(
                ProblemKind.SYNTAX, "the key holds half a surrogate pair, which is no character", span, frame.pointer
            )
            self._leave_out(frame)
            return
        self._begin_pair(frame, key, span)

    def _begin_pair(self, frame: _Frame, key: str, span: Span) -> None:
        assert isinstance(frame.value, dict)
        child = f"{frame.pointer}/{escape(key)}"
        if key in frame.value:
            # The key's place is known unless the first value is still open, which it cannot be.
            first = self.places[child].key
            where = f"line {first.line}" if first is not None else "above"
            message = f"the key `{cut(key)}` is there twice, first on {where}; the last one counts"
            self.problems.add(ProblemKind.DUPLICATE_KEY, message, span, child)
            self.stale = True
        frame.key = key
        frame.child = child
        frame.key_span = span
        frame.keep = True
        frame.waiting = True

    def _leave_out(self, frame: _Frame) -> None:
        """The mapping's next value is read and counted like any other, and then not kept."""
        self.left_out += 1
        self.stale = True
        frame.child = f"{frame.pointer}{LEFT_OUT}{self.left_out}"
        frame.key_span = None
        frame.keep = False
        frame.waiting = True

    def _attach(self, frame: _Frame, value: Json, span: Span) -> str:
        """Puts a value where the collection has its place for it; its pointer."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._count(0, span, frame.pointer)
        if isinstance(frame.value, list):
            pointer = f"{frame.pointer}/{len(frame.value)}"
            frame.value.append(value)
        else:
            pointer = frame.child
            frame.waiting = False
            if frame.keep:
                frame.value[frame.key] = value
        self.trail.append(pointer)
        return pointer

    def _open(self, event: CollectionStartEvent) -> None:
        span = self._span(event)
        value: list[Json] | dict[str, Json] = {} if isinstance(event, MappingStartEvent) else []
        if not self.stack:
            if isinstance(value, list):
                raise _not_a_mapping("a list", span)
            self.data = value
            self.trail.append("")
            frame = _Frame(value, "", event)
        else:
            parent = self.stack[-1]
            if len(self.stack) >= MAX_DEPTH:
                message = f"values lie in each other more than {MAX_DEPTH} levels deep"
                raise UnreadableError(ProblemKind.UNSAFE, message, span, parent.pointer)
            if parent.is_map and not parent.waiting:
                self.problems.add(
                    ProblemKind.SYNTAX, "a key must be plain text, not a list or a mapping", span, parent.pointer
                )
                self._count(1, span, parent.pointer)
                self._leave_out(parent)
                parent.waiting = False
                frame = _Frame(value, parent.child, event)
                frame.is_key = True
            else:
                pointer = self._attach(parent, value, span)
                frame = _Frame(value, pointer, event)
                frame.own_key = parent.key_span
        if event.tag is not None and event.tag != (_MAP if isinstance(value, dict) else _SEQ) and event.tag != "!":
            self._foreign_tag(event.tag, span, frame.pointer)
        if event.anchor is not None:
            frame.anchor = _Anchor(value, frame.pointer, len(self.trail), -1)
            self.anchors[event.anchor] = frame.anchor
        self.stack.append(frame)

    def _close(self, event: CollectionEndEvent) -> None:
        frame = self.stack.pop()
        opened, closed, start = event.start_mark, event.end_mark, frame.start.start_mark
        assert opened is not None
        assert closed is not None
        assert start is not None
        # A block ends for the parser where the next token starts; for a reader, where its last value ends.
        if frame.start.flow_style and closed.index > opened.index:
            self.end = self._span(event)
        self.places[frame.pointer] = Place(
            Span(start.line + self.line, start.column + 1, self.end.end_line, self.end.end_column), frame.own_key
        )
        if frame.anchor is not None:
            frame.anchor.last = len(self.trail)
            frame.anchor.height = frame.height
        if self.stack:
            parent = self.stack[-1]
            parent.height = max(parent.height, frame.height + 1)
            if frame.is_key:
                self._leave_out(parent)

    def _alias(self, event: AliasEvent) -> None:
        span = self._span(event)
        self.end = span
        if not self.stack:
            raise _not_a_mapping("an alias", span)
        frame = self.stack[-1]
        name = event.anchor or ""
        anchor = self.anchors.get(name)
        if frame.is_map and not frame.waiting:
            if anchor is not None and isinstance(anchor.value, str):
                self._begin_pair(frame, anchor.value, span)
            else:
                message = f"the alias `*{cut(name)}` is no plain text, which a key must be"
                self.problems.add(ProblemKind.SYNTAX, message, span, frame.pointer)
                self._leave_out(frame)
            return
        value: Json = None
        below: list[str] = []
        if anchor is None:
            message = f"the alias `*{cut(name)}` stands for nothing: no `&{cut(name)}` comes before it"
            self.problems.add(ProblemKind.SYNTAX, message, span, self._next(frame))
        elif anchor.last < 0:
            message = f"the alias `*{cut(name)}` stands for what it lies in; such a value has no end"
            self.problems.add(ProblemKind.UNSAFE, message, span, self._next(frame))
        elif len(self.stack) + anchor.height > MAX_DEPTH:
            message = f"with the alias `*{cut(name)}`, values lie in each other more than {MAX_DEPTH} levels deep"
            raise UnreadableError(ProblemKind.UNSAFE, message, span, frame.pointer)
        else:
            self._count(anchor.last - anchor.first, span, frame.pointer)
            value = anchor.value
            below = [pointer[len(anchor.pointer) :] for pointer in self.trail[anchor.first : anchor.last]]
            frame.height = max(frame.height, anchor.height + 1)
        pointer = self._attach(frame, value, span)
        self.places[pointer] = Place(span, frame.key_span)
        copied = Place(span)
        for rest in below:
            self.places[pointer + rest] = copied
            self.trail.append(pointer + rest)

    def _next(self, frame: _Frame) -> str:
        return f"{frame.pointer}/{len(frame.value)}" if isinstance(frame.value, list) else frame.child

    def _value(self, event: ScalarEvent, span: Span, frame: _Frame) -> Json:
        text = event.value if self.shown is None else event.value.translate(self.shown)
        try:
            if event.tag is None:
                if event.implicit[0]:
                    return resolve(text)
            elif event.tag in _SCALAR_TAGS:
                return self._tagged(event.tag, text, span, frame)
            else:
                self._foreign_tag(event.tag, self._span(event), self._next(frame))
        except NotJsonError as reason:
            message = f"`{cut(text)}` {reason}; put it in quotes to have it as text"
            self.problems.add(ProblemKind.UNSAFE, message, span, self._next(frame))
        if not is_text(text):
            message = "the value holds half a surrogate pair, which is no character"
            self.problems.add(ProblemKind.SYNTAX, message, span, self._next(frame))
            return text.encode("utf-8", "replace").decode()
        return text

    def _tagged(self, tag: str, text: str, span: Span, frame: _Frame) -> Json:
        if tag in (_STR, "!"):
            return text
        value = resolve(text)
        wanted = _SCALAR_TAGS[tag]
        if wanted is float and type(value) is int:
            return float(value)
        if type(value) is not wanted:
            message = f"`{cut(text)}` is not what its tag `!!{tag.removeprefix(CORE)}` says"
            self.problems.add(ProblemKind.SYNTAX, message, span, self._next(frame))
            return text
        return value

    def _foreign_tag(self, tag: str, span: Span, pointer: str) -> None:
        short = f"!!{tag.removeprefix(CORE)}" if tag.startswith(CORE) else tag
        message = f"the tag `{cut(short)}` is not read: front matter is plain data. Remove it"
        self.problems.add(ProblemKind.UNSAFE, message, span, pointer)

    def _count(self, nodes: int, span: Span, pointer: str) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            message = f"more than {MAX_NODES:,} values (aliases count as what they stand for)"
            raise UnreadableError(ProblemKind.UNSAFE, message, span, pointer)

    def _span(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        return Span(start.line + self.line, start.column + 1, end.line + self.line, end.column + 1)

    def _scalar_span(self, event: ScalarEvent) -> Span:
        """Where the scalar itself stands: quotes included, anchor and tag and trailing blank lines not."""
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        literal = event.style in _BLOCK_STYLES
        if literal or event.anchor is not None or event.tag is not None:
            return self._careful_span(event, start.index, end.index, literal=literal)
        if self.want_scalars:
            self._remember(start.index, end.index)
        self.end = span = Span(start.line + self.line, start.column + 1, end.line + self.line, end.column + 1)
        return span

    def _careful_span(self, event: ScalarEvent, start: int, end: int, *, literal: bool) -> Span:
        if event.anchor is not None or event.tag is not None:
            properties = _PROPERTIES.match(self.text, start, end)
            start = properties.end() if properties else start
        if literal:
            body = self.text[start:end].rstrip()
            end = start + len(body)
        lines = self.lines = self.lines or Lines(self.text, self.line)
        if self.want_scalars:
            # The rest of the line with the `|` may be a comment.
            after = lines.starts[lines.position(start)[0] - self.line + 1] if literal and "\n" in body else start
            self._remember(min(after, end) if literal else start, end)
        span = lines.span(start, end)
        self.end = span
        return span

    def _remember(self, start: int, end: int) -> None:
        frame = self.stack[-1] if self.stack else None
        is_key = frame is not None and frame.is_map and not frame.waiting
        self.scalars.append(Scalar(start, end, is_key))


_BLOCK_STYLES = ("|", ">")
_STR = CORE + "str"
_MAP = CORE + "map"
_SEQ = CORE + "seq"
_SCALAR_TAGS: dict[str, type] = {
    "!": str,
    _STR: str,
    CORE + "int": int,
    CORE + "float": float,
    CORE + "bool": bool,
    CORE + "null": type(None),
}


def _not_a_mapping(what: str, span: Span) -> UnreadableError:
    return UnreadableError(ProblemKind.NOT_A_MAPPING, f"the front matter is {what}; it must be `key: value` lines", span)
