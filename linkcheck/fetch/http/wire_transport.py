"""The innermost transport: HTTP/1.1 over linkcheck's own connections."""

import asyncio
import ssl
from functools import lru_cache, partial

import anyio

from linkcheck.fetch.http.address_guard import Policy
from linkcheck.fetch.http.body_reader import Reader
from linkcheck.fetch.http.connect import Connector
from linkcheck.fetch.http.connection import Connection, ConnectionReply
from linkcheck.fetch.http.failures import OUT_OF_RESOURCES, FetchError, ProxyError, failure, failure_of
from linkcheck.fetch.http.file_descriptors import most_idle_connections
from linkcheck.fetch.http.messages import Headers, OutgoingRequest, RawResponse, headers_of
from linkcheck.fetch.http.missing_intermediates import LARGEST, is_incomplete
from linkcheck.fetch.http.pool import Pool
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.resolver import Resolver
from linkcheck.fetch.http.response_head import HeadError
from linkcheck.fetch.http.tls import client_context, is_usual_name
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Failure, FailureKind, Probe
from linkcheck.urls import InvalidUrl, Url, parse_url

MOST_ISSUERS = 64
"""Authorities whose certificates are cached; the results per host are limited to a multiple of it."""
_CONTROLS = ("\r", "\n", "\0")
_REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Methods whose requests can be repeated (RFC 9110, section 9.2.2)."""
_PROXY_STATUSES = (407, 502, 504)
"""Statuses from the proxy itself (RFC 9110, sections 15.5.8, 15.6.3, 15.6.5), as for a refused tunnel."""


class WireTransport:
    """Sends one request to one URL, without redirects, retries, cookies or environment variables.

    If a kept connection turns out to be closed, the request is repeated once on a new one, at its next turn (`next_turn`);
    requests that must not be repeated use a new connection. Raises only FetchError. Belongs to the event loop of its first
    use. With a proxy, only the proxy's address is linkcheck's choice: the proxy is responsible for the others.
    """

    def __init__(self, options: FetchOptions, policy: Policy) -> None:
        self._options = options
        self._policy = policy
        self._resolver = Resolver(options, policy)
        self._dialler = Connector(options, policy, self._resolver)
        self._pool: Pool | None = None
        self._incomplete: dict[str, bool] = {}
        self._issuers: dict[str, bytes | None] = {}
        self._issuer_lock = asyncio.Lock()
        # Reports an unreadable bundle at once.
        self._contexts = {True: client_context(options.ca_bundle)} if options.ca_bundle else {}

    async def send(self, request: OutgoingRequest) -> RawResponse:
        pool = self._pool or self._open()
        url = request.url
        trace = RequestTrace(url.host, pool.loop.time())
        try:
            reply = await self._send(pool, request, trace)
        except FetchError as error:
            error.trace = trace
            raise
        except (OSError, HeadError, ProxyError, ValueError) as error:
            raise FetchError(await self._explain(error, trace, url), trace=trace) from error
        return RawResponse(reply.head.status, reply.head.headers, reply.body, trace)

    async def _send(self, pool: Pool, request: OutgoingRequest, trace: RequestTrace) -> ConnectionReply:
        url, headers, method = request.url, request.headers, request.method
        proxy = self._dialler.proxy_for(url) if url.scheme == "http" else None
        if proxy is None:
            head = request_bytes(url, headers, method=method)
        else:
            head = request_bytes(url, (*headers, *proxy.headers), method=method, whole=True)
        if request.content:
            head += request.content
        reply = await self._exchange(pool, request, head, trace)
        if proxy is not None and reply.head.status in _PROXY_STATUSES:
            await reply.body.aclose()
            raise ProxyError(f"it answered {reply.head.status}")
        return reply

    async def _exchange(self, pool: Pool, request: OutgoingRequest, head: bytes, trace: RequestTrace) -> ConnectionReply:
        connection = pool.take(request.url.origin) if request.method in _REPEATABLE else None
        if connection is not None:
            await asyncio.sleep(0)  # unsolicited data after the last response closes it now
        if connection is not None and connection.is_open:
            try:
                return await _send_within(connection, request, head, trace)
            except (OSError, HeadError) as error:
                too_late = isinstance(error, TimeoutError) and error.errno is None  # `answer_within`, not the system's
                if too_late or (trace.response_at is not None and isinstance(error, OSError)):
                    raise
                # It was closed while idle, or late bytes of the previous response arrived: not a response of the host.
                trace.response_at = None
            if request.next_turn is not None:
                await request.next_turn(request)
        url = request.url
        context = self._trust(url) if url.scheme == "https" else None
        async with asyncio.timeout(request.connect_within):
            connection = await self._connect(pool, url, trace, context)
        return await _send_within(connection, request, head, trace)

    async def _connect(self, pool: Pool, url: Url, trace: RequestTrace, context: ssl.SSLContext | None) -> Connection:
        try:
            return await self._dial(pool, url, trace, context)
        except OSError as error:
            if error.errno not in OUT_OF_RESOURCES or not pool.make_room():
                raise
            await asyncio.sleep(0)  # let the event loop close the idle connections
            return await self._dial(pool, url, trace, context)

    async def _dial(self, pool: Pool, url: Url, trace: RequestTrace, context: ssl.SSLContext | None) -> Connection:
        connection = pool.make(url.origin)
        try:
            await self._dialler.dial(connection, url, trace, context)
        except BaseException:
            pool.discard(connection)
            raise
        return connection

    async def aclose(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None
            await asyncio.sleep(0)  # let the event loop close them
        await self._resolver.close()
        await self._dialler.close()

    async def _explain(self, error: Exception, trace: RequestTrace, url: Url) -> Failure:
        found = failure_of(error, trace)
        if found.kind is not FailureKind.TLS or found.detail != "untrusted" or self._dialler.proxy_for(url):
            return found
        incomplete = self._incomplete.get(url.origin)
        if incomplete is None:
            look = partial(self._handshake_certificate, url)
            verifying = partial(client_context, self._options.ca_bundle, names=is_usual_name(url.host))
            incomplete = False  # while the authority is unavailable, which proves nothing about the host
            with anyio.move_on_after(self._options.connect_timeout):
                incomplete = await is_incomplete(look, self._issuer, verifying)
            if len(self._incomplete) >= 100 * MOST_ISSUERS:
                self._incomplete.clear()
            self._incomplete[url.origin] = incomplete
        return failure(FailureKind.TLS, "incomplete-chain", url.host) if incomplete else found

    async def _handshake_certificate(self, url: Url, context: ssl.SSLContext) -> bytes | None:
        """The server's certificate, through the same guard as any connection; nothing else is sent."""
        pool = self._pool or self._open()
        connection = await self._connect(pool, url, RequestTrace(url.host, 0.0), context)
        tls = connection.transport.get_extra_info("ssl_object") if connection.transport is not None else None
        connection.abort()
        return tls.getpeercert(binary_form=True) if isinstance(tls, ssl.SSLObject) else None

    async def _issuer(self, text: str) -> bytes | None:
        """An authority's file: one download at a time, once per URL, throttled, because the URL is untrusted."""
        async with self._issuer_lock:
            if text not in self._issuers:
                if len(self._issuers) >= MOST_ISSUERS:
                    self._issuers.clear()
                self._issuers[text] = await self._fetch_plain(text)
                await asyncio.sleep(self._options.interval)
            return self._issuers[text]

    async def _fetch_plain(self, text: str) -> bytes | None:
        """A small file at an untrusted http URL."""
        try:
            url = parse_url(text)
            if url.scheme != "http" or self._policy.url(url) is not None:
                return None
            response = await self.send(OutgoingRequest(url, headers_of(self._options.user_agent, Probe.IMAGE)))
            if response.status != 200:
                return None
            read = await Reader(response, None).upto(LARGEST + 1)
        except (InvalidUrl, FetchError):
            return None
        return read.data if read.defect is None else None

    def _trust(self, url: Url) -> ssl.SSLContext:
        usual = is_usual_name(url.host)
        if usual not in self._contexts:  # 40 ms: only in a run that requests such a host over https
            self._contexts[usual] = client_context(self._options.ca_bundle, names=usual)
        return self._contexts[usual]

    def _open(self) -> Pool:
        self._pool = Pool(asyncio.get_running_loop(), most=most_idle_connections(self._options.concurrency))
        return self._pool


async def _send_within(
    connection: Connection, request: OutgoingRequest, head: bytes, trace: RequestTrace
) -> ConnectionReply:
    reply = connection.send(head, trace, bodiless=request.method == "HEAD")
    try:
        if request.answer_within is None:  # the usual case: the deadline of the attempt applies
            return await reply
        async with asyncio.timeout(request.answer_within):
            return await reply
    except BaseException:
        connection.abort()
        raise


def request_bytes(url: Url, headers: Headers, *, method: str = "GET", whole: bool = False) -> bytes:
    """The head of a request in wire format; `whole` uses the absolute URL, for a proxy (RFC 9112, 3.2.2).

    A lone surrogate is the byte that it was decoded from. Raises ValueError for a header with a line break (RFC 9112,
    section 2.2).
    """
    target = url.href if whole else url.href[url.href.index("/", len("https://")) :]
    host = url.host if url.port is None else f"{url.host}:{url.port}"
    return f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{_lines(tuple(headers))}\r\n".encode("utf-8", "surrogateescape")


@lru_cache(maxsize=64)
def _lines(headers: Headers) -> str:
    """Cached: the same few for nearly every target."""
    for name, value in headers:
        if any(control in name or control in value for control in _CONTROLS):
            raise ValueError(f"the value of {name} holds a line break")
    return "".join(f"{name}: {value}\r\n" for name, value in headers)
