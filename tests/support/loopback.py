"""A small hostile web on 127.0.0.1: names, certificates and servers that behave as a path says. Nothing leaves the machine.

`Loopback` runs in a thread of its own with its own event loop, so that a client that blocks does not block the servers.
"""

import asyncio
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache, reduce
from pathlib import Path
from typing import NamedTuple

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from dnslib import AAAA, QTYPE, RCODE, RR, SOA, A, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer


class Asked(NamedTuple):
    """A request as it arrived."""

    host: str
    path: str
    headers: dict[str, str]
    method: str = "GET"


Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter
Behaviour = Callable[[Asked, Reader, Writer], Awaitable[None]]
Talk = Callable[[Reader, Writer], Awaitable[None]]
"""Everything that a server sends on one connection, from its first byte."""
PAGE = b"<!doctype html><html><head><title>A page</title></head><body>words</body></html>"


def reply(status: str = "200 OK", body: bytes = PAGE, *headers: str, type: str = "text/html") -> bytes:  # noqa: A002
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def raw(data: bytes) -> Behaviour:
    async def send(_asked: Asked, _reader: Reader, writer: Writer) -> None:
        writer.write(data)

    return send


def chunked(data: bytes, *headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + data


def slowly(head: bytes, drop: bytes) -> Behaviour:
    """Sends `head`, then `drop` five times a second, forever."""

    async def send(_asked: Asked, _reader: Reader, writer: Writer) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.2)

    return send


def staying(*packets: bytes) -> Behaviour:
    """Sends these, and leaves it to the other side to hang up."""

    async def send(_asked: Asked, reader: Reader, writer: Writer) -> None:
        for packet in packets:
            writer.write(packet)
            await writer.drain()
        await reader.read()

    return send


def without_end(head: bytes, piece: bytes) -> Behaviour:
    """Sends `head`, then `piece` as fast as it is received, forever."""

    async def send(_asked: Asked, _reader: Reader, writer: Writer) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()

    return send


async def silence(_asked: Asked, reader: Reader, _writer: Writer) -> None:
    await reader.read()


def reset_after(data: bytes) -> Behaviour:
    async def send(_asked: Asked, _reader: Reader, writer: Writer) -> None:
        writer.write(data)
        await writer.drain()
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return send


async def gate(asked: Asked, _reader: Reader, writer: Writer) -> None:
    """Redirects to itself until its cookie comes back."""
    if "seen=1" in asked.headers.get("cookie", ""):
        writer.write(reply())
    else:
        writer.write(reply("302 Found", b"", f"Location: {asked.path}", "Set-Cookie: seen=1; Path=/"))


async def growing(asked: Asked, _reader: Reader, writer: Writer) -> None:
    writer.write(reply("302 Found", b"", f"Location: {asked.path}{'x' * 500}"))


async def chain(asked: Asked, _reader: Reader, writer: Writer) -> None:
    left = int(asked.path.rpartition("/")[2])
    writer.write(reply("301 Moved Permanently", b"", f"Location: /chain/{left - 1}") if left else reply())


async def echo(asked: Asked, _reader: Reader, writer: Writer) -> None:
    """To where the query says, with a redirect; without a query, an answer."""
    where = asked.path.partition("?to=")[2]
    writer.write(reply("302 Found", b"", f"Location: {where}") if where else reply())


def picture(data: bytes, *, ranges: bool, type: str = "image/jpeg") -> Behaviour:  # noqa: A002
    async def send(asked: Asked, _reader: Reader, writer: Writer) -> None:
        wanted = asked.headers.get("range", "")
        if ranges and wanted:
            first, _, last = wanted.removeprefix("bytes=").partition("-")
            part = data[int(first) : int(last) + 1]
            where = f"Content-Range: bytes {first}-{int(first) + len(part) - 1}/{len(data)}"
            writer.write(reply("206 Partial Content", part, where, type=type))
        else:
            writer.write(reply("200 OK", data, type=type))

    return send


