"""What is requested to find out whether the network is down, and how long a run waits for it: by value."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from virtual_web import run_virtually, targets_of

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.politeness.network_health import NetworkState
from linkcheck.fetch.politeness.outage import MOST, Outage
from linkcheck.model import Outcome, Probe, Target

A, B, C = targets_of("https://a.example/1", "https://b.example/1", "https://c.example/1")


class Line:
    """An outage in virtual time. A check of a host takes some seconds and succeeds if the host is `up`."""

    def __init__(self, *known: str, at_once: int = 9, seconds: float = 0.0, up: Sequence[str] = ()) -> None:
        loop = asyncio.get_running_loop()
        self.clock: Callable[[], float] = lambda: round(loop.time(), 3)
        self.states = HostStates(FetchOptions())
        self.outage: Outage[Any] = Outage(self.states, known, at_once=at_once, clock=self.clock)
        self.seconds, self.up = seconds, up
        self.looks: list[tuple[float, str]] = []
        self.targets: list[Target] = []

    async def look(self, target: Target) -> bool:
        self.looks.append((self.clock(), target.host))
        self.targets.append(target)
        await asyncio.sleep(self.seconds)
        return target.host in self.up

    def fail(self, *targets: Target) -> None:
        self.outage.window += [(SimpleNamespace(target=target), Outcome(target.url, target.probe)) for target in targets]

    async def wait(
        self,
        patience: float,
        controls: Sequence[Target] | None = (A,),
        failed: Sequence[Target] = (),
        *,
        names: Callable[[], Awaitable[bool]] | None = None,
        ending: Callable[[], bool] = lambda: False,
    ) -> bool:
        return await self.outage.wait_for_network(patience, controls, failed, self.look, names=names, ending=ending)


def in_line(use: Callable[[], Awaitable[None]]) -> None:
    run_virtually(use)


def test_the_network_is_looked_for_at_growing_intervals_until_patience_ends() -> None:
    async def use() -> None:
        await asyncio.sleep(100.0)
        line = Line()
        assert line.outage.waiting is False
        assert await line.wait(200.0) is False
        assert [at - 100.0 for at, _ in line.looks] == [1.0, 3.0, 7.0, 15.0, 31.0, 63.0, 123.0, 183.0, 200.0]
        assert line.outage.waiting is True

    in_line(use)


@pytest.mark.parametrize("answered", [False, True])
def test_a_control_or_a_response_meanwhile_shows_that_the_network_is_back(*, answered: bool) -> None:
    async def use() -> None:
        line = Line(up=() if answered else ("a.example",))
        line.outage.answered = answered
        line.states["x.example"].times_opened = 3
        assert await line.wait(200.0)
        assert line.looks == ([] if answered else [(1.0, "a.example")])
        assert line.clock() == 1.0
        assert line.states["x.example"].times_opened == 0

    in_line(use)


@pytest.mark.parametrize(
    ("controls", "has_names", "asked", "looked"),
    [
        pytest.param(None, True, 2, [], id="without controls, the DNS server"),
        pytest.param(None, False, 0, [(1.0, "b.example"), (3.0, "b.example")], id="without it, what failed"),
        pytest.param((A,), True, 0, [(1.0, "a.example"), (3.0, "a.example")], id="controls"),
    ],
)
def test_what_shows_that_the_network_is_back(
    controls: Sequence[Target] | None,
    *,
    has_names: bool,
    asked: int,
    looked: list[tuple[float, str]],
) -> None:
    async def use() -> None:
        times: list[float] = []

        async def names() -> bool:
            times.append(line.clock())
            return len(times) > 1

        line = Line()
        back = await line.wait(3.0, controls, (B,) if controls is None else (), names=names if has_names else None)
        assert (back, len(times)) == (asked == 2, asked)
        assert line.looks == looked

    in_line(use)


def test_a_run_that_ends_does_not_wait() -> None:
    async def use() -> None:
        line = Line()
        assert await line.wait(200.0, ending=lambda: line.clock() >= 3.0) is False
        assert line.clock() == 3.0

    in_line(use)


def test_a_network_that_fails_too_often_is_not_waited_for() -> None:
    async def use() -> None:
        line = Line(up=("a.example",))
        assert [await line.wait(9.0) for _ in range(MOST + 2)] == [True] * MOST + [False, False]

    in_line(use)


@pytest.mark.parametrize(
    ("controls", "known", "answered", "looked"),
    [
        (None, ("k.example",), False, []),
        (None, (), True, []),
        ((), (), True, []),
        ((), (), False, []),
        ((), ("k.example",), False, ["k.example"]),
        ((A,), (), False, ["a.example"]),
        ((A,), (), True, ["a.example"]),
    ],
)
def test_a_false_alarm_shows_by_controls_or_a_response(
    controls: Sequence[Target] | None,
    known: tuple[str, ...],
    *,
    answered: bool,
    looked: list[str],
) -> None:
    async def use() -> None:
        line = Line(*known)
        line.outage.answered = answered
        line.fail(B) if known == () and controls != (A,) else None
        assert await line.outage.is_false_alarm(controls, line.look) is answered
        assert [host for _, host in line.looks][: len(looked)] == looked
        assert bool(line.looks) is bool(looked)

    in_line(use)


def test_controls_are_requested_first_and_no_host_twice() -> None:
    async def use() -> None:
        line = Line("k.example", "b.example", "a.example")
        again = targets_of("https://a.example/9", "https://f.example/1", "https://g.example/1", "https://h.example/1")
        line.fail(C, B)
        await line.wait(1.0, (A,), again)
        assert [target.url for target in line.targets] == [A.url, "https://k.example/", B.url, C.url, again[1].url]
        assert line.targets[1] == Target("https://k.example/", Probe.STATUS, "k.example")

    in_line(use)


@pytest.mark.parametrize(
    ("at_once", "seconds", "looks"),
    [
        pytest.param(9, 9.0, [1.0, 3.0, 5.0], id="slow ones two seconds apart"),
        pytest.param(9, 0.5, [1.0, 1.5, 2.0], id="fast ones in turn"),
        pytest.param(1, 9.0, [1.0, 10.0, 19.0], id="one at once"),
        pytest.param(0, 9.0, [1.0, 10.0, 19.0], id="at least one at once"),
        pytest.param(2, 9.0, [1.0, 3.0, 10.0], id="two at once"),
    ],
)
def test_controls_are_requested_one_after_the_other(at_once: int, seconds: float, looks: list[float]) -> None:
    async def use() -> None:
        line = Line(at_once=at_once, seconds=seconds)
        await line.wait(1.0, (A, B, C))
        assert [at for at, _ in line.looks] == looks

    in_line(use)


def test_the_first_control_that_responds_ends_the_check() -> None:
    async def use() -> None:
        line = Line(seconds=3.0, up=("a.example",))
        assert await line.wait(9.0, (A, B, C))
        assert (line.clock(), [host for _, host in line.looks]) == (4.0, ["a.example", "b.example"])

    in_line(use)


def test_an_outage_is_described_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.politeness.outage.current_timestamp", lambda: "2026-11-22T12:00:00Z")

    async def use() -> None:
        line = Line()
        outage = line.outage
        assert (outage.network, outage.window, outage.answered) == (None, [], False)
        assert outage.describe() == "no network connection (since )"
        outage.answered = outage.waiting = True
        outage.begin(NetworkState.OFFLINE)
        assert (outage.network, outage.answered) == (NetworkState.OFFLINE, False)
        assert outage.describe() == f"{NetworkState.OFFLINE.value} (since 2026-11-22T12:00:00Z)"
        outage.last = "no route"
        assert outage.describe() == f"{NetworkState.OFFLINE.value} (since 2026-11-22T12:00:00Z; last failure: no route)"
        line.fail(A, B)
        assert [pending.target for pending, _ in outage.end()] == [A, B]
        assert (outage.network, outage.window, outage.waiting) == (None, [], False)

    in_line(use)
