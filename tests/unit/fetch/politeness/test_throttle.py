"""A host's own words about its pace are kept, and so is the pace when a request has to be sent again."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from virtual_web import Crawls, FakeWeb, many, response, targets_of

from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.host_limits import HostState, RateLimit
from linkcheck.fetch.politeness.throttle import apply_retry_after, duration_in_words, last_try
from linkcheck.judge.classify import verdict
from linkcheck.model import Failure, FailureKind, VerdictKind

AN_HOUR = {"retry-after": "3600"}
REFUSED = "h0.example requires a wait of 1 hour before further requests (Retry-After: 3600)"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("replay", [None, "web.toml"], ids=["live", "replayed"])
def test_a_host_that_requests_an_hours_rest_gets_no_further_requests(
    crawls: Crawls, status: int, replay: str | None
) -> None:
    web = FakeWeb({"h0.example": [(status, AN_HOUR), 200]})
    ran = crawls(many(2, 20), web, FetchOptions(per_host=1, replay=replay))
    assert sum(asked.host == "h0.example" for asked in web.asked) == 1
    assert ran.seconds < 10
    assert [outcome.attempts for outcome in ran.outcomes if outcome.attempts] == [1] * 21
    rest = [outcome for outcome in ran.outcomes if outcome.failure]
    assert len(rest) == 20
    assert {(verdict(outcome).kind, verdict(outcome).reason) for outcome in rest} == {(VerdictKind.BLOCKED, REFUSED)}
    assert {outcome.failure.kind for outcome in rest if outcome.failure} == {FailureKind.HOST_DOWN}


def test_a_host_at_the_end_of_redirects_is_left_alone_as_well(crawls: Crawls) -> None:
    start, end = "https://a.example/1", "https://b.example/1"
    ran = crawls(targets_of(start), FakeWeb({start: [end], end: [(429, AN_HOUR), 200]}))
    assert [asked.url for asked in ran.web.asked] == [start, end]
    assert verdict(ran.outcome(start)).kind is VerdictKind.BLOCKED


def test_a_replayed_plea_is_not_waited_for(crawls: Crawls) -> None:
    web = FakeWeb({"h0.example": [(429, {"retry-after": "50"}), 200]})
    ran = crawls(many(1, 3), web, FetchOptions(replay="web.toml", interval=0.0, backoff=0.0))
    assert ran.seconds < 5
    assert {outcome.answer.status for outcome in ran.outcomes if outcome.answer} == {200}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        pytest.param(61.0, "about 1 minute", id="not quite a minute"),
        pytest.param(120.0, "2 minutes", id="minutes"),
        pytest.param(3600.0, "1 hour", id="an hour"),
        pytest.param(86400.0, "1 day", id="a day"),
        pytest.param(0.4, "about 0 seconds", id="next to nothing"),
        pytest.param(1.0, "1 second", id="a second"),
        pytest.param(59.0, "59 seconds", id="just less than a minute"),
        pytest.param(60.0, "1 minute", id="a minute"),
        pytest.param(172801.0, "about 2 days", id="some days"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(seconds: float, words: str) -> None:
    assert duration_in_words(seconds) == words


@dataclass
class Forgetful(FakeWeb):
    """Closes the connection in place of answering 200: such a request is sent a second time."""

    async def send(self, request: OutgoingRequest) -> RawResponse:
        got = await super().send(request)
        if got.status != 200:
            return got
        assert request.next_turn is not None
        await request.next_turn(request)
        return await super().send(request)


@pytest.mark.parametrize("per_host", [1, 2, 8])
def test_a_request_that_is_sent_again_keeps_the_pace(crawls: Crawls, per_host: int) -> None:
    web = Forgetful()
    ran = crawls(many(1, 20), web, FetchOptions(interval=0.25, per_host=per_host))
    begins = sorted(asked.begin for asked in web.asked)
    assert len(begins) == 40
    assert min(after - before for before, after in pairwise(begins)) > 0.2499
    assert {(outcome.attempts, outcome.answer is not None) for outcome in ran.outcomes} == {(1, True)}


def test_a_request_is_not_sent_again_to_a_host_that_requests_rest(crawls: Crawls) -> None:
    web = Forgetful({"https://h0.example/0": [(429, AN_HOUR)]}, seconds_of={"h0.example": 5.0})
    ran = crawls(many(1, 2), web)
    assert len(web.asked) == 2
    assert [outcome.failure and outcome.failure.message for outcome in ran.outcomes] == [REFUSED, REFUSED]


def told_to_wait(
    status: int,
    *fields: str,
    before: int = 0,
    longest: float = 60.0,
    down: Failure | None = None,
) -> tuple[float, HostState]:
    """Until when the host is left alone, from time 100, and its state afterwards; `before` are responses 429 so far."""
    state = HostState("a.example", RateLimit(1, 0.0))
    state.consecutive_429 = before
    state.down = down
    answer = response(status, {"retry-after": fields[0]} if fields else {})
    return apply_retry_after(state, answer, now=100.0, longest=longest), state


@pytest.mark.parametrize(
    ("status", "fields", "before", "until", "count"),
    [
        (503, (), 0, 100.0, 0),
        (503, ("5",), 0, 105.0, 0),
        (503, ("60",), 0, 160.0, 0),
        (429, ("5",), 0, 105.0, 1),
        (429, (), 0, 102.0, 1),
        (429, (), 1, 104.0, 2),
        (429, (), 4, 132.0, 5),
        (503, (), 3, 100.0, 3),
    ],
)
def test_a_host_is_left_alone_as_long_as_it_requests(
    status: int, fields: tuple[str, ...], before: int, until: float, count: int
) -> None:
    found, state = told_to_wait(status, *fields, before=before)
    assert (found, state.consecutive_429, state.down) == (until, count, None)


def test_a_host_that_requests_more_than_is_waited_for_gets_no_further_requests() -> None:
    until, state = told_to_wait(503, "61")
    assert until == 161.0
    assert state.down is not None
    assert state.down.message == ("a.example requires a wait of about 1 minute before further requests (Retry-After: 61)")


def test_the_sixth_refusal_in_a_row_is_the_last() -> None:
    until, state = told_to_wait(429, "5", before=5)
    assert until == 105.0
    assert state.down == Failure(
        FailureKind.HOST_DOWN,
        "rate-limited",
        "a.example kept returning 429 Too Many Requests; no further request was sent",
    )


def test_the_first_reason_to_send_no_further_request_is_kept() -> None:
    first = Failure(FailureKind.HOST_DOWN, "no-answer", "it is silent")
    for fields in (("61",), ()):
        assert told_to_wait(429, *fields, before=9, down=first)[1].down == first
    assert told_to_wait(429, "61", before=5)[1].down != told_to_wait(429, before=5)[1].down


def test_the_wait_of_a_host_that_is_down_is_not_cut() -> None:
    assert told_to_wait(503, "61", longest=10.0)[0] == 161.0
    assert told_to_wait(429, before=4, longest=10.0)[0] == 110.0


@pytest.mark.parametrize(
    ("errors", "tried", "down", "until"),
    [(0, False, False, 0.0), (0, True, True, 0.0), (1, False, False, 103.0), (1, True, False, 103.0), (10, True, True, 0.0)],
)
def test_a_host_gets_its_last_try(errors: int, tried: bool, down: bool, until: float) -> None:  # noqa: FBT001
    state = HostState("a.example", RateLimit(1, 0.0))
    state.times_opened, state.open_until, state.tried = 2, 500.0, tried
    state.errors = {f"https://a.example/{number}": 500 for number in range(errors)}
    last_try(state, 100.0, lambda times_opened: times_opened + 1.0)
    assert (state.tried, state.open_until, state.down is not None) == (True, 0.0, down)
    assert state.retry_after_until == until
    state.down, state.retry_after_until = None, 999.0
    last_try(state, 100.0, lambda times_opened: times_opened + 1.0)
    assert state.retry_after_until == 999.0
