"""The page moves readers on to another by itself.

What it means: it holds `<meta http-equiv="refresh">` with another URL, or comes with a `Refresh` header: a redirect made by
the page and not by the status.

Why it matters: it is slow and confuses the back button; linkcheck does not follow it, so the page behind it was not
looked at.

How to fix it: if the move is for good, write the URL it leads to.

When to leave it: where a notice is meant to be read before moving on.

For example:

    originalUrl: https://example.com/old         # refreshes to https://example.com/new
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity
from linkcheck.urls import same_page

CODE = "LC224"
NAME = "meta-refresh"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, _, answer in answered(evidence):
        if answer.page is None or not answer.page.refresh:
            continue
        difference = same_page(answer.url, answer.page.refresh)
        # News pages that load themselves anew every few minutes stay where they are.
        if difference is not None and not difference.trivial:
            to = answer.page.refresh
            yield fault_of(link, f"the page moves on by itself to {to}", "If that is for good, write that URL.", refresh=to)
