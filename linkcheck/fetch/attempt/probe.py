"""From a final response to an answer: how closely to look is the probe's business."""

import re
from collections.abc import Awaitable, Callable
from typing import assert_never

import httpx
import msgspec
from msgspec import Struct

from linkcheck.fetch.attempt.bot_wall import (
    ACCEPTED,
    CLUES,
    READ_BYTES,
    challenge_header,
    challenge_of,
    challenge_refresh,
    fails_itself,
    says_little,
    vendor_of,
)
from linkcheck.fetch.http.body_reader import Reader
from linkcheck.fetch.http.body_stream import BodyStream
from linkcheck.fetch.http.deadline import Deadline
from linkcheck.fetch.http.messages import raw_of
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Answer, ImageFacts, PageFacts, Probe
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
"""Of a success; the headers of `challenge.CLUES` are kept besides where an answer is none."""
CLUE_HEADERS = CLUES | {"date", "location", "proxy-authenticate", "www-authenticate"}

LONGEST_VALUE = 400
"""Characters kept of a header's value."""
LONGEST_READ = 32 * 1024
"""Bytes read of one."""
SMALL_BODY = 4096
"""A page no longer than this may be nothing but a challenge, whatever its status."""

_NEEDED = frozenset({"content-type", "content-length", "content-encoding", "content-range", "link", "set-cookie", "vary"})
_LISTS = frozenset({"content-encoding", "vary"})
"""Headers whose lines are one list (RFC 9110, section 5.3)."""
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_XML = frozenset({"text/xml", "application/xml"})
"""May be XHTML, or a feed."""
_DOUBTFUL = re.compile(
    r"image/.+|text/(?:javascript|json)|application/(?:.*json|javascript|(?:rss|atom|rdf)(?:\+xml)?|x?-?gzip|(?:x-)?zip.*)"
    r"|(?:application|binary)/(?:octet-stream|x-binary|(?:x-)?(?:force-)?download)"
)
"""Declared for pages and documents as well, by servers that are set up wrong."""
_READ = {name.encode(): name for name in KEPT_HEADERS | CLUE_HEADERS | _NEEDED}

RequestRange = Callable[[str, Deadline], Awaitable[httpx.Response]]
"""Asks the final URL again, with this Range and within this deadline."""


class RangeRefusedError(Exception):
    """What came of a Range is of no use: the target is to be requested without one."""


class ResponseFacts(Struct):
    """The headers that matter, by name in lower case, the first of each, but all of `_LISTS`, Link and Set-Cookie.

    `cookies` are decoded so that they can go back as the bytes they came as (`cookies`).
    `length` is of the whole body in bytes, as it is sent; None if the server does not say.
    """

    status: int
    headers: dict[str, str]
    links: tuple[str, ...]
    cookies: list[str]
    media_type: str | None
    length: int | None


class FinalResponse(Struct):
    """A final response: where from, its head, the deadline, and how to ask there for further parts.

    `ask` is None where the request had no Range, so that no part but this is to be had. `so_far` is the answer by what has
    come of a body that is needed, None where that says nothing: for a deadline that strikes while it is read.
    """

    url: Url
    head: ResponseFacts
    response: httpx.Response
    deadline: Deadline
    ask: RequestRange | None = None
    so_far: Callable[[], Answer | None] | None = None


def read_facts(response: httpx.Response) -> ResponseFacts:
    headers: dict[str, str] = {}
    links: list[str] = []
    cookies: list[str] = []
    for key, value in raw_of(response):
        name = _READ.get(key)
        if name is None:
            continue
        value = value[:LONGEST_READ]  # noqa: PLW2901 - nothing below wants more
        if name == "set-cookie":
            cookies.append(value.decode("utf-8", "surrogateescape"))
        elif name == "link":
            links.append(_text(value))
        elif name not in headers:
            headers[name] = _text(value)
        elif name in _LISTS:
            headers[name] += f",{_text(value)}"
    status = response.status_code
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()[:LONGEST_VALUE]
    return ResponseFacts(status, headers, tuple(links[:50]), cookies, media_type or None, _length(status, headers))


def _length(status: int, headers: dict[str, str]) -> int | None:
    text = headers.get("content-range", "").rpartition("/")[2] if status == 206 else headers.get("content-length", "")
    return int(text) if text.isdigit() and text.isascii() and len(text) < 16 else None


def first_range(probe: Probe) -> str | None:
    """The Range that the first request for a target has."""
    if probe is not Probe.IMAGE:
        return None
    from linkcheck.images import FIRST_READ  # a dozen formats, which pages can do without

    return f"bytes=0-{FIRST_READ - 1}"


