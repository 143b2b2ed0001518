"""One cause, one finding: what makes a finding redundant, and what does not."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import pytest

from linkcheck.judge import RULES, JudgeOptions, ReportedFinding, all_rules, judge_article
from linkcheck.judge.redundancy import TABLE, without_redundant
from linkcheck.model import SEVERITIES, Evidence, Finding, PageFacts, Role, Severity

NEW = "https://kitchens.example/harbour"
OTHER = PageFacts(title="Kitchens made to measure", canonicals=(NEW,), published="2024-05-01")
ARTICLE = {"title": "Council rejects the plan", "date": "2021-06-18"}


def told(
    evidence: Evidence, weigh: Callable[[Finding], Severity | None] = lambda finding: finding.severity
) -> ReportedFinding:
    return judge_article(evidence, JudgeOptions(now="2026-11-22T12:00:00Z"), weigh=weigh)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.fixture
def moved(build: Any) -> Evidence:
    """An article whose page has moved to another domain, where it is another page of another year."""
    evidence: Evidence = build.evidence(build.answer(via=(301,), to=(NEW,), page=OTHER), data=ARTICLE)
    return evidence


def test_the_gravest_finding_stands_and_says_what_the_others_knew(moved: Evidence) -> None:
    (finding,) = told(moved).findings
    assert finding.code == "LC301"
    assert finding.message == (
        f"the canonical URL has moved permanently to {NEW}, a page titled 'Kitchens made to measure'; "
        "the page was published on 2024-05-01"
    )
    assert codes(told(moved).redundant) == ["LC317", "LC318"]


def test_a_rule_that_is_turned_off_makes_nothing_redundant(moved: Evidence) -> None:
    findings = told(moved, lambda finding: None if finding.code == "LC301" else finding.severity)
    assert codes(findings.findings) == ["LC301", "LC317"]  # what is off, triage leaves out
    assert codes(findings.redundant) == ["LC318"]


def test_a_lesser_rule_that_is_turned_off_leaves_nothing_behind(moved: Evidence) -> None:
    findings = told(moved, lambda finding: None if finding.code == "LC318" else finding.severity).findings
    assert "2024" not in findings[0].message


def test_a_finding_that_weighs_more_is_never_redundant(moved: Evidence) -> None:
    findings = told(moved, lambda finding: Severity.ERROR if finding.code == "LC317" else finding.severity).findings
    assert codes(findings) == ["LC301", "LC317"]


def test_of_two_that_hide_each_other_the_graver_one_stands(build: Any) -> None:
    page = PageFacts(
        title="Kitchens made to measure", site_name="Cookhouse", canonicals=("https://example.com/",), published="2024-05-01"
    )
    url = "https://example.com/2021/06/council-rejects-plan"
    evidence = build.evidence(build.answer(url=url, page=page), data=ARTICLE)
    assert codes(told(evidence).findings) == ["LC317"]  # the template is broken, which is info on sites of others
    equal = told(evidence, lambda finding: Severity.WARNING)
    assert codes(equal.findings) == ["LC302"]


def test_what_was_there_before_hides_nothing_that_a_change_brought(build: Any) -> None:
    page = PageFacts(canonicals=("https://example.com/b",), raw_canonicals=("https://example.com/b",))
    astray = PageFacts(canonicals=("https://example.com/c",), is_amp=True)
    canonical = build.answer(page=page)
    amp = build.answer(Role.AMP, canonical.link.url + "?amp", page=astray, wants={"of": canonical.link.url})
    assert codes(told(build.evidence(canonical, amp)).redundant) == ["LC310"]
    assert "LC310" not in codes(told(build.evidence(canonical, amp, changed=frozenset({"/ampWebUrl"}))).redundant)
    assert codes(told(build.evidence(canonical, amp, changed=frozenset({"/webUrl"}))).redundant) == ["LC310"]


def test_a_finding_of_another_entry_is_not_redundant(build: Any) -> None:
    pages = [build.answer(url=url, pointer=pointer, via=(301,), to=(NEW,), page=OTHER) for url, pointer in (
        ("https://example.com/a", "/related/0/webUrl"),
        ("https://example.com/b", "/related/1/webUrl"),
    )]  # fmt: skip
    data = {"related": [{"title": "Council rejects the plan"}, {"title": "A ferry for the harbour"}]}
    found = told(build.evidence(*pages, data=data))
    assert Counter(codes(found.findings))["LC301"] + codes(found.redundant).count("LC301") == 2


def test_the_table_names_rules_and_each_pair_at_a_scope_once() -> None:
    known = {rule.META.code for rule in all_rules()}
    rows = [
        (stronger, weaker, row.at, row.given, row.adds)
        for row in TABLE
        for stronger in row.stronger
        for weaker in row.weaker
    ]
    assert {code for pair in rows for code in pair[:2]} - known == set()
    assert not [row for row, times in Counter(rows).items() if times > 1]


def test_no_rule_makes_itself_redundant_by_way_of_others() -> None:
    rows = [(stronger, weaker) for row in TABLE for stronger in row.stronger for weaker in row.weaker]
    pairs = {(one, other) for at, (one, other) in enumerate(rows) if (other, one) not in rows[:at]}  # the first row counts
    left = {code for pair in pairs for code in pair}
    while left:
        remaining = {code for code in left if not any(weaker == code and stronger in left for stronger, weaker in pairs)}
        assert remaining, f"they make each other redundant: {sorted(left)}"
        left -= remaining


def test_of_two_urls_of_one_page_what_their_texts_show_is_told_of_each_and_what_the_page_shows_once(build: Any) -> None:
    canonical, original = "http://example.com/2021/06/a-long-story", "http://www.example.com/2021/06/a-long-story"
    asked = build.evidence(build.answer(url=canonical, status=404), build.answer(Role.ORIGINAL, original, 404))
    assert codes(told(asked).findings) == ["LC201"]
    read = build.evidence(build.offline(url=canonical), build.offline(Role.ORIGINAL, original))
    assert codes(told(read).findings) == ["LC116", "LC116"]
    alike = build.evidence(build.offline(url=canonical), build.offline(Role.ORIGINAL, canonical))
    assert codes(told(alike).findings) == ["LC116"]


def replacing_each_other() -> set[str]:
    """The codes that the table replaces, directly or not, by what they replace."""
    stronger_of: dict[str, set[str]] = {}
    for row in TABLE:
        for weaker in row.weaker:
            stronger_of.setdefault(weaker, set()).update(row.stronger)
    for _ in stronger_of:
        for found in stronger_of.values():
            found |= {code for each in found for code in stronger_of.get(each, ())}
    return {code for code, found in stronger_of.items() if code in found}


@pytest.mark.parametrize("severities", [*product(SEVERITIES, repeat=3)], ids="-".join)
def test_findings_that_replace_each_other_leave_one(build: Any, severities: tuple[Severity, ...]) -> None:
    codes_in_circles = sorted(replacing_each_other())
    assert {"LC110", "LC114", "LC211"} <= set(codes_in_circles)
    evidence = build.evidence(build.answer())
    place = evidence.results[0].link.location
    for codes in combinations(codes_in_circles, 3):
        findings = tuple(
            Finding(code, RULES[code].name, severity, place, "is wrong", facts={"title": "a", "final_url": "b"})
            for code, severity in zip(codes, severities, strict=True)
        )
        reported = without_redundant(findings, evidence, lambda finding: finding.severity).findings
        assert reported, codes
        assert min(map(SEVERITIES.index, severities)) in [SEVERITIES.index(each.severity) for each in reported]
