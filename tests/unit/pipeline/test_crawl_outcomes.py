"""Which outcomes later runs reuse, which count as strikes, and what of a stored one is kept."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from linkcheck import fetch, pipeline
from linkcheck.config import Config, Settings
from linkcheck.config.settings import HostTable
from linkcheck.errors import IncompleteError
from linkcheck.ledger import open_ledger
from linkcheck.model import Answer, Failure, FailureKind, Outcome, Probe, Summary, VerdictKind
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.crawl_step import (
    CrawlSummary,
    NullObserver,
    crawl_targets,
    freshness,
    is_good,
    is_strike,
    reason_of,
)
from linkcheck.pipeline.read_step import ArticleReader
from linkcheck.timestamps import timestamp_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOW = datetime.now(UTC)
"""Requests are recorded with the time of the machine."""
URL = "https://a.example/x"
GOOD = Outcome(URL, Probe.PAGE, answer=Answer(200, URL), checked_at="2026-11-22T11:00:00Z")
LOST = Outcome(URL, Probe.PAGE, failure=Failure(FailureKind.TIMEOUT, "total", "a.example did not respond in time"))


@pytest.mark.parametrize("kind", VerdictKind)
def test_an_outcome_is_good_if_its_page_was_found(kind: VerdictKind) -> None:
    assert is_good(GOOD, kind) is (kind in {VerdictKind.OK, VerdictKind.MOVED})


def test_a_failure_or_an_outcome_that_an_article_vouched_for_is_not_good() -> None:
    assert not is_good(LOST, VerdictKind.OK)
    assert not is_good(replace(GOOD, answer=Answer(200, URL, vouched=True)), VerdictKind.OK)


@pytest.mark.parametrize(
    ("outcome", "is_fresh"),
    [
        pytest.param(GOOD, True, id="an hour old"),
        pytest.param(replace(GOOD, checked_at="2026-11-22T12:00:00Z"), True, id="of this moment"),
        pytest.param(replace(GOOD, checked_at="2026-11-22T12:00:01Z"), False, id="of the future"),
        pytest.param(replace(GOOD, checked_at="2026-11-01T12:00:00Z"), False, id="three weeks old"),
        pytest.param(replace(GOOD, answer=Answer(200, URL, vouched=True)), False, id="vouched for"),
        pytest.param(replace(GOOD, answer=None), True, id="without an answer"),
    ],
)
def test_an_outcome_is_fresh_for_a_time(outcome: Outcome, is_fresh: bool) -> None:  # noqa: FBT001
    assert freshness(10.0, NOON)(outcome) is is_fresh


@pytest.mark.parametrize(("page", "days"), [("x", 8.07), ("1", 10.73), ("2", 9.64)])
def test_how_long_an_outcome_is_fresh_depends_on_its_url(page: str, days: float) -> None:
    """Ten days, times 0.75 and up to 0.5 more: by the CRC-32 of the URL, modulo 1000."""
    outcome = replace(GOOD, url=f"https://a.example/{page}")
    ages = (days - 0.001, days)
    stored = [replace(outcome, checked_at=(NOON - timedelta(days=age)).isoformat()) for age in ages]
    assert [freshness(10.0, NOON)(each) for each in stored] == [True, False]


@pytest.mark.parametrize(
    ("failure", "network_down", "counts"),
    [
        pytest.param(LOST.failure, False, True, id="a host that did not respond"),
        pytest.param(LOST.failure, True, False, id="the network was down"),
        pytest.param(Failure(FailureKind.CONNECT, "no-ipv6", ""), False, False, id="no IPv6 here"),
        pytest.param(Failure(FailureKind.CONNECT, "proxy", ""), False, False, id="the proxy"),
        pytest.param(Failure(FailureKind.PROTOCOL, "http2-only", ""), False, False, id="HTTP/2 only"),
        pytest.param(Failure(FailureKind.CONNECT, "refused", ""), False, True, id="refused"),
        pytest.param(None, False, True, id="an answer"),
    ],
)
def test_a_strike_is_what_the_target_caused(failure: Failure | None, network_down: bool, counts: bool) -> None:  # noqa: FBT001
    outcome = replace(LOST, failure=failure)
    assert is_strike(outcome, CrawlSummary(network_down=network_down)) is counts


@pytest.mark.parametrize(
    ("because", "network_down", "environment", "expected"),
    [
        (None, False, {}, None),
        (None, True, {"http_proxy": "http://p:9"}, None),
        ("stopped", False, {"http_proxy": "http://p:9"}, "stopped"),
        ("stopped", True, {}, "stopped"),
        (
            "no network",
            True,
            {"http_proxy": "http://p:9"},
            "no network; http_proxy is set but not used: run with --proxy env to request through that proxy",
        ),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_run_without_a_network_has_advice_on_proxies(
    because: str | None,
    network_down: bool,  # noqa: FBT001
    environment: dict[str, str],
    expected: str | None,
) -> None:
    context = RunContext(Config(settings=Settings(), root=".", environment=environment))
    crawl = fetch.CrawlResult(complete=because is None, because=because, network_down=network_down)
    assert reason_of(crawl, context) == expected


class Noting(NullObserver):
    """An observer that keeps what it receives."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.started: list[int] = []
        self.updates: list[tuple[int, dict[VerdictKind, int], Sequence[str], float]] = []
        self.closed = 0

    def notice(self, sentence: str) -> None:
        self.notices.append(sentence)

    def start_crawl(self, targets: int) -> "Noting":
        self.started.append(targets)
        return self

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: Sequence[str], least_seconds: float) -> None:
        counts = {kind: number for kind, number in verdicts.items() if number}
        self.updates.append((done, counts, waiting, least_seconds))

    def close(self) -> None:
        self.closed += 1