def refuses_range(head: ResponseFacts) -> bool:
    """Whether the answer to a Range may be another without it.

    Not where the server wants fewer requests (429, or 503 with a time) or shows a bot wall: there the answer stands.
    """
    if head.status == 206:
        return (head.media_type or "").startswith("multipart/")
    wants_rest = head.status == 429 or (head.status == 503 and "retry-after" in head.headers)
    return head.status >= 400 and not wants_rest and challenge_header(head.headers) is None


def is_for_range(answer: Answer, *, conditional: bool) -> bool:
    """Whether the answer to a request with a Range counts: an image, or what would be the same without a Range.

    That is what asks for a rest (429, or 503 with a time), a bot wall, and the 304 that a `conditional` request allows.
    """
    if 200 <= answer.status < 300 and (image := answer.image) is not None and image.format is not None:
        return answer.body is None
    return answer.challenge is not None or answer.status >= 400 or (conditional and answer.status == 304)


def answer_from_headers(url: Url, head: ResponseFacts) -> Answer:
    """The answer as far as the head tells: what remains true whatever becomes of the body."""
    good = not says_little(head.status)
    names = KEPT_HEADERS if good and head.status < 300 else KEPT_HEADERS | CLUE_HEADERS
    return Answer(
        status=head.status,
        url=url.href,
        media_type=head.media_type,
        length=head.length,
        headers=tuple((name, value[:LONGEST_VALUE]) for name, value in head.headers.items() if name in names),
        challenge=challenge_header(head.headers) or challenge_refresh(url, head.headers.get("refresh")),
        vendor=None if good else vendor_of(head.headers, head.cookies),
    )


def needs_body(probe: Probe, head: ResponseFacts) -> bool:
    """Whether an answer without its body would say too little."""
    if not (200 <= head.status <= 299) or head.status == 204:
        return False
    return probe is Probe.IMAGE or (probe is Probe.PAGE and (is_page(head) or head.media_type in _XML))


async def complete_answer(probe: Probe, final: FinalResponse, answer: Answer, options: FetchOptions) -> Answer:
    """Complete `answer` by what the body tells. Raises FetchError where a further request fails, RangeRefusedError."""
    head = final.head
    if head.status in {204, 304}:
        return answer
    if needs_body(probe, head):
        match probe:
            case Probe.PAGE:
                from linkcheck.fetch.attempt.page_probe import probe_page

                return await probe_page(final, answer, options)
            case Probe.IMAGE:
                from linkcheck.fetch.attempt.image_probe import probe_image

                return await probe_image(final, answer, options)
            case Probe.STATUS:
                pass
            case _:
                assert_never(probe)
    if probe is Probe.PAGE and 200 <= head.status <= 299 and _DOUBTFUL.fullmatch(head.media_type or ""):
        from linkcheck.pages import readable_content

        content = readable_content((await reader_of(final.response, head).upto(READ_BYTES, _at_once)).data)
        return (
            answer
            if content is None
            else with_body_facts(answer, challenge=answer.challenge, page=PageFacts(content=content))
        )
    if says_little(head.status):
        data = (await reader_of(final.response, head).upto(READ_BYTES, _at_once)).data
        if answer.vendor is not None and fails_itself(data):
            answer = msgspec.structs.replace(answer, vendor=None)
        if head.status == ACCEPTED and not data:
            return with_body_facts(answer, challenge=challenge_of(answer, data), body="empty")
    elif head.length is not None and 0 < head.length <= SMALL_BODY and is_page(head):
        here = _at_hand(final)
        data = (await reader_of(final.response, head).upto(SMALL_BODY, _at_once)).data if here is None else here
    else:
        return answer
    return with_body_facts(answer, challenge=challenge_of(answer, data))


def _at_hand(final: FinalResponse) -> bytes | None:
    """The body, where it came along with its head: most small ones do."""
    stream = final.response.stream
    return stream.whole() if isinstance(stream, BodyStream) and "content-encoding" not in final.head.headers else None


def _at_once(_data: bytearray) -> bool:
    """The status says enough: the body may add who refuses."""
    return True


async def close(response: httpx.Response) -> None:
    stream = response.stream
    if isinstance(stream, httpx.AsyncByteStream):
        await stream.aclose()


def reader_of(response: httpx.Response, head: ResponseFacts) -> Reader:
    return Reader(response, head.headers.get("content-encoding"))


def is_page(head: ResponseFacts) -> bool:
    return head.media_type is None or head.media_type in _HTML


def with_body_facts(
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
