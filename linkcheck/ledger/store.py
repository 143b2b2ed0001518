"""Opens the file of a ledger: creates it atomically, never uses another program's file, and falls back if it is unusable."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from linkcheck.errors import IncompleteError, UsageError
from linkcheck.ledger.damage import Damage, decode, is_corrupt, readable_text, set_aside
from linkcheck.ledger.ledger import Ledger
from linkcheck.ledger.lock import Lock
from linkcheck.ledger.recorded_run import RecordedRun
from linkcheck.ledger.tables import APPLICATION_ID, NEWEST, UNNAMED, migrate
from linkcheck.ledger.thinning import shrink
from linkcheck.model import Summary

PAGE_CACHE_KIB = 16_384
"""SQLite's memory limit per ledger; the rest of an unnamed one is in a temporary file."""
BUSY_MILLISECONDS = 5_000
_DEFINITIONS = "SELECT type, name, tbl_name, substr(sql, 1, 10000) FROM {schema}.sqlite_master ORDER BY type, name"
_summaries = msgspec.msgpack.Decoder(Summary)
DATABASE_SUFFIXES = (".sqlite3", ".sqlite", ".db")
"""A damaged file is renamed only with such a suffix: another one is more likely specified by mistake."""


def open_ledger(path: Path | None, *, stamp: Callable[[], str]) -> Ledger:
    """Open the history at `path`, or an unnamed ledger that ends with the process.

    `stamp` returns the present time as RFC 3339. If the history is not writable, the ledger is unnamed, still reads the
    history if possible, and reports this in its notices. Raises UsageError if `path` is not usable for a history: a missing
    folder, another program's file, a history written by a newer linkcheck.
    """
    if path is None:
        return Ledger(_unnamed_database(), stamp=stamp)
    if path.is_dir():
        raise UsageError(f"--history {path}: this is a folder; use a file, for example {path / 'linkcheck.sqlite3'}")
    _refuse_special(path)
    if not path.parent.is_dir():
        raise UsageError(f"--history {path}: the folder {path.parent} does not exist; create it or use another file")
    lock = Lock(path.with_name(path.name + ".lock"))
    if not lock.acquire():
        return _reading_only(path, stamp, f"{path} is in use by another run: it is read, but this run is not added to it")
    notices: list[str] = []
    try:
        if not path.exists() or path.stat().st_size == 0:
            _create(path)
        database = _connect(path)
        try:
            _check(database, path)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes damaged bytes in its messages
            database.close()
            if isinstance(error, sqlite3.DatabaseError) and not is_corrupt(error):
                raise
            if path.suffix not in DATABASE_SUFFIXES:
                raise UsageError(f"--history {path}: this is not a database; use another file") from None
            aside = set_aside(path, stamp())
            notices.append(f"{path} was damaged ({error}): it was moved to {aside.name}, and a new history was started")
            _create(path)
            database = _connect(path)
        except BaseException:
            database.close()
            raise
    except (OSError, sqlite3.OperationalError) as error:
        lock.release()
        return _reading_only(
            path,
            stamp,
            f"{path} cannot be written ({_why(error)}): this run is not added to it",
            write_error=f"{path} could not be written ({_why(error)})",
        )
    except BaseException:
        lock.release()
        raise
    return Ledger(database, stamp=stamp, path=path, lock=lock, notices=tuple(notices))


@contextmanager
def open_recorded(path: Path, run: int | None) -> Iterator[RecordedRun]:
    """A run of a history for reading: the one with that number, or the last finished one.

    The history is closed at the end of the `with` block.
    Raises UsageError if there is no such history or run; the message lists the existing runs.
    """
    with _open_for_reading(path) as database:
        try:
            runs = database.execute(
                "SELECT id, started, state FROM run WHERE summary IS NOT NULL AND NOT is_thinned ORDER BY id DESC"
            ).fetchall()
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path}: the history cannot be read: {error}") from None
        if run is None and runs:
            run = runs[0][0]
        if run is None or run not in {number for number, _, _ in runs}:
            states = {"done": "complete", "partial": "incomplete"}
            listed = (f"{number} ({started}, {states.get(state, state)})" for number, started, state in runs[:10])
            known = ", ".join(listed) or "no finished run"
            missing = "no finished run" if run is None else f"no run {run}"
            if run is not None and database.execute("SELECT 1 FROM run WHERE id = ? AND is_thinned", (run,)).fetchone():
                missing = f"only a summary of run {run}"
            raise UsageError(f"{path}: there is {missing}; runs: {known}")
        recorded = RecordedRun(database, run, damage=Damage())
        recorded.summary()
        yield recorded


class Pruned(Struct, frozen=True):
    """How many runs were thinned, and the size of the file in bytes."""

    thinned: int
    before: int
    after: int
    notices: tuple[str, ...] = ()


class HistoryRun(Struct, frozen=True):
    """A run of a history. `summary` is None if it did not end, or cannot be read."""

    number: int
    started: str
    scope: str
    is_running: bool
    is_thinned: bool
    """Whether only its summary is left."""
    summary: Summary | None


def list_runs(path: Path) -> tuple[HistoryRun, ...]:
    """The runs of a history, the newest first. Raises UsageError if there is no such history."""
    with _open_for_reading(path) as database:
        try:
            rows = database.execute(
                "SELECT id, started, scope, state, is_thinned, summary FROM run ORDER BY id DESC"
            ).fetchall()
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path}: the history cannot be read: {error}") from None
    newest = rows[0][0] if rows else None
    return tuple(
        HistoryRun(
            number=number,
            started=str(started),
            scope=str(scope),
            is_running=state == "running" and number == newest and _is_in_use(path),
            is_thinned=bool(is_thinned),
            summary=decode(_summaries.decode, summary),
        )
        for number, started, scope, state, is_thinned, summary in rows
    )


