"""The facts of a final response: its headers, and the answer as far as they tell."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from linkcheck.fetch.attempt.bot_wall import (
    CLUES,
    challenge_header,
    challenge_refresh,
    says_little,
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
"""Of a success; the headers of `challenge.CLUES` are kept besides where an answer is none."""
CLUE_HEADERS = CLUES | {"date", "location", "proxy-authenticate", "www-authenticate"}

LONGEST_VALUE = 400
"""Characters kept of a header's value."""
LONGEST_READ = 32 * 1024
"""Bytes read of one."""

_NEEDED = frozenset({"content-type", "content-length", "content-encoding", "content-range", "link", "set-cookie", "vary"})
_LISTS = frozenset({"content-encoding", "vary"})
"""Headers whose lines are one list (RFC 9110, section 5.3)."""
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_XML = frozenset({"text/xml", "application/xml"})
"""May be XHTML, or a feed."""
_READ = {name.encode(): name for name in KEPT_HEADERS | CLUE_HEADERS | _NEEDED}

RequestRange = Callable[[str, Deadline], Awaitable[RawResponse]]
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
    response: RawResponse
    deadline: Deadline
    ask: RequestRange | None = None
    so_far: Callable[[], Answer | None] | None = None


def read_facts(response: RawResponse) -> ResponseFacts:
    headers: dict[str, str] = {}
    links: list[str] = []
    cookies: list[str] = []
    for key, value in response.headers:
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
    status = response.status
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
