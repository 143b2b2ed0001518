"""TLS errors that are clear enough for a rule of their own; the others count as unreachable."""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.comparison.amp_pairs import is_reported_at_page
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.model import Evidence, Failure, FailureKind, Role, Severity

_OWN = frozenset(("expired", "not-yet-valid", "wrong-host", "untrusted", "self-signed", "incomplete-chain"))


def has_own_rule(failure: Failure) -> bool:
    return failure.kind is FailureKind.TLS and failure.detail in _OWN


def tls_issues(evidence: Evidence, details: tuple[str, ...], hint: str) -> Iterator[Issue]:
    """The links whose host failed at TLS in one of these ways. A host that is down as a whole makes no difference here.

    An AMP cache is a third party's: its errors do not prevent readers from reaching the article.
    """
    for link, outcome, failure in failed(evidence, FailureKind.TLS):
        if failure.detail not in details:
            continue
        ends = outcome.certificate.not_after if outcome.certificate is not None else None
        is_copy = link.role is Role.AMP_CACHE
        if is_copy and is_reported_at_page(evidence, link):
            continue
        advice = "Remove the AMP-cache address if the cache stays broken." if is_copy else hint
        issue = issue_of(link, failure.message, advice, detail=failure.detail, certificate_ends=ends)
        yield milder(issue, Severity.WARNING) if is_copy else issue
