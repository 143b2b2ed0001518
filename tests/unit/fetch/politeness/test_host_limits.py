"""What a host's state remembers, and when it is forgotten."""

import asyncio
from collections.abc import Callable

import pytest

from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.politeness.host_limits import HostState, HostStates, OriginFailure, RateLimit, rate_limit_of
from linkcheck.model import Failure, FailureKind, Outcome, Probe


def test_the_first_rule_that_says_a_figure_wins() -> None:
    rules = (HostOptions("a.example", interval=2.0), HostOptions("*", interval=9.0, concurrency=5))
    assert rate_limit_of("a.example", rules, RateLimit(2, 0.25)) == RateLimit(5, 2.0)
    both = (HostOptions("a.example", interval=0.0, concurrency=1), HostOptions("a.example", interval=9.0, concurrency=5))
    assert rate_limit_of("a.example", both, RateLimit(2, 0.25)) == RateLimit(1, 0.0)
    assert rate_limit_of("b.example", both, RateLimit(2, 0.25)) == RateLimit(2, 0.25)


def test_gates_nothing_depends_on_are_forgotten() -> None:
    states = HostStates(FetchOptions(interval=0.25))
    for number in range(1000):
        state = states[f"h{number}.example"]
        state.take()
        state.start(0.0)
        if number:
            state.leave()
    states.sweep(1.0)
    assert len(states) == 1, "the one with a request under way"


class Shared:
    """Limits that other processes use as well: when each host may start next, and the slots taken."""

    def __init__(self, *, next_start: float = 0.0) -> None:
        self.next_start = next_start
        self.asked: list[tuple[str, float, float]] = []
        self.taken: list[str] = []

    def start(self, host: str, at: float, interval: float) -> float:
        self.asked.append((host, at, interval))
        return max(at, self.next_start)

    def enter(self, host: str, limit: int) -> bool:
        if self.taken.count(host) >= limit:
            return False
        self.taken.append(host)
        return True

    def leave(self, host: str) -> None:
        self.taken.remove(host)


def test_a_start_is_agreed_with_other_processes_once() -> None:
    shared = Shared(next_start=7.0)
    state = HostState("a.example", RateLimit(2, 0.25), shared)
    state.take()
    assert state.share()
    assert state.start(5.0) == 7.0
    assert shared.asked == [("a.example", 5.0, 0.25)]
    assert state.ready_at() == 7.25
    state.release_until(7.0, shared=True)
    assert (state.busy, shared.taken, state.ready_at()) == (0, [], 7.0)
    assert state.start(6.0) == 7.0
    assert len(shared.asked) == 1, "the start was agreed before"
    assert state.start(8.0) == 8.0
    assert len(shared.asked) == 2


def test_a_slot_that_other_processes_use_is_not_released_for_them() -> None:
    shared = Shared()
    state = HostState("a.example", RateLimit(1, 0.25), shared)
    shared.taken.append("a.example")
    state.take()
    assert not state.share()
    state.release_until(9.0, shared=False)
    assert (state.busy, shared.taken, state.ready_at(), state.agreed_start) == (0, ["a.example"], 9.0, 0.0)
    state.release_until(3.0, shared=False)
    assert state.ready_at() == 9.0


def test_a_host_without_a_pace_agrees_on_nothing() -> None:
    shared = Shared(next_start=7.0)
    assert HostState("a.example", RateLimit(1, 0.0), shared).start(5.0) == 5.0
    assert shared.asked == []


def test_one_request_at_a_time_tests_a_host_that_did_not_respond() -> None:
    state = HostState("a.example", RateLimit(3, 0.0))
    state.take()
    assert state.can_start(0.0)
    state.times_opened = 1
    assert not state.can_start(0.0)
    state.leave()
    assert state.can_start(0.0)
    assert HostState("a.example", RateLimit(0, 0.0)).room, "a limit of none is one"


@pytest.mark.parametrize("name", ["free_at", "retry_after_until", "open_until"])
def test_a_request_waits_for_the_last_of_its_limits(name: str) -> None:
    state = HostState("a.example", RateLimit(1, 0.0))
    setattr(state, name, 5.0)
    assert (state.ready_at(), state.can_start(4.9), state.can_start(5.0)) == (5.0, False, True)
    state.take()
    assert not state.can_start(5.0)


def test_a_free_slot_is_offered_to_the_first_waiter_else_to_the_queue() -> None:
    async def main() -> None:
        freed: list[str] = []
        state = HostState("a.example", RateLimit(1, 0.0))
        state.offer_slot()
        state.on_slot_free = lambda: freed.append("queue")
        state.offer_slot()
        assert freed == ["queue"]
        state.waiters = 1
        state.offer_slot()
        assert freed == ["queue"], "a request that waits takes precedence"
        state.slot_free = waiting = asyncio.get_running_loop().create_future()
        state.take()
        state.leave()
        assert waiting.done()
        state.offer_slot()
        assert freed == ["queue"]

    asyncio.run(main())


