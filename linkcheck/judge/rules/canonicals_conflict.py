"""The page declares several canonical URLs.

What it means: its head and its `Link` header declare more than one URL as canonical.

Why it matters: search engines then ignore all of them.

How to fix it: on your own site, let only one template or plugin generate it; often two plugins each generate one.

When to ignore it: on sites that are not yours. The rule stays quiet when the same URL is declared twice, and for
related articles of other sites.

Source: Google Search Central Blog, "5 common mistakes with rel=canonical" (2013).

Topics: canonical

Example:
    webUrl: https://example.com/a                # declares /a and /a?page=1
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.comparison.canonicals import distinct
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, OwnerOnly, Role, RuleMetadata, Severity

META = RuleMetadata("LC304", "canonicals-conflict", Severity.WARNING, owner_only=OwnerOnly(Severity.INFO))

_MOST_SHOWN = 3


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, _, page in pages(evidence, Role.CANONICAL):
        urls = distinct(page.canonicals)
        if len(urls) > 1:
            more = f" and {len(urls) - _MOST_SHOWN} more" if len(urls) > _MOST_SHOWN else ""
            yield issue_of(
                link,
                f"the page declares {len(urls)} canonical URLs: {', '.join(urls[:_MOST_SHOWN])}{more}",
                "On your own site, declare only one; search engines ignore all of them.",
                canonicals=urls[:20],
            )
