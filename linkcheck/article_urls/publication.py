"""Decides whether an article has a page, and whether a URL is that of the page, by the rules of the site generator.

Only what is certain counts: a page that is not certain is requested. Without a known generator, an article needs front
matter, and its URL must be one that all generators would give it.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import islice
from posixpath import basename, dirname, splitext

from msgspec.structs import replace

from linkcheck.article_urls.generator_rules import RULES, UNKNOWN
from linkcheck.article_urls.options import PublishedSite
from linkcheck.article_urls.own_keys import OwnValues
from linkcheck.article_urls.page_urls import PageUrls
from linkcheck.article_urls.places import Place, Roots, explains, read_day
from linkcheck.article_urls.segments import UrlEnding, segment, spelled, without_number
from linkcheck.errors import UsageError
from linkcheck.globs import is_quick, matcher

_HTML = frozenset((".html", ".htm"))
_PAGE_FOLDERS = frozenset(("pages", "app", "routes"))
"""Folders of components that are pages."""
_MOST_HIDDEN = 200
"""Maximum number of globs of a site for what it leaves out."""
_LINKED_AS = {
    UrlEnding.FOLDER: (UrlEnding.FOLDER, UrlEnding.INDEX, UrlEnding.NONE),
    UrlEnding.HTML: (UrlEnding.HTML,),
    UrlEnding.NONE: (UrlEnding.NONE, UrlEnding.HTML),
}
"""How links to a page can end, by how its URL ends."""


class Publisher:
    """A site with the rules of its generator. Paths are relative to the repository."""

    def __init__(
        self,
        site: PublishedSite,
        *,
        today: date | None,
        roots: tuple[str, ...] = (),
        bundles: frozenset[str] = frozenset(),
    ) -> None:
        """`bundles` are the folders with an `index` file."""
        self.site = site
        self.is_known = site.generator in RULES
        self.rules = RULES.get(site.generator, UNKNOWN)
        self.urls = PageUrls(site, self.rules)
        self._today = today
        self._hidden = tuple(map(_hiding, site.hidden[:_MOST_HIDDEN] if len(site.hidden) <= _MOST_HIDDEN else ("**",)))
        self._bundles = bundles if self.rules.has_bundles else frozenset[str]()
        self._roots = Roots((*roots, *site.content), any_language=False)

    def contains(self, path: str) -> bool:
        """Whether an article is in the folder of the site, or in one of its folders of content elsewhere."""
        return any(_is_below(path, folder) for folder in (self.site.folder, *self.site.content))

    def publishes(self, place: Place, own: OwnValues, *, is_read: bool, is_later: bool = False) -> bool:
        """Whether an article certainly has a page. That of a file that is not read depends on its path only.

        `is_later` means that it may have its page later: when it is not a draft any more, or on the day of its date.
        """
        if (own.is_hidden and not is_later) or any(each.fullmatch(place.path) for each in self._hidden):
            return False
        *folders, name = place.path.split("/")
        if "_drafts" in folders or (self.rules.hides_underscores and any(map(self._is_left_out, (*folders, name)))):
            return False
        if not is_read:
            return self.is_known or not _PAGE_FOLDERS.isdisjoint(folders)
        if self.is_known and not any(_is_below(place.path, folder) for folder in self.site.content):
            return False
        is_served = self.rules.serves_html and splitext(name)[1].lower() in _HTML
        if (self.rules.needs_front_matter and not own.has_front_matter and not is_served) or self._is_in_bundle(place.path):
            return False
        shows_future = self.site.shows_future or not self.rules.hides_future or is_later
        return is_current(place, own, self._today, shows_future=shows_future)

    def _is_left_out(self, part: str) -> bool:
        """Whether a name starts with an underscore, as those of parts and layouts do."""
        return part.startswith("_") and not part.startswith(("_posts", "_index.")) and part not in self.site.collections

    def _is_in_bundle(self, path: str) -> bool:
        """Whether an article is a part of the page of another one, in its folder or in one above."""
        if not self._bundles:
            return False
        is_index = basename(path).startswith("index.")
        return not self._bundles.isdisjoint(islice(folders_above(path), is_index, None))

    def gives(self, place: Place, written: tuple[str, ...], ending: UrlEnding) -> bool:
        """Whether the page of an article certainly has the URL with these segments, which are as written."""
        if not self.is_spelled(place, written):
            return False
        path = tuple(map(segment, written))
        if not self.is_known:
            return self._is_usual(place, path)
        found = self.urls.of(place)
        return found is not None and found[0] == path and self.is_linked_as(found[1], ending)

    def is_linked_as(self, own: UrlEnding, written: UrlEnding) -> bool:
        """Whether a link can end in a way, if the URL of the page ends in another."""
        if written is UrlEnding.NONE and own is UrlEnding.HTML:
            return self.rules.serves_without_html
        return written in _LINKED_AS[own] or (self.rules.serves_sources and written is UrlEnding.SOURCE)

    def _is_usual(self, place: Place, path: tuple[str, ...]) -> bool:
        """Whether all generators would give an article this URL."""
        if not path:
            whole = (*place.folder, *place.slugs[:1]) if "/" in place.path else ()
            return place.is_home and len(whole) in self._roots.of(whole) and not place.suffix
        stated = place.stated if not place.is_home else ""
        slugs = (stated,) if stated else tuple(each for each in place.slugs if each not in place.titles)
        undated = replace(place, dates=(), categories=())
        return path[-1] in slugs and explains(undated, path[:-1], self._roots, any_language=False)

    def is_spelled(self, place: Place, written: tuple[str, ...]) -> bool:
        """Whether a URL is written like the names it is made from, in the case and with the numbers that it has."""
        if self.rules.hides_underscores and any(each.startswith("_") for each in written):
            return False
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

    def __init__(
        self,
        sites: tuple[PublishedSite, ...],
        *,
        today: date | None,
        roots: tuple[str, ...] = (),
        bundles: frozenset[str] = frozenset(),
    ) -> None:
        self._publishers = tuple(Publisher(site, today=today, roots=roots, bundles=bundles) for site in sites)
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


def folders_above(path: str) -> Iterator[str]:
    """The folders that contain a file, the nearest first, the root of the repository (empty) last."""
    while path:
        path = dirname(path)
        yield path


def _is_below(path: str, folder: str) -> bool:
    return not folder or folder == "." or path.startswith(f"{folder}/")
