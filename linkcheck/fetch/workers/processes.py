"""A crawl in several processes of this machine: each host's targets go to one worker, through pipes as needed.

    Coordinator                              worker (crawl_here)
      <- RequestHosts(room)                    which hosts next
      -> [(host, count), ...]
      <- RequestTargets(host, count)           its next targets
      -> [Target, ...]
      <- FoundOutcomes / WorkerProgress / WorkerEnded

Only the coordinator records. A worker that dies is replaced, and its unfinished targets are requested again. The rate limit
of a host is enforced by its worker; where redirects lead other workers there too, the start of every request and its slot at
the host are agreed on in shared memory (`shared_limits`).
"""

import gc
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostLimits
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.crawler import BEAT, DRAIN, Record
from linkcheck.fetch.scheduling.host_queues import HANDFUL
from linkcheck.fetch.scheduling.run_loop import SIGNALS, crawl_here
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.fetch.workers.partition import HostPartition, WorkerShare
from linkcheck.fetch.workers.shared_limits import SharedMemoryLimits
from linkcheck.forks import can_fork
from linkcheck.model import Failure, FailureKind, Outcome, Target
from linkcheck.signals import arrived, handled
from linkcheck.timestamps import current_timestamp

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext  # the first exists where a process can be forked

MOST_DEATHS = 8
"""Workers that can die before the run ends."""
AHEAD = 4
_ROOM = 64
_GARBAGE = (20_000, 20, 50)
"""Garbage collection thresholds of a worker: it creates few cycles, and inherited objects need no check."""


class RequestHosts(Struct, tag=True, array_like=True):
    room: int


class RequestTargets(Struct, tag=True, array_like=True):
    host: str
    count: int


class FoundOutcomes(Struct, tag=True, array_like=True):
    outcomes: list[Outcome]


class WorkerProgress(Struct, tag=True, array_like=True):
    progress: CrawlProgress


class WorkerEnded(Struct, tag=True, array_like=True):
    crawl: CrawlResult


_encode = msgspec.msgpack.Encoder().encode
_message = msgspec.msgpack.Decoder(RequestHosts | RequestTargets | FoundOutcomes | WorkerProgress | WorkerEnded)
_opened = msgspec.msgpack.Decoder(list[tuple[str, int]])
_taken = msgspec.msgpack.Decoder(list[Target])


# Worker


class RemoteSource:
    """The coordinator's source, as seen from a worker."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._ahead: dict[str, deque[Target]] = {}

    def hosts(self) -> Iterator[tuple[str, int]]:
        while hosts := _opened.decode(self._request(RequestHosts(_ROOM))):
            yield from hosts

    def take(self, host: str, count: int) -> Sequence[Target]:
        """A worker blocks during the request, so a large request includes some targets for the next call."""
        ahead = self._ahead.pop(host, None)
        if ahead is None:
            ahead = deque(_taken.decode(self._request(RequestTargets(host, count if count < HANDFUL else AHEAD * count))))
        taken = [ahead.popleft() for _ in range(min(count, len(ahead)))]
        if ahead:
            self._ahead[host] = ahead
        return taken

    def _request(self, question: RequestHosts | RequestTargets) -> bytes:
        self._pipe.send_bytes(_encode(question))
        return self._pipe.recv_bytes()


def work(
    pipe: Connection, options: FetchOptions, shared_limits: HostLimits | None, inherited: Sequence[Connection] = ()
) -> None:
    """The main function of a worker; ends when the coordinator is gone.

    `inherited` are the coordinator's ends of pipes that a fork copied: open here, they would prevent EOF.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for end in inherited:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator receives Ctrl-C and sends instructions
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    try:
        ended = crawl_here(
            RemoteSource(pipe),
            lambda outcomes: pipe.send_bytes(_encode(FoundOutcomes(list(outcomes)))),
            options,
            on_progress=lambda progress: pipe.send_bytes(_encode(WorkerProgress(progress))),
            shared_limits=shared_limits,
            signals=(signal.SIGTERM,),
        )
        pipe.send_bytes(_encode(WorkerEnded(ended)))
    except* (BrokenPipeError, EOFError, ConnectionResetError):
        pass  # the coordinator is gone; a group if the crawl itself raised it


# Coordinator


class Worker:
    """A process with its targets under way."""

    def __init__(
        self, process: BaseProcess, pipe: Connection, share: WorkerShare, shared_limits: SharedMemoryLimits
    ) -> None:
        self.process = process
        self.pipe = pipe
        self.share = share
        self.shared_limits = shared_limits
        self.progress = CrawlProgress(0, 0, 0, 0, 0)


