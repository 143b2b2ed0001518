"""An httpx client over our transport, on real sockets: what is not a link check is guarded and bounded like one."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
import pytest
from loopback import PAGE, Asked, Loopback, Reader, Writer, bomb, raw, reply, staying
from msgspec.structs import replace

from linkcheck.fetch import FetchOptions, polite_transport
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import USER_AGENT
from linkcheck.fetch.httpx_adapter import MOST_BYTES

_T = TypeVar("_T")
Use = Callable[[httpx.AsyncClient], Awaitable[_T]]


def using(options: FetchOptions, use: Use[_T], *, timeout: float | httpx.Timeout = 3.0, follow: bool = False) -> _T:
    """What comes of using a client of httpx over our transport."""

    async def main() -> _T:
        transport = polite_transport(replace(options, interval=0.0))
        async with httpx.AsyncClient(transport=transport, timeout=timeout, follow_redirects=follow) as client:
            return await use(client)

    return asyncio.run(main())


def getting(url: str) -> Use[httpx.Response]:
    async def get(client: httpx.AsyncClient) -> httpx.Response:
        return await client.get(url)

    return get


def raised_by(options: FetchOptions, url: str, *, timeout: float | httpx.Timeout = 3.0) -> httpx.TransportError:
    with pytest.raises(httpx.TransportError) as caught:
        using(options, getting(url), timeout=timeout)
    assert caught.value.request.url == httpx.URL(url)
    return caught.value


def failure_of(error: BaseException) -> tuple[str, str]:
    cause = error.__cause__
    assert isinstance(cause, FetchError)
    return cause.failure.kind, cause.failure.detail


def test_a_page_is_read(options: FetchOptions, loopback: Loopback) -> None:
    response = using(options, getting("http://a.example/ok?x=1"))
    assert (response.status_code, response.http_version) == (200, "HTTP/1.1")
    assert response.headers["content-type"] == "text/html"
    assert "<title>A page</title>" in response.text
    (asked,) = loopback.asked
    assert (asked.host, asked.path, asked.method) == ("a.example", "/ok?x=1", "GET")
    assert (asked.headers["user-agent"], asked.headers["accept-encoding"]) == (USER_AGENT, "gzip")


def test_a_page_behind_tls_is_read(options: FetchOptions) -> None:
    assert using(options, getting("https://a.example/ok")).status_code == 200


def test_the_client_chooses_headers_but_not_the_host(options: FetchOptions, loopback: Loopback) -> None:
    async def get(client: httpx.AsyncClient) -> None:
        key = (b"X-Key", "é".encode())
        headers = [key, (b"User-Agent", b"me"), (b"Host", b"other.example"), (b"Accept-Encoding", b"br, gzip")]
        await client.get("http://a.example/ok", headers=headers)

    using(options, get)
    sent = loopback.asked[0].headers
    assert (sent["user-agent"], sent["x-key"].encode("latin-1").decode()) == ("me", "é")
    assert (sent["host"], sent["accept-encoding"]) == ("a.example", "gzip")


def test_a_compressed_page_is_decoded(options: FetchOptions) -> None:
    response = using(options, getting("http://a.example/gzip"))
    assert "<title>A page</title>" in response.text
    assert "content-encoding" not in response.headers
    assert "content-length" not in response.headers


def test_a_body_comes_in_pieces(options: FetchOptions, loopback: Loopback) -> None:
    came = asyncio.Event()

    async def send(_asked: Asked, reader: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\none")
        await reader.read()  # until the client hangs up: the rest never comes

    loopback.behaviours["/two-pieces"] = send

    async def read(client: httpx.AsyncClient) -> bytes:
        async with client.stream("GET", "http://a.example/two-pieces") as response:
            async for piece in response.aiter_bytes():
                came.set()
                return piece
        return b""

    assert using(options, read) == b"one"
    assert came.is_set()


def test_a_webhook_is_called(options: FetchOptions, loopback: Loopback) -> None:
    bodies: list[bytes] = []

    async def hook(asked: Asked, reader: Reader, writer: Writer) -> None:
        bodies.append(await reader.readexactly(int(asked.headers["content-length"])))
        writer.write(reply("202 Accepted", b""))

    loopback.behaviours["/hook"] = hook

    async def post(client: httpx.AsyncClient) -> list[int]:
        before = await client.get("http://a.example/ok")  # leaves a connection that could be used again
        return [before.status_code, (await client.post("http://a.example/hook", json={"dead": 3})).status_code]

    connections = loopback.connections
    assert using(options, post) == [200, 202]
    assert [json.loads(body) for body in bodies] == [{"dead": 3}]
    assert [(asked.method, asked.path) for asked in loopback.asked] == [("GET", "/ok"), ("POST", "/hook")]
    assert loopback.connections - connections == 2, "what must not be sent twice uses no kept connection"


def test_a_connection_is_kept_for_the_next_request(options: FetchOptions, loopback: Loopback) -> None:
    async def twice(client: httpx.AsyncClient) -> None:
        for _ in range(2):
            assert (await client.get("http://a.example/ok")).status_code == 200

    connections = loopback.connections
    using(options, twice)
    assert loopback.connections - connections == 1


def test_the_response_to_head_has_no_body(options: FetchOptions, loopback: Loopback) -> None:
    loopback.behaviours["/large"] = staying(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\nContent-Encoding: gzip\r\n\r\n")

    async def head(client: httpx.AsyncClient) -> httpx.Response:
        return await client.head("http://a.example/large")

    response = using(options, head)
    assert (response.content, response.headers["content-length"]) == (b"", "999")
    assert loopback.asked[0].method == "HEAD"


def test_redirects_are_followed_by_the_client(options: FetchOptions, loopback: Loopback) -> None:
    response = using(options, getting("http://a.example/chain/3"), follow=True)
    assert (response.status_code, [step.status_code for step in response.history]) == (200, [301, 301, 301])
    assert [asked.path for asked in loopback.asked] == ["/chain/3", "/chain/2", "/chain/1", "/chain/0"]


@pytest.mark.parametrize("place", ["http://10.0.0.1/", "http://[::1]/", "http://inside.name.example/"])
def test_every_hop_is_guarded(options: FetchOptions, loopback: Loopback, place: str) -> None:
    loopback.names["inside.name.example"] = ["192.168.0.1"]
    names = (("a.example:80", f"127.0.0.1:{loopback.ports['http']}"),)
    guarded = replace(options, nameserver=loopback.nameserver, resolve=names, allow_addresses=("127.0.0.1/32",))
    with pytest.raises(httpx.ConnectError) as caught:
        using(guarded, getting(f"http://a.example/echo?to={place}"), follow=True)
    assert failure_of(caught.value)[0] == "refused-by-guard"
    assert [asked.path for asked in loopback.asked] == [f"/echo?to={place}"]


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://169.254.169.254/latest", "http://2130706433/"])
def test_a_private_address_is_refused(loopback: Loopback, url: str) -> None:
    error = raised_by(FetchOptions(nameserver=loopback.nameserver), url)
    assert isinstance(error, httpx.ConnectError)
    assert failure_of(error) == ("refused-by-guard", "address")


def test_a_name_with_a_private_address_is_refused(loopback: Loopback) -> None:
    loopback.names["inside.name.example"] = ["10.0.0.1"]
    error = raised_by(FetchOptions(nameserver=loopback.nameserver), "http://inside.name.example/")
    assert failure_of(error) == ("refused-by-guard", "address")


def test_a_port_that_is_not_of_the_web_is_refused(options: FetchOptions) -> None:
    assert failure_of(raised_by(options, "http://a.example:22/")) == ("refused-by-guard", "port")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(lambda: b"x" * (MOST_BYTES + 1), (), id="as it is"),
        pytest.param(lambda: bomb(256), ("Content-Encoding: gzip",), id="compressed"),
    ],
)
def test_a_huge_body_is_cut(
    options: FetchOptions, loopback: Loopback, body: Callable[[], bytes], headers: tuple[str, ...]
) -> None:
    loopback.behaviours["/huge"] = raw(reply("200 OK", body(), *headers))
    error = raised_by(replace(options, timeout=60.0), "http://a.example/huge", timeout=60.0)
    assert type(error) is httpx.ReadError
    assert str(error) == "the body is larger than 8,388,608 bytes"


def test_a_body_as_large_as_allowed_is_read(options: FetchOptions, loopback: Loopback) -> None:
    loopback.behaviours["/large"] = raw(reply("200 OK", gzip.compress(b"x" * MOST_BYTES), "Content-Encoding: gzip"))
    read = using(replace(options, timeout=60.0), getting("http://a.example/large"), timeout=60.0)
    assert len(read.content) == MOST_BYTES


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        pytest.param("gzip", gzip.compress(PAGE)[:-20], id="it ends too early"),
        pytest.param("gzip", PAGE, id="it is another"),
        pytest.param("br", PAGE, id="it was not offered"),
        pytest.param("gzip, gzip, gzip, gzip, gzip", PAGE, id="there are too many"),
    ],
)
def test_a_body_that_cannot_be_decoded_is_a_decoding_error(
    options: FetchOptions, loopback: Loopback, coding: str, body: bytes
) -> None:
    loopback.behaviours["/coded"] = raw(reply("200 OK", body, f"Content-Encoding: {coding}"))
    with pytest.raises(httpx.DecodingError):
        using(options, getting("http://a.example/coded"))


TIMEOUTS = [
    pytest.param("http://black-hole.example/", httpx.Timeout(60.0, connect=0.2), httpx.ConnectTimeout, id="connecting"),
    pytest.param("http://a.example/silent", httpx.Timeout(60.0, read=0.2), httpx.ReadTimeout, id="no response"),
    pytest.param("http://a.example/slow-headers", httpx.Timeout(60.0, read=0.5), httpx.ReadTimeout, id="half a head"),
    pytest.param("http://a.example/no-body", httpx.Timeout(60.0, read=0.2), httpx.ReadTimeout, id="no body"),
]


@pytest.mark.parametrize(("url", "timeout", "kind"), TIMEOUTS)
def test_the_timeouts_of_the_client_hold(
    options: FetchOptions, url: str, timeout: httpx.Timeout, kind: type[httpx.TimeoutException]
) -> None:
    patient = replace(options, connect_timeout=60.0, timeout=60.0)
    assert type(raised_by(patient, url, timeout=timeout)) is kind


OUR_TIMEOUTS = [
    pytest.param("http://black-hole.example/", httpx.ConnectTimeout, id="connecting"),
    pytest.param("http://a.example/silent", httpx.ReadTimeout, id="no response"),
    pytest.param("http://a.example/slow-body", httpx.ReadTimeout, id="a body that trickles"),
]


@pytest.mark.parametrize(("url", "kind"), OUR_TIMEOUTS)
def test_a_client_without_timeouts_has_those_of_the_options(
    options: FetchOptions, url: str, kind: type[httpx.TimeoutException]
) -> None:
    hurried = replace(options, connect_timeout=0.3, timeout=0.6)
    assert type(raised_by(hurried, url, timeout=httpx.Timeout(None))) is kind


@pytest.mark.parametrize(
    "path", ["/close", "/ssh", "/http-2-frames", "/headers-endless", "/chunk-zz", "/length-long", "/silent"]
)
def test_exceptions_are_those_of_httpx(options: FetchOptions, loopback: Loopback, path: str) -> None:
    url, timeout = f"http://127.0.0.1:{loopback.ports['http']}{path}", httpx.Timeout(3.0, read=0.5)

    async def main() -> httpx.TransportError:
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
            with pytest.raises(httpx.TransportError) as caught:
                await client.get(url)
        return caught.value

    assert type(raised_by(options, url, timeout=timeout)) is type(asyncio.run(main()))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        pytest.param("http://closed.example/", httpx.ConnectError, id="nobody listens"),
        pytest.param("http://nowhere.name.example/", httpx.ConnectError, id="no such name"),
        pytest.param("https://untrusted.example/", httpx.ConnectError, id="an unknown authority"),
        pytest.param("ftp://a.example/x", httpx.UnsupportedProtocol, id="another scheme"),
        pytest.param("http://a.example/" + "x" * 9000, httpx.LocalProtocolError, id="a URL that is too long"),
    ],
)
def test_what_does_not_come_about_is_told_in_terms_of_httpx(
    options: FetchOptions, loopback: Loopback, url: str, kind: type[httpx.TransportError]
) -> None:
    known = tuple(row for row in loopback.resolve() if not row[0].startswith("*:80"))
    error = raised_by(replace(options, resolve=known, nameserver=loopback.nameserver), url)
    assert type(error) is kind
    assert loopback.asked == []


def test_a_method_that_is_not_supported_is_refused(options: FetchOptions, loopback: Loopback) -> None:
    async def connect(client: httpx.AsyncClient) -> None:
        await client.request("CONNECT", "http://a.example/")

    with pytest.raises(httpx.LocalProtocolError, match="CONNECT requests are not supported"):
        using(options, connect)
    assert loopback.asked == []


@pytest.mark.parametrize("header", [{"X-A": "1\r\nX-B: 2"}, {"X-A\nX-B": "1"}])
def test_a_header_cannot_end_its_line(options: FetchOptions, loopback: Loopback, header: dict[str, str]) -> None:
    async def get(client: httpx.AsyncClient) -> None:
        await client.get("http://a.example/ok", headers=header)

    with pytest.raises(httpx.LocalProtocolError, match="line break"):
        using(options, get)
    assert loopback.asked == []


def test_a_kept_connection_that_was_closed_is_replaced(options: FetchOptions, loopback: Loopback) -> None:
    served = 0

    async def once(reader: Reader, writer: Writer) -> None:
        """Answers one request and closes when the next arrives."""
        nonlocal served
        await reader.readuntil(b"\r\n\r\n")
        served += 1
        writer.write(reply())
        await writer.drain()
        await reader.read(1)
        writer.close()

    port = loopback.listen(once)
    allowed = replace(options, allow_ports=(port,))

    async def twice(client: httpx.AsyncClient) -> list[int]:
        return [(await client.get(f"http://127.0.0.1:{port}/")).status_code for _ in range(2)]

    assert using(allowed, twice) == [200, 200]
    assert served == 2


def test_a_request_that_was_late_on_a_kept_connection_is_not_sent_again(options: FetchOptions, loopback: Loopback) -> None:
    heads: list[bytes] = []

    async def once(reader: Reader, writer: Writer) -> None:
        """Answers the first request of all, and no other."""
        while head := await reader.readuntil(b"\r\n\r\n"):
            heads.append(head)
            if len(heads) == 1:
                writer.write(reply())

    port = loopback.listen(once)

    async def twice(client: httpx.AsyncClient) -> None:
        await client.get(f"http://127.0.0.1:{port}/1")
        with pytest.raises(httpx.ReadTimeout):
            await client.get(f"http://127.0.0.1:{port}/2")

    using(replace(options, allow_ports=(port,)), twice, timeout=httpx.Timeout(30.0, read=3.0))
    assert [head.split(b" ")[1] for head in heads] == [b"/1", b"/2"]
