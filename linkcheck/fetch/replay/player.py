"""Replays responses from a file (docs/reference/replay.md) instead of making requests."""

import asyncio
import base64
import binascii
import re
import tomllib
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from fnmatch import translate
from html import escape

import msgspec
from msgspec import Struct

from linkcheck.did_you_mean import closest
from linkcheck.errors import UsageError
from linkcheck.fetch.attempt.soft_404 import ALWAYS_THE_SAME
from linkcheck.fetch.http.address_guard import Policy
from linkcheck.fetch.http.failures import SENTENCES, FetchError, failure
from linkcheck.fetch.http.messages import OutgoingRequest, RawHeaders, RawResponse
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.replay.placeholder_images import ImageSpec, encode_placeholder
from linkcheck.fetch.replay.secret_placeholders import SecretPlaceholders, secrets_of
from linkcheck.files import read_file
from linkcheck.images import FIRST_READ, MEDIA_TYPES
from linkcheck.model import NOT_IN_REPLAY, Certificate, Failure, FailureKind, Target
from linkcheck.timestamps import timestamp_of
from linkcheck.urls import MASK, InvalidUrl, mask, parse_url

LARGEST_FILE = 256 << 20
RECORDING = "recording"
"""The table that identifies a file as a recording."""
VERSION = 1
"""The format version of recordings; a newer one may have another meaning."""
MOST_ATTEMPTS = 100
LONGEST_PART = 1 << 20
"""Bytes of a response to a Range."""
_SPACES = b" " * (64 << 10)
_PATTERN = re.compile(r"[*\[]")
_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{1,15})?")


