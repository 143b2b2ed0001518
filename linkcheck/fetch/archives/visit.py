"""A request to an archive that may lead to a copy: every response on the way, and the outcome at its end."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from linkcheck.fetch.archives.memento import MementoLinks, accept_datetime, capture_date, read_links
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse, Transport
from linkcheck.model import Outcome
from linkcheck.urls import InvalidUrl, parse_url

_MOST_LINK_HEADERS = 50


class ArchiveResponse(Struct, frozen=True):
    """One response: when its content was captured (None if it is not a copy), and the other copies that it refers to.

    `content_location` is the URL of the copy where the archive responds without a redirect (RFC 7089, section 4.1.2).
    """

    url: str
    status: int
    captured: datetime | None
    links: MementoLinks
    content_location: str | None = None


class ArchiveVisit(Struct, frozen=True):
    """The responses on the way to a copy, in order, and the outcome."""

    outcome: Outcome
    responses: tuple[ArchiveResponse, ...]

    @property
    def last(self) -> ArchiveResponse | None:
        """The final response; None if the last request got none."""
        return self.responses[-1] if self.responses and self.outcome.answer is not None else None

    @property
    def links(self) -> MementoLinks:
        """What all responses say together; the original is that of the last one that names it."""
        found = [step.links for step in self.responses]
        return MementoLinks(
            next((links.original for links in reversed(found) if links.original is not None), None),
            tuple(dict.fromkeys(url for links in found for url in links.timemaps)),
            tuple(each for links in found for each in links.mementos),
        )

    def url_of_copy(self) -> str | None:
        """The URL of the copy at the end; None if the archive does not say, because it responded at its TimeGate."""
        step = self.last
        if step is None:
            return None
        if len(self.responses) > 1 and step.content_location is None:
            return step.url
        if step.content_location is not None:
            try:
                return parse_url(step.content_location, step.url).href
            except InvalidUrl:
                return None
        return next((each.url for each in step.links.mementos if each.captured == step.captured), None)


def response_of(request: OutgoingRequest, response: RawResponse) -> ArchiveResponse:
    url = request.url.href
    links = [value.decode("utf-8", "replace") for name, value in response.headers if name == b"link"]
    return ArchiveResponse(
        url,
        response.status,
        capture_date(response.header(b"memento-datetime")),
        read_links(links[:_MOST_LINK_HEADERS], url),
        response.header(b"content-location"),
    )


def copy_hops(steps: Sequence[ArchiveResponse]) -> int:
    """How many responses came before the first that is a copy."""
    return next((number for number, step in enumerate(steps) if step.captured is not None), len(steps))


class NegotiatingTransport:
    """Requests a copy from about a moment (RFC 7089, section 2.1.1)."""

    def __init__(self, inner: Transport, moment: datetime | None) -> None:
        self._inner = inner
        self._headers = () if moment is None else (("Accept-Datetime", accept_datetime(moment)),)

    async def send(self, request: OutgoingRequest) -> RawResponse:
        request.headers = (*request.headers, *self._headers)
        return await self._inner.send(request)

    async def aclose(self) -> None:
        await self._inner.aclose()
