"""The crawl loop: workers request the targets that the host queues return, and process each outcome.

The path of one target:

    HostQueues.next --> _try --> _settle --> retry (a transient failure with attempts left: back to the queue, later)
                                        |--> DeferredQueue (a final retry when all others are done)
                                        `--> record
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

import anyio
import anyio.abc
from msgspec.structs import replace

from linkcheck.fetch.attempt.soft_404 import (
    NotFoundBehavior,
    NotFoundCache,
    compared,
    looks_missing,
    nonexistent_target,
    not_found_behavior,
)
from linkcheck.fetch.http.messages import Transport
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.circuit_breaker import SERVER_ERROR, record_failure, record_origin_failure
from linkcheck.fetch.politeness.concurrency import ConcurrencyLimiter
from linkcheck.fetch.politeness.host_limits import HostState, HostStates
from linkcheck.fetch.politeness.network_health import (
    NetworkMonitor,
    NetworkState,
    is_missing_name,
    is_unrouted,
    may_be_network,
    network_state_of,
    proves_network_up,
)
from linkcheck.fetch.politeness.outage import CONTROLS, Outage
from linkcheck.fetch.politeness.retry import TOO_MANY_REQUESTS, backoff, deserves_final_retry, is_deferred, is_transient
from linkcheck.fetch.politeness.throttle import UNAVAILABLE, Throttle
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.deferred_queue import Deferred, DeferredQueue
from linkcheck.fetch.scheduling.host_queues import HostQueues, QueuedTarget
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.model import Failure, FailureKind, Outcome, Probe, Target
from linkcheck.timestamps import current_timestamp
from linkcheck.urls import parse_url
from linkcheck.urls.registrable_domain import registrable_domain

BATCH = 256
"""Maximum number of outcomes per call of `record`; the rest are passed at the next beat."""
BEAT = 0.25
DRAIN = 5.0
"""Seconds that requests under way get when a run ends early."""
PATIENCE_AT_START = 30.0
"""Seconds to wait for a network without any response so far."""
_WINDOW = 120.0
_MOST_DESCRIPTOR_FAILURES = 20
_SPARE_WORKERS = 256
"""Workers in addition to the limit, for chains that wait for their turn at a host."""
_MOST_NOTICES = 20

Record = Callable[[Sequence[Outcome]], None]


class Follow(Protocol):
    """One attempt of a whole chain, `before` the previous one; never raises for network failures (`redirects.follow`)."""

    def __call__(self, target: Target, transport: Transport, /, *, before: Outcome | None) -> Awaitable[Outcome]: ...


class Crawler:
    """One run in one event loop. `inner` is shared by all workers and closed by the caller."""

    def __init__(
        self,
        source: TargetSource,
        record: Record,
        options: FetchOptions,
        *,
        follow: Follow,
        inner: Transport,
        rng: random.Random,
        on_progress: Callable[[CrawlProgress], None] | None = None,
        stop: Callable[[], bool] | None = None,
        states: HostStates | None = None,
        finds_names: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        """`finds_names` tests whether a DNS server resolves names that always exist; None if no name is resolved."""
        self._loop = asyncio.get_running_loop()
        self._clock = self._loop.time
        self._record = record
        self._options = options
        self._follow = follow
        self._inner = inner
        self._rng = rng
        self._on_progress = on_progress
        self._stop = stop
        self._finds_names = finds_names
        self._states = HostStates(options) if states is None else states
        self._schedule = HostQueues(source, self._states)
        self._schedule.changed = self._wake
        self._monitor = NetworkMonitor(registrable_domain, known_good=options.controls)
        self._deferred_queue = DeferredQueue()
        self._not_found = NotFoundCache()
        self._behavior_requests: dict[tuple[str, str], asyncio.Future[NotFoundBehavior]] = {}

        self._limiter = ConcurrencyLimiter(max(1, options.concurrency))
        self._workers = 0
        self._idle: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0
        self._group: anyio.abc.TaskGroup | None = None
        self._in_flight: set[QueuedTarget] = set()

        self._batch: list[Outcome] = []
        self._done = 0
        self._requests = 0
        self._notices: list[str] = []
        self._outage: Outage[QueuedTarget] = Outage(
            self._states, options.controls, at_once=options.concurrency, clock=self._clock
        )
        self._looked_at_end = False

        self._over = asyncio.Event()
        self._ending = False
        self._ends_at = 0.0
        self._because: str | None = None
        self._interrupted: int | None = None
        self._out_of_time = False
        self._network_down = False
        self._error: Exception | None = None

    # Main loop

    async def run(self) -> CrawlResult:
        """Request all targets. Raises what `record` raises, after the workers have stopped."""
        began = self._clock()
        try:
            async with anyio.create_task_group() as group:
                self._group = group
                self._wake()
                await self._beat(began)
                group.cancel_scope.cancel()
        finally:
            self._group = None
        self._close()
        if self._error is not None:
            raise self._error
        return CrawlResult(
            complete=self._because is None,
            because=self._because,
            interrupted=self._interrupted,
            network_down=self._network_down,
            requests=self._requests,
            notices=tuple(self._notices),
        )

    def interrupt(self, signum: int) -> None:
        """Make no further requests; those under way get a few seconds. A second signal ends the run at once."""
        if self._interrupted is not None:
            self._ends_at = 0.0
            self._over.set()
        self._interrupted = signum
        self._end("interrupted")

    async def _beat(self, began: float) -> None:
        """Do the periodic work until the run is over."""
        beats = 0
        while not (self._over.is_set() and (not self._in_flight or self._clock() >= self._ends_at)):
            with anyio.move_on_after(BEAT):
                await self._over.wait() if not self._ending else await anyio.sleep(BEAT / 5)
            if self._ending and (not self._in_flight or self._clock() >= self._ends_at):
                return
            beats += 1
            self._flush()
            if beats % 4 == 0:
                self._schedule.sweep(self._clock())
            if self._on_progress is not None:
                self._on_progress(self._progress(self._clock() - began))
            if self._over.is_set():
                continue  # all is done, whatever the time
            if self._stop is not None and not self._ending and self._stop():
                self._end("stopped")
            most = self._options.max_time
            if most is not None and not self._ending and self._clock() - began >= most:
                self._out_of_time = True
                self._end(f"time limit reached (--max-time {most:g})")

    def _progress(self, spent: float) -> CrawlProgress:
        most = self._options.max_time
        least = self._schedule.least_seconds()
        return CrawlProgress(
            done=self._done,
            put_off=len(self._deferred_queue),
            requests=self._requests,
            in_flight=len(self._in_flight),
            hosts=self._schedule.open_hosts,
            resting=self._states.resting_hosts(self._clock()),
            message=f"waiting: {self._outage.network.value}" if self._outage.network and self._outage.waiting else None,
            least_seconds=0.0 if self._ending else least if most is None else max(0.0, min(least, most - spent)),
        )

    def _end(self, because: str) -> None:
        if not self._ending:
            self._ending = True
            self._because = because
            self._ends_at = self._clock() + DRAIN
            self._over.set()

    def _close(self) -> None:
        """After the workers have ended: record known outcomes, and unrequested targets if the time ran out."""
        if self._timer is not None:
            self._timer.cancel()
        if self._error is None and not self._network_down:
            suspected = self._outage.network or self._monitor.at_end()
            for item in self._deferred_queue.drain():
                hit = suspected is not NetworkState.OK and may_be_network(item.outcome, suspected)
                if not (hit or is_unrouted(item.outcome)) or self._monitor.blames(item.target.host):
                    self._finish(item.outcome)
                else:
                    self._finish_unrequested(QueuedTarget(item.target, self._schedule.host_queue(item.target.host)))
            for pending in self._in_flight:
                self._finish_unrequested(pending)
            if self._out_of_time:
                for pending in self._schedule.unrequested():
                    self._finish_unrequested(pending)
        self._deferred_queue.close()
        self._flush()

    def _finish_unrequested(self, pending: QueuedTarget) -> None:
        if pending.outcome is not None and not is_unrouted(pending.outcome):
            self._finish(pending.outcome)
        elif self._out_of_time:
            message = "time limit of the run reached"
            self._finish(self._not_requested(pending.target, Failure(FailureKind.OUT_OF_TIME, "run", message)))

    # Workers

    def _wake(self) -> None:
        """There may be work: wake an idle worker, or start one if there may be more.

        With every slot in use no worker could do anything; the one that releases a slot checks for work itself.
        """
        if not self._limiter.free:
            return
        while self._idle:
            sleeper = self._idle.popleft()
            if not sleeper.done():
                sleeper.set_result(None)
                return
        if self._workers < _SPARE_WORKERS + self._limiter.limit and self._group is not None:
            self._workers += 1
            self._group.start_soon(self._work)

    async def _work(self) -> None:
        throttle = Throttle(
            self._inner,
            self._states,
            clock=self._clock,
            max_retry_after=self._options.max_retry_after,
            limiter=self._limiter,
            on_slot_released=self._wake,
            waits=self._options.replay is None,
        )
        try:
            while not self._over.is_set():
                can_start = self._outage.network is None and self._limiter.free
                pending = self._schedule.next(self._clock()) if can_start else None
                if pending is None:
                    await self._sleep()
                    continue
                if pending.host_queue.state.down is not None or pending.known is not None:
                    await self._skip(pending)
                    continue
                throttle.admit(pending.host_queue.state)
                if self._limiter.free:
                    self._wake()
                await self._serve(pending, throttle)
        finally:
            self._workers -= 1

    async def _sleep(self) -> None:
        """Wait for a change. The last worker to do so starts the next phase or a timer."""
        if not self._ending and self._outage.network is None and self._limiter.free:
            if self._schedule.only_rest and not self._in_flight:
                self._next_phase()
                if self._over.is_set():
                    return
            self._set_timer()
        sleeper = self._loop.create_future()
        self._idle.append(sleeper)
        await sleeper

    def _set_timer(self) -> None:
        at = self._schedule.wake_at()
        if self._timer is not None:
            if at is not None and self._timer_at <= at:
                return
            self._timer.cancel()
            self._timer = None
        if at is not None:
            self._timer_at = at
            self._timer = self._loop.call_at(at, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._wake()

    def _next_phase(self) -> None:
        """After all possible requests: start with deferred hosts, then final retries, then end the run."""
        # Before giving up a host: if nothing responds, the network is the cause.
        if (self._monitor.ever_answered or not self._looked_at_end) and (
            len(self._deferred_queue) or self._schedule.open_hosts
        ):
            self._looked_at_end = self._looked_at_end or not self._monitor.ever_answered
            if (network := self._monitor.at_end()) is not NetworkState.OK:
                self._pause(network)
                return
        if self._schedule.rest(
            self._clock(), lambda times_opened: backoff(times_opened, base=self._options.backoff, rng=self._rng)
        ):
            self._loop.call_soon(self._wake)
            return
        if len(self._deferred_queue):
            if self._options.final_retry and self._options.retries:
                self._schedule.feed(self._final_retries())
            else:
                for item in self._deferred_queue.drain():
                    self._finish(item.outcome)
            self._loop.call_soon(self._wake)
            return
        self._over.set()
        for sleeper in self._idle:
            if not sleeper.done():
                sleeper.set_result(None)

    def _final_retries(self) -> Iterator[QueuedTarget]:
        self._states.begin_final_retries()
        for item in self._deferred_queue.drain():
            if item.looked:
                self._finish(item.outcome)
                continue
            pending = QueuedTarget(item.target, self._schedule.host_queue(item.target.host))
            pending.final_retry = not is_deferred(item.outcome)
            pending.outcome = item.outcome
            pending.attempts = item.outcome.attempts
            pending.requests = item.outcome.requests
            pending.statuses = (*item.outcome.tried_statuses, status_of(item.outcome))
            yield pending

    async def _serve(self, pending: QueuedTarget, throttle: Throttle) -> None:
        self._in_flight.add(pending)
        try:
            outcome = await self._try(pending.target, throttle, before=pending.outcome)
            if looks_missing(outcome):
                outcome = await self._compare_with_host(outcome, throttle)
            self._settle(pending, outcome, throttle)
            self._in_flight.discard(pending)
        finally:
            throttle.done()

    async def _skip(self, pending: QueuedTarget) -> None:
        """Record the failure of the target's host or origin for it, too."""
        state = pending.host_queue.state
        if state.down is not None and state.down.kind is FailureKind.DNS:
            self._decide(pending, self._not_requested(pending.target, state.down), self._clock())
        elif state.down is not None:
            self._finish(pending.outcome or self._not_requested(pending.target, state.down))
        elif pending.known is not None:
            self._finish(pending.known)
        self._schedule.finished(pending)
        if self._done % BATCH == 0:
            await asyncio.sleep(0)  # a long queue of a dead host must not delay the others

    async def _try(self, target: Target, throttle: Throttle, *, before: Outcome | None = None) -> Outcome:
        try:
            outcome = await self._follow(target, throttle, before=before)
        except Exception as error:  # noqa: BLE001 - one target's bug must not end the run; it is reported as an internal error
            message = f"internal error: {type(error).__name__}: {error}"[:300]
            outcome = self._not_requested(target, Failure(FailureKind.INTERNAL, type(error).__name__, message))
            if len(self._notices) < _MOST_NOTICES:
                self._notices.append(f"{message} (at {target.host}); please report it")
        self._requests += outcome.requests
        return outcome

    async def _compare_with_host(self, outcome: Outcome, throttle: Throttle) -> Outcome:
        """Whether the page is what its host, or its folder there, returns for any path; each is tested once."""
        return await compared(outcome, partial(self._not_found_behavior, throttle))

    async def _not_found_behavior(self, throttle: Throttle, url: str, folder: str) -> NotFoundBehavior:
        """How the host of a URL responds to paths that do not exist in a folder."""
        if self._ending:
            return NotFoundBehavior(None)
        host = parse_url(url).host
        known = self._not_found.get(host, folder)
        if known is None and (pending_behavior := self._behavior_requests.get((host, folder))) is not None:
            throttle.done()  # the test may need the caller's slots
            known = await asyncio.shield(pending_behavior)
        if known is None and folder != "/" and not self._not_found.can_test(host):
            return NotFoundBehavior(None)
        if known is None:
            pending_behavior = self._behavior_requests[host, folder] = self._loop.create_future()
            try:
                made_up = nonexistent_target(Target(url, Probe.PAGE, host), self._rng, folder=folder)
                known = not_found_behavior(await self._try(made_up, throttle))
                self._not_found.remember(host, known, folder)
            finally:
                del self._behavior_requests[host, folder]
                pending_behavior.set_result(NotFoundBehavior(None) if known is None else known)
        return known

    # Processing of outcomes

    def _settle(self, pending: QueuedTarget, outcome: Outcome, throttle: Throttle) -> None:
        now = self._clock()
        schedule = self._schedule
        state = throttle.state
        failure = outcome.failure
        if (
            failure is not None
            and failure.detail == "no-descriptors"
            and self._handle_no_descriptors(pending, throttle, now)
        ):
            return
        if state is not None and (failure is not None or status_of(outcome) >= SERVER_ERROR):
            record_failure(state, outcome, now)
            record_origin_failure(state, outcome)
            if is_missing_name(outcome):
                state.down = failure  # applies to all links of the host, and is resolved once more at the end
        network = self._monitor.note(pending.target.host, outcome, now=now)
        if failure is not None and may_be_network(outcome):
            self._outage.last = failure.message
        if network is not NetworkState.OK and self._outage.network is None and not self._ending:
            self._pause(network)
        throttle.leave()
        schedule.finished(pending)
        if self._outage.network is not None:
            if may_be_network(outcome, self._outage.network):
                self._outage.window.append((pending, outcome))
                return
            self._outage.answered = self._outage.answered or proves_network_up(outcome, self._outage.network)
        self._decide(pending, outcome, now, state)

    def _decide(self, pending: QueuedTarget, outcome: Outcome, now: float, state: HostState | None = None) -> None:
        """Accept an outcome, or retry now or at the end. `state` is that of the host contacted last."""
        schedule, options, failure = self._schedule, self._options, outcome.failure
        rested = state.down if state is not None and state.down is not None and state.down.detail == "rate-limited" else None
        pending.attempts += 1
        pending.requests += outcome.requests
        if pending.attempts > 1:
            outcome = replace(outcome, attempts=pending.attempts, requests=pending.requests, tried_statuses=pending.statuses)
        if is_deferred(outcome):
            self._deferred_queue.add(Deferred(pending.target, outcome, now))
        elif (
            pending.final_retry
            and network_state_of(outcome) is NetworkState.OFFLINE
            and not self._monitor.blames(pending.target.host)
        ):
            self._deferred_queue.add(
                Deferred(pending.target, outcome, now, looked=True)
            )  # until it is known whether the network is the cause
        elif not pending.final_retry and self._monitor.may_be_captive_portal(outcome):
            self._deferred_queue.add(Deferred(pending.target, outcome, now))
        elif rested is not None and status_of(outcome) in (TOO_MANY_REQUESTS, UNAVAILABLE):
            self._finish(replace(outcome, answer=None, failure=rested))  # one reason for all links of the host
        elif pending.final_retry or (failure is None and outcome.answer is not None and outcome.answer.status < 400):
            self._finish(outcome)
        elif is_transient(outcome) and pending.attempts <= options.retries:
            pending.outcome = outcome
            pending.statuses = (*pending.statuses, status_of(outcome))
            wait = backoff(pending.attempts, base=options.backoff, rng=self._rng)
            schedule.again(pending, now + wait, now)
        elif deserves_final_retry(outcome):
            self._deferred_queue.add(Deferred(pending.target, outcome, now))
        else:
            self._finish(outcome)

    def _handle_no_descriptors(self, pending: QueuedTarget, throttle: Throttle, now: float) -> bool:
        """Out of file descriptors on this machine: reduce the concurrency, and repeat the target without counting the
        attempt.
        """
        if self._limiter.limit > 1:
            self._limiter.limit = max(1, self._limiter.limit // 2)
            notice = (
                f"file descriptors ran out: at most {self._limiter.limit} requests at once from here on (raise `ulimit -n`)"
            )
            self._notices = [*(n for n in self._notices if not n.startswith("file descriptors")), notice]
        pending.descriptor_failures += 1
        if pending.descriptor_failures > _MOST_DESCRIPTOR_FAILURES:
            return False
        throttle.leave()
        self._schedule.finished(pending)
        self._schedule.again(pending, now + BEAT * pending.descriptor_failures, now)
        return True

    def _finish(self, outcome: Outcome) -> None:
        self._batch.append(outcome)
        self._done += 1
        if len(self._batch) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        if not self._batch or self._error is not None:
            return
        batch, self._batch = self._batch, []
        try:
            self._record(batch)
        except Exception as error:  # noqa: BLE001 - raised to the caller once the workers have stopped
            self._error = error
            self._end("the results could not be recorded")
            self._ends_at = 0.0

    def _not_requested(self, target: Target, failure: Failure) -> Outcome:
        return Outcome(target.url, target.probe, failure=failure, attempts=0, requests=0, checked_at=current_timestamp())

    # Network outages

    def _pause(self, network: NetworkState) -> None:
        self._outage.begin(network)
        if self._group is not None:
            self._group.start_soon(self._handle_outage)

    async def _handle_outage(self) -> None:
        """Find out whether the network is down; if so, wait for it and start again with what failed meanwhile."""
        suspected = self._outage.network or NetworkState.OFFLINE
        controls = self._monitor.controls(suspected)
        weak = suspected is NetworkState.OFFLINE and self._monitor.is_weak
        if weak and (self._finds_names is None or await self._finds_names()):
            self._dismiss(suspected)
            return
        if await self._outage.is_false_alarm(controls, self._check_network):
            self._dismiss(suspected)
            return
        patience = self._options.patience
        if not self._monitor.was_contradicted(suspected):
            patience = min(PATIENCE_AT_START, patience)
        if await self._outage.wait_for_network(
            patience,
            controls,
            [item.target for item in self._deferred_queue.latest(CONTROLS)],
            self._check_network,
            names=self._finds_names,
            ending=lambda: self._ending,
        ):
            self._resume()
        elif not self._ending:
            self._network_down = True
            self._end(self._outage.describe())

    async def _check_network(self, target: Target) -> bool:
        """Whether the network lets any request of this target through."""
        throttle = Throttle(
            self._inner,
            self._states,
            clock=self._clock,
            max_retry_after=self._options.max_retry_after,
            limiter=ConcurrencyLimiter(1),
            waits=False,
            off_the_record=True,
        )
        try:
            return proves_network_up(await self._try(target, throttle), self._outage.network or NetworkState.OFFLINE)
        finally:
            throttle.done()

    def _dismiss(self, suspected: NetworkState) -> None:
        """The network is fine: each failure is the target's own, and processed like any other."""
        now = self._clock()
        self._monitor.dismiss(suspected)
        for pending, outcome in self._outage.end():
            self._decide(pending, outcome, now)
        self._wake()

    def _resume(self) -> None:
        now = self._clock()
        self._monitor.reset()
        self._looked_at_end = False
        shelved = self._deferred_queue.since(now - _WINDOW, alike=lambda item: may_be_network(item.outcome))
        for target in (*(pending.target for pending, _ in self._outage.end()), *(item.target for item in shelved)):
            self._schedule.again(QueuedTarget(target, self._schedule.host_queue(target.host)), now, now)
        self._schedule.forget_tries(may_be_network)
        self._wake()


def status_of(outcome: Outcome) -> int:
    return 0 if outcome.answer is None else outcome.answer.status
