"""Finds the locations and nesting depth of the keys and values of a TOML document, but not the values.

It expects valid TOML 1.0 and stops silently at an error, which the reader of the document reports.
"""

import json
import re

from linkcheck.model import ParseErrorKind, Span, ValuePlace
from linkcheck.parse.limits import LONG_KEYS, MAX_DEPTH, MAX_NODES, MAX_POINTER, TOO_DEEP
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import Scalar, UnreadableError
from linkcheck.pointers import escape

_BLANK = re.compile(r"[ \t]*+")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*+)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_BASIC = re.compile(r'"(?:[^"\\\r\n]|\\.)*+"')
_LITERAL = re.compile(r"'[^'\r\n]*+'")
# Not possessive: Python before 3.11.5 fails if a possessive group contains a lookahead.
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d[^\s,\]}#]*+")
_OTHER = re.compile(r"[^\s,\[\]{}#\"']++")


class _LostError(Exception):
    """The document is not valid TOML."""


class _OpenTable:
    """An array or inline table that is being read. `pair` is the pointer of the next value."""

    __slots__ = ("count", "is_table", "key", "pointer", "start")

    def __init__(self, pointer: str, start: int, key: Span | None, *, is_table: bool) -> None:
        self.pointer = pointer
        self.start = start
        self.key = key
        self.is_table = is_table
        self.count = 0


