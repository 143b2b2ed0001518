"""What is written to which connection: in virtual time, with a loop that connects to nothing."""

import asyncio
import errno
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from typing import Any, TypeVar, cast

import pytest
from virtual_web import VirtualLoop
from wires import Line

from linkcheck.fetch.http import wire_transport
from linkcheck.fetch.http.address_guard import Policy
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import OutgoingRequest
from linkcheck.fetch.http.tls import client_context
from linkcheck.fetch.http.wire_transport import WireTransport, request_bytes
from linkcheck.fetch.options import FetchOptions, Proxies
from linkcheck.model import FailureKind
from linkcheck.urls import parse_url

_T = TypeVar("_T")
HTTP, HTTPS = "http://a.example/x", "https://a.example/x"
ADDRESS = "8.8.8.8"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
CLOSED = b""
"""In place of a reply: the server closes the connection."""
SILENT = b" "
"""In place of a reply: nothing."""


@pytest.fixture(autouse=True)
def _few_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authorities are read once for all tests."""
    monkeypatch.setattr(wire_transport, "client_context", _context)


_context = cache(client_context)


class Wire(Line):
    """A connection of the loop, which receives the loop's next reply for whatever is written."""

    def __init__(self, loop: "Wires", connection: asyncio.Protocol) -> None:
        super().__init__()
        self.loop = loop
        self.connection = connection
        connection.connection_made(cast("asyncio.Transport", self))

    def write(self, data: bytes) -> None:
        super().write(data)
        self.loop.call_soon(self.answer, self.loop.replies.pop(0) if self.loop.replies else OK)

    def answer(self, reply: bytes) -> None:
        if reply == CLOSED:
            self.abort()
        elif reply != SILENT:
            self.connection.data_received(reply)

    def abort(self) -> None:
        if not self.closed:
            self.closed = True
            self.loop.call_soon(self.connection.connection_lost, None)