@cache
def bomb(mebibytes: int) -> bytes:
    """Zeros, compressed. Every mebibyte looks the same, so one is compressed."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    zeros = bytes(1 << 20)
    step = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = reduce(lambda before, _: zlib.crc32(zeros, before), range(mebibytes), 0)
    end = struct.pack("<II", checksum, mebibytes << 20)
    return gzip.compress(b"")[:10] + step * mebibytes + packer.flush() + end


async def explode(_asked: Asked, _reader: Reader, writer: Writer) -> None:
    writer.write(reply("200 OK", bomb(256), "Content-Encoding: gzip"))


ZIPPED = gzip.compress(PAGE)
_CSP = "Content-Security-Policy: " + "a" * 10_000

BEHAVIOURS: dict[str, Behaviour] = {
    "/ok": raw(reply()),
    "/notfound": raw(reply("404 Not Found", b"no")),
    "/infinite": without_end(chunked(b""), b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    "/infinite-image": without_end(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n", b"\xff" * 65536),
    "/slow-headers": slowly(b"HTTP/1.1 200 OK\r\n", b"X"),
    "/slow-body": slowly(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 60000\r\n\r\n", b"x"),
    "/no-body": staying(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 60000\r\n\r\n"),
    "/silent": silence,
    "/bomb": explode,
    "/truncated-gzip": raw(reply("200 OK", gzip.compress(PAGE * 200)[:-200], "Content-Encoding: gzip")),
    "/gzip": raw(reply("200 OK", ZIPPED, "Content-Encoding: gzip")),
    "/gzip-garbage": raw(reply("200 OK", ZIPPED + b"junk", "Content-Encoding: gzip")),
    "/not-gzip": raw(reply("200 OK", PAGE, "Content-Encoding: gzip")),
    "/brotli": raw(reply("200 OK", PAGE, "Content-Encoding: br")),
    "/nested": raw(reply("200 OK", ZIPPED, "Content-Encoding: gzip, gzip, gzip")),
    "/line-10k": raw(reply("200 OK", PAGE, _CSP)),
    "/headers-200": raw(reply("200 OK", PAGE, *(f"X-{n}: {n}" for n in range(200)))),
    "/line-1m": raw(reply("200 OK", PAGE, "X: " + "a" * (1 << 20))),
    "/headers-100k": raw(reply("200 OK", PAGE, *(f"X-{n}: {n}" for n in range(100_000)))),
    "/headers-tiny": raw(reply("200 OK", PAGE, *["a:"] * 70_000)),
    "/headers-endless": without_end(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 1000 + b"\r\n"),
    "/folded": raw(b"HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Length: 2\r\n\r\nok"),
    "/nul": raw(b"HTTP/1.1 200 OK\r\nX-A: o\0e\r\nContent-Length: 2\r\n\r\nok"),
    "/no-colon": raw(b"HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 2\r\n\r\nok"),
    "/space-before-colon": raw(b"HTTP/1.1 200 OK\r\nX-A : 1\r\nContent-Length: 2\r\n\r\nok"),
    "/high-bytes": raw(b"HTTP/1.1 200 OK\r\nX-A: \xff\xfe\r\nContent-Length: 2\r\n\r\nok"),
    "/two-types": raw(b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 2\r\n\r\nok"),
    "/length-long": raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 999\r\n\r\nok"),
    "/length-short": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more that nobody announced"),
    "/length-negative": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nok"),
    "/length-two": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nok"),
    "/length-plus": raw(b"HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok"),
    "/length-and-chunked": raw(chunked(b"2\r\nok\r\n0\r\n\r\n", "Content-Length: 2")),
    "/chunk-zz": raw(chunked(b"ZZ\r\nok\r\n0\r\n\r\n")),
    "/chunk-huge": raw(chunked(b"fffffffffffffffffff\r\nok")),
    "/te-unknown": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\nok"),
    "/te-double": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
    "/trailer-flood": without_end(chunked(b"2\r\nok\r\n0\r\n"), b"X-T: " + b"a" * 1000 + b"\r\n"),
    "/http-0.9": raw(b"<html>hello</html>"),
    "/http-2.0": raw(b"HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok"),
    "/status-99999": raw(b"HTTP/1.1 99999 Odd\r\nContent-Length: 2\r\n\r\nok"),
    "/status-600": raw(b"HTTP/1.1 600 Odd\r\nContent-Length: 2\r\n\r\nok"),
    "/status-999": raw(b"HTTP/1.1 999 Request denied\r\nContent-Length: 2\r\n\r\nok"),
    "/lf-only": raw(b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
    "/no-reason": raw(b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"),
    "/204-with-body": raw(b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok"),
    "/no-length": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + PAGE),
    "/interim-5": raw(b"HTTP/1.1 103 Early Hints\r\nLink: <http://10.0.0.1/>; rel=preload\r\n\r\n" * 5 + reply()),
    "/interim-endless": without_end(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "/ssh": raw(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
    "/smtp": raw(b"220 http.example ESMTP\r\n"),
    "/tls-alert": raw(b"\x15\x03\x01\x00\x02\x02\x28"),
    "/http-2-frames": raw(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"),
    "/switching-to-http-2": raw(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"
    ),
    "/switching": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    "/close": raw(b""),
    "/reset": reset_after(b""),
    "/reset-in-headers": reset_after(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "/reset-in-body": reset_after(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<html>"),
    "/loop-self": raw(reply("302 Found", b"", "Location: /loop-self")),
    "/ping": raw(reply("302 Found", b"", "Location: /pong")),
    "/pong": raw(reply("302 Found", b"", "Location: /ping")),
    "/gate": gate,
    "/growing": growing,
    "/chain": chain,
    "/echo": echo,
    "/location-missing": raw(reply("302 Found", b"")),
    "/location-long": raw(reply("302 Found", b"", "Location: /saml?request=" + "A" * 9000)),
    "/location-empty": raw(reply("302 Found", b"", "Location: ")),
    "/location-utf8": raw(b"HTTP/1.1 302 Found\r\nLocation: /caf\xc3\xa9\r\nContent-Length: 0\r\n\r\n"),
    "/location-bytes": raw(b"HTTP/1.1 302 Found\r\nLocation: /\xff\xfe\r\nContent-Length: 0\r\n\r\n"),
    "/caf%C3%A9": raw(reply()),
    "/%FF%FE": raw(reply()),
    "/304": raw(reply("304 Not Modified", b"")),
    "/300": raw(reply("300 Multiple Choices", b"", "Location: /ok")),
    "/cloudflare": raw(reply("403 Forbidden", b"x", "cf-mitigated: challenge", "server: cloudflare", "cf-ray: 1")),
    "/captcha": raw(reply("403 Forbidden", b'<script src="https://ct.captcha-delivery.com/c.js"></script>')),
    "/429": raw(reply("429 Too Many Requests", b"", "Retry-After: 5")),
    "/range-400": raw(reply("416 Range Not Satisfiable", b"", "Content-Range: bytes */0")),
}


class Loopback:
    """The running web. `asked` are all requests so far, in order; `names` what the name server knows."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[Asked] = []
        self.behaviours: dict[str, Behaviour] = dict(BEHAVIOURS)
        self.names: dict[str, list[str] | str] = {}
        self.lookups: list[str] = []
        self.ports: dict[str, int] = {}
        self.connections = 0
        self.ca_file = str(folder / "ca.pem")
        self._certificates = _Certificates(folder)
        self._certificates.ca.cert_pem.write_to_path(self.ca_file)
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(30)
        self._black_hole = black_hole()
        self.ports["black-hole"] = self._black_hole[0].getsockname()[1]
        self._closed = _closed()
        self.ports["closed"] = self._closed.getsockname()[1]
        quiet = DNSLogger(logf=lambda _: None)
        self._dns = DNSServer(_Names(self), address="127.0.0.1", port=0, handler=_QuietHandler, logger=quiet)
        self._dns.start_thread()
        self.nameserver = f"127.0.0.1:{self._dns.server.server_address[1]}"

    async def _start(self) -> None:
        self.ports["http"] = await self._serve(None)
        for name, context in self._certificates.contexts():
            self.ports[name] = await self._serve(context)
        for name, talk in (("silent", _say_nothing), ("resetting", _reset)):
            self.ports[name] = await self._serve(None, talk)
        self.behaviours["/between.der"] = raw(reply("200 OK", self._certificates.between))

    async def _serve(
        self, context: ssl.SSLContext | None, talk: Talk | None = None, address: str = "127.0.0.1", at: int = 0
    ) -> int:
        server = await asyncio.start_server(talk or self._talk, address, at, ssl=context, limit=1 << 20)
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _talk(self, reader: Reader, writer: Writer) -> None:
        self.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
                while first := await reader.read(1):
                    if first == b"\x16":  # the client uses TLS
                        writer.write(reply("400 Bad Request"))
                        break
                    asked = _parse(first + await reader.readuntil(b"\r\n\r\n"))
                    self.asked.append(asked)
                    behaviour = self._behaviour(asked)
                    await behaviour(asked, reader, writer)
                    await writer.drain()
                    if behaviour not in self._kept():
                        break
        finally:
            writer.close()

    def _behaviour(self, asked: Asked) -> Behaviour:
        path = asked.path.partition("?")[0]
        for key in (f"{asked.host}{path}", path, "/" + path.lstrip("/").partition("/")[0], asked.host):
            if key in self.behaviours:
                return self.behaviours[key]
        return self.behaviours["/growing"] if path.startswith("/growing") else raw(reply("404 Not Found", b"no such page"))

    def _kept(self) -> tuple[Behaviour, ...]:
        return self.behaviours["/ok"], self.behaviours["/notfound"], gate, chain, echo

    def close(self) -> None:
        self._dns.stop()
        self._dns.server.server_close()
        for connection in (*self._black_hole, self._closed):
            connection.close()
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def serve(self, *hosts: str) -> int:
        """The port of a further server, which has a certificate for these hosts."""
        return self._serve_now(self.context(*hosts))

    def serve_as(self, name: str) -> int:
        """The port of a further server, which has a certificate for this name or pattern, whatever its characters."""
        return self._serve_now(self._certificates.odd(name))

    def serve_beside(self, address: str, port: int) -> None:
        """The plain web once more, on a further address."""
        self._serve_now(None, None, address, port)

    def listen(self, talk: Talk) -> int:
        """The port of a further server, of whose connections `talk` has every byte."""
        return self._serve_now(None, talk)

    def context(self, *hosts: str, key_type: trustme.KeyType = trustme.KeyType.ECDSA) -> ssl.SSLContext:
        """A server's, with a good certificate for these hosts."""
        return _context(self._certificates.ca.issue_cert(*hosts, key_type=key_type))

    def _serve_now(
        self, context: ssl.SSLContext | None, talk: Talk | None = None, address: str = "127.0.0.1", at: int = 0
    ) -> int:
        return asyncio.run_coroutine_threadsafe(self._serve(context, talk, address, at), self._loop).result(30)

    def resolve(self) -> tuple[tuple[str, str], ...]:
        """For `Options.resolve`: every name leads here, some of them to a server of their own."""
        special = [(f"{name}.example:443", f"127.0.0.1:{port}") for name, port in self.ports.items() if name != "http"]
        plain = [(f"{name}.example:80", f"127.0.0.1:{self.ports[name]}") for name in ("black-hole", "closed")]
        return (
            *special,
            *plain,
            ("plain.example:443", f"127.0.0.1:{self.ports['http']}"),
            ("*:443", f"127.0.0.1:{self.ports['good']}"),
            ("*:80", f"127.0.0.1:{self.ports['http']}"),
        )


