"""A host's own words about its pace are kept, and so is the pace when a request has to be sent again."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from virtual_web import Crawls, FakeWeb, many, targets_of

from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.throttle import duration_in_words
from linkcheck.judge.classify import verdict
from linkcheck.model import FailureKind, VerdictKind

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
    ],
)
def test_a_span_is_told_in_its_largest_unit(seconds: float, words: str) -> None:
    assert duration_in_words(seconds) == words


@dataclass
class Forgetful(FakeWeb):
    """Closes the connection in place of answering 200: such a request is sent a second time."""

    async def send(self, request: OutgoingRequest) -> RawResponse:
        response = await super().send(request)
        if response.status != 200:
            return response
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
