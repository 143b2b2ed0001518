"""A redirect leads to something that cannot be requested.

What it means: the server redirects to something that is not a URL, to an app (`intent:`), to a file, or to a URL that
programs parse differently. Nothing was requested there. Only a redirect to something that is not a URL is an error; the
others may work in a browser and are warnings.

Why it matters: readers may leave their browser or see no page.

How to fix it: open the link in a browser; if a page appears, use the URL of that page.

When to ignore it: if the redirect into an app is intended. The rule stays quiet for relative redirects, and for those
that browsers correct (malformed-location).

Source: RFC 9110, section 10.2.2 (Location); WHATWG URL Standard.

Topics: redirects

Example:
    webUrl: https://example.com/app              # 302 to intent://example.com/app#Intent
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, FailureKind, RuleMetadata, Severity

META = RuleMetadata("LC216", "bad-redirect", Severity.ERROR)

NO_URL = "location"
"""The detail of a redirect that works nowhere; of the others we know only that we do not follow them."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, failure in failed(evidence, FailureKind.INVALID_URL):
        location = outcome.hops[-1].location if outcome.hops else None
        issue = issue_of(
            link,
            failure.message,
            "Open it in a browser. If a page appears, use the URL of that page.",
            detail=failure.detail,
            location=None if location is None else location[:200],
        )
        yield issue if failure.detail == NO_URL else milder(issue, Severity.WARNING)
