"""Targets put off to the end of the run: the last few in memory, the others in a nameless file."""

import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from typing import IO

import msgspec
from msgspec import Struct

from linkcheck.model import Outcome, Target


class Deferred(Struct, frozen=True):
    """A target with what came of it so far, and when (event loop's clock)."""

    target: Target
    outcome: Outcome
    at: float


_BATCH = 512
_LENGTH_BYTES = 8


class Shelf:
    """Keeps things in the order they came; memory holds two batches at most."""

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
        if len(self._recent) > 2 * _BATCH:
            self._write([self._recent.popleft() for _ in range(_BATCH)])

    def since(self, at: float, *, alike: Callable[[Deferred], bool]) -> list[Deferred]:
        """Take back what came since a moment and is `alike`, as far as it is still in memory."""
        taken: list[Deferred] = []
        kept: deque[Deferred] = deque()
        for item in self._recent:
            (taken if item.at >= at and alike(item) else kept).append(item)
        self._recent = kept
        self._count -= len(taken)
        return taken

    def drain(self) -> Iterator[Deferred]:
        """Take everything, oldest first."""
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

    def _write(self, items: list[Deferred]) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="linkcheck-")  # noqa: SIM115 - closed by drain or close
        record = self._encode(items)
        self._file.write(len(record).to_bytes(_LENGTH_BYTES, "big") + record)
