"""The link to a page leads to a home page.

What it means: the URL names a page deep in a site, and the site redirects to its front page, or to that of another
site.

Why it matters: it is how sites get rid of pages they have removed: readers land somewhere, and not where the article
says.

How to fix it: open it; if the page is gone, name its new URL or an archived copy.

When to leave it: where the home page is what is meant: then write its URL.

For example:

    originalUrl: https://example.com/2019/article  # 302 to https://example.com/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import doubted
from linkcheck.judge.doubts import DoubtKind
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity

CODE = "LC209"
NAME = "redirect-to-home"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, answer, seen in doubted(evidence, DoubtKind.HOME):
        if link.role is not Role.AMP_CACHE:
            hint = (
                "Name the image's new URL, or drop it."
                if link.role is Role.IMAGE
                else "Open it; if the page is gone, name its new URL or an archived copy."
            )
            yield fault_of(link, seen.clause, hint, final_url=answer.url)
