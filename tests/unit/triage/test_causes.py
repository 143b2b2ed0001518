"""The cause of a finding, by which findings are one problem."""

import pytest
from msgspec.structs import replace

from linkcheck.judge import RULES
from linkcheck.model import (
    FILE_START,
    Answer,
    Article,
    Cause,
    CauseKind,
    Evidence,
    Fact,
    Finding,
    Hop,
    Link,
    LinkResult,
    Location,
    Outcome,
    Probe,
    Role,
    Severity,
    Span,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.triage.causes import Targets, with_cause, with_cause_in_run

PLACE = Location("posts/a.md", Span(4, 9, 4, 30), "/webUrl")


def result(url: str, target: str, host: str, *hops: str) -> LinkResult:
    outcome = None
    if hops:
        chain = (target, *hops)
        steps = tuple(Hop(each, 301, after) for each, after in zip(chain, hops, strict=False))
        outcome = Outcome(target, Probe.STATUS, Answer(200, chain[-1]), hops=steps)
    link = Link(PLACE, Role.CANONICAL, url)
    return LinkResult(link, Target(target, Probe.STATUS, host), Verdict(VerdictKind.OK, ""), outcome=outcome)


def cause(
    code: str, found: LinkResult | None = None, *, pointer: str = "/webUrl", facts: dict[str, Fact] | None = None
) -> tuple[Cause, Cause | None]:
    url = None if found is None else found.link.url
    finding = Finding(code, "x", Severity.ERROR, replace(PLACE, pointer=pointer), "is wrong", url=url, facts=facts or {})
    evidence = Evidence(Article("posts/a.md"), results=() if found is None else (found,))
    placed = with_cause(finding, RULES[code], Targets(evidence))
    assert placed.cause is not None
    return placed.cause, placed.common_cause


@pytest.mark.parametrize(
    ("code", "found", "kind", "value"),
    [
        ("LC201", result("HTTPS://A.example/x#y", "https://a.example/x", "a.example"), "target", "https://a.example/x"),
        ("LC211", result("../i/y.png", "i/y.png", ""), "target", "i/y.png"),
        ("LC204", result("https://a.example/x", "https://a.example/x", "a.example"), "host", "a.example"),
        (
            "LC217",
            result("https://a.example/x", "https://a.example/x", "a.example", "https://b.example/y"),
            "host",
            "b.example",
        ),
        ("LC204", result("i/y.png", "i/y.png", ""), "target", "i/y.png"),
    ],
)
def test_the_cause_of_a_finding_about_a_url_is_its_target_or_its_host(
    code: str, found: LinkResult, kind: str, value: str
) -> None:
    assert cause(code, found) == (Cause(CauseKind(kind), value), None)


def test_the_cause_of_a_value_that_several_articles_have_is_the_value() -> None:
    value = Cause(CauseKind.VALUE, "slug b")
    assert cause("LC502", None, pointer="/slug", facts={"identity": "slug b", "schema": "s.json"}) == (value, None)
    assert cause("LC201", None, pointer="", facts={"identity": 7})[0] == Cause(CauseKind.ARTICLE, "posts/a.md")


def test_a_url_that_no_link_has_is_its_own_cause() -> None:
    finding = Finding("LC204", "x", Severity.ERROR, PLACE, "is wrong", url="https://b.example/")
    placed = with_cause(finding, RULES["LC204"], Targets(Evidence(Article("posts/a.md"))))
    assert placed.cause == Cause(CauseKind.TARGET, "https://b.example/")


def test_the_cause_contains_no_secret() -> None:
    secret = "https://me:hunter2@a.example/x"
    finding = Finding("LC201", "dead", Severity.ERROR, PLACE, "gone", url="https://***@a.example/x")
    evidence = Evidence(Article("a.md"), results=(result(secret, secret, "a.example"),))
    placed = with_cause(finding, RULES["LC201"], Targets(evidence))
    assert placed.cause is not None
    assert "hunter2" not in placed.cause.value


@pytest.mark.parametrize(
    ("pointer", "facts", "own", "common"),
    [
        ("", {}, "posts/a.md", None),
        ("/date", {}, "posts/a.md#/date", "/date"),
        (
            "/images/3/url",
            {"schema": "s.json", "keyword": "required"},
            "posts/a.md#/images/3/url",
            "s.json /images/*/url required",
        ),
    ],
)
def test_the_cause_of_any_other_finding_is_the_article_or_if_many_have_it_the_property(
    pointer: str, facts: dict[str, Fact], own: str, common: str | None
) -> None:
    expected = None if common is None else Cause(CauseKind.SCHEMA, common)
    assert cause("LC110", None, pointer=pointer, facts=facts) == (Cause(CauseKind.ARTICLE, own), expected)


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (
            Finding("LC214", "x", Severity.WARNING, PLACE, "", facts={"host": "a.example"}),
            Cause(CauseKind.HOST, "a.example"),
        ),
        (Finding("LC232", "x", Severity.ERROR, PLACE, "", subject="static/img"), Cause(CauseKind.RUN, "static/img")),
        (
            Finding("LC006", "x", Severity.WARNING, Location("linkcheck.toml", FILE_START, "/exclude/0"), ""),
            Cause(CauseKind.RUN, "linkcheck.toml#/exclude/0"),
        ),
        (Finding("LC001", "x", Severity.ERROR, Location(".", FILE_START), ""), Cause(CauseKind.RUN, ".")),
    ],
)
def test_the_cause_of_a_finding_about_the_run(finding: Finding, expected: Cause) -> None:
    assert with_cause_in_run(finding).cause == expected
