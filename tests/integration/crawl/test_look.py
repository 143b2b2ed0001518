"""One URL asked aloud, on real sockets."""

import shlex
from typing import Any

import pytest

from linkcheck.fetch import FetchOptions, trace_url
from linkcheck.model import Probe
from linkcheck.urls import InvalidUrl


def options(web: Any) -> FetchOptions:
    return FetchOptions(allow_addresses=("127.0.0.0/8",), allow_ports=(web.port,))


def test_a_look_tells_every_request_with_address_and_times(web: Any) -> None:
    trace = trace_url(web.target(3, "/hop/1").url, options(web), probe=Probe.STATUS)
    assert [(step.status, step.address) for step in trace.steps] == [(301, "127.7.0.4"), (200, "127.7.9.9")]
    assert dict(trace.steps[0].headers)["location"].endswith("/door")
    assert all(step.waiting is not None and step.connecting is not None for step in trace.steps)
    assert trace.outcome.answer is not None
    assert not trace.would_retry
    words = shlex.split(trace.curl)
    assert (words[0], words[-1]) == ("curl", trace.url)


def test_a_look_says_where_nobody_answers(web: Any) -> None:
    given = FetchOptions(allow_addresses=("127.0.0.0/8",), allow_ports=(9,))
    trace = trace_url("http://127.0.0.1:9/", given)
    (step,) = trace.steps
    assert step.failure is not None
    assert step.failure.detail == "refused"
    assert trace.would_retry


@pytest.mark.parametrize(("path", "again"), [("/503", True), ("/503/hour", False)])
def test_a_look_says_whether_a_check_would_request_it_again(web: Any, path: str, again: bool) -> None:  # noqa: FBT001
    assert trace_url(web.target(1, path).url, options(web)).would_retry is again


def test_a_look_masks_secrets_in_everything_it_tells(web: Any) -> None:
    url = f"http://user:hunter2@127.7.0.1:{web.port}/ok?token=8c5d1f0e9b7a4c3d2e1f"
    trace = trace_url(url, options(web))
    assert "hunter2" not in repr(trace.curl) + repr(trace.url) + repr(trace.steps)
    assert "8c5d1f0e9b7a4c3d2e1f" not in trace.curl + repr(trace.steps)


def test_a_look_at_what_is_no_url_says_so() -> None:
    with pytest.raises(InvalidUrl):
        trace_url("mailto:a@b.example", FetchOptions())
