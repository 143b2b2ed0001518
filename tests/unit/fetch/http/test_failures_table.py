"""What an exception of the network or of a library means: by value."""

import errno
import socket
import ssl

import pytest

from linkcheck.fetch.http.failures import FetchError, ProxyError, failure, failure_of
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.response_head import HeadError
from linkcheck.model import FailureKind


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(UnicodeError("x"), (FailureKind.INVALID_URL, "location"), id="a name that cannot be encoded"),
        pytest.param(ConnectionRefusedError(111, "x"), (FailureKind.CONNECT, "refused"), id="a connection refused"),
        pytest.param(TimeoutError(), (FailureKind.TIMEOUT, "connect"), id="no connection in time"),
        pytest.param(ssl.SSLError(1, "x"), (FailureKind.TLS, "handshake"), id="a handshake that failed"),
        pytest.param(socket.gaierror(1, "x"), (FailureKind.CONNECT, "unreachable"), id="a look-up that failed"),
        pytest.param(KeyError("x"), (FailureKind.INTERNAL, "unforeseen"), id="a bug"),
    ],
)
def test_an_exception_is_a_failure_of_the_host(error: Exception, expected: tuple[FailureKind, str]) -> None:
    found = failure_of(error, RequestTrace("a.example", 0.0))
    assert (found.kind, found.detail) == expected
    assert "a.example" in found.message


def test_what_the_guard_refused_is_told_whatever_was_raised() -> None:
    trace = RequestTrace("a.example", 0.0)
    trace.refusal = "10.0.0.1 is private"
    found = failure_of(OSError("x"), trace)
    assert (found.kind, found.detail) == (FailureKind.REFUSED_BY_GUARD, "address")
    assert found.message.endswith("10.0.0.1 is private")


def trace_of(*, sent: int = 0, opening: bytes = b"", phase: str = "while connecting") -> RequestTrace:
    trace = RequestTrace("a.example", 0.0)
    trace.sent, trace.opening, trace.phase = sent, opening, phase
    return trace


SETTINGS = b"\0\0\x12\x04\0\0\0\0\0"
"""The first frame of an HTTP/2 server."""
RESET = ConnectionResetError(errno.ECONNRESET, "reset")


@pytest.mark.parametrize(
    ("error", "trace", "kind", "detail"),
    [
        pytest.param(RESET, trace_of(sent=1), FailureKind.RESET, "before-headers", id="a reset"),
        pytest.param(RESET, trace_of(sent=1, opening=b"HTTP/1.1 2"), FailureKind.RESET, "in-headers", id="in its head"),
        pytest.param(RESET, trace_of(sent=1, opening=b"HTT"), FailureKind.RESET, "in-headers", id="at its beginning"),
        pytest.param(RESET, trace_of(sent=1, opening=b"220 smtp"), FailureKind.PROTOCOL, "not-http", id="another protocol"),
        pytest.param(RESET, trace_of(sent=1, opening=b"SSH"), FailureKind.PROTOCOL, "not-http", id="the start of another"),
        pytest.param(RESET, trace_of(sent=1, opening=SETTINGS), FailureKind.PROTOCOL, "http2-only", id="HTTP/2"),
        pytest.param(HeadError("headers"), trace_of(sent=1, opening=SETTINGS), FailureKind.PROTOCOL, "http2-only", id="2"),
        pytest.param(HeadError("headers"), trace_of(sent=1), FailureKind.PROTOCOL, "headers", id="a head"),
        pytest.param(HeadError("too-large"), trace_of(sent=1), FailureKind.TOO_LARGE, "headers", id="a long head"),
        pytest.param(HeadError("not-http"), trace_of(sent=1), FailureKind.PROTOCOL, "not-http", id="no head"),
        pytest.param(
            OSError(f"[Errno {errno.ETIMEDOUT}] late, [Errno {errno.EHOSTUNREACH}] no"),
            trace_of(),
            FailureKind.CONNECT,
            "timeout",
            id="of several, one late",
        ),
        pytest.param(OSError(errno.ENETUNREACH, "no"), trace_of(), FailureKind.CONNECT, "no-route", id="no route"),
        pytest.param(OSError(errno.EHOSTUNREACH, "no"), trace_of(), FailureKind.CONNECT, "unreachable", id="unreachable"),
        pytest.param(TimeoutError(), trace_of(), FailureKind.TIMEOUT, "connect", id="no connection in time"),
        pytest.param(TimeoutError(), trace_of(sent=1), FailureKind.TIMEOUT, "headers", id="no response in time"),
        pytest.param(ProxyError(), trace_of(), FailureKind.CONNECT, "proxy-silent", id="a silent proxy"),
        pytest.param(ProxyError("it returned 403"), trace_of(), FailureKind.CONNECT, "proxy", id="a proxy that refuses"),
    ],
)
def test_when_it_happened_tells_failures_apart(
    error: Exception, trace: RequestTrace, kind: FailureKind, detail: str
) -> None:
    found = failure_of(error, trace)
    assert (found.kind, found.detail) == (kind, detail)


def test_a_connection_that_is_reset_before_a_request_is_told_with_its_phase() -> None:
    before = failure_of(RESET, trace_of(phase="during the TLS handshake")).message
    assert before == "a.example closed the connection before it responded: during the TLS handshake"
    assert failure_of(RESET, trace_of(sent=1)).message == "a.example closed the connection before it responded"


def test_a_failure_that_is_known_stays_as_it_is() -> None:
    known = failure(FailureKind.DNS, "nxdomain", "b.example")
    assert failure_of(FetchError(known), trace_of()) is known
