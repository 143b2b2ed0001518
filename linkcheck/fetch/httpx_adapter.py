"""Adapters between httpx and linkcheck's transports; the other fetch modules do not use httpx.

`PoliteTransport` exposes the guarded and throttled stack as an httpx transport, for requests that are not link checks.
`ForeignTransport` uses an httpx transport, passed to `crawl` by the caller, as the innermost one.
"""

import math
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

import anyio
import httpx

from linkcheck.fetch.http.content_encoding import STEP, Coding, DecodingError, Plain, coding_of
from linkcheck.fetch.http.failures import FetchError, failure, failure_of
from linkcheck.fetch.http.messages import USER_AGENT, OutgoingRequest, RawResponse, Transport
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.concurrency import ConcurrencyLimiter
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.politeness.throttle import Throttle
from linkcheck.model import UNOFFERED_ENCODING, Failure, FailureKind
from linkcheck.urls import InvalidUrl, Url, parse_url

MOST_BYTES = 8 << 20
"""Per response body, after decompression."""
MOST_HOSTS = 1_000
"""Hosts whose state is kept; beyond that, the states nothing depends on are removed."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_WITH_CONTENT = frozenset({"POST", "PUT", "PATCH"})
"""Methods that send a length with an empty body (RFC 9110, section 8.6)."""
_REPLACED_HEADERS = frozenset({b"host", b"content-length", b"transfer-encoding", b"accept-encoding"})
"""Request headers that are generated for the request or depend on the decoders available."""
_CONTROLS = ("\r", "\n", "\0")
_DEFAULT_USER_AGENT = f"python-httpx/{httpx.__version__}"
"""The default user agent of an httpx client."""

RAISED: dict[FailureKind | tuple[FailureKind, str], type[httpx.TransportError]] = {
    FailureKind.DNS: httpx.ConnectError,
    (FailureKind.DNS, "timeout"): httpx.ConnectTimeout,
    FailureKind.CONNECT: httpx.ConnectError,
    (FailureKind.CONNECT, "timeout"): httpx.ConnectTimeout,
    (FailureKind.CONNECT, "proxy"): httpx.ProxyError,
    (FailureKind.CONNECT, "proxy-silent"): httpx.ProxyError,
    FailureKind.TLS: httpx.ConnectError,
    FailureKind.TIMEOUT: httpx.ReadTimeout,
    (FailureKind.TIMEOUT, "connect"): httpx.ConnectTimeout,
    FailureKind.RESET: httpx.RemoteProtocolError,
    FailureKind.PROTOCOL: httpx.RemoteProtocolError,
    FailureKind.TOO_LARGE: httpx.RemoteProtocolError,
    FailureKind.REFUSED_BY_GUARD: httpx.ConnectError,
    FailureKind.HOST_DOWN: httpx.ConnectError,
}
"""The httpx exception for each failure, by kind or by kind and detail; `TransportError` for all others."""

FAILURES: tuple[tuple[type[Exception], FailureKind, str], ...] = (
    # Derived classes come before their bases.
    (httpx.ConnectTimeout, FailureKind.TIMEOUT, "connect"),
    (httpx.TimeoutException, FailureKind.TIMEOUT, "headers"),
    (httpx.ConnectError, FailureKind.CONNECT, "unreachable"),
    (httpx.RemoteProtocolError, FailureKind.PROTOCOL, "headers"),
    (httpx.UnsupportedProtocol, FailureKind.INVALID_URL, "scheme"),
    (httpx.ProxyError, FailureKind.CONNECT, "proxy-silent"),
    (httpx.HTTPError, FailureKind.RESET, "before-headers"),
    (httpx.InvalidURL, FailureKind.INVALID_URL, "disagreement"),
)
"""The failure for each exception of a foreign transport."""


class PoliteTransport(httpx.AsyncBaseTransport):
    """Sends requests through the fetch layers: each waits for its host's turn, and its address is checked when connecting.

    Redirects are followed by the client, so each hop is a request here. Responses of status 429 are returned, and further
    requests wait for as long as the host requested (`Retry-After`). If that is more than `options.max_retry_after` seconds,
    or after the sixth 429 in a row, they raise `httpx.ConnectError` until then.

    Timeouts are the client's: `pool` also bounds the wait for a turn, `connect` includes the DNS lookup, `read` applies
    from the connection until the head of the response (`write` is ignored, so `read` covers sending the content) and between
    two pieces of its body. `options.connect_timeout` and `options.timeout` (for the head, and for the whole body) bound
    them. A body is decoded here, where its size can be bounded, so its Content-Encoding is removed; one of more than
    `most_bytes` raises `httpx.ReadError`. A request without a user agent has linkcheck's; its Host is always that of its
    URL. The response has the version HTTP/1.1 and the standard reason phrase of its status, whatever the server sent.

    Raises httpx's exceptions (`RAISED`); the cause of each is the FetchError with the failure.
    """

    def __init__(self, inner: Transport, options: FetchOptions, *, most_bytes: int = MOST_BYTES) -> None:
        """`inner` is the stack below the throttle; it is closed with this transport."""
        self._inner = inner
        self._options = options
        self._most_bytes = most_bytes
        self._states = HostStates(options)
        self._limiter = ConcurrencyLimiter(max(1, options.concurrency))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        outgoing = await self._outgoing(request)
        self._states.end_pauses(anyio.current_time())
        if len(self._states) >= MOST_HOSTS:
            self._states.sweep(anyio.current_time())
        turn = _Turn(self._inner)
        throttle = Throttle(
            turn,
            self._states,
            clock=anyio.current_time,
            max_retry_after=self._options.max_retry_after,
            limiter=self._limiter,
        )
        try:
            with _raised_as_httpx(request, httpx.PoolTimeout), anyio.fail_after(_limit(request, "pool")) as turn.waiting:
                await throttle.begin()
                response = await throttle.send(outgoing)
        except BaseException:
            throttle.done()
            raise
        body = _Body(request, response, throttle, most=self._most_bytes, seconds=self._options.timeout)
        headers = response.headers if request.method == "HEAD" else body.headers
        return httpx.Response(response.status, headers=headers, stream=body, extensions={"http_version": b"HTTP/1.1"})

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _outgoing(self, request: httpx.Request) -> OutgoingRequest:
        if request.method not in METHODS:
            raise httpx.LocalProtocolError(f"{request.method} requests are not supported", request=request)
        content = await request.aread()
        read, longest = _limit(request, "read"), self._options.timeout
        return OutgoingRequest(
            _url_of(request),
            self._headers(request, content),
            method=request.method,
            content=content,
            connect_within=_limit(request, "connect"),
            answer_within=longest if read is None else min(read, longest),
        )

    def _headers(self, request: httpx.Request, content: bytes) -> tuple[tuple[str, str], ...]:
        headers = [
            (name.decode("ascii", "surrogateescape"), value.decode("utf-8", "surrogateescape"))
            for name, value in request.headers.raw
            if name.lower() not in _REPLACED_HEADERS
        ]
        if any(control in part for header in headers for part in header for control in _CONTROLS):
            raise httpx.LocalProtocolError("a header contains a line break", request=request)
        if request.headers.get("user-agent", _DEFAULT_USER_AGENT) == _DEFAULT_USER_AGENT:
            headers = [(name, value) for name, value in headers if name.lower() != "user-agent"]
            headers.append(("User-Agent", self._options.user_agent or USER_AGENT))
        whole = request.headers.get("accept-encoding") != "identity"
        headers.append(("Accept-Encoding", "gzip" if whole else "identity"))
        if content or request.method in _WITH_CONTENT:
            headers.append(("Content-Length", str(len(content))))
        return tuple(headers)


class _Turn:
    """The layer below the throttle: a request that arrives here has had its turn, so `waiting` must not end."""

    waiting: anyio.CancelScope

    def __init__(self, inner: Transport) -> None:
        self._inner = inner

    async def send(self, request: OutgoingRequest) -> RawResponse:
        self.waiting.deadline = math.inf
        return await self._inner.send(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Body(httpx.AsyncByteStream):
    """The decoded body of a response; closing it frees the connection slot at the host. `headers` match the decoded body."""

    def __init__(
        self, request: httpx.Request, response: RawResponse, throttle: Throttle, *, most: int, seconds: float
    ) -> None:
        self._request = request
        self._body = response.body
        self._pieces = response.body.__aiter__()
        self._throttle = throttle
        self._most = most
        self._silence = _limit(request, "read")
        self._ends = anyio.current_time() + seconds
        self._sizes = [0, 0]  # raw and decoded
        coding = response.header(b"content-encoding")
        self._coding: Coding = Plain() if coding is None else coding_of(coding)
        untrue = {b"content-encoding"} if isinstance(self._coding, Plain) else {b"content-encoding", b"content-length"}
        self.headers = [(name, value) for name, value in response.headers if name not in untrue]

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        ends = self._ends if self._silence is None else min(self._ends, anyio.current_time() + self._silence)
        with _raised_as_httpx(self._request, httpx.ReadTimeout), anyio.fail_after(ends - anyio.current_time()):
            while not (piece := await self._next()):
                pass
        return piece

    async def _next(self) -> bytes:
        """The next piece, which can be empty."""
        coding = self._coding
        try:
            arrived = b"" if coding.pending else await anext(self._pieces)
        except StopAsyncIteration:
            if not coding.finished:
                raise zlib.error("the compressed data end too early") from None
            raise
        piece = coding.feed(arrived, STEP)
        self._sizes[0] += len(arrived)
        self._sizes[1] += len(piece)
        if max(self._sizes) > self._most:
            raise httpx.ReadError(f"the body is larger than {self._most:,} bytes", request=self._request)
        return piece

    async def aclose(self) -> None:
        try:
            await self._body.aclose()
        finally:
            self._throttle.done()


class ForeignTransport:
    """Sends requests through an httpx transport. Raises only FetchError for the exceptions of httpx and the system.

    The httpx transport is closed with this one. `options.connect_timeout` is passed on; the attempt's deadline covers the
    rest.
    """

    def __init__(self, foreign: httpx.AsyncBaseTransport, options: FetchOptions) -> None:
        self._foreign = foreign
        self._timeouts = httpx.Timeout(None, connect=options.connect_timeout).as_dict()

    async def send(self, request: OutgoingRequest) -> RawResponse:
        host = request.url.host
        with _raised_as_ours(host):
            response = await self._foreign.handle_async_request(
                httpx.Request(
                    request.method,
                    request.url.href,
                    headers=[(name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in request.headers],
                    content=request.content or None,
                    extensions={"timeout": self._timeouts},
                )
            )
        if not isinstance(response.stream, httpx.AsyncByteStream):
            raise TypeError("a response of an asynchronous transport has an asynchronous body")
        headers = [(name.lower(), value) for name, value in response.headers.raw]
        return RawResponse(response.status_code, headers, _ForeignBody(response.stream, host))

    async def aclose(self) -> None:
        with suppress(Exception):  # the crawl is over, and its outcomes are recorded
            await self._foreign.aclose()


class _ForeignBody:
    """The body of a foreign response while it arrives."""

    def __init__(self, stream: httpx.AsyncByteStream, host: str) -> None:
        self._stream = stream
        self._pieces = stream.__aiter__()
        self._host = host

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        with _raised_as_ours(self._host):
            return await anext(self._pieces)

    def whole(self) -> None:
        """Unknown."""

    async def aclose(self) -> None:
        with suppress(httpx.HTTPError, OSError):  # the response is valid, whatever happens to its connection
            await self._stream.aclose()


@contextmanager
def _raised_as_httpx(request: httpx.Request, late: type[httpx.TimeoutException]) -> Iterator[None]:
    """Convert FetchError and errors of decoding to httpx's exceptions; an expired timeout becomes `late`."""
    try:
        yield
    except FetchError as error:
        lost = error.failure
        kind = RAISED.get((lost.kind, lost.detail)) or RAISED.get(lost.kind, httpx.TransportError)
        raise kind(lost.message, request=request) from error
    except TimeoutError:
        what = "its turn did not come" if late is httpx.PoolTimeout else "the rest of the body did not arrive"
        raise late(f"{request.url.host}: {what} in time", request=request) from None
    except zlib.error as error:
        raise httpx.DecodingError(f"the body cannot be decoded: {error}", request=request) from error
    except DecodingError as error:
        coding = error.defect.removeprefix(UNOFFERED_ENCODING)
        what = "compressed too often" if coding == error.defect else f"compressed with {coding}, which was not offered"
        raise httpx.DecodingError(f"the body cannot be decoded: it is {what}", request=request) from error


@contextmanager
def _raised_as_ours(host: str) -> Iterator[None]:
    """Convert exceptions of httpx to FetchError."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise FetchError(_failure_of(error, host)) from error


def _failure_of(error: Exception, host: str) -> Failure:
    found = next(((kind, detail) for foreign, kind, detail in FAILURES if isinstance(error, foreign)), None)
    if found is None:
        return failure_of(error, RequestTrace(host, 0.0))
    if found[0] is FailureKind.INVALID_URL:  # which otherwise only a redirect can lead to
        return Failure(*found, f"httpx cannot request the URL: {error}")
    return failure(*found, host)


def _url_of(request: httpx.Request) -> Url:
    try:
        return parse_url(str(request.url))
    except InvalidUrl as error:
        kind = httpx.UnsupportedProtocol if error.detail == "scheme" else httpx.LocalProtocolError
        raise kind(str(error), request=request) from error


def _limit(request: httpx.Request, phase: str) -> float | None:
    """A timeout of the client in seconds, None if unlimited."""
    found = request.extensions.get("timeout", {}).get(phase)
    return None if found is None else float(found)
