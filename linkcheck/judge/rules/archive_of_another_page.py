"""The archived copy is a copy of another page, or not a copy.

What it means: the URL of a copy in a web archive contains the URL of the page that was archived. It is not that of the
property that the copy belongs to (`of`). No network request is needed.

Why it matters: when the page is gone, readers are sent to a different one.

How to fix it: use the URL of a copy of the page. If the page is gone, remove the URL; `linkcheck fix --archive` then looks
for a copy and writes its URL.

When to ignore it: if the page was archived under another URL that nothing shows to be the same page. The rule stays
quiet for short addresses and short links, which do not contain the URL; for differences that do not matter, such as http
and https, `www.` or a trailing slash; and for a copy of a URL that the page redirects to or declares as its own. A copy
that redirects to a copy of a home page is reported as well.

Source: RFC 7089, appendix A; the addresses of the Wayback Machine and archive.today. That a copy must be one of its own
page is linkcheck's own judgment.

Topics: urls

Example:
    webUrl:      https://example.com/a
    archivedUrl: https://web.archive.org/web/20210604101112/https://example.com/b
"""

import re
from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.copy_hosts import copy_of
from linkcheck.model import Evidence, Link, LinkResult, Role, RuleMetadata, Severity
from linkcheck.urls import chain_of, copied_page, is_one_key

_HOME = re.compile(r"https?://[^/?#]+/?(?:#.*)?")
_HINT = "Use the URL of a copy of the page; or remove the URL, and `linkcheck fix --archive` looks for a copy."

META = RuleMetadata("LC323", "archive-of-another-page", Severity.WARNING, about=("of",))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    copies = [
        each.link for each in evidence.results if each.link.role is Role.ARCHIVE and (each.link.wants.of or "").strip()
    ]
    partners = _by_value(evidence) if copies else {}
    for link in copies:
        of = link.wants.of or ""
        partner = partners.get((link.owner, of))
        urls = tuple(_urls_of(of if partner is None else partner.target.url, partner))
        page = copied_page(link.url)
        landing = _landing(evidence, link)
        if landing is not None and _is_known(urls[0]) and not any(is_one_key(each, landing) for each in urls):
            message = f"the archived copy redirects to one of the home page, {landing}"
            yield issue_of(link, message, _HINT, copied=landing)
        elif page is None:
            if copy_of(link.url) is None and any(is_one_key(each, link.url) for each in urls):
                yield issue_of(link, "the URL is that of the page itself, not of a copy", _HINT)
        elif _is_known(urls[0]) and not any(is_one_key(each, page) for each in urls):
            message = f"the archived copy is one of {page}, not of {of}"
            yield issue_of(link, message, _HINT, copied=page)


def _landing(evidence: Evidence, link: Link) -> str | None:
    """The home page whose copy the URL redirects to; None for other redirects, because the page may have moved since."""
    result = next((each for each in evidence.results if each.link is link), None)
    outcome = None if result is None else result.outcome
    if outcome is None or outcome.answer is None or not outcome.hops:
        return None
    landing = copied_page(outcome.answer.url)
    return landing if landing is not None and _HOME.fullmatch(landing) else None


def _by_value(evidence: Evidence) -> dict[tuple[str, str], LinkResult]:
    """The links that are not copies, by the object that contains them and by their value."""
    others = (each for each in evidence.results if each.link.role is not Role.ARCHIVE)
    return {(each.link.owner, each.link.url.removeprefix(each.link.prefix)): each for each in others}


def _urls_of(url: str, partner: LinkResult | None) -> Iterator[str]:
    """The URLs of a page: its own, or that of the page which it is a copy of, and what is known from its response."""
    yield copied_page(url) or url
    outcome = None if partner is None else partner.outcome
    if outcome is not None:
        yield from chain_of(outcome)
        answer = outcome.answer
        if answer is not None and answer.page is not None:
            yield from answer.page.canonicals


def _is_known(url: str) -> bool:
    """Whether a URL shows which page it is of: it is complete, and neither a short link nor a short address of a copy."""
    return is_one_key(url, url) and copy_of(url) is None
