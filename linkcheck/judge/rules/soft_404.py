"""The page returns a success status, but is a "not found" page.

What it means: the status is a success, but the page is the host's "not found" page: its title or main heading says only
that, it is the same as for a random URL on the host or in the page's folder, or the link leads to a "not found" page or
to a site search for the words in the link. A page with the article's title is never reported. Neither is a page with a
publication date, with both a preview and a canonical URL deep in its own site, or with 404 in its URL.

Why it matters: readers get an error page. Other checkers report nothing.

How to fix it: open it; if the page is gone, replace the URL with its new address or an archived copy.

When to ignore it: if the page is correct and only looks like a "not found" page, add an ignore comment with the reason.
The rule stays quiet for such articles, for words like "not found" inside a longer title, and when a temporary redirect
led to a page that is shown for any URL and does not state that the page is missing: that is a wall (login-or-consent).

Source: Google Search Central, "HTTP status codes, network and DNS errors" (soft 404).

Topics: page-content

Example:
    webUrl: https://example.com/2019/removed     # 200 OK, titled "Page not found"
"""

from collections.abc import Iterator

from linkcheck.judge.answers import suspected
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import SuspicionKind
from linkcheck.model import Evidence, RefusalReason, Role, RuleMetadata, Severity

META = RuleMetadata("LC208", "soft-404", Severity.WARNING, awaits_publication=True, refusal=RefusalReason.VERDICT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, seen in suspected(evidence, SuspicionKind.NOT_FOUND):
        but = "but" if 200 <= answer.status < 300 else "and"
        message = f'returns {answer.status}, {but} it seems to be a "not found" page: {seen.clause}'
        hint = "Open it. If the page is gone, replace the URL with its new address or an archived copy."
        if link.role is Role.IMAGE:
            message = f'the image is a "not found" page of the host: {seen.clause}'
            hint = "Replace it with the image's new URL or a copy of your own, or remove the entry."
        elif link.role is Role.ARCHIVE:
            hint = "Open it. If it is not a copy of the page, use the URL of another copy."
        yield issue_of(
            link,
            message,
            hint,
            status=answer.status,
            final_url=answer.url,
        )
