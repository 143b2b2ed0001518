"""Hosts that have abandoned AMP: the evidence, and what to remove from each article.

Google's guidance for removing AMP ("Remove AMP content from Google Search") has the publisher remove `rel=amphtml` and
redirect each AMP page to its canonical page. The AMP pages of others return 404, or serve the regular page instead.
"""

from collections.abc import Callable, Iterator
from enum import Enum, auto

from msgspec import Struct

from linkcheck.judge.comparison.amp_pairs import (
    caches_of,
    end_without_amp,
    has_copy,
    is_article,
    is_lost,
    is_regular_page,
    is_same,
    leads_home,
    leads_to_regular_page,
    may_be_amp_for_others,
    publisher_of,
    regular_page_is_gone,
    serves_amp,
)
from linkcheck.judge.comparison.canonicals import partner_page
from linkcheck.judge.issue import Issue, safe, unsafe
from linkcheck.judge.options import AmpCount, JudgeOptions, options_for
from linkcheck.judge.page_signs.missing_page import moved_permanently
from linkcheck.judge.publication import pages_awaited
from linkcheck.judge.run_facts import MOST_PLACES, DroppedAmp
from linkcheck.judge.select import SHARED, is_shared
from linkcheck.judge.url_traits.copy_hosts import copy_of
from linkcheck.judge.url_traits.redirect_chain import is_surely_one_page, leaves_site
from linkcheck.model import (
    Article,
    Evidence,
    Fact,
    FailureKind,
    Fix,
    FixKind,
    Link,
    LinkResult,
    Location,
    PageFacts,
    Role,
    VerdictKind,
)
from linkcheck.pointers import unescape

ENOUGH = 3
"""Number of AMP pages that must be gone before the host is reported without evidence from its canonical pages."""


_SOME = "for some of them, "


class _PageState(Enum):
    LIVES = auto()
    GONE = auto()
    UNKNOWN = auto()


class Removal(Struct, frozen=True):
    """The keys of an AMP page that is gone: the link of the page and those of its copies on caches.

    A copy whose AMP page is not in the article is a key of its own.
    """

    host: str
    links: tuple[Link, ...]
    fix: Fix


class _Pages(Struct):
    requested: set[str]
    gone: set[str]
    unsure: set[str]
    """Those that are gone, without a canonical page that is known to declare no AMP page."""
    lives: bool = False


