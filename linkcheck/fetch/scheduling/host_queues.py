"""Which target to ask next: the host with the longest queue first, as soon as its gate lets one through.

Knows no network and no clock; it is told the time. A host has a lane while it has targets in hand or to come. Lanes are
in one of these places, and move when something changes (`place`):

    ready     may start one now; a heap, longest queue first
    timed     may start one at a known time (pace, plea, back-off); a heap by time
    resting   its breaker is open; a heap by time, and no reason to wait at the end of the run
    last      it kept answering 429: taken up when all other lanes are done
    (none)    as many under way as may be; placed again when one is done
"""

from collections import deque
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count

from linkcheck.fetch.politeness.circuit_breaker import known_origin_failure
from linkcheck.fetch.politeness.host_limits import POLL_SECONDS, HostState, HostStates
from linkcheck.fetch.politeness.throttle import LAST_AFTER, last_try
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.model import Outcome, Target

HOLD = 8192
"""About how many targets are in hand at once."""
HANDFUL = 16
"""Targets of a host taken from the supply at a time, while there is room."""


class QueuedTarget:
    """A target in hand, with what was tried so far. `outcome` is that of the last try.

    `known` is what a request would only meet again, for a target handed out not to be requested.
    """

    __slots__ = ("attempts", "host_queue", "known", "outcome", "requests", "second", "starved", "statuses", "target")

    def __init__(self, target: Target, host_queue: "HostQueue") -> None:
        self.target = target
        self.host_queue = host_queue
        self.attempts = 0
        self.requests = 0
        self.statuses: tuple[int, ...] = ()
        self.outcome: Outcome | None = None
        self.known: Outcome | None = None
        self.second = False
        """Whether this is its second look."""
        self.starved = 0
        """How often we had no file descriptor for it."""


class HostQueue:
    """A host's queue: `waiting` in hand, `later` to be tried again at a time, `left` still in the supply."""

    __slots__ = ("in_flight", "later", "left", "stamp", "state", "waiting")

    def __init__(self, state: HostState, left: int) -> None:
        self.state = state
        self.left = left
        self.waiting: deque[QueuedTarget] = deque()
        self.later: list[tuple[float, int, QueuedTarget]] = []
        self.in_flight = 0
        self.stamp = 0

    @property
    def length(self) -> int:
        return self.left + len(self.waiting) + len(self.later)


_Heap = list[tuple[float, int, HostQueue]]


