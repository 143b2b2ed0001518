"""A history that is damaged, full or gone while a run is recorded: what is kept, told and released."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from linkcheck.errors import IncompleteError
from linkcheck.judge import verdict
from linkcheck.ledger import JudgedOutcome, Ledger, Notes, PlannedLink, open_ledger
from linkcheck.model import (
    SEVERITIES,
    Answer,
    Article,
    Finding,
    Link,
    Location,
    Outcome,
    Probe,
    Role,
    Severity,
    Span,
    Summary,
    Target,
    VerdictKind,
)

DAY_ONE, DAY_TWO = "2026-11-01T06:00:00Z", "2026-11-02T06:00:00Z"
URL = "https://a.example/"
TABLES = {"run": "id", "article": "run", "target": "run", "link": "run", "finding": "run"}
NOT_KEPT = "the results of this run are in its reports but not in the history"
DAMAGED = f"PATH is damaged (malformed) and was moved to h.db.corrupt-{DAY_TWO.replace(':', '')}"
ASIDE = DAMAGED.rpartition(" ")[2]


class Failing:
    """A query that fails the first times, as SQLite would, and then returns the number of its calls."""

    def __init__(self, error: Exception, times: int = 1) -> None:
        self.error = error
        self.times = times
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return self.calls


def malformed(times: int = 1) -> Failing:
    return Failing(sqlite3.DatabaseError("malformed"), times)


def fill(ledger: Ledger) -> None:
    """Record a run with a row in each table."""
    ledger.begin(scope="check .")
    place = Location("a.md", Span(3, 9, 3, 30), "/webUrl")
    ledger.add_all(
        [(Article("a.md"), (), [PlannedLink(Link(place, Role.LINK, URL), Target(URL, Probe.STATUS, "a.example"))], Notes())]
    )
    outcome = Outcome(URL, Probe.STATUS, Answer(200, URL), checked_at=DAY_ONE)
    ledger.settle([JudgedOutcome(outcome, verdict(outcome))])
    ledger.add_findings([Finding("LC301", "moved-page", Severity.WARNING, place, "moved")])


def finish(ledger: Ledger) -> None:
    ledger.finish(
        Summary(
            started=DAY_ONE,
            seconds=1.0,
            complete=True,
            articles=1,
            links=1,
            targets=1,
            requests=1,
            verdicts=dict.fromkeys(VerdictKind, 0),
            findings=dict.fromkeys(SEVERITIES, 0),
        )
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history with one finished run, which remembers its URL."""
    path = tmp_path / "h.db"
    ledger = open_ledger(path, stamp=lambda: DAY_ONE)
    fill(ledger)
    ledger.remember(good=lambda _outcome, _kind: True)
    finish(ledger)
    ledger.close()
    return path


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """A second run, recorded in the history."""
    ledger = open_ledger(path, stamp=lambda: DAY_TWO)
    fill(ledger)
    yield ledger
    ledger.close()


def rows(ledger: Ledger, *, of_run: bool) -> dict[str, list[Any]]:
    where = f"= {ledger.run}" if of_run else f"!= {ledger.run}"
    return {
        table: ledger.database.execute(f"SELECT * FROM {table} WHERE {key} {where}").fetchall()
        for table, key in TABLES.items()
    }


def told(ledger: Ledger, path: Path) -> list[str]:
    return [notice.replace(str(path), "PATH") for notice in ledger.notices]


def test_a_run_continues_without_the_damaged_history(ledger: Ledger, path: Path) -> None:
    before = rows(ledger, of_run=True)
    assert [len(found) for found in before.values()] == [1, 1, 1, 1, 1]
    assert ledger.read(malformed()) == 2
    assert rows(ledger, of_run=True) == before
    assert not any(rows(ledger, of_run=False).values())
    assert told(ledger, path) == [f"{DAMAGED}: {NOT_KEPT}"]
    assert ledger.write_error == DAMAGED.replace("PATH", str(path))
    assert ledger.memory == "main"
    assert [each.name for each in path.parent.glob("*.db*") if each.suffix != ".lock"] == [ASIDE]
    ledger.check_place()
    ledger.remember(good=lambda _outcome, _kind: True)
    finish(ledger)
    assert len(ledger.notices) == 1
    assert not path.exists()


