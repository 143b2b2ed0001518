"""The page's canonical URL is relative.

What it means: `rel=canonical` contains `/a` or `//example.com/a` instead of `https://example.com/a`.

Why it matters: it then resolves to a different URL on each host that serves the page, such as a test server or a copy,
and search engines may ignore it.

How to fix it: use the full URL.

When to ignore it: if only one host serves the page. The rule stays quiet for pages of other sites.

Source: Google Search Central Blog, "5 common mistakes with rel=canonical" (2013). RFC 6596, section 3, allows it.

Topics: canonical

Example:
    webUrl: https://example.com/a                # <link rel="canonical" href="/a">
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, OwnerOnly, Role, RuleMetadata, Severity
from linkcheck.urls import is_relative

META = RuleMetadata("LC306", "canonical-relative", Severity.INFO, owner_only=OwnerOnly(None))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, _, page in pages(evidence, Role.CANONICAL):
        raw = next((raw for raw in page.raw_canonicals if raw.strip() and is_relative(raw)), None)
        if raw is not None and page.canonicals:
            what = "without a scheme" if raw.strip().startswith("//") else "relative to itself"
            message = f"the page declares its canonical URL {what}: {raw[:200]!r}"
            yield issue_of(link, message, "On your own site, declare the full URL.")
