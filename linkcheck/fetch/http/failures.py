"""Converts exceptions of other libraries to failures, in one table.

    FetchError                     the only exception of transports for a failed request
    failure(kind, detail, host)    a failure with its standard message
    failure_of(error, trace)       the failure for an exception of ssl, the operating system or the HTTP client

Messages contain the phase and the host, and no times, so that equal failures have equal messages.
"""

import errno
import re
import ssl
from collections.abc import Callable

from linkcheck.fetch.http.framing import FramingError
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.response_head import HeadError, is_http
from linkcheck.model import Failure, FailureKind

Kind = FailureKind
_Words = tuple[FailureKind, str, str]


class FetchError(Exception):
    """No response. `trace` contains what is known about the request, None if nothing was sent."""

    def __init__(self, failure: Failure, *, trace: RequestTrace | None = None) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.trace = trace


class ProxyError(Exception):
    """The proxy did not connect to the host; the message is a clause with its response, empty if there was none."""


OUT_OF_RESOURCES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""Out of a resource on this machine: never the target's failure."""
_RESET = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED, errno.ESHUTDOWN, errno.ENOTCONN, errno.EBADF})
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
_HTTP_2 = re.compile(rb"...[\x04\x07]\x00\x00\x00\x00\x00", re.DOTALL)
"""The first frame of an HTTP/2 server: SETTINGS or GOAWAY, without flags, on stream 0 (RFC 9113, sections 4.1 and 3.4)."""
_SEVERAL = re.compile(r"\[Errno (\d+)\]")

SENTENCES: dict[tuple[FailureKind, str], str] = {
    (Kind.DNS, "nxdomain"): "the host name {host} does not exist",
    (Kind.DNS, "no-address"): "the host name {host} has no IP address",
    (Kind.DNS, "servfail"): "the DNS lookup for {host} failed",
    (Kind.DNS, "timeout"): "the DNS lookup for {host} timed out",
    (Kind.DNS, "no-names"): "the DNS server cannot resolve any public name, including {host}",
    (Kind.CONNECT, "refused"): "{host} refused the connection",
    (Kind.CONNECT, "unreachable"): "{host} is unreachable",
    (Kind.CONNECT, "no-route"): "this machine has no route to {host}",
    (Kind.CONNECT, "timeout"): "the connection to {host} timed out",
    (Kind.CONNECT, "no-descriptors"): "this machine has no file descriptors or memory left to connect to {host}",
    (Kind.CONNECT, "no-ipv6"): "{host} has only IPv6 addresses, and this machine has no IPv6 route",
    (Kind.CONNECT, "proxy"): "the proxy could not connect to {host}",
    (Kind.CONNECT, "proxy-silent"): "the proxy for {host} does not respond",
    (Kind.TLS, "expired"): "the certificate of {host} has expired",
    (Kind.TLS, "not-yet-valid"): "the certificate of {host} is not valid yet",
    (Kind.TLS, "wrong-host"): "the certificate is not valid for {host}",
    (Kind.TLS, "untrusted"): "the certificate of {host} was issued by an untrusted authority",
    (Kind.TLS, "self-signed"): "the certificate of {host} is self-signed",
    (Kind.TLS, "incomplete-chain"): "{host} does not send its intermediate certificate",
    (Kind.TLS, "handshake"): "the TLS handshake with {host} failed",
    (Kind.TIMEOUT, "connect"): "no connection to {host} within the time limit",
    (Kind.TIMEOUT, "headers"): "{host} accepted the connection but did not respond in time",
    (Kind.TIMEOUT, "body"): "{host} responded, but the body did not arrive in time",
    (Kind.TIMEOUT, "total"): "{host} did not respond in time",
    (Kind.RESET, "before-headers"): "{host} closed the connection before it responded",
    (Kind.RESET, "in-headers"): "{host} closed the connection in the middle of the response headers",
    (Kind.PROTOCOL, "not-http"): "the response from {host} is not HTTP/1.1",
    (Kind.PROTOCOL, "http2-only"): "{host} supports only HTTP/2, and linkcheck supports only HTTP/1.1",
    (Kind.PROTOCOL, "headers"): "the response headers from {host} cannot be parsed",
    (Kind.PROTOCOL, "framing"): "the response body from {host} is truncated or malformed",
    (Kind.TOO_LARGE, "headers"): "the response headers from {host} exceed 300 KiB",
    (Kind.REFUSED_BY_GUARD, "address"): "{host} was not requested",
    (Kind.REFUSED_BY_GUARD, "name"): "{host} was not requested",
    (Kind.REFUSED_BY_GUARD, "port"): "{host} was not requested",
    (Kind.REFUSED_BY_GUARD, "preview-port"): "the preview {host} was not requested",
    (Kind.TOO_MANY_HOPS, "loop"): "{host} redirects in a loop",
    (Kind.TOO_MANY_HOPS, "loop-varies"): "{host} redirects in a loop, but might not for a browser",
    (Kind.TOO_MANY_HOPS, "long"): "too many redirects, the last to {host}",
    (Kind.INVALID_URL, "location"): "{host} redirects to an invalid URL",
    (Kind.INVALID_URL, "scheme"): "{host} redirects to a URL that is not supported",
    (Kind.INVALID_URL, "disagreement"): "{host} redirects to a URL that programs parse differently",
    (Kind.INVALID_URL, "too-long"): "{host} redirects to a URL that is too long",
    (Kind.OUT_OF_TIME, "run"): "the time limit was reached before {host} was requested",
    (Kind.HOST_DOWN, "no-answer"): "{host} did not respond to other requests",
    (Kind.HOST_DOWN, "resting"): "{host} did not respond to other requests; no further request was sent",
    (Kind.HOST_DOWN, "rate-limited"): "{host} requires a wait before further requests",
    (Kind.NETWORK_DOWN, "no-answer"): "the network failed before {host} was requested",
    (Kind.INTERNAL, "unforeseen"): "internal error while requesting {host}",
}
"""Every kind with its details and their messages; the first detail of a kind is the default."""


