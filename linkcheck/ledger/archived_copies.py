"""Remembers the copies in web archives that were looked up, and that there were none."""

import sqlite3
from datetime import datetime, timedelta

import msgspec

from linkcheck.ledger.damage import is_time
from linkcheck.ledger.encoding import encode
from linkcheck.model import ArchivedCopy, digest

KEPT = timedelta(days=90)
"""A copy is looked up again after so many days."""
KEPT_IF_NONE = timedelta(days=7)
"""Likewise if no archive had one: it may get one."""

_copies = msgspec.msgpack.Decoder(ArchivedCopy | None)


def key_of(*parts: str | None) -> str:
    """What identifies a look-up: what was looked for, and where."""
    return digest(*("" if part is None else f"={part}" for part in parts))


def recall_copy(database: sqlite3.Connection, key: str, *, now: str) -> tuple[ArchivedCopy | None] | None:
    """What was found by a look-up that is recent enough; None if there was no such look-up."""
    row = database.execute("SELECT looked_up_at, record FROM archived_copy WHERE key = ?", (key,)).fetchone()
    if row is None or not is_time(row[0]):
        return None
    try:
        copy = _copies.decode(row[1])
    except (msgspec.DecodeError, TypeError):
        return None
    age = datetime.fromisoformat(now) - datetime.fromisoformat(row[0])
    return (copy,) if age < (KEPT_IF_NONE if copy is None or not copy.verified else KEPT) else None


def keep_copy(database: sqlite3.Connection, key: str, copy: ArchivedCopy | None, *, now: str) -> None:
    database.execute("INSERT OR REPLACE INTO archived_copy VALUES (?, ?, ?)", (key, now, encode(copy)))


def forget_old_copies(database: sqlite3.Connection, *, now: str) -> None:
    """Delete what no run would recall."""
    if is_time(now):
        oldest = (datetime.fromisoformat(now) - KEPT).isoformat().replace("+00:00", "Z")
        database.execute("DELETE FROM archived_copy WHERE looked_up_at < ?", (oldest,))
