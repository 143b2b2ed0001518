"""Copies of pages in web archives (mementos, RFC 7089)."""

from msgspec import Struct

from linkcheck.model.outcome import Outcome


class ArchivedCopy(Struct, frozen=True):
    """A copy of a page in a web archive: its URL, and when it was captured (RFC 3339, UTC).

    `title` is the title of the copy, None if it has none. `verified` means that it was requested: it responds with 200, is a
    page of its own and no error page, and has the title of the article, where both are known.
    """

    url: str
    datetime: str
    title: str | None = None
    verified: bool = False


class WantedCopy(Struct, frozen=True):
    """What to look for in web archives: a copy of the page at `url` from about a `moment` (RFC 3339, UTC).

    `moment` is None if any will do, and `title` if the page's title is not known.
    """

    url: str
    moment: str | None = None
    title: str | None = None


class Snapshot(Struct, frozen=True):
    """A copy as an archive returned it: its URL, when it was captured, and the outcome of its request.

    `original` is the URL of the page that it is a copy of, None if the archive does not say. `hops` of the outcome are the
    redirects from the first copy to this one.
    """

    url: str
    captured: str
    outcome: Outcome
    original: str | None = None
