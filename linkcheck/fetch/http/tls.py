"""TLS settings: trusted authorities, cipher suites, host names, and the contents of a server's certificate."""

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
"""ssl.OP_LEGACY_SERVER_CONNECT (available since Python 3.12): like browsers, connect to servers without RFC 5746."""


CIPHERS = "DEFAULT:!aNULL:!eNULL:!PSK:!SRP:!MD5:!RC4:!3DES"
"""The browsers' choice. Python's omits RSA key exchange and SHA-1 MACs, which some servers still need."""


_USUAL_NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_HOSTNAME_MISMATCH = 62
"""OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH."""


def is_usual_name(host: str) -> bool:
    """Whether OpenSSL can match a certificate with a host name (or address).

    Its `*` matches letters, digits and hyphens only, and no name with an underscore; that of browsers matches any label.
    """
    return _USUAL_NAME.fullmatch(host) is not None or address_of(host) is not None


def check_name(tls: object, host: str) -> None:
    """Raise ssl.SSLCertVerificationError if the verified certificate of a connection is not valid for `host`."""
    peer = tls.getpeercert() if isinstance(tls, ssl.SSLObject | ssl.SSLSocket) else None
    if not covers(_names_of(peer or {}), host):
        error = ssl.SSLCertVerificationError("Hostname mismatch")
        error.verify_code = _HOSTNAME_MISMATCH
        raise error


def covers(names: Iterable[str], host: str) -> bool:
    """Whether a certificate for these names is valid for `host`, as in browsers (RFC 6125, section 6.4.3).

    `*` must be the whole leftmost label, matches one label, and none directly below a public suffix.
    """
    _, _, above = host.partition(".")
    wanted = {host} if is_registry(above) else {host, f"*.{above}"}
    return any(name.lower() in wanted for name in names)


def _names_of(peer: Mapping[str, object]) -> Iterator[str]:
    """The DNS names in the result of `getpeercert`."""
    names = peer.get("subjectAltName")
    for kind, name in names if isinstance(names, tuple) else ():
        if kind == "DNS":
            yield str(name)


def client_context(ca_bundle: str | None, *, names: bool = True) -> ssl.SSLContext:
    """A context that trusts the system's authorities, certifi's and those in `ca_bundle` (PEM).

    Without `names` it does not verify the host name: the caller must call `check_name`. Raises UsageError for a bundle that
    cannot be read.
    """
    context = ssl.create_default_context()
    context.check_hostname = names
    # Set by Python 3.13: stricter about a certificate's form (a key identifier, for example) than browsers.
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
    """A context for inspecting a certificate, never for sending anything."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def certificate_of(peer: dict[str, object] | None) -> Certificate | None:
    """The issuer and the end of validity from `ssl.SSLSocket.getpeercert`."""
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
    """Organization and common name of a distinguished name, as nested by getpeercert."""
    parts: dict[str, str] = {}
    for relative in name if isinstance(name, tuple) else ():
        for key, value in relative:
            parts.setdefault(str(key), str(value))
    words = [parts[key] for key in ("organizationName", "commonName") if key in parts]
    return ", ".join(dict.fromkeys(words))[:200]


def _add_certifi(context: ssl.SSLContext) -> None:
    # Containers without ca-certificates are common in CI; httpx depends on certifi.
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
