"""Odd answers over raw sockets: what Chromium shows lives for linkcheck too, and what it refuses is not passed in silence.

Chromium opens all of them in one page, each in a frame of its own that tells the page when its script runs. Each is at a
host of its own and on port 80, since some forms are allowed nowhere else.
"""

import asyncio
import gzip
import zlib
from collections.abc import Iterator

import pytest
from headless import browser
from image_samples import encoded
from loopback import Behaviour, Loopback, raw, reply, slowly, staying
from tools import program

from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.transports import build_transport
from linkcheck.judge.classify import verdict
from linkcheck.model import Outcome, Probe, Target, VerdictKind

PAGE = (
    b"<!doctype html><html><head><title>A page</title></head><body>"
    b'<script>parent.postMessage(location.hostname, "*")</script></body></html>'
)
TYPE = b"Content-Type: text/html\r\n"
HEAD = b"HTTP/1.1 200 OK\r\n" + TYPE
LENGTH = b"Content-Length: %d\r\n" % len(PAGE)
USUAL = HEAD + LENGTH + b"\r\n" + PAGE
ZIPPED = gzip.compress(PAGE)
TWICE = gzip.compress(ZIPPED)
PNG = encoded("png")


def _chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


def _begun(line: bytes) -> Behaviour:
    return raw(line + b"\r\n" + TYPE + LENGTH + b"\r\n" + PAGE)


def _long(value: bytes) -> Behaviour:
    return raw(HEAD + b"Content-Length: " + value + b"\r\n\r\n" + PAGE)


def _framed(coding: bytes, body: bytes, *more: bytes) -> Behaviour:
    return raw(b"".join((HEAD, *more, b"Transfer-Encoding: ", coding, b"\r\n\r\n", body)))


def _coded(coding: bytes, body: bytes = PAGE) -> Behaviour:
    return raw(HEAD + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s" % (coding, len(body), body))


def _image(coding: bytes, body: bytes = PNG) -> Behaviour:
    return raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s"
        % (coding, len(body), body)
    )


def _flushed() -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(PAGE) + packer.flush(zlib.Z_SYNC_FLUSH)


