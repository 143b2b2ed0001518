"""Foreign exceptions become our failures here, in one table.

    FetchError                     the only exception our transports raise because of the web
    failure(kind, detail, host)    a failure in its usual words
    failure_of(error, exchange)    what an exception of ssl, the operating system or our own wire means

Messages name the phase and the host; times are in the outcome, so that the same web gives the same words.
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
    """No answer. `trace` is what was known by then, None where nothing was sent."""

    def __init__(self, failure: Failure, *, trace: RequestTrace | None = None) -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.trace = trace


class ProxyError(Exception):
    """The proxy did not lead to the host; the message is a clause that says what it did, empty if it does not answer."""


NOT_ENOUGH = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""This machine has run out of something: never the target's fault."""
_RESET = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED, errno.ESHUTDOWN, errno.ENOTCONN, errno.EBADF})
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
_HTTP_2 = re.compile(rb"...[\x04\x07]\x00\x00\x00\x00\x00", re.DOTALL)
"""The first frame of an HTTP/2 server: SETTINGS or GOAWAY, without flags, on stream 0 (RFC 9113, sections 4.1 and 3.4)."""
_SEVERAL = re.compile(r"\[Errno (\d+)\]")

SENTENCES: dict[tuple[FailureKind, str], str] = {
    (Kind.DNS, "nxdomain"): "the name {host} does not exist",
    (Kind.DNS, "no-address"): "the name {host} has no address",
    (Kind.DNS, "servfail"): "the name {host} could not be looked up",
    (Kind.DNS, "timeout"): "no name server answered for {host} in time",
    (Kind.DNS, "no-names"): "the name server cannot look up any public name, {host} included",
    (Kind.CONNECT, "refused"): "{host} refused the connection",
    (Kind.CONNECT, "unreachable"): "{host} cannot be reached",
    (Kind.CONNECT, "no-route"): "this machine has no route to {host}",
    (Kind.CONNECT, "timeout"): "{host} did not take the connection in time",
    (Kind.CONNECT, "no-descriptors"): "this machine has no file descriptors or memory left to connect to {host}",
    (Kind.CONNECT, "no-ipv6"): "{host} has only IPv6 addresses, and this machine has no IPv6 route",
    (Kind.CONNECT, "proxy"): "the proxy did not connect to {host}",
    (Kind.CONNECT, "proxy-silent"): "the proxy, which {host} is asked through, does not answer",
    (Kind.TLS, "expired"): "the certificate of {host} has expired",
    (Kind.TLS, "not-yet-valid"): "the certificate of {host} is not valid yet",
    (Kind.TLS, "wrong-host"): "the certificate is not for {host}",
    (Kind.TLS, "untrusted"): "the certificate of {host} comes from an authority that is not trusted",
    (Kind.TLS, "self-signed"): "the certificate of {host} is self-signed",
    (Kind.TLS, "incomplete-chain"): "{host} does not send the intermediate certificate that belongs to its own",
    (Kind.TLS, "handshake"): "the TLS handshake with {host} failed",
    (Kind.TIMEOUT, "connect"): "no connection to {host} in time",
    (Kind.TIMEOUT, "headers"): "{host} took the connection but did not answer in time",
    (Kind.TIMEOUT, "body"): "{host} answered, but its body did not arrive in time",
    (Kind.TIMEOUT, "total"): "{host} did not answer in time",
    (Kind.RESET, "before-headers"): "{host} closed the connection before it answered",
    (Kind.RESET, "in-headers"): "{host} closed the connection in the middle of its headers",
    (Kind.PROTOCOL, "not-http"): "what {host} sent is not HTTP/1.1",
    (Kind.PROTOCOL, "http2-only"): "{host} supports only HTTP/2, and linkcheck supports only HTTP/1.1",
    (Kind.PROTOCOL, "headers"): "the headers that {host} sent cannot be read",
    (Kind.PROTOCOL, "framing"): "the body that {host} sent ended early or is malformed",
    (Kind.TOO_LARGE, "headers"): "{host} sent more headers than linkcheck reads (300 KiB)",
    (Kind.REFUSED_BY_GUARD, "address"): "{host} was not asked",
    (Kind.REFUSED_BY_GUARD, "name"): "{host} was not asked",
    (Kind.REFUSED_BY_GUARD, "port"): "{host} was not asked",
    (Kind.TOO_MANY_HOPS, "loop"): "{host} redirects in a circle",
    (Kind.TOO_MANY_HOPS, "loop-varies"): "{host} redirects in a circle, but may not do so for a browser",
    (Kind.TOO_MANY_HOPS, "long"): "too many redirects, the last to {host}",
    (Kind.INVALID_URL, "location"): "{host} redirects to what cannot be asked",
    (Kind.INVALID_URL, "scheme"): "{host} redirects to what is neither http nor https",
    (Kind.INVALID_URL, "disagreement"): "{host} redirects to a URL that programs read differently",
    (Kind.INVALID_URL, "too-long"): "{host} redirects to a longer URL than we ask",
    (Kind.OUT_OF_TIME, "run"): "the time for the run was over before {host} was asked",
    (Kind.HOST_DOWN, "no-answer"): "{host} did not answer other requests",
    (Kind.HOST_DOWN, "resting"): "{host} did not answer other requests; no further request was sent yet",
    (Kind.HOST_DOWN, "rate-limited"): "{host} requested no further requests",
    (Kind.NETWORK_DOWN, "no-answer"): "the network gave out before {host} was asked",
    (Kind.INTERNAL, "unforeseen"): "linkcheck met what it did not foresee while asking {host}",
}
"""Every kind with its details, and what to say of it; the first detail of a kind is the usual one."""


