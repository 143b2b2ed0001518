"""What pages say is canonical, held against what the article says."""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.judge.answers import answered, pages
from linkcheck.model import Answer, Evidence, Link, Outcome, PageFacts, Role
from linkcheck.urls import Difference, same_page


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

    Where the link redirects to what the page names, the redirect has a finding, and that is enough.
    """
    for link, outcome, answer in answered(evidence):
        if link.role is not Role.CANONICAL or answer.page is None:
            continue
        urls = distinct(answer.page.canonicals)
        if len(urls) != 1 or same_page(answer.url, urls[0]) is None:
            continue
        difference = same_page(link.url, urls[0])
        if difference is not None:
            yield OtherCanonical(link, outcome, urls[0], difference)


def partner_page(evidence: Evidence, amp: Link) -> tuple[Link, Answer, PageFacts] | None:
    """The canonical link beside an AMP link, where its page answers as it should."""
    for link, answer, page in pages(evidence, Role.CANONICAL):
        if link.owner == amp.owner and (amp.wants.of is None or amp.wants.of == link.url):
            return link, answer, page
    return None
