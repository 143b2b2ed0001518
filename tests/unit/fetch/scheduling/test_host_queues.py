from collections.abc import Iterator, Sequence

import pytest
from virtual_web import Counted, crawl_virtually, many

from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.scheduling.host_queues import HostQueue, HostQueues, QueuedTarget
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.model import Answer, Failure, FailureKind, Outcome


def test_only_some_thousand_targets_are_in_hand_at_once() -> None:
    source = Counted(100, 120)

    def record(outcomes: Sequence[Outcome]) -> None:
        source.out -= len(outcomes)

    ran = crawl_virtually(source, options=FetchOptions(interval=0.0, concurrency=64), record=record)
    assert len(ran.outcomes) == 12_000
    assert source.most <= 8192 + 100 + 256


def test_a_host_without_targets_holds_nothing_up() -> None:
    source = Counted(2, 3)
    source.sizes["h1.example"] = 0
    assert len(crawl_virtually(source).outcomes) == 3


class Overstated(Counted):
    """A source with fewer targets than it announces."""

    def hosts(self) -> Iterator[tuple[str, int]]:
        return ((host, size + 50) for host, size in super().hosts())


def test_the_crawl_ends_though_hosts_have_fewer_targets_than_announced() -> None:
    assert len(crawl_virtually(Overstated(2, 40)).outcomes) == 80


def queues_of(*sizes: int) -> tuple[HostQueues, HostStates]:
    """The queues of hosts with that many targets each, without a rate limit."""
    states = HostStates(FetchOptions(interval=0.0, per_host=8))
    targets = [target for host, size in enumerate(sizes) for target in many(host + 1, size)[host * size :]]
    return HostQueues(ListSource(targets), states), states


def done(queues: HostQueues, pending: QueuedTarget) -> None:
    pending.host_queue.state.leave()
    queues.finished(pending)


def test_a_host_is_forgotten_once_its_last_target_is_done() -> None:
    queues, _ = queues_of(1, 2)
    opened: list[int] = []
    while (pending := queues.next(0.0)) is not None:
        done(queues, pending)
        opened.append(queues.open_hosts)
    assert opened == [1, 0, 0]  # the longer one first; a host is opened when it is its turn
    assert (queues.held, queues.in_flight) == (0, 0)


def test_a_host_is_kept_while_a_target_of_it_is_under_way_or_to_be_retried() -> None:
    queues, _ = queues_of(2)
    first, second = queues.next(0.0), queues.next(0.0)
    assert first is not None
    assert second is not None
    done(queues, first)
    assert queues.open_hosts == 1
    queues.again(second, 5.0, 0.0)
    done(queues, second)
    assert queues.open_hosts == 1
    again = queues.next(6.0)
    assert again is second
    done(queues, again)
    assert queues.open_hosts == 0


def test_a_queue_is_as_long_as_what_is_in_memory_to_be_retried_and_in_the_source() -> None:
    queue = HostQueue(HostStates(FetchOptions())["a.example"], left=4)
    targets = [QueuedTarget(target, queue) for target in many(1, 3)]
    queue.waiting.append(targets[0])
    queue.later.extend((5.0, number, target) for number, target in enumerate(targets[1:]))
    assert queue.length == 4 + 1 + 2


def test_targets_to_be_retried_count_when_the_longest_queue_is_chosen() -> None:
    queues, _ = queues_of(3, 2)
    for _ in range(2):
        pending = queues.next(0.0)
        assert pending is not None
        assert pending.target.host == "h0.example"
        queues.again(pending, 1.0, 0.0)
        done(queues, pending)
    chosen = queues.next(2.0)
    assert chosen is not None
    assert chosen.target.host == "h0.example"


def urls(pendings: Iterator[QueuedTarget]) -> list[str]:
    return sorted(pending.target.url for pending in pendings)


