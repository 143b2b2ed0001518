"""A related article is the article itself.

What it means: the canonical URL of an entry of a list, such as `related`, or its original URL when it has no canonical
one, is the article's own canonical or original URL, or has moved to it. Differences in https, `www.`, slashes, index
files, percent-encoding, session IDs, tracking parameters and fragments that are not paths (`#/a`) do not count.

Why it matters: readers who follow it return to the same article.

How to fix it: remove the entry.

When to ignore it: never. The rule stays quiet for links of an entry that are not its page, such as its image or a plain
link.

Source: linkcheck's own judgment: it is of no use to readers.

Topics: related

Example:
    webUrl: https://example.com/a
    related:
      - webUrl: https://example.com/a/
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import entry_pages, is_own, page_of
from linkcheck.model import Basis, Evidence, LinkResult, Role, RuleMetadata, Severity, VerdictKind
from linkcheck.urls import page_key, route_of

META = RuleMetadata("LC503", "related-to-itself", Severity.WARNING, basis=Basis.ARTICLES)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    entries = entry_pages(evidence)
    if not entries:
        return
    pages = [each for each in evidence.results if each.link.role in (Role.CANONICAL, Role.ORIGINAL)]
    own = {key for each in pages if is_own(each.link.location.pointer) if (key := page_key(page_of(each))) is not None}
    for listed in entries.values():
        itself = next((each for each in listed if not own.isdisjoint(_keys(each))), None)
        if itself is not None:
            yield issue_of(itself.link, "the related article is this article itself", "Remove the entry.")


def _keys(page: LinkResult) -> tuple[str | None, ...]:
    """The page that a link is, and the one that it has moved to."""
    answer = page.outcome.answer if page.outcome is not None and page.outcome.hops else None
    if answer is None or page.verdict.kind is not VerdictKind.MOVED:
        return (page_key(page_of(page)),)
    return page_key(page_of(page)), page_key(answer.url + route_of(page.link.url))
