"""A handshake that fails says why in words, and what is odd about one that does not fail is nobody's dead link."""

import gc
import ssl
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from command import PATIENCE
from loopback import Loopback, Talk, reply, saying, shaking_hands

from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]

HOST = "a.example"
OLD = "the server supports only obsolete versions of TLS (1.0 or 1.1)"
NO_CIPHER = "no cipher in common, or the server requires a client certificate"
WEAK = "the server's encryption is too weak"
CERTIFICATE = "the server requires a client certificate"
NO_NAME = "the server does not serve this host name"
NO_TLS = "this port does not use TLS"
OAKLEY_2 = """-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
"""
"""The prime of 1,024 bits that servers of old share (RFC 2409, 6.2)."""


@pytest.fixture
def ask_of(ask: Ask, loopback: Loopback) -> Callable[..., Outcome]:
    """Ask a server of our own making over TLS."""

    def run(talk: Talk, *, path: str = "/ok", **changes: object) -> Outcome:
        resolve = ((f"{HOST}:443", f"127.0.0.1:{loopback.listen(talk)}"),)
        return ask(f"https://{HOST}{path}", resolve=resolve, **changes)

    return run


def _said(outcome: Outcome) -> tuple[str, str, str]:
    assert outcome.answer is None
    assert outcome.failure is not None
    return outcome.failure.kind, outcome.failure.detail, outcome.failure.message


def _handshake(because: str) -> tuple[str, str, str]:
    return "tls", "handshake", f"the TLS handshake with {HOST} failed: {because}"


def _alert(number: int, version: int = 3) -> bytes:
    """A fatal alert in place of a greeting (RFC 8446, 6), in a record of TLS 1.(version - 1)."""
    return bytes([21, 3, version, 0, 2, 2, number])


def _greeting(version: int) -> bytes:
    """A ServerHello of TLS 1.(version - 1), as a server sends that knows no later one (RFC 2246, 7.4.1.3)."""
    body = bytes([3, version]) + b"\x52" * 32 + b"\0" + b"\x00\x2f" + b"\0"
    message = b"\x02" + len(body).to_bytes(3, "big") + body
    return bytes([22, 3, version]) + len(message).to_bytes(2, "big") + message


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1(_1)? is deprecated:DeprecationWarning")
@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
@pytest.mark.parametrize("key_type", list(trustme.KeyType), ids=lambda key_type: key_type.name)
def test_a_server_that_speaks_only_old_tls_is_told_so(
    ask_of: Ask, loopback: Loopback, version: str, key_type: trustme.KeyType
) -> None:
    context = loopback.context(HOST, key_type=key_type)
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    context.set_ciphers("ALL:@SECLEVEL=0")
    assert _said(ask_of(shaking_hands(context, reply()))) == _handshake(OLD)


@pytest.mark.parametrize("version", [0, 1, 2], ids=["SSL 3", "TLS 1.0", "TLS 1.1"])
@pytest.mark.parametrize("answer", ["a greeting", "an alert"])
def test_an_old_server_may_greet_in_its_own_version_or_refuse_ours(ask_of: Ask, version: int, answer: str) -> None:
    greeting = _greeting(version) if answer == "a greeting" else _alert(70, version)
    assert _said(ask_of(saying(greeting))) == _handshake(OLD)


@pytest.mark.parametrize("ciphers", ["AES128-SHA", "AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384"])
def test_ciphers_that_browsers_still_take_lead_to_an_answer(ask_of: Ask, loopback: Loopback, ciphers: str) -> None:
    context = loopback.context(HOST, key_type=trustme.KeyType.RSA)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(ciphers)
    outcome = ask_of(shaking_hands(context, reply()))
    assert outcome.answer is not None
    assert outcome.answer.status == 200


@pytest.mark.parametrize("ciphers", ["NULL", "aNULL", "CAMELLIA"])
def test_a_server_with_which_we_share_no_cipher_is_told_so(ask_of: Ask, loopback: Loopback, ciphers: str) -> None:
    context = loopback.context(HOST, key_type=trustme.KeyType.RSA)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    assert _said(ask_of(shaking_hands(context, reply()))) == _handshake(NO_CIPHER)


def test_a_server_whose_keys_are_too_short_is_told_so(ask_of: Ask, loopback: Loopback, tmp_path: Path) -> None:
    context = loopback.context(HOST, key_type=trustme.KeyType.RSA)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0")
    file = tmp_path / "dh.pem"
    file.write_text(OAKLEY_2)
    context.load_dh_params(str(file))
    assert _said(ask_of(shaking_hands(context, reply()))) == _handshake(WEAK)


def test_a_server_that_wants_a_certificate_of_ours_says_so_in_the_handshake_of_tls_1_2(
    ask_of: Ask, loopback: Loopback
) -> None:
    context = loopback.context(HOST)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    assert _said(ask_of(shaking_hands(context, reply()))) == _handshake(NO_CIPHER)


def test_a_server_that_wants_a_certificate_of_ours_says_so_after_the_handshake_of_tls_1_3(
    ask_of: Ask, loopback: Loopback
) -> None:
    context = loopback.context(HOST)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    assert _said(ask_of(shaking_hands(context, reply()))) == _handshake(CERTIFICATE)


@pytest.mark.parametrize(
    ("number", "because"),
    [
        pytest.param(40, NO_CIPHER, id="handshake_failure"),
        pytest.param(70, OLD, id="protocol_version"),
        pytest.param(71, NO_CIPHER, id="insufficient_security"),
        pytest.param(80, "tlsv1 alert internal error", id="internal_error"),
        pytest.param(112, NO_NAME, id="unrecognized_name"),
        pytest.param(116, CERTIFICATE, id="certificate_required"),
    ],
)
def test_every_alert_has_its_words(ask_of: Ask, number: int, because: str) -> None:
    assert _said(ask_of(saying(_alert(number)))) == _handshake(because)


