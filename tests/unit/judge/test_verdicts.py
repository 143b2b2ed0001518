"""The table of verdicts."""

from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.images.other import MAGIC
from linkcheck.judge import local_verdict, skip_verdict, verdict
from linkcheck.judge.suspicion import ARCHIVES, DOCUMENTS, NOT_IMAGE, OTHER_FORMATS, VIDEOS, suspicion
from linkcheck.model import (
    Answer,
    Failure,
    FailureKind,
    Hop,
    ImageFacts,
    LocalFile,
    Outcome,
    PageFacts,
    Probe,
    RemovalKind,
    Removed,
    Skip,
    Verdict,
    VerdictKind,
)

URL = "https://example.com/2021/06/a-long-story"


def answered(status: int, *, via: tuple[int, ...] = (), to: tuple[str, ...] = (), url: str = URL, **more: Any) -> Outcome:
    urls = (url, *to)
    hops = tuple(Hop(urls[at], code, urls[at + 1] if at + 1 < len(urls) else None) for at, code in enumerate(via))
    return Outcome(url, Probe.PAGE, Answer(status, urls[-1], **more), None, hops)


def failed(kind: FailureKind, detail: str) -> Outcome:
    return Outcome(URL, Probe.PAGE, None, Failure(kind, detail, f"{kind} {detail}"))


@pytest.mark.parametrize("status", [200, 201, 204, 206])
def test_a_success_is_ok(status: int) -> None:
    assert verdict(answered(status)).kind is VerdictKind.OK


@pytest.mark.parametrize(
    ("status", "reason"), [(200, "200 OK, but the image is an MP4 video"), (206, "the image is an MP4 video")]
)
def test_a_status_that_says_only_that_a_part_was_requested_is_no_reason(status: int, reason: str) -> None:
    outcome = answered(status, image=ImageFacts(None, not_image="mp4"))
    assert verdict(outcome) == Verdict(VerdictKind.SUSPECT, reason)


def test_everything_that_is_recognized_in_place_of_an_image_has_a_name() -> None:
    assert MAGIC.keys() <= NOT_IMAGE.keys()
    assert MAGIC.keys() >= VIDEOS | DOCUMENTS | ARCHIVES | OTHER_FORMATS


@pytest.mark.parametrize("status", [404, 410])
def test_only_not_found_and_gone_are_dead(status: int) -> None:
    assert verdict(answered(status)).kind is VerdictKind.DEAD


@pytest.mark.parametrize("status", [401, 402, 403, 405, 406, 407, 418, 429, 430, 451, 456, 468, 999])
def test_a_refusal_is_blocked(status: int) -> None:
    assert verdict(answered(status)).kind is VerdictKind.BLOCKED


@pytest.mark.parametrize("status", [500, 502, 503, 504, 521, 530])
def test_a_server_out_of_order_is_unreachable(status: int) -> None:
    assert verdict(answered(status)).kind is VerdictKind.UNREACHABLE


@pytest.mark.parametrize("status", [300, 302, 400, 408, 409, 414, 421, 422, 423, 425, 431, 444, 496, 600, 799])
def test_a_status_that_settles_nothing_is_suspect(status: int) -> None:
    assert verdict(answered(status)).kind is VerdictKind.SUSPECT


@pytest.mark.parametrize(
    ("status", "kind"), [(400, "blocked"), (409, "blocked"), (422, "blocked"), (404, "dead"), (410, "dead")]
)
def test_who_stands_before_a_host_explains_a_refusal_and_no_missing_page(status: int, kind: str) -> None:
    assert verdict(answered(status, vendor="cloudflare")).kind == kind


NEW, GATE = "https://example.com/new", "https://example.com/apology/abuse-detection-apology.html"


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize(
    ("via", "to", "kind"),
    [
        pytest.param((302,), (GATE,), "suspect", id="a temporary redirect to another page"),
        pytest.param((303,), (GATE,), "suspect", id="See Other"),
        pytest.param((307,), (GATE,), "suspect", id="a temporary redirect that keeps the method"),
        pytest.param((301, 302), (NEW, GATE), "suspect", id="a temporary redirect of the new address"),
        pytest.param((302, 301), (NEW, GATE), "suspect", id="a permanent redirect of what a temporary one led to"),
        pytest.param((301,), (NEW,), "dead", id="a permanent redirect"),
        pytest.param((308, 301), (NEW, "https://other.example/a"), "dead", id="two permanent redirects"),
        pytest.param((302,), (URL + "/",), "dead", id="a slash added for the moment"),
        pytest.param((302, 301), (URL + "/", NEW), "dead", id="a slash added for the moment, then moved"),
        pytest.param((302, 302), (GATE, URL), "dead", id="sent away for a cookie and back"),
    ],
)
def test_a_missing_page_behind_a_temporary_redirect_is_not_the_target(
    status: int, via: tuple[int, ...], to: tuple[str, ...], kind: str
) -> None:
    assert verdict(answered(status, via=via, to=to)).kind == kind


