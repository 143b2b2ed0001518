"""Damage to a history: records of earlier runs that can no longer be read, and what SQLite says of a damaged file."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from linkcheck.model import Outcome, VerdictKind
from linkcheck.urls import InvalidUrl, parse_url

_T = TypeVar("_T")
_outcomes = msgspec.msgpack.Decoder(Outcome)

readable_text = partial(str, encoding="utf-8", errors="replace")
"""The `text_factory` of a connection: bytes that are no UTF-8 must not end a query."""


class Damage:
    """The records of earlier runs that could not be read, each counted once."""

    def __init__(self) -> None:
        self._found: set[tuple[str, object]] = set()
        self._to_remove: list[tuple[str, object]] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, table: str, key: object) -> None:
        """Note a row of a table of `KEYS` by its key."""
        if (table, key) not in self._found:
            self._found.add((table, key))
            self._to_remove.append((table, key))

    def take(self) -> list[tuple[str, object]]:
        """The rows noted since it was called last, to be removed."""
        taken, self._to_remove = self._to_remove, []
        return taken


KEYS = {"memory": "url", "strike": "url", "finding": "id", "target": "id", "run": "id"}
"""The tables that outlast a run, and the column that names a row."""


def decode(decoder: Callable[[bytes], _T], blob: object) -> _T | None:
    """The record, None where the bytes are no such record."""
    if not isinstance(blob, bytes):
        return None
    try:
        return decoder(blob)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def decode_outcome(url: object, verdict: object, blob: object) -> Outcome | None:
    """An outcome that an earlier run had for a URL, None where it, or its verdict, does not make sense."""
    outcome = decode(_outcomes.decode, blob)
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
    """Whether this is a time of day with its zone (RFC 3339)."""
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def is_corrupt(error: sqlite3.DatabaseError) -> bool:
    """Whether SQLite says that the file is damaged."""
    # sqlite3 gives error codes from Python 3.11 on, but none for what we raise ourselves.
    unnumbered = sqlite3.SQLITE_CORRUPT if type(error) is sqlite3.DatabaseError else sqlite3.SQLITE_ERROR
    code: int = getattr(error, "sqlite_errorcode", unnumbered)
    return (code & 0xFF) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def set_aside(path: Path, stamp: str) -> Path:
    """Rename a damaged history, so that the next run starts a new one."""
    aside = path.with_name(f"{path.name}.corrupt-{stamp.replace(':', '')}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside
