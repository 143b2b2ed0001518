"""Parses the head of a response as tolerantly as browsers do: a status line and header lines.

A well-formed head takes one regular expression; others are parsed line by line: lines that end in a bare line feed, folded
lines (RFC 9112, 5.2), spaces before the colon. A line without a colon, or with an invalid name, is ignored.

Nonstandard status lines (`HTTP/2 200`, `http/1.1 200`, a BOM before it) are parsed as in Chromium, and their connection is
never reused.
"""

import re
from enum import Enum

from msgspec import Struct, structs

MOST_HEAD_BYTES = 300 * 1024
"""Chromium accepts 256 KiB, in lines of any number and length; Firefox accepts more."""

Headers = list[tuple[bytes, bytes]]
"""Names in lower case, values stripped of white space, in the order received."""

_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]++"
_CLEAN = re.compile(
    rb"HTTP/1\.([01]) ([1-9][0-9][0-9])(?: [^\r\n]*+)?\r\n((?:" + _TOKEN + rb":[^\r\n]*+\r\n)*+)\r\n",
)
_STATUS_LINE = re.compile(rb"HTTP/1\.([01])[ \t]+([1-9][0-9][0-9])(?:[ \t][^\n]*+)?\r?\n")
_CODE = rb"[ \t]+0*+([1-9][0-9]{2,3})(?![0-9])"
_ODD_STATUS_LINE = re.compile(
    rb"[^\n]{0,4}?HTTP(?:/[^ \t\r\n]*+(?:" + _CODE + rb"|(?=[\r\n])|[ \t]++(?=[^0-9]))|" + _CODE + rb")[^\n]*+\n",
    re.IGNORECASE,
)
"""Up to `_SLACK` bytes before it, any version or none; without a code the status is 200."""
_SLACK = 4
"""Meaningless bytes before a status line that Chromium skips."""
_BLANK = b"\xef\xbb\xbf \t\r\n"
"""Bytes allowed before the markup of a page: a byte order mark and white space."""
_NAME = re.compile(_TOKEN)
_END = re.compile(rb"\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]++")
_LENGTH = re.compile(rb"[0-9]{1,15}")
_FRAMING = frozenset({b"content-length", b"transfer-encoding", b"connection"})


class HeadError(Exception):
    """The data is not the head of a response. `detail` is `not-http`, `headers` (malformed) or `too-large`."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Ending(Enum):
    """How the end of a body is determined (RFC 9112, 6.3)."""

    NONE = "none"
    """There is no body."""
    LENGTH = "length"
    CHUNKED = "chunked"
    CLOSE = "close"
    BROKEN = "broken"
    """Two lengths contradict each other: the body cannot be trusted."""


class ResponseHead(Struct, frozen=True):
    """`size` is the head's length in bytes. `length` is the body's, in bytes, if `ending` is by length.

    `keeps` means that the connection is reusable after the body.
    """

    status: int
    headers: Headers
    ending: Ending
    length: int
    keeps: bool
    size: int


def is_http(data: bytes | bytearray, *, strict: bool = False) -> bool:
    """Whether `data` is the beginning of a response, as far as it goes. `strict` allows nothing before the status line."""
    start = bytes(data[: _SLACK + 5]).upper()
    found = (start[at : at + 5] for at in range(1 if strict else _SLACK + 1))
    return any(b"HTTP/".startswith(piece) or b"HTTP ".startswith(piece) for piece in found)


def read_head(
    data: bytes | bytearray, looked: int = 0, *, strict: bool = False, headless: bool = False
) -> ResponseHead | None:
    """Parse the head at the beginning of `data`; None while it is incomplete.

    The first `looked` bytes do not contain its end. `strict` allows nothing before the status line. `headless` accepts a
    page without a head, as from servers before HTTP/1.0 and from broken scripts (only if it begins with `<`: other protocols
    have banners). Raises HeadError.
    """
    if not looked and (clean := _CLEAN.match(data)) is not None and clean.end() <= MOST_HEAD_BYTES:
        minor, status, block = clean.groups()
        headers = [(name.lower(), value.strip()) for name, _, value in map(_split_line, block.split(b"\r\n")[:-1])]
        return _head(int(status), headers, clean.end(), modern=minor == b"1")
    if not is_http(data, strict=strict):
        if headless and data.lstrip(_BLANK)[:1] == b"<":
            return ResponseHead(200, [], Ending.CLOSE, 0, keeps=False, size=0)
        raise HeadError("not-http")
    end = _END.search(data, max(0, looked - 2))
    if (len(data) if end is None else end.end()) > MOST_HEAD_BYTES:
        raise HeadError("too-large")
    if end is None:
        return None
    first = _STATUS_LINE.match(data)
    if first is not None:
        headers = _tolerant(bytes(data[first.end() : end.start() + 1]))
        return _head(int(first[2]), headers, end.end(), modern=first[1] == b"1")
    first = _ODD_STATUS_LINE.match(data)
    if first is None:
        raise HeadError("headers")
    headers = _tolerant(bytes(data[first.end() : end.start() + 1]))
    head = _head(int(first[1] or first[2] or b"200"), headers, end.end(), modern=False)
    return structs.replace(head, keeps=False)


def _split_line(line: bytes) -> tuple[bytes, bytes, bytes]:
    return line.partition(b":")


def _tolerant(block: bytes) -> Headers:
    headers: Headers = []
    for line in _FOLD.sub(b" ", block).split(b"\n")[:-1]:
        name, colon, value = line.partition(b":")
        name = name.rstrip(b" \t")
        if colon and _NAME.fullmatch(name):
            headers.append((name.lower(), value.strip(b" \t\r")))
    return headers


def _head(status: int, headers: Headers, size: int, *, modern: bool) -> ResponseHead:
    lengths: set[bytes] = set()
    codings: list[bytes] = []
    keeps, odd = modern, False
    for name, value in headers:
        if name not in _FRAMING:
            continue
        if name == b"content-length":
            for part in value.split(b","):  # `5, 5` is the result of a proxy that joins two equal lines
                number = part.strip()
                if _LENGTH.fullmatch(number):
                    lengths.add(number)
                else:  # not a number, so no length: browsers read to the end of the connection
                    odd = True
        elif name == b"transfer-encoding":
            named = (part.strip().lower() for part in value.split(b","))
            codings += [coding for coding in named if coding not in {b"", b"identity"}]
        else:
            tokens = {token.strip() for token in value.lower().split(b",")}
            keeps = b"close" not in tokens and (modern or b"keep-alive" in tokens)
    keeps = keeps and not odd
    ending, length = Ending.CLOSE, 0
    if status < 200 or status in {204, 304}:
        # Allowed for 304 (RFC 9110, 8.6), and a body that is sent nevertheless would be parsed as the next response.
        ending, keeps = Ending.NONE, keeps and not codings and not any(map(int, lengths))
    elif b"chunked" in codings:
        # Both a coding and a length is a sign of request smuggling (RFC 9112, 6.1): read it, and never reuse the connection.
        ending, keeps = Ending.CHUNKED, keeps and modern and not lengths and codings[-1] == b"chunked"
    elif len(lengths) > 1:
        ending = Ending.BROKEN
    elif lengths:
        ending, length, keeps = Ending.LENGTH, int(lengths.pop()), keeps and not codings
    ends_with_it = ending is Ending.CLOSE or ending is Ending.BROKEN
    return ResponseHead(status, headers, ending, length, keeps and not ends_with_it, size)