def test_a_challenge_is_blocked_whatever_its_status() -> None:
    for status in (200, 403, 404, 503):
        seen = verdict(answered(status, challenge="cf-mitigated: challenge"))
        assert seen.kind is VerdictKind.BLOCKED
        assert "cf-mitigated: challenge" in seen.reason


def test_a_status_the_user_accepts_is_ok() -> None:
    assert verdict(answered(403), accept=(403,)).kind is VerdictKind.OK
    assert verdict(answered(404), accept=(403,)).kind is VerdictKind.DEAD


@pytest.mark.parametrize(
    ("via", "to", "kind"),
    [
        pytest.param((301,), ("https://example.com/new",), VerdictKind.MOVED, id="permanent"),
        pytest.param((308,), ("https://example.com/new",), VerdictKind.MOVED, id="permanent, method kept"),
        pytest.param(
            (301, 302), ("https://example.com/new", "https://example.com/x"), VerdictKind.MOVED, id="permanent first"
        ),
        pytest.param((302,), ("https://example.com/new",), VerdictKind.OK, id="temporary"),
        pytest.param((302, 301), ("https://example.com/t", "https://example.com/new"), VerdictKind.OK, id="temporary first"),
        pytest.param((301,), (URL,), VerdictKind.OK, id="to itself, with a cookie"),
    ],
)
def test_only_a_permanent_first_hop_is_a_move(via: tuple[int, ...], to: tuple[str, ...], kind: VerdictKind) -> None:
    assert verdict(answered(200, via=via, to=to)).kind is kind


def test_a_move_names_the_last_permanent_url_of_the_chain() -> None:
    seen = verdict(
        answered(200, via=(301, 308, 302), to=("https://a.example/1", "https://a.example/2", "https://a.example/3"))
    )
    assert seen.reason == "moved permanently to https://a.example/2"


def test_a_trivial_move_says_so() -> None:
    seen = verdict(answered(200, via=(301,), to=(URL + "/",)))
    assert seen.kind is VerdictKind.MOVED
    assert "only" in seen.reason


def test_a_move_to_a_page_that_is_gone_is_dead() -> None:
    assert verdict(answered(404, via=(301,), to=("https://example.com/new",))).kind is VerdictKind.DEAD


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        pytest.param(answered(200, soft_404="titled 'Not found'"), "Not found", id="soft 404"),
        pytest.param(
            answered(200, via=(302,), to=("https://example.com/404.html",)), "404.html", id="redirect to a 404 page"
        ),
        pytest.param(answered(200, via=(301,), to=("https://example.com/",)), "home page", id="redirect to the home page"),
        pytest.param(
            answered(200, via=(302,), to=("https://example.com/en/",)), "home page", id="to the home page of a language"
        ),
        pytest.param(
            answered(200, via=(301,), to=("https://other.example/",)), "home page", id="to another site's home page"
        ),
        pytest.param(answered(200, via=(302,), to=("https://login.example.com/?next=a",)), "login", id="login host"),
        pytest.param(answered(200, via=(302,), to=("https://example.com/account/signin?r=a",)), "login", id="login path"),
        pytest.param(
            answered(200, via=(302,), to=("https://example.com/door",), page=PageFacts(has_password_field=True)),
            "login",
            id="password field after a redirect",
        ),
        pytest.param(answered(200, via=(302,), to=("https://consent.example.com/c?u=a",)), "consent", id="consent host"),
        pytest.param(answered(200, image=ImageFacts(None, not_image="html")), "HTML", id="a page in the place of an image"),
        pytest.param(
            answered(200, image=ImageFacts(None, not_image="brand-new")),
            "not in a known image format",
            id="a kind not thought of",
        ),
        pytest.param(answered(200, body="incomplete"), "incomplete or malformed", id="body cut short"),
        pytest.param(answered(200, body="bad-encoding"), "decompressed", id="body that cannot be inflated"),
        pytest.param(
            answered(200, body="unoffered-encoding: br"), "compressed with br, which", id="body in a coding not offered"
        ),
    ],
)
def test_what_answers_and_is_not_what_it_claims_is_suspect_and_never_dead(outcome: Outcome, reason: str) -> None:
    seen = verdict(outcome)
    assert seen.kind is VerdictKind.SUSPECT
    assert reason in seen.reason


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(
            answered(200, url="https://sho.rt/3xYz", via=(301,), to=("https://powerapps.example.com/",)), id="short link"
        ),
        pytest.param(
            answered(200, url="https://example.com/blog", via=(301,), to=("https://blog.example.com/",)), id="section"
        ),
        pytest.param(
            answered(200, url="https://example.com/", via=(302,), to=("https://example.com/en/",)), id="home to home"
        ),
        pytest.param(
            answered(200, url="https://example.com/login", via=(302,), to=("https://login.example.com/",)), id="a login"
        ),
        pytest.param(answered(200, page=PageFacts(has_password_field=True)), id="login form on the page itself"),
        pytest.param(answered(200, body="too-large"), id="more than we read"),
        pytest.param(
            answered(200, url="https://example.com/404", via=(301,), to=("https://www.example.com/404",)), id="named 404"
        ),
    ],
)
def test_what_only_looks_suspicious_is_not(outcome: Outcome) -> None:
    assert verdict(outcome).kind in (VerdictKind.OK, VerdictKind.MOVED)


