"""Crawls on any `concurrent.futures.Executor`, including remote machines: a pure function processes a shard of hosts.

A host is in one shard at a time: a large one is split, and its next part is sent when the previous one returns, so that its
rate limit is kept. A lost shard is sent again.
"""

import heapq
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.errors import IncompleteError, UsageError
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.crawler import BEAT, Record
from linkcheck.fetch.scheduling.run_loop import SIGNALS, crawl_here
from linkcheck.fetch.scheduling.target_source import ListSource, TargetSource
from linkcheck.fetch.workers.scheduler_watch import SchedulerWatch, closing
from linkcheck.model import Failure, FailureKind, Outcome, Target
from linkcheck.timestamps import current_timestamp

SHARD = 512
"""Targets in a shard."""
SECONDS = 60.0
"""Approximate maximum duration of a shard due to one host's rate limit."""
MOST_LOSSES = 3
"""How often one shard can be lost before the run ends."""
_PLACE = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[^\s:/@\[\]]+):([0-9]{1,5})", re.ASCII)
"""HOST:PORT. For an address that it cannot parse, Dask would wait for its own client."""


class Shard(Struct, frozen=True):
    """The targets of some hosts, and the options. `shares` is how many shards are under way at once."""

    targets: tuple[Target, ...]
    options: FetchOptions
    shares: int


class ShardResult(Struct, frozen=True):
    """The results of a shard."""

    outcomes: tuple[Outcome, ...]
    crawl: CrawlResult


_shards = msgspec.msgpack.Decoder(Shard)
_returned = msgspec.msgpack.Decoder(ShardResult)


def crawl_shard(shard: bytes) -> bytes:
    """Crawl an encoded Shard and return an encoded ShardResult. Keeps no state between calls."""
    given = _shards.decode(shard)
    found: list[Outcome] = []
    ended = crawl_here(ListSource(given.targets), found.extend, given.options, states=states_of(given), signals=())
    return msgspec.msgpack.encode(ShardResult(tuple(found), ended))


def states_of(shard: Shard) -> HostStates:
    """The states of all hosts: those of its targets are the shard's own, the others are shared by all shards under way."""
    own = frozenset(target.host for target in shard.targets)
    return HostStates(shard.options, own=own, shares=shard.shares)


class Sharder:
    """Splits the source into shards, the largest hosts first, and keeps what is not sent yet."""

    def __init__(self, source: TargetSource, interval_of: Callable[[str], float]) -> None:
        self._source = source
        self._hosts = iter(source.hosts())
        self._interval_of = interval_of
        self._waiting: list[tuple[int, str]] = []

    def next(self) -> tuple[tuple[Target, ...], dict[str, int]]:
        """The targets of the next shard, and how many its hosts have left; both empty when all were sent."""
        targets: list[Target] = []
        left: dict[str, int] = {}
        while len(targets) < SHARD:
            if self._waiting:
                count, host = heapq.heappop(self._waiting)
                count = -count
            elif (fresh := next(self._hosts, None)) is not None:
                host, count = fresh
            else:
                break
            interval = self._interval_of(host)
            most = SHARD if interval <= 0 else max(1, int(SECONDS / interval))
            taken = self._source.take(host, min(most, SHARD - len(targets)))
            targets.extend(taken)
            left[host] = count - len(taken) if taken else 0
        return tuple(targets), left

    def give_back(self, left: dict[str, int]) -> None:
        """The shard returned: the remaining targets of its hosts can be sent."""
        for host, count in left.items():
            if count > 0:
                heapq.heappush(self._waiting, (-count, host))

    def rest(self) -> Iterator[Target]:
        while (shard := self.next())[0]:
            yield from shard[0]
            self.give_back(shard[1])


class SentShard(Struct, eq=False):
    """A shard under way."""

    shard: Shard
    left: dict[str, int]
    losses: int = 0


