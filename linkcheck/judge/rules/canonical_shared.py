"""Two articles claim the same canonical URL.

What it means: another article in the archive claims the same page: the same URL, one that differs only in http, `www.`,
slashes, an index file, percent-encoding, a session ID or tracking parameters, or one that has moved to the same page. A
fragment that a script reads as a path (`#/a`, `#!/a`) identifies a different page; other fragments are ignored. If an
article has no canonical URL, its original URL counts.

Why it matters: a canonical URL represents one article. One of the two is a copy, or was created from the other and not
changed.

How to fix it: remove the copy, or give it its own URL.

When to ignore it: if one article is the other's translation and has no page of its own. The rule stays quiet for
translations whose paths differ only in a language (`en/a.md` and `de/a.md`), for versions of a page (`v1.0/a.md` and
`v1.1/a.md`), for related articles in a list, and for an original URL that more than three articles have: such a page lists
them, as a newsletter does.

Source: Google Search Central, "How to specify a canonical URL"; RFC 3986, section 6.2 (equivalent URLs).

Topics: canonical, archive

Example:
    posts/a.md: webUrl: https://example.com/a
    posts/b.md: webUrl: https://example.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import is_own, own_pages, page_of
from linkcheck.languages import is_translation
from linkcheck.model import Basis, DuplicateLink, Evidence, Link, LinkResult, Role, RuleMetadata, Severity
from linkcheck.urls import page_key, same_page
from linkcheck.versions import is_other_version

META = RuleMetadata("LC501", "canonical-shared", Severity.WARNING, basis=Basis.ARTICLES)

_MOST_SHOWN = 3
_MOST_ORIGINALS = 3


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    if not evidence.duplicates:
        return
    for result in own_pages(evidence):
        link = result.link
        duplicates = _duplicates(evidence, result)
        if duplicates:
            named = ", ".join(_named(duplicate, link) for duplicate in duplicates[:_MOST_SHOWN])
            more = f" and {len(duplicates) - _MOST_SHOWN} more" if len(duplicates) > _MOST_SHOWN else ""
            places = tuple(_place(duplicate) for duplicate in duplicates[:20])
            claimed = "also claimed as canonical by" if link.role is Role.CANONICAL else "also the original of"
            message = f"{claimed} {named}{more}"
            by_redirect = None if any(_is_same_page(duplicate, result) for duplicate in duplicates) else True
            yield issue_of(link, message, "Remove the copy, or give it its own URL.", places=places, by_redirect=by_redirect)


def _duplicates(evidence: Evidence, result: LinkResult) -> list[DuplicateLink]:
    """The articles elsewhere that are of the same page.

    One original of many articles is a page that lists them, such as a newsletter, and not theirs alone.
    """
    path = evidence.article.path
    own = [
        duplicate
        for duplicate in evidence.duplicates.get(page_of(result), ())
        if is_own(duplicate.location.pointer)
        and not is_translation(path, duplicate.location.path)
        and not is_other_version(path, duplicate.location.path)
    ]
    canonicals = [duplicate for duplicate in own if duplicate.role is Role.CANONICAL]
    originals = [duplicate for duplicate in own if duplicate.role is Role.ORIGINAL]
    is_original = result.link.role is Role.ORIGINAL
    if len(originals) + is_original > _MOST_ORIGINALS:
        return [] if is_original else canonicals
    return canonicals + originals


def _is_same_page(duplicate: DuplicateLink, result: LinkResult) -> bool:
    """Whether another article contains the page's own URL, and not one that redirects to it or to the same page."""
    return not duplicate.url or page_key(duplicate.url) == page_key(page_of(result))


def _named(duplicate: DuplicateLink, link: Link) -> str:
    return (
        _place(duplicate)
        if not duplicate.url or same_page(duplicate.url, link.url) is None
        else f"{_place(duplicate)} ({duplicate.url})"
    )


def _place(duplicate: DuplicateLink) -> str:
    return f"{duplicate.location.path}:{duplicate.location.span.line}"
