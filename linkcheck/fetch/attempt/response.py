"""The facts of a final response: its headers, and the part of the answer that follows from them."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from linkcheck.fetch.attempt.bot_wall import (
    CLUES,
    challenge_header,
    challenge_refresh,
    may_be_wall,
    vendor_of,
)
from linkcheck.fetch.http.body_reader import Reader
from linkcheck.fetch.http.deadline import Deadline
from linkcheck.fetch.http.messages import RawResponse
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
"""For a success; the headers in `bot_wall.CLUES` are kept in addition for a refusal."""
CLUE_HEADERS = CLUES | {"date", "location", "proxy-authenticate", "www-authenticate"}

LONGEST_VALUE = 400
"""Characters kept per header value."""
LONGEST_READ = 32 * 1024
"""Bytes parsed per header value."""

_NEEDED = frozenset({"content-type", "content-length", "content-encoding", "content-range", "link", "set-cookie", "vary"})
_LISTS = frozenset({"content-encoding", "vary"})
"""Headers whose lines form one list (RFC 9110, section 5.3)."""
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_XML = frozenset({"text/xml", "application/xml"})
"""Can be XHTML or a feed."""
_READ = {name.encode(): name for name in KEPT_HEADERS | CLUE_HEADERS | _NEEDED}

RequestRange = Callable[[str, Deadline], Awaitable[RawResponse]]
"""Requests the final URL again, with this Range and this deadline."""


class RangeRefusedError(Exception):
    """The response to a Range is unusable: request the target without one."""


class ResponseFacts(Struct):
    """The relevant headers by lower-case name: the first line of each, but all lines of `_LISTS`, Link and Set-Cookie.

    `cookies` are decoded so that they can be sent back byte for byte (module `cookies`). `length` is that of the whole
    encoded body in bytes, None if unknown.
    """

    status: int
    headers: dict[str, str]
    links: tuple[str, ...]
    cookies: list[str]
    media_type: str | None
    length: int | None


class FinalResponse(Struct):
    """A final response with its deadline and a way to request further ranges.

    `request_range` is None if the request had no Range. `so_far` is the answer from the part of the body
    read so far, None if it is not enough; used when the deadline expires during reading.
    """

    url: Url
    head: ResponseFacts
    response: RawResponse
    deadline: Deadline
    request_range: RequestRange | None = None
    so_far: Callable[[], Answer | None] | None = None


def read_facts(response: RawResponse) -> ResponseFacts:
    headers: dict[str, str] = {}
    links: list[str] = []
    cookies: list[str] = []
    for key, value in response.headers:
        name = _READ.get(key)
        if name is None:
            continue
        value = value[:LONGEST_READ]  # noqa: PLW2901 - nothing below needs more
        if name == "set-cookie":
            cookies.append(value.decode("utf-8", "surrogateescape"))
        elif name == "link":
            links.append(_text(value))
        elif name not in headers:
            headers[name] = _text(value)
        elif name in _LISTS:
            headers[name] += f",{_text(value)}"
    status = response.status
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()[:LONGEST_VALUE]
    return ResponseFacts(status, headers, tuple(links[:50]), cookies, media_type or None, _length(status, headers))


def _length(status: int, headers: dict[str, str]) -> int | None:
    text = headers.get("content-range", "").rpartition("/")[2] if status == 206 else headers.get("content-length", "")
    return int(text) if text.isdigit() and text.isascii() and len(text) < 16 else None


def first_range(probe: Probe) -> str | None:
    """The Range of the first request for a target."""
    if probe is not Probe.IMAGE:
        return None
    from linkcheck.images import FIRST_READ  # a dozen formats that a crawl of pages does not need

    return f"bytes=0-{FIRST_READ - 1}"


def refuses_range(head: ResponseFacts) -> bool:
    """Whether the response may be different without Range.

    Not where the server wants fewer requests (429, or 503 with Retry-After) or shows a bot wall: that answer is final.
    """
    if head.status == 206:
        return (head.media_type or "").startswith("multipart/")
    wants_rest = head.status == 429 or (head.status == 503 and "retry-after" in head.headers)
    return head.status >= 400 and not wants_rest and challenge_header(head.headers) is None


def is_for_range(answer: Answer, *, conditional: bool) -> bool:
    """Whether a response to a Range counts: an image, or one that would be the same without Range.

    The latter are a wish for fewer requests (429, or 503 with Retry-After), a bot wall, and the 304 to a `conditional`
    request.
    """
    if 200 <= answer.status < 300 and (image := answer.image) is not None and image.format is not None:
        return answer.body is None
    return answer.challenge is not None or answer.status >= 400 or (conditional and answer.status == 304)


def answer_from_headers(url: Url, head: ResponseFacts) -> Answer:
    """The part of the answer that is valid whatever happens to the body."""
    good = not may_be_wall(head.status)
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
    """Whether the answer is insufficient without its body."""
    if not (200 <= head.status <= 299) or head.status == 204:
        return False
    return probe is Probe.IMAGE or (probe is Probe.PAGE and (is_page(head) or head.media_type in _XML))


def reader_of(response: RawResponse, head: ResponseFacts) -> Reader:
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
    """A header's value as text that every encoding supports."""
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
