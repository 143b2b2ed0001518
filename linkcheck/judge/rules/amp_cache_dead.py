"""The AMP cache does not have the page.

What it means: the cache returns 404 or similar, or its host name does not exist. Caches also return 404 when the
publisher's server failed, or when the page is not valid AMP or is too large. While the AMP page itself works the
finding is info, and with a history it becomes a warning after several failed runs over several days.

Why it matters: readers who follow the address get an error page.

How to fix it: check the AMP page with an AMP validator; once it is valid, the cache fetches it again. If it is no
longer meant to be an AMP page, remove the AMP URL and its AMP-cache address.

When to ignore it: for a few days, while the AMP page itself works. The rule stays quiet when the AMP page or the
address has its own finding; only that one is reported.

Source: amp.dev, "Using the Google AMP Cache" (when it returns 404).

Topics: amp, availability

Example:
    cdnAmpWebUrl: https://example-com.cdn.ampproject.org/c/s/example.com/a?amp   # 404 Not Found
"""

from collections.abc import Iterator

from linkcheck.judge.answers import requested
from linkcheck.judge.comparison.amp_pairs import OF_A_REFUSAL, amp_page_of, is_copy_to_judge, serves_amp
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Escalation, Evidence, FailureKind, Role, RuleMetadata, Severity, VerdictKind

META = RuleMetadata(
    "LC314",
    "amp-cache-dead",
    Severity.WARNING,
    transient=True,
    awaits_publication=True,
    escalation=Escalation.MISSING_COPY,
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result, outcome in requested(evidence):
        if result.link.role is not Role.AMP_CACHE or result.verdict.kind is not VerdictKind.DEAD:
            continue
        if outcome.failure is not None and outcome.failure.kind is FailureKind.INVALID_URL:  # bad-redirect
            continue
        if not is_copy_to_judge(evidence, result.link):
            continue
        page = amp_page_of(evidence, result.link)
        works = page is not None and serves_amp(page)
        refuses = page is not None and page.verdict.kind is VerdictKind.BLOCKED
        issue = issue_of(
            result.link,
            f"not in the AMP cache: {result.verdict.reason}",
            "Nothing to do while the AMP page works: the cache fetches it again, unless it is not valid AMP."
            if works
            else OF_A_REFUSAL
            if refuses
            else "Remove the AMP-cache address, unless the AMP page works.",
            status=None if outcome.answer is None else outcome.answer.status,
        )
        yield milder(issue, Severity.INFO) if works or refuses else issue
