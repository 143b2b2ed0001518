"""One deadline for a whole attempt, which stands still while a request waits for its turn."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self


class Deadline:
    """An asynchronous context that ends its body with TimeoutError after so many seconds.

    Every request of an attempt carries it as `request.extensions["deadline"]`, so that a layer that makes a request
    wait (pace, a parked host) can stop the clock: `with deadline.paused(): await turn`. Seconds waited are kept in
    `waited` and are no part of the attempt's time.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.waited = 0.0
        self._timeout = asyncio.timeout(seconds)
        self._loop = asyncio.get_running_loop()

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._timeout.__aexit__(kind, error, trace)

    @property
    def expired(self) -> bool:
        """Whether the TimeoutError came from here."""
        return self._timeout.expired()

    @contextmanager
    def paused(self) -> Iterator[None]:
        ends = self._timeout.when()
        began = self._loop.time()
        self._timeout.reschedule(None)
        try:
            yield
        finally:
            waited = self._loop.time() - began
            self.waited += waited
            if ends is not None:
                self._timeout.reschedule(ends + waited)