class ReplayedPage(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The contents of a generated page's head. `json_ld` is the text of a block, `body` HTML for the body."""

    title: str | None = None
    canonical: str | None = None
    amphtml: str | None = None
    amp: bool = False
    noindex: bool = False
    og_title: str | None = None
    og_url: str | None = None
    og_image: str | None = None
    twitter_image: str | None = None
    json_ld: str | None = None
    published: str | None = None
    refresh: str | None = None
    lang: str | None = None
    login: bool = False
    body: str = ""


class ReplayedAnswer(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One response or failure. At most one of `body`, `base64`, `image` and `page` is set."""

    status: int = 200
    location: str | None = None
    type: str | None = None
    headers: dict[str, str | list[str]] = {}
    body: str | None = None
    base64: str | None = None
    image: ImageSpec | None = None
    page: ReplayedPage | None = None
    length: int | None = None
    ranges: bool = True
    truncated: bool = False
    longer: bool = False
    delay: float = 0.0
    failure: str | None = None
    message: str | None = None
    address: str | None = None
    certificate_days: int | None = None
    certificate_ends: str | None = None
    certificate_lifetime: int | None = None
    chunked: bool = False
    latin_1: bool = False
    for_link: str | None = None
    attempts: int | None = None


class Recording(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The metadata of a recording. `secret_links` are the links with secrets, in the order of their real URLs."""

    version: int
    secret_links: tuple[str, ...] = ()


Web = dict[str, tuple[ReplayedAnswer, ...]]


class Replay:
    """Responds from a file. A URL that the file does not contain is a failure of the kind `internal`, detail
    `not-in-replay`.

    `recording` is None for a file that was written by hand. Raises UsageError for an unreadable or invalid file.
    """

    def __init__(self, path: str, policy: Policy) -> None:
        self._path = path
        self._policy = policy
        self._exact: Web = {}
        self._masked: dict[str, str] = {}
        self._impossible: dict[tuple[str, str], str] = {}
        self._patterns: list[tuple[re.Pattern[str], tuple[ReplayedAnswer, ...]]] = []
        self._turns: dict[tuple[str, str], int] = {}
        self._disguise = SecretPlaceholders()
        web, self.recording = _read(path)
        for key, replies in web.items():
            url = _normal(key)
            if _is_pattern(key, recorded=self.recording is not None):
                self._patterns.append((re.compile(translate(key)), replies))
            else:
                self._exact[url] = replies
                self._masked.setdefault(mask(url), url)
                if url.endswith(f"/{ALWAYS_THE_SAME}"):
                    made_up = parse_url(url)
                    self._impossible.setdefault((made_up.host, made_up.path), url)
        self._patterns.sort(key=lambda row: -len(row[0].pattern))

    async def send(self, request: OutgoingRequest) -> RawResponse:
        url, attempt = request.url, request.attempt
        link = url.href if attempt is None else attempt.target.url
        reply = self._next(url.href, link)
        if reply is None:
            message = f"{self._path} has no response for {mask(url.href)}"
            raise FetchError(Failure(FailureKind.INTERNAL, NOT_IN_REPLAY, message))
        trace = RequestTrace(url.host, 0.0)
        trace.address = reply.address
        if reply.address is not None and (why := self._policy.address(reply.address)):
            raise FetchError(failure(FailureKind.REFUSED_BY_GUARD, "address", url.host, why), trace=trace)
        trace.sent = 1
        trace.certificate = _certificate(reply)
        if reply.delay > 0:
            await asyncio.sleep(reply.delay)
        if reply.failure is not None:
            raise FetchError(_failure(reply, url.host), trace=trace)
        wanted = next((value for name, value in request.headers if name.lower() == "range"), None)
        status, headers, content = self._revealed(_answer(reply, wanted), link)
        broken = FetchError(failure(FailureKind.PROTOCOL, "framing", url.host)) if reply.truncated else None
        return RawResponse(status, headers, Content(content, broken, longer=reply.longer), trace)

    async def aclose(self) -> None:
        """Do nothing: the file is read completely."""

    def expect(self, targets: Iterable[Target]) -> None:
        """Collect the secrets in the URLs of all targets of a run, which a recording does not contain.

        Targets that differ only in secrets are matched by their order; if their number differs from the recording's, they
        have no responses.
        """
        recorded = _alike(self.recording.secret_links if self.recording else ())
        for masked, links in _alike(target.url for target in targets if secrets_of(target.url)).items():
            known = recorded.get(masked, [])
            if len(known) == len(links):
                self._disguise.pair(sorted(links), known)
            elif self.recording is not None:
                self._masked.pop(masked, None)

    def attempts(self, target: Target) -> int:
        """How many attempts a recorded target had; 0 if it was not requested."""
        replies = self._find(target.url, target.url)
        return 1 if not replies or replies[0].attempts is None else replies[0].attempts

    def impossible(self, target: Target) -> Target:
        """The made-up page that the target's host or folder was tested with for soft 404, perhaps with the other scheme."""
        path = parse_url(target.url).path
        known = None if self._of(target.url, target.url) else self._impossible.get((target.host, path))
        return target if known is None else msgspec.structs.replace(target, url=known)

    def _next(self, href: str, link: str) -> ReplayedAnswer | None:
        replies = self._find(href, link)
        if not replies:
            return None
        # In a recording every link has its own position in the list of responses.
        taker = (link if self.recording is not None or replies[0].for_link else "", href)
        turn = self._turns.get(taker, 0)
        if len(replies) > 1:
            self._turns[taker] = turn + 1
        return replies[min(turn, len(replies) - 1)]

    def _find(self, href: str, link: str) -> tuple[ReplayedAnswer, ...]:
        """The responses of a URL for a link: its own if there are any, else those for all links."""
        replies = self._of(href, link)
        if len(replies) > 1 or (replies and replies[0].for_link):
            label = self._disguise.hide(link, link, real=link in self._exact)
            own = tuple(reply for reply in replies if reply.for_link == label)
            return own or tuple(reply for reply in replies if reply.for_link is None) or replies
        return replies

    def _of(self, href: str, link: str) -> tuple[ReplayedAnswer, ...]:
        if href in self._exact:
            return self._exact[href]
        hidden = self._disguise.hide(href, link)
        if hidden in self._exact:
            return self._exact[hidden]
        masked = mask(hidden)
        if masked in self._masked:
            return self._exact[self._masked[masked]]
        return next((replies for pattern, replies in self._patterns if pattern.fullmatch(href)), ())

    def _revealed(self, answer: tuple[int, RawHeaders, bytes], link: str) -> tuple[int, RawHeaders, bytes]:
        """The response with the known secrets restored."""
        if self.recording is None:
            return answer
        status, headers, content = answer

        def reveal(data: bytes) -> bytes:
            return self._disguise.reveal(data.decode("latin-1"), link, real=link in self._exact).encode("latin-1")

        is_text = not any(name == b"content-type" and value.startswith(b"image/") for name, value in headers)
        return status, [(name, reveal(value)) for name, value in headers], reveal(content) if is_text else content


def _is_pattern(key: str, *, recorded: bool) -> bool:
    """Whether `*` and `[` in a key form a pattern. In a recording they can be part of a URL or a masked secret."""
    return key.endswith("*") and not key.endswith(MASK) if recorded else _PATTERN.search(key) is not None


def _alike(urls: Iterable[str]) -> dict[str, list[str]]:
    """URLs grouped by their form without secrets, in the given order."""
    found: dict[str, list[str]] = {}
    for url in urls:
        found.setdefault(mask(url), []).append(url)
    return found


class Content:
    """A body available at once. It ends with `error` if there is one, or continues with spaces if it is `longer`."""

    def __init__(self, content: bytes, error: FetchError | None = None, *, longer: bool = False) -> None:
        self._content = content
        self._error = error
        self._longer = longer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._content:
            yield self._content
        while self._longer:
            yield _SPACES
        if self._error is not None:
            raise self._error

    def whole(self) -> None:
        """Unknown: a recorded body is read like one that arrives."""

    async def aclose(self) -> None:
        """Do nothing: there is nothing to close."""


def read_web(path: str) -> Web:
    """URL or pattern to its responses, in the order of the file. Raises UsageError."""
    return _read(path)[0]


def _read(path: str) -> tuple[Web, Recording | None]:
    try:
        data = read_file(path, most=LARGEST_FILE)
        if len(data) > LARGEST_FILE:
            raise UsageError(f"{path}: larger than {LARGEST_FILE >> 20} MiB; is this the right file?")
        tables = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: invalid TOML: {error}") from None
    recording = _recording(path, tables.pop(RECORDING)) if RECORDING in tables else None
    return {key: tuple(_replies(path, key, value)) for key, value in tables.items()}, recording


def _recording(path: str, table: object) -> Recording:
    try:
        recording = msgspec.convert(table, Recording)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: [{RECORDING}]: {error}") from None
    if recording.version != VERSION:
        raise UsageError(
            f"{path}: recording version {recording.version} is not supported (this linkcheck reads version {VERSION}); "
            "record it again, or update linkcheck"
        )
    return recording


def _replies(path: str, key: str, value: object) -> Sequence[ReplayedAnswer]:
    if "://" not in key:
        raise UsageError(
            f'{path}: {key!r} is not a URL; a table name must be a URL or a pattern such as "https://a.example/*"'
        )
    if isinstance(value, list) and not value:
        raise UsageError(f"{path}: {key}: no response given")
    return [_reply(path, key, item) for item in (value if isinstance(value, list) else [value])]


def _reply(path: str, key: str, value: object) -> ReplayedAnswer:
    try:
        reply = msgspec.convert(value, ReplayedAnswer)
        _check(reply)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {key}: {_explain(str(error))}") from None
    except ValueError as error:
        raise UsageError(f"{path}: {key}: {error}") from None
    return reply


def _explain(error: str) -> str:
    """The message of msgspec, with a suggestion for an unknown key."""
    unknown = re.search(r"unknown field `([^`]*)`(?: - at `\$\.(\w+))?", error)
    if not unknown:
        return error
    inside = {"page": ReplayedPage, "image": ImageSpec}.get(unknown[2] or "", ReplayedAnswer)
    names = inside.__struct_encode_fields__
    close = closest(unknown[1], names, sure=True)
    return f"unknown key {unknown[1]!r}; " + (f"did you mean {close!r}?" if close else f"known keys: {', '.join(names)}")


def _check(reply: ReplayedAnswer) -> None:
    """Raise ValueError for invalid combinations that the types allow."""
    bodies = [name for name in ("body", "base64", "image", "page") if getattr(reply, name) is not None]
    if len(bodies) > 1:
        raise ValueError(f"{' and '.join(bodies)} both define the body; keep one of them")
    if reply.failure is not None:
        if bodies or reply.location is not None:
            raise ValueError("a failure cannot have a body or a location")
        _kind(reply.failure)
    if not 100 <= reply.status <= 9999:
        raise ValueError(f"{reply.status} is not a valid status")
    if reply.delay < 0:
        raise ValueError("delay must be a number of seconds, 0 or more")
    if reply.attempts is not None and not 0 <= reply.attempts <= MOST_ATTEMPTS:
        raise ValueError(f"attempts must be a number from 0 to {MOST_ATTEMPTS}")
    for name, value in (("ends", reply.certificate_ends), ("lifetime", reply.certificate_lifetime)):
        if value is not None and reply.certificate_days is None:
            raise ValueError(f"certificate-{name} requires certificate-days")
    _content(reply)


def _kind(text: str) -> tuple[FailureKind, str]:
    """Parse `timeout` or `tls expired`: the kind, and the detail or the default one."""
    name, _, detail = text.strip().partition(" ")
    known = {str(kind) for kind, _ in SENTENCES}
    if name not in known:
        raise ValueError(f"unknown failure {name!r}; use one of {', '.join(sorted(known))}")
    details = [word for kind, word in SENTENCES if kind == name]
    if detail and detail not in details and name != FailureKind.INTERNAL:
        raise ValueError(f"failure {name!r} has no detail {detail!r}; use one of {', '.join(details)}")
    return FailureKind(name), detail or _USUAL.get(name, details[0])


_HTML = "text/html; charset=utf-8"
_USUAL = {"timeout": "total", "tls": "untrusted"}


def _failure(reply: ReplayedAnswer, host: str) -> Failure:
    kind, detail = _kind(reply.failure or "")
    if reply.message:
        return Failure(kind, detail, reply.message)
    usual = failure(kind, detail if (kind, detail) in SENTENCES else "unforeseen", host)
    return Failure(kind, detail, usual.message)


def _answer(reply: ReplayedAnswer, wanted: str | None) -> tuple[int, RawHeaders, bytes]:
    content, media_type = _content(reply)
    size = len(content) if reply.image is None else max(len(content), reply.length or 0)
    status, length = reply.status, len(content) if reply.length is None else reply.length
    headers: list[tuple[str, str]] = []
    range_ = _RANGE.fullmatch(wanted) if wanted else None
    if range_ and reply.ranges and status == 200 and content:
        first, last = int(range_[1]), min(int(range_[2] or size), size - 1, int(range_[1]) + LONGEST_PART)
        if first > last:
            return 416, [(b"content-range", b"bytes */%d" % size)], b""
        headers.append(("Content-Range", f"bytes {first}-{last}/{size}"))
        content, status = _padded(reply, content, last + 1)[first:], 206
        length = len(content) if reply.image is not None or reply.length is None else reply.length
    elif reply.image is not None:
        content = _padded(reply, content, min(size, FIRST_READ))
    if media_type:
        headers.append(("Content-Type", media_type))
    if reply.location is not None:
        headers.append(("Location", reply.location))
    if not reply.chunked:
        headers.append(("Content-Length", str(length)))
    own = {name.lower() for name in reply.headers}
    headers = [(name, value) for name, value in headers if name.lower() not in own]
    for name, value in reply.headers.items():
        headers.extend((name, each) for each in ([value] if isinstance(value, str) else value))
    coding = "latin-1" if reply.latin_1 else "utf-8"
    return status, [(_header_name(name), value.encode(coding, "replace")) for name, value in headers], content


def _header_name(name: str) -> bytes:
    return name.lower().encode("latin-1", "replace")


def _padded(reply: ReplayedAnswer, content: bytes, size: int) -> bytes:
    """The first `size` bytes of a generated file that is padded to a declared length."""
    if reply.image is None or size <= len(content):
        return content[:size]
    return content.ljust(size, b" " if reply.image.format == "svg" else b"\0")


def _content(reply: ReplayedAnswer) -> tuple[bytes, str | None]:
    """The body and its media type, which `type` overrides. Raises ValueError for a body that cannot be generated."""
    content, usual = _body(reply)
    return content, usual if reply.type is None else reply.type


def _body(reply: ReplayedAnswer) -> tuple[bytes, str | None]:
    if reply.image is not None:
        return encode_placeholder(reply.image), MEDIA_TYPES[reply.image.format][0]
    if reply.page is not None:
        return write_page(reply.page).encode(), _HTML
    if reply.base64 is not None:
        try:
            return base64.b64decode(reply.base64, validate=False), None
        except binascii.Error as error:
            raise ValueError(f"base64 cannot be read: {error}") from None
    if reply.body is not None:
        return reply.body.encode(), _HTML
    if reply.location is not None or reply.status in {204, 304}:
        return b"", None
    return b"<!doctype html><title></title>", _HTML


def write_page(page: ReplayedPage) -> str:
    """The HTML of a page."""
    marks = (" amp" if page.amp else "") + (f' lang="{escape(page.lang)}"' if page.lang else "")
    metas = (
        ("property", "og:title", page.og_title),
        ("property", "og:url", page.og_url),
        ("property", "og:image", page.og_image),
        ("name", "twitter:image", page.twitter_image),
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
    if page.json_ld is not None:
        lines.append(f'<script type="application/ld+json">{page.json_ld}</script>')
    if page.amp:
        lines.append('<script async src="https://cdn.ampproject.org/v0.js"></script>')
    form = '<form><input type="password" name="password"></form>' if page.login else ""
    return "\n".join([*lines, f"</head>\n<body>{form}{page.body}</body>\n</html>\n"])


def _certificate(reply: ReplayedAnswer) -> Certificate | None:
    days = reply.certificate_days
    if days is None:
        return None
    ends = timestamp_of(datetime.now(UTC) + timedelta(days=days, hours=1))
    return Certificate(
        issuer="Replayed CA",
        not_after=reply.certificate_ends or ends,
        days_left=days,
        lifetime_days=reply.certificate_lifetime,
    )


def _normal(url: str) -> str:
    try:
        return parse_url(url).href
    except InvalidUrl:
        return url
