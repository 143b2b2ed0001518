"""Which runs are kept in full, what remains of the others, and that the file becomes smaller."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from linkcheck.ledger import Ledger, Notes, open_ledger, open_recorded
from linkcheck.ledger.thinning import DAYS_KEPT, WEEKS_KEPT, give_back, shrink, surplus_runs
from linkcheck.model import SEVERITIES, Article, Summary, VerdictKind
from linkcheck.timestamps import timestamp_of

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)  # a Monday


def summary(started: str, *, complete: bool = True) -> Summary:
    verdicts, findings = dict.fromkeys(VerdictKind, 0), dict.fromkeys(SEVERITIES, 0)
    return Summary(started, 1.0, complete, 1, 0, 0, 0, verdicts, findings)


def ago(**time: float) -> str:
    return timestamp_of(NOW - timedelta(**time))


def insert(ledger: Ledger, started: str, state: str = "done", scope: str = "check .") -> int:
    query = "INSERT INTO run (started, state, scope) VALUES (?, ?, ?)"
    return ledger.database.execute(query, (started, state, scope)).lastrowid or 0


def kept(ledger: Ledger) -> list[int]:
    """Days ago of the runs that are kept in full."""
    surplus = surplus_runs(ledger.database, now=ago(days=0))
    rows = ledger.database.execute("SELECT id, started FROM run ORDER BY id DESC")
    return [(NOW - datetime.fromisoformat(started)).days for row, started in rows if row not in surplus]


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    ledger = open_ledger(None, stamp=lambda: ago(days=0))
    yield ledger
    ledger.close()


def test_all_runs_of_a_week_and_one_of_each_week_before_are_kept(ledger: Ledger) -> None:
    assert (DAYS_KEPT, WEEKS_KEPT) == (7, 52)
    for days in range(400, -1, -1):
        insert(ledger, ago(days=days))
    found = kept(ledger)
    assert found[:8] == [0, 1, 2, 3, 4, 5, 6, 7]
    steps = {later - earlier for earlier, later in pairwise(found[9:])}
    assert steps == {7}
    assert 357 < found[-1] <= 364


def test_the_last_run_of_a_week_stays_the_same_one_until_it_is_too_old(ledger: Ledger) -> None:
    for days in range(60, -1, -1):
        insert(ledger, ago(days=days))
    later = NOW + timedelta(days=1)
    now_kept = set(range(1, 62)) - set(surplus_runs(ledger.database, now=ago(days=0)))
    later_kept = set(range(1, 62)) - set(surplus_runs(ledger.database, now=timestamp_of(later)))
    assert later_kept < now_kept


def test_a_complete_run_is_kept_before_one_that_is_not(ledger: Ledger) -> None:
    week = [insert(ledger, ago(days=days), state) for days, state in ((26, "done"), (25, "partial"), (24, "running"))]
    alone = [insert(ledger, ago(days=days), "partial") for days in (19, 18)]
    insert(ledger, ago(days=0))
    assert surplus_runs(ledger.database, now=ago(days=0)) == [alone[0], week[2], week[1]]


def test_the_last_complete_run_of_each_scope_is_kept_whatever_its_age(ledger: Ledger) -> None:
    old = [insert(ledger, ago(days=500 + number), scope=scope) for number, scope in ((1, "a"), (0, "a"), (0, "b"))]
    insert(ledger, ago(days=500), "partial", scope="c")
    assert surplus_runs(ledger.database, now=ago(days=0)) == [old[0], 4]


@pytest.mark.parametrize("started", ["yesterday", b"\xff", 3])
def test_runs_without_a_valid_time_are_left_alone(ledger: Ledger, started: object) -> None:
    insert(ledger, started)  # type: ignore[arg-type]
    insert(ledger, ago(days=-3))
    insert(ledger, ago(days=0))
    assert surplus_runs(ledger.database, now=ago(days=0)) == []
    assert surplus_runs(ledger.database, now="now") == []


def night(path: Path, now: str, *, articles: int = 1, complete: bool = True) -> None:
    ledger = open_ledger(path, stamp=lambda: now)
    ledger.begin(scope="check .")
    text = tuple(f"{now} {number} {'x' * 200}" for number in range(20))
    ledger.add_all((Article(f"{number}.md", lines=text), (), (), Notes()) for number in range(articles))
    ledger.finish(summary(now, complete=complete))
    ledger.close()


def test_of_a_thinned_run_the_summary_remains_for_a_year(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    for days in (400, 22, 21, 0):
        night(path, ago(days=days))
    ledger = open_ledger(path, stamp=lambda: ago(days=0))
    rows = ledger.database.execute("SELECT id, is_thinned, summary IS NULL FROM run ORDER BY id").fetchall()
    assert rows == [(2, 1, 0), (3, 0, 0), (4, 0, 0)]
    assert ledger.database.execute("SELECT DISTINCT run FROM run_article").fetchall() == [(3,), (4,)]
    assert ledger.database.execute("SELECT count(*) FROM shared_article").fetchone() == (2,)
    ledger.close()


def test_the_file_gives_back_what_was_thinned(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    night(path, ago(days=22), articles=120)
    night(path, ago(days=21))
    before = path.stat().st_size
    night(path, ago(days=0))
    assert path.stat().st_size < before / 4
    with open_recorded(path, None) as run:
        assert len(list(run.articles())) == 1


@pytest.mark.parametrize("shrinking", [give_back, shrink])
def test_a_full_disk_leaves_the_file_as_it_is(tmp_path: Path, shrinking: Callable[[sqlite3.Connection], None]) -> None:
    path = tmp_path / "history.sqlite3"
    night(path, ago(days=0), articles=100)
    with closing(sqlite3.connect(path)) as database:
        database.execute("DELETE FROM shared_article")
        database.commit()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        shrinking(database)
    with open_recorded(path, None) as run:
        assert run.summary().complete
