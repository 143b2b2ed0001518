"""Finds the article with a URL on the site."""

import os
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice
from posixpath import basename, dirname, join, normpath, relpath, splitext
from urllib.parse import unquote

from linkcheck.article_urls.options import ArticleUrlOptions
from linkcheck.article_urls.own_keys import HEAD_BYTES, OwnValues, read_own_values
from linkcheck.article_urls.places import Place, Roots, explains, place_of
from linkcheck.article_urls.segments import segments
from linkcheck.article_urls.url_pattern import expand, has_names
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
_OTHER_PAGES = frozenset((".astro", ".njk", ".liquid", ".vue", ".svelte", ".tsx", ".jsx", ".rst", ".adoc", ".ipynb", ".org"))
"""Other files that generators create pages from. They are not read; only their paths count."""
_MARKED = re.compile(r"[:{}*<>]")
_SLUG, _PATTERN = "(slug)", "(pattern)"
"""Used in place of a key if a URL comes from a slug or a pattern."""


class ArticleUrls:
    """The articles of a repository by URL. They are read when the first URL is looked up."""

    def __init__(self, root: str, options: ArticleUrlOptions) -> None:
        self._root = root
        self._options = options
        self.find = lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, path: str, *, article: str = "", links: frozenset[str] = frozenset()) -> str | None:
        """The article with a URL, relative to the working directory; None if none is known.

        `path` is relative to the site if it starts with a slash, else to `article`. The values of the properties `links`,
        in lower case, are links and not URLs of articles.
        """
        if self._index is None:
            return None
        if path.startswith("/"):
            found = next(self._index.at(segments(path), links), None)
        else:
            found = self._relative(self._index, path, normpath(join(self._options.folder, article)))
        return None if found is None else self._seen(found)

    def next_to(self, path: str) -> tuple[str, ...]:
        """The files, in the folder of an article, that a path below the URL of the article can lead to."""
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        if self._index is None:
            return ()
        found: dict[str, None] = {}
        for level in range(1, min(_LEVELS, len(parts) - 1) + 1):
            articles = self._index.at(segments("/".join(parts[:-level])), frozenset())
            found |= {self._seen(join(dirname(each), *parts[-level:])): None for each in islice(articles, _MOST_TRIED)}
        return tuple(found)

    def _relative(self, index: "_Index", path: str, article: str) -> str | None:
        """The article at a path relative to the folder of an article, or to its URL, which can be one level deeper."""
        stem = splitext(article)[0]
        for start in (dirname(article), dirname(article) if basename(stem) in ("index", "_index") else stem):
            found = index.in_folder(segments(normpath(join("/", start, path))))
            if found is not None:
                return found
        return None

    @cached_property
    def _index(self) -> "_Index | None":
        """None if the repository has too many files."""
        most = self._options.most_files
        listed = list(islice(RepositoryFiles(self._root, gitignore=self._options.gitignore).paths(), most + 1))
        if len(listed) > most:
            return None
        kinds = _ARTICLES | _OTHER_PAGES | {each.lower() for each in self._options.extensions}
        pages = sorted(path for path in listed if splitext(path)[1].lower() in kinds and "/." not in f"/{path}")
        return _Index(self._root, self._options, pages[:MOST_ARTICLES])

    def _seen(self, path: str) -> str:
        return relpath(path, self._options.folder)


class _Index:
    """The index of the articles. All paths are relative to the repository."""

    def __init__(self, root: str, options: ArticleUrlOptions, paths: list[str]) -> None:
        self._options = options
        self._base = None if options.base_url is None else parse_url(options.base_url)
        self._roots = Roots(tuple(normpath(join(options.folder, each)) for each in options.roots))
        self._patterns = tuple((each, matcher(each.glob, below=True)) for each in options.patterns)
        self._places: list[Place] = []
        self._homes: list[str] = []
        self._by_slug: dict[str, list[int]] = {}
        self._stated: dict[str, dict[str, int]] = {}
        self._replaced: dict[str, str] = {}
        """By path of an article, the key whose value replaces its usual URL, if there is one."""
        for path in paths:
            self._add(path, _read(os.path.join(root, path), path, options))

    def at(self, path: tuple[str, ...], links: frozenset[str]) -> Iterator[str]:
        """The articles with a URL. Those that declare it come first."""
        if not path:
            yield from self._homes
            return
        url = "/".join(path)
        for name, stated in self._stated.items():
            if name not in links and url in stated:
                yield self._places[stated[url]].path
        for place in sorted(self._named(path[-1]), key=lambda each: bool(each.language)):
            if self._replaced.get(place.path) in (None, *links) and explains(place, path[:-1], self._roots):
                yield place.path

    def in_folder(self, path: tuple[str, ...]) -> str | None:
        """The article whose file has this path."""
        places = self._named(path[-1]) if path else iter(())
        return next((place.path for place in places if place.folder == path[:-1]), None)

    def _named(self, slug: str) -> Iterator[Place]:
        return (self._places[number] for number in self._by_slug.get(slug, ()))

    def _add(self, path: str, own: OwnValues) -> None:
        place, number = place_of(path, own), len(self._places)
        self._places.append(place)
        if place.is_home:
            whole = (*place.folder, *place.slugs[:1]) if "/" in path else ()
            if len(whole) in self._roots.of(whole):
                self._homes.append(path)
        for slug in place.slugs:
            alike = self._by_slug.setdefault(slug, [])
            if len(alike) < _MOST_ALIKE:
                alike.append(number)
        for key, value in own.addresses:
            if self._state(key, value, number) and key in self._options.keys.permalinks:
                self._replaced.setdefault(path, key)
        for value in own.slugs:
            if "/" in value:
                # The slug is below the URL path of its kind of article, which is the name of a parent folder.
                for start in ("", *place.folder):
                    self._state(_SLUG, "/".join((start, value.strip("/"))), number)
                self._replaced.setdefault(path, _SLUG)
        for pattern, glob in self._patterns:
            if glob.fullmatch(relpath(path, self._options.folder)):
                is_top = self._is_top(pattern.glob, place)
                if has_names(pattern.pattern) and (is_top or basename(path).startswith("_index.")):
                    continue  # The page of a folder lists articles, and keeps its usual URL.
                if is_top:
                    self._state(_PATTERN, pattern.pattern, number)
                    continue
                for url in expand(pattern.pattern, place, self._below(pattern.glob, place)):
                    self._state(_PATTERN, url, number)
                    self._replaced.setdefault(path, _PATTERN)

    def _state(self, key: str, value: str, number: int) -> bool:
        """Add a URL that an article declares or that a pattern gives it. Returns whether the value is a URL."""
        path = self._path_of(value)
        if path is None or _MARKED.search(path):
            return False
        if path == "/":
            self._homes.append(self._places[number].path)
        place, urls = self._places[number], self._stated.setdefault(key, {})
        base = "/" if self._base is None else self._base.path
        for each in (path, path[len(base) - 1 :]) if base != "/" and path.startswith(base) else (path,):
            found = segments(each)
            if found:
                urls.setdefault("/".join(found), number)
            if found and not each.startswith("/"):
                # In Hugo, a relative alias is relative to the folder of the article.
                for start in self._roots.of(place.folder):
                    urls.setdefault("/".join((*place.folder[start:], *found)), number)
        return "/" in path or "." in path

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
