"""The messages of fetching, and the protocol that every layer of it implements.

`OutgoingRequest` contains the URL as we read it, so that no other parser decides what is requested. The types are our own
and small, since one of each is made for every target; `httpx_adapter` translates them from and to httpx's.
"""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import lru_cache
from typing import Protocol

from msgspec import Struct

from linkcheck.fetch.http.deadline import Deadline
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.model import Probe, Target
from linkcheck.urls import Url

CONTACT = "https://github.com/everyday-cc"
# Not imported: the package stands above this floor. It is loaded, since we are in it.
USER_AGENT = f"EverydayFrontMatter/{sys.modules['linkcheck'].__version__} (+{CONTACT})"
"""Who publishes this program and what it looks after. Not its own name: stock filters of web servers refuse every user agent
with `link` in it, the contact's URL included, so that hosts behind them could never be checked."""

Headers = tuple[tuple[str, str], ...]
RawHeaders = list[tuple[bytes, bytes]]
"""As they came, names in lower case."""


class AttemptNumber(Protocol):
    """One attempt at a target, the same object for all its requests."""

    target: Target


class OutgoingRequest(Struct, eq=False):
    """One request.

    `headers` are all but Host; a lone surrogate in a value is a byte that is not UTF-8. `attempt` is the attempt that the
    request is a part of, None for what is not a link check; its `deadline` covers all its requests. `connect_within` and
    `answer_within` are bounds in seconds of this request alone, for what has no deadline: until there is a connection, and
    from then to the head of the response. `next_turn` is what to await before the request is sent again, where a pace is
    kept. `off_the_record` marks a request that only tests whether the network is up.
    """

    url: Url
    headers: Headers
    deadline: Deadline | None = None
    attempt: AttemptNumber | None = None
    method: str = "GET"
    content: bytes = b""
    connect_within: float | None = None
    answer_within: float | None = None
    next_turn: "NextTurn | None" = None
    off_the_record: bool = False


NextTurn = Callable[[OutgoingRequest], Awaitable[None]]


class ResponseBody(Protocol):
    """The pieces of a body as they come, still encoded. Iterating raises only FetchError."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def whole(self) -> bytes | None:
        """All of it, where it is known to be here already."""

    async def aclose(self) -> None:
        """Give up what was not read."""


class RawResponse(Struct, eq=False):
    """A response as it came. `trace` is how it came about, None where that is not known."""

    status: int
    headers: RawHeaders
    body: ResponseBody
    trace: RequestTrace | None = None

    def header(self, name: bytes) -> str | None:
        """The value of a header, its lines joined (RFC 9110, section 5.3); `name` is in lower case."""
        values = [value for key, value in self.headers if key == name]
        return b", ".join(values).decode("utf-8", "replace") if values else None


class Transport(Protocol):
    """One layer of fetching: a request goes down, its response comes up."""

    async def send(self, request: OutgoingRequest) -> RawResponse:
        """Send one request and return the head of its response. Raises FetchError where there is none."""

    async def aclose(self) -> None:
        """Close what is open, here and below."""


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
