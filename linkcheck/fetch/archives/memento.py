"""What archives report about their copies: `Link` headers and TimeMaps (RFC 7089, sections 2.2 and 5)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

from msgspec import Struct

from linkcheck.pages.link_header import HeaderLink, parse_link_header
from linkcheck.timestamps import moment_of_header
from linkcheck.urls import InvalidUrl, parse_url

MOST_MEMENTOS = 50_000
"""Copies read of one TimeMap."""
_FIRST_YEAR = 1990
"""There are no earlier copies of web pages."""
_TIMEMAP_TYPES = ("application/link-format", "text/plain", "application/octet-stream")


class Memento(Struct, frozen=True, order=True):
    """A copy of a page, by when it was captured, and its URL."""

    captured: datetime
    url: str


class MementoLinks(Struct, frozen=True):
    """The copies of a page, and their lists, that a response refers to. All URLs are resolved but `original`, the page."""

    original: str | None = None
    timemaps: tuple[str, ...] = ()
    mementos: tuple[Memento, ...] = ()

    def captured(self, url: str) -> datetime | None:
        """When the copy with a URL was captured; None if the response does not contain it."""
        return next((each.captured for each in self.mementos if each.url == url), None)


def accept_datetime(moment: datetime) -> str:
    """The value of `Accept-Datetime` (RFC 7089, section 2.1.1): `Thu, 03 Jun 2021 10:57:00 GMT`."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def capture_date(text: str | None) -> datetime | None:
    """The moment in a `Memento-Datetime` header or a `datetime` attribute; None if there is no plausible one."""
    moment = None if text is None else moment_of_header(text)
    return moment if moment is not None and moment.year >= _FIRST_YEAR else None


def read_links(values: Iterable[str], base: str) -> MementoLinks:
    """The links of a response's `Link` headers; `base` is the URL of the response."""
    return _links_of([link for value in values for link in parse_link_header(value)], base)


def read_timemap(text: str, base: str) -> MementoLinks:
    """The links of a TimeMap (RFC 6690), which usually has one on each line. Lines that cannot be read are skipped."""
    lines = (line.strip(", \t") for line in text.splitlines())
    return _links_of(
        (link for line in lines for link in parse_link_header(line, longest=len(line), most=MOST_MEMENTOS)), base
    )


def is_timemap(media_type: str | None) -> bool:
    """Whether a response may be a TimeMap as links; archives that declare none send it as text."""
    return media_type is None or media_type in _TIMEMAP_TYPES


def _links_of(links: Iterable[HeaderLink], base: str) -> MementoLinks:
    original: str | None = None
    timemaps: list[str] = []
    mementos: list[Memento] = []
    for link in links:
        if "original" in link.rel:
            original = original or link.target
        if "timemap" in link.rel:
            timemaps.extend(_resolved(link.target, base))
        captured = capture_date(link.moment) if "memento" in link.rel else None
        if captured is not None and len(mementos) < MOST_MEMENTOS:
            mementos.extend(Memento(captured, url) for url in _resolved(link.target, base))
    return MementoLinks(original, tuple(dict.fromkeys(timemaps)), tuple(mementos))


def _resolved(target: str, base: str) -> Iterator[str]:
    try:
        yield parse_url(target, base).href
    except InvalidUrl:
        return
