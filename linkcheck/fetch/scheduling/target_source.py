"""Provides the targets of a crawl host by host, so that only a few are in memory at a time."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from linkcheck.model import Target


@runtime_checkable
class TargetSource(Protocol):
    """Hosts and their targets, each returned exactly once."""

    def hosts(self) -> Iterator[tuple[str, int]]:
        """Every host with the number of its targets, largest first. Called once, read as needed."""
        ...

    def take(self, host: str, count: int) -> Sequence[Target]:
        """The next targets of a host, at most `count`; empty if it has no more."""
        ...


class ListSource:
    """A TargetSource of targets in memory."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._queues: dict[str, deque[Target]] = {}
        for target in targets:
            self._queues.setdefault(target.host, deque()).append(target)

    def hosts(self) -> Iterator[tuple[str, int]]:
        sizes = [(host, len(queue)) for host, queue in self._queues.items()]
        yield from sorted(sizes, key=lambda size: (-size[1], size[0]))

    def take(self, host: str, count: int) -> Sequence[Target]:
        queue = self._queues.get(host, deque())
        taken = [queue.popleft() for _ in range(min(count, len(queue)))]
        if not queue:
            self._queues.pop(host, None)
        return taken
