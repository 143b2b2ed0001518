"""What a crawl in this process does not do: look up names for others, wait for a replay, request again what is known."""

import asyncio
import signal
import ssl
import sys
from collections.abc import Iterator
from threading import Thread
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from linkcheck import signals
from linkcheck.fetch import FetchOptions, crawl
from linkcheck.fetch.options import HostOptions, Proxies
from linkcheck.fetch.scheduling.run_loop import Timeouts, resolves_names, run, signal_handlers, without_delays
from linkcheck.model import Outcome, Probe, Target


@pytest.mark.parametrize(
    ("options", "is_foreign", "expected"),
    [
        pytest.param(FetchOptions(), False, True, id="our own client"),
        pytest.param(FetchOptions(), True, False, id="a transport of the caller"),
        pytest.param(FetchOptions(proxy="http://p.example:9"), False, False, id="a proxy"),
        pytest.param(FetchOptions(proxy=Proxies(http="http://p.example:9")), False, False, id="proxies"),
        pytest.param(FetchOptions(replay="web.toml"), False, False, id="a replay"),
    ],
)
def test_names_are_looked_up_by_who_connects(options: FetchOptions, is_foreign: bool, expected: bool) -> None:  # noqa: FBT001
    assert resolves_names(options, is_foreign=is_foreign) is expected


@pytest.mark.parametrize(
    ("context", "is_told"),
    [
        ({"message": "an error", "exception": ValueError()}, True),
        ({"message": "an error"}, True),
        ({"exception": ValueError()}, True),
        ({"message": "an error", "exception": OSError()}, False),
        ({"message": "an error", "exception": ssl.SSLError()}, False),
        ({"message": "Fatal error on SSL protocol (error status in uv_stream_t.read)", "exception": ValueError()}, False),
        ({"message": "a Fatal error on SSL protocol"}, True),
    ],
)
def test_errors_of_abandoned_connections_are_not_told(
    context: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    is_told: bool,  # noqa: FBT001 - a table's column
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(asyncio.BaseEventLoop, "default_exception_handler", lambda _, each: told.append(each))
    monkeypatch.setitem(sys.modules, "uvloop", None)

    async def main() -> int:
        asyncio.get_running_loop().call_exception_handler(context)
        return 7

    assert run(main()) == 7
    assert told == [context] * is_told


def test_the_loop_is_that_of_uvloop_if_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loop(asyncio.SelectorEventLoop):
        pass

    async def main() -> bool:
        return isinstance(asyncio.get_running_loop(), Loop)

    monkeypatch.setitem(sys.modules, "uvloop", SimpleNamespace(new_event_loop=Loop))
    assert run(main())
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert not run(main())


@pytest.fixture
def former() -> Iterator[list[int]]:
    """The signals that go to a handler from before the crawl."""
    received: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: received.append(number))
    with signals.signal_handlers():
        pass  # what arrived before is forgotten
    yield received
    with signals.signal_handlers():
        pass
    signal.signal(signal.SIGINT, before)


def passed_on(*, waits: bool) -> list[int]:
    """What the crawler gets of a signal; if it no longer `waits`, the signal is too late."""
    received: list[int] = []

    async def main() -> None:
        with signal_handlers((signal.SIGINT,), received.append):
            signal.raise_signal(signal.SIGINT)
            await asyncio.sleep(0) if waits else None

    run(main())
    return received


def test_a_signal_goes_to_the_crawler_or_if_it_is_too_late_to_the_former_handler(former: list[int]) -> None:
    assert (passed_on(waits=True), former) == ([signal.SIGINT], [])
    assert (passed_on(waits=False), former) == ([], [signal.SIGINT])


@pytest.mark.usefixtures("former")
def test_a_late_signal_without_a_former_handler_is_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[int] = []
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    send = signal.raise_signal

    def note(number: int) -> None:
        raised.append(number)
        send(number)

    monkeypatch.setattr(signal, "raise_signal", note)
    assert passed_on(waits=False) == []
    assert raised == [signal.SIGINT], "that of the test"


def test_a_signal_before_the_crawl_is_passed_at_once_in_the_main_thread_only(former: list[int]) -> None:
    received: list[int] = []

    async def main() -> None:
        with signal_handlers((signal.SIGINT,), received.append):
            received.append(0)

    with signals.signal_handlers():
        signals.note(signal.SIGINT)
        thread = Thread(target=lambda: run(main()))
        thread.start()
        thread.join()
        assert received == [0]
        run(main())
    assert received == [0, signal.SIGINT, 0]
    assert former == []


def test_a_replay_waits_for_nothing() -> None:
    options = FetchOptions(
        interval=1.0, backoff=2.0, patience=3.0, hosts=(HostOptions("a.example", interval=4.0, timeout=5.0),)
    )
    assert without_delays(options) is options
    replayed = without_delays(replace(options, replay="web.toml"))
    assert (replayed.interval, replayed.backoff, replayed.patience) == (0.0, 0.0, 0.0)
    assert replayed.hosts == (HostOptions("a.example", timeout=5.0),)


def test_the_timeout_of_a_host_is_that_of_the_first_rule_that_sets_one() -> None:
    rules = (
        HostOptions("a.example", interval=1.0),
        HostOptions("*.example", timeout=5.0),
        HostOptions("a.example", timeout=9.0),
        HostOptions("b.test", timeout=7.0),
    )
    timeouts = Timeouts(FetchOptions(hosts=rules))
    assert [timeouts.of(host) for host in ("a.example", "b.test", "c.test")] == [5.0, 7.0, None]


def test_a_page_that_is_known_is_requested_on_condition_that_it_changed() -> None:
    seen: list[dict[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(dict(request.headers))
        return httpx.Response(304)

    outcomes: list[Outcome] = []
    known = ('"1"', "Wed, 21 Oct 2026 07:28:00 GMT")
    targets = [
        Target("https://a.example/", Probe.PAGE, "a.example", known=known),
        Target("https://b.example/", Probe.PAGE, "b.example"),
    ]
    crawl([targets], outcomes.extend, FetchOptions(interval=0.0), transport=httpx.MockTransport(answer))
    found = {headers["host"]: (headers.get("if-none-match"), headers.get("if-modified-since")) for headers in seen}
    assert found == {"a.example": known, "b.example": (None, None)}
    assert sorted(outcome.answer.status for outcome in outcomes if outcome.answer) == [304, 304]