class Coordinator:
    """One run."""

    def __init__(self, source: TargetSource, record: Record, options: FetchOptions, *, jobs: int) -> None:
        self._partition = HostPartition(source)
        self._record = record
        self._options = replace(options, jobs=1, concurrency=-(-options.concurrency // jobs))
        self._began = time.monotonic()
        self._context = _context()
        self._shared_limits = SharedMemoryLimits(self._context, rows=jobs + MOST_DEATHS)
        self._started = 0
        self._workers: list[Worker] = []
        self._ended: list[CrawlResult] = []
        self._done = 0
        self._deaths = 0
        self._because: str | None = None
        self._interrupted: int | None = None
        self._kill_at: float | None = None

    def run(
        self, jobs: int, *, on_progress: Callable[[CrawlProgress], None] | None, stop: Callable[[], bool] | None
    ) -> CrawlResult:
        try:
            for _ in range(jobs):
                self._start()
            while self._workers:
                for pipe in wait([worker.pipe for worker in self._workers], timeout=BEAT):
                    self._receive(next(worker for worker in self._workers if worker.pipe is pipe))
                if on_progress is not None:
                    on_progress(self._progress())
                if self._because is None and stop is not None and stop():
                    self._end("stopped")
                if self._kill_at is not None and time.monotonic() > self._kill_at:
                    for worker in self._workers:
                        worker.process.kill()
            return self._close()
        finally:
            for worker in self._workers:
                worker.process.kill()

    def interrupt(self, signum: int) -> None:
        self._kill_at = time.monotonic() + (DRAIN + 2.0 if self._interrupted is None else 1.0)
        self._interrupted = signum
        self._end("interrupted")

    def _end(self, because: str) -> None:
        """Stop the workers; the first call lets requests under way finish, a second does not."""
        self._because = self._because or because
        for worker in self._workers:
            worker.process.terminate()

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        options = self.options_now(time.monotonic())
        forked = self._context.get_start_method() == "fork"
        inherited = (ours, *(worker.pipe for worker in self._workers)) if forked else ()
        shared_limits = self._shared_limits.of(self._started)
        self._started += 1
        process = self._context.Process(target=work, args=(theirs, options, shared_limits, inherited), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(Worker(process, ours, self._partition.join(), shared_limits))

    def options_now(self, now: float) -> FetchOptions:
        """The options of a worker that starts at `now`: the time limit is that of the whole run."""
        options = self._options
        if options.max_time is None:
            return options
        return replace(options, max_time=max(0.0, options.max_time - (now - self._began)))

    def _receive(self, worker: Worker) -> None:
        try:
            received = worker.pipe.recv_bytes()
        except (EOFError, OSError):  # OSError: it died in the middle of a message
            self._replace(worker)
            return
        try:
            message = _message.decode(received)
            match message:
                case RequestHosts(room):
                    opened = [] if self._because else self._partition.open(worker.share, room)
                    worker.pipe.send_bytes(_encode(opened))
                case RequestTargets(host, count):
                    worker.pipe.send_bytes(_encode(self._partition.take(worker.share, host, count)))
                case FoundOutcomes(outcomes):
                    worker.share.finish(outcomes)
                    self._done += len(outcomes)
                    self._record(outcomes)
                case WorkerProgress(progress):
                    worker.progress = progress
                case WorkerEnded(crawl):
                    self._leave(worker)
                    self._partition.leave(worker.share)
                    self._ended.append(crawl)
                    if crawl.network_down:
                        self._end(crawl.because or "the network is down")
        except (EOFError, ConnectionResetError, BrokenPipeError):
            self._replace(worker)

    def _leave(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join(BEAT)

    def _replace(self, worker: Worker) -> None:
        """A worker died: reassign its targets."""
        self._leave(worker)
        worker.shared_limits.forget()
        self._partition.take_back(worker.share)
        if self._because is not None:
            return
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            self._end("worker processes keep crashing")
        else:
            self._start()

    def _progress(self) -> CrawlProgress:
        workers = [worker.progress for worker in self._workers]
        return CrawlProgress(
            done=self._done,
            put_off=sum(each.put_off for each in workers),
            requests=sum(each.requests for each in workers) + sum(crawl.requests for crawl in self._ended),
            in_flight=sum(each.in_flight for each in workers),
            hosts=sum(each.hosts for each in workers),
            resting=tuple(sorted({host for each in workers for host in each.resting})),
            message=next((each.message for each in workers if each.message), None),
            least_seconds=max((each.least_seconds for each in workers), default=0.0),
        )

    def _close(self) -> CrawlResult:
        reasons = [crawl.because for crawl in self._ended if crawl.because and crawl.interrupted is None]
        because = self._because or next(iter(reasons), None)
        if because is not None and self._because is None:
            self._record_unrequested()
        died = (
            (f"{self._deaths} worker processes crashed; their unfinished URLs were requested again",) if self._deaths else ()
        )
        return CrawlResult(
            complete=because is None,
            because=because,
            interrupted=self._interrupted,
            network_down=any(crawl.network_down for crawl in self._ended),
            requests=sum(crawl.requests for crawl in self._ended),
            notices=(*dict.fromkeys(notice for crawl in self._ended for notice in crawl.notices), *died),
        )

    def _record_unrequested(self) -> None:
        """Out of time: record the targets that no worker had taken."""
        failure = Failure(FailureKind.OUT_OF_TIME, "run", "time limit of the run reached")
        batch: list[Outcome] = []
        for target in self._partition.rest():
            at = current_timestamp()
            batch.append(Outcome(target.url, target.probe, failure=failure, attempts=0, requests=0, checked_at=at))
            if len(batch) == 256:
                self._record(batch)
                batch = []
        self._record(batch)


def crawl_in_processes(
    source: TargetSource,
    record: Record,
    options: FetchOptions,
    *,
    jobs: int,
    on_progress: Callable[[CrawlProgress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> CrawlResult:
    """Like `crawl_here`, with `jobs` processes."""
    coordinator = Coordinator(source, record, options, jobs=jobs)
    with handled(SIGNALS, lambda number, _frame: coordinator.interrupt(number)):
        if (number := arrived()) is not None:
            coordinator.interrupt(number)
        return coordinator.run(jobs, on_progress=on_progress, stop=stop)


def _context() -> "ForkContext | SpawnContext":
    # A forked worker starts in a millisecond.
    return multiprocessing.get_context("fork") if can_fork() else multiprocessing.get_context("spawn")
