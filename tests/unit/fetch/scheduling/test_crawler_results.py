"""How a crawl ends, and what it reports meanwhile: by value, in virtual time."""

from collections.abc import Sequence

import pytest
from virtual_web import NO_DESCRIPTORS, REFUSED, SILENT, Crawls, FakeWeb, Ran, many, targets_of

from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.model import Failure, FailureKind, Outcome

SLOW = FakeWeb(seconds=100.0)


def ended_at(ran: Ran) -> float:
    return round(ran.seconds, 1)


def test_a_complete_crawl(crawls: Crawls) -> None:
    ran = crawls(many(2, 3))
    assert ran.crawl == CrawlResult(complete=True, requests=6)
    assert crawls([]).crawl == CrawlResult(complete=True)


@pytest.mark.parametrize(
    ("signals", "seconds", "interrupted", "recorded"),
    [
        pytest.param([(1.0, 15)], 6.0, 15, 0, id="requests under way get five seconds"),
        pytest.param([(1.0, 15), (2.1, 2)], 2.1, 2, 0, id="not after a second signal"),
        pytest.param([(97.0, 2)], 100.0, 2, 1, id="what ends meanwhile is recorded"),
    ],
)
def test_a_signal_ends_a_crawl(
    crawls: Crawls, *, signals: list[tuple[float, int]], seconds: float, interrupted: int, recorded: int
) -> None:
    ran = crawls(many(1, 5), FakeWeb(seconds=100.0), FetchOptions(per_host=1), signals=signals)
    assert ran.crawl == CrawlResult(False, "interrupted", interrupted, requests=recorded)
    assert len(ran.outcomes) == recorded
    assert ended_at(ran) == pytest.approx(seconds, abs=0.1)
    assert len(ran.web.asked) == 1


@pytest.mark.parametrize(("max_time", "text"), [(7.0, "7"), (7.5, "7.5"), (0.0, "0")])
def test_a_time_limit_ends_a_crawl(crawls: Crawls, max_time: float, text: str) -> None:
    ran = crawls(many(2, 3), FakeWeb(seconds=100.0), FetchOptions(per_host=1, max_time=max_time))
    assert ran.crawl == CrawlResult(False, f"time limit reached (--max-time {text})")
    assert ended_at(ran) == pytest.approx(max(max_time, 0.25) + 5.0, abs=0.3)
    assert {outcome.failure for outcome in ran.outcomes} == {
        Failure(FailureKind.OUT_OF_TIME, "run", "time limit of the run reached")
    }
    assert {(outcome.attempts, outcome.requests, bool(outcome.checked_at)) for outcome in ran.outcomes} == {(0, 0, True)}
    assert sorted(outcome.url for outcome in ran.outcomes) == sorted(target.url for target in many(2, 3))


def test_the_first_reason_counts(crawls: Crawls) -> None:
    ran = crawls(many(1, 3), FakeWeb(seconds=100.0), FetchOptions(max_time=7.0), signals=[(6.0, 2)])
    assert (ran.crawl.because, ran.outcomes) == ("interrupted", [])
    stops: list[bool] = []

    def stop() -> bool:
        stops.append(True)
        return False

    ran = crawls(many(1, 3), FakeWeb(seconds=100.0), FetchOptions(max_time=1.0), stop=stop)
    assert ran.crawl.because == "time limit reached (--max-time 1)"
    assert len(stops) == 4, "not once it ends"


def test_a_crawl_can_be_stopped(crawls: Crawls) -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) == 3

    ran = crawls(many(1, 3), FakeWeb(seconds=100.0), FetchOptions(per_host=1), stop=stop)
    assert ran.crawl == CrawlResult(False, "stopped")
    assert (len(asked), ran.outcomes) == (3, [])
    assert ended_at(ran) == pytest.approx(0.75 + 5.0, abs=0.1)


def test_results_that_cannot_be_recorded_end_a_crawl_at_once(crawls: Crawls) -> None:
    kept: list[int] = []

    def record(outcomes: Sequence[Outcome]) -> None:
        kept.append(len(outcomes))
        raise ValueError("disk full")

    web = FakeWeb(seconds_of={"h1.example": 100.0})
    with pytest.raises(ValueError, match=r"^disk full$"):
        crawls(many(2, 5), web, FetchOptions(per_host=1), record=record)
    assert len(kept) == 1
    assert max(asked.end for asked in web.asked) == pytest.approx(0.25, abs=0.1)


def test_outcomes_are_recorded_at_each_beat(crawls: Crawls) -> None:
    ran = crawls(many(1, 5), FakeWeb(), FetchOptions(interval=0.2, per_host=1))
    assert ran.batches == [1, 1, 1, 1, 1] or sum(ran.batches) == 5
    assert max(ran.batches) <= 2


def test_many_outcomes_are_recorded_before(crawls: Crawls) -> None:
    ran = crawls(many(600, 1), FakeWeb(), FetchOptions(interval=0.0, concurrency=600))
    assert ran.batches == [256, 256, 88]


@pytest.mark.parametrize(
    ("options", "least"),
    [
        pytest.param(FetchOptions(interval=0.5, per_host=1), [18.5, 18.5], id="the longest queue at its rate"),
        pytest.param(FetchOptions(interval=0.5, per_host=1, max_time=10.0), [9.75, 9.5], id="no longer than the time limit"),
    ],
)
def test_the_progress_of_a_crawl(crawls: Crawls, options: FetchOptions, least: list[float]) -> None:
    web = FakeWeb(seconds=100.0)
    ran = crawls([*many(1, 39), *many(2, 2)[2:]], web, options, signals=[(0.9, 2)])
    ticks = ran.ticks
    assert [round(tick.least_seconds, 2) for tick in ticks[:2]] == least
    assert {tick.least_seconds for tick in ticks[4:]} == {0.0}
    first = CrawlProgress(0, 0, 0, 2, 2, least_seconds=ticks[0].least_seconds)
    assert ticks[0] == first


def test_the_progress_counts_what_is_done_and_put_off(crawls: Crawls) -> None:
    targets = targets_of("https://a.example/", "https://b.example/", "https://c.example/")
    web = FakeWeb({"b.example": [REFUSED]}, seconds_of={"c.example": 100.0})
    ran = crawls(targets, web, FetchOptions(retries=1, backoff=0.2), signals=[(50.0, 2)])
    assert ran.ticks[-1].done == 1
    assert max(tick.put_off for tick in ran.ticks) == 1
    assert max(tick.requests for tick in ran.ticks) == 3
    assert {tick.hosts for tick in ran.ticks[20:]} == {1}
    assert {tick.message for tick in ran.ticks} == {None}
    (outcome,) = [each for each in ran.outcomes if each.url == "https://b.example/"]
    assert (outcome.attempts, outcome.requests, outcome.tried_statuses) == (2, 2, (0,))


def test_hosts_that_rest_are_named(crawls: Crawls) -> None:
    web = FakeWeb({"h0.example": [REFUSED]}, seconds_of={"h1.example": 20.0})
    ran = crawls(many(2, 5), web, FetchOptions(per_host=1, retries=0))
    assert ("h0.example",) in {tick.resting for tick in ran.ticks}


def test_a_network_that_is_gone_is_told_while_the_crawl_waits(crawls: Crawls) -> None:
    targets = many(12, 1)
    web = FakeWeb({target.host: [SILENT] for target in targets})
    ran = crawls(targets, web, FetchOptions(retries=0, patience=20.0))
    assert {tick.message for tick in ran.ticks} == {"waiting: no network connection: no host responds"}
    assert (ran.crawl.network_down, ran.crawl.complete, ran.outcomes) == (True, False, [])
    assert ran.crawl.because is not None
    assert ran.crawl.because.startswith("no network connection: no host responds (since ")
    assert ran.crawl.because.endswith("; last failure: no connection in time)")


def test_states_are_swept_once_a_second(crawls: Crawls) -> None:
    class Swept(HostStates):
        times: list[float]

        def sweep(self, now: float) -> None:
            self.times.append(round(now, 1))

    states = Swept(FetchOptions())
    states.times = []
    crawls(many(1, 1), FakeWeb(seconds=3.1), states=states)
    assert states.times == [1.0, 2.0, 3.0]


def test_a_bug_is_an_outcome_and_a_notice(crawls: Crawls) -> None:
    text = "x" * 400
    web = FakeWeb({"h0.example": [ValueError(text)]})
    ran = crawls(many(1, 25), web)
    message = f"internal error: ValueError: {text}"[:300]
    assert {outcome.failure for outcome in ran.outcomes} == {Failure(FailureKind.INTERNAL, "ValueError", message)}
    assert ran.crawl.notices == (f"{message} (at h0.example); please report it",) * 20
    assert len(ran.outcomes) == 25


def test_without_file_descriptors_fewer_requests_are_made_at_once(crawls: Crawls) -> None:
    web = FakeWeb({"h0.example": [NO_DESCRIPTORS, NO_DESCRIPTORS, 200]})
    ran = crawls(many(1, 1), web, FetchOptions(concurrency=9, retries=0))
    assert ran.crawl.notices == ("file descriptors ran out: at most 2 requests at once from here on (raise `ulimit -n`)",)
    assert [round(asked.begin, 2) for asked in web.asked] == [0.0, 0.3, 0.85]
    assert (ran.outcomes[0].attempts, ran.crawl.complete) == (1, True)
    web = FakeWeb({"h0.example": [NO_DESCRIPTORS]})
    ran = crawls(many(1, 1), web, FetchOptions(concurrency=1, retries=0, final_retry=False))
    assert (len(web.asked), ran.crawl.notices) == (21, ())
    assert ran.outcomes[0].failure == NO_DESCRIPTORS
