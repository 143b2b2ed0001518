"""Histories in the layouts of earlier versions."""

import sqlite3
from pathlib import Path

import msgspec

from linkcheck.ledger import Ledger
from linkcheck.ledger.outcomes import OUTCOME, join
from linkcheck.ledger.tables import APPLICATION_ID, LINK_VERDICT, MIGRATIONS

WITH_PROBLEMS = 4
"""The first layout that has problems."""
_TARGETS = f"""SELECT id, run, url, closeness, host, asked, verdict, reason, requests, seconds, answered, landing, means,
    {OUTCOME} FROM target ORDER BY run, id"""
_LINKS = f"""SELECT link.id, link.run, link.number, link.target, link.role, pointer, width, height, link.record, skip, local,
    {LINK_VERDICT}, coalesce(link.verdict, target.page_verdict) IS NOT NULL
    FROM link JOIN target ON target.run = link.run AND target.id = link.target ORDER BY link.run, link.number, link.id"""


def former(ledger: Ledger, path: Path, *, layout: int) -> None:
    """Write the runs of a ledger to a new history in an older layout, in which each run had its own rows."""
    old, new = sqlite3.connect(path, isolation_level=None), ledger.database
    for migration in MIGRATIONS[:layout]:
        old.executescript(migration)
    old.executescript(f"PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={layout}")

    def insert(table: str, *values: object) -> int:
        return old.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(values))})", values).lastrowid or 0

    for row in new.execute("SELECT id, started, state, scope, summary FROM run"):
        insert("run", *row)
    for table in ("memory", "strike"):
        for row in new.execute(f"SELECT * FROM {table}"):
            insert(table, *row)
    targets, articles = {}, {}
    for row, run, *columns, means, record, visit, requests, seconds, checked_at, reused in new.execute(_TARGETS):
        blob = None
        if record is not None:
            blob = msgspec.msgpack.encode(join(record, visit, requests, seconds, checked_at, reused))
        targets[run, row] = insert("target", None, run, *columns, blob, means)
    for run, number, *columns in new.execute("SELECT run, number, path, record, violations, notes FROM article"):
        articles[run, number] = insert("article", None, run, *columns)
    for _, run, number, target, role, pointer, width, height, record, skip, local, *verdict, is_own in new.execute(_LINKS):
        own = verdict if is_own and (skip or local or role != "image") else (None, None)
        place = (articles[run, number], targets[run, target], role, pointer, width, height)
        insert("link", None, run, *place, *own, record, skip, local)
    findings: dict[tuple[int, int], int] = {}
    columns_of = "path, line, column, code, severity, status, fingerprint, record, problem, common, fixable"
    for run, shared, *columns in new.execute(f"SELECT run, id, {columns_of} FROM finding ORDER BY run, number"):
        # The first layouts have no problems.
        row = insert("finding", None, run, *(columns if layout >= WITH_PROBLEMS else columns[:-3]))
        findings.setdefault((run, shared), row)
    if layout >= WITH_PROBLEMS:
        for row, run, problem, status, severity, first, *columns in new.execute("SELECT * FROM problem"):
            insert("problem", row, run, problem, status, severity, findings.get((run, first)), *columns)
        for values in new.execute("SELECT * FROM known_problem"):
            insert("known_problem", *values)
    old.close()
