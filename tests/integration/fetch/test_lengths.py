"""Where a body ends is found whatever a server says twice or oddly, and without waiting for it to hang up."""

import asyncio
from collections.abc import Callable

import pytest
from loopback import PAGE, Asked, Loopback, Reader, Writer, chunked, reply, staying

from linkcheck.fetch.attempt.redirects import follow
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.transports import build_transport
from linkcheck.model import Outcome, Probe, Target

Ask = Callable[..., Outcome]

CUT = len(PAGE) // 2
PIECES = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (PAGE[:CUT], PAGE[CUT:], b""))
HTML = "Content-Type: text/html"


def _head(*lines: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", HTML, *lines]).encode() + b"\r\n\r\n"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(chunked(PIECES), id="chunked"),
        pytest.param(chunked(PIECES, "Transfer-Encoding: chunked"), id="chunked, said in two lines"),
        pytest.param(_head("Transfer-Encoding: chunked, chunked") + PIECES, id="chunked, said twice in one line"),
        pytest.param(_head("Transfer-Encoding: identity, chunked") + PIECES, id="identity before chunked"),
        pytest.param(
            _head(f"Content-Length: {len(PAGE)}", f"Content-Length: {len(PAGE)}") + PAGE, id="one length in two lines"
        ),
        pytest.param(_head(f"Content-Length: {len(PAGE)}, {len(PAGE)}") + PAGE, id="one length twice in one line"),
        pytest.param(
            _head("Transfer-Encoding: identity", f"Content-Length: {len(PAGE)}") + PAGE, id="identity and a length"
        ),
        pytest.param(_head("Transfer-Encoding:", f"Content-Length: {len(PAGE)}") + PAGE, id="an empty coding and a length"),
    ],
)
def test_a_page_is_read_to_its_end_although_the_server_stays(ask: Ask, loopback: Loopback, reply: bytes) -> None:
    loopback.behaviours["/said"] = staying(reply)
    outcome = ask("http://a.example/said", probe=Probe.PAGE)
    assert outcome.failure is None
    assert outcome.answer is not None
    assert outcome.answer.page is not None
    assert (outcome.answer.body, outcome.answer.page.title) == (None, "A page")


@pytest.mark.parametrize(
    "lines", [["Content-Length: -6"], ["Content-Length: 2", "Content-Length: 79"]], ids=["less than none", "two"]
)
def test_a_length_that_cannot_be_believed_is_waited_for_by_nobody(ask: Ask, loopback: Loopback, lines: list[str]) -> None:
    found = []
    for packets in ((_head(*lines) + PAGE,), (_head(*lines), PAGE)):
        loopback.behaviours["/odd"] = staying(*packets)
        outcome = ask("http://a.example/odd", probe=Probe.PAGE)
        assert outcome.failure is None
        assert outcome.answer is not None
        found.append(outcome.answer.status)
    assert found == [200, 200]


def test_bytes_that_come_late_are_not_charged_to_the_next_page(options: FetchOptions, loopback: Loopback) -> None:
    async def late(_asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.write(reply("200 OK", b"hello"))
        await writer.drain()
        await reader.readuntil(b"\r\n\r\n")  # what is asked next, on the same connection
        writer.write(b"<!-- late -->")
        await writer.drain()

    loopback.behaviours["/late"] = late

    async def main() -> list[Outcome]:
        transport = build_transport(options)
        try:
            urls = ("http://a.example/late", "http://a.example/ok")
            return [await follow(Target(url, Probe.STATUS, "a.example"), transport, options) for url in urls]
        finally:
            await transport.aclose()

    first, second = asyncio.run(main())
    assert first.answer is not None
    assert second.answer is not None
    assert (second.answer.status, second.requests) == (200, 2)


@pytest.mark.parametrize("etag", ['"a\0b"', '"a\rb"', '"caf\u00e9"'])
def test_a_validator_that_cannot_be_sent_is_not_sent(options: FetchOptions, etag: str) -> None:
    async def main() -> Outcome:
        transport = build_transport(options)
        try:
            target = Target("http://a.example/ok", Probe.STATUS, "a.example")
            return await follow(target, transport, options, validators=(etag, None))
        finally:
            await transport.aclose()

    assert asyncio.run(main()).answer is not None
