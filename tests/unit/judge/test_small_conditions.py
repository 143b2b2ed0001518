"""Conditions of judging that take effect in few cases: by value."""

from typing import Any

import pytest

from linkcheck.judge import JudgeOptions, host_verdict
from linkcheck.judge.comparison.replacements import _changes_request
from linkcheck.judge.image_traits.placeholders import _last
from linkcheck.judge.page_signs.missing_page import not_found_page
from linkcheck.judge.page_signs.server_error_titles import TITLES
from linkcheck.judge.rules import front_matter_not_a_mapping, front_matter_too_large, insecure_url
from linkcheck.judge.titles.likeness import script_of
from linkcheck.model import (
    Answer,
    Article,
    Evidence,
    Failure,
    FailureKind,
    Link,
    LinkResult,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Skip,
    Source,
    Span,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.parse import parse
from linkcheck.urls import parse_url

OLD, NEW = "https://a.example/old", "https://a.example/new"


@pytest.mark.parametrize("status", [200, 204, 299, 304])
def test_a_url_that_works_or_is_unchanged_can_replace_another(status: int) -> None:
    answer = Answer(status, NEW)
    assert _changes_request(Outcome(OLD, Probe.PAGE, answer=answer), answer, parse_url(OLD), parse_url(NEW)) is None


@pytest.mark.parametrize("status", [199, 300, 303, 305, 404, 500])
def test_a_url_with_another_status_cannot(status: int) -> None:
    answer = Answer(status, NEW)
    found = _changes_request(Outcome(OLD, Probe.PAGE, answer=answer), answer, parse_url(OLD), parse_url(NEW))
    assert found == f"it returns status {status}"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/b/c.png", "c.png"),
        ("https://a.example/b/c/", "c"),
        ("https://a.example/b/c.png?d/e#f/g", "c.png"),
        ("https://a.example/b/c/?d=/e", "c"),
        ("https://a.example/b/c#/d?e", "c"),
    ],
)
def test_the_name_of_an_image_is_the_last_part_of_its_path(url: str, name: str) -> None:
    assert _last(url) == name


def missing(url: str, **page: str) -> str | None:
    answer = Answer(200, url, page=PageFacts(**page))  # type: ignore[arg-type]
    return not_found_page(Outcome(url, Probe.PAGE, answer=answer), answer)


def test_a_heading_without_letters_says_nothing_of_a_url_without_a_name() -> None:
    assert missing("https://a.example/", title="Page not found", heading="?") is not None
    assert missing("https://a.example/2021/", title="Page not found", heading="?") is not None


def test_a_page_whose_url_has_its_title_is_about_it() -> None:
    assert missing("https://a.example/page-not-found", title="Page not found") is None


@pytest.mark.parametrize(
    ("path", "raw", "words"),
    [
        ("a.json", b"[1]", "in an object"),
        ("a.yml", b"- 1", "key: value"),
        ("a.md", b"---\n- 1\n---\n", "key: value"),
        ("a.json", b" " * 300_000, "several files"),
    ],
)
def test_a_hint_about_front_matter_fits_its_format(path: str, raw: bytes, words: str) -> None:
    evidence = Evidence(parse(Source(path, path, raw, len(raw), named=True)))
    rules = (front_matter_not_a_mapping, front_matter_too_large)
    issues = [issue for rule in rules for issue in rule.check(evidence, JudgeOptions())]
    assert [words in (issue.hint or "") for issue in issues] == [True]


def failed(*failures: Failure | int) -> list[tuple[Outcome, Verdict]]:
    made: list[tuple[Outcome, Verdict]] = []
    for number, each in enumerate(failures):
        url = f"https://a.example/{number}"
        if isinstance(each, int):
            outcome = Outcome(url, Probe.PAGE, answer=Answer(each, url))
        else:
            outcome = Outcome(url, Probe.PAGE, failure=each)
        made.append((outcome, Verdict(VerdictKind.UNREACHABLE, f"reason {each}")))
    return made


