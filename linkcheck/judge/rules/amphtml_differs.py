"""The page declares a different AMP page.

What it means: the canonical page's `rel=amphtml` is not the article's AMP URL.

Why it matters: AMP pages are found through that link. The one in the article is not linked, or is outdated.

How to fix it: use the URL in `rel=amphtml`, and its AMP-cache address.

When to ignore it: if you know that the site's link is wrong. The rule stays quiet when the article's AMP URL redirects
to the one that the page declares.

Source: amp.dev, "Make your pages discoverable".

Topics: amp

Example:
    ampWebUrl: https://example.com/a?amp         # the page declares https://example.com/a/amp/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered
from linkcheck.judge.comparison.canonicals import partner_page
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, Role, RuleMetadata, Severity
from linkcheck.urls import same_page

META = RuleMetadata("LC307", "amphtml-differs", Severity.WARNING)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, _, answer in answered(evidence):
        partner = partner_page(evidence, link) if link.role is Role.AMP else None
        if partner is None or not partner[2].amphtml:
            continue
        urls = partner[2].amphtml
        # The AMP URL's own redirect, if any, is reported elsewhere.
        if not any(_same(link.url, url) or _same(answer.url, url) for url in urls):
            yield issue_of(
                link,
                f"the page {partner[1].url} declares a different AMP page: {urls[0]}",
                "Use the URL that the page declares, and its AMP-cache address.",
                amphtml=urls[0],
            )


def _same(one: str, other: str) -> bool:
    difference = same_page(one, other)
    return difference is None or difference.trivial
