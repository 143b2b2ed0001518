"""A supply that takes targets back: what a lost process or shard had not finished is handed out again."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from linkcheck.fetch.supply import Supply
from linkcheck.model import Outcome, Target


class Share:
    """What one worker has: targets taken and not finished, and how many its hosts still have in the supply."""

    def __init__(self) -> None:
        self.left: dict[str, int] = {}
        self.unfinished: dict[str, Target] = {}

    def finish(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            self.unfinished.pop(outcome.url, None)


class Returns:
    """Deals hosts out to workers, each whole to one; what comes back goes out first."""

    def __init__(self, supply: Supply) -> None:
        self._supply = supply
        self._fresh = iter(supply.hosts())
        self._returned: deque[tuple[str, int]] = deque()
        self._targets: dict[str, deque[Target]] = {}

    def open(self, share: Share, room: int) -> list[tuple[str, int]]:
        """The next hosts, until they have `room` targets together; a host with many comes alone."""
        opened: list[tuple[str, int]] = []
        while room > 0 and (host := self._next()) is not None:
            share.left[host[0]] = share.left.get(host[0], 0) + host[1]
            opened.append(host)
            room -= host[1]
        return opened

    def take(self, share: Share, host: str, count: int) -> Sequence[Target]:
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

    def take_back(self, share: Share) -> None:
        """A worker is lost: everything it had goes out again."""
        for target in share.unfinished.values():
            self._targets.setdefault(target.host, deque()).append(target)
            share.left[target.host] = share.left.get(target.host, 0) + 1
        self._returned.extend(sorted(share.left.items(), key=lambda item: (-item[1], item[0])))
        share.left = {}
        share.unfinished = {}

    def rest(self) -> Iterator[Target]:
        """Everything nobody took."""
        share = Share()
        while opened := self.open(share, 1):
            for host, _ in opened:
                while targets := self.take(share, host, 256):
                    share.unfinished.clear()
                    yield from targets

    def _next(self) -> tuple[str, int] | None:
        return self._returned.popleft() if self._returned else next(self._fresh, None)
