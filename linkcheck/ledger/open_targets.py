"""The targets that a run has not requested yet."""

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from linkcheck.ledger.damage import Damage, decode_outcome
from linkcheck.model import CLOSENESS, Outcome, Target

_T = TypeVar("_T")


class OpenLedger(Protocol):
    """A ledger whose database can change after a disk error."""

    run: int
    damage: Damage

    @property
    def database(self) -> sqlite3.Connection: ...

    @property
    def memory(self) -> str:
        """The schema of the memory tables."""

    def read(self, read: Callable[[], _T]) -> _T:
        """Run a query, again if the history had to be abandoned."""


class OpenTargets:
    """The targets to request, host by host (a `TargetSource` of `fetch`); fixed when created.

    Row numbers in memory instead of a cursor: rows are written during reading, and the disk can fail meanwhile.
    """

    def __init__(self, ledger: OpenLedger) -> None:
        self._ledger = ledger
        self._rows = array("q")
        self._left: dict[str, tuple[int, int]] = {}  # host: the part of _rows not taken yet
        for host, row in ledger.database.execute(
            "SELECT host, id FROM target WHERE run = ? AND asked AND outcome IS NULL ORDER BY host, id", (ledger.run,)
        ):
            end = len(self._rows)
            start, _ = self._left.get(host, (end, end))
            self._left[host] = (start, end + 1)
            self._rows.append(row)

    def __len__(self) -> int:
        return len(self._rows)

    def hosts(self) -> Iterator[tuple[str, int]]:
        """Every host with the number of its targets, largest first."""
        sizes = [(host, end - start) for host, (start, end) in self._left.items()]
        yield from sorted(sizes, key=lambda size: (-size[1], size[0]))

    def take(self, host: str, count: int) -> tuple[Target, ...]:
        """The next targets of a host, at most `count`; empty if it has no more."""
        start, end = self._left.get(host, (0, 0))
        stop = min(start + count, end)
        self._left[host] = (stop, end)
        return self._targets(self._rows[start:stop].tolist())

    def _targets(self, rows: Sequence[int]) -> tuple[Target, ...]:
        """The targets of these rows, in this order, each with the validators of its last good answer."""
        selected = self._ledger.read(
            lambda: self._ledger.database.execute(
                "SELECT target.id, target.url, target.closeness, host, memory.verdict, memory.outcome FROM target "
                f"LEFT JOIN {self._ledger.memory}.memory AS memory ON memory.url = target.url "
                "AND memory.means = target.means AND memory.closeness >= target.closeness "
                f"WHERE target.run = ? AND target.id IN ({','.join('?' * len(rows))})",
                (self._ledger.run, *rows),
            ).fetchall()
        )
        found = {
            row: Target(url=url, probe=CLOSENESS[closeness], host=host, known=self._validators(url, verdict, blob))
            for row, url, closeness, host, verdict, blob in selected
        }
        return tuple(found[row] for row in rows)

    def _validators(self, url: str, verdict: object, blob: object) -> tuple[str | None, str | None] | None:
        if verdict is None and blob is None:
            return None
        outcome = decode_outcome(url, verdict, blob)
        if outcome is None:
            self._ledger.damage.add("memory", url)
            return None
        return validators_of(outcome)


def validators_of(outcome: Outcome) -> tuple[str | None, str | None] | None:
    """The ETag and Last-Modified to send with the next request (RFC 9110, section 13.1), None if there are none.

    Those of a page after a redirect do not apply to the URL that redirects.
    """
    if outcome.answer is None or outcome.hops:
        return None
    headers = dict(outcome.answer.headers)
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return None if etag is None and modified is None else (etag, modified)