def failure(kind: FailureKind, detail: str, host: str, because: str = "") -> Failure:
    """The failure of that kind with its standard message; `because` is a clause to append."""
    sentence = SENTENCES[kind, detail].replace("{host}", host)
    return Failure(kind, detail, f"{sentence}: {because}" if because else sentence)


def no_answer_within(seconds: float, host: str) -> Failure:
    return Failure(Kind.TIMEOUT, "total", f"{host} did not respond within {seconds:g} s")


def no_body_within(seconds: float, host: str, status: int) -> Failure:
    return Failure(Kind.TIMEOUT, "body", f"{host} returned {status}, but the body did not arrive within {seconds:g} s")


def failure_of(error: BaseException, trace: RequestTrace) -> Failure:
    """The failure for `error`; of the kind `internal` if it is not in the table."""
    if isinstance(error, FetchError):
        return error.failure
    if trace.refusal:
        return failure(Kind.REFUSED_BY_GUARD, "address", trace.host, trace.refusal)
    for foreign, read in TABLE:
        if isinstance(error, foreign):
            kind, detail, because = read(error, trace)
            return failure(kind, detail, trace.host, because)
    return failure(Kind.INTERNAL, "unforeseen", trace.host, f"{type(error).__name__} {trace.phase}")


def _timeout(_error: BaseException, trace: RequestTrace) -> _Words:
    return (Kind.TIMEOUT, "headers", "") if trace.sent else (Kind.TIMEOUT, "connect", trace.phase)


_CERTIFICATE_DETAILS = {
    # OpenSSL's X509_V_ERR_*: results of the verification.
    9: "not-yet-valid",
    10: "expired",
    18: "self-signed",
    62: "wrong-host",
    64: "wrong-host",
}


def _certificate(error: BaseException, _exchange: RequestTrace) -> _Words:
    assert isinstance(error, ssl.SSLCertVerificationError)
    detail = _CERTIFICATE_DETAILS.get(error.verify_code, "untrusted")
    return Kind.TLS, detail, str(error.verify_message or "") if detail == "untrusted" else ""