@pytest.mark.parametrize(
    "error", [sqlite3.DatabaseError("malformed"), sqlite3.IntegrityError("malformed")], ids=["corrupt", "contradictory"]
)
def test_what_a_damaged_history_cannot_take_is_written_in_memory(ledger: Ledger, path: Path, error: Exception) -> None:
    failing = Failing(error)
    ledger._write(failing)
    assert failing.calls == 2
    assert told(ledger, path) == [f"{DAMAGED}: {NOT_KEPT}"]
    assert [len(found) for found in rows(ledger, of_run=True).values()] == [1, 1, 1, 1, 1]


def test_what_cannot_be_written_is_kept_with_all_that_is_remembered(ledger: Ledger, path: Path) -> None:
    others = rows(ledger, of_run=False)
    failing = Failing(sqlite3.OperationalError("disk I/O error"))
    ledger._write(failing)
    assert failing.calls == 2
    assert told(ledger, path) == [f"PATH could not be written (disk I/O error): {NOT_KEPT}"]
    assert ledger.write_error == f"{path} could not be written (disk I/O error)"
    assert rows(ledger, of_run=False) == others
    assert ledger.database.execute("PRAGMA database_list").fetchall()[0][2] == ""
    assert ledger.database.execute("PRAGMA temp_store").fetchone() == (2,)
    assert path.exists()
    path.unlink()
    ledger.check_place()
    assert len(ledger.notices) == 1


def test_an_unnamed_run_continues_in_memory_if_the_temporary_folder_is_full(tmp_path: Path) -> None:
    ledger = open_ledger(None, stamp=lambda: DAY_ONE)
    fill(ledger)
    before = rows(ledger, of_run=True)
    ledger._write(Failing(sqlite3.OperationalError("database or disk is full")))
    assert told(ledger, tmp_path) == [f"the temporary folder could not be written (database or disk is full): {NOT_KEPT}"]
    assert rows(ledger, of_run=True) == before
    ledger.close()


@pytest.mark.parametrize(
    "error", [sqlite3.DatabaseError("malformed"), sqlite3.IntegrityError("x"), sqlite3.ProgrammingError("x")]
)
def test_an_unnamed_run_has_nothing_to_fall_back_on(error: Exception) -> None:
    ledger = open_ledger(None, stamp=lambda: DAY_ONE)
    ledger.begin(scope="check .")
    with pytest.raises(type(error)):
        ledger._write(Failing(error))
    with pytest.raises(type(error)):
        ledger.read(Failing(error))
    assert (ledger.notices, ledger.write_error) == ((), None)
    ledger.close()


@pytest.mark.parametrize("use", [Ledger.read, Ledger._write])
def test_memory_fails_only_once(ledger: Ledger, use: Callable[[Ledger, Failing], int]) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        use(ledger, malformed(2))
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        use(ledger, malformed())
    assert len(ledger.notices) == 1