async def _say_nothing(reader: Reader, writer: Writer) -> None:
    with suppress(ConnectionError, asyncio.CancelledError):
        await reader.read()
    writer.close()


async def _reset(reader: Reader, writer: Writer) -> None:
    await reader.read(1)
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def shaking_hands(context: ssl.SSLContext, then: bytes, *, stay: bool = False) -> Talk:
    """A complete TLS handshake, even if it fails: asyncio's own server closes the connection without an alert.

    If it succeeds, `then` is sent after the first request. With `stay`, nothing more is sent until the client closes.
    """

    async def talk(reader: Reader, writer: Writer) -> None:
        waits = stay
        taken, given = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(taken, given, server_side=True)

        async def until_done(step: Callable[[], object]) -> None:
            while True:
                try:
                    step()
                except ssl.SSLWantReadError:
                    writer.write(given.read())
                    data = await reader.read(1 << 16)
                    if not data:
                        raise ConnectionError("hung up") from None
                    taken.write(data)
                else:
                    return

        try:
            with suppress(ConnectionError, asyncio.CancelledError):
                try:
                    await until_done(tls.do_handshake)
                    await until_done(lambda: tls.read(1 << 16))
                    tls.write(then)
                except ssl.SSLError:
                    waits = True  # hanging up on what was not read yet would be a reset, and overtake the alert
                writer.write(given.read())
                if waits:
                    await reader.read()
        finally:
            writer.close()

    return talk


