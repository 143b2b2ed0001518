"""How long a host that does not respond rests, and after how many failures: by value."""

from collections.abc import Callable

import pytest
from virtual_web import EXPIRED, REFUSED, run_virtually

from linkcheck.fetch.politeness.circuit_breaker import (
    give_up,
    is_silence,
    known_origin_failure,
    may_give_up,
    record_failure,
    record_origin_failure,
    record_success,
)
from linkcheck.fetch.politeness.host_limits import HostState, RateLimit
from linkcheck.model import Answer, Failure, FailureKind, Hop, Outcome, Probe, Target

HOST = "a.example"


def refused(page: int = 0, failure: Failure = REFUSED) -> Outcome:
    return Outcome(f"https://{HOST}/{page}", Probe.PAGE, failure=failure)


def answered(status: int, page: int = 0) -> Outcome:
    url = f"https://{HOST}/{page}"
    return Outcome(url, Probe.PAGE, answer=Answer(status, url))


def in_loop(use: Callable[[HostState], None]) -> None:
    async def main() -> None:
        use(HostState(HOST, RateLimit(2, 0.25)))

    run_virtually(main)


def test_a_host_rests_twice_as_long_each_time_up_to_ten_minutes() -> None:
    def use(state: HostState) -> None:
        rests: list[float] = []
        now = 1000.0
        record_failure(state, refused(0), now)
        record_failure(state, refused(1), now)
        while len(rests) < 7:
            record_failure(state, refused(2), now)
            rests.append(state.open_until - now)
            now = state.open_until
        assert rests == [30.0, 60.0, 120.0, 240.0, 480.0, 600.0, 600.0]

    in_loop(use)


@pytest.mark.parametrize(
    ("outcomes", "rests"),
    [
        pytest.param([refused(0), refused(1)], False, id="two failures"),
        pytest.param([refused(0), refused(0), refused(0)], False, id="three failures of one URL"),
        pytest.param([refused(0), refused(0), refused(1)], True, id="three failures of two URLs"),
        pytest.param([answered(503, page) for page in range(4)], False, id="errors of four URLs"),
        pytest.param([answered(503, page) for page in range(5)], True, id="errors of five URLs"),
        pytest.param([answered(503, 0)] * 9, False, id="errors of one URL"),
        pytest.param([answered(499, page) for page in range(9)], False, id="refusals of nine URLs"),
        pytest.param([answered(404, 0), *(answered(503, page) for page in range(9))], False, id="a page that is gone first"),
    ],
)
def test_a_host_rests_after_failures_of_several_urls(outcomes: list[Outcome], rests: bool) -> None:  # noqa: FBT001
    def use(state: HostState) -> None:
        for outcome in outcomes:
            record_failure(state, outcome, 10.0)
        assert (state.open_until > 10.0) is rests
        assert state.times_opened == int(rests)

    in_loop(use)


@pytest.mark.parametrize("status", [200, 404, 503])
def test_a_bot_wall_or_a_page_of_its_own_ends_the_count_of_failures(status: int) -> None:
    def use(state: HostState) -> None:
        for outcome in (refused(0), refused(1)):
            record_failure(state, outcome, 10.0)
        url = f"https://{HOST}/2"
        wall = Answer(status, url, challenge="a captcha" if status == 503 else None)
        record_failure(state, Outcome(url, Probe.PAGE, answer=wall), 10.0)
        assert (state.strikes, state.failed_urls, state.answers) == (0, set(), True)
        record_failure(state, refused(3), 10.0)
        assert (state.open_until, state.times_opened) == (0.0, 0)

    in_loop(use)


def test_a_failure_while_the_host_rests_does_not_prolong_it() -> None:
    def use(state: HostState) -> None:
        for page in range(3):
            record_failure(state, refused(page), 10.0)
        record_failure(state, refused(3), 39.9)
        assert (state.open_until, state.times_opened) == (40.0, 1)
        record_failure(state, refused(3), 40.0)
        assert (state.open_until, state.times_opened) == (100.0, 2)

    in_loop(use)


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [
        pytest.param([refused(page, EXPIRED) for page in range(2)], False, id="of two URLs"),
        pytest.param([refused(page, EXPIRED) for page in range(3)], True, id="of three URLs"),
        pytest.param([refused(0, EXPIRED)] * 5, False, id="of one URL, five times"),
        pytest.param([refused(page) for page in range(5)], False, id="that does not last"),
        pytest.param(
            [*(refused(page, EXPIRED) for page in range(2)), refused(3, Failure(FailureKind.TLS, "wrong-host", "x"))],
            False,
            id="and another one",
        ),
        pytest.param(
            [
                Outcome("https://b.example/", Probe.PAGE, failure=EXPIRED, hops=(Hop("https://b.example/", 302, "x"),)),
                *(refused(page, EXPIRED) for page in range(2)),
            ],
            False,
            id="of two URLs and one after a redirect",
        ),
        pytest.param(
            [
                Outcome(f"https://{HOST}:8443/", Probe.PAGE, failure=EXPIRED),
                *(refused(page, EXPIRED) for page in range(2)),
            ],
            False,
            id="of two URLs and one of another origin",
        ),
        pytest.param(
            [
                Outcome(f"https://{HOST}:8443/", Probe.PAGE, failure=EXPIRED),
                *(refused(page, EXPIRED) for page in range(3)),
            ],
            True,
            id="of three URLs after one of another origin",
        ),
    ],
)
def test_a_lasting_failure_is_known_after_three_urls(outcomes: list[Outcome], known: bool) -> None:  # noqa: FBT001
    def use(state: HostState) -> None:
        for outcome in outcomes:
            record_origin_failure(state, outcome)
        found = known_origin_failure(state, Target(f"https://{HOST}/x", Probe.STATUS, HOST))
        assert (found is not None) is known
        assert state.lasting is None or len(state.lasting.urls) <= 3
        if found is not None:
            assert (found.url, found.probe, found.failure, found.requests, found.attempts) == (
                *(f"https://{HOST}/x", Probe.STATUS, EXPIRED, 0, 0),
            )
            assert known_origin_failure(state, Target(f"http://{HOST}/x", Probe.STATUS, HOST)) is None
            state.origins.add(f"https://{HOST}")
            assert known_origin_failure(state, Target(f"https://{HOST}/x", Probe.STATUS, HOST)) is None

    in_loop(use)


