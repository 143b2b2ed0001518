"""Which runs of a history are kept in full, and the deletion of the others."""

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from linkcheck.ledger.damage import is_time

DAYS_KEPT = 7
"""All runs of so many days are kept in full."""
WEEKS_KEPT = 52
"""Of older ones, the last of each week; of the others, only the summary remains."""
FREE_PAGES = 10
"""A file gives back its free pages if they are more than one in so many: the next run fills a few."""


def surplus_runs(database: sqlite3.Connection, *, now: str) -> list[int]:
    """The runs of which only the summary is to be kept, according to their age.

    The last complete run of each scope is kept in full, because the next one is compared with it, and of each week the last
    complete run of each scope, or the last one if none is complete.
    """
    if not is_time(now):
        return []
    last: set[str] = set()
    weeks: set[tuple[str, int]] = set()
    surplus = []
    rows = database.execute(
        "SELECT id, started, scope, state FROM run WHERE NOT is_thinned ORDER BY state != 'done', id DESC"
    ).fetchall()
    for run, started, scope, state in rows:
        if not is_time(started):
            continue
        week, age = (scope, datetime.fromisoformat(started).toordinal() // 7), _age(started, now)
        is_last = state == "done" and scope not in last
        if is_last:
            last.add(scope)
        if age > timedelta(days=DAYS_KEPT) and not is_last and (week in weeks or age > timedelta(weeks=WEEKS_KEPT)):
            surplus.append(run)
        else:
            weeks.add(week)
    return surplus


def runs_before(database: sqlite3.Connection, keep: int) -> list[int]:
    """The runs that are kept in full, except the last `keep` that ended and what was begun after the first of these.

    The last complete run of each scope is not among them.
    """
    ended = "SELECT id FROM run WHERE summary IS NOT NULL AND NOT is_thinned ORDER BY id DESC LIMIT 1 OFFSET ?"
    # The next run of a scope is compared with the last complete one.
    last = "SELECT max(id) FROM run WHERE state = 'done' AND NOT is_thinned GROUP BY scope"
    rows = database.execute(
        f"SELECT id FROM run WHERE NOT is_thinned AND id < ({ended}) AND id NOT IN ({last}) ORDER BY id", (keep - 1,)
    )
    return [row for (row,) in rows]


def thin_by_age(database: sqlite3.Connection, *, now: str) -> None:
    """Delete the details of surplus runs, and the summaries of very old ones."""
    thin(database, surplus_runs(database, now=now))
    for run, started in database.execute("SELECT id, started FROM run WHERE is_thinned").fetchall():
        if is_time(now) and is_time(started) and _age(started, now) > timedelta(weeks=WEEKS_KEPT):
            database.execute("DELETE FROM run WHERE id = ?", (run,))


def _age(started: str, now: str) -> timedelta:
    return datetime.fromisoformat(now) - datetime.fromisoformat(started)


def thin(database: sqlite3.Connection, runs: Iterable[int]) -> None:
    """Delete the details of runs. A run without a summary, which was killed, is deleted altogether."""
    for run in runs:
        forget_details(database, run)
        database.execute("UPDATE run SET is_thinned = 1 WHERE id = ?", (run,))
        database.execute("DELETE FROM run WHERE id = ? AND summary IS NULL", (run,))


def forget_run(database: sqlite3.Connection, run: int) -> None:
    """Delete a run, and what only this run refers to."""
    forget_details(database, run)
    database.execute("DELETE FROM run WHERE id = ?", (run,))


def forget_details(database: sqlite3.Connection, run: int) -> None:
    """Delete what only this run refers to. The time depends on the size of this run, not on the number of runs."""
    execute = database.execute
    articles = _only_of(database, run, "run_article", "article")
    results = _only_of(database, run, "run_target", "result")
    findings = _only_of(database, run, "run_finding", "finding")
    for table in ("run_article", "run_target", "run_finding", "problem", "claim"):
        execute(f"DELETE FROM {table} WHERE run = ?", (run,))
    addresses: set[int] = set()
    for article in articles:
        addresses.update(row for (row,) in execute("SELECT address FROM shared_link WHERE article = ?", (article,)))
        execute("DELETE FROM shared_link WHERE article = ?", (article,))
        execute("DELETE FROM shared_article WHERE id = ?", (article,))
    _delete_unused(database, "address", addresses, "shared_link")
    delete_results(database, results)
    database.executemany("DELETE FROM shared_finding WHERE id = ?", ((row,) for row in findings))


def delete_results(database: sqlite3.Connection, results: Sequence[int]) -> None:
    """Delete results that no run refers to, with the outcomes that then have none."""
    outcomes: set[int] = set()
    for result in results:
        outcomes.update(
            row
            for (row,) in database.execute("DELETE FROM result WHERE id = ? RETURNING outcome", (result,))
            if row is not None
        )
    _delete_unused(database, "outcome", outcomes, "result")


def _only_of(database: sqlite3.Connection, run: int, table: str, column: str) -> Sequence[int]:
    """The rows that this run refers to and no other."""
    rows = database.execute(
        f"SELECT {column} FROM (SELECT DISTINCT {column} FROM {table} WHERE run = :run AND {column} IS NOT NULL) AS mine "
        f"WHERE NOT EXISTS (SELECT 1 FROM {table} AS other WHERE other.{column} = mine.{column} AND other.run < :run) "
        f"AND NOT EXISTS (SELECT 1 FROM {table} AS other WHERE other.{column} = mine.{column} AND other.run > :run)",
        {"run": run},
    )
    return array("q", (row for (row,) in rows))


def _delete_unused(database: sqlite3.Connection, table: str, rows: Iterable[int], user: str) -> None:
    database.executemany(
        f"DELETE FROM {table} WHERE id = ? AND NOT EXISTS (SELECT 1 FROM {user} WHERE {user}.{table} = {table}.id)",
        ((row,) for row in rows),
    )


def give_back(database: sqlite3.Connection) -> None:
    """Shrink the file if many of its pages are free. If that fails, it stays as it is, and the run is in it nevertheless."""
    with suppress(sqlite3.DatabaseError):
        (free,) = database.execute("PRAGMA freelist_count").fetchone()
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        if free * FREE_PAGES > pages:
            database.executescript("PRAGMA incremental_vacuum")


def shrink(database: sqlite3.Connection) -> None:
    """Make the file as small as possible, and able to give back free pages later. On a full disk, it stays as it is."""
    with suppress(sqlite3.DatabaseError):
        database.execute("PRAGMA auto_vacuum=INCREMENTAL")
        database.execute("VACUUM")
