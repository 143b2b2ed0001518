"""Whose silence it is: a host's own, or that of our network."""

import pytest
from virtual_web import NO_ROUTE, NXDOMAIN, SERVFAIL, SILENT, UNTRUSTED, Crawls, FakeWeb, Reply, many, targets_of

from linkcheck.fetch.options import Options
from linkcheck.model import Failure


def silent(hosts: range, failure: Failure) -> dict[str, list[Reply]]:
    return {f"h{host}.example": [failure] for host in hosts}


@pytest.mark.parametrize("failure", [SILENT, SERVFAIL, NO_ROUTE], ids=lambda failure: f"{failure.kind} {failure.detail}")
@pytest.mark.parametrize("count", [1, 3, 12, 40, 80])
@pytest.mark.parametrize("known", [True, False], ids=["with a history", "without a history"])
def test_silent_hosts_never_end_a_run(crawls: Crawls, count: int, failure: Failure, known: bool) -> None:  # noqa: FBT001
    controls = tuple(f"h{host}.example" for host in range(100)) if known else ()
    ran = crawls(many(100, 2), FakeWeb(silent(range(count), failure)), Options(controls=controls))
    assert ran.crawl.complete
    assert len(ran.outcomes) == 200
    alive = [outcome for outcome in ran.outcomes if outcome.answer is not None and outcome.answer.status == 200]
    assert len(alive) == 200 - 2 * count
    assert not any(tick.message for tick in ran.ticks), "no wait for a network that is up"


@pytest.mark.parametrize("hosts", [1, 2, 5, 9, 60])
@pytest.mark.parametrize("each", [1, 3, 20])
def test_a_network_without_a_route_is_down_for_any_number_of_hosts(crawls: Crawls, hosts: int, each: int) -> None:
    ran = crawls(many(hosts, each), FakeWeb(silent(range(hosts), NO_ROUTE)))
    assert ran.crawl.network_down
    assert ran.outcomes == []


@pytest.mark.parametrize("hosts", [2, 5, 9, 60])
def test_a_network_that_is_gone_in_mid_run_is_noticed_with_few_hosts(crawls: Crawls, hosts: int) -> None:
    replies: dict[str, list[Reply]] = {f"h{host}.example": [200, 200, NO_ROUTE] for host in range(hosts)}
    ran = crawls(many(hosts, 20), FakeWeb(replies))
    assert ran.crawl.network_down
    assert {outcome.answer.status for outcome in ran.outcomes if outcome.answer} == {200}
    assert all(outcome.failure is None for outcome in ran.outcomes)


def test_an_answer_without_tls_does_not_show_that_certificates_are_sound(crawls: Crawls) -> None:
    """It comes while the run waits for the network, so it is no news of certificates."""
    plain = targets_of(*(f"http://plain{number}.example/" for number in range(20)))
    web = FakeWeb(
        silent(range(40), UNTRUSTED), seconds_of={target.host: 0.5 + number for number, target in enumerate(plain)}
    )
    ran = crawls([*many(40, 3), *plain], web)
    assert ran.crawl.network_down
    assert {outcome.url.partition(":")[0] for outcome in ran.outcomes if outcome.failure is None} <= {"http"}
    assert all(outcome.failure is None for outcome in ran.outcomes)


def test_a_name_that_does_not_exist_is_dead_for_all_its_links(crawls: Crawls) -> None:
    ran = crawls([*many(1, 20), *many(3, 1)[1:]], FakeWeb(silent(range(1), NXDOMAIN)))
    details = {outcome.failure.detail for outcome in ran.outcomes if outcome.failure}
    assert details == {"nxdomain"}
    assert sum(outcome.failure is not None for outcome in ran.outcomes) == 20


def test_a_name_that_does_not_exist_is_looked_up_at_most_three_times(crawls: Crawls) -> None:
    ran = crawls(many(1, 20), FakeWeb(silent(range(1), NXDOMAIN)))
    assert len({(outcome.failure.kind, outcome.failure.message) for outcome in ran.outcomes if outcome.failure}) == 1
    assert len(ran.outcomes) == 20
    assert len(ran.web.asked) <= 3


def test_a_name_that_is_found_at_the_end_costs_none_of_its_links(crawls: Crawls) -> None:
    ran = crawls(many(1, 20), FakeWeb({"h0.example": [NXDOMAIN, 200]}))
    assert {outcome.answer.status for outcome in ran.outcomes if outcome.answer} == {200}
    assert len(ran.outcomes) == 20


def test_a_network_that_goes_down_during_the_second_looks_is_noticed(crawls: Crawls) -> None:
    replies: dict[str, list[Reply]] = {"h0.example": [502, 502, 502, 502, NO_ROUTE], "h1.example": [200, NO_ROUTE]}
    ran = crawls(many(2, 1), FakeWeb(replies))
    assert ran.crawl.network_down
    assert [outcome.url for outcome in ran.outcomes] == ["https://h1.example/0"]
