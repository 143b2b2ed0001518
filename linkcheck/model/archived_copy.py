"""A copy of a page in a web archive."""

from msgspec import Struct


class ArchivedCopy(Struct, frozen=True):
    """A copy of a page in a web archive (a memento, RFC 7089): its URL, and when it was captured (RFC 3339, UTC).

    `title` is the title of the copy, None if it has none. `verified` means that it was requested: it responds with 200, is a
    page of its own and no error page, and has the title of the article, where both are known.
    """

    url: str
    datetime: str
    title: str | None = None
    verified: bool = False
