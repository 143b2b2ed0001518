"""What pages declare as canonical, compared with what the article contains."""

import re
from collections.abc import Iterator

from msgspec import Struct

from linkcheck.judge.answers import answered, pages
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import own_pages
from linkcheck.judge.url_traits.page_kind import is_home
from linkcheck.judge.url_traits.redirect_chain import is_contradicted, move_of, onward
from linkcheck.model import Answer, DeclaredCanonical, Evidence, Link, Outcome, PageFacts, Role, VerdictKind
from linkcheck.urls import (
    TRIVIAL,
    Difference,
    InvalidUrl,
    Url,
    address_of,
    name_refusal,
    names_article,
    parse_url,
    refusal,
    route_of,
    same_page,
)

_BAD = (VerdictKind.DEAD, VerdictKind.SUSPECT, VerdictKind.UNREACHABLE)
_UNFILLED = re.compile(
    r"[/=](?:undefined|null|nan|none|(?:\[|%5b)object(?:%20|\+| )object(?:\]|%5d))(?=$|[/?&.])"
    r"|(?:\{|%7b){2}|\$(?:\{|%7b)|<%|%3c%25",
    re.IGNORECASE,
)
"""In a URL: what templates and scripts write if they have no value."""
_LIST = re.compile(r"/(?:tags?|topics?|categor(?:y|ies)|sections?|authors?|search|archives?)(?:/|$)", re.IGNORECASE)
_VARIANT = re.compile(r"\d{1,3}|amp|print|mobile|m|page|feed", re.IGNORECASE)
"""A part of a path that marks another view of the same page."""
_SESSION = re.compile(r";jsessionid=", re.IGNORECASE)


class OtherCanonical(Struct, frozen=True):
    """A page that declares one canonical URL, and how it differs from the article's."""

    link: Link
    outcome: Outcome
    url: str
    difference: Difference


def is_spelling(difference: Difference) -> bool:
    """Whether two URLs are variants for the same page, including http instead of https."""
    return all(kind == "to-http" or kind in TRIVIAL for kind in difference.kinds)


def distinct(urls: tuple[str, ...]) -> tuple[str, ...]:
    """The URLs of different pages, in their order."""
    kept: list[str] = []
    for url in urls:
        if all(same_page(url, other) is not None for other in kept):
            kept.append(url)
    return tuple(kept)


def other_canonicals(evidence: Evidence) -> Iterator[OtherCanonical]:
    """Pages of canonical links that declare exactly one canonical URL, and a different one.

    Where the link redirects to what the page declares, or the page declares the old URL, the redirect has a finding, and
    that is enough. If an article has no canonical, its original is inspected for another spelling of itself: it makes
    no claim to be canonical. A server does not receive the fragment, so it cannot declare a page that a script selects.
    """
    without_canonical = {each.link for each in own_pages(evidence) if each.link.role is Role.ORIGINAL}
    for link, outcome, answer in answered(evidence):
        if (link.role is not Role.CANONICAL and link not in without_canonical) or answer.page is None or route_of(link.url):
            continue
        urls = distinct(answer.page.canonicals)
        if onward(answer) is not None or len(urls) != 1 or same_page(answer.url, urls[0]) is None:
            continue
        move = move_of(outcome)
        if move is not None and is_contradicted(outcome, move):
            continue
        difference = same_page(link.url, urls[0])
        if difference is not None and (is_spelling(difference) or link not in without_canonical):
            yield OtherCanonical(link, outcome, urls[0], difference)


_THEIRS = "the URL that the page declares"


def why_broken(evidence: Evidence, link: Link, canonical: str, options: JudgeOptions) -> str | None:
    """What is wrong with a URL that a page declares as canonical, in one clause; None if nothing shows it.

    Then the page is wrong, and the URL must not be written into an article.
    """
    try:
        ours, theirs = parse_url(link.url), parse_url(canonical)
    except InvalidUrl as error:
        return f"{_THEIRS} cannot be read: {error}"
    declared = evidence.declared_canonicals.get(canonical, DeclaredCanonical())
    if _UNFILLED.search(f"{theirs.path}?{theirs.query}"):
        return f"{_THEIRS} contains a placeholder that was not filled in"
    if declared.verdict is not None and declared.verdict.kind in _BAD:
        return f"{_THEIRS} is {declared.verdict.kind} ({declared.verdict.reason})"
    if declared.pages > 1:
        return f"{declared.pages} pages of {ours.host} declare the same one"
    difference = same_page(ours.href, theirs.href)
    article = None if difference is None or is_spelling(difference) else _why_no_article(ours, theirs)
    return _why_no_host(theirs, options) or article or _why_no_address(ours, theirs)


def _why_no_host(theirs: Url, options: JudgeOptions) -> str | None:
    from linkcheck.judge.url_traits.copy_hosts import copy_of
    from linkcheck.judge.url_traits.staging_hosts import is_staging

    address = address_of(theirs.host)
    if name_refusal(theirs.host) is not None or (address is not None and refusal(address) is not None):
        return f"{theirs.host} is not a public host"
    if is_staging(theirs.host, options.base_url):
        return f"{theirs.host} is a staging or preview host"
    what = copy_of(theirs.href)
    return None if what is None else f"{_THEIRS} is {what}"


def _why_no_article(ours: Url, theirs: Url) -> str | None:
    if is_home(theirs):
        return None if is_home(ours) else f"{_THEIRS} is a home page"
    if _LIST.search(theirs.path) and not _LIST.search(ours.path):
        return f"{_THEIRS} is a list of articles"
    before, after = ([part for part in url.path.split("/") if part] for url in (ours, theirs))
    if theirs.query or names_article(theirs.path) or len(after) >= len(before) or after[-1:] == before[-1:]:
        return None
    is_above = before[: len(after)] == after and not all(map(_VARIANT.fullmatch, before[len(after) :]))
    return f"{_THEIRS} may be a section page" if is_above or (len(after) == 1 and names_article(ours.path)) else None


def _why_no_address(ours: Url, theirs: Url) -> str | None:
    from linkcheck.judge.url_traits.secrets import personal_parameter

    if ours.scheme == "https" and theirs.scheme == "http":
        return f"{_THEIRS} uses http"
    found = personal_parameter(theirs.href)
    parameter = found.name if found is not None else "jsessionid" if _SESSION.search(theirs.path) else None
    if parameter is not None:
        return f"{_THEIRS} has the parameter `{parameter}` of one reader or session"
    difference = same_page(theirs.href, theirs.href.partition("?")[0])
    return f"{_THEIRS} has tracking parameters" if difference is not None and "tracking" in difference.kinds else None


def partner_page(evidence: Evidence, amp: Link) -> tuple[Link, Answer, PageFacts] | None:
    """The canonical link next to an AMP link, if the response for its page is correct."""
    for link, answer, page in pages(evidence, Role.CANONICAL):
        if link.owner == amp.owner and (amp.wants.of is None or amp.wants.of == link.url):
            return link, answer, page
    return None
