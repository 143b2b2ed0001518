"""Damage to a history: unreadable records of earlier runs, and SQLite errors for a damaged file."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from linkcheck.ledger.outcomes import join
from linkcheck.model import Outcome, VerdictKind
from linkcheck.urls import InvalidUrl, parse_url

_T = TypeVar("_T")
_outcomes = msgspec.msgpack.Decoder(Outcome)

readable_text = partial(str, encoding="utf-8", errors="replace")
"""The `text_factory` of a connection: invalid UTF-8 must not end a query."""


class Damage:
    """The unreadable records of earlier runs, each counted once."""

    def __init__(self) -> None:
        self._found: set[tuple[str, object]] = set()
        self._to_remove: list[tuple[str, object]] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, table: str, key: object) -> None:
        """Add a row of a table in `KEYS`, a run, a finding or a target by its key."""
        if (table, key) not in self._found:
            self._found.add((table, key))
            self._to_remove.append((table, key))

    def take(self) -> list[tuple[str, object]]:
        """The rows added since the last call, to be removed."""
        taken, self._to_remove = self._to_remove, []
        return taken


KEYS = {"memory": "url", "strike": "url", "known_problem": "id"}
"""The tables that belong to no run, and their key columns."""


def decode(decoder: Callable[[bytes], _T], blob: object) -> _T | None:
    """The record, None if the bytes are invalid."""
    if not isinstance(blob, bytes):
        return None
    try:
        return decoder(blob)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, TypeError):
        return None


def decode_outcome(url: object, verdict: object, *blobs: Any) -> Outcome | None:
    """The outcome of an earlier run for a URL, None if it or its verdict is invalid.

    `blobs` are its record, or the columns `outcomes.OUTCOME`.
    """
    record, *visit = blobs
    outcome = decode(lambda found: join(found, *visit) if visit else _outcomes.decode(found), record)
    if outcome is None or outcome.url != url or not is_verdict(verdict):
        return None
    if outcome.checked_at and not is_time(outcome.checked_at):
        return None
    try:
        for hop in outcome.hops:
            if hop.url != url:
                parse_url(hop.url)
        if outcome.answer is not None and outcome.answer.url != url:
            parse_url(outcome.answer.url)
    except InvalidUrl:
        return None
    return outcome


def is_verdict(value: object) -> bool:
    return isinstance(value, str) and value in {kind.value for kind in VerdictKind}


def is_time(value: object) -> bool:
    """Whether this is a date and time with its time zone (RFC 3339)."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def is_corrupt(error: sqlite3.DatabaseError) -> bool:
    """Whether SQLite reports that the file is damaged."""
    # sqlite3 provides error codes since Python 3.11, but none for exceptions raised here.
    unnumbered = sqlite3.SQLITE_CORRUPT if type(error) is sqlite3.DatabaseError else sqlite3.SQLITE_ERROR
    code: int = getattr(error, "sqlite_errorcode", unnumbered)
    return (code & 0xFF) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def set_aside(path: Path, stamp: str) -> Path:
    """Rename a damaged history, so that the next run creates a new one."""
    aside = path.with_name(f"{path.name}.corrupt-{stamp.replace(':', '')}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside
