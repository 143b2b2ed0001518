"""A history of an earlier version, in which each run had its own rows, is converted without losing anything."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from former_layouts import former
from msgspec.structs import replace

from linkcheck.judge import verdict
from linkcheck.ledger import JudgedOutcome, Ledger, Notes, PlannedLink, open_ledger, open_recorded
from linkcheck.ledger import tables as tables_module
from linkcheck.ledger.tables import SHARING
from linkcheck.ledger.take_over import take_over
from linkcheck.model import (
    SEVERITIES,
    Answer,
    Article,
    Certificate,
    Finding,
    Hop,
    ImageFacts,
    Link,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Severity,
    Skip,
    Span,
    Summary,
    Target,
    Verdict,
    VerdictKind,
)

DAYS = ("2026-11-01T06:00:00Z", "2026-11-02T06:00:00Z", "2026-11-03T06:00:00Z")
PLACE = Location("a.md", Span(3, 9, 3, 30), "/webUrl")
PAGE, IMAGE, MOVED, EXCLUDED = (f"https://a.example/{name}" for name in ("page", "image.png", "moved", "excluded"))


def link(url: str, role: Role, path: str) -> Link:
    return Link(replace(PLACE, path=path, pointer=f"/{role.value}"), role, url)


def planned(path: str) -> list[PlannedLink]:
    skip = Skip("excluded", "excluded by path", EXCLUDED)
    return [
        PlannedLink(link(PAGE, Role.CANONICAL, path), Target(PAGE, Probe.PAGE, "a.example")),
        PlannedLink(link(IMAGE, Role.IMAGE, path), Target(IMAGE, Probe.IMAGE, "a.example")),
        PlannedLink(link(IMAGE, Role.LINK, path), Target(IMAGE, Probe.PAGE, "a.example")),
        PlannedLink(link(MOVED, Role.LINK, path), Target(MOVED, Probe.STATUS, "a.example")),
        PlannedLink(
            link(EXCLUDED, Role.LINK, path),
            Target(EXCLUDED, Probe.STATUS, "a.example"),
            skip=skip,
            verdict=Verdict(VerdictKind.SKIPPED, "excluded by path"),
        ),
    ]


def outcomes(day: str) -> list[Outcome]:
    certificate = Certificate("A CA", "2026-12-24T00:00:00Z", 30 - int(day[8:10]), 90)
    not_image = Answer(200, IMAGE, image=ImageFacts(None, not_image="html"), page=PageFacts(title="A page"))
    return [
        Outcome(PAGE, Probe.PAGE, Answer(200, PAGE), checked_at=day, seconds=0.5, certificate=certificate, attempts=2),
        Outcome(IMAGE, Probe.IMAGE, not_image, checked_at=day, address="192.0.2.1", tried_statuses=(503,)),
        Outcome(MOVED, Probe.STATUS, Answer(200, PAGE), hops=(Hop(MOVED, 301, PAGE),), checked_at=day, requests=2),
    ]


def record(ledger: Ledger, day: str, *, scope: str = "check .") -> None:
    """A run with every kind of row."""
    ledger.begin(scope=scope)
    ledger.add_all((Article(path), (), planned(path), Notes()) for path in ("b.md", "a.md"))
    ledger.recall(fresh=lambda outcome: outcome.url == PAGE, judge=verdict)
    ledger.settle(JudgedOutcome(each, verdict(each)) for each in outcomes(day) if each.url != PAGE or day == DAYS[0])
    ledger.settle_pages(verdict)
    ledger.remember(good=lambda _outcome, kind: kind is VerdictKind.OK)
    for line in (9, 3, 3):
        place = replace(PLACE, span=Span(line, 1, line, 2))
        ledger.add_findings([Finding("LC301", "moved-page", Severity.WARNING, place, f"moved on {day}")])
    ledger.group_problems()
    ledger.compare(scope=scope, is_fixed=lambda _: True, is_complete=True)
    empty = Summary(day, 1.0, True, 2, 10, 4, 3, dict.fromkeys(VerdictKind, 0), dict.fromkeys(SEVERITIES, 0))
    ledger.finish(empty)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history of three runs; `former.sqlite3` is the same in the layout before runs shared rows."""
    path = tmp_path / "history.sqlite3"
    for day in DAYS:
        ledger = open_ledger(path, stamp=lambda day=day: day)  # type: ignore[misc]  # a default binds the day
        record(ledger, day)
        if day == DAYS[-1]:
            former(ledger, tmp_path / "former.sqlite3", layout=SHARING - 1)
        ledger.close()
    return path


