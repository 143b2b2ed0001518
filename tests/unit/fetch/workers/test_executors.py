"""Shards on an executor: in this thread, with responses of a replay file."""

import signal
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from virtual_web import many

from linkcheck.errors import IncompleteError, UsageError
from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
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
from linkcheck.fetch.workers.scheduler_watch import SchedulerWatch
from linkcheck.model import Failure, FailureKind, Outcome, Probe, Target


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


def test_only_a_run_out_of_time_names_what_was_not_sent(options: FetchOptions) -> None:
    """Although there is a time limit; what was not sent belongs to the next run."""

    def ended(executor: Inline, **how: Any) -> CrawlResult:
        found: list[Outcome] = []
        limited = msgspec.structs.replace(options, max_time=1000.0)
        crawl = crawl_with(executor, ListSource(many(2, SHARD)), found.extend, limited, slots=1, **how)
        assert [outcome for outcome in found if outcome.failure is not None] == []
        return crawl

    def interrupt() -> bool:
        signal.raise_signal(signal.SIGINT)
        return False

    assert ended(Inline(), stop=lambda: True).because == "stopped"
    interrupted = ended(Inline(), stop=interrupt)
    assert (interrupted.because, interrupted.interrupted) == ("interrupted", signal.SIGINT)
    assert ended(Inline(), lost=lambda: "the scheduler is gone").because == "the scheduler is gone"
    offline = Inline()
    offline.found = CrawlResult(
        complete=False, because="no network", interrupted=None, network_down=True, requests=0, notices=()
    )
    down = ended(offline)
    assert (down.because, down.network_down) == ("no network", True)


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


def by_size(*sizes: int) -> list[Target]:
    return [target for host, size in enumerate(sizes) for target in many(host + 1, size)[-size:]]


def test_of_the_hosts_that_returned_the_largest_goes_first() -> None:
    sharder = Sharder(ListSource(by_size(600, 700, 3)), lambda _host: 60.0 / 100)
    targets, left = sharder.next()
    assert (len(targets), left) == (203, {"h1.example": 600, "h0.example": 500, "h2.example": 0})
    sharder.give_back({"h0.example": 500, "h2.example": 0})
    sharder.give_back({"h1.example": 600})
    assert sharder.next()[1] == {"h1.example": 500, "h0.example": 400}


def test_the_rest_is_everything_that_was_not_sent() -> None:
    sharder = Sharder(ListSource(by_size(300, 200)), lambda _host: 1.0)
    sharder.give_back(sharder.next()[1])
    assert len({target.url for target in sharder.rest()}) == 500 - 120


def test_a_host_with_fewer_targets_than_announced_has_none_left() -> None:
    class Optimist(ListSource):
        def hosts(self) -> Iterator[tuple[str, int]]:
            yield "h0.example", 9

    assert Sharder(Optimist([]), lambda _host: 0.0).next() == ((), {"h0.example": 0})


class Handlers(dict[int, Any]):
    """The handlers of signals, with none outside."""

    def __call__(self, number: int, handler: Any) -> Any:
        before = self.get(number, "before")
        self[number] = handler
        return before


@pytest.mark.parametrize(
    ("at", "because", "interrupted", "shards"),
    [
        pytest.param({1: 15}, "interrupted", 15, 2, id="once"),
        pytest.param({1: 15, 2: 2}, "interrupted", 15, 2, id="twice"),
        pytest.param({}, None, None, 5, id="not at all"),
    ],
)
def test_an_interrupted_run_keeps_what_had_returned(
    options: FetchOptions,
    monkeypatch: pytest.MonkeyPatch,
    *,
    at: dict[int, int],
    because: str | None,
    interrupted: int | None,
    shards: int,
) -> None:
    handlers = Handlers()
    monkeypatch.setattr("signal.signal", handlers)
    monkeypatch.setattr("linkcheck.fetch.workers.executors.SHARD", 4)
    executor = Inline()
    ticks: list[CrawlProgress] = []

    def on_progress(progress: CrawlProgress) -> None:
        ticks.append(progress)
        if len(ticks) in at:
            handlers[at[len(ticks)]](at[len(ticks)], None)

    found: list[Outcome] = []
    ended = crawl_with(executor, ListSource(by_size(6, 6, 6)), found.extend, options, slots=2, on_progress=on_progress)
    assert (ended.because, ended.interrupted, ended.complete) == (because, interrupted, because is None)
    assert len(executor.shards) == shards
    assert (ticks[0].in_flight, ticks[0].done, ticks[0].requests) == (0, 8, 8)
    assert len(found) == ended.requests == (8 if because else 18)
    assert handlers == {2: "before", 15: "before"}


def test_the_first_reason_to_stop_is_kept(options: FetchOptions) -> None:
    executor = Inline()
    executor.found = CrawlResult(complete=False, because="no network", network_down=True)
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    ended = crawl_with(executor, ListSource(many(1, 1)), print, options, slots=1, stop=stop)
    assert (ended.because, len(asked)) == ("no network", 2)


def test_a_run_that_is_stopped_has_nothing_out_of_time(options: FetchOptions) -> None:
    executor = Inline()
    found: list[Outcome] = []
    options = msgspec.structs.replace(options, max_time=1000.0)
    ended = crawl_with(executor, ListSource(many(1, 1)), found.extend, options, slots=1, stop=lambda: True)
    assert (ended.because, ended.complete, found, executor.shards) == ("stopped", False, [], [])


