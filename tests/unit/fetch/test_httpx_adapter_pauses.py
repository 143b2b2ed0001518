"""A client on a polite transport outlives the pauses that hosts request: in virtual time."""

import asyncio
from collections.abc import Sequence

import httpx
import pytest
from virtual_web import FakeWeb, Reply, run_virtually

from linkcheck.fetch.httpx_adapter import PoliteTransport
from linkcheck.fetch.options import FetchOptions

URL = "https://a.example/"
NO_LIMIT = httpx.Timeout(None)


def statuses(web: FakeWeb, pauses: Sequence[float], *, options: FetchOptions | None = None) -> list[int | str]:
    """The status or exception of one request after each pause."""
    found: list[int | str] = []

    async def main() -> None:
        transport = PoliteTransport(web, options or FetchOptions(interval=0.0))
        async with httpx.AsyncClient(transport=transport, timeout=NO_LIMIT) as client:
            for pause in pauses:
                await asyncio.sleep(pause)
                try:
                    found.append((await client.get(URL)).status_code)
                except httpx.TransportError as error:
                    found.append(f"{type(error).__name__}: {error}")

    run_virtually(main)
    return found


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_requests_a_long_pause_gets_requests_again_after_it(status: int) -> None:
    web = FakeWeb({URL: [(status, {"retry-after": "3600"}), 200]})
    message = "ConnectError: a.example requires a wait of 1 hour before further requests (Retry-After: 3600)"
    assert statuses(web, [0, 0, 3590, 11]) == [status, message, message, 200]
    assert len(web.asked) == 2


def test_a_pause_that_ended_can_begin_again() -> None:
    web = FakeWeb({URL: [(503, {"retry-after": "3600"}), (503, {"retry-after": "3600"}), 200]})
    found = statuses(web, [0, 3601, 3590, 11])
    assert [found[0], found[1], found[3]] == [503, 503, 200]
    assert "requires a wait of 1 hour" in str(found[2])


def test_a_host_that_returns_429_without_a_pause_gets_requests_again_a_minute_after_the_sixth() -> None:
    replies: list[Reply] = [429] * 6
    web = FakeWeb({URL: [*replies, 200]})
    found = statuses(web, [100] * 6 + [0, 50, 20])
    message = "ConnectError: a.example kept returning 429 Too Many Requests; no further request was sent"
    assert found == [429] * 6 + [message, message, 200]


def test_a_host_that_returns_429_and_requests_no_pause_is_not_refused() -> None:
    replies: list[Reply] = [(429, {"retry-after": "0"})] * 8
    assert statuses(FakeWeb({URL: [*replies, 200]}), [0] * 9) == [429] * 8 + [200]


def test_a_host_whose_pause_is_over_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.httpx_adapter.MOST_HOSTS", 2)
    web = FakeWeb({URL: [(503, {"retry-after": "3600"})]})
    transport = PoliteTransport(web, FetchOptions(interval=0.0))

    async def main() -> None:
        async with httpx.AsyncClient(transport=transport, timeout=NO_LIMIT) as client:
            await client.get(URL)
            for host in ("b", "c", "d"):
                await asyncio.sleep(2000)
                await client.get(f"https://{host}.example/")

    run_virtually(main)
    assert set(transport._states._states) <= {"c.example", "d.example"}
    assert len(web.asked) == 4
