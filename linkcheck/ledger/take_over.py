"""Copies the rows of a history in which each run had its own into the tables that runs share."""

import sqlite3
from array import array
from collections.abc import Sequence

import msgspec

from linkcheck.ledger.damage import decode
from linkcheck.ledger.outcomes import split
from linkcheck.ledger.shared_rows import LINK_COLUMNS, SHARED, share, share_article, share_result
from linkcheck.ledger.thinning import surplus_runs
from linkcheck.model import Outcome

OLD_TABLES = ("old_finding", "old_link", "old_target", "old_article")
_outcomes = msgspec.msgpack.Decoder(Outcome)
_ARTICLE = f"SELECT {', '.join(SHARED['shared_article'])} FROM old_article WHERE id = ?"
_FINDING = f"SELECT problem, {', '.join(SHARED['shared_finding'])} FROM old_finding WHERE id = ?"
_LINKS = (
    f"SELECT url, host, {', '.join(f'old_link.{column}' for column in LINK_COLUMNS)} "
    "FROM old_link JOIN old_target ON old_target.id = old_link.target WHERE old_link.article = ? ORDER BY old_link.id"
)


def take_over(database: sqlite3.Connection) -> None:
    """Copy the rows of the `OLD_TABLES` except those of runs to be thinned, and delete these tables. Needs little memory."""
    runs = database.execute("SELECT id, started FROM run ORDER BY id").fetchall()
    surplus = surplus_runs(database, now=runs[-1][1]) if runs else []
    database.execute("CREATE TEMP TABLE new_finding (id INTEGER PRIMARY KEY, finding INTEGER NOT NULL)")
    for run, _ in runs:
        if run in surplus:
            database.execute("UPDATE run SET is_thinned = 1 WHERE id = ?", (run,))
            database.execute("DELETE FROM problem WHERE run = ?", (run,))
            continue
        for row in _rows_of(database, "old_target", run):
            _copy_target(database, row)
        for number, row in enumerate(_rows_of(database, "old_article", run), 1):
            _copy_article(database, run, number, row)
        for number, row in enumerate(_rows_of(database, "old_finding", run), 1):
            problem, *values = database.execute(_FINDING, (row,)).fetchone()
            finding = share(database, "shared_finding", tuple(values))
            database.execute("INSERT INTO run_finding VALUES (?, ?, ?, ?)", (run, number, finding, problem))
            database.execute("INSERT INTO new_finding VALUES (?, ?)", (row, finding))
    database.execute("UPDATE problem SET first = (SELECT finding FROM new_finding WHERE id = first) WHERE first IS NOT NULL")
    database.execute("DROP TABLE new_finding")
    for table in OLD_TABLES:
        database.execute(f"DROP TABLE {table}")


def _rows_of(database: sqlite3.Connection, table: str, run: int) -> Sequence[int]:
    return array("q", (row for (row,) in database.execute(f"SELECT id FROM {table} WHERE run = ? ORDER BY id", (run,))))


def _copy_target(database: sqlite3.Connection, row: int) -> None:
    run, url, host, *probe, verdict, reason, requests, seconds, answered, landing, blob = database.execute(
        "SELECT run, url, host, closeness, asked, means, verdict, reason, requests, seconds, answered, landing, outcome "
        "FROM old_target WHERE id = ?",
        (row,),
    ).fetchone()
    outcome = visit = result = checked_at = None
    reused = False
    if blob is not None:
        decoded = decode(_outcomes.decode, blob)
        # Damaged bytes are kept as they are, to be recognized when they are read.
        record, visit = (blob, b"") if decoded is None else split(decoded)
        checked_at, reused = ("", False) if decoded is None else (decoded.checked_at, decoded.reused)
        outcome = share(database, "outcome", (answered, landing, record))
    if verdict is not None:
        result = share_result(database, (verdict, reason, requests, seconds, checked_at, outcome, visit))
    database.execute(
        "INSERT INTO run_target (run, address, closeness, asked, means, result, reused) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (run, share(database, "address", (url, host), key=url), *probe, result, 2 * reused),
    )


def _copy_article(database: sqlite3.Connection, run: int, number: int, row: int) -> None:
    links = [list(link) for link in database.execute(_LINKS, (row,)).fetchall()]
    judged: list[tuple[str, str]] = []
    for link in links:
        verdict, reason, _, skip, local = link[-5:]
        if verdict is not None and skip is None and local is None:
            judged.append((verdict, reason))
            link[-5:-3] = (None, None)
        else:
            judged.append(("", ""))
    article, addresses = share_article(
        database, database.execute(_ARTICLE, (row,)).fetchone(), [tuple(link) for link in links]
    )
    database.execute("INSERT INTO run_article VALUES (?, ?, ?)", (run, number, article))
    database.executemany(
        "UPDATE run_target SET page_verdict = ?, page_reason = ? WHERE run = ? AND address = ?",
        [(*verdict, run, address) for verdict, address in zip(judged, addresses, strict=True) if verdict[0]],
    )
