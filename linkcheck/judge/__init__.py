"""Evidence in, findings out: the only step that decides what is wrong (pure)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linkcheck.judge.classify import NOT_REACHED, local_verdict, skip_verdict, verdict
from linkcheck.judge.host_failures import host_verdict
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import Accept, AmpCount, JudgeOptions, accepted, options_for
from linkcheck.judge.ownership import severity_at
from linkcheck.judge.protocol import Documented, Rule, RunRule
from linkcheck.judge.publication import is_awaited_by_others, pages_awaited, unpublished
from linkcheck.judge.redundancy import ReportedFinding, Weigh, run_findings, without, without_redundant
from linkcheck.judge.registry import RULES, all_rules, rules_for, run_rules
from linkcheck.judge.run_facts import (
    LEAST_SHARED,
    DownHost,
    DroppedAmp,
    EndingCertificate,
    LeftOut,
    RunFacts,
    RunFactsBuilder,
    RunFactsPart,
    SharedImage,
)
from linkcheck.judge.select import ARCHIVED_ROLES, LIVING, LOST, SHARED, is_shared
from linkcheck.judge.site_roots import FoundFolder, SiteRootSurvey
from linkcheck.judge.titles.same_day import day_of, headline
from linkcheck.judge.url_fields import UrlFieldSurvey
from linkcheck.model import (
    Article,
    Basis,
    Evidence,
    Finding,
    Fix,
    Link,
    LinkResult,
    Outcome,
    Role,
    Severity,
    Snapshot,
    VerdictKind,
    WantedCopy,
)
from linkcheck.urls import mask

if TYPE_CHECKING:
    from linkcheck.judge.rule_documentation import Documentation

__all__ = [
    "ARCHIVED_ROLES",
    "LEAST_SHARED",
    "LIVING",
    "LOST",
    "NOT_REACHED",
    "RULES",
    "Accept",
    "AmpCount",
    "Documented",
    "DownHost",
    "DroppedAmp",
    "EndingCertificate",
    "FoundFolder",
    "JudgeOptions",
    "LeftOut",
    "ReportedFinding",
    "Rule",
    "RunFacts",
    "RunFactsBuilder",
    "RunFactsPart",
    "RunRule",
    "SharedImage",
    "SiteRootSurvey",
    "UrlFieldSurvey",
    "accepted",
    "all_rules",
    "day_of",
    "documentation",
    "headline",
    "host_verdict",
    "is_awaited_by_others",
    "is_copy",
    "is_copy_missing",
    "is_detour",
    "is_gate",
    "judge",
    "judge_article",
    "judge_removals",
    "judge_run",
    "local_verdict",
    "options_for",
    "skip_verdict",
    "unpublished",
    "verdict",
    "vouched",
    "wanted_copies",
]

_LONGEST_QUOTE = 400


def judge(evidence: Evidence, options: JudgeOptions) -> Iterator[Finding]:
    """All findings of an article, each cause once, in the order of its lines."""
    return iter(judge_article(evidence, options).findings)


def judge_article(
    evidence: Evidence, options: JudgeOptions, *, weigh: Weigh = lambda finding: finding.severity
) -> ReportedFinding:
    """The same, with the findings that are left out because another one has the same cause (`redundancy`).

    `weigh` returns the severity of a finding for the user, and None if it is not reported.
    """
    options = options_for(evidence.article, options)
    copies: Mapping[str, str] = {}
    if any(result.outcome is not None for result in evidence.results):
        from linkcheck.judge.vouching import reassess

        evidence = reassess(evidence, options)
        copies = _stated_copies(evidence)
    awaited = pages_awaited(evidence, options)
    prefixes = {result.link.location.pointer: result.link.prefix for result in evidence.results if result.link.prefix}
    findings = [
        finding
        for rule in rules_for(evidence)
        for issue in rule.check(evidence, options)
        if (finding := _finding(rule, _without_prefix(issue, prefixes), evidence, options, awaited, copies=copies))
        is not None
    ]
    findings.sort(key=_place)
    of_run = run_findings(findings, weigh)
    reported = without_redundant(without(findings, of_run), evidence, weigh)
    reported = replace(reported, redundant=(*reported.redundant, *of_run))
    if any(result.link.role in (Role.AMP, Role.AMP_CACHE) for result in evidence.results):
        from linkcheck.judge.merge_amp import one_of_each_pair

        reported = one_of_each_pair(reported, evidence, options, weigh)
    return reported


def judge_removals(evidence: Evidence, options: JudgeOptions) -> Iterator[Finding]:
    """The finding about a host that has abandoned AMP, for a single article.

    `remove` among the facts are the pointers of the keys to remove together.
    """
    from linkcheck.judge.dropped_amp import issues_of
    from linkcheck.judge.rules import amp_dropped

    for issue in issues_of(evidence, options):
        yield _as_finding(amp_dropped, issue, amp_dropped.META.severity)


def wanted_copies(
    evidence: Evidence, options: JudgeOptions, *, kinds: Collection[VerdictKind] = LOST
) -> Iterator[tuple[LinkResult, WantedCopy]]:
    """The links of an article to pages with one of these verdicts, each with what to look for in web archives."""
    from linkcheck.judge.archived_copies import wanted_copies

    return wanted_copies(evidence, options, kinds=kinds)


def is_copy(wanted: WantedCopy, snapshot: Snapshot) -> bool | None:
    """Whether a snapshot in a web archive is a copy of a page; None if nothing shows it, and nothing contradicts it."""
    from linkcheck.judge.archived_copies import is_copy

    return is_copy(wanted, snapshot)


def is_copy_missing(outcome: Outcome, kind: VerdictKind) -> bool:
    """Whether an AMP cache responded that it has no copy: counted as a failed run, although it responded."""
    from linkcheck.judge.comparison.amp_pairs import is_copy_missing

    return is_copy_missing(outcome, kind)


def judge_run(
    run: RunFacts, options: JudgeOptions, *, line: Callable[[str, int], str | None] | None = None
) -> Iterator[Finding]:
    """Findings about a run as a whole, or about a host that many articles link to.

    `line` gives the line of an article by path and number, to quote from, and None if there is none.
    """
    findings = []
    for rule in run_rules():
        for issue in rule.check_run(run, options):
            # Without a pointer, a finding is not about a value, but about a file or the run.
            place = issue.location
            text = line(place.path, place.span.line) if line is not None and place.pointer else None
            findings.append(_as_finding(rule, issue, _severity(rule, issue), None if text is None else _quote(text)))
    findings.sort(key=_place)
    return iter(findings)


def vouched(outcome: Outcome, linking: Iterable[tuple[Article, Link]], options: JudgeOptions) -> Outcome | None:
    """A suspect outcome that the article confirms as correct, with that recorded; None if none does."""
    from linkcheck.judge.vouching import may_be_vouched_for, vouches

    if outcome.answer is None or not may_be_vouched_for(outcome):
        return None
    if not any(vouches(article, link, outcome, options_for(article, options)) for article, link in linking):
        return None
    return replace(outcome, answer=replace(outcome.answer, vouched=True))


def is_detour(outcome: Outcome) -> bool:
    """Whether only a temporary redirect led to the final page."""
    from linkcheck.judge.url_traits.redirect_chain import detours

    return outcome.answer is not None and detours(outcome, outcome.answer)


def is_gate(outcome: Outcome) -> bool:
    """Whether a known wall, such as a login page, was returned instead of the page."""
    from linkcheck.judge.page_signs.walls import gate_page

    return outcome.answer is not None and gate_page(outcome, outcome.answer) is not None


def documentation(code: str) -> "Documentation | None":
    """The documentation of a rule, by its code or name in any case; None if there is no such rule."""
    from linkcheck.judge.rule_documentation import find

    return find(code)


def _stated_copies(evidence: Evidence) -> Mapping[str, str]:
    if all(result.link.role is not Role.ARCHIVE for result in evidence.results):
        return {}
    from linkcheck.judge.archived_copies import stated_copies

    return stated_copies(evidence)


def _is_lost(evidence: Evidence, issue: Issue, copies: Mapping[str, str]) -> bool:
    from linkcheck.judge.archived_copies import is_lost

    return is_lost(evidence, issue, copies)


def _finding(
    rule: Rule,
    issue: Issue,
    evidence: Evidence,
    options: JudgeOptions,
    awaited: Mapping[str, str],
    *,
    copies: Mapping[str, str],
) -> Finding | None:
    """The finding for an issue; None if only the owner of another site could fix it (`ownership`)."""
    severity = severity_at(rule.META.owner_only, _severity(rule, issue), issue.location.pointer, evidence, options)
    if severity is None:
        return None
    line = issue.location.span.line - 1
    lines = evidence.article.lines
    quote = _quote(lines[line]) if line < len(lines) else None
    if rule.META.awaits_publication and (why := awaited.get(issue.location.pointer)) is not None:
        facts = {**issue.facts, "unpublished": why}
        waiting = Issue(issue.location, issue.message, issue.url, f"Nothing to do yet: {why}.", facts)
        return _as_finding(rule, waiting, Severity.INFO, quote)
    if copies and rule.META.basis is Basis.RESPONSE and _is_lost(evidence, issue, copies):
        name = copies[issue.location.pointer].rpartition("/")[2]
        kept = replace(issue, hint=f"Nothing to do: `{name}` has a copy of the page.", fix=None)
        return _as_finding(rule, kept, Severity.INFO, quote)
    if issue.fix is not None and is_shared(evidence.article, issue.location.span):
        issue = replace(issue, fix=None, facts={**issue.facts, "not_fixed": SHARED})
    return _as_finding(rule, issue, severity, quote)


def _without_prefix(issue: Issue, prefixes: Mapping[str, str]) -> Issue:
    """The issue, with the part of the URL to write that follows the prefix of the schema; without a fix if there is none."""
    prefix = prefixes.get(issue.location.pointer)
    expected = issue.facts.get("expected", issue.facts.get("final_url"))
    if prefix is None or issue.fix is None or not isinstance(expected, str):
        return issue
    rest = expected.removeprefix(prefix) if "expected" in issue.facts else ""
    if not rest or rest == expected or rest.startswith(("/", "\\", "#", "?")):
        return replace(issue, fix=None)
    return replace(issue, facts={**issue.facts, "expected": rest})


def _severity(rule: Documented, issue: Issue) -> Severity:
    return rule.META.severity if issue.severity is None else issue.severity


def _as_finding(rule: Documented, issue: Issue, severity: Severity, quote: str | None = None) -> Finding:
    return Finding(
        code=rule.META.code,
        name=rule.META.name,
        severity=severity,
        location=issue.location,
        message=mask(issue.message),
        url=None if issue.url is None else mask(issue.url),
        hint=None if issue.hint is None else mask(issue.hint),
        facts=issue.facts,
        quote=quote,
        subject=issue.subject,
        fix=None if issue.fix is None else Fix(issue.fix.kind, mask(issue.fix.reason)),
    )


def _quote(line: str) -> str:
    return mask(line[:_LONGEST_QUOTE])


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    span = finding.location.span
    return finding.location.path, span.line, span.column, finding.code, finding.location.pointer
