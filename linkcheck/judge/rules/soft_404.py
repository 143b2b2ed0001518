"""The page answers as if it were there, and says that it is not.

What it means: the status is a success, and the page is the one that the host shows for what does not exist: its title or
main heading says nothing else, it is the same as for a URL made up at random on the host or in the page's folder, or the
link leads to a "not found" page or to the site's search for the words in the link. An article of the same title is safe.
So, whatever the words on it, is a page with a date of publication, with a preview beside a canonical URL deep in its own
site, or with 404 in its URL.

Why it matters: readers meet an error page. Other checkers see nothing.

How to fix it: open it; if the page is gone, name its new URL or an archived copy.

When to leave it: where the page is right and only looks like that: ignore it with the reason. The rule stays quiet
for such articles, for words like "not found" inside a longer title, and where a temporary redirect led to a page that
is shown for any URL and does not itself say that the page is missing: that is a wall (login-or-consent).

Source: Google Search Central, "HTTP status codes, network and DNS errors" (soft 404).

Topics: page-content

For example:

    webUrl: https://example.com/2019/removed     # 200 OK, titled "Page not found"
"""

from collections.abc import Iterator

from linkcheck.judge.answers import doubted
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import SuspicionKind
from linkcheck.model import Evidence, RefusalReason, Role, RuleMetadata, Severity

META = RuleMetadata("LC208", "soft-404", Severity.WARNING, awaits_publication=True, refusal=RefusalReason.VERDICT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, seen in doubted(evidence, SuspicionKind.NOT_FOUND):
        but = "but" if 200 <= answer.status < 300 else "and"
        message = f"answers {answer.status}, {but} it seems to be the page for what does not exist: {seen.clause}"
        hint = "Open it. If the page is gone, replace the URL with its new address or an archived copy."
        if link.role is Role.IMAGE:
            message = f"the image is the host's page for what does not exist: {seen.clause}"
            hint = "Replace it with the image's new URL or a copy of your own, or remove the entry."
        yield issue_of(
            link,
            message,
            hint,
            status=answer.status,
            final_url=answer.url,
        )
