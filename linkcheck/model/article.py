"""An article and its parse errors."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from linkcheck.model.span import Location, Span

if TYPE_CHECKING:
    Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
else:
    Json = Any  # msgspec has no recursive types, so it accepts any value here


class Source(Struct, frozen=True):
    """A file's path and the bytes its front matter may be in.

    `path` is what reports show: relative to the working directory, `/` between parts, fit to print.
    `file` is what was opened. `head` is the file's beginning (all of it when small; see `discover.HEAD_BYTES`), `size` its
    whole length in bytes. If a source could not be read, `unreadable` has the reason, and `head` is empty.
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
    multimarkdown: bool = False
    """Whether the generator reads metadata of MultiMarkdown at the start of the file, as Pelican and MkDocs do."""
    multimarkdown_fences: bool = False
    """Whether it reads what is between fences in the same way, as Pelican does, so that keys do not depend on case."""


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
    """A tag or an anchor that requires more than plain data, or data beyond a limit."""
    TOO_LARGE = "too-large"
    CODE = "code"
    """A program in place of data, which is not read."""


class ParseError(Struct, frozen=True):
    """One reason why an article could not be read correctly, with its location."""

    kind: ParseErrorKind
    location: Location
    message: str
    hint: str = ""
    """What to do, if the cause is known."""


class ValuePlace(Struct, frozen=True):
    """The spans of a value and, in a mapping, of its key."""

    value: Span
    key: Span | None = None


class IgnoreComment(Struct, frozen=True):
    """`# linkcheck: ignore[LC202, LC4] reason` on the line of a value or above it; no codes means every code."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    line: int
    """The line whose findings it silences."""


class CutValue(Struct, frozen=True):
    """A plain YAML value that ends at a comment whose `#` is not followed by a space (`title: Update #2`).

    `lost` is that comment, without blanks at its end. The value at the pointer is text, or empty.
    """

    pointer: str
    lost: str
    span: Span
    """The location of the comment."""


class ArticleFields(Struct, frozen=True):
    """The names of the properties with which an article describes itself, the preferred ones first; by default, usual names.

    `permalink` and `alias` contain the URLs of its page and those that lead to it.
    """

    title: tuple[str, ...] = ("title",)
    date: tuple[str, ...] = ("publishedDateTime", "datePublished", "pubDate", "publishDate", "published_at", "date")
    draft: tuple[str, ...] = ("draft",)
    permalink: tuple[str, ...] = ("permalink", "url")
    alias: tuple[str, ...] = ("aliases", "alias", "redirect_from")


class Article(Struct, frozen=True):
    """A parsed source: its values, their locations, and its parse errors.

    `data` is empty if the front matter could not be parsed. `places` has an entry for every pointer in `data`, the
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
    """Invalid ignore comments."""
    cut_values: tuple[CutValue, ...] = ()
    """Values that a comment may have cut."""
    fields: ArticleFields | None = None
    """What the schema marks with `x-article`; None for the usual names."""
