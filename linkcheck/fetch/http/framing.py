"""Finds the end of a body in the bytes of a connection (RFC 9112, 6 and 7). No I/O."""

import re
from typing import Protocol

from linkcheck.fetch.http.response_head import Ending, ResponseHead

MOST_CHUNKS = 100_000
"""1 MiB in chunks of ten bytes; more is abuse."""
MOST_TRAILER_BYTES = 64 * 1024
_LONGEST_LINE = 16 * 1024
"""Chromium's limit."""
_SIZE = re.compile(rb"[ \t]*+(?=[0-9A-Fa-f])0*+([0-9A-Fa-f]{0,15}+)[ \t]*+(?:;.*+)?\r?", re.DOTALL)


class FramingError(Exception):
    """The body's framing is malformed, or its end is missing."""


class Framing(Protocol):
    """`done` means that the body is complete, `excess` that bytes follow its end."""

    done: bool
    excess: bool

    def feed(self, data: bytes) -> bytes:
        """The part of `data` that is body. Raises FramingError."""

    def close(self) -> None:
        """The connection closed. Raises FramingError if the body is incomplete."""


class Sized:
    """A body with a Content-Length."""

    def __init__(self, length: int) -> None:
        self.done = length == 0
        self.excess = False
        self._left = length

    def feed(self, data: bytes) -> bytes:
        body = data[: self._left]
        self._left -= len(body)
        self.done = self._left == 0
        self.excess = len(body) < len(data)
        return body

    def close(self) -> None:
        if not self.done:
            raise FramingError("the connection ended before the body did")


class UntilClose:
    """A body that ends with the connection."""

    def __init__(self) -> None:
        self.done = False
        self.excess = False

    def feed(self, data: bytes) -> bytes:
        return data

    def close(self) -> None:
        self.done = True


class Chunked:
    """A chunked body with its trailer."""

    def __init__(self) -> None:
        self.done = False
        self.excess = False
        self._rest = b""
        self._left = 0
        """Remaining bytes of the current chunk."""
        self._chunks = 0
        self._trailer = -1
        """Bytes of the trailer so far; -1 before it."""

    def feed(self, data: bytes) -> bytes:
        data = self._rest + data if self._rest else data
        found: list[bytes] = []
        at, size = 0, len(data)
        while at < size and not self.done:
            if self._left > 0:
                piece = data[at : at + self._left]
                found.append(piece)
                at += len(piece)
                self._left -= len(piece)
                if self._left == 0:
                    self._left = -1
                continue
            end = data.find(b"\n", at)
            if end < 0:
                if size - at > _LONGEST_LINE:
                    raise FramingError("a chunk's size has no end")
                break
            line, at = data[at:end], end + 1
            self._line(line)
        self._rest = b"" if self.done else data[at:]
        self.excess = self.done and at < size
        return b"".join(found)

    def _line(self, line: bytes) -> None:
        if self._left < 0:  # the line break after a chunk
            if line not in {b"", b"\r"}:
                raise FramingError("a chunk is longer than declared")
            self._left = 0
        elif self._trailer >= 0:
            self._trailer += len(line) + 1
            self.done = line in {b"", b"\r"}
            if self._trailer > MOST_TRAILER_BYTES:
                raise FramingError("the trailer has no end")
        else:
            match = _SIZE.fullmatch(line)
            self._chunks += 1
            if match is None or len(line) > _LONGEST_LINE or self._chunks > MOST_CHUNKS:
                raise FramingError("a chunk has no size that can be read")
            self._left = int(match[1] or b"0", 16)
            if self._left == 0:
                self._trailer = 0

    def close(self) -> None:
        if not self.done:
            raise FramingError("the connection ended before the last chunk")


def framing_of(head: ResponseHead) -> Framing | None:
    """The framing of a response; None if the headers contradict each other."""
    match head.ending:
        case Ending.CHUNKED:
            return Chunked()
        case Ending.CLOSE:
            return UntilClose()
        case Ending.LENGTH | Ending.NONE:
            return Sized(head.length)
        case Ending.BROKEN:
            return None
