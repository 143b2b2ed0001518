"""What the coordinator of several processes concludes when they have ended; no process is started."""

import pytest
from virtual_web import many

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.scheduling.crawl_result import CrawlResult
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.fetch.workers import processes
from linkcheck.fetch.workers.processes import Coordinator
from linkcheck.model import Failure, FailureKind, Outcome

LATE = CrawlResult(complete=False, because="time limit reached")


def ended_with(
    *results: CrawlResult, because: str | None = None, interrupted: int | None = None, targets: int = 600
) -> tuple[CrawlResult, list[Outcome]]:
    found: list[Outcome] = []
    coordinator = Coordinator(ListSource(many(1, targets)), found.extend, FetchOptions(), jobs=2)
    coordinator._ended.extend(results)
    coordinator._because = because
    coordinator._interrupted = interrupted
    return coordinator._close(), found


@pytest.mark.parametrize("targets", [0, 1, 255, 256, 257, 600])
def test_a_run_out_of_time_records_the_targets_that_no_process_had_taken(targets: int) -> None:
    ended, found = ended_with(CrawlResult(complete=True), LATE, targets=targets)
    assert (ended.complete, ended.because) == (False, "time limit reached")
    assert len({outcome.url for outcome in found}) == len(found) == targets
    assert {(outcome.failure.kind, outcome.attempts, outcome.requests) for outcome in found if outcome.failure} == (
        {(FailureKind.OUT_OF_TIME, 0, 0)} if targets else set()
    )


@pytest.mark.parametrize(
    ("results", "because"),
    [
        pytest.param((CrawlResult(complete=True),), None, id="a complete run"),
        pytest.param((LATE,), "stopped", id="a run that was stopped"),
        pytest.param((CrawlResult(complete=False, because="interrupted", interrupted=15),), None, id="a stopped process"),
    ],
)
def test_otherwise_they_are_left_out(results: tuple[CrawlResult, ...], because: str | None) -> None:
    ended, found = ended_with(*results, because=because)
    assert (ended.because, found) == (because, [])
    assert ended.complete is (because is None)


def test_the_results_of_all_processes_are_added_up() -> None:
    one = CrawlResult(complete=True, requests=3, notices=("few files", "x"))
    other = CrawlResult(complete=False, because="no network", network_down=True, requests=4, notices=("few files",))
    ended, _ = ended_with(one, other, because="no network", interrupted=2, targets=0)
    assert ended == CrawlResult(
        complete=False, because="no network", interrupted=2, network_down=True, requests=7, notices=("few files", "x")
    )


@pytest.mark.parametrize(
    ("max_time", "spent", "left"),
    [(None, 5.0, None), (60.0, 0.0, 60.0), (60.0, 45.0, 15.0), (60.0, 60.0, 0.0), (60.0, 90.0, 0.0)],
)
def test_a_process_has_what_is_left_of_the_time(max_time: float | None, spent: float, left: float | None) -> None:
    coordinator = Coordinator(ListSource([]), print, FetchOptions(max_time=max_time), jobs=2)
    coordinator._began = 1000.0
    assert coordinator.options_now(1000.0 + spent).max_time == left


@pytest.mark.parametrize(("jobs", "each"), [(1, 9), (2, 5), (3, 3), (9, 1), (20, 1)])
def test_the_concurrency_is_divided_among_the_processes(jobs: int, each: int) -> None:
    coordinator = Coordinator(ListSource([]), print, FetchOptions(concurrency=9, jobs=jobs), jobs=jobs)
    options = coordinator.options_now(0.0)
    assert (options.concurrency, options.jobs) == (each, 1)


@pytest.mark.parametrize(
    ("platform", "threads", "method"),
    [("linux", 1, "fork"), ("linux", 2, "spawn"), ("darwin", 1, "spawn"), ("win32", 2, "spawn")],
)
def test_a_worker_is_forked_where_no_thread_can_hold_a_lock(
    platform: str, threads: int, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr("threading.active_count", lambda: threads)
    monkeypatch.setattr("multiprocessing.get_context", asked.append)
    processes._context()
    assert asked == [method]


def test_the_targets_of_a_run_out_of_time_are_recorded_in_batches() -> None:
    batches: list[list[Outcome]] = []
    coordinator = Coordinator(ListSource(many(1, 600)), lambda found: batches.append([*found]), FetchOptions(), jobs=2)
    coordinator._ended.append(LATE)
    coordinator._close()
    assert [len(batch) for batch in batches] == [256, 256, 88]
    assert {outcome.failure for batch in batches for outcome in batch} == {
        Failure(FailureKind.OUT_OF_TIME, "run", "time limit of the run reached")
    }
    assert all(outcome.checked_at for batch in batches for outcome in batch)
