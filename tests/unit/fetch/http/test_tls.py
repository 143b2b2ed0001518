import ssl

import pytest

from linkcheck.errors import UsageError
from linkcheck.fetch.http.tls import certificate_of, client_context


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
