"""Whether the page that a URL has moved to is still the article's, by the new URL and by what the page declares about
itself.

The last segment of a path is not a sign: `/2019/05/02/bridge` may lead to `/tag/bridge`, `/fr/bridge` or `/print/bridge`.
What counts is the article's title, and since titles recur from week to week, a second sign: the page has the article's
date, or the dates and numbers by which the old URL told articles apart are in the new one. Where the old URL has neither,
it is enough that the page declares its new URL as canonical. A number or a word in the name of the page
must not be replaced: it would be another issue, part or city.
"""

import re
from datetime import datetime, timedelta
from urllib.parse import unquote

from linkcheck.judge.comparison.other_page import date_of, published_of
from linkcheck.judge.options import DRIFT_DAYS, JudgeOptions
from linkcheck.judge.page_signs.notices import is_site_name
from linkcheck.judge.titles.compare_titles import is_title_of, letters, parts_of
from linkcheck.judge.titles.likeness import Likeness, compare, telling_words
from linkcheck.judge.url_traits.redirect_chain import is_surely_one_page
from linkcheck.model import Json, PageFacts
from linkcheck.urls import Url, names_article, registrable_domain

_TELLING = 5
"""Words of a title that are unlikely to occur together by chance, in a column that appears each week, or in a tag."""
_DAY = timedelta(days=1)
_HALF_A_DAY = timedelta(hours=12)
"""By which an article and its page may be apart, as their time zones are; a column may appear each day."""

_LISTS = frozenset(
    (
        *("all", "archive", "archives", "author", "authors", "browse", "categories", "category", "channel", "collection"),
        *("collections", "columnist", "columnists", "contributor", "contributors", "explore", "hub", "issue", "issues"),
        *("keyword", "keywords", "label", "labels", "page", "pages", "people", "person", "profile", "region", "regions"),
        *("results", "rubric", "rubrik", "search", "section", "sections", "series", "subject", "subjects", "suche"),
        *("tag", "tagged", "tags", "theme", "themen", "themes", "topic", "topics", "topicpage"),
    )
)
"""Words in the URLs of pages that list articles, of people and of places."""
_VARIANTS = frozenset(
    (
        *("amp", "audio", "beta", "cached", "comment", "comments", "dev", "discussion", "embed", "feed", "feeds", "forum"),
        *("galleries", "gallery", "images", "listen", "lite", "live", "m", "mobi", "mobile", "photo", "photos", "pictures"),
        *(
            "podcast",
            "podcasts",
            "preview",
            "print",
            "printable",
            "printer",
            "printview",
            "rss",
            "share",
            "shop",
            "slideshow",
        ),
        *(
            "staging",
            "test",
            "textonly",
            "touch",
            "transcript",
            "translate",
            "translation",
            "video",
            "videos",
            "wap",
            "watch",
        ),
    )
)
"""Words in the URLs of what accompanies an article under the same title, or shows it in another way."""
_EDITION = re.compile(
    r"[a-z]{2}([-_][a-z]{2,4})?|arabic|chinese|deutsch|english|espanol|francais|french|german|international|italiano"
    r"|portugues|russian|spanish"
)
"""A whole segment of a path, or part of a host name, that stands for a language or a country."""
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/_.]?(0?[1-9]|1[0-2])(?:[-/_.]?(0?[1-9]|[12]\d|3[01]))?(?!\d)|(?!\d))")
"""A year, with the month and the day where they follow."""
_IDENTIFIER = 4
"""Digits of a number that is probably not a page, part, issue or day. Dates and years are recognized before."""
_EXTENSION = re.compile(r"\.[a-z]{2,5}$")
_TOKEN = re.compile(r"[^\W_]+")
_NAME = re.compile(r"[^\W\d_]+|\d+")
"""A word or a number in the name of a page; `teil3` has both."""
_INDEX = frozenset(("default", "index"))
_SLUG = 3
"""Words that make a last segment a title rather than an identifier."""


def why_another(old: Url, new: Url, *, is_amp: bool) -> str | None:
    """What in a new URL shows that it is not simply the article's, in one clause; None if nothing does.

    `is_amp` says that the link is to be of an AMP page.
    """
    added = _words(new) - _words(old)
    kinds = added & (_LISTS | (_VARIANTS - {"amp"} if is_amp else _VARIANTS))
    if kinds:
        return f"the new URL may lead to a list or a different version: it adds {min(kinds)!r}"
    if new.path.startswith(f"{old.path.removesuffix('/')}/"):
        return "the new URL may lead to only a part of the article"
    if f"{old.path.removesuffix('/')}/".startswith(f"{new.path.removesuffix('/')}/"):
        return "the new URL may be a section page"
    edition = next((part for part in sorted(_parts(new) - _parts(old)) if _EDITION.fullmatch(part)), None)
    if edition is not None:
        return f"the new URL may lead to a different edition or language: it adds {edition!r}"
    return "the new URL has another date" if has_other_date(old, new) else None


