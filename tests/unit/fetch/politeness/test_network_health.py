"""Whose silence it is: a host's own, or that of our network."""

import asyncio

import pytest
from virtual_web import (
    EXPIRED,
    NO_IPV6,
    NO_NAMES,
    NO_ROUTE,
    NXDOMAIN,
    PRIVATE,
    SERVFAIL,
    SILENT,
    UNTRUSTED,
    Crawls,
    FakeWeb,
    Reply,
    many,
    targets_of,
)

from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.network_health import NetworkMonitor, NetworkState
from linkcheck.model import Failure, Outcome, Probe


def silent(hosts: range, failure: Failure) -> dict[str, list[Reply]]:
    return {f"h{host}.example": [failure] for host in hosts}


@pytest.mark.parametrize("failure", [SILENT, SERVFAIL, NO_ROUTE], ids=lambda failure: f"{failure.kind} {failure.detail}")
@pytest.mark.parametrize("count", [1, 3, 12, 40, 80])
@pytest.mark.parametrize("known", [True, False], ids=["with a history", "without a history"])
def test_silent_hosts_never_end_a_run(crawls: Crawls, count: int, failure: Failure, known: bool) -> None:  # noqa: FBT001
    controls = tuple(f"h{host}.example" for host in range(100)) if known else ()
    ran = crawls(many(100, 2), FakeWeb(silent(range(count), failure)), FetchOptions(controls=controls))
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
    assert {outcome.answer and outcome.answer.status for outcome in ran.outcomes} == {200}
    assert {outcome.failure for outcome in ran.outcomes} == {None}


def test_an_answer_without_tls_does_not_show_that_certificates_are_sound(crawls: Crawls) -> None:
    """It comes while the run waits for the network, so it is no news of certificates."""
    plain = targets_of(*(f"http://plain{number}.example/" for number in range(20)))
    web = FakeWeb(
        silent(range(40), UNTRUSTED), seconds_of={target.host: 0.5 + number for number, target in enumerate(plain)}
    )
    ran = crawls([*many(40, 3), *plain], web)
    assert ran.crawl.network_down
    assert {outcome.url for outcome in ran.outcomes} == {target.url for target in plain}
    assert {outcome.failure for outcome in ran.outcomes} == {None}


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


