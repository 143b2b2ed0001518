"""The domain is parked, for sale or expired.

What it means: the link leads to a parking service, to a marketplace's page for that domain, or to a page that only says
that the domain is for sale or has expired. The notice must be the whole title, and contain the name of the host or be
confirmed by another sign: the marker of a parking service, the name of a vendor, a page without text, or a redirect to
`ww1.` or `/lander` of the domain.

Why it matters: the linked page is gone, and the buyer of the domain decides what readers see next. The server returns
200, so other checkers report nothing.

How to fix it: replace the URL with the page's new address or an archived copy, or remove the link. `linkcheck fix`
never writes the URL of a parked domain.

When to ignore it: if the article is about the sale of the domain, add an ignore comment with the reason. The rule stays
quiet for an article about such a sale, and for a page with a publication date or a canonical URL deep in its own site.

Source: linkcheck's own judgment, based on what the pages of parking services have in common.

Topics: page-content, security

Example:
    originalUrl: https://example.com/2014/a      # 302 to http://ww1.example.com/, "This website is for sale!"
"""

from collections.abc import Iterator

from linkcheck.judge.answers import suspected
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import SuspicionKind
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC226", "parked-domain", Severity.WARNING, per_host=True)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, seen in suspected(evidence, SuspicionKind.PARKED):
        yield issue_of(
            link,
            f"the domain is parked or for sale: {seen.clause}",
            "Replace the URL with the page's new address or an archived copy, or remove the link.",
            status=answer.status,
            final_url=answer.url,
        )
