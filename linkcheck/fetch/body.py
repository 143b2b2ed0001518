"""Reads of a body what is needed and no more: bounded before and after decompression."""

import zlib
from collections.abc import Callable

import httpx
from msgspec import Struct

from linkcheck.fetch.failures import FetchError
from linkcheck.fetch.inflate import Coding, Plain, coding_of

MOST_RAW_BYTES = 2 << 20
"""As they come, compressed; 1 MiB of a page is less than that."""


class Read(Struct):
    """What was read: decoded bytes, whether they are all there is, and the defect met (`Answer.body`), None if none."""

    data: bytes = b""
    complete: bool = False
    defect: str | None = None


class Reader:
    """Reads one response's body piece by piece. Raises nothing for what the web does, and never waits without need."""

    def __init__(self, response: httpx.Response, content_encoding: str | None) -> None:
        stream = response.stream
        if not isinstance(stream, httpx.AsyncByteStream):
            raise TypeError("a response of an asynchronous transport has an asynchronous body")
        self._chunks = stream.__aiter__()
        self._coding: Coding | None = Plain() if content_encoding is None else coding_of(content_encoding)
        self._raw = 0
        self.read = Read(defect=None if self._coding else "bad-encoding")

    async def upto(self, room: int, enough: Callable[[bytearray], bool] | None = None) -> Read:
        """Read until there are `room` decoded bytes in all, or `enough` says so, or the end."""
        read, coding = self.read, self._coding
        data = bytearray(read.data)
        while coding is not None and not read.complete and read.defect is None and len(data) < room:
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
            except zlib.error:
                read.defect = "bad-encoding"
                break
            if self._raw > MOST_RAW_BYTES:
                read.defect = "too-large"
            elif enough is not None and enough(data):
                break
        read.data = bytes(data)
        return read