ODD: dict[str, list[Reply]] = {
    "a redirect to another host": ["http://elsewhere.example/"],
    "an address that is refused": [PRIVATE],
    "an IPv6-only host": [NO_IPV6],
    "a self-signed certificate": [UNTRUSTED],
    "an expired certificate": [EXPIRED],
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("silence", [SILENT, SERVFAIL], ids=["silent", "SERVFAIL"])
@pytest.mark.parametrize("each", [1, 3])
def test_a_silent_host_beside_one_that_is_odd_ends_after_one_second_look(
    crawls: Crawls, odd: str, silence: Failure, each: int
) -> None:
    targets = [*many(1, each), *targets_of("http://odd.example/")]
    ran = crawls(targets, FakeWeb({"h0.example": [silence], "odd.example": ODD[odd]}), names_from=0.0)
    assert ran.crawl.complete, ran.crawl.because
    assert len(ran.outcomes) == each + 1
    assert len(ran.web.asked) <= 6 * (each + 1)


@pytest.mark.parametrize("odd", ["an address that is refused", "an IPv6-only host"])
def test_no_network_is_noticed_beside_what_was_never_requested(crawls: Crawls, odd: str) -> None:
    targets = [*many(1, 3), *targets_of("http://odd.example/")]
    web = FakeWeb({"h0.example": [NO_NAMES], "odd.example": ODD[odd]})
    assert crawls(targets, web, names_from=1e9).crawl.network_down


def statuses(outcomes: list[Outcome]) -> list[int]:
    return [0 if outcome.answer is None else outcome.answer.status for outcome in outcomes]


class Turning(FakeWeb):
    """Fails for some hosts until a moment."""

    failing: dict[str, Failure]
    until: float

    async def send(self, request: OutgoingRequest) -> RawResponse:
        failure = self.failing.get(request.url.host)
        if failure is not None and asyncio.get_running_loop().time() < self.until:
            raise FetchError(failure)
        return await super().send(request)


@pytest.mark.parametrize("living", [0, 8])
@pytest.mark.parametrize("failing", [1, 3])
def test_names_that_are_back_after_seconds_cost_nothing(crawls: Crawls, living: int, failing: int) -> None:
    web = Turning()
    web.failing, web.until = {f"h{host}.example": NO_NAMES for host in range(failing)}, 6.0
    targets = many(failing, 2) + targets_of(*(f"https://alive.example/{page}" for page in range(living)))
    ran = crawls(targets, web, FetchOptions(retries=1, interval=0.0), names_from=6.0)
    assert ran.crawl.complete, ran.crawl.because
    assert statuses(ran.outcomes) == [200] * len(targets)


@pytest.mark.parametrize("each", [1, 3])
@pytest.mark.parametrize("concurrency", [1, 32])
def test_one_host_that_answers_511_is_no_captive_portal(crawls: Crawls, each: int, concurrency: int) -> None:
    ran = crawls(many(20, each), FakeWeb({"h3.example": [511]}), FetchOptions(concurrency=concurrency))
    assert ran.crawl.complete
    assert sorted(statuses(ran.outcomes)) == [200] * (19 * each) + [511] * each
    assert not any(tick.message for tick in ran.ticks)


@pytest.mark.parametrize(("parked", "living"), [(60, 5), (5, 30), (20, 5), (6, 1)])
@pytest.mark.parametrize("door", ["http://sale.example/buy", "http://sale.example/buy?d={}"])
def test_parked_domains_are_no_captive_portal(crawls: Crawls, parked: int, living: int, door: str) -> None:
    for_sale: dict[str, list[Reply]] = {f"p{number}.example": [door.format(number)] for number in range(parked)}
    targets = targets_of(*(f"http://p{number}.example/{page}" for number in range(parked) for page in range(2)))
    ran = crawls([*targets, *many(living, 1)], FakeWeb(for_sale), FetchOptions(concurrency=8, interval=0.0))
    assert ran.crawl.complete, ran.crawl.because
    assert statuses(ran.outcomes) == [200] * (2 * parked + living)


@pytest.mark.parametrize(
    ("hosts", "reply"), [(count, reply) for reply in ("http://portal.example/login", 511) for count in (5, 8, 60, 150)]
)
def test_a_captive_portal_judges_nobody(crawls: Crawls, hosts: int, reply: Reply) -> None:
    captured: dict[str, list[Reply]] = {f"h{host}.example": [reply] for host in range(hosts)}
    targets = targets_of(*(f"http://h{host}.example/{page}" for host in range(hosts) for page in range(2)))
    ran = crawls(targets, FakeWeb(captured))
    assert ran.crawl.network_down
    assert ran.outcomes == []


def test_a_few_domains_that_redirect_to_one_page_are_no_captive_portal(crawls: Crawls) -> None:
    vanity: dict[str, list[Reply]] = {f"h{host}.example": ["http://main.example/"] for host in range(3)}
    ran = crawls(targets_of(*(f"http://h{host}.example/" for host in range(3))), FakeWeb(vanity))
    assert (ran.crawl.complete, statuses(ran.outcomes)) == (True, [200] * 3)


@pytest.mark.parametrize("each", [2, 20])
def test_self_signed_hosts_that_come_first_are_no_interception(crawls: Crawls, each: int) -> None:
    web = FakeWeb(silent(range(12), UNTRUSTED), seconds_of={f"h{host}.example": 1.0 for host in range(12, 52)})
    ran = crawls([*many(12, each), *many(52, 2)[24:]], web, FetchOptions(concurrency=8))
    assert ran.crawl.complete, ran.crawl.because
    assert statuses(ran.outcomes).count(200) == 80
    assert statuses(ran.outcomes).count(0) == 12 * each


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        pytest.param(NO_ROUTE, NetworkState.OFFLINE, id="no route"),
        pytest.param(UNTRUSTED, NetworkState.TLS_INTERCEPTED, id="certificates of an authority that is not known"),
        pytest.param("http://portal.example/login", NetworkState.CAPTIVE_PORTAL, id="one page that everything leads to"),
        pytest.param(511, NetworkState.CAPTIVE_PORTAL, id="511 Network Authentication Required"),
    ],
)
@pytest.mark.parametrize("hosts", [9, 60])
def test_why_the_run_ended_is_told(crawls: Crawls, hosts: int, reply: Reply, why: NetworkState) -> None:
    scheme = "https" if reply is UNTRUSTED else "http"
    targets = targets_of(*(f"{scheme}://h{host}.example/{page}" for host in range(hosts) for page in range(2)))
    ran = crawls(targets, FakeWeb({f"h{host}.example": [reply] for host in range(hosts)}))
    assert ran.crawl.network_down
    assert ran.crawl.because is not None
    assert ran.crawl.because.startswith(f"{why.value} (since ")


def outcome_of(failure: Failure | None) -> Outcome:
    return Outcome("https://x.example/", Probe.STATUS, failure=failure)


def test_ten_hosts_of_one_domain_are_one_witness() -> None:
    monitor = NetworkMonitor(lambda host: host.partition(".")[2])
    heard = [monitor.note(f"h{number}.one.example", outcome_of(SILENT)) for number in range(20)]
    assert set(heard) == {NetworkState.OK}


def test_hosts_that_answered_in_earlier_runs_are_better_witnesses() -> None:
    known = [f"h{number}.example" for number in range(5)]
    monitor = NetworkMonitor(lambda host: host, known_good=known)
    monitor.note("other.example", outcome_of(None))
    heard = [monitor.note(host, outcome_of(NO_ROUTE)) for host in known]
    assert heard == [*[NetworkState.OK] * 4, NetworkState.OFFLINE]


@pytest.mark.parametrize("failure", [NXDOMAIN, None], ids=["no such name", "an answer"])
def test_an_answer_of_any_kind_is_no_silence(failure: Failure | None) -> None:
    monitor = NetworkMonitor(lambda host: host)
    assert {monitor.note(f"h{number}.example", outcome_of(failure)) for number in range(50)} == {NetworkState.OK}


def test_a_few_dead_hosts_among_many_are_dead_hosts() -> None:
    monitor = NetworkMonitor(lambda host: host)
    heard = [monitor.note(f"h{number}.example", outcome_of(SERVFAIL if number % 2 else None)) for number in range(100)]
    assert set(heard) == {NetworkState.OK}
