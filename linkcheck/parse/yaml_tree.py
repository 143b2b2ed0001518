"""Builds values and their locations from YAML events, by the rules of `read_yaml`."""

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
)

from linkcheck.model import Json, ParseErrorKind, Span, ValuePlace
from linkcheck.parse.limits import LONG_KEYS, MAX_DEPTH, MAX_EXPANDED, MAX_NODES, MAX_POINTER, TOO_DEEP, cut
from linkcheck.parse.reader_result import LEFT_OUT, ParseErrors, UnreadableError, characters_in, kept_places, pointers_of
from linkcheck.parse.scalars import CORE, NotJsonError, is_certainly_text, is_text
from linkcheck.parse.slips import slip_at, template_at
from linkcheck.parse.yaml_frames import Anchor, Frame
from linkcheck.parse.yaml_merges import merged_mappings
from linkcheck.parse.yaml_slips import (
    ENTRIES,
    INDENTED_FENCE,
    INDENTED_FENCE_HINT,
    KEYS,
    LINES,
    indented_fence,
)
from linkcheck.parse.yaml_spans import BLOCK_STYLES, Events, Spans
from linkcheck.parse.yaml_values import SCALAR_TAGS, TAG_HINT, MistaggedError, foreign, typed
from linkcheck.pointers import escape


