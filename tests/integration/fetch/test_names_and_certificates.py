"""Every way a name or a certificate can be wrong is told apart, on real sockets with real TLS."""

import asyncio
from collections.abc import Callable

import pytest
from loopback import Loopback
from msgspec.structs import replace

from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.resolver import Resolver
from linkcheck.fetch.options import FetchOptions
from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]

CERTIFICATES = ["expired", "not-yet-valid", "wrong-host", "untrusted", "self-signed"]


def _failure(outcome: Outcome) -> tuple[str, str]:
    assert outcome.answer is None
    assert outcome.failure is not None
    return outcome.failure.kind, outcome.failure.detail


def test_a_good_certificate_is_recorded_with_its_end(ask: Ask) -> None:
    outcome = ask("https://soon.example/ok")
    assert outcome.answer is not None
    assert outcome.certificate is not None
    assert outcome.certificate.days_left == 4
    assert "trustme" in outcome.certificate.issuer


def test_a_certificate_is_trusted_though_it_leaves_out_what_only_strict_programs_want(ask: Ask) -> None:
    assert ask("https://unidentified.example/ok").answer is not None


@pytest.mark.parametrize("fault", CERTIFICATES)
def test_a_bad_certificate_is_called_what_it_is(ask: Ask, loopback: Loopback, fault: str) -> None:
    assert _failure(ask(f"https://{fault}.example/ok")) == ("tls", fault)
    assert loopback.asked == []


def test_a_missing_intermediate_certificate_is_told_from_an_unknown_authority(ask: Ask, loopback: Loopback) -> None:
    assert _failure(ask("https://incomplete.example/ok")) == ("tls", "incomplete-chain")
    assert [asked.path for asked in loopback.asked] == ["/between.der"]


def test_the_missing_certificate_is_fetched_once_per_host(ask: Ask, loopback: Loopback) -> None:
    ask("https://incomplete.example/ok", "https://incomplete.example/notfound")
    assert [asked.path for asked in loopback.asked] == ["/between.der"]


@pytest.mark.parametrize("authority", ["closed", "resetting", "good"], ids=["refuses", "hangs up", "wants TLS"])
def test_an_authority_that_cannot_be_reached_leaves_the_certificate_untrusted(
    ask: Ask, loopback: Loopback, authority: str
) -> None:
    resolve = tuple(
        (pattern, f"127.0.0.1:{loopback.ports[name]}")
        for pattern, name in (("incomplete.example:443", "incomplete"), ("aia.example:80", authority))
    )
    assert _failure(ask("https://incomplete.example/ok", resolve=resolve)) == ("tls", "untrusted")


def test_plain_http_where_tls_should_be_is_a_failed_handshake(ask: Ask) -> None:
    outcome = ask("https://plain.example/ok")
    assert _failure(outcome) == ("tls", "handshake")
    assert outcome.failure is not None
    assert "does not use TLS" in outcome.failure.message


def test_a_handshake_that_stalls_is_a_timeout_of_the_connection(ask: Ask) -> None:
    assert _failure(ask("https://silent.example/", connect_timeout=0.3)) == ("timeout", "connect")


def test_a_connection_reset_in_the_handshake_is_a_reset(ask: Ask) -> None:
    assert _failure(ask("https://resetting.example/")) == ("reset", "before-headers")


def test_a_server_that_wants_a_certificate_of_ours_hangs_up(ask: Ask) -> None:
    # With TLS 1.3 it says so only after our side of the handshake is over, and asyncio keeps it to itself.
    assert _failure(ask("https://wants-certificate.example/ok")) == ("reset", "before-headers")


def test_a_test_authority_is_not_trusted_without_being_named(ask: Ask) -> None:
    assert _failure(ask("https://good.example/ok", ca_bundle=None)) == ("tls", "untrusted")


def test_a_closed_port_refuses(ask: Ask) -> None:
    assert _failure(ask("http://closed.example/")) == ("connect", "refused")


