"""AMP pages and their copies on AMP caches as pairs, so that a problem of a pair is reported once."""

from collections.abc import Iterator
from contextlib import suppress

from linkcheck.amp import cache_of, reverse
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import LIVING, owner_of
from linkcheck.judge.statuses import PERMANENT
from linkcheck.judge.url_traits.redirect_chain import is_surely_one_page, steps
from linkcheck.model import Answer, Evidence, Link, LinkResult, Outcome, PageFacts, Role, VerdictKind
from linkcheck.urls import InvalidUrl, parse_url, same_page

OF_A_REFUSAL = "Open the AMP page in a browser, because it refused the request; if it works, there is nothing to do."
"""What to do about a copy that is missing while the AMP page itself could not be checked."""
_NOT_WORKING = (VerdictKind.SUSPECT, VerdictKind.UNREACHABLE)


def amp_page_of(evidence: Evidence, cache: Link) -> LinkResult | None:
    """The AMP link of the page that an AMP cache has a copy of; None if the article does not contain it."""
    for result in evidence.results:
        link = result.link
        if link.role is Role.AMP and link.owner == cache.owner and link.url == cache.wants.of:
            return result
    return None


def caches_of(evidence: Evidence, amp: Link) -> tuple[Link, ...]:
    """The AMP-cache links that are copies of an AMP link's page."""
    links = (result.link for result in evidence.results)
    return tuple(
        link for link in links if link.role is Role.AMP_CACHE and link.owner == amp.owner and link.wants.of == amp.url
    )


def serves_amp(result: LinkResult) -> bool:
    """Whether the response to a link was an AMP page."""
    answer = _success(result)
    return answer is not None and answer.page is not None and answer.page.is_amp


def end_without_amp(evidence: Evidence, result: LinkResult) -> str | None:
    """Where an AMP link leads that is not an AMP page; None if it leads to one, or if that is not known.

    A page that refreshes to another than the regular page may lead to an AMP page, because the refresh is not followed.
    """
    answer = _success(result)
    page = answer.page if answer is not None else None
    if answer is None or page is None or page.is_amp or page.truncated:
        return None
    if page.refresh is None or is_same(answer.url, page.refresh):
        return answer.url
    return page.refresh if leads_to_regular_page(evidence, result.link, page.refresh) else None


def leads_to_regular_page(evidence: Evidence, amp: Link, end: str) -> bool:
    """Whether the end of an AMP link is the canonical or original page next to it."""
    return any(is_same(end, url) for url in regular_pages(evidence, amp))


def leads_home(result: LinkResult) -> bool:
    """Whether a link is redirected to a home page."""
    return _returned_kind(result) == "home"


def _returned_kind(result: LinkResult) -> str | None:
    """The kind of page that was returned with success instead of the requested one; None if none is known."""
    outcome = result.outcome
    if result.verdict.kind is not VerdictKind.SUSPECT or outcome is None or outcome.answer is None:
        return None
    from linkcheck.judge.suspicion import suspicion  # imported here: it loads the modules about answers

    seen = suspicion(outcome, outcome.answer) if outcome.answer.status < 300 else None
    return None if seen is None else seen.kind


def is_lost(evidence: Evidence, result: LinkResult) -> bool:
    """Whether an AMP link does not lead to an AMP page: it is dead, or another page. That has its own finding."""
    is_dead = result.verdict.kind is VerdictKind.DEAD
    return is_dead or end_without_amp(evidence, result) is not None or leads_home(result)


def may_be_amp_for_others(evidence: Evidence, result: LinkResult) -> bool:
    """Whether an AMP link that leads to a regular page here may lead phones or AMP caches to an AMP page.

    True if a cache has a copy, if a redirect depends on the device (RFC 9110, section 12.5.5), or if a temporary redirect
    is the only evidence against a canonical page that still declares the AMP page.
    """
    outcome = result.outcome
    if outcome is None:
        return False
    if outcome.by_device or has_copy(evidence, result.link):
        return True
    from linkcheck.judge.comparison.canonicals import partner_page

    is_temporary = any(hop.status not in PERMANENT for hop in outcome.hops)
    partner = partner_page(evidence, result.link)
    return is_temporary and partner is not None and any(is_same(result.target.url, url) for url in partner[2].amphtml)


def has_copy(evidence: Evidence, amp: Link) -> bool:
    """Whether an AMP cache serves a copy of an AMP link's page."""
    copies = caches_of(evidence, amp)
    held = (each for each in evidence.results if each.link in copies)
    return any(serves_amp(each) and exit_of(each.outcome) is None for each in held if each.outcome is not None)


def is_article(evidence: Evidence, amp: Link, page: PageFacts, options: JudgeOptions) -> bool:
    """Whether the page that an AMP link or its canonical one leads to is evidently the article.

    It declares the canonical page, or has the article's title or date. A wall, or a page that a script fills in, has
    none.
    """
    from linkcheck.judge.comparison.same_article import shows_article  # imported here: slow to load

    urls = [url for url in (amp.wants.of,) if url is not None]
    for each in _partners(evidence, amp):
        answer = each.outcome.answer if each.outcome is not None else None
        urls.append(each.target.url)
        if answer is not None and each.outcome is not None and all(hop.status in PERMANENT for hop in each.outcome.hops):
            urls.append(answer.url)
    named = any(is_same(canonical, url) for canonical in page.canonicals for url in urls)
    return named or shows_article(owner_of(evidence, amp), page, options)


def is_regular_page(evidence: Evidence, amp: Link) -> bool:
    """Whether an AMP link is the regular page's own URL: of a page that is AMP itself, or by mistake."""
    return any(is_surely_one_page(amp.url, each.link.url) for each in _partners(evidence, amp))


