"""Decides whether an article has a page, and whether a URL is that of the page, by the rules of the site generator.

Only what is certain counts: a page that is not certain is requested. Without a known generator, an article needs front
matter, and its URL must be one that all generators would give it.
"""

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from posixpath import dirname, splitext

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.article_urls.options import PublishedSite
from linkcheck.article_urls.own_keys import OwnValues
from linkcheck.article_urls.places import Place, Roots, explains, read_day
from linkcheck.article_urls.segments import segment, segments, spelled, without_number
from linkcheck.article_urls.url_pattern import expand
from linkcheck.errors import UsageError
from linkcheck.globs import is_quick, matcher

_HTML = frozenset((".html", ".htm"))
_PAGE_FOLDERS = frozenset(("pages", "app", "routes"))
"""Folders of components that are pages."""
_MOST_HIDDEN = 100
"""Maximum number of globs of a site for what it leaves out."""
_YEAR = 4
"""Digits of a year."""


class PublicationRules(Struct, frozen=True):
    """How a generator publishes articles.

    `lowers` and `strips_numbers` tell whether it changes upper case to lower case and removes order numbers; None if that
    is not known. If it `has_slugs`, a slug in the front matter replaces the file name; if it `has_dates`, URLs can contain
    dates and categories, and if it `has_titles`, the title. If `is_exact`, the URL is the path below the folder of the
    content. If `is_anywhere`, articles can be outside the folders of the content. If it `serves_html`, HTML files without
    front matter are published as they are.
    """

    needs_front_matter: bool = True
    readme_is_index: bool = False
    serves_sources: bool = False
    serves_html: bool = False
    lowers: bool | None = None
    strips_numbers: bool | None = None
    strips_dates: bool = False
    is_exact: bool = False
    has_slugs: bool = True
    has_dates: bool = False
    has_titles: bool = False
    hides_future: bool = True
    hides_underscores: bool = True
    is_anywhere: bool = False


_UNKNOWN = PublicationRules(is_anywhere=True)
_BY_NAME = PublicationRules(needs_front_matter=False, has_slugs=False, lowers=False, strips_numbers=False)
"""The last segment of a URL is the name of the file, as written."""
_BY_PATH = replace(_BY_NAME, is_exact=True, hides_future=False)
_EVERY_FILE = replace(_BY_PATH, hides_underscores=False)
_RULES = {
    "Astro": PublicationRules(needs_front_matter=False, strips_numbers=False),
    "Docusaurus": PublicationRules(
        needs_front_matter=False, readme_is_index=True, has_dates=True, lowers=False, strips_numbers=True, hides_future=False
    ),
    "Eleventy": _BY_NAME,
    "Hexo": replace(_BY_NAME, needs_front_matter=True, has_dates=True),
    "Hugo": PublicationRules(
        needs_front_matter=False, lowers=True, strips_numbers=False, is_exact=True, hides_underscores=False
    ),
    "Jekyll": PublicationRules(has_dates=True, lowers=False, strips_numbers=False, serves_html=True),
    "MkDocs": replace(_EVERY_FILE, readme_is_index=True),
    "Nuxt": replace(_BY_NAME, lowers=True, strips_numbers=True),
    "Pelican": PublicationRules(has_dates=True, has_titles=True),
    "Quarto": _BY_PATH,
    "VitePress": replace(_EVERY_FILE, serves_sources=True),
    "VuePress": replace(_EVERY_FILE, readme_is_index=True, serves_sources=True),
    "Zola": replace(_EVERY_FILE, needs_front_matter=True, has_slugs=True, lowers=True, strips_dates=True),
}
"""The rules by the name of the generator. The other generators publish what the program of the site tells them to."""


