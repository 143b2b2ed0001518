"""The page says that another URL is canonical.

What it means: the page at the article's canonical URL names, by `rel=canonical` in its head or its `Link` header,
another page.

Why it matters: search engines follow the page. Either the article names a copy, or the page is set up wrong.

How to fix it: if the page is right, write the URL it names. linkcheck does not do it by itself: pages name the wrong
canonical often enough.

When to leave it: where the other URL is the original that was syndicated, and the copy is meant.

For example:

    webUrl: https://msn.example/a                # names https://example.com/original
"""

from collections.abc import Iterator

from linkcheck.judge.canonicals import other_canonicals
from linkcheck.judge.copies import copy_of
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC302"
NAME = "canonical-differs"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for other in other_canonicals(evidence):
        if not other.difference.trivial and copy_of(other.link.url) is None:
            yield fault_of(
                other.link,
                f"the page says that its canonical URL is {other.url} ({other.difference})",
                "On your own site mend the page: it leads away from https."
                if other.difference.kinds == ("to-http",)
                else "If the page is right, write the URL it names.",
                canonical=other.url,
                difference=other.difference.kinds,
            )