def regular_page_lives(evidence: Evidence, amp: Link) -> bool:
    """Whether readers find the article's page next to an AMP link."""
    return any(each.verdict.kind in LIVING for each in _partners(evidence, amp))


def regular_page_is_gone(evidence: Evidence, amp: Link) -> bool:
    """Whether the article's page itself is gone or a different one, which does not concern AMP."""
    return any(each.verdict.kind in (VerdictKind.DEAD, VerdictKind.SUSPECT) for each in _partners(evidence, amp))


def trouble_of_another(evidence: Evidence, result: LinkResult) -> LinkResult | None:
    """The page of the article with a wrong response that an AMP page or copy is, or redirects to.

    A page's copy may lead to the page itself, and both to the regular page, which has the finding. The same applies if
    both are gone, or if their host does not respond.
    """
    outcome = result.outcome
    if result.verdict.kind in LIVING or outcome is None:
        return None
    ways = [outcome.url, *(url for _, url in steps(outcome))]
    if outcome.hops and outcome.hops[-1].location is not None:
        with suppress(InvalidUrl):
            ways.append(parse_url(outcome.hops[-1].location, outcome.hops[-1].url).href)
    others = list(_partners(evidence, result.link))
    page = amp_page_of(evidence, result.link) if result.link.role is Role.AMP_CACHE else None
    if page is not None:
        others.append(page)
    for other in others:
        leads_there = other.verdict.kind not in LIVING and any(is_same(way, other.target.url) for way in ways)
        if leads_there or _share_trouble(result, other):
            return other
    return None


def _share_trouble(amp: LinkResult, regular: LinkResult) -> bool:
    """Whether one cause is enough for both: the article was removed, their host does not respond or refuses, or the same
    kind of page is returned for both, such as a login page.
    """
    kind = amp.verdict.kind
    if kind is not regular.verdict.kind:
        return False
    if kind is VerdictKind.SUSPECT:
        kinds = _returned_kind(amp), _returned_kind(regular)
        return kinds[0] is not None and kinds[0] == kinds[1]
    same_host = amp.target.host == regular.target.host
    return kind is VerdictKind.DEAD or (kind in (VerdictKind.UNREACHABLE, VerdictKind.BLOCKED) and same_host)


def _partners(evidence: Evidence, amp: Link) -> Iterator[LinkResult]:
    for result in evidence.results:
        if result.link.role in (Role.CANONICAL, Role.ORIGINAL) and result.link.owner == amp.owner:
            yield result


def regular_pages(evidence: Evidence, amp: Link) -> Iterator[str]:
    """The canonical or original page next to an AMP link: as written, where it leads, and what it declares as canonical."""
    if amp.wants.of is not None:
        yield amp.wants.of
    for result in _partners(evidence, amp):
        yield result.target.url
        answer = result.outcome.answer if result.outcome is not None else None
        if answer is not None:
            yield answer.url
            yield from answer.page.canonicals if answer.page is not None else ()


def publisher_of(evidence: Evidence, cache: Link) -> str | None:
    """The host of the AMP page that an AMP-cache link is a copy of; None if it is not known."""
    page = amp_page_of(evidence, cache)
    if page is not None or cache.wants.of is not None:
        return None if page is None else page.target.host
    try:
        url = reverse(cache.url)
    except InvalidUrl:
        return None
    return None if url is None else _host(url)


def is_reported_at_page(evidence: Evidence, cache: Link) -> bool:
    """Whether the AMP page of an AMP-cache link is gone, so that its finding is about both."""
    page = amp_page_of(evidence, cache)
    return page is not None and is_lost(evidence, page)


def is_copy_to_judge(evidence: Evidence, cache: Link) -> bool:
    """Whether a missing copy should be reported: no finding of the AMP page itself explains it."""
    page = amp_page_of(evidence, cache)
    out_of_order = page is not None and page.verdict.kind in _NOT_WORKING
    return not out_of_order and not is_reported_at_page(evidence, cache)


def exit_of(outcome: Outcome) -> str | None:
    """Where an AMP cache sends readers that is not on an AMP cache, by a redirect or a refreshing page."""
    answer = outcome.answer
    if answer is None or not 200 <= answer.status < 300 or not _is_on_cache(outcome.url):
        return None
    refresh = answer.page.refresh if answer.page is not None else None
    ends = (answer.url, refresh) if refresh is not None else (answer.url,)
    return next((url for url in ends if not _is_on_cache(url)), None)


def is_copy_missing(outcome: Outcome, kind: VerdictKind) -> bool:
    """Whether an AMP cache responded that it has no copy. With a history such runs are counted."""
    if kind is VerdictKind.DEAD:
        return _is_on_cache(outcome.url)
    return exit_of(outcome) is not None


def leads_to_amp(evidence: Evidence, cache: Link, outcome: Outcome) -> bool:
    """Whether readers whom an AMP cache redirects, or could redirect, find a working AMP page."""
    answer = outcome.answer
    if answer is not None and answer.page is not None and answer.page.is_amp and not _is_on_cache(answer.url):
        return True
    page = amp_page_of(evidence, cache)
    return page is not None and serves_amp(page)


def is_same(one: str, other: str) -> bool:
    """Whether two URLs are the same page to a reader."""
    difference = same_page(one, other)
    return difference is None or difference.trivial


def _success(result: LinkResult) -> Answer | None:
    answer = result.outcome.answer if result.outcome is not None else None
    if answer is None or result.verdict.kind not in LIVING or not 200 <= answer.status < 300:
        return None
    return answer


def _is_on_cache(url: str) -> bool:
    host = _host(url)
    return host is not None and cache_of(host) is not None


def _host(url: str) -> str | None:
    try:
        return parse_url(url).host
    except InvalidUrl:
        return None