class Scanner:
    """Fills `places`, `raw` (plain values as written, by pointer) and `scalars` from a document."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text = text
        self.lines = lines
        self.places: dict[str, ValuePlace] = {}
        self.raw: dict[str, str] = {}
        self.scalars: list[Scalar] = []
        self.arrays: dict[str, int] = {}
        self.offset = 0
        self.nodes = 0

    def scan(self) -> None:
        """Raises `UnreadableError` if a limit is exceeded."""
        table = ""
        try:
            while self._skip(_SPACE):
                if self.text.startswith("[", self.offset):
                    table = self._header()
                else:
                    pointer, key = self._key(table, "=")
                    self._value(pointer, key)
        except _LostError:
            return

    def _header(self) -> str:
        """Reads `[a.b]` or `[[a.b]]`. Returns the pointer of the table that it opens."""
        start = self.offset
        is_array = self.text.startswith("[[", start)
        self.offset += 2 if is_array else 1
        parts = self._parts("]")
        pointer = ""
        for index, (part, span) in enumerate(parts):
            pointer = f"{pointer}/{escape(part)}"
            last = index == len(parts) - 1
            if pointer in self.arrays and not (last and is_array):
                pointer = f"{pointer}/{self.arrays[pointer]}"
            elif not last:
                self._place(pointer, ValuePlace(span, span))
        self._limit(pointer)
        end = self.offset
        if is_array:
            if not self.text.startswith("]", self.offset):
                raise _LostError
            self.offset += 1
            end = self.offset
            self._place(pointer, ValuePlace(self.lines.span(start, end), parts[-1][1]))
            self.arrays[pointer] = self.arrays.get(pointer, -1) + 1
            pointer = f"{pointer}/{self.arrays[pointer]}"
            self._place(pointer, ValuePlace(self.lines.span(start, end)))
        else:
            self._place(pointer, ValuePlace(self.lines.span(start, end), parts[-1][1]))
        return pointer

    def _key(self, table: str, until: str) -> tuple[str, Span]:
        """Reads `a.b =`. Returns the pointer of the key, and the location of its last part."""
        parts = self._parts(until)
        pointer = table
        for part, span in parts[:-1]:
            pointer = f"{pointer}/{escape(part)}"
            self._place(pointer, ValuePlace(span, span))
        self._limit(pointer)
        return f"{pointer}/{escape(parts[-1][0])}", parts[-1][1]

    def _parts(self, until: str) -> list[tuple[str, Span]]:
        """The parts of a dotted key, up to and past the character that ends it."""
        parts: list[tuple[str, Span]] = []
        while True:
            self._skip(_BLANK)
            start = self.offset
            match = next((m for kind in (_BARE_KEY, _BASIC, _LITERAL) if (m := kind.match(self.text, start))), None)
            if match is None:
                raise _LostError
            self.offset = match.end()
            parts.append((_unquote(match.group()), self.lines.span(start, self.offset)))
            self.scalars.append(Scalar(start, self.offset, is_key=True))
            if len(parts) > MAX_DEPTH:
                raise self._too_deep()
            self._skip(_BLANK)
            follows = self.text[self.offset : self.offset + 1]
            self.offset += 1
            if follows == until:
                return parts
            if follows != ".":
                raise _LostError

    def _value(self, pointer: str, key: Span | None) -> None:
        """Reads a value and everything in it."""
        stack: list[_OpenTable] = []
        depth = pointer.count("/")
        while True:
            self._skip(_SPACE if stack else _BLANK)
            start = self.offset
            opening = self.text[start : start + 1]
            if opening in ("[", "{") and opening:
                stack.append(_OpenTable(pointer, start, key, is_table=opening == "{"))
                if depth + len(stack) > MAX_DEPTH:
                    raise self._too_deep()
                self.offset += 1
                self._place(pointer, ValuePlace(self.lines.span(start, self.offset), key))
            else:
                self._scalar(pointer, key)
                if not stack:
                    return
            following = self._following(stack)
            if following is None:
                return
            pointer, key = following

    def _following(self, stack: list[_OpenTable]) -> tuple[str, Span | None] | None:
        """Closes the collections that end here. Returns the next value's pointer and key; None if all are closed."""
        while stack:
            top = stack[-1]
            self._skip(_SPACE)
            if self.text.startswith(",", self.offset) and top.count:
                self.offset += 1
                self._skip(_SPACE)
            if self.text.startswith("}" if top.is_table else "]", self.offset):
                self.offset += 1
                self.places[top.pointer] = ValuePlace(self.lines.span(top.start, self.offset), top.key)
                stack.pop()
                continue
            top.count += 1
            if top.is_table:
                return self._key(top.pointer, "=")
            return f"{top.pointer}/{top.count - 1}", None
        return None

    def _scalar(self, pointer: str, key: Span | None) -> None:
        start = self.offset
        kinds = (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL, _DATE_TIME, _OTHER)
        match = next((m for kind in kinds if (m := kind.match(self.text, start))), None)
        if match is None:
            raise _LostError
        self.offset = match.end()
        if match.re in (_DATE_TIME, _OTHER):
            self.raw[pointer] = match.group()
        self.scalars.append(Scalar(start, self.offset))
        self._place(pointer, ValuePlace(self.lines.span(start, self.offset), key))

    def _place(self, pointer: str, place: ValuePlace) -> None:
        if pointer not in self.places:
            self.nodes += 1
            if self.nodes > MAX_NODES:
                raise UnreadableError(ParseErrorKind.UNSAFE, f"more than {MAX_NODES:,} values", place.value)
            if len(pointer) > MAX_POINTER:
                raise UnreadableError(ParseErrorKind.UNSAFE, LONG_KEYS, place.value)
            self.places[pointer] = place

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Skips what the pattern matches; False at the end of the text."""
        match = pattern.match(self.text, self.offset)
        assert match is not None
        self.offset = match.end()
        return self.offset < len(self.text)

    def _limit(self, pointer: str) -> None:
        if pointer.count("/") >= MAX_DEPTH:
            raise self._too_deep()

    def _too_deep(self) -> UnreadableError:
        return UnreadableError(ParseErrorKind.UNSAFE, TOO_DEEP, self.lines.span(self.offset, self.offset))


def _unquote(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    if not key.startswith('"'):
        return key
    if "\\" not in key:
        return key[1:-1]
    # TOML's escapes are those of JSON, and \U with eight digits.
    joined = re.sub(r"\\U([0-9a-fA-F]{8})", lambda m: json.dumps(chr(min(int(m[1], 16), 0x10FFFF)))[1:-1], key)
    try:
        return str(json.loads(joined))
    except ValueError:
        raise _LostError from None
