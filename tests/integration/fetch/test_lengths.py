"""Where a body ends is found whatever a server says twice or oddly, and without waiting for it to hang up."""

from collections.abc import Callable

import pytest
from loopback import PAGE, Asked, Behaviour, Loopback, Reader, Writer, chunked

from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]

CUT = len(PAGE) // 2
PIECES = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (PAGE[:CUT], PAGE[CUT:], b""))
HTML = "Content-Type: text/html"


def _staying(*packets: bytes) -> Behaviour:
    """Sends these, and leaves it to the other side to hang up."""

    async def send(_asked: Asked, reader: Reader, writer: Writer) -> None:
        for packet in packets:
            writer.write(packet)
            await writer.drain()
        await reader.read()

    return send


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
    loopback.behaviours["/said"] = _staying(reply)
    outcome = ask("http://a.example/said", probe=Probe.PAGE, timeout=1.0)
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
        loopback.behaviours["/odd"] = _staying(*packets)
        outcome = ask("http://a.example/odd", probe=Probe.PAGE, timeout=1.0)
        assert outcome.failure is None
        assert outcome.answer is not None
        found.append(outcome.answer.status)
    assert found == [200, 200]
