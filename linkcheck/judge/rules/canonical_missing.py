"""The page declares no canonical URL.

What it means: neither its head nor its `Link` header has `rel=canonical` with a URL; one in the page's body does not
count.

Why it matters: search engines choose one of the page's addresses. A canonical URL is recommended, not required.

How to fix it: add `<link rel="canonical" href="...">` to the head.

When to ignore it: if the page has only one address. The rule stays quiet for pages of other sites, and when the head is
too long to be read completely.

Source: Google Search Central, "How to specify a canonical URL".

Topics: canonical

Example:
    webUrl: https://example.com/a                # <head> without rel=canonical
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, OwnerOnly, PageFacts, Role, RuleMetadata, Severity

META = RuleMetadata("LC305", "canonical-missing", Severity.INFO, owner_only=OwnerOnly(None))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, _, page in pages(evidence, Role.CANONICAL):
        # If the head was cut off, the rest is not known.
        if not page.canonicals and not (page.truncated and page.canonical_in_body is None):
            yield issue_of(link, _message(page), "On your own site, add it to the head.", in_body=page.canonical_in_body)


def _message(page: PageFacts) -> str:
    if page.canonical_in_body is not None:
        return f"the page declares its canonical URL {page.canonical_in_body} outside its head, where it is ignored"
    if page.raw_canonicals:
        return "the page's canonical URL is empty or not a URL"
    return "the page declares no canonical URL"