def has_other_date(old: Url, new: Url) -> bool:
    """Whether both paths have dates, and none in common."""
    before, after = _dates(old), _dates(new)
    return bool(before and after) and not any(_agree(one, other) for one in before for other in after)


def is_slug(segment: str) -> bool:
    """Whether a segment of a path is made of words, so that its case means nothing; short identifiers often need theirs."""
    words = re.split(r"[-_+~]", _stem(segment))
    return len([word for word in words if word.isalpha() and len(word) > 1]) >= _SLUG


def has_title_of(owner: dict[str, Json], page: PageFacts, old: Url, new: Url, options: JudgeOptions) -> str | None:
    """The clause that a page has an article's title; None if that is not known or something contradicts it.

    `owner` is the article's data, or those of an entry such as a related article.
    """
    ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
    if not letters(ours) or not _has_title(ours, page, new) or _has_short_number(old, new):
        return None
    is_telling = len(telling_words(ours)) >= _TELLING
    date = date_of(owner, options)
    theirs = None if date is None else published_of(page, date)
    if date is None or theirs is None:
        is_known = _keeps_numbers(old, new) and (_keeps_name(old, new) or _keeps_identifier(old, new))
        is_alone = not _numbers(old) and not _dates(old)
        if is_telling and is_known and (not is_alone or _is_canonical(page, new)):
            return "the new page has the article's title"
        return None
    if not _is_same_day(date, theirs) or not _are_of(date, old, new) or _replaces_number(old, new):
        return None
    is_known = _keeps_name(old, new) and (is_telling or names_article(old.path))
    is_known = is_known or (is_telling and (_keeps_identifier(old, new) or _is_renamed(old, new)))
    return "the new page has the article's title and date" if is_known else None


def shows_article(owner: dict[str, Json], page: PageFacts, options: JudgeOptions) -> bool:
    """Whether a page has an article's title, perhaps rewritten, or its date."""
    ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
    headline = page.json_ld.headline if page.json_ld is not None else None
    titles = [title for title in (page.title, page.og_title, headline) if title]
    date = date_of(owner, options)
    theirs = None if date is None else published_of(page, date)
    if date is not None and theirs is not None and abs(date - theirs) <= timedelta(days=DRIFT_DAYS):
        return True
    return any(is_title_of(ours, title) or compare(ours, title) is Likeness.LIKE for title in titles)


def _is_same_day(one: datetime, other: datetime) -> bool:
    return one.date() == other.date() or abs(one - other) < _HALF_A_DAY


def _has_title(ours: str, page: PageFacts, new: Url) -> bool:
    """Whether a page has the article's title, with at most the names of the site and of a folder: no "Quiz: " before it."""
    headline = page.json_ld.headline if page.json_ld is not None else None
    if any(letters(part) and is_site_name(part, page, new.href) for part in parts_of(ours)):
        return False  # the site's own title, which all its pages may have
    return any(_is_title(ours, theirs, page, new) for theirs in (page.title, page.og_title, headline) if theirs)


def _is_title(ours: str, theirs: str, page: PageFacts, new: Url) -> bool:
    parts = parts_of(theirs)
    return any(
        letters(" ".join(parts[start:end])) == letters(ours)
        and all(_names_place(part, page, new) for part in (*parts[:start], *parts[end:]))
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
    )


def _names_place(part: str, page: PageFacts, new: Url) -> bool:
    """Whether a part of a title is the name of the site ("Spiegel Online") or of a folder of the URL."""
    label = (registrable_domain(new.host) or new.host).partition(".")[0]
    folders = {letters(segment) for segment in _segments(new)[:-1]}
    return is_site_name(part, page, new.href) or letters(part) in folders or label in part.lower().split()


def _keeps_name(old: Url, new: Url) -> bool:
    """Whether every word and number by which an old URL names its page is in the new one."""
    return _named(old) <= _all_names(new)


def _keeps_identifier(old: Url, new: Url) -> bool:
    """Whether the identifier that ends an old URL is in the new one, and the words next to it all remain, or none of
    them.
    """
    *_, last = _segments(old) or [""]
    here, numbers = _all_names(new), {*_names(last), *_query_numbers(old)} & _numbers(old)
    words = {name for name in _names(last) if name.isalpha()}
    return (
        any(len(number) >= _IDENTIFIER for number in numbers)
        and numbers <= _numbers(new)
        and _named(old) - words <= here
        and words & here in (words, frozenset())
    )


