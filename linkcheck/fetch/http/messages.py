"""The messages of the fetch layers, and the protocol that every layer implements.

`OutgoingRequest` contains the parsed URL, so that no other parser decides what is requested. The types are small, since one
of each is created per target; `httpx_adapter` converts them from and to httpx's.
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
# Not imported: the package imports this module, so it is loaded already.
USER_AGENT = f"EverydayFrontMatter/{sys.modules['linkcheck'].__version__} (+{CONTACT})"
"""The publisher of this program and its purpose. Not the program's own name: common web server filters refuse every user
agent that contains `link`, the contact's URL included, so that hosts behind them could never be checked."""

Headers = tuple[tuple[str, str], ...]
RawHeaders = list[tuple[bytes, bytes]]
"""In the order received, names in lower case."""


class AttemptInfo(Protocol):
    """One attempt at a target; the same object for all its requests."""

    target: Target


class OutgoingRequest(Struct, eq=False):
    """One request.

    `headers` are all but Host; a lone surrogate in a value is a byte that is not UTF-8. `attempt` is None for a request that
    is not a link check. `deadline` covers all requests of the attempt. `connect_within` and `answer_within` are limits
    in seconds for this request alone, where there is no deadline: until there is a connection, and from then to the head of
    the response. `next_turn` must be awaited before the request is sent again, if there is a rate limit. `off_the_record`
    marks a request that only tests whether the network is up.
    """

    url: Url
    headers: Headers
    deadline: Deadline | None = None
    attempt: AttemptInfo | None = None
    method: str = "GET"
    content: bytes = b""
    connect_within: float | None = None
    answer_within: float | None = None
    next_turn: "NextTurn | None" = None
    off_the_record: bool = False


NextTurn = Callable[[OutgoingRequest], Awaitable[None]]


class ResponseBody(Protocol):
    """The pieces of a body as they arrive, still encoded. Iterating raises only FetchError."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def whole(self) -> bytes | None:
        """The whole body, if it is known to have arrived."""

    async def aclose(self) -> None:
        """Discard what was not read."""


class RawResponse(Struct, eq=False):
    """A response as received. `trace` is None if the connection's history is unknown."""

    status: int
    headers: RawHeaders
    body: ResponseBody
    trace: RequestTrace | None = None

    def header(self, name: bytes) -> str | None:
        """The value of a header, its lines joined (RFC 9110, section 5.3); `name` is in lower case."""
        values = [value for key, value in self.headers if key == name]
        return b", ".join(values).decode("utf-8", "replace") if values else None


class Transport(Protocol):
    """One layer: passes a request down and returns the response."""

    async def send(self, request: OutgoingRequest) -> RawResponse:
        """Send one request and return the head of its response. Raises FetchError if there is none."""

    async def aclose(self) -> None:
        """Close this layer and those below."""


@lru_cache(maxsize=8)
def headers_of(user_agent: str, probe: Probe) -> Headers:
    """The headers of every request for a probe.

    Images are requested without content negotiation: a Range is of the encoded bytes, and a variant for browsers may have
    another size.
    """
    return (
        ("User-Agent", user_agent or USER_AGENT),
        ("Accept", "*/*" if probe is Probe.IMAGE else "text/html,application/xhtml+xml,*/*;q=0.8"),
        ("Accept-Encoding", "identity" if probe is Probe.IMAGE else "gzip"),
    )
