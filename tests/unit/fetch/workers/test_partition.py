from collections.abc import Iterator

from virtual_web import Counted, many

from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.fetch.workers.partition import MOST_AHEAD, HostPartition
from linkcheck.model import Outcome, Target


def test_what_a_lost_worker_had_goes_out_again() -> None:
    returns = HostPartition(ListSource(many(2, 10)))
    share = returns.join()
    assert returns.open(share, 5) == [("h0.example", 10)]
    taken = returns.take(share, "h0.example", 4)
    share.finish([Outcome(taken[0].url, taken[0].probe)])
    returns.take_back(share)
    other = returns.join()
    assert returns.open(other, 100) == [("h0.example", 9), ("h1.example", 10)]
    again: list[Target] = []
    for host in ("h0.example", "h1.example"):
        while more := returns.take(other, host, 3):
            again.extend(more)
    assert sorted(target.url for target in again) == sorted(target.url for target in many(2, 10) if target != taken[0])


def test_who_asks_more_often_gets_no_more_hosts_while_there_are_some() -> None:
    returns = HostPartition(ListSource(many(20, 10)))
    eager, slow = returns.join(), returns.join()
    first = [host for _ in range(10) for host in returns.open(eager, 1)]
    assert len(first) == 10
    assert len([host for _ in range(10) for host in returns.open(slow, 1)]) == 10
    assert returns.open(eager, 1) == returns.open(slow, 1) == []


def test_what_was_set_aside_is_among_the_rest() -> None:
    returns = HostPartition(ListSource(many(20, 10)))
    eager, _ = returns.join(), returns.join()
    taken = [target for host, _ in returns.open(eager, 1) for target in returns.take(eager, host, 10)]
    assert len(taken) + len(list(returns.rest())) == 200


def test_nothing_is_set_aside_for_one_that_ended() -> None:
    returns = HostPartition(ListSource(many(3, 2)))
    lost, ended = returns.join(), returns.join()
    opened = returns.open(lost, 1)
    returns.take(lost, opened[0][0], 2)
    while returns.open(ended, 64):
        pass
    returns.leave(ended)
    returns.take_back(lost)
    assert opened[0][0] in {host for host, _ in returns.open(returns.join(), 64)}


def test_one_that_stands_still_does_not_hoard() -> None:
    returns = HostPartition(Counted(10 * MOST_AHEAD, 1))
    eager, still = returns.join(), returns.join()
    for _ in range(5 * MOST_AHEAD):
        returns.open(eager, 1)
    assert len(still.ahead) == MOST_AHEAD


def test_the_largest_of_the_hosts_that_a_lost_worker_had_goes_out_first() -> None:
    partition = HostPartition(ListSource([*many(4, 2), *many(2, 7)[9:]]))
    share = partition.join()
    assert partition.open(share, 9) == [("h1.example", 7), ("h0.example", 2)]
    assert partition.open(share, 3) == [("h2.example", 2), ("h3.example", 2)]
    partition.take(share, "h1.example", 6)
    partition.take(share, "h0.example", 9)
    partition.take_back(share)
    again = [("h1.example", 7), ("h0.example", 2), ("h2.example", 2), ("h3.example", 2)]
    other = partition.join()
    assert partition.open(other, 99) == again
    assert [len(partition.take(other, "h1.example", count)) for count in (4, 4, 4, 4)] == [4, 2, 1, 0]
    assert other.left == {"h0.example": 2, "h2.example": 2, "h3.example": 2}


def test_a_share_knows_what_is_left_of_its_hosts() -> None:
    partition = HostPartition(ListSource(many(1, 5)))
    share = partition.join()
    assert partition.open(share, 0) == []
    partition.open(share, 1)
    seen = []
    for count in (2, 2, 2, 2):
        partition.take(share, "h0.example", count)
        seen.append(dict(share.left))
    assert seen == [{"h0.example": 3}, {"h0.example": 1}, {}, {}]
    assert len(share.unfinished) == 5
    share.finish(
        [Outcome("https://h0.example/3", many(1, 1)[0].probe), Outcome("https://h0.example/99", many(1, 1)[0].probe)]
    )
    assert len(share.unfinished) == 4


def test_a_host_whose_targets_are_fewer_than_announced_has_none_left() -> None:
    class Optimist(ListSource):
        def hosts(self) -> Iterator[tuple[str, int]]:
            yield "h0.example", 9

    partition = HostPartition(Optimist(many(1, 2)))
    share = partition.join()
    partition.open(share, 1)
    assert [len(partition.take(share, "h0.example", 2)) for _ in range(2)] == [2, 0]
    assert share.left == {}


def test_a_worker_that_ended_gets_no_more_hosts() -> None:
    partition = HostPartition(ListSource(many(2, 1)))
    ended, other = partition.join(), partition.join()
    partition.leave(ended)
    assert partition.open(other, 99) == [("h0.example", 1), ("h1.example", 1)]
