"""One deadline for a whole attempt, which is paused while a request waits for its turn."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import TracebackType
from typing import Self

TICK = 0.05
"""Seconds. A finer resolution is not needed, and one timer per target would cost more than parsing its response."""


class Deadline:
    """An asynchronous context manager that cancels its body with TimeoutError after a number of seconds.

    It is the `deadline` of every `OutgoingRequest` of an attempt, so that a layer that delays a request (rate limit,
    resting host) can pause it: `with deadline.paused(): await turn`. `waited` is the paused time in seconds, which is not
    part of the attempt's time. `expired` means that a TimeoutError was raised by this deadline.
    """

    __slots__ = ("_before", "_ends", "_task", "_timer", "_within", "expired", "seconds", "waited")

    def __init__(self, seconds: float, timer: "DeadlineTimer | None" = None, *, within: "Deadline | None" = None) -> None:
        """`timer` is the running event loop's, if there is one already; the deadline is paused together with `within`."""
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
        # As in asyncio.Timeout: a cancellation from elsewhere takes precedence.
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
        """A deadline for a share of the remaining time of this one, which must be running."""
        timer = self._timer
        if timer is None:
            raise RuntimeError("the deadline does not run yet")
        return Deadline(max(0.0, self._ends - timer.loop.time()) * share, timer, within=self)

    def expire(self, now: float) -> bool:
        """Cancel the body if the time is over."""
        if now < self._ends:
            return False
        if self._task is not None:
            self.expired = True
            self._task.cancel()
        return True


class DeadlineTimer:
    """Checks all running deadlines of an event loop at each tick; paused while there are none."""

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
        self.active -= {deadline for deadline in self.active if deadline.expire(now)}
        self._ticking = bool(self.active)
        if self._ticking:
            self.loop.call_later(TICK, self._tick)
