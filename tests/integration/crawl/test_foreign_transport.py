"""A crawl through a transport of httpx that the caller hands in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from linkcheck.errors import UsageError
from linkcheck.fetch import FetchOptions, crawl
from linkcheck.fetch.http.messages import USER_AGENT
from linkcheck.model import Outcome, Probe, Target

Answer = Callable[[httpx.Request], httpx.Response]


def crawled(answer: Answer, *targets: Target, **changes: Any) -> dict[str, Outcome]:
    outcomes: list[Outcome] = []
    options = FetchOptions(interval=0.0, retries=0, backoff=0.0, patience=0.0, **changes)
    crawl([targets], outcomes.extend, options, transport=httpx.MockTransport(answer))
    assert len(outcomes) == len(targets)
    return {outcome.url: outcome for outcome in outcomes}


def page(url: str) -> Target:
    return Target(url, Probe.PAGE, httpx.URL(url).host)


def test_a_crawl_goes_through_the_transport_of_the_caller() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.path == "/old":
            return httpx.Response(301, headers={"Location": "https://b.example/new"})
        return httpx.Response(200, html="<title>A page</title>", headers={"ETag": '"1"'})

    outcome = crawled(answer, page("https://a.example/old"))["https://a.example/old"]
    assert outcome.answer is not None
    assert (outcome.answer.status, outcome.answer.url) == (200, "https://b.example/new")
    assert outcome.answer.page is not None
    assert outcome.answer.page.title == "A page"
    assert ("etag", '"1"') in outcome.answer.headers
    assert [hop.url for hop in outcome.hops] == ["https://a.example/old"]
    assert outcome.requests == 2
    assert [str(request.url) for request in seen] == ["https://a.example/old", "https://b.example/new"]
    assert {request.headers["User-Agent"] for request in seen} == {USER_AGENT}
    assert [request.headers["Host"] for request in seen] == ["a.example", "b.example"]


RAISED = [
    (httpx.ConnectTimeout("x"), "timeout", "connect"),
    (httpx.ReadTimeout("x"), "timeout", "headers"),
    (httpx.ConnectError("x"), "connect", "unreachable"),
    (httpx.RemoteProtocolError("x"), "protocol", "headers"),
    (httpx.ReadError("x"), "reset", "before-headers"),
    (httpx.ProxyError("x"), "connect", "proxy-silent"),
    (ConnectionRefusedError(111, "x"), "connect", "refused"),
    (TimeoutError(), "timeout", "connect"),
]


@pytest.mark.parametrize(("error", "kind", "detail"), RAISED, ids=lambda value: type(value).__name__)
def test_exceptions_of_the_transport_are_failures(error: Exception, kind: str, detail: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "good.example":
            return httpx.Response(200)
        raise error

    outcomes = crawled(answer, page("https://a.example/"), page("https://good.example/"), final_retry=False)
    failure = outcomes["https://a.example/"].failure
    assert failure is not None
    assert (failure.kind, failure.detail) == (kind, detail)
    assert "a.example" in failure.message
    assert outcomes["https://good.example/"].answer is not None


class Broken(httpx.AsyncByteStream):
    """A body that ends before its time."""

    async def __aiter__(self) -> Any:
        yield b"<title>Half a page</title>"
        raise httpx.ReadError("x")

    async def aclose(self) -> None:
        raise httpx.CloseError("x")


def test_a_body_that_breaks_off_is_one_that_is_incomplete() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Type": "text/html"}, stream=Broken())

    outcome = crawled(answer, page("https://a.example/"))["https://a.example/"]
    assert outcome.answer is not None
    assert outcome.answer.body == "incomplete"
    assert outcome.answer.page is not None
    assert outcome.answer.page.title == "Half a page"


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://localhost/", "http://a.example:22/"])
def test_urls_are_guarded_all_the_same(url: str) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(302, headers={"Location": url})

    outcomes = crawled(answer, page(url), page("https://b.example/"))
    assert [outcome.failure and outcome.failure.kind for outcome in outcomes.values()] == ["refused-by-guard"] * 2
    assert seen == ["https://b.example/"]


def test_a_transport_of_httpx_itself_reaches_real_servers(web: Any) -> None:
    outcomes: list[Outcome] = []
    targets = [web.target(0, "/ok"), web.target(1, "/hop/1"), web.target(2, "/503")]
    options = FetchOptions(
        interval=0.0, retries=0, final_retry=False, allow_addresses=("127.0.0.0/8",), allow_ports=(web.port,), jobs=2
    )
    ended = crawl([targets], outcomes.extend, options, transport=httpx.AsyncHTTPTransport())
    assert ended.complete
    found = {outcome.url: outcome.answer and outcome.answer.status for outcome in outcomes}
    assert found == {targets[0].url: 200, targets[1].url: 200, targets[2].url: 503}


def test_the_transport_is_closed_at_the_end() -> None:
    class Closing(httpx.MockTransport):
        closed = 0

        async def aclose(self) -> None:
            self.closed += 1

    transport = Closing(lambda _request: httpx.Response(200))
    crawl([[page("https://a.example/")]], lambda _outcomes: None, FetchOptions(), transport=transport)
    assert transport.closed == 1


def test_a_replay_takes_no_transport(tmp_path: Path) -> None:
    (tmp_path / "web.toml").write_text('["https://a.example/"]\n')
    with pytest.raises(UsageError, match="makes no requests"):
        crawl([], print, FetchOptions(replay=str(tmp_path / "web.toml")), transport=httpx.AsyncHTTPTransport())
