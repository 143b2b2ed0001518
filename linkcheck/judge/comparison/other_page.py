"""Pages that seem to be different from the article's: a different title and a second sign.

A title alone shows nothing: headlines are rewritten and translated. The second sign is a move to another owner's site, a
canonical URL elsewhere on the site, or the name of another site next to a date that is weeks after the article's. Where
it is unclear whether the titles have anything in common (another language, a name), it takes two of these, and a date is
one where the page has lost its publisher's name.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import unquote

from msgspec import Struct

from linkcheck.judge.answers import article_pages
from linkcheck.judge.comparison.canonicals import distinct, why_broken
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.page_signs.removed_content import is_on_platform
from linkcheck.judge.select import owner_of
from linkcheck.judge.titles.compare_titles import SEPARATOR, letters, may_be_alike, runs
from linkcheck.judge.titles.likeness import (
    Likeness,
    compare,
    likeness,
    may_be_in,
    script_of,
    shares_telling_word,
    telling_words,
    words,
)
from linkcheck.judge.titles.stop_words import STOP_WORDS
from linkcheck.judge.url_traits.copy_hosts import copy_of
from linkcheck.judge.url_traits.redirect_chain import detours, is_one_page
from linkcheck.judge.url_traits.site_owner import site_of
from linkcheck.model import Answer, Evidence, Json, Link, Outcome, PageFacts
from linkcheck.pointers import escape
from linkcheck.timestamps import moment_of
from linkcheck.urls import InvalidUrl, Url, parse_url

_FAR = timedelta(days=30)
_MUCH = 0.4
"""Likeness of titles of one page: edited headlines score as much and more."""
_FEWEST_COMMON = 3
_MOST_WORDS = 0.8
"""Words, and the share of the shorter title's, that show that two titles are of one page."""
_FIRST_YEAR = 1000
"""Earlier dates of pages are mistakes or zero values."""
_UNIX_ZERO = ("1969-12-31", "1970-01-01")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST_LETTERS = 3
"""Of a domain, by which it is known in a name."""
_MOST_NAME_WORDS = 4
_ABBREVIATED = 2
"""Letters of a word that may be part of a code."""
_FEWEST_DIGITS = 4
"""Of a number by which a URL identifies a page."""
_NAMELESS = frozenset(
    (
        *("amp", "archive", "article", "articles", "asp", "aspx", "blog", "cfm", "content", "default", "detail", "details"),
        *(
            "feature",
            "features",
            "html",
            "index",
            "item",
            "jsp",
            "news",
            "node",
            "page",
            "pages",
            "permalink",
            "php",
            "post",
        ),
        *("posts", "press", "print", "read", "shtml", "show", "stories", "story", "view", "www"),
    )
)
"""Words in paths that do not describe the subject of a page."""


class OtherPage(Struct, frozen=True):
    """A page that seems to be different from the article's: its title, and the other signs in clauses."""

    link: Link
    title: str
    signs: tuple[str, ...]


def strangers(evidence: Evidence, options: JudgeOptions) -> Iterator[OtherPage]:
    """Pages whose title is unlike the article's, with a second sign that they are different pages."""
    for link, outcome, answer, page in article_pages(evidence):
        owner = owner_of(evidence, link)
        ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
        date = date_of(owner, options)
        if not letters(ours) or _agrees(page, date):
            continue
        canonical = _canonical_elsewhere(ours, outcome, answer, page)
        if canonical is not None and why_broken(evidence, link, canonical, options) is not None:
            canonical = None  # the page's template is wrong, not the page
        signs = tuple(_signs(ours, outcome, answer, page, canonical=canonical, publisher=_publisher(owner), date=date))
        odd = _unlike(ours, page, answer.url, owner) if signs else None  # few pages have a sign, and titles take long
        if odd is not None and len(signs) >= odd.least and not _speaks_of_page(outcome, page, owner):
            yield OtherPage(link, odd.title, signs)