FRAMED = "aws-chunked in its own chunks"
LIVING: dict[str, Behaviour] = {
    "a usual answer": raw(USUAL),
    **{
        f"the status line {line!r}": _begun(line)
        for line in (
            *(b"http/1.1 200 OK", b"HTTP/2 200", b"HTTP/2.0 200 OK", b"HTTP/1 200", b"HTTP/1.10 200", b"HTTP/1.1 200OK"),
            *(b"HTTP 200 OK", b"HTTP/1.1", b"HTTP/1.1 ", b"HTTP/1.1 OK", b"HTTP/1.1\t200\tOK", b"HTTP/x 200"),
            *(b"1234HTTP/1.1 200 OK", b" HTTP/1.1 200 OK", b"HTTP/1.1 0200 OK", b"\xef\xbb\xbfHTTP/1.1 200 OK"),
        )
    },
    **{
        f"the length {value!r}": _long(value)
        for value in (
            *(b"", b"+%d" % len(PAGE), b"-1", b"abc", b"%d.0" % len(PAGE), b"%d bytes" % len(PAGE), b"9" * 20),
            *(b"%d, %d" % (len(PAGE), len(PAGE)), b"0" * 20 + b"%d" % len(PAGE)),
        )
    },
    "no head at all": raw(PAGE),
    "an unasked 101 before it": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + USUAL),
    "30 hints before it": raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 30 + USUAL),
    "1000 hints before it": raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000 + USUAL),
    "a header of 200 KB": raw(HEAD + b"Content-Security-Policy: " + b"a" * 200_000 + b"\r\n\r\n" + PAGE),
    "600 cookies": raw(HEAD + b"Set-Cookie: a=b\r\n" * 600 + b"\r\n" + PAGE),
    "20,000 headers": raw(HEAD + b"X: a\r\n" * 20_000 + b"\r\n" + PAGE),
    **{
        f"the transfer coding {coding.decode()}": _framed(coding, _chunked(PAGE))
        for coding in (b"chunked, chunked", b"gzip, chunked", b"chunked, gzip", b"chunked, identity", b"Chunked")
    },
    **{
        f"the transfer coding {coding.decode()}, and no chunks": _framed(coding, PAGE)
        for coding in (b"identity", b"gzip", b"xchunked")
    },
    "a chunk's size after 5000 zeros": _framed(b"chunked", b"0" * 5000 + _chunked(PAGE)),
    **{
        f"the content coding {coding.decode()}": _coded(coding)
        for coding in (b"UTF-8", b"utf8", b"none", b"binary", b"aws-chunked", b"chunked", b"gzip, UTF-8", b"")
    },
    **{
        f"the content coding {coding.decode()} and a body as it is": _coded(coding)
        for coding in (b"compress", b"dcb", b"dcz")
    },
    "a content coding in two lines": raw(HEAD + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n" + TWICE),
    "gzip with a wrong checksum": _coded(b"gzip", ZIPPED[:-8] + b"\0" * 8),
    "gzip without a checksum": _coded(b"gzip", ZIPPED[:-8]),
    "gzip with a file's name": _coded(b"gzip", ZIPPED[:3] + b"\x08" + ZIPPED[4:10] + b"page.html\0" + ZIPPED[10:]),
    "gzip three times": _coded(b"gzip, gzip, gzip", gzip.compress(gzip.compress(ZIPPED))),
    FRAMED: _coded(b"aws-chunked", b"%x;chunk-signature=1\r\n%s\r\n0;chunk-signature=2\r\n\r\n" % (len(PAGE), PAGE)),
    "an open connection behind a chunk": staying(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + _chunked(PAGE).removesuffix(b"0\r\n\r\n")
    ),
    "an open connection and no length": staying(HEAD + b"\r\n" + PAGE),
    "an open connection and a length that is too long": staying(HEAD + b"Content-Length: 9000\r\n\r\n" + PAGE),
    "an open connection and a length that is none": staying(HEAD + b"Content-Length: x\r\n\r\n" + PAGE),
    "an open connection and no head": staying(PAGE),
    "an open connection and a transfer coding without chunks": staying(
        HEAD + b"Transfer-Encoding: gzip\r\n" + LENGTH + b"\r\n" + PAGE
    ),
    "an open connection behind gzip": staying(HEAD + b"Content-Encoding: gzip\r\n\r\n" + _flushed()),
    "paragraphs that trickle": slowly(HEAD + b"\r\n" + PAGE, b"<p>"),
    "a head without an end": staying(HEAD + b"\r\n" + PAGE.replace(b"</head><body>", b"")),
}
LIVING_WITHOUT_A_STATUS = {
    f"the status {status.decode()}": _begun(b"HTTP/1.1 " + status) for status in (b"600 Odd", b"2000 OK")
}
REFUSED: dict[str, Behaviour] = {
    "two lengths": raw(HEAD + b"Content-Length: 50\r\n" + LENGTH + b"\r\n" + PAGE),
    "two lengths in a line": _long(b"%d, 50" % len(PAGE)),
    "two spellings of a length": raw(HEAD + b"Content-Length: 0%d\r\n" % len(PAGE) + LENGTH + b"\r\n" + PAGE),
    "five bytes before the status line": _begun(b"12345HTTP/1.1 200 OK"),
    "another protocol": _begun(b"ICY 200 OK"),
    "a name that is no gzip": _coded(b"gzip"),
    "a name that is no brotli": _coded(b"br"),
    "a name that is no zstd": _coded(b"zstd"),
    "more than 300 KiB of headers": raw(HEAD + b"X: " + b"a" * 310_000 + b"\r\n\r\n" + PAGE),
}
IMAGES: dict[str, Behaviour] = {
    **{
        f"an image in the content coding {coding.decode()}": _image(coding) for coding in (b"UTF-8", b"none", b"aws-chunked")
    },
    "an image in gzip": _image(b"gzip", gzip.compress(PNG)),
    "an image and a length that is none": raw(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n" + PNG),
    "an image of another version": raw(b"HTTP/2 200\r\nContent-Length: %d\r\n\r\n" % len(PNG) + PNG),
}
PAGES = {**LIVING, **LIVING_WITHOUT_A_STATUS, **REFUSED}
HOSTS = {name: f"w{number}.witness.example" for number, name in enumerate([*PAGES, *IMAGES])}
OPEN = """
const [pages, images, living] = arguments;
window.living = living;
window.shown = [];
addEventListener("message", (event) => shown.push(event.data));
for (const host of pages) {
  const frame = document.createElement("iframe");
  frame.src = `http://${host}/`;
  document.body.append(frame);
}
for (const host of images) {
  const image = new Image();
  image.onload = () => shown.push(host);
  image.src = `http://${host}/`;
}
"""
WAIT = """
const done = arguments[0];
let left = 300, more = 10;
setInterval(() => {
  left -= 1;
  if (window.living.every((host) => shown.includes(host))) more -= 1;
  if (left === 0 || more === 0) done(shown);
}, 100);
"""
"""Until all that lives is shown, and a second longer for what should not be: some of that never ends loading."""


@pytest.fixture(scope="module")
def web(loopback_session: Loopback) -> Iterator[Loopback]:
    before = dict(loopback_session.behaviours)
    loopback_session.behaviours.update({HOSTS[name]: behaviour for name, behaviour in {**PAGES, **IMAGES}.items()})
    loopback_session.behaviours["index.witness.example"] = raw(reply())
    yield loopback_session
    loopback_session.behaviours.clear()
    loopback_session.behaviours.update(before)


@pytest.fixture(scope="module")
def shown(web: Loopback, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The hosts whose page or image Chromium shows."""
    chromedriver = program("chromedriver", package="chromium-driver")
    rule = f"--host-resolver-rules=MAP *:80 127.0.0.1:{web.ports['http']}"
    with browser(chromium, chromedriver, tmp_path_factory.mktemp("profile"), rule) as opened:
        opened.open("http://index.witness.example/")
        living = [HOSTS[name] for name in HOSTS if name not in REFUSED]
        opened.run(OPEN, [HOSTS[name] for name in PAGES], [HOSTS[name] for name in IMAGES], living)
        found = opened.run_until_called(WAIT)
    assert isinstance(found, list)
    return set(found)


@pytest.fixture(scope="module")
def outcomes(web: Loopback) -> dict[str, Outcome]:
    """What linkcheck makes of each, by host."""
    options = FetchOptions(
        allow_addresses=("127.0.0.0/8",),
        allow_ports=tuple(web.ports.values()),
        resolve=web.resolve(),
        ca_bundle=web.ca_file,
        timeout=20.0,
    )

    async def main() -> list[Outcome]:
        transport = build_transport(options)
        targets = [
            Target(f"http://{host}/", Probe.IMAGE if name in IMAGES else Probe.PAGE, host) for name, host in HOSTS.items()
        ]
        try:
            return await asyncio.gather(*(follow(target, transport, options) for target in targets))
        finally:
            await transport.aclose()

    return dict(zip(HOSTS.values(), asyncio.run(main()), strict=True))


@pytest.mark.parametrize("name", [*LIVING, *IMAGES])
def test_what_chromium_shows_is_ok(shown: set[str], outcomes: dict[str, Outcome], name: str) -> None:
    assert HOSTS[name] in shown
    seen = verdict(outcomes[HOSTS[name]])
    assert seen.kind is VerdictKind.OK, seen.reason
    answer = outcomes[HOSTS[name]].answer
    assert answer is not None
    if name in IMAGES:
        assert answer.image is not None
        assert (answer.image.width, answer.image.height) == (96, 64)
    else:
        assert answer.page is not None
        # The size of the first chunk stands as text before the head, so the head is empty.
        assert answer.page.title == (None if name == FRAMED else "A page")


@pytest.mark.parametrize("name", LIVING_WITHOUT_A_STATUS)
def test_what_chromium_shows_with_a_status_that_means_nothing_is_suspect(
    shown: set[str], outcomes: dict[str, Outcome], name: str
) -> None:
    assert HOSTS[name] in shown
    assert verdict(outcomes[HOSTS[name]]).kind is VerdictKind.SUSPECT


@pytest.mark.parametrize("name", REFUSED)
def test_what_chromium_refuses_is_not_ok(shown: set[str], outcomes: dict[str, Outcome], name: str) -> None:
    assert HOSTS[name] not in shown
    assert verdict(outcomes[HOSTS[name]]).kind in {VerdictKind.SUSPECT, VerdictKind.UNREACHABLE}
