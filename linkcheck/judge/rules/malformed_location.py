"""A redirect's `Location` header is not a valid URL.

What it means: it contains spaces, backslashes, non-ASCII letters, or one slash where two are needed. Browsers and
linkcheck correct it; other programs fail.

Why it matters: feed readers, apps and other robots cannot reach the page.

How to fix it: correct the `Location` header.

When to ignore it: if only browsers use the redirect. The rule stays quiet for relative and percent-encoded addresses,
which are valid, and for hosts that are not yours.

Source: RFC 9110, section 10.2.2; RFC 3986; WHATWG URL Standard (what browsers correct).

Topics: redirects

Example:
    originalUrl: https://example.com/old         # Location: /new page
"""

import re
from collections.abc import Iterator

from linkcheck.judge.answers import answered
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, OwnerOnly, RuleMetadata, Severity

META = RuleMetadata("LC225", "malformed-location", Severity.INFO, owner_only=OwnerOnly(None, any_redirect=True))

_SLOPPY = re.compile(r"[^\x21-\x7e]|[\\<>\"^`{|}]|^https?:(/?[^/]|///)", re.IGNORECASE)
"""What RFC 3986 does not allow in a URL reference."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, _ in answered(evidence):
        for hop in outcome.hops:
            if hop.location is not None and _SLOPPY.search(hop.location):
                yield issue_of(
                    link,
                    f"{hop.url} redirects to '{hop.location[:200]}', which is not a valid URL",
                    "On your own host, correct the redirect.",
                    location=hop.location[:200],
                )
                break
