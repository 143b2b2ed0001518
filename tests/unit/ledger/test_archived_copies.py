"""What is remembered of look-ups in web archives, and for how long."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from linkcheck.ledger import open_ledger
from linkcheck.ledger.archived_copies import KEPT, KEPT_IF_NONE, forget_old_copies, keep_copy, key_of, recall_copy
from linkcheck.model import ArchivedCopy
from linkcheck.timestamps import timestamp_of

NIGHT = datetime(2026, 12, 1, 4, tzinfo=UTC)
COPY = ArchivedCopy("https://archive.example/1", "2021-06-04T10:11:12Z", "Bridge", verified=True)
SECOND = timedelta(seconds=1)


@pytest.fixture
def database() -> sqlite3.Connection:
    return open_ledger(None, stamp=lambda: timestamp_of(NIGHT)).database


@pytest.mark.parametrize(
    ("copy", "kept"),
    [(COPY, KEPT), (ArchivedCopy(COPY.url, COPY.datetime), KEPT_IF_NONE), (None, KEPT_IF_NONE)],
    ids=["a copy", "an unverified copy", "no copy"],
)
def test_a_result_is_remembered_for_a_while(
    database: sqlite3.Connection, copy: ArchivedCopy | None, kept: timedelta
) -> None:
    keep_copy(database, "k", copy, now=timestamp_of(NIGHT))
    assert recall_copy(database, "k", now=timestamp_of(NIGHT)) == (copy,)
    assert recall_copy(database, "k", now=timestamp_of(NIGHT + kept - SECOND)) == (copy,)
    assert recall_copy(database, "k", now=timestamp_of(NIGHT + kept)) is None
    assert recall_copy(database, "other", now=timestamp_of(NIGHT)) is None


def test_the_last_result_counts(database: sqlite3.Connection) -> None:
    keep_copy(database, "k", None, now=timestamp_of(NIGHT))
    keep_copy(database, "k", COPY, now=timestamp_of(NIGHT))
    assert recall_copy(database, "k", now=timestamp_of(NIGHT)) == (COPY,)


@pytest.mark.parametrize(("looked_up_at", "record"), [("x", b"\xc0"), (timestamp_of(NIGHT), b"\xff\xff"), (5, b"\xc0")])
def test_a_damaged_row_is_as_if_there_were_none(database: sqlite3.Connection, looked_up_at: object, record: bytes) -> None:
    database.execute("INSERT INTO archived_copy VALUES ('k', ?, ?)", (looked_up_at, record))
    assert recall_copy(database, "k", now=timestamp_of(NIGHT)) is None


def test_what_no_run_recalls_is_deleted(database: sqlite3.Connection) -> None:
    keep_copy(database, "old", COPY, now=timestamp_of(NIGHT - KEPT - SECOND))
    keep_copy(database, "young", COPY, now=timestamp_of(NIGHT - KEPT + SECOND))
    forget_old_copies(database, now="not a time")
    assert database.execute("SELECT count(*) FROM archived_copy").fetchone() == (2,)
    forget_old_copies(database, now=timestamp_of(NIGHT))
    assert database.execute("SELECT key FROM archived_copy").fetchall() == [("young",)]


def test_a_key_tells_a_missing_part_from_an_empty_one() -> None:
    assert len({key_of("a", None), key_of("a", ""), key_of("a"), key_of("a", "b"), key_of("ab")}) == 5