SCHEMA = {"properties": {"webUrl": {"x-link": {"role": "link"}}}}


def archive(here: Path, *urls: str, web: str) -> None:
    """An article per URL, and the responses."""
    for number, url in enumerate(urls):
        (here / f"{number}.md").write_text(f"---\ntitle: x\nwebUrl: {url}\n---\n")
    (here / "s.json").write_text(json.dumps(SCHEMA))
    (here / "web.toml").write_text(web)


def context_at(now: datetime, *, hosts: dict[str, HostTable] | None = None, **settings: object) -> RunContext:
    given = {"schema": "s.json", "replay": "web.toml", "history": "h.db", "max_age": 0.0, **settings}
    config = Config(settings=Settings(**given), root=str(Path.cwd()), hosts=hosts or {})  # type: ignore[arg-type]
    return RunContext(config, now=lambda: now)


def checked(context: RunContext, observer: Noting | None = None) -> Summary:
    """The summary of a run over all articles."""
    with pipeline.check(context, observer or Noting()) as finished:
        return finished.summary


def outcome_at(now: datetime) -> Outcome:
    """The outcome of the one target of a run."""
    with pipeline.check(context_at(now), Noting()) as finished:
        (target,) = finished.run.targets()
    assert target.outcome is not None
    return target.outcome


A, B = "https://a.example/", "https://b.example/"
WEB = f'["{A}"]\n["{B}"]\nstatus = 403\n'


def test_a_crawl_tells_its_progress(here: Path) -> None:
    archive(here, A, B, web=WEB)
    observer = Noting()
    accepting = {"b.example": HostTable(accept=(403,))}
    summary = checked(context_at(NOW, hosts=accepting), observer)
    assert {kind: number for kind, number in summary.verdicts.items() if number} == {VerdictKind.OK: 2}
    assert observer.started == [2]
    assert observer.updates == [(2, {VerdictKind.OK: 2}, (), 0.0)]
    assert observer.closed == 1


def test_an_offline_run_crawls_nothing(here: Path) -> None:
    archive(here, A, web=WEB)
    observer = Noting()
    summary = checked(context_at(NOW, offline=True), observer)
    assert (observer.started, summary.requests, summary.not_checked) == ([], 0, {"offline": 1})


def test_a_run_without_links_crawls_nothing(here: Path) -> None:
    (here / "0.md").write_text("---\ntitle: x\n---\n")
    (here / "s.json").write_text(json.dumps(SCHEMA))
    (here / "web.toml").write_text(WEB)
    observer = Noting()
    assert checked(context_at(NOW), observer).complete
    assert observer.started == []


@pytest.mark.parametrize(
    ("max_age", "hours", "reused"),
    [
        pytest.param(1.0, 1, 1, id="younger than the days"),
        pytest.param(1.0, 48, 0, id="older"),
        pytest.param(0.0, 1, 0, id="no days"),
    ],
)
def test_a_stored_outcome_is_reused_while_it_is_fresh(here: Path, max_age: float, hours: int, reused: int) -> None:
    archive(here, A, web=WEB)
    assert checked(context_at(NOW, max_age=max_age)).reused == 0
    observer = Noting()
    summary = checked(context_at(NOW + timedelta(hours=hours), max_age=max_age), observer)
    assert (summary.reused, observer.started) == (reused, [] if reused else [1])


def test_nothing_is_resumed_where_every_run_was_finished(here: Path) -> None:
    archive(here, A, web=WEB)
    checked(context_at(NOW))
    observer = Noting()
    checked(context_at(NOW, resume=True), observer)
    assert observer.notices == ["nothing to resume"]


def test_a_run_that_is_not_resumed_says_nothing_about_it(here: Path) -> None:
    archive(here, A, web=WEB)
    observer = Noting()
    checked(context_at(NOW), observer)
    assert observer.notices == []