def _is_renamed(old: Url, new: Url) -> bool:
    """Whether a new URL has nothing of the old one's name, as when a site changes its software. No number may be lost.

    Of a name that stays in part, a month or a place may have been replaced.
    """
    before, after = ({name.casefold() for name in names} for names in (_named(old), _all_names(new)))
    return not before & after and not any(map(str.isdecimal, before))


def _replaces_number(old: Url, new: Url) -> bool:
    before, after = _numbers(old), _numbers(new)
    return bool(before - after) and bool(after - before)


def _has_short_number(old: Url, new: Url) -> bool:
    """Whether a new URL has a number that was not there and may be that of a page, a part, an issue or a day."""
    known = _numbers(old)
    added = ((_numbers_in(segment) & _numbers(new)) - known for segment in _segments(new))
    return any(numbers and all(len(number) < _IDENTIFIER for number in numbers) for numbers in added)


def _keeps_numbers(old: Url, new: Url) -> bool:
    """Whether a new URL has all numbers and dates of the old one, and no other date."""
    before, after = _dates(old), _dates(new)
    return (
        _numbers(old) <= _numbers(new)
        and all(any(other[: len(one)] == one for other in after) for one in before)
        and all(any(_agree(one, other) for one in before) for other in after)
    )


def _are_of(date: datetime, old: Url, new: Url) -> bool:
    """Whether each date in a new URL is one of the old URL's or, in some time zone, that of the article."""
    days = [(day.year, day.month, day.day) for day in (date - _DAY, date, date + _DAY)]
    return all(any(_agree(each, other) for other in (*_dates(old), *days)) for each in _dates(new))


def _is_canonical(page: PageFacts, new: Url) -> bool:
    return any(is_surely_one_page(each, new.href) for each in page.canonicals)


def _named(url: Url) -> frozenset[str]:
    """The words and numbers that identify a page: of the last segment, and of its folder if the last has few.

    A number that is a folder, part of a date as a rule, is inspected elsewhere.
    """
    segments = _segments(url)
    count = 1 if names_article(url.path) or (segments[-2:-1] and segments[-2].isdecimal()) else 2
    return _names(*segments[-count:], *_query_numbers(url))


def _all_names(url: Url) -> frozenset[str]:
    return _names(*_segments(url), *_query_numbers(url))


def _names(*segments: str) -> frozenset[str]:
    """Words and numbers without zeros before them; of slugs without case."""
    found = (name for each in segments for name in _NAME.findall(each.casefold() if is_slug(each) else each))
    return frozenset(map(_plain, found))


def _plain(name: str) -> str:
    return (name.lstrip("0") or "0") if name.isdecimal() else name


def _query_numbers(url: Url) -> list[str]:
    return re.findall(r"\d+", url.query)


def _numbers(url: Url) -> set[str]:
    """The numbers of a URL that are not parts of dates."""
    return _numbers_in(_DATE.sub("/", url.path), *_query_numbers(url))


def _numbers_in(*texts: str) -> set[str]:
    return {_plain(number) for text in texts for number in re.findall(r"\d+", unquote(text))}


def _dates(url: Url) -> list[tuple[int, ...]]:
    """The dates in a path: the year, with the month and the day where they are there."""
    return [tuple(int(part) for part in found.groups() if part) for found in _DATE.finditer(url.path)]


def _agree(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(a == b for a, b in zip(one, other, strict=False))


def _segments(url: Url) -> list[str]:
    """The segments of a path, decoded and without their extensions; those that stand for their folder are left out."""
    stems = (_stem(unquote(segment)) for segment in url.path.split("/"))
    return [stem for stem in stems if stem and stem.lower() not in _INDEX]


def _stem(segment: str) -> str:
    return _EXTENSION.sub("", segment)


def _parts(url: Url) -> set[str]:
    """The segments of a path without their extensions, and the parts of a host name before the registered domain."""
    host = url.host.removesuffix(registrable_domain(url.host) or url.host)
    segments = (_EXTENSION.sub("", segment) for segment in url.path.lower().split("/"))
    return {part for part in (*host.split("."), *segments) if part}


def _words(url: Url) -> set[str]:
    whole = _parts(url)
    return whole | {token for part in (*whole, url.path.lower()) for token in _TOKEN.findall(part) if len(token) > 1}
