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
from linkcheck.fetch.politeness.network_health import (
    KEPT_CONTROLS,
    NetworkMonitor,
    NetworkState,
    is_missing_name,
    is_unrouted,
    may_be_network,
    network_state_of,
    portal_url,
    proves_network_up,
)
from linkcheck.model import Answer, Failure, FailureKind, Hop, Outcome, Probe


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


OK, OFFLINE = NetworkState.OK, NetworkState.OFFLINE
INTERCEPTED, PORTAL = NetworkState.TLS_INTERCEPTED, NetworkState.CAPTIVE_PORTAL
URL = "http://a.example/"


def lost(kind: FailureKind, detail: str, *hops: Hop, url: str = URL) -> Outcome:
    return Outcome(url, Probe.STATUS, failure=Failure(kind, detail, "why"), hops=hops)


def answered(status: int = 200, *hops: Hop, url: str = URL) -> Outcome:
    return Outcome(url, Probe.STATUS, Answer(status, hops[-1].location or url if hops else url), hops=hops)


AWAY = Hop(URL, 302, "http://b.example/login?a#b")


@pytest.mark.parametrize(
    ("outcome", "state", "up"),
    [
        # What each state is suspected from, and what contradicts them, in the order of SUSPECTS.
        pytest.param(answered(), OK, (True, False, True), id="an answer"),
        pytest.param(answered(url="https://a.example/"), OK, (True, True, True), id="an answer through TLS"),
        pytest.param(answered(511), PORTAL, (True, False, False), id="511"),
        pytest.param(answered(200, AWAY), OK, (True, False, False), id="a redirect to another host"),
        pytest.param(lost(FailureKind.TIMEOUT, "total"), OFFLINE, (False, False, False), id="silence"),
        pytest.param(lost(FailureKind.TIMEOUT, "total", AWAY), OK, (True, False, False), id="silence after a redirect"),
        pytest.param(lost(FailureKind.CONNECT, "refused"), OK, (True, False, True), id="refused"),
        pytest.param(lost(FailureKind.CONNECT, "proxy"), OFFLINE, (False, False, False), id="the proxy refuses"),
        pytest.param(lost(FailureKind.CONNECT, "no-route"), OFFLINE, (False, False, False), id="no route"),
        pytest.param(lost(FailureKind.CONNECT, "no-ipv6"), OK, (False, False, False), id="no IPv6"),
        pytest.param(lost(FailureKind.DNS, "nxdomain"), OK, (False, False, False), id="no such name"),
        pytest.param(lost(FailureKind.DNS, "no-address"), OK, (False, False, False), id="no address"),
        pytest.param(lost(FailureKind.TLS, "untrusted"), INTERCEPTED, (True, False, False), id="untrusted"),
        pytest.param(lost(FailureKind.TLS, "self-signed"), INTERCEPTED, (True, False, False), id="self-signed"),
        pytest.param(lost(FailureKind.TLS, "expired", url="https://a.example/"), OK, (True, False, True), id="expired"),
        pytest.param(lost(FailureKind.REFUSED_BY_GUARD, "port"), OK, (False, False, False), id="not requested"),
    ],
)
def test_what_an_outcome_tells_of_the_network(outcome: Outcome, state: NetworkState, up: tuple[bool, ...]) -> None:
    assert network_state_of(outcome) is state
    assert tuple(proves_network_up(outcome, suspected) for suspected in (OFFLINE, INTERCEPTED, PORTAL)) == up


@pytest.mark.parametrize(
    ("hop", "door"),
    [
        pytest.param(AWAY, "b.example/login", id="another host"),
        pytest.param(Hop(URL, 303, "https://b.example/"), "b.example/", id="through TLS"),
        pytest.param(Hop(URL, 307, "http://b.example#a"), "b.example", id="no path"),
        pytest.param(Hop(URL, 301, "http://b.example/"), None, id="for good"),
        pytest.param(Hop(URL, 302, "/login"), None, id="a path"),
        pytest.param(Hop(URL, 302), None, id="nowhere"),
        pytest.param(Hop(URL, 302, "https://a.example/x"), None, id="the host itself"),
    ],
)
def test_the_door_of_a_portal_is_where_the_first_redirect_leads(hop: Hop, door: str | None) -> None:
    assert portal_url(answered(200, hop)) == door
    assert portal_url(answered(200, hop, Hop("http://c.example/", 301, "http://d.example/"))) == door
    assert portal_url(answered(200, hop, url="https://a.example/")) is None
    assert may_be_network(answered(200, hop), PORTAL) is (door is not None)
    assert may_be_network(answered(200, hop), OFFLINE) is False


def test_what_did_not_leave_the_local_network() -> None:
    unrouted = [(FailureKind.DNS, "timeout"), (FailureKind.DNS, "no-names"), (FailureKind.CONNECT, "proxy")]
    assert all(is_unrouted(lost(*each)) for each in unrouted)
    assert not is_unrouted(lost(FailureKind.DNS, "timeout", AWAY))
    assert not is_unrouted(lost(FailureKind.TIMEOUT, "total"))
    assert not any(map(is_unrouted, (None, answered())))


