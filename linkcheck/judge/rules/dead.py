"""The page is gone: the server returns 404 or 410.

What it means: the URL, or the target of its permanent redirects, returns 404 or 410. Other 4xx statuses concern the
request and do not prove that the page is gone (see blocked and unexpected-status). A missing AMP page is a warning,
because readers can still reach the article. So is a missing copy in a web archive, because the page has its own URL.

Why it matters: readers see an error page. A canonical URL that is gone removes the article from search engines.

How to fix it: replace the URL with the page's new address or an archived copy, or remove the link. For a lead image, the
hint contains the image that the page of the article now declares in `og:image` (Open Graph protocol). For a thumbnail of a
YouTube video, try `hqdefault.jpg`, which every video has.

When to ignore it: if the article is about a page that is gone, add an ignore comment with the reason. The rule does not
apply to a 404 from a bot wall or one that `accept` allows, and is info until the article is published. Each link to the
URL has its own finding, so that each article can ignore or accept it.

Source: RFC 9110, sections 15.5.5 (404) and 15.5.11 (410).

Topics: availability

Example:
    webUrl: https://example.com/2019/removed     # 404 Not Found
"""

from collections.abc import Iterator

from linkcheck.judge.answers import judged
from linkcheck.judge.comparison.share_card import with_shown_image
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.statuses import phrase
from linkcheck.model import Evidence, Link, Role, RuleMetadata, Severity, VerdictKind

META = RuleMetadata("LC201", "dead", Severity.ERROR, awaits_publication=True)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome in judged(evidence, VerdictKind.DEAD):
        if outcome.answer is None or link.role is Role.AMP_CACHE:
            continue
        status, url = outcome.answer.status, outcome.answer.url
        via = f", after a redirect to {url}" if outcome.hops else ""
        what = {Role.IMAGE: "image", Role.ARCHIVE: "archived copy"}.get(link.role, "page")
        issue = issue_of(
            link,
            f"the {what} is gone: {phrase(status)}{via}",
            _hint(link),
            status=status,
            final_url=url,
        )
        issue = with_shown_image(evidence, issue)
        yield milder(issue, Severity.WARNING) if link.role in (Role.AMP, Role.ARCHIVE) else issue


def _hint(link: Link) -> str:
    if link.role is Role.AMP:
        return "Remove the AMP URL and its AMP-cache address, or use the page's new URL."
    if link.role is Role.ARCHIVE:
        return "Use the URL of another copy of the page, or remove the URL."
    if link.role is not Role.IMAGE:
        return "Replace the URL with the page's new address or an archived copy, or remove the link."
    from linkcheck.judge.image_traits.placeholders import video_hint  # imported here: it loads the modules about images

    return video_hint(link.url) or "Replace the URL with the image's new address, or remove the entry."