class HostQueues:
    """Hands out targets with a place at their host's gate already taken."""

    def __init__(self, supply: TargetSource, states: HostStates, *, hold: int = HOLD) -> None:
        self._supply = supply
        self._states = states
        self._hold = hold
        self._hosts: Iterator[tuple[str, int]] = (host for host in supply.hosts() if host[1] > 0)
        self._unopened: tuple[str, int] | None = next(self._hosts, None)
        self._again: Iterator[QueuedTarget] | None = None
        self._host_queues: dict[str, HostQueue] = {}
        self._ready: _Heap = []
        self._timed: _Heap = []
        self._resting: _Heap = []
        self._last: list[HostQueue] = []
        self._stamps = count(1)
        self._finale = False
        self.changed: Callable[[], None] = lambda: None
        """Called when a lane may have become ready otherwise than while `next` looks."""
        self.held = 0
        """Targets in hand, those under way included."""
        self.in_flight = 0
        self._parked = 0

    def sweep(self, now: float) -> None:
        """From time to time: forget hosts nothing depends on; count what waits for the end and takes no part in `HOLD`."""
        self._states.sweep(now)
        parked = (*self._last, *(host_queue for _, stamp, host_queue in self._resting if host_queue.stamp == stamp))
        self._parked = min(8 * self._hold, sum(len(host_queue.waiting) + len(host_queue.later) for host_queue in parked))

    @property
    def open_hosts(self) -> int:
        return len(self._host_queues)

    def host_queue(self, host: str) -> HostQueue:
        """The lane of a host, opened if need be."""
        host_queue = self._host_queues.get(host)
        if host_queue is None:
            host_queue = self._host_queues[host] = HostQueue(self._states[host], 0)
            host_queue.state.released = lambda: self._freed(host_queue)
        return host_queue

    def next(self, now: float) -> QueuedTarget | None:
        """A target to request now, unless its gate is `down` or it is `known`; None when there is none (see `wake_at`)."""
        self._wake(now)
        while True:
            host_queue = self._best(now)
            if host_queue is None:
                return None
            pending = self._pick(host_queue, now)
            if pending is None:
                self.place(host_queue, now)
                continue
            pending.known = known_origin_failure(host_queue.state, pending.target)
            if host_queue.state.down is None and pending.known is None and not self._enter(host_queue.state, now):
                host_queue.waiting.appendleft(pending)
                self.place(host_queue, now)
                continue
            host_queue.in_flight += 1
            self.in_flight += 1
            self.place(host_queue, now)
            return pending

    @staticmethod
    def _enter(state: HostState, now: float) -> bool:
        """Take a place for a request that starts now; False where another process has it or went first."""
        state.take()
        if not state.share():
            state.step_back(now + POLL_SECONDS, shared=False)
            return False
        start = state.start(now)
        if start > now:
            state.step_back(start, shared=True)
        return start <= now

    def wake_at(self) -> float | None:
        """When the next lane becomes ready by itself; None when only a running request can change anything."""
        times = [heap[0][0] for heap in (self._timed, self._resting) if self._prune(heap)]
        return min(times, default=None)

    def landed(self, pending: QueuedTarget) -> None:
        """A try is over; its place was given back before."""
        pending.host_queue.in_flight -= 1
        self.in_flight -= 1
        self.held -= 1
        self._close_if_done(pending.host_queue)

    def again(self, pending: QueuedTarget, at: float, now: float) -> None:
        """Ask this one again, not before `at`."""
        host_queue = pending.host_queue = self.host_queue(pending.target.host)
        heappush(host_queue.later, (at, next(self._stamps), pending))
        self.held += 1
        self.place(host_queue, now)
        self.changed()

    def forget_tries(self, hit: Callable[[Outcome | None], bool]) -> None:
        """What is to be tried again after an outcome that is no news of it starts afresh."""
        for host_queue in self._host_queues.values():
            for _, _, pending in host_queue.later:
                if hit(pending.outcome):
                    pending.attempts = 0
                    pending.statuses = ()
                    pending.outcome = None

    def feed(self, pendings: Iterator[QueuedTarget]) -> None:
        """Targets of a second look, taken as there is room for them."""
        self._again = pendings

    def place(self, host_queue: HostQueue, now: float) -> None:
        """Put a lane where it belongs now."""
        host_queue.stamp = stamp = next(self._stamps)
        state = host_queue.state
        if state.down is not None:
            if host_queue.length:
                heappush(self._ready, (0.0, stamp, host_queue))
            return
        if not (host_queue.waiting or host_queue.left or host_queue.later) or state.queue or not state.room:
            return
        if state.consecutive_429 >= LAST_AFTER and not self._finale:
            self._last.append(host_queue)
            return
        at = state.ready_at()
        if not host_queue.waiting and not host_queue.left:
            at = max(at, host_queue.later[0][0])
        if at <= now:
            heappush(self._ready, (-host_queue.length, stamp, host_queue))
        elif state.open_until > now:
            heappush(self._resting, (state.open_until, stamp, host_queue))
        else:
            heappush(self._timed, (at, stamp, host_queue))

    def rest(self, now: float, pause: Callable[[int], float] = lambda _trips: 0.0) -> bool:
        """Nothing is ready, timed or under way: bring on what was kept for the end. False when nothing is left at all.

        `pause` gives the seconds before a host with server errors gets its next request, by how often it was tried.
        """
        if self._last:
            self._finale = True
            host_queues, self._last = self._last, []
            for host_queue in host_queues:
                self.place(host_queue, now)
            return True
        while self._prune(self._resting):
            host_queue = heappop(self._resting)[2]
            last_try(host_queue.state, now, pause)
            self.place(host_queue, now)
        return bool(self._prune(self._ready) or self._prune(self._timed))

    @property
    def only_rest(self) -> bool:
        """Whether all that is left are hosts that do not answer, that answer 429, or nothing."""
        none_to_come = self._unopened is None and self._again is None
        return none_to_come and not self.in_flight and not self._prune(self._ready) and not self._prune(self._timed)

    def unasked(self) -> Iterator[QueuedTarget]:
        """Everything not under way, in hand or to come; for a run that ends early. The schedule is empty afterwards."""
        for host_queue in list(self._host_queues.values()):
            yield from host_queue.waiting
            yield from (pending for _, _, pending in host_queue.later)
            self.held -= len(host_queue.waiting) + len(host_queue.later)
            host_queue.waiting.clear()
            host_queue.later.clear()
            yield from self._rest_of(host_queue)
        yield from self._again or ()
        self._again = None
        while (opened := self._open()) is not None:
            yield from self._rest_of(opened)

    def _rest_of(self, host_queue: HostQueue) -> Iterator[QueuedTarget]:
        while host_queue.left and (targets := self._supply.take(host_queue.state.host, 256)):
            yield from (QueuedTarget(target, host_queue) for target in targets)
        host_queue.left = 0

    def _freed(self, host_queue: HostQueue) -> None:
        # The clock is not at hand; a lane that is not ready yet is sorted out when it comes up (`_best`).
        host_queue.stamp = stamp = next(self._stamps)
        if host_queue.waiting or host_queue.left or host_queue.later:
            heappush(self._ready, (-host_queue.length, stamp, host_queue))
            self.changed()

    def _wake(self, now: float) -> None:
        for heap in (self._timed, self._resting):
            while self._prune(heap) and heap[0][0] <= now:
                self.place(heappop(heap)[2], now)
        while self._again is not None and self.held < self._hold:
            pending = next(self._again, None)
            if pending is None:
                self._again = None
                break
            pending.host_queue = host_queue = self.host_queue(pending.target.host)
            host_queue.waiting.append(pending)
            self.held += 1
            self.place(host_queue, now)

    def _best(self, now: float) -> HostQueue | None:
        """The ready lane with the longest queue, a host not opened yet included."""
        while True:
            ready = self._prune(self._ready)
            longest = -self._ready[0][0] if ready else 0
            if self._unopened is not None and self._unopened[1] > longest and self._may_open(ready=ready):
                if (host_queue := self._open()) is not None:
                    self.place(host_queue, now)
                continue
            if not ready:
                return None
            host_queue = heappop(self._ready)[2]
            if host_queue.state.down is not None or self._may_start(host_queue, now):
                return host_queue
            self.place(host_queue, now)

    def _may_open(self, *, ready: bool) -> bool:
        # Never wait for room that only the end of the run would make.
        return self.held - self._parked < self._hold or not (ready or self.in_flight or self._prune(self._timed))

    def _may_start(self, host_queue: HostQueue, now: float) -> bool:
        state = host_queue.state
        if (
            state.queue
            or not state.room
            or state.ready_at() > now
            or (state.consecutive_429 >= LAST_AFTER and not self._finale)
        ):
            return False
        return bool(host_queue.waiting or host_queue.left or host_queue.later[0][0] <= now)

    def _open(self) -> HostQueue | None:
        if self._unopened is None:
            return None
        host, left = self._unopened
        self._unopened = next(self._hosts, None)
        host_queue = self.host_queue(host)
        host_queue.left += left
        return host_queue

    def _pick(self, host_queue: HostQueue, now: float) -> QueuedTarget | None:
        # While the breaker tries whether the host is back, another URL says more than the same one again, and the last in
        # hand more than the next: what fails often stands together.
        fresh = host_queue.state.times_opened and host_queue.state.down is None and (host_queue.waiting or host_queue.left)
        if host_queue.later and not fresh and (host_queue.later[0][0] <= now or host_queue.state.down is not None):
            return heappop(host_queue.later)[2]
        if not host_queue.waiting and host_queue.left:
            room = self._hold - self.held
            handful = HANDFUL if room > self._hold // 2 else 4 if room > self._hold // 4 else 1
            targets = self._supply.take(host_queue.state.host, handful)
            host_queue.left = max(0, host_queue.left - len(targets)) if targets else 0
            host_queue.waiting.extend(QueuedTarget(target, host_queue) for target in targets)
            self.held += len(targets)
        if not host_queue.waiting:
            return None
        return (
            host_queue.waiting.pop()
            if host_queue.state.times_opened and host_queue.state.down is None
            else host_queue.waiting.popleft()
        )

    def _close_if_done(self, host_queue: HostQueue) -> None:
        if host_queue.in_flight or host_queue.waiting or host_queue.left or host_queue.later:
            return
        host_queue.state.released = None
        self._host_queues.pop(host_queue.state.host, None)

    @staticmethod
    def _prune(heap: _Heap) -> bool:
        """Drop outdated entries from the top; whether anything is left."""
        while heap and heap[0][2].stamp != heap[0][1]:
            heappop(heap)
        return bool(heap)
