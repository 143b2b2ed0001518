"""The page is gone: the server says so itself.

What it means: the answer is 404 or 410, for the URL itself or where its permanent redirects lead. Every other 4xx is
about the request and says nothing certain of the page (LC212, LC223).

Why it matters: readers meet an error page. A canonical URL that is gone takes the article out of search engines.

How to fix it: find where the page went, or a copy in a web archive, and name that; or drop the link.

When to leave it: where the article tells of a page that is gone: ignore it on its line, with the reason.

For example:

    webUrl: https://example.com/2019/removed     # 404 Not Found
"""

from collections.abc import Iterator

from linkcheck.judge.answers import judged
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.judge.statuses import phrase
from linkcheck.model import Evidence, Role, Severity, VerdictKind

CODE = "LC201"
NAME = "dead"
SEVERITY = Severity.ERROR


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, outcome in judged(evidence, VerdictKind.DEAD):
        if outcome.answer is None or link.role is Role.AMP_CACHE:
            continue
        status, url = outcome.answer.status, outcome.answer.url
        via = f", after a redirect to {url}" if outcome.hops else ""
        what = "image" if link.role is Role.IMAGE else "page"
        yield fault_of(
            link,
            f"the {what} is gone: {phrase(status)}{via}",
            "Name the image's new URL, or drop it."
            if link.role is Role.IMAGE
            else "Name the page's new URL or an archived copy, or drop the link.",
            status=status,
            final_url=url,
        )
