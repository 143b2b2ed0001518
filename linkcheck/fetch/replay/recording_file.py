"""Writes a recording: the responses for the links of a run, in the format that `Replay` reads, with secrets masked.

A URL has one entry for all links with the same responses, else one per link (`for-link`); consecutive responses are all
written, except that equal ones at the end are written once. Only what linkcheck uses is kept.
"""

import base64
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO

from msgspec import Struct, field

from linkcheck.fetch.attempt.bot_wall import CHALLENGES, CLUES, may_be_wall
from linkcheck.fetch.attempt.cookies import parse_http_date, read_cookie
from linkcheck.fetch.attempt.redact import Redactor, redactor_of
from linkcheck.fetch.attempt.redirects import REDIRECTS, browser_vary_fields, device_vary_fields
from linkcheck.fetch.attempt.soft_404 import random_name
from linkcheck.fetch.http.content_encoding import DecodingError, coding_of
from linkcheck.fetch.http.failures import SENTENCES, failure
from linkcheck.fetch.http.messages import RawHeaders
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.replay.placeholder_images import FORMATS, ImageSpec, encode_placeholder
from linkcheck.fetch.replay.player import RECORDING, VERSION
from linkcheck.fetch.replay.secret_placeholders import SecretPlaceholders, secrets_of
from linkcheck.images import FIRST_READ, MEDIA_TYPES, measure
from linkcheck.images.svg import GZIP
from linkcheck.model import Certificate, Failure, ImageFacts, Probe, Target
from linkcheck.urls import MASK, mask, parse_url

ENDS_SOON = 30
"""Days within which a certificate's expiry is kept."""
_FIRST = {"etag", "last-modified", "refresh", "retry-after", "x-robots-tag", *CHALLENGES}
"""Headers used of every response, the first line of each."""
_OF_REFUSALS = {*CLUES, "proxy-authenticate", "www-authenticate"}
_MOST_LINKS_OF_A_PAGE = 50
_HTML = "text/html; charset=utf-8"
_NUMBERED = re.compile(r"\*\*\*[0-9]+")
_FROM_START = re.compile(r"bytes[ =]0-[0-9]+/([0-9]{1,15})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\0-\x08\x0b-\x1f\x7f]")
"""Characters not allowed in a multi-line literal; a line break of two characters would become one."""


class RecordedAnswer(Struct, eq=False):
    """One response as received, or one failure. `wanted` is the Range of the request.

    `at` is when its head arrived, in seconds since 1970. `body` contains the bytes read, None if reading was not started.
    `ended` means that it was read to its end, `broken` that the connection closed before, `cut` that the deadline expired.
    """

    url: str
    probe: Probe
    wanted: str | None = None
    status: int = 0
    headers: RawHeaders = []
    at: float = 0.0
    body: bytearray | None = None
    ended: bool = False
    broken: bool = False
    cut: bool = False
    failure: Failure | None = None
    certificate: Certificate | None = None


class RecordedLink(Struct, eq=False):
    """A checked link: its last attempts, each with its responses in order.

    `attempts` is the number in its outcome, None while it has none (a test for soft 404 never has one). `current` is the
    attempt under way; `lost` marks a link that was too large to keep.
    """

    target: Target
    trials: list[list[RecordedAnswer]] = field(default_factory=list)
    attempts: int | None = None
    current: object = None
    lost: bool = False


class Table(Struct, frozen=True):
    """The TOML keys of one response. `body` is None if none was read; `facts` are for comparing
    responses whose body was not read.
    """

    head: tuple[str, ...]
    body: tuple[str, ...] | None = ()
    facts: tuple[object, ...] = ()


def write(stream: IO[str], links: Iterable[RecordedLink], options: FetchOptions) -> None:
    """Write the recording for these links."""
    kept = [checked for checked in links if checked.trials]
    stenographer = RecordingWriter(kept, options)
    for checked in kept:
        stenographer.add_link(checked)
    stenographer.write(stream)


