"""One finding for an AMP page and its copies on AMP caches: what is wrong with one explains what is wrong with the other."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.judge.comparison.amp_pairs import (
    amp_page_of,
    caches_of,
    end_without_amp,
    is_lost,
    publisher_of,
    trouble_of_another,
)
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.page_signs.other_content import no_article
from linkcheck.judge.redundancy import ReportedFinding, Weigh, is_more_severe, without
from linkcheck.model import SEVERITIES, Evidence, Finding, Role, Severity, VerdictKind

_ORDER = (
    "domain-taken-over",
    "parked-domain",
    "domain-not-found",
    "dead",
    "content-removed",
    "soft-404",
    "redirect-to-home",
    "error-page",
    "redirect-loop",
    "bad-redirect",
    "broken-body",
    "unexpected-status",
    "not-a-page",
    "not-amp",
    "login-or-consent",
    "tls-expired",
    "tls-wrong-host",
    "tls-untrusted",
    "tls-incomplete-chain",
    "unreachable",
    "amphtml-differs",
    "permanent-redirect",
    "meta-refresh",
    "amp-canonical-mismatch",
    "amphtml-missing",
    "amp-cache-dead",
    "amp-cache-retired",
    "blocked",
    "amp-cache-without-amp",
    "temporary-redirect",
    "long-redirect-chain",
)
"""Rules about the responses for an AMP page and its copies. Of equally severe findings the first counts."""
_ADDRESS = ("amp-cache-address", "not-on-amp-cache")
"""Rules about a copy's address. Errors by default, but a page that is gone needs no copy: its finding hides them."""
_ROLES = (Role.AMP, Role.AMP_CACHE)
_IN_TROUBLE = (VerdictKind.DEAD, VerdictKind.SUSPECT, VerdictKind.UNREACHABLE)


class _Pair(Struct, frozen=True):
    """The pointers of an AMP page, None if the article does not contain it, and of its copies.

    `explained` are those with nothing left to report: the page's own problem explains its copies', and the regular
    page's explains both. `is_lost` means that the AMP page is gone, or is not one.
    """

    page: str | None
    copies: tuple[str, ...]
    explained: frozenset[str]
    is_lost: bool = False


def one_of_each_pair(reported: ReportedFinding, evidence: Evidence, options: JudgeOptions, weigh: Weigh) -> ReportedFinding:
    """What is reported without what another finding of the same AMP page or its copies explains, or of their host.

    As in `redundancy`, a rule that is turned off explains nothing, and what was there before the change under check explains
    nothing that the change brought.
    """
    replaced = _replaced_by_host(reported.findings, evidence, options, weigh)
    kept = without(reported.findings, replaced)
    dropped = [*reported.redundant, *replaced]
    for pair in _pairs(evidence):
        found = [each for each in kept if each.name in _ORDER and each.location.pointer in (pair.page, *pair.copies)]
        weighed = [(_rank(severity, each, pair), each) for each in found if (severity := weigh(each)) is not None]
        unexplained = [each for each in weighed if each[1].location.pointer not in pair.explained]
        best = min(unexplained, key=lambda each: each[0])[1] if unexplained else None
        explained = [
            finding
            for _, finding in weighed
            if finding.location.pointer in pair.explained
            or (finding is not best and best is not None and not _is_introduced(evidence, finding, best.location.pointer))
        ]
        if pair.page is not None and pair.is_lost and any(each.location.pointer == pair.page for _, each in weighed):
            addresses = (each for each in kept if each.name in _ADDRESS and each.location.pointer in pair.copies)
            explained += (each for each in addresses if not _is_introduced(evidence, each, pair.page))
        kept = without(kept, explained)
        dropped += explained
    return replace(reported, findings=kept, redundant=tuple(dropped))


def _replaced_by_host(found: tuple[Finding, ...], evidence: Evidence, options: JudgeOptions, weigh: Weigh) -> list[Finding]:
    """Findings of AMP pages and copies that the finding about their host, which has abandoned AMP, replaces."""
    pointers = set(_of_dropped_hosts(evidence, options)) if options.dropped_amp else set()
    theirs = [each for each in found if each.name in (*_ORDER, *_ADDRESS) and each.location.pointer in pointers]
    if not theirs:
        return []
    from linkcheck.judge.rules import amp_dropped

    severity = weigh(
        Finding(amp_dropped.META.code, amp_dropped.META.name, amp_dropped.META.severity, theirs[0].location, "")
    )
    if severity is None:
        return []
    return [each for each in theirs if each.name in _ADDRESS or not is_more_severe(weigh(each), severity)]


def _of_dropped_hosts(evidence: Evidence, options: JudgeOptions) -> Iterator[str]:
    for result in evidence.results:
        link = result.link
        if link.role is Role.AMP:
            answer = result.outcome.answer if result.outcome is not None else None
            is_none = is_lost(evidence, result) or (answer is not None and no_article(link, answer) is not None)
            host = result.target.host if is_none else None
        else:
            host = publisher_of(evidence, link) if link.role is Role.AMP_CACHE else None
        if host in options.dropped_amp:
            yield link.location.pointer


def _rank(severity: Severity, finding: Finding, pair: _Pair) -> tuple[int, int, bool]:
    return SEVERITIES.index(severity), _ORDER.index(finding.name), finding.location.pointer != pair.page


def _is_introduced(evidence: Evidence, finding: Finding, other: str) -> bool:
    """Whether the change under check brought what a finding is about, and not what is at another pointer."""
    return _is_brought(evidence, finding.location.pointer, other)


def _is_brought(evidence: Evidence, pointer: str, other: str) -> bool:
    return evidence.changed is not None and pointer in evidence.changed and other not in evidence.changed


def _pairs(evidence: Evidence) -> Iterator[_Pair]:
    explained = frozenset(_explained(evidence))
    for result in evidence.results:
        link = result.link
        if link.role is Role.AMP:
            copies = tuple(copy.location.pointer for copy in caches_of(evidence, link))
            in_trouble = result.verdict.kind in _IN_TROUBLE or end_without_amp(evidence, result) is not None
            old = (copy for copy in copies if in_trouble and not _is_brought(evidence, copy, link.location.pointer))
            yield _Pair(link.location.pointer, copies, explained.union(old), is_lost(evidence, result))
        elif link.role is Role.AMP_CACHE and amp_page_of(evidence, link) is None:
            yield _Pair(None, (link.location.pointer,), explained)


def _explained(evidence: Evidence) -> Iterator[str]:
    """The pointers of AMP pages and copies whose problem is that of another page of the article."""
    for result in evidence.results:
        other = trouble_of_another(evidence, result) if result.link.role in _ROLES else None
        pointer = result.link.location.pointer
        if other is not None and not _is_brought(evidence, pointer, other.link.location.pointer):
            yield pointer
