"""Compares the location of an article in the folders of its site with URL paths.

Generators derive URLs from paths in different ways. All of them start at a content folder, and keep the folders below it or
replace them with the date, the categories or the section. A link is compared with every article that has the same slug.
"""

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.article_urls.own_keys import OwnValues
from linkcheck.article_urls.segments import segment, slug_of
from linkcheck.languages import is_language

_CONTENT = frozenset(
    (
        *("content", "contents", "docs", "doc", "documentation", "pages", "site", "source", "src", "app", "routes", "web"),
        *("website", "www", "wiki", "book", "public", "static", "input", "vault", "theme", "markdown"),
    )
)
"""Names of folders at which generators start. No URL contains them."""
_NEVER_SERVED = frozenset(("content", "contents", "src", "source", "static", "public", "input", "vault"))
"""Those of them that are never the first segment of a URL either."""
_POSTS = frozenset(("_posts", "_drafts"))
_INDEX = frozenset(("index", "_index", "+page"))
_README = "readme"
_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ](.+))?", re.DOTALL)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DOCUSAURUS = "docusaurus-plugin-content-"
_VERSION = "version-"

Date = tuple[int, int, int]


class Place(Struct, frozen=True):
    """The folders of an article, as segments, without those that are never part of a URL.

    `slugs` are the possible last segments of its URL; `dates` are those of its file name and its front matter,
    `own_date` is that of the key `date` if it is a day without a time, which could be another day in the time zone of
    the site. `is_home` is true if its URL is that of its folder, and `is_post` if it is in a folder of posts, whose name
    is left out. `suffix` is the language in its file name, `stem` the file name, `stated` its own slug, if it has one,
    and `title` that of its title, as segments. `titles` are the slugs that only its title gives. `is_dated` means that
    its name starts with a date. `names` are the parts of its path and its slugs that are not written as segments.
    """

    path: str
    folder: tuple[str, ...]
    slugs: tuple[str, ...]
    dates: tuple[Date, ...] = ()
    own_date: Date | None = None
    categories: tuple[str, ...] = ()
    language: str = ""
    is_home: bool = False
    is_post: bool = False
    suffix: str = ""
    stem: str = ""
    stated: str = ""
    title: str = ""
    titles: tuple[str, ...] = ()
    is_dated: bool = False
    names: tuple[str, ...] = ()


def place_of(path: str, own: OwnValues, *, readme: bool = False) -> Place:
    """The place of an article, from its path relative to the repository and the values of its front matter.

    `readme` means that the generator takes a file of this name for the index of its folder.
    """
    *parts, name = path.split("/")
    parts = _published(parts)
    stem, language = _stem_of(name)
    is_home = stem.lower() in _INDEX or (readme and stem.lower() == _README)
    is_post = not _POSTS.isdisjoint(parts)
    if is_post:
        # The URL does not contain folders below that of the posts either.
        first = next(number for number, part in enumerate(parts) if part in _POSTS)
        stem, is_home = (parts[-1], False) if is_home else (stem, False)
        parts = parts[:first]
    elif is_home and parts:
        stem = parts.pop()
    dated = _DATED.fullmatch(stem)
    undated = dated[4] if dated and _date(dated) else None
    named = [stem, *filter(None, (undated, *(each.rsplit("/", 1)[-1] for each in own.slugs)))]
    titles = tuple(map(slug_of, own.titles))
    slugs = dict.fromkeys((*map(segment, named), *titles))
    days = [_DAY.match(each) for each in own.dates]
    dates = dict.fromkeys(date for day in (dated, *days) if day is not None and (date := _date(day)) is not None)
    return Place(
        path,
        _interned(tuple(map(segment, parts))),
        tuple(slug for slug in slugs if slug),
        tuple(dates),
        _date(whole) if (whole := _DAY.fullmatch(own.date.strip())) else None,
        tuple(slug_of(each) for each in own.categories),
        language or segment(own.language),
        is_home,
        is_post,
        segment(language),
        segment(stem),
        next((segment(each) for each in own.slugs if "/" not in each), ""),
        next(iter(titles), ""),
        tuple(slug for slug in titles if slug not in {*map(segment, named)}),
        undated is not None,
        tuple(each for each in (*path.split("/")[:-1], *named) if each != segment(each)),
    )


