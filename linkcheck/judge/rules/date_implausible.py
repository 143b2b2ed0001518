"""A date is a real one, and cannot be when the article was published.

What it means: the publication date is more than 30 days in the future, or in the future while the page is online already; it
is a zero value that a program wrote (`0001-01-01`, `1970-01-01`); or it is before 1995 for an article that has a URL. Or the
article is marked `published: false` or `draft: true`, and its page on your own site (`base-url`) is online.

Why it matters: generators leave out articles of the future, feeds and lists sort by the date, and Google's guide to byline
dates (Search Central, "Provide a publication date") forbids dates in the future. An article that is dated at most 30 days
ahead is taken as scheduled: its pages need not answer yet. With a slip such as 2031 they would be waited for for years, so
linkcheck does not wait for them.

How to fix it: write the day on which it was published.

When to leave it: for events and archives of print. The rule stays quiet for drafts, for articles whose type, category or
folder says that they are events or courses, and for a year before 1995 that stands in the article's URL as well.

For example:

    publishedDateTime: 2031-06-18T10:57:00Z      # 2021
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from linkcheck.judge.fault import Fault
from linkcheck.judge.look import LIVING, is_own
from linkcheck.judge.options import Options
from linkcheck.judge.publication import MOST_DAYS_AHEAD, draft_mark
from linkcheck.model import Evidence, Json, Location, Role, Severity, Sighting
from linkcheck.pointers import escape
from linkcheck.timestamps import moment_of
from linkcheck.urls import is_below

CODE = "LC120"
NAME = "date-implausible"
SEVERITY = Severity.WARNING

_ZEROS = frozenset(
    (
        *("0000-00-00", "0001-01-01", "1970-01-01", "1969-12-31"),  # SQL; .NET and Go; Unix, and the same west of Greenwich
        *("1899-12-30", "1900-01-01", "1904-01-01", "1601-01-01", "1980-01-01"),  # spreadsheets, Windows, ZIP
    )
)
_FIRST_YEAR = 1995
_PAGES = (Role.CANONICAL, Role.ORIGINAL, Role.AMP)
_KINDS = ("type", "category", "categories", "layout", "kind", "collection")
_UPCOMING = re.compile(
    r"(?<![a-z])(?:events?|webinars?|conferences?|meetups?|workshops?|concerts?|festivals?|calendar|agenda|courses?|talks?)"
    r"(?![a-z])",
    re.IGNORECASE,
)


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    mark = draft_mark(evidence.article)
    if mark is not None:
        yield from _online(evidence, options, mark)
        return
    found = [
        (pointer, message)
        for pointer, text in _dates(evidence.article.data, options.date_keys)
        if (message := _fault(evidence, options, pointer.rpartition("/")[0], text)) is not None
    ]
    for pointer, message in found:
        place = evidence.article.places.get(pointer)
        if place is not None:
            location = Location(evidence.article.path, place.value, pointer)
            yield Fault(location, message, hint="Write the day on which it was published.")


def _online(evidence: Evidence, options: Options, mark: str) -> Iterator[Fault]:
    """The mark of an unpublished article whose own page can be read."""
    pointer = f"/{mark.partition(':')[0]}"
    place = evidence.article.places.get(pointer)
    if place is None or options.base_url is None:
        return
    for sighting in evidence.sightings:
        link = sighting.link
        is_page = link.role is Role.CANONICAL and is_own(link.location.pointer)
        if is_page and _lives(sighting) and is_below(sighting.target.url, options.base_url):
            location = Location(evidence.article.path, place.value, pointer)
            message = f"marked `{mark}`, but its page is online: {link.url}"
            yield Fault(location, message, link.url, "Remove the mark, or take the page off the site.")
            return


def _fault(evidence: Evidence, options: Options, owner: str, text: str) -> str | None:
    """What is implausible about a date, in one clause."""
    shown, date, now = text[:40], moment_of(text), moment_of(options.now)
    if text.strip()[:10] in _ZEROS or (date is not None and f"{date:%Y-%m-%d}" in _ZEROS):
        return f"`{shown}` is a zero value, not a date of publication"
    if date is None:
        return None
    pages = [each for each in evidence.sightings if each.link.role in _PAGES and each.link.owner == owner]
    if date.year < _FIRST_YEAR:
        known = not pages or any(f"{date.year:04}" in each.link.url for each in pages)
        return None if known else f"dated {shown}, before news was published on the web"
    if now is None or date <= now + timedelta(days=1) or _is_upcoming(evidence):
        return None
    if date > now + timedelta(days=MOST_DAYS_AHEAD):
        return f"dated {shown}, {(date - now).days:,} days in the future"
    return f"dated {shown}, in the future, but its page is online" if any(map(_lives, pages)) else None


def _lives(sighting: Sighting) -> bool:
    return sighting.outcome is not None and sighting.verdict.kind in LIVING


def _is_upcoming(evidence: Evidence) -> bool:
    """Whether the date may be that of an event."""
    data = evidence.article.data
    kinds = (value for key in _KINDS for value in _flat(data.get(key)) if isinstance(value, str))
    return any(map(_UPCOMING.search, (evidence.article.path.rpartition("/")[0], *kinds)))


def _flat(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _dates(data: Json, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The dates of the article and of the entries of its lists, with their pointers."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, Json]] = [("", data)]
    while waiting:
        pointer, value = waiting.pop()
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        if isinstance(value, dict):
            found += [(f"{pointer}/{escape(key)}", text) for key in keys if isinstance(text := value.get(key), str)]
        for name, child in children:
            if isinstance(child, dict | list):
                waiting.append((f"{pointer}/{escape(str(name))}", child))
    return found
