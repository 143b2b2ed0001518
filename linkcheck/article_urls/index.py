"""Finds the article with a URL on the site."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from posixpath import basename, dirname, join, normpath, relpath, splitext
from urllib.parse import unquote

from msgspec.structs import replace

from linkcheck.article_urls.options import ArticleUrlOptions, PublishedSite, UrlPattern
from linkcheck.article_urls.own_keys import HEAD_BYTES, OwnValues, read_own_values
from linkcheck.article_urls.page_urls import PageUrl
from linkcheck.article_urls.places import Place, Roots, explains, place_of
from linkcheck.article_urls.publication import Publication, Publisher, folders_above, is_current
from linkcheck.article_urls.segments import (
    UrlEnding,
    ending_of,
    names_source,
    segment,
    segments,
    spelled,
    written_segments,
)
from linkcheck.article_urls.url_pattern import expand, has_names, names_of
from linkcheck.files import open_descriptor
from linkcheck.globs import has_magic, matcher, static_folder
from linkcheck.repository_files import RepositoryFiles
from linkcheck.urls import InvalidUrl, parse_url

MOST_ARTICLES = 50_000
_REMEMBERED = 4096
_MOST_ALIKE = 1_000
"""Maximum number of articles with the same slug that a URL is compared with."""
_MOST_TRIED = 4
"""Maximum number of articles with the same URL, such as translations, next to which a file is looked up."""
_LEVELS = 3
"""Maximum number of folders between the URL of an article and the URL of one of its files."""
_ARTICLES = frozenset((".md", ".mdx", ".markdown", ".qmd", ".rmd", ".rmarkdown", ".html", ".htm"))
_TEMPLATES = frozenset((".njk", ".liquid"))
"""Pages that are not articles, but have front matter, so they are read."""
_OTHER_PAGES = frozenset((".astro", ".vue", ".svelte", ".tsx", ".jsx", ".rst", ".adoc", ".ipynb", ".org"))
"""Other files that generators create pages from. They are not read; only their paths count."""
_PAGE_OF_FOLDER = re.compile(r"_?index\.")
_MARKED = re.compile(r"[:{}*<>]")
_SLUG, _PATTERN = "(slug)", "(pattern)"
"""Used in place of a key if a URL comes from a slug or a pattern."""
_BELOW_CONTENT = "@/"
"""How links to files below the content start in Zola."""

SitesOf = Callable[[list[str]], tuple[PublishedSite, ...]]


class ArticleUrls:
    """The articles of a repository by URL. They are read when the first URL is looked up."""

    def __init__(
        self,
        root: str,
        options: ArticleUrlOptions,
        sites_of: SitesOf | None = None,
        *,
        heads: Mapping[str, bytes] | None = None,
    ) -> None:
        """`sites_of` finds the sites of the repository, from the paths of its files.

        `heads` are the starts of the texts of articles, by their paths in the repository. If given, only these are found.
        """
        self._root = root
        self._heads = heads
        self._options = options
        self._sites_of = sites_of
        self.has_page = lru_cache(maxsize=_REMEMBERED)(self._has_page)
        self.find = lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(
        self, path: str, *, article: str = "", links: frozenset[str] = frozenset(), is_url: bool = False
    ) -> str | None:
        """The article whose page certainly has a URL, relative to the working directory; None if none is known.

        `path` is relative to the site if it starts with a slash, else to `article`. If it starts with `@/`, it is that of a
        file below the content. The values of the properties `links`, in lower case, are links and not URLs of articles.
        `is_url` means that the link contains the address of the site, so that it does not depend on the article.
        """
        if self._index is None:
            return None
        article = normpath(join(self._options.folder, article))
        is_file = path.startswith(_BELOW_CONTENT)
        if is_file or path.startswith("/"):
            path = path.removeprefix(_BELOW_CONTENT[:-1])
            found = self._index.page(path, links, None if is_url else article, is_file=is_file)
        else:
            found, _ = self._relative(self._index, path, article, links)
        return None if found is None else self._seen(found)

    def find_later(
        self, path: str, *, article: str, links: frozenset[str] = frozenset(), is_url: bool = False
    ) -> str | None:
        """The article whose page would have a URL if it were published, or which declares it as its canonical URL.

        The parameters are those of `find`, but not for files below the content.
        """
        if self._index is None:
            return None
        article = normpath(join(self._options.folder, article))
        url = path if path.startswith("/") else self._resolved(self._index, path, article, links)
        found = None if url is None else self._index.page_later(url, links, None if is_url else article)
        return None if found is None else self._seen(found)

    def _has_page(self, file: str) -> bool | None:
        """Whether an article with front matter states nothing that keeps it from having a page; None without front matter.

        Only this file is read.
        """
        path = normpath(join(self._options.folder, file))
        own = _read(os.path.join(self._root, path), path, self._options)
        if not own.has_front_matter:
            return None
        return is_current(place_of(path, own), own, self._options.today) and not own.is_hidden

    @property
    def has_sites(self) -> bool:
        """Whether the generators of the repository's sites are known, or cannot be, so that only `find` knows pages."""
        return not self.are_all_read or self._index is None or self._index.has_sites

    def names_article(self, path: str) -> bool:
        """Whether a path is that of an article, though sites do not serve it under this name."""
        return self._index is not None and names_source(path) and next(self._index.at(path, frozenset()), None) is not None

    def possibly_at(self, path: str) -> Iterator[str]:
        """The articles that have a URL path or may have it, now or later, relative to the working directory."""
        for found in () if self._index is None else self._index.possibly_at(path):
            yield self._seen(found)

    def has_certain_url(self, file: str) -> bool:
        """Whether the URL of an article is certain, or that it has none."""
        return self._index is not None and normpath(join(self._options.folder, file)) in self._index.certain

    def next_to(self, path: str) -> tuple[str, ...]:
        """The files, in the folder of an article, that a path below the URL of the article can lead to."""
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        if self._index is None:
            return ()
        found: dict[str, None] = {}
        for level in range(1, min(_LEVELS, len(parts) - 1) + 1):
            articles = self._index.at("/".join(parts[:-level]), frozenset(), is_certain=True)
            found |= {self._seen(join(dirname(each.path), *parts[-level:])): None for each in islice(articles, _MOST_TRIED)}
        return tuple(found)

    def in_bundle(self, path: str, *, article: str) -> str | None:
        """The file with a path below the certain URL of a bundle, whether it exists or not, in the site of `article`."""
        parts = [part for part in path.split("/") if part]
        if self._index is None or ".." in parts:
            return None
        article = normpath(join(self._options.folder, article))
        for level in range(1, min(_LEVELS, len(parts) - 1) + 1):
            index = self._index.page(f"/{'/'.join(parts[:-level])}/", frozenset(), article)
            if index is not None and self._index.is_bundle(index):
                return self._seen(join(dirname(index), *parts[-level:]))
        return None

    def url_of_relative(self, path: str, *, article: str, links: frozenset[str] = frozenset()) -> str | None:
        """The URL path of the page that a path relative to an article leads to; None if none is known, or not certainly."""
        if self._index is None or path.startswith(("/", _BELOW_CONTENT)):
            return None
        return self._relative(self._index, path, normpath(join(self._options.folder, article)), links)[1]

    def is_at_url(self, path: str, *, article: str, links: frozenset[str] = frozenset()) -> bool:
        """Whether an article has the URL that a path relative to the URL of another one leads to."""
        if self._index is None:
            return False
        article = normpath(join(self._options.folder, article))
        url = self._resolved(self._index, path, article, links)
        return url is not None and self._index.page(url, links, article) is not None

    def _resolved(self, index: "_Index", path: str, article: str, links: frozenset[str]) -> str | None:
        """The URL path that a path relative to the URL of an article leads to; None if this URL is not certain."""
        own = None if names_source(path) else index.url_of(article, self._own_values(article), links)
        if own is None or not own.endswith("/"):
            return None
        return normpath(join(own, path)) + ("/" if path.endswith(("/", ".")) else "")

    def _relative(self, index: "_Index", path: str, article: str, links: frozenset[str]) -> tuple[str | None, str | None]:
        """The article at a path relative to the URL of an article or to its file, and the URL path of its page.

        If the URL is not certain, it is that of the folder of the article, or one level deeper.
        """
        url = self._resolved(index, path, article, links)
        found = None if url is None else index.page(url, links, article)
        if found is not None:
            return found, url
        stem = splitext(article)[0]
        for start in (dirname(article), dirname(article) if basename(stem) in ("index", "_index") else stem):
            found = index.in_folder(path, start, article)
            if found is not None:
                return found, index.url_of(found, self._own_values(found), links)
        return None, None

    @property
    def are_all_read(self) -> bool:
        """Whether the repository has few enough files to read its articles."""
        return self._listed is not None

    @cached_property
    def _listed(self) -> list[str] | None:
        """The files of the repository; None if there are too many."""
        most = self._options.most_files
        listed = list(islice(RepositoryFiles(self._root, gitignore=self._options.gitignore).paths(), most + 1))
        return None if len(listed) > most else listed

    @cached_property
    def _index(self) -> "_Index | None":
        """None if the repository has too many files, and none of them was given."""
        files = self._listed
        paths: Iterable[str] = files if files is not None else self._given()
        if files is None:
            if not paths:
                return None
            files = self._around(paths)
            paths = {*paths, *(path for path in files if _PAGE_OF_FOLDER.match(basename(path)))}
        kinds = _ARTICLES | _TEMPLATES | _OTHER_PAGES | {each.lower() for each in self._options.extensions}
        paths = paths if self._heads is None else self._heads
        pages = sorted(path for path in paths if splitext(path)[1].lower() in kinds and "/." not in f"/{path}")
        sites = () if self._sites_of is None else self._sites_of(files)
        return _Index(self._options, pages[:MOST_ARTICLES], sites, self._own_values)

    def _given(self) -> list[str]:
        paths = (normpath(join(self._options.folder, path)) for path in self._options.given)
        return [path for path in paths if not path.startswith("..")]

    def _around(self, paths: Iterable[str]) -> list[str]:
        """The files in the folders around these files, among which are the settings of their site."""
        found: list[str] = []
        for folder in sorted({folder for path in paths for folder in folders_above(path)}):
            try:
                names = os.listdir(os.path.join(self._root, folder))
            except OSError:
                continue
            found += (join(folder, name) for name in sorted(names))
        return found

    def _own_values(self, path: str) -> OwnValues:
        if self._heads is None or path not in self._heads:
            return _read(os.path.join(self._root, path), path, self._options)
        is_read = splitext(path)[1].lower() not in _OTHER_PAGES
        return read_own_values(self._heads[path][:HEAD_BYTES], self._options.keys) if is_read else OwnValues()

    def _seen(self, path: str) -> str:
        return relpath(path, self._options.folder)


