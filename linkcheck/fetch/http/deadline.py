"""One deadline for a whole attempt, which stands still while a request waits for its turn."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import TracebackType
from typing import Self

TICK = 0.05
"""Seconds. Nobody counts a web page's time more finely, and a timer of its own for every target costs more than parsing
its answer."""


class Deadline:
    """An asynchronous context that ends its body with TimeoutError after so many seconds.

    Every request of an attempt carries it as `request.extensions["deadline"]`, so that a layer that makes a request
    wait (pace, a parked host) can stop the clock: `with deadline.paused(): await turn`. Seconds waited are kept in
    `waited` and are no part of the attempt's time. `expired` says that a TimeoutError came from here.
    """

    __slots__ = ("_before", "_ends", "_task", "_timer", "_within", "expired", "seconds", "waited")

    def __init__(self, seconds: float, timer: "DeadlineTimer | None" = None, *, within: "Deadline | None" = None) -> None:
        """`timer` is that of the running event loop, where there is one already; `within` stands still with this one."""
        self.seconds = seconds
        self.waited = 0.0
        self.expired = False
        self._ends = 0.0
        self._before = 0
        self._task: asyncio.Task[object] | None = None
        self._timer = timer
        self._within = within

    async def __aenter__(self) -> Self:
        timer = self._timer
        if timer is None:
            self._timer = timer = DeadlineTimer(asyncio.get_running_loop())
        task = asyncio.current_task(timer.loop)
        if task is None:
            raise RuntimeError("a deadline is for a task")
        self._task = task
        self._before = task.cancelling()
        self._ends = timer.loop.time() + self.seconds
        timer.add(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        task, timer = self._task, self._timer
        self._task = None
        if timer is not None:
            timer.active.discard(self)
        # As in asyncio.Timeout: if somebody else cancelled the task too, theirs goes first.
        if self.expired and task is not None and task.uncancel() <= self._before and kind is asyncio.CancelledError:
            raise TimeoutError from error

    @contextmanager
    def paused(self) -> Iterator[None]:
        timer = self._timer
        if timer is None:
            raise RuntimeError("the deadline does not run yet")
        began = timer.loop.time()
        timer.active.discard(self)
        try:
            with self._within.paused() if self._within is not None else nullcontext():
                yield
        finally:
            waited = timer.loop.time() - began
            self.waited += waited
            self._ends += waited
            timer.add(self)

    @property
    def is_part(self) -> bool:
        return self._within is not None

    def part(self, share: float) -> "Deadline":
        """A deadline for a share of what is left of this one, which runs."""
        timer = self._timer
        if timer is None:
            raise RuntimeError("the deadline does not run yet")
        return Deadline(max(0.0, self._ends - timer.loop.time()) * share, timer, within=self)

    def strike(self, now: float) -> bool:
        """End the body if it is time."""
        if now < self._ends:
            return False
        if self._task is not None:
            self.expired = True
            self._task.cancel()
        return True


class DeadlineTimer:
    """Looks at the running deadlines of an event loop, all of them at each tick; stands still while there are none."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.active: set[Deadline] = set()
        self._ticking = False

    def add(self, deadline: Deadline) -> None:
        self.active.add(deadline)
        if not self._ticking:
            self._ticking = True
            self.loop.call_later(TICK, self._tick)

    def _tick(self) -> None:
        now = self.loop.time()
        self.active -= {deadline for deadline in self.active if deadline.strike(now)}
        self._ticking = bool(self.active)
        if self._ticking:
            self.loop.call_later(TICK, self._tick)
