"""The AMP URL leads to a page that is no AMP page.

What it means: the page lacks the mark of AMP, `<html amp>`. Often the site has given AMP up and redirects to the
regular page.

Why it matters: AMP caches and whoever relies on AMP refuse it.

How to fix it: drop the AMP URL and its AMP-cache address from the article, or write the right one.

When to leave it: never.

For example:

    ampWebUrl: https://example.com/a?amp         # redirects to https://example.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity
from linkcheck.urls import same_page

CODE = "LC309"
NAME = "not-amp"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, answer, page in pages(evidence, Role.AMP):
        if not page.is_amp and not page.truncated:
            stays = same_page(link.url, answer.url) is None
            yield fault_of(
                link,
                "the page is no AMP page" if stays else f"leads to {answer.url}, which is no AMP page",
                "Drop the AMP URL and its AMP-cache address, or write the right one.",
                final_url=answer.url,
                has_amp_runtime=page.has_amp_runtime,
            )
