"""What the adapter of httpx makes of failures, exceptions, bodies and timeouts, in both directions: in memory."""

import asyncio
import zlib
from collections.abc import Callable

import httpx
import pytest

from linkcheck.fetch.http.failures import SENTENCES, FetchError, failure
from linkcheck.fetch.http.messages import USER_AGENT, OutgoingRequest, RawResponse
from linkcheck.fetch.httpx_adapter import ForeignTransport, PoliteTransport
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.replay.player import Content
from linkcheck.model import FailureKind
from linkcheck.urls import parse_url

OPTIONS = FetchOptions(interval=0.0, connect_timeout=7.0, timeout=11.0)
HOST = "a.example"
URL = f"https://{HOST}/"


class Prepared:
    """A transport that responds as prepared."""

    def __init__(self, answer: RawResponse | FetchError) -> None:
        self.answer = answer
        self.sent: list[OutgoingRequest] = []

    async def send(self, request: OutgoingRequest) -> RawResponse:
        self.sent.append(request)
        if isinstance(self.answer, FetchError):
            raise self.answer
        return self.answer

    async def aclose(self) -> None:
        """Does nothing, because nothing is open."""


def responding(body: bytes = b"", **headers: str) -> Prepared:
    """200 with a body; `_` in the name of a header is a hyphen."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Prepared(RawResponse(200, raw, Content(body)))


def got(
    inner: Prepared, *, most: int = 1_000, timeout: httpx.Timeout | None = None, method: str = "GET", content: bytes = b""
) -> httpx.Response:
    """The response that a client of httpx gets."""

    async def main() -> httpx.Response:
        transport = PoliteTransport(inner, OPTIONS, most_bytes=most)
        async with httpx.AsyncClient(transport=transport, timeout=timeout) as client:
            return await client.request(method, URL, content=content)

    return asyncio.run(main())


EXCEPTIONS: dict[type[httpx.TransportError], set[tuple[FailureKind, str]]] = {
    httpx.ConnectTimeout: {
        (FailureKind.DNS, "timeout"),
        (FailureKind.CONNECT, "timeout"),
        (FailureKind.TIMEOUT, "connect"),
    },
    httpx.ProxyError: {(FailureKind.CONNECT, "proxy"), (FailureKind.CONNECT, "proxy-silent")},
    httpx.ConnectError: {
        *((FailureKind.DNS, detail) for detail in ("nxdomain", "no-address", "servfail", "no-names")),
        *((FailureKind.CONNECT, detail) for detail in ("refused", "unreachable", "no-route", "no-descriptors", "no-ipv6")),
        *((FailureKind.TLS, detail) for kind, detail in SENTENCES if kind is FailureKind.TLS),
        *((FailureKind.REFUSED_BY_GUARD, detail) for detail in ("address", "name", "port", "preview-port")),
        *((FailureKind.HOST_DOWN, detail) for detail in ("no-answer", "resting", "rate-limited")),
    },
    httpx.ReadTimeout: {(FailureKind.TIMEOUT, "headers"), (FailureKind.TIMEOUT, "body"), (FailureKind.TIMEOUT, "total")},
    httpx.RemoteProtocolError: {
        *((FailureKind.RESET, detail) for detail in ("before-headers", "in-headers")),
        *((FailureKind.PROTOCOL, detail) for detail in ("not-http", "http2-only", "headers", "framing")),
        (FailureKind.TOO_LARGE, "headers"),
    },
}
"""The exceptions of httpx, each with the failures that raise it; `TransportError` for all others."""


@pytest.mark.parametrize(("kind", "detail"), SENTENCES)
def test_a_failure_is_the_exception_of_httpx_for_it(kind: FailureKind, detail: str) -> None:
    expected = next((each for each, lost in EXCEPTIONS.items() if (kind, detail) in lost), httpx.TransportError)
    told = failure(kind, detail, HOST)
    with pytest.raises(httpx.TransportError) as caught:
        got(Prepared(FetchError(told)))
    assert (type(caught.value), str(caught.value)) == (expected, told.message)
    assert str(caught.value.request.url) == URL


@pytest.mark.parametrize(("size", "most"), [(1_000, 1_000), (999, 1_000)])
def test_a_body_of_the_largest_size_is_read(size: int, most: int) -> None:
    assert len(got(responding(b"x" * size), most=most).content) == size


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param(responding(b"x" * 1_001), id="as sent"),
        pytest.param(responding(zlib.compress(b"x" * 1_001), content_encoding="deflate"), id="decoded"),
    ],
)
def test_a_body_that_is_one_byte_larger_is_refused(inner: Prepared) -> None:
    with pytest.raises(httpx.ReadError, match="the body is larger than 1,000 bytes"):
        got(inner, most=1_000)


@pytest.mark.parametrize(
    ("coding", "words"),
    [
        ("br", "the body cannot be decoded: it is compressed with br, which was not offered"),
        ("gzip, gzip, gzip, gzip, gzip", "the body cannot be decoded: it is compressed too often"),
        ("gzip", "the body cannot be decoded: "),
    ],
)
def test_a_body_that_cannot_be_decoded_says_why(coding: str, words: str) -> None:
    with pytest.raises(httpx.DecodingError) as caught:
        got(responding(b"\x1f\x8bnot gzip", content_encoding=coding))
    assert str(caught.value).startswith(words)


def test_the_headers_of_a_decoded_body_are_true() -> None:
    encoded = got(responding(zlib.compress(b"page"), content_encoding="deflate", content_length="12", etag="x"))
    assert (encoded.text, dict(encoded.headers)) == ("page", {"etag": "x"})
    plain = got(responding(b"page", content_encoding="utf-8", content_length="4"))
    assert (plain.text, dict(plain.headers)) == ("page", {"content-length": "4"})


@pytest.mark.parametrize(
    ("timeout", "connect", "answer"),
    [
        pytest.param(httpx.Timeout(None), None, 11.0, id="none of the client"),
        pytest.param(httpx.Timeout(None, connect=3.0, read=5.0), 3.0, 5.0, id="shorter ones of the client"),
        pytest.param(httpx.Timeout(60.0), 60.0, 11.0, id="a longer one to read"),
    ],
)
def test_the_limits_of_a_request_are_those_of_the_client_within_the_options(
    timeout: httpx.Timeout, connect: float | None, answer: float
) -> None:
    inner = responding()
    got(inner, timeout=timeout)
    assert [(request.connect_within, request.answer_within) for request in inner.sent] == [(connect, answer)]


@pytest.mark.parametrize(
    ("method", "content", "length"),
    [
        ("GET", b"", None),
        ("GET", b"x", "1"),
        ("DELETE", b"", None),
        *((each, b"", "0") for each in ("POST", "PUT", "PATCH")),
    ],
)
def test_a_request_states_the_length_of_its_content(method: str, content: bytes, length: str | None) -> None:
    inner = responding()
    got(inner, method=method, content=content)
    assert [dict(request.headers).get("Content-Length") for request in inner.sent] == [length]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({}, USER_AGENT, id="none of the client"),
        pytest.param({"User-Agent": f"python-httpx/{httpx.__version__}"}, USER_AGENT, id="the default one of httpx"),
        pytest.param({"User-Agent": "mine/1"}, "mine/1", id="one of the client"),
    ],
)
def test_a_request_has_one_user_agent(headers: dict[str, str], expected: str) -> None:
    inner = responding()

    async def main() -> None:
        async with httpx.AsyncClient(transport=PoliteTransport(inner, OPTIONS), headers=headers) as client:
            await client.get(URL, headers={"X-A": "1"})

    asyncio.run(main())
    sent = [value for request in inner.sent for name, value in request.headers if name.lower() == "user-agent"]
    assert sent == [expected]
    assert [dict(request.headers)["X-A"] for request in inner.sent] == ["1"]


@pytest.mark.parametrize(("offered", "expected"), [(None, "gzip"), ("br", "gzip"), ("identity", "identity")])
def test_a_request_offers_what_can_be_decoded(offered: str | None, expected: str) -> None:
    inner = responding()

    async def main() -> None:
        async with httpx.AsyncClient(transport=PoliteTransport(inner, OPTIONS)) as client:
            await client.get(URL, headers={} if offered is None else {"Accept-Encoding": offered})

    asyncio.run(main())
    sent = [value for request in inner.sent for name, value in request.headers if name.lower() == "accept-encoding"]
    assert sent == [expected]


def fetched(answer: Callable[[httpx.Request], httpx.Response]) -> RawResponse:
    """The response of a transport of httpx in the place of our own."""

    async def main() -> RawResponse:
        transport = ForeignTransport(httpx.MockTransport(answer), OPTIONS)
        return await transport.send(OutgoingRequest(parse_url(URL), (("X-A", "1"),)))

    return asyncio.run(main())


FAILURES: dict[tuple[FailureKind, str], list[Exception]] = {
    (FailureKind.TIMEOUT, "connect"): [httpx.ConnectTimeout("x"), TimeoutError()],
    (FailureKind.TIMEOUT, "headers"): [httpx.ReadTimeout("x"), httpx.WriteTimeout("x"), httpx.PoolTimeout("x")],
    (FailureKind.CONNECT, "unreachable"): [httpx.ConnectError("x")],
    (FailureKind.CONNECT, "refused"): [ConnectionRefusedError(111, "x")],
    (FailureKind.CONNECT, "proxy-silent"): [httpx.ProxyError("x")],
    (FailureKind.PROTOCOL, "headers"): [httpx.RemoteProtocolError("x")],
    (FailureKind.RESET, "before-headers"): [
        *(httpx.ReadError("x"), httpx.WriteError("x"), httpx.CloseError("x")),
        *(httpx.LocalProtocolError("x"), httpx.TooManyRedirects("x"), httpx.DecodingError("x")),
    ],
    (FailureKind.INVALID_URL, "scheme"): [httpx.UnsupportedProtocol("x")],
    (FailureKind.INVALID_URL, "disagreement"): [httpx.InvalidURL("x")],
}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(error, expected, id=f"{type(error).__name__}-{expected[0].value}-{expected[1]}")
        for expected, errors in FAILURES.items()
        for error in errors
    ],
)
def test_an_exception_of_a_foreign_transport_is_a_failure(error: Exception, expected: tuple[FailureKind, str]) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(FetchError) as caught:
        fetched(answer)
    found = caught.value.failure
    assert (found.kind, found.detail) == expected
    assert "redirects" not in found.message


def test_a_foreign_transport_gets_the_request_and_the_time_to_connect() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, headers={"ETag": "x"})

    response = fetched(answer)
    assert (response.status, response.header(b"etag")) == (200, "x")
    assert [(each.method, str(each.url), each.headers["X-A"]) for each in seen] == [("GET", URL, "1")]
    assert seen[0].extensions["timeout"] == {"connect": 7.0, "read": None, "write": None, "pool": None}


@pytest.mark.parametrize("error", [httpx.CloseError("no"), RuntimeError("no")])
def test_a_foreign_transport_that_cannot_be_closed_does_no_harm(error: Exception) -> None:
    closed: list[str] = []

    class Closing(httpx.MockTransport):
        async def aclose(self) -> None:
            closed.append("once")
            raise error

    asyncio.run(ForeignTransport(Closing(lambda _request: httpx.Response(200)), OPTIONS).aclose())
    assert closed == ["once"]
