"""The result of a reader: values, their locations, parse errors, and the locations of scalars."""

from msgspec import Struct

from linkcheck.model import Json, Location, ParseError, ParseErrorKind, Span, ValuePlace
from linkcheck.parse.limits import MAX_PROBLEMS, cut
from linkcheck.pointers import escape

LEFT_OUT = "~2"
"""Marks the pointers of values that are read, counted and then discarded; no escaped key contains it."""


class Scalar(Struct, frozen=True):
    """The location of a key or plain value, as offsets into the text; a `#` in it does not start a comment."""

    start: int
    end: int
    is_key: bool = False


class ReaderResult(Struct):
    """What a format's reader returns. `scalars` are in the order of the text."""

    data: dict[str, Json] = {}
    places: dict[str, ValuePlace] = {}
    parse_errors: list[ParseError] = []
    scalars: list[Scalar] = []


class UnreadableError(Exception):
    """The text cannot be read."""

    def __init__(self, kind: ParseErrorKind, message: str, span: Span, pointer: str = "", *, hint: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.span = span
        self.pointer = pointer
        self.hint = hint


class ParseErrors:
    """Collects an article's parse errors, up to a limit."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[ParseError] = []

    def add(self, kind: ParseErrorKind, message: str, span: Span, pointer: str = "", *, hint: str = "") -> None:
        if len(self.found) < MAX_PROBLEMS:
            pointer = pointer.partition(LEFT_OUT)[0]
            self.found.append(ParseError(kind, Location(self.path, span, pointer), message, hint))

    def add_twice(self, key: str, first: ValuePlace, span: Span, pointer: str) -> None:
        """Adds a duplicate key; `first` is the location of the value that is overridden."""
        where = f"line {first.key.line}" if first.key is not None else "above"
        message = f"duplicate key `{cut(key)}`, first on {where}; the last one counts"
        self.add(ParseErrorKind.DUPLICATE_KEY, message, span, pointer)

    def add_half_character(self, value: str, span: Span, pointer: str) -> str:
        """Adds a value that UTF-8 cannot represent; returns the text to continue with."""
        message = "the value contains a lone surrogate, which is not a character"
        self.add(ParseErrorKind.SYNTAX, message, span, pointer, hint="Write the character itself.")
        return value.encode("utf-8", "replace").decode()

    def stop(self, end: UnreadableError) -> None:
        """Adds the error that ended reading; it is reported even if the list is full.

        Errors of its kind before it on the same line have the same cause, such as a placeholder without quotes, and are
        dropped.
        """
        del self.found[MAX_PROBLEMS - 1 :]
        while self.found and (self.found[-1].kind, self.found[-1].location.span.line) == (end.kind, end.span.line):
            self.found.pop()
        self.add(end.kind, end.message, end.span, end.pointer, hint=end.hint)


def kept_places(places: dict[str, ValuePlace], data: dict[str, Json]) -> dict[str, ValuePlace]:
    """The locations of the values in the data, without those that a later duplicate replaced."""
    kept = pointers_of(data)
    return {pointer: place for pointer, place in places.items() if pointer in kept}


def pointers_of(data: Json) -> set[str]:
    """Every pointer in a value, the value itself (`""`) included. Not recursive."""
    found = {""}
    todo: list[tuple[str, Json]] = [("", data)]
    while todo:
        pointer, value = todo.pop()
        if isinstance(value, dict):
            below = [(f"{pointer}/{escape(key)}", item) for key, item in value.items()]
        elif isinstance(value, list):
            below = [(f"{pointer}/{index}", item) for index, item in enumerate(value)]
        else:
            continue
        found.update(place for place, _ in below)
        todo.extend(below)
    return found


def characters_in(data: Json) -> int:
    """The number of characters of the keys and texts in a value. Not recursive."""
    count = 0
    todo: list[Json] = [data]
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            count += len(value)
        elif isinstance(value, dict):
            count += sum(map(len, value))
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
    return count
