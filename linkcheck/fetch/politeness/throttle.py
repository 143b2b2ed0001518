"""Delays each request, including those of redirects, until the limits of its host and of the run allow it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from linkcheck.fetch.http.failures import FetchError, failure
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse, Transport
from linkcheck.fetch.politeness.circuit_breaker import SERVER_ERROR, give_up, may_give_up, record_success
from linkcheck.fetch.politeness.concurrency import ConcurrencyLimiter
from linkcheck.fetch.politeness.host_limits import POLL_SECONDS, HostState, HostStates
from linkcheck.fetch.politeness.retry import TOO_MANY_REQUESTS, retry_after
from linkcheck.model import Failure, FailureKind

UNAVAILABLE = 503
LAST_AFTER = 3
"""Responses 429 in a row after which a host's targets are requested last."""
GIVE_UP_AFTER = 6
"""Responses 429 in a row after which a host gets no further requests."""
LONGEST_PAUSE = 8.0
"""Seconds between the last tries of a host that returns server errors, while chains wait for it."""
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


class Throttle:
    """Sends a request when its host's limits allow it; one per worker, since a worker makes one request at a time.

    So a request's slot is released when the worker's next request begins or its target is finished (`leave`), and not before
    its body was read. The scheduler takes the slot for a target's first request itself (`admit`), so that a worker never
    waits for a target that could have stayed in the queue.
    """

    def __init__(
        self,
        inner: Transport,
        states: HostStates,
        *,
        clock: Callable[[], float],
        max_retry_after: float,
        limiter: ConcurrencyLimiter,
        on_slot_released: Callable[[], None] = lambda: None,
        waits: bool = True,
        off_the_record: bool = False,
    ) -> None:
        """A `Retry-After` of more than `max_retry_after` seconds ends the requests to the host; shorter ones are waited for.

        Without `waits` there are no waits: replayed responses come from no host. `off_the_record` requests are not recorded.
        """
        self._inner = inner
        self._states = states
        self._clock = clock
        self._max_retry_after = max_retry_after
        self._waits = waits
        self._off_the_record = off_the_record
        self._limiter = limiter
        self._on_slot_released = on_slot_released
        self._admitted = False
        self._inside = False
        self._has_slot = False
        self.state: HostState | None = None
        """The most recently contacted host."""

    def admit(self, state: HostState) -> None:
        """Begin a target whose host slot was already taken."""
        self._limiter.take()
        self._has_slot = True
        self.state = state
        self._admitted = self._inside = True

    async def begin(self) -> None:
        """Begin a request without a scheduler: take a slot."""
        await self._limiter.reacquire()
        self._has_slot = True

    def leave(self) -> None:
        """End the request under way, if any."""
        if self._inside and self.state is not None:
            self._inside = False
            self.state.leave()
        self._admitted = False

    def done(self) -> None:
        """End the target: release its slots."""
        self.leave()
        if self._has_slot:
            self._has_slot = False
            self._limiter.give()

    async def send(self, request: OutgoingRequest) -> RawResponse:
        host = request.url.host
        state = self.state
        if self._admitted and state is not None and state.host == host:
            self._admitted = False
        else:
            self.leave()
            state = await self._enter(host, request)
        request.next_turn = partial(self._next_turn, state)
        request.off_the_record = self._off_the_record
        response = await self._inner.send(request)
        state.origins.add(request.url.origin)
        works = state.answers = state.answers or response.status < SERVER_ERROR
        if (state.strikes or state.times_opened or state.errors) and (works or not state.errors):
            record_success(
                state
            )  # a server error of a host that returns nothing else is weighed with its body (`record_failure`)
        if response.status in (TOO_MANY_REQUESTS, UNAVAILABLE):
            until = apply_retry_after(state, response, now=self._clock(), longest=self._max_retry_after)
            state.retry_after_until = max(state.retry_after_until, until) if self._waits else state.retry_after_until
        elif state.consecutive_429:
            state.consecutive_429 = 0
        return response

    async def _enter(self, host: str, request: OutgoingRequest) -> HostState:
        state = self._states[host]
        self.state = state
        self._apply_breaker(state)
        if state.down is not None:
            raise FetchError(state.down)
        if state.waiters or not state.can_start(self._clock()):
            await self._wait(state, request)
        if state.down is not None:
            raise FetchError(state.down)
        state.take()
        try:
            while not state.share():  # other processes use all its slots
                await self._pause(POLL_SECONDS, request)
        except BaseException:
            state.leave(shared=False)
            raise
        self._inside = True
        start = state.start(self._clock())
        if (more := start - self._clock()) > 0:  # another process took precedence
            await self._pause(more, request)
        return state

    def _apply_breaker(self, state: HostState) -> None:
        """Raise if the breaker prevents requests: a chain does not wait for a host that may never respond.

        It is deferred to the end of the run, when the host gets its last try; if that fails too, the host gets no further
        requests.
        """
        now = self._clock()
        if state.down is not None or state.open_until <= now:
            return
        if not state.tried:
            raise FetchError(failure(FailureKind.HOST_DOWN, "resting", state.host))
        last_try(state, now, lambda times_opened: min(LONGEST_PAUSE, 2.0 ** (times_opened - 1)))

    async def _next_turn(self, state: HostState, request: OutgoingRequest) -> None:
        """Wait until a request that keeps its slot can be sent again: the host receives it as one more request."""
        while state.down is None:
            start = state.start(max(self._clock(), state.retry_after_until))
            if (more := start - self._clock()) > 0:
                await self._pause(more, request)
            if state.retry_after_until <= self._clock():
                break
        if state.down is not None:
            raise FetchError(state.down)

    @staticmethod
    async def _pause(seconds: float, request: OutgoingRequest) -> None:
        with _paused(request):
            await asyncio.sleep(seconds)

    async def _wait(self, state: HostState, request: OutgoingRequest) -> None:
        """Wait with the attempt's clock paused: how busy a host is says nothing about the target.

        Another worker gets the slot meanwhile. First come, first served; only the first waiter watches the host's state.
        """
        state.waiters += 1
        self._release_slot()
        try:
            with _paused(request):
                async with state.turn:
                    while not self._has_slot:
                        await self._until_ready(state)
                        await self._limiter.reacquire()
                        self._has_slot = True
                        if state.down is None and not state.can_start(self._clock()):
                            self._release_slot()
        finally:
            state.waiters -= 1
            state.offer_slot()

    async def _until_ready(self, state: HostState) -> None:
        while state.down is None and not state.can_start(now := self._clock()):
            self._apply_breaker(state)
            if state.room:
                await asyncio.sleep(max(0.0, state.ready_at() - now))
                continue
            state.slot_free = asyncio.get_running_loop().create_future()
            try:
                await state.slot_free
            finally:
                state.slot_free = None

    def _release_slot(self) -> None:
        self._has_slot = False
        self._limiter.give()
        self._on_slot_released()

    async def aclose(self) -> None:
        """Do nothing: the inner transport is shared by all workers and closed by its creator."""


