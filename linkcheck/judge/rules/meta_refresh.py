"""The page forwards readers to another page.

What it means: it contains `<meta http-equiv="refresh">` with another URL, or comes with a `Refresh` header: the page
redirects, not the status code.

Why it matters: it is slow and confuses the back button. linkcheck does not follow it, so the page behind it was not
checked.

How to fix it: if the move is permanent, use the URL that it leads to.

When to ignore it: if readers should see a notice first. The rule stays quiet for a page that reloads itself, and for a
refresh of 0 seconds at a canonical URL, which search engines treat as a permanent redirect (canonical-redirects), or
from an AMP page or an AMP cache, which have their own rules.

Source: HTML Living Standard, `http-equiv="refresh"`; Google Search Central, "Redirects and Google Search".

Topics: redirects

Example:
    originalUrl: https://example.com/old         # refreshes to https://example.com/new
"""

from collections.abc import Iterator

from linkcheck.judge.answers import requested
from linkcheck.judge.comparison.amp_pairs import end_without_amp, exit_of
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import LIVING
from linkcheck.judge.url_traits.redirect_chain import instant_refresh, onward
from linkcheck.model import Answer, Evidence, LinkResult, Outcome, Role, RuleMetadata, Severity

META = RuleMetadata("LC224", "meta-refresh", Severity.INFO)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result, outcome in requested(evidence):
        answer = outcome.answer
        if answer is None or result.verdict.kind not in LIVING:
            continue
        to = onward(answer)
        if to is not None and not _is_reported(evidence, result, outcome, answer):
            hint = "If the move is permanent, use that URL."
            yield issue_of(result.link, f"the page forwards readers to {to}", hint, refresh=to)


def _is_reported(evidence: Evidence, result: LinkResult, outcome: Outcome, answer: Answer) -> bool:
    """Whether the refresh has a finding of its own: at a canonical URL, an AMP URL or that of a copy on an AMP cache."""
    match result.link.role:
        case Role.CANONICAL:
            return instant_refresh(answer) is not None
        case Role.AMP_CACHE:
            return exit_of(outcome) is not None
        case Role.AMP:
            return end_without_amp(evidence, result) is not None
        case _:
            return False