class Builder:
    """Builds values from events. Not recursive, so that only `MAX_DEPTH` limits the depth.

    `shown` restores the characters that were substituted. `careful` means that no scalar takes the fast path.
    """

    def __init__(self, spans: Spans, shown: dict[int, int] | None, parse_errors: ParseErrors, *, careful: bool) -> None:
        self.spans = spans
        self.shown = shown
        self.parse_errors = parse_errors
        self.careful = careful or spans.wanted or shown is not None
        self.data: dict[str, Json] = {}
        self.places: dict[str, ValuePlace] = {}
        self.stack: list[Frame] = []
        self.anchors: dict[str, Anchor] = {}
        self.merged_aliases: dict[str, str] = {}
        self.trail: list[str] = []
        """The pointers of the values since the first anchor, in order: aliases may refer to those below an anchor."""
        self.nodes = 0
        self.expanded = 0
        self.left_out = 0
        self.stale = False
        self.end = Span(spans.first, 1, spans.first, 1)

    def build(self, events: Events) -> None:
        """Raises `UnreadableError` if nothing can be built, and whatever the parser raises."""
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
                        message, hint = (
                            ("a second document starts here", "Split the file: only one document is read.")
                            if self.spans.first == 1
                            else (
                                "not YAML front matter: a second document starts here",
                                "Close the front matter with a line that contains only `---`.",
                            )
                        )
                        raise UnreadableError(ParseErrorKind.SYNTAX, message, self.spans.of(event), hint=hint)
                case _:
                    pass
        if not documents:
            fence = max(1, self.spans.first - 1)
            between = " between the `---` lines" if self.spans.first > 1 else ""
            message = f"the front matter is empty; write `key: value` lines{between}"
            raise UnreadableError(ParseErrorKind.EMPTY, message, Span(fence, 1, fence, 4))

    def finished_places(self) -> dict[str, ValuePlace]:
        """The locations of the values in the data, without those that a later duplicate replaced."""
        return kept_places(self.places, self.data) if self.stale else self.places

    def _scalar(self, event: ScalarEvent) -> None:
        """The fast path, for plain keys and text: nine of ten scalars."""
        text, style = event.value, event.style
        special = event.tag or event.anchor or style in BLOCK_STYLES or text == "<<"
        if special or self.careful or not self.stack:
            self._special_scalar(event)
            return
        frame = self.stack[-1]
        self.end = span = self.spans.of(event)
        if frame.is_map and not frame.waiting:
            if not (style or text.isascii()):
                self._check_key(frame, text, span)
            self._begin_pair(frame, text, span)
            return
        if "---" in text:
            self._refuse_fence(event)
        value = text if style or is_certainly_text(text) else self._value(event, span, frame)
        self.places[self._attach(frame, value, span)] = ValuePlace(span, frame.key_span)

    def _special_scalar(self, event: ScalarEvent) -> None:
        frame = self.stack[-1] if self.stack else None
        is_key = frame is not None and frame.is_map and not frame.waiting
        self.end = span = self.spans.of_scalar(event, is_key=is_key)
        if frame is None:
            raise self._not_a_pair(event, span)
        value: Json
        if is_key:
            self._key(frame, event, span)
            pointer, value = frame.child, frame.key
        else:
            if "---" in event.value:
                self._refuse_fence(event)
            value = self._value(event, span, frame)
            pointer = self._attach(frame, value, span)
            self.places[pointer] = ValuePlace(span, frame.key_span)
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchor(value, pointer, len(self.trail), len(self.trail), len(event.value))

    def _key(self, frame: Frame, event: ScalarEvent, span: Span) -> None:
        """Uses the scalar as the mapping's next key, whatever type it would have as a value."""
        key = event.value if self.shown is None else event.value.translate(self.shown)
        if key == "<<" and not event.style and event.tag in (None, _MERGE):
            if frame.merges:
                first, _ = frame.merges[0]
                message = f"duplicate key `<<`, first on line {self.places[first].value.line}"
                self.parse_errors.add(ParseErrorKind.DUPLICATE_KEY, message, span, frame.pointer)
            self._leave_out(frame)
            frame.merging = True
            return
        if event.tag is not None and event.tag not in SCALAR_TAGS:
            where = self.spans.of(event)
            self.parse_errors.add(ParseErrorKind.UNSAFE, foreign(event.tag), where, frame.pointer, hint=TAG_HINT)
        if not key.isascii() and not is_text(key):
            self.parse_errors.add(
                ParseErrorKind.SYNTAX, "the key contains a lone surrogate, which is not a character", span, frame.pointer
            )
            self._leave_out(frame)
            return
        if not event.style:
            self._check_key(frame, key, span)
        self._begin_pair(frame, key, span)

    def _check_key(self, frame: Frame, key: str, span: Span) -> None:
        """Adds an error for a key without quotes that is valid, but not meant."""
        slip = None if key.isascii() else slip_at(KEYS, key, 0)
        if slip is not None:
            pointer = f"{frame.pointer}/{escape(key)}"
            self.parse_errors.add(ParseErrorKind.SYNTAX, slip.message, span, pointer, hint=slip.hint)

    def _begin_pair(self, frame: Frame, key: str, span: Span) -> None:
        assert isinstance(frame.value, dict)
        child = f"{frame.pointer}/{escape(key)}"
        if key in frame.value:
            # The first value is complete, so it has a location.
            self.parse_errors.add_twice(key, self.places[child], span, child)
            self.stale = True
        frame.key = key
        frame.child = child
        frame.key_span = span
        frame.keep = True
        frame.waiting = True

    def _leave_out(self, frame: Frame) -> None:
        """The mapping's next value is read and counted like any other, and then discarded."""
        self.left_out += 1
        self.stale = True
        frame.child = f"{frame.pointer}{LEFT_OUT}{self.left_out}"
        frame.key_span = None
        frame.keep = False
        frame.waiting = True

    def _attach(self, frame: Frame, value: Json, span: Span) -> str:
        """Adds a value to the collection; returns its pointer."""
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
            elif frame.merging:
                frame.merges += ((pointer, value),)
                frame.merging = False
        if len(pointer) > MAX_POINTER:
            raise UnreadableError(ParseErrorKind.UNSAFE, LONG_KEYS, span, frame.pointer)
        if self.anchors:
            self.trail.append(pointer)
        return pointer

    def _open(self, event: CollectionStartEvent) -> None:
        span = self.spans.of(event)
        value: list[Json] | dict[str, Json] = {} if isinstance(event, MappingStartEvent) else []
        if not self.stack:
            if isinstance(value, list):
                raise _not_a_mapping("a list", span)
            self.data = value
            self.trail.append("")
            frame = Frame(value, "", event)
        else:
            parent = self.stack[-1]
            if len(self.stack) >= MAX_DEPTH:
                raise UnreadableError(ParseErrorKind.UNSAFE, TOO_DEEP, span, parent.pointer)
            if parent.is_map and not parent.waiting:
                self._refuse_key(parent, span)
                self._count(1, span, parent.pointer)
                self._leave_out(parent)
                parent.waiting = False
                frame = Frame(value, parent.child, event)
                frame.is_key = True
            else:
                merging = parent.merging and parent.is_map
                pointer = self._attach(parent, value, span)
                frame = Frame(value, pointer, event)
                frame.merging = merging and isinstance(value, list)
                frame.own_key = parent.key_span
        if event.tag not in (None, "!", _MAP if isinstance(value, dict) else _SEQ):
            self.parse_errors.add(ParseErrorKind.UNSAFE, foreign(str(event.tag)), span, frame.pointer, hint=TAG_HINT)
        if event.anchor is not None:
            frame.anchor = Anchor(value, frame.pointer, len(self.trail), -1, -self.expanded)
            self.anchors[event.anchor] = frame.anchor
        self.stack.append(frame)

    def _refuse_key(self, parent: Frame, span: Span) -> None:
        """Adds the error about a list or mapping as a key, once for nested ones."""
        outer = parent.start.start_mark
        assert outer is not None
        if parent.is_key:
            return
        if parent.start.flow_style and (cause := template_at(self.spans.text, outer.index)) is not None:
            span = self.spans.between(cause.start, cause.end)
            self.parse_errors.add(ParseErrorKind.SYNTAX, f"not YAML: {cause.message}", span, parent.pointer, hint=cause.hint)
            return
        message = "a key must be plain text, not a list or a mapping"
        self.parse_errors.add(ParseErrorKind.SYNTAX, message, span, parent.pointer, hint="Put the key in quotes.")

    def _refuse_fence(self, event: ScalarEvent) -> None:
        """Raises `UnreadableError` if plain text contains an indented `---`, because what follows is not front matter."""
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        found = None if event.style else indented_fence(self.spans.text, start.index, end.index)
        if found is not None:
            span = self.spans.between(*found)
            raise UnreadableError(ParseErrorKind.SYNTAX, f"not YAML: {INDENTED_FENCE}", span, hint=INDENTED_FENCE_HINT)

    def _not_a_pair(self, event: ScalarEvent, span: Span) -> UnreadableError:
        """The error about front matter that is only text, usually a line whose colon is not recognized."""
        assert event.start_mark is not None
        slip = None if event.style else slip_at(LINES, self.spans.text, event.start_mark.index)
        if slip is None:
            return _not_a_mapping("a single value", span)
        message = f"the front matter has no `key: value` lines: {slip.message}"
        where = self.spans.between(slip.start, slip.end)
        hint = slip.hint + (" If it is TOML, use +++ instead of ---." if "`=`" in slip.message else "")
        return UnreadableError(ParseErrorKind.NOT_A_MAPPING, message, where, hint=hint)

    def _close(self, event: CollectionEndEvent) -> None:
        frame = self.stack.pop()
        first, opened, closed = frame.start.start_mark, event.start_mark, event.end_mark
        assert first is not None
        assert opened is not None
        assert closed is not None
        # For the parser, a block ends where the next token starts; for readers, it ends with its last value.
        if frame.start.flow_style and closed.index > opened.index:
            self.end = self.spans.of(event)
        start, end = self.spans.of(frame.start), self.end
        self.places[frame.pointer] = ValuePlace(Span(start.line, start.column, end.end_line, end.end_column), frame.own_key)
        if frame.merges:
            self._merge(frame)
        if frame.anchor is not None:
            frame.anchor.last = len(self.trail)
            frame.anchor.size += self.expanded + closed.index - first.index
            frame.anchor.height = frame.height
        if self.stack:
            parent = self.stack[-1]
            parent.height = max(parent.height, frame.height if frame.merging else frame.height + 1)
            if frame.is_key:
                self._leave_out(parent)

    def _merge(self, frame: Frame) -> None:
        """Adds what the merge keys of a mapping refer to, except for keys that it has."""
        assert isinstance(frame.value, dict)
        for mapping, origin in merged_mappings(frame, self.places, self.merged_aliases, self.parse_errors):
            span = self.places[frame.pointer].value
            self._count(len(mapping), span, frame.pointer)
            for key, value in mapping.items():
                if key in frame.value:
                    continue
                frame.value[key] = value
                below = sorted(pointers_of(value))
                self._count(len(below), span, frame.pointer)
                self._expand(len(key) + characters_in(value), span, frame.pointer)
                for rest in below:
                    added = f"{frame.pointer}/{escape(key)}{rest}"
                    self.places[added] = self.places[f"{origin}/{escape(key)}{rest}"]
                    self.trail.append(added)

    def _alias(self, event: AliasEvent) -> None:
        span = self.spans.of(event)
        self.end = span
        if not self.stack:
            raise _not_a_mapping("an alias", span)
        frame = self.stack[-1]
        name = event.anchor or ""
        anchor = self.anchors.get(name)
        if anchor is not None and anchor.last >= 0 and not frame.merging:
            self._expand(anchor.size, span, frame.pointer)
        if frame.is_map and not frame.waiting:
            if anchor is not None and isinstance(anchor.value, str):
                self._begin_pair(frame, anchor.value, span)
            else:
                message = f"the alias `*{cut(name)}` is not plain text, as a key must be"
                self.parse_errors.add(ParseErrorKind.SYNTAX, message, span, frame.pointer, hint="Write the key itself.")
                self._leave_out(frame)
            return
        value: Json = None
        below: list[str] = []
        merging = frame.merging
        if anchor is None:
            message = f"the alias `*{cut(name)}` is undefined: no `&{cut(name)}` precedes it"
            hint = "If it is text, put the value in quotes."
            self.parse_errors.add(ParseErrorKind.SYNTAX, message, span, self._next(frame), hint=hint)
        elif anchor.last < 0:
            message = f"the alias `*{cut(name)}` refers to a value that contains it"
            self.parse_errors.add(ParseErrorKind.UNSAFE, message, span, self._next(frame))
        elif len(self.stack) + anchor.height > MAX_DEPTH:
            message = f"with the alias `*{cut(name)}`, {TOO_DEEP}"
            raise UnreadableError(ParseErrorKind.UNSAFE, message, span, frame.pointer)
        else:
            value = anchor.value
            if not merging:
                self._count(anchor.last - anchor.first, span, frame.pointer)
                below = [pointer[len(anchor.pointer) :] for pointer in self.trail[anchor.first : anchor.last]]
            frame.height = max(frame.height, anchor.height if merging else anchor.height + 1)
        pointer = self._attach(frame, value, span)
        if merging:
            self.merged_aliases[pointer] = "" if anchor is None or anchor.last < 0 else anchor.pointer
        self.places[pointer] = ValuePlace(span, frame.key_span)
        copied = ValuePlace(span)
        for rest in below:
            self.places[pointer + rest] = copied
            self.trail.append(pointer + rest)

    def _next(self, frame: Frame) -> str:
        return f"{frame.pointer}/{len(frame.value)}" if isinstance(frame.value, list) else frame.child

    def _value(self, event: ScalarEvent, span: Span, frame: Frame) -> Json:
        text = event.value if self.shown is None else event.value.translate(self.shown)
        tag = event.tag
        if tag is not None and tag not in SCALAR_TAGS:
            where = self.spans.of(event)
            self.parse_errors.add(ParseErrorKind.UNSAFE, foreign(tag), where, self._next(frame), hint=TAG_HINT)
        value: Json = text
        if text[:1] == "-" and not (event.style or text.isascii()) and (slip := slip_at(ENTRIES, text, 0)):
            where = Span(span.line, span.column + slip.start, span.line, span.column + slip.end)
            self.parse_errors.add(ParseErrorKind.SYNTAX, slip.message, where, self._next(frame), hint=slip.hint)
        try:
            value = typed(text, tag, plain=event.implicit[0])
        except NotJsonError as reason:
            message = f"`{cut(text)}` {reason}; put it in quotes if it is text"
            self.parse_errors.add(ParseErrorKind.UNSAFE, message, span, self._next(frame))
        except MistaggedError as reason:
            self.parse_errors.add(ParseErrorKind.SYNTAX, str(reason), span, self._next(frame), hint="Remove the tag.")
        if isinstance(value, str) and not is_text(value):
            return self.parse_errors.add_half_character(value, span, self._next(frame))
        return value

    def _count(self, nodes: int, span: Span, pointer: str) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            message = f"more than {MAX_NODES:,} values (aliases are counted expanded)"
            raise UnreadableError(ParseErrorKind.UNSAFE, message, span, pointer)

    def _expand(self, characters: int, span: Span, pointer: str) -> None:
        self.expanded += characters
        if self.expanded > MAX_EXPANDED:
            message = f"aliases stand for more than {MAX_EXPANDED:,} characters"
            raise UnreadableError(ParseErrorKind.UNSAFE, message, span, pointer)


_MAP = CORE + "map"
_SEQ = CORE + "seq"
_MERGE = CORE + "merge"


def _not_a_mapping(what: str, span: Span) -> UnreadableError:
    return UnreadableError(ParseErrorKind.NOT_A_MAPPING, f"the front matter is {what}; it must be `key: value` lines", span)
