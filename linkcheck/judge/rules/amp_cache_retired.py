"""The AMP cache redirects to the publisher.

What it means: the cache has no copy. It redirects to the publisher's own page, or returns a page that refreshes to it:
the copy was removed, the page is not valid AMP, or the cache has been shut down. Google's cache is known to redirect
valid pages occasionally, so while the AMP page itself works the finding is info; with a history it becomes a warning
after several failed runs over several days.

Why it matters: while the cache has no copy, the address is useless.

How to fix it: if the AMP page works, check it with an AMP validator, because a cache keeps only valid pages. Otherwise
remove the AMP-cache address.

When to ignore it: for a few days, while the AMP page itself works. The rule stays quiet when the AMP page or the
address has its own finding; only that one is reported.

Source: amphtml, AMP cache guidelines and issue 36471.

Topics: amp, redirects

Example:
    cdnAmpWebUrl: https://example-com.cdn.ampproject.org/c/s/example.com/a?amp   # 302 to https://example.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.answers import requested
from linkcheck.judge.comparison.amp_pairs import OF_A_REFUSAL, amp_page_of, exit_of, is_copy_to_judge, leads_to_amp
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Escalation, Evidence, Role, RuleMetadata, Severity, VerdictKind

META = RuleMetadata(
    "LC313",
    "amp-cache-retired",
    Severity.WARNING,
    transient=True,
    awaits_publication=True,
    escalation=Escalation.MISSING_COPY,
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result, outcome in requested(evidence):
        link = result.link
        end = exit_of(outcome) if link.role is Role.AMP_CACHE else None
        if end is None or not is_copy_to_judge(evidence, link):
            continue
        works = leads_to_amp(evidence, link, outcome)
        if works and link.wants.of is None:
            continue  # amp-cache-without-amp reports that the page is missing
        page = amp_page_of(evidence, link)
        refuses = page is not None and page.verdict.kind is VerdictKind.BLOCKED
        issue = issue_of(
            link,
            f"not in the AMP cache; redirects to {end}",
            "Nothing to do while the AMP page works: AMP caches redirect valid pages occasionally."
            if works
            else OF_A_REFUSAL
            if refuses
            else "Remove the AMP-cache address.",
            final_url=end,
        )
        yield milder(issue, Severity.INFO) if works or refuses else issue
