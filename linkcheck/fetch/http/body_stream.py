"""The body of a response while it arrives."""

import asyncio
from collections import deque
from typing import Protocol, Self

from linkcheck.fetch.http.failures import FetchError, failure_of
from linkcheck.fetch.http.request_trace import RequestTrace

DRAINED_BYTES = 64 * 1024
"""The rest of a body up to this length is read to keep the connection; otherwise the connection is closed."""
DRAINED_SECONDS = 0.5


class BodySource(Protocol):
    """The connection that a body comes from; `keeps` means that it is reusable after the body."""

    loop: asyncio.AbstractEventLoop
    keeps: bool

    async def more(self, body: "BodyStream") -> None:
        """Wait for more of the body, or its end."""

    def abort(self) -> None:
        """Close the connection at once."""


class BodyStream:
    """The bytes of a body as they arrive, still encoded. Iterating raises only FetchError."""

    def __init__(self, connection: BodySource | None, trace: RequestTrace, pieces: deque[bytes], length: int | None) -> None:
        self.connection = connection
        """The source of further pieces; None once all arrived, or if no more will."""
        self.length = length
        self.error: Exception | None = None
        self.held = sum(map(len, pieces))
        self.more: asyncio.Future[None] | None = None
        self._exchange = trace
        self._pieces = pieces

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        while not self._pieces:
            connection = self.connection
            if connection is None:
                if self.error is not None:
                    raise FetchError(failure_of(self.error, self._exchange), trace=self._exchange)
                raise StopAsyncIteration
            try:
                await connection.more(self)
            except asyncio.CancelledError:
                connection.keeps = False  # it was too slow before
                raise
        piece = self._pieces.popleft()
        self.held -= len(piece)
        return piece

    def whole(self) -> bytes | None:
        """The whole body if it has already arrived."""
        return b"".join(self._pieces) if self.connection is None and self.error is None else None

    def take(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self.held += len(piece)

    async def aclose(self) -> None:
        """Release the connection for reuse if that is cheap, else close it."""
        connection = self.connection
        if connection is None:
            return
        if not connection.keeps or (self.length is not None and self.length > DRAINED_BYTES):
            connection.abort()
            return
        cut = connection.loop.call_later(DRAINED_SECONDS, connection.abort)
        drained = self.held
        try:
            while self.connection is not None and drained <= DRAINED_BYTES:
                self._pieces.clear()
                self.held = 0
                await connection.more(self)
                drained += self.held
        finally:
            cut.cancel()
            if self.connection is not None:
                connection.abort()
