"""Expands patterns of the URLs of articles in the notation of Jekyll and Hugo: `/blog/:year/:month/:slug/`."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product

from linkcheck.article_urls.places import Date, Place

_MOST_URLS = 24
_NAME = re.compile(r":([a-z_]+)(?:\[[^\]]{0,20}\])?|\{([a-z_]+)(?::[^{}]{0,20})?\}")
_SLUGS = frozenset(
    (
        "slug",
        "title",
        "filename",
        "slugorfilename",
        "contentbasename",
        "slugorcontentbasename",
        "name",
        "basename",
        "post_title",
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def expand(pattern: str, place: Place, folder: tuple[str, ...]) -> Iterator[str]:
    """The URL paths of an article by a pattern. `folder` is the path from the folder of the content or the collection.

    A pattern without a placeholder is the URL path that contains the articles. An unknown placeholder gives no path.
    """
    if not has_names(pattern):
        pattern = f"{pattern.rstrip('/')}/:path/"
    values = ({**_values(place, folder, slug), **values_of_date(date)} for date, slug in _choices(place))
    filled = (fill(pattern, each) for each in islice(values, _MOST_URLS))
    return (url for url in filled if url is not None)


def has_names(pattern: str) -> bool:
    return _NAME.search(pattern) is not None


def names_of(pattern: str) -> Iterator[str]:
    return (found[1] or found[2] for found in _NAME.finditer(pattern))


def fill(pattern: str, values: Mapping[str, str]) -> str | None:
    """A pattern with values in place of the names; None if a name has no value."""
    if any(name not in values for name in names_of(pattern)):
        return None
    return _NAME.sub(lambda found: values[found[1] or found[2]], pattern)


def _choices(place: Place) -> Iterator[tuple[Date | None, str]]:
    return product(place.dates or (None,), place.slugs)


def _values(place: Place, folder: tuple[str, ...], slug: str) -> dict[str, str]:
    return {
        **dict.fromkeys(_SLUGS, slug),
        "path": "/".join((*folder, slug)),
        "section": folder[0] if folder else "",
        "sections": "/".join(folder),
        "categories": "/".join(place.categories),
        "category": next(iter(place.categories), ""),
        "lang": place.language,
        "collection": place.folder[-1] if place.folder else "",
        "output_ext": ".html",
    }


def values_of_date(date: Date | None) -> dict[str, str]:
    if date is None:
        return {}
    year, month, day = date
    return {
        "year": f"{year}",
        "short_year": f"{year % 100:02}",
        "month": f"{month:02}",
        "i_month": f"{month}",
        "short_month": _MONTHS[month - 1] if 0 < month <= len(_MONTHS) else "",
        "day": f"{day:02}",
        "i_day": f"{day}",
    }
