"""The URL of the article does not lead to a page.

What it means: the canonical, original or AMP URL returns a success status, but the content is an image, JSON, a feed, a
sitemap, a script, a style sheet, a file to download, an error message of a storage service (`NoSuchBucket`), an empty
body, or 204 No Content. The declared media type decides, or the bytes if they show that it is wrong.

Why it matters: readers who follow the link get data, a download or an empty window, and search engines find no article.

How to fix it: use the URL of the page. A feed or an API usually contains it in its entry.

When to ignore it: if the file is the article, add an ignore comment with the reason. The rule stays quiet for PDF,
plain text, audio, video and XHTML, for a page or PDF that is declared as data, for a document (`.pdf`, `.epub`) that is
declared as `application/octet-stream`, and for a plain link, which may lead to an image or a file. The target itself is
ok; only the role of the link makes this an issue.

Source: RFC 9110, sections 8.3 (Content-Type) and 15.3.5 (204).

Topics: page-content

Example:
    webUrl: https://example.com/api/articles/7   # 200 OK, application/json
"""

from collections.abc import Iterator

from linkcheck.judge.answers import answered
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.page_signs.other_content import no_article
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC229", "not-a-page", Severity.WARNING, awaits_publication=True)
_HTML = ("text/html", "application/xhtml+xml")


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, answer in answered(evidence):
        what = no_article(link, answer)
        if what is None:
            continue
        is_read = answer.image is not None or (answer.page is not None and answer.page.content != "empty")
        is_mistyped = answer.media_type in _HTML and is_read
        served = f", although it is served as {answer.media_type}" if is_mistyped else ""
        where = f"leads to {answer.url}, which is not a page: it is" if outcome.hops else "not a page: the response is"
        yield issue_of(
            link,
            f"{where} {what}{served}",
            "Use the URL of the page that readers should see.",
            status=answer.status,
            media_type=answer.media_type,
            final_url=answer.url,
        )
