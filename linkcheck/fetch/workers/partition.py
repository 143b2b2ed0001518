"""A supply that takes targets back: what a lost process or shard had not finished is handed out again."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.model import Outcome, Target

MOST_AHEAD = 64
"""Hosts set aside for one worker while another asks; one that stands still must not hoard them."""


class WorkerShare:
    """What one worker has: hosts set aside for it, how many targets its open hosts still have in the supply, and the
    targets taken and not finished. `dealt` are all targets of the hosts it was given.
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
    """Deals hosts out to workers, each whole to one; what comes back goes out first.

    A worker that asks sooner must not get more, since it asks long before it is done: hosts come with the largest first,
    and each goes to who has least.
    """

    def __init__(self, supply: TargetSource) -> None:
        self._supply = supply
        self._shares: list[WorkerShare] = []
        self._fresh = iter(supply.hosts())
        self._returned: deque[tuple[str, int]] = deque()
        self._targets: dict[str, deque[Target]] = {}

    def join(self) -> WorkerShare:
        """The share of one more worker."""
        share = WorkerShare()
        self._shares.append(share)
        return share

    def open(self, share: WorkerShare, room: int) -> list[tuple[str, int]]:
        """The next hosts, until they have `room` targets together; a host with many comes alone."""
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
            taken = self._supply.take(host, count)
        left = share.left.get(host, 0) - len(taken)
        if left > 0 and taken:
            share.left[host] = left
        else:
            share.left.pop(host, None)
        for target in taken:
            share.unfinished[target.url] = target
        return taken

    def take_back(self, share: WorkerShare) -> None:
        """A worker is lost: everything it had goes out again."""
        for target in share.unfinished.values():
            self._targets.setdefault(target.host, deque()).append(target)
            share.left[target.host] = share.left.get(target.host, 0) + 1
        self._returned.extend(sorted(share.left.items(), key=lambda item: (-item[1], item[0])))
        self.leave(share)

    def leave(self, share: WorkerShare) -> None:
        """A worker ended by itself: nothing may be set aside for it any more."""
        self._returned.extend(share.ahead)
        self._shares.remove(share)

    def rest(self) -> Iterator[Target]:
        """Everything nobody took, when all workers are gone."""
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
