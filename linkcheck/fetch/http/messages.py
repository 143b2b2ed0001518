"""What we send: an honest name, few headers, and the URL as we read it, so that no other parser decides what is asked.

`OutgoingRequest` and `RawResponse` are httpx's request and response, built in full only when somebody looks closer. Doing it
for every target costs 25 us, a sixth of all the time that one takes, and nobody looks.
"""

import sys
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any, Protocol

import httpx

from linkcheck.fetch.http.deadline import Deadline
from linkcheck.model import Probe, Target
from linkcheck.urls import Url, parse_url

CONTACT = "https://github.com/everyday-cc"
# Not imported: the package stands above this floor. It is loaded, since we are in it.
USER_AGENT = f"EverydayFrontMatter/{sys.modules['linkcheck'].__version__} (+{CONTACT})"
"""Who publishes this program and what it looks after. Not its own name: stock filters of web servers refuse every user agent
with `link` in it, the contact's URL included, so that hosts behind them could never be checked."""

NEXT_TURN = "next_turn"
"""The extension of a request that holds what to await before it is sent again, where a pace is kept (`NextTurn`)."""
NextTurn = Callable[[httpx.Request], Awaitable[None]]

ATTEMPT = "attempt"
"""The extension of a request that holds the attempt it is a part of (`AttemptNumber`)."""


OFF_THE_RECORD = "off_the_record"
"""The extension of a request that is no part of any target's check, but asks whether the network is up."""


class AttemptNumber(Protocol):
    """One attempt at a target, the same object for all its requests."""

    target: Target


Headers = tuple[tuple[str, str], ...]
RawHeaders = list[tuple[bytes, bytes]]
"""As they came, names in lower case."""


class OutgoingRequest(httpx.Request):
    """A GET. `target` is what is asked, `sent` the headers besides Host; a lone surrogate is a byte that is no UTF-8."""

    def __init__(self, target: Url, sent: Headers, deadline: Deadline | None) -> None:
        self.target = target
        self.sent = sent
        self.method = "GET"
        self.extensions = {"deadline": deadline}

    def __getattr__(self, name: str) -> Any:
        if "headers" in self.__dict__:
            raise AttributeError(name)
        headers = [(name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in self.sent]
        super().__init__(self.method, self.target.href, headers=headers, extensions=self.extensions)
        return getattr(self, name)


class RawResponse(httpx.Response):
    """A response as it came. `raw` are its headers."""

    def __init__(self, status: int, raw: RawHeaders, stream: httpx.AsyncByteStream, extensions: dict[str, Any]) -> None:
        self.status_code = status
        self.raw = raw
        self.stream = stream
        self.extensions = extensions

    def __getattr__(self, name: str) -> Any:
        if "headers" in self.__dict__:
            raise AttributeError(name)
        super().__init__(self.status_code, headers=self.raw, stream=self.stream, extensions=self.extensions)
        return getattr(self, name)


@lru_cache(maxsize=8)
def headers_of(user_agent: str, probe: Probe) -> Headers:
    """The headers that every request for a probe has.

    Images are asked for as they are stored: a Range is of the encoded bytes, and no format is preferred, since the one
    a browser would be given may have another size.
    """
    return (
        ("User-Agent", user_agent or USER_AGENT),
        ("Accept", "*/*" if probe is Probe.IMAGE else "text/html,application/xhtml+xml,*/*;q=0.8"),
        ("Accept-Encoding", "identity" if probe is Probe.IMAGE else "gzip"),
    )


def url_of(request: httpx.Request) -> Url:
    """The URL of `request`: ours where the request is one of ours, else read from httpx's.

    Raises InvalidUrl.
    """
    return request.target if isinstance(request, OutgoingRequest) else parse_url(str(request.url))


def sent_by(request: httpx.Request) -> Headers:
    """The headers of `request`, without Host."""
    if isinstance(request, OutgoingRequest):
        return request.sent
    return tuple((name, value) for name, value in request.headers.multi_items() if name.lower() != "host")


def raw_of(response: httpx.Response) -> RawHeaders:
    """The headers of `response` in order, names in lower case."""
    return (
        response.raw
        if isinstance(response, RawResponse)
        else [(name.lower(), value) for name, value in response.headers.raw]
    )
