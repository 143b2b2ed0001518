"""Decodes Content-Encoding incrementally, so that no decompression bomb is ever in memory (RFC 9110, 8.4)."""

import zlib
from typing import Protocol

from linkcheck.model import UNOFFERED_ENCODING

STEP = 1 << 16
MOST_CODINGS = 4
MOST_BETWEEN = 4 << 20
"""Bytes between two codings: a body that inflates to nothing may still be a bomb of empty members."""
MOST_MEMBERS = 1_000
"""gzip members per body. Each costs time, and an empty one yields nothing; bgzip makes one per 64 KB."""
LONGEST_HEADER = 1 << 17
"""Bytes of a gzip member's header, which can contain a file name and a comment."""
_GZIP = b"\x1f\x8b"
_FIXED = 10
"""Bytes of the fixed part of a gzip header."""
_TRAILER = 8

_INFLATED = frozenset({"gzip", "x-gzip", "deflate"})
_UNSUPPORTED = frozenset({"br", "zstd"})
"""Codings that browsers decode. No request offers one."""
_UNUSUAL = {
    "compress": b"\x1f\x9d",
    "x-compress": b"\x1f\x9d",
    "dcb": b"\xffDCB",
    "dcz": b"\x5e\x2a\x4d\x18",
}
"""The other codings that exist (IANA, HTTP Content Coding Registry), with the beginning of a body in them. Browsers do not
support these names, at least not without a dictionary (RFC 9842), and show a body that is not actually encoded."""


class DecodingError(Exception):
    """A body in a coding that is not supported. `defect` is the value for `Answer.body`."""

    def __init__(self, defect: str) -> None:
        super().__init__(defect)
        self.defect = defect


class Coding(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """About `room` further decoded bytes; the rest is kept, compressed. Raises zlib.error, DecodingError."""

    @property
    def pending(self) -> bool:
        """Whether `feed(b"", room)` may return more."""

    @property
    def finished(self) -> bool:
        """Whether the input so far may be complete."""


class Plain:
    pending = False
    finished = True

    def feed(self, data: bytes, room: int) -> bytes:  # noqa: ARG002 - output is no longer than input
        return data


class Unreadable:
    """A coding that cannot be decoded; only an empty body passes."""

    pending = False
    finished = True

    def __init__(self, defect: str) -> None:
        self._defect = defect

    def feed(self, data: bytes, room: int) -> bytes:  # noqa: ARG002 - there is no output
        if data:
            raise DecodingError(self._defect)
        return data


class UnknownCoding:
    """Passes a body through unless it begins like one in an unsupported coding."""

    pending = False
    finished = True

    def __init__(self, name: str) -> None:
        self._name = name
        self._begun = False

    def feed(self, data: bytes, room: int) -> bytes:  # noqa: ARG002 - nothing grows here
        if data and not self._begun:
            self._begun = True
            if data.startswith(_UNUSUAL[self._name]):
                raise DecodingError(f"{UNOFFERED_ENCODING}{self._name}")
        return data


class Inflate:
    """gzip (multiple members too) and deflate, with the zlib wrapper or, as some servers send it, without.

    Checksum and length after the data of a gzip member are skipped, as in browsers.
    """

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._inner = zlib.decompressobj(wbits=-15 if gzip else 15)
        self._begun = False
        self._in_header = gzip
        self._trailer = 0
        self._members = 1
        self._rest = b""

    @property
    def pending(self) -> bool:
        return bool(self._rest) and not self._in_header

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
            if self._trailer:
                passed = min(self._trailer, len(data))
                self._trailer -= passed
                data = data[passed:]
                continue
            if self._inner.eof:
                if not (self._gzip and (data.startswith(_GZIP) or _GZIP.startswith(data))):
                    data = b""  # bytes after the end are ignored
                    break
                self._members += 1
                if self._members > MOST_MEMBERS:
                    raise zlib.error("too many members")
                self._inner = zlib.decompressobj(wbits=-15)
                self._in_header = True
            if self._in_header:
                header = _header(data)
                if header is None:
                    break
                self._in_header = False
                data = data[header:]
                continue
            found += self._inner.decompress(data, min(STEP, room - len(found)))
            data = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail
            self._trailer = _TRAILER if self._gzip and self._inner.eof else 0
        self._rest = data
        return bytes(found)


def _header(data: bytes) -> int | None:
    """The length of a gzip member's header (RFC 1952, section 2.3), None while it is incomplete. Raises zlib.error."""
    if not (data.startswith(_GZIP + b"\x08") or (_GZIP + b"\x08").startswith(data)):
        raise zlib.error("not gzip")
    flags = data[3] if len(data) >= _FIXED else 0
    end = _FIXED
    if flags & 4:  # more fields
        end += 2 + int.from_bytes(data[end : end + 2], "little")
    for flag in (8, 16):  # a file name, a comment
        if flags & flag:
            found = data.find(b"\0", end)
            end = len(data) + 1 if found < 0 else found + 1
    end += 2 if flags & 2 else 0  # the header's checksum
    if end <= len(data):
        return end
    if len(data) > LONGEST_HEADER:
        raise zlib.error("too long a header")
    return None


class StackedDecoder:
    """Two codings, one applied to the other."""

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
    """The decoder for a Content-Encoding value.

    A name that is not a coding (`UTF-8`, `none`, `aws-chunked`) means a plain body: browsers ignore the header.
    """
    names = [name for part in content_encoding.split(",") if (name := part.strip().lower()) not in {"", "identity"}]
    if names and names[-1] in _UNUSUAL:
        return UnknownCoding(names[-1])
    if not _INFLATED.union(_UNSUPPORTED, _UNUSUAL).issuperset(names):
        return Plain()
    foreign = next((name for name in names if name not in _INFLATED), None)
    if foreign is not None:
        return Unreadable(f"{UNOFFERED_ENCODING}{foreign}")
    if len(names) > MOST_CODINGS:
        return Unreadable("bad-encoding")
    found: Coding = Plain()
    for name in names:
        layer = Inflate(gzip=name != "deflate")
        found = layer if isinstance(found, Plain) else StackedDecoder(layer, found)
    return found
