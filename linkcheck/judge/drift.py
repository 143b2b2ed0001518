"""Pages that answer for an article and seem to be another page: an unlike title and a second sign.

A title alone shows nothing: headlines are rewritten and translated. The second sign is a move to another domain, a canonical
URL elsewhere, or another date.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from linkcheck.judge.answers import article_pages
from linkcheck.judge.canonicals import distinct
from linkcheck.judge.look import owner_of
from linkcheck.judge.options import Options
from linkcheck.judge.redirects import is_one_page
from linkcheck.judge.sites import site_of
from linkcheck.judge.titles import letters, likeness, may_be_alike, telling_words
from linkcheck.model import Answer, Evidence, Json, Link, Outcome, PageFacts
from linkcheck.timestamps import moment_of

_UNLIKE = 0.25
"""Below this the words of two titles have nothing in common; edited headlines score 0.4 and more."""
_FAR = timedelta(days=30)
_GENERIC = frozenset(("home", "homepage", "index", "magazine", "news", "official", "online", "site", "website", "welcome"))
"""What stands beside a site's own name in the title of a page that says nothing else."""


class Stranger(Struct, frozen=True):
    """A page that seems to be another than the article's: its title, and the other signs in clauses."""

    link: Link
    title: str
    signs: tuple[str, ...]


def strangers(evidence: Evidence, options: Options) -> Iterator[Stranger]:
    """Pages of articles whose title is unlike the article's, with a second sign that they are others."""
    for link, outcome, answer, page in article_pages(evidence):
        owner = owner_of(evidence, link)
        ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
        title = _unlike(ours, page, answer.url)
        signs = () if title is None else tuple(_signs(outcome, answer, page, date_of(owner, options)))
        if title is not None and signs:
            yield Stranger(link, title, signs)


def date_of(owner: dict[str, Json], options: Options) -> datetime | None:
    """The date of an article or of an entry such as a related article."""
    return next((date for key in options.date_keys if (date := moment_of(owner.get(key))) is not None), None)


def published_of(page: PageFacts, ours: datetime) -> datetime | None:
    """When the page says it was published; of several dates the one closest to ours."""
    dates = (moment_of(page.published), moment_of(page.json_ld.published if page.json_ld is not None else None))
    return min((date for date in dates if date is not None), key=lambda date: abs(date - ours), default=None)


def _unlike(ours: str, page: PageFacts, url: str) -> str | None:
    """The page's title, where none of its titles is like ours; None where one is, or nothing can be told."""
    headline = page.json_ld.headline if page.json_ld is not None else None
    theirs = [title for title in (page.title, page.og_title, headline, page.heading) if title]
    if not letters(ours) or any(may_be_alike(ours, title) for title in theirs):
        return None
    names = _names(page, url)
    telling = [title for title in theirs if not _is_name(title, names)]
    scores = [(score, title) for title in telling if (score := likeness(ours, title)) is not None]
    return scores[0][1] if scores and max(scores)[0] < _UNLIKE else None


def _names(page: PageFacts, url: str) -> tuple[str, ...]:
    """What the site is called: by its domain, and by itself."""
    return tuple(name for name in (letters(site_of(url).partition(".")[0]), letters(page.site_name or "")) if name)


def _is_name(title: str, names: tuple[str, ...]) -> bool:
    """Whether a title is nothing but the site's name, as of pages that scripts fill in."""
    words = telling_words(title)
    return any(letters(title) == name or all(word in name or word in _GENERIC for word in words) for name in names)


def _signs(outcome: Outcome, answer: Answer, page: PageFacts, ours: datetime | None) -> Iterator[str]:
    asked, got = site_of(outcome.url), site_of(answer.url)
    if asked != got:
        yield f"it is on another domain, {got}"
    canonical = _canonical_elsewhere(outcome, answer, page)
    if canonical is not None:
        yield f"its canonical URL is {canonical}"
    theirs = None if ours is None else published_of(page, ours)
    if ours is not None and theirs is not None and abs(ours - theirs) > _FAR:
        yield f"it was published on {theirs:%Y-%m-%d}, the article on {ours:%Y-%m-%d}"


def _canonical_elsewhere(outcome: Outcome, answer: Answer, page: PageFacts) -> str | None:
    urls = distinct(page.canonicals)
    own = (outcome.url, answer.url)
    return urls[0] if urls and not any(is_one_page(url, each) for url in urls for each in own) else None
