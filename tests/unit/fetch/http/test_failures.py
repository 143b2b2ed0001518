import errno

import pytest

from linkcheck.fetch.http import failures
from linkcheck.fetch.http.framing import FramingError
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.http.response_head import HeadError
from linkcheck.model import FailureKind


def test_every_exception_of_our_wire_has_a_place_in_the_table() -> None:
    known = tuple(row[0] for row in failures.TABLE)
    own = [HeadError, FramingError, failures.ProxyError]
    assert [cls.__name__ for cls in own if not issubclass(cls, known)] == []


def test_no_row_of_the_table_hides_behind_another() -> None:
    rows = [row[0] for row in failures.TABLE]
    hidden = [(a.__name__, b.__name__) for n, b in enumerate(rows) for a in rows[:n] if issubclass(b, a)]
    assert hidden == []


@pytest.mark.parametrize("number", sorted(failures.OUT_OF_RESOURCES))
def test_a_machine_out_of_descriptors_is_never_the_targets_fault(number: int) -> None:
    failure = failures.failure_of(OSError(number, "out"), RequestTrace("a.example", 0.0))
    assert (failure.kind, failure.detail) == ("connect", "no-descriptors")


@pytest.mark.parametrize(
    ("error", "addresses", "detail"),
    [
        pytest.param(OSError(errno.ENETUNREACH, "x"), ("2001:db8::1",), "no-ipv6", id="no route"),
        pytest.param(OSError(errno.EHOSTUNREACH, "x"), ("2001:db8::1",), "no-ipv6", id="no way to the host"),
        pytest.param(OSError(errno.EADDRNOTAVAIL, "x"), ("2001:db8::1",), "no-ipv6", id="no address of its own"),
        pytest.param(OSError(errno.EAFNOSUPPORT, "x"), ("2001:db8::1",), "no-ipv6", id="IPv6 switched off"),
        pytest.param(OSError("[Errno 101] x, [Errno 113] y"), ("2001:db8::1", "2001:db8::2"), "no-ipv6", id="two addresses"),
        pytest.param(OSError("[Errno 101] x, [Errno 111] y"), ("2001:db8::1", "2001:db8::2"), "refused", id="one refuses"),
        pytest.param(OSError(errno.ENETUNREACH, "x"), ("2001:db8::1", "192.0.2.1"), "no-route", id="IPv4 too"),
        pytest.param(OSError(errno.ENETUNREACH, "x"), ("192.0.2.1",), "no-route", id="IPv4"),
        pytest.param(OSError(errno.EHOSTUNREACH, "x"), ("192.0.2.1",), "unreachable", id="a router says so"),
        pytest.param(OSError(errno.ENETUNREACH, "x"), (), "no-route", id="nothing dialled"),
    ],
)
def test_a_machine_without_an_ipv6_route_is_named(error: OSError, addresses: tuple[str, ...], detail: str) -> None:
    trace = RequestTrace("a.example", 0.0)
    trace.addresses = addresses
    failure = failures.failure_of(error, trace)
    assert (failure.kind, failure.detail) == ("connect", detail)


@pytest.mark.parametrize(
    ("error", "kind", "detail"),
    [
        (ConnectionResetError("Connection lost"), "reset", "before-headers"),
        (ConnectionAbortedError(), "reset", "before-headers"),
        (BrokenPipeError(), "reset", "before-headers"),
        (ConnectionRefusedError(), "connect", "unreachable"),
        (OSError(), "connect", "unreachable"),
    ],
)
def test_an_error_of_a_connection_may_have_no_number(error: OSError, kind: str, detail: str) -> None:
    failure = failures.failure_of(error, RequestTrace("a.example", 0.0))
    assert (failure.kind, failure.detail) == (kind, detail)


def test_an_exception_nobody_foresaw_is_a_fault_of_ours() -> None:
    failure = failures.failure_of(ZeroDivisionError(), RequestTrace("a.example", 0.0))
    assert failure.kind == FailureKind.INTERNAL
    assert "ZeroDivisionError" in failure.message
