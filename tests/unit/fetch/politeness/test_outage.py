"""How often and how long a run waits for the network: in virtual time."""

import asyncio

import pytest
from virtual_web import run_virtually

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.politeness.network_health import NetworkState
from linkcheck.fetch.politeness.outage import Failed, Outage
from linkcheck.model import Probe, Target


def waits(outages: int, *, patience: float = 100.0, back_after: int = 1) -> list[tuple[bool, float]]:
    """Whether the network is back after each outage, and after how many seconds; it is found at the nth look."""
    found: list[tuple[bool, float]] = []
    looks = 0

    async def names() -> bool:
        nonlocal looks
        looks += 1
        return looks % back_after == 0

    async def look(_target: Target) -> bool:
        return False

    async def main() -> None:
        clock = asyncio.get_running_loop().time
        outage: Outage[Failed] = Outage(HostStates(FetchOptions()), (), at_once=1, clock=clock)
        for _ in range(outages):
            outage.begin(NetworkState.OFFLINE)
            began = clock()
            back = await outage.wait_for_network(patience, None, (), look, names=names, ending=lambda: False)
            found.append((back, round(clock() - began, 3)))
            outage.end()

    run_virtually(main)
    return found


def test_ten_outages_are_waited_for() -> None:
    assert waits(12) == [(True, 1.0)] * 10 + [(False, 0.0)] * 2


def test_the_pauses_of_an_outage_double_up_to_a_minute() -> None:
    assert waits(1, patience=10_000.0, back_after=9) == [(True, 1.0 + 2 + 4 + 8 + 16 + 32 + 60 + 60 + 60)]


def test_an_outage_is_waited_for_as_long_as_the_patience() -> None:
    assert waits(1, patience=10.0, back_after=1000) == [(False, 10.0)]


@pytest.mark.parametrize(("controls", "seconds"), [(1, 0.0), (2, 2.0), (3, 4.0)])
def test_the_next_control_is_requested_two_seconds_after_the_one_before(controls: int, seconds: float) -> None:
    begins: list[float] = []
    ready = [Target(f"https://h{number}.example/", Probe.STATUS, f"h{number}.example") for number in range(controls)]

    async def main() -> None:
        clock = asyncio.get_running_loop().time

        async def look(_target: Target) -> bool:
            begins.append(clock())
            await asyncio.sleep(50.0)
            return True

        outage: Outage[Failed] = Outage(HostStates(FetchOptions()), (), at_once=9, clock=clock)
        outage.begin(NetworkState.OFFLINE)
        assert await outage.is_false_alarm(ready, look)

    run_virtually(main)
    assert len(begins) == controls
    assert round(begins[-1] - begins[0], 3) == seconds


@pytest.mark.parametrize(
    ("earlier", "controls", "answers", "asked"),
    [
        ((), None, False, []),
        ((), (), False, []),
        (("a.example",), None, False, []),
        (("a.example",), (), True, ["https://a.example/"]),
        ((), ("b.example",), True, ["https://b.example/"]),
    ],
)
def test_a_control_of_this_run_or_an_earlier_one_tells_a_false_alarm(
    earlier: tuple[str, ...], controls: tuple[str, ...] | None, *, answers: bool, asked: list[str]
) -> None:
    looked: list[str] = []
    ready = None if controls is None else [Target(f"https://{host}/", Probe.STATUS, host) for host in controls]

    async def look(target: Target) -> bool:
        looked.append(target.url)
        return True

    async def main() -> None:
        clock = asyncio.get_running_loop().time
        outage: Outage[Failed] = Outage(HostStates(FetchOptions()), earlier, at_once=1, clock=clock)
        outage.begin(NetworkState.OFFLINE)
        assert await outage.is_false_alarm(ready, look) is answers
        assert looked == asked
        outage.answered = True
        assert await outage.is_false_alarm(ready, look), "something responded meanwhile"

    run_virtually(main)