def test_an_error_of_a_query_is_no_damage(ledger: Ledger, path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        ledger.read(Failing(sqlite3.OperationalError("no such column")))
    with pytest.raises(sqlite3.ProgrammingError):
        ledger._write(Failing(sqlite3.ProgrammingError("wrong number of bindings")))
    assert (ledger.notices, ledger.write_error, path.exists()) == ((), None, True)


def test_a_run_whose_own_rows_are_lost_is_over(ledger: Ledger, path: Path) -> None:
    ledger.database.execute("DROP TABLE run_finding")
    with pytest.raises(IncompleteError) as ended:
        ledger.read(malformed())
    assert str(ended.value).replace(str(path), "PATH") == f"{DAMAGED}; run the check again"
    again = open_ledger(path, stamp=lambda: DAY_TWO)  # it is no longer locked
    assert (again.notices, again.write_error) == ((), None)
    again.close()


def test_a_contradictory_history_without_the_rows_of_the_run_is_no_damaged_file(ledger: Ledger, path: Path) -> None:
    ledger.database.execute("DROP TABLE run_finding")
    with pytest.raises(sqlite3.IntegrityError, match="a contradiction"):
        ledger._write(Failing(sqlite3.IntegrityError("a contradiction")))
    assert (ledger.notices, path.exists()) == ((), True)


def test_what_can_neither_be_written_nor_copied_is_an_error(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = sqlite3.connect(":memory:")
    closed.close()
    monkeypatch.setattr("linkcheck.ledger.ledger._memory_database", lambda: closed)
    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        ledger._write(Failing(sqlite3.OperationalError("disk I/O error")))
    assert (ledger.notices, ledger.write_error, path.exists()) == ((), None, True)
    assert len(rows(ledger, of_run=True)["finding"]) == 1


def test_a_transaction_that_sqlite_has_ended_is_not_ended_again(ledger: Ledger) -> None:
    def write() -> None:
        ledger.database.execute("ROLLBACK")
        raise KeyError("a mistake")

    with pytest.raises(KeyError):
        ledger._write(write)


def test_a_damaged_history_that_cannot_be_moved_is_to_be_deleted(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError("in use")

    monkeypatch.setattr(Path, "rename", refuse)
    assert ledger.read(malformed()) == 2
    assert told(ledger, path) == [f"PATH is damaged (malformed) and cannot be moved; delete it: {NOT_KEPT}"]


def test_a_damaged_history_that_is_only_read_is_read_no_longer(ledger: Ledger, path: Path) -> None:
    reading = open_ledger(path, stamp=lambda: DAY_TWO)
    assert (reading.memory, len(reading.notices)) == ("history", 1)
    assert reading.read(malformed()) == 2
    assert reading.memory == "main"
    assert reading.notices[1:] == ("the history is damaged (malformed) and is no longer read",)
    assert (reading.write_error, ledger.write_error) == (None, None)
    with pytest.raises(sqlite3.DatabaseError):
        reading.read(malformed())
    reading.close()


def test_a_write_is_whole_or_undone(ledger: Ledger) -> None:
    def write() -> None:
        ledger.database.execute("DELETE FROM run_finding")
        raise KeyError("a mistake")

    before = rows(ledger, of_run=True)
    with pytest.raises(KeyError):
        ledger._write(write)
    assert rows(ledger, of_run=True) == before
    assert not ledger.database.in_transaction


def test_a_history_that_was_replaced_is_told(ledger: Ledger, path: Path) -> None:
    ledger.check_place()
    assert ledger.notices == ()
    path.rename(path.with_name("other.db"))
    path.write_bytes(b"")
    ledger.check_place()
    assert told(ledger, path) == [f"PATH was deleted or replaced during the run: {NOT_KEPT}"]
    ledger._not_kept("a second reason")
    assert ledger.write_error == f"{path} was deleted or replaced during the run"


# The end of a run by an error


def test_a_history_found_damaged_at_the_end_is_moved_and_released(ledger: Ledger, path: Path) -> None:
    with pytest.raises(IncompleteError) as ended:
        ledger.abandon(sqlite3.DatabaseError("malformed"))
    assert str(ended.value).replace(str(path), "PATH") == f"{DAMAGED}; run the check again"
    assert (path.parent / ASIDE).exists()
    again = open_ledger(path, stamp=lambda: DAY_TWO)
    assert again.write_error is None
    again.close()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), sqlite3.OperationalError("disk I/O error")])
def test_any_other_error_releases_the_history_as_it_is(ledger: Ledger, path: Path, error: BaseException) -> None:
    ledger.abandon(error)
    again = open_ledger(path, stamp=lambda: DAY_TWO)
    assert again.notices == ()
    assert again.database.execute("SELECT count(*) FROM run").fetchone() == (2,)
    again.close()


def test_what_is_in_memory_or_unnamed_is_only_closed(ledger: Ledger) -> None:
    unnamed = open_ledger(None, stamp=lambda: DAY_ONE)
    ledger.read(malformed())
    for each in (ledger, unnamed):
        each.abandon(sqlite3.DatabaseError("malformed"))
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            each.database.execute("SELECT 1")
