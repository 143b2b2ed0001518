"""Selects the next target: from the host with the longest queue, as soon as its limits allow a request.

No network and no clock: the time is an argument. A host has a queue while it has targets in memory or in the source. Each
queue is in one of these collections, and is moved when its state changes (`place`):

    ready     can start a request now; a heap, longest queue first
    timed     can start one at a known time (rate limit, Retry-After, back-off); a heap by time
    resting   its breaker is open; a heap by time, not waited for at the end of the run
    last      it kept returning 429: activated when all other queues are done
    (none)    has the maximum of requests under way; moved again when one is done
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
"""Approximate number of targets in memory at once."""
HANDFUL = 16
"""Targets of a host taken from the source at a time, while there is room."""


class QueuedTarget:
    """A target in memory, with its attempts so far. `outcome` is that of the last one.

    `known` is the outcome of a target that need not be requested.
    """

    __slots__ = (
        "attempts",
        "descriptor_failures",
        "final_retry",
        "host_queue",
        "known",
        "outcome",
        "requests",
        "statuses",
        "target",
    )

    def __init__(self, target: Target, host_queue: "HostQueue") -> None:
        self.target = target
        self.host_queue = host_queue
        self.attempts = 0
        self.requests = 0
        self.statuses: tuple[int, ...] = ()
        self.outcome: Outcome | None = None
        self.known: Outcome | None = None
        self.final_retry = False
        """Whether this is its final retry."""
        self.descriptor_failures = 0
        """How often there was no file descriptor for it."""


class HostQueue:
    """A host's queue: `waiting` in memory, `later` to be retried at a time, `left` still in the source."""

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
    """Returns targets to request, with a slot at their host already taken."""

    def __init__(self, source: TargetSource, states: HostStates, *, hold: int = HOLD) -> None:
        self._source = source
        self._states = states
        self._hold = hold
        self._hosts: Iterator[tuple[str, int]] = (host for host in source.hosts() if host[1] > 0)
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
        """Called when a queue may have become ready other than during `next`."""
        self.held = 0
        """Targets in memory, including those under way."""
        self.in_flight = 0
        self._parked = 0

    def sweep(self, now: float) -> None:
        """Periodically remove hosts that nothing depends on; count the targets that wait for the end and are not limited by
        `HOLD`.
        """
        self._states.sweep(now)
        parked = (*self._last, *(host_queue for _, stamp, host_queue in self._resting if host_queue.stamp == stamp))
        self._parked = min(8 * self._hold, sum(len(host_queue.waiting) + len(host_queue.later) for host_queue in parked))

    @property
    def open_hosts(self) -> int:
        return len(self._host_queues)

    def least_seconds(self) -> float:
        """How long the remaining requests take at least: the longest queue at the rate of its host."""
        spans = [
            (host_queue.length - 1) * host_queue.state.interval
            for host_queue in self._host_queues.values()
            if _gets_requests(host_queue.state)
        ]
        if self._unopened is not None:
            host, left = self._unopened
            spans.append((left - 1) * self._states[host].interval)
        return max([0.0, *spans])

    def host_queue(self, host: str) -> HostQueue:
        """The queue of a host, created if needed."""
        host_queue = self._host_queues.get(host)
        if host_queue is None:
            host_queue = self._host_queues[host] = HostQueue(self._states[host], 0)
            host_queue.state.on_slot_free = lambda: self._freed(host_queue)
        return host_queue

    def next(self, now: float) -> QueuedTarget | None:
        """A target to request now, unless its host is `down` or it is `known`; None if there is none (see `wake_at`)."""
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
        """Take a slot for a request that starts now; False if another process has it or took precedence."""
        state.take()
        if not state.share():
            state.release_until(now + POLL_SECONDS, shared=False)
            return False
        start = state.start(now)
        if start > now:
            state.release_until(start, shared=True)
        return start <= now

    def wake_at(self) -> float | None:
        """When the next queue becomes ready; None if only the end of a running request can change anything."""
        times = [heap[0][0] for heap in (self._timed, self._resting) if self._prune(heap)]
        return min(times, default=None)

    def finished(self, pending: QueuedTarget) -> None:
        """An attempt is over; its slot was released before."""
        pending.host_queue.in_flight -= 1
        self.in_flight -= 1
        self.held -= 1
        self._close_if_done(pending.host_queue)

    def again(self, pending: QueuedTarget, at: float, now: float) -> None:
        """Retry a target, not before `at`."""
        host_queue = pending.host_queue = self.host_queue(pending.target.host)
        heappush(host_queue.later, (at, next(self._stamps), pending))
        self.held += 1
        self.place(host_queue, now)
        self.changed()

    def forget_tries(self, hit: Callable[[Outcome | None], bool]) -> None:
        """Reset the attempts of waiting targets whose outcome matches: it proved nothing about them."""
        for host_queue in self._host_queues.values():
            for _, _, pending in host_queue.later:
                if hit(pending.outcome):
                    pending.attempts = 0
                    pending.statuses = ()
                    pending.outcome = None

    def feed(self, pendings: Iterator[QueuedTarget]) -> None:
        """Targets for final retries, taken as there is room for them."""
        self._again = pendings

    def place(self, host_queue: HostQueue, now: float) -> None:
        """Move a queue to the collection for its current state."""
        host_queue.stamp = stamp = next(self._stamps)
        state = host_queue.state
        if state.down is not None:
            if host_queue.length:
                heappush(self._ready, (0.0, stamp, host_queue))
            return
        if not (host_queue.waiting or host_queue.left or host_queue.later) or state.waiters or not state.room:
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
        """Nothing is ready, timed or under way: activate the deferred hosts. False if nothing is left.

        `pause` returns the seconds before the next request to a host with server errors, by how often it was tried.
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
        """Whether only hosts are left that do not respond or return 429."""
        none_to_come = self._unopened is None and self._again is None
        return none_to_come and not self.in_flight and not self._prune(self._ready) and not self._prune(self._timed)

    def unrequested(self) -> Iterator[QueuedTarget]:
        """Everything not under way, in memory or in the source, for a run that ends early. Empties the queues."""
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
        while host_queue.left and (targets := self._source.take(host_queue.state.host, 256)):
            yield from (QueuedTarget(target, host_queue) for target in targets)
        host_queue.left = 0

    def _freed(self, host_queue: HostQueue) -> None:
        # The time is unknown here; a queue that is not ready yet is moved when it is next examined (`_best`).
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
        """The longest ready queue, including a host not opened yet."""
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
            state.waiters
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
        # While the breaker tests the host, another URL gives more evidence than the same one again, and the last in memory
        # more than the next: neighboring targets often fail together.
        fresh = host_queue.state.times_opened and host_queue.state.down is None and (host_queue.waiting or host_queue.left)
        if host_queue.later and not fresh and (host_queue.later[0][0] <= now or host_queue.state.down is not None):
            return heappop(host_queue.later)[2]
        if not host_queue.waiting and host_queue.left:
            room = self._hold - self.held
            handful = HANDFUL if room > self._hold // 2 else 4 if room > self._hold // 4 else 1
            targets = self._source.take(host_queue.state.host, handful)
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
        host_queue.state.on_slot_free = None
        self._host_queues.pop(host_queue.state.host, None)

    @staticmethod
    def _prune(heap: _Heap) -> bool:
        """Remove outdated entries from the top; whether anything is left."""
        while heap and heap[0][2].stamp != heap[0][1]:
            heappop(heap)
        return bool(heap)


def _gets_requests(state: HostState) -> bool:
    """Whether each target of a host is requested, as far as is known: a host that fails as a whole can be given up."""
    return state.down is None and state.lasting is None and not state.times_opened