class _Index:
    """The index of the articles. All paths are relative to the repository."""

    def __init__(
        self,
        options: ArticleUrlOptions,
        paths: list[str],
        sites: tuple[PublishedSite, ...],
        read: Callable[[str], OwnValues],
    ) -> None:
        self._options = options
        self.has_sites = bool(sites)
        self._base = None if options.base_url is None else parse_url(options.base_url)
        self._configured = tuple(normpath(join(options.folder, each)) for each in options.roots)
        self._roots = Roots(self._configured)
        self._patterns = tuple((each, matcher(each.glob, below=True)) for each in options.patterns)
        indexes = frozenset(dirname(each) for each in paths if basename(each).startswith("index."))
        self._publication = Publication(sites, today=options.today, roots=self._configured, bundles=indexes)
        self._places: list[Place] = []
        self._published: set[str] = set()
        """The paths of the articles that certainly have a page."""
        self._later: set[str] = set()
        """Those of the articles that may have one later."""
        self._canonicals: dict[str, int] = {}
        self._homes: list[int] = []
        self._stated_homes: list[int] = []
        self._by_slug: dict[str, list[int]] = {}
        self._stated: dict[str, dict[str, int]] = {}
        self._replaced: dict[str, str] = {}
        """By path of an article, the key whose value replaces its usual URL, if there is one."""
        hiding: set[str] = set()
        for path in paths:
            own = read(path)
            self._add(path, own)
            if own.hides_below and basename(path).startswith("_index."):
                hiding.add(dirname(path))
        self._published -= {path for path in self._published if hiding and not hiding.isdisjoint(folders_above(path))}

    def at(self, path: str, links: frozenset[str], *, is_certain: bool = False) -> Iterator[Place]:
        """The articles that can have a URL. Those that declare it come first.

        If `is_certain`, those are left out whose certain URL is another one.
        """
        written = written_segments(path)
        if not written:
            yield from (self._places[number] for number in self._homes)
            return
        for ending in dict.fromkeys((UrlEnding.NONE, ending_of(path))):
            yield from (place for place, _ in self._declared(written, links, ending))
        folded = tuple(map(segment, written))
        for place in sorted(self._named(folded[-1]), key=lambda each: bool(each.language)):
            if self._replaced.get(place.path) in (None, *links) and explains(place, folded[:-1], self._roots):
                page = self._usual_page(place) if is_certain else None
                if page is None or page[0] == folded:
                    yield place

    def possibly_at(self, path: str) -> Iterator[str]:
        """The articles that have a URL or may have it, now or later."""
        links = frozenset[str]()
        yield from (place.path for place in self.at(path, links))
        yield from filter(None, (self.page(path, links, None), self.page_later(path, links, None)))

    @cached_property
    def certain(self) -> frozenset[str]:
        """The articles whose URL is certain, and those that belong to no site."""
        return frozenset(each.path for each in self._places if self._is_certain(each))

    def _is_certain(self, place: Place) -> bool:
        is_in_site = self._publication.publisher_of(place.path) is not None
        return not is_in_site or place.path in self._replaced or self._usual_page(place) is not None

    def is_bundle(self, path: str) -> bool:
        """Whether the files in the folder of an article are published below its URL."""
        publisher = self._publication.publisher_of(path)
        return publisher is not None and publisher.rules.has_bundles and basename(path).startswith("index.")

    def url_of(self, path: str, own: OwnValues, links: frozenset[str]) -> str | None:
        """The URL path of an article with these values, if it has a page; None if it is not certain."""
        place = self._place(path, own)
        is_stated = any(key in self._options.keys.permalinks and key not in links for key, _ in own.addresses)
        if is_stated or place.names or any("/" in slug for slug in own.slugs) or any(self._patterns_of(place)):
            return None
        found = self._usual_page(place)
        if found is None or found[1] is UrlEnding.NONE:
            return None
        whole = "/".join(("", *found[0]))
        return whole + ".html" if found[1] is UrlEnding.HTML else f"{whole.rstrip('/')}/"

    def _usual_page(self, place: Place) -> PageUrl | None:
        """The URL that the generator gives an article, if its front matter states none; None if it is not certain."""
        publisher = self._publication.publisher_of(place.path)
        return None if publisher is None or not publisher.is_known else publisher.urls.of(place)

    def page_later(self, path: str, links: frozenset[str], article: str | None) -> str | None:
        """The article whose page may have a URL later."""
        linking = self._linking(article)
        found = next((place.path for place in self._pages(path, links, linking, among=self._later)), None)
        declared = self._canonicals.get(_key(written_segments(path), ending_of(path)))
        return self._places[declared].path if found is None and declared is not None else found

    def _linking(self, article: str | None) -> Publisher | None:
        """The site of an article, or that of the configuration."""
        base = self._options.base_url
        return self._publication.publisher_at(base) if article is None else self._publication.publisher_of(article)

    def page(self, path: str, links: frozenset[str], article: str | None, *, is_file: bool = False) -> str | None:
        """The article whose page certainly has a URL in the site of another article, or in that of the configuration."""
        linking = self._linking(article)
        if not is_file and names_source(path) and (linking is None or not linking.rules.serves_sources):
            return None
        if is_file and linking is not None and linking.is_known:
            files = (normpath(join(folder, path.lstrip("/"))) for folder in linking.site.content)
            return next((file for file in files if file in self._published), None)
        return next((place.path for place in self._pages(path, links, linking, among=self._published)), None)

    def _pages(self, path: str, links: frozenset[str], linking: Publisher | None, *, among: set[str]) -> Iterator[Place]:
        """The articles among these that have a URL."""
        written, ending = written_segments(path), ending_of(path)
        for own in (ending, UrlEnding.HTML) if ending is UrlEnding.NONE else (ending,):
            for place, is_pattern in self._declared(written, links, own):
                publisher = self._publisher(place, linking, among)
                is_served = publisher is not None and (own is ending or publisher.is_linked_as(own, ending))
                if publisher is not None and is_served and (not is_pattern or publisher.is_spelled(place, written)):
                    yield place
        if not written:
            yield from (
                self._places[number]
                for number in self._stated_homes
                if self._publisher(self._places[number], linking, among)
            )
        for place in self._named(segment(written[-1])) if written else (self._places[number] for number in self._homes):
            publisher = self._publisher(place, linking, among)
            if (
                publisher is not None
                and self._replaced.get(place.path) in (None, *links)
                and publisher.gives(place, written, ending)
            ):
                yield place

    def _publisher(self, place: Place, linking: Publisher | None, among: set[str]) -> Publisher | None:
        """The site that publishes an article; None if it is another than that of the link, or if it is not among these."""
        publisher = self._publication.publisher_of(place.path)
        return publisher if place.path in among and linking in (None, publisher) else None

    def _declared(self, written: tuple[str, ...], links: frozenset[str], ending: UrlEnding) -> Iterator[tuple[Place, bool]]:
        """The articles that declare a URL, with false, and those that a pattern gives it, with true."""
        for name, stated in self._stated.items():
            url = _key(tuple(map(segment if name == _PATTERN else spelled, written)), ending)
            if name not in links and url in stated:
                yield self._places[stated[url]], name == _PATTERN

    def in_folder(self, path: str, start: str, article: str) -> str | None:
        """The article whose file has a path that starts in a folder: the whole name, or the name without its extension."""
        file = normpath(join(start, path))
        whole = segments(f"/{file}")
        linking, language = self._publication.publisher_of(article), place_of(article, OwnValues()).suffix
        written = tuple(part for part in written_segments(path) if part != "..")
        for place in self._named(whole[-1]) if whole else iter(()):
            publisher = self._publisher(place, linking, self._published)
            if publisher is None:
                continue
            if (
                place.path == file
                if names_source(path)
                else (
                    whole == (*place.folder, place.stem)
                    and place.suffix in ("", language)
                    and publisher.is_spelled(place, written)
                )
            ):
                return place.path
        return None

    def _named(self, slug: str) -> Iterator[Place]:
        return (self._places[number] for number in self._by_slug.get(slug, ()))

    def _add(self, path: str, own: OwnValues) -> None:
        publisher, number = self._publication.publisher_of(path), len(self._places)
        own = self._with_slugs(own, publisher)
        place = self._place(path, own)
        self._places.append(place)
        is_read = splitext(path)[1].lower() not in _OTHER_PAGES
        if publisher is not None and publisher.publishes(place, own, is_read=is_read):
            self._published.add(path)
        elif publisher is not None and publisher.publishes(place, own, is_read=is_read, is_later=True):
            self._later.add(path)
        for canonical in own.canonicals:
            for each in self._paths_of(canonical):
                self._canonicals.setdefault(_key(written_segments(each), ending_of(each)), number)
        if place.is_home and self._is_home(place, publisher):
            self._homes.append(number)
        for slug in dict.fromkeys((*place.slugs, *self._last_segment(place, publisher))):
            alike = self._by_slug.setdefault(slug, [])
            if len(alike) < _MOST_ALIKE:
                alike.append(number)
        for key, value in own.addresses:
            is_elsewhere = self._path_of(value) is None
            self._state(key, value, number)
            if key in self._options.keys.permalinks and not is_elsewhere:
                self._replaced.setdefault(path, key)
        for slug in own.slugs:
            if "/" in slug:
                self._add_slug(slug, number, publisher)
        self._add_patterns(number)

    def _place(self, path: str, own: OwnValues) -> Place:
        publisher = self._publication.publisher_of(path)
        readme = publisher is not None and publisher.rules.has_readme_pages
        return place_of(path, self._with_slugs(own, publisher), readme=readme)

    def _with_slugs(self, own: OwnValues, publisher: Publisher | None) -> OwnValues:
        is_id = publisher is not None and publisher.rules.has_ids and not own.slugs
        return replace(own, slugs=own.ids) if is_id else own

    def _last_segment(self, place: Place, publisher: Publisher | None) -> tuple[str, ...]:
        """The last segment of the URL of a folder, which can have another name than the folder."""
        found = publisher.urls.of(place) if place.is_home and publisher is not None and publisher.is_known else None
        return () if found is None else found[0][-1:]

    def _add_slug(self, slug: str, number: int, publisher: Publisher | None) -> None:
        """Add a slug that is a path. It is below the URL path of its kind of article."""
        place = self._places[number]
        if publisher is not None and publisher.is_known:
            stated = [publisher.urls.slug_url(place, slug)]
        else:  # which can be the name of a parent folder
            stated = ["/".join((start, slug.strip("/"))) for start in ("", *place.folder)]
        for url in filter(None, stated):
            self._state(_SLUG, url, number)
        self._replaced.setdefault(place.path, _SLUG)

    def _add_patterns(self, number: int) -> None:
        place = self._places[number]
        for pattern in self._patterns_of(place):
            is_top = self._is_top(pattern.glob, place)
            if has_names(pattern.pattern) and (is_top or basename(place.path).startswith("_index.")):
                continue  # The page of a folder lists articles, and keeps its usual URL.
            if is_top:
                self._state(_PATTERN, pattern.pattern, number)
                continue
            for url in self._expanded(pattern, place):
                self._state(_PATTERN, url, number)
                self._replaced.setdefault(place.path, _PATTERN)

    def _patterns_of(self, place: Place) -> Iterator[UrlPattern]:
        path = relpath(place.path, self._options.folder)
        return (pattern for pattern, glob in self._patterns if glob.fullmatch(path))

    def _expanded(self, pattern: UrlPattern, place: Place) -> Iterator[str]:
        """The URLs that a pattern gives an article. If the generator has the same names, they mean the same."""
        below, publisher = self._below(pattern.glob, place), self._publication.publisher_of(place.path)
        if publisher is not None and not {*names_of(pattern.pattern)}.isdisjoint(publisher.rules.names):
            url = publisher.urls.filled(pattern.pattern, place, below)
            return iter(() if url is None else (url,))
        return expand(pattern.pattern, place, below)

    def _is_home(self, place: Place, publisher: Publisher | None) -> bool:
        whole = (*place.folder, *place.slugs[:1]) if "/" in place.path else ()
        return len(whole) in self._roots.of(whole) or (
            publisher is not None and publisher.gives(place, (), UrlEnding.FOLDER)
        )

    def _state(self, key: str, value: str, number: int) -> None:
        """Add a URL that an article declares or that a pattern gives it."""
        path = self._path_of(value)
        if path is None or _MARKED.search(path):
            return
        if path == "/":
            self._homes.append(number)
            self._stated_homes.append(number)
        place, urls = self._places[number], self._stated.setdefault(key, {})
        for each in self._paths_of(value):
            found, ending = tuple(map(segment if key == _PATTERN else spelled, written_segments(each))), ending_of(each)
            if found:
                urls.setdefault(_key(found, ending), number)
            if found and not each.startswith("/"):
                # In Hugo, a relative alias is relative to the folder of the article.
                for start in self._roots.of(place.folder):
                    urls.setdefault(_key((*place.folder[start:], *found), ending), number)

    def _paths_of(self, value: str) -> tuple[str, ...]:
        """The path of a URL of the site, and the same without that of the site."""
        path = self._path_of(value)
        if path is None:
            return ()
        base = "/" if self._base is None else self._base.path
        return (path, path[len(base) - 1 :]) if base != "/" and path.startswith(base) else (path,)

    def _path_of(self, value: str) -> str | None:
        """The path of a URL; None for a URL of another site."""
        if "//" not in value:
            return value.partition("#")[0].partition("?")[0]
        try:
            url = parse_url(value, "https://unused.example/")
        except InvalidUrl:
            return None
        return unquote(url.path) if self._base is not None and url.host == self._base.host else None

    def _is_top(self, glob: str, place: Place) -> bool:
        """Whether an article is the page of the folder that a glob starts with."""
        is_named = basename(glob) == basename(place.path)
        return place.is_home and not is_named and len(place.folder) + 1 == len(self._start(glob))

    def _start(self, glob: str) -> tuple[str, ...]:
        return segments(normpath(join(self._options.folder, static_folder(glob) if has_magic(glob) else glob)))

    def _below(self, glob: str, place: Place) -> tuple[str, ...]:
        """The folders between the folder of a glob and the article."""
        start = self._start(glob)
        return place.folder[len(start) :] if place.folder[: len(start)] == start else ()


def _key(written: tuple[str, ...], ending: UrlEnding) -> str:
    """A URL path in the index. One that ends with `.html` is another page than the folder of this name."""
    return "/".join(written) + (UrlEnding.HTML.value if ending is UrlEnding.HTML else "")


def _read(file: str, path: str, options: ArticleUrlOptions) -> OwnValues:
    if splitext(path)[1].lower() in _OTHER_PAGES:
        return OwnValues()
    try:
        descriptor = open_descriptor(file, follow=False)
        try:
            return read_own_values(os.read(descriptor, HEAD_BYTES), options.keys)
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        return OwnValues()
