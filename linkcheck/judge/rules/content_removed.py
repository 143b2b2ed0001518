"""The platform returns a page, but the video, post or file is gone.

What it means: YouTube and other platforms return 200 for content that was deleted or made private. The page has no
title of its own or states that the content is missing. On YouTube, the player's status decides if the page has one.

Why it matters: readers find nothing to watch or read. The server returns 200, so other checkers report nothing.

How to fix it: open the URL. If the content is gone, replace the URL with another one or an archived copy, or remove the
link.

When to ignore it: if only readers in some countries or with an account can see the content, add an ignore comment with
the reason. The rule stays quiet for a page that requires a sign-in, which is blocked, because YouTube shows it to
programs in data centers for any video; and for a page without evidence either way.

Source: Google Search Central, "HTTP status codes, network and DNS errors" (soft 404). The signs of each platform are
linkcheck's own judgment.

Topics: page-content

Example:
    originalUrl: https://www.youtube.com/watch?v=aaaaaaaaaaa   # 200 OK, titled " - YouTube"
"""

from collections.abc import Iterator

from linkcheck.judge.answers import suspected
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import SuspicionKind
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC228", "content-removed", Severity.WARNING)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, seen in suspected(evidence, SuspicionKind.REMOVED):
        yield issue_of(
            link,
            f"the content was removed or is private: {seen.clause}",
            "Open it; if the content is gone, replace the URL with another or an archived copy, or remove the link.",
            status=answer.status,
            final_url=answer.url,
        )