DOWN = Failure(FailureKind.HOST_DOWN, "rate-limited", "it wants rest")
SILENT = Failure(FailureKind.HOST_DOWN, "no-answer", "it is silent")
NO_NAME = Failure(FailureKind.DNS, "nxdomain", "no such name")


def with_one(state: HostState, name: str) -> None:
    outcome = Outcome("https://a.example/", Probe.STATUS)
    values = {
        "errors": {"https://a.example/": 500},
        "lasting": OriginFailure("https://a.example", outcome, set()),
        "down": DOWN,
        "on_slot_free": lambda: None,
        "open_until": 9.0,
        "retry_after_until": 9.0,
        "free_at": 9.0,
    }
    setattr(state, name, values.get(name, 1))


@pytest.mark.parametrize(
    "name",
    [
        *("strikes", "consecutive_429", "errors", "lasting", "down", "busy", "waiters", "on_slot_free"),
        *("open_until", "retry_after_until", "free_at"),
    ],
)
def test_a_host_of_which_something_is_known_is_kept(name: str) -> None:
    states = HostStates(FetchOptions())
    assert states["b.example"] is states["b.example"]
    with_one(states["a.example"], name)
    states.sweep(8.9)
    assert len(states) == 1
    assert getattr(states["a.example"], name)


def test_a_host_is_forgotten_at_the_moment_that_its_limits_end() -> None:
    states = HostStates(FetchOptions())
    states["a.example"].free_at = 9.0
    states.sweep(9.0)
    assert len(states) == 0


def test_the_resting_hosts_are_those_that_get_no_requests_now() -> None:
    states = HostStates(FetchOptions())
    for host, name in (("d.example", "down"), ("b.example", "open_until"), ("c.example", "retry_after_until")):
        with_one(states[host], name)
    with_one(states["a.example"], "free_at")
    assert states.resting_hosts(8.9) == ("b.example", "c.example", "d.example")
    assert states.resting_hosts(9.0) == ("d.example",)


def down_after(change: Callable[[HostStates], None], failure: Failure) -> Failure | None:
    states = HostStates(FetchOptions())
    state = states["a.example"]
    state.down = failure
    state.retry_after_until = 9.0
    change(states)
    return state.down


@pytest.mark.parametrize(
    ("change", "ended"),
    [
        (lambda states: states.begin_final_retries(), [NO_NAME]),
        (lambda states: states.reset_breakers(), [SILENT]),
        (lambda states: states.end_pauses(8.9), []),
        (lambda states: states.end_pauses(9.0), [DOWN]),
    ],
    ids=["final retries", "the network is back", "before the end of the pause", "the end of the pause"],
)
def test_what_ends_that_a_host_gets_no_requests(change: Callable[[HostStates], None], ended: list[Failure]) -> None:
    assert [each for each in (NO_NAME, SILENT, DOWN) if down_after(change, each) is None] == ended


def test_the_last_try_is_allowed_to_hosts_that_did_not_respond() -> None:
    states = HostStates(FetchOptions())
    tested, other = states["a.example"], states["b.example"]
    tested.times_opened, tested.open_until = 1, 9.0
    states.begin_final_retries()
    assert (tested.tried, tested.open_until, other.tried) == (True, 0.0, False)


def test_a_network_that_is_back_clears_what_it_caused() -> None:
    states = HostStates(FetchOptions())
    state = states["a.example"]
    state.strikes, state.times_opened, state.tried, state.open_until = 3, 1, True, 9.0
    state.failed_urls.add("https://a.example/")
    states.reset_breakers()
    assert (state.strikes, state.times_opened, state.tried, state.open_until, state.failed_urls) == (0, 0, False, 0.0, set())


def test_the_end_of_a_pause_is_the_end_of_the_responses_that_caused_it() -> None:
    states = HostStates(FetchOptions())
    state = states["a.example"]
    state.down, state.consecutive_429 = DOWN, 6
    states.end_pauses(0.0)
    assert state.consecutive_429 == 0


def test_the_rate_of_hosts_that_others_request_too_is_divided() -> None:
    states = HostStates(FetchOptions(per_host=5, interval=0.5), own=frozenset(("a.example",)), shares=2)
    assert (states["a.example"].limit, states["a.example"].interval) == (5, 0.5)
    assert (states["b.example"].limit, states["b.example"].interval) == (2, 1.0)
    states = HostStates(FetchOptions(per_host=1, interval=0.5), own=frozenset(), shares=2)
    assert (states["b.example"].limit, states["b.example"].interval) == (1, 1.0)