@pytest.mark.parametrize(
    ("hours", "taken"),
    [pytest.param(11.9, 2, id="within twelve hours"), pytest.param(12.1, 1, id="after twelve hours")],
)
def test_a_resumed_run_takes_over_failures_while_they_are_recent(here: Path, hours: float, taken: int) -> None:
    archive(here, A, B, web=f'["{A}"]\n["{B}"]\nfailure = "timeout"\n')

    context = context_at(NOW)
    ledger = open_ledger(Path("h.db"), stamp=lambda: timestamp_of(NOW))
    ledger.begin(scope=context.scope, means=context.means)
    ledger.add_all(ArticleReader(context).rows())
    crawl_targets(context, ledger, Noting())
    ledger.close()  # as the end of its process does, before the run was finished
    observer = Noting()
    checked(context_at(NOW + timedelta(hours=hours), resume=True), observer)
    assert observer.notices == [f"resumed: {taken} results reused from the unfinished run"]


def test_a_response_without_changes_keeps_the_stored_outcome_with_the_time_of_the_check(here: Path) -> None:
    archive(here, A, web=f'["{A}"]\npage = {{ title = "A title" }}\nheaders = {{ etag = "1" }}\n')
    checked(context_at(NOW))
    (here / "web.toml").write_text(f'["{A}"]\nstatus = 304\naddress = "93.184.216.34"\n')
    outcome = outcome_at(NOW + timedelta(days=30))
    assert outcome.answer is not None
    assert outcome.answer.page is not None
    assert (outcome.answer.status, outcome.answer.page.title, outcome.requests) == (200, "A title", 1)
    assert (outcome.reused, outcome.address) == (False, "93.184.216.34")


def test_an_unexpected_304_stays_one(here: Path) -> None:
    archive(here, A, web=f'["{A}"]\nstatus = 304\n')
    outcome = outcome_at(NOW)
    assert outcome.answer is not None
    assert outcome.answer.status == 304


def test_a_304_after_a_redirect_is_not_what_was_stored(here: Path) -> None:
    archive(here, A, web=f'["{A}"]\n')
    checked(context_at(NOW))
    (here / "web.toml").write_text(f'["{A}"]\nstatus = 301\nlocation = "{A}new"\n["{A}new"]\nstatus = 304\n')
    outcome = outcome_at(NOW)
    assert outcome.answer is not None
    assert (outcome.answer.status, [hop.url for hop in outcome.hops]) == (304, [A])


def crawled_by(crawl: Callable[..., fetch.CrawlResult], monkeypatch: pytest.MonkeyPatch, observer: Noting) -> CrawlSummary:
    """The summary of a crawl by this function, of one target that the history knows and one that it does not."""
    monkeypatch.setattr(fetch, "crawl", crawl)
    later = NOW + timedelta(hours=1)
    context = context_at(later, max_age=1.0)
    ledger = open_ledger(Path("h.db"), stamp=lambda: timestamp_of(later))
    ledger.begin(scope=context.scope, means=context.means)
    ledger.add_all(ArticleReader(context).rows())
    try:
        return crawl_targets(context, ledger, observer)
    finally:
        ledger.close()


def test_why_a_crawl_waits_is_told_once_each_time(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(here, A, web=WEB)
    checked(context_at(NOW, max_age=1.0))
    archive(here, A, B, web=WEB)
    observer = Noting()

    def crawl(
        targets: object, record: object, options: object, *, on_progress: Callable[[fetch.CrawlProgress], None]
    ) -> fetch.CrawlResult:
        del targets, record, options
        for done, message in enumerate([None, "waiting", "waiting", None, "waiting", "no network"]):
            on_progress(fetch.CrawlProgress(done, 0, 0, 0, 0, resting=("b.example",), message=message, least_seconds=2.5))
        return fetch.CrawlResult(
            complete=False, because="stopped", interrupted=2, network_down=True, requests=7, notices=("slow",)
        )

    summary = crawled_by(crawl, monkeypatch, observer)
    assert observer.notices == ["waiting", "waiting", "no network"]
    assert observer.updates == [(done, {}, ("b.example",), 2.5) for done in range(6)]
    assert (observer.started, observer.closed) == ([1], 1)
    assert summary == CrawlSummary("stopped", interrupted=2, network_down=True, requests=7, reused=1, notices=("slow",))


def test_a_recording_that_cannot_be_written_leaves_what_was_reused(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(here, A, web=WEB)
    checked(context_at(NOW, max_age=1.0))
    archive(here, A, B, web=WEB)
    observer = Noting()

    def crawl(*_given: object, **_more: object) -> fetch.CrawlResult:
        raise IncompleteError("the disk is full")

    assert crawled_by(crawl, monkeypatch, observer) == CrawlSummary("the disk is full", reused=1)
    assert observer.closed == 1
