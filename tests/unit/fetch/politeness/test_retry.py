import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.politeness.retry import (
    backoff,
    deserves_final_retry,
    is_deferred,
    is_loop,
    is_transient,
    may_be_caused_by_range,
    requested_wait,
    retry_after,
)
from linkcheck.model import Answer, Failure, FailureKind, Outcome, Probe

DATE = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        pytest.param("120", 120.0, id="seconds"),
        pytest.param(" 5 ", 5.0, id="with spaces around"),
        pytest.param("0", 0.0, id="none at all"),
        pytest.param("Wed, 21 Oct 2026 07:29:30 GMT", 90.0, id="a date, against the answer's own"),
        pytest.param("Wed, 21 Oct 2026 07:00:00 GMT", 0.0, id="a date gone by"),
        pytest.param("1m30s", 90.0, id="a span"),
        pytest.param("2h", 7200.0, id="hours"),
        pytest.param("86400", 86400.0, id="a day"),
        pytest.param("-1", None, id="negative"),
        pytest.param("1.5", None, id="a fraction"),
        pytest.param("99999999999999999999", None, id="more digits than any wait"),
        pytest.param("\u0661\u0662", None, id="Arabic digits"),
        pytest.param("soon", None, id="a word"),
        pytest.param("", None, id="nothing"),
        pytest.param(None, None, id="no field"),
        pytest.param("Wed, 99 Foo 2026 99:99:99 GMT", None, id="no date"),
        pytest.param("Wed, 21 Oct 99999999999999999999 07:28:00 GMT", None, id="a year larger than any"),
        pytest.param("Wed, 21 Oct 20266 07:28:00 GMT", None, id="a year of five digits"),
        pytest.param("GMT", None, id="a zone alone"),
        pytest.param("1" * 100, None, id="too long to read"),
        pytest.param("5".rjust(64), 5.0, id="as long as is read"),
        pytest.param("5".rjust(65), None, id="one character longer than is read"),
    ],
)
def test_retry_after_is_read_strictly(field: str | None, seconds: float | None) -> None:
    assert retry_after(field, date=DATE) == seconds


@given(st.text(max_size=80), st.text(max_size=80))
def test_retry_after_never_raises_and_never_asks_for_the_past(field: str, date: str) -> None:
    found = retry_after(field, date=date)
    assert found is None or found >= 0


@given(st.integers(1, 10_000), st.integers())
def test_backoff_is_bounded_and_never_nothing(attempts: int, seed: int) -> None:
    assert 0.5 <= backoff(attempts, base=1.0, rng=random.Random(seed)) <= 60.0
    assert backoff(1, base=1.0, rng=random.Random(seed)) <= 1.0
    assert 2.0 <= backoff(3, base=1.0, rng=random.Random(seed)) <= 4.0


def test_a_date_without_one_of_the_answer_is_held_against_the_clock() -> None:
    assert retry_after("Wed, 21 Oct 1998 07:28:00 GMT") == 0.0
    far = retry_after("Wed, 21 Oct 2626 07:28:00 GMT")
    assert far is not None
    assert far > 1e9


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        pytest.param("1h1m1.5s", 3661.5, id="all units"),
        pytest.param("9999h", 35_996_400.0, id="many hours"),
        pytest.param("90m", 5400.0, id="minutes"),
        pytest.param("999999999", 999_999_999.0, id="nine digits"),
        pytest.param("1000000000", None, id="ten digits"),
        pytest.param("Wed, 21 Oct 2026 07:29:30", None, id="a date without its zone"),
        pytest.param("Wed, \uff12\uff11 Oct 2026 07:29:30 GMT", None, id="digits of another script"),
        pytest.param("Wed, 99 Oct 2026 07:29:30 GMT", None, id="a day that does not exist"),
        pytest.param("GMT", None, id="a zone alone"),
    ],
)
def test_a_wait_is_read_in_every_unit(field: str, seconds: float | None) -> None:
    assert retry_after(field, date=DATE) == seconds


