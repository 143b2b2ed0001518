"""The server returns an unexpected status.

What it means: it is a redirect without a target; a 4xx that concerns the request or comes from a proxy (400, 409, 422,
423, 496); a temporary redirect to another page that returns 404 or 410, such as a page for robots; or a number that is
not an HTTP status. Only a 404 or 410 of the URL itself, or behind permanent redirects, is dead.

Why it matters: readers may see a page, or nothing. Several large sites return 400 to all programs.

How to fix it: open the URL in a browser. If there is no page, replace the URL.

When to ignore it: if a browser shows the page; `accept` in the host's configuration allows the status. The rule stays
quiet when the answer is a bot wall (blocked), a login or consent page (login-or-consent) or a "not found" page
(soft-404).

Source: RFC 9110, section 15.

Topics: availability

Example:
    webUrl: https://example.com/a                # 400 Bad Request
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import suspicion
from linkcheck.model import Evidence, Role, RuleMetadata, Severity, VerdictKind

META = RuleMetadata("LC223", "unexpected-status", Severity.WARNING, transient=True)

_HINT = "Open the URL in a browser. If there is no page, replace the URL."


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        if result.verdict.kind is not VerdictKind.SUSPECT or result.outcome is None or result.outcome.answer is None:
            continue
        status = result.outcome.answer.status
        if 200 <= status < 300:
            continue
        if result.link.role is Role.AMP_CACHE or suspicion(result.outcome, result.outcome.answer) is None:
            yield issue_of(result.link, result.verdict.reason, _HINT, status=status)
