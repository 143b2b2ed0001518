"""What an exception of the network or of a library means: by value."""

import socket
import ssl

import pytest

from linkcheck.fetch.http.failures import failure_of
from linkcheck.fetch.http.request_trace import RequestTrace
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