_NO_CIPHER = "no cipher in common, or the server requires a client certificate"
_NO_TLS = "this port does not use TLS"
_OLD = "the server supports only obsolete versions of TLS (1.0 or 1.1)"
_WEAK = "the server's encryption is too weak"
_HANDSHAKES = {
    # OpenSSL's reason and its meaning for the server; an alert is from the server itself (RFC 8446, 6.2).
    "wrong version number": _NO_TLS,
    "http request": _NO_TLS,
    "unknown protocol": _NO_TLS,
    "record layer failure": _NO_TLS,
    "unsupported protocol": _OLD,
    "tlsv1 alert protocol version": _OLD,
    "sslv3 alert handshake failure": _NO_CIPHER,
    "tlsv1 alert insufficient security": _NO_CIPHER,
    "no shared cipher": _NO_CIPHER,
    "wrong cipher returned": _NO_CIPHER,
    "dh key too small": _WEAK,
    "bad dh value": _WEAK,
    "tlsv1 unrecognized name": "the server does not serve this host name",
    "tlsv13 alert certificate required": "the server requires a client certificate",
}
_NO_COMMON_PROTOCOL = "tlsv1 alert no application protocol"
_UNNAMED = re.compile(r"\[SSL\] (.+) \(_ssl\.c")
"""An `ssl.SSLError` whose reason has no name in Python and is only in its text."""


def _handshake(error: BaseException, _exchange: RequestTrace) -> _Words:
    unnamed = _UNNAMED.search(str(error))
    named = getattr(error, "reason", None) or (unnamed[1] if unnamed else "the connection was closed")
    reason = str(named).replace("_", " ").lower()
    if reason == _NO_COMMON_PROTOCOL:  # linkcheck offers HTTP/1.1
        return Kind.PROTOCOL, "http2-only", ""
    return Kind.TLS, "handshake", _HANDSHAKES.get(reason, reason)


def _system(error: BaseException, trace: RequestTrace) -> _Words:
    codes = {error.errno} if isinstance(error, OSError) and error.errno else set()
    codes |= {int(code) for code in _SEVERAL.findall(str(error))}
    if isinstance(error, ConnectionError) and not isinstance(error, ConnectionRefusedError):
        codes.add(errno.ECONNRESET)
    if codes & OUT_OF_RESOURCES:
        return Kind.CONNECT, "no-descriptors", ""
    if errno.ECONNREFUSED in codes:
        return Kind.CONNECT, "refused", ""
    if codes & _RESET or trace.sent:
        return _closed(error, trace)
    if codes and codes <= _NO_ROUTE and _has_only_ipv6(trace):
        return Kind.CONNECT, "no-ipv6", ""
    if errno.ETIMEDOUT in codes:
        return Kind.CONNECT, "timeout", ""
    detail = "no-route" if codes and codes <= _NO_ROUTE - {errno.EHOSTUNREACH} else "unreachable"
    return Kind.CONNECT, detail, next((errno.errorcode.get(code, "") for code in sorted(codes)), "")


def _has_only_ipv6(trace: RequestTrace) -> bool:
    addresses = trace.addresses or ((trace.address,) if trace.address else ())
    return bool(addresses) and all(":" in address for address in addresses)


def _closed(_error: BaseException, trace: RequestTrace) -> _Words:
    if _HTTP_2.match(trace.opening):
        return Kind.PROTOCOL, "http2-only", ""
    if trace.opening and not is_http(trace.opening, strict=len(trace.opening) < 8):
        return Kind.PROTOCOL, "not-http", ""
    if trace.opening:
        return Kind.RESET, "in-headers", ""
    return Kind.RESET, "before-headers", "" if trace.sent else trace.phase


def _head(error: BaseException, trace: RequestTrace) -> _Words:
    if _HTTP_2.match(trace.opening):
        return Kind.PROTOCOL, "http2-only", ""
    detail = error.detail if isinstance(error, HeadError) else "headers"
    return (Kind.TOO_LARGE, "headers", "") if detail == "too-large" else (Kind.PROTOCOL, detail, "")


def _proxy(error: BaseException, _exchange: RequestTrace) -> _Words:
    response = str(error) if isinstance(error, ProxyError) else ""
    return Kind.CONNECT, "proxy" if response else "proxy-silent", response


def _always(kind: FailureKind, detail: str) -> Callable[[BaseException, RequestTrace], _Words]:
    return lambda _error, _exchange: (kind, detail, "")


TABLE: tuple[tuple[type[BaseException], Callable[[BaseException, RequestTrace], _Words]], ...] = (
    # Derived classes come before their bases.
    (HeadError, _head),
    (FramingError, _always(Kind.PROTOCOL, "framing")),
    (ProxyError, _proxy),
    (ssl.SSLCertVerificationError, _certificate),
    (ssl.SSLError, _handshake),
    (TimeoutError, _timeout),
    (OSError, _system),
    (UnicodeError, _always(Kind.INVALID_URL, "location")),
)
