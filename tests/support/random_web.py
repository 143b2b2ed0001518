"""A random web: what hosts of `Loopback` answer, some of it only at first, and the articles that link there."""

import gzip
import random
import struct
import zlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from command import article
from loopback import raw, reply, reset_after

if TYPE_CHECKING:
    from loopback import Asked, Behaviour, Loopback, Reader, Writer

LIVING = 6
"""Hosts that answer, each on http and https."""
NOT_FOUND = b"<html><head><title>Page not found</title></head><body>Nothing here.</body></html>"


def page(title: str, more: str = "", words: int = 20) -> bytes:
    head = f'<meta charset="utf-8"><title>{title}</title>{more}'
    return f"<!doctype html>\r\n<html><head>{head}</head>\n<body>{'wörter ' * words}</body></html>".encode()


def png(width: int, height: int, *, size: int = 0) -> bytes:
    """With `size` bytes of pixels that are never decoded."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", bytes(size)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def late_jpeg(width: int, height: int) -> bytes:
    """Its size follows 150 KiB of other data."""
    filling = (b"\xff\xe2" + struct.pack(">H", 60_002) + bytes(60_000)) * 3
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\0"
    return b"\xff\xd8" + filling + frame + b"\xff\xd9" + bytes(40_000)


def in_turn(*answers: bytes) -> "Behaviour":
    """One answer after the other, the last one stays."""
    turns = count()

    async def send(_asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        writer.write(answers[min(next(turns), len(answers) - 1)])

    return send


def wall(name: str, visits: int) -> "Behaviour":
    """Redirects to itself with another cookie each time, until the last one comes back; with 0 visits, forever."""
    numbers = count()

    async def send(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        seen = asked.headers.get("cookie", "").count(f"{name}") and int(asked.headers["cookie"].rpartition("-")[2])
        if visits and seen >= visits:
            writer.write(reply("200 OK", page("Behind the wall")))
            return
        cookie = f"Set-Cookie: {name}=s3cr3t{next(numbers)}-{seen + 1}; Path=/; Expires=Wed, 01 Jan 2059 00:00:00 GMT"
        writer.write(reply("302 Found", b"", f"Location: {asked.path}", cookie))

    return send


def tokens() -> "Behaviour":
    """Redirects to itself with another token each time."""
    numbers = count(1)

    async def send(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        path = asked.path.partition("?")[0]
        writer.write(reply("302 Found", b"", f"Location: {path}?token=s3cr3t{next(numbers)}"))

    return send


def by_query(**answers: bytes) -> "Behaviour":
    """What differs by a part of the query."""

    async def send(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        writer.write(next((answer for part, answer in answers.items() if part in asked.path), reply("404 Not Found", b"")))

    return send


def image(data: bytes, *, ranges: bool, media_type: str) -> "Behaviour":
    async def send(asked: "Asked", _reader: "Reader", writer: "Writer") -> None:
        wanted = asked.headers.get("range", "")
        if not (ranges and wanted):
            writer.write(reply("200 OK", data, type=media_type))
            return
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        part = data[int(first) : int(last) + 1]
        span = f"Content-Range: bytes {first}-{int(first) + len(part) - 1}/{len(data)}"
        writer.write(reply("206 Partial Content", part, span, type=media_type))

    return send


@dataclass
class RandomWeb:
    """The same for the same seed. `articles` is the text of each article by its path."""

    seed: int
    loopback: "Loopback"
    urls: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._lot = random.Random(self.seed)
        self._hosts = [f"w{self.seed}-{number}.up.example" for number in range(LIVING)]
        self._certificate = self.loopback.serve(*self._hosts)
        for host in self._hosts:
            self._serve_missing(host)
        for number in range(70):
            self._draw(number)
        self.urls += [f"https://{name}.example/x" for name in ("expired", "wrong-host", "self-signed", "untrusted", "soon")]
        self.urls += [
            "http://closed.example/x",
            "http://closed.example/y",
            "http://10.0.0.1/private",
            "http://a.example:22/",
        ]
        self.loopback.behaviours["soon.example/x"] = raw(reply("200 OK", page("Ends soon")))

    @property
    def options(self) -> tuple[str, ...]:
        ports = self.loopback.ports
        special = ("expired", "wrong-host", "self-signed", "untrusted", "soon")
        places = [f"{name}.example:443=127.0.0.1:{ports[name]}" for name in special]
        places += [f"closed.example:80=127.0.0.1:{ports['closed']}"]
        places += [f"*.up.example:443=127.0.0.1:{self._certificate}", f"*.up.example:80=127.0.0.1:{ports['http']}"]
        return (
            *("--ca-bundle", self.loopback.ca_file, "--allow-address", "127.0.0.0/8", "--interval", "0"),
            *("--timeout", "20", "--retries", "2"),
            *(word for place in places for word in ("--resolve", place)),
        )

    @property
    def articles(self) -> dict[str, str]:
        """Each URL in one article, some in two."""
        urls = [*self.urls, *self._lot.sample(self.urls, 10)]
        self._lot.shuffle(urls)
        found = {}
        for number in range(0, len(urls), 6):
            first, *others = urls[number : number + 6]
            pictures = [{"url": url, "width": 300, "height": 200} for url in self.images[number // 6 :: 1 + len(urls) // 6]]
            related = [{"title": "A title", "webUrl": url} for url in others]
            found[f"posts/{number}.md"] = article(webUrl=first, related=related, images=pictures)
        return found

    def _serve_missing(self, host: str) -> None:
        """What a host answers for what it does not have: as it should, with 200, or by a redirect, perhaps with its name."""
        kind = self._lot.choice(["404", "200", "redirect", "named"])
        missing = {
            "404": raw(reply("404 Not Found", NOT_FOUND)),
            "200": raw(reply("200 OK", NOT_FOUND)),
            "redirect": raw(reply("302 Found", b"", "Location: /")),
            "named": raw(reply("200 OK", NOT_FOUND)),
        }[kind]

        async def send(asked: "Asked", reader: "Reader", writer: "Writer") -> None:
            if kind == "named" and not asked.path.startswith("/named"):
                writer.write(reply("302 Found", b"", f"Location: /named{asked.path}"))
            else:
                await missing(asked, reader, writer)

        self.kinds[f"missing {kind}"] += 1
        self.loopback.behaviours[f"{host}/"] = raw(reply("200 OK", page("Home")))
        self.loopback.behaviours[host] = send

    def _draw(self, number: int) -> None:
        lot = self._lot
        host = lot.choice(self._hosts)
        scheme = lot.choice(["http", "https"])
        path = f"/d{number}/deep"
        key = f"{host}{path}"
        url = f"{scheme}://{host}{path}"
        kind = lot.choice(KINDS)
        self.kinds[kind] += 1
        behaviour, query = self._behaviour(kind, number, url, path)
        if behaviour is not None:
            self.loopback.behaviours[key] = behaviour
        if kind.startswith("image"):
            self.images.append(url)
            if lot.random() < 0.3:  # and a link to a page is redirected there
                self.loopback.behaviours[f"{host}/to{number}"] = raw(reply("302 Found", b"", f"Location: {url}"))
                self.urls.append(f"http://{host}/to{number}")
        else:
            self.urls += [f"{url}{part}" for part in query]

    def _behaviour(self, kind: str, number: int, url: str, path: str) -> tuple["Behaviour | None", tuple[str, ...]]:
        lot = self._lot
        good = reply("200 OK", page(f"Title {number}", f'<link rel="canonical" href="{url}">'))
        busy = reply("503 Service Unavailable", b"busy", f"Date: {number}")
        other = f"/other{number}"
        self.loopback.behaviours[f"{url.split('/')[2]}{other}"] = in_turn(busy, good) if number % 3 == 0 else raw(good)
        plain: tuple[str, ...] = ("",)
        match kind:
            case "page":
                return raw(good), plain
            case "long page":
                return raw(reply("200 OK", page("Long", words=lot.choice([9_000, 30_000])))), plain
            case "zipped":
                return raw(reply("200 OK", gzip.compress(page("Zipped")), "Content-Encoding: gzip")), plain
            case "latin":
                cafe = page("Caf\xe9").decode().encode("latin-1")
                return raw(reply("200 OK", cafe, type="text/html; charset=iso-8859-1")), plain
            case "untyped":
                return raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + page("Untyped")), plain
            case "broken":
                return reset_after(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<html>"), plain
            case "status":
                status = lot.choice(
                    ["400", "401", "403", "404", "407", "410", "418", "451", "500", "600", "999", "204", "304"]
                )
                walls = ["cf-ray: 1", "Server: cloudflare", "Proxy-Authenticate: Basic"]
                return raw(reply(f"{status} Whatever", b"words", *lot.sample(walls, 2))), plain
            case "moved":
                where = lot.choice([other, f"http://{url.split('/')[2]}{other}", url.replace("http:", "https:") + "/"])
                return raw(reply(lot.choice(["301 Moved", "302 Found", "308 Moved"]), b"", f"Location: {where}")), plain
            case "odd location":
                odd = lot.choice([b"/caf\xc3\xa9", b"/\xff\xfe", b"mailto:x@a.example", b"http://[", b""])
                return raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + odd + b"\r\n\r\n"), plain
            case "loop":
                return raw(reply("301 Moved", b"", f"Location: {path}")), plain
            case "wall":
                return wall("id", lot.choice([0, 1, 3])), plain
            case "tokens":
                return tokens(), plain
            case "query":
                gone = reply("404 Not Found", b"gone")
                return by_query(aaa=good, bbb=gone, ccc=reply("301 Moved", b"", f"Location: {other}?sid=s3cr3t-d")), (
                    *("?sid=s3cr3t-aaa", "?sid=s3cr3t-bbb", "?sid=s3cr3t-ccc"),
                )
            case "flaky":
                turns = lot.choice([(busy, good), (busy, busy, good), (busy, busy, busy, good), (busy, busy, busy, busy)])
                return in_turn(*turns), plain
            case "asks to wait":
                asked = reply("429 Too Many Requests", b"", "Retry-After: 1")
                return in_turn(asked, good), plain
            case "reset":
                return lot.choice([reset_after(b""), reset_after(b"HTTP/1.1 200 OK\r\nContent-Le")]), plain
            case "missing":
                return None, plain
            case "hollow":
                return raw(reply("200 OK", NOT_FOUND)), plain
            case "home":
                return raw(reply("302 Found", b"", "Location: /")), plain
            case "challenge":
                body = b"<html><title>Just a moment...</title></html>"
                return raw(reply(lot.choice(["503 X", "403 X", "200 X"]), body, "cf-mitigated: challenge")), plain
            case "image":
                data = png(300, lot.choice([200, 150]), size=lot.choice([0, 40, 5_000, 90_000, 1_500_000]))
                return image(data, ranges=lot.random() < 0.5, media_type="image/png"), plain
            case "image late":
                return image(late_jpeg(300, 200), ranges=lot.random() < 0.5, media_type="image/jpeg"), plain
            case "image none":
                data = lot.choice([page("No image"), b"", png(300, 200)[:20], b"\xff\xd8\xff\xe0junk", b"GIF89a"])
                return image(data, ranges=lot.random() < 0.5, media_type=lot.choice(["image/png", "text/html"])), plain
            case _:
                raise AssertionError(kind)


KINDS = (
    *("page", "long page", "zipped", "latin", "untyped", "broken", "status", "status", "moved", "moved", "odd location"),
    *("loop", "wall", "tokens", "query", "flaky", "asks to wait", "reset", "missing", "missing", "hollow", "home"),
    *("challenge", "image", "image", "image late", "image none"),
)
