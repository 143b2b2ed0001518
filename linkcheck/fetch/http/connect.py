"""Establishes a connection: resolves the name, checks every address, connects to the first that accepts (RFC 8305), and adds
TLS or a proxy tunnel.
"""

import asyncio
import base64
import socket
import ssl
from functools import partial
from typing import cast
from urllib.parse import unquote, urlsplit

from aiohappyeyeballs import start_connection

from linkcheck.fetch.http.address_guard import Policy, guarded_socket
from linkcheck.fetch.http.connection import Connection
from linkcheck.fetch.http.failures import FetchError, ProxyError
from linkcheck.fetch.http.proxies import proxies_of, proxy_for
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.resolver import Endpoint, Resolver
from linkcheck.fetch.http.tls import check_name
from linkcheck.fetch.options import FetchOptions
from linkcheck.urls import Url

CONNECTION_ATTEMPT_DELAY = 0.25
"""Seconds before the next address is tried in parallel (RFC 8305, 5)."""


class Proxy:
    """An `http://` proxy and its credentials. Its addresses are not checked."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or ""
        self.port = parts.port or 80
        self.headers: tuple[tuple[str, str], ...] = ()
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            self.headers = (("Proxy-Authorization", f"Basic {base64.b64encode(pair).decode('ascii')}"),)


class Connector:
    """Opens connections. Raises FetchError, ProxyError or OSError (with ssl.SSLError and TimeoutError) on failure."""

    def __init__(self, options: FetchOptions, policy: Policy, resolver: Resolver) -> None:
        self._seconds = options.connect_timeout
        self._policy = policy
        self._resolver = resolver
        self._proxies = proxies_of(options)
        self._known: dict[str, Proxy] = {}
        # For the names of proxies, which the user chose: any address is allowed.
        self._unjudged = Resolver(options, None)

    def proxy_for(self, url: Url) -> Proxy | None:
        found = None if self._proxies is None else proxy_for(self._proxies, url)
        if found is None:
            return None
        if found not in self._known:
            self._known[found] = Proxy(found)
        return self._known[found]

    async def close(self) -> None:
        await self._unjudged.close()

    async def dial(self, connection: Connection, url: Url, trace: RequestTrace, trust: ssl.SSLContext | None) -> None:
        """Connect to the origin of `url`, through TLS if `trust` is given."""
        loop = connection.loop
        name = url.host.strip("[]") if trust is not None else None
        proxy = self.proxy_for(url)
        if proxy is not None:
            await self._through_proxy(proxy, connection, url, trace, trust)
            connection.address = None  # it is the proxy's, and says nothing about the host
        else:
            places = await self._resolver.resolve(url.host, url.dialled_port, trace)
            async with asyncio.timeout(self._seconds):
                plain = await self._connect(places, partial(guarded_socket, self._policy, trace), loop)
                await _adopt(loop, connection, plain, trust, name)
        trace.connected = loop.time()

    async def _connect(self, places: list[Endpoint], make: object, loop: asyncio.AbstractEventLoop) -> socket.socket:
        infos = [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", where) for family, where in places]
        return await start_connection(
            infos,
            happy_eyeballs_delay=CONNECTION_ATTEMPT_DELAY,
            interleave=1,
            loop=loop,
            socket_factory=make,  # type: ignore[arg-type]  # typeshed expects a wider signature
        )

    async def _through_proxy(
        self, proxy: Proxy, connection: Connection, url: Url, trace: RequestTrace, trust: ssl.SSLContext | None
    ) -> None:
        loop = connection.loop
        try:
            places = await self._unjudged.resolve(proxy.host, proxy.port, trace)
            async with asyncio.timeout(self._seconds):
                plain = await self._connect(places, None, loop)
        except TimeoutError:
            raise
        except (OSError, FetchError) as error:  # a resolution failure of the proxy is not the host's
            raise ProxyError from error
        if trust is None:
            await _adopt(loop, connection, plain, None, None)
            return
        tunnel = Connection(loop, "", idle=_ignore, lost=_ignore)
        await _adopt(loop, tunnel, plain, None, None)
        try:
            transport = await _opened(tunnel, _connect_head(url, proxy), RequestTrace(url.host, trace.began))
            async with asyncio.timeout(self._seconds):
                wrapped = await loop.start_tls(transport, connection, trust, server_hostname=url.host.strip("[]"))
            _check_name(wrapped, trust, url.host)
        except BaseException:
            tunnel.abort()
            raise
        connection.connection_made(cast("asyncio.Transport", wrapped))


async def _opened(tunnel: Connection, head: bytes, trace: RequestTrace) -> asyncio.Transport:
    """The tunnel through the proxy. Raises ProxyError if it refuses."""
    status = (await tunnel.send(head, trace, tunnel=True)).head.status
    if not 200 <= status <= 299:
        raise ProxyError(f"it returned {status}")
    if tunnel.transport is None:
        raise ProxyError("it closed the connection")
    return tunnel.transport


def _ignore(_connection: Connection) -> None:
    """A tunnel belongs to one connection and to no pool."""


async def _adopt(
    loop: asyncio.AbstractEventLoop,
    connection: Connection,
    plain: socket.socket,
    trust: ssl.SSLContext | None,
    name: str | None,
) -> None:
    try:
        transport, _ = await loop.create_connection(lambda: connection, sock=plain, ssl=trust, server_hostname=name)
    except BaseException:
        plain.close()
        raise
    if trust is not None and name is not None:
        try:
            _check_name(transport, trust, name)
        except ssl.SSLError:
            connection.abort()
            raise


def _check_name(transport: asyncio.BaseTransport | None, trust: ssl.SSLContext, name: str) -> None:
    """Check the certificate's host name before sending anything, where OpenSSL did not."""
    if trust.verify_mode is ssl.CERT_REQUIRED and not trust.check_hostname:
        check_name(transport.get_extra_info("ssl_object") if transport is not None else None, name)


def _connect_head(url: Url, proxy: Proxy) -> bytes:
    where = f"{url.host}:{url.dialled_port}"
    lines = "".join(f"{name}: {value}\r\n" for name, value in proxy.headers)
    return f"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n{lines}\r\n".encode()
