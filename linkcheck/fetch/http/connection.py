"""One connection to an origin: sends a request, then receives the response's head and its body in pieces."""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from typing import cast

from msgspec import Struct

from linkcheck.fetch.http.body_stream import BodyStream
from linkcheck.fetch.http.framing import Framing, FramingError, framing_of
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.response_head import MOST_HEAD_BYTES, Ending, HeadError, ResponseHead, read_head
from linkcheck.fetch.http.tls import certificate_of
from linkcheck.model import Certificate

MOST_INTERIM_BYTES = MOST_HEAD_BYTES
"""Of 1xx responses before the final one (RFC 9110, 15.2 sets no limit)."""
BUFFER = 128 * 1024
"""Bytes of a body that can wait to be read before receiving is paused."""

_SWITCHING = 101
"""Requests never offer another protocol: like browsers, wait for the final response after it."""


class ConnectionReply(Struct, frozen=True):
    """The head of a response and its body to come."""

    head: ResponseHead
    body: BodyStream


class Connection(asyncio.Protocol):
    """A connection that serves one request at a time.

    `idle` is called when the next request can be sent, `lost` when none can be sent any more. `keeps` means that the
    connection is reusable after the current response.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        origin: str,
        *,
        idle: "Callable[[Connection], None]",
        lost: "Callable[[Connection], None]",
    ) -> None:
        self.loop = loop
        self.origin = origin
        self.address: str | None = None
        self.certificate: Certificate | None = None
        self.keeps = True
        self.since = 0.0
        """When it became idle."""
        self._idle = idle
        self._lost = lost
        self._transport: asyncio.Transport | None = None
        self._served = 0
        # While waiting for the head:
        self._exchange: RequestTrace | None = None
        self._waiter: asyncio.Future[ConnectionReply] | None = None
        self._tunnel = False
        self._bodiless = False
        self._head = b""
        self._interim = 0
        self._headless = _is_plain_http(origin)
        self._switched = False
        # While receiving the body:
        self._body: BodyStream | None = None
        self._framing: Framing | None = None
        self._paused = False

    @property
    def transport(self) -> asyncio.Transport | None:
        return self._transport

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def send(
        self, words: bytes, trace: RequestTrace, *, tunnel: bool = False, bodiless: bool = False
    ) -> asyncio.Future[ConnectionReply]:
        """Send a request and return its future reply. Fails with HeadError, or OSError if the connection closes before.

        A caller that stops waiting must call `abort`. `tunnel` means that a successful response has no body (RFC 9110,
        9.3.6), `bodiless` that no response has one, as for HEAD (RFC 9112, 6.3).
        """
        trace.address = self.address
        trace.certificate = self.certificate
        trace.reused = self._served > 0
        trace.sent += 1
        trace.opening = b""
        trace.phase = "while waiting for the response"
        trace.written = self.loop.time()
        self._served += 1
        self._exchange = trace
        self._tunnel = tunnel
        self._bodiless = bodiless
        self._waiter = waiter = self.loop.create_future()
        if self._transport is None or self._transport.is_closing():
            waiter.set_exception(ConnectionResetError("the connection was closed"))
        else:
            self._transport.write(words)
        return waiter

    async def more(self, body: BodyStream) -> None:
        """Wait for more of the body, or its end."""
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        body.more = self.loop.create_future()
        try:
            await body.more
        finally:
            body.more = None

    def abort(self) -> None:
        """Close the connection at once."""
        if self._transport is not None:
            self._transport.abort()
        self._end(ConnectionAbortedError("given up"))

    # Called by the event loop

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not subclasses of asyncio's.
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if peer else None
        tls = transport.get_extra_info("ssl_object")
        if isinstance(tls, ssl.SSLObject):
            self.certificate = certificate_of(dict(tls.getpeercert() or {}))

    def data_received(self, data: bytes) -> None:
        if self._body is not None:
            self._feed(self._body, data)
            return
        trace = self._exchange
        if trace is None or self._waiter is None:
            self.abort()  # unsolicited data
            return
        if trace.response_at is None:
            if trace.reused and self._transport is not None and self._transport.get_write_buffer_size():
                self._fail(HeadError("headers"))  # it began before the request was sent, so it is not its response
                return
            trace.response_at = self.loop.time()
        looked = len(self._head)
        if looked:
            data = self._head + data
        elif data[0] in b"\r\n":
            data = data.lstrip(b"\r\n")  # left over after the previous body
        try:
            head = self._next_head(data, looked, trace)
        except HeadError as error:
            self._fail(error)
            return
        if head is not None:
            self._arrive(head, trace)

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc)
        self._transport = None
        self._lost(self)

    # Processing of received data

    def _next_head(self, data: bytes, looked: int, trace: RequestTrace) -> ResponseHead | None:
        """The head of the final response; the bytes after it stay in `_head`."""
        while True:
            # Anything before a status line on a kept connection belongs to the previous response.
            strict = self._served > 1 or self._tunnel
            try:
                head = read_head(data, looked, strict=strict, headless=self._headless and not strict and not self._interim)
            except HeadError:
                trace.opening = data[:16]
                raise
            if head is None:
                self._head = data
                trace.opening = data[:16]
                return None
            data, looked = data[head.size :], 0
            if not 100 <= head.status <= 199:
                self._head = data
                return head
            trace.opening = b""
            self._interim += head.size
            self._switched = self._switched or head.status == _SWITCHING
            if self._interim > MOST_INTERIM_BYTES:
                raise HeadError("too-large")
            if not data:
                self._head = b""
                return None

    def _arrive(self, head: ResponseHead, trace: RequestTrace) -> None:
        rest, waiter = self._head, self._waiter
        self._exchange = self._waiter = None
        self._head = b""
        self._interim = 0
        self.keeps = head.keeps and not self._switched
        length = head.length
        if self._tunnel and 200 <= head.status <= 299:
            body = BodyStream(None, trace, deque(), 0)
        elif self._bodiless:
            body = BodyStream(None, trace, deque(), 0)
            self._over(excess=bool(rest))
        elif (head.ending is Ending.LENGTH or head.ending is Ending.NONE) and len(rest) >= length:
            # The usual case: a small body arrives with its head.
            body = BodyStream(None, trace, deque((rest[:length],) if length else ()), length)
            self._over(excess=len(rest) > length)
        else:
            self._framing = framing_of(head)
            body = self._body = BodyStream(self, trace, deque(), length if head.ending is Ending.LENGTH else None)
            if self._framing is None:
                self._cut(FramingError("the headers contradict themselves about the body's length"))
            elif rest:
                self._feed(body, rest)
        if waiter is not None and not waiter.done():
            waiter.set_result(ConnectionReply(head, body))

    def _feed(self, body: BodyStream, data: bytes) -> None:
        framing = self._framing
        if framing is None:
            return
        try:
            piece = framing.feed(data)
        except FramingError as error:
            self._cut(error)
            return
        if piece:
            body.take(piece)
        if framing.done:
            self._finish(body, None)
            self._over(excess=framing.excess)
        elif body.held > BUFFER and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        if body.more is not None and not body.more.done():
            body.more.set_result(None)

    def _over(self, *, excess: bool) -> None:
        """The response is complete."""
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        if self.keeps and not excess and self.is_open:
            self._idle(self)
        elif self._transport is not None:
            self._transport.abort()

    def _finish(self, body: BodyStream, error: Exception | None) -> None:
        self._body = self._framing = None
        body.connection = None
        body.error = error
        if body.more is not None and not body.more.done():
            body.more.set_result(None)

    def _cut(self, error: Exception) -> None:
        """Discard everything that arrives from here on."""
        if self._body is not None:
            self._finish(self._body, error)
        if self._transport is not None:
            self._transport.abort()

    def _fail(self, error: Exception) -> None:
        waiter, self._waiter, self._exchange = self._waiter, None, None
        self._head = b""
        if waiter is not None and not waiter.done():
            waiter.set_exception(error)
        if self._transport is not None:
            self._transport.abort()

    def _end(self, error: Exception | None) -> None:
        """No further bytes will arrive."""
        if self._waiter is not None:
            self._fail(error or ConnectionResetError("the connection was closed"))
        body, framing = self._body, self._framing
        if body is not None and framing is not None:
            self._finish(body, _left_open(framing))


def _is_plain_http(origin: str) -> bool:
    """Whether pages without a head are accepted: as in browsers, only on the default port of http."""
    host = origin.removeprefix("http://")
    return host != origin and ":" not in host.rpartition("]")[2]


def _left_open(framing: Framing) -> FramingError | None:
    """Why a body is incomplete while its connection is open."""
    try:
        framing.close()
    except FramingError as error:
        return error
    return None
