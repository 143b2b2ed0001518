"""Distinguishes a server without its intermediate certificate from one with an untrusted authority.

Browsers fetch missing certificates from the URL in the certificate (AIA, RFC 5280, 4.2.2.1), so a page with an incomplete
chain works for readers and fails for programs: an error to report, not a dead link. This module does the same once per host:
it fetches the missing certificates, passes them to the verification as intermediates (never as authorities), and verifies
again.
"""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable

from linkcheck.fetch.http.tls import unverified

Look = Callable[[ssl.SSLContext], Awaitable[bytes | None]]
"""Performs a handshake with the server in this context; returns its certificate as DER. Raises ssl.SSLError, OSError."""
Fetch = Callable[[str], Awaitable[bytes | None]]
"""The bytes at a URL, None if unavailable."""

MOST_MISSING = 3
LARGEST = 64 * 1024
"""Bytes of a certificate."""

# id-ad-caIssuers (1.3.6.1.5.5.7.48.2), then a GeneralName of the form uniformResourceIdentifier, of under 256 bytes.
_ISSUER_AT = re.compile(rb"\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02\x86(?:\x81)?(.)", re.DOTALL)


async def is_incomplete(look: Look, fetch: Fetch, trust: Callable[[], ssl.SSLContext]) -> bool:
    """Whether the server's certificate is trusted once the missing ones are added. Never raises for network failures.

    `trust` returns a new verifying context.
    """
    try:
        last = await look(unverified())
        context = trust()
        context.verify_flags &= ~ssl.VERIFY_X509_PARTIAL_CHAIN
        for _ in range(MOST_MISSING):
            where = issuer_url(last) if last else None
            last = _der(await fetch(where)) if where else None
            if last is None or not _is_intermediate(last):
                return False
            context.load_verify_locations(cadata=last)
            if await _verifies(look, context):
                return True
    except (OSError, ValueError, asyncio.IncompleteReadError):
        return False
    return False


def issuer_url(certificate: bytes) -> str | None:
    """The URL of the issuer's certificate in the certificate; None if there is none."""
    match = _ISSUER_AT.search(certificate)
    if match is None:
        return None
    url = certificate[match.end() : match.end() + match[1][0]]
    return url.decode("ascii") if url.isascii() and url.startswith(b"http://") else None


async def _verifies(look: Look, context: ssl.SSLContext) -> bool:
    try:
        await look(context)
    except ssl.SSLError:
        return False
    return True


def _is_intermediate(certificate: bytes) -> bool:
    """Whether a certificate is an intermediate: a self-signed root is not trusted by other authorities."""
    context = unverified()
    context.load_verify_locations(cadata=certificate)
    authorities = context.get_ca_certs()
    return bool(authorities) and all(each["subject"] != each["issuer"] for each in authorities)


def _der(data: bytes | None) -> bytes | None:
    """The certificate as DER, which most authorities serve, converted from PEM if needed."""
    if not data or len(data) > LARGEST:
        return None
    if data.startswith(b"-----BEGIN CERTIFICATE"):
        return ssl.PEM_cert_to_DER_cert(data.decode("ascii", "replace"))
    return data if data.startswith(b"\x30") else None