def test_a_missing_name_is_that_of_the_target_itself() -> None:
    assert is_missing_name(lost(FailureKind.DNS, "nxdomain"))
    assert not is_missing_name(lost(FailureKind.DNS, "nxdomain", AWAY))
    assert not is_missing_name(lost(FailureKind.DNS, "timeout"))
    assert not is_missing_name(answered())
    assert may_be_network(lost(FailureKind.TIMEOUT, "total"))
    assert not may_be_network(None)


def controls(monitor: NetworkMonitor, suspected: NetworkState = OFFLINE) -> list[str] | None:
    found = monitor.controls(suspected)
    return None if found is None else [target.host for target in found]


def test_the_hosts_that_answered_last_are_the_controls_first_those_that_do_not_fail_now() -> None:
    monitor = NetworkMonitor(lambda host: host)
    for name in ("a", "b", "c", "d", "b"):
        monitor.note(f"{name}.example", answered(), now=1.0)
    assert controls(monitor) == ["b.example", "d.example", "c.example"][:KEPT_CONTROLS]
    monitor.note("d.example", lost(FailureKind.TIMEOUT, "total"), now=2.0)
    assert controls(monitor) == ["b.example", "c.example", "d.example"]
    assert controls(monitor, INTERCEPTED) == [], "nothing was sent through TLS"
    monitor.dismiss(OFFLINE)
    assert monitor.blames("d.example")
    assert not monitor.blames("b.example")
    assert controls(monitor) == ["b.example", "d.example", "c.example"]


def test_an_answer_that_contradicts_much_is_kept_before_one_that_contradicts_little() -> None:
    monitor = NetworkMonitor(lambda host: host)
    monitor.note("tls.example", answered(url="https://tls.example/"))
    for number in range(KEPT_CONTROLS + 1):
        monitor.note(f"h{number}.example", answered())
    assert controls(monitor, INTERCEPTED) == ["tls.example"]
    found = controls(monitor)
    assert found is not None
    assert len(found) == KEPT_CONTROLS


def test_hosts_that_answered_prove_nothing_of_the_name_server() -> None:
    monitor = NetworkMonitor(lambda host: host)
    monitor.note("a.example", answered())
    monitor.note("b.example", lost(FailureKind.DNS, "timeout"), now=1.0)
    assert controls(monitor) is None
    monitor.note("c.example", lost(FailureKind.TIMEOUT, "total"), now=1.0)
    assert controls(monitor) == ["a.example"]


def test_an_attempt_that_began_before_an_answer_is_no_sign() -> None:
    monitor = NetworkMonitor(lambda host: host)
    monitor.note("a.example", answered(), now=100.0)
    silence = lost(FailureKind.TIMEOUT, "total")
    slow = Outcome(silence.url, silence.probe, failure=silence.failure, seconds=30.0)
    assert {monitor.note(f"h{number}.example", slow, now=129.0) for number in range(20)} == {OK}
    heard = [monitor.note(f"h{number}.example", slow, now=130.0) for number in range(10)]
    assert heard == [*[OK] * 9, OFFLINE]


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        pytest.param([], OK, id="nothing"),
        pytest.param([lost(FailureKind.TIMEOUT, "total")], OFFLINE, id="silence"),
        pytest.param([lost(FailureKind.TLS, "untrusted")] * 2, OK, id="two certificates"),
        pytest.param([lost(FailureKind.TLS, "untrusted")] * 3, INTERCEPTED, id="three certificates"),
        pytest.param([answered(), *[lost(FailureKind.TLS, "untrusted")] * 9], OK, id="nine after an answer"),
        pytest.param([answered(), *[lost(FailureKind.TLS, "untrusted")] * 10], INTERCEPTED, id="ten after an answer"),
        pytest.param([answered(511)], PORTAL, id="511"),
        pytest.param([answered(), answered(511)], OK, id="511 after an answer"),
        pytest.param([answered(200, AWAY)] * 4, OK, id="four at one door"),
        pytest.param([answered(200, AWAY)] * 5, PORTAL, id="five at one door"),
    ],
)
def test_what_is_suspected_at_the_end(outcomes: list[Outcome], state: NetworkState) -> None:
    monitor = NetworkMonitor(lambda host: host)
    for number, outcome in enumerate(outcomes):
        monitor.note(f"h{number}.example", outcome, now=float(number))
    assert monitor.at_end() is state


def test_a_few_refused_connections_are_a_weak_sign() -> None:
    monitor = NetworkMonitor(lambda host: host)
    assert not monitor.is_weak
    for number in range(2):
        monitor.note(f"h{number}.example", lost(FailureKind.TIMEOUT, "total"))
        assert monitor.is_weak
    monitor.note("h2.example", lost(FailureKind.TIMEOUT, "total"))
    assert not monitor.is_weak
    monitor.reset()
    assert monitor.at_end() is OK
    monitor.note("h3.example", lost(FailureKind.DNS, "timeout"))
    assert not monitor.is_weak, "no name server is a strong one"
