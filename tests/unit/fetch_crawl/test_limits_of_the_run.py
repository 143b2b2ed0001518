"""What this run cannot reach says nothing about the host, and nothing about the network."""

import pytest
from virtual_web import Crawls, FakeWeb, many

from linkcheck.model import Failure, FailureKind

LIMITS = [
    pytest.param(Failure(FailureKind.CONNECT, "no-ipv6", "no IPv6 route"), id="no IPv6 route"),
    pytest.param(Failure(FailureKind.PROTOCOL, "http2-only", "only HTTP/2"), id="HTTP/2 only"),
]


@pytest.mark.parametrize("limit", LIMITS)
def test_a_lasting_limit_is_met_by_few_urls_and_holds_for_all(crawls: Crawls, limit: Failure) -> None:
    ran = crawls(many(2, 10), FakeWeb({"h0.example": [limit]}))
    assert sum(asked.host == "h0.example" for asked in ran.web.asked) <= 4
    assert [outcome.failure for outcome in ran.outcomes if "h0." in outcome.url] == [limit] * 10
    assert not ran.crawl.network_down


@pytest.mark.parametrize("limit", LIMITS)
def test_hosts_that_only_this_run_cannot_reach_are_no_network_that_is_down(crawls: Crawls, limit: Failure) -> None:
    ran = crawls(many(12, 2), FakeWeb({f"h{number}.example": [limit] for number in range(12)}))
    assert ran.crawl.complete
    assert len(ran.web.asked) == 24, "two URLs are too few to know of others"
