"""Infers the schemas of collections from their articles and from the settings of their sites."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from posixpath import basename, split, splitext
from urllib.parse import urlsplit

from msgspec import Struct, json
from msgspec.structs import replace

from linkcheck import discover, infer, validate
from linkcheck.article_urls import ArticleUrlOptions
from linkcheck.article_urls.index import ArticleUrls
from linkcheck.commands.init import declared_schemas, permalinks
from linkcheck.commands.init.articles import ArticleStore
from linkcheck.commands.init.catch_all import globs_of, infer_for_all, without_section_pages
from linkcheck.commands.init.data_collections import DataCollection, has_links, infer_entries
from linkcheck.commands.init.front_matter_defaults import drop_defaulted, find_defaults, replace_urls
from linkcheck.commands.init.page_fields import PageSearch, find_page_fields
from linkcheck.infer import DeclaredSchema, Inferred, InferredCollection, Shape
from linkcheck.model import Json, Link
from linkcheck.pipeline.published_sites import published_sites
from linkcheck.pipeline.sites import FoundSite, site_around
from linkcheck.repository_files import RepositoryFiles
from linkcheck.urls import scheme_of

_TURNS = 5
_NAMING = frozenset(("title", "navtitle", "shorttitle", "linktitle", "sidebarlabel", "label", "name", "slug", "id"))
"""Folded properties by whose values other articles may name an article."""


class Surveyed(Struct, frozen=True):
    """A collection with the schema of its articles. `globs` and `url` are what the configuration gives it."""

    collection: InferredCollection
    globs: tuple[str, ...]
    inferred: Inferred
    url: str | None = None


class CollectionSurvey:
    """Surveys collections of a repository one by one. `links_of` has the links without a host of each."""

    def __init__(
        self,
        root: str,
        store: ArticleStore,
        sites: tuple[FoundSite, ...],
        options: discover.DiscoverOptions,
        repository: RepositoryFiles,
    ) -> None:
        self._store = store
        self._sites = sites
        self._options = options
        self._pages = PageSearch(repository.ending_with, _by_url(root, options), self._base_path)
        self._page_fields = find_page_fields(store, store.readable, self._pages)
        self._defaults = find_defaults(sites, store)
        self._declared = declared_schemas.read_schemas(sites, root)
        self._shape = Shape()
        self._counted: set[str] = set()
        self.surveyed: list[Surveyed] = []
        self.links_of: list[list[Link]] = []

    def _base_path(self, article: str) -> str:
        """The path of the URL of the site that an article belongs to."""
        site = site_around(article, self._sites)
        return "/" if site is None or site.info.base_url is None else urlsplit(site.info.base_url).path or "/"

    @cached_property
    def _names(self) -> frozenset[str]:
        """The titles and names of all articles, folded."""
        paths = self._store.readable
        return frozenset(
            name for path, data in zip(paths, self._store.values(paths), strict=True) for name in _names(path, data)
        )

    @property
    def declared_folders(self) -> frozenset[str]:
        """The folders that have a declared schema."""
        return frozenset(each.folder for each in self._declared)

    def add_folder(self, each: InferredCollection) -> tuple[str, ...]:
        """Survey the collection of a folder. Returns the articles that are left to the collection for everything else."""
        site = site_around(each.paths[0], self._sites)
        left: tuple[str, ...] = ()
        if site is not None and site.generator.has_section_pages:
            each, globs, left = without_section_pages(each, self._options, self._store.files)
        else:
            globs = globs_of(each, self._options, self._store.files)
        if each.paths:
            self._add_articles(each, globs)
        return left

    def _add_articles(self, each: InferredCollection, globs: tuple[str, ...]) -> None:
        shape = self._shape_of(each.paths)
        inferred = infer.infer_from(shape, name=each.name, page_fields=self._page_fields, names=self._names)
        inferred = _taken_over(inferred, each, shape, self._declared, self._store)
        drop_defaulted(inferred.schema, each.paths, self._defaults)
        self._add(Surveyed(each, globs, inferred, self._url_of(each)), self._store)

    def add_entries(self, found: DataCollection) -> bool:
        """Survey a collection of data files. Adds nothing and returns false if they have no links."""
        store = ArticleStore(discover.read_source(file, path=path) for path, file in found.files.items())
        shape = infer.shape_of(store.values(found.files), map_in=found.declared.map_in)
        page_fields = find_page_fields(store, store.readable, self._pages)
        inferred = infer_entries(shape, found, page_fields)
        if not has_links(inferred, found):
            return False
        self._add(Surveyed(found.collection, found.globs, inferred), store)
        return True

    def add_rest(self, rest: InferredCollection, places: tuple[str, ...]) -> None:
        """Survey the collection of articles that are in no folder, and of those that are added later in these places."""
        own = self._shape_of(rest.paths)
        everything = self._store.readable
        self._shape_of(path for path in everything if path not in self._counted)
        outline = infer.outline_of(self._store.values(everything))
        outline.merge(self._shape)
        self._add(
            Surveyed(rest, places, infer_for_all(own, outline, name=rest.name, page_fields=self._page_fields)), self._store
        )

    def _shape_of(self, paths: Iterable[str]) -> Shape:
        """The shape of articles, which become a part of the shape of all."""
        paths = tuple(paths)
        shape = infer.shape_of(self._store.values(paths))
        self._shape.merge(shape)
        self._counted.update(paths)
        return shape

    def _add(self, each: Surveyed, store: ArticleStore) -> None:
        paths = each.collection.paths
        self.links_of.append(_verify(each.inferred, store, paths))
        deviations = infer.find_deviations(each.inferred, store.articles(paths, with_places=True))
        notes = infer.notes_on(each.inferred, deviations)
        self.surveyed.append(replace(each, inferred=replace(each.inferred, deviations=deviations, notes=notes)))

    def _url_of(self, each: InferredCollection) -> str | None:
        """The URLs that the settings give to the articles, if no default gives some of them another one."""
        if len(each.folders) > 1:
            return None
        (folder,) = each.folders
        site = site_around(f"{folder}/", self._sites)
        if site is None:
            return None
        url = permalinks.stated_url(folder, {path: self._store.files[path] for path in each.paths}, site)
        return None if url is None or replace_urls(self._defaults, each.paths) else url


def _names(path: str, data: dict[str, Json]) -> Iterator[str]:
    """The texts with which other articles may name an article."""
    folder, name = split(path)
    stem = splitext(name)[0]
    yield infer.fold(basename(folder) if stem in ("index", "_index") else stem)
    yield from (infer.fold(value) for key, value in data.items() if isinstance(value, str) and infer.fold(key) in _NAMING)


def _taken_over(
    inferred: Inferred,
    collection: InferredCollection,
    shape: Shape,
    declared: list[DeclaredSchema],
    store: ArticleStore,
) -> Inferred:
    found = declared_schemas.find_schema(collection, declared)
    if found is None:
        return replace(inferred, notes=(*inferred.notes, *declared_schemas.notes_on_unused(collection, declared)))
    articles = zip(collection.paths, store.values(collection.paths), strict=True)
    return declared_schemas.take_over(inferred, inferred.schema, shape, found, articles)


def _verify(inferred: Inferred, store: ArticleStore, paths: Iterable[str]) -> list[Link]:
    """Validate articles against their schema, and remove the violated keywords. Returns the links without a host.

    An article that is valid remains so with fewer keywords, and no keyword that can be removed makes a link.
    """
    on_site: list[Link] = []
    for turn in range(_TURNS):
        schemas = validate.Schemas(
            validate.ValidateOptions(schema="inferred.schema.json", read=_always(json.encode(inferred.schema)))
        )
        broken: set[str] = set()
        invalid: list[str] = []
        for article in store.articles(paths):
            validation = schemas.validate(article)
            pointers = {each.schema_pointer for each in validation.violations if each.schema_pointer}
            if pointers:
                broken |= pointers
                invalid.append(article.path)
            if not turn:
                on_site += [link for link in validation.links if _is_on_site(link.url)]
        if turn == _TURNS - 1 or not infer.loosen(inferred.schema, broken):
            break
        paths = invalid
    return on_site


def _by_url(root: str, options: discover.DiscoverOptions) -> Callable[[str], str | None]:
    """Finds an article by its URL on the site. The articles are read when the first one is looked up."""
    urls = ArticleUrls(
        root,
        ArticleUrlOptions(extensions=options.extensions, gitignore=options.gitignore),
        lambda paths: published_sites(root, paths),
    )
    return urls.find


def _always(text: bytes) -> Callable[[Path], bytes]:
    return lambda _path: text


def _is_on_site(url: str) -> bool:
    text = url.strip()
    return bool(text) and scheme_of(text) is None and not text.startswith(("//", "#"))
