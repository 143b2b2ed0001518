import errno
import multiprocessing
import random
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_web import NO_ROUTE, NXDOMAIN, SERVFAIL, SILENT, crawl_virtually, many

from linkcheck.errors import IncompleteError
from linkcheck.fetch.http import file_descriptors
from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.politeness.host_limits import HostStates, RateLimit, rate_limit_of
from linkcheck.fetch.politeness.network_health import NetworkMonitor, NetworkState
from linkcheck.fetch.politeness.retry import backoff, retry_after
from linkcheck.fetch.scheduling.deferred_queue import Deferred, DeferredQueue
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.fetch.workers.auto_jobs import jobs_for
from linkcheck.fetch.workers.partition import MOST_AHEAD, HostPartition
from linkcheck.fetch.workers.shared_limits import SharedMemoryLimits
from linkcheck.model import Failure, Outcome, Probe, Target

DATE = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        pytest.param("120", 120.0, id="seconds"),
        pytest.param(" 5 ", 5.0, id="with spaces around"),
        pytest.param("0", 0.0, id="none at all"),
        pytest.param("Wed, 21 Oct 2026 07:29:30 GMT", 90.0, id="a date, against the answer's own"),
        pytest.param("Wed, 21 Oct 2026 07:00:00 GMT", 0.0, id="a date gone by"),
        pytest.param("1m30s", 90.0, id="a span"),
        pytest.param("2h", 7200.0, id="hours"),
        pytest.param("86400", 86400.0, id="a day"),
        pytest.param("-1", None, id="negative"),
        pytest.param("1.5", None, id="a fraction"),
        pytest.param("99999999999999999999", None, id="more digits than any wait"),
        pytest.param("\u0661\u0662", None, id="Arabic digits"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="nothing"),
        pytest.param(None, None, id="no field"),
        pytest.param("Wed, 99 Foo 2026 99:99:99 GMT", None, id="no date"),
        pytest.param("1" * 100, None, id="too long to read"),
    ],
)
def test_retry_after_is_read_strictly(field: str | None, seconds: float | None) -> None:
    assert retry_after(field, date=DATE) == seconds


@given(st.text(max_size=80), st.text(max_size=80))
def test_retry_after_never_raises_and_never_asks_for_the_past(field: str, date: str) -> None:
    found = retry_after(field, date=date)
    assert found is None or found >= 0


@given(st.integers(1, 10_000), st.integers())
def test_backoff_is_bounded_and_never_nothing(attempts: int, seed: int) -> None:
    assert 0.5 <= backoff(attempts, base=1.0, rng=random.Random(seed)) <= 60.0


def test_the_first_rule_that_says_a_figure_wins() -> None:
    rules = (HostOptions("a.example", interval=2.0), HostOptions("*", interval=9.0, concurrency=5))
    assert rate_limit_of("a.example", rules, RateLimit(2, 0.25)) == RateLimit(5, 2.0)


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


def test_a_shelf_gives_back_everything_in_order_with_little_in_memory() -> None:
    deferred_queue = DeferredQueue()
    for number, target in enumerate(many(1, 5000)):
        deferred_queue.add(Deferred(target, Outcome(target.url, target.probe), float(number)))
    assert len(deferred_queue) == 5000
    late = deferred_queue.since(4990.0, alike=lambda item: item.at != 4995.0)
    assert [item.at for item in late] == [4990, 4991, 4992, 4993, 4994, 4996, 4997, 4998, 4999]
    assert [item.at for item in deferred_queue.drain()] == [*map(float, range(4990)), 4995.0]
    assert len(deferred_queue) == 0


def outcome_of(failure: Failure | None) -> Outcome:
    return Outcome("https://x.example/", Probe.STATUS, failure=failure)


