"""An article and what reading it brought to light."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from linkcheck.model.span import Location, Span

if TYPE_CHECKING:
    Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
else:
    Json = Any  # msgspec has no recursive types; to it any value is one


class Source(Struct, frozen=True):
    """A file's path and the bytes its front matter may be in.

    `path` is what reports show: relative to the working directory, `/` between parts, fit to print.
    `file` is what was opened. `head` is the file's beginning (all of it when small; see `discover.HEAD_BYTES`), `size` its
    whole length in bytes. A source that could not be read has `unreadable` say why, and an empty head.
    `named` is true if the file was given by the user or belongs to a collection, so that missing front matter is an error
    and does not mean that the file is not an article.
    """

    path: str
    file: str
    head: bytes = b""
    size: int = 0
    named: bool = False
    unreadable: str | None = None
    blank_lines_first: bool = False
    """Whether the generator of its site accepts blank lines before the front matter, as Hugo, Zola and Astro do."""
    other_fences: bool = False
    """Whether the generator accepts longer fences, and front matter without an opening one, as Hexo does."""


class ParseErrorKind(StrEnum):
    """Why an article could not be read properly."""

    UNREADABLE = "unreadable"
    MISSING = "missing"
    UNTERMINATED = "unterminated"
    EMPTY = "empty"
    NOT_A_MAPPING = "not-a-mapping"
    NOT_UTF8 = "not-utf-8"
    SYNTAX = "syntax"
    DUPLICATE_KEY = "duplicate-key"
    UNSAFE = "unsafe"
    """A tag, an anchor or a merge key that asks for more than plain data, or data past a limit."""
    TOO_LARGE = "too-large"
    CODE = "code"
    """A program in place of data, which is not read."""


class ParseError(Struct, frozen=True):
    """One way in which an article could not be read: a fact with its place."""

    kind: ParseErrorKind
    location: Location
    message: str


class ValuePlace(Struct, frozen=True):
    """Where a value stands, and its key where it is a mapping's."""

    value: Span
    key: Span | None = None


class IgnoreComment(Struct, frozen=True):
    """`# linkcheck: ignore[LC202, LC4] reason` on the line of a value or above it; no codes means every code."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    line: int
    """The line whose findings it silences."""


class Article(Struct, frozen=True):
    """A parsed source: its values, where each stands, and what was wrong with reading it.

    `data` is empty where the front matter could not be built. `places` has an entry for every pointer in `data`, the
    root (`""`) included. `lines` are the lines of the front matter, fences included, to quote from: `lines[0]` is line 1.
    """

    path: str
    format: str = "yaml"
    data: dict[str, Json] = {}
    places: Mapping[str, ValuePlace] = {}
    parse_errors: tuple[ParseError, ...] = ()
    ignores: tuple[IgnoreComment, ...] = ()
    lines: tuple[str, ...] = ()
    misspelled_ignores: tuple[Span, ...] = ()
    """Comments that were meant to ignore something, and are not understood."""
