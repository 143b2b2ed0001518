"""The page says that another URL is canonical.

What it means: the page at the article's canonical URL names, by `rel=canonical` in its head or its `Link` header,
another page.

Why it matters: search engines follow the page. Either the article names a copy, or the page is set up wrong.

How to fix it: open the URL it names. If it shows the article, write it; linkcheck does not do it by itself, because pages
often name the wrong canonical. Keep yours where the page names a home page, a host that is not public, a placeholder such as
`undefined`, or a page that does not answer: then the page's template is broken, and only the page's owner can correct it.

When to leave it: where the other URL is the original that was syndicated, and the copy is meant. Nothing is said of an
original URL, which makes no claim to be canonical. Paths and queries are case-sensitive (RFC 3986, 6.2.2.1): `/A` is
another page than `/a`.

For example:

    webUrl: https://msn.example/a                # names https://example.com/original
"""

from collections.abc import Iterator

from linkcheck.judge.canonicals import OtherCanonical, other_canonicals, seen_at, why_broken
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import LIVING
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC302"
NAME = "canonical-differs"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for other in other_canonicals(evidence):
        if not other.difference.trivial:
            yield fault_of(
                other.link,
                f"the page says that its canonical URL is {other.url} ({other.difference})",
                _hint(evidence, other),
                canonical=other.url,
                difference=other.difference.kinds,
            )


def _hint(evidence: Evidence, other: OtherCanonical) -> str:
    if other.difference.kinds == ("to-http",):
        return "On your own site mend the page: it leads away from https."
    broken = why_broken(other.link, other.url)
    if broken is not None:
        return f"Keep your URL: the page's template is broken ({broken}). On your own site, correct it."
    verdict = seen_at(evidence, other.url)
    if verdict is None:
        return "Open the URL it names, which was not requested. If it shows this article, write it."
    if verdict.kind in LIVING:
        return "If the page is right, write the URL it names."
    return f"Keep your URL: the one that the page names is {verdict.kind} ({verdict.reason})."
