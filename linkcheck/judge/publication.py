"""Whether an article is published yet: until then, its own pages need not exist."""

import re
from typing import TYPE_CHECKING

from linkcheck.judge.options import USUAL_FIELDS, JudgeOptions
from linkcheck.judge.select import is_own
from linkcheck.model import Article, Evidence, Role
from linkcheck.urls import is_below

if TYPE_CHECKING:
    from datetime import datetime

MOST_DAYS_AHEAD = 30
"""Days up to which an article of the future counts as scheduled. A date further ahead is a mistake."""

_WAITING = re.compile(r"draft|pending|scheduled|future|embargo(?:ed)?|unpublished|private|(?:in )?review", re.IGNORECASE)
"""Values of `status`."""
_PAGES = (Role.CANONICAL, Role.AMP, Role.AMP_CACHE)
"""In this order, each may be a copy of one before."""


def unpublished(article: Article, options: JudgeOptions, *, is_new: bool = False) -> str | None:
    """Why an article is not published yet, in one clause, or None where it is.

    An article counts as published `options.grace_days` after its date. So does one that is dated more than
    `MOST_DAYS_AHEAD` days in the future, unless it is marked as waiting (date-implausible reports that date). `is_new`
    says that the change under check brought it; without a valid date, only that, `published: false` and `draft: true`
    count.
    """
    from linkcheck.timestamps import moment_of

    mark = draft_mark(article)
    if mark is not None:
        return f"it is marked `{mark}`"
    for key in options.date_keys:
        date = moment_of(article.data.get(key))
        if date is not None:
            return _by_date(date, f"{article.data[key]}", options, waits=is_waiting(article))
    return "it is new in this change" if is_new else None


def draft_mark(article: Article) -> str | None:
    """The property that marks an article as not published, as it is written; None if there is none.

    A property that the schema marks can also contain a text such as `pending`.
    """
    if article.data.get("published") is False:
        return "published: false"
    for name in (article.fields or USUAL_FIELDS).draft:
        value = article.data.get(name)
        if value is True:
            return f"{name}: true"
        if article.fields is not None and isinstance(value, str) and _WAITING.fullmatch(value.strip()):
            return f"{name}: {value.strip()}"
    return None


def is_waiting(article: Article) -> bool:
    """Whether an article is marked as a draft, as scheduled or as under an embargo: its date may change."""
    if draft_mark(article) is not None or "/_drafts/" in f"/{article.path}":
        return True
    status = article.data.get("status")
    if isinstance(status, str) and _WAITING.fullmatch(status.strip()) is not None:
        return True
    return any(value for key, value in article.data.items() if key.lower().startswith(("embargo", "scheduled")))


def pages_awaited(evidence: Evidence, options: JudgeOptions) -> dict[str, str]:
    """The pointers of the pages that need not exist yet, and why: those of an article that is not published, its own or of
    another one.
    """
    of_others = {
        each.link.location.pointer: options.unpublished_pages[each.target.url]
        for each in evidence.results
        if each.target.url in options.unpublished_pages
    }
    return {**of_others, **dict.fromkeys(_own_pages_awaited(evidence, options), evidence.unpublished or "")}


def _own_pages_awaited(evidence: Evidence, options: JudgeOptions) -> frozenset[str]:
    """Where the site's address is known, those are the pages below it and their copies: no one is about to publish
    another's. Where it is not, a page that is also the article's original is another's.
    """
    if evidence.unpublished is None:
        return frozenset()
    originals = {each.target.url for each in evidence.results if each.link.role is Role.ORIGINAL}
    pages = [each for each in evidence.results if each.link.role in _PAGES and is_own(each.link.location.pointer)]
    pages.sort(key=lambda page: _PAGES.index(page.link.role))
    awaited: dict[str, str] = {}
    for page in pages:
        link = page.link
        url = page.target.url
        is_own_site = url not in originals if options.base_url is None else is_below(url, options.base_url)
        if is_own_site or link.wants.of in awaited.values():
            awaited[link.location.pointer] = link.url
    return frozenset(awaited)


def is_awaited_by_others(url: str, options: JudgeOptions, *, is_new: bool, is_original: bool) -> bool:
    """Whether links in other articles wait for the canonical of an article that is not published yet.

    `is_new` means that the change under check added the article, `is_original` that it is also the article's original.
    """
    return is_new and not is_original if options.base_url is None else is_below(url, options.base_url)


def _by_date(date: "datetime", text: str, options: JudgeOptions, *, waits: bool) -> str | None:
    from datetime import timedelta

    from linkcheck.timestamps import moment_of

    now = moment_of(options.now)
    if now is None:
        return None
    if date > now + timedelta(days=MOST_DAYS_AHEAD) and not waits:
        return None
    if date > now:
        return f"it is dated in the future ({text})"
    if date + timedelta(days=options.grace_days) > now:
        return f"it is dated {text}, less than {options.grace_days:g} days ago"
    return None
