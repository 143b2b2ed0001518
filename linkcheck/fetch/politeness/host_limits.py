"""One host's gate: who is inside, when the next may go, and what the host last said."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.model import Failure, FailureKind, Outcome
from linkcheck.urls import host_matches

POLL_SECONDS = 0.05
"""Seconds until a place that other processes have is looked for again."""


class HostLimits(Protocol):
    """Pace and concurrency kept together with other processes."""

    def start(self, host: str, at: float, interval: float) -> float:
        """When a request that could start at `at` may start."""

    def enter(self, host: str, limit: int) -> bool:
        """Take one of the `limit` places at a host; False where all are taken."""

    def leave(self, host: str) -> None:
        """Give one back."""


class RateLimit(Struct, frozen=True):
    """How many at once, and how many seconds from the start of one request to the start of the next."""

    concurrency: int
    interval: float


class OriginFailure(Struct):
    """A failure that depends on the origin alone, such as an expired certificate, and the URLs that met it."""

    origin: str
    outcome: Outcome
    urls: set[str]


class HostState:
    """The state of one host. All times by the event loop's clock.

    `busy` are requests under way, `free_at` is when the rate limit allows the next one to start, `agreed_start` a start
    already agreed with other processes, `retry_after_until` when the host accepts requests again by its own word,
    `open_until` until when the circuit breaker keeps requests away. `consecutive_429` counts responses 429 in a row.
    `strikes` counts failures to connect in a row, `failed_urls` the URLs they were met at, `times_opened` how often the
    breaker opened since the host last answered, `tried` whether its last try at the end of the run was allowed. `errors` are
    the statuses of 500 and above by URL while the host returns nothing else, `answers` whether it did. `lasting` is a
    failure that every URL of its origin meets, with the URLs that met it; `origins` are those that answered. `down` is why
    the host gets no further requests.
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
        "freed",
        "host",
        "interval",
        "lasting",
        "limit",
        "line",
        "open_until",
        "origins",
        "queue",
        "released",
        "retry_after_until",
        "shared_limits",
        "strikes",
        "times_opened",
        "tried",
    )

    def __init__(self, host: str, pace: RateLimit, shared_limits: HostLimits | None = None) -> None:
        self.host = host
        self.shared_limits = shared_limits
        self.limit = max(1, pace.concurrency)
        self.interval = pace.interval
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
        # Requests of chains under way stand in line here (`queue` of them); they go before targets not yet begun.
        self.line = asyncio.Lock()
        self.queue = 0
        # What the first in line waits on where all places are taken.
        self.freed: asyncio.Future[None] | None = None
        # Whom to tell of a free place when nobody stands in line.
        self.released: Callable[[], None] | None = None

    @property
    def room(self) -> bool:
        """Whether one more may be under way; while the breaker tries whether the host is back, just one at all."""
        return self.busy < (1 if self.times_opened else self.limit)

    def ready_at(self) -> float:
        """When the next request may start, as far as pace, plea and breaker go."""
        return max(self.free_at, self.retry_after_until, self.open_until)

    def lets_in(self, now: float) -> bool:
        """Whether a request may start now."""
        return self.room and self.ready_at() <= now

    def take(self) -> None:
        """Take a place; whether it is one among all processes, `share` says."""
        self.busy += 1

    def share(self) -> bool:
        """Whether the other processes leave a place for a request that took one here."""
        return self.shared_limits is None or self.shared_limits.enter(self.host, self.limit)

    def start(self, now: float) -> float:
        """When the request that took a place may start; later than now where another process went first."""
        start = max(now, self.free_at, self.agreed_start)
        if self.shared_limits is not None and self.interval > 0 and not self.agreed_start:
            start = self.shared_limits.start(self.host, start, self.interval)
        self.agreed_start = 0.0
        self.free_at = start + self.interval
        return start

    def step_back(self, start: float, *, shared: bool) -> None:
        """Give the place back, to come again at a time; where it was `shared`, that start is agreed with the others."""
        self._give_back(shared=shared)
        self.free_at = max(self.free_at, start)
        if shared:
            self.free_at = self.agreed_start = start

    def leave(self, *, shared: bool = True) -> None:
        self._give_back(shared=shared)
        self.pass_on()

    def _give_back(self, *, shared: bool) -> None:
        self.busy -= 1
        if shared and self.shared_limits is not None:
            self.shared_limits.leave(self.host)

    def pass_on(self) -> None:
        """Offer a free place to whoever comes next."""
        if self.freed is not None:
            if not self.freed.done():
                self.freed.set_result(None)
        elif self.released is not None and not self.queue:
            self.released()

    def idle(self, now: float) -> bool:
        """Whether forgetting this gate would change nothing."""
        nothing_known = not (self.strikes or self.consecutive_429 or self.errors or self.lasting or self.down)
        return nothing_known and not self.busy and not self.queue and self.released is None and self.ready_at() <= now


class HostStates:
    """Every host's gate, made when it is first needed and forgotten when nothing depends on it any more."""

    def __init__(
        self,
        options: FetchOptions,
        *,
        own: frozenset[str] | None = None,
        shares: int = 1,
        shared_limits: HostLimits | None = None,
    ) -> None:
        """`own` are the hosts nobody else asks; every other's pace is cut into `shares`. None: all are ours.

        `shared_limits` are made with processes that may ask the same hosts.
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
            pace = rate_limit_of(host, self._hosts, self._default)
            if self._own is not None and host not in self._own:
                pace = RateLimit(max(1, pace.concurrency // self._shares), pace.interval * self._shares)
            state = self._states[host] = HostState(host, pace, self._shared_limits)
        return state

    def __len__(self) -> int:
        return len(self._states)

    def left_alone(self, now: float) -> tuple[str, ...]:
        """Hosts that asked for a rest or do not answer, sorted."""
        return tuple(sorted(g.host for g in self._states.values() if g.down or max(g.retry_after_until, g.open_until) > now))

    def begin_final_retries(self) -> None:
        """Names that did not exist are looked up once more, and hosts that rest make their last try."""
        for state in self._states.values():
            if state.down is not None and state.down.kind is FailureKind.DNS:
                state.down = None
            if state.times_opened:
                state.tried = True
                state.open_until = 0.0

    def reset_breakers(self) -> None:
        """The silence was the network's: no host is to blame."""
        for state in self._states.values():
            state.strikes = state.times_opened = 0
            state.tried = False
            state.open_until = 0.0
            state.failed_urls.clear()
            if state.down is not None and state.down.detail == "no-answer":
                state.down = None

    def sweep(self, now: float) -> None:
        for host in [host for host, state in self._states.items() if state.idle(now)]:
            del self._states[host]


def rate_limit_of(host: str, rules: tuple[HostOptions, ...], default: RateLimit) -> RateLimit:
    """The pace of a host: for each figure the first rule that names the host and says it, else the default."""
    concurrency = interval = None
    for rule in rules:
        if host_matches(rule.pattern, host):
            concurrency = rule.concurrency if concurrency is None else concurrency
            interval = rule.interval if interval is None else interval
    return RateLimit(
        default.concurrency if concurrency is None else concurrency, default.interval if interval is None else interval
    )
