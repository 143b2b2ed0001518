"""What pages say is canonical, held against what the article says."""

import re
from collections.abc import Iterator

from msgspec import Struct

from linkcheck.judge.answers import answered, pages
from linkcheck.judge.look import own_pages
from linkcheck.judge.redirects import is_contradicted, move_of, onward
from linkcheck.judge.signs import is_home
from linkcheck.model import Answer, Evidence, Link, Outcome, PageFacts, Role, Verdict
from linkcheck.urls import Difference, InvalidUrl, address_of, name_refusal, parse_url, refusal, same_page

_UNFILLED = re.compile(
    r"[/=](?:undefined|null|nan|none|(?:\[|%5b)object(?:%20|\+| )object(?:\]|%5d))(?=$|[/?&.])"
    r"|(?:\{|%7b){2}|\$(?:\{|%7b)|<%|%3c%25",
    re.IGNORECASE,
)
"""In a URL: what templates and scripts leave where they had no value."""


class OtherCanonical(Struct, frozen=True):
    """A page that names one canonical, and how it differs from the article's."""

    link: Link
    outcome: Outcome
    url: str
    difference: Difference


def distinct(urls: tuple[str, ...]) -> tuple[str, ...]:
    """The URLs that ask for different things, in their order."""
    kept: list[str] = []
    for url in urls:
        if all(same_page(url, other) is not None for other in kept):
            kept.append(url)
    return tuple(kept)


def other_canonicals(evidence: Evidence) -> Iterator[OtherCanonical]:
    """Pages of canonical links that name exactly one canonical, and another one.

    Where the link redirects to what the page names, or the page names the old URL, the redirect has a finding, and that is
    enough. Where an article has no canonical, its original is looked at for another spelling of itself: it makes no claim to
    be canonical.
    """
    lone = {each.link for each in own_pages(evidence) if each.link.role is Role.ORIGINAL}
    for link, outcome, answer in answered(evidence):
        if (link.role is not Role.CANONICAL and link not in lone) or answer.page is None:
            continue
        urls = distinct(answer.page.canonicals)
        if onward(answer) is not None or len(urls) != 1 or same_page(answer.url, urls[0]) is None:
            continue
        move = move_of(outcome)
        if move is not None and is_contradicted(outcome, move):
            continue
        difference = same_page(link.url, urls[0])
        if difference is not None and (difference.trivial or link not in lone):
            yield OtherCanonical(link, outcome, urls[0], difference)


def why_broken(link: Link, canonical: str) -> str | None:
    """Why a URL that a page names as its canonical cannot be an article's, in one clause; None where nothing shows it."""
    try:
        ours, theirs = parse_url(link.url), parse_url(canonical)
    except InvalidUrl as error:
        return f"{error}"
    if _UNFILLED.search(f"{theirs.path}?{theirs.query}"):
        return "its template was not filled in"
    address = address_of(theirs.host)
    if name_refusal(theirs.host) is not None or (address is not None and refusal(address) is not None):
        return f"{theirs.host} is not a public host"
    return "it is a home page" if is_home(theirs) and not is_home(ours) else None


def seen_at(evidence: Evidence, url: str) -> Verdict | None:
    """What became of a URL that a page names, where the article links to it as well; None where it was not requested."""
    for sighting in evidence.sightings:
        if sighting.outcome is not None and same_page(sighting.target.url, url) is None:
            return sighting.verdict
    return None


def partner_page(evidence: Evidence, amp: Link) -> tuple[Link, Answer, PageFacts] | None:
    """The canonical link beside an AMP link, where its page answers as it should."""
    for link, answer, page in pages(evidence, Role.CANONICAL):
        if link.owner == amp.owner and (amp.wants.of is None or amp.wants.of == link.url):
            return link, answer, page
    return None