def test_the_alert_of_a_server_that_does_not_support_http_1_1_says_so(ask_of: Ask) -> None:
    message = f"{HOST} supports only HTTP/2, and linkcheck supports only HTTP/1.1"
    assert _said(ask_of(saying(_alert(120)))) == ("protocol", "http2-only", message)


@pytest.mark.parametrize(
    "greeting",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-OpenSSH_9.9\r\n", b"220 mail.example ESMTP\r\n", b"\0" * 64],
    ids=["HTTP", "SSH", "SMTP", "zeros"],
)
def test_what_is_no_tls_is_called_that(ask_of: Ask, greeting: bytes) -> None:
    assert _said(ask_of(saying(greeting))) == _handshake(NO_TLS)


@pytest.mark.parametrize("alert", ["UNRECOGNIZED_NAME", "HANDSHAKE_FAILURE", "ACCESS_DENIED"])
def test_a_server_that_needs_to_know_the_name_is_told_it(ask_of: Ask, loopback: Loopback, alert: str) -> None:
    asked: list[str | None] = []

    def choose(tls: ssl.SSLSocket | ssl.SSLObject, name: str | None, context: ssl.SSLContext) -> int | None:
        asked.append(name)
        return None if name == HOST else ssl.AlertDescription[f"ALERT_DESCRIPTION_{alert}"]

    context = loopback.context(HOST)
    context.sni_callback = choose
    outcome = ask_of(shaking_hands(context, reply()))
    assert outcome.answer is not None
    assert outcome.answer.status == 200
    assert asked == [HOST]


def test_a_name_that_the_server_does_not_serve_is_a_failed_handshake(ask_of: Ask, loopback: Loopback) -> None:
    context = loopback.context(HOST)
    context.sni_callback = lambda *_: ssl.AlertDescription.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
    assert _said(ask_of(shaking_hands(context, reply()))) == _handshake(NO_NAME)


def test_an_address_in_place_of_a_name_is_not_sent_as_one(ask: Ask, loopback: Loopback) -> None:
    # RFC 6066, section 3: literal addresses are not permitted there, and some servers refuse the handshake over one.
    asked: list[str | None] = []
    context = loopback.context("127.0.0.1")
    context.sni_callback = lambda _tls, name, _context: asked.append(name)
    port = loopback.listen(shaking_hands(context, reply()))
    outcome = ask(f"https://127.0.0.1:{port}/ok", resolve=(), allow_ports=(port,))
    assert outcome.answer is not None
    assert asked == [None]


def test_a_server_that_chooses_http_1_1_is_offered_it(ask_of: Ask, loopback: Loopback) -> None:
    context = loopback.context(HOST)
    context.set_alpn_protocols(["h2", "http/1.1"])
    outcome = ask_of(shaking_hands(context, reply()))
    assert outcome.answer is not None
    assert outcome.answer.status == 200


def test_a_server_that_answers_with_http_2_frames_whatever_we_offer_supports_only_http_2(
    ask_of: Ask, loopback: Loopback
) -> None:
    context = loopback.context(HOST)
    context.set_alpn_protocols(["h2"])
    settings = b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"
    goodbye = b"\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"
    kind, detail, _ = _said(ask_of(shaking_hands(context, settings + goodbye)))
    assert (kind, detail) == ("protocol", "http2-only")


@pytest.mark.parametrize(
    ("path", "probe", "expected"),
    [
        pytest.param("/silent", Probe.STATUS, ("timeout", "total"), id="before the head"),
        pytest.param("/slow-headers", Probe.STATUS, ("timeout", "total"), id="in the head"),
        pytest.param("/no-body", Probe.PAGE, ("timeout", "body"), id="in the body"),
    ],
)
def test_a_stall_after_the_handshake_is_no_failure_to_connect(
    ask: Ask, path: str, probe: Probe, expected: tuple[str, str]
) -> None:
    kind, detail, _ = _said(ask(f"https://{HOST}{path}", probe=probe, connect_timeout=PATIENCE, timeout=2.0))
    assert (kind, detail) == expected


def test_a_connection_given_up_in_a_stall_is_closed_with_the_transport(ask_of: Ask, loopback: Loopback) -> None:
    # One that says goodbye and waits for the server's would hold its descriptor for thirty seconds (`ssl_shutdown_timeout`).
    gc.collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        outcome = ask_of(shaking_hands(loopback.context(HOST), b"", stay=True), timeout=2.0)
        gc.collect()
    assert _said(outcome)[:2] == ("timeout", "total")
    assert [str(warning.message) for warning in caught if "unclosed" in str(warning.message)] == []


def test_a_certificate_for_a_thousand_names_is_read(ask: Ask, loopback: Loopback) -> None:
    names = [f"host-number-{number}.example" for number in range(1000)]
    port = loopback.serve(*names)
    resolve = (("*:443", f"127.0.0.1:{port}"),)
    outcome = ask(*(f"https://{names[at]}/ok" for at in (0, 500, -1)), resolve=resolve)
    assert outcome.answer is not None
    assert outcome.certificate is not None
    assert len(loopback.asked) == 3
    kind, detail, message = _said(ask("https://other.example/ok", resolve=resolve))
    assert (kind, detail) == ("tls", "wrong-host")
    assert len(message) < 200
