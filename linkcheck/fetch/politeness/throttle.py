"""How often and how many at once: requests pass when the gate of the host they go to lets them, on every hop."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

import httpx

from linkcheck.fetch.http.deadline import Deadline
from linkcheck.fetch.http.failures import FetchError, failure
from linkcheck.fetch.http.messages import NEXT_TURN, OFF_THE_RECORD, url_of
from linkcheck.fetch.politeness.circuit_breaker import SERVER_ERROR, answered, give_up, may_give_up
from linkcheck.fetch.politeness.concurrency import Slots
from linkcheck.fetch.politeness.host_limits import POLL, Gate, Gates
from linkcheck.fetch.politeness.retry import TOO_MANY_REQUESTS, retry_after
from linkcheck.model import Failure, FailureKind

UNAVAILABLE = 503
LAST_AFTER = 3
"""Answers 429 in a row after which a host is finished last."""
GIVE_UP_AFTER = 6
"""Answers 429 in a row after which a host is asked no more."""
LONGEST_PAUSE = 8.0
"""Seconds between the last tries of a host that answers with server errors, while chains wait for it."""
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))


class Throttle(httpx.AsyncBaseTransport):
    """Lets a request through when its host's gate does; one for each worker, since a worker asks one thing at a time.

    So the place of a request is given back when the worker's next request begins or its target is done (`leave`), and
    not before its body was read. The schedule takes the place of a target's first request itself (`admit`), so that a
    worker never waits for what it could have left in the queue.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        gates: Gates,
        *,
        clock: Callable[[], float],
        longest_plea: float,
        slots: Slots,
        gave_slot: Callable[[], None] = lambda: None,
        waits: bool = True,
        off_the_record: bool = False,
    ) -> None:
        """A `Retry-After` of more than `longest_plea` seconds ends the host's part in the run; others are waited for.

        Without `waits` they are not: replayed answers come from no host. What is `off_the_record` is not recorded.
        """
        self._inner = inner
        self._gates = gates
        self._clock = clock
        self._longest_plea = longest_plea
        self._waits = waits
        self._off_the_record = off_the_record
        self._slots = slots
        self._gave_slot = gave_slot
        self._admitted = False
        self._inside = False
        self._has_slot = False
        self.gate: Gate | None = None
        """The host contacted last."""

    def admit(self, gate: Gate) -> None:
        """A target begins, with a place at its host already taken."""
        self._slots.take()
        self._has_slot = True
        self.gate = gate
        self._admitted = self._inside = True

    def leave(self) -> None:
        """The request under way, if any, is over."""
        if self._inside and self.gate is not None:
            self._inside = False
            self.gate.leave()
        self._admitted = False

    def done(self) -> None:
        """The target is done: its place and its slot are free."""
        self.leave()
        if self._has_slot:
            self._has_slot = False
            self._slots.give()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = url_of(request).host
        gate = self.gate
        if self._admitted and gate is not None and gate.host == host:
            self._admitted = False
        else:
            self.leave()
            gate = await self._enter(host, request)
        request.extensions[NEXT_TURN] = partial(self._next_turn, gate)
        request.extensions[OFF_THE_RECORD] = self._off_the_record
        response = await self._inner.handle_async_request(request)
        gate.origins.add(url_of(request).origin)
        works = gate.answers = gate.answers or response.status_code < SERVER_ERROR
        if (gate.strikes or gate.trips or gate.errors) and (works or not gate.errors):
            answered(gate)  # a server error of a host that answers nothing else is weighed with its body (`breaker.strike`)
        if response.status_code in (TOO_MANY_REQUESTS, UNAVAILABLE):
            until = heed(gate, response, now=self._clock(), longest=self._longest_plea)
            gate.held_until = max(gate.held_until, until) if self._waits else gate.held_until
        elif gate.pleas:
            gate.pleas = 0
        return response

    async def _enter(self, host: str, request: httpx.Request) -> Gate:
        gate = self._gates[host]
        self.gate = gate
        self._heed_breaker(gate)
        if gate.down is not None:
            raise FetchError(gate.down)
        if gate.queue or not gate.lets_in(self._clock()):
            await self._wait(gate, request)
        if gate.down is not None:
            raise FetchError(gate.down)
        gate.take()
        try:
            while not gate.share():  # other processes have all its places
                await self._pause(POLL, request)
        except BaseException:
            gate.leave(shared=False)
            raise
        self._inside = True
        start = gate.start(self._clock())
        if (more := start - self._clock()) > 0:  # another process went first
            await self._pause(more, request)
        return gate

    def _heed_breaker(self, gate: Gate) -> None:
        """Fail where the breaker keeps requests away: a chain waits for no host that may never answer.

        It comes back at the end of the run, when the host makes its last try; if that fails too, the host goes down.
        """
        now = self._clock()
        if gate.down is not None or gate.open_until <= now:
            return
        if not gate.tried:
            raise FetchError(failure(FailureKind.HOST_DOWN, "resting", gate.host))
        last_try(gate, now, lambda trips: min(LONGEST_PAUSE, 2.0 ** (trips - 1)))

    async def _next_turn(self, gate: Gate, request: httpx.Request) -> None:
        """Until a request that keeps its place at the host may be sent again: it is one more that the host receives."""
        while gate.down is None:
            start = gate.start(max(self._clock(), gate.held_until))
            if (more := start - self._clock()) > 0:
                await self._pause(more, request)
            if gate.held_until <= self._clock():
                break
        if gate.down is not None:
            raise FetchError(gate.down)

    @staticmethod
    async def _pause(seconds: float, request: httpx.Request) -> None:
        deadline = request.extensions.get("deadline")
        with deadline.paused() if isinstance(deadline, Deadline) else nullcontext():
            await asyncio.sleep(seconds)

    async def _wait(self, gate: Gate, request: httpx.Request) -> None:
        """Wait without the attempt's clock running: how busy a host is with others says nothing about the target.

        The worker's slot goes to another meanwhile. First come, first served; only the first watches the gate.
        """
        deadline = request.extensions.get("deadline")
        gate.queue += 1
        self._give_slot()
        try:
            with deadline.paused() if isinstance(deadline, Deadline) else nullcontext():
                async with gate.line:
                    while not self._has_slot:
                        await self._until_ready(gate)
                        await self._slots.take_again()
                        self._has_slot = True
                        if gate.down is None and not gate.lets_in(self._clock()):
                            self._give_slot()
        finally:
            gate.queue -= 1
            gate.pass_on()

    async def _until_ready(self, gate: Gate) -> None:
        while gate.down is None and not gate.lets_in(now := self._clock()):
            self._heed_breaker(gate)
            if gate.room:
                await asyncio.sleep(max(0.0, gate.ready_at() - now))
                continue
            gate.freed = asyncio.get_running_loop().create_future()
            try:
                await gate.freed
            finally:
                gate.freed = None

    def _give_slot(self) -> None:
        self._has_slot = False
        self._slots.give()
        self._gave_slot()

    async def aclose(self) -> None:
        """The inner transport is shared by all workers; who made it closes it."""


