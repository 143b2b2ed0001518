import ssl

import pytest

from linkcheck.errors import UsageError
from linkcheck.fetch.http.tls import certificate_of, client_context, covers, is_usual_name


def test_a_bundle_without_certificates_is_a_usage_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    bundle = tmp_path_factory.mktemp("ca") / "ca.pem"
    with pytest.raises(UsageError, match="cannot use"):
        client_context(str(bundle))
    bundle.write_text("nothing", encoding="ascii")
    with pytest.raises(UsageError, match="cannot use"):
        client_context(str(bundle))


def test_verification_is_always_on() -> None:
    context = client_context(None)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_no_more_is_asked_of_a_certificate_than_browsers_ask() -> None:
    assert not client_context(None).verify_flags & ssl.VERIFY_X509_STRICT


def test_a_certificate_without_an_end_is_no_fact() -> None:
    assert certificate_of({"issuer": ()}) is None
    assert certificate_of({"notAfter": "nonsense"}) is None
    assert certificate_of(None) is None


FAR = "Jan  1 00:00:00 2626 GMT"


def test_a_certificate_tells_who_issued_it_and_for_how_long() -> None:
    peer: dict[str, object] = {
        "issuer": ((("countryName", "XX"),), (("organizationName", "An authority"),), (("commonName", "R1"),)),
        "notBefore": "Dec  2 00:00:00 2625 GMT",
        "notAfter": FAR,
    }
    found = certificate_of(peer)
    assert found is not None
    assert (found.issuer, found.not_after, found.lifetime_days) == ("An authority, R1", "2626-01-01T00:00:00Z", 30)
    assert found.days_left > 100_000


@pytest.mark.parametrize(
    ("issuer", "text"),
    [
        pytest.param(((("commonName", "R1"),),), "R1", id="a name alone"),
        pytest.param(((("organizationName", "R1"),), (("commonName", "R1"),)), "R1", id="one name twice"),
        pytest.param(((("commonName", "R1"),), (("commonName", "R2"),)), "R1", id="two of a kind"),
        pytest.param(((("commonName", "x" * 300),),), "x" * 200, id="a long name"),
        pytest.param((), "", id="no names"),
        pytest.param(None, "", id="nothing"),
    ],
)
def test_an_issuer_is_named_by_organization_and_name(issuer: object, text: str) -> None:
    found = certificate_of({"issuer": issuer, "notAfter": FAR})
    assert found is not None
    assert (found.issuer, found.lifetime_days) == (text, None)


def test_a_beginning_that_cannot_be_read_gives_no_lifetime() -> None:
    found = certificate_of({"notBefore": "nonsense", "notAfter": FAR})
    assert found is not None
    assert found.lifetime_days is None


@pytest.mark.parametrize(
    ("host", "usual"),
    [
        ("a.example", True),
        ("xn--caf-dma.a-b.example", True),
        ("127.0.0.1", True),
        ("[2606:4700::1]", True),
        ("a_b.example", False),
        ("a.-b.example", False),
        ("a.b-.example", False),
        ("a..example", False),
    ],
)
def test_which_names_openssl_can_match(host: str, *, usual: bool) -> None:
    assert is_usual_name(host) is usual


@pytest.mark.parametrize(
    ("name", "host", "found"),
    [
        ("a_b.c.example", "a_b.c.example", True),
        ("A_B.c.example", "a_b.c.example", True),
        ("*.c.example", "a_b.c.example", True),
        ("*.example", "a_b.c.example", False),
        ("*.com", "a_b.com", False),
        ("*_b.c.example", "a_b.c.example", False),
        ("other.c.example", "a_b.c.example", False),
    ],
)
def test_the_star_of_a_certificate_is_one_whole_label(name: str, host: str, *, found: bool) -> None:
    assert covers(["x.example", name], host) is found
    assert covers([], host) is False


@pytest.mark.parametrize("names", [True, False])
def test_a_host_name_is_verified_unless_it_is_left_to_the_caller(*, names: bool) -> None:
    context = client_context(None, names=names)
    assert (context.check_hostname, context.verify_mode) == (names, ssl.CERT_REQUIRED)
    assert context.get_ca_certs()
