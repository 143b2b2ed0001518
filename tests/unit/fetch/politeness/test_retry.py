import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.politeness.retry import backoff, retry_after

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
