"""Coordinates the processes of a crawl in shared memory: when each host gets its next request, and how many at once."""

import zlib
from copy import copy
from multiprocessing.context import BaseContext
from typing import Protocol, TypeVar

_CELLS = 1 << 16
_LOCK_SECONDS = 1.0
"""A process that is killed while it has the lock never releases it."""
_T = TypeVar("_T")


class _Cells(Protocol[_T]):
    def __getitem__(self, cell: int, /) -> _T: ...

    def __setitem__(self, cell: int, value: _T, /) -> None: ...


class SharedMemoryLimits:
    """The `HostLimits` of one process. Hosts that share a cell are slightly slower.

    Each process counts its requests in a row of its own, so that they can be subtracted when it dies.
    """

    def __init__(self, context: BaseContext, *, rows: int) -> None:
        """For at most `rows` processes."""
        self._starts: _Cells[float] = context.RawArray("d", _CELLS)
        self._busy = context.RawArray("H", rows * _CELLS)  # a cell's counters are adjacent
        self._lock = context.Lock()
        self._rows = rows
        self.row = 0

    def of(self, row: int) -> "SharedMemoryLimits":
        """The same limits, for the process that counts in this row."""
        seen = copy(self)
        seen.row = row
        return seen

    def start(self, host: str, at: float, interval: float) -> float:
        cell = _cell(host)
        held = self._lock.acquire(timeout=_LOCK_SECONDS)
        try:
            start = max(at, self._starts[cell])
            self._starts[cell] = start + interval
        finally:
            if held:
                self._lock.release()
        return start

    def enter(self, host: str, limit: int) -> bool:
        first = _cell(host) * self._rows
        held = self._lock.acquire(timeout=_LOCK_SECONDS)
        try:
            free: bool = sum(self._busy[first : first + self._rows]) < limit
            if free:
                self._busy[first + self.row] += 1
        finally:
            if held:
                self._lock.release()
        return free

    def leave(self, host: str) -> None:
        # No other process writes there while this one is running.
        self._busy[_cell(host) * self._rows + self.row] -= 1

    def forget(self) -> None:
        """The process of this row has ended."""
        for cell in range(_CELLS):
            self._busy[cell * self._rows + self.row] = 0


def _cell(host: str) -> int:
    return zlib.crc32(host.encode()) % _CELLS
