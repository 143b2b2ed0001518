"""From a final response to an answer: how closely to look is the probe's business."""

from collections.abc import Awaitable, Callable
from typing import assert_never

import httpx
from msgspec import Struct

from linkcheck.fetch.body import Read, Reader
from linkcheck.fetch.challenge import CLUES, READ_BYTES, REFUSALS, challenge_header, challenge_page, vendor_of
from linkcheck.fetch.options import Options
from linkcheck.fetch.requests import raw_of
from linkcheck.fetch.wire.body import Body
from linkcheck.images import FIRST_READ, More, Segment, measure
from linkcheck.model import Answer, ImageFacts, PageFacts, Probe
from linkcheck.pages import head_end, read_page
from linkcheck.urls import Url

KEPT_HEADERS = frozenset(
    {
        "etag",
        "last-modified",
        "refresh",
        "retry-after",
        "x-robots-tag",
    }
)
"""Of a good answer; the headers of `challenge.CLUES` are kept besides where an answer is none."""
CLUE_HEADERS = CLUES | {"date", "location", "proxy-authenticate", "www-authenticate"}

LONGEST_VALUE = 400
"""Characters kept of a header's value."""
SMALL_BODY = 4096
"""A page no longer than this may be nothing but a challenge, whatever its status."""
PAGE_FLOOR = 64 * 1024
"""Read this much of a page even when its head ends sooner: it costs no further packet, and keeps the connection."""

_NEEDED = frozenset({"content-type", "content-length", "content-encoding", "content-range", "link", "set-cookie"})
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_READ = {name.encode(): name for name in KEPT_HEADERS | CLUE_HEADERS | _NEEDED}

AskAgain = Callable[[str | None], Awaitable[httpx.Response]]
"""Asks the final URL again, with this Range (None: without any)."""


class Head(Struct):
    """The headers that matter, by name in lower case, the first of each; Link and Set-Cookie all of them.

    `length` is of the whole body in bytes, as it is sent; None if the server does not say.
    """

    status: int
    headers: dict[str, str]
    links: tuple[str, ...]
    cookies: list[str]
    media_type: str | None
    length: int | None


class Arrival(Struct):
    """A final response: where from, its head, and how to ask there again."""

    url: Url
    head: Head
    response: httpx.Response
    ask: AskAgain


def read_head(response: httpx.Response) -> Head:
    headers: dict[str, str] = {}
    links: list[str] = []
    cookies: list[str] = []
    for key, value in raw_of(response):
        name = _READ.get(key)
        if name is None:
            continue
        if name == "set-cookie":
            cookies.append(value.decode("latin-1"))
        elif name == "link":
            links.append(_text(value))
        elif name not in headers:
            headers[name] = _text(value)
    status = response.status_code
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()[:LONGEST_VALUE]
    return Head(status, headers, tuple(links[:50]), cookies, media_type or None, _length(status, headers))


def _length(status: int, headers: dict[str, str]) -> int | None:
    text = headers.get("content-range", "").rpartition("/")[2] if status == 206 else headers.get("content-length", "")
    return int(text) if text.isdigit() and text.isascii() and len(text) < 16 else None


def first_range(probe: Probe) -> str | None:
    return f"bytes=0-{FIRST_READ - 1}" if probe is Probe.IMAGE else None


def sketch(url: Url, head: Head) -> Answer:
    """The answer as far as the head tells: what remains true whatever becomes of the body."""
    good = head.status < 400
    names = KEPT_HEADERS if good else KEPT_HEADERS | CLUE_HEADERS
    return Answer(
        status=head.status,
        url=url.href,
        media_type=head.media_type,
        length=head.length,
        headers=tuple((name, value[:LONGEST_VALUE]) for name, value in head.headers.items() if name in names),
        challenge=challenge_header(head.headers),
        vendor=None if good and head.status not in REFUSALS else vendor_of(head.headers, head.cookies),
    )


def needs_body(probe: Probe, head: Head) -> bool:
    """Whether an answer without its body would say too little."""
    if not (200 <= head.status <= 299) or head.status == 204:
        return False
    return probe is Probe.IMAGE or (probe is Probe.PAGE and _is_page(head))


async def look(probe: Probe, arrival: Arrival, answer: Answer, options: Options) -> Answer:
    """Complete `answer` by what the body tells. Raises FetchError where a further request fails."""
    head = arrival.head
    if head.status in {204, 304}:
        return answer
    if needs_body(probe, head):
        match probe:
            case Probe.PAGE:
                return await _look_at_page(arrival, answer, options)
            case Probe.IMAGE:
                return await _look_at_image(arrival, answer, options)
            case Probe.STATUS:
                pass
            case _:
                assert_never(probe)
    if head.status >= 400 or head.status in REFUSALS:
        data = (await _reader(arrival.response, head).upto(READ_BYTES)).data
    elif head.length is not None and 0 < head.length <= SMALL_BODY and _is_page(head):
        here = _at_hand(arrival)
        data = (await _reader(arrival.response, head).upto(SMALL_BODY)).data if here is None else here
    else:
        return answer
    return _with(answer, challenge=answer.challenge or challenge_page(head.status, data))


def _at_hand(arrival: Arrival) -> bytes | None:
    """The body, where it came along with its head: most small ones do."""
    stream = arrival.response.stream
    return stream.whole() if isinstance(stream, Body) and "content-encoding" not in arrival.head.headers else None


