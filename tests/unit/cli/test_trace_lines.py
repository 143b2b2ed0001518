"""What `linkcheck explain URL` writes: each request, what it was answered, and what that makes of the URL."""

from typing import Any

import pytest

from linkcheck.cli.trace_url import trace_lines
from linkcheck.fetch import Step, Trace
from linkcheck.model import (
    FILE_START,
    Answer,
    Certificate,
    Failure,
    FailureKind,
    Finding,
    ImageFacts,
    JsonLd,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Severity,
    Verdict,
    VerdictKind,
)

URL = "https://a.example/x"
OK = Verdict(VerdictKind.OK, "200 OK")
SECRET = "?token=hunter2hunter2"


def lines(*steps: Step, answer: Answer | None = None, would_retry: bool = False, verdict: Verdict = OK) -> list[str]:
    trace = Trace(URL, Outcome(URL, Probe.PAGE, answer), steps, would_retry, "curl https://a.example/x")
    return list(trace_lines(trace, verdict))


CURL = "To send the same request: curl https://a.example/x"
CERTIFICATE = Certificate(not_after="2027-01-31T00:00:00Z", days_left=70, issuer="An\x1b Authority")


@pytest.mark.parametrize(
    ("step", "shows"),
    [
        ({}, []),
        ({"address": "192.0.2.1", "addresses": ("192.0.2.1",)}, ["   address  192.0.2.1"]),
        ({"address": "192.0.2.1", "addresses": ("192.0.2.1", "192.0.2.2")}, ["   address  192.0.2.1 and 1 more"]),
        ({"address": "192.0.2.1"}, ["   address  192.0.2.1"]),
        (
            {"looking_up": 0.0125, "connecting": 1.5, "waiting": 0.0},
            ["   times    DNS lookup 12 ms, connect 1500 ms, wait 0 ms"],
        ),
        ({"waiting": 0.25, "reused": True}, ["   times    wait 250 ms (reused connection)"]),
        ({"reused": True}, []),
        (
            {"certificate": CERTIFICATE},
            ["   TLS      certificate issued by An\\x1b Authority, valid until 2027-01-31 (70 days)"],
        ),
        ({"status": 404}, ["   status   404 Not Found"]),
        ({"status": 299}, ["   status   299"]),
        (
            {"failure": Failure(FailureKind.TIMEOUT, "headers", "late"), "status": 200},
            ["   failure  timeout (headers): late"],
        ),
        ({"headers": (("server", "x\n"), ("age", "1"))}, ["            server: x\\n", "            age: 1"]),
    ],
)
def test_a_request_is_shown_with_what_is_known_of_it(step: dict[str, Any], shows: list[str]) -> None:
    assert lines(Step(URL, **step), Step("https://b.example/")) == [
        f"1  {URL}",
        *shows,
        "",
        "2  https://b.example/",
        "",
        "ok: 200 OK",
        CURL,
    ]


PAGE = PageFacts(
    title="A title",
    heading="A heading",
    canonicals=(f"{URL}{SECRET}", "https://b.example/"),
    amphtml=("https://a.example/amp",),
    is_amp=True,
    noindex=True,
    refresh="https://a.example/r",
    og_url="https://a.example/o",
    og_image="https://a.example/o.png",
    twitter_image="https://a.example/t.png",
    published="2026-11-22",
    json_ld=JsonLd(url="https://a.example/j", headline="A headline"),
)


def test_a_page_is_shown_with_what_it_declares() -> None:
    shown = lines(answer=Answer(200, URL, page=PAGE))
    assert shown == [
        "page     title: A title",
        "page     heading: A heading",
        f"page     canonical: {URL}?token=***",
        "page     canonical: https://b.example/",
        "page     amphtml: https://a.example/amp",
        "page     is AMP: yes",
        "page     noindex: yes",
        "page     refresh: https://a.example/r",
        "page     og:url: https://a.example/o",
        "page     og:image: https://a.example/o.png",
        "page     twitter:image: https://a.example/t.png",
        "page     published: 2026-11-22",
        "page     JSON-LD url: https://a.example/j",
        "page     JSON-LD headline: A headline",
        "ok: 200 OK",
        CURL,
    ]
    assert lines(answer=Answer(200, URL, page=PageFacts())) == ["ok: 200 OK", CURL]


@pytest.mark.parametrize(
    ("image", "shows"),
    [
        (ImageFacts("png", width=30, height=20, bytes_read=16_384), "image    png 30x20, 16,384 bytes read"),
        (ImageFacts("svg", bytes_read=9), "image    svg without a size, 9 bytes read"),
        (ImageFacts(None, not_image="html"), "image    not an image; it looks like html"),
    ],
)
def test_an_image_is_shown_with_its_size(image: ImageFacts, shows: str) -> None:
    assert lines(answer=Answer(200, URL, image=image))[0] == shows


def test_what_makes_an_answer_suspect_and_what_a_check_would_do_is_told() -> None:
    answer = Answer(200, URL, challenge="a captcha", soft_404="the same title 'x'")
    assert lines(answer=answer, would_retry=True, verdict=Verdict(VerdictKind.BLOCKED, f"see {URL}{SECRET}")) == [
        "suspect  bot wall: a captcha",
        "suspect  soft 404: the same title 'x'",
        f"blocked: see {URL}?token=***",
        "A check would retry before it reports this.",
        CURL,
    ]


def test_findings_follow_the_verdict_with_their_hints() -> None:
    trace = Trace(URL, Outcome(URL, Probe.PAGE), (), would_retry=False, curl="curl")
    place = Location("", FILE_START, "/url")
    findings = (
        Finding("LC201", "dead", Severity.ERROR, place, "gone", hint="Remove it."),
        Finding("LC202", "permanent-redirect", Severity.WARNING, place, "moved"),
    )
    assert list(trace_lines(trace, OK, findings)) == [
        "ok: 200 OK",
        "   error LC201 dead: Remove it.",
        "   warning LC202 permanent-redirect",
        "To send the same request: curl",
    ]
