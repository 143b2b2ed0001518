"""Two articles claim the same canonical URL.

What it means: another article of the archive has the same page as its own: the same URL, one that differs only in http,
`www.`, slashes, an index file, percent-encoding, a session ID or tracking parameters, or one that has moved to the same
page. A fragment that a script reads as a path (`#/a`, `#!/a`) names another page; other fragments do not count. Where an
article has no canonical URL, its original URL counts.

Why it matters: a canonical URL stands for one article. One of the two is a copy, or was copied and not changed.

How to fix it: remove the copy, or write its own URL.

When to leave it: where one article is the other's translation and has no page of its own. The rule stays quiet for
related articles in a list, and for an original URL that more than three articles have: it is a page that lists them,
such as a newsletter.

Source: Google Search Central, "How to specify a canonical URL"; RFC 3986, section 6.2 (URLs that are equivalent).

Topics: canonical, archive

For example:

    posts/a.md: webUrl: https://example.com/a
    posts/b.md: webUrl: https://example.com/a
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import is_own, own_pages, page_of
from linkcheck.model import Evidence, Link, Role, Severity, Sighting, Twin
from linkcheck.urls import page_key, same_page

CODE = "LC501"
NAME = "canonical-shared"
SEVERITY = Severity.WARNING

_TOLD = 3
_MOST_ORIGINALS = 3


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    if not evidence.twins:
        return
    for sighting in own_pages(evidence):
        link = sighting.link
        twins = _twins(evidence, sighting)
        if twins:
            named = ", ".join(_named(twin, link) for twin in twins[:_TOLD])
            more = f" and {len(twins) - _TOLD} more" if len(twins) > _TOLD else ""
            places = tuple(_place(twin) for twin in twins[:20])
            claimed = "also claimed as canonical by" if link.role is Role.CANONICAL else "also the original of"
            message = f"{claimed} {named}{more}"
            by_redirect = None if any(_is_same_page(twin, sighting) for twin in twins) else True
            yield issue_of(link, message, "Remove the copy, or write its own URL.", places=places, by_redirect=by_redirect)


def _twins(evidence: Evidence, sighting: Sighting) -> list[Twin]:
    """The articles elsewhere that are of the same page.

    One original of many articles is a page that lists them, such as a newsletter, and not theirs alone.
    """
    own = [twin for twin in evidence.twins.get(page_of(sighting), ()) if is_own(twin.location.pointer)]
    canonicals = [twin for twin in own if twin.role is Role.CANONICAL]
    originals = [twin for twin in own if twin.role is Role.ORIGINAL]
    is_original = sighting.link.role is Role.ORIGINAL
    if len(originals) + is_original > _MOST_ORIGINALS:
        return [] if is_original else canonicals
    return canonicals + originals


def _is_same_page(twin: Twin, sighting: Sighting) -> bool:
    """Whether another article names the page itself, and not a URL that is redirected to it or to the same place."""
    return not twin.url or page_key(twin.url) == page_key(page_of(sighting))


def _named(twin: Twin, link: Link) -> str:
    return _place(twin) if not twin.url or same_page(twin.url, link.url) is None else f"{_place(twin)} ({twin.url})"


def _place(twin: Twin) -> str:
    return f"{twin.location.path}:{twin.location.span.line}"