def agrees_with_title(ours: str, page: PageFacts, url: str) -> bool | None:
    """Whether a page has a title, as far as it has any. None if that is not certain.

    It is not for a headline that was edited a lot, and for titles in another language or script. A page that has only titles
    without meaning, such as the name of its site, does not have it.
    """
    from linkcheck.judge.page_signs.uninformative_titles import is_uninformative

    theirs = _titles(page)
    if not theirs or not letters(ours):
        return True
    found = [True if letters(ours) in map(letters, runs(title)) else _is_much_like(ours, title) for title in theirs]
    if True in found or None in found:
        return True if True in found else None
    telling = [title for title in theirs if not is_uninformative(title, page, url, "")]
    if telling and (_is_translated(ours, page) or all(script_of(ours) != script_of(title) for title in telling)):
        return None
    return False


def _is_much_like(ours: str, theirs: str) -> bool | None:
    """Whether two titles show that they are of one page: an edited headline does, another part of a series does not.

    None if they have much in common.
    """
    one, other = words(ours), words(theirs)
    numbers = [{word for word in some if word.isdecimal()} for some in (one, other)]
    if all(numbers) and numbers[0].isdisjoint(numbers[1]):
        return False
    common, fewest = len(one & other), min(len(one), len(other))
    if common >= _FEWEST_COMMON and common >= _MOST_WORDS * fewest:
        return True
    score = likeness(ours, theirs)
    is_alike = 2 * common >= fewest > 1 if score is None else score >= _MUCH and 2 * common >= fewest
    return None if is_alike else False


def date_of(owner: dict[str, Json], options: JudgeOptions) -> datetime | None:
    """The date of an article or of an entry such as a related article."""
    return next((date for key in options.date_keys if (date := moment_of(owner.get(key))) is not None), None)


def dates_of(page: PageFacts) -> tuple[datetime, ...]:
    """The dates that a page declares as its publication date."""
    dates = (moment_of(page.published), moment_of(page.json_ld.published if page.json_ld is not None else None))
    return tuple(date for date in dates if date is not None)


def published_of(page: PageFacts, ours: datetime) -> datetime | None:
    """The publication date that the page declares; of several dates the one closest to ours. Zero values are not dates."""
    return min(filter(_is_date, dates_of(page)), key=lambda date: abs(date - ours), default=None)


def _is_date(date: datetime) -> bool:
    return date.year >= _FIRST_YEAR and f"{date:%Y-%m-%d}" not in _UNIX_ZERO


class _Odd(Struct, frozen=True):
    """A title unlike the article's, and how many other signs it takes."""

    title: str
    least: int


def _agrees(page: PageFacts, ours: datetime | None) -> bool:
    """Whether the page was published around the article's date; then the title proves nothing."""
    theirs = None if ours is None else published_of(page, ours)
    return ours is not None and theirs is not None and abs(ours - theirs) <= _FAR


def _unlike(ours: str, page: PageFacts, url: str, owner: dict[str, Json]) -> _Odd | None:
    """The page's title, where none of its titles is like ours; None if one is, or nothing can be concluded."""
    from linkcheck.judge.page_signs.uninformative_titles import is_uninformative

    theirs = _titles(page)
    if any(may_be_alike(ours, title) for title in theirs):
        return None
    publisher = _publisher(owner)
    seen = [
        (result, title)
        for title in theirs
        if not is_uninformative(title, page, url, publisher) and (result := compare(ours, title)) is not None
    ]
    if not seen or any(result is Likeness.LIKE for result, _ in seen):
        return None
    is_clear = all(result is Likeness.UNLIKE for result, _ in seen) and not _is_translated(ours, page)
    return _Odd(seen[0][1], 1 if is_clear else 2)


def _titles(page: PageFacts) -> list[str]:
    headline = page.json_ld.headline if page.json_ld is not None else None
    return [title for title in (page.title, page.og_title, headline, page.heading) if title]


def _publisher(owner: dict[str, Json]) -> str:
    provider = owner.get("provider")
    name = provider.get("name") if isinstance(provider, dict) else provider
    return name if isinstance(name, str) else ""


def _is_translated(ours: str, page: PageFacts) -> bool:
    """Whether the page declares another language than that of our title."""
    languages = may_be_in(ours)
    return bool(languages and page.lang) and (page.lang or "").lower()[:2] not in languages