class RecordingWriter:
    """Converts responses to TOML tables without secrets: by URL and link, in the order of arrival."""

    def __init__(self, links: Iterable[RecordedLink], options: FetchOptions) -> None:
        self._most = options.page_bytes
        self._redactor = redactor_of(options)
        self._disguise = SecretPlaceholders()
        self._tables: dict[str, dict[str, list[Table]]] = {}
        self._attempts: dict[str, int] = {}
        self._link = ""
        self._real = True
        self._cookies: dict[str, str] = {}
        secret = sorted(checked.target.url for checked in links if _is_real(checked) and secrets_of(checked.target.url))
        self._secret_links = [self._about(url) for url in secret]

    def _about(self, link: str, *, real: bool = True) -> str:
        """Switch to a link and return its masked URL."""
        self._link, self._real, self._cookies = link, real, {}
        return self._hidden(link)

    def add_link(self, checked: RecordedLink) -> None:
        label = self._about(checked.target.url, real=_is_real(checked))
        if checked.attempts not in {None, 1}:
            self._attempts[label] = checked.attempts or 0
        for trial in checked.trials:
            further = {entry.url for entry in trial if entry.wanted and not entry.wanted.startswith("bytes=0-")}
            for entry in trial:
                table = self._table(entry, drawn=entry.url not in further)
                self._tables.setdefault(self._hidden(entry.url), {}).setdefault(label, []).append(table)

    def write(self, stream: IO[str]) -> None:
        stream.write(f"[{RECORDING}]\nversion = {VERSION}\n")
        if self._secret_links:
            stream.write(f"secret-links = {_list(self._secret_links)}\n")
        for url, by_link in sorted(self._tables.items()):
            rows = self._rows(url, by_link)
            opening, closing = ("[[", "]]") if len(rows) > 1 else ("[", "]")
            for lines in rows:
                stream.write("\n".join(["", f"{opening}{_quoted(url)}{closing}", *lines]) + "\n")

    def _rows(self, url: str, by_link: dict[str, list[Table]]) -> list[list[str]]:
        """The lines of each table of a URL: first those for all links, then those for single links."""
        for tables in by_link.values():
            while len(tables) > 1 and tables[-1] == tables[-2]:
                tables.pop()
        common = url if url in by_link else _most_frequent(by_link)
        rows: list[list[str]] = []
        for link, tables in sorted(by_link.items(), key=lambda item: (item[0] != common, item[0])):
            if link == common or not _is_equivalent(tables, by_link[common]):
                whose = [] if link == common else [f"for-link = {_quoted(link)}"]
                rows.extend([*whose, *table.head, *(table.body or ())] for table in tables)
        if url in self._attempts:
            rows[0].insert(0, f"attempts = {self._attempts[url]}")
        return rows

    # A single response

    def _table(self, entry: RecordedAnswer, *, drawn: bool) -> Table:
        certificate = _certificate(entry.certificate)
        host = parse_url(entry.url).host
        if entry.failure is not None:
            return Table((*self._failure(entry.failure, host), *certificate))
        headers = Headers(entry.headers, self._redactor)
        location = headers.location
        if entry.status in REDIRECTS and location is not None:
            now = parse_http_date(headers.first("date")) or datetime.fromtimestamp(entry.at, UTC)
            lines = headers.all("set-cookie")
            cookies = [text for line in lines if (text := self._cookie(line, now))]
            vary = browser_vary_fields(",".join(headers.all("vary")))
            telling = [f"set-cookie = {_value(cookies or [''])}"] if lines else []  # that a cookie was set matters
            telling += [f"vary = {_quoted(vary)}"] if vary else []
            more = (f"headers = {{ {', '.join(telling)} }}",) if telling else ()
            head = (f"status = {entry.status}", f"location = {_quoted(self._hidden(location))}", *headers.coding, *more)
            return Table(head)
        kept = self._headers(entry, headers)
        picture = self._picture(entry, headers) if drawn else None
        head, body = picture or self._content(entry, headers, kept)
        if location is not None:
            head = (*head, f"location = {_quoted(self._hidden(location))}")
        if entry.wanted is not None and entry.status == 200:
            head = (*head, "ranges = false")
        rows = ", ".join(f"{name} = {_value(values)}" for name, values in kept.items())
        common = (*headers.coding, *certificate, *((f"headers = {{ {rows} }}",) if rows else ()))
        facts = (entry.status, headers.length, *self._type(headers, None), location, common)
        return Table((*head, *common), body, facts)

    def _failure(self, lost: Failure, host: str) -> tuple[str, ...]:
        keys = (f'failure = "{lost.kind} {lost.detail}"',)
        if (lost.kind, lost.detail) in SENTENCES and failure(lost.kind, lost.detail, host).message == lost.message:
            return keys
        return *keys, f"message = {_quoted(mask(self._redactor.text(lost.message)))}"

    def _headers(self, entry: RecordedAnswer, headers: "Headers") -> dict[str, list[str]]:
        refuses = may_be_wall(entry.status)
        wanted = _FIRST | _OF_REFUSALS if refuses else _FIRST
        kept = {name: [self._hidden(headers.all(name)[0])] for name in headers.names if name in wanted}
        if "retry-after" in kept and (date := headers.first("date")) is not None:
            kept["date"] = [date]
        if links := headers.all("link"):
            kept["link"] = [self._hidden(link) for link in links[:_MOST_LINKS_OF_A_PAGE]]
        if refuses and (cookies := headers.all("set-cookie")):
            kept["set-cookie"] = [f"{line.partition('=')[0]}={MASK}" for line in cookies]
        if vary := device_vary_fields(",".join(headers.all("vary"))):
            kept["vary"] = [vary]
        if coding := headers.all("content-encoding"):
            kept["content-encoding"] = [",".join(coding)]
        return kept

    def _cookie(self, line: str, now: datetime) -> str | None:
        """A cookie with the attributes used, its value replaced by a distinct one; None if it is invalid."""
        cookie = read_cookie(line, now)
        if cookie is None:
            return None
        name = f"{cookie.name}=" if cookie.name else ""
        value = cookie.pair.removeprefix(name)
        number = len(self._cookies) + 1
        hidden = self._cookies.setdefault(value, MASK if number == 1 else f"{MASK}-{number}") if value else ""
        more = (
            f"domain={cookie.domain}" if cookie.domain else "",
            f"path={cookie.path}" if cookie.path else "",
            "secure" if cookie.secure else "",
            "max-age=0" if cookie.deletes else "",
        )
        return "; ".join([name + hidden, *filter(None, more)])

    def _picture(self, entry: RecordedAnswer, headers: "Headers") -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Format and size, if the image generated from them measures the same; None if it does not."""
        if entry.wanted is None or entry.status not in {200, 206} or not entry.body or headers.first("content-encoding"):
            return None
        ranged = entry.status == 206
        length = _total(headers) if ranged else headers.length
        size = len(entry.body) if length is None and entry.ended else length
        seen = measure(bytes(entry.body), complete=entry.ended and not ranged, seekable=ranged)
        if size is None or not isinstance(seen, ImageFacts) or seen.format not in FORMATS or entry.body.startswith(GZIP):
            return None
        if seen.stored_width is None or seen.stored_height is None:
            return None
        picture = ImageSpec(seen.format, seen.stored_width, seen.stored_height, seen.orientation, seen.animated)
        try:
            file = encode_placeholder(picture)
        except ValueError:
            return None
        if size < len(file) or not _measures_alike(file, seen, ranged=ranged):
            return None
        if ranged and len(entry.body) != min(size, FIRST_READ):
            return None
        own = MEDIA_TYPES[seen.format][0]
        head = [*self._type(headers, own)]
        head.extend([f"length = {size}"] if size != len(file) else [])
        head.extend(["chunked = true"] if not ranged and length is None else [])
        return tuple(head), (f"image = {_inline(picture)}",)

    def _content(
        self, entry: RecordedAnswer, headers: "Headers", kept: dict[str, list[str]]
    ) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
        """Status, type and length; and the body. Removes an encoding that is decoded here from the headers to keep."""
        head = [f"status = {entry.status}"] if entry.status != 200 else []
        if entry.status == 206 and (span := headers.first("content-range")) is not None:
            kept["content-range"] = [span]
        bodiless = entry.status in {204, 304}
        if entry.body is None:
            head.extend(self._type(headers, None if bodiless or headers.location else _HTML))
            return (*head, *_length(entry, headers, None, kept)), None
        content, finished = self._decoded(entry, headers, kept)
        ended = entry.ended or len(entry.body) == headers.length
        text = self._text(entry, content)
        if text is not None:
            size, usual, body = len(text.encode()), _HTML, f"body = {_literal(text)}"
        else:
            size, usual, body = (
                len(content),
                None,
                f'base64 = "{base64.b64encode(self._bytes(entry, headers, content)).decode()}"',
            )
        head.extend(self._type(headers, usual))
        ending = "truncated = true" if entry.broken or (ended and not finished) else "longer = true"
        return (
            (*head, *_length(entry, headers, size, kept)),
            (body,) if ended and finished else (body, ending),
        )

    def _decoded(self, entry: RecordedAnswer, headers: "Headers", kept: dict[str, list[str]]) -> tuple[bytes, bool]:
        """The decoded body and whether it is complete; the encoded body if its encoding is defective."""
        data = bytes(entry.body or b"")
        encoding = headers.all("content-encoding")
        if not encoding:
            return data, True
        coding = coding_of(",".join(encoding))
        found = bytearray()
        try:
            found += coding.feed(data, self._most)
            while coding.pending and len(found) < self._most:
                found += coding.feed(b"", self._most - len(found))
        except (DecodingError, zlib.error):
            return data, True
        kept.pop("content-encoding", None)
        return bytes(found), coding.finished

    def _text(self, entry: RecordedAnswer, content: bytes) -> str | None:
        """The body as text without secrets; None if it is not text."""
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            if entry.ended or error.reason != "unexpected end of data":
                return None
            text = content[: error.start].decode("utf-8") + " " * (len(content) - error.start)
        text = self._hidden(text)
        return text if len(_CONTROLS.sub("", text)) >= 0.9 * len(text) else None

    def _bytes(self, entry: RecordedAnswer, headers: "Headers", content: bytes) -> bytes:
        """A body in another character set without secrets; an image is unchanged."""
        kind = headers.first("content-type") or ""
        if kind.startswith("image/") or (entry.probe is Probe.IMAGE and not kind.startswith("text/")):
            return content
        return self._hidden(content.decode("latin-1")).encode("latin-1")

    def _type(self, headers: "Headers", usual: str | None) -> list[str]:
        found = headers.first("content-type")
        return [] if found == usual else [f"type = {_quoted(self._hidden(found or ''))}"]

    def _hidden(self, text: str) -> str:
        return self._disguise.hide(self._redactor.text(text), self._link, learning=True, real=self._real)


class Headers:
    """The headers of one response as text, without configured secrets.

    `coding` is the key to be written if the charset is not UTF-8.
    """

    def __init__(self, raw: RawHeaders, redactor: Redactor) -> None:
        try:
            found = [(name.decode("latin-1"), value.decode("utf-8")) for name, value in raw]
            self.coding: tuple[str, ...] = ()
        except UnicodeDecodeError:
            found = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw]
            self.coding = ("latin-1 = true",)
        self._values: dict[str, list[str]] = {}
        for name, value in found:
            self._values.setdefault(name, []).append(redactor.text(value))

    @property
    def names(self) -> Iterable[str]:
        return self._values

    def all(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def first(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)

    @property
    def location(self) -> str | None:
        return next((value for value in self.all("location") if value), None)

    @property
    def length(self) -> int | None:
        text = self.first("content-length") or ""
        return int(text) if text.isdigit() and text.isascii() and len(text) < 16 else None


def _is_real(checked: RecordedLink) -> bool:
    """Whether a link is from an article, not a test for soft 404."""
    return checked.attempts is not None or random_name(checked.target.url) is None


def _most_frequent(by_link: dict[str, list[Table]]) -> str:
    """The link whose responses are the most frequent."""
    counts = Counter(tuple(tables) for tables in by_link.values())
    best = max(counts.values())
    return min(link for link, tables in by_link.items() if counts[tuple(tables)] == best)


def _is_equivalent(tables: list[Table], others: list[Table]) -> bool:
    """Whether responses can be replaced by others: a body that was not read matches any, and so do its secrets."""
    return len(tables) == len(others) and all(
        one.facts == other.facts and (one.body is None or (_bare(one.body) == _bare(other.body) and one.head == other.head))
        if one.facts and other.facts
        else one == other
        for one, other in zip(tables, others, strict=True)
    )


def _bare(body: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if body is None else tuple(_NUMBERED.sub(MASK, line) for line in body)


def _total(headers: Headers) -> int | None:
    span = _FROM_START.fullmatch(headers.first("content-range") or "")
    return int(span[1]) if span else None


def _measures_alike(file: bytes, seen: ImageFacts, *, ranged: bool) -> bool:
    found = measure(file, complete=False, seekable=ranged)
    if not isinstance(found, ImageFacts):
        return False
    return (found.format, found.width, found.height, found.animated, found.orientation, found.ratio, found.not_image) == (
        seen.format,
        seen.width,
        seen.height,
        seen.animated,
        seen.orientation,
        seen.ratio,
        seen.not_image,
    )


def _length(entry: RecordedAnswer, headers: Headers, size: int | None, kept: dict[str, list[str]]) -> tuple[str, ...]:
    """The keys for a length that differs from the body's. An invalid one is added to the headers to keep."""
    declared = headers.first("content-length")
    if entry.status in {204, 206, 304}:
        return ()
    if declared is None:
        return ("chunked = true",)
    if headers.length is None:
        kept["content-length"] = [declared]
        return ()
    return () if headers.length == size else (f"length = {headers.length}",)


def _certificate(certificate: Certificate | None) -> tuple[str, ...]:
    if certificate is None or certificate.days_left > ENDS_SOON:
        return ()
    lifetime = certificate.lifetime_days
    return (
        f"certificate-days = {certificate.days_left}",
        f'certificate-ends = "{certificate.not_after}"',
        *(() if lifetime is None else (f"certificate-lifetime = {lifetime}",)),
    )


def _inline(picture: ImageSpec) -> str:
    more = f", orientation = {picture.orientation}" if picture.orientation != 1 else ""
    more += ", animated = true" if picture.animated else ""
    return f'{{ format = "{picture.format}", width = {picture.width}, height = {picture.height}{more} }}'


def _literal(text: str) -> str:
    """A readable literal of a body, if TOML supports one."""
    if "\n" not in text or "'''" in text or text.endswith("'") or _CONTROLS.search(text):
        return _quoted(text)
    return f"'''\n{text}'''"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are valid in TOML, except for DEL and lone surrogates."""
    return json.dumps(text.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(values: list[str]) -> str:
    return _quoted(values[0]) if len(values) == 1 else _list(values)


def _list(values: list[str]) -> str:
    return "[" + ", ".join(map(_quoted, values)) + "]"
