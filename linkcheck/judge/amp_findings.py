"""One finding for an AMP page and its copies on AMP caches: what is wrong with one explains what is wrong with the other."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from linkcheck.judge.amp_pairs import amp_page_of, caches_of, end_without_amp, trouble_of_regular_page
from linkcheck.model import Evidence, Finding, Role, Severity, Sighting, VerdictKind

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
_IN_TROUBLE = (VerdictKind.DEAD, VerdictKind.SUSPECT, VerdictKind.UNREACHABLE)


class _Pair(Struct, frozen=True):
    """The pointers of an AMP page, None where the article does not name it, and of its copies."""

    page: str | None
    copies: tuple[str, ...]
    page_only: bool = False
    """Whether the page is in trouble, which says all there is to say of its copies."""
    silent: bool = False
    """Whether what is wrong is the regular page's, and is reported there."""


def one_of_each_pair(evidence: Evidence, findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that another one of the same AMP page or its copies explains."""
    kept = list(findings)
    for pair in _pairs(evidence):
        told = [each for each in kept if each.name in _ORDER and each.location.pointer in (pair.page, *pair.copies)]
        candidates = [each for each in told if not pair.page_only or each.location.pointer == pair.page]
        best = min(candidates, key=lambda each: _rank(each, pair), default=None)
        dropped = [each for each in told if pair.silent or each is not best]
        kept = [each for each in kept if not any(each is other for other in dropped)]
    return kept


def _rank(finding: Finding, pair: _Pair) -> tuple[int, int, bool]:
    return _WEIGHTS[finding.severity], _ORDER.index(finding.name), finding.location.pointer != pair.page


def _pairs(evidence: Evidence) -> Iterator[_Pair]:
    for sighting in evidence.sightings:
        link = sighting.link
        if link.role is Role.AMP:
            copies = tuple(copy.location.pointer for copy in caches_of(evidence, link))
            yield _Pair(
                link.location.pointer,
                copies,
                page_only=_is_in_trouble(evidence, sighting),
                silent=trouble_of_regular_page(evidence, sighting),
            )
        elif link.role is Role.AMP_CACHE and amp_page_of(evidence, link) is None:
            yield _Pair(None, (link.location.pointer,))


def _is_in_trouble(evidence: Evidence, sighting: Sighting) -> bool:
    return sighting.verdict.kind in _IN_TROUBLE or end_without_amp(evidence, sighting) is not None
