"""What is new, known or silenced; how grave it is; and what the baseline says afterwards."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.errors import IncompleteError, UsageError
from linkcheck.judge import RULES, skip_verdict
from linkcheck.model import (
    Article,
    Claim,
    Evidence,
    Expectations,
    Fact,
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
    Skip,
    Source,
    Span,
    Status,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.parse import parse
from linkcheck.triage import Baseline, FailureStreak, Triage, TriageOptions, is_silenced, read_baseline, write_baseline
from linkcheck.triage import baseline as baseline_file
from linkcheck.triage.baseline import entry_of
from linkcheck.triage.ignore_comments import UNUSED_IGNORE
from linkcheck.triage.triage import BASELINE_EXPIRED, BASELINE_FIXED

TODAY = "2026-11-22"


def place(pointer: str, line: int = 4, path: str = "a.md") -> Location:
    return Location(path, Span(line, 9, line, 30), pointer)


def finding(code: str = "LC201", pointer: str = "/webUrl", line: int = 4, **more: Any) -> Finding:
    severity = more.pop("severity", RULES[code].severity)
    url = more.pop("url", "https://example.com" + pointer)
    return Finding(code, RULES[code].name, severity, place(pointer, line), "is wrong", url=url, **more)


def link(pointer: str = "/webUrl", line: int = 4, kind: VerdictKind = VerdictKind.OK, **wants: Any) -> LinkResult:
    url = "https://example.com" + pointer
    target = Target(url, Probe.STATUS, "example.com")
    seen = Link(place(pointer, line), Role.CANONICAL, url, Expectations(**wants))
    return LinkResult(seen, target, Verdict(kind, ""), outcome=Outcome(url, Probe.STATUS))


def unasked(pointer: str = "/webUrl", line: int = 4) -> LinkResult:
    skip = Skip("offline", "offline", "https://example.com" + pointer)
    before = link(pointer, line)
    return LinkResult(before.link, before.target, skip_verdict(skip), skip=skip)


def evidence(*results: LinkResult, ignores: tuple[IgnoreComment, ...] = (), changed: set[str] | None = None) -> Evidence:
    lines = tuple(f"line {number}" for number in range(1, 20))
    article = Article("a.md", ignores=ignores, lines=lines)
    return Evidence(article, results=results or (link(),), changed=None if changed is None else frozenset(changed))


def comment(*codes: str, reason: str = "we know", line: int = 4) -> IgnoreComment:
    return IgnoreComment(codes, reason, Span(line, 40, line, 80), line)


def triage(seen: Evidence, *findings: Finding, **options: Any) -> list[Finding]:
    return list(Triage(TriageOptions(today=TODAY, rules=RULES, **options)).article(seen, findings))


def accepting(*findings: Finding, **more: Any) -> Baseline:
    return Baseline("baseline.json", tuple(replace(entry_of(each, added="2026-01-01"), **more) for each in findings))


# Selection and severity


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        pytest.param({}, ["LC201", "LC203", "LC403"], id="all"),
        pytest.param({"select": ("LC2",)}, ["LC201", "LC203"], id="a hundred"),
        pytest.param({"ignore": ("LC2",)}, ["LC403"], id="all but a hundred"),
        pytest.param({"select": ("LC2",), "ignore": ("LC203",)}, ["LC201"], id="but one of them"),
        pytest.param({"select": ("LC203",), "ignore": ("LC2",)}, ["LC203"], id="one in spite of its hundred"),
        pytest.param({"select": ("LC203",), "ignore": ("LC203",)}, [], id="both at once"),
        pytest.param({"ignore": ("trivial-redirect",)}, ["LC201", "LC403"], id="by name"),
        pytest.param({"ignore": ("Trivial-Redirect",)}, ["LC201", "LC403"], id="by name, in capital letters"),
        pytest.param({"ignore": ("lc203",)}, ["LC201", "LC403"], id="in small letters"),
        pytest.param({"severities": (("LC203", None),)}, ["LC201", "LC403"], id="turned off"),
    ],
)
def test_selected_are(options: dict[str, Any], codes: list[str]) -> None:
    found = triage(evidence(), finding("LC201"), finding("LC203"), finding("LC403"), **options)
    assert [each.code for each in found] == codes


@pytest.mark.parametrize("selector", ["LC9", "LC2011", "permanent-redirects"])
def test_an_unknown_selector_is_refused_with_a_likely_one(selector: str) -> None:
    with pytest.raises(UsageError, match="unknown rule `"):
        Triage(TriageOptions(select=(selector,), rules=RULES))


@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        pytest.param("permanent-redirects", "Did you mean permanent-redirect?", id="a letter too many"),
        pytest.param("Permanent_Redirect", "Did you mean permanent-redirect?", id="written otherwise"),
        pytest.param(" ded ", "Did you mean dead?", id="three letters between blanks"),
        pytest.param("201", "Did you mean LC201?", id="a number"),
        pytest.param("LX201", "Did you mean LC201?", id="a code with another letter in it"),
        pytest.param("LC20l", "Did you mean LC201?", id="a code with a letter in it"),
        pytest.param("LC299", "`linkcheck explain LC2` lists the rules LC2xx.", id="a number is no slip of another"),
        pytest.param(" lc299", "`linkcheck explain LC2` lists the rules LC2xx.", id="such a number in small letters"),
        pytest.param("dead12", "`linkcheck explain` lists all rules.", id="a name with a number"),
        pytest.param("something-else", "`linkcheck explain` lists all rules.", id="nothing like it"),
    ],
)
def test_a_selector_that_matches_no_rule_is_answered_with_the_likely_one(selector: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        Triage(TriageOptions(ignore=(selector,), rules=RULES))
    assert str(raised.value) == f"unknown rule `{selector}` ({hint})"


def test_the_narrowest_severity_wins() -> None:
    severities = (("LC2", Severity.ERROR), ("LC203", Severity.WARNING), ("blocked", Severity.ERROR))
    found = triage(evidence(), finding("LC202"), finding("LC203"), finding("LC212"), severities=severities)
    assert [each.severity for each in found] == [Severity.ERROR, Severity.WARNING, Severity.ERROR]


def test_the_narrowest_severity_wins_also_if_it_is_higher() -> None:
    (found,) = triage(evidence(), finding("LC203"), severities=(("LC203", Severity.ERROR), ("LC2", Severity.WARNING)))
    assert found.severity is Severity.ERROR


def test_a_rule_that_cannot_be_turned_off_may_have_another_severity() -> None:
    found = triage(evidence(), finding("LC002"), severities=(("LC002", Severity.INFO), ("LC001", None)))
    assert [each.severity for each in found] == [Severity.INFO]


def test_a_name_between_blanks_is_as_specific_as_a_code() -> None:
    both = {"select": (" trivial-redirect ",), "ignore": ("LC203",)}
    assert triage(evidence(), finding("LC203"), **both) == []
    capitals = {"select": (" LC20  ", "Trivial-Redirect"), "ignore": ("LC203",)}
    assert triage(evidence(), finding("LC203"), **capitals) == []
    assert triage(evidence(), finding("LC203"), select=(" LC20  ",), ignore=("LC203",)) == []


def test_a_rule_that_is_off_is_off_for_what_is_not_published_yet() -> None:
    assert triage(evidence(), finding("LC201", facts={"unpublished": "a draft"}), severities=(("LC201", None),)) == []


def test_without_the_rules_no_selector_is_refused() -> None:
    sorting = Triage(TriageOptions(select=("LC9", "x")))
    assert list(sorting.run([finding("LC201")])) == []
    assert sorting.basis("LC201") is RuleMetadata("LC201", "", Severity.WARNING).basis


def test_a_rule_that_is_off_hides_no_other_finding_of_the_run() -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES, ignore=("LC203",)))
    assert [each.code for each in sorting.run([finding("LC203"), finding("LC201")])] == ["LC201"]


def test_a_fix_that_needs_a_review_keeps_its_reason() -> None:
    unsafe = Fix(FixKind.UNSAFE, "the page may be another one")
    (found,) = triage(evidence(), finding("LC203", severity=Severity.INFO, fix=unsafe, hint="Update the URL."))
    assert found.fix == unsafe


def test_what_is_not_published_yet_stays_information_whatever_the_rule_is_set_to() -> None:
    waiting = finding("LC201", severity=Severity.INFO, facts={"unpublished": "it is new in this change"})
    (found,) = triage(evidence(), waiting, severities=(("LC201", Severity.ERROR),))
    assert found.severity is Severity.INFO


# Ignore comments


@pytest.mark.parametrize("codes", [(), ("LC201",), ("LC2",), ("LC4", "LC201"), ("dead",), ("lc201",)])
def test_a_comment_silences_its_line(codes: tuple[str, ...]) -> None:
    found = triage(evidence(ignores=(comment(*codes),)), finding("LC201"))
    assert found[0].status is Status.IGNORED
    assert found[0].reason == "we know"


def test_a_comment_silences_neither_other_lines_nor_other_codes() -> None:
    found = triage(evidence(ignores=(comment("LC202", line=5),)), finding("LC201"), finding("LC201", line=5))
    assert [each.status for each in found if each.code == "LC201"] == [Status.OPEN, Status.OPEN]


def test_a_comment_without_use_is_told() -> None:
    (found,) = triage(evidence(ignores=(comment("LC202"),)))
    assert (found.code, found.status, found.location.span.line) == ("LC005", Status.OPEN, 4)
    assert found.quote == "line 4"


def test_a_code_without_use_is_told_beside_one_with() -> None:
    found = triage(evidence(ignores=(comment("LC201", "LC403"),)), finding("LC201"))
    assert [each.code for each in found] == ["LC201", "LC005"]
    assert found[1].message == "LC403 in the ignore comment has no effect"


def test_the_code_that_is_there_is_named() -> None:
    found = triage(evidence(ignores=(comment("LC112"),)), finding("LC110"))
    assert found[1].message == "the ignore comment has no effect"
    assert found[1].hint == "Remove it, or use the code of what is found on its line: LC110."
    found = triage(evidence(ignores=(comment("LC112", "LC201"),)), finding("LC201"), finding("LC110"), finding("LC202"))
    assert found[-1].message == "LC112 in the ignore comment has no effect"
    assert found[-1].hint == "Remove it, or use the code of what is found on its line: LC110, LC202."


def test_codes_of_other_lines_and_of_redundant_findings_are_not_named() -> None:
    found = triage(evidence(ignores=(comment("LC112", line=5),)), finding("LC110"))
    assert found[-1].hint == "Remove it, or put it on the line of the value it is for, or directly above."


def test_several_codes_without_use_are_listed() -> None:
    found = triage(evidence(ignores=(comment("LC201", "LC403", "LC402"),)), finding("LC201"))
    assert found[1].message == "LC403, LC402 in the ignore comment has no effect"


def test_a_code_that_is_no_rule_is_called_that() -> None:
    (found,) = triage(evidence(ignores=(comment("LC999"),)))
    assert found.message == "the ignore comment has no effect: there is no rule LC999"


@pytest.mark.parametrize(
    ("result", "codes", "options"),
    [
        pytest.param(link(), ("LC213",), {}, id="for a fault that comes and goes"),
        pytest.param(link(), ("LC2",), {}, id="for a hundred with such faults"),
        pytest.param(link(), (), {}, id="for all, beside a link"),
        pytest.param(unasked(), ("LC202",), {}, id="for a link that was not asked"),
        pytest.param(link(kind=VerdictKind.BLOCKED), ("LC202",), {}, id="for a link that refused"),
        pytest.param(link(kind=VerdictKind.UNREACHABLE), ("LC403",), {}, id="for a link that did not answer"),
        pytest.param(link(), ("LC202",), {"select": ("LC3",)}, id="for a rule that is not selected"),
    ],
)
def test_a_comment_is_not_called_unused(result: LinkResult, codes: tuple[str, ...], options: dict[str, Any]) -> None:
    assert triage(evidence(result, ignores=(comment(*codes),)), **options) == []


@pytest.mark.parametrize("kind", [VerdictKind.OK, VerdictKind.MOVED, VerdictKind.DEAD, VerdictKind.SUSPECT])
def test_a_comment_is_called_unused_where_its_link_has_answered(kind: VerdictKind) -> None:
    assert [each.code for each in triage(evidence(link(kind=kind), ignores=(comment("LC403"),)))] == ["LC005"]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        *((kind, ["LC005"]) for kind in ("invalid-url", "no-base-url", "scheme", "template")),
        *((kind, []) for kind in ("offline", "excluded", "local")),
    ],
)
def test_a_comment_is_called_unused_where_its_link_is_never_requested(kind: str, codes: list[str]) -> None:
    skipped = replace(unasked(), skip=Skip(kind, "why", "x"))
    assert [each.code for each in triage(evidence(skipped, ignores=(comment("LC202"),)))] == codes


def test_a_useless_comment_is_placed_at_the_first_value_of_its_line() -> None:
    head = b"---\na: 1\nb: 2 # linkcheck: ignore[LC202]\nc: x # linkchek: ignore[LC202]\n---\n"
    article = parse(Source("a.md", "a.md", head, len(head)))
    found = triage(Evidence(article))
    assert [(each.location.pointer, each.location.span.line) for each in found] == [("/b", 3), ("/c", 4)]
    first = b"---\na: 1 # linkcheck: ignore[LC202]\n---\n"
    (of_first,) = triage(Evidence(parse(Source("a.md", "a.md", first, len(first)))))
    assert of_first.location.pointer == "/a"
    assert triage(Evidence(article), ignore=("LC005",)) == []
    assert triage(Evidence(article), severities=(("LC005", None),)) == []


def test_a_comment_without_a_code_is_for_every_rule() -> None:
    assert is_silenced((comment(),), 4, "LC201", "dead")
    assert not is_silenced((comment(),), 5, "LC201", "dead")
    assert not is_silenced((comment("LC202"),), 4, "LC201", "dead")


def test_a_comment_beside_no_link_is_unused_whatever_it_is_for() -> None:
    assert [each.code for each in triage(evidence(ignores=(comment("LC213", line=9),)))] == ["LC005"]


@pytest.mark.parametrize("codes", [("LC110",), ("LC1",)])
def test_a_comment_for_front_matter_is_unused_offline_too(codes: tuple[str, ...]) -> None:
    assert [each.code for each in triage(evidence(unasked(), ignores=(comment(*codes),)))] == ["LC005"]


@pytest.mark.parametrize("code", ["LC001", "LC002", "LC004"])
@pytest.mark.parametrize(
    "options",
    [{"select": ("LC2",)}, {"ignore": ("LC0",)}, {"ignore": ("LC001", "LC002", "LC004")}, {"severities": (("LC0", None),)}],
    ids=["not selected", "ignored", "ignored by its code", "off"],
)
def test_that_something_could_not_be_looked_at_is_always_told(code: str, options: dict[str, Any]) -> None:
    told = finding(code)
    (found,) = Triage(TriageOptions(today=TODAY, rules=RULES, **options)).run([told])
    assert replace(found, cause=None) == told


# Only what a change brought


@pytest.mark.parametrize(
    ("severities", "status"), [((), Status.UNCHANGED), ((("LC113", Severity.ERROR),), Status.OPEN)], ids=["same", "rose"]
)
def test_a_finding_of_the_run_about_links_that_were_there_is_known_unless_its_severity_rose(
    severities: tuple[tuple[str, Severity], ...], status: Status
) -> None:
    options = TriageOptions(today=TODAY, rules=RULES, severities=severities)
    untouched = finding("LC113", facts={"untouched": True})
    baseline = accepting(untouched) if not severities else None
    sorting = Triage(options, baseline=baseline, former=TriageOptions(rules=RULES))
    assert [each.status for each in sorting.run([untouched])] == [status]
    assert list(sorting.finish(whole=True)) == []


def test_a_broken_link_that_the_change_did_not_touch_is_known() -> None:
    seen = evidence(link("/webUrl"), link("/ampWebUrl", 5), changed={"/ampWebUrl"})
    found = triage(seen, finding(pointer="/webUrl"), finding(pointer="/ampWebUrl", line=5))
    assert [(each.status, each.reason) for each in found] == [
        (Status.UNCHANGED, "not touched by this change"),
        (Status.OPEN, None),
    ]


@pytest.mark.parametrize(
    ("pointer", "facts", "status"),
    [
        ("/date", {}, Status.OPEN),
        ("/title", {}, Status.UNCHANGED),
        ("/title", {"compared_with": "/date"}, Status.OPEN),
        ("/title", {"compared_with": "/title"}, Status.UNCHANGED),
        ("/webUrl", {"compared_with": "/date"}, Status.OPEN),
    ],
)
def test_what_is_compared_with_a_changed_value_is_touched(pointer: str, facts: dict[str, Fact], status: Status) -> None:
    (found,) = triage(evidence(changed={"/date"}), finding("LC301", pointer=pointer, facts=facts))
    assert found.status is status


@pytest.mark.parametrize(
    ("code", "status"),
    [("LC410", Status.OPEN), ("LC201", Status.UNCHANGED), ("LC411", Status.UNCHANGED), ("LC403", Status.UNCHANGED)],
)
def test_a_requirement_of_the_schema_brings_only_findings_about_it(code: str, status: Status) -> None:
    seen = replace(evidence(link("/cover"), changed=set()), required=frozenset({("/cover", "min_width")}))
    (found,) = triage(seen, finding(code, pointer="/cover"))
    assert found.status is status


@pytest.mark.parametrize(("code", "status"), [("LC201", Status.OPEN), ("LC403", Status.UNCHANGED)])
def test_a_link_that_is_looked_up_elsewhere_brings_no_finding_about_requirements(code: str, status: Status) -> None:
    seen = replace(evidence(link("/cover"), changed=set()), required=frozenset({("/cover", "")}))
    (found,) = triage(seen, finding(code, pointer="/cover"))
    assert found.status is status


def test_a_fault_of_front_matter_is_new_in_any_changed_article() -> None:
    (found,) = triage(evidence(changed=set()), finding("LC110", pointer="/title", url=None))
    assert found.status is Status.OPEN


def test_a_claim_belongs_to_its_link() -> None:
    width = Claim(10, place("/images/0/width", 6))
    seen = evidence(link("/images/0/url", 5, width=width), changed={"/images/0/url"})
    (found,) = triage(seen, finding("LC403", pointer="/images/0/width", line=6))
    assert found.status is Status.OPEN


def test_a_link_is_touched_when_its_partner_is() -> None:
    seen = evidence(link("/ampWebUrl"), link("/cdnAmpWebUrl", 5, of="https://example.com/ampWebUrl"), changed={"/ampWebUrl"})
    (found,) = triage(seen, finding("LC311", pointer="/cdnAmpWebUrl", line=5))
    assert found.status is Status.OPEN


# Strikes


@pytest.mark.parametrize(
    ("strike", "severity"),
    [
        pytest.param(None, Severity.WARNING, id="no history"),
        pytest.param(FailureStreak(1, "2026-11-22T02:00:00Z"), Severity.WARNING, id="the first night"),
        pytest.param(FailureStreak(2, "2026-11-01T02:00:00Z"), Severity.WARNING, id="two nights over many days"),
        pytest.param(FailureStreak(9, "2026-11-21T02:00:00Z"), Severity.WARNING, id="many runs in one day"),
        pytest.param(FailureStreak(3, "2026-11-20T02:00:00Z"), Severity.ERROR, id="three nights over two days"),
        pytest.param(FailureStreak(3, "long ago"), Severity.WARNING, id="a date that is none"),
    ],
)
def test_what_does_not_answer_becomes_an_error_after_some_nights(strike: FailureStreak | None, severity: Severity) -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES, strikes=3, strike_days=2.0), strikes=lambda _url: strike)
    (found,) = sorting.article(evidence(), [finding("LC213")])
    assert found.severity is severity


def test_strikes_are_asked_by_the_url_of_the_target_and_only_for_what_does_not_answer() -> None:
    asked: list[str] = []
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), strikes=asked.append)
    list(sorting.article(evidence(), [finding("LC213"), finding("LC201")]))
    assert asked == ["https://example.com/webUrl"]


def test_a_finding_of_no_link_has_no_strikes() -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), strikes=lambda _url: FailureStreak(9, "2026-01-01"))
    (found,) = sorting.article(evidence(), [finding("LC213", "/no/link")])
    assert (found.severity, found.message) == (Severity.WARNING, "is wrong")


@pytest.mark.parametrize(("runs", "message"), [(1, "is wrong"), (2, "is wrong; failed in 2 runs in a row since 2026-11-22")])
def test_failures_are_counted_from_the_second_on(runs: int, message: str) -> None:
    streak = FailureStreak(runs, "2026-11-22T02:00:00Z")
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), strikes=lambda _url: streak)
    (found,) = sorting.article(evidence(), [finding("LC213")])
    assert found.message == message
    (without,) = triage(evidence(), finding("LC213"))
    assert without.message == "is wrong"


def test_a_host_has_strikes_too() -> None:
    sorting = Triage(
        TriageOptions(today=TODAY, rules=RULES), host_strikes={"example.com": FailureStreak(5, "2026-11-01")}.get
    )
    (found,) = sorting.run([finding("LC214", facts={"host": "example.com"})])
    assert found.severity is Severity.ERROR
    assert found.message == "is wrong; failed in 5 runs in a row since 2026-11-01"


def test_a_limit_of_the_run_is_no_error_after_any_number_of_nights() -> None:
    many = FailureStreak(9, "2026-11-01")
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), strikes=lambda _url: many, host_strikes=lambda _host: many)
    (of_link,) = sorting.article(evidence(), [finding("LC213", facts={"limit_of_run": True})])
    (of_host,) = sorting.run([finding("LC214", facts={"host": "example.com", "limit_of_run": True})])
    assert [(found.severity, found.message) for found in (of_link, of_host)] == [(Severity.WARNING, "is wrong")] * 2


def test_an_amp_page_or_its_copy_is_no_error_after_any_number_of_nights() -> None:
    many = FailureStreak(9, "2026-11-01")
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), strikes=lambda _url: many, host_strikes=lambda _host: many)
    (of_link,) = sorting.article(evidence(), [finding("LC213", facts={"accessory": True})])
    (of_host,) = sorting.run([finding("LC214", facts={"host": "example.com", "accessory": True})])
    told = (Severity.WARNING, "is wrong; failed in 9 runs in a row since 2026-11-01")
    assert [(found.severity, found.message) for found in (of_link, of_host)] == [told] * 2


@pytest.mark.parametrize("code", ["LC313", "LC314"])
@pytest.mark.parametrize(
    ("before", "facts", "nights", "after"),
    [
        pytest.param(Severity.INFO, {}, 2, Severity.INFO, id="too few nights"),
        pytest.param(Severity.INFO, {}, 3, Severity.WARNING, id="enough nights"),
        pytest.param(Severity.WARNING, {}, 9, Severity.WARNING, id="a warning is no error"),
        pytest.param(Severity.INFO, {"unpublished": "it is a draft"}, 9, Severity.INFO, id="an article not published yet"),
    ],
)
def test_a_copy_that_an_amp_cache_lacks_becomes_a_warning_after_some_nights(
    code: str, before: Severity, facts: dict[str, Fact], nights: int, after: Severity
) -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), strikes=lambda _url: FailureStreak(nights, "2026-11-01"))
    (found,) = sorting.article(evidence(), [finding(code, facts=facts, severity=before, hint="Look.")])
    assert found.severity is after
    assert (found.hint == "Look.") is (before is after)


def test_a_severity_chosen_by_the_user_stands() -> None:
    sorting = Triage(
        TriageOptions(today=TODAY, rules=RULES, severities=(("LC213", Severity.INFO),)),
        strikes=lambda _url: FailureStreak(9, "2026-01-01"),
    )
    (found,) = sorting.article(evidence(), [finding("LC213")])
    assert found.severity is Severity.INFO


# Baseline


def test_an_accepted_finding_is_known_and_says_why() -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=accepting(finding(), reason="closed in 2019"))
    known, new = sorting.article(evidence(), [finding(), finding("LC202")])
    assert (known.status, known.reason) == (Status.ACCEPTED, "closed in 2019")
    assert new.status is Status.OPEN
    assert list(sorting.finish(whole=True)) == []


def test_an_entry_without_a_reason_says_since_when() -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=accepting(finding()))
    (known,) = sorting.article(evidence(), [finding()])
    assert known.reason == "in the baseline since 2026-01-01"


@pytest.mark.parametrize(
    ("until", "status", "codes"),
    [("2026-11-22", Status.ACCEPTED, []), ("2026-11-21", Status.OPEN, ["LC007"])],
)
def test_an_entry_counts_to_the_end_of_its_last_day(until: str, status: Status, codes: list[str]) -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=accepting(finding(), until=until))
    (found,) = sorting.article(evidence(), [finding()])
    assert found.status is status
    assert [each.code for each in sorting.finish(whole=False)] == codes


def test_a_fixed_entry_is_told() -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=accepting(finding()))
    list(sorting.article(evidence(), []))
    (found,) = sorting.finish(whole=False)
    assert (found.code, found.location.path, found.message) == ("LC008", "baseline.json", "LC201 at a.md /webUrl is fixed")


@pytest.mark.parametrize(
    ("result", "options"),
    [
        pytest.param(unasked(), {}, id="the link was not asked"),
        pytest.param(link(kind=VerdictKind.BLOCKED), {}, id="the server refused"),
        pytest.param(link(kind=VerdictKind.UNREACHABLE), {}, id="the server did not answer"),
        pytest.param(link(), {"select": ("LC3",)}, id="the rule is not selected"),
        pytest.param(link(), {"ignore": ("dead",)}, id="the rule is ignored by its name"),
        pytest.param(link(), {"severities": (("dead", None),)}, id="the rule is off"),
    ],
)
def test_an_entry_is_neither_fixed_nor_removed_where(result: LinkResult, options: dict[str, Any]) -> None:
    baseline = accepting(finding())
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES, **options), baseline=baseline)
    list(sorting.article(evidence(result), []))
    assert list(sorting.finish(whole=True)) == []
    assert sorting.updated(whole=True).baseline.entries == baseline.entries


@pytest.mark.parametrize(("whole", "codes"), [(True, ["LC008"]), (False, [])])
def test_an_entry_of_another_article_is_fixed_only_when_the_whole_archive_was_looked_at(
    whole: bool,  # noqa: FBT001 - a table's column
    codes: list[str],
) -> None:
    sorting = Triage(
        TriageOptions(today=TODAY, rules=RULES),
        baseline=accepting(replace(finding(), location=place("/webUrl", path="gone.md"))),
    )
    list(sorting.article(evidence(), []))
    assert [each.code for each in sorting.finish(whole=whole)] == codes


def test_an_update_accepts_what_is_there_keeps_reasons_and_drops_what_is_fixed() -> None:
    gone = finding("LC202")
    before = accepting(finding(), gone, reason="closed in 2019", until="2027-01-01")
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=before)
    list(sorting.article(evidence(), [finding(), finding("LC403"), finding("LC203")]))
    update = sorting.updated(whole=True)
    assert (update.accepted, update.removed) == (1, 1)
    after = {entry.rule: entry for entry in update.baseline.entries}
    assert sorted(after) == ["LC201", "LC403"]  # information is not accepted: it fails nothing
    assert (after["LC201"].added, after["LC201"].reason, after["LC201"].until) == (
        "2026-01-01",
        "closed in 2019",
        "2027-01-01",
    )
    assert (after["LC403"].added, after["LC403"].reason) == (TODAY, None)


def test_an_update_renews_an_expired_entry_without_its_end() -> None:
    sorting = Triage(
        TriageOptions(today=TODAY, rules=RULES), baseline=accepting(finding(), until="2026-01-02", reason="soon")
    )
    list(sorting.article(evidence(), [finding()]))
    (entry,) = sorting.updated(whole=True).baseline.entries
    assert (entry.until, entry.reason) == (None, "soon")


@pytest.mark.parametrize("code", ["LC001", "LC005"])
def test_what_linkcheck_says_of_itself_is_never_accepted(code: str) -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=Baseline("baseline.json"))
    list(sorting.run([finding(code)]))
    assert sorting.updated(whole=True).baseline.entries == ()


def test_what_a_comment_silences_or_a_change_left_untouched_is_not_accepted() -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=Baseline("baseline.json"))
    list(sorting.article(evidence(ignores=(comment(),)), [finding()]))
    list(sorting.article(evidence(changed={"/other"}), [finding()]))
    assert sorting.updated(whole=True).baseline.entries == ()


def test_an_untouched_finding_keeps_its_entry() -> None:
    baseline = accepting(finding(), reason="closed")
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=baseline)
    list(sorting.article(evidence(changed={"/other"}), [finding()]))
    assert sorting.updated(whole=False).baseline.entries == baseline.entries


@pytest.mark.parametrize(
    ("expired", "until"), [({}, "2027-03-01"), ({"expired": False}, "2027-03-01"), ({"expired": True}, None)]
)
def test_a_new_entry_keeps_what_the_one_before_says(expired: dict[str, bool], until: str | None) -> None:
    (before,) = accepting(finding(), reason="closed", until="2027-03-01").entries
    entry = entry_of(finding(line=9), added=TODAY, value="0f", before=before, **expired)
    assert entry == replace(before, value="0f", until=until)
    fresh = entry_of(finding(), added=TODAY)
    assert fresh == replace(before, added=TODAY, reason=None, until=None)


def test_what_redundant_findings_would_be_open_alone() -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES, ignore=("LC203",)), baseline=accepting(finding(pointer="/b")))
    rows = [finding(), finding("LC203"), finding(pointer="/b"), finding(line=5)]
    seen = evidence(link(), link("/b"), ignores=(comment("LC201", line=5),))
    list(sorting.article(seen, [], redundant=rows))
    assert [each.location for each in sorting.open_alone(seen, rows)] == [rows[0].location]
    untouched = evidence(link(), link("/b"), changed={"/b"})
    assert list(sorting.open_alone(untouched, rows[:1])) == []


# The file

ENTRY = '{"version": 1, "accepted": [{"rule": "LC201", "path": "a.md", "fingerprint": "0", "added": "2026-01-01", %s}]}'


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = str(tmp_path / "baseline.json")
    baseline = replace(accepting(finding(), reason='a "reason" with ü', until="2027-03-01"), path=path)
    write_baseline(baseline)
    assert read_baseline(path) == baseline


def test_a_baseline_is_sorted_by_place_and_ends_with_a_line_break(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    findings = [finding("LC202"), finding("LC201", "/ampWebUrl"), finding("LC201")]
    write_baseline(replace(accepting(*findings), path=str(path)))
    text = path.read_text("utf-8")
    assert text.endswith("}\n")
    assert [line.split('"')[3] for line in text.splitlines() if '"pointer"' in line] == ["/ampWebUrl", "/webUrl", "/webUrl"]
    write_baseline(replace(accepting(*reversed(findings)), path=str(path)))
    assert path.read_text("utf-8") == text


def test_writing_leaves_no_draft_behind(tmp_path: Path) -> None:
    write_baseline(Baseline(str(tmp_path / "baseline.json")))
    assert [each.name for each in tmp_path.iterdir()] == ["baseline.json"]


def test_a_baseline_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(IncompleteError, match="cannot be written"):
        write_baseline(Baseline(str(tmp_path / "no" / "folder.json")))


def test_a_baseline_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "baseline.json"
    text = '{"version": 1, "accepted": []}'
    path.write_text(text, "utf-8")
    monkeypatch.setattr(baseline_file, "LARGEST", len(text))
    assert read_baseline(str(path)).entries == ()
    path.write_text(f"{text} ", "utf-8")
    with pytest.raises(UsageError, match="the baseline is larger than 0 MiB"):
        read_baseline(str(path))
    monkeypatch.setattr(baseline_file, "LARGEST", 2 << 20)
    path.write_text(" " * (2 << 20) + "x", "utf-8")
    with pytest.raises(UsageError, match=r"baseline.json: the baseline is larger than 2 MiB$"):
        read_baseline(str(path))


def test_a_missing_baseline_is_an_error_unless_it_is_to_be_made(tmp_path: Path) -> None:
    path = str(tmp_path / "baseline.json")
    with pytest.raises(UsageError, match="--update-baseline"):
        read_baseline(path)
    assert read_baseline(path, missing_is_empty=True) == Baseline(path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[]", id="a list"),
        pytest.param('{"version": 2, "accepted": []}', id="a later version"),
        pytest.param('{"version": 1, "accepted": [{"rule": "LC201"}]}', id="an entry without a fingerprint"),
        pytest.param('{"version": 1, "accepted": [], "more": 1}', id="an unknown key"),
        pytest.param("[" * 100_000, id="nested without end"),
        pytest.param(ENTRY % '"until": "soon"', id="a bad date"),
        pytest.param('{"version": 1, "accepted": [{"rule": "\\ud800"}]}', id="half a surrogate pair"),
    ],
)
def test_what_is_no_baseline_is_refused_with_its_path(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"baseline\.json: "):
        read_baseline(str(path))


# In step with judge, which documents what triage finds


def test_triage_refers_to_its_own_rules_by_their_codes() -> None:
    own = {code: RULES[code].name for code in (UNUSED_IGNORE, BASELINE_EXPIRED, BASELINE_FIXED)}
    assert own == {"LC005": "unused-ignore", "LC007": "baseline-expired", "LC008": "baseline-fixed"}


def test_what_accepts_a_redundant_finding_stays_in_use() -> None:
    accepted, ignored = finding("LC317"), finding("LC318", line=5)
    entry = entry_of(accepted, added="2026-11-01")
    triage = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=Baseline("baseline.json", (entry,)))
    article = Article("a.md", ignores=(IgnoreComment(("LC318",), "rewritten", Span(5, 40, 5, 60), 5),))
    told = list(triage.article(Evidence(article, results=(link(),)), (), redundant=(accepted, ignored)))
    assert told == []
    assert list(triage.finish(whole=True)) == []
    assert triage.updated(whole=True).removed == 0


def test_an_accepted_finding_of_a_host_is_known_wherever_its_first_link_stands() -> None:
    dropped = replace(finding(), code="LC321", name="amp-dropped", subject="www.example.com")
    moved = replace(dropped, location=replace(dropped.location, path="b.md"))
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=accepting(dropped))
    (known,) = sorting.run([moved])
    assert known.status is Status.ACCEPTED


def test_an_accepted_finding_of_a_host_is_not_fixed_where_a_run_saw_only_its_first_article() -> None:
    dropped = replace(finding(), code="LC321", name="amp-dropped", subject="www.example.com")
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), baseline=accepting(dropped))
    assert not list(sorting.article(evidence(), []))
    assert not list(sorting.finish(whole=False))
