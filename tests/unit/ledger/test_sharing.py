"""What runs have in common is stored once, never taken from a damaged row, and deleted with the last run that has it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from linkcheck.judge import verdict
from linkcheck.ledger import JudgedOutcome, Ledger, Notes, PlannedLink, RecordedRun, open_ledger
from linkcheck.ledger.thinning import forget_run
from linkcheck.model import (
    Answer,
    Article,
    Finding,
    Link,
    Location,
    Outcome,
    Probe,
    Role,
    Severity,
    Skip,
    Span,
    Target,
    Verdict,
    VerdictKind,
)

DAY_ONE, DAY_TWO, DAY_THREE = (f"2026-11-0{day}T06:00:00Z" for day in (1, 2, 3))
PLACE = Location("a.md", Span(3, 9, 3, 30), "/webUrl")
URL, OTHER = "https://a.example/", "https://a.example/other"
SHARED = ("shared_article", "shared_link", "address", "outcome", "result", "shared_finding")


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[[str], Ledger]]:
    """Ends the last run and starts one at another time."""
    opened: list[Ledger] = []

    def begin(now: str) -> Ledger:
        for each in opened:
            each.close()
        opened[:] = [open_ledger(tmp_path / "history.sqlite3", stamp=lambda: now)]
        opened[0].begin(scope="check .")
        return opened[0]

    yield begin
    for each in opened:
        each.close()


def planned(url: str = URL, *, excluded: bool = False) -> PlannedLink:
    skip = Skip("excluded", "excluded by path", url) if excluded else None
    settled = Verdict(VerdictKind.SKIPPED, "excluded by path") if excluded else None
    return PlannedLink(Link(PLACE, Role.LINK, url), Target(url, Probe.STATUS, "a.example"), skip=skip, verdict=settled)


def answered(now: str, url: str = URL, *, status: int = 200, seconds: float = 0.5) -> JudgedOutcome:
    outcome = Outcome(url, Probe.STATUS, Answer(status, url), checked_at=now, seconds=seconds)
    return JudgedOutcome(outcome, verdict(outcome))


def night(ledger: Ledger, *links: PlannedLink, settled: tuple[JudgedOutcome, ...] = (), message: str = "moved") -> None:
    ledger.add_all([(Article("a.md", lines=("---",)), (), links, Notes())])
    ledger.recall(fresh=lambda _: True, judge=verdict)
    ledger.settle(settled)
    ledger.remember(good=lambda _outcome, kind: kind is VerdictKind.OK)
    ledger.add_findings([Finding("LC301", "moved-page", Severity.WARNING, PLACE, message)])


def rows(ledger: Ledger, *tables: str) -> list[int]:
    return [ledger.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables or SHARED]


def test_what_did_not_change_is_stored_once(begin: Callable[[str], Ledger]) -> None:
    night(begin(DAY_ONE), planned(), settled=(answered(DAY_ONE),))
    ledger = begin(DAY_TWO)
    night(ledger, planned())
    assert rows(ledger) == [1, 1, 1, 1, 1, 1]
    assert rows(ledger, "run_article", "run_target", "run_finding") == [2, 2, 2]
    first, second = (next(RecordedRun(ledger.database, run).targets()) for run in (1, 2))
    assert (first.verdict.reason, second.verdict.reason) == ("200 OK", "ok on 2026-11-01, reused")
    assert first.outcome is not None
    assert second.outcome == replace(first.outcome, reused=True, requests=0)


def test_a_response_that_is_the_same_again_is_stored_once(begin: Callable[[str], Ledger]) -> None:
    night(begin(DAY_ONE), planned(), settled=(answered(DAY_ONE),))
    ledger = begin(DAY_TWO)
    settled = answered(DAY_TWO, seconds=0.7)
    night(ledger, planned(), settled=(settled,))
    assert rows(ledger, "outcome", "result") == [1, 2]
    assert next(RecordedRun(ledger.database, 2).targets()).outcome == settled.outcome
    assert next(RecordedRun(ledger.database, 1).targets()).outcome == answered(DAY_ONE).outcome


def test_what_changed_is_stored_again(begin: Callable[[str], Ledger]) -> None:
    night(begin(DAY_ONE), planned(), planned(OTHER), settled=(answered(DAY_ONE), answered(DAY_ONE, OTHER)))
    ledger = begin(DAY_TWO)
    night(ledger, planned(), settled=(answered(DAY_TWO, status=404),), message="moved elsewhere")
    assert rows(ledger) == [2, 3, 2, 3, 3, 2]
    forget_run(ledger.database, 1)
    assert rows(ledger) == [1, 1, 1, 1, 1, 1]
    assert [each.verdict.kind for each in RecordedRun(ledger.database, 2).targets()] == [VerdictKind.DEAD]
    forget_run(ledger.database, 2)
    assert rows(ledger) == [0, 0, 0, 0, 0, 0]


def test_only_what_no_other_run_refers_to_is_deleted(begin: Callable[[str], Ledger]) -> None:
    for day in (DAY_ONE, DAY_TWO, DAY_THREE):
        ledger = begin(day)
        night(ledger, planned(), planned(OTHER, excluded=True), settled=(answered(DAY_ONE),) if day == DAY_ONE else ())
    before = rows(ledger)
    forget_run(ledger.database, 2)
    assert rows(ledger) == before
    assert [len(list(RecordedRun(ledger.database, run).links())) for run in (1, 2, 3)] == [2, 0, 2]


def test_a_verdict_that_is_changed_leaves_nothing_behind(begin: Callable[[str], Ledger]) -> None:
    ledger = begin(DAY_ONE)
    night(ledger, planned(), settled=(answered(DAY_ONE, status=404),))
    ledger.settle([replace(answered(DAY_ONE), verdict=Verdict(VerdictKind.SUSPECT, "a home page"))])
    assert rows(ledger, "result", "outcome") == [1, 1]
    assert next(RecordedRun(ledger.database, 1).targets()).verdict == Verdict(VerdictKind.SUSPECT, "a home page")


def test_a_reused_outcome_that_is_judged_for_another_reason_has_this_reason(begin: Callable[[str], Ledger]) -> None:
    night(begin(DAY_ONE), planned(), settled=(answered(DAY_ONE),))
    ledger = begin(DAY_TWO)
    night(ledger, planned())
    (record,) = RecordedRun(ledger.database, 2).targets()
    assert record.outcome is not None
    suspect = Verdict(VerdictKind.SUSPECT, "all pages lead here")
    ledger.settle([JudgedOutcome(record.outcome, suspect)])
    assert [each.verdict for each in RecordedRun(ledger.database, 2).targets()] == [suspect]
    assert [each.outcome for each in RecordedRun(ledger.database, 2).targets()] == [record.outcome]
    assert [each.verdict.reason for each in RecordedRun(ledger.database, 1).targets()] == ["200 OK"]


def test_equal_findings_and_articles_of_one_run_are_all_there(begin: Callable[[str], Ledger]) -> None:
    ledger = begin(DAY_ONE)
    for _ in range(3):
        night(ledger, planned())
    assert rows(ledger, "shared_finding", "shared_article") == [1, 1]
    run = RecordedRun(ledger.database, 1)
    assert (len(list(run.findings())), len(list(run.articles())), len(list(run.links()))) == (3, 3, 3)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE shared_article SET record = x'c1'",
        "UPDATE shared_article SET path = 'b.md'",
        "UPDATE shared_link SET record = x'c1'",
        "UPDATE shared_link SET role = 'image', width = 3",
        "UPDATE shared_link SET address = 9",
        "UPDATE address SET url = 'https://b.example/'",
        "UPDATE address SET host = 'b.example'",
        "UPDATE outcome SET record = x'c1'",
        "UPDATE outcome SET answered = 0",
        "UPDATE result SET visit = x'c1'",
        "UPDATE result SET verdict = 'dead'",
        "UPDATE shared_finding SET record = x'c1'",
        "UPDATE shared_finding SET code = 'LC999'",
        "DELETE FROM shared_link",
        "DELETE FROM address",
    ],
)
def test_a_damaged_row_is_not_shared(damage: str, begin: Callable[[str], Ledger], tmp_path: Path) -> None:
    night(begin(DAY_ONE), planned(), settled=(answered(DAY_ONE),))
    begin(DAY_TWO).close()
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database, database:
        database.execute(damage)
    ledger = begin(DAY_THREE)
    night(ledger, planned())
    (evidence,) = ledger.evidence()
    assert (evidence.article, [each.link for each in evidence.results]) == (
        Article("a.md", lines=("---",)),
        [planned().link],
    )
    run = RecordedRun(ledger.database, ledger.run)
    assert [(each.target, each.verdict.kind) for each in run.targets()] == [
        (Target(URL, Probe.STATUS, "a.example"), VerdictKind.OK)
    ]
    assert [each.message for each in run.findings()] == ["moved"]
    assert evidence.results[0].outcome == replace(answered(DAY_ONE).outcome, reused=True, requests=0)


def test_queries_of_a_run_do_not_read_those_of_others(
    begin: Callable[[str], Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that is as large as all runs together is read from end to end."""
    ledger = begin(DAY_ONE)
    statements: list[str] = []
    ledger.database.set_trace_callback(statements.append)
    night(ledger, planned(), settled=(answered(DAY_ONE),))
    ledger.settle_pages(verdict)
    ledger.settle_failed_hosts(lambda _: None)
    list(ledger.evidence())
    list(ledger.evidence_with(Role.LINK))
    list(ledger.unpublished_pages())
    list(ledger.linking(URL))
    ledger.shared_images(at_least=2)
    ledger.reliable_hosts()
    ledger.landings(at_least=1)
    ledger.unsettled()
    run = RecordedRun(ledger.database, 1)
    for read in (run.targets, run.links, run.findings, run.hosts, run.articles):
        list(read())
    ledger.adopt_unfinished(scope="check .")
    forget_run(ledger.database, 1)
    ledger.database.set_trace_callback(None)
    large = (*SHARED, "run_article", "run_target", "run_finding", "memory", "strike")
    for statement in {each for each in statements if each.startswith(("SELECT", "UPDATE", "DELETE"))}:
        plan = [step for *_, step in ledger.database.execute(f"EXPLAIN QUERY PLAN {statement}")]
        scans = [step for step in plan if step.startswith("SCAN") and step.split()[1] in large]
        assert not scans, (statement, plan)