class Roots:
    """The folders at which URL paths of the site can start; `others` are those in the configuration.

    `any_language` means that the folder of any language can be missing in a URL, not only that of the default language.
    """

    def __init__(self, others: tuple[str, ...] = (), *, any_language: bool = True) -> None:
        self._any_language = any_language
        self._others = frozenset(tuple(map(segment, filter(None, other.split("/")))) for other in others)
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, folder: tuple[str, ...]) -> tuple[int, ...]:
        """The possible numbers of leading segments of a folder that its URLs do not contain."""
        return tuple(
            length
            for length in range(len(folder) + 1)
            if self._is_root(folder[:length]) and (length == len(folder) or folder[length] not in _NEVER_SERVED)
        )

    def _is_root(self, folder: tuple[str, ...]) -> bool:
        if not folder or folder[-1] in _CONTENT or folder in self._others:
            return True
        return self._any_language and len(folder) > 1 and is_language(folder[-1]) and self._is_root(folder[:-1])


def explains(place: Place, above: tuple[str, ...], roots: Roots, *, any_language: bool = True) -> bool:
    """Whether an article can have a URL that consists of the segments `above` and one of its slugs.

    If not `any_language`, the URL contains the language in the name of the file.
    """
    if not any_language and place.suffix:
        return above[:1] == (place.suffix,) and explains(_without_language(place), above[1:], roots)
    starts = roots.of(place.folder)
    if any(place.folder[start:] == above for start in starts):
        return True
    if place.language and above[:1] == (place.language,) and explains(_without_language(place), above[1:], roots):
        return True
    if above and set(above) <= {*place.categories}:
        return True
    if place.is_post and not above:
        return True
    rest = _without_date(above, place.dates)
    if rest is None:
        return False
    return set(rest) <= {*place.categories} or any(place.folder[start : start + len(rest)] == rest for start in starts)


def _without_language(place: Place) -> Place:
    return replace(place, language="", suffix="")


def _without_date(above: tuple[str, ...], dates: tuple[Date, ...]) -> tuple[str, ...] | None:
    """The segments without the year, the month and the day; None if they contain no date of the article."""
    first = next((number for number, part in enumerate(above) if len(part) == 4 and part.isdecimal()), None)
    if first is None:
        return None
    stated = [int(part) for part in above[first : first + 3] if part.isdecimal() and len(part) <= 4]
    if not any(list(date[: len(stated)]) == stated for date in dates):
        return None
    return above[:first] + above[first + len(stated) :]


def _published(parts: list[str]) -> list[str]:
    """The folders in the URL: Docusaurus publishes translations and older versions in different ones."""
    for number, part in enumerate(parts[:-1]):
        above, below = parts[:number], parts[number + 2 :]
        if part == "versioned_docs" and parts[number + 1].startswith(_VERSION):
            return [*above, "docs", parts[number + 1].removeprefix(_VERSION), *below]
        if part == "i18n" and below and below[0].startswith(_DOCUSAURUS):
            kind = below[0].removeprefix(_DOCUSAURUS).partition("-")[0]
            rest = below[2:] if below[1:2] == ["current"] else below[1:]
            return [*above, parts[number + 1], *([] if kind == "pages" else [kind]), *rest]
    return parts


def _stem_of(name: str) -> tuple[str, str]:
    """The name without extension and language: `about.fr.md` is `about` in French."""
    stem = name.rpartition(".")[0] or name
    start, _, language = stem.rpartition(".")
    if start and is_language(language):
        return start, segment(language)
    return stem, ""


def read_day(text: str) -> Date | None:
    """The day at the start of a text."""
    found = _DAY.match(text)
    return None if found is None else _date(found)


def _date(found: re.Match[str]) -> Date | None:
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


@lru_cache(maxsize=4096)
def _interned(folder: tuple[str, ...]) -> tuple[str, ...]:
    """The same tuple for all articles of a folder, to save memory."""
    return folder
