"""One finding for an AMP page and its copies on AMP caches: what is wrong with one explains what is wrong with the other."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.judge.amp_pairs import amp_page_of, caches_of, end_without_amp, trouble_of_another
from linkcheck.judge.redundancy import Told, Weigh
from linkcheck.model import SEVERITIES, Evidence, Finding, Role, Severity, VerdictKind

_ORDER = (
    "domain-taken-over",
    "parked-domain",
    "gone-domain",
    "dead",
    "content-removed",
    "soft-404",
    "redirect-to-home",
    "error-page",
    "redirect-loop",
    "bad-redirect",
    "broken-body",
    "odd-status",
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
    "amp-canonical-astray",
    "amphtml-missing",
    "amp-cache-dead",
    "amp-cache-retired",
    "blocked",
    "amp-cache-alone",
    "temporary-redirect",
    "long-redirect-chain",
)
"""Rules about what answers for an AMP page and for its copies. Of findings equally grave the first counts."""
_ROLES = (Role.AMP, Role.AMP_CACHE)
_IN_TROUBLE = (VerdictKind.DEAD, VerdictKind.SUSPECT, VerdictKind.UNREACHABLE)


class _Pair(Struct, frozen=True):
    """The pointers of an AMP page, None where the article does not name it, and of its copies.

    `explained` are those at which nothing is left to say: the page's own trouble explains its copies', and the regular
    page's explains both.
    """

    page: str | None
    copies: tuple[str, ...]
    explained: frozenset[str]


def one_of_each_pair(told: Told, evidence: Evidence, weigh: Weigh) -> Told:
    """What is told without what another finding of the same AMP page or its copies explains.

    As in `redundancy`, a rule that is turned off explains nothing, and what was there before the change under check explains
    nothing that the change brought.
    """
    kept, dropped = list(told.findings), list(told.redundant)
    for pair in _pairs(evidence):
        found = [each for each in kept if each.name in _ORDER and each.location.pointer in (pair.page, *pair.copies)]
        weighed = [(_rank(severity, each, pair), each) for each in found if (severity := weigh(each)) is not None]
        told_once = [each for each in weighed if each[1].location.pointer not in pair.explained]
        best = min(told_once, key=lambda each: each[0])[1] if told_once else None
        for _, finding in weighed:
            is_explained = finding.location.pointer in pair.explained
            if is_explained or (
                finding is not best
                and best is not None
                and not _is_news(evidence, finding.location.pointer, best.location.pointer)
            ):
                kept = [each for each in kept if each is not finding]
                dropped.append(finding)
    return replace(told, findings=tuple(kept), redundant=tuple(dropped))


def _rank(severity: Severity, finding: Finding, pair: _Pair) -> tuple[int, int, bool]:
    return SEVERITIES.index(severity), _ORDER.index(finding.name), finding.location.pointer != pair.page


def _is_news(evidence: Evidence, pointer: str, other: str) -> bool:
    """Whether the change under check brought what is at a pointer, and not what is at the other one."""
    return evidence.changed is not None and pointer in evidence.changed and other not in evidence.changed


def _pairs(evidence: Evidence) -> Iterator[_Pair]:
    explained = frozenset(_explained(evidence))
    for sighting in evidence.sightings:
        link = sighting.link
        if link.role is Role.AMP:
            copies = tuple(copy.location.pointer for copy in caches_of(evidence, link))
            in_trouble = sighting.verdict.kind in _IN_TROUBLE or end_without_amp(evidence, sighting) is not None
            old = (copy for copy in copies if in_trouble and not _is_news(evidence, copy, link.location.pointer))
            yield _Pair(link.location.pointer, copies, explained.union(old))
        elif link.role is Role.AMP_CACHE and amp_page_of(evidence, link) is None:
            yield _Pair(None, (link.location.pointer,), explained)


def _explained(evidence: Evidence) -> Iterator[str]:
    """The pointers of AMP pages and copies whose trouble is that of another page of the article."""
    for sighting in evidence.sightings:
        other = trouble_of_another(evidence, sighting) if sighting.link.role in _ROLES else None
        pointer = sighting.link.location.pointer
        if other is not None and not _is_news(evidence, pointer, other.link.location.pointer):
            yield pointer