def crawl_with(
    executor: Executor,
    source: TargetSource,
    record: Record,
    options: FetchOptions,
    *,
    slots: int,
    on_progress: Callable[[CrawlProgress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    lost: Callable[[], str | None] = lambda: None,
) -> CrawlResult:
    """Crawl with at most `slots` concurrent shards on the executor.

    Outcomes are recorded as shards return. `lost` is called at every beat and returns why the executor is permanently lost,
    which ends the run. Raises IncompleteError when shards keep getting lost.
    """
    pace = HostStates(options)
    sharder = Sharder(source, lambda host: pace[host].interval)
    sent: dict[Future[bytes], SentShard] = {}
    ended: list[CrawlResult] = []
    began = time.monotonic()
    because: str | None = None
    interrupts: list[int] = []
    done = 0
    shared = replace(options, executor=None, jobs=1, concurrency=-(-options.concurrency // slots))

    def send(item: SentShard) -> None:
        sent[executor.submit(crawl_shard, msgspec.msgpack.encode(item.shard))] = item

    with _noted(interrupts):
        while True:
            spent = time.monotonic() - began
            if interrupts:
                because = because or "interrupted"
            elif stop is not None and stop():
                because = because or "stopped"
            elif options.max_time is not None and spent >= options.max_time:
                because = because or f"time limit reached (--max-time {options.max_time:g})"
            while because is None and len(sent) < slots:
                limits = shared if options.max_time is None else replace(shared, max_time=options.max_time - spent)
                targets, left = sharder.next()
                if not targets:
                    break
                pace.sweep(time.monotonic())
                send(SentShard(Shard(targets, limits, slots), left))
            if not sent or (interrupts and because):
                break
            if (gone := lost()) is not None:
                because = because or gone
                break
            for future in wait(sent, timeout=BEAT, return_when=FIRST_COMPLETED).done:
                item = sent.pop(future)
                try:
                    found = _returned.decode(future.result())
                except BrokenExecutor as error:
                    raise IncompleteError(f"the executor failed: {error}; results recorded before that are kept") from error
                except Exception as error:
                    # Any exception of a foreign executor means a lost worker; an internal error is in the outcome.
                    if lost() is not None:
                        break
                    item.losses += 1
                    if item.losses > MOST_LOSSES:
                        raise IncompleteError(f"a shard was lost {item.losses} times: {error}") from error
                    send(item)
                    continue
                if found.crawl.network_down:
                    because = because or found.crawl.because
                record(found.outcomes)
                done += len(found.outcomes)
                ended.append(found.crawl)
                sharder.give_back(item.left)
            if on_progress is not None:
                requests = sum(crawl.requests for crawl in ended)
                on_progress(
                    CrawlProgress(done, 0, requests, sum(len(item.shard.targets) for item in sent.values()), len(sent))
                )
        if lost() is None:  # otherwise there is no recipient
            for future in sent:
                future.cancel()
    down = any(crawl.network_down for crawl in ended)
    because = because or next((crawl.because for crawl in ended if crawl.because), None)
    ended_early = because == "stopped" or interrupts or down or lost() is not None
    if because is not None and not ended_early and options.max_time is not None:
        failure = Failure(FailureKind.OUT_OF_TIME, "run", "time limit of the run reached")
        for target in sharder.rest():
            at = current_timestamp()
            record([Outcome(target.url, target.probe, failure=failure, attempts=0, requests=0, checked_at=at)])
    return CrawlResult(
        complete=because is None,
        because=because,
        interrupted=interrupts[0] if interrupts else None,
        network_down=down,
        requests=sum(crawl.requests for crawl in ended),
        notices=tuple(dict.fromkeys(notice for crawl in ended for notice in crawl.notices)),
    )


def crawl_on(
    address: str,
    source: TargetSource,
    record: Record,
    options: FetchOptions,
    *,
    on_progress: Callable[[CrawlProgress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> CrawlResult:
    """Crawl on the executor at an address: `dask://HOST:PORT` (a scheduler; `pip install "frontmatter-linkcheck[dask]"`).

    Raises UsageError for an invalid address, or a scheduler that does not respond.
    """
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not (port := _PLACE.fullmatch(place)) or int(port[1]) > 65_535:
        raise UsageError(f"--executor {address}: not an executor; use dask://HOST:PORT")
    try:
        import distributed
    except ImportError as error:
        raise UsageError('--executor dask://...: requires Dask; install "frontmatter-linkcheck[dask]"') from error
    connect: Callable[..., Any] = distributed.Client
    try:
        client = connect(f"tcp://{place}", timeout=options.connect_timeout, set_as_default=False)
    except OSError as error:
        raise UsageError(f"--executor {address}: no Dask scheduler responds at that address ({error})") from error
    watch = SchedulerWatch(client, place)
    with closing(client, watch):
        threads = sum(client.nthreads().values())
        if not threads:
            raise UsageError(f"--executor {address}: the scheduler has no workers; start some with `dask worker {place}`")
        executor = client.get_executor(pure=False, retries=MOST_LOSSES)
        return crawl_with(
            executor, source, record, options, slots=threads, on_progress=on_progress, stop=stop, lost=watch.lost
        )


@contextmanager
def _noted(interrupts: list[int]) -> Iterator[None]:
    """Only note signals; shards under way elsewhere are not affected."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {signum: signal.signal(signum, lambda number, _frame: interrupts.append(number)) for signum in SIGNALS}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
