"""Reads as much of a body as needed: bounded before and after decompression, and in time."""

import asyncio
import zlib
from collections.abc import Callable

from msgspec import Struct

from linkcheck.fetch.http.content_encoding import Coding, DecodingError, Plain, coding_of
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import RawResponse

MOST_RAW_BYTES = 2 << 20
"""As transferred, compressed; 1 MiB of a page is less than that."""
MOST_SILENCE = 1.0
"""Seconds without a byte after which reading ends, if enough was read."""
MOST_WAITING = 2.0
"""Seconds in total to wait for the rest of such a body."""


class Read(Struct):
    """Decoded bytes, whether they are the whole body, and the defect (`Answer.body`), None if there is none."""

    data: bytes = b""
    complete: bool = False
    defect: str | None = None


class Reader:
    """Reads one response's body piece by piece. Raises nothing for network failures, and never waits without need.

    The bytes are in `read`, also after cancellation.
    """

    def __init__(self, response: RawResponse, content_encoding: str | None) -> None:
        self._has_arrived = response.body.whole() is not None
        self._chunks = response.body.__aiter__()
        self._coding: Coding = Plain() if content_encoding is None else coding_of(content_encoding)
        self._raw = 0
        self.read = Read()

    async def upto(
        self, room: int, enough: Callable[[bytearray], bool] | None = None, *, at_best: int | None = None
    ) -> Read:
        """Read until there are `room` decoded bytes in total, or the end.

        Once `enough` returns True, up to `at_best` bytes are read only if they arrive soon: many servers leave a connection
        open, or send slowly, after the whole page was sent (long polling, streaming).
        """
        read, data = self.read, bytearray(self.read.data)
        try:
            while self._continues(data, room):
                if enough is not None and enough(data):
                    await self._add_soon(data, room if at_best is None else min(room, at_best))
                    break
                await self._add(data, room)
        finally:
            read.data = bytes(data)
        return read

    def _continues(self, data: bytearray, room: int) -> bool:
        return not self.read.complete and self.read.defect is None and len(data) < room

    async def _add_soon(self, data: bytearray, room: int) -> None:
        """Read the pieces that arrive soon."""
        if self._has_arrived:  # the usual case, where a timeout would cost a third of the time
            while self._continues(data, room):
                await self._add(data, room)
            return
        now = asyncio.get_running_loop().time
        ends = now() + MOST_WAITING
        try:
            async with asyncio.timeout_at(ends) as clock:
                while self._continues(data, room):
                    clock.reschedule(min(now() + MOST_SILENCE, ends))
                    await self._add(data, room)
        except TimeoutError:
            if not clock.expired():
                raise

    async def _add(self, data: bytearray, room: int) -> None:
        """Read the next piece, or record how the body ended."""
        read, coding = self.read, self._coding
        try:
            chunk = b"" if coding.pending else await anext(self._chunks)
        except StopAsyncIteration:
            read.complete = coding.finished
            read.defect = None if coding.finished else "incomplete"
            return
        except FetchError:
            read.defect = "incomplete"
            return
        self._raw += len(chunk)
        try:
            data += coding.feed(chunk, room - len(data))
        except DecodingError as error:
            read.defect = error.defect
        except zlib.error:
            read.defect = "bad-encoding"
        if self._raw > MOST_RAW_BYTES:
            read.defect = read.defect or "too-large"