def test_what_three_urls_showed_is_not_counted_on() -> None:
    def use(state: HostState) -> None:
        for page in range(100):
            record_origin_failure(state, refused(page, EXPIRED))
        assert state.lasting is not None
        assert state.lasting.urls == {f"https://{HOST}/{page}" for page in range(3)}

    in_loop(use)


@pytest.mark.parametrize(
    ("kind", "detail", "silent"),
    [
        (FailureKind.CONNECT, "refused", True),
        (FailureKind.CONNECT, "no-route", True),
        (FailureKind.DNS, "servfail", True),
        (FailureKind.TIMEOUT, "connect", True),
        (FailureKind.TLS, "expired", False),
        (FailureKind.RESET, "before-headers", False),
        (FailureKind.CONNECT, "no-descriptors", False),
        (FailureKind.CONNECT, "proxy", False),
        (FailureKind.CONNECT, "no-ipv6", False),
        (FailureKind.TIMEOUT, "body", False),
        (FailureKind.DNS, "nxdomain", False),
        (FailureKind.DNS, "no-address", False),
    ],
)
def test_which_failures_show_that_a_host_does_not_respond(kind: FailureKind, detail: str, silent: bool) -> None:  # noqa: FBT001
    assert is_silence(Failure(kind, detail, "x")) is silent

    def use(state: HostState) -> None:
        record_failure(state, refused(0, Failure(kind, detail, "x")), 10.0)
        assert (state.strikes, state.failed_urls) == ((1, {f"https://{HOST}/0"}) if silent else (0, set()))
        assert not state.answers

    in_loop(use)


def test_only_as_many_urls_are_kept_as_decide() -> None:
    def use(state: HostState) -> None:
        for page in range(20):
            record_failure(state, refused(page), 10.0)
            record_failure(state, answered(500 + page, page), 10.0)
        assert state.strikes == 20
        assert state.failed_urls == {f"https://{HOST}/{page}" for page in range(3)}
        assert state.errors == {f"https://{HOST}/{page}": 500 + page for page in range(10)}

    in_loop(use)


def test_a_response_ends_everything_that_was_counted() -> None:
    def use(state: HostState) -> None:
        for page in range(3):
            record_failure(state, refused(page), 10.0)
        record_failure(state, answered(503), 10.0)
        state.tried = True
        assert (state.strikes, state.times_opened, state.open_until, len(state.errors)) == (3, 1, 40.0, 1)
        record_success(state)
        found = (state.strikes, state.times_opened, state.tried, state.open_until, state.failed_urls, state.errors)
        assert found == (0, 0, False, 0.0, set(), {})

    in_loop(use)


@pytest.mark.parametrize(
    ("errors", "suffice", "detail", "message"),
    [
        pytest.param([], True, "no-answer", "did not respond to 4 requests in a row", id="no response"),
        pytest.param([503] * 9, False, "server-errors", "returned only 503 for 9 URLs", id="nine errors"),
        pytest.param([503, 500] * 5, True, "server-errors", "returned only 500, 503 for 10 URLs", id="ten errors"),
    ],
)
def test_why_a_host_gets_no_further_requests(errors: list[int], suffice: bool, detail: str, message: str) -> None:  # noqa: FBT001
    def use(state: HostState) -> None:
        state.strikes = 4
        state.errors = {f"https://{HOST}/{page}": status for page, status in enumerate(errors)}
        assert may_give_up(state) is suffice
        give_up(state)
        text = f"{HOST} {message}; its other links were not requested"
        assert state.down == Failure(FailureKind.HOST_DOWN, detail, text)

    in_loop(use)
