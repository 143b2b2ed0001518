"""How long a remembered answer holds: so many days, give or take a quarter, by URL."""

from datetime import UTC, datetime, timedelta

import pytest

from linkcheck.model import Answer, Outcome, Probe
from linkcheck.pipeline.crawl_step import freshness

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
URLS = tuple(f"https://a.example/{number}" for number in range(500))


def fresh_ones(days: float, *, age: float) -> int:
    """How many of the URLs need no request, if all were checked `age` days ago."""
    checked = (NOW - timedelta(days=age)).isoformat()
    is_fresh = freshness(days, NOW)
    return sum(is_fresh(Outcome(url, Probe.PAGE, answer=Answer(200, url), checked_at=checked)) for url in URLS)


@pytest.mark.parametrize(
    ("age", "least", "most"),
    [
        pytest.param(0, 500, 500, id="checked just now"),
        pytest.param(7.4, 500, 500, id="under three quarters of the days"),
        pytest.param(7.6, 450, 499, id="a little over three quarters"),
        pytest.param(10, 200, 300, id="after as many days, half of them"),
        pytest.param(12.4, 1, 50, id="under five quarters"),
        pytest.param(12.6, 0, 0, id="over five quarters"),
        pytest.param(-0.001, 0, 0, id="checked in the future"),
    ],
)
def test_answers_come_due_one_by_one_between_three_and_five_quarters_of_the_days(age: float, least: int, most: int) -> None:
    assert least <= fresh_ones(10, age=age) <= most
