"""The adapter of httpx: its tables of exceptions are complete, and its requests wait for their turn, in virtual time."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import pairwise

import httpx
import pytest
from virtual_web import REFUSED, FakeWeb, run_virtually

from linkcheck.fetch.http.failures import SENTENCES, FetchError
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.httpx_adapter import FAILURES, RAISED, PoliteTransport
from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.model import FailureKind

OF_A_WHOLE_RUN = {
    *(FailureKind.TOO_MANY_HOPS, FailureKind.INVALID_URL, FailureKind.OUT_OF_TIME),
    *(FailureKind.NETWORK_DOWN, FailureKind.INTERNAL),
}
"""Kinds that no single request meets."""


def test_every_exception_of_httpx_means_a_failure() -> None:
    known = tuple(row[0] for row in FAILURES)
    foreign = [value for _, value in inspect.getmembers(httpx, inspect.isclass) if issubclass(value, httpx.HTTPError)]
    assert len(foreign) > 15
    assert [cls.__name__ for cls in (*foreign, httpx.InvalidURL) if not issubclass(cls, known)] == []


def test_no_row_of_the_table_hides_behind_another() -> None:
    rows = [row[0] for row in FAILURES]
    assert [(a.__name__, b.__name__) for n, b in enumerate(rows) for a in rows[:n] if issubclass(b, a)] == []


@pytest.mark.parametrize(("kind", "detail"), [(kind, detail) for _, kind, detail in FAILURES])
def test_every_failure_of_the_table_has_a_sentence(kind: FailureKind, detail: str) -> None:
    assert (kind, detail) in SENTENCES


def test_every_failure_of_a_request_is_an_exception_of_httpx() -> None:
    kinds = {row if isinstance(row, FailureKind) else row[0] for row in RAISED}
    assert kinds == set(FailureKind) - OF_A_WHOLE_RUN
    assert {row for row in RAISED if isinstance(row, tuple)} <= set(SENTENCES)


URL = "https://a.example/"
NO_LIMIT = httpx.Timeout(None)


def using(web: FakeWeb, options: FetchOptions, use: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    async def main() -> None:
        async with httpx.AsyncClient(transport=PoliteTransport(web, options), timeout=NO_LIMIT) as client:
            await use(client)

    run_virtually(main)


def begins(web: FakeWeb) -> list[float]:
    return sorted(asked.begin for asked in web.asked)


def at_once(web: FakeWeb) -> int:
    """How many requests were under way at most."""
    changes = sorted([(asked.begin, 1) for asked in web.asked] + [(asked.end, -1) for asked in web.asked])
    return max(sum(change for _, change in changes[: number + 1]) for number in range(len(changes)))


async def get_all(client: httpx.AsyncClient, *urls: str) -> list[int]:
    return [response.status_code for response in await asyncio.gather(*map(client.get, urls))]


def test_requests_to_one_host_keep_its_pace() -> None:
    web = FakeWeb()

    async def use(client: httpx.AsyncClient) -> None:
        assert await get_all(client, *[URL] * 10) == [200] * 10

    using(web, FetchOptions(interval=0.25), use)
    assert len(web.asked) == 10
    assert min(after - before for before, after in pairwise(begins(web))) > 0.2499


def test_the_pace_of_a_host_is_that_of_its_rule() -> None:
    web = FakeWeb()

    async def use(client: httpx.AsyncClient) -> None:
        await get_all(client, *[URL] * 3)

    using(web, FetchOptions(interval=0.25, hosts=(HostOptions("a.example", interval=7.0),)), use)
    assert [round(begin) for begin in begins(web)] == [0, 7, 14]


def test_hosts_do_not_wait_for_each_other() -> None:
    web = FakeWeb()

    async def use(client: httpx.AsyncClient) -> None:
        await get_all(client, *(f"https://h{number}.example/" for number in range(10)))

    using(web, FetchOptions(interval=60.0), use)
    assert max(begins(web)) < 0.1


@pytest.mark.parametrize(("concurrency", "per_host", "most"), [(32, 2, 2), (3, 8, 3), (1, 8, 1)])
def test_no_more_requests_are_under_way_than_allowed(concurrency: int, per_host: int, most: int) -> None:
    web = FakeWeb(seconds=5.0)

    async def use(client: httpx.AsyncClient) -> None:
        await get_all(client, *[URL] * 8)

    using(web, FetchOptions(interval=0.0, concurrency=concurrency, per_host=per_host), use)
    assert at_once(web) == most


def test_a_place_is_taken_until_the_body_was_read() -> None:
    web = FakeWeb()

    async def use(client: httpx.AsyncClient) -> None:
        async with client.stream("GET", URL):
            second = asyncio.create_task(client.get(URL))
            await asyncio.sleep(30)
            assert len(web.asked) == 1
        assert (await second).status_code == 200

    using(web, FetchOptions(interval=0.0, per_host=1), use)
    assert begins(web)[1] > 29.9


def test_the_place_of_a_request_that_failed_is_free() -> None:
    web = FakeWeb({URL: [REFUSED, 200]})

    async def use(client: httpx.AsyncClient) -> None:
        with pytest.raises(httpx.ConnectError) as caught:
            await client.get(URL)
        assert isinstance(caught.value.__cause__, FetchError)
        assert (await client.get(URL)).status_code == 200

    using(web, FetchOptions(interval=0.0, per_host=1, concurrency=1), use)


def test_the_place_of_a_request_that_was_given_up_is_free() -> None:
    web = FakeWeb(seconds=60.0)

    async def use(client: httpx.AsyncClient) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await client.get(URL)
        web.seconds = 0.1
        assert (await client.get(URL)).status_code == 200

    using(web, FetchOptions(interval=0.0, per_host=1, concurrency=1), use)


def test_a_host_that_asks_for_a_rest_gets_it() -> None:
    web = FakeWeb({URL: [(429, {"retry-after": "50"}), 200]})

    async def use(client: httpx.AsyncClient) -> None:
        assert (await client.get(URL)).status_code == 429
        assert (await client.get(URL)).status_code == 200
        assert (await client.get("https://b.example/")).status_code == 200

    using(web, FetchOptions(), use)
    first, second, other = (asked.begin for asked in web.asked)
    assert second - first > 50.0
    assert other - second < 1.0


def test_a_host_that_asks_for_a_day_gets_no_further_request() -> None:
    web = FakeWeb({URL: [(429, {"retry-after": "86400"})]})

    async def use(client: httpx.AsyncClient) -> None:
        assert (await client.get(URL)).status_code == 429
        with pytest.raises(httpx.ConnectError, match="requires a wait of 1 day before further requests"):
            await client.get(URL)

    using(web, FetchOptions(), use)
    assert len(web.asked) == 1


def test_who_waits_too_long_for_a_turn_meets_the_timeout_of_the_pool() -> None:
    web = FakeWeb()

    async def use(client: httpx.AsyncClient) -> None:
        impatient = httpx.Timeout(None, pool=10.0)
        assert (await client.get(URL, timeout=impatient)).status_code == 200
        with pytest.raises(httpx.PoolTimeout, match="its turn did not come in time"):
            await client.get(URL, timeout=impatient)
        assert asyncio.get_running_loop().time() < 11.0
        assert (await client.get(URL)).status_code == 200

    using(web, FetchOptions(interval=60.0), use)
    assert len(web.asked) == 2


def test_who_got_a_turn_meets_it_no_more() -> None:
    web = FakeWeb(seconds=60.0)

    async def use(client: httpx.AsyncClient) -> None:
        assert (await client.get(URL, timeout=httpx.Timeout(None, pool=1.0))).status_code == 200

    using(web, FetchOptions(), use)


def test_a_redirect_waits_for_the_host_that_it_leads_to() -> None:
    web = FakeWeb({URL: ["https://b.example/"]})

    async def use(client: httpx.AsyncClient) -> None:
        for _ in range(2):
            assert (await client.get(URL, follow_redirects=True)).status_code == 200

    using(web, FetchOptions(interval=20.0), use)
    assert [asked.host for asked in web.asked] == ["a.example", "b.example"] * 2
    assert web.asked[2].begin - web.asked[0].begin > 19.9
    assert web.asked[3].begin - web.asked[1].begin > 19.9


def test_hosts_are_forgotten_once_nothing_depends_on_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.httpx_adapter.MOST_HOSTS", 5)
    web = FakeWeb()
    transport = PoliteTransport(web, FetchOptions(interval=1.0))

    async def main() -> None:
        async with httpx.AsyncClient(transport=transport, timeout=NO_LIMIT) as client:
            for number in range(20):
                await client.get(f"https://h{number}.example/")
                await asyncio.sleep(2)

    run_virtually(main)
    assert len(web.asked) == 20
    assert len(transport._states) <= 6


def test_bytes_of_headers_that_are_no_text_are_kept() -> None:
    sent: list[tuple[tuple[str, str], ...]] = []

    class Kept(FakeWeb):
        async def send(self, request: OutgoingRequest) -> RawResponse:
            sent.append(request.headers)
            return await super().send(request)

    async def use(client: httpx.AsyncClient) -> None:
        await client.send(httpx.Request("GET", URL, headers=[(b"x-\xff", b"\xc3\xa9 \xff")]))

    using(Kept(), FetchOptions(), use)
    assert ("x-\udcff", "\u00e9 \udcff") in sent[0]


@pytest.mark.parametrize(("read", "seconds"), [(10.0, 11.0), (None, 30.0), (40.0, 30.0)])
def test_a_body_that_pauses_longer_than_allowed_meets_the_timeout(read: float | None, seconds: float) -> None:
    """That between two pieces, or that of the whole body."""

    class Pausing(FakeWeb):
        async def send(self, request: OutgoingRequest) -> RawResponse:
            found = await super().send(request)
            return RawResponse(found.status, found.headers, pieces())  # type: ignore[arg-type]

    async def pieces() -> AsyncIterator[bytes]:
        await asyncio.sleep(1.0)
        yield b"a"
        await asyncio.sleep(100.0)

    async def use(client: httpx.AsyncClient) -> None:
        began = asyncio.get_running_loop().time()
        with pytest.raises(httpx.ReadTimeout):
            await client.get(URL, timeout=httpx.Timeout(None, read=read))
        assert asyncio.get_running_loop().time() - began == pytest.approx(seconds)

    using(Pausing(seconds=0.0), FetchOptions(timeout=30.0), use)


def test_the_content_of_a_request_is_sent() -> None:
    sent: list[tuple[str, bytes]] = []

    class Kept(FakeWeb):
        async def send(self, request: OutgoingRequest) -> RawResponse:
            sent.append((request.method, request.content))
            return await super().send(request)

    async def use(client: httpx.AsyncClient) -> None:
        await client.post(URL, content=b"a body")
        await client.get(URL)

    using(Kept(), FetchOptions(), use)
    assert sent == [("POST", b"a body"), ("GET", b"")]
