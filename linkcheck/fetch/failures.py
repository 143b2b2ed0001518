"""Foreign exceptions become our failures here, in one table.

    FetchError                     the only exception our transports raise because of the web
    failure_of(error, exchange)    what an exception of aiohttp, httpx, ssl or the operating system means

Messages name the phase and the host; times are in the outcome, so that the same web gives the same words.
"""

import asyncio
import errno
import re
import ssl
from collections.abc import Callable

import aiohttp
import httpx
from aiohttp.http_exceptions import HttpProcessingError, LineTooLong

from linkcheck.fetch.exchange import Exchange
from linkcheck.model import Failure, FailureKind

Kind = FailureKind
_Words = tuple[FailureKind, str, str]


class FetchError(httpx.TransportError):
    """No answer. `exchange` is what was known by then, None where nothing was sent."""

    def __init__(self, failure: Failure, *, exchange: Exchange | None = None) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.exchange = exchange


NOT_ENOUGH = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""This machine has run out of something: never the target's fault."""
_RESET = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED, errno.ESHUTDOWN, errno.ENOTCONN, errno.EBADF})
_SEVERAL = re.compile(r"\[Errno (\d+)\]")

CERTIFICATE_DETAILS = {
    # OpenSSL's X509_V_ERR_*: what the verification ran into.
    9: ("not-yet-valid", "the certificate of {host} is not valid yet"),
    10: ("expired", "the certificate of {host} has expired"),
    18: ("self-signed", "the certificate of {host} is self-signed"),
    19: ("untrusted", "the certificate of {host} comes from an authority that is not trusted"),
    62: ("wrong-host", "the certificate is not for {host}"),
    64: ("wrong-host", "the certificate is not for {host}"),
}


def failure_of(error: BaseException, exchange: Exchange) -> Failure:
    """The failure that `error` means; of the kind `internal` for one that nobody foresaw."""
    if isinstance(error, FetchError):
        return error.failure
    if exchange.refusal:
        return Failure(Kind.REFUSED_BY_GUARD, "address", f"{exchange.host} was not asked: {exchange.refusal}")
    for foreign, read in TABLE:
        if isinstance(error, foreign):
            kind, detail, message = read(error, exchange)
            return Failure(kind, detail, message.format(host=exchange.host))
    return Failure(Kind.INTERNAL, "unforeseen", f"{type(error).__name__} while {exchange.phase} {exchange.host}")


def _timeout(_error: BaseException, exchange: Exchange) -> _Words:
    if exchange.sent:
        return Kind.TIMEOUT, "headers", "{host} did not answer in time"
    return Kind.TIMEOUT, "connect", f"no connection in time while {exchange.phase} {{host}}"


def _certificate(error: BaseException, _exchange: Exchange) -> _Words:
    inner = error.certificate_error if isinstance(error, aiohttp.ClientConnectorCertificateError) else error
    if not isinstance(inner, ssl.SSLCertVerificationError):
        # Python's own comparison of names; OpenSSL does it for the versions we run on.
        return Kind.TLS, "wrong-host", "the certificate is not for {host}"
    code = inner.verify_code
    detail, message = CERTIFICATE_DETAILS.get(code, ("untrusted", "the certificate of {host} is not trusted"))
    reason = re.sub(r"[{}]", "", inner.verify_message or "")
    return Kind.TLS, detail, f"{message} ({reason})" if reason and code not in {9, 10, 62, 64} else message


