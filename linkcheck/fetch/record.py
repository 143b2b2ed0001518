"""Writes down what the web answered, in the format that `Replay` reads: bounded, and with secrets masked."""

import base64
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
from msgspec import Struct

from linkcheck.errors import IncompleteError
from linkcheck.fetch.challenge import CLUES
from linkcheck.fetch.failures import FetchError
from linkcheck.fetch.options import HostOptions
from linkcheck.fetch.requests import raw_of, sent_by, url_of
from linkcheck.images import measure
from linkcheck.model import ImageFacts
from linkcheck.urls import mask

MOST_URLS = 10_000
MOST_ANSWERS = 10
"""To one URL."""
MOST_BODY = 64 * 1024
"""Bytes of a body that are kept; of an image, format and size are."""
_HEADERS = CLUES | {
    "content-type",
    "content-encoding",
    "content-range",
    "date",
    "etag",
    "last-modified",
    "link",
    "refresh",
    "retry-after",
    "www-authenticate",
    "x-robots-tag",
}
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_MASK = "***"


class Entry(Struct):
    """One answer as it comes in."""

    status: int = 0
    headers: list[tuple[str, str]] = []
    body: bytes = b""
    cut: bool = False
    failure: str | None = None
    message: str | None = None
    follows: bool = False
    """A further piece of what was asked for before."""


class Record(httpx.AsyncBaseTransport):
    """Passes everything on and writes it to `path` when closed."""

    def __init__(self, path: str, inner: httpx.AsyncBaseTransport, *, secrets: tuple[HostOptions, ...] = ()) -> None:
        self._path = path
        self._inner = inner
        self._web: dict[str, list[Entry]] = {}
        self._secrets = tuple(value for rules in secrets for _, value in rules.headers if len(value) >= 4)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        entry = Entry(follows=any(name == "Range" and not value.startswith("bytes=0-") for name, value in sent_by(request)))
        url = url_of(request).href
        try:
            response = await self._inner.handle_async_request(request)
        except FetchError as error:
            entry.failure = f"{error.failure.kind} {error.failure.detail}"
            entry.message = error.failure.message
            self._keep(url, entry)
            raise
        entry.status = response.status_code
        entry.headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw_of(response)]
        self._keep(url, entry)
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = Tee(response.stream, entry)
        return response

    def _keep(self, url: str, entry: Entry) -> None:
        if url in self._web or len(self._web) < MOST_URLS:
            entries = self._web.setdefault(url, [])
            if len(entries) < MOST_ANSWERS and not entry.follows:
                entries.append(entry)

    async def aclose(self) -> None:
        await self._inner.aclose()
        text = "\n".join(self._table(url, entries) for url, entries in sorted(self._web.items()))
        file = Path(self._path)
        try:
            unfinished = file.with_name(file.name + ".part")
            unfinished.unlink(missing_ok=True)
            # "x" follows no symbolic link that somebody put there.
            with unfinished.open("x", encoding="utf-8") as stream:
                stream.write(text)
            unfinished.replace(file)
        except OSError as error:
            raise IncompleteError(f"{self._path}: the recording cannot be written: {error.strerror or error}") from None

    def _table(self, url: str, entries: list[Entry]) -> str:
        distinct = [entry for at, entry in enumerate(entries) if at == 0 or not _same(entry, entries[at - 1])]
        opening, closing = ("[[", "]]") if len(distinct) > 1 else ("[", "]")
        head = f"{opening}{_quoted(self._masked(url))}{closing}\n"
        return "\n".join(head + "".join(f"{name} = {value}\n" for name, value in self._keys(entry)) for entry in distinct)

    def _keys(self, entry: Entry) -> list[tuple[str, str]]:
        if entry.failure is not None:
            return [("failure", _quoted(entry.failure)), ("message", _quoted(self._masked(entry.message or "")))]
        status, headers, content = entry.status, dict(entry.headers), entry.body
        keys: list[tuple[str, str]] = []
        picture = None if "content-encoding" in headers else _picture(content)
        if status == 206 and (picture or headers.get("content-range", "").startswith("bytes 0-")):
            status = 200  # the range is made again when it is replayed
        if status != 200:
            keys.append(("status", str(status)))
        if "location" in headers:
            keys.append(("location", _quoted(self._masked(headers["location"]))))
        if "content-type" in headers:
            keys.append(("type", _quoted(self._masked(headers["content-type"]))))
        if picture is not None:
            keys.append(("image", picture))
        elif content:
            keys.append(self._body(content, encoded="content-encoding" in headers))
        if entry.cut and picture is None:
            keys.append(("truncated", "true"))
        kept = self._headers(entry)
        return [*keys, ("headers", kept)] if kept else keys

    def _body(self, content: bytes, *, encoded: bool) -> tuple[str, str]:
        if not encoded:
            try:
                return "body", _quoted(self._masked(content.decode("utf-8")))
            except UnicodeDecodeError:
                pass
        return "base64", _quoted(base64.b64encode(content).decode("ascii"))

    def _headers(self, entry: Entry) -> str:
        found: dict[str, list[str]] = {}
        for name, value in entry.headers:
            if name == "set-cookie":
                found.setdefault(name, []).append(_without_value(value))
            elif name in _HEADERS and name not in {"content-type", "content-range", "location"}:
                found.setdefault(name, []).append(self._masked(value))
        rows = (f"{_key(name)} = {_value(values)}" for name, values in found.items())
        text = ", ".join(rows)
        return f"{{ {text} }}" if text else ""

    def _masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _MASK)
        return mask(text)


class Tee(httpx.AsyncByteStream):
    """Keeps the first bytes of what passes."""

    def __init__(self, inner: httpx.AsyncByteStream, entry: Entry) -> None:
        self._inner = inner
        self._chunks = inner.__aiter__()
        self._entry = entry

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        try:
            chunk = await anext(self._chunks)
        except FetchError:
            self._entry.cut = True
            raise
        room = MOST_BODY - len(self._entry.body)
        if room > 0:
            self._entry.body += chunk[:room]
        return chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


def _same(one: Entry, other: Entry) -> bool:
    return (one.status, one.failure, one.body) == (other.status, other.failure, other.body)


def _picture(content: bytes) -> str | None:
    facts = measure(content, complete=False)
    if not isinstance(facts, ImageFacts) or facts.format not in {"jpeg", "png", "gif", "webp", "svg", "avif"}:
        return None
    if facts.stored_width is None or facts.stored_height is None:
        return None
    more = f", orientation = {facts.orientation}" if facts.orientation != 1 else ""
    more += ", animated = true" if facts.animated else ""
    return f'{{ format = "{facts.format}", width = {facts.stored_width}, height = {facts.stored_height}{more} }}'


def _without_value(cookie: str) -> str:
    pair, semicolon, rest = cookie.partition(";")
    name, _, _ = pair.partition("=")
    return f"{name}={_MASK}{semicolon}{rest}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among TOML's, DEL and lone surrogates aside."""
    return json.dumps(text.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _value(values: list[str]) -> str:
    return _quoted(values[0]) if len(values) == 1 else "[" + ", ".join(map(_quoted, values)) + "]"