def _speaks_of_page(outcome: Outcome, page: PageFacts, owner: dict[str, Json]) -> bool:
    """Whether the article's URL or other texts mention the subject of the page's titles."""
    url = _read(outcome.url)
    ours = [text for key, text in owner.items() if isinstance(text, str) and "://" not in text and key != "title"]
    texts = ["" if url is None else _words_of(url), *ours]
    return any(shares_telling_word(text, title) for text in texts for title in _titles(page))


def _signs(
    ours: str,
    outcome: Outcome,
    answer: Answer,
    page: PageFacts,
    *,
    canonical: str | None,
    publisher: str,
    date: datetime | None,
) -> Iterator[str]:
    requested, got = _read(outcome.url), _read(answer.url)
    if requested is None or got is None:
        return
    has_left = not is_on_platform(answer) and _is_of_another(ours, outcome, answer, requested, got)
    if has_left:
        yield f"it is on another domain, {site_of(answer.url)}"
    if canonical is not None:
        yield f"its canonical URL is {canonical}"
    theirs = None if date is None else published_of(page, date)
    if date is None or theirs is None or theirs - date <= _FAR or is_on_platform(answer):
        return
    # A page that is kept up to date gets a new date with its new headline. So the URL must describe the article and nothing
    # on the page, the publisher's name must be missing, and a further sign is needed.
    if not _shows(requested, ours) or _is_by(publisher, page, outcome.url):
        return
    names = (name for name in (*_site_names(page), _behind(page)) if _is_of_others(name, publisher, requested))
    name = next(names, None)
    if has_left or canonical is not None or name is not None:
        yield f"it was published on {theirs:%Y-%m-%d}, the article on {date:%Y-%m-%d}"
    if name is not None:
        yield f"it is a page of {name[:200]!r}"


def _site_names(page: PageFacts) -> list[str]:
    """What a page declares as the name of its site."""
    names = (page.site_name, page.json_ld.publisher if page.json_ld is not None else None)
    return [name for name in names if name and letters(name)]


def _is_by(publisher: str, page: PageFacts, url: str) -> bool:
    """Whether a page has the publisher's name, by the article or by the host of its URL."""
    parts = [part for title in _titles(page) if len(split := SEPARATOR.split(title)) > 1 for part in split]
    return any(_is_name_of(publisher, name, url) for name in (*parts, *_site_names(page)) if letters(name))


def _is_name_of(publisher: str, name: str, url: str) -> bool:
    """Whether a name may be the publisher's: `BBC News` of the BBC, `FAZ.NET` and `Frankfurter Allgemeine` at `faz.net`."""
    from linkcheck.judge.page_signs.notices import is_site_name

    short, long = sorted((letters(name), letters(publisher)), key=len)
    requested = _read(url)
    labels = [label for label in (requested.host if requested else "").split(".")[:-1] if label not in _NAMELESS]
    return (
        short == long
        or (len(short) >= _FEWEST_LETTERS and short in long)
        or shares_telling_word(name, " ".join((publisher, *labels)))
        or is_site_name(name, PageFacts(), url)
        or any(_reminds(name, label) for label in labels)
    )


def _reminds(name: str, label: str) -> bool:
    """Whether a label of a host may come from a name: it is in it, begins one of its words, or begins with its initials."""
    words = [word for word in map(letters, name.split()) if word and word not in STOP_WORDS]
    initials = "".join(word[0] for word in words)
    return (
        (len(label) >= _FEWEST_LETTERS and label in letters(name))
        or any(word.startswith(label) for word in words)
        or (len(initials) > 1 and label.startswith(initials))
    )


def _behind(page: PageFacts) -> str:
    """What follows the headline in a page's title: behind a bar, or behind what the page calls itself elsewhere."""
    title = page.title or ""
    last = max(SEPARATOR.finditer(title), key=re.Match.start, default=None)
    if last is None or not ("|" in last[0] or title[: last.start()] in (page.og_title, page.heading)):
        return ""
    name = title[last.end() :]
    return name if len(name.split()) <= _MOST_NAME_WORDS else ""


