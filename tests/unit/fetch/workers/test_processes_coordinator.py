"""What the coordinator of several processes does with their messages, with processes that send what is written here."""

import runpy
import signal
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.context import SpawnContext
from typing import Any

import msgspec
import pytest
from virtual_web import many

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.fetch.workers import processes
from linkcheck.fetch.workers.processes import (
    Coordinator,
    FoundOutcomes,
    RemoteSource,
    RequestHosts,
    RequestTargets,
    WorkerEnded,
    WorkerProgress,
    work,
)
from linkcheck.model import Outcome, Probe, Target

DONE = WorkerEnded(CrawlResult(complete=True, requests=2))
HOSTS = RequestHosts(64)
Script = Sequence[object]


class Pipe:
    """One end of a pipe: receives what the script says, an exception included, and keeps what is sent."""

    def __init__(self, script: Script = (), *, breaks: type[Exception] | None = None) -> None:
        self.script = deque(script)
        self.breaks = breaks
        self.sent: list[Any] = []
        self.closed = False

    def recv_bytes(self) -> bytes:
        item = self.script.popleft()
        if isinstance(item, Exception):
            raise item
        return item if isinstance(item, bytes) else msgspec.msgpack.encode(item)

    def send_bytes(self, data: bytes) -> None:
        if self.breaks is not None:
            raise self.breaks
        self.sent.append(msgspec.msgpack.decode(data))

    def close(self) -> None:
        self.closed = True


class Process:
    """A process that keeps what is done to it."""

    def __init__(self, *, target: Callable[..., None], args: tuple[Any, ...], daemon: bool) -> None:
        self.target, self.args, self.daemon = target, args, daemon
        self.done: list[object] = []

    def start(self) -> None:
        self.done.append("start")

    def terminate(self) -> None:
        self.done.append("terminate")

    def kill(self) -> None:
        self.done.append("kill")

    def join(self, timeout: float) -> None:
        self.done.append(("join", timeout))


class Context(SpawnContext):
    """Starts a process per script."""

    def __init__(self, scripts: Iterable[Script], method: str) -> None:
        self.scripts = iter(scripts)
        self.method = method
        self.breaks: type[Exception] | None = None
        self.ours: list[Pipe] = []
        self.theirs: list[Pipe] = []
        self.processes: list[Process] = []

    def get_start_method(self, allow_none: bool = False) -> str:  # noqa: FBT001, FBT002 - as in multiprocessing
        return self.method

    def Pipe(self, duplex: bool = True) -> Any:  # noqa: FBT001, FBT002, N802 - as in multiprocessing
        self.ours.append(Pipe(next(self.scripts), breaks=self.breaks))
        self.theirs.append(Pipe())
        return self.ours[-1], self.theirs[-1]

    def Process(self, **given: Any) -> Any:  # type: ignore[override]  # noqa: N802 - as in multiprocessing
        self.processes.append(Process(**given))
        return self.processes[-1]


