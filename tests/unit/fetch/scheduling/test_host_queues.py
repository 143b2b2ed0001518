from collections.abc import Iterator, Sequence

from virtual_web import Counted, crawl_virtually, many

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.scheduling.host_queues import HostQueue, HostQueues, QueuedTarget
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.model import Outcome


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
