"""Undoes Content-Encoding step by step, so that no bomb ever stands in memory (RFC 9110, 8.4)."""

import zlib
from typing import Protocol

from linkcheck.model import UNOFFERED_ENCODING

STEP = 1 << 16
MOST_CODINGS = 4
MOST_BETWEEN = 4 << 20
"""Bytes between two codings: what inflates to nothing may still be a bomb, of empty members."""
MOST_MEMBERS = 1_000
"""gzip members of one body. Each costs work, and an empty one gives nothing for it; bgzip makes one of 64 KB."""
_GZIP = b"\x1f\x8b"


_INFLATED = frozenset({"gzip", "x-gzip", "deflate"})
_NOT_UNDONE = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})
"""The other codings that exist (IANA, HTTP Content Coding Registry). No request of ours offers one."""


class UnreadableError(Exception):
    """A body in a coding that is not undone here. `defect` is what `Answer.body` says of it."""

    def __init__(self, defect: str) -> None:
        super().__init__(defect)
        self.defect = defect


class Coding(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """About `room` bytes more; what does not fit stays inside, compressed. Raises zlib.error, UnreadableError."""

    @property
    def pending(self) -> bool:
        """Whether `feed(b"", room)` may give more."""

    @property
    def finished(self) -> bool:
        """Whether what was fed so far may be all there is."""


class Plain:
    pending = False
    finished = True

    def feed(self, data: bytes, room: int) -> bytes:  # noqa: ARG002 - nothing grows here
        return data


class Unreadable:
    """Nothing can be read, unless there is nothing."""

    pending = False
    finished = True

    def __init__(self, defect: str) -> None:
        self._defect = defect

    def feed(self, data: bytes, room: int) -> bytes:  # noqa: ARG002 - nothing comes of it
        if data:
            raise UnreadableError(self._defect)
        return data


class Inflate:
    """gzip (several members too) and deflate, with the zlib wrapper or, as some servers send it, without."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._inner = zlib.decompressobj(wbits=31 if gzip else 15)
        self._begun = False
        self._members = 1
        self._rest = b""

    @property
    def pending(self) -> bool:
        return bool(self._rest)

    @property
    def finished(self) -> bool:
        return not self._rest and (self._inner.eof or not self._begun)

    def feed(self, data: bytes, room: int) -> bytes:
        data = self._rest + data
        found = bytearray()
        if data and not self._begun:
            self._begun = True
            if not self._gzip and data[0] & 0x0F != 8:
                self._inner = zlib.decompressobj(wbits=-15)
        while data and room > len(found):
            if self._inner.eof:
                if not (self._gzip and data.startswith(_GZIP)):
                    data = b""  # bytes after the end are nobody's business
                    break
                self._members += 1
                if self._members > MOST_MEMBERS:
                    raise zlib.error("too many members")
                self._inner = zlib.decompressobj(wbits=31)
            found += self._inner.decompress(data, min(STEP, room - len(found)))
            data = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail
        self._rest = data
        return bytes(found)


class Chain:
    """Two codings, one over the other."""

    def __init__(self, outer: Coding, inner: Coding) -> None:
        self._outer = outer
        self._inner = inner
        self._between = 0

    @property
    def pending(self) -> bool:
        return self._inner.pending or self._outer.pending

    @property
    def finished(self) -> bool:
        return self._outer.finished and self._inner.finished

    def feed(self, data: bytes, room: int) -> bytes:
        between = self._outer.feed(data, STEP)
        self._between += len(between)
        if self._between > MOST_BETWEEN:
            raise zlib.error("too much between two codings")
        return self._inner.feed(between, room)


def coding_of(content_encoding: str) -> Coding:
    """How to undo the Content-Encoding value.

    A name that is no coding (`UTF-8`, `none`, `aws-chunked`) stands before a body as it is: browsers ignore the header.
    """
    names = [name for part in content_encoding.split(",") if (name := part.strip().lower()) not in {"", "identity"}]
    if not _INFLATED.union(_NOT_UNDONE).issuperset(names):
        return Plain()
    foreign = next((name for name in names if name in _NOT_UNDONE), None)
    if foreign is not None:
        return Unreadable(f"{UNOFFERED_ENCODING}{foreign}")
    if len(names) > MOST_CODINGS:
        return Unreadable("bad-encoding")
    found: Coding = Plain()
    for name in names:
        layer = Inflate(gzip=name != "deflate")
        found = layer if isinstance(found, Plain) else Chain(layer, found)
    return found
