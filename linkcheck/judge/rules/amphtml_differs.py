"""The page names another AMP page.

What it means: the canonical page's `rel=amphtml` is another URL than the article's AMP URL.

Why it matters: AMP pages are found through that link; the article's one is an orphan or a former one.

How to fix it: write the URL the page names, and the AMP-cache address that goes with it.

When to leave it: where the site is known to name the wrong one.

Source: amp.dev, "Make your pages discoverable".

Topics: amp

For example:

    ampWebUrl: https://example.com/a?amp         # the page names https://example.com/a/amp/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered
from linkcheck.judge.canonicals import partner_page
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity
from linkcheck.urls import same_page

CODE = "LC307"
NAME = "amphtml-differs"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, _, answer in answered(evidence):
        partner = partner_page(evidence, link) if link.role is Role.AMP else None
        if partner is None or not partner[2].amphtml:
            continue
        urls = partner[2].amphtml
        # The AMP URL's own redirect, if any, is told elsewhere.
        if not any(_same(link.url, url) or _same(answer.url, url) for url in urls):
            yield fault_of(
                link,
                f"the page {partner[1].url} names another AMP page: {urls[0]}",
                "Write the URL the page names, and its AMP-cache address.",
                amphtml=urls[0],
            )


def _same(one: str, other: str) -> bool:
    difference = same_page(one, other)
    return difference is None or difference.trivial
