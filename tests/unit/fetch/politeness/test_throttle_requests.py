"""What a request waits for, and what its response changes for its host: by value."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from virtual_web import FakeWeb, run_virtually

from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import OutgoingRequest
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.concurrency import ConcurrencyLimiter
from linkcheck.fetch.politeness.host_limits import HostState, HostStates
from linkcheck.fetch.politeness.throttle import Throttle
from linkcheck.model import Failure, FailureKind
from linkcheck.urls import parse_url

HOST = "a.example"
DOWN = Failure(FailureKind.HOST_DOWN, "no-answer", "down")


class Line:
    """A throttle in virtual time, with the state of its host."""

    def __init__(self, web: FakeWeb, limits: "Others | None", **more: Any) -> None:
        self.web = web
        self.states = HostStates(FetchOptions(interval=1.0, per_host=2), shared_limits=limits)
        self.limiter = ConcurrencyLimiter(4)
        self.released: list[bool] = []
        self.throttle = Throttle(
            web,
            self.states,
            clock=asyncio.get_running_loop().time,
            max_retry_after=60.0,
            limiter=self.limiter,
            on_slot_released=lambda: self.released.append(True),
            **more,
        )

    @property
    def state(self) -> HostState:
        return self.states[HOST]

    @property
    def now(self) -> float:
        return round(asyncio.get_running_loop().time(), 3)

    async def send(self, url: str = f"https://{HOST}/") -> OutgoingRequest:
        request = OutgoingRequest(parse_url(url), ())
        await self.throttle.send(request)
        return request

    def admit(self) -> None:
        self.state.take()
        self.throttle.admit(self.state)

    @property
    def slots(self) -> tuple[int, int]:
        return self.limiter.taken, self.state.busy


class Others:
    """Other processes: they use every slot until some were asked for, and start before this one."""

    def __init__(self, *, busy: int = 0, before: float = 0.0) -> None:
        self.busy, self.before = busy, before
        self.left = 0

    def start(self, host: str, at: float, interval: float) -> float:
        assert (host, interval) == (HOST, 1.0)
        return at + self.before

    def enter(self, host: str, limit: int) -> bool:
        assert (host, limit) == (HOST, 2)
        self.busy -= 1
        return self.busy < 0

    def leave(self, host: str) -> None:
        assert host == HOST
        self.left += 1


def in_line(
    use: Callable[[Line], Awaitable[None]], web: FakeWeb | None = None, *, limits: Others | None = None, **more: Any
) -> None:
    async def main() -> None:
        await use(Line(web or FakeWeb(seconds=0.0), limits, **more))

    run_virtually(main)


def test_slots_are_released_once() -> None:
    async def use(line: Line) -> None:
        line.throttle.leave()
        line.throttle.done()
        assert line.slots == (0, 0)
        line.admit()
        assert line.slots == (1, 1)
        line.throttle.leave()
        assert line.slots == (1, 0)
        line.throttle.leave()
        line.throttle.done()
        line.throttle.done()
        assert line.slots == (0, 0)
        await line.throttle.begin()
        assert line.slots == (1, 0)
        await line.send()
        assert line.slots == (1, 1)
        line.throttle.done()
        assert line.slots == (0, 0)
        line.throttle.leave()
        assert line.slots == (0, 0)

    in_line(use)


def test_only_the_first_request_of_an_admitted_target_waits_for_nothing() -> None:
    async def use(line: Line) -> None:
        line.state.start(line.now)
        line.admit()
        await line.send()
        assert (line.now, line.slots) == (0.0, (1, 1))
        await line.send()
        assert (line.now, line.slots) == (1.0, (1, 1))
        await line.send("https://b.example/")
        assert (line.now, line.slots, line.states["b.example"].busy) == (1.0, (1, 0), 1)
        assert line.throttle.state is line.states["b.example"]

    in_line(use)


def test_an_admitted_target_that_ended_admits_no_other_request() -> None:
    async def use(line: Line) -> None:
        line.state.start(line.now)
        line.admit()
        line.throttle.done()
        await line.throttle.begin()
        await line.send()
        assert (line.now, line.slots) == (1.0, (1, 1))

    in_line(use)


@pytest.mark.parametrize(
    ("before", "status", "after"),
    [
        pytest.param((2, 0, 0, False), 200, (0, 0, 0, True), id="failures"),
        pytest.param((0, 1, 0, False), 404, (0, 0, 0, True), id="a breaker that opened"),
        pytest.param((0, 0, 3, False), 499, (0, 0, 0, True), id="errors"),
        pytest.param((2, 1, 0, False), 503, (0, 0, 0, False), id="failures, and the first error"),
        pytest.param((2, 1, 3, False), 500, (2, 1, 3, False), id="one more error"),
        pytest.param((2, 0, 3, True), 500, (0, 0, 0, True), id="an error of a host that works"),
        pytest.param((0, 0, 0, True), 500, (0, 0, 0, True), id="nothing before"),
    ],
)
def test_what_a_response_changes_for_its_host(
    before: tuple[int, int, int, bool], status: int, after: tuple[int, int, int, bool]
) -> None:
    async def use(line: Line) -> None:
        state = line.state
        state.strikes, state.times_opened, errors, state.answers = before
        state.errors = {str(number): 500 for number in range(errors)}
        line.admit()
        request = await line.send()
        assert (state.strikes, state.times_opened, len(state.errors), state.answers) == after
        assert state.origins == {f"https://{HOST}"}
        assert not request.off_the_record

    in_line(use, FakeWeb({HOST: [status]}))


def test_a_request_off_the_record_says_so() -> None:
    async def use(line: Line) -> None:
        assert (await line.send()).off_the_record

    in_line(use, off_the_record=True)


@pytest.mark.parametrize(
    ("status", "field", "until", "waits", "after", "count"),
    [
        (429, None, 0.0, True, 14.0, 2),
        (429, "30", 0.0, True, 40.0, 2),
        (429, "30", 50.0, True, 50.0, 2),
        (429, "30", 5.0, False, 5.0, 2),
        (503, "30", 0.0, True, 40.0, 1),
        (503, None, 0.0, True, 10.0, 1),
        (500, "30", 0.0, True, 0.0, 0),
        (200, "30", 0.0, True, 0.0, 0),
    ],
)
def test_a_host_can_request_a_pause(
    status: int, field: str | None, until: float, *, waits: bool, after: float, count: int
) -> None:
    async def use(line: Line) -> None:
        await asyncio.sleep(10.0)
        line.state.retry_after_until = until
        line.state.consecutive_429 = 1
        line.admit()
        await line.send()
        found = round(line.state.retry_after_until, 3)
        assert (found, line.state.consecutive_429) == (after, count)

    headers = {} if field is None else {"retry-after": field}
    in_line(use, FakeWeb({HOST: [(status, headers)]}, seconds=0.0), waits=waits)


def test_a_host_that_is_down_gets_no_request() -> None:
    async def use(line: Line) -> None:
        line.state.down = DOWN
        line.state.open_until = 99.0
        with pytest.raises(FetchError) as raised:
            await line.send()
        assert (raised.value.failure, line.state.busy, line.web.asked) == (DOWN, 0, [])

    in_line(use)


def test_a_host_that_goes_down_during_the_wait_gets_no_request() -> None:
    async def use(line: Line) -> None:
        await line.throttle.begin()
        line.state.start(line.now)
        asyncio.get_running_loop().call_at(0.5, setattr, line.state, "down", DOWN)
        with pytest.raises(FetchError) as raised:
            await line.send()
        assert (raised.value.failure, line.state.busy, line.web.asked) == (DOWN, 0, [])
        assert (line.now, line.slots, line.released) == (1.0, (1, 0), [True])

    in_line(use)


def test_who_waits_for_a_host_is_first() -> None:
    async def use(line: Line) -> None:
        await line.throttle.begin()
        line.state.waiters = 1
        await line.send()
        assert line.released == [True]
        assert line.state.waiters == 1

    in_line(use)


def test_a_request_without_waiters_keeps_its_slot() -> None:
    async def use(line: Line) -> None:
        await line.throttle.begin()
        await line.send()
        assert (line.now, line.released) == (0.0, [])

    in_line(use)


def test_a_request_waits_for_a_slot_that_other_processes_use() -> None:
    limits = Others(busy=3, before=2.0)

    async def use(line: Line) -> None:
        await line.throttle.begin()
        await line.send()
        assert (line.now, line.slots) == (2.15, (1, 1))
        line.throttle.done()
        assert limits.left == 1

    in_line(use, limits=limits)


def test_a_request_that_is_cancelled_meanwhile_releases_only_its_own_slot() -> None:
    limits = Others(busy=10**6)

    async def use(line: Line) -> None:
        await line.throttle.begin()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await line.send()
        assert (line.slots, limits.left, line.web.asked) == ((1, 0), 0, [])

    in_line(use, limits=limits)


@pytest.mark.parametrize(("opened", "pause"), [(1, 1.0), (2, 2.0), (3, 4.0), (4, 8.0), (5, 8.0)])
def test_a_breaker_lets_a_last_try_pass_at_the_end(opened: int, pause: float) -> None:
    async def use(line: Line) -> None:
        state = line.state
        state.times_opened, state.open_until, state.errors = opened, 30.0, {"x": 503}
        with pytest.raises(FetchError) as raised:
            await line.send()
        assert (raised.value.failure.kind, raised.value.failure.detail) == (FailureKind.HOST_DOWN, "resting")
        state.tried = True
        await line.throttle.begin()
        await line.send()
        assert (line.now, state.open_until) == (pause, 0.0)

    in_line(use)


def test_a_breaker_that_is_over_lets_requests_pass() -> None:
    async def use(line: Line) -> None:
        await asyncio.sleep(30.0)
        line.state.open_until = line.throttle._clock()
        await line.throttle.begin()
        await line.send()
        assert line.now == 30.0

    in_line(use)


def test_a_request_that_is_sent_again_waits_for_its_next_turn() -> None:
    async def use(line: Line) -> None:
        await line.throttle.begin()
        request = await line.send()
        assert request.next_turn is not None
        await request.next_turn(request)
        assert (line.now, line.slots) == (1.0, (1, 1))
        line.state.retry_after_until = 5.0
        await request.next_turn(request)
        assert (line.now, line.state.free_at) == (5.0, 6.0)
        await asyncio.sleep(10.0)
        await request.next_turn(request)
        assert line.now == 15.0
        asyncio.get_running_loop().call_at(15.5, setattr, line.state, "retry_after_until", 20.0)
        await request.next_turn(request)
        assert line.now == 20.0
        line.state.down = DOWN
        with pytest.raises(FetchError) as raised:
            await request.next_turn(request)
        assert (raised.value.failure, line.now) == (DOWN, 20.0)

    in_line(use)