def _handshake(error: BaseException, _exchange: Exchange) -> _Words:
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    reason = getattr(inner, "reason", None) or ""
    if reason in {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE"}:
        return Kind.TLS, "handshake", "{host} does not speak TLS on this port"
    words = str(reason).replace("_", " ").lower() or "the connection was closed"
    return Kind.TLS, "handshake", f"the TLS handshake with {{host}} failed: {words}"


def _system(error: BaseException, exchange: Exchange) -> _Words:
    inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    codes = {inner.errno} if isinstance(inner, OSError) and inner.errno else set()
    codes |= {int(code) for code in _SEVERAL.findall(str(inner))}
    if isinstance(inner, ConnectionResetError | BrokenPipeError):
        codes.add(errno.ECONNRESET)
    if codes & NOT_ENOUGH:
        return Kind.CONNECT, "no-descriptors", "this machine has no file descriptors or memory left to connect to {host}"
    if errno.ECONNREFUSED in codes:
        return Kind.CONNECT, "refused", "{host} refused the connection"
    if codes & _RESET:
        return _closed(error, exchange)
    if errno.ETIMEDOUT in codes:
        return Kind.CONNECT, "timeout", "{host} did not take the connection in time"
    if not exchange.sent:
        name = next((errno.errorcode.get(code, "") for code in sorted(codes)), "") or "no route"
        return Kind.CONNECT, "unreachable", f"{{host}} cannot be reached ({name})"
    return _closed(error, exchange)


def _closed(_error: BaseException, exchange: Exchange) -> _Words:
    if exchange.opening and not exchange.opening.startswith(b"HTTP/"[: len(exchange.opening)]):
        return Kind.PROTOCOL, "not-http", "what {host} sent is not HTTP"
    if exchange.opening:
        return Kind.RESET, "in-headers", "{host} closed the connection in the middle of its headers"
    before = "before it answered" if exchange.sent else f"while {exchange.phase} it"
    return Kind.RESET, "before-headers", f"{{host}} closed the connection {before}"


def _parsing(error: BaseException, exchange: Exchange) -> _Words:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, LineTooLong) or "Too many headers" in str(cause) or "Got more than" in str(cause):
            return Kind.TOO_LARGE, "headers", "{host} sent more headers than we read (512, of 32 KiB each, 300 KiB in all)"
        cause = cause.__cause__
    if exchange.opening and not exchange.opening.startswith(b"HTTP/1."):
        return Kind.PROTOCOL, "not-http", "what {host} sent is not HTTP/1.1"
    return Kind.PROTOCOL, "headers", "the headers that {host} sent cannot be read"


def _proxy(error: BaseException, _exchange: Exchange) -> _Words:
    status = f"the proxy answered {error.status}" if isinstance(error, aiohttp.ClientResponseError) else "it does not answer"
    return Kind.CONNECT, "proxy", f"the proxy did not lead to {{host}}: {status}"


def _body(_error: BaseException, _exchange: Exchange) -> _Words:
    return Kind.PROTOCOL, "framing", "the body that {host} sent ended early or is malformed"


def _said(kind: FailureKind, detail: str, message: str) -> Callable[[BaseException, Exchange], _Words]:
    return lambda _error, _exchange: (kind, detail, message)


TABLE: tuple[tuple[type[BaseException], Callable[[BaseException, Exchange], _Words]], ...] = (
    # Derived classes stand before their bases.
    (aiohttp.ClientProxyConnectionError, _proxy),
    (aiohttp.ClientHttpProxyError, _proxy),
    (aiohttp.ClientConnectorCertificateError, _certificate),
    (ssl.SSLCertVerificationError, _certificate),
    (ssl.CertificateError, _certificate),
    (aiohttp.ClientSSLError, _handshake),
    (ssl.SSLError, _handshake),
    (aiohttp.ClientConnectorDNSError, _said(Kind.DNS, "servfail", "the name {host} could not be looked up")),
    (aiohttp.ServerFingerprintMismatch, _said(Kind.TLS, "untrusted", "the certificate of {host} is not the pinned one")),
    (aiohttp.ServerTimeoutError, _timeout),
    (TimeoutError, _timeout),
    (aiohttp.ServerDisconnectedError, _closed),
    (aiohttp.ClientPayloadError, _body),
    (aiohttp.ClientResponseError, _parsing),
    (HttpProcessingError, _parsing),
    (aiohttp.InvalidURL, _said(Kind.INVALID_URL, "location", "the URL on {host} is none that can be asked")),
    (aiohttp.ClientConnectionResetError, _closed),
    (aiohttp.ClientOSError, _system),
    (OSError, _system),
    (asyncio.IncompleteReadError, _closed),
    (aiohttp.ClientError, _closed),
    (httpx.ConnectTimeout, _said(Kind.TIMEOUT, "connect", "no connection to {host} in time")),
    (httpx.TimeoutException, _said(Kind.TIMEOUT, "headers", "{host} did not answer in time")),
    (httpx.ConnectError, _said(Kind.CONNECT, "unreachable", "{host} cannot be reached")),
    (httpx.RemoteProtocolError, _said(Kind.PROTOCOL, "headers", "what {host} sent cannot be read as HTTP")),
    (httpx.UnsupportedProtocol, _said(Kind.INVALID_URL, "scheme", "{host} was to be asked by something that is not HTTP")),
    (httpx.ProxyError, _proxy),
    (httpx.HTTPError, _closed),
    (httpx.InvalidURL, _said(Kind.INVALID_URL, "location", "the URL on {host} is none that can be asked")),
    (UnicodeError, _said(Kind.INVALID_URL, "location", "the URL on {host} cannot be put into a request")),
)
