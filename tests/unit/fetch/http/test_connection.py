"""One connection, spoken to by a server that cuts its words anywhere."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wires import connect

from linkcheck.fetch.http.connection import BUFFER, Connection, ConnectionReply
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.response_head import HeadError

_T = TypeVar("_T")


class Spoken:
    """A connection, its line, and whether it was offered for another request."""

    def __init__(self) -> None:
        self.idle: list[Connection] = []
        self.lost: list[Connection] = []
        loop = asyncio.get_running_loop()
        self.connection = Connection(loop, "http://a.example", idle=self.idle.append, lost=self.lost.append)
        self.line = connect(self.connection)
        self.trace = RequestTrace("a.example", 0.0)

    def ask(self) -> asyncio.Future[ConnectionReply]:
        return self.connection.send(b"GET", self.trace)

    def hear(self, *pieces: bytes) -> None:
        for piece in pieces:
            if piece and not self.line.closed:
                self.connection.data_received(piece)


def run(main: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    return asyncio.run(main())


async def body_of(reply: ConnectionReply) -> tuple[bytes, str | None]:
    """The body, and the detail of how it ended where it did not end well."""
    found = b""
    try:
        async for piece in reply.body:
            found += piece
    except FetchError as error:
        return found, error.failure.detail
    return found, None


HEAD = b"HTTP/1.1 200 OK\r\n"
REPLIES = [
    # reply, body, defect, whether the connection can be used again
    pytest.param(HEAD + b"Content-Length: 5\r\n\r\nwords", b"words", None, True, id="length"),
    pytest.param(HEAD + b"Content-Length: 0\r\n\r\n", b"", None, True, id="nothing"),
    pytest.param(b"HTTP/1.1 204 No\r\n\r\n", b"", None, True, id="no body"),
    pytest.param(b"HTTP/1.1 304 No\r\nContent-Length: 0\r\n\r\n", b"", None, True, id="no body, and a length of none"),
    pytest.param(b"HTTP/1.1 304 No\r\nContent-Length: 39\r\n\r\n", b"", None, False, id="no body, but a length"),
    pytest.param(b"HTTP/1.1 204 No\r\nContent-Length: x\r\n\r\n", b"", None, False, id="no body, but a broken length"),
    pytest.param(b"HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n", b"", None, False, id="no body, but chunks"),
    pytest.param(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nwo\r\n3\r\nrds\r\n0\r\n\r\n", b"words", None, True, id="chunks"
    ),
    pytest.param(HEAD + b"\r\nwords", b"words", None, False, id="until the end"),
    pytest.param(HEAD + b"Connection: close\r\nContent-Length: 5\r\n\r\nwords", b"words", None, False, id="closed after it"),
    pytest.param(HEAD + b"Content-Length: 9\r\n\r\nwords", b"words", "framing", False, id="cut short"),
    pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n", b"words", "framing", False, id="no last chunk"),
    pytest.param(
        b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" * 3 + HEAD + b"Content-Length: 5\r\n\r\nwords",
        b"words",
        None,
        True,
        id="hints",
    ),
    pytest.param(b"\r\n" + HEAD + b"Content-Length: 5\r\n\r\nwords", b"words", None, True, id="after an empty line"),
    pytest.param(b"HTTP/2 200\r\nContent-Length: 5\r\n\r\nwords", b"words", None, False, id="another version"),
    pytest.param(b"\xef\xbb\xbf" + HEAD + b"Content-Length: 5\r\n\r\nwords", b"words", None, False, id="a BOM before it"),
    pytest.param(HEAD + b"Content-Length: 5 bytes\r\n\r\nwords", b"words", None, False, id="a length that is no number"),
    pytest.param(
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + HEAD + b"Content-Length: 5\r\n\r\nwords",
        b"words",
        None,
        False,
        id="another protocol that nobody offered",
    ),
    pytest.param(
        b"HTTP/1.1 103 Early\r\n\r\n" * 30 + HEAD + b"Content-Length: 5\r\n\r\nwords", b"words", None, True, id="30 hints"
    ),
    pytest.param(b"<html>words", b"<html>words", None, False, id="no head"),
]


@pytest.mark.parametrize(("reply", "body", "defect", "kept"), REPLIES)
def test_a_reply_is_the_same_however_it_is_cut(reply: bytes, body: bytes, defect: str | None, *, kept: bool) -> None:
    async def main(step: int) -> tuple[int, bytes, str | None, bool]:
        spoken = Spoken()
        waiter = spoken.ask()
        spoken.hear(*(reply[at : at + step] for at in range(0, len(reply), step)))
        if not kept:
            spoken.connection.connection_lost(None)
        got = await waiter
        return got.head.status, *await body_of(got), spoken.idle == [spoken.connection]

    for step in range(1, len(reply) + 1):
        status, found, detail, idle = asyncio.run(main(step))
        assert (status >= 200, found, detail, idle) == (True, body, defect, kept), step


@given(st.binary(max_size=200), st.lists(st.integers(1, 60), max_size=6))
def test_no_reply_raises_anything_but_what_is_promised(data: bytes, steps: list[int]) -> None:
    async def main() -> None:
        spoken = Spoken()
        waiter = spoken.ask()
        at = 0
        for step in [*steps, 1 << 16]:
            spoken.hear((HEAD + data)[at : at + step])
            at += step
        spoken.connection.connection_lost(None)
        try:
            reply = await waiter
        except (HeadError, OSError):
            return
        await body_of(reply)

    run(main)


def test_a_small_body_that_came_with_its_head_is_at_hand() -> None:
    async def main() -> tuple[bytes | None, bytes]:
        spoken = Spoken()
        waiter = spoken.ask()
        spoken.hear(HEAD + b"Content-Length: 5\r\n\r\nwords")
        return (await waiter).body.whole(), spoken.line.written

    assert run(main) == (b"words", b"GET")


def test_a_connection_with_bytes_behind_the_answer_is_not_used_again() -> None:
    async def main() -> tuple[list[Connection], bool]:
        spoken = Spoken()
        waiter = spoken.ask()
        spoken.hear(HEAD + b"Content-Length: 2\r\n\r\nok and more")
        assert await body_of(await waiter) == (b"ok", None)
        return spoken.idle, spoken.line.closed

    assert run(main) == ([], True)


def test_an_answer_that_began_before_the_request_was_sent_is_none() -> None:
    async def main() -> tuple[bool, bool]:
        spoken = Spoken()
        first = spoken.ask()
        spoken.hear(HEAD + b"Content-Length: 0\r\n\r\n")
        await first
        spoken.trace = RequestTrace("a.example", 0.0)
        second = spoken.ask()
        spoken.line.unsent = 3
        spoken.hear(HEAD + b"Content-Length: 0\r\n\r\n")
        return isinstance(second.exception(), HeadError), spoken.line.closed

    assert run(main) == (True, True)


@pytest.mark.parametrize("junk", [b"\xef\xbb\xbf", b"<!-- -->"], ids=["a BOM", "a page without a head"])
def test_what_is_odd_on_a_kept_connection_is_taken_for_the_rest_of_the_answer_before(junk: bytes) -> None:
    async def main() -> bool:
        spoken = Spoken()
        first = spoken.ask()
        spoken.hear(HEAD + b"Content-Length: 0\r\n\r\n")
        await first
        spoken.trace = RequestTrace("a.example", 0.0)
        second = spoken.ask()
        spoken.hear(junk + HEAD + b"Content-Length: 0\r\n\r\n")
        return isinstance(second.exception(), HeadError)

    assert run(main)


@pytest.mark.parametrize("origin", ["http://a.example:8000", "https://a.example", "http://[::1]:8000", ""])
def test_a_page_without_a_head_is_one_on_the_default_port_of_http_only(origin: str) -> None:
    async def main() -> bool:
        connection = Connection(asyncio.get_running_loop(), origin, idle=lambda _: None, lost=lambda _: None)
        connect(connection)
        waiter = connection.send(b"GET", RequestTrace("a.example", 0.0))
        connection.data_received(b"<html>words")
        return isinstance(waiter.exception(), HeadError)

    assert run(main)


def test_who_speaks_unasked_is_hung_up_on() -> None:
    async def main() -> bool:
        spoken = Spoken()
        spoken.hear(HEAD)
        return spoken.line.closed

    assert run(main)


def test_a_server_that_sends_faster_than_it_is_read_is_made_to_wait() -> None:
    async def main() -> tuple[bool, bool]:
        spoken = Spoken()
        waiter = spoken.ask()
        spoken.hear(HEAD + b"\r\n", b"x" * (BUFFER + 1))
        paused = not spoken.line.reading
        chunks = (await waiter).body.__aiter__()
        await anext(chunks)
        reading = asyncio.ensure_future(anext(chunks))
        await asyncio.sleep(0)
        resumed = spoken.line.reading
        reading.cancel()
        return paused, resumed

    assert run(main) == (True, True)


@pytest.mark.parametrize(("held", "reading"), [(0, True), (1, True), (BUFFER, True), (BUFFER + 1, False)])
def test_no_more_is_read_than_a_buffer_holds(held: int, reading: bool) -> None:  # noqa: FBT001 - a table's column
    async def main() -> bool:
        spoken = Spoken()
        reply = spoken.ask()
        spoken.hear(HEAD + b"\r\n", b"x" * held)
        found = spoken.line.reading
        await (await reply).body.aclose()
        return found

    assert run(main) is reading


@pytest.mark.parametrize(
    ("said", "opening"), [(b"", b""), (b"HTTP/1.1 200 O", b"HTTP/1.1 200 O")], ids=["before the head", "within the head"]
)
def test_a_connection_that_ends_too_early_is_an_error_of_the_system(said: bytes, opening: bytes) -> None:
    async def main() -> bytes:
        spoken = Spoken()
        waiter = spoken.ask()
        spoken.hear(said)
        spoken.connection.connection_lost(None)
        with pytest.raises(ConnectionResetError):
            await waiter
        assert spoken.lost == [spoken.connection]
        return spoken.trace.opening

    assert run(main) == opening


def test_a_bug_of_ours_is_no_reset_of_the_servers() -> None:
    async def main() -> None:
        spoken = Spoken()
        waiter = spoken.ask()
        spoken.connection.connection_lost(ZeroDivisionError())  # as the event loop tells what `data_received` raised
        with pytest.raises(ZeroDivisionError):
            await waiter

    run(main)


def test_what_is_left_of_a_long_body_is_not_waited_for() -> None:
    async def main() -> bool:
        spoken = Spoken()
        waiter = spoken.ask()
        spoken.hear(HEAD + b"Content-Length: 1000000\r\n\r\nsome")
        await (await waiter).body.aclose()
        return spoken.line.closed

    assert run(main)


def test_what_is_left_of_a_short_body_is_read_to_keep_the_connection() -> None:
    async def main() -> list[Connection]:
        spoken = Spoken()
        waiter = spoken.ask()
        spoken.hear(HEAD + b"Content-Length: 8\r\n\r\nsome")
        closing = asyncio.ensure_future((await waiter).body.aclose())
        await asyncio.sleep(0)
        spoken.hear(b"more")
        await closing
        return spoken.idle

    assert len(run(main)) == 1
