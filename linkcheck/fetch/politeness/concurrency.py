"""Limits the concurrent requests of the whole run."""

import asyncio
from collections import deque


class ConcurrencyLimiter:
    """A worker has a slot while it processes a target, except while a request waits for its turn at a host.

    Workers that return from such a wait take precedence over new targets.
    """

    __slots__ = ("_back", "limit", "taken")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.taken = 0
        self._back: deque[asyncio.Future[None]] = deque()

    @property
    def free(self) -> bool:
        """Whether a new target can begin."""
        return self.taken < self.limit and not self._back

    def take(self) -> None:
        self.taken += 1

    async def reacquire(self) -> None:
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
        """Release the slot to the first worker that waits for one."""
        while self._back and self.taken <= self.limit:
            called = self._back.popleft()
            if not called.done():
                called.set_result(None)
                return
        self.taken -= 1