class Wires(VirtualLoop):
    """Keeps its connections with all that was written to them, and raises `refusals` in place of the next ones."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: list[bytes] = []
        self.refusals: list[OSError] = []
        self.dialed: list[tuple[str, int]] = []
        self.wires: list[Wire] = []
        self.names: list[str | None] = []
        """The host that the certificate of each connection is for; None for one without TLS."""

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        self.dialed.append(address[:2])

    async def create_connection(  # type: ignore[override]
        self, factory: Any, *_: Any, sock: Any, ssl: Any, server_hostname: Any
    ) -> Any:
        if self.refusals:
            raise self.refusals.pop(0)
        assert (ssl is None) == (server_hostname is None)
        self.names.append(server_hostname)
        sock.close()
        connection = factory()
        self.wires.append(Wire(self, connection))
        return self.wires[-1], connection

    async def start_tls(  # type: ignore[override]
        self, transport: Any, protocol: Any, _: Any, *, server_hostname: str
    ) -> Any:
        if transport.closed:
            raise ConnectionResetError
        self.names.append(server_hostname)
        transport.connection = protocol
        return transport

    def written(self) -> list[list[str]]:
        """The first line of every request, by connection."""
        return [[part.split(b"\r\n")[0].decode() for part in wire.written.split(b"\r\n\r\n") if part] for wire in self.wires]


def sending(
    main: Callable[[WireTransport, Wires], Awaitable[_T]], options: FetchOptions | None = None, *replies: bytes
) -> tuple[_T, Wires]:
    """The result of `main`, with the loop that it ran in."""
    chosen = options or FetchOptions(resolve=(("*", ADDRESS),))

    async def run() -> tuple[_T, Wires]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Wires)
        loop.replies = list(replies)
        transport = WireTransport(chosen, Policy(chosen))
        try:
            return await main(transport, loop), loop
        finally:
            await transport.aclose()

    with asyncio.Runner(loop_factory=Wires) as runner:
        return runner.run(run())


def asked(*requests: str | OutgoingRequest, replies: Iterable[bytes] = (), **options: Any) -> tuple[list[str], Wires]:
    """The status of each request, or why there is none, one after the other over one transport."""

    async def main(transport: WireTransport, _: Wires) -> list[str]:
        found: list[str] = []
        for request in requests:
            outgoing = OutgoingRequest(parse_url(request), ()) if isinstance(request, str) else request
            try:
                response = await transport.send(outgoing)
                found.append(str(response.status))
                await response.body.aclose()
            except FetchError as error:
                found.append(error.failure.detail)
        return found

    return sending(main, FetchOptions(**{"resolve": (("*", ADDRESS),), **options}), *replies)


@pytest.mark.parametrize(
    ("url", "first", "host"),
    [
        pytest.param("https://a.example/", "GET / HTTP/1.1", "Host: a.example", id="a home page"),
        pytest.param("http://a.example:8080/x?", "GET /x? HTTP/1.1", "Host: a.example:8080", id="a port and an empty query"),
        pytest.param(
            "https://a.example?b=//c", "GET /?b=//c HTTP/1.1", "Host: a.example", id="a query right after the host"
        ),
        pytest.param(
            "http://[2606:4700::1]/%41?q=%C3%BC#f", "GET /%41?q=%C3%BC HTTP/1.1", "Host: [2606:4700::1]", id="IPv6"
        ),
        pytest.param("https://u:p@b.example/é", "GET /%C3%A9 HTTP/1.1", "Host: b.example", id="no credentials"),
    ],
)
def test_a_request_asks_for_the_url_as_it_was_read(url: str, first: str, host: str) -> None:
    assert request_bytes(parse_url(url), (("Accept", "*/*"),)) == f"{first}\r\n{host}\r\nAccept: */*\r\n\r\n".encode()


@pytest.mark.parametrize("value", ["a\r\nX: 1", "a\nb", "a\rb", "a\0b"])
def test_a_header_cannot_end_its_line(value: str) -> None:
    with pytest.raises(ValueError, match="Cookie"):
        request_bytes(parse_url("https://a.example/"), (("Cookie", value),))


def test_a_proxy_is_told_the_whole_url() -> None:
    assert request_bytes(parse_url("http://a.example:8080/x?y"), (), whole=True).startswith(
        b"GET http://a.example:8080/x?y HTTP/1.1\r\nHost: a.example:8080\r\n"
    )


def test_a_connection_is_used_again_for_its_origin() -> None:
    found, loop = asked(HTTP, HTTPS, HTTP, HTTPS)
    assert found == ["200"] * 4
    assert loop.written() == [["GET /x HTTP/1.1"] * 2] * 2
    assert loop.dialed == [(ADDRESS, 80), (ADDRESS, 443)]


def test_a_kept_connection_with_data_after_its_last_response_is_not_used() -> None:
    """The data has arrived, and the event loop has yet to read it."""

    async def main(transport: WireTransport, loop: Wires) -> tuple[int, int]:
        first = await transport.send(OutgoingRequest(parse_url(HTTP), ()))
        await first.body.aclose()
        loop.call_soon(loop.wires[0].connection.data_received, b"HTTP/1.1 408 Request Timeout\r\n\r\n")
        return (await transport.send(OutgoingRequest(parse_url(HTTP), ()))).status, len(loop.wires)

    found, loop = sending(main)
    assert found == (200, 2)
    assert loop.written() == [["GET /x HTTP/1.1"]] * 2


def test_a_request_that_must_not_be_repeated_has_a_connection_of_its_own() -> None:
    post = OutgoingRequest(parse_url(HTTP), (), method="POST", content=b"words")
    found, loop = asked(HTTP, post)
    assert found == ["200", "200"]
    assert [wire.written.splitlines()[0] for wire in loop.wires] == [b"GET /x HTTP/1.1", b"POST /x HTTP/1.1"]
    assert loop.wires[1].written.endswith(b"\r\n\r\nwords")


@pytest.mark.parametrize(
    ("reply", "statuses", "dialed"),
    [
        pytest.param(CLOSED, ["200", "200"], 2, id="closed"),
        pytest.param(b"late words of another response\r\n\r\n", ["200", "200"], 2, id="not a response"),
        pytest.param(SILENT, ["200", "headers"], 1, id="too late"),
    ],
)
def test_a_request_on_a_kept_connection_that_was_closed_is_sent_again_at_its_turn(
    reply: bytes, statuses: list[str], dialed: int
) -> None:
    turns: list[OutgoingRequest] = []

    async def next_turn(request: OutgoingRequest) -> None:
        turns.append(request)

    again = OutgoingRequest(parse_url(HTTP), (), next_turn=next_turn, answer_within=5.0)
    found, loop = asked(HTTP, again, replies=[OK, reply])
    assert (found, len(loop.dialed)) == (statuses, dialed)
    assert turns == ([again] if dialed == 2 else [])


def test_a_new_connection_that_is_closed_is_no_reason_to_send_the_request_again() -> None:
    found, loop = asked(HTTP, replies=[CLOSED])
    assert (found, len(loop.dialed)) == (["before-headers"], 1)


def test_a_response_that_breaks_off_is_not_asked_for_again() -> None:
    async def main(transport: WireTransport, loop: Wires) -> tuple[str, bool, float]:
        await transport.send(OutgoingRequest(parse_url(HTTP), ()))
        loop.replies = [b"HTTP/1.1 200 O"]
        loop.call_later(1.0, loop.wires[0].abort)
        with pytest.raises(FetchError) as raised:
            await transport.send(OutgoingRequest(parse_url(HTTP), ()))
        trace = raised.value.trace
        assert trace is not None
        return raised.value.failure.detail, trace.reused, len(loop.wires)

    assert sending(main)[0] == ("in-headers", True, 1)


def test_the_certificate_of_a_host_is_for_its_name() -> None:
    found, loop = asked(HTTPS, HTTP, "https://[2606:4700::1]/")
    assert (found, loop.names) == (["200"] * 3, ["a.example", None, "2606:4700::1"])


@pytest.mark.parametrize("proxy", [None, "http://proxy.example"])
def test_nothing_is_sent_to_a_host_whose_certificate_is_not_for_its_unusual_name(proxy: str | None) -> None:
    found, loop = asked("https://a_b.example/", proxy=proxy)
    assert found == ["wrong-host"]
    assert loop.written() == ([[]] if proxy is None else [["CONNECT a_b.example:443 HTTP/1.1"]])
    assert loop.wires[0].closed


def test_a_response_that_is_not_http_is_a_failure() -> None:
    assert asked(HTTPS, replies=[b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n"])[0] == ["not-http"]


def test_the_name_in_a_tunnel_is_that_of_the_host() -> None:
    assert asked("https://[2606:4700::1]/", proxy="http://proxy.example")[1].names == [None, "2606:4700::1"]


def test_an_answer_within_its_time_is_taken_and_a_later_one_is_not() -> None:
    request = OutgoingRequest(parse_url(HTTP), (), answer_within=5.0)
    assert asked(request, replies=[OK])[0] == ["200"]
    found, loop = asked(request, replies=[SILENT])
    assert (found, loop.wires[0].closed) == (["headers"], True)


def test_the_head_of_a_page_has_no_body() -> None:
    """Of a length that is only announced, nothing is waited for."""
    head = OutgoingRequest(parse_url(HTTP), (), method="HEAD")
    found, loop = asked(head, HTTP, replies=[OK.replace(b": 0", b": 99")])
    assert found == ["200", "200"]
    assert loop.written() == [["HEAD /x HTTP/1.1", "GET /x HTTP/1.1"]]


PROXY = "http://user:p%40ss@proxy.example:3128"


def test_a_proxy_gets_the_whole_url_and_its_credentials() -> None:
    found, loop = asked(HTTP, proxy=PROXY)
    assert (found, loop.dialed) == (["200"], [(ADDRESS, 3128)])
    assert loop.wires[0].written == (
        b"GET http://a.example/x HTTP/1.1\r\nHost: a.example\r\nProxy-Authorization: Basic dXNlcjpwQHNz\r\n\r\n"
    )


def test_the_tunnel_of_a_proxy_gets_the_host_and_its_credentials() -> None:
    found, loop = asked(HTTPS, proxy=PROXY)
    assert (found, loop.dialed) == (["200"], [(ADDRESS, 3128)])
    assert loop.wires[0].written == (
        b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\nProxy-Authorization: Basic dXNlcjpwQHNz\r\n\r\n"
        b"GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n"
    )


def test_a_proxy_without_a_port_and_a_user_is_asked_on_port_80() -> None:
    found, loop = asked(HTTP, proxy="http://proxy.example")
    assert (found, loop.dialed) == (["200"], [(ADDRESS, 80)])
    assert b"Authorization" not in loop.wires[0].written


@pytest.mark.parametrize(
    "opened",
    [
        pytest.param(OK, id="no body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", id="told to close"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", id="a length"),
        pytest.param(b"HTTP/1.1 299 Fine\r\n\r\n", id="the last status of success"),
    ],
)
def test_a_tunnel_is_open_whatever_its_response_says_of_a_body(opened: bytes) -> None:
    found, loop = asked(HTTPS, replies=[opened], proxy=PROXY)
    assert found == ["200"]
    assert loop.written() == [["CONNECT a.example:443 HTTP/1.1", "GET /x HTTP/1.1"]]


@pytest.mark.parametrize("status", [300, 403, 407, 502])
def test_a_tunnel_that_is_refused_is_the_failure_of_the_proxy(status: int) -> None:
    async def main(transport: WireTransport, loop: Wires) -> tuple[str, str, bool]:
        with pytest.raises(FetchError) as raised:
            await transport.send(OutgoingRequest(parse_url(HTTPS), ()))
        found = raised.value.failure
        return found.detail, found.message, loop.wires[0].closed

    refusal = f"HTTP/1.1 {status} No\r\nContent-Length: 9\r\n\r\n".encode()
    options = FetchOptions(resolve=(("*", ADDRESS),), proxy=PROXY)
    assert sending(main, options, refusal)[0] == (
        "proxy",
        f"the proxy could not connect to a.example: it returned {status}",
        True,
    )


@pytest.mark.parametrize(
    ("status", "detail"), [(407, "proxy"), (502, "proxy"), (504, "proxy"), (403, "403"), (500, "500"), (503, "503")]
)
def test_some_statuses_are_those_of_the_proxy_itself(status: int, detail: str) -> None:
    reply = f"HTTP/1.1 {status} No\r\nContent-Length: 9\r\n\r\n".encode()
    found, loop = asked(HTTP, replies=[reply], proxy=PROXY)
    assert (found, loop.wires[0].closed) == ([detail], True)
    assert asked(HTTP, replies=[reply])[0] == [str(status)]


def test_a_proxy_that_cannot_be_reached_says_nothing_of_the_host() -> None:
    async def main(transport: WireTransport, loop: Wires) -> str:
        loop.sock_connect = _refuse  # type: ignore[assignment, method-assign]
        with pytest.raises(FetchError) as raised:
            await transport.send(OutgoingRequest(parse_url(HTTP), ()))
        return raised.value.failure.detail

    options = FetchOptions(resolve=(("*", ADDRESS),), proxy=Proxies(http=PROXY))
    assert sending(main, options)[0] == "proxy-silent"


async def _refuse(*_: object) -> None:
    raise ConnectionRefusedError(errno.ECONNREFUSED, "refused")


def test_a_proxy_of_the_user_may_be_anywhere_and_a_host_may_not() -> None:
    private = (("*", "10.0.0.1"),)
    assert asked(HTTP, resolve=private, proxy=PROXY)[0] == ["200"]
    assert asked(HTTP, resolve=private)[0] == ["address"]


@pytest.mark.parametrize(
    ("kept", "code", "found"),
    [
        pytest.param(1, errno.EMFILE, "200", id="room can be made"),
        pytest.param(0, errno.EMFILE, "no-descriptors", id="nothing to close"),
        pytest.param(1, errno.ECONNREFUSED, "refused", id="another failure"),
    ],
)
def test_idle_connections_make_room_for_a_new_one(kept: int, code: int, found: str) -> None:
    async def main(transport: WireTransport, loop: Wires) -> str:
        for _ in range(kept):
            await transport.send(OutgoingRequest(parse_url("http://b.example/"), ()))
        loop.refusals = [OSError(code, "no connection")]
        try:
            return str((await transport.send(OutgoingRequest(parse_url(HTTP), ()))).status)
        except FetchError as error:
            return error.failure.detail

    result, loop = sending(main)
    assert result == found
    assert [wire.closed for wire in loop.wires] == ([True, True] if found == "200" else [True] * kept)


def test_the_certificate_of_a_host_is_examined_again_after_those_of_a_hundred_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A certificate of an untrusted authority is looked at on a second connection."""
    monkeypatch.setattr(wire_transport, "MOST_ISSUERS", 1)
    names = [f"https://h{number}.example/" for number in range(101)]
    counts: list[int] = []

    async def main(transport: WireTransport, loop: Wires) -> None:
        for name in (names[0], *names, names[0]):
            untrusted = ssl.SSLCertVerificationError("untrusted")
            untrusted.verify_code = 20
            untrusted.verify_message = ""
            loop.refusals = [untrusted, OSError(errno.ECONNREFUSED, "refused")]
            with pytest.raises(FetchError) as raised:
                await transport.send(OutgoingRequest(parse_url(name), ()))
            assert (raised.value.failure.kind, raised.value.failure.detail) == (FailureKind.TLS, "untrusted")
            counts.append(2 - len(loop.refusals))

    sending(main)
    assert counts == [2, 1, *[2] * 100, 2]


