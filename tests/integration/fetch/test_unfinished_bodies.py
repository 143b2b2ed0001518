"""What is concluded from a body that never ends: an answer from what came, without waiting for the deadline.

The deadline of these requests is longer than the time that a test may take, but where it is meant to strike.
"""

import asyncio
import zlib
from collections.abc import Callable

import pytest
from image_samples import encoded
from loopback import Asked, Behaviour, Loopback, Reader, Writer, reply, slowly, staying

from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]

FOR_EVER = 600.0
OK = b"HTTP/1.1 200 OK\r\n"
HTML = OK + b"Content-Type: text/html\r\n"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
HEAD = b"<!doctype html><html><head><title>A page</title><link rel=canonical href=http://a.example/></head>"
START = HEAD + b"<body><h1>Words</h1>"
PNG = encoded("png")


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def flushed(data: bytes) -> bytes:
    """Compressed as far as it goes, with more to come."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(staying(CHUNKED + chunk(START)), id="chunks without the last one"),
        pytest.param(staying(HTML + b"\r\n" + START), id="no length"),
        pytest.param(staying(HTML + b"Content-Length: 60000\r\n\r\n" + START), id="a length that is too long"),
        pytest.param(staying(HTML + b"Content-Length: 60000 bytes\r\n\r\n" + START), id="a length that is no number"),
        pytest.param(staying(HTML + b"Content-Encoding: gzip\r\n\r\n" + flushed(START)), id="gzip"),
        pytest.param(staying(HTML + b"Transfer-Encoding: gzip\r\n\r\n" + START), id="a transfer coding that is none"),
        pytest.param(staying(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + HTML + b"\r\n" + START), id="after a 101"),
        pytest.param(staying(START), id="no head at all"),
        pytest.param(slowly(CHUNKED + chunk(START), chunk(b"<p>more")), id="chunks that trickle"),
        pytest.param(slowly(HTML + b"\r\n" + START, b"<p>"), id="paragraphs that trickle"),
        pytest.param(slowly(HTML + b"\r\n", START), id="pages upon pages"),
    ],
)
def test_a_page_whose_head_is_here_is_answered_for(ask: Ask, loopback: Loopback, behaviour: Behaviour) -> None:
    loopback.behaviours["/open"] = behaviour
    outcome = ask("http://a.example/open", probe=Probe.PAGE, timeout=FOR_EVER)
    assert outcome.answer is not None
    assert outcome.answer.page is not None
    assert (outcome.answer.status, outcome.answer.body) == (200, None)
    assert (outcome.answer.page.title, outcome.answer.page.canonicals) == ("A page", ("http://a.example/",))


def test_what_follows_the_head_soon_is_read_too(ask: Ask, loopback: Loopback) -> None:
    async def in_pieces(_asked: Asked, reader: Reader, writer: Writer) -> None:
        for piece in (HTML + b"\r\n" + START, b"<form>", b"<input type=password name=p>"):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.1)
        await reader.read()

    loopback.behaviours["/open"] = in_pieces
    answer = ask("http://a.example/open", probe=Probe.PAGE, timeout=FOR_EVER).answer
    assert answer is not None
    assert answer.page is not None
    assert answer.page.has_password_field


@pytest.mark.parametrize(
    ("behaviour", "title", "defect"),
    [
        pytest.param(staying(HTML + b"\r\n<title>A page</title>"), "A page", None, id="a title, and silence"),
        pytest.param(slowly(HTML + b"\r\n<title>A page</title>", b"<!-- -->"), "A page", None, id="a title, and comments"),
        pytest.param(slowly(HTML + b"\r\n", b"words "), None, "incomplete", id="words"),
    ],
)
def test_a_page_whose_head_never_ends_says_what_it_said_by_the_deadline(
    ask: Ask, loopback: Loopback, behaviour: Behaviour, title: str | None, defect: str | None
) -> None:
    loopback.behaviours["/open"] = behaviour
    answer = ask("http://a.example/open", probe=Probe.PAGE, timeout=1.0).answer
    assert answer is not None
    assert answer.page is not None
    assert (answer.body, answer.page.title, answer.page.truncated) == (defect, title, True)


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(staying(OK + b"\r\n" + PNG), id="no length"),
        pytest.param(staying(OK + b"\r\n" + PNG[:20], PNG[20:60]), id="the first bytes only, in two packets"),
        pytest.param(staying(OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunk(PNG)), id="chunks without the last one"),
        pytest.param(
            staying(b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-16383/99999\r\n\r\n" + PNG), id="a range"
        ),
        pytest.param(slowly(OK + b"\r\n" + PNG, b"\0"), id="bytes that trickle"),
    ],
)
def test_an_image_that_can_be_measured_is_answered_for(ask: Ask, loopback: Loopback, behaviour: Behaviour) -> None:
    loopback.behaviours["/open"] = behaviour
    answer = ask("http://a.example/open", probe=Probe.IMAGE, timeout=FOR_EVER).answer
    assert answer is not None
    assert answer.image is not None
    assert (answer.body, answer.image.format, answer.image.width, answer.image.height) == (None, "png", 96, 64)


def test_a_page_in_the_place_of_an_image_is_one_without_an_end(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["/open"] = staying(HTML + b"\r\n" + START + b"<p>words" * 500)
    answer = ask("http://a.example/open", probe=Probe.IMAGE, timeout=FOR_EVER).answer
    assert answer is not None
    assert answer.image is not None
    assert answer.image.not_image == "html"


def test_an_image_that_cannot_be_measured_by_the_deadline_is_cut_short(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["/open"] = staying(OK + b"\r\n" + PNG[:20])
    answer = ask("http://a.example/open", probe=Probe.IMAGE, timeout=1.0).answer
    assert answer is not None
    assert answer.image is not None
    assert (answer.body, answer.image.not_image) == ("incomplete", "truncated")


@pytest.mark.parametrize("probe", [Probe.PAGE, Probe.IMAGE])
def test_an_answer_of_whose_body_nothing_comes_is_a_timeout(ask: Ask, probe: Probe) -> None:
    outcome = ask("http://a.example/no-body", probe=probe, timeout=1.0)
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("timeout", "body")


@pytest.mark.parametrize("status", ["202 Accepted", "403 Forbidden", "503 Service Unavailable"])
@pytest.mark.parametrize("probe", [Probe.STATUS, Probe.PAGE])
def test_a_refusal_without_an_end_is_told_by_its_status_and_what_came(
    ask: Ask, loopback: Loopback, status: str, probe: Probe
) -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    wall = b"<html><head></head>Request unsuccessful. Incapsula incident ID: 1"
    for behaviour, challenge in (
        (staying(head), None),
        (staying(head + chunk(wall)), "Imperva's challenge page"),
        (slowly(head + chunk(wall), chunk(b".")), "Imperva's challenge page"),
    ):
        loopback.behaviours["/open"] = behaviour
        if status.startswith("202") and probe is Probe.PAGE and challenge is None:
            continue  # a page that is none yet: its body is needed
        answer = ask("http://a.example/open", probe=probe, timeout=FOR_EVER).answer
        assert answer is not None
        assert (answer.status, answer.challenge) == (int(status[:3]), challenge)


def test_a_small_page_that_stops_halfway_has_its_status(ask: Ask, loopback: Loopback) -> None:
    loopback.behaviours["/open"] = staying(HTML + b"Content-Length: 300\r\n\r\n" + START)
    answer = ask("http://a.example/open", probe=Probe.STATUS, timeout=FOR_EVER).answer
    assert answer is not None
    assert (answer.status, answer.challenge) == (200, None)


@pytest.mark.parametrize("probe", [Probe.STATUS, Probe.PAGE])
def test_the_connection_of_an_unfinished_body_is_not_used_again(ask: Ask, loopback: Loopback, probe: Probe) -> None:
    async def late(_asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.write(HTML + b"Content-Length: %d\r\n\r\n" % (len(START) + 9) + START)
        await writer.drain()
        await reader.read(1)  # hung up on, or asked again
        writer.write(reply("404 Not Found"))

    loopback.behaviours["/open"] = late
    before = loopback.connections
    answer = ask("http://a.example/open", "http://a.example/ok", probe=probe, timeout=FOR_EVER).answer
    assert answer is not None
    assert (answer.status, loopback.connections - before) == (200, 2)
