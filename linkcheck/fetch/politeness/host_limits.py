"""The state and limits of each host: requests under way, and when the next one can start."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.model import Failure, FailureKind, Outcome
from linkcheck.urls import host_matches

POLL_SECONDS = 0.05
"""Seconds between checks for a slot that other processes use."""


class HostLimits(Protocol):
    """Rate limit and concurrency shared with other processes."""

    def start(self, host: str, at: float, interval: float) -> float:
        """When a request that could start at `at` is allowed to start."""

    def enter(self, host: str, limit: int) -> bool:
        """Take one of the host's `limit` slots; False if all are in use."""

    def leave(self, host: str) -> None:
        """Release a slot."""


class RateLimit(Struct, frozen=True):
    """How many concurrent requests, and how many seconds between the starts of two requests."""

    concurrency: int
    interval: float


class OriginFailure(Struct):
    """A failure that depends on the origin alone, such as an expired certificate, and the URLs that had it."""

    origin: str
    outcome: Outcome
    urls: set[str]


class HostState:
    """The state of one host. Times are the event loop's.

    `busy` is the number of requests under way, `free_at` when the rate limit allows the next one, `agreed_start` a start
    agreed with other processes, `retry_after_until` when the host accepts requests again by its own Retry-After,
    `open_until` until when the circuit breaker prevents requests. `consecutive_429` counts responses 429 in a row. `strikes`
    counts failures to connect in a row, `failed_urls` the URLs that had them, `times_opened` how often the breaker opened
    since the host last responded, `tried` whether its last try at the end of the run was allowed. `errors` are the statuses
    of 500 and above by URL while the host returns nothing else, `answers` whether it did. `lasting` is a failure of every
    URL of its origin, with the URLs that had it; `origins` are those that responded. `down` is why the host gets no further
    requests.
    """

    __slots__ = (
        "agreed_start",
        "answers",
        "busy",
        "consecutive_429",
        "down",
        "errors",
        "failed_urls",
        "free_at",
        "host",
        "interval",
        "lasting",
        "limit",
        "on_slot_free",
        "open_until",
        "origins",
        "retry_after_until",
        "shared_limits",
        "slot_free",
        "strikes",
        "times_opened",
        "tried",
        "turn",
        "waiters",
    )

    def __init__(self, host: str, rate: RateLimit, shared_limits: HostLimits | None = None) -> None:
        self.host = host
        self.shared_limits = shared_limits
        self.limit = max(1, rate.concurrency)
        self.interval = rate.interval
        self.busy = 0
        self.free_at = 0.0
        self.agreed_start = 0.0
        self.retry_after_until = 0.0
        self.open_until = 0.0
        self.consecutive_429 = 0
        self.strikes = 0
        self.failed_urls: set[str] = set()
        self.times_opened = 0
        self.tried = False
        self.errors: dict[str, int] = {}
        self.answers = False
        self.lasting: OriginFailure | None = None
        self.origins: set[str] = set()
        self.down: Failure | None = None
        # Requests of chains under way wait for this lock (`waiters` of them); they take precedence over new targets.
        self.turn = asyncio.Lock()
        self.waiters = 0
        # Wakes the first waiter if all slots are in use.
        self.slot_free: asyncio.Future[None] | None = None
        # Called when a slot is free and no request waits.
        self.on_slot_free: Callable[[], None] | None = None

    @property
    def room(self) -> bool:
        """Whether one more request can be under way; just one while the breaker tests the host."""
        return self.busy < (1 if self.times_opened else self.limit)

    def ready_at(self) -> float:
        """When the next request can start, by rate limit, Retry-After and breaker."""
        return max(self.free_at, self.retry_after_until, self.open_until)

    def can_start(self, now: float) -> bool:
        """Whether a request can start now."""
        return self.room and self.ready_at() <= now

    def take(self) -> None:
        """Take a slot of this process; `share` takes one among all processes."""
        self.busy += 1

    def share(self) -> bool:
        """Whether a request with a slot of this process also gets one among all processes."""
        return self.shared_limits is None or self.shared_limits.enter(self.host, self.limit)

    def start(self, now: float) -> float:
        """When the request with the slot can start; later than `now` if another process took precedence."""
        start = max(now, self.free_at, self.agreed_start)
        if self.shared_limits is not None and self.interval > 0 and not self.agreed_start:
            start = self.shared_limits.start(self.host, start, self.interval)
        self.agreed_start = 0.0
        self.free_at = start + self.interval
        return start

    def release_until(self, start: float, *, shared: bool) -> None:
        """Release the slot until `start`; if it was `shared`, that start is agreed with other processes."""
        self._release(shared=shared)
        self.free_at = max(self.free_at, start)
        if shared:
            self.free_at = self.agreed_start = start

    def leave(self, *, shared: bool = True) -> None:
        self._release(shared=shared)
        self.offer_slot()

    def _release(self, *, shared: bool) -> None:
        self.busy -= 1
        if shared and self.shared_limits is not None:
            self.shared_limits.leave(self.host)

    def offer_slot(self) -> None:
        """Offer a free slot to the next waiter."""
        if self.slot_free is not None:
            if not self.slot_free.done():
                self.slot_free.set_result(None)
        elif self.on_slot_free is not None and not self.waiters:
            self.on_slot_free()

    def idle(self, now: float) -> bool:
        """Whether this state can be removed without any effect."""
        nothing_known = not (self.strikes or self.consecutive_429 or self.errors or self.lasting or self.down)
        return nothing_known and not self.busy and not self.waiters and self.on_slot_free is None and self.ready_at() <= now


