import socket

import pytest

from linkcheck.errors import UsageError
from linkcheck.fetch.http import failures
from linkcheck.fetch.http.address_guard import Policy, RefusedError, guarded_socket
from linkcheck.fetch.http.request_trace import RequestTrace
from linkcheck.fetch.options import FetchOptions


def test_no_socket_is_made_for_an_address_that_is_refused() -> None:
    trace = RequestTrace("a.example", 0.0)
    with pytest.raises(RefusedError):
        guarded_socket(Policy(FetchOptions()), trace, (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80)))
    failure = failures.failure_of(OSError("Multiple exceptions"), trace)
    assert (failure.kind, failure.detail) == ("refused-by-guard", "address")


def test_an_allowed_network_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="--allow-address"):
        Policy(FetchOptions(allow_addresses=("10.0.0.0/99",)))


def test_an_address_behind_nat64_is_judged_by_the_one_within() -> None:
    policy = Policy(FetchOptions(nat64=("64:ff9b::/96",)))
    assert policy.address("64:ff9b::5db8:d822") is None
    assert policy.address("64:ff9b::7f00:1") is not None
    assert Policy(FetchOptions()).address("64:ff9b::5db8:d822") is not None


def test_a_prefix_of_nat64_is_a_network_of_ipv6() -> None:
    policy = Policy(FetchOptions(nat64=("10.0.0.0/8",)))
    assert policy.address("10.0.0.1") is not None
    assert policy.address("2606:4700::1111") is None
    with pytest.raises(UsageError, match="nat64"):
        Policy(FetchOptions(nat64=("10.0.0.0/99",)))