class AmpSurvey:
    """Finds, article by article, the hosts that have abandoned AMP."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Pages] = {}

    def add(self, evidence: Evidence, options: JudgeOptions) -> None:
        options = options_for(evidence.article, options)
        awaited = pages_awaited(evidence, options)
        for result in evidence.results:
            if result.link.role is not Role.AMP or result.outcome is None:
                continue
            pages = self._hosts.setdefault(result.target.host, _Pages(set(), set(), set()))
            pages.requested.add(result.target.url)
            state = _PageState.UNKNOWN if result.link.location.pointer in awaited else _state_of(evidence, result, options)
            pages.lives |= state is _PageState.LIVES
            if state is _PageState.GONE:
                pages.gone.add(result.target.url)
                if not _is_without_amp(evidence, result.link, options):
                    pages.unsure.add(result.target.url)

    def hosts(self) -> dict[str, AmpCount]:
        """The hosts that have abandoned AMP, with how many pages show it.

        None of their AMP pages works, and `ENOUGH` are gone; fewer are enough if each canonical page declares no AMP page.
        """
        return {
            host: AmpCount(len(pages.gone), len(pages.requested))
            for host, pages in sorted(self._hosts.items())
            if pages.gone and not pages.lives and (len(pages.gone) >= ENOUGH or not pages.unsure)
        }


def removals(evidence: Evidence, options: JudgeOptions) -> Iterator[Removal]:
    """What to remove from an article, of the hosts that have abandoned AMP."""
    options = options_for(evidence.article, options)
    awaited = pages_awaited(evidence, options)
    for result in evidence.results:
        link = result.link
        if link.role is Role.AMP and result.target.host in options.dropped_amp:
            if link.location.pointer not in awaited and is_lost(evidence, result):
                fix = _fix_of(evidence, result, options.dropped_amp[result.target.host], options)
                yield Removal(result.target.host, (link, *caches_of(evidence, link)), fix)
        elif link.role is Role.AMP_CACHE and link.wants.of is None:
            host = publisher_of(evidence, link)
            if host in options.dropped_amp and link.location.pointer not in awaited:
                yield Removal(host, (link,), unsafe("the article does not contain the AMP URL of this copy"))


def issues_of(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    """The same for one article: `remove` are the pointers of the keys to remove together.

    Where they cannot be removed, `not_fixed` says why.
    """
    for removal in removals(evidence, options):
        link = removal.links[0]
        pointers = tuple(each.location.pointer for each in removal.links)
        message = f"{removal.host} no longer serves AMP pages"
        hint = f"Remove {' and '.join(f'`{_name(pointer)}`' for pointer in pointers)}."
        facts: dict[str, Fact] = {"host": removal.host, "remove": pointers}
        kept = _why_kept(evidence.article, tuple(each.location for each in removal.links))
        if kept is not None:
            facts["not_fixed"] = kept
        yield Issue(link.location, message, link.url, hint, facts, None if kept is not None else removal.fix)


class DroppedTally:
    """Collects the findings about hosts that have abandoned AMP. Its size grows with hosts and not with links."""

    def __init__(
        self,
        options: JudgeOptions,
        *,
        is_kept: Callable[[Article, Location], bool],
        is_required: Callable[[Article, tuple[str, ...]], bool],
    ) -> None:
        """`is_kept` says whether a comment keeps the value at a location, `is_required` whether the schema requires keys."""
        self._options = options
        self._is_kept = is_kept
        self._is_required = is_required
        self._found: dict[str, DroppedAmp] = {}

    def add(self, evidence: Evidence) -> None:
        met: set[str] = set()
        for removal in removals(evidence, self._options):
            places = tuple(link.location for link in removal.links)
            if self._is_kept(evidence.article, places[0]):
                continue
            pointers = tuple(place.pointer for place in places)
            required = self._is_required(evidence.article, pointers)
            fix = None if required or _why_kept(evidence.article, places) is not None else removal.fix
            found = DroppedAmp(
                host=removal.host,
                count=self._options.dropped_amp[removal.host],
                articles=int(removal.host not in met),
                keys=tuple(map(_name, pointers)),
                places=(places[0],),
                fix=fix,
                required=required,
                untouched=evidence.changed is not None and evidence.changed.isdisjoint(pointers),
            )
            held = self._found.get(removal.host)
            self._found[removal.host] = found if held is None else _joined(held, found)
            met.add(removal.host)

    def dropped(self) -> tuple[DroppedAmp, ...]:
        return tuple(found for _, found in sorted(self._found.items()))


def _joined(held: DroppedAmp, more: DroppedAmp) -> DroppedAmp:
    """The facts about a host, merged with those of another article. Locations that a change added come first."""
    places = (*more.places, *held.places) if held.untouched and not more.untouched else (*held.places, *more.places)
    return DroppedAmp(
        host=held.host,
        count=held.count,
        articles=held.articles + more.articles,
        keys=tuple(dict.fromkeys((*held.keys, *more.keys))),
        places=places[:MOST_PLACES],
        fix=_weaker(held.fix, more.fix),
        required=held.required or more.required,
        untouched=held.untouched and more.untouched,
    )


def _weaker(one: Fix | None, other: Fix | None) -> Fix | None:
    """The fix for both; none if it applies to some articles only."""
    if one is None or other is None:
        return None
    if one.kind is other.kind:
        return one
    reason = one.reason if one.kind is FixKind.UNSAFE else other.reason
    return one if reason.startswith(_SOME) else unsafe(f"{_SOME}{reason}")


def _state_of(evidence: Evidence, result: LinkResult, options: JudgeOptions) -> _PageState:
    """Whether an AMP page is gone. Pages that refuse, do not respond or are suspect count as unknown.

    Nor does a page without the mark of AMP that is not evidently the article: it may be a wall.
    """
    outcome, link = result.outcome, result.link
    if outcome is None or is_regular_page(evidence, link) or copy_of(link.url) is not None:
        return _PageState.UNKNOWN  # not an AMP URL of the host
    if serves_amp(result):
        return _PageState.LIVES
    partner = partner_page(evidence, link)
    if partner is not None and _has_amp_elsewhere(result, partner[2]):
        return _PageState.LIVES
    if regular_page_is_gone(evidence, link):
        return _PageState.UNKNOWN
    answer, failure = outcome.answer, outcome.failure
    if result.verdict.kind is VerdictKind.DEAD:
        # A host for AMP only whose name no longer exists; if the whole site is gone, the canonical page shows it.
        unnamed = failure is not None and failure.kind is FailureKind.DNS and partner is not None
        return _PageState.GONE if unnamed or (answer is not None and answer.status in (404, 410)) else _PageState.UNKNOWN
    if answer is None or answer.page is None or answer.page.has_amp_runtime:
        return _PageState.UNKNOWN  # a page that loads the AMP runtime is an invalid AMP page
    if may_be_amp_for_others(evidence, result):
        return _PageState.LIVES
    if leads_home(result):
        return _PageState.GONE if _is_without_amp(evidence, link, options) else _PageState.UNKNOWN
    end = end_without_amp(evidence, result)
    if end is None:
        return _PageState.UNKNOWN
    stays, is_regular = is_surely_one_page(end, link.url), leads_to_regular_page(evidence, link, end)
    if is_regular and not stays and moved_permanently(outcome):
        return _PageState.GONE
    is_evident = (stays or is_regular) and is_article(evidence, link, answer.page, options)
    return _PageState.GONE if is_evident else _PageState.UNKNOWN


def _has_amp_elsewhere(result: LinkResult, page: PageFacts) -> bool:
    """Whether the canonical page is AMP itself, or declares a different AMP page."""
    if page.is_amp:
        return True
    return bool(page.amphtml) and not any(is_same(result.target.url, url) for url in page.amphtml)


def _is_without_amp(evidence: Evidence, amp: Link, options: JudgeOptions) -> bool:
    """Whether the canonical page is known to declare no AMP page; a wall instead of it proves nothing."""
    partner = partner_page(evidence, amp)
    if partner is None or partner[2].amphtml or partner[2].is_amp or partner[2].truncated:
        return False
    return is_article(evidence, amp, partner[2], options)


def _fix_of(evidence: Evidence, result: LinkResult, count: AmpCount, options: JudgeOptions) -> Fix:
    other = None if result.outcome is None else leaves_site(result.outcome)
    if other is not None:
        return unsafe(f"the AMP page redirects to another domain, {other}")
    if regular_page_is_gone(evidence, result.link):
        return unsafe("the article's page is gone as well")
    if _state_of(evidence, result, options) is not _PageState.GONE:
        return unsafe("the AMP URL leads to a page that may be a different one")
    if count.gone < ENOUGH:
        known = "one AMP page of the host is" if count.gone == 1 else f"{count.gone} AMP pages of the host are"
        return unsafe(f"only {known} known to be gone")
    if not _is_without_amp(evidence, result.link, options):
        return unsafe("it is not known whether the canonical page still has rel=amphtml")
    if has_copy(evidence, result.link):
        return unsafe("an AMP cache still has a copy")
    if result.outcome is not None and not moved_permanently(result.outcome):
        return unsafe("the AMP page redirects only temporarily, and may do so for some devices only")
    return safe(f"{count.gone} AMP pages of the host are gone, and the canonical page has no rel=amphtml")


def _why_kept(article: Article, places: tuple[Location, ...]) -> str | None:
    """Why keys cannot be removed, in one clause."""
    if not all(_has_key(article, place.pointer) for place in places):
        return "it is an item of a list, not a key"
    if any(is_shared(article, place.span) for place in places):
        return SHARED
    return None


def _has_key(article: Article, pointer: str) -> bool:
    """Whether a value belongs to a key, and is not an item of a list."""
    place = article.places.get(pointer)
    return place is not None and place.key is not None


def _name(pointer: str) -> str:
    """The key of a value, or of the list that contains it."""
    return unescape(next(part for part in reversed(pointer.split("/")) if not part.isdecimal()))
