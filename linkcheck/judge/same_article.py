"""Whether the page that a URL has moved to is still the article's, by the new URL and by what the page says of itself.

The last segment of a path is no sign: `/2019/05/02/bridge` may lead to `/tag/bridge`, `/fr/bridge` or `/print/bridge`. What
counts is the article's title, and since titles recur from week to week, a second sign: the page has the article's date, or
the date or number by which the old URL told articles apart is in the new one. Where the old URL has neither, it is enough
that the page names its new URL as canonical.
"""

import re
from datetime import timedelta

from linkcheck.judge.drift import date_of, published_of
from linkcheck.judge.likeness import Likeness, compare, telling_words
from linkcheck.judge.options import Options
from linkcheck.judge.redirects import is_surely_one_page
from linkcheck.judge.titles import is_title_of
from linkcheck.model import Json, PageFacts
from linkcheck.urls import Url, registrable_domain

_TELLING = 5
"""Words of a title that hardly come together by chance, in a column that appears each week, or in a tag."""

_LISTS = frozenset(
    (
        *("archive", "archives", "author", "authors", "browse", "categories", "category", "channel", "collection"),
        *("collections", "columnist", "columnists", "contributor", "contributors", "explore", "hub", "issue", "issues"),
        *("keyword", "keywords", "label", "labels", "page", "pages", "people", "person", "profile", "region", "regions"),
        *("results", "rubric", "rubrik", "search", "section", "sections", "series", "subject", "subjects", "suche"),
        *("tag", "tagged", "tags", "theme", "themen", "themes", "topic", "topics", "topicpage"),
    )
)
"""Words in the URLs of pages that list articles, of people and of places."""
_VARIANTS = frozenset(
    (
        *("amp", "audio", "beta", "cached", "comment", "comments", "dev", "discussion", "embed", "feed", "feeds"),
        *("galleries", "gallery", "images", "listen", "lite", "live", "m", "mobi", "mobile", "photo", "photos", "pictures"),
        *("podcast", "podcasts", "preview", "print", "printable", "printer", "printview", "rss", "share", "slideshow"),
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
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_.]?(0?[1-9]|1[0-2])(?:[-/_.]?(0?[1-9]|[12]\d|3[01]))?(?!\d)")
_NUMBER = re.compile(r"(?!(?:19|20)\d\d(?!\d))(?<!\d)\d{3,}")
"""A number that is no year."""
_EXTENSION = re.compile(r"\.[a-z]{2,5}$")
_TOKEN = re.compile(r"[^\W_]+")


def why_another(old: Url, new: Url, *, is_amp: bool) -> str | None:
    """What in a new URL shows that it is not simply the article's, in one clause; None where nothing does.

    `is_amp` says that the link is to be of an AMP page.
    """
    added = _words(new) - _words(old)
    kinds = added & (_LISTS | (_VARIANTS - {"amp"} if is_amp else _VARIANTS))
    if kinds:
        return f"the new URL may be that of a list or of another version: {min(kinds)!r} is new in it"
    if new.path.startswith(f"{old.path.removesuffix('/')}/"):
        return "the new URL may be that of a part of the article"
    edition = next((part for part in sorted(_parts(new) - _parts(old)) if _EDITION.fullmatch(part)), None)
    if edition is not None:
        return f"the new URL may be that of another edition or language: {edition!r} is new in it"
    return "the new URL has another date" if has_other_date(old, new) else None


def has_other_date(old: Url, new: Url) -> bool:
    """Whether both paths have dates, and none in common."""
    before, after = _dates(old), _dates(new)
    return bool(before and after) and not any(_agree(one, other) for one in before for other in after)


def has_title_of(owner: dict[str, Json], page: PageFacts, old: Url, new: Url, options: Options) -> str | None:
    """That a page has an article's title, and nothing speaks against it, in one clause; None where that is not known.

    `owner` is the article's data, or those of an entry such as a related article.
    """
    ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
    headline = page.json_ld.headline if page.json_ld is not None else None
    if not any(is_title_of(ours, theirs) for theirs in (page.title, page.og_title, headline) if theirs):
        return None
    is_telling = len(telling_words(ours)) >= _TELLING
    same_day = _is_same_day(owner, page, options)
    if same_day:
        return "the new page has the article's title and date" if is_telling or _last(old) == _last(new) else None
    if same_day is None and is_telling and (_is_kept(old, new) or _stands_alone(old, new, page)):
        return "the new page has the article's title"
    return None


def shows_article(owner: dict[str, Json], page: PageFacts, options: Options) -> bool:
    """Whether a page has an article's title, perhaps rewritten, or its date."""
    ours = next((title for key in options.title_keys if isinstance(title := owner.get(key), str)), "")
    headline = page.json_ld.headline if page.json_ld is not None else None
    theirs = [title for title in (page.title, page.og_title, headline) if title]
    return _is_same_day(owner, page, options) is True or any(
        is_title_of(ours, title) or compare(ours, title) is Likeness.LIKE for title in theirs
    )


def _is_same_day(owner: dict[str, Json], page: PageFacts, options: Options) -> bool | None:
    """Whether article and page have one date; None where it is not known of one of them."""
    ours = date_of(owner, options)
    theirs = None if ours is None else published_of(page, ours)
    if ours is None or theirs is None:
        return None
    return abs(ours - theirs) <= timedelta(days=options.drift_days)


def _is_kept(old: Url, new: Url) -> bool:
    """Whether the date or the number by which an old URL tells articles apart is in the new one."""
    kept = _numbers(old) & _numbers(new)
    return bool(kept) or any(_agree(one, other) for one in _dates(old) for other in _dates(new))


def _stands_alone(old: Url, new: Url, page: PageFacts) -> bool:
    """Whether an old URL had no date and no number to lose, and the page names the new one as its own."""
    return not _dates(old) and not _numbers(old) and any(is_surely_one_page(each, new.href) for each in page.canonicals)


def _numbers(url: Url) -> set[str]:
    return set(_NUMBER.findall(_DATE.sub("", f"{url.path}?{url.query}")))


def _dates(url: Url) -> list[tuple[int, ...]]:
    """The dates in a path: year and month, with the day where it is there."""
    return [tuple(int(part) for part in found.groups() if part) for found in _DATE.finditer(url.path)]


def _agree(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(a == b for a, b in zip(one, other, strict=False))


def _parts(url: Url) -> set[str]:
    """The segments of a path without their extensions, and the parts of a host name before the registered domain."""
    host = url.host.removesuffix(registrable_domain(url.host) or url.host)
    segments = (_EXTENSION.sub("", segment) for segment in url.path.lower().split("/"))
    return {part for part in (*host.split("."), *segments) if part}


def _words(url: Url) -> set[str]:
    whole = _parts(url)
    return whole | {token for part in (*whole, url.path.lower()) for token in _TOKEN.findall(part) if len(token) > 1}


def _last(url: Url) -> str:
    return url.path.lower().removesuffix("/").rpartition("/")[2]
