"""How an answer was reached: what lasts of a chain of redirects, and what does not."""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.judge.statuses import PERMANENT
from linkcheck.judge.url_traits.site_owner import site_of
from linkcheck.model import Answer, Hop, Link, Outcome
from linkcheck.urls import Difference, are_same_copy, route_of, same_page


class Move(Struct, frozen=True):
    """Where a target has moved permanently. `trivial` is how the URLs differ where a reader would call them the same."""

    url: str
    trivial: Difference | None


def move_of(outcome: Outcome) -> Move | None:
    """Where the permanent redirects at the head of the chain lead; None if there are none, or back to the start.

    What follows a temporary redirect is not promised to last, so it is not part of the move. Web archives redirect to the
    nearest copy of the same page, which is not a move.
    """
    lasting = outcome.url
    for hop, (status, url) in zip(outcome.hops, steps(outcome), strict=False):
        if status not in PERMANENT:
            break
        lasting = url + route_of(hop.location or "")
    difference = same_page(outcome.url, lasting)
    if difference is None or are_same_copy(outcome.url, lasting):
        return None
    return Move(lasting, difference if difference.trivial else None)


def steps(outcome: Outcome) -> Iterator[tuple[int, str]]:
    """Each redirect with the URL it led to; a last one that led nowhere is left out."""
    ends = [hop.url for hop in outcome.hops[1:]]
    if outcome.answer is not None:
        ends.append(outcome.answer.url)
    for hop, end in zip(outcome.hops, ends, strict=False):
        yield hop.status, end


def ends_at_route(outcome: Outcome) -> bool:
    """Whether redirects led to where a script chooses the page (`/#/a`): the address alone shows nothing then."""
    return bool(outcome.hops) and route_of(outcome.hops[-1].location or "") != ""


def strays(outcome: Outcome, answer: Answer) -> bool:
    """Whether redirects led to something that a reader would not call the same page."""
    if not outcome.hops:
        return False
    return _differ(outcome.url, answer.url)


def landing_of(outcome: Outcome, answer: Answer) -> str | None:
    """The other page that redirects, or a refresh of 0 seconds, led to; None if a reader would call it the same."""
    to = instant_refresh(answer)
    if to is not None:
        return to if _differ(outcome.url, to) else None
    return answer.url if strays(outcome, answer) else None


def detours(outcome: Outcome, answer: Answer) -> bool:
    """Whether only a temporary redirect led to the final page, so that it is not the permanent location of the target.

    A redirect that a reader would not notice (https, `www.`, a slash) is not a detour, nor is one that comes back.
    """
    lasting = here = outcome.url
    for status, url in steps(outcome):
        if status in PERMANENT and not _differ(lasting, here):
            lasting = url
        here = url
    return _differ(lasting, answer.url)


def _differ(one: str, other: str) -> bool:
    difference = same_page(one, other)
    return difference is not None and not difference.trivial and not are_same_copy(one, other)


def names_target(outcome: Outcome, answer: Answer) -> bool:
    """Whether the final page declares the target as its canonical URL: it is the target's page at another address."""
    canonicals = answer.page.canonicals if answer.page is not None else ()
    return any(not _differ(outcome.url, url) for url in canonicals)


def is_contradicted(outcome: Outcome, move: Move) -> bool:
    """Whether a target has moved to a page that declares the target's old URL as canonical.

    Redirect and canonical then send readers and search engines around in a circle: neither URL is right. A page that still
    names its http URL is none of these. Only within a site: anyone who buys a lapsed domain decides what its pages name.
    """
    page = outcome.answer.page if outcome.answer is not None else None
    if page is None or (move.trivial is not None and "to-https" in move.trivial.kinds) or leaves_site(outcome) is not None:
        return False
    return any(
        same_page(url, outcome.url) is None or (is_one_page(url, outcome.url) and not is_one_page(url, move.url))
        for url in page.canonicals
    )


def leaves_site(outcome: Outcome) -> str | None:
    """The other site that the redirects of an outcome lead to or through; None if they stay on the first one's."""
    own = site_of(outcome.url)
    return next((site for _, url in steps(outcome) if (site := site_of(url)) != own), None)


def is_one_page(one: str, other: str) -> bool:
    """Whether two URLs are one page's, whichever of them drops something."""
    return any(difference is None or difference.trivial for difference in (same_page(one, other), same_page(other, one)))


def is_surely_one_page(one: str, other: str) -> bool:
    """Whether two URLs are one page's whatever the site: neither drops a parameter that might choose the page."""
    return any(difference is None or difference.certain for difference in (same_page(one, other), same_page(other, one)))


def onward(answer: Answer) -> str | None:
    """The other page that an answer moves on to on its own within seconds; None if it reloads itself."""
    to = answer.page.refresh if answer.page is not None else None
    return to if to is not None and _differ(answer.url, to) else None


def instant_refresh(answer: Answer) -> str | None:
    """Where a page leads by a refresh of 0 seconds.

    Search engines treat it as a permanent redirect (Google Search Central, "Redirects and Google Search").
    """
    return onward(answer) if answer.page is not None and answer.page.refresh_seconds == 0 else None


def is_downgrade(outcome: Outcome, move: Move) -> bool:
    """Whether the move leads away from https: reported, but not used when the URL is corrected."""
    return outcome.url.startswith("https:") and move.url.startswith("http:")


def replacement(link: Link, url: str, hops: tuple[Hop, ...] = ()) -> str:
    """What to write instead of a link's URL: the new one, with the old one's fragment where it has none.

    Of the redirects (`hops`) that led to it, one with a fragment of its own replaces it (RFC 9110, section 10.2.2).
    """
    fragment = link.url.partition("#")[2]
    if not fragment or "#" in url:
        return url
    for hop in hops:
        if hop.url == url:
            break
        fragment = (hop.location or "").partition("#")[2] or fragment
    return f"{url}#{fragment}"