def prune_runs(path: Path, *, keep: int | None, stamp: Callable[[], str]) -> Pruned:
    """Keep only the summaries of all runs but the last `keep`, or else of older ones as at the end of a run.

    Raises UsageError if there is no such history, or another run is using it; IncompleteError if it cannot be written.
    """
    _refuse_special(path)
    if not path.is_file():
        raise UsageError(_missing(path))
    before = path.stat().st_size
    ledger = open_ledger(path, stamp=stamp)
    try:
        if not ledger.is_recorded:
            raise (IncompleteError if ledger.write_error else UsageError)(
                ledger.write_error or f"{path} is in use by another run; try again later"
            )
        thinned = ledger.prune(keep)
    finally:
        ledger.close()
    return Pruned(thinned, before, path.stat().st_size, ledger.notices)


def _is_in_use(path: Path) -> bool:
    lock = Lock(path.with_name(path.name + ".lock"))
    if not lock.is_made():
        return False
    is_free = lock.acquire()
    lock.release()
    return not is_free


@contextmanager
def _open_for_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Raises UsageError if there is no history of this layout."""
    _refuse_special(path)
    if not path.is_file():
        raise UsageError(_missing(path))
    with ExitStack() as stack:
        try:
            database = stack.enter_context(
                closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None))
            )
            database.text_factory = readable_text
            (owner,) = database.execute("PRAGMA application_id").fetchone()
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if owner != APPLICATION_ID or version != NEWEST:
                raise UsageError(
                    f"{path}: not a history of this version of linkcheck; `linkcheck check --history {path}` "
                    "updates an older one"
                )
            if not _has_our_tables(database):
                raise UsageError(f"{path}: damaged or changed by another program; use another file, or delete this one")
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: the history cannot be read: {error}") from None
        yield database


def _missing(path: Path) -> str:
    return f"the history {path} does not exist; create one with `linkcheck check --history {path}`"


def _refuse_special(path: Path) -> None:
    """Raise UsageError for a pipe, socket or device at the path of a history or of its auxiliary files."""
    for each in (path, *(path.with_name(path.name + suffix) for suffix in ("-journal", "-wal", "-shm"))):
        if each.exists() and not each.is_file() and not (each == path and each.is_dir()):
            raise UsageError(f"--history {each}: this is a pipe, socket or device, not a regular file; use another file")


def _unnamed_database() -> sqlite3.Connection:
    database = sqlite3.connect("", isolation_level=None, check_same_thread=False, uri=True)
    database.text_factory = readable_text
    database.executescript(f"PRAGMA cache_size=-{PAGE_CACHE_KIB}; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF")
    database.executescript(UNNAMED)
    return database


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.text_factory = readable_text
    database.executescript(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}; PRAGMA trusted_schema=OFF")
    return database


def _check(database: sqlite3.Connection, path: Path) -> None:
    (owner,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if owner != APPLICATION_ID:
        raise UsageError(f"--history {path}: this is a database, but not a linkcheck history; use another file")
    if version > NEWEST:
        raise UsageError(
            f"--history {path}: written by a newer version of linkcheck (layout {version}, this one supports {NEWEST}); "
            "update linkcheck or use another file"
        )
    # First of all: never run a view, trigger or check constraint of an unknown database.
    if not _has_our_tables(database):
        raise sqlite3.DatabaseError("its tables are not those of a linkcheck history")
    # WAL: a reader never waits for the writer, and a killed run loses at most its uncommitted rows.
    database.executescript(
        f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-{PAGE_CACHE_KIB}; PRAGMA temp_store=FILE"
    )
    (health,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if health != "ok":
        raise sqlite3.DatabaseError(f"database disk image is malformed: {health}")
    if migrate(database):
        shrink(database)


def _has_our_tables(database: sqlite3.Connection, schema: str = "main") -> bool:
    """Whether the definitions are those of its layout: no view or trigger, and no damaged byte, which renames a column."""
    (version,) = database.execute(f"PRAGMA {schema}.user_version").fetchone()
    ours = sqlite3.connect(":memory:", isolation_level=None)
    migrate(ours, version)
    expected = ours.execute(_DEFINITIONS.format(schema="main")).fetchall()
    ours.close()
    found = database.execute(f"{_DEFINITIONS} LIMIT {len(expected) + 1}".format(schema=schema)).fetchall()
    return 0 <= version <= NEWEST and found == expected


def _create(path: Path) -> None:
    """Create a history under a temporary name and rename it when complete: a killed run leaves no partial file."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    try:
        database = sqlite3.connect(temporary, isolation_level=None)
        try:
            database.executescript(f"PRAGMA auto_vacuum=INCREMENTAL; PRAGMA application_id={APPLICATION_ID}")
            migrate(database)
        finally:
            database.close()
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _reading_only(path: Path, stamp: Callable[[], str], notice: str, *, write_error: str | None = None) -> Ledger:
    """An unnamed ledger with read-only access to a history; `write_error` if it should have been writable, but is not."""
    database = _unnamed_database()
    notices = [notice]
    attached = False
    if path.exists():
        try:
            database.execute("ATTACH ? AS history", (f"{path.resolve().as_uri()}?mode=ro",))
            (version,) = database.execute("PRAGMA history.user_version").fetchone()
            attached = version == NEWEST and _has_our_tables(database, "history")
            if not attached:
                notices.append(f"{path} is not read either, because it is not a history of this version of linkcheck")
        except sqlite3.DatabaseError as error:
            notices.append(f"{path} cannot be read either ({error})")
    return Ledger(
        database, stamp=stamp, notices=tuple(notices), memory="history" if attached else "main", write_error=write_error
    )


def _why(error: OSError | sqlite3.Error) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
