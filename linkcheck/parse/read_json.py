"""Builds values and their locations from JSON (RFC 8259), strictly: no comments, no trailing commas, no NaN.

Not recursive. The standard library's parser returns no locations and accepts duplicate keys.
"""

import json
import re

from linkcheck.model import Json, ParseErrorKind, Span, ValuePlace
from linkcheck.parse.json_slips import AFTER_KEYS, AFTER_VALUES, KEYS, VALUES
from linkcheck.parse.limits import LONG_KEYS, MAX_DEPTH, MAX_DIGITS, MAX_NODES, MAX_POINTER, TOO_DEEP, cut
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import ParseErrors, ReaderResult, UnreadableError, kept_places
from linkcheck.parse.scalars import NotJsonError, finite, is_text
from linkcheck.parse.slips import Slip, SyntaxCause, conflict_marker, slip_at, template_at, wrong_escape
from linkcheck.pointers import escape

_BLANK = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+"')
_TEXT_SO_FAR = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+')
_REST = re.compile(r"[^\r\n]*+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?![0-9])(\.[0-9]++)?+([eE][-+]?[0-9]++)?+")
_WORD = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*+")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def read_json(text: str, *, path: str, line: int, cut_off: UnreadableError | None = None) -> tuple[ReaderResult, int]:
    """Reads a JSON object that starts on the given line of its file. Returns the result and the offset at which it ends.

    With `cut_off`, the text is the beginning of a file that can continue after the object; it is the error if the object is
    not closed.
    """
    parse_errors = ParseErrors(path)
    builder = _JsonBuilder(text, parse_errors, Lines(text, line), cut_off)
    try:
        builder.build()
        if cut_off is None:
            builder.expect_end()
    except UnreadableError as end:
        parse_errors.stop(end)
        rest = _REST.match(text, builder.offset)
        assert rest is not None
        return ReaderResult(parse_errors=parse_errors.found), rest.end()
    return ReaderResult(builder.data, kept_places(builder.places, builder.data), parse_errors.found), builder.offset


class _JsonFrame:
    """A collection that is being filled, and where it starts."""

    __slots__ = ("key", "key_span", "own_key", "pointer", "start", "value")

    def __init__(self, value: "list[Json] | dict[str, Json]", pointer: str, start: int, own_key: Span | None) -> None:
        self.value = value
        self.pointer = pointer
        self.start = start
        self.own_key = own_key
        self.key = ""
        self.key_span: Span | None = None


