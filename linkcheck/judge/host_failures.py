"""The reason for a host that failed as a whole: one for all its targets."""

from collections import Counter
from collections.abc import Iterable

from linkcheck.judge.comparison.tls_issues import has_own_rule
from linkcheck.judge.statuses import phrase
from linkcheck.model import FailureKind, Outcome, Verdict, VerdictKind, is_our_limit
from linkcheck.urls import mask


def host_verdict(failed: Iterable[tuple[Outcome, Verdict]]) -> Verdict | None:
    """The one verdict for the targets of a host none of which could be reached; None if each keeps its own.

    They keep it if all have the same verdict already, and if one of them reached a limit of this run or has a TLS error
    with a rule of its own.
    """
    reasons: set[str] = set()
    statuses: set[int] = set()
    failures: Counter[str] = Counter()
    not_requested = ""
    for outcome, verdict in failed:
        reasons.add(verdict.reason)
        failure = outcome.failure
        if outcome.answer is not None:
            statuses.add(outcome.answer.status)
        elif failure is not None and failure.kind is FailureKind.HOST_DOWN:
            not_requested = failure.message
        elif failure is not None:
            if is_our_limit(failure) or has_own_rule(failure):
                return None
            failures[failure.message] += 1
    if len(reasons) < 2:
        return None
    clauses = [", ".join(phrase(status) for status in sorted(statuses))] if statuses else []
    if failures:
        clauses.append(min(failures, key=lambda message: (-failures[message], message)))
    reason = " or ".join(clauses)
    whole = "for every URL of the host that was requested" if not_requested else "for every URL of the host"
    return Verdict(VerdictKind.UNREACHABLE, mask(f"{reason}, {whole}" if reason else not_requested))
