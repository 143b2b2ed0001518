"""Assigns hosts to workers, and reassigns the unfinished targets of a lost process or shard."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.model import Outcome, Target

MOST_AHEAD = 64
"""Hosts reserved for one worker while another requests some; a stalled worker must not keep them."""


class WorkerShare:
    """The state of one worker: hosts reserved for it, the remaining targets of its open hosts in the source, and the targets
    taken and not finished. `dealt` are all targets of the hosts it was assigned.
    """

    def __init__(self) -> None:
        self.ahead: deque[tuple[str, int]] = deque()
        self.dealt = 0
        self.left: dict[str, int] = {}
        self.unfinished: dict[str, Target] = {}

    def finish(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            self.unfinished.pop(outcome.url, None)


class HostPartition:
    """Assigns each host to one worker; returned targets are assigned first.

    A worker that requests hosts sooner must not get more, since it does so long before it is done: hosts are sorted by size,
    largest first, and each is assigned to the worker with the fewest targets.
    """

    def __init__(self, source: TargetSource) -> None:
        self._source = source
        self._shares: list[WorkerShare] = []
        self._fresh = iter(source.hosts())
        self._returned: deque[tuple[str, int]] = deque()
        self._targets: dict[str, deque[Target]] = {}

    def join(self) -> WorkerShare:
        """The share of one more worker."""
        share = WorkerShare()
        self._shares.append(share)
        return share

    def open(self, share: WorkerShare, room: int) -> list[tuple[str, int]]:
        """The next hosts, until they have `room` targets together; a large host is returned alone."""
        opened: list[tuple[str, int]] = []
        while room > 0 and (host := self._deal(share)) is not None:
            share.left[host[0]] = share.left.get(host[0], 0) + host[1]
            opened.append(host)
            room -= host[1]
        return opened

    def take(self, share: WorkerShare, host: str, count: int) -> Sequence[Target]:
        waiting = self._targets.get(host)
        if waiting:
            taken: Sequence[Target] = [waiting.popleft() for _ in range(min(count, len(waiting)))]
            if not waiting:
                del self._targets[host]
        else:
            taken = self._source.take(host, count)
        left = share.left.get(host, 0) - len(taken)
        if left > 0 and taken:
            share.left[host] = left
        else:
            share.left.pop(host, None)
        for target in taken:
            share.unfinished[target.url] = target
        return taken

    def take_back(self, share: WorkerShare) -> None:
        """A worker is lost: reassign everything it had."""
        for target in share.unfinished.values():
            self._targets.setdefault(target.host, deque()).append(target)
            share.left[target.host] = share.left.get(target.host, 0) + 1
        self._returned.extend(sorted(share.left.items(), key=lambda item: (-item[1], item[0])))
        self.leave(share)

    def leave(self, share: WorkerShare) -> None:
        """A worker ended normally: nothing can be reserved for it any more."""
        self._returned.extend(share.ahead)
        self._shares.remove(share)

    def rest(self) -> Iterator[Target]:
        """Everything that was not taken, when all workers have ended."""
        for gone in self._shares:
            self._returned.extend(gone.ahead)
        self._shares.clear()
        share = self.join()
        while opened := self.open(share, 1):
            for host, _ in opened:
                while targets := self.take(share, host, 256):
                    share.unfinished.clear()
                    yield from targets

    def _deal(self, share: WorkerShare) -> tuple[str, int] | None:
        while not share.ahead:
            host = self._returned.popleft() if self._returned else next(self._fresh, None)
            if host is None:
                return None
            poorest = min(self._shares, key=lambda other: other.dealt)
            to = poorest if len(poorest.ahead) < MOST_AHEAD else share
            to.dealt += host[1]
            to.ahead.append(host)
        return share.ahead.popleft()
