"""The link to a page redirects to a home page.

What it means: the URL belongs to a page deep in a site, and the site redirects to its home page, or to that of another
site.

Why it matters: sites often treat removed pages this way: readers get a page, but not the linked one.

How to fix it: open it. If the page is gone, use its new URL or an archived copy. If you mean the home page, use its
URL; after a permanent redirect `linkcheck fix --unsafe` can do this.

When to ignore it: if the site will restore the page. The rule stays quiet for a temporary redirect to a welcome page
(`/welcome`), to the front page of another subdomain, or to a host that shows the same page for every URL, because these
may be walls; for a home page that redirects to its language, for a short link or a project that moved to its own host,
and for a query at the home page that selects a page.

Source: Google Search Central, "Move a site with URL changes": redirects of many old URLs to a home page may be treated
as soft 404 errors.

Topics: redirects, page-content

Example:
    originalUrl: https://example.com/2019/article  # 302 to https://example.com/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import judged
from linkcheck.judge.comparison.replacements import is_unwanted
from linkcheck.judge.issue import Issue, issue_of, unsafe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import SuspicionKind, suspicion
from linkcheck.judge.url_traits.redirect_chain import is_downgrade, move_of
from linkcheck.model import CorrectionKind, Evidence, RefusalReason, Role, RuleMetadata, Severity, VerdictKind

META = RuleMetadata(
    "LC209",
    "redirect-to-home",
    Severity.WARNING,
    awaits_publication=True,
    correction=CorrectionKind.HOME,
    unsafe_only=True,
    refusal=RefusalReason.VERDICT,
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome in judged(evidence, VerdictKind.SUSPECT):
        answer = outcome.answer
        seen = suspicion(outcome, answer) if answer is not None else None
        if answer is None or seen is None or seen.kind is not SuspicionKind.HOME or link.role is Role.AMP_CACHE:
            continue
        fix, hint = None, "Open it. If the page is gone, replace the URL with its new address or an archived copy."
        move = move_of(outcome)
        if link.role is Role.IMAGE:
            hint = "Replace the URL with the image's new address, or remove the entry."
        elif link.role is Role.AMP:
            hint = "Remove the AMP URL and its AMP-cache address, or correct the AMP URL."
        elif link.role is Role.ARCHIVE:
            hint = "Use the URL of another copy of the page."
        elif move is not None and move.url == answer.url and not is_downgrade(outcome, move):
            hint = "Use the page's new URL or an archived copy. If you mean the home page, use its URL."
            fix = None if is_unwanted(outcome, move.url) else unsafe("the new URL is a home page")
        yield issue_of(link, seen.clause, hint, fix=fix, final_url=answer.url)