class Stuck(Executor):
    """An executor whose calls never return."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.futures.append(Future())
        return self.futures[-1]


@pytest.mark.parametrize(("lost", "cancelled"), [(None, True), ("the scheduler is gone", False)])
def test_what_did_not_return_is_cancelled_unless_the_executor_is_gone(
    options: FetchOptions, monkeypatch: pytest.MonkeyPatch, *, lost: str | None, cancelled: bool
) -> None:
    waits: list[dict[str, Any]] = []
    executor = Stuck()

    def wait(_futures: object, **given: Any) -> SimpleNamespace:
        waits.append(given)
        return SimpleNamespace(done=set())

    monkeypatch.setattr("linkcheck.fetch.workers.executors.wait", wait)
    handlers = Handlers()
    monkeypatch.setattr("signal.signal", handlers)
    ticks: list[CrawlProgress] = []

    def on_progress(progress: CrawlProgress) -> None:
        ticks.append(progress)
        handlers[15](15, None)

    ended = crawl_with(
        executor,
        ListSource(many(1, 3)),
        print,
        options,
        slots=2,
        on_progress=on_progress,
        lost=lambda: lost if ticks else None,
    )
    assert ended.because == "interrupted"
    assert waits == [{"timeout": 0.25, "return_when": "FIRST_COMPLETED"}]
    assert ticks == [CrawlProgress(0, 0, 0, 3, 1)]
    assert [future.cancelled() for future in executor.futures] == [cancelled]


def test_the_outcomes_out_of_time_say_so(options: FetchOptions) -> None:
    _, (found,) = crawled(Inline(), msgspec.structs.replace(options, max_time=0.0), many(1, 1))
    assert found.failure == Failure(FailureKind.OUT_OF_TIME, "run", "time limit of the run reached")
    assert (found.url, found.probe, found.attempts, found.requests) == ("https://h0.example/0", Probe.STATUS, 0, 0)
    assert found.checked_at


def test_an_executor_that_breaks_ends_the_run(options: FetchOptions) -> None:
    class Broken(Inline):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor("no memory"))
            return future

    with pytest.raises(IncompleteError, match=r"^the executor failed: no memory; results recorded before that are kept$"):
        crawled(Broken(), options, many(1, 1))


class Client:
    """A client of a Dask scheduler with some workers."""

    status = "running"

    def __init__(self, threads: dict[str, int]) -> None:
        self.threads = threads
        self.asked: list[object] = []

    def __call__(self, address: str, **given: object) -> "Client":
        self.asked.append((address, given))
        return self

    def nthreads(self) -> dict[str, int]:
        return self.threads

    def get_executor(self, **given: object) -> Inline:
        self.asked.append(given)
        return Inline()

    def close(self, timeout: float) -> None:
        self.asked.append(("close", timeout))


@pytest.mark.parametrize("address", ["dask://a.example:65535", "dask://[::1]:8786", "dask://10.0.0.1:1"])
def test_a_crawl_on_dask_has_a_shard_for_each_thread(
    options: FetchOptions, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    client = Client({"one": 2, "other": 3})
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=client))
    given: list[Any] = []

    def crawl_with(*args: object, **more: object) -> CrawlResult:
        given.extend((*args, more))
        return CrawlResult(complete=True, requests=7)

    monkeypatch.setattr("linkcheck.fetch.workers.executors.crawl_with", crawl_with)
    source, ticks, stop = ListSource([]), print, (lambda: True)
    ended = crawl_on(address, source, print, options, on_progress=ticks, stop=stop)
    assert ended == CrawlResult(complete=True, requests=7)
    assert client.asked == [
        (f"tcp://{address[7:]}", {"timeout": options.connect_timeout, "set_as_default": False}),
        {"pure": False, "retries": MOST_LOSSES},
        ("close", 5.0),
    ]
    assert given[1:4] == [source, print, options]
    assert {name: value for name, value in given[4].items() if name != "lost"} == {
        "slots": 5,
        "on_progress": ticks,
        "stop": stop,
    }
    assert given[4]["lost"].__func__ is SchedulerWatch.lost


def test_a_scheduler_without_workers_or_a_scheduler_is_an_error(
    options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "dask://a.example:8786"

    def refuses(*_args: object, **_given: object) -> None:
        raise OSError("refused")

    for module, complaint in (
        (SimpleNamespace(Client=Client({})), "the scheduler has no workers; start some with `dask worker a.example:8786`"),
        (SimpleNamespace(Client=refuses), "no Dask scheduler responds at that address (refused)"),
    ):
        monkeypatch.setitem(sys.modules, "distributed", module)
        with pytest.raises(UsageError) as raised:
            crawl_on(address, ListSource([]), print, options)
        assert str(raised.value) == f"--executor {address}: {complaint}"
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r'^--executor dask://...: requires Dask; install "frontmatter-linkcheck\[dask\]"$'):
        crawl_on(address, ListSource([]), print, options)


def test_a_crawl_outside_the_main_thread_leaves_signals_alone(
    options: FetchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threading.current_thread", lambda: "another")
    handlers = Handlers()
    monkeypatch.setattr("signal.signal", handlers)
    executor = Inline()
    executor.found = CrawlResult(complete=True)
    assert crawled(executor, options, many(1, 1))[0].complete
    assert handlers == {}
