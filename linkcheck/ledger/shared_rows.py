"""Rows that several runs share: each is stored once, and found again by a hash of its columns."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice

import msgspec

SHARED = {
    "address": ("url", "host"),
    "outcome": ("answered", "landing", "record"),
    "shared_article": ("path", "record", "violations", "notes"),
    "shared_finding": ("path", "line", "column", "code", "severity", "status", "fingerprint", "common", "fixable", "record"),
}
"""Tables with a column `hash`, and their other columns."""

LINK_COLUMNS = ("role", "pointer", "width", "height", "verdict", "reason", "record", "skip", "local")
"""The columns of a `shared_link` other than its article and address."""

_SELECT = {table: f"SELECT id, {', '.join(columns)} FROM {table} WHERE hash = ?" for table, columns in SHARED.items()}
_INSERT = {
    table: f"INSERT INTO {table} (hash, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
    for table, columns in SHARED.items()
}
_SELECT_LINKS = (
    f"SELECT address, url, host, {', '.join(LINK_COLUMNS)} FROM shared_link JOIN address ON address.id = address "
    "WHERE article = ? ORDER BY shared_link.id"
)
_INSERT_LINK = (
    f"INSERT INTO shared_link (article, address, {', '.join(LINK_COLUMNS)}) VALUES (?, ?{', ?' * len(LINK_COLUMNS)})"
)

_SELECT_ADDRESSES = "SELECT hash, id, url, host FROM address WHERE hash IN ({})"
_MOST_VALUES = 256
"""In one query; older versions of SQLite accept 999."""

RESULT_COLUMNS = ("verdict", "reason", "requests", "seconds", "checked_at", "outcome", "visit")
RECENT = 3
"""Results of an outcome that are compared: a later run reuses the last one."""
_SELECT_RESULTS = f"SELECT id, {', '.join(RESULT_COLUMNS)} FROM result"
_INSERT_RESULT = f"INSERT INTO result ({', '.join(RESULT_COLUMNS)}) VALUES (?{', ?' * (len(RESULT_COLUMNS) - 1)})"
_WITHOUT_OUTCOME = "outcome IS NULL AND verdict = ? AND reason IS ?"

_encode = msgspec.msgpack.Encoder().encode


def share(database: sqlite3.Connection, table: str, values: tuple[object, ...], *, key: object = None) -> int:
    """The id of the row of a table in `SHARED` with these values, which is added if there is none.

    `key` is hashed in place of the values if it identifies the row.
    """
    row, _ = _share(database, table, values, values if key is None else key, lambda _: True)
    return row


def share_article(
    database: sqlite3.Connection, values: tuple[object, ...], links: Sequence[tuple[object, ...]]
) -> tuple[int, list[int]]:
    """The id of the `shared_article` with these values and links, and the addresses of these; added if there is none.

    A link is its URL, host and `LINK_COLUMNS`.
    """
    addresses: list[int] = []

    def has_links(row: int) -> bool:
        found = database.execute(_SELECT_LINKS, (row,)).fetchall()
        addresses[:] = [address for address, *_ in found]
        return [columns for _, *columns in found] == [list(link) for link in links]

    row, is_new = _share(database, "shared_article", values, (values, links), has_links)
    if is_new:
        addresses[:] = _share_addresses(database, [(str(url), str(host)) for url, host, *_ in links])
        rows = [(row, address, *columns) for address, (_, _, *columns) in zip(addresses, links, strict=True)]
        database.executemany(_INSERT_LINK, rows)
    return row, addresses


def _share_addresses(database: sqlite3.Connection, wanted: Sequence[tuple[str, str]]) -> list[int]:
    """The ids of the addresses with these URLs and hosts, many at once; those that do not exist are added."""
    found: dict[tuple[str, str], int] = {}
    pairs = dict.fromkeys(wanted)
    for some in _slices({_hash(0, url): (url, host) for url, host in pairs}):
        query = _SELECT_ADDRESSES.format(", ".join("?" * len(some)))
        known = {bytes(identity): row for identity, *row in database.execute(query, tuple(some))}
        added = [(identity, *pair) for identity, pair in some.items() if identity not in known]
        if added:
            database.executemany(_INSERT["address"], added)
            known |= {bytes(identity): row for identity, *row in database.execute(query, tuple(some))}
        found |= {(url, host): row for row, url, host in known.values()}
    # Two URLs with one hash, and damaged rows.
    return [found[pair] if pair in found else share(database, "address", pair, key=pair[0]) for pair in wanted]


def _slices(items: dict[bytes, tuple[str, str]]) -> Iterator[dict[bytes, tuple[str, str]]]:
    iterator = iter(items.items())
    while some := dict(islice(iterator, _MOST_VALUES)):
        yield some


def share_result(database: sqlite3.Connection, values: tuple[object, ...], *, with_reason: bool = True) -> int:
    """The id of the `result` with these values of `RESULT_COLUMNS`, which is added if no recent one has them.

    Unless `with_reason`, one with another reason and number of requests will do.
    """
    verdict, reason, *_, outcome, _ = values
    where, keys = ("outcome = ?", (outcome,)) if outcome is not None else (_WITHOUT_OUTCOME, (verdict, reason))
    rows = database.execute(f"{_SELECT_RESULTS} WHERE {where} ORDER BY id DESC LIMIT {RECENT}", keys)
    for row, *found in rows.fetchall():
        if tuple(found) == values or (not with_reason and found[0] == verdict and tuple(found[3:]) == values[3:]):
            return int(row)
    return database.execute(_INSERT_RESULT, values).lastrowid or 0


def address_of(database: sqlite3.Connection, run: int, url: str) -> int | None:
    """The address of a target of a run; None if the run has no such target."""
    for attempt in count():
        found = database.execute(
            "SELECT id, url, EXISTS (SELECT 1 FROM run_target WHERE run = ? AND address = id) FROM address WHERE hash = ?",
            (run, _hash(attempt, url)),
        ).fetchone()
        if found is None:
            return None
        if found[1:] == (url, 1):
            return int(found[0])
    raise AssertionError  # pragma: no cover - it is endless


def _share(
    database: sqlite3.Connection, table: str, values: tuple[object, ...], key: object, accept: Callable[[int], bool]
) -> tuple[int, bool]:
    """The id of the row, and whether it is new."""
    for attempt in count():
        identity = _hash(attempt, key)
        found = database.execute(_SELECT[table], (identity,)).fetchone()
        if found is None:
            return database.execute(_INSERT[table], (identity, *values)).lastrowid or 0, True
        # A damaged row has other values than those that were hashed; it is left alone.
        if found[1:] == values and accept(found[0]):
            return int(found[0]), False
    raise AssertionError  # pragma: no cover - it is endless


def _hash(attempt: int, key: object) -> bytes:
    return hashlib.blake2b(_encode((attempt, key)), digest_size=16).digest()
