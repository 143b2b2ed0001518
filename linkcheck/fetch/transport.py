"""Our httpx transport over aiohttp's sockets.

What is switched off in aiohttp, because we do it ourselves or must not do it: redirects, cookies, decompression, the
environment (proxies, .netrc), a total timeout (one deadline per attempt is cheaper) and its limits for headers, which
are too narrow for living pages.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from functools import cached_property, partial

import aiohttp
import httpx
import yarl
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey

from linkcheck.fetch.body import Reader
from linkcheck.fetch.chains import LARGEST, is_incomplete
from linkcheck.fetch.direct import Origins, Reply
from linkcheck.fetch.exchange import CURRENT, Exchange
from linkcheck.fetch.failures import FetchError, failure, failure_of
from linkcheck.fetch.guard import Policy, guarded_socket
from linkcheck.fetch.options import Options
from linkcheck.fetch.requests import Answered, Asked, headers_of, sent_by, url_of
from linkcheck.fetch.resolver import Resolver
from linkcheck.fetch.tls import trust
from linkcheck.fetch.wire import Wire
from linkcheck.model import Failure, FailureKind, Probe
from linkcheck.urls import InvalidUrl, Url, parse_url

HEADER_BYTES = 32 * 1024
MOST_HEADERS = 512
DRAINED_BYTES = 64 * 1024
"""The rest of a body up to this long is read to keep the connection; a longer one is cut."""
DRAINED_SECONDS = 0.5
KEEP_ALIVE_SECONDS = 5.0


class Connector(aiohttp.TCPConnector):
    """aiohttp's, with our protocol on its connections."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]  # aiohttp's own options, passed through
        self._factory = partial(_wire, loop=self._loop)


class Sending(aiohttp.ClientRequest):
    """aiohttp's, telling the connection whom it serves."""

    @cached_property
    def connection_key(self) -> ConnectionKey:
        """Made once: this one stands for every later request to its origin (see `direct`)."""
        return super().connection_key

    async def send(self, conn: aiohttp.connector.Connection) -> aiohttp.ClientResponse:
        wire = conn.protocol
        if isinstance(wire, Wire):
            exchange = CURRENT.get()
            wire.serve(exchange)
            exchange.how = self
        return await super().send(conn)


class Body(httpx.AsyncByteStream):
    """The bytes of an answer as they come, still compressed. Iterating raises only FetchError."""

    def __init__(self, response: aiohttp.ClientResponse | Reply, exchange: Exchange) -> None:
        self._response = response
        self._exchange = exchange

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        # No generator: leaving one half-way costs a task to close it.
        try:
            chunk = await self._response.content.readany()
        except (aiohttp.ClientError, OSError) as error:
            raise FetchError(failure_of(error, self._exchange), exchange=self._exchange) from error
        if not chunk:
            raise StopAsyncIteration
        return chunk

    def whole(self) -> bytes | None:
        """All of it, if it is all here already."""
        content = self._response.content
        return content.read_nowait() if content.is_eof() and content.exception() is None else None

    async def aclose(self) -> None:
        """Give the connection back where that costs little, else cut it."""
        response = self._response
        if response.connection is None:
            return
        if not _is_short(response):
            response.close()
            return
        cut = asyncio.get_running_loop().call_later(DRAINED_SECONDS, response.close)
        room = DRAINED_BYTES
        try:
            while room > 0 and (chunk := await response.content.readany()):
                room -= len(chunk)
        except (aiohttp.ClientError, OSError):
            pass
        finally:
            cut.cancel()
            if not response.closed:
                response.close()


class AioHttpTransport(httpx.AsyncBaseTransport):
    """Sends one request to one URL; follows nothing, retries nothing, keeps no cookies, reads no environment.

    A kept connection that turns out to be closed is replaced once. Raises only FetchError. `response.extensions` carry
    `exchange` (Exchange). Belongs to the event loop it is first used in. With a proxy, the addresses we dial are the
    proxy's, and it judges the others.
    """

    def __init__(self, options: Options, policy: Policy) -> None:
        self._options = options
        self._policy = policy
        self._resolver = Resolver(options, None if options.proxy else policy)
        self._session: aiohttp.ClientSession | None = None
        self._origins: Origins | None = None
        self._incomplete: dict[str, bool] = {}
        # A bundle that cannot be read is told at once.
        self._context = trust(options.ca_bundle) if options.ca_bundle else None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        session = self._session or self._open()
        url = url_of(request)
        exchange = Exchange(url.host, asyncio.get_running_loop().time())
        before = CURRENT.set(exchange)
        try:
            response = await self._send(session, request, url, exchange)
        except FetchError as error:
            error.exchange = exchange
            raise
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(await self._explain(error, exchange, url), exchange=exchange) from error
        finally:
            CURRENT.reset(before)
        return Answered(response.status, list(response.raw_headers), Body(response, exchange), {"exchange": exchange})

    async def _send(
        self, session: aiohttp.ClientSession, request: httpx.Request, url: Url, exchange: Exchange
    ) -> aiohttp.ClientResponse | Reply:
        origins = self._origins
        if origins is not None and (how := origins.met(url.origin)) is not None:
            return await origins.get(url, sent_by(request), how, exchange)
        response = await session.request(
            request.method,
            yarl.URL(url.href, encoded=True),
            headers=sent_by(request),
            allow_redirects=False,
            ssl=self._trust() if url.scheme == "https" else True,
        )
        if origins is not None and exchange.how is not None:
            origins.meet(url.origin, exchange.how)
        return response

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
        await self._resolver.close()

    async def _explain(self, error: Exception, exchange: Exchange, url: Url) -> Failure:
        found = failure_of(error, exchange)
        if found.kind is not FailureKind.TLS or found.detail != "untrusted" or self._options.proxy:
            return found
        incomplete = self._incomplete.get(url.origin)
        if incomplete is None:
            look = partial(self._shake_hands, url)
            incomplete = await is_incomplete(look, self._fetch_plain, self._options.ca_bundle)
            self._incomplete[url.origin] = incomplete
        return failure(FailureKind.TLS, "incomplete-chain", url.host) if incomplete else found

    async def _shake_hands(self, url: Url, context: ssl.SSLContext) -> bytes | None:
        """The server's certificate, through the same guard as any connection; nothing else is sent."""
        loop = asyncio.get_running_loop()
        (place, *_) = await self._resolver.resolve(url.host, url.dialled_port)
        kind, where = socket.SOCK_STREAM, (place["host"], place["port"])
        dialled = guarded_socket(self._policy, (place["family"], kind, 0, "", where))
        try:
            dialled.setblocking(False)
            await loop.sock_connect(dialled, where)
            wire, _ = await loop.create_connection(asyncio.Protocol, sock=dialled, ssl=context, server_hostname=url.host)
        except BaseException:
            dialled.close()
            raise
        peer = wire.get_extra_info("ssl_object")
        wire.abort()
        return peer.getpeercert(binary_form=True) if isinstance(peer, ssl.SSLObject) else None

    async def _fetch_plain(self, text: str) -> bytes | None:
        """A small file from an http URL that a stranger named."""
        try:
            url = parse_url(text)
            if url.scheme != "http" or self._policy.url(url) is not None:
                return None
            response = await self.handle_async_request(Asked(url, headers_of(self._options.user_agent, Probe.IMAGE), None))
            if response.status_code != 200:
                return None
            read = await Reader(response, None).upto(LARGEST + 1)
        except (InvalidUrl, FetchError):
            return None
        return read.data if read.defect is None else None

    def _trust(self) -> ssl.SSLContext:
        # 40 ms: only for a run that meets https.
        if self._context is None:
            self._context = trust(self._options.ca_bundle)
        return self._context

    def _open(self) -> aiohttp.ClientSession:
        options = self._options
        connector = Connector(
            resolver=self._resolver,
            socket_factory=None if options.proxy else partial(guarded_socket, self._policy),
            limit=0,
            keepalive_timeout=KEEP_ALIVE_SECONDS,
            ttl_dns_cache=60,
            dns_cache_max_size=4096,
        )
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=options.connect_timeout)
        if options.proxy is None:
            self._origins = Origins(connector, timeout, header_bytes=HEADER_BYTES, most_headers=MOST_HEADERS)
        self._session = aiohttp.ClientSession(
            connector=connector,
            request_class=Sending,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=timeout,
            auto_decompress=False,
            trust_env=False,
            proxy=options.proxy,
            max_line_size=HEADER_BYTES,
            max_field_size=HEADER_BYTES,
            max_headers=MOST_HEADERS,
        )
        return self._session


def _wire(loop: asyncio.AbstractEventLoop) -> ResponseHandler:
    return Wire(loop)


def _is_short(response: aiohttp.ClientResponse | Reply) -> bool:
    try:
        length = response.content_length
    except ValueError:
        return False
    return length is None or length <= DRAINED_BYTES
