"""Shards on an executor: in this thread, with responses of a replay file."""

from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import msgspec
import pytest
from virtual_web import many

from linkcheck.errors import IncompleteError, UsageError
from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.scheduling.crawl_result import CrawlResult
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.fetch.workers.executors import (
    MOST_LOSSES,
    SHARD,
    Shard,
    Sharder,
    ShardResult,
    crawl_on,
    crawl_with,
    states_of,
)
from linkcheck.model import FailureKind, Outcome, Target


class Inline(Executor):
    """An executor that runs a call when it is submitted; the first `losses` calls are lost."""

    def __init__(self, losses: int = 0) -> None:
        self.shards: list[Shard] = []
        self.losses = losses
        self.found: CrawlResult | None = None

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.shards.append(msgspec.msgpack.decode(args[0], type=Shard))
        if self.losses:
            self.losses -= 1
            future.set_exception(ConnectionError("the worker is gone"))
        elif self.found is not None:
            future.set_result(msgspec.msgpack.encode(ShardResult((), self.found)))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture
def options(tmp_path: Path) -> FetchOptions:
    (tmp_path / "web.toml").write_text('["https://*"]\n')
    return FetchOptions(replay=str(tmp_path / "web.toml"), interval=0.0, concurrency=10)


def crawled(
    executor: Inline, options: FetchOptions, targets: list[Target], *, slots: int = 2, lost: str | None = None
) -> tuple[CrawlResult, list[Outcome]]:
    found: list[Outcome] = []
    ended = crawl_with(executor, ListSource(targets), found.extend, options, slots=slots, lost=lambda: lost)
    return ended, found


def test_every_target_is_recorded_once(options: FetchOptions) -> None:
    executor = Inline()
    ended, found = crawled(executor, msgspec.structs.replace(options, executor="scheduler:8786", jobs=7), many(3, 400))
    assert (ended.complete, ended.because, ended.requests) == (True, None, 1200)
    assert len(found) == len({outcome.url for outcome in found}) == 1200
    assert [len(shard.targets) for shard in executor.shards] == [SHARD, 400, 400 + 400 - SHARD]
    assert {(shard.shares, shard.options.jobs, shard.options.executor) for shard in executor.shards} == {(2, 1, None)}


@pytest.mark.parametrize(("slots", "each"), [(1, 10), (2, 5), (3, 4), (10, 1), (11, 1)])
def test_the_concurrency_is_divided_among_the_shards(options: FetchOptions, slots: int, each: int) -> None:
    executor = Inline()
    crawled(executor, options, many(1, 1), slots=slots)
    assert [shard.options.concurrency for shard in executor.shards] == [each]


def test_a_run_out_of_time_records_every_target_that_was_not_sent(options: FetchOptions) -> None:
    executor = Inline()
    ended, found = crawled(executor, msgspec.structs.replace(options, max_time=0.0), many(2, 3))
    assert executor.shards == []
    assert (ended.complete, ended.because) == (False, "time limit reached (--max-time 0)")
    assert {(outcome.failure.kind, outcome.requests) for outcome in found if outcome.failure} == {
        (FailureKind.OUT_OF_TIME, 0)
    }
    assert len({outcome.url for outcome in found}) == 6


