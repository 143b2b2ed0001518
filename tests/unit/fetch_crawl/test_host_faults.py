"""What holds for a whole host is learned from a few of its URLs, and only where it does."""

import pytest
from virtual_web import EXPIRED, SILENT, Crawls, FakeWeb, Reply, many, targets_of

from linkcheck.fetch.options import Options
from linkcheck.model import FailureKind, Outcome


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
    assert all(status == 0 or status >= 500 for status in statuses(ran.outcomes, "//h0."))
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
    assert sum(asked.url.startswith("https://h0.example/") for asked in ran.web.asked) <= 3 + Options().per_host


def test_certificates_that_differ_by_server_say_nothing_of_the_other_urls(crawls: Crawls) -> None:
    ran = crawls(many(1, 30), FakeWeb({"h0.example": [EXPIRED, 200]}), Options(per_host=1))
    assert statuses(ran.outcomes, "h0.").count(200) == 29


@pytest.mark.parametrize("failing", [(10, 13, 16, 19), (3, 4, 5), (20, 21, 22, 23, 24)])
def test_a_faulty_node_of_a_host_that_answers_says_nothing_of_its_other_urls(
    crawls: Crawls, failing: tuple[int, ...]
) -> None:
    web = FakeWeb({f"https://h0.example/{page}": [EXPIRED] for page in failing})
    ran = crawls(many(1, 40), web)
    assert statuses(ran.outcomes, "h0.").count(200) == 40 - len(failing)
