"""Reads the head of an answer, as tolerant as browsers are: a status line and what follows of header lines.

What is well-formed takes one regular expression; the rest is read line by line: lines that end in a bare line feed,
folded lines (RFC 9112, 5.2), spaces before the colon. A line without a colon, or with a name that is none, is left out.
"""

import re
from enum import Enum

from msgspec import Struct

MOST_LINE_BYTES = 32 * 1024
MOST_HEADERS = 512
MOST_HEAD_BYTES = 300 * 1024
"""512 headers of 32 KiB would be 16 MiB."""

Headers = list[tuple[bytes, bytes]]
"""Names in lower case, values without the white space around them, in the order they came."""

_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]++"
_CLEAN = re.compile(
    rb"HTTP/1\.([01]) ([1-9][0-9][0-9])(?: [^\r\n]*+)?\r\n((?:" + _TOKEN + rb":[^\r\n]*+\r\n)*+)\r\n",
)
_STATUS_LINE = re.compile(rb"HTTP/([0-9])\.([0-9])[ \t]+([1-9][0-9][0-9])(?:[ \t][^\n]*+)?\r?\n")
_NAME = re.compile(_TOKEN)
_END = re.compile(rb"\n\r?\n")
_LENGTH = re.compile(rb"[0-9]{1,15}")
_FRAMING = frozenset({b"content-length", b"transfer-encoding", b"connection"})


class HeadError(Exception):
    """What came is no head of an answer. `detail` is `not-http`, `headers` (malformed) or `too-large`."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Ending(Enum):
    """How the end of a body is told (RFC 9112, 6.3)."""

    NONE = "none"
    """There is no body."""
    LENGTH = "length"
    CHUNKED = "chunked"
    CLOSE = "close"
    BROKEN = "broken"
    """The headers contradict themselves about its length: whatever comes is not to be trusted."""


class Head(Struct, frozen=True):
    """`size` is how many bytes the head took. `length` is the body's, in bytes, where `ending` is by length.

    `keeps` says that the connection may be used again once the body is over.
    """

    status: int
    headers: Headers
    ending: Ending
    length: int
    keeps: bool
    size: int


def is_http(data: bytes | bytearray) -> bool:
    """Whether `data` is how an answer begins, as far as it goes."""
    return data.startswith(b"HTTP/"[: len(data)])


def read_head(data: bytes | bytearray, looked: int = 0) -> Head | None:
    """The head that `data` begins with, None while it is incomplete; its first `looked` bytes hold no end of it.

    Raises HeadError.
    """
    if not looked and (clean := _CLEAN.match(data)) is not None and clean.end() <= MOST_LINE_BYTES:
        minor, status, block = clean.groups()
        headers = [(name.lower(), value.strip()) for name, _, value in map(_parted, block.split(b"\r\n")[:-1])]
        return _head(int(status), headers, clean.end(), modern=minor == b"1")
    if not is_http(data):
        raise HeadError("not-http")
    end = _END.search(data, max(0, looked - 2))
    if end is None:
        if len(data) > MOST_HEAD_BYTES:
            raise HeadError("too-large")
        return None
    first = _STATUS_LINE.match(data)
    if first is None:
        raise HeadError("headers")
    major, minor, status = first.groups()
    headers = _tolerant(bytes(data[first.end() : end.start() + 1]))
    return _head(int(status), headers, end.end(), modern=(major, minor) >= (b"1", b"1"))


def _parted(line: bytes) -> tuple[bytes, bytes, bytes]:
    return line.partition(b":")


def _tolerant(block: bytes) -> Headers:
    headers: Headers = []
    for line in block.split(b"\n")[:-1]:
        if len(line) > MOST_LINE_BYTES:
            raise HeadError("too-large")
        if line[:1] in {b" ", b"\t"} and headers:
            name, value = headers.pop()
            headers.append((name, (value + b" " + line.strip())[:MOST_LINE_BYTES]))
            continue
        name, colon, value = line.partition(b":")
        name = name.rstrip(b" \t")
        if colon and _NAME.fullmatch(name):
            headers.append((name.lower(), value.strip(b" \t\r")))
    return headers


def _head(status: int, headers: Headers, size: int, *, modern: bool) -> Head:
    if len(headers) > MOST_HEADERS or size > MOST_HEAD_BYTES:
        raise HeadError("too-large")
    length: bytes | None = None
    codings: list[bytes] = []
    broken = False
    keeps = modern
    for name, value in headers:
        if name not in _FRAMING:
            continue
        if name == b"content-length":
            for part in value.split(b","):  # `5, 5` is what a proxy makes of two lines that agree
                said = part.strip()
                broken = broken or not _LENGTH.fullmatch(said) or (length is not None and said != length)
                length = said
        elif name == b"transfer-encoding":
            named = (part.strip().lower() for part in value.split(b","))
            codings += [coding for coding in named if coding not in {b"", b"identity"}]
        else:
            tokens = {token.strip() for token in value.lower().split(b",")}
            keeps = b"close" not in tokens and (modern or b"keep-alive" in tokens)
    ending, size_of_body = Ending.CLOSE, 0
    if status < 200 or status in {204, 304}:
        # Allowed for 304 (RFC 9110, 8.6), and a body that comes all the same would be taken for the next answer.
        announced = bool(codings) or broken or (length is not None and int(length) > 0)
        ending, keeps = Ending.NONE, keeps and status != 101 and not announced
    elif codings:
        # Both a coding and a length is how requests are smuggled (RFC 9112, 6.1): read, and never trusted again.
        keeps = keeps and length is None and modern
        if codings[-1] == b"chunked":
            ending = Ending.CHUNKED
    elif broken:
        ending = Ending.BROKEN
    elif length is not None:
        ending, size_of_body = Ending.LENGTH, int(length)
    ends_with_it = ending is Ending.CLOSE or ending is Ending.BROKEN
    return Head(status, headers, ending, size_of_body, keeps and not ends_with_it, size)
