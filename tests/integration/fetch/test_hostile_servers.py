"""Each row of what servers do to their callers: what comes of it, within the deadline."""

from collections.abc import Callable

import pytest
from loopback import Loopback

from linkcheck.model import Outcome, Probe

Ask = Callable[..., Outcome]

ANSWERED = [
    # path, probe, status, defect of the body
    ("/ok", Probe.STATUS, 200, None),
    ("/ok", Probe.PAGE, 200, None),
    ("/notfound", Probe.PAGE, 404, None),
    ("/infinite", Probe.STATUS, 200, None),
    ("/infinite", Probe.PAGE, 200, None),
    ("/infinite-image", Probe.IMAGE, 200, None),
    ("/slow-body", Probe.STATUS, 200, None),
    ("/bomb", Probe.STATUS, 200, None),
    ("/bomb", Probe.PAGE, 200, None),
    ("/gzip", Probe.PAGE, 200, None),
    ("/gzip-garbage", Probe.PAGE, 200, None),
    ("/not-gzip", Probe.PAGE, 200, "bad-encoding"),
    ("/brotli", Probe.PAGE, 200, "unoffered-encoding: br"),
    ("/nested", Probe.PAGE, 200, "bad-encoding"),
    ("/line-10k", Probe.PAGE, 200, None),
    ("/headers-200", Probe.PAGE, 200, None),
    ("/folded", Probe.STATUS, 200, None),
    ("/nul", Probe.STATUS, 200, None),
    ("/no-colon", Probe.STATUS, 200, None),
    ("/space-before-colon", Probe.STATUS, 200, None),
    ("/high-bytes", Probe.STATUS, 200, None),
    ("/two-types", Probe.STATUS, 200, None),
    ("/length-long", Probe.STATUS, 200, None),
    ("/length-short", Probe.PAGE, 200, None),
    ("/length-negative", Probe.STATUS, 200, None),
    ("/length-two", Probe.STATUS, 200, None),
    ("/length-plus", Probe.STATUS, 200, None),
    ("/length-and-chunked", Probe.STATUS, 200, None),
    ("/chunk-zz", Probe.STATUS, 200, None),
    ("/chunk-zz", Probe.PAGE, 200, "incomplete"),
    ("/chunk-huge", Probe.PAGE, 200, "incomplete"),
    ("/te-unknown", Probe.STATUS, 200, None),
    ("/te-double", Probe.STATUS, 200, None),
    ("/trailer-flood", Probe.STATUS, 200, None),
    ("/trailer-flood", Probe.PAGE, 200, "incomplete"),
    ("/status-999", Probe.STATUS, 999, None),
    ("/status-600", Probe.STATUS, 600, None),
    ("/http-0.9", Probe.PAGE, 200, None),
    ("/lf-only", Probe.STATUS, 200, None),
    ("/no-reason", Probe.STATUS, 200, None),
    ("/204-with-body", Probe.PAGE, 204, None),
    ("/no-length", Probe.PAGE, 200, None),
    ("/http-2.0", Probe.STATUS, 200, None),
    ("/interim-5", Probe.STATUS, 200, None),
    ("/reset-in-body", Probe.STATUS, 200, None),
    ("/reset-in-body", Probe.PAGE, 200, "incomplete"),
    ("/304", Probe.PAGE, 304, None),
    ("/300", Probe.PAGE, 300, None),
    ("/location-missing", Probe.PAGE, 302, None),
    ("/location-empty", Probe.PAGE, 302, None),
    ("/429", Probe.PAGE, 429, None),
]

FAILED = [
    ("/slow-headers", "timeout", "total"),
    ("/silent", "timeout", "total"),
    ("/line-1m", "too-large", "headers"),
    ("/headers-100k", "too-large", "headers"),
    ("/headers-endless", "too-large", "headers"),
    ("/interim-endless", "too-large", "headers"),
    ("/ssh", "protocol", "not-http"),
    ("/smtp", "protocol", "not-http"),
    ("/tls-alert", "protocol", "not-http"),
    ("/http-2-frames", "protocol", "http2-only"),
    ("/switching", "reset", "before-headers"),
    ("/switching-to-http-2", "protocol", "http2-only"),
    ("/status-99999", "protocol", "headers"),
    ("/close", "reset", "before-headers"),
    ("/reset", "reset", "before-headers"),
    ("/reset-in-headers", "reset", "in-headers"),
    ("/loop-self", "too-many-hops", "loop"),
    ("/ping", "too-many-hops", "loop"),
    ("/chain/1000", "too-many-hops", "long"),
    ("/growing", "too-many-hops", "long"),
    ("/location-long", "invalid-url", "too-long"),
]


@pytest.mark.parametrize(("path", "probe", "status", "defect"), ANSWERED, ids=[f"{row[0]}-{row[1]}" for row in ANSWERED])
def test_a_status_that_can_be_read_is_an_answer(ask: Ask, path: str, probe: Probe, status: int, defect: str | None) -> None:
    stalls = path == "/slow-body"
    outcome = ask(f"http://a.example{path}", probe=probe, **({"timeout": 1.0} if stalls else {}))
    assert outcome.failure is None
    assert outcome.answer is not None
    assert (outcome.answer.status, outcome.answer.body) == (status, defect)


@pytest.mark.parametrize(("path", "kind", "detail"), FAILED, ids=[row[0] for row in FAILED])
def test_what_cannot_be_read_is_a_failure_of_its_own_kind(ask: Ask, path: str, kind: str, detail: str) -> None:
    # A stall is sat out; everything else may take as long as a busy machine needs.
    outcome = ask(f"http://a.example{path}", **({"timeout": 1.0} if kind == "timeout" else {}))
    assert outcome.answer is None
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == (kind, detail)


def test_a_body_that_is_needed_and_does_not_come_is_a_timeout(ask: Ask) -> None:
    outcome = ask("http://a.example/no-body", probe=Probe.PAGE, timeout=1.0)
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("timeout", "body")


def test_a_truncated_gzip_body_is_noticed_where_its_end_mattered(ask: Ask, loopback: Loopback) -> None:
    outcome = ask("http://a.example/truncated-gzip", probe=Probe.PAGE)
    assert outcome.answer is not None
    assert outcome.answer.status == 200


def test_a_connection_is_used_again_after_a_small_body(ask: Ask, loopback: Loopback) -> None:
    before = loopback.connections
    ask(*["http://a.example/ok", "http://a.example/notfound"] * 3)
    assert loopback.connections - before == 1
    assert len(loopback.asked) == 6


def test_a_connection_is_never_used_again_after_a_defect(ask: Ask, loopback: Loopback) -> None:
    before = loopback.connections
    ask("http://a.example/length-short", "http://a.example/ok")
    assert loopback.connections - before == 2
