"""What holds for a whole host is learned from a few of its URLs, and only where it does."""

import pytest
from virtual_web import EXPIRED, SILENT, Crawls, FakeWeb, Reply, many, targets_of

from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Failure, FailureKind, Outcome, Target


def statuses(outcomes: list[Outcome], host: str) -> list[int]:
    return [0 if outcome.answer is None else outcome.answer.status for outcome in outcomes if host in outcome.url]


def requests(web: FakeWeb, host: str) -> int:
    return sum(asked.host == host for asked in web.asked)


@pytest.mark.parametrize("each", [12, 200])
@pytest.mark.parametrize("others", [0, 20])
@pytest.mark.parametrize("replies", [[503], [500, 502], [SILENT, 503]], ids=["one status", "two", "silence first"])
def test_a_host_that_answers_errors_only_gets_few_requests(
    crawls: Crawls, each: int, others: int, replies: list[Reply]
) -> None:
    ran = crawls([*many(1, each), *many(others + 1, 2)[2:]], FakeWeb({"h0.example": replies}))
    assert ran.crawl.complete
    assert len(ran.outcomes) == each + 2 * others
    assert 10 <= requests(ran.web, "h0.example") <= 25
    found = statuses(ran.outcomes, "//h0.")
    assert len(found) == each
    assert [status for status in found if 0 < status < 500] == []
    unasked = [outcome.failure for outcome in ran.outcomes if outcome.attempts == 0]
    assert {(failure.kind, failure.detail) for failure in unasked if failure} == {(FailureKind.HOST_DOWN, "server-errors")}


@pytest.mark.parametrize("broken", [1, 5, 9, 20])
def test_broken_pages_of_a_host_say_nothing_of_its_others(crawls: Crawls, broken: int) -> None:
    """Those of a queue that begins with them are requested before anything is known of the host."""
    replies: dict[str, list[Reply]] = {f"https://h0.example/{page}": [500] for page in range(broken)}
    # The home page among them: whatever answers otherwise shows that the host works.
    home = targets_of("https://h0.example/home")
    ran = crawls([*home, *many(1, 40)], FakeWeb(replies))
    assert sorted(statuses(ran.outcomes, "h0.")) == [200] * (41 - broken) + [500] * broken
    few = crawls(many(1, 8 + broken), FakeWeb({f"https://h0.example/{page}": [500] for page in range(min(broken, 8))}))
    assert statuses(few.outcomes, "h0.").count(200) == 8 + broken - min(broken, 8)


def test_errors_of_the_first_half_of_a_host_say_nothing_of_the_other(crawls: Crawls) -> None:
    ran = crawls(many(1, 25), FakeWeb({f"https://h0.example/{page}": [503] for page in range(12)}))
    assert statuses(ran.outcomes, "h0.").count(200) == 13


@pytest.mark.parametrize("errors", [1, 5, 7])
def test_a_host_that_recovers_is_checked_in_full(crawls: Crawls, errors: int) -> None:
    ran = crawls(many(1, 30), FakeWeb({"h0.example": [*[503] * errors, 200]}))
    assert statuses(ran.outcomes, "h0.") == [200] * 30


def test_a_certificate_that_fails_is_met_by_few_urls_and_holds_for_all_of_its_origin(crawls: Crawls) -> None:
    plain = targets_of(*(f"http://h0.example/{page}" for page in range(20)))
    other = targets_of(*(f"https://h0.example:8443/{page}" for page in range(20)))
    web = FakeWeb({f"https://h0.example/{page}": [EXPIRED] for page in range(200)})
    ran = crawls([*many(1, 200), *plain, *other], web)
    failed = [outcome for outcome in ran.outcomes if outcome.failure is not None]
    assert len(failed) == 200
    assert {outcome.failure for outcome in failed} == {EXPIRED}
    assert sum(asked.url.startswith("https://h0.example/") for asked in ran.web.asked) <= 3 + FetchOptions().per_host


def test_certificates_that_differ_by_server_say_nothing_of_the_other_urls(crawls: Crawls) -> None:
    ran = crawls(many(1, 30), FakeWeb({"h0.example": [EXPIRED, 200]}), FetchOptions(per_host=1))
    assert statuses(ran.outcomes, "h0.").count(200) == 29


@pytest.mark.parametrize("failing", [(10, 13, 16, 19), (3, 4, 5), (20, 21, 22, 23, 24)])
def test_a_faulty_node_of_a_host_that_answers_says_nothing_of_its_other_urls(
    crawls: Crawls, failing: tuple[int, ...]
) -> None:
    web = FakeWeb({f"https://h0.example/{page}": [EXPIRED] for page in failing})
    ran = crawls(many(1, 40), web)
    assert statuses(ran.outcomes, "h0.").count(200) == 40 - len(failing)


def chains(count: int, *, hosts: int) -> tuple[list[Target], dict[str, list[Reply]]]:
    """Targets that redirect to one page of `new.example`, and the replies that do so."""
    targets = targets_of(*(f"https://s{number % hosts}.example/{number}" for number in range(count)))
    return targets, {f"s{host}.example": ["https://new.example/t"] for host in range(hosts)}


def repeated(fault: list[Reply]) -> str:
    return f"{len(fault)} times {'silence' if fault[0] is SILENT else fault[0]}"


@pytest.mark.parametrize("own", [0, 6], ids=["only redirects", "links of its own"])
@pytest.mark.parametrize("hosts", [1, 10])
@pytest.mark.parametrize("fault", [[SILENT] * 3, [SILENT] * 4, [503] * 4, [503] * 5, [503] * 8, [503] * 9], ids=repeated)
def test_redirects_into_a_host_that_recovers_end_well(crawls: Crawls, fault: list[Reply], hosts: int, own: int) -> None:
    targets, replies = chains(20, hosts=hosts)
    direct = targets_of(*(f"https://new.example/{page}" for page in range(own)))
    web = FakeWeb({**replies, "new.example": [*fault, 200]}, seconds_of={"new.example": 6.0})
    ran = crawls([*direct, *targets], web)
    assert ran.crawl.complete
    assert statuses(ran.outcomes, "//") == [200] * (20 + own)


@pytest.mark.parametrize("hosts", [1, 10])
@pytest.mark.parametrize(("reply", "seconds", "most"), [(SILENT, 10.0, 12), (503, 0.05, 25)], ids=["silent", "errors"])
def test_redirects_into_a_host_that_never_recovers_wait_for_nothing(
    crawls: Crawls, reply: Reply, seconds: float, most: int, hosts: int
) -> None:
    targets, replies = chains(60, hosts=hosts)
    web = FakeWeb({**replies, "new.example": [reply]}, seconds_of={"new.example": seconds})
    ran = crawls([*targets, *many(2, 2)], web, FetchOptions(max_time=200))
    assert ran.crawl.complete
    assert len(ran.outcomes) == 64
    assert statuses(ran.outcomes, "//h") == [200] * 4
    assert requests(web, "new.example") <= most
    assert sum(requests(web, host) for host in replies) <= 3 * 60
    told = {outcome.failure.detail for outcome in ran.outcomes if outcome.failure is not None}
    assert "resting" not in told


def test_a_host_that_only_redirects_shows_that_the_network_is_up(crawls: Crawls) -> None:
    """The host it redirects to is silent, and nothing else answers."""
    targets, replies = chains(20, hosts=1)
    direct = targets_of(*(f"https://new.example/{page}" for page in range(6)))
    ran = crawls([*direct, *targets], FakeWeb({**replies, "new.example": [SILENT]}))
    assert ran.crawl.complete
    assert statuses(ran.outcomes, "//") == [0] * 26


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
