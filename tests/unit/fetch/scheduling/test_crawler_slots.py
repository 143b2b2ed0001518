"""Who wakes whom: with every slot taken nobody is woken, and who gives a slot back sees to it that it is used.

Each run has a time limit, so that one that stalls ends as one that is not complete.
"""

from itertools import pairwise
from typing import NamedTuple

import pytest
from virtual_web import NXDOMAIN, RESET, Crawls, FakeWeb, Reply, many, targets_of

from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.scheduling.crawler import Crawler
from linkcheck.model import Target

AT_ONCE = 1e-3
LONG = 600.0
DOOR = "https://door.example/"


class Look(NamedTuple):
    """What one call of `Crawler._wake` met and did."""

    full: bool
    woke: bool


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[Crawler]:
    """One entry for each worker that is started."""
    started: list[Crawler] = []
    work = Crawler._work

    async def noted(self: Crawler) -> None:
        started.append(self)
        await work(self)

    monkeypatch.setattr(Crawler, "_work", noted)
    return started


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Look]:
    """One entry for each time somebody should be woken."""
    seen: list[Look] = []
    wake = Crawler._wake

    def asleep(crawler: Crawler) -> int:
        return sum(not sleeper.done() for sleeper in crawler._idle)

    def noted(self: Crawler) -> None:
        full, before = not self._limiter.free, (self._workers, asleep(self))
        wake(self)
        seen.append(Look(full, (self._workers, asleep(self)) != before))

    monkeypatch.setattr(Crawler, "_wake", noted)
    return seen


@pytest.mark.parametrize("slots", [1, 3])
def test_nobody_is_woken_while_every_slot_is_taken(crawls: Crawls, looks: list[Look], slots: int) -> None:
    led, replies = _led(6)
    web = FakeWeb({**replies, "h1.example": [503, 200], "h2.example": [RESET, 404]})
    options = FetchOptions(
        concurrency=slots, interval=0.1, hosts=(HostOptions("door.example", interval=2.0),), max_time=LONG
    )
    ran = crawls([*led, *many(8, 20)], web, options)
    assert ran.crawl.complete
    assert len(ran.outcomes) == 166
    assert {look.woke for look in looks if look.full} == {False}
    assert any(look.woke for look in looks)


@pytest.mark.parametrize(
    "replies",
    [
        pytest.param({}, id="answers"),
        pytest.param({"h0.example": [503, 200], "h3.example": [RESET, RESET, 200]}, id="tries again"),
        pytest.param({"h1.example": [NXDOMAIN]}, id="second looks"),
        pytest.param({"h2.example": [(429, {"retry-after": "3"}), 200]}, id="pleas"),
    ],
)
def test_one_slot_needs_one_worker(crawls: Crawls, workers: list[Crawler], replies: dict[str, list[Reply]]) -> None:
    ran = crawls(many(5, 30), FakeWeb(replies), FetchOptions(concurrency=1, interval=0.0, max_time=LONG))
    assert ran.crawl.complete
    assert len(ran.outcomes) == 150
    assert len(workers) == 1


@pytest.mark.parametrize("slots", [1, 2, 5])
def test_a_slot_given_back_is_taken_at_once(crawls: Crawls, slots: int) -> None:
    web = FakeWeb(seconds=1.0)
    ran = crawls(many(40, 1), web, FetchOptions(concurrency=slots, interval=0.0, max_time=LONG))
    assert ran.crawl.complete
    begins, ends = sorted(asked.begin for asked in web.asked), sorted(asked.end for asked in web.asked)
    gaps = [begin - end for begin, end in zip(begins[slots:], ends, strict=False)]
    assert len(gaps) == 40 - slots
    assert all(0 <= gap < AT_ONCE for gap in gaps)


def test_what_became_ready_while_every_slot_was_taken_is_asked_when_one_is_given_back(crawls: Crawls) -> None:
    # The pace lets the second page of the first host go after a second, when the other holds the only slot.
    paced, slow = targets_of("https://paced.example/1", "https://paced.example/2"), targets_of("https://slow.example/")
    web = FakeWeb(seconds_of={"slow.example": 10.0})
    ran = crawls([*paced, *slow], web, FetchOptions(concurrency=1, interval=1.0, max_time=LONG))
    assert ran.crawl.complete
    assert [asked.host for asked in web.asked] == ["paced.example", "slow.example", "paced.example"]
    assert 0 <= web.asked[2].begin - web.asked[1].end < AT_ONCE


def test_a_further_try_that_fell_due_while_every_slot_was_taken_is_made_when_one_is_given_back(crawls: Crawls) -> None:
    failing, slow = targets_of("https://failing.example/"), targets_of("https://slow.example/")
    web = FakeWeb({"failing.example": [503, 200]}, seconds_of={"slow.example": 10.0})
    ran = crawls([*failing, *slow], web, FetchOptions(concurrency=1, interval=0.0, max_time=LONG))
    assert ran.crawl.complete
    assert [asked.host for asked in web.asked] == ["failing.example", "slow.example", "failing.example"]
    assert 0 <= web.asked[2].begin - web.asked[1].end < AT_ONCE


def _led(count: int) -> tuple[list[Target], dict[str, list[Reply]]]:
    """Targets whose hosts, the first of all by name, lead to one door; and the web that does so."""
    hosts = [f"away{number}.example" for number in range(count)]
    return targets_of(*(f"https://{host}/" for host in hosts)), {host: [DOOR] for host in hosts}


def test_a_chain_that_waits_at_a_door_gives_its_slot_to_what_was_ready_before(crawls: Crawls) -> None:
    # The second to be led to the door has to wait there, and nothing but its waiting can let the others begin.
    led, replies = _led(2)
    options = FetchOptions(concurrency=1, interval=0.0, hosts=(HostOptions("door.example", interval=30.0),), max_time=LONG)
    ran = crawls([*led, *many(6, 1)], FakeWeb(replies), options)
    assert ran.crawl.complete
    asked = ran.web.asked
    assert [one.host for one in asked[:4]] == ["away0.example", "door.example", "away1.example", "h0.example"]
    assert 0 <= asked[3].begin - asked[2].end < AT_ONCE
    assert asked[-1].host == "door.example"
    assert asked[-1].begin - asked[1].begin == pytest.approx(30.0, abs=AT_ONCE)


def test_a_chain_back_from_a_door_goes_before_new_targets_and_hands_its_slot_on(crawls: Crawls) -> None:
    led, replies = _led(2)
    web = FakeWeb(replies, seconds=2.0)
    options = FetchOptions(concurrency=1, interval=0.0, hosts=(HostOptions("door.example", interval=9.0),), max_time=LONG)
    ran = crawls([*led, *many(20, 1)], web, options)
    assert ran.crawl.complete
    assert len(ran.outcomes) == 22
    first, second = [at for at, asked in enumerate(web.asked) if asked.host == "door.example"]
    assert 9.0 <= web.asked[second].begin - web.asked[first].begin < 9.0 + 2.0 + AT_ONCE
    for before, after in pairwise(web.asked):
        assert 0 <= after.begin - before.end < AT_ONCE
    assert len(web.asked) - second > 10