def test_what_was_not_requested_is_told_wherever_it_waits() -> None:
    queues, _ = queues_of(3, 2, 1)
    first, second = queues.next(0.0), queues.next(0.0)
    assert first is not None
    assert second is not None
    queues.again(first, 5.0, 0.0)
    done(queues, first)
    further = QueuedTarget(many(1, 9)[8], first.host_queue)
    queues.feed(iter([further]))
    expected = {target.url for host, size in enumerate((3, 2, 1)) for target in many(host + 1, size)[host * size :]}
    assert urls(queues.unrequested()) == sorted((expected - {second.target.url}) | {further.target.url})
    assert queues.held == 1, "the one under way"
    assert urls(queues.unrequested()) == []
    done(queues, second)
    assert queues.next(9.0) is None


def test_the_queues_of_what_was_not_requested_are_empty() -> None:
    queues, _ = queues_of(3, 2, 1)
    assert queues.next(0.0) is not None
    rest = list(queues.unrequested())
    assert [(each.target.host, each.host_queue.length) for each in rest] == [
        (f"h{host}.example", 0) for host in (0, 0, 1, 1, 2)
    ]


def test_only_the_attempts_that_prove_nothing_are_forgotten() -> None:
    queues, _ = queues_of(2)
    pendings = [queues.next(0.0), queues.next(0.0)]
    for status, pending in zip((500, 503), pendings, strict=True):
        assert pending is not None
        pending.attempts, pending.statuses = 2, (status,)
        pending.outcome = Outcome(pending.target.url, pending.target.probe, answer=Answer(status, pending.target.url))
        queues.again(pending, 5.0, 0.0)
    queues.forget_tries(lambda outcome: outcome is not None and outcome.answer is not None and outcome.answer.status == 503)
    assert [(each.attempts, each.statuses, each.outcome is None) for each in pendings if each] == [
        (2, (500,), False),
        (0, (), True),
    ]


def test_a_queue_is_ready_when_its_host_allows_a_request() -> None:
    queues, states = queues_of(1)
    state = states["h0.example"]
    state.retry_after_until = 5.0
    assert queues.next(0.0) is None
    assert queues.wake_at() == 5.0
    assert queues.next(4.9) is None
    assert queues.next(5.0) is not None
    assert queues.wake_at() is None


def test_a_target_to_be_retried_is_ready_at_its_time() -> None:
    queues, _ = queues_of(1)
    pending = queues.next(0.0)
    assert pending is not None
    queues.again(pending, 7.0, 0.0)
    done(queues, pending)
    assert queues.next(0.0) is None
    assert queues.wake_at() == 7.0
    assert queues.next(6.9) is None
    assert queues.next(7.0) is pending


def test_a_host_whose_breaker_is_open_is_not_waited_for_at_the_end() -> None:
    queues, states = queues_of(1)
    state = states["h0.example"]
    state.open_until, state.times_opened = 30.0, 1
    assert queues.next(0.0) is None
    assert queues.only_rest
    assert queues.rest(0.0)
    assert state.tried
    assert queues.next(0.0) is not None
    assert not queues.only_rest, "it is under way"


def test_a_host_that_keeps_refusing_is_last() -> None:
    queues, states = queues_of(2, 1)
    states["h0.example"].consecutive_429 = 3
    first = queues.next(0.0)
    assert first is not None
    assert first.target.host == "h1.example"
    assert queues.next(0.0) is None
    done(queues, first)
    assert queues.only_rest
    assert queues.rest(0.0)
    last = queues.next(0.0)
    assert last is not None
    assert last.target.host == "h0.example"
    queues, states = queues_of(2, 1)
    states["h0.example"].consecutive_429 = 2
    other = queues.next(0.0)
    assert other is not None
    assert other.target.host == "h0.example"


def test_a_host_that_refuses_while_its_next_target_waits_is_last_too() -> None:
    queues, states = queues_of(3)
    first = queues.next(0.0)
    assert first is not None
    states["h0.example"].consecutive_429 = 3
    assert queues.next(0.0) is None


