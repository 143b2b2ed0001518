"""Where something is in a file."""

from msgspec import Struct


class Span(Struct, frozen=True):
    """A range of a file: 1-based lines and columns (in characters), the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Location(Struct, frozen=True):
    """A location in an article: its path as shown, the span, and the JSON Pointer (RFC 6901) of the value."""

    path: str
    span: Span
    pointer: str = ""


FILE_START = Span(1, 1, 1, 1)
"""The span of what concerns a file as a whole."""
