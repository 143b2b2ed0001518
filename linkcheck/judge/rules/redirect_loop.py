"""The redirects form a loop.

What it means: the URL redirects to one that was already requested, even with the cookies that were set on the way, for
as many hops as `max-redirects` allows. It is an error when all redirects are permanent (301, 308), a second request at
the end of the run still loops after the 20 redirects that browsers follow, and there is no evidence that browsers are
treated differently. It is a warning when a redirect is temporary (302, 303, 307), when the redirects set cookies or
depend on what a browser sends (`Vary: User-Agent`, for example), and when the URL was checked only once.

Why it matters: no browser can show the page, unless the site treats browsers differently.

How to fix it: open the URL in a browser. If it fails there too, replace it with the page's new URL. If the page
appears, the site treats programs differently: exclude the URL with that reason.

When to ignore it: if a browser shows the page. A loop of permanent redirects that a server sends only to programs,
without a `Vary` header, looks like any other. The rule stays quiet for a page that only needs its cookie returned, and
for a loop that is gone at the end of the run.

Source: RFC 9110, section 15.4 (clients detect cyclical redirections); Fetch Standard, HTTP-redirect fetch (20
redirects).

Topics: redirects, availability

Example:
    webUrl: https://example.com/a                # to /b, which redirects to /a
"""

from collections.abc import Iterator

from linkcheck.judge.answers import requested
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, FailureKind, Role, RuleMetadata, Severity, VerdictKind

META = RuleMetadata("LC205", "redirect-loop", Severity.ERROR)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result, outcome in requested(evidence):
        failure, link = outcome.failure, result.link
        if failure is None or failure.kind is not FailureKind.TOO_MANY_HOPS or failure.detail == "long":
            continue
        hops = len(outcome.hops)
        if result.verdict.kind is not VerdictKind.DEAD:
            hint = "Open it in a browser; if the page appears there, exclude the URL with that reason."
            yield milder(issue_of(link, result.verdict.reason, hint, hops=hops), Severity.WARNING)
        elif link.role is not Role.AMP_CACHE:  # amp-cache-dead
            hint = "Open it in a browser; if it fails there too, replace the URL with the page's new address."
            yield issue_of(link, result.verdict.reason, hint, hops=hops)