SILENT = Failure(FailureKind.TIMEOUT, "total", "a.example did not respond in time")
REFUSED = Failure(FailureKind.CONNECT, "refused", "a.example refused the connection")


def test_a_host_that_failed_in_several_ways_has_one_verdict() -> None:
    found = host_verdict(failed(SILENT, REFUSED, REFUSED, 503, 500))
    assert found is not None
    assert found.kind is VerdictKind.UNREACHABLE
    assert REFUSED.message in found.reason
    assert SILENT.message not in found.reason
    assert found.reason.index("500") < found.reason.index("503")


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Failure(FailureKind.CONNECT, "no-ipv6", "no IPv6 here"), id="a limit of this run"),
        pytest.param(Failure(FailureKind.PROTOCOL, "http2-only", "HTTP/2 only"), id="a limit of linkcheck"),
        pytest.param(Failure(FailureKind.TLS, "expired", "the certificate has expired"), id="a failure with its own rule"),
    ],
)
def test_each_keeps_its_own_where_one_says_nothing_of_the_host(failure: Failure) -> None:
    assert host_verdict(failed(SILENT, REFUSED)) is not None
    assert host_verdict(failed(SILENT, failure)) is None


def test_one_reason_stays_as_it_is() -> None:
    assert host_verdict(failed(SILENT, SILENT)) is None


FAILED = """
internal server error
bad gateway
service unavailable
service temporarily unavailable
gateway timeout
gateway time-out
proxy error
web server is down
connection timed out
host error
origin is unreachable
a timeout occurred
bad request
forbidden
unauthorized
not implemented
bandwidth limit exceeded
resource limit reached
resource limit is reached
insufficient storage
too many requests
"""


@pytest.mark.parametrize("text", FAILED.strip().splitlines())
def test_the_name_of_a_status_is_the_title_of_an_error_page(text: str) -> None:
    for title in (text, text.title(), f"{text}!", f"429 {text}", f"HTTP Error 503 - {text}.", f"Error 503: {text}"):
        assert TITLES.fullmatch(title), title
    assert not TITLES.fullmatch(f"{text} in Harbour Street")


def linked(url: str, kind: VerdictKind, skip: Skip | None = None, **outcome: Any) -> LinkResult:
    link = Link(Location("a.md", Span(2, 1, 2, 9), "/url"), Role.LINK, url)
    found = Outcome(url, Probe.PAGE, **outcome) if outcome else None
    return LinkResult(link, Target(url, Probe.PAGE, "a.example"), Verdict(kind, "x"), skip=skip, outcome=found)


def test_each_url_with_http_is_reported_unless_it_has_another_finding() -> None:
    url, ok, skipped = "http://a.example/", VerdictKind.OK, VerdictKind.SKIPPED
    answer = Answer(200, url)
    rows = [
        (linked("http://a.example/1", ok, answer=answer), True),
        (linked("http:", skipped, Skip("invalid-url", "x", "u")), False),
        (linked("http://a.example/2", skipped, Skip("offline", "x", "u")), True),
        (linked("http://a.example/3", ok, failure=SILENT), False),
        (linked("http://a.example/4", VerdictKind.DEAD, answer=answer), False),
        (linked("https://a.example/5", ok, answer=answer), False),
        (linked("HTTP://a.example/6", ok), True),
    ]
    issues = insecure_url.check(Evidence(Article("a.md"), results=tuple(result for result, _ in rows)), JudgeOptions())
    assert [each.url for each in issues] == [result.link.url for result, is_told in rows if is_told]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", None),
        ("2021: 18", None),
        ("Bridge", "LATIN"),
        ("Мост Bridge over", "LATIN"),
        ("Мост, b", "CYRILLIC"),
        ("港湾", "CJK"),
        ("港の橋", "KANA"),
        ("カメラ", "KANA"),
        ("カメ x", "KANA"),
        ("x カ", "LATIN"),
        ("カ xy", "LATIN"),
        ("다리", "HANGUL"),
    ],
)
def test_the_script_of_a_text_is_that_of_most_letters(text: str, script: str | None) -> None:
    assert script_of(text) == script