def _is_of_others(name: str, publisher: str, requested: Url) -> bool:
    """Whether a name is not a section of the site's, and written as the publisher's or the host's is: else no one can
    say.
    """
    is_section = letters(name) in letters(unquote(requested.path, errors="replace"))
    return not is_section and script_of(name) == script_of(publisher or requested.host)


def _is_of_another(ours: str, outcome: Outcome, answer: Answer, requested: Url, got: Url) -> bool:
    """Whether redirects led from a page with a name to another owner's site and to a URL without words of the page."""
    from linkcheck.judge.page_signs.takeovers import leads_elsewhere

    if not outcome.hops or not leads_elsewhere(requested, got) or copy_of(outcome.url) is not None:
        return False
    if not _names_page(requested) or _is_same_owner(requested, got) or _keeps(requested, got) or _shows(got, ours):
        return False
    # Walls and temporary pages are on other domains as well; they do not declare that address as canonical.
    page = answer.page
    own = page is not None and any(is_one_page(each, answer.url) for each in page.canonicals)
    return own or not detours(outcome, answer)


def _canonical_elsewhere(ours: str, outcome: Outcome, answer: Answer, page: PageFacts) -> str | None:
    """The one canonical URL of another page of the same site, which shares no word with our URL or our title."""
    from linkcheck.judge.url_traits.page_kind import is_home

    urls = distinct(page.canonicals)
    requested, named = _read(outcome.url), _read(urls[0]) if len(urls) == 1 else None
    if requested is None or named is None or site_of(named.href) != site_of(answer.url) or is_home(named):
        return None
    if any(is_one_page(named.href, each) for each in (outcome.url, answer.url)) or requested.query:
        return None
    return named.href if _words_of(requested) and not (_keeps(requested, named) or _shows(named, ours)) else None


def _is_same_owner(requested: Url, got: Url) -> bool:
    """Whether two domains are spelled alike, as one publisher's: `the-sun.com` and `thesun.co.uk`."""
    old, new = (letters(site_of(url.href).partition(".")[0]).removeprefix("the") for url in (requested, got))
    return bool(old and new) and (old in new or new in old)


def _names_page(url: Url) -> bool:
    """Whether a URL names a page: short links and the links of newsletters lead anywhere, and have few words."""
    if any(_YEAR.fullmatch(folder) for folder in url.path.split("/")[:-1]):
        return True
    return (
        not url.query and len([word for word in _words_of(url).split() if word.isalpha() and len(word) > _ABBREVIATED]) > 1
    )


def _keeps(old: Url, new: Url) -> bool:
    """Whether another URL has a word or an identifier of the old one's path."""
    return shares_telling_word(_words_of(old), _words_of(new)) or bool(_numbers(old) & _numbers(new))


def _shows(url: Url, title: str) -> bool:
    """Whether a URL contains the words of a title."""
    words = _words_of(url)
    return bool(words) and (shares_telling_word(words, title) or compare(words, title) is Likeness.LIKE)


def _words_of(url: Url) -> str:
    """The meaningful words of a path."""
    text = unquote(url.path, errors="replace").replace("_", " ")
    return " ".join(word for word in telling_words(text) if not word.isdecimal() and word not in _NAMELESS)


def _numbers(url: Url) -> frozenset[str]:
    """The numbers in a URL that are not years."""
    parts = "".join(each if each.isdecimal() else " " for each in f"{url.path} {url.query}").split()
    return frozenset(each for each in parts if len(each) > _FEWEST_DIGITS)


def _read(href: str) -> Url | None:
    try:
        return parse_url(href)
    except InvalidUrl:
        return None


def title_place(evidence: Evidence, link: Link, options: JudgeOptions) -> str | None:
    """The pointer of the title next to a link."""
    owner = owner_of(evidence, link)
    return next((f"{link.owner}/{escape(key)}" for key in options.title_keys if isinstance(owner.get(key), str)), None)


def date_place(evidence: Evidence, link: Link, options: JudgeOptions) -> str | None:
    """The pointer of the date next to a link."""
    owner = owner_of(evidence, link)
    return next((f"{link.owner}/{escape(key)}" for key in options.date_keys if moment_of(owner.get(key)) is not None), None)
