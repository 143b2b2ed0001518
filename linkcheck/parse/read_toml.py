"""Reads TOML 1.0: values with the standard library's `tomllib`, and locations with a separate scanner, since `tomllib`
returns none.

Dates and times stay text as written. A value that the scanner does not find (it is made for documents that `tomllib`
accepts) gets the location of the collection that contains it, so that every pointer has one.
"""

import re
import tomllib
from datetime import date, datetime, time
from math import isfinite

from linkcheck.model import Json, ParseErrorKind, Span, ValuePlace
from linkcheck.parse.limits import MAX_DIGITS, cut
from linkcheck.parse.lines import Lines
from linkcheck.parse.reader_result import ParseErrors, ReaderResult, Scalar, UnreadableError
from linkcheck.parse.scan_toml import Scanner
from linkcheck.pointers import escape

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_LONG_NUMBER = re.compile(rf"(?<![\w.])[-+]?[0-9a-fA-Fxob_.]{{{MAX_DIGITS + 1},}}")


def read_toml(text: str, *, path: str, line: int) -> ReaderResult:
    """Reads TOML that starts on the given line of its file."""
    parse_errors = ParseErrors(path)
    lines = Lines(text, line)
    scanner = Scanner(text, lines)
    try:
        scanner.scan()
        loaded = _load(text, lines, scanner.scalars)
        data = _PlainData(text, lines, scanner, parse_errors).mapping(loaded)
    except UnreadableError as end:
        parse_errors.stop(end)
        return ReaderResult(parse_errors=parse_errors.found, scalars=scanner.scalars)
    return ReaderResult(data, scanner.places, parse_errors.found, scanner.scalars)


def _load(text: str, lines: Lines, scalars: list[Scalar]) -> dict[str, object]:
    try:
        loaded = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        start = len(text)
        if place := _PLACE.search(words):
            start = min(lines.starts[min(int(place[1]), len(lines.starts)) - 1] + int(place[2]) - 1, len(text))
        if "overwrite" in words or "twice" in words:
            raise _twice(text, lines, [each for each in scalars if each.is_key and each.start < start], start) from None
        from linkcheck.parse.toml_errors import find_cause

        cause = find_cause(words, text, start)
        if cause is not None:
            where = lines.span(cause.start, cause.end)
            raise UnreadableError(ParseErrorKind.SYNTAX, f"not TOML: {cause.message}", where, hint=cause.hint) from None
        end = start + 1 if text[start : start + 1] not in ("", "\r", "\n") else start
        reason = words.rpartition(" (at ")[0] or words
        raise UnreadableError(ParseErrorKind.SYNTAX, f"not TOML: {cut(reason, 120)}", lines.span(start, end)) from None
    except (ValueError, RecursionError) as error:
        # An integer of thousands of digits, an impossible date.
        long = _LONG_NUMBER.search(text)
        where = lines.span(*long.span()) if long else lines.span(0, 0)
        message = f"the TOML cannot be read: {cut(str(error), 120)}"
        if long:
            reason = f"is a number of {len(long.group()):,} digits, more than the {MAX_DIGITS} that are read"
            message = f"`{cut(long.group())}` {reason}; put it in quotes if it is text"
        raise UnreadableError(ParseErrorKind.UNSAFE, message, where) from None
    if not loaded:
        opening = max(1, lines.first - 1)
        between = " between the fences" if lines.first > 1 else ""
        message = f"the front matter is empty; write `key = value` lines{between}"
        raise UnreadableError(ParseErrorKind.EMPTY, message, Span(opening, 1, opening, 4))
    return loaded


def _twice(text: str, lines: Lines, keys: list[Scalar], offset: int) -> UnreadableError:
    """The error about the last of the keys, which has a value already."""
    if not keys:
        return UnreadableError(ParseErrorKind.DUPLICATE_KEY, "duplicate key", lines.span(offset, offset))
    first = len(keys) - 1
    while first > 0 and text[keys[first - 1].end : keys[first].start].strip() == ".":
        first -= 1
    name, where = cut(text[keys[first].start : keys[-1].end]), lines.span(keys[first].start, keys[-1].end)
    if first == len(keys) - 1:
        return UnreadableError(ParseErrorKind.DUPLICATE_KEY, f"duplicate key `{name}`, which TOML does not allow", where)
    message = f"`{name}` cannot be added: it, or a key before a point in it, has a value above"
    hint = "Rename one of the two keys, or remove it."
    return UnreadableError(ParseErrorKind.DUPLICATE_KEY, message, where, hint=hint)


class _PlainData:
    """Turns the values of `tomllib` into JSON values, and gives every pointer a location."""

    def __init__(self, text: str, lines: Lines, scanner: Scanner, parse_errors: ParseErrors) -> None:
        self.text = text
        self.lines = lines
        self.raw = scanner.raw
        self.places = scanner.places
        self.parse_errors = parse_errors

    def mapping(self, loaded: dict[str, object]) -> dict[str, Json]:
        """The JSON values of a document, built without recursion."""
        data: dict[str, Json] = {}
        todo: list[tuple[str, object, list[Json] | dict[str, Json]]] = [("", loaded, data)]
        self.places.setdefault("", ValuePlace(self.lines.span(0, len(self.text.rstrip()))))
        while todo:
            pointer, source, into = todo.pop()
            parent = self.places[pointer]
            items = source.items() if isinstance(source, dict) else enumerate(source) if isinstance(source, list) else ()
            for key, item in items:
                below = f"{pointer}/{escape(str(key))}"
                self.places.setdefault(below, ValuePlace(parent.value))
                value: Json
                if isinstance(item, dict):
                    value = {}
                    todo.append((below, item, value))
                elif isinstance(item, list):
                    value = []
                    todo.append((below, item, value))
                else:
                    value = self._scalar(item, below)
                if isinstance(into, dict):
                    into[str(key)] = value
                else:
                    into.append(value)
        return data

    def _scalar(self, value: object, pointer: str) -> Json:
        match value:
            case bool() | str():
                return value
            case int():
                if abs(value) < 10**MAX_DIGITS:
                    return value
                written = self.raw.get(pointer, "")
                reason = f"has more than the {MAX_DIGITS} digits that are read"
            case float():
                if isfinite(value):
                    return value
                written = self.raw.get(pointer, str(value))
                reason = "is a number that JSON cannot represent"
            case datetime() | date() | time():
                return self.raw.get(pointer, value.isoformat())
            case _:
                return str(value)
        message = f"`{cut(written)}` {reason}; put it in quotes if it is text"
        self.parse_errors.add(ParseErrorKind.UNSAFE, message, self.places[pointer].value, pointer)
        return written
