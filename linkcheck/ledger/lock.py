"""One writer per history: a lock that ends with its process, however that ends."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Lock:
    """An advisory lock on a file next to the history. On POSIX the empty file can remain after release."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: BaseFileLock | None = None

    def is_made(self) -> bool:
        """Whether the file exists, so that a run may have the lock."""
        return self._path.exists()

    def acquire(self) -> bool:
        """Take the lock without waiting; False if another process has it."""
        # Only runs with a history need it.
        from filelock import FileLock, Timeout

        # The ledger can be closed by another thread than the one that opened it.
        lock = FileLock(self._path, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        except OSError:
            # A read-only folder: the error from opening the history is clearer.
            return True
        self._held = lock
        return True

    def release(self) -> None:
        if self._held is not None:
            self._held.release()
            self._held = None
