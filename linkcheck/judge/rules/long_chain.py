"""There are many redirects between the link and the page.

What it means: there are more than three redirects, or more than linkcheck follows (`max-redirects`).

Why it matters: each redirect is a request that can fail. Google follows up to 10, and recommends at most 3 and fewer
than 5.

How to fix it: use the URL at the end of the chain, if it is permanent.

When to ignore it: if the chain belongs to another site and counts visits or asks for consent. The rule stays quiet when
the chain returns to the page or ends at one whose canonical URL is the link's, and when a permanent redirect in it is
already reported.

Source: Google Search Central, "Move a site with URL changes".

Topics: redirects

Example:
    originalUrl: https://sho.rt/a                # 301, 302, 301, 302, 200
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered, failed
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.redirect_chain import names_target, strays
from linkcheck.model import Evidence, FailureKind, Role, RuleMetadata, Severity

META = RuleMetadata("LC206", "long-redirect-chain", Severity.WARNING)

_LONGEST = 3
"""Redirects that are acceptable."""
_HINT = "Use the URL at the end of the chain, if it is permanent."


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, answer in answered(evidence):
        hops = len(outcome.hops)
        if hops <= _LONGEST:
            continue
        no_amp = link.role is Role.AMP and answer.page is not None and not answer.page.is_amp  # not-amp says more
        if not no_amp and strays(outcome, answer) and not names_target(outcome, answer):
            yield issue_of(link, f"{hops} redirects lead to {answer.url}", _HINT, hops=hops, final_url=answer.url)
    for link, outcome, failure in failed(evidence, FailureKind.TOO_MANY_HOPS):
        if failure.detail == "long":
            yield issue_of(link, failure.message, _HINT, hops=len(outcome.hops))
