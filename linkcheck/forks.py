"""Work on many items in forked processes of this machine. The results are in the order of the items.

    caller                        process
      -> some items, encoded        work
      <- their results, encoded

A process works on a few items at a time and is given the next ones when it has returned their results, so no pipe fills up
while its other end waits. If it dies or fails, the caller does this work itself, and what is wrong is raised there.
"""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

MOST = 4
"""Processes beyond which most of them wait for the caller to use their results."""
ALONE = 64
"""Items that the caller works on before it starts a process, and that must follow: fewer are done faster without."""
_AT_ONCE = 16
_BYTES_AT_ONCE = 1024 * 1024
"""Items that a process is given at once, and bytes of them beyond which no other is added."""
_FAILED = b""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_T = TypeVar("_T")
_R = TypeVar("_R")


class Work(Struct, Generic[_T, _R]):
    """Work on items of one kind. It needs nothing but the items, and what the caller knows when it starts the processes."""

    here: Callable[[_T], _R]
    encode: Callable[[Sequence[_T]], bytes]
    there: Callable[[bytes], bytes]
    """The same in another process: the encoded results, which are never empty."""
    decode: Callable[[bytes], Iterable[_R]]
    size: Callable[[_T], int] = lambda _: 0
    """The bytes of an item, if items can be large."""


def cores() -> int:
    """The number of CPU cores that this process can use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a process can be forked: safe only on Linux, and only if no other thread can hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def processes_for(jobs: int | None) -> int:
    """The number of processes for this work, by the setting `jobs`; 1 if this process should do it alone."""
    return min(MOST, cores() if jobs is None else jobs) if can_fork() else 1


def in_order(items: Iterator[_T], work: Work[_T, _R], *, jobs: int | None) -> Iterator[tuple[_T, _R]]:
    """Each item with its result. `jobs` is the setting."""
    for item in islice(items, ALONE):
        yield item, work.here(item)
    processes = processes_for(jobs)
    ahead = list(islice(items, ALONE)) if processes > 1 else []
    items = chain(ahead, items)
    if processes == 1 or len(ahead) < ALONE:
        for item in items:
            yield item, work.here(item)
        return
    for some, found in _work_by(processes, _chunks(items, work.size), work):
        yield from zip(some, map(work.here, some) if found is None else work.decode(found), strict=True)


def _work_by(
    processes: int, chunks: Iterator[Sequence[_T]], work: Work[_T, _R]
) -> Iterator[tuple[Sequence[_T], bytes | None]]:
    """The encoded results of each chunk; None where a process died or failed."""
    started: list[_Process] = []
    at_work: deque[tuple[_Process, Sequence[_T]]] = deque()
    try:
        for chunk in chunks:
            if len(started) < processes:
                try:
                    started.append(_Process(work.there, [each.pipe for each in started]))
                except OSError:  # too many processes or open files, or too little memory
                    processes = len(started)
                else:
                    started[-1].give(work.encode(chunk))
                    at_work.append((started[-1], chunk))
                    continue
            if not started:
                yield chunk, None
                continue
            process, former = at_work.popleft()
            found = process.result()
            process.give(work.encode(chunk))
            at_work.append((process, chunk))
            yield former, found
        for process, former in at_work:
            yield former, process.result()
    finally:
        for process in started:
            process.end()


def _chunks(items: Iterator[_T], size: Callable[[_T], int]) -> Iterator[Sequence[_T]]:
    chunk: list[_T] = []
    total = 0
    for item in items:
        chunk.append(item)
        total += size(item)
        if len(chunk) == _AT_ONCE or total > _BYTES_AT_ONCE:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk


class _Process:
    """A forked process that works on one input at a time."""

    def __init__(self, work: Callable[[bytes], bytes], others: "list[Connection]") -> None:
        """`others` are the caller's ends of the pipes of other processes: open here, they would prevent EOF there."""
        # Imported here because small runs fork nothing.
        from multiprocessing import get_context

        context = get_context("fork")
        self.pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(theirs, work, (self.pipe, *others)), daemon=True)
        # What a handler raises in the midst of a fork is lost: Python calls functions there whose exceptions it ignores.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()

    def give(self, given: bytes) -> None:
        with suppress(OSError):  # it died: it has no result
            self.pipe.send_bytes(given)

    def result(self) -> bytes | None:
        """None if it died or failed."""
        try:
            return self.pipe.recv_bytes() or None
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: "Connection", work: Callable[[bytes], bytes], inherited: "tuple[Connection, ...]") -> None:
    """The main function of a process; ends when the caller is gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller receives Ctrl-C, and ends this process
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    for end in inherited:
        end.close()
    gc.freeze()
    while True:
        try:
            given = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        try:
            result = work(given)
        except BaseException:  # noqa: BLE001 - whatever it is, it is raised again where the caller does the work
            result = _FAILED
        try:
            pipe.send_bytes(result)
        except OSError:
            return
