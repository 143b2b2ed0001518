"""What triage does about a rule follows from the attributes of the rule, whatever its code and name are."""

from typing import Any

import pytest

from linkcheck.judge import RULES
from linkcheck.model import (
    Article,
    Basis,
    Escalation,
    Evidence,
    Finding,
    Fix,
    FixKind,
    IgnoreComment,
    Link,
    LinkResult,
    Location,
    Outcome,
    Probe,
    Role,
    RuleMetadata,
    Severity,
    Span,
    Status,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.triage import Baseline, FailureStreak, Triage, TriageOptions
from linkcheck.triage.baseline import entry_of

URL = "https://example.com/a"
PLACE = Location("a.md", Span(4, 9, 4, 30), "/webUrl")
NAMED_ALIKE = RuleMetadata("LC901", "made-up-too", Severity.WARNING)


def ruled(severity: Severity = Severity.WARNING, **attributes: Any) -> TriageOptions:
    rules = {**RULES, "LC900": RuleMetadata("LC900", "made-up", severity, **attributes), "LC901": NAMED_ALIKE}
    return TriageOptions(today="2026-11-22", rules=rules)


def finding(severity: Severity = Severity.WARNING, **more: Any) -> Finding:
    return Finding("LC900", "made-up", severity, PLACE, "is wrong", url=URL, **more)


def evidence(kind: VerdictKind = VerdictKind.OK, *codes: str) -> Evidence:
    comments = (IgnoreComment(codes, "we know", Span(4, 40, 4, 80), 4),) if codes else ()
    link = Link(PLACE, Role.CANONICAL, URL)
    seen = LinkResult(link, Target(URL, Probe.STATUS, "example.com"), Verdict(kind, ""), outcome=Outcome(URL, Probe.STATUS))
    return Evidence(Article("a.md", ignores=comments), results=(seen,))


def unused(options: TriageOptions, kind: VerdictKind, code: str) -> bool:
    return [each.code for each in Triage(options).article(evidence(kind, code), ())] == ["LC005"]


@pytest.mark.parametrize("code", ["LC900", "LC9", "lc900", "made-up"])
def test_a_comment_for_a_transient_rule_is_not_unused_on_a_good_day(code: str) -> None:
    assert unused(ruled(), VerdictKind.OK, code)
    assert not unused(ruled(transient=True), VerdictKind.OK, code)


@pytest.mark.parametrize("code", ["LC900", "made-up"])
@pytest.mark.parametrize(
    ("basis", "is_unused"),
    [
        pytest.param(Basis.TEXT, True, id="what is found in the article alone"),
        pytest.param(Basis.ARTICLES, False, id="what is found by comparing articles"),
        pytest.param(Basis.RESPONSE, False, id="what needs a response"),
    ],
)
def test_a_comment_is_unused_without_a_response_for_a_fault_of_the_text(
    basis: Basis,
    is_unused: bool,  # noqa: FBT001 - a column of the table
    code: str,
) -> None:
    assert unused(ruled(basis=basis), VerdictKind.BLOCKED, code) is is_unused


def test_a_comment_for_several_rules_waits_for_the_one_that_needs_a_response() -> None:
    assert not unused(ruled(basis=Basis.TEXT), VerdictKind.BLOCKED, "LC9")


@pytest.mark.parametrize("code", ["LC999", "no-such-rule"])
def test_a_comment_for_no_rule_is_unused_whatever_the_link_returned(code: str) -> None:
    assert unused(ruled(), VerdictKind.BLOCKED, code)


@pytest.mark.parametrize(
    ("basis", "codes"),
    [
        pytest.param(Basis.TEXT, ["LC008"], id="what is found in the article alone"),
        pytest.param(Basis.ARTICLES, ["LC008"], id="what is found by comparing articles"),
        pytest.param(Basis.RESPONSE, [], id="what needs a response"),
    ],
)
def test_an_accepted_finding_is_fixed_without_a_response_only_if_none_is_needed(basis: Basis, codes: list[str]) -> None:
    accepted = Baseline("baseline.json", (entry_of(finding(), added="2026-01-01"),))
    sorting = Triage(ruled(basis=basis), baseline=accepted)
    assert list(sorting.article(evidence(VerdictKind.BLOCKED), ())) == []
    assert [each.code for each in sorting.finish(whole=True)] == codes


@pytest.mark.parametrize(
    "narrowed",
    [{"select": ("LC2",)}, {"ignore": ("made-up",)}, {"severities": (("LC900", None),)}],
    ids=["not selected", "ignored", "off"],
)
def test_a_rule_that_cannot_be_deselected_is_always_reported(narrowed: dict[str, Any]) -> None:
    def reported(**attributes: Any) -> list[Finding]:
        options = ruled(**attributes)
        return list(Triage(TriageOptions(today=options.today, rules=options.rules, **narrowed)).run([finding()]))

    assert reported() == []
    assert [each.code for each in reported(deselectable=False)] == [finding().code]


def test_a_baseline_accepts_what_is_acceptable() -> None:
    def accepted(**attributes: Any) -> int:
        sorting = Triage(ruled(**attributes), baseline=Baseline("baseline.json"))
        list(sorting.run([finding()]))
        return sorting.updated(whole=True).accepted

    assert accepted() == 1
    assert accepted(acceptable=False) == 0


@pytest.mark.parametrize(
    ("escalation", "before", "after"),
    [
        pytest.param(None, Severity.INFO, Severity.INFO, id="info that is not counted"),
        pytest.param(None, Severity.WARNING, Severity.WARNING, id="a warning that is not counted"),
        pytest.param(Escalation.UNREACHABLE, Severity.INFO, Severity.INFO, id="info about what gives no response"),
        pytest.param(Escalation.UNREACHABLE, Severity.WARNING, Severity.ERROR, id="a warning about what gives no response"),
        pytest.param(Escalation.MISSING_COPY, Severity.INFO, Severity.WARNING, id="info about a copy that is missing"),
        pytest.param(Escalation.MISSING_COPY, Severity.WARNING, Severity.WARNING, id="a warning about a missing copy"),
    ],
)
def test_what_recurs_becomes_graver_as_its_rule_states(
    escalation: Escalation | None, before: Severity, after: Severity
) -> None:
    many = FailureStreak(9, "2026-11-01")
    sorting = Triage(ruled(before, escalation=escalation), strikes=lambda _url: many, host_strikes=lambda _host: many)
    (of_link,) = sorting.article(evidence(), [finding(before)])
    (of_host,) = sorting.run([finding(before, facts={"host": "example.com"})])
    assert (of_link.severity, of_host.severity) == (after, after)
    assert ("strikes" in of_link.facts, "strikes" in of_host.facts) == (escalation is not None, escalation is not None)


@pytest.mark.parametrize(
    ("safe_as_info", "severity", "kind"),
    [
        pytest.param(False, Severity.WARNING, FixKind.SAFE, id="a warning"),
        pytest.param(False, Severity.INFO, FixKind.UNSAFE, id="info, which may be intended"),
        pytest.param(True, Severity.INFO, FixKind.SAFE, id="info about the spelling"),
    ],
)
def test_a_safe_fix_of_an_info_is_safe_where_its_rule_states_so(
    safe_as_info: bool,  # noqa: FBT001 - a column of the table
    severity: Severity,
    kind: FixKind,
) -> None:
    fixable = finding(severity, fix=Fix(FixKind.SAFE, "the same page"))
    for fixed in (
        *Triage(ruled(severity, safe_as_info=safe_as_info)).article(evidence(), [fixable]),
        *Triage(ruled(severity, safe_as_info=safe_as_info)).run([fixable]),
    ):
        assert fixed.fix is not None
        assert (fixed.fix.kind, fixed.status) == (kind, Status.OPEN)
