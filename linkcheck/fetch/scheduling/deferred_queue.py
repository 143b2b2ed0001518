"""Targets deferred to the end of the run: the last few in memory, the others in an unnamed temporary file."""

import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO

import msgspec
from msgspec import Struct

from linkcheck.model import Outcome, Target


class Deferred(Struct, frozen=True):
    """A target with its outcome so far, and when (event loop's clock). `looked` means that its final retry was made."""

    target: Target
    outcome: Outcome
    at: float
    looked: bool = False


_BATCH = 512
_LENGTH_BYTES = 8


class DeferredQueue:
    """A FIFO queue; memory contains two batches, and more if no file can be created."""

    def __init__(self) -> None:
        self._recent: deque[Deferred] = deque()
        self._file: IO[bytes] | None = None
        self._count = 0
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(list[Deferred]).decode

    def __len__(self) -> int:
        return self._count

    def add(self, item: Deferred) -> None:
        self._recent.append(item)
        self._count += 1
        if len(self._recent) > 2 * _BATCH and len(self._recent) % _BATCH == 1:
            self._write_some()

    def since(self, at: float, *, alike: Callable[[Deferred], bool]) -> list[Deferred]:
        """Remove and return the items since a moment that are `alike`, as far as they are still in memory."""
        taken: list[Deferred] = []
        kept: deque[Deferred] = deque()
        for item in self._recent:
            (taken if item.at >= at and alike(item) else kept).append(item)
        self._recent = kept
        self._count -= len(taken)
        return taken

    def latest(self, count: int) -> list[Deferred]:
        """The most recent items in reverse order, as far as they are still in memory."""
        return list(islice(reversed(self._recent), count))

    def drain(self) -> Iterator[Deferred]:
        """Remove and return all items, oldest first."""
        file, self._file = self._file, None
        if file is not None:
            with file:
                file.seek(0)
                while length := int.from_bytes(file.read(_LENGTH_BYTES), "big"):
                    for item in self._decode(file.read(length)):
                        self._count -= 1
                        yield item
        while self._recent:
            self._count -= 1
            yield self._recent.popleft()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write_some(self) -> None:
        """Write the oldest batch to the file; without a descriptor or disk space for one, memory keeps it."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="linkcheck-", buffering=0)  # noqa: SIM115 - closed by drain or close
            end = self._file.tell()
            record = self._encode(list(islice(self._recent, _BATCH)))
            data = len(record).to_bytes(_LENGTH_BYTES, "big") + record
            if self._file.write(data) < len(data):
                self._file.truncate(end)
                self._file.seek(end)
                return
        except OSError:
            return
        for _ in range(_BATCH):
            self._recent.popleft()
