"""Our end of a connection: aiohttp's protocol, with bounds it lacks and an ear for what the server really said."""

import asyncio
import ssl

from aiohttp import ClientPayloadError
from aiohttp.client_proto import ResponseHandler
from aiohttp.http import HttpVersion11, RawResponseMessage
from aiohttp.http_exceptions import HttpProcessingError, LineTooLong
from aiohttp.streams import StreamReader
from multidict import CIMultiDict, CIMultiDictProxy

from linkcheck.fetch.exchange import Exchange
from linkcheck.fetch.salvage import Head, read_head
from linkcheck.fetch.tls import certificate_of
from linkcheck.model import Certificate

MOST_HEAD_BYTES = 300 * 1024
"""Of a head, all interim answers included; 512 headers of 32 KiB would be 16 MiB."""
MOST_INTERIM = 20
"""Answers of the 1xx kind before the real one (RFC 9110, 15.2 sets no bound)."""
BUFFER = 1 << 16


class Wire(ResponseHandler):
    """One connection; `serve` names the exchange that uses it next."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.address: str | None = None
        self.certificate: Certificate | None = None
        self._exchange: Exchange | None = None
        self._served = 0
        self._head = b""
        self._interim = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if peer else None
        tls = transport.get_extra_info("ssl_object")
        if isinstance(tls, ssl.SSLObject):
            self.certificate = certificate_of(dict(tls.getpeercert() or {}))

    def serve(self, exchange: Exchange) -> None:
        """Belong to `exchange` until the head of its answer is there."""
        exchange.address = self.address
        exchange.certificate = self.certificate
        exchange.reused = self._served > 0
        exchange.sent += 1
        exchange.opening = b""
        exchange.phase = "waiting for"
        now = self._loop.time()
        exchange.written = now
        if exchange.connected is None and not exchange.reused:
            exchange.connected = now
        self._served += 1
        self._exchange = exchange
        self._head = b""
        self._interim = 0

    def data_received(self, data: bytes) -> None:
        exchange = self._exchange
        if exchange is not None:
            if exchange.heard is None:
                exchange.heard = self._loop.time()
            self._head = self._head + data if self._head else data
            exchange.opening = self._head[:16]
        super().data_received(data)
        if self._exchange is not None and len(self._head) > MOST_HEAD_BYTES:
            self._refuse(LineTooLong(b"", MOST_HEAD_BYTES))

    def feed_data(self, data: tuple[RawResponseMessage, StreamReader], size: int = 0) -> None:
        status = data[0].code
        if 100 <= status <= 199 and status != 101:
            self._interim += 1
            if self._interim > MOST_INTERIM:
                self._refuse(LineTooLong(b"", MOST_INTERIM))
            return
        self._exchange = None
        self._head = b""
        super().feed_data(data, size)

    def set_exception(self, exc: BaseException, exc_cause: BaseException | None = None) -> None:
        if isinstance(exc, HttpProcessingError):
            if self._exchange is not None and not isinstance(exc_cause, LineTooLong):
                head = read_head(self._head)
                if head is not None and "Too many headers" not in str(exc_cause):
                    self._answer(head)
            elif self._payload is not None and not self._payload.is_eof():
                # aiohttp tells the connection, but not who reads the body.
                self._payload.set_exception(ClientPayloadError(str(exc)))
        if exc_cause is None:
            super().set_exception(exc)
        else:
            super().set_exception(exc, exc_cause)

    def _answer(self, head: Head) -> None:
        headers = CIMultiDict((name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers)
        body = StreamReader(self, BUFFER, loop=self._loop)
        if head.body:
            body.feed_data(head.body)
        if head.whole:
            body.feed_eof()
        else:
            body.set_exception(ClientPayloadError("the framing of the body is malformed"))
        message = RawResponseMessage(
            version=HttpVersion11,
            code=head.status,
            reason=head.reason,
            headers=CIMultiDictProxy(headers),
            raw_headers=head.headers,
            should_close=True,
            compression=None,
            upgrade=False,
            chunked=False,
        )
        self.feed_data((message, body))

    def _refuse(self, reason: LineTooLong) -> None:
        if self.transport is not None:
            self.transport.abort()
        self.set_exception(HttpProcessingError(code=400, message="Got more than we read"), reason)
