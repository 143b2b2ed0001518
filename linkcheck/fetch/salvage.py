"""Reads the head of an answer that the strict parser gave up on.

Browsers show pages whose framing is wrong: two lengths, bytes after the body, a broken chunk. A status line and headers
that can be read are an answer (RFC 9112, 8); only the body is then not to be trusted.
"""

import re

from msgspec import Struct

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] +([1-9][0-9][0-9])(?: +([^\r\n]*))?\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
MOST_HEADERS = 512


class Head(Struct, frozen=True):
    """Status, reason, headers in order, and the body's first bytes (cut to Content-Length where there is just one)."""

    status: int
    reason: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    whole: bool
    """Whether `body` is all that Content-Length promises."""


def read_head(data: bytes) -> Head | None:
    """The head that `data` begins with, interim answers skipped; None if there is no complete one."""
    while True:
        line = _STATUS_LINE.match(data)
        if line is None:
            return None
        end = _HEAD_END.search(data, line.end() - 2)
        if end is None:
            return None
        status = int(line[1])
        if 100 <= status <= 199:
            data = data[end.end() :]
            continue
        headers = tuple(_headers(data[line.end() : end.start()]))
        return _head(status, line[2] or b"", headers, data[end.end() :])


def _head(status: int, reason: bytes, headers: tuple[tuple[bytes, bytes], ...], body: bytes) -> Head:
    lengths = {value for name, value in headers if name.lower() == b"content-length"}
    chunked = any(name.lower() == b"transfer-encoding" for name, _ in headers)
    whole = False
    if len(lengths) == 1 and not chunked:
        (length,) = lengths
        if length.isdigit() and len(length) < 16:
            whole = len(body) >= int(length)
            body = body[: int(length)]
    elif chunked:
        body = b""
    return Head(status, reason.decode("latin-1")[:200], headers, body, whole)


def _headers(block: bytes) -> list[tuple[bytes, bytes]]:
    """Header lines that are some, in order; folded lines and lines without a name are left out."""
    found: list[tuple[bytes, bytes]] = []
    for line in re.split(rb"\r?\n", block)[:MOST_HEADERS]:
        name, colon, value = line.partition(b":")
        if colon and _NAME.fullmatch(name.rstrip()):
            found.append((name.rstrip(), value.strip(b" \t\r")))
    return found