class Publisher:
    """A site with the rules of its generator. Paths are relative to the repository."""

    def __init__(self, site: PublishedSite, *, today: date | None, roots: tuple[str, ...] = ()) -> None:
        self.site = site
        self.rules = _RULES.get(site.generator, _UNKNOWN)
        self._today = today
        self._hidden = tuple(map(_hiding, site.hidden[:_MOST_HIDDEN]))
        self._roots = Roots((*roots, *site.content), any_language=False)
        folders = {*site.content, *site.language_folders}
        self._content = sorted(
            ((segments_of(each), site.language_folders.get(each)) for each in folders), key=lambda each: -len(each[0])
        )

    def contains(self, path: str) -> bool:
        """Whether an article is in the folder of the site, or in one of its folders of content elsewhere."""
        return any(_is_below(path, folder) for folder in (self.site.folder, *self.site.content))

    def publishes(self, place: Place, own: OwnValues, *, is_read: bool) -> bool:
        """Whether an article certainly has a page. That of a file that is not read depends on its path only."""
        if own.is_hidden or any(each.fullmatch(place.path) for each in self._hidden):
            return False
        *folders, name = place.path.split("/")
        if "_drafts" in folders or (self.rules.hides_underscores and any(map(self._is_left_out, (*folders, name)))):
            return False
        in_content = any(_is_below(place.path, folder) for folder in self.site.content)
        if not is_read:
            return in_content or not _PAGE_FOLDERS.isdisjoint(folders)
        if not in_content and not self.rules.is_anywhere:
            return False
        is_served = self.rules.serves_html and splitext(name)[1].lower() in _HTML
        if self.rules.needs_front_matter and not own.has_front_matter and not is_served:
            return False
        shows_future = self.site.shows_future or not self.rules.hides_future
        return is_current(place, own, self._today, shows_future=shows_future)

    def _is_left_out(self, part: str) -> bool:
        """Whether a name starts with an underscore, as those of parts and layouts do."""
        return part.startswith("_") and not part.startswith(("_posts", "_index.")) and part not in self.site.collections

    def gives(self, place: Place, written: tuple[str, ...]) -> bool:
        """Whether the page of an article certainly has the URL with these segments, which are as written."""
        return self.is_spelled(place, written) and self._is_url(place, tuple(map(segment, written)))

    def _is_url(self, place: Place, path: tuple[str, ...]) -> bool:
        if self.rules.is_exact:
            return path in self._exact(place)
        if not path:
            whole = (*place.folder, *place.slugs[:1]) if "/" in place.path else ()
            return place.is_home and len(whole) in self._roots.of(whole) and not place.suffix
        if path[-1] not in self._slugs(place) or not self._may_have_date(place, path):
            return False
        if not self.rules.has_dates:
            place = replace(place, dates=(), categories=())
        return explains(place, path[:-1], self._roots, any_language=False)

    def _slugs(self, place: Place) -> tuple[str, ...]:
        if place.stated and not place.is_home:
            return (place.stated,) if self.rules.has_slugs else (place.stem,)
        return place.slugs if self.rules.has_titles else tuple(each for each in place.slugs if each not in place.titles)

    def _may_have_date(self, place: Place, path: tuple[str, ...]) -> bool:
        """Whether the URL of a post contains a date if that of the settings does."""
        pattern = next(filter(None, (self.site.patterns.get(each) for each in ("posts", ""))), None)
        if pattern is None or not place.is_post:
            return True
        return (":year" in pattern) == any(len(part) == _YEAR and part.isdecimal() for part in path[:-1])

    def _exact(self, place: Place) -> list[tuple[str, ...]]:
        """The URLs of an article whose generator makes them from its path."""
        above = segments_of(dirname(place.path))
        root, language = next(((root, code) for root, code in self._content if above[: len(root)] == root), (None, None))
        if root is None:
            return []
        prefix = self._prefix(place.suffix or language)
        below = above[len(root) :]
        if prefix is None:
            return []
        pattern = next(iter(self.site.patterns.get(each) for each in below[:1]), None)
        if pattern is not None and not place.path.rpartition("/")[2].startswith("_index."):
            names = expand(pattern, place, below[:-1] if place.is_home else below)
            return [(*prefix, *segments(each)) for each in names]
        if place.is_home and not below:
            return [prefix]
        below, stem = (below[:-1], below[-1]) if place.is_home else (below, place.stem)
        if self.rules.strips_dates and len(place.slugs) > 1 and place.dates:
            stem = place.slugs[1]
        slug = place.stated if self.rules.has_slugs and place.stated else stem
        return [(*prefix, *below, slug)]

    def _prefix(self, language: str | None) -> tuple[str, ...] | None:
        """The first segment of the URLs in a language, None for the default one; None if the language is not published."""
        languages = self.site.languages
        if languages is None:
            return (language,) if language else ()
        codes = {segment(code): prefix for code, prefix in languages.items()}
        prefix = codes.get(segment(language)) if language else codes.get(segment(self.site.default_language), "")
        return None if prefix is None else segments_of(prefix)

    def is_spelled(self, place: Place, written: tuple[str, ...]) -> bool:
        """Whether a URL is written like the names it is made from, in the case and with the numbers that it has."""
        return all(self._is_written(place, each) for each in written)

    def _is_written(self, place: Place, part: str) -> bool:
        plain, exact = segment(part), spelled(part)
        names = [each for each in place.names if segment(each) == plain]
        if not names:
            return exact == plain
        return any(self._spellings(each) == {exact} for each in names)

    def _spellings(self, name: str) -> set[str]:
        """What a name can be in a URL."""
        written = spelled(name)
        numbered = {written, without_number(written)}
        if self.rules.strips_numbers is not None:
            numbered = {without_number(written) if self.rules.strips_numbers else written}
        lowered = {each.lower() for each in numbered}
        if self.rules.lowers is None:
            return numbered | lowered
        return lowered if self.rules.lowers else numbered