def failure(kind: FailureKind, detail: str, host: str, because: str = "") -> Failure:
    """The failure of that kind, told in its sentence; `because` is a clause that adds to it."""
    sentence = SENTENCES[kind, detail].replace("{host}", host)
    return Failure(kind, detail, f"{sentence}: {because}" if because else sentence)


def no_answer_within(seconds: float, host: str) -> Failure:
    return Failure(Kind.TIMEOUT, "total", f"{host} did not answer within {seconds:g} s")


def no_body_within(seconds: float, host: str, status: int) -> Failure:
    return Failure(Kind.TIMEOUT, "body", f"{host} answered {status}, but its body did not arrive within {seconds:g} s")


def failure_of(error: BaseException, trace: RequestTrace) -> Failure:
    """The failure that `error` means; of the kind `internal` for one that nobody foresaw."""
    if isinstance(error, FetchError):
        return error.failure
    if trace.refusal:
        return failure(Kind.REFUSED_BY_GUARD, "address", trace.host, trace.refusal)
    for foreign, read in TABLE:
        if isinstance(error, foreign):
            kind, detail, because = read(error, trace)
            return failure(kind, detail, trace.host, because)
    return failure(Kind.INTERNAL, "unforeseen", trace.host, f"{type(error).__name__} while {trace.phase} it")


def _timeout(_error: BaseException, trace: RequestTrace) -> _Words:
    return (Kind.TIMEOUT, "headers", "") if trace.sent else (Kind.TIMEOUT, "connect", f"while {trace.phase} it")


_CERTIFICATE_DETAILS = {
    # OpenSSL's X509_V_ERR_*: what the verification ran into.
    9: "not-yet-valid",
    10: "expired",
    18: "self-signed",
    62: "wrong-host",
    64: "wrong-host",
}


def _certificate(error: BaseException, _exchange: RequestTrace) -> _Words:
    if not isinstance(error, ssl.SSLCertVerificationError):
        return Kind.TLS, "wrong-host", ""
    detail = _CERTIFICATE_DETAILS.get(error.verify_code, "untrusted")
    return Kind.TLS, detail, str(error.verify_message or "") if detail == "untrusted" else ""


_NO_CIPHER = "it takes none of the ciphers we offer, or wants a certificate of ours"
_NO_TLS = "it does not speak TLS on this port"
_OLD = "it speaks only a version of TLS that is no longer safe (1.0 or 1.1)"
_WEAK = "its encryption is too weak to be safe"
_HANDSHAKES = {
    # What OpenSSL says, and what that means of the server; an alert is what the server said itself (RFC 8446, 6.2).
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
    "tlsv1 unrecognized name": "it does not serve this name",
    "tlsv13 alert certificate required": "it wants a certificate of ours",
}
_NO_COMMON_PROTOCOL = "tlsv1 alert no application protocol"
_UNNAMED = re.compile(r"\[SSL\] (.+) \(_ssl\.c")
"""An `ssl.SSLError` for whose reason Python has no name: it tells it in its text alone."""


def _handshake(error: BaseException, _exchange: RequestTrace) -> _Words:
    unnamed = _UNNAMED.search(str(error))
    named = getattr(error, "reason", None) or (unnamed[1] if unnamed else "the connection was closed")
    reason = str(named).replace("_", " ").lower()
    if reason == _NO_COMMON_PROTOCOL:  # we offer HTTP/1.1
        return Kind.PROTOCOL, "http2-only", ""
    return Kind.TLS, "handshake", _HANDSHAKES.get(reason, reason)


def _system(error: BaseException, trace: RequestTrace) -> _Words:
    codes = {error.errno} if isinstance(error, OSError) and error.errno else set()
    codes |= {int(code) for code in _SEVERAL.findall(str(error))}
    if isinstance(error, ConnectionError) and not isinstance(error, ConnectionRefusedError):
        codes.add(errno.ECONNRESET)
    if codes & NOT_ENOUGH:
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
    return Kind.RESET, "before-headers", "" if trace.sent else f"while {trace.phase} it"


def _head(error: BaseException, trace: RequestTrace) -> _Words:
    if _HTTP_2.match(trace.opening):
        return Kind.PROTOCOL, "http2-only", ""
    detail = error.detail if isinstance(error, HeadError) else "headers"
    return (Kind.TOO_LARGE, "headers", "") if detail == "too-large" else (Kind.PROTOCOL, detail, "")


def _proxy(error: BaseException, _exchange: RequestTrace) -> _Words:
    said = str(error) if isinstance(error, ProxyError) else ""
    return Kind.CONNECT, "proxy" if said else "proxy-silent", said


def _always(kind: FailureKind, detail: str) -> Callable[[BaseException, RequestTrace], _Words]:
    return lambda _error, _exchange: (kind, detail, "")


TABLE: tuple[tuple[type[BaseException], Callable[[BaseException, RequestTrace], _Words]], ...] = (
    # Derived classes stand before their bases.
    (HeadError, _head),
    (FramingError, _always(Kind.PROTOCOL, "framing")),
    (ProxyError, _proxy),
    (ssl.SSLCertVerificationError, _certificate),
    (ssl.SSLError, _handshake),
    (TimeoutError, _timeout),
    (OSError, _system),
    (UnicodeError, _always(Kind.INVALID_URL, "location")),
)