FAILURES = {
    (FailureKind.DNS, "nxdomain"): VerdictKind.DEAD,
    (FailureKind.DNS, "no-address"): VerdictKind.UNREACHABLE,
    (FailureKind.DNS, "servfail"): VerdictKind.UNREACHABLE,
    (FailureKind.DNS, "no-names"): VerdictKind.UNREACHABLE,
    (FailureKind.CONNECT, "proxy-silent"): VerdictKind.UNREACHABLE,
    (FailureKind.DNS, "timeout"): VerdictKind.UNREACHABLE,
    (FailureKind.CONNECT, "refused"): VerdictKind.UNREACHABLE,
    (FailureKind.CONNECT, "no-ipv6"): VerdictKind.UNREACHABLE,
    (FailureKind.CONNECT, "proxy"): VerdictKind.UNREACHABLE,
    (FailureKind.CONNECT, "no-descriptors"): VerdictKind.SKIPPED,
    (FailureKind.TLS, "expired"): VerdictKind.UNREACHABLE,
    (FailureKind.TIMEOUT, "total"): VerdictKind.UNREACHABLE,
    (FailureKind.RESET, "in-headers"): VerdictKind.UNREACHABLE,
    (FailureKind.PROTOCOL, "not-http"): VerdictKind.UNREACHABLE,
    (FailureKind.PROTOCOL, "http2-only"): VerdictKind.UNREACHABLE,
    (FailureKind.REFUSED_BY_GUARD, "address"): VerdictKind.SKIPPED,
    (FailureKind.TOO_MANY_HOPS, "loop"): VerdictKind.SUSPECT,
    (FailureKind.TOO_MANY_HOPS, "loop-varies"): VerdictKind.SUSPECT,
    (FailureKind.TOO_MANY_HOPS, "long"): VerdictKind.SUSPECT,
    (FailureKind.TOO_LARGE, "headers"): VerdictKind.UNREACHABLE,
    (FailureKind.OUT_OF_TIME, ""): VerdictKind.SKIPPED,
    (FailureKind.INVALID_URL, "location"): VerdictKind.DEAD,
    (FailureKind.INVALID_URL, "scheme"): VerdictKind.SUSPECT,
    (FailureKind.INVALID_URL, "disagreement"): VerdictKind.SUSPECT,
    (FailureKind.INVALID_URL, "too-long"): VerdictKind.SUSPECT,
    (FailureKind.HOST_DOWN, ""): VerdictKind.UNREACHABLE,
    (FailureKind.HOST_DOWN, "no-answer"): VerdictKind.UNREACHABLE,
    (FailureKind.HOST_DOWN, "rate-limited"): VerdictKind.BLOCKED,
    (FailureKind.NETWORK_DOWN, ""): VerdictKind.SKIPPED,
    (FailureKind.INTERNAL, ""): VerdictKind.SKIPPED,
}


@pytest.mark.parametrize(("failure", "kind"), [pytest.param(*row, id=" ".join(row[0])) for row in FAILURES.items()])
def test_a_failure_is_called(failure: tuple[FailureKind, str], kind: VerdictKind) -> None:
    assert verdict(failed(*failure)).kind is kind