def _paused(request: OutgoingRequest) -> AbstractContextManager[None]:
    return nullcontext() if request.deadline is None else request.deadline.paused()


def last_try(state: HostState, now: float, pause: Callable[[int], float]) -> None:
    """End the wait for a breaker at the end of the run: the host gets one more request, and is given up if that fails.

    A host with server errors gets more, until enough are known. `pause` returns the seconds before each, by how often the
    breaker opened.
    """
    if state.tried and may_give_up(state):
        give_up(state)
    state.tried = True
    state.open_until = 0.0
    if state.errors and state.down is None:
        state.retry_after_until = max(state.retry_after_until, now + pause(state.times_opened))


def apply_retry_after(state: HostState, response: RawResponse, *, now: float, longest: float) -> float:
    """Until when the host requested no further requests (RFC 6585 section 4, RFC 9110 section 10.2.3).

    If that exceeds `longest`, or the host returns nothing else, it is set `down`, and `HostStates.end_pauses` ends that.
    """
    field = response.header(b"retry-after")
    wait = retry_after(field, date=response.header(b"date"))
    if wait is not None and wait > longest and state.down is None:
        state.down = Failure(
            FailureKind.HOST_DOWN,
            "rate-limited",
            f"{state.host} requires a wait of {duration_in_words(wait)} before further requests (Retry-After: {field})",
        )
    if response.status == TOO_MANY_REQUESTS:
        state.consecutive_429 += 1
        if wait is None:
            wait = 2.0**state.consecutive_429
    if state.consecutive_429 >= GIVE_UP_AFTER and state.down is None:
        state.down = Failure(
            FailureKind.HOST_DOWN,
            "rate-limited",
            f"{state.host} kept returning 429 Too Many Requests; no further request was sent",
        )
    if wait is None:
        return now
    return now + (min(wait, longest) if state.down is None else wait)


def duration_in_words(seconds: float) -> str:
    """A duration in its largest unit: `1 hour`, `about 2 days`."""
    unit, size = next(((unit, size) for unit, size in _UNITS if seconds >= size), _UNITS[-1])
    number = round(seconds / size)
    return f"{'' if number * size == seconds else 'about '}{number} {unit}{'' if number == 1 else 's'}"