@pytest.mark.parametrize("fault", ["it cannot be opened", "it is full"])
def test_a_shelf_without_a_file_keeps_everything_in_memory(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(BytesIO):
        def write(self, data: Any) -> int:
            return super().write(data[:10])

    def open_(**_: object) -> Full:
        if fault == "it is full":
            return Full()
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("linkcheck.fetch.scheduling.deferred_queue.tempfile.TemporaryFile", open_)
    deferred_queue = DeferredQueue()
    for number in range(3000):
        deferred_queue.add(Deferred(Target(str(number), Probe.STATUS, "h"), Outcome(str(number), Probe.STATUS), 0.0))
    assert [item.target.url for item in deferred_queue.drain()] == [str(number) for number in range(3000)]


def test_ten_hosts_of_one_domain_are_one_witness() -> None:
    monitor = NetworkMonitor(lambda host: host.partition(".")[2])
    heard = [monitor.note(f"h{number}.one.example", outcome_of(SILENT)) for number in range(20)]
    assert set(heard) == {NetworkState.OK}


def test_hosts_that_answered_in_earlier_runs_are_better_witnesses() -> None:
    known = [f"h{number}.example" for number in range(5)]
    monitor = NetworkMonitor(lambda host: host, known_good=known)
    monitor.note("other.example", outcome_of(None))
    heard = [monitor.note(host, outcome_of(NO_ROUTE)) for host in known]
    assert heard == [*[NetworkState.OK] * 4, NetworkState.OFFLINE]


@pytest.mark.parametrize("failure", [NXDOMAIN, None], ids=["no such name", "an answer"])
def test_an_answer_of_any_kind_is_no_silence(failure: Failure | None) -> None:
    monitor = NetworkMonitor(lambda host: host)
    assert {monitor.note(f"h{number}.example", outcome_of(failure)) for number in range(50)} == {NetworkState.OK}


def test_a_few_dead_hosts_among_many_are_dead_hosts() -> None:
    monitor = NetworkMonitor(lambda host: host)
    heard = [monitor.note(f"h{number}.example", outcome_of(SERVFAIL if number % 2 else None)) for number in range(100)]
    assert set(heard) == {NetworkState.OK}


@pytest.mark.parametrize(
    ("hosts", "each", "options", "jobs"),
    [
        pytest.param(3, 2, FetchOptions(), 1, id="a few links"),
        pytest.param(50, 500, FetchOptions(), 1, id="many links, asked at the usual pace"),
        pytest.param(200, 100, FetchOptions(interval=0.0, concurrency=256), 2, id="many links without a pace"),
        pytest.param(2, 9000, FetchOptions(interval=0.0, concurrency=256), 1, id="two hosts cannot be shared out well"),
        pytest.param(200, 100, FetchOptions(interval=0.0, concurrency=256, replay="web.toml"), 1, id="a replay"),
        pytest.param(3, 2, FetchOptions(jobs=7), 7, id="as many as asked for"),
    ],
)
def test_processes_are_started_where_they_are_worth_it(
    monkeypatch: pytest.MonkeyPatch, hosts: int, each: int, options: FetchOptions, jobs: int
) -> None:
    monkeypatch.setattr("linkcheck.fetch.workers.auto_jobs._cores", lambda: 2)
    found, source = jobs_for(ListSource(many(hosts, each)), options)
    assert found == jobs
    assert sum(count for _, count in source.hosts()) == hosts * each, "no host is lost by looking"


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


def test_two_processes_agree_on_the_starts_of_one_host() -> None:
    shared_limits = SharedMemoryLimits(multiprocessing.get_context("spawn"), rows=2)
    one, other = shared_limits.of(0), shared_limits.of(1)
    assert [each.start("a.example", 10.0, 0.25) for each in (one, other, one)] == [10.0, 10.25, 10.5]
    assert other.start("a.example", 20.0, 0.25) == 20.0


def test_two_processes_have_no_more_places_at_a_host_than_one() -> None:
    shared_limits = SharedMemoryLimits(multiprocessing.get_context("spawn"), rows=2)
    one, other = shared_limits.of(0), shared_limits.of(1)
    assert [each.enter("a.example", 2) for each in (one, other, one, other)] == [True, True, False, False]
    assert other.enter("b.example", 2)
    one.leave("a.example")
    assert other.enter("a.example", 2)
    other.forget()
    assert [one.enter("a.example", 2), one.enter("a.example", 2), one.enter("a.example", 2)] == [True, True, False]


@pytest.mark.parametrize(
    ("soft", "hard", "wanted", "allowed"),
    [(1024, 4096, 128, 128), (64, 128, 128, 32), (70, 70, 32, 3), (24, 24, 32, 1)],
)
def test_concurrency_fits_the_files_that_may_be_open(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, wanted: int, allowed: int
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    granted: list[object] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: granted.append(limits))
    found, notice = file_descriptors.allowed(wanted)
    assert found == allowed
    assert (notice is None) == (found == wanted)
    assert granted == ([(hard, hard)] if soft < hard else [])


def test_too_few_files_that_may_be_open_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (23, 23))
    with pytest.raises(IncompleteError, match="ulimit -n 256"):
        file_descriptors.allowed(32)


@pytest.mark.parametrize(("soft", "processes"), [(24, 1), (32, 2), (40, 3), (64, 4)])
def test_processes_fit_the_files_that_may_be_open(monkeypatch: pytest.MonkeyPatch, soft: int, processes: int) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, soft))
    assert file_descriptors.clamp_processes(4) == processes


class Counted:
    """A source that knows how much of it is in hand."""

    def __init__(self, hosts: int, each: int) -> None:
        self.sizes = {f"h{number}.example": each for number in range(hosts)}
        self.out = self.most = 0

    def hosts(self) -> Iterator[tuple[str, int]]:
        yield from list(self.sizes.items())

    def take(self, host: str, count: int) -> Sequence[Target]:
        left = self.sizes[host]
        taken = [Target(f"https://{host}/{page}", Probe.STATUS, host) for page in range(max(0, left - count), left)]
        self.sizes[host] = left - len(taken)
        self.out += len(taken)
        self.most = max(self.most, self.out)
        return taken


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


@pytest.mark.parametrize(("soft", "concurrency", "kept"), [(1024, 32, 928), (128, 32, 32), (97, 32, 1), (24, 1, 1)])
def test_connections_that_are_kept_idle_fit_the_files_that_may_be_open(
    monkeypatch: pytest.MonkeyPatch, soft: int, concurrency: int, kept: int
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, soft))
    assert file_descriptors.most_idle_connections(concurrency) == kept
