"""Reads of a body what is needed and no more: bounded before and after decompression, and in time."""

import asyncio
import zlib
from collections.abc import Callable

import httpx
from msgspec import Struct

from linkcheck.fetch.failures import FetchError
from linkcheck.fetch.inflate import Coding, Plain, UnreadableError, coding_of

MOST_RAW_BYTES = 2 << 20
"""As they come, compressed; 1 MiB of a page is less than that."""
MOST_SILENCE = 1.0
"""Seconds without a byte after which no more is expected of a body of which enough is here."""
MOST_WAITING = 2.0
"""Seconds that the rest of such a body may take in all."""


class Read(Struct):
    """What was read: decoded bytes, whether they are all there is, and the defect met (`Answer.body`), None if none."""

    data: bytes = b""
    complete: bool = False
    defect: str | None = None


class Reader:
    """Reads one response's body piece by piece. Raises nothing for what the web does, and never waits without need.

    What was read stays in `read`, also where reading is cancelled.
    """

    def __init__(self, response: httpx.Response, content_encoding: str | None) -> None:
        stream = response.stream
        if not isinstance(stream, httpx.AsyncByteStream):
            raise TypeError("a response of an asynchronous transport has an asynchronous body")
        self._chunks = stream.__aiter__()
        self._coding: Coding = Plain() if content_encoding is None else coding_of(content_encoding)
        self._raw = 0
        self.read = Read()

    async def upto(
        self, room: int, enough: Callable[[bytearray], bool] | None = None, *, at_best: int | None = None
    ) -> Read:
        """Read until there are `room` decoded bytes in all, or the end.

        Once `enough` says that what is here will do, only `at_best` bytes are still welcome, and not waited for: many
        servers leave a connection open, or let a page trickle, when all of it has been sent (long polling, streaming).
        """
        read, data = self.read, bytearray(self.read.data)
        try:
            async with asyncio.timeout(None) as clock:
                await self._fill(data, room, enough, room if at_best is None else at_best, clock)
        except TimeoutError:
            if not clock.expired():
                raise
        finally:
            read.data = bytes(data)
        return read

    async def _fill(
        self,
        data: bytearray,
        room: int,
        enough: Callable[[bytearray], bool] | None,
        at_best: int,
        clock: asyncio.Timeout,
    ) -> None:
        read, coding = self.read, self._coding
        now = asyncio.get_running_loop().time
        ends: float | None = None
        while not read.complete and read.defect is None and len(data) < room:
            if ends is None and enough is not None and enough(data):
                ends = now() + MOST_WAITING
                room = min(room, at_best)
                continue
            if ends is not None:
                clock.reschedule(min(now() + MOST_SILENCE, ends))
            try:
                chunk = b"" if coding.pending else await anext(self._chunks)
            except StopAsyncIteration:
                read.complete = coding.finished
                read.defect = None if coding.finished else "incomplete"
                break
            except FetchError:
                read.defect = "incomplete"
                break
            self._raw += len(chunk)
            try:
                data += coding.feed(chunk, room - len(data))
            except UnreadableError as error:
                read.defect = error.defect
            except zlib.error:
                read.defect = "bad-encoding"
            if self._raw > MOST_RAW_BYTES:
                read.defect = read.defect or "too-large"
