"""A web out of a file: every answer is written down (docs/reference/replay.md), nothing is asked."""

import asyncio
import base64
import binascii
import re
import tomllib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from fnmatch import translate
from html import escape

import httpx
import msgspec
from msgspec import Struct

from linkcheck.errors import UsageError
from linkcheck.fetch.exchange import Exchange
from linkcheck.fetch.failures import SENTENCES, FetchError, failure
from linkcheck.fetch.guard import Policy
from linkcheck.fetch.pictures import Picture, draw
from linkcheck.fetch.requests import Answered, RawHeaders, sent_by, url_of
from linkcheck.files import read_file
from linkcheck.images import MEDIA_TYPES
from linkcheck.misspelt import closest
from linkcheck.model import NOT_IN_REPLAY, Certificate, Failure, FailureKind
from linkcheck.urls import InvalidUrl, mask, parse_url

LARGEST_FILE = 32 << 20
_PATTERN = re.compile(r"[*\[]")
_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{1,15})?")


class Page(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What the head of a generated page says. `body` is HTML for its body."""

    title: str | None = None
    canonical: str | None = None
    amphtml: str | None = None
    amp: bool = False
    noindex: bool = False
    og_title: str | None = None
    og_url: str | None = None
    og_image: str | None = None
    published: str | None = None
    refresh: str | None = None
    lang: str | None = None
    login: bool = False
    body: str = ""


class Reply(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One answer, or one failure. At most one of `body`, `base64`, `image` and `page` says what the body is."""

    status: int = 200
    location: str | None = None
    type: str | None = None
    headers: dict[str, str | list[str]] = {}
    body: str | None = None
    base64: str | None = None
    image: Picture | None = None
    page: Page | None = None
    length: int | None = None
    ranges: bool = True
    truncated: bool = False
    delay: float = 0.0
    failure: str | None = None
    message: str | None = None
    address: str | None = None
    certificate_days: int | None = None


class Replay(httpx.AsyncBaseTransport):
    """Answers from a file. A URL that it does not hold is a failure of the kind `internal`, detail `not-in-replay`.

    Raises UsageError for a file that cannot be read or holds what it should not.
    """

    def __init__(self, path: str, policy: Policy) -> None:
        self._path = path
        self._policy = policy
        self._exact: dict[str, tuple[Reply, ...]] = {}
        self._patterns: list[tuple[re.Pattern[str], tuple[Reply, ...]]] = []
        self._asked: dict[str, int] = {}
        for key, replies in read_web(path).items():
            if _PATTERN.search(key):
                self._patterns.append((re.compile(translate(key)), replies))
            else:
                self._exact[_normal(key)] = replies
        self._patterns.sort(key=lambda row: -len(row[0].pattern))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = url_of(request)
        reply = self._next(url.href)
        if reply is None:
            message = f"{self._path} has no answer for {mask(url.href)}"
            raise FetchError(Failure(FailureKind.INTERNAL, NOT_IN_REPLAY, message))
        exchange = Exchange(url.host, 0.0)
        exchange.address = reply.address
        if reply.address is not None and (why := self._policy.address(reply.address)):
            raise FetchError(failure(FailureKind.REFUSED_BY_GUARD, "address", url.host, why), exchange=exchange)
        exchange.sent = 1
        exchange.certificate = _certificate(reply.certificate_days)
        if reply.delay > 0:
            await asyncio.sleep(reply.delay)
        if reply.failure is not None:
            raise FetchError(_failure(reply, url.host), exchange=exchange)
        wanted = next((value for name, value in sent_by(request) if name.lower() == "range"), None)
        status, headers, content = _answer(reply, wanted)
        broken = FetchError(failure(FailureKind.PROTOCOL, "framing", url.host)) if reply.truncated else None
        return Answered(status, headers, Content(content, broken), {"exchange": exchange})

    def _next(self, href: str) -> Reply | None:
        replies = self._find(href)
        if not replies:
            return None
        turn = self._asked.get(href, 0)
        if len(replies) > 1:
            self._asked[href] = turn + 1
        return replies[min(turn, len(replies) - 1)]

    def _find(self, href: str) -> tuple[Reply, ...]:
        # A recording holds masked URLs.
        for known in (href, mask(href)):
            if known in self._exact:
                return self._exact[known]
        return next((replies for pattern, replies in self._patterns if pattern.fullmatch(href)), ())


class Content(httpx.AsyncByteStream):
    """A body that is there at once, and ends in `error` if that is given."""

    def __init__(self, content: bytes, error: FetchError | None = None) -> None:
        self._content = content
        self._error = error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._content:
            yield self._content
        if self._error is not None:
            raise self._error


def read_web(path: str) -> dict[str, tuple[Reply, ...]]:
    """URL or pattern to its replies, in the order they are given. Raises UsageError."""
    try:
        data = read_file(path, most=LARGEST_FILE)
        if len(data) > LARGEST_FILE:
            raise UsageError(f"{path}: longer than {LARGEST_FILE >> 20} MiB, which no replay file is")
        tables = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: is not TOML: {error}") from None
    return {key: tuple(_replies(path, key, value)) for key, value in tables.items()}


def _replies(path: str, key: str, value: object) -> Sequence[Reply]:
    if "://" not in key:
        raise UsageError(
            f'{path}: {key!r} is not a URL; a table\'s name is a URL or a pattern such as "https://a.example/*"'
        )
    if isinstance(value, list) and not value:
        raise UsageError(f"{path}: {key}: has no answer")
    return [_reply(path, key, item) for item in (value if isinstance(value, list) else [value])]


def _reply(path: str, key: str, value: object) -> Reply:
    try:
        reply = msgspec.convert(value, Reply)
        _check(reply)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {key}: {_explain(str(error))}") from None
    except ValueError as error:
        raise UsageError(f"{path}: {key}: {error}") from None
    return reply


def _explain(error: str) -> str:
    """What msgspec says, with a likely name for an unknown one."""
    unknown = re.search(r"unknown field `([^`]*)`(?: - at `\$\.(\w+))?", error)
    if not unknown:
        return error
    inside = {"page": Page, "image": Picture}.get(unknown[2] or "", Reply)
    names = inside.__struct_encode_fields__
    close = closest(unknown[1], names, sure=True)
    return f"unknown key {unknown[1]!r}; " + (f"did you mean {close!r}?" if close else f"known are {', '.join(names)}")


def _check(reply: Reply) -> None:
    """Raises ValueError for what the types do not say."""
    bodies = [name for name in ("body", "base64", "image", "page") if getattr(reply, name) is not None]
    if len(bodies) > 1:
        raise ValueError(f"{' and '.join(bodies)} both say what the body is")
    if reply.failure is not None:
        if bodies or reply.location is not None:
            raise ValueError("a failure has no body and no location")
        _kind(reply.failure)
    if not 100 <= reply.status <= 999:
        raise ValueError(f"{reply.status} is no status")
    if reply.delay < 0:
        raise ValueError("a delay is a number of seconds from 0")
    _content(reply)


def _kind(text: str) -> tuple[FailureKind, str]:
    """`timeout`, `tls expired`: the kind, and the detail or the usual one."""
    name, _, detail = text.strip().partition(" ")
    known = {str(kind) for kind, _ in SENTENCES}
    if name not in known:
        raise ValueError(f"failure {name!r} is none of {', '.join(sorted(known))}")
    details = [word for kind, word in SENTENCES if kind == name]
    if detail and detail not in details:
        raise ValueError(f"failure {name!r} has no detail {detail!r}; it has {', '.join(details)}")
    return FailureKind(name), detail or _USUAL.get(name, details[0])


_USUAL = {"timeout": "total", "tls": "untrusted"}


def _failure(reply: Reply, host: str) -> Failure:
    kind, detail = _kind(reply.failure or "")
    usual = failure(kind, detail, host)
    return Failure(kind, detail, reply.message) if reply.message else usual


def _answer(reply: Reply, wanted: str | None) -> tuple[int, RawHeaders, bytes]:
    content, media_type = _content(reply)
    status = reply.status
    headers: list[tuple[str, str]] = []
    range_ = _RANGE.fullmatch(wanted) if wanted else None
    if range_ and reply.ranges and status == 200 and content:
        first, last = int(range_[1]), min(int(range_[2] or len(content)), len(content) - 1)
        if first > last:
            return 416, [(b"content-range", b"bytes */%d" % len(content))], b""
        headers.append(("Content-Range", f"bytes {first}-{last}/{len(content)}"))
        content, status = content[first : last + 1], 206
    if media_type:
        headers.append(("Content-Type", media_type))
    if reply.location is not None:
        headers.append(("Location", reply.location))
    headers.append(("Content-Length", str(len(content) if reply.length is None else reply.length)))
    own = {name.lower() for name in reply.headers}
    headers = [(name, value) for name, value in headers if name.lower() not in own]
    for name, value in reply.headers.items():
        headers.extend((name, each) for each in ([value] if isinstance(value, str) else value))
    return status, [(name.lower().encode("latin-1", "replace"), value.encode("utf-8")) for name, value in headers], content


def _content(reply: Reply) -> tuple[bytes, str | None]:
    """The body and its media type, which `type` overrides. Raises ValueError for a body that cannot be made."""
    if reply.image is not None:
        return draw(reply.image), reply.type or MEDIA_TYPES[reply.image.format][0]
    if reply.page is not None:
        return write_page(reply.page).encode(), reply.type or "text/html; charset=utf-8"
    if reply.base64 is not None:
        try:
            return base64.b64decode(reply.base64, validate=False), reply.type
        except binascii.Error as error:
            raise ValueError(f"base64 cannot be read: {error}") from None
    if reply.body is not None:
        return reply.body.encode(), reply.type or "text/html; charset=utf-8"
    if reply.location is not None or reply.status in {204, 304}:
        return b"", reply.type
    return b"<!doctype html><title></title>", reply.type or "text/html; charset=utf-8"


def write_page(page: Page) -> str:
    """The HTML of a page."""
    marks = (" amp" if page.amp else "") + (f' lang="{escape(page.lang)}"' if page.lang else "")
    metas = (
        ("property", "og:title", page.og_title),
        ("property", "og:url", page.og_url),
        ("property", "og:image", page.og_image),
        ("property", "article:published_time", page.published),
        ("name", "robots", "noindex" if page.noindex else None),
        ("http-equiv", "refresh", page.refresh),
    )
    lines = [f"<!doctype html>\n<html{marks}>\n<head>", '<meta charset="utf-8">']
    if page.title is not None:
        lines.append(f"<title>{escape(page.title)}</title>")
    for relation, url in (("canonical", page.canonical), ("amphtml", page.amphtml)):
        if url is not None:
            lines.append(f'<link rel="{relation}" href="{escape(url)}">')
    lines.extend(f'<meta {key}="{name}" content="{escape(value)}">' for key, name, value in metas if value is not None)
    if page.amp:
        lines.append('<script async src="https://cdn.ampproject.org/v0.js"></script>')
    form = '<form><input type="password" name="password"></form>' if page.login else ""
    return "\n".join([*lines, f"</head>\n<body>{form}{page.body}</body>\n</html>\n"])


def _certificate(days: int | None) -> Certificate | None:
    if days is None:
        return None
    ends = datetime.now(UTC) + timedelta(days=days, hours=1)
    return Certificate(issuer="Replayed CA", not_after=ends.strftime("%Y-%m-%dT%H:%M:%SZ"), days_left=days)


def _normal(url: str) -> str:
    try:
        return parse_url(url).href
    except InvalidUrl:
        return url
