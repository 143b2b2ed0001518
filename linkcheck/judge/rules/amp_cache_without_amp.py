"""The article has an AMP-cache address without an AMP URL.

What it means: the article contains the address of a copy on an AMP cache, but not the URL of the AMP page that was
copied.

Why it matters: whether the address is right cannot be checked, and when the cache is shut down, the AMP page is lost
with it.

How to fix it: add the AMP URL. If it can be derived from the address, the message contains it.

When to ignore it: never. The rule stays quiet when the cache has no copy, which is amp-cache-dead or amp-cache-retired.

Source: amp.dev, "AMP Cache URL format and request handling". That an article contains both is linkcheck's own judgment.

Topics: amp

Example:
    cdnAmpWebUrl: https://example-com.cdn.ampproject.org/c/s/example.com/a?amp   # and no ampWebUrl
"""

from collections.abc import Iterator

from linkcheck.amp import reverse
from linkcheck.judge.comparison.amp_pairs import exit_of, leads_to_amp
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, LinkResult, Role, RuleMetadata, Severity, VerdictKind
from linkcheck.urls import InvalidUrl

META = RuleMetadata("LC319", "amp-cache-without-amp", Severity.WARNING, about=("of",))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        link = result.link
        if link.role is not Role.AMP_CACHE or link.wants.of is not None:
            continue
        if _is_lost(evidence, result):
            continue
        try:
            page = reverse(link.url)
        except InvalidUrl:
            continue
        if page is not None:
            yield issue_of(link, f"the AMP URL of this copy is missing: {page}", "Add the AMP URL.", amp=page)


def _is_lost(evidence: Evidence, result: LinkResult) -> bool:
    """Whether the copy has a finding that it is not there."""
    if result.verdict.kind is VerdictKind.DEAD:
        return True
    outcome = result.outcome
    return outcome is not None and exit_of(outcome) is not None and not leads_to_amp(evidence, result.link, outcome)