@pytest.mark.parametrize(
    ("failure", "ours"),
    [
        pytest.param((FailureKind.CONNECT, "no-ipv6"), True, id="no IPv6 route"),
        pytest.param((FailureKind.CONNECT, "proxy"), True, id="a proxy that refuses"),
        pytest.param((FailureKind.PROTOCOL, "http2-only"), True, id="no HTTP/2"),
        pytest.param((FailureKind.CONNECT, "unreachable"), False, id="an IPv4 address without a route"),
        pytest.param((FailureKind.PROTOCOL, "not-http"), False, id="no HTTP at all"),
    ],
)
def test_a_limit_of_the_run_is_told_as_one(failure: tuple[FailureKind, str], *, ours: bool) -> None:
    assert verdict(failed(*failure)).reason.endswith("; this is a limit of this run, not of the page") is ours


@pytest.mark.parametrize(("detail", "kind"), [("loop", VerdictKind.DEAD), ("loop-varies", VerdictKind.SUSPECT)])
def test_a_loop_is_dead_after_a_second_look_unless_a_browser_may_get_out_of_it(detail: str, kind: VerdictKind) -> None:
    outcome = replace(failed(FailureKind.TOO_MANY_HOPS, detail), hops=(Hop(URL, 301, URL),) * 21, attempts=2)
    assert verdict(outcome).kind is kind


@pytest.mark.parametrize("status", [302, 303, 307])
@pytest.mark.parametrize("others", [301, 302])
def test_a_loop_with_a_temporary_redirect_is_suspect(status: int, others: int) -> None:
    hops = (Hop(URL, others, f"{URL}2"), Hop(f"{URL}2", status, URL))
    seen = verdict(replace(failed(FailureKind.TOO_MANY_HOPS, "loop"), hops=hops, attempts=2))
    assert seen.kind is VerdictKind.SUSPECT
    assert seen.reason.endswith("; its redirects are not all permanent, so a browser may get the page")


def test_a_redirect_that_browsers_do_not_follow_is_told_with_where_to() -> None:
    assert verdict(answered(300)).reason == "300 Multiple Choices without a target"
    seen = verdict(answered(300, headers=(("location", "/new"),)))
    assert seen.reason == "300 Multiple Choices, and browsers do not follow its Location (/new)"


def test_the_table_names_every_kind_of_failure() -> None:
    assert {kind for kind, _ in FAILURES} == set(FailureKind)


def test_secrets_in_reasons_are_masked() -> None:
    seen = verdict(answered(200, via=(301,), to=("https://example.com/new?token=abcdefghijkl",)))
    assert "abcdefghijkl" not in seen.reason


def test_how_often_was_asked_is_told() -> None:
    outcome = Outcome(URL, Probe.PAGE, Answer(503, URL), attempts=4)
    assert verdict(outcome).reason == "503 Service Unavailable (4 attempts)"


def test_an_answer_without_doubt_has_none() -> None:
    outcome = answered(200)
    assert outcome.answer is not None
    assert suspicion(outcome, outcome.answer) is None


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        ("invalid-url", VerdictKind.DEAD),
        ("excluded", VerdictKind.SKIPPED),
        ("offline", VerdictKind.SKIPPED),
        ("scheme", VerdictKind.SKIPPED),
    ],
)
def test_what_is_not_asked_is_skipped_unless_it_is_no_url(kind: str, called: VerdictKind) -> None:
    assert skip_verdict(Skip(kind, "why", URL)).kind is called


@pytest.mark.parametrize(
    ("file", "called"),
    [
        pytest.param(LocalFile("lead.png", ("lead.png",), ImageFacts("png", 1, 1)), VerdictKind.OK, id="an image"),
        pytest.param(
            LocalFile("lead.png", ("lead.png",), ImageFacts(None, not_image="html")), VerdictKind.SUSPECT, id="a page"
        ),
        pytest.param(LocalFile(None, ("a/lead.png", "lead.png")), VerdictKind.DEAD, id="no file"),
    ],
)
def test_a_file_of_the_repository_is_called(file: LocalFile, called: VerdictKind) -> None:
    assert local_verdict(file, image=True).kind is called


def test_a_page_that_the_change_removed_is_not_a_missing_file() -> None:
    file = LocalFile(None, (), removed=Removed("a.md", RemovalKind.HIDDEN, is_page=True))
    assert local_verdict(file, image=False).reason == "since the change, no article has this URL"


def test_a_missing_file_names_what_was_tried() -> None:
    assert (
        local_verdict(LocalFile(None, ("a/lead.png", "lead.png")), image=False).reason
        == "no such file: a/lead.png, lead.png"
    )
