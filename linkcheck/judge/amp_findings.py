"""One finding for an AMP page and its copies on AMP caches: what is wrong with one explains what is wrong with the other."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from linkcheck.judge.amp_pairs import amp_page_of, caches_of, end_without_amp, trouble_of_another
from linkcheck.model import Evidence, Finding, Role, Severity, VerdictKind

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
_WEIGHTS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
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


def one_of_each_pair(evidence: Evidence, findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that another one of the same AMP page or its copies explains."""
    kept = list(findings)
    for pair in _pairs(evidence):
        told = [each for each in kept if each.name in _ORDER and each.location.pointer in (pair.page, *pair.copies)]
        candidates = [each for each in told if each.location.pointer not in pair.explained]
        best = min(candidates, key=lambda each: _rank(each, pair), default=None)
        kept = [each for each in kept if each is best or not any(each is other for other in told)]
    return kept


def _rank(finding: Finding, pair: _Pair) -> tuple[int, int, bool]:
    return _WEIGHTS[finding.severity], _ORDER.index(finding.name), finding.location.pointer != pair.page


def _pairs(evidence: Evidence) -> Iterator[_Pair]:
    explained = frozenset(
        each.link.location.pointer
        for each in evidence.sightings
        if each.link.role in _ROLES and trouble_of_another(evidence, each)
    )
    for sighting in evidence.sightings:
        link = sighting.link
        if link.role is Role.AMP:
            copies = tuple(copy.location.pointer for copy in caches_of(evidence, link))
            in_trouble = sighting.verdict.kind in _IN_TROUBLE or end_without_amp(evidence, sighting) is not None
            yield _Pair(link.location.pointer, copies, explained.union(copies) if in_trouble else explained)
        elif link.role is Role.AMP_CACHE and amp_page_of(evidence, link) is None:
            yield _Pair(None, (link.location.pointer,), explained)