class Crawl:
    """A coordinator of processes that follow their scripts."""

    def __init__(
        self,
        patch: pytest.MonkeyPatch,
        *scripts: Script,
        targets: Sequence[Target] = (),
        method: str = "spawn",
        options: FetchOptions | None = None,
    ) -> None:
        self.context = Context(scripts, method)
        self.now = 1000.0
        self.timeouts: list[float] = []
        self.found: list[Outcome] = []
        self.batches: list[int] = []
        patch.setattr(processes, "_context", lambda: self.context)
        patch.setattr(processes, "wait", self._wait)
        patch.setattr("time.monotonic", lambda: self.now)
        self.coordinator = Coordinator(ListSource(targets), self._record, options or FetchOptions(), jobs=2)

    def _record(self, outcomes: Sequence[Outcome]) -> None:
        self.batches.append(len(outcomes))
        self.found.extend(outcomes)

    def _wait(self, pipes: list[Pipe], timeout: float) -> list[Pipe]:
        self.timeouts.append(timeout)
        return [pipe for pipe in pipes if pipe.script][:1]

    def run(
        self,
        jobs: int = 1,
        *,
        on_progress: Callable[[CrawlProgress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> CrawlResult:
        return self.coordinator.run(jobs, on_progress=on_progress, stop=stop)


def outcome(url: str) -> Outcome:
    return Outcome(url, Probe.STATUS)


def test_a_process_gets_its_hosts_and_their_targets(monkeypatch: pytest.MonkeyPatch) -> None:
    targets = many(2, 3)
    script = [
        RequestHosts(1),
        RequestTargets("h0.example", 2),
        RequestHosts(64),
        FoundOutcomes([outcome(targets[0].url)]),
        DONE,
    ]
    crawl = Crawl(monkeypatch, script, targets=targets)
    ended = crawl.run()
    assert (ended.complete, ended.because, ended.requests) == (True, None, 2)
    assert [each.url for each in crawl.found] == [targets[0].url]
    hosts, taken, others = crawl.context.ours[0].sent
    assert (hosts, others) == ([["h0.example", 3]], [["h1.example", 3]])
    assert [msgspec.convert(each, Target) for each in taken] == targets[:2]
    assert crawl.context.ours[0].closed
    assert crawl.context.theirs[0].closed
    assert crawl.context.processes[0].done == ["start", ("join", 0.25)]
    assert crawl.timeouts == [0.25] * 5


@pytest.mark.parametrize(("method", "inherits"), [("fork", True), ("spawn", False)])
def test_how_processes_are_started(monkeypatch: pytest.MonkeyPatch, method: str, inherits: bool) -> None:  # noqa: FBT001
    crawl = Crawl(monkeypatch, [DONE], [DONE], method=method, options=FetchOptions(max_time=60.0))
    crawl.now = 1015.0
    assert crawl.run(2).complete
    for at, process in enumerate(crawl.context.processes):
        pipe, options, limits, inherited = process.args
        assert (process.target, process.daemon, pipe) == (work, True, crawl.context.theirs[at])
        assert (options.max_time, options.concurrency, options.jobs) == (45.0, -(-FetchOptions().concurrency // 2), 1)
        assert limits.row == at
        assert inherited == ((crawl.context.ours[at], *crawl.context.ours[:at]) if inherits else ())


@pytest.mark.parametrize("death", [EOFError(), OSError()])
def test_a_process_that_dies_is_replaced_and_its_targets_go_to_another(
    monkeypatch: pytest.MonkeyPatch, death: Exception
) -> None:
    targets = many(1, 3)
    first = [HOSTS, RequestTargets("h0.example", 2), FoundOutcomes([outcome(targets[0].url)]), death]
    crawl = Crawl(
        monkeypatch, first, [HOSTS, RequestTargets("h0.example", 9), RequestTargets("h0.example", 9), DONE], targets=targets
    )
    ended = crawl.run()
    assert ended.complete
    assert ended.notices == ("1 worker processes crashed; their unfinished URLs were requested again",)
    hosts, *taken = crawl.context.ours[1].sent
    assert hosts == [["h0.example", 2]]
    assert [msgspec.convert(each, Target) for part in taken for each in part] == targets[1:]
    assert crawl.context.processes[0].done == ["start", ("join", 0.25)]
    assert [process.args[2].row for process in crawl.context.processes] == [0, 1]


@pytest.mark.parametrize("breaks", [EOFError, ConnectionResetError, BrokenPipeError])
def test_a_process_that_dies_before_its_reply_is_replaced(monkeypatch: pytest.MonkeyPatch, breaks: type[Exception]) -> None:
    crawl = Crawl(monkeypatch, [HOSTS], [DONE])
    crawl.context.breaks = breaks
    assert crawl.run().notices == ("1 worker processes crashed; their unfinished URLs were requested again",)


def test_a_process_that_dies_frees_its_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl(monkeypatch, [EOFError()], [DONE])
    limits = crawl.coordinator._shared_limits
    assert limits.of(0).enter("a.example", 1)
    assert not limits.of(1).enter("a.example", 1)
    crawl.run()
    assert limits.of(1).enter("a.example", 1)


def test_processes_that_keep_dying_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "MOST_DEATHS", 2)
    crawl = Crawl(monkeypatch, *[[EOFError()]] * 3, [DONE])
    ended = crawl.run()
    assert (ended.complete, ended.because) == (False, "worker processes keep crashing")
    assert len(crawl.context.processes) == 3
    assert ended.notices == ("3 worker processes crashed; their unfinished URLs were requested again",)
    crawl = Crawl(monkeypatch, *[[EOFError()]] * 2, [DONE])
    assert crawl.run().complete


def test_a_run_that_is_stopped_gives_out_no_more_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    crawl = Crawl(monkeypatch, [HOSTS, HOSTS, EOFError()], [RequestHosts(1), EOFError()], targets=many(3, 2))
    ended = crawl.run(2, stop=stop)
    assert (ended.complete, ended.because, ended.interrupted) == (False, "stopped", None)
    assert crawl.context.ours[0].sent[-1] == []
    assert [process.done.count("terminate") for process in crawl.context.processes] == [1, 1]
    assert len(asked) == 2, "the reason is known"
    assert crawl.found == []


@pytest.mark.parametrize(
    ("given", "because"), [("no network", "no network"), (None, "the network is down")], ids=["a reason", "no reason"]
)
def test_a_network_that_is_down_for_one_process_ends_all(
    monkeypatch: pytest.MonkeyPatch, given: str | None, because: str
) -> None:
    down = WorkerEnded(CrawlResult(complete=False, because=given, network_down=True))
    crawl = Crawl(monkeypatch, [down], [DONE])
    ended = crawl.run(2)
    assert (ended.because, ended.network_down) == (because, True)
    assert [process.done.count("terminate") for process in crawl.context.processes] == [0, 1]


def test_the_hosts_of_a_process_that_ended_go_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl(monkeypatch, [RequestHosts(1), DONE], [HOSTS, DONE], targets=many(4, 2))
    crawl.run(2)
    assert [host for host, _ in crawl.context.ours[1].sent[0]] == ["h1.example", "h2.example", "h3.example"]


def test_a_process_that_does_not_end_after_a_signal_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl(monkeypatch, [HOSTS])
    ticks: list[list[object]] = []

    def on_progress(_progress: CrawlProgress) -> None:
        ticks.append([*crawl.context.processes[0].done])
        match len(ticks):
            case 1:
                crawl.coordinator.interrupt(15)
            case 2:
                crawl.now = 1007.0
            case 3:
                crawl.now = 1007.5
            case 4:
                crawl.context.ours[0].script.append(EOFError())

    ended = crawl.run(on_progress=on_progress)
    assert (ended.because, ended.interrupted, ended.complete) == ("interrupted", 15, False)
    assert ticks[:4] == [["start"], *[["start", "terminate"]] * 2, ["start", "terminate", "kill"]]


def test_a_second_signal_kills_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl(monkeypatch)
    for number, kill_at in ((2, 1007.0), (15, 1001.0), (2, 1001.0)):
        crawl.coordinator.interrupt(number)
        assert (crawl.coordinator._kill_at, crawl.coordinator._interrupted) == (kill_at, number)


def test_processes_are_killed_when_recording_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl(monkeypatch, [FoundOutcomes([])])
    monkeypatch.setattr(crawl.coordinator, "_record", lambda _outcomes: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        crawl.run()
    assert crawl.context.processes[0].done == ["start", "kill"]


def test_the_progress_of_all_processes_is_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    one = CrawlProgress(90, 1, 10, 3, 5, resting=("c.example", "a.example"), message=None, least_seconds=7.0)
    other = CrawlProgress(90, 2, 20, 4, 6, resting=("b.example", "a.example"), message="waiting", least_seconds=5.0)
    scripts = ([WorkerProgress(one)], [WorkerProgress(other), FoundOutcomes([outcome("https://a.example/")] * 3)], [DONE])
    ticks: list[CrawlProgress] = []
    crawl = Crawl(monkeypatch, *scripts)

    def on_progress(progress: CrawlProgress) -> None:
        ticks.append(progress)
        if len(ticks) == 4:
            for pipe in crawl.context.ours:
                pipe.script.append(DONE)

    crawl.run(3, on_progress=on_progress)
    assert ticks[0] == msgspec.structs.replace(one, done=0, resting=("a.example", "c.example"))
    assert ticks[3] == CrawlProgress(
        3, 3, 32, 7, 11, resting=("a.example", "b.example", "c.example"), message="waiting", least_seconds=7.0
    )
    assert ticks[-1] == CrawlProgress(3, 0, 6, 0, 0)


@pytest.mark.parametrize("noted", [None, 15])
def test_a_signal_before_the_run_is_passed_on(monkeypatch: pytest.MonkeyPatch, noted: int | None) -> None:
    Crawl(monkeypatch)
    monkeypatch.setattr(processes, "arrived", lambda: noted)
    stops, ticks = (lambda: True), print
    ran: list[object] = []

    def run(coordinator: Coordinator, jobs: int, **given: object) -> CrawlResult:
        ran.extend((jobs, given, coordinator._interrupted))
        return CrawlResult(complete=True, requests=5)

    monkeypatch.setattr(Coordinator, "run", run)
    ended = processes.crawl_in_processes(ListSource([]), print, FetchOptions(), jobs=3, on_progress=ticks, stop=stops)
    assert ended == CrawlResult(complete=True, requests=5)
    assert ran == [3, {"on_progress": ticks, "stop": stops}, noted]


def test_a_process_requests_hosts_and_targets_in_turn() -> None:
    targets = many(1, 80)
    script = [[("h0.example", 80), ("h1.example", 1)], [("h2.example", 1)], [], targets[:64], targets[64:67], []]
    pipe = Pipe(script)
    source = RemoteSource(pipe)  # type: ignore[arg-type]
    assert list(source.hosts()) == [("h0.example", 80), ("h1.example", 1), ("h2.example", 1)]
    assert pipe.sent == [["RequestHosts", 64]] * 3
    taken = [source.take("h0.example", count) for count in (16, 16, 40, 15, 15)]
    assert [len(part) for part in taken] == [16, 16, 32, 3, 0]
    assert [target for part in taken for target in part] == targets[:67]
    assert pipe.sent[3:] == [["RequestTargets", "h0.example", count] for count in (64, 15, 15)]


@pytest.mark.parametrize("gone", [None, BrokenPipeError(), EOFError(), ConnectionResetError()])
def test_a_process_sends_what_it_finds_until_the_coordinator_is_gone(
    monkeypatch: pytest.MonkeyPatch, gone: Exception | None
) -> None:
    handlers: dict[int, object] = {}
    thresholds: list[tuple[int, ...]] = []
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr("gc.freeze", lambda: thresholds.append(()))
    monkeypatch.setattr("gc.set_threshold", lambda *values: thresholds.append(values))
    given: list[object] = []

    def crawl_here(source: RemoteSource, record: Any, options: FetchOptions, **more: Any) -> CrawlResult:
        given.extend((source._pipe, options, more["shared_limits"], more["signals"]))
        record((outcome("https://a.example/"),))
        more["on_progress"](CrawlProgress(1, 0, 0, 0, 0))
        if gone is not None:
            raise gone
        return CrawlResult(complete=True)

    monkeypatch.setattr(processes, "crawl_here", crawl_here)
    pipe, inherited, options, limits = Pipe(), [Pipe(), Pipe()], FetchOptions(), object()
    work(pipe, options, limits, inherited)  # type: ignore[arg-type]
    assert given == [pipe, options, limits, (signal.SIGTERM,)]
    assert [end.closed for end in inherited] == [True, True]
    assert handlers == {signal.SIGTERM: signal.SIG_DFL, signal.SIGINT: signal.SIG_IGN}
    assert thresholds == [(), (20_000, 20, 50)]
    assert [name for name, *_ in pipe.sent] == [
        "FoundOutcomes",
        "WorkerProgress",
        *(["WorkerEnded"] if gone is None else []),
    ]


def test_processes_need_no_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("multiprocessing.context.ForkContext", raising=False)
    assert "crawl_in_processes" in runpy.run_path(processes.__file__)