async def _look_at_page(arrival: Arrival, answer: Answer, options: Options) -> Answer:
    head = arrival.head
    enough = _HeadEnd()
    read = await _reader(arrival.response, head).upto(options.page_bytes, enough)
    robots = head.headers.get("x-robots-tag")
    page = read_page(
        read.data,
        url=arrival.url.href,
        content_type=head.headers.get("content-type"),
        link_headers=head.links,
        robots_headers=(robots,) if robots else (),
        complete=read.complete,
    )
    challenge = answer.challenge or challenge_page(head.status, read.data[:READ_BYTES])
    # A head that was seen to end is all that was wanted of the page.
    defect = read.defect if enough.end is None or read.defect == "bad-encoding" else None
    return _with(answer, challenge=challenge, body=defect, page=page)


class _HeadEnd:
    """Says when enough of a page was read, looking at every byte once."""

    def __init__(self) -> None:
        self._looked = 0
        self.end: int | None = None

    def __call__(self, data: bytearray) -> bool:
        if self.end is None:
            self.end = head_end(data, self._looked)
            self._looked = len(data)
        return self.end is not None and len(data) >= PAGE_FLOOR


async def _look_at_image(arrival: Arrival, answer: Answer, options: Options) -> Answer:
    if arrival.head.status == 206 and not _starts_at(arrival.head, 0):
        await _again(arrival, None)
        answer = sketch(arrival.url, arrival.head)
        if arrival.head.status != 200:
            return answer
    head = arrival.head
    facts, read = await _measure(arrival, cap=options.image_bytes)
    challenge = answer.challenge
    if facts.format is None and _is_page(head):
        challenge = challenge or challenge_page(head.status, read.data[:READ_BYTES])
    settled = facts.format is not None and (facts.width is not None or facts.ratio is not None)
    return _with(answer, challenge=challenge, body=None if settled else read.defect, image=facts)


async def _measure(arrival: Arrival, *, cap: int) -> tuple[ImageFacts, Read]:
    """Grow the buffer as the image's format asks, by further ranges where the server has them, else from the stream."""
    ranged, whole = arrival.head.status == 206, arrival.head.length
    reader = _reader(arrival.response, arrival.head)
    read = await reader.upto(FIRST_READ)
    tail: Segment | None = None
    for _ in range(8):
        at_end = len(read.data) < FIRST_READ if whole is None else len(read.data) >= whole
        complete = read.defect is not None or (read.complete and (at_end or not ranged))
        facts = measure(read.data, complete=complete, tail=tail, seekable=ranged)
        if isinstance(facts, ImageFacts) or complete:
            break
        wanted = min(facts.upto, cap) if facts.at is None else facts.upto
        if not ranged:
            before = len(read.data)
            read = await reader.upto(wanted)
            if len(read.data) == before and not read.complete and read.defect is None:
                break
            continue
        start = len(read.data) if facts.at is None else facts.at
        stop = wanted if whole is None else min(wanted, whole)
        piece = await _piece(arrival, start, stop) if start < stop else b""
        if piece is None:
            read.defect = "incomplete"
        elif facts.at is None:
            read.data += piece
            if len(piece) < wanted - start:
                whole, read.complete = len(read.data), True
        else:
            tail = Segment(start, piece, complete=len(piece) < wanted - start)
    if isinstance(facts, More):
        facts = ImageFacts(format=None, not_image="truncated", bytes_read=len(read.data))
    return facts, read


async def _piece(arrival: Arrival, start: int, stop: int) -> bytes | None:
    """The bytes from `start` to `stop` (exclusive), fewer at the end of the file; None if the server gives others."""
    await _again(arrival, f"bytes={start}-{stop - 1}")
    if arrival.head.status != 206 or not _starts_at(arrival.head, start):
        return None
    read = await _reader(arrival.response, arrival.head).upto(stop - start)
    return read.data[: stop - start] if read.defect is None else None


async def _again(arrival: Arrival, wanted: str | None) -> None:
    await _close(arrival.response)
    arrival.response = await arrival.ask(wanted)
    arrival.head = read_head(arrival.response)


async def _close(response: httpx.Response) -> None:
    stream = response.stream
    if isinstance(stream, httpx.AsyncByteStream):
        await stream.aclose()


def _starts_at(head: Head, start: int) -> bool:
    """Whether Content-Range (RFC 9110, 14.4) says so; a 206 without one is taken to be what was asked for at 0."""
    value = head.headers.get("content-range")
    return value.replace("=", " ").lower().startswith(f"bytes {start}-") if value else start == 0


def _reader(response: httpx.Response, head: Head) -> Reader:
    return Reader(response, head.headers.get("content-encoding"))


def _is_page(head: Head) -> bool:
    return head.media_type is None or head.media_type in _HTML


def _with(
    answer: Answer,
    *,
    challenge: str | None,
    body: str | None = None,
    page: PageFacts | None = None,
    image: ImageFacts | None = None,
) -> Answer:
    if challenge is answer.challenge and body is None and page is None and image is None:
        return answer
    return Answer(
        status=answer.status,
        url=answer.url,
        media_type=answer.media_type,
        length=answer.length,
        headers=answer.headers,
        challenge=challenge,
        vendor=answer.vendor,
        body=body,
        image=image,
        page=page,
    )


def _text(value: bytes) -> str:
    """A header's value as text that any encoding can carry."""
    try:
        return value.decode("ascii")
    except UnicodeDecodeError:
        return value.decode("utf-8", "replace") if _is_utf8(value) else value.decode("latin-1")


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