class Publication:
    """The sites of a repository. If none is known, articles are anywhere, and need front matter."""

    def __init__(self, sites: tuple[PublishedSite, ...], *, today: date | None, roots: tuple[str, ...] = ()) -> None:
        self._publishers = tuple(Publisher(site, today=today, roots=roots) for site in sites)
        self._unknown = None if sites else Publisher(PublishedSite(""), today=today, roots=roots)
        self.publisher_in = lru_cache(maxsize=4096)(self._publisher_in)

    def publisher_of(self, path: str) -> Publisher | None:
        """The site that an article belongs to; None if it belongs to none."""
        return self.publisher_in(dirname(path))

    def publisher_at(self, base_url: str | None) -> Publisher | None:
        """The site with an address; None if it is not known."""
        stated = (base_url or "").rstrip("/")
        return next((each for each in self._publishers if (each.site.base_url or "").rstrip("/") == stated), self._unknown)

    def _publisher_in(self, folder: str) -> Publisher | None:
        around = [each for each in self._publishers if each.contains(f"{folder}/".lstrip("/"))]
        return max(around, key=lambda each: len(each.site.folder), default=self._unknown)


def is_current(place: Place, own: OwnValues, today: date | None, *, shows_future: bool = False) -> bool:
    """Whether an article is published on a day: neither later, unless the generator shows such articles, nor only before."""
    if today is None:
        return True
    day = (today.year, today.month, today.day)
    if not shows_future and any(each > day for each in place.dates):
        return False
    return not any(end <= day for each in own.ends if (end := read_day(each)) is not None)


def _hiding(glob: str) -> re.Pattern[str]:
    """What a glob of the settings hides: everything if it cannot be matched, or not quickly."""
    with suppress(UsageError):
        return matcher(glob if is_quick(glob) else "**", below=True)
    return matcher("**", below=True)


def segments_of(folder: str) -> tuple[str, ...]:
    return tuple(map(segment, filter(None, folder.split("/"))))


def _is_below(path: str, folder: str) -> bool:
    return not folder or folder == "." or path.startswith(f"{folder}/")