def saying(data: bytes) -> Talk:
    """Says this to whatever comes first, and hangs up."""

    async def talk(reader: Reader, writer: Writer) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            await reader.read(1 << 16)
            writer.write(data)
        writer.close()

    return talk


class _Certificates:
    """A test authority, and a server context for every way a certificate can be wrong."""

    def __init__(self, folder: Path) -> None:
        self.ca = trustme.CA()
        self._folder = folder
        self.between = b""

    def contexts(self) -> list[tuple[str, ssl.SSLContext]]:
        now = datetime.now(UTC)
        day = timedelta(days=1)
        old = self.ca.issue_cert("expired.example", not_before=now - 9 * day, not_after=now - day)
        early = self.ca.issue_cert("not-yet-valid.example", not_before=now + day, not_after=now + 9 * day)
        soon = self.ca.issue_cert("soon.example", not_after=now + 5 * day)
        return [
            ("good", _context(self.ca.issue_cert("good.example", "a.example", "b.example", "*.a.example", "*.b.example"))),
            ("expired", _context(old)),
            ("not-yet-valid", _context(early)),
            ("soon", _context(soon)),
            ("wrong-host", _context(self.ca.issue_cert("other.example"))),
            ("untrusted", _context(trustme.CA().issue_cert("untrusted.example"))),
            ("self-signed", self._self_signed()),
            ("unidentified", self._unidentified()),
            ("incomplete", self._incomplete()),
            ("wants-certificate", _strict(_context(self.ca.issue_cert("wants-certificate.example")))),
        ]

    def odd(self, pattern: str) -> ssl.SSLContext:
        """For a name or pattern that trustme does not sign."""
        top, top_key = self._top()
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "odd")])
        return self._load("odd", key, [_sign(name, top.subject, key, top_key, pattern)])

    def _self_signed(self) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "self-signed.example")])
        return self._load("self-signed", key, [_sign(name, name, key, key, "self-signed.example")])

    def _unidentified(self) -> ssl.SSLContext:
        """A leaf without the key identifiers that RFC 5280 wants and browsers do without."""
        top, top_key = self._top()
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "unidentified.example")])
        return self._load("unidentified", key, [_sign(name, top.subject, key, top_key, "unidentified.example")])

    def _incomplete(self) -> ssl.SSLContext:
        """A leaf whose issuer is signed by the test authority, is not sent, and can be had where the leaf says."""
        top, top_key = self._top()
        key, leaf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority between")])
        between = _sign(name, top.subject, key, top_key)
        leaf_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "incomplete.example")])
        hosts = ("incomplete.example", "*.incomplete.example")
        leaf = _sign(leaf_name, name, leaf_key, key, *hosts, issuer_at="http://aia.example/between.der")
        self.between = between.public_bytes(serialization.Encoding.DER)
        return self._load("incomplete", leaf_key, [leaf])

    def _top(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        """The test authority's certificate and key."""
        key = serialization.load_pem_private_key(self.ca.private_key_pem.bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate(self.ca.cert_pem.bytes()), key

    def _load(self, name: str, key: ec.EllipticCurvePrivateKey, chain: list[x509.Certificate]) -> ssl.SSLContext:
        file = self._folder / f"{name}.pem"
        pem = serialization.Encoding.PEM
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file.write_bytes(private + b"".join(each.public_bytes(pem) for each in chain))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _sign(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    *hosts: str,
    issuer_at: str | None = None,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=90))
        .add_extension(x509.BasicConstraints(ca=not hosts, path_length=None), critical=True)
    )
    if hosts:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
    if issuer_at is not None:
        where = x509.UniformResourceIdentifier(issuer_at)
        access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, where)
        builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _strict(context: ssl.SSLContext) -> ssl.SSLContext:
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class _Names(BaseResolver):  # type: ignore[misc]  # dnslib publishes no types
    """Answers from `Loopback.names`: addresses, or a word for how to fail. What it does not know does not exist.

    An entry that is a list of lists is answered turn by turn.
    """

    def __init__(self, web: Loopback) -> None:
        self._web = web

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        name = str(request.q.qname).rstrip(".").lower()
        answer = request.reply()
        known = self._web.names.get(name)
        self._web.lookups.append(f"{name} {QTYPE[request.q.qtype]}")
        if known == "servfail":
            answer.header.rcode = RCODE.SERVFAIL
        elif known == "refused":
            answer.header.rcode = RCODE.REFUSED
        elif known is None:
            answer.header.rcode = RCODE.NXDOMAIN
            # For how long is said as real zones say it (RFC 2308).
            answer.add_auth(
                RR("example", QTYPE.SOA, ttl=900, rdata=SOA("ns.example", "h.example", (1, 3600, 600, 86400, 900)))
            )
        elif isinstance(known, list):
            for address in known:
                kind, data = ("AAAA", AAAA(address)) if ":" in address else ("A", A(address))
                if QTYPE[request.q.qtype] == kind:
                    answer.add_answer(RR(name, getattr(QTYPE, kind), rdata=data, ttl=0))
        return answer


class _QuietHandler(DNSHandler):  # type: ignore[misc]  # dnslib publishes no types
    """Says nothing where a name is to time out."""

    def get_reply(self, data: bytes) -> bytes:
        name = str(DNSRecord.parse(data).q.qname).rstrip(".").lower()
        if self.server.resolver._web.names.get(name) == "timeout":
            raise ConnectionError("as asked for")
        found: bytes = super().get_reply(data)
        return found

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()


def _parse(head: bytes) -> Asked:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    method, path, *_ = first.split(" ")
    return Asked(headers.get("host", ""), path, headers, method)


def black_hole(address: str = "127.0.0.1", port: int = 0) -> list[socket.socket]:
    """A listener whose queue is full, so that connecting to it never ends. The caller closes everything."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen(0)
    sockets = [listener]
    for _ in range(4):
        filler = socket.socket(family)
        filler.setblocking(False)
        with suppress(BlockingIOError):
            filler.connect(listener.getsockname())
        sockets.append(filler)
    return sockets


def _closed() -> socket.socket:
    """A port on which no process listens or can listen."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    return holder