def test_nothing_is_left_to_activate_when_all_is_done() -> None:
    queues, _ = queues_of(1)
    pending = queues.next(0.0)
    assert pending is not None
    done(queues, pending)
    assert queues.only_rest
    assert not queues.rest(0.0)
    queues.feed(iter(()))
    assert not queues.only_rest, "targets for final retries are to come"


def test_the_targets_of_a_host_that_is_down_are_returned_at_once() -> None:
    queues, states = queues_of(2)
    states["h0.example"].down = Failure(FailureKind.HOST_DOWN, "no-answer", "it is silent")
    states["h0.example"].retry_after_until = 99.0
    assert queues.next(0.0) is not None
    assert queues.next(0.0) is not None
    assert states["h0.example"].busy == 0, "they take no slot"


@pytest.mark.parametrize("times_opened", [0, 1])
def test_the_targets_of_a_host_that_is_down_are_returned_in_their_order(times_opened: int) -> None:
    queues, states = queues_of(3)
    states["h0.example"].down = Failure(FailureKind.HOST_DOWN, "no-answer", "it is silent")
    states["h0.example"].times_opened = times_opened
    found = [queues.next(0.0) for _ in range(3)]
    assert [each and each.target.url for each in found] == [f"https://h0.example/{page}" for page in range(3)]


def test_a_host_that_is_tested_gets_another_url_and_the_last_in_memory_first() -> None:
    queues, states = queues_of(3)
    first = queues.next(0.0)
    assert first is not None
    queues.again(first, 0.0, 0.0)
    done(queues, first)
    states["h0.example"].times_opened = 1
    tested = queues.next(1.0)
    assert tested is not None
    assert tested.target.url == "https://h0.example/2"
    done(queues, tested)
    states["h0.example"].times_opened = 0
    assert queues.next(1.0) is first


@pytest.mark.parametrize(("held", "taken"), [(0, 16), (9, 16), (10, 4), (14, 4), (15, 1), (19, 1)])
def test_less_is_taken_as_the_room_gets_less(held: int, taken: int) -> None:
    queues = HostQueues(ListSource(many(1, 99)), HostStates(FetchOptions(interval=0.0)), hold=20)
    queues.held = held
    assert queues.next(0.0) is not None
    assert queues.held == held + taken


def test_a_slot_that_other_processes_use_is_tried_again_soon() -> None:
    class Full:
        def start(self, host: str, at: float, interval: float) -> float:
            return at + 3.0

        def enter(self, host: str, limit: int) -> bool:
            return is_free

        def leave(self, host: str) -> None:
            left.append(host)

    left: list[str] = []
    is_free = False
    states = HostStates(FetchOptions(interval=0.25), shared_limits=Full())
    queues = HostQueues(ListSource(many(1, 1)), states)
    assert queues.next(1.0) is None
    assert (queues.wake_at(), left) == (1.05, [])
    is_free = True
    assert queues.next(2.0) is None, "another process took precedence"
    assert (queues.wake_at(), left) == (5.0, ["h0.example"])
    assert queues.next(5.0) is not None


def test_the_longest_queue_at_the_rate_of_its_host_is_a_lower_bound_of_the_time_left() -> None:
    states = HostStates(FetchOptions(interval=0.5, hosts=(HostOptions("h1.example", interval=3.0),)))
    queues = HostQueues(ListSource([*many(1, 10), *many(2, 2)[2:]]), states)
    assert queues.least_seconds() == 4.5, "the host that comes next"
    assert queues.next(0.0) is not None
    assert queues.next(0.0) is not None
    assert queues.least_seconds() == 4.0
    states["h0.example"].times_opened = 1
    assert queues.least_seconds() == 0.0, "a host that does not respond can be given up"
    assert HostQueues(ListSource(many(2, 2)[2:]), states).least_seconds() == 3.0
    assert queues_of(5)[0].least_seconds() == 0.0
