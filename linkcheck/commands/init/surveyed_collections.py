"""Infers the schemas of collections from their articles and from the settings of their sites."""

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct, json
from msgspec.structs import replace

from linkcheck import discover, infer, validate
from linkcheck.commands.init import permalinks
from linkcheck.commands.init.articles import Articles
from linkcheck.commands.init.catch_all import globs_of, infer_for_all
from linkcheck.commands.init.front_matter_defaults import drop_defaulted, find_defaults, replace_urls
from linkcheck.commands.init.sites import FoundSite, RepositoryFolder, site_around
from linkcheck.infer import DeclaredSchema, Inferred, InferredCollection
from linkcheck.model import Link
from linkcheck.urls import scheme_of

_TURNS = 5


class Surveyed(Struct, frozen=True):
    """A collection with the schema of its articles. `globs` and `url` are what the configuration gives it."""

    collection: InferredCollection
    globs: tuple[str, ...]
    inferred: Inferred
    url: str | None = None


class CollectionSurvey:
    """Surveys collections of a repository one by one. `links_of` has the links without a host of each."""

    def __init__(
        self, root: str, files: dict[str, str], sites: tuple[FoundSite, ...], options: discover.DiscoverOptions
    ) -> None:
        self._files = files
        self._sites = sites
        self._options = options
        self._defaults = find_defaults(sites, files)
        self._declared = _declared(sites, root)
        self.surveyed: list[Surveyed] = []
        self.links_of: list[list[Link]] = []

    def add_folder(self, each: InferredCollection) -> None:
        """Survey the collection of a folder."""
        articles = self._articles(each.paths)
        inferred = infer.infer(articles.data(), name=each.name)
        inferred = _taken_over(inferred, each, articles.always, self._declared)
        drop_defaulted(inferred.schema, each.paths, self._defaults)
        self._add(Surveyed(each, globs_of(each, self._options, self._files), inferred, self._url_of(each)), articles)

    def add_rest(self, rest: InferredCollection, places: tuple[str, ...], everything: Iterable[str]) -> None:
        """Survey the collection of articles that are in no folder, and of those that are added later in these places."""
        articles = self._articles(rest.paths)
        inferred = infer_for_all(articles, self._articles(everything), name=rest.name)
        self._add(Surveyed(rest, places, inferred), articles)

    def _add(self, each: Surveyed, articles: Articles) -> None:
        self.links_of.append(_verify(each.inferred, articles))
        deviations = infer.find_deviations(each.inferred, articles)
        notes = infer.notes_on(each.inferred, deviations)
        self.surveyed.append(replace(each, inferred=replace(each.inferred, deviations=deviations, notes=notes)))

    def _articles(self, paths: Iterable[str]) -> Articles:
        return Articles({path: self._files[path] for path in paths})

    def _url_of(self, each: InferredCollection) -> str | None:
        """The URLs that the settings give to the articles, if no default gives some of them another one."""
        site = site_around(f"{each.folder}/", self._sites)
        if site is None:
            return None
        url = permalinks.stated_url(each.folder, {path: self._files[path] for path in each.paths}, site)
        return None if url is None or replace_urls(self._defaults, each.paths) else url


def _declared(sites: Iterable[FoundSite], root: str) -> list[DeclaredSchema]:
    """The schemas that settings at the root and in the folders of sites declare."""
    folders = dict.fromkeys(("", *(site.info.folder for site in sites)))
    return [schema for folder in folders for schema in infer.read_declared(RepositoryFolder(root, folder), folder)]


def _taken_over(
    inferred: Inferred, collection: InferredCollection, always: frozenset[str], declared: list[DeclaredSchema]
) -> Inferred:
    found = infer.declared_for(collection.paths, declared)
    if found is None:
        return inferred
    infer.take_over(inferred.schema, found.schema, always)
    return replace(inferred, notes=(*inferred.notes, f"required properties and choices are those of {found.source}"))


def _verify(inferred: Inferred, articles: Articles) -> list[Link]:
    """Validate the articles against their schema, and remove the violated keywords. Returns the links without a host."""
    for turn in range(_TURNS):
        schemas = validate.Schemas(
            validate.ValidateOptions(schema="inferred.schema.json", read=_always(json.encode(inferred.schema)))
        )
        broken: set[str] = set()
        on_site: list[Link] = []
        for article in articles:
            validation = schemas.validate(article)
            broken |= {each.schema_pointer for each in validation.violations if each.schema_pointer}
            on_site += [link for link in validation.links if _is_on_site(link.url)]
        if not broken or turn == _TURNS - 1 or not infer.loosen(inferred.schema, broken):
            break
    return on_site


def _always(text: bytes) -> Callable[[Path], bytes]:
    return lambda _path: text


def _is_on_site(url: str) -> bool:
    text = url.strip()
    return bool(text) and scheme_of(text) is None and not text.startswith(("//", "#"))
