"""TLS settings: trusted authorities, cipher suites, host names, and what a server's certificate contains."""

import os
import re
import ssl
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from linkcheck.errors import UsageError
from linkcheck.files import open_descriptor
from linkcheck.model import Certificate
from linkcheck.timestamps import timestamp_of
from linkcheck.urls import address_of, is_registry

_LEGACY_SERVER_CONNECT = 0x4
"""ssl.OP_LEGACY_SERVER_CONNECT (named since Python 3.12): browsers talk to servers without RFC 5746, so we do."""


CIPHERS = "DEFAULT:!aNULL:!eNULL:!PSK:!SRP:!MD5:!RC4:!3DES"
"""What browsers take. Python's own choice leaves out RSA key exchange and SHA-1 codes, which living servers still have."""


_USUAL_NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_HOSTNAME_MISMATCH = 62
"""OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH."""


def is_usual_name(host: str) -> bool:
    """Whether OpenSSL can hold a certificate against the name (or address) of a host.

    Its `*` covers letters, digits and hyphens only, and no name with an underscore; that of browsers covers any label.
    """
    return _USUAL_NAME.fullmatch(host) is not None or address_of(host) is not None


def check_name(tls: object, host: str) -> None:
    """Raise ssl.SSLCertVerificationError where the certificate of a connection, verified by now, is not for `host`."""
    peer = tls.getpeercert() if isinstance(tls, ssl.SSLObject | ssl.SSLSocket) else None
    if not covers(_names_of(peer or {}), host):
        error = ssl.SSLCertVerificationError("Hostname mismatch")
        error.verify_code = _HOSTNAME_MISMATCH
        raise error


def covers(names: Iterable[str], host: str) -> bool:
    """Whether a certificate for these names is one for `host`, as browsers have it (RFC 6125, section 6.4.3).

    `*` is the whole left-most label, stands for one label, and for none right below a registry.
    """
    _, _, above = host.partition(".")
    wanted = {host} if is_registry(above) else {host, f"*.{above}"}
    return any(name.lower() in wanted for name in names)


def _names_of(peer: Mapping[str, object]) -> Iterator[str]:
    """The DNS names in what `getpeercert` says."""
    names = peer.get("subjectAltName")
    for kind, name in names if isinstance(names, tuple) else ():
        if kind == "DNS":
            yield str(name)


def client_context(ca_bundle: str | None, *, names: bool = True) -> ssl.SSLContext:
    """A context that trusts the system's authorities, certifi's and those in `ca_bundle` (PEM).

    Without `names` it does not look whom a certificate is for: `check_name` has to. Raises UsageError for a bundle that
    cannot be read.
    """
    context = ssl.create_default_context()
    context.check_hostname = names
    # Set by Python 3.13: it asks for more of a certificate's form (a key identifier, say) than browsers do.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.options |= _LEGACY_SERVER_CONNECT
    context.set_alpn_protocols(["http/1.1"])
    context.set_ciphers(CIPHERS)
    _add_certifi(context)
    if ca_bundle is not None:
        try:
            os.close(open_descriptor(ca_bundle))  # OpenSSL would wait for a pipe
            context.load_verify_locations(cafile=ca_bundle)
        except (OSError, ssl.SSLError) as error:
            reason = error.strerror or "it contains no certificate in PEM format"
            raise UsageError(f"--ca-bundle: cannot use {ca_bundle}: {reason}") from None
    return context


def unverified() -> ssl.SSLContext:
    """A context to look at a certificate with, never to send anything through."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def certificate_of(peer: dict[str, object] | None) -> Certificate | None:
    """What `ssl.SSLSocket.getpeercert` says, reduced to issuer and end."""
    if not peer:
        return None
    ends = peer.get("notAfter")
    if not isinstance(ends, str):
        return None
    try:
        moment = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return Certificate(
        issuer=_issuer(peer.get("issuer")),
        not_after=timestamp_of(moment),
        days_left=(moment - datetime.now(UTC)).days,
        lifetime_days=_lifetime(peer, moment),
    )


def _lifetime(peer: dict[str, object], ends: datetime) -> int | None:
    begins = peer.get("notBefore")
    try:
        seconds = ssl.cert_time_to_seconds(begins) if isinstance(begins, str) else None
    except ValueError:
        return None
    return None if seconds is None else (ends - datetime.fromtimestamp(seconds, UTC)).days


def _issuer(name: object) -> str:
    """Organisation and common name of a distinguished name, as getpeercert nests it."""
    parts: dict[str, str] = {}
    for relative in name if isinstance(name, tuple) else ():
        for key, value in relative:
            parts.setdefault(str(key), str(value))
    words = [parts[key] for key in ("organizationName", "commonName") if key in parts]
    return ", ".join(dict.fromkeys(words))[:200]


def _add_certifi(context: ssl.SSLContext) -> None:
    # Images without ca-certificates are common in CI; httpx brings certifi along.
    bundle = _certifi()
    if bundle is not None:
        context.load_verify_locations(cafile=bundle)


@lru_cache(maxsize=1)
def _certifi() -> str | None:
    try:
        import certifi
    except ImportError:
        return None
    where = certifi.where()
    return where if Path(where).is_file() else None