class HostStates:
    """Every host's state, created on first use and removed when nothing depends on it."""

    def __init__(
        self,
        options: FetchOptions,
        *,
        own: frozenset[str] | None = None,
        shares: int = 1,
        shared_limits: HostLimits | None = None,
    ) -> None:
        """`own` are the hosts that only this process requests; the rate of all others is divided by `shares`. None: all are
        own.

        `shared_limits` are shared with processes that may request the same hosts.
        """
        self._shared_limits = shared_limits
        self._default = RateLimit(options.per_host, options.interval)
        self._own = own
        self._shares = shares
        self._hosts = options.hosts
        self._states: dict[str, HostState] = {}

    def __getitem__(self, host: str) -> HostState:
        state = self._states.get(host)
        if state is None:
            rate = rate_limit_of(host, self._hosts, self._default)
            if self._own is not None and host not in self._own:
                rate = RateLimit(max(1, rate.concurrency // self._shares), rate.interval * self._shares)
            state = self._states[host] = HostState(host, rate, self._shared_limits)
        return state

    def __len__(self) -> int:
        return len(self._states)

    def resting_hosts(self, now: float) -> tuple[str, ...]:
        """Hosts that requested a pause or do not respond, sorted."""
        return tuple(sorted(g.host for g in self._states.values() if g.down or max(g.retry_after_until, g.open_until) > now))

    def begin_final_retries(self) -> None:
        """Retry names that did not exist, and allow each resting host its last try."""
        for state in self._states.values():
            if state.down is not None and state.down.kind is FailureKind.DNS:
                state.down = None
            if state.times_opened:
                state.tried = True
                state.open_until = 0.0

    def reset_breakers(self) -> None:
        """Reset all breakers: the network was down, not the hosts."""
        for state in self._states.values():
            state.strikes = state.times_opened = 0
            state.tried = False
            state.open_until = 0.0
            state.failed_urls.clear()
            if state.down is not None and state.down.detail == "no-answer":
                state.down = None

    def end_pauses(self, now: float) -> None:
        """Allow requests to the hosts whose Retry-After was too long for a crawl, but is over: a client can outlive it."""
        for state in self._states.values():
            if state.down is not None and state.down.detail == "rate-limited" and state.retry_after_until <= now:
                state.down = None
                state.consecutive_429 = 0

    def sweep(self, now: float) -> None:
        for host in [host for host, state in self._states.items() if state.idle(now)]:
            del self._states[host]


def rate_limit_of(host: str, rules: tuple[HostOptions, ...], default: RateLimit) -> RateLimit:
    """The rate limit of a host: for each value the first matching rule that sets it, else the default."""
    concurrency = interval = None
    for rule in rules:
        if host_matches(rule.pattern, host):
            concurrency = rule.concurrency if concurrency is None else concurrency
            interval = rule.interval if interval is None else interval
    return RateLimit(
        default.concurrency if concurrency is None else concurrency, default.interval if interval is None else interval
    )
