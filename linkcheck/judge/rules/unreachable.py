"""The server does not respond, or responds with a server error.

What it means: there was no connection, no response in time, an incomplete response, or a status of 500 or above, in
each attempt, with the last one at the end of the run. Three failures are limits of the run and not of the page: a host
with only IPv6 addresses when the machine has no IPv6 route, a server that supports only HTTP/2, and a proxy that does
not open a tunnel.

Why it matters: readers cannot see the page today. Most such failures are temporary.

How to fix it: wait for the next runs. With a history, a link that fails in several runs over several days becomes an
error, unless it is an AMP page or its copy on an AMP cache; an AMP page whose regular page responds is info. A limit of
the run never becomes an error: run linkcheck where the host can be reached, or exclude the host.

When to ignore it: if the host is known to be slow, give it a longer timeout in the configuration. The rule stays quiet
when a later attempt succeeds, when a host does not respond at all (host-down), for TLS errors that have their own rule,
and for a bot wall with status 503 (blocked).

Source: RFC 9110, section 15.6 (5xx).

Topics: availability

Example:
    webUrl: https://example.com/a                # 503 Service Unavailable (4 attempts)
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.amp_pairs import is_reported_at_page, regular_page_lives
from linkcheck.judge.comparison.tls_issues import has_own_rule
from linkcheck.judge.issue import LIMIT_HINT, Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Escalation, Evidence, Role, RuleMetadata, Severity, VerdictKind, is_our_limit
from linkcheck.urls import last_host

META = RuleMetadata(
    "LC213",
    "unreachable",
    Severity.WARNING,
    transient=True,
    awaits_publication=True,
    escalation=Escalation.UNREACHABLE,
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        outcome = result.outcome
        if outcome is None or result.verdict.kind is not VerdictKind.UNREACHABLE:
            continue
        failure = outcome.failure
        if failure is not None and has_own_rule(failure):
            continue
        if result.link.role is Role.AMP_CACHE and is_reported_at_page(evidence, result.link):
            continue
        limited = is_our_limit(failure)
        host = last_host(result.target.host, outcome) if options.down_hosts else ""
        what = "server error" if outcome.answer is not None else "not checked" if limited else "unreachable"
        issue = issue_of(
            result.link,
            f"{what}: {result.verdict.reason}",
            LIMIT_HINT if limited else "Check again tomorrow; most such failures are temporary.",
            failure=None if failure is None else str(failure.kind),
            detail=None if failure is None else failure.detail,
            status=None if outcome.answer is None else outcome.answer.status,
            attempts=outcome.attempts,
            limit_of_run=limited,
            accessory=result.link.role in (Role.AMP, Role.AMP_CACHE),
            down_host=host if host in options.down_hosts else None,
        )
        is_spare = result.link.role is Role.AMP and regular_page_lives(evidence, result.link)
        yield milder(issue, Severity.INFO) if is_spare else issue
