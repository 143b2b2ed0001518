"""Which file is a history, what is done about one that is not, and which of its runs is read."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from former_layouts import former

from linkcheck.errors import UsageError
from linkcheck.ledger import Ledger, RecordedRun, list_runs, open_ledger, open_recorded, store
from linkcheck.ledger.lock import Lock
from linkcheck.ledger.recorded_run import count
from linkcheck.ledger.tables import SHARING
from linkcheck.model import SEVERITIES, Summary, VerdictKind

STAMP = "2026-11-01T06:00:00Z"


def history(path: Path, *, runs: int = 0, complete: bool = True) -> Path:
    """A history with finished runs."""
    open_ledger(path, stamp=lambda: STAMP).close()
    for number in range(runs):
        ledger = open_ledger(path, stamp=lambda: STAMP)
        ledger.begin(scope="check .")
        ledger.finish(
            Summary(
                started=STAMP,
                seconds=number + 1.0,
                complete=complete,
                articles=1,
                links=1,
                targets=1,
                requests=1,
                verdicts=dict.fromkeys(VerdictKind, 0),
                findings=dict.fromkeys(SEVERITIES, 0),
            )
        )
        ledger.close()
    return path


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(statement)


def refusal(path: Path, run: int | None = None) -> str:
    with pytest.raises(UsageError) as refused, open_recorded(path, run):
        pass
    return str(refused.value).replace(str(path), "PATH")


def test_an_empty_file_becomes_a_history(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_bytes(b"")
    ledger = open_ledger(path, stamp=lambda: STAMP)
    assert ledger.notices == ()
    ledger.close()
    path.write_bytes(b"x")
    with pytest.raises(UsageError, match="not a linkcheck history"):
        open_ledger(path, stamp=lambda: STAMP)


def test_a_new_history_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "history.sqlite3", stamp=lambda: STAMP)
    assert ledger.database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ledger.database.execute("PRAGMA busy_timeout").fetchone() == (5000,)
    assert ledger.database.execute("PRAGMA cache_size").fetchone() == (-16384,)
    ledger.close()
    assert [each.name for each in tmp_path.iterdir() if not each.name.endswith(".lock")] == ["history.sqlite3"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (x)",
        "CREATE VIEW more AS SELECT 1",
        "CREATE TRIGGER more AFTER INSERT ON run BEGIN SELECT 1; END",
        "DROP VIEW finding",
        "PRAGMA user_version=-1",
    ],
)
def test_a_history_that_another_program_changed_is_moved_aside(statement: str, tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3")
    execute(path, statement)
    assert ("damaged or changed by another program" in refusal(path)) or ("not a history of this version" in refusal(path))
    ledger = open_ledger(path, stamp=lambda: STAMP)
    assert [
        notice.partition(" was damaged (its tables are not those of a linkcheck history)")[0] for notice in ledger.notices
    ] == [str(path)]
    ledger.close()
    assert (tmp_path / "history.sqlite3.corrupt-2026-11-01T060000Z").is_file()
    history(path)


def test_names_with_damaged_bytes_are_told(tmp_path: Path) -> None:
    """SQLite quotes them in its errors, which Python then cannot decode."""
    path = history(tmp_path / "history.sqlite3")
    name = "name = CAST(x'ff' AS TEXT), sql = 'CREATE TABLE ' || CAST(x'ff' AS TEXT) || '('"
    execute(path, f"PRAGMA writable_schema=ON; UPDATE sqlite_master SET {name} WHERE name = 'memory'")
    damage = "'utf-8' codec can't decode byte 0xff in position 27: invalid start byte"
    assert refusal(path) == f"PATH: the history cannot be read: {damage}"
    ledger = open_ledger(path, stamp=lambda: STAMP)
    aside = "history.sqlite3.corrupt-2026-11-01T060000Z"
    assert ledger.notices == (f"{path} was damaged ({damage}): it was moved to {aside}, and a new history was started",)
    ledger.close()


def test_texts_with_damaged_bytes_are_read(tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3", runs=1)
    execute(path, "UPDATE run SET scope = CAST(x'61ff' AS TEXT)")
    assert [each.scope for each in list_runs(path)] == ["a\ufffd"]
    open_ledger(path, stamp=lambda: STAMP).close()


def test_a_history_that_another_program_locks_is_only_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_MILLISECONDS", 0)
    path = history(tmp_path / "history.sqlite3")
    execute(path, "PRAGMA journal_mode=DELETE")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):  # The lock is released.
            ledger = open_ledger(path, stamp=lambda: STAMP)
            assert ledger.notices == (f"{path} cannot be written (database is locked): this run is not added to it",)
            assert (ledger.memory, ledger.write_error) == (
                "history",
                f"{path} could not be written (database is locked)",
            )
            ledger.close()


def test_a_new_run_has_nothing() -> None:
    ledger = open_ledger(None, stamp=lambda: STAMP)
    ledger.begin(scope="check .")
    assert set(count(ledger.database, ledger.run).values()) == {0}
    assert RecordedRun(ledger.database, ledger.run).unreadable == 0
    ledger.close()


def test_the_last_finished_run_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3", runs=2)
    for wanted, found in ((None, 2), (1, 1), (2, 2)):
        with open_recorded(path, wanted) as recorded:
            assert recorded.summary().seconds == found
    assert refusal(path, 3) == f"PATH: there is no run 3; runs: 2 ({STAMP}, complete), 1 ({STAMP}, complete)"


def test_a_run_that_is_listed_is_complete_or_not(tmp_path: Path) -> None:
    for complete, state in ((True, "complete"), (False, "incomplete")):
        path = history(tmp_path / f"{state}.sqlite3", runs=1, complete=complete)
        assert refusal(path, 9) == f"PATH: there is no run 9; runs: 1 ({STAMP}, {state})"


def test_ten_runs_are_listed(tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3", runs=11)
    assert refusal(path, 99).count("complete") == 10


def test_a_history_without_a_finished_run_is_not_read(tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3")
    assert refusal(path) == "PATH: there is no finished run; runs: no finished run"
    assert refusal(path, 1) == "PATH: there is no run 1; runs: no finished run"


@pytest.mark.parametrize("statement", ["PRAGMA user_version=99", "PRAGMA application_id=1", "PRAGMA user_version=0"])
def test_another_layout_or_another_database_is_not_read(statement: str, tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3", runs=1)
    execute(path, statement)
    assert refusal(path) == (
        "PATH: not a history of this version of linkcheck; `linkcheck check --history PATH` updates an older one"
    )


def test_what_is_no_database_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    assert refusal(path) == "the history PATH does not exist; create one with `linkcheck check --history PATH`"
    path.write_bytes(b"x" * 5_000)
    assert refusal(path).startswith("PATH: the history cannot be read: ")


def test_a_history_in_use_that_is_none_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    first = open_ledger(path, stamp=lambda: STAMP)
    first.database.execute("PRAGMA user_version=99")
    second = open_ledger(path, stamp=lambda: STAMP)
    assert second.notices[1:] == (f"{path} is not read either, because it is not a history of this version of linkcheck",)
    assert second.memory == "main"
    second.close()
    first.close()


def test_a_history_in_use_of_an_earlier_version_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    empty = open_ledger(None, stamp=lambda: STAMP)
    former(empty, path, layout=SHARING - 1)
    empty.close()
    lock = Lock(tmp_path / "history.sqlite3.lock")
    assert lock.acquire()
    ledger = open_ledger(path, stamp=lambda: STAMP)
    assert ledger.notices[1:] == (f"{path} is not read either, because it is not a history of this version of linkcheck",)
    assert ledger.memory == "main"
    ledger.close()
    lock.release()


def test_the_lock_is_released_if_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite3"
    execute(path, "CREATE TABLE t (x)")
    for _ in range(2):
        with pytest.raises(UsageError, match="not a linkcheck history"):
            open_ledger(path, stamp=lambda: STAMP)
    path.unlink()
    ledger = open_ledger(path, stamp=lambda: STAMP)
    assert ledger.notices == ()
    ledger.close()


def test_a_ledger_that_is_not_kept_has_the_tables_of_a_history(tmp_path: Path) -> None:
    def layout(ledger: Ledger) -> list[Any]:
        names = [name for (name,) in ledger.database.execute("SELECT name FROM sqlite_master ORDER BY name")]
        columns = [ledger.database.execute(f"SELECT * FROM pragma_table_info('{name}')").fetchall() for name in names]
        ledger.close()
        return [names, columns]

    assert layout(open_ledger(None, stamp=lambda: STAMP)) == layout(open_ledger(tmp_path / "h.db", stamp=lambda: STAMP))


def test_a_history_in_use_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3")
    other = open_ledger(path, stamp=lambda: STAMP)
    try:
        path.write_bytes(b"x" * 4_096)
        ledger = open_ledger(path, stamp=lambda: STAMP)
        assert [notice.replace(str(path), "PATH") for notice in ledger.notices][1:] == [
            "PATH cannot be read either (file is not a database)"
        ]
        ledger.close()
    finally:
        with suppress(sqlite3.DatabaseError):
            other.close()


def test_only_the_run_that_uses_the_history_is_running(tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3")
    for expected in ([True], [True, False]):
        ledger = open_ledger(path, stamp=lambda: STAMP)
        ledger.begin(scope="check .")
        assert [each.is_running for each in list_runs(path)] == expected
        ledger.close()
        assert not any(each.is_running for each in list_runs(path))
    assert [(each.number, each.started, each.scope, each.summary) for each in list_runs(path)] == [
        (2, STAMP, "check .", None),
        (1, STAMP, "check .", None),
    ]
    (tmp_path / "history.sqlite3.lock").unlink(missing_ok=True)
    assert not any(each.is_running for each in list_runs(path))


def test_a_history_can_be_used_after_its_runs_were_listed(tmp_path: Path) -> None:
    path = history(tmp_path / "history.sqlite3", runs=1)
    assert [each.is_running for each in list_runs(path)] == [False]
    ledger = open_ledger(path, stamp=lambda: STAMP)
    assert ledger.notices == ()
    ledger.close()