def test_a_black_hole_is_a_timeout_of_the_connection(ask: Ask) -> None:
    assert _failure(ask("http://black-hole.example/", connect_timeout=0.3)) == ("timeout", "connect")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, ("dns", "nxdomain")),
        ([], ("dns", "no-address")),
        ("servfail", ("dns", "servfail")),
        ("refused", ("dns", "servfail")),
        ("timeout", ("dns", "timeout")),
        (["10.0.0.1"], ("refused-by-guard", "address")),
        (["127.0.0.1", "10.0.0.1"], ("refused-by-guard", "address")),
        (["127.0.0.1", "fe80::1"], ("refused-by-guard", "address")),
    ],
    ids=["nxdomain", "no-address", "servfail", "refused", "timeout", "private", "private-among-allowed", "link-local-v6"],
)
def test_names_fail_each_in_its_own_way(
    ask: Ask, loopback: Loopback, known: list[str] | str | None, expected: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkcheck.fetch.http.resolver.SECONDS", 0.2)
    if known is not None:
        loopback.names["www.name.example"] = known
    outcome = ask(f"http://www.name.example:{loopback.ports['http']}/ok", resolve=(), nameserver=loopback.nameserver)
    assert _failure(outcome) == expected
    assert loopback.asked == []


def test_a_name_server_of_ones_own_is_asked(ask: Ask, loopback: Loopback) -> None:
    loopback.names["www.name.example"] = ["127.0.0.1"]
    outcome = ask(f"http://www.name.example:{loopback.ports['http']}/ok", resolve=(), nameserver=loopback.nameserver)
    assert outcome.answer is not None
    assert outcome.address == "127.0.0.1"
    assert sorted(loopback.lookups) == ["www.name.example A", "www.name.example AAAA"]


def test_a_name_with_two_thousand_addresses_costs_no_more_than_eight(ask: Ask, loopback: Loopback) -> None:
    loopback.names["many.name.example"] = [f"127.0.{n // 250}.{n % 250 + 1}" for n in range(2000)]
    port = loopback.ports["closed"]
    outcome = ask(f"http://many.name.example:{port}/", resolve=(), nameserver=loopback.nameserver)
    assert _failure(outcome) == ("connect", "refused")


def test_a_name_that_was_not_found_is_really_asked_for_again(options: FetchOptions, loopback: Loopback) -> None:
    async def main() -> list[object]:
        found: list[object] = []
        resolver = Resolver(replace(options, resolve=(), nameserver=loopback.nameserver), None)
        for _ in range(2):
            try:
                found.append(
                    [where[0] for _, where in await resolver.resolve("flaps.zone.example", 80, RequestTrace("", 0.0))]
                )
            except FetchError as error:
                found.append(error.failure.detail)
            loopback.names["flaps.zone.example"] = ["127.0.0.1"]
        await resolver.close()
        return found

    assert asyncio.run(main()) == ["nxdomain", ["127.0.0.1"]]


def test_an_address_in_place_of_a_name_needs_no_look_up(ask: Ask, loopback: Loopback) -> None:
    outcome = ask(f"http://127.0.0.1:{loopback.ports['http']}/ok", resolve=(), nameserver=loopback.nameserver)
    assert outcome.answer is not None
    assert loopback.lookups == []


def test_a_page_over_tls_is_read(ask: Ask) -> None:
    outcome = ask("https://good.example/ok", probe=Probe.PAGE)
    assert outcome.answer is not None
    assert outcome.answer.page is not None
    assert outcome.answer.page.title == "A page"


def _over_tls(ask: Ask, host: str, port: int, **changes: object) -> Outcome:
    return ask(f"https://{host}/ok", resolve=((f"{host}:443", f"127.0.0.1:{port}"),), allow_ports=(port,), **changes)


@pytest.mark.parametrize(
    ("pattern", "host"),
    [
        ("*.w.example", "a-b.w.example"),
        ("*.w.example", "julia_artberg.w.example"),
        ("*.w.example", "_.w.example"),
        ("*.W.Example", "a_b.w.example"),
        ("*.a_b.example", "x.a_b.example"),
        ("*.a-.example", "x.a-.example"),
        ("a_b.w.example", "a_b.w.example"),
        ("*.gitlab.io", "code_cube.gitlab.io"),
        ("*.itch.io", "dj_link.itch.io"),
    ],
)
def test_a_wildcard_covers_a_name_of_whatever_characters(ask: Ask, loopback: Loopback, pattern: str, host: str) -> None:
    outcome = _over_tls(ask, host, loopback.serve_as(pattern))
    assert outcome.answer is not None
    assert outcome.answer.status == 200
    assert outcome.certificate is not None
    assert loopback.asked[-1].host == host


@pytest.mark.parametrize(
    ("pattern", "host"),
    [
        ("*.w.example", "a_b.v.example"),
        ("*.w.example", "a_b.c.w.example"),
        ("*.w.example", "c.a_b.w.example"),
        ("*.w.example", "w_x.example"),
        ("*.example", "a_b.example"),
        ("*.com", "a_b.com"),
        ("*.co.uk", "a_b.co.uk"),
        ("a*.w.example", "a_b.w.example"),
        ("*_b.w.example", "a_b.w.example"),
        ("a_*.w.example", "a_b.w.example"),
        ("a.*.example", "a.b_c.example"),
        ("*.*.example", "a_b.w.example"),
        ("*", "a_b"),
        ("a_c.w.example", "a_b.w.example"),
        ("*.w.example", "w.example"),
        ("*.w.example", "a.b.w.example"),
    ],
)
def test_a_wildcard_covers_one_label_and_no_more(ask: Ask, loopback: Loopback, pattern: str, host: str) -> None:
    assert _failure(_over_tls(ask, host, loopback.serve_as(pattern))) == ("tls", "wrong-host")
    assert loopback.asked == []


@pytest.mark.parametrize("fault", ["expired", "not-yet-valid", "untrusted", "self-signed"])
def test_a_name_with_an_underscore_needs_a_certificate_as_good_as_any(ask: Ask, loopback: Loopback, fault: str) -> None:
    assert _failure(_over_tls(ask, f"a_b.{fault}.example", loopback.ports[fault])) == ("tls", fault)
    assert loopback.asked == []


@pytest.mark.parametrize(
    ("host", "fault"), [("a_b.incomplete.example", "incomplete-chain"), ("a_b.other.example", "untrusted")]
)
def test_a_missing_intermediate_certificate_is_found_for_a_name_with_an_underscore(
    ask: Ask, loopback: Loopback, host: str, fault: str
) -> None:
    incomplete, http = loopback.ports["incomplete"], loopback.ports["http"]
    resolve = ((f"{host}:443", f"127.0.0.1:{incomplete}"), ("*:80", f"127.0.0.1:{http}"))
    # The issuer is fetched within the time to connect, which a busy machine may need in full.
    assert _failure(ask(f"https://{host}/ok", resolve=resolve)) == ("tls", fault)


def test_an_address_needs_a_certificate_for_that_address(ask: Ask, loopback: Loopback) -> None:
    for names, known in ((("127.0.0.1",), True), (("127.0.0.2", "a.example"), False)):
        port = loopback.serve(*names)
        outcome = ask(f"https://127.0.0.1:{port}/ok", allow_ports=(port,), resolve=())
        assert (outcome.answer is not None) is known
        assert known or _failure(outcome) == ("tls", "wrong-host")
