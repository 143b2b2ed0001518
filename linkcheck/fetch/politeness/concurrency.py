"""How many requests of the whole run are under way at once."""

import asyncio
from collections import deque


class ConcurrencyLimiter:
    """A worker holds a slot while it serves a target, except while a request of its chain waits for its turn at a host.

    Those who come back from such a wait go before new targets.
    """

    __slots__ = ("_back", "limit", "taken")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.taken = 0
        self._back: deque[asyncio.Future[None]] = deque()

    @property
    def free(self) -> bool:
        """Whether a new target may begin."""
        return self.taken < self.limit and not self._back

    def take(self) -> None:
        self.taken += 1

    async def take_again(self) -> None:
        if self.taken < self.limit:
            self.taken += 1
            return
        called = asyncio.get_running_loop().create_future()
        self._back.append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self.give()
            raise

    def give(self) -> None:
        """Handed on to the first who waits for it."""
        while self._back and self.taken <= self.limit:
            called = self._back.popleft()
            if not called.done():
                called.set_result(None)
                return
        self.taken -= 1