def test_the_file_of_an_authority_is_requested_once_and_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_transport, "MOST_ISSUERS", 2)
    at: list[float] = []

    async def main(transport: WireTransport, loop: Wires) -> list[bytes | None]:
        found = []
        for name in ("a", "b", "a", "c", "a"):
            loop.replies = [b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + name.encode()]
            found.append(await transport._issuer(f"http://{name}.example/ca.der"))
            at.append(round(loop.time(), 3))
        return found

    found, loop = sending(main, FetchOptions(resolve=(("*", ADDRESS),), interval=2.0))
    assert found == [b"a", b"b", b"a", b"c", b"a"]
    assert at == [2.0, 4.0, 4.0, 6.0, 8.0]
    assert sum(map(len, loop.written())) == 4


@pytest.mark.parametrize(
    ("url", "reply", "requests"),
    [
        pytest.param("https://a.example/ca", OK, 0, id="https"),
        pytest.param("http://10.0.0.1/ca", OK, 0, id="a private address"),
        pytest.param("nothing", OK, 0, id="no URL"),
        pytest.param("http://a.example/ca", b"HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno", 1, id="not found"),
        pytest.param("http://a.example/ca", b"HTTP/1.1 201 No\r\nContent-Length: 2\r\n\r\nno", 1, id="another status"),
        pytest.param("http://a.example/ca", CLOSED, 1, id="no response"),
    ],
)
def test_an_authority_that_does_not_give_its_file_has_none(url: str, reply: bytes, requests: int) -> None:
    async def main(transport: WireTransport, _: Wires) -> bytes | None:
        return await transport._issuer(url)

    found, loop = sending(main, None, reply)
    assert (found, sum(map(len, loop.written()))) == (None, requests)
