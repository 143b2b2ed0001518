"""Which lines reports suggest in place of those that a change wrote."""

from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.judge import RULES
from linkcheck.model import (
    Answer,
    Article,
    Evidence,
    Fact,
    Finding,
    Fix,
    FixKind,
    Link,
    LinkResult,
    Location,
    Outcome,
    Probe,
    Role,
    Severity,
    Source,
    Span,
    Status,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.parse import parse
from linkcheck.pipeline.fix_edits import _has_answered, with_edits
from linkcheck.pointers import value_at

HEAD = b"""---
a: {b: "1 &amp; 2", c: "3 &amp; 4"}
d: "5 &amp; 6"
e: |
  7 &amp; 8
  9 &amp; 10
image: {width: 1,
 url: a.png, height: 2, title: "&amp;"}
---
"""
WRITTEN = ((1, 9),)
FIX = Fix(FixKind.SAFE, "why")


@pytest.fixture
def article() -> Article:
    return parse(Source(path="a.md", file="a.md", head=HEAD, size=len(HEAD)))


def text_at(article: Article, pointer: str, severity: Severity = Severity.WARNING, **fields: Any) -> Finding:
    """A finding about character references in a text."""
    facts: dict[str, Fact] = {"expected": str(value_at(article.data, pointer)).replace("&amp;", "&")}
    place = Location("a.md", article.places[pointer].value, pointer)
    return replace(Finding("LC119", "entity-in-text", severity, place, "is wrong", facts=facts, fix=FIX), **fields)


def size(article: Article) -> Finding:
    """A finding about both sides of the image."""
    facts: dict[str, Fact] = {"width": 3, "height": 4, "declared_width": 1, "declared_height": 2}
    facts |= {"width_pointer": "/image/width", "height_pointer": "/image/height"}
    place = Location("a.md", article.places["/image/width"].value, "/image/width")
    return Finding("LC403", "size-differs", Severity.WARNING, place, "is wrong", facts=facts, fix=FIX)


def suggested(article: Article, *findings: Finding, written: tuple[tuple[int, int], ...] = WRITTEN) -> dict[str, list[str]]:
    """The suggestions, by the pointers of the findings."""
    found = with_edits(Evidence(article, written_lines=written), findings, RULES)
    return {each.location.pointer: [*each.fix.suggestion] for each in found if each.fix is not None and each.fix.suggestion}


LINE = ['a: {b: "1 & 2", c: "3 & 4"}']


def test_a_line_is_suggested_once_with_all_its_edits(article: Article) -> None:
    findings = text_at(article, "/a/b"), text_at(article, "/a/c"), text_at(article, "/d")
    assert suggested(article, *findings) == {"/a/b": LINE, "/d": ['d: "5 & 6"']}
    assert suggested(article, *reversed(findings)) == {"/a/b": LINE, "/d": ['d: "5 & 6"']}


def test_a_line_is_suggested_where_reports_show_a_finding(article: Article) -> None:
    info, warning = text_at(article, "/a/b", Severity.INFO), text_at(article, "/a/c")
    assert suggested(article, info, warning) == {"/a/c": LINE}
    assert suggested(article, info) == {"/a/b": ['a: {b: "1 & 2", c: "3 &amp; 4"}']}


def test_what_is_not_open_is_not_edited(article: Article) -> None:
    unchanged = text_at(article, "/a/c", status=Status.UNCHANGED)
    assert suggested(article, text_at(article, "/a/b"), unchanged) == {"/a/b": ['a: {b: "1 & 2", c: "3 &amp; 4"}']}


def test_several_lines_are_suggested_together(article: Article) -> None:
    text = ["  7 & 8", "  9 & 10"]
    assert suggested(article, text_at(article, "/e")) == {"/e": text}
    block = ["image: {width: 3,", ' url: a.png, height: 4, title: "&"}']
    assert suggested(article, size(article), text_at(article, "/image/title")) == {"/image/width": block}


@pytest.mark.parametrize(
    ("written", "pointers"), [((), []), (((2, 2),), ["/a/b"]), (((7, 7),), []), (((2, 3), (7, 8)), ["/a/b", "/image/width"])]
)
def test_only_what_the_change_wrote_is_suggested(
    article: Article, written: tuple[tuple[int, int], ...], pointers: list[str]
) -> None:
    findings = text_at(article, "/a/b"), text_at(article, "/a/c"), size(article), text_at(article, "/image/title")
    assert [*suggested(article, *findings, written=written)] == pointers


def test_the_same_correction_of_a_redundant_finding_is_made_together(article: Article) -> None:
    head = b"---\na: x &amp; y\nb: x &amp; y\nc: 1\nd: x &amp; y\n---\n"
    article = parse(Source(path="a.md", file="a.md", head=head, size=len(head)))
    first, *others = (text_at(article, f"/{key}", url="u") for key in "abd")
    (found,) = with_edits(Evidence(article, written_lines=WRITTEN), [first], RULES, redundant=others)
    assert found.fix is not None
    assert [edit.span.line for edit in found.fix.edits] == [2, 3, 5]
    assert found.fix.suggestion == ("a: x & y", "b: x & y")
    other = text_at(article, "/b", url="v")
    (found,) = with_edits(Evidence(article), [first], RULES, redundant=[other])
    assert found.fix is not None
    assert [edit.span.line for edit in found.fix.edits] == [2]


NEW = "https://a.example/new"


def answered(kind: VerdictKind | None, url: str = NEW, prefix: str = "") -> LinkResult:
    """The result of a link; without a kind, nothing was answered."""
    link = Link(Location("a.md", Span(2, 1, 2, 9), "/url"), Role.LINK, "x", prefix=prefix)
    outcome = Outcome("x", Probe.PAGE, None if kind is None else Answer(200, url))
    return LinkResult(link, Target("x", Probe.PAGE, "a.example"), Verdict(kind or VerdictKind.OK, "x"), outcome=outcome)


@pytest.mark.parametrize(
    ("result", "new", "works"),
    [
        (None, NEW, False),
        (answered(None), NEW, False),
        *((answered(kind), NEW, kind in (VerdictKind.OK, VerdictKind.MOVED)) for kind in VerdictKind),
        (answered(VerdictKind.OK, f"{NEW}#a"), NEW, True),
        (answered(VerdictKind.OK), f"{NEW}#a", True),
        (answered(VerdictKind.OK, f"{NEW}?a"), NEW, False),
        (answered(VerdictKind.OK, prefix="https://a.example/"), "new", True),
        (answered(VerdictKind.OK), "new", False),
    ],
)
def test_a_url_that_answered_in_this_run_is_offered(
    result: LinkResult | None,
    new: str,
    works: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert _has_answered(result, new, Evidence(Article("a.md"))) is works