def test_a_run_is_out_of_time_at_its_limit(options: FetchOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.workers.executors.time.monotonic", lambda: 100.0)
    ended, _ = crawled(Inline(), msgspec.structs.replace(options, max_time=0.0), many(1, 1))
    assert ended.because == "time limit reached (--max-time 0)"


def test_a_run_that_is_stopped_sends_nothing_more(options: FetchOptions) -> None:
    executor = Inline()
    found: list[Outcome] = []
    ended = crawl_with(executor, ListSource(many(1, 2)), found.extend, options, slots=1, stop=lambda: True)
    assert (ended.complete, ended.because, executor.shards, found) == (False, "stopped", [], [])


def test_a_run_that_is_stopped_later_records_what_was_sent(options: FetchOptions) -> None:
    executor = Inline()
    found: list[Outcome] = []
    late = msgspec.structs.replace(options, max_time=1000.0)
    ended = crawl_with(executor, ListSource(many(2, SHARD)), found.extend, late, slots=1, stop=lambda: bool(executor.shards))
    assert (ended.complete, ended.because, len(executor.shards), len(found)) == (False, "stopped", 1, SHARD)


def test_a_shard_has_what_is_left_of_the_time(options: FetchOptions) -> None:
    executor = Inline()
    ended, found = crawled(executor, msgspec.structs.replace(options, max_time=1000.0), many(1, 1))
    assert (ended.complete, len(found)) == (True, 1)
    (limit,) = (shard.options.max_time for shard in executor.shards)
    assert limit is not None
    assert 900.0 < limit < 1000.0


def test_a_run_without_a_time_limit_gives_none(options: FetchOptions) -> None:
    executor = Inline()
    crawled(executor, options, many(1, 1))
    assert [shard.options.max_time for shard in executor.shards] == [None]


def test_a_shard_that_was_lost_is_sent_again(options: FetchOptions) -> None:
    executor = Inline(losses=MOST_LOSSES)
    ended, found = crawled(executor, options, many(1, 2))
    assert (ended.complete, len(found), len(executor.shards)) == (True, 2, MOST_LOSSES + 1)


def test_a_shard_that_keeps_getting_lost_ends_the_run(options: FetchOptions) -> None:
    executor = Inline(losses=MOST_LOSSES + 1)
    with pytest.raises(IncompleteError, match="a shard was lost 4 times: the worker is gone"):
        crawled(executor, options, many(1, 2))


def test_an_executor_that_is_gone_ends_the_run_and_its_rest_is_not_out_of_time(options: FetchOptions) -> None:
    ended, found = crawled(
        Inline(losses=1), msgspec.structs.replace(options, max_time=1000.0), many(1, 2), lost="the scheduler is gone"
    )
    assert (ended.complete, ended.because, found) == (False, "the scheduler is gone", [])


def test_a_network_that_is_down_for_a_shard_is_down_for_the_run(options: FetchOptions) -> None:
    executor = Inline()
    executor.found = CrawlResult(
        complete=False, because="no network", network_down=True, requests=3, notices=("few files", "few files")
    )
    ended, found = crawled(executor, options, many(4, SHARD), slots=1)
    assert (ended.because, ended.network_down, found, len(executor.shards)) == ("no network", True, [], 1)
    assert (ended.requests, ended.notices) == (3, ("few files",))


def test_the_pace_of_a_host_outside_the_shard_is_divided() -> None:
    options = FetchOptions(interval=0.5, per_host=8, hosts=(HostOptions("c.example", interval=2.0, concurrency=1),))
    states = states_of(Shard((*many(1, 2),), options, 4))
    found = {host: (states[host].interval, states[host].limit) for host in ("h0.example", "b.example", "c.example")}
    assert found == {"h0.example": (0.5, 8), "b.example": (2.0, 2), "c.example": (8.0, 1)}


def test_a_shard_takes_no_longer_than_a_minute_at_the_pace_of_its_host() -> None:
    sharder = Sharder(ListSource(many(1, 400)), lambda _host: 0.5)
    targets, left = sharder.next()
    assert (len(targets), left) == (120, {"h0.example": 280})
    assert sharder.next() == ((), {})
    sharder.give_back(left)
    assert len(sharder.next()[0]) == 120


def test_a_host_of_the_slowest_pace_gets_one_target_at_a_time() -> None:
    sharder = Sharder(ListSource(many(2, 2)), lambda _host: 100.0)
    targets, left = sharder.next()
    assert (len(targets), left) == (2, {"h0.example": 1, "h1.example": 1})
    sharder.give_back(left)
    assert len(list(sharder.rest())) == 2


@pytest.mark.parametrize(
    "address",
    ["ray://a.example:8786", "dask://a.example", "dask://a.example:65536", "dask://a.example:8786/x", "dask://:1", "a:1"],
)
def test_what_is_no_address_of_an_executor_is_refused(options: FetchOptions, address: str) -> None:
    with pytest.raises(UsageError, match="not an executor; use dask://HOST:PORT"):
        crawl_on(address, ListSource([]), lambda _outcomes: None, options)


def test_a_host_without_targets_left_is_not_sent_again() -> None:
    sharder = Sharder(ListSource(many(1, 3)), lambda _host: 0.0)
    targets, left = sharder.next()
    assert (len(targets), left) == (3, {"h0.example": 0})
    sharder.give_back(left)
    assert sharder.next() == ((), {})