def recorded(path: Path) -> list[Any]:
    """All that reports of the runs are made of."""
    found: list[Any] = []
    for number in range(1, len(DAYS) + 1):
        with open_recorded(path, number) as run:
            found.extend(
                (run.summary(), [*run.articles()], [*run.targets()], [*run.links()], [*run.findings()], [*run.hosts()])
            )
            problems = [*run.problems()]
            found.append([(each, [*run.places(each)]) for each in problems])
    return found


def test_the_reports_of_its_runs_are_the_same(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "former.sqlite3"
    open_ledger(old, stamp=lambda: DAYS[-1]).close()
    assert recorded(old) == recorded(path)
    with closing(sqlite3.connect(old)) as database, database:
        assert database.execute("SELECT count(*) FROM shared_article").fetchone() == (2,)
        assert database.execute("SELECT count(*) FROM shared_link").fetchone() == (10,)
        assert database.execute("SELECT count(*) FROM outcome").fetchone() == (3,)
        assert database.execute("PRAGMA auto_vacuum").fetchone() == (2,)
        assert not [name for (name,) in database.execute("SELECT name FROM sqlite_master") if "old" in name]


def test_what_it_remembers_is_reused(path: Path, tmp_path: Path) -> None:
    del path
    ledger = open_ledger(tmp_path / "former.sqlite3", stamp=lambda: "2026-11-04T06:00:00Z")
    ledger.begin(scope="check .")
    ledger.add_all([(Article("a.md"), (), planned("a.md"), Notes())])
    assert ledger.recall(fresh=lambda _: True, judge=verdict) == 1
    ledger.close()


def test_a_conversion_that_is_interrupted_leaves_the_history_as_it_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "former.sqlite3"

    def interrupted(database: sqlite3.Connection) -> None:
        if database.execute("SELECT 1 FROM run").fetchone():
            take_over(database)
            raise KeyboardInterrupt
        take_over(database)

    with monkeypatch.context() as context:
        context.setattr(tables_module, "take_over", interrupted)
        with pytest.raises(KeyboardInterrupt):
            open_ledger(old, stamp=lambda: DAYS[-1])
    with closing(sqlite3.connect(old)) as database, database:
        assert database.execute("PRAGMA user_version").fetchone() == (SHARING - 1,)
        assert database.execute("SELECT count(*) FROM link").fetchone() == (30,)
    open_ledger(old, stamp=lambda: DAYS[-1]).close()
    assert recorded(old) == recorded(path)


def test_damaged_rows_are_recognized_afterwards(path: Path, tmp_path: Path) -> None:
    del path
    old = tmp_path / "former.sqlite3"
    with closing(sqlite3.connect(old)) as database, database:
        database.execute("UPDATE target SET outcome = x'81' WHERE run = 2 AND url = ?", (MOVED,))
        database.execute("UPDATE target SET verdict = x'ff' WHERE run = 3")
        database.execute("UPDATE article SET record = x'c1' WHERE run = 2")
        database.execute("UPDATE finding SET line = 'three' WHERE run = 1")
        database.execute("DELETE FROM target WHERE run = 1 AND url = ?", (MOVED,))
    open_ledger(old, stamp=lambda: DAYS[-1]).close()
    unreadable = []
    for number in (1, 2, 3):
        with open_recorded(old, number) as run:
            for read in (run.targets, run.links, run.articles, run.findings):
                list(read())
            unreadable.append(run.unreadable)
    assert unreadable[0] == 0
    assert unreadable[1] == 5
    assert unreadable[2] > 0


def test_rows_that_contradict_each_other_are_damage(path: Path, tmp_path: Path) -> None:
    del path
    old = tmp_path / "former.sqlite3"
    with closing(sqlite3.connect(old)) as database, database:
        for byte, url in (("fe", MOVED), ("ff", PAGE)):
            database.execute(f"UPDATE target SET url = CAST(x'{byte}' AS TEXT) WHERE run = 2 AND url = ?", (url,))
    ledger = open_ledger(old, stamp=lambda: DAYS[-1])
    assert "contradict each other" in ledger.notices[0]
    ledger.close()