def last_try(gate: Gate, now: float, pause: Callable[[int], float]) -> None:
    """The end of the run does not wait for a breaker: the host gets one more request, and if that failed, is given up.

    One with server errors gets more, until enough are known. `pause` gives the seconds before each, by how often the
    breaker opened.
    """
    if gate.tried and may_give_up(gate):
        give_up(gate)
    gate.tried = True
    gate.open_until = 0.0
    if gate.errors and gate.down is None:
        gate.held_until = max(gate.held_until, now + pause(gate.trips))


def heed(gate: Gate, response: httpx.Response, *, now: float, longest: float) -> float:
    """Until when the host requested no further requests (RFC 6585 section 4, RFC 9110 section 10.2.3).

    Where that is longer than a run waits, or the host answers nothing else, its gate goes down.
    """
    field = response.headers.get("retry-after")
    asked = retry_after(field, date=response.headers.get("date"))
    if asked is not None and asked > longest and gate.down is None:
        gate.down = Failure(
            FailureKind.HOST_DOWN,
            "rate-limited",
            f"{gate.host} requested no further requests for {told(asked)} (Retry-After: {field})",
        )
    if response.status_code == TOO_MANY_REQUESTS:
        gate.pleas += 1
        if asked is None:
            asked = 2.0**gate.pleas
    if gate.pleas >= GIVE_UP_AFTER and gate.down is None:
        gate.down = Failure(
            FailureKind.HOST_DOWN,
            "rate-limited",
            f"{gate.host} kept answering 429 Too Many Requests; its other links were not asked",
        )
    return now if asked is None else now + min(asked, longest)


def told(seconds: float) -> str:
    """A span in its largest unit: `1 hour`, `about 2 days`."""
    unit, size = next(((unit, size) for unit, size in _UNITS if seconds >= size), _UNITS[-1])
    number = round(seconds / size)
    return f"{'' if number * size == seconds else 'about '}{number} {unit}{'' if number == 1 else 's'}"