def answered(status: int, *, challenge: str | None = None, headers: tuple[tuple[str, str], ...] = ()) -> Outcome:
    url = "https://a.example/"
    return Outcome(url, Probe.PAGE, Answer(status, url, "text/html", challenge=challenge, headers=headers))


def failed(kind: FailureKind, detail: str) -> Outcome:
    return Outcome("https://a.example/", Probe.PAGE, None, failure=Failure(kind, detail, "why"))


@pytest.mark.parametrize(
    ("outcome", "soon", "at_the_end", "without_range"),
    [
        pytest.param(answered(200), False, False, False, id="200"),
        pytest.param(answered(399), False, False, False, id="399"),
        pytest.param(answered(400), False, False, True, id="400"),
        pytest.param(answered(404), False, False, True, id="404"),
        pytest.param(answered(429), True, True, True, id="429"),
        pytest.param(answered(503), True, True, True, id="503"),
        pytest.param(answered(503, challenge="x"), False, False, True, id="a wall"),
        pytest.param(answered(429, challenge="x"), True, True, True, id="a wall that wants a wait"),
        pytest.param(failed(FailureKind.TIMEOUT, "total"), True, True, True, id="timeout"),
        pytest.param(failed(FailureKind.RESET, "in-headers"), True, True, True, id="reset"),
        pytest.param(failed(FailureKind.PROTOCOL, "not-http"), False, False, True, id="not HTTP"),
        pytest.param(failed(FailureKind.PROTOCOL, "http2-only"), False, False, True, id="HTTP/2"),
        pytest.param(failed(FailureKind.CONNECT, "refused"), True, True, False, id="refused"),
        pytest.param(failed(FailureKind.CONNECT, "no-ipv6"), False, False, False, id="no IPv6"),
        pytest.param(failed(FailureKind.DNS, "servfail"), True, True, False, id="no name server"),
        pytest.param(failed(FailureKind.DNS, "nxdomain"), False, True, False, id="no such name"),
        pytest.param(failed(FailureKind.DNS, "no-address"), False, True, False, id="no address"),
        pytest.param(failed(FailureKind.TLS, "handshake"), True, True, False, id="handshake"),
        pytest.param(failed(FailureKind.TLS, "expired"), False, False, False, id="expired"),
        pytest.param(failed(FailureKind.TLS, "untrusted"), False, True, False, id="untrusted"),
        pytest.param(failed(FailureKind.TLS, "self-signed"), False, True, False, id="self-signed"),
        pytest.param(failed(FailureKind.TOO_MANY_HOPS, "loop"), False, True, True, id="a loop"),
        pytest.param(failed(FailureKind.TOO_MANY_HOPS, "loop-varies"), False, True, True, id="a loop that varies"),
        pytest.param(failed(FailureKind.TOO_MANY_HOPS, "long"), False, False, False, id="many redirects"),
    ],
)
def test_what_is_tried_again_and_how(outcome: Outcome, *, soon: bool, at_the_end: bool, without_range: bool) -> None:
    assert is_transient(outcome) is soon
    assert deserves_final_retry(outcome) is at_the_end
    assert may_be_caused_by_range(outcome) is without_range


def test_nothing_is_known_before_the_first_attempt() -> None:
    assert not is_loop(None)
    assert may_be_caused_by_range(None) is False


@pytest.mark.parametrize(("detail", "deferred"), [("resting", True), ("no-answer", False), ("rate-limited", False)])
def test_a_chain_is_deferred_only_while_a_host_rests(detail: str, *, deferred: bool) -> None:
    assert is_deferred(failed(FailureKind.HOST_DOWN, detail)) is deferred
    assert is_deferred(answered(200)) is False


def test_the_wait_of_a_response_is_relative_to_its_own_date() -> None:
    until = ("retry-after", "Wed, 21 Oct 2026 07:29:30 GMT")
    assert requested_wait(answered(503, headers=(until, ("date", DATE)))) == 90.0
    assert requested_wait(answered(503)) is None
    assert requested_wait(failed(FailureKind.TIMEOUT, "total")) is None
