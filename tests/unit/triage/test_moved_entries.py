"""Entries of a baseline for files that have another name now."""

from collections.abc import Collection
from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.judge import RULES
from linkcheck.model import (
    Article,
    Evidence,
    Finding,
    IgnoreComment,
    Link,
    LinkResult,
    Location,
    Probe,
    Role,
    Source,
    Span,
    Status,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.parse import parse
from linkcheck.triage import Baseline, Triage, TriageOptions

OPTIONS = TriageOptions(rules=RULES, today="2026-11-22")
HEAD = b"---\nwebUrl: https://a.example/\ndate: 2021-06-31\n---\n"


def article_of(path: str) -> Article:
    return parse(Source(path=path, file=path, head=HEAD, size=len(HEAD)))


def finding(path: str, code: str = "LC201", pointer: str = "/webUrl", url: str | None = "https://a.example/") -> Finding:
    rule = RULES[code]
    return Finding(code, rule.name, rule.severity, Location(path, Span(2, 1, 2, 9), pointer), "is wrong", url=url)


def triaged(findings: Collection[Finding], baseline: Baseline, *there: str) -> tuple[list[Status], Triage]:
    triage = Triage(OPTIONS, baseline=baseline, exists=lambda path: path in there)
    statuses = []
    for each in findings:
        statuses += [found.status for found in triage.article(Evidence(article_of(each.location.path)), [each])]
    return statuses, triage


def accepted(*findings: Finding) -> Baseline:
    """A baseline with a reason in each entry."""
    baseline = triaged(findings, Baseline("b.json"))[1].updated(whole=True).baseline
    return replace(baseline, entries=tuple(replace(each, reason="why") for each in baseline.entries))


DATE: dict[str, Any] = {"code": "LC112", "pointer": "/date", "url": None}
MISSING: dict[str, Any] = {"code": "LC110", "pointer": "/title", "url": None}


@pytest.mark.parametrize(
    ("kind", "path", "status"),
    [
        ({}, "b.md", Status.ACCEPTED),
        (DATE, "b.md", Status.ACCEPTED),
        (MISSING, "b.md", Status.OPEN),
        (MISSING, "new/a.md", Status.ACCEPTED),
    ],
    ids=["a URL", "a value", "nothing", "nothing, but the name of the file"],
)
def test_an_entry_whose_file_is_gone_is_for_the_same_finding_in_another(
    kind: dict[str, Any], path: str, status: Status
) -> None:
    baseline = accepted(finding("a.md", **kind))
    assert triaged([finding(path, **kind)], baseline, path)[0] == [status]
    assert triaged([finding(path, **kind)], baseline, path, "a.md")[0] == [Status.OPEN]


def test_a_moved_entry_keeps_its_reason_under_its_new_path() -> None:
    _, triage = triaged([finding("b.md")], accepted(finding("a.md")), "b.md")
    update = triage.updated(whole=True)
    assert [(each.path, each.reason, each.added) for each in update.baseline.entries] == [("b.md", "why", "2026-11-22")]
    assert list(triage.finish(whole=True)) == []


@pytest.mark.parametrize(
    "other", [finding("b.md", url="https://b.example/"), finding("b.md", pointer="/url"), finding("b.md", "LC202")]
)
def test_an_entry_is_for_no_other_finding(other: Finding) -> None:
    assert triaged([other], accepted(finding("a.md")), "b.md")[0] == [Status.OPEN]


def test_an_entry_is_for_one_finding() -> None:
    found = [finding("b.md"), finding("c.md")]
    assert triaged(found, accepted(finding("a.md")), "b.md", "c.md")[0] == [Status.ACCEPTED, Status.OPEN]


def test_of_several_entries_that_fit_the_one_with_the_name_of_the_file_is_meant() -> None:
    baseline = accepted(finding("old/a.md"), finding("old/b.md"))
    assert triaged([finding("c.md")], baseline, "c.md")[0] == [Status.OPEN]
    found = [finding("new/a.md"), finding("new/b.md")]
    assert triaged(found, baseline, "new/a.md", "new/b.md")[0] == [Status.ACCEPTED] * 2


@pytest.mark.parametrize(
    ("before", "now", "statuses"),
    [
        (("c/a/index.md", "c/b/index.md"), ("s/c/a/index.md", "s/c/b/index.md"), [Status.ACCEPTED] * 2),
        (("s/c/a/index.md", "s/c/b/index.md"), ("c/a/index.md", "c/b/index.md"), [Status.ACCEPTED] * 2),
        (
            ("c/a/index.md", "c/b/index.md"),
            ("s/a/index.md", "s/aa/index.md", "s/b/index.md"),
            [Status.ACCEPTED, Status.OPEN, Status.ACCEPTED],
        ),
        (("p/a.md", "p/c/a.md"), ("p/1/a.md", "p/2/a.md"), [Status.OPEN] * 2),
        (("p/x/a.md", "p/y/a.md"), ("q/x/a.md", "r/x/a.md"), [Status.ACCEPTED, Status.OPEN]),
    ],
    ids=["into a folder", "out of a folder", "with a new one", "no unique answer", "once"],
)
@pytest.mark.parametrize("kind", [{}, DATE, MISSING], ids=["a URL", "a value", "nothing"])
def test_of_several_entries_the_one_with_the_longest_end_of_the_path_is_meant(
    kind: dict[str, Any], before: tuple[str, ...], now: tuple[str, ...], statuses: list[Status]
) -> None:
    baseline = accepted(*(finding(path, **kind) for path in before))
    assert triaged([finding(path, **kind) for path in now], baseline, *now)[0] == statuses


def test_two_findings_that_share_an_entry_share_it_under_another_name() -> None:
    baseline = accepted(finding("a.md", **DATE), finding("a.md", **DATE))
    assert len(baseline.entries) == 1
    assert triaged([finding("b.md", **DATE)] * 2, baseline, "b.md")[0] == [Status.ACCEPTED] * 2


def test_the_last_entry_that_fits_is_for_the_last_finding_without_a_name_in_common() -> None:
    baseline = accepted(finding("old/a.md"), finding("old/b.md"))
    found = [finding("new/a.md"), finding("new/c.md")]
    assert triaged(found, baseline, "new/a.md", "new/c.md")[0] == [Status.ACCEPTED] * 2


def test_a_changed_value_is_another_finding() -> None:
    baseline = accepted(finding("a.md", **DATE))
    (entry,) = baseline.entries
    other = replace(baseline, entries=(replace(entry, value="0" * 16),))
    assert triaged([finding("b.md", **DATE)], other, "b.md")[0] == [Status.OPEN]
    without = replace(baseline, entries=(replace(entry, value=None),))
    assert triaged([finding("b.md", **DATE)], without, "b.md")[0] == [Status.OPEN]


def test_of_several_entries_that_fit_each_file_keeps_its_own() -> None:
    baseline = accepted(finding("old/a.md"), finding("old/b.md"))
    named = replace(baseline, entries=tuple(replace(each, reason=each.path) for each in baseline.entries))
    _, triage = triaged([finding("new/b.md"), finding("new/a.md")], named, "new/a.md", "new/b.md")
    kept = {each.path: each.reason for each in triage.updated(whole=True).baseline.entries}
    assert kept == {"new/a.md": "old/a.md", "new/b.md": "old/b.md"}


def test_what_is_about_a_host_is_in_no_file_that_could_move() -> None:
    of_host = replace(finding("a.md"), subject="a.example")
    elsewhere = replace(finding("b.md"), subject="b.example")
    assert triaged([elsewhere], accepted(of_host), "b.md")[0] == [Status.OPEN]
    assert triaged([elsewhere], accepted(finding("a.md")), "b.md")[0] == [Status.OPEN]
    assert triaged([finding("b.md")], accepted(of_host), "b.md")[0] == [Status.OPEN]


@pytest.mark.parametrize(
    ("kind", "has_value"),
    [({}, False), (DATE, True), (MISSING, False), ({"code": "LC110", "pointer": "", "url": None}, False)],
    ids=["a URL", "a value", "nothing", "an object"],
)
def test_an_entry_has_the_value_of_what_has_no_url(kind: dict[str, Any], *, has_value: bool) -> None:
    (entry,) = accepted(finding("a.md", **kind)).entries
    assert (entry.value is not None) is has_value


LIST = b"---\nsee: [https://a.example/, https://a.example/, https://b.example/]\nwidths: [x, y, x]\n---\n"
X, Y = "https://a.example/", "https://b.example/"


def in_list(index: int, url: str | None = X, code: str = "LC201") -> Finding:
    return finding("a.md", code, f"/see/{index}" if url else f"/widths/{index}", url)


def triaged_list(findings: Collection[Finding], baseline: Baseline, **more: Any) -> tuple[list[Status], Triage]:
    triage = Triage(OPTIONS, baseline=baseline)
    article = parse(Source(path="a.md", file="a.md", head=LIST, size=len(LIST)))
    return [each.status for each in triage.article(Evidence(article, **more), findings)], triage


def accepted_list(*findings: Finding) -> Baseline:
    return triaged_list(findings, Baseline("b.json"))[1].updated(whole=True).baseline


@pytest.mark.parametrize(
    ("before", "now", "statuses"),
    [
        pytest.param([in_list(0)], [in_list(1)], [Status.ACCEPTED], id="an item before it"),
        pytest.param([in_list(2)], [in_list(1)], [Status.ACCEPTED], id="one less before it"),
        pytest.param([in_list(1)], [in_list(0), in_list(1)], [Status.OPEN, Status.ACCEPTED], id="a copy before it"),
        pytest.param([in_list(0)], [in_list(1), in_list(2)], [Status.ACCEPTED, Status.OPEN], id="moved, and a copy"),
        pytest.param([in_list(0), in_list(1)], [in_list(1), in_list(2)], [Status.ACCEPTED] * 2, id="alike"),
        pytest.param([in_list(0)], [in_list(1, Y)], [Status.OPEN], id="another URL"),
        pytest.param([in_list(0)], [in_list(1, code="LC202")], [Status.OPEN], id="another rule"),
        pytest.param([in_list(0, None, "LC110")], [in_list(2, None, "LC110")], [Status.ACCEPTED], id="a value"),
        pytest.param([in_list(0, None, "LC110")], [in_list(1, None, "LC110")], [Status.OPEN], id="another value"),
        pytest.param([in_list(7, None, "LC110")], [in_list(8, None, "LC110")], [Status.ACCEPTED], id="what is missing"),
    ],
)
def test_an_entry_is_for_the_same_finding_at_another_index(
    before: list[Finding], now: list[Finding], statuses: list[Status]
) -> None:
    found, triage = triaged_list(now, accepted_list(*before))
    assert found == statuses
    is_met = Status.ACCEPTED in statuses
    assert [each.code for each in triage.finish(whole=True)] == ([] if is_met else ["LC008"])
    assert {each.pointer for each in triage.updated(whole=True).baseline.entries} == {each.location.pointer for each in now}


def test_entries_with_different_reasons_are_for_no_finding_at_another_index() -> None:
    baseline = accepted_list(in_list(0), in_list(1))
    one, other = baseline.entries
    baseline = replace(baseline, entries=(replace(one, reason="why"), other))
    assert triaged_list([in_list(2)], baseline)[0] == [Status.OPEN]


def test_an_unchanged_finding_at_another_index_keeps_its_entry() -> None:
    statuses, triage = triaged_list([in_list(1)], accepted_list(in_list(0)), changed=frozenset())
    assert statuses == [Status.UNCHANGED]
    assert list(triage.finish(whole=False)) == []


def test_an_ignored_finding_at_another_index_keeps_its_entry() -> None:
    comment = IgnoreComment(("LC201",), "why", Span(2, 1, 2, 9), 2)
    article = Article("a.md", data={"see": ["y", X]}, ignores=(comment,))
    triage = Triage(OPTIONS, baseline=accepted_list(in_list(0)))
    assert [each.status for each in triage.article(Evidence(article), [in_list(1)])] == [Status.IGNORED]
    assert list(triage.finish(whole=True)) == []


@pytest.mark.parametrize(("kind", "is_fixed"), [(VerdictKind.BLOCKED, False), (VerdictKind.OK, True)])
def test_an_entry_is_fixed_only_if_its_url_has_answered_wherever_it_is(kind: VerdictKind, *, is_fixed: bool) -> None:
    triage = Triage(OPTIONS, baseline=accepted_list(in_list(0)))
    results = tuple(
        LinkResult(Link(in_list(index).location, Role.LINK, url), Target(url, Probe.STATUS, "x"), Verdict(verdict, ""))
        for index, url, verdict in ((0, Y, VerdictKind.OK), (1, X, kind))
    )
    assert list(triage.article(Evidence(Article("a.md"), results=results), [])) == []
    assert bool(list(triage.finish(whole=True))) is is_fixed
