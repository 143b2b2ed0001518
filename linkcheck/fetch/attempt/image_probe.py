"""The image probe: reads an image's format and size from as few bytes as its format allows."""

from msgspec.structs import replace

from linkcheck.fetch.attempt.bot_wall import challenge_of
from linkcheck.fetch.attempt.response import (
    FinalResponse,
    RangeRefusedError,
    ResponseFacts,
    is_page,
    read_facts,
    reader_of,
    with_body_facts,
)
from linkcheck.fetch.http.body_reader import Read, Reader
from linkcheck.fetch.http.failures import FetchError, no_answer_within
from linkcheck.fetch.options import FetchOptions
from linkcheck.images import FIRST_READ, More, Segment, measure
from linkcheck.images.svg import GZIP
from linkcheck.model import UNOFFERED_ENCODING, Answer, ImageFacts, PageFacts

ENCODING_DEFECTS = ("bad-encoding", UNOFFERED_ENCODING)
"""Prefixes of `Read.defect` where nothing is known about the bytes themselves."""
SHARE = 1 / 3
"""The part of the remaining time for a further range; the rest is for the whole file, if the range fails."""


async def probe_image(final: FinalResponse, answer: Answer, options: FetchOptions) -> Answer:
    """Add the facts in the image's bytes to `answer`.

    Raises FetchError if a further request fails, RangeRefusedError if the server sent the first part and refuses another.
    """
    final.so_far = _nothing
    head = final.head
    if head.status == 206 and not _starts_at(head, 0):
        if final.request_range is not None:
            raise RangeRefusedError
        return answer
    facts, reader = await _measure(final, answer, cap=options.image_bytes)
    complete = _with_facts(answer, head, facts, reader.read)
    if facts.not_image != "html" or not is_page(head) or complete.challenge is not None:
        return complete
    final.so_far = lambda: complete
    return replace(complete, page=await _page(final, reader, options))


async def _page(final: FinalResponse, reader: Reader, options: FetchOptions) -> PageFacts:
    """The facts of a page found instead of an image: a link to the page may have the same URL, and each URL is requested
    once.
    """
    from linkcheck.fetch.attempt.page_probe import PAGE_FLOOR, HeadEnd, page_of

    enough = HeadEnd(final)
    enough(bytearray(reader.read.data))
    return page_of(final, await reader.upto(options.page_bytes, enough, at_best=PAGE_FLOOR))


def _nothing() -> Answer | None:
    return None


def _partial_answer(answer: Answer, head: ResponseFacts, read: Read) -> Answer | None:
    """The answer for an image that did not arrive in time, from the bytes that did; None if there are none."""
    if not read.data:
        return None
    read.defect = "incomplete"
    facts = measure(read.data, complete=True)
    return _with_facts(answer, head, facts, read) if isinstance(facts, ImageFacts) else None


def _with_facts(answer: Answer, head: ResponseFacts, facts: ImageFacts, read: Read) -> Answer:
    challenge = answer.challenge
    if facts.format == "svg" and read.data.startswith(GZIP):
        facts = ImageFacts(format=None, not_image="svgz", bytes_read=facts.bytes_read)
    if facts.format is None and (is_page(head) or facts.not_image == "html"):
        challenge = challenge_of(answer, read.data)
    settled = facts.format is not None and (facts.width is not None or facts.ratio is not None)
    unread = facts.format is None and read.defect is not None and read.defect.startswith(ENCODING_DEFECTS)
    body, image = (None if settled else read.defect), (None if unread else facts)
    return with_body_facts(answer, challenge=challenge, body=body, image=image)


async def _measure(final: FinalResponse, answer: Answer, *, cap: int) -> tuple[ImageFacts, Reader]:
    """Fill the buffer as the format requires, from further ranges if the server supports them, else from the stream."""
    ranged, whole = final.head.status == 206 and final.request_range is not None, final.head.length
    reader = _reader(final, answer)
    read = await reader.upto(FIRST_READ, _Measurable(seekable=ranged), at_best=FIRST_READ)
    tail: Segment | None = None
    for _ in range(8):
        at_end = len(read.data) < FIRST_READ if whole is None else len(read.data) >= whole
        complete = read.defect is not None or (read.complete and (at_end or not ranged))
        facts = measure(read.data, complete=complete, tail=tail, seekable=ranged)
        if isinstance(facts, ImageFacts) or complete:
            break
        wanted = min(facts.upto, cap) if facts.at is None else facts.upto
        if not ranged:
            read = await reader.upto(wanted, _Measurable(seekable=ranged), at_best=wanted)
            continue
        start = len(read.data) if facts.at is None else facts.at
        stop = wanted if whole is None else min(wanted, whole)
        piece = await _piece(final, start, stop) if start < stop else b""
        if piece is None or (whole is not None and len(piece) < stop - start):
            raise RangeRefusedError
        if facts.at is None:
            read.data += piece
            if len(piece) < wanted - start:
                whole, read.complete = len(read.data), True
        else:
            tail = Segment(start, piece, complete=len(piece) < wanted - start)
    if isinstance(facts, More):
        facts = ImageFacts(format=None, not_image="truncated", bytes_read=len(read.data))
    return facts, reader


def _reader(final: FinalResponse, answer: Answer) -> Reader:
    """A reader from the image's first byte; the bytes that it has at the deadline are used."""
    head = final.head
    reader = reader_of(final.response, head)
    final.so_far = lambda: _partial_answer(answer, head, reader.read)
    return reader


class _Measurable:
    """Decides whether the bytes so far are enough, with a new attempt after each growth by a fiftieth."""

    def __init__(self, *, seekable: bool) -> None:
        self._seekable = seekable
        self._next = 1

    def __call__(self, data: bytearray) -> bool:
        if len(data) < self._next:
            return False
        self._next = len(data) + len(data) // 50 + 1
        return isinstance(measure(bytes(data), complete=False, seekable=self._seekable), ImageFacts)


async def _piece(final: FinalResponse, start: int, stop: int) -> bytes | None:
    """The bytes from `start` to `stop` (exclusive), fewer at the end of the file; None if the server sends others."""
    if final.request_range is None:
        return None
    limit, response = final.deadline.part(SHARE), None
    try:
        async with limit:
            await final.response.body.aclose()
            response = final.response = await final.request_range(f"bytes={start}-{stop - 1}", limit)
            head = read_facts(response)
            if head.status != 206 or not _starts_at(head, start):
                return None
            read = await reader_of(response, head).upto(stop - start)
            return read.data[: stop - start] if read.defect is None else None
    except TimeoutError:
        if not limit.expired:
            raise
        if response is None:
            raise FetchError(no_answer_within(limit.seconds, final.url.host)) from None
        return None


def _starts_at(head: ResponseFacts, start: int) -> bool:
    """Whether Content-Range (RFC 9110, 14.4) begins at `start`; a 206 without the header counts as beginning at 0."""
    value = head.headers.get("content-range")
    return value.replace("=", " ").lower().startswith(f"bytes {start}-") if value else start == 0
