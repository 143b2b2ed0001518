"""After how many domains the network is suspected, and which outcomes count: by value."""

import pytest
from virtual_web import REFUSED, SILENT, UNTRUSTED

from linkcheck.fetch.politeness.network_health import NetworkMonitor, NetworkState, portal_url
from linkcheck.model import Answer, Failure, FailureKind, Hop, Outcome, Probe
from linkcheck.urls.registrable_domain import registrable_domain

OK, OFFLINE, TLS, PORTAL = NetworkState


def answered(host: str, status: int = 200) -> Outcome:
    url = f"https://{host}/"
    return Outcome(url, Probe.STATUS, answer=Answer(status, url))


def failed(host: str, failure: Failure = SILENT) -> Outcome:
    return Outcome(f"https://{host}/", Probe.STATUS, failure=failure)


def redirected(host: str, to: str | None, *, status: int = 302, scheme: str = "http") -> Outcome:
    url = f"{scheme}://{host}/"
    return Outcome(url, Probe.STATUS, answer=Answer(200, to or url), hops=(Hop(url, status, to),))


def monitor(*known_good: str, works: bool = True) -> NetworkMonitor:
    made = NetworkMonitor(registrable_domain, known_good=known_good)
    if works:
        made.note("works.example", answered("works.example"))
    return made


def noted(made: NetworkMonitor, *outcomes: Outcome) -> list[NetworkState]:
    return [made.note(outcome.url.split("/")[2], outcome, now=1.0) for outcome in outcomes]


@pytest.mark.parametrize(
    ("works", "failure", "enough", "state"),
    [
        (True, SILENT, 10, OFFLINE),
        (False, SILENT, 100, OFFLINE),
        (True, UNTRUSTED, 10, TLS),
        (False, UNTRUSTED, 100, TLS),
    ],
)
def test_enough_domains_in_a_row_raise_a_suspicion(works: bool, failure: Failure, enough: int, state: NetworkState) -> None:  # noqa: FBT001
    made = monitor(works=works)
    once = [failed(f"www.h{number}.example", failure) for number in range(enough - 1)]
    again = [failed("other.h0.example", failure)]
    assert noted(made, *once, *again, failed("last.example", failure)) == [OK] * enough + [state]


@pytest.mark.parametrize("known", ["www.k{}.example", "192.0.2.{}"])
def test_five_domains_that_answered_in_earlier_runs_are_enough(known: str) -> None:
    hosts = [known.format(number) for number in range(5)]
    assert noted(monitor(*hosts), *map(failed, hosts)) == [OK] * 4 + [OFFLINE]
    assert noted(monitor(*hosts[:4]), *map(failed, hosts)) == [OK] * 5


@pytest.mark.parametrize(
    ("targets", "states"),
    [
        pytest.param(["portal.example/login"] * 5, [OK] * 4 + [PORTAL], id="five domains to one URL"),
        pytest.param([f"portal.example/{number}" for number in range(9)], [OK] * 9, id="to several URLs"),
        pytest.param(["portal.example/login"] * 4, [OK] * 4, id="four domains"),
        pytest.param(["h0.example/login"] * 5, [OK] * 5, id="four domains to the fifth one's URL"),
    ],
)
def test_a_captive_portal_redirects_unrelated_domains_to_one_url(targets: list[str], states: list[NetworkState]) -> None:
    redirects = [redirected(f"www.h{number}.example", f"https://{to}?x={number}") for number, to in enumerate(targets)]
    assert noted(monitor(), *redirects) == states


@pytest.mark.parametrize(
    ("location", "status", "scheme", "door"),
    [
        ("https://portal.example/login?x#y", 302, "http", "portal.example/login"),
        ("https://portal.example/login#y", 303, "http", "portal.example/login"),
        ("http://portal.example", 307, "http", "portal.example"),
        ("https://portal.example/", 301, "http", None),
        ("https://portal.example/", 308, "http", None),
        ("https://portal.example/", 302, "https", None),
        ("https://a.example/login", 302, "http", None),
        ("/login", 302, "http", None),
        (None, 302, "http", None),
    ],
)
def test_what_a_redirect_to_a_portal_looks_like(location: str | None, status: int, scheme: str, door: str | None) -> None:
    assert portal_url(redirected("a.example", location, status=status, scheme=scheme)) == door


@pytest.mark.parametrize(
    ("outcome", "contradicted", "answered_once", "is_clean"),
    [
        pytest.param(None, [], False, False, id="nothing"),
        pytest.param(answered("a.example"), [OFFLINE, TLS, PORTAL], True, True, id="an answer"),
        pytest.param(failed("a.example", REFUSED), [OFFLINE, PORTAL], True, True, id="a refused connection"),
        pytest.param(answered("a.example", 511), [], True, False, id="a portal"),
        pytest.param(failed("a.example"), [], False, False, id="silence"),
    ],
)
def test_what_an_outcome_contradicts(
    outcome: Outcome | None, contradicted: list[NetworkState], *, answered_once: bool, is_clean: bool
) -> None:
    made = monitor(works=False)
    if outcome is not None:
        made.note("a.example", outcome)
    assert [state for state in (OFFLINE, TLS, PORTAL) if made.was_contradicted(state)] == contradicted
    assert (made.ever_answered, made.ever_clean) == (answered_once, is_clean)
    assert isinstance(made.was_contradicted(OFFLINE), bool)


def test_a_host_whose_silence_was_confirmed_raises_no_suspicion_again() -> None:
    made = monitor()
    noted(made, failed("www.a.example"), failed("192.0.2.1"))
    assert [made.blames(host) for host in ("www.a.example", "192.0.2.1")] == [False, False]
    made.dismiss(OFFLINE)
    blamed = [made.blames(host) for host in ("www.a.example", "a.example", "192.0.2.1", "b.example")]
    assert blamed == [True, True, True, False]
    assert made.at_end() is OK
    noted(made, failed("other.a.example"))
    assert made.at_end() is OK
    noted(made, failed("b.example"))
    assert made.at_end() is OFFLINE
    made.reset()
    assert made.at_end() is OK


def test_an_attempt_that_began_before_a_contradiction_suggests_nothing() -> None:
    made = monitor()
    made.note("b.example", answered("b.example"), now=10.0)
    slow = Outcome("https://a.example/", Probe.STATUS, failure=SILENT, seconds=5.0)
    made.note("a.example", slow, now=14.9)
    assert made.at_end() is OK
    made.note("a.example", slow, now=15.0)
    assert made.at_end() is OFFLINE


def test_controls_prove_nothing_where_no_name_server_responds() -> None:
    no_server = Failure(FailureKind.DNS, "timeout", "x")
    made = monitor()
    (control,) = made.controls(OFFLINE) or ()
    assert (control.url, control.probe, control.host) == ("https://works.example/", Probe.STATUS, "works.example")
    noted(made, failed("a.example", no_server), failed("b.example", Failure(FailureKind.DNS, "no-names", "x")))
    assert made.controls(OFFLINE) is None
    assert made.controls(TLS) == (control,)
    noted(made, failed("c.example"))
    assert made.controls(OFFLINE) == (control,)
