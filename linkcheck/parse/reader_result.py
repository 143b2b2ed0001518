"""What a reader of one format finds: the values, their places, the problems, and where its scalars stand."""

from msgspec import Struct

from linkcheck.model import Json, Location, ParseError, ParseErrorKind, Span, ValuePlace
from linkcheck.parse.limits import MAX_PROBLEMS, cut
from linkcheck.pointers import escape

LEFT_OUT = "~2"
"""Marks the pointers of what is read, counted and then dropped; no escaped key holds it."""


class Scalar(Struct, frozen=True):
    """Where a key or a plain value stands, as offsets into the text; a `#` in there starts no comment."""

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
    """Reading ends here: the text cannot be built into values."""

    def __init__(self, kind: ParseErrorKind, message: str, span: Span, pointer: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.span = span
        self.pointer = pointer


class ParseErrors:
    """Collects an article's problems, the first few of them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[ParseError] = []

    def add(self, kind: ParseErrorKind, message: str, span: Span, pointer: str = "") -> None:
        if len(self.found) < MAX_PROBLEMS:
            pointer = pointer.partition(LEFT_OUT)[0]
            self.found.append(ParseError(kind, Location(self.path, span, pointer), message))

    def add_twice(self, key: str, first: ValuePlace, span: Span, pointer: str) -> None:
        """A key that its mapping has already; `first` is the place of the value that does not count."""
        where = f"line {first.key.line}" if first.key is not None else "above"
        message = f"duplicate key `{cut(key)}`, first on {where}; the last one counts"
        self.add(ParseErrorKind.DUPLICATE_KEY, message, span, pointer)

    def add_half_character(self, value: str, span: Span, pointer: str) -> str:
        """A value that no UTF-8 file can hold; the text to go on with."""
        self.add(ParseErrorKind.SYNTAX, "the value contains a lone surrogate, which is not a character", span, pointer)
        return value.encode("utf-8", "replace").decode()

    def stop(self, end: UnreadableError) -> None:
        """Adds what ended the reading; it is told even when the list is full."""
        del self.found[MAX_PROBLEMS - 1 :]
        self.add(end.kind, end.message, end.span, end.pointer)


def kept_places(places: dict[str, ValuePlace], data: dict[str, Json]) -> dict[str, ValuePlace]:
    """The places of what is in the data, and of nothing that a later duplicate replaced."""
    kept = pointers_of(data)
    return {pointer: place for pointer, place in places.items() if pointer in kept}


def pointers_of(data: dict[str, Json]) -> set[str]:
    """Every pointer in the data, the root (`""`) included. Not recursive."""
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