class _JsonBuilder:
    def __init__(self, text: str, parse_errors: ParseErrors, lines: Lines, cut_off: UnreadableError | None) -> None:
        self.text = text
        self.parse_errors = parse_errors
        self.lines = lines
        self.cut_off = cut_off
        self.data: dict[str, Json] = {}
        self.places: dict[str, ValuePlace] = {}
        self.stack: list[_JsonFrame] = []
        self.offset = 0
        self.nodes = 0

    def build(self) -> None:
        """Raises `UnreadableError`."""
        first = self._next()
        if first == "":
            raise self.cut_off or UnreadableError(ParseErrorKind.EMPTY, "the front matter is empty", self._here())
        if first != "{":
            raise UnreadableError(
                ParseErrorKind.NOT_A_MAPPING, "the front matter must be a JSON object: `{...}`", self._here()
            )
        self.stack.append(_JsonFrame(self.data, "", self.offset, None))
        self.offset += 1
        while self.stack:
            frame = self.stack[-1]
            closing = "}" if isinstance(frame.value, dict) else "]"
            character = self._next()
            if frame.value or frame.key_span is not None:
                if character == ",":
                    comma = self.offset
                    self.offset += 1
                    if self._next() == closing:
                        hint = f"Remove it: JSON has no comma before `{closing}`."
                        raise self._unreadable(SyntaxCause(comma, comma + 1, "there is nothing after this comma", hint))
                elif character != closing:
                    raise self._no_comma(frame, closing)
            if self._next() == closing:
                self._close(frame)
            else:
                if isinstance(frame.value, dict):
                    self._key(frame, frame.value)
                self._value(frame)

    def expect_end(self) -> None:
        if self._next() != "":
            end = len(self.text.rstrip())
            raise self._unreadable(
                SyntaxCause(self.offset, end, "text follows the object", "Remove what is after its closing }.")
            )

    def _close(self, frame: _JsonFrame) -> None:
        self.offset += 1
        self.stack.pop()
        self.places[frame.pointer] = ValuePlace(self.lines.span(frame.start, self.offset), frame.own_key)

    def _key(self, frame: _JsonFrame, mapping: dict[str, Json]) -> None:
        start = self.offset
        if self._next() != '"':
            raise self._wrong(KEYS, "a key must be text in double quotes", 'Write "key": value.')
        frame.key = self._string(frame.pointer)
        frame.key_span = self.lines.span(start, self.offset)
        if frame.key in mapping:
            pointer = f"{frame.pointer}/{escape(frame.key)}"
            self.parse_errors.add_twice(frame.key, self.places[pointer], frame.key_span, pointer)
        end = self.offset
        if self._next() != ":":
            hint = "Put a colon between the key and its value."
            raise self._wrong(AFTER_KEYS, "there is no colon after this key", hint, end)
        self.offset += 1

    def _value(self, frame: _JsonFrame) -> None:
        character = self._next()
        start = self.offset
        pointer = (
            f"{frame.pointer}/{escape(frame.key)}"
            if isinstance(frame.value, dict)
            else f"{frame.pointer}/{len(frame.value)}"
        )
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise UnreadableError(ParseErrorKind.UNSAFE, f"more than {MAX_NODES:,} values", self._here(), frame.pointer)
        if len(pointer) > MAX_POINTER:
            raise UnreadableError(ParseErrorKind.UNSAFE, LONG_KEYS, self._here(), frame.pointer)
        value: Json
        if character in ("{", "["):
            if len(self.stack) >= MAX_DEPTH:
                raise UnreadableError(ParseErrorKind.UNSAFE, TOO_DEEP, self._here(), frame.pointer)
            collection: list[Json] | dict[str, Json] = {} if character == "{" else []
            self.offset += 1
            self.stack.append(_JsonFrame(collection, pointer, start, frame.key_span))
            value = collection
        else:
            value = self._string(pointer) if character == '"' else self._plain(pointer)
            self.places[pointer] = ValuePlace(self.lines.span(start, self.offset), frame.key_span)
        if isinstance(frame.value, dict):
            frame.value[frame.key] = value
        else:
            frame.value.append(value)

    def _string(self, pointer: str) -> str:
        match = _STRING.match(self.text, self.offset)
        if match is None:
            raise self._broken_text()
        raw = match.group()
        value = str(json.loads(raw)) if "\\" in raw else raw[1:-1]
        if not is_text(value):
            span = self.lines.span(self.offset, match.end())
            value = self.parse_errors.add_half_character(value, span, pointer)
        self.offset = match.end()
        return value

    def _plain(self, pointer: str) -> bool | int | float | str | None:
        if word := _WORD.match(self.text, self.offset):
            if word.group() not in _WORDS:
                raise self._wrong(VALUES, "this is not a value in JSON", "Put text in double quotes.")
            self.offset = word.end()
            return _WORDS[word.group()]
        number = _NUMBER.match(self.text, self.offset)
        if number is None:
            raise self._no_value()
        start, self.offset = self.offset, number.end()
        digits = number.group()
        try:
            if number.group(1) or number.group(2) or len(digits) > MAX_DIGITS:
                return finite(digits)
            return int(digits)
        except NotJsonError as reason:
            message = f"`{cut(digits)}` {reason}; put it in quotes if it is text"
            self.parse_errors.add(ParseErrorKind.UNSAFE, message, self.lines.span(start, self.offset), pointer)
            return digits

    def _next(self) -> str:
        """The next character after whitespace; empty at the end of the text."""
        blank = _BLANK.match(self.text, self.offset)
        assert blank is not None
        self.offset = blank.end()
        return self.text[self.offset : self.offset + 1]

    def _here(self) -> Span:
        end = self.offset + 1 if self.text[self.offset : self.offset + 1] not in ("", "\r", "\n") else self.offset
        return self.lines.span(self.offset, end)

    def _wrong(self, slips: tuple[Slip, ...], message: str, hint: str, end: int | None = None) -> UnreadableError:
        """The error here: one of the slips, or else the message. With `end`, it is about what ends there."""
        if self._next() == "":
            return self._not_closed()
        cause = conflict_marker(self.text, self.offset + 7) or template_at(self.text, self.offset - 1)
        cause = cause or template_at(self.text, self.offset) or slip_at(slips, self.text, self.offset)
        start = self.offset if end is None else end - 1
        return self._unreadable(cause or SyntaxCause(start, start + 1, message, hint))

    def _no_value(self) -> UnreadableError:
        end = len(self.text[: self.offset].rstrip())
        if self.text[end - 1] == ":" and self._next() in (",", "}"):
            return self._unreadable(
                SyntaxCause(end - 1, end, "there is no value after this colon", "Write a value after it.")
            )
        return self._wrong(VALUES, "this is not a value in JSON", "Put text in double quotes.")

    def _no_comma(self, frame: _JsonFrame, closing: str) -> UnreadableError:
        """The error about a value that is followed neither by a comma nor by the end of its collection."""
        here = self._next()
        if here == "":
            return self._not_closed()
        end = len(self.text[: self.offset].rstrip())
        is_below = "\n" in self.text[end : self.offset] or "\r" in self.text[end : self.offset]
        opened = self.text[frame.start]
        if not is_below and end == self.offset and self.text[end - 1] == '"' and here.isalnum():
            hint = 'Write quotes within the text as \\".'
            return self._unreadable(SyntaxCause(end - 1, end, "this quote ends the text, but more text follows", hint))
        if here == ":" and opened == "[" and self.text[end - 1] == '"' and not self.text[frame.start : end].count("\n"):
            hint = "Remove the colon, or use { and } for keys with values."
            return self._unreadable(SyntaxCause(self.offset, self.offset + 1, "a list has no keys", hint))
        if here in "]})" and not is_below:
            return self._unreadable(
                SyntaxCause(end, end + 1, f"`{here}` cannot close what `{opened}` opened", f"Use {closing} here.")
            )
        if here in "]})" or (is_below and here.isalpha()) or (here == ":" and opened == "["):
            what = "list" if opened == "[" else "object"
            message = f"the {what} that is opened here is never closed"
            return self._unreadable(
                SyntaxCause(frame.start, frame.start + 1, message, f"Add the missing {closing} at its end.")
            )
        if not is_below and (here.isalnum() or (end == self.offset and here in ".-+%:")):
            start = max(self.text.rfind(each, 0, end) for each in " \t\r\n:,[{") + 1
            whole = re.compile(r"[^\r\n,}\]]*+").match(self.text, start)
            assert whole is not None
            hint = "If it is text, put all of it in double quotes."
            return self._unreadable(SyntaxCause(*whole.span(), "this is not a value in JSON", hint))
        return self._wrong(AFTER_VALUES, "there is no comma after this value", "Put a comma after it.", end)

    def _broken_text(self) -> UnreadableError:
        """The error about a text that does not end, or that contains what a text cannot contain."""
        start = self.offset
        found = _TEXT_SO_FAR.match(self.text, start)
        assert found is not None
        end = found.end()
        if end == len(self.text) and self.cut_off is not None:
            return self.cut_off
        character = self.text[end : end + 1]
        if character == "\\" and (cause := wrong_escape(self.text, end)) is not None:
            return self._unreadable(cause)
        if character in ("", "\r", "\n"):
            message = "the quote that is opened here is not closed on its line"
            return self._unreadable(
                SyntaxCause(start, start + 1, message, 'Add " at the end of the text. Write line breaks as \\n.')
            )
        what = "a tab" if character == "\t" else f"the character U+{ord(character):04X}"
        hint = "Write it as \\t, or use a space." if character == "\t" else "Remove it, or write it as an escape."
        return self._unreadable(SyntaxCause(end, end + 1, f"text contains {what}, which is not allowed", hint))

    def _unreadable(self, cause: SyntaxCause) -> UnreadableError:
        span = self.lines.span(cause.start, cause.end)
        return UnreadableError(ParseErrorKind.SYNTAX, f"not JSON: {cause.message}", span, hint=cause.hint)

    def _not_closed(self) -> UnreadableError:
        """The error about a text that ends within an object or a list."""
        if self.cut_off is not None:
            return self.cut_off
        start = self.stack[-1].start
        what, closing = ("list", "]") if self.text[start] == "[" else ("object", "}")
        message = f"the {what} that is opened here is never closed"
        return self._unreadable(SyntaxCause(start, start + 1, message, f"Add the missing {closing} at its end."))
