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

    __slots__ = ("attempts", "known", "lane", "outcome", "requests", "second", "starved", "statuses", "target")

    def __init__(self, target: Target, lane: "HostQueue") -> None:
        self.target = target
        self.lane = lane
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

    __slots__ = ("flying", "later", "left", "stamp", "state", "waiting")

    def __init__(self, state: HostState, left: int) -> None:
        self.state = state
        self.left = left
        self.waiting: deque[QueuedTarget] = deque()
        self.later: list[tuple[float, int, QueuedTarget]] = []
        self.flying = 0
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
        self._lanes: dict[str, HostQueue] = {}
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
        self.flying = 0
        self._parked = 0

    def sweep(self, now: float) -> None:
        """From time to time: forget hosts nothing depends on; count what waits for the end and takes no part in `HOLD`."""
        self._states.sweep(now)
        parked = (*self._last, *(lane for _, stamp, lane in self._resting if lane.stamp == stamp))
        self._parked = min(8 * self._hold, sum(len(lane.waiting) + len(lane.later) for lane in parked))

    @property
    def open_hosts(self) -> int:
        return len(self._lanes)

    def lane(self, host: str) -> HostQueue:
        """The lane of a host, opened if need be."""
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = HostQueue(self._states[host], 0)
            lane.state.released = lambda: self._freed(lane)
        return lane

    def next(self, now: float) -> QueuedTarget | None:
        """A target to request now, unless its gate is `down` or it is `known`; None when there is none (see `wake_at`)."""
        self._wake(now)
        while True:
            lane = self._best(now)
            if lane is None:
                return None
            pending = self._pick(lane, now)
            if pending is None:
                self.place(lane, now)
                continue
            pending.known = known_origin_failure(lane.state, pending.target)
            if lane.state.down is None and pending.known is None and not self._enter(lane.state, now):
                lane.waiting.appendleft(pending)
                self.place(lane, now)
                continue
            lane.flying += 1
            self.flying += 1
            self.place(lane, now)
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
        pending.lane.flying -= 1
        self.flying -= 1
        self.held -= 1
        self._close_if_done(pending.lane)

    def again(self, pending: QueuedTarget, at: float, now: float) -> None:
        """Ask this one again, not before `at`."""
        lane = pending.lane = self.lane(pending.target.host)
        heappush(lane.later, (at, next(self._stamps), pending))
        self.held += 1
        self.place(lane, now)
        self.changed()

    def forget_tries(self, hit: Callable[[Outcome | None], bool]) -> None:
        """What is to be tried again after an outcome that is no news of it starts afresh."""
        for lane in self._lanes.values():
            for _, _, pending in lane.later:
                if hit(pending.outcome):
                    pending.attempts = 0
                    pending.statuses = ()
                    pending.outcome = None

    def feed(self, pendings: Iterator[QueuedTarget]) -> None:
        """Targets of a second look, taken as there is room for them."""
        self._again = pendings

    def place(self, lane: HostQueue, now: float) -> None:
        """Put a lane where it belongs now."""
        lane.stamp = stamp = next(self._stamps)
        state = lane.state
        if state.down is not None:
            if lane.length:
                heappush(self._ready, (0.0, stamp, lane))
            return
        if not (lane.waiting or lane.left or lane.later) or state.queue or not state.room:
            return
        if state.consecutive_429 >= LAST_AFTER and not self._finale:
            self._last.append(lane)
            return
        at = state.ready_at()
        if not lane.waiting and not lane.left:
            at = max(at, lane.later[0][0])
        if at <= now:
            heappush(self._ready, (-lane.length, stamp, lane))
        elif state.open_until > now:
            heappush(self._resting, (state.open_until, stamp, lane))
        else:
            heappush(self._timed, (at, stamp, lane))

    def rest(self, now: float, pause: Callable[[int], float] = lambda _trips: 0.0) -> bool:
        """Nothing is ready, timed or under way: bring on what was kept for the end. False when nothing is left at all.

        `pause` gives the seconds before a host with server errors gets its next request, by how often it was tried.
        """
        if self._last:
            self._finale = True
            lanes, self._last = self._last, []
            for lane in lanes:
                self.place(lane, now)
            return True
        while self._prune(self._resting):
            lane = heappop(self._resting)[2]
            last_try(lane.state, now, pause)
            self.place(lane, now)
        return bool(self._prune(self._ready) or self._prune(self._timed))

    @property
    def only_rest(self) -> bool:
        """Whether all that is left are hosts that do not answer, that answer 429, or nothing."""
        none_to_come = self._unopened is None and self._again is None
        return none_to_come and not self.flying and not self._prune(self._ready) and not self._prune(self._timed)

    def unasked(self) -> Iterator[QueuedTarget]:
        """Everything not under way, in hand or to come; for a run that ends early. The schedule is empty afterwards."""
        for lane in list(self._lanes.values()):
            yield from lane.waiting
            yield from (pending for _, _, pending in lane.later)
            self.held -= len(lane.waiting) + len(lane.later)
            lane.waiting.clear()
            lane.later.clear()
            yield from self._rest_of(lane)
        yield from self._again or ()
        self._again = None
        while (opened := self._open()) is not None:
            yield from self._rest_of(opened)

    def _rest_of(self, lane: HostQueue) -> Iterator[QueuedTarget]:
        while lane.left and (targets := self._supply.take(lane.state.host, 256)):
            yield from (QueuedTarget(target, lane) for target in targets)
        lane.left = 0

    def _freed(self, lane: HostQueue) -> None:
        # The clock is not at hand; a lane that is not ready yet is sorted out when it comes up (`_best`).
        lane.stamp = stamp = next(self._stamps)
        if lane.waiting or lane.left or lane.later:
            heappush(self._ready, (-lane.length, stamp, lane))
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
            pending.lane = lane = self.lane(pending.target.host)
            lane.waiting.append(pending)
            self.held += 1
            self.place(lane, now)

    def _best(self, now: float) -> HostQueue | None:
        """The ready lane with the longest queue, a host not opened yet included."""
        while True:
            ready = self._prune(self._ready)
            longest = -self._ready[0][0] if ready else 0
            if self._unopened is not None and self._unopened[1] > longest and self._may_open(ready=ready):
                if (lane := self._open()) is not None:
                    self.place(lane, now)
                continue
            if not ready:
                return None
            lane = heappop(self._ready)[2]
            if lane.state.down is not None or self._may_start(lane, now):
                return lane
            self.place(lane, now)

    def _may_open(self, *, ready: bool) -> bool:
        # Never wait for room that only the end of the run would make.
        return self.held - self._parked < self._hold or not (ready or self.flying or self._prune(self._timed))

    def _may_start(self, lane: HostQueue, now: float) -> bool:
        state = lane.state
        if (
            state.queue
            or not state.room
            or state.ready_at() > now
            or (state.consecutive_429 >= LAST_AFTER and not self._finale)
        ):
            return False
        return bool(lane.waiting or lane.left or lane.later[0][0] <= now)

    def _open(self) -> HostQueue | None:
        if self._unopened is None:
            return None
        host, left = self._unopened
        self._unopened = next(self._hosts, None)
        lane = self.lane(host)
        lane.left += left
        return lane

    def _pick(self, lane: HostQueue, now: float) -> QueuedTarget | None:
        # While the breaker tries whether the host is back, another URL says more than the same one again, and the last in
        # hand more than the next: what fails often stands together.
        fresh = lane.state.times_opened and lane.state.down is None and (lane.waiting or lane.left)
        if lane.later and not fresh and (lane.later[0][0] <= now or lane.state.down is not None):
            return heappop(lane.later)[2]
        if not lane.waiting and lane.left:
            room = self._hold - self.held
            handful = HANDFUL if room > self._hold // 2 else 4 if room > self._hold // 4 else 1
            targets = self._supply.take(lane.state.host, handful)
            lane.left = max(0, lane.left - len(targets)) if targets else 0
            lane.waiting.extend(QueuedTarget(target, lane) for target in targets)
            self.held += len(targets)
        if not lane.waiting:
            return None
        return lane.waiting.pop() if lane.state.times_opened and lane.state.down is None else lane.waiting.popleft()

    def _close_if_done(self, lane: HostQueue) -> None:
        if lane.flying or lane.waiting or lane.left or lane.later:
            return
        lane.state.released = None
        self._lanes.pop(lane.state.host, None)

    @staticmethod
    def _prune(heap: _Heap) -> bool:
        """Drop outdated entries from the top; whether anything is left."""
        while heap and heap[0][2].stamp != heap[0][1]:
            heappop(heap)
        return bool(heap)
