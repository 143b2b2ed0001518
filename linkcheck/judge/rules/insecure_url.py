"""A URL uses http instead of https.

What it means: anyone between the reader and the server can read and change the page.

Why it matters: browsers warn about such pages; on an https page, they request such images over https and show nothing
if that fails.

How to fix it: change it to `https:` after you have checked that the host supports it. If the host redirects there, the
finding is trivial-redirect, and `linkcheck fix` can correct it.

When to ignore it: if the host does not support https. The rule stays quiet when the URL redirects to https or has a
finding because it does not work, and for `http:` in a query.

Source: W3C, Mixed Content; RFC 9110, section 4.2.2.

Topics: urls, security

Example:
    originalUrl: http://example.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Basis, Evidence, RuleMetadata, Severity, VerdictKind

META = RuleMetadata("LC116", "insecure-url", Severity.INFO, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        if result.link.url[:5].lower() != "http:" or result.verdict.kind not in (VerdictKind.OK, VerdictKind.SKIPPED):
            continue
        if result.skip is not None and result.skip.kind == "invalid-url":
            continue
        if result.skip is None and result.outcome is not None and result.outcome.answer is None:
            continue  # what kept it from being requested has its own finding
        yield issue_of(result.link, "the URL uses http instead of https", "Use https: if the host supports it.")
