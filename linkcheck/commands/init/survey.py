"""Surveys a repository: its articles, its site generator, and the address of its site."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from posixpath import dirname, join

from msgspec import Struct, json
from msgspec.structs import replace

from linkcheck import discover, infer, validate
from linkcheck.commands.init import no_articles, permalinks
from linkcheck.commands.init.catch_all import divide, free_name, globs_of, infer_for_all, places_to_add
from linkcheck.commands.init.link_prefixes import REPOSITORY, NamedFiles, NamedFilesFinder, is_proved, prefix_of
from linkcheck.commands.init.sites import FoundSite, RepositoryFolder, find_sites, site_around
from linkcheck.errors import NothingFoundError, UsageError
from linkcheck.globs import fits, matcher
from linkcheck.infer import (
    DeclaredSchema,
    FrontMatterDefault,
    Generator,
    Inferred,
    InferredCollection,
    LocalReference,
    SiteInfo,
)
from linkcheck.model import Article, Json, Link, Role
from linkcheck.parse import parse
from linkcheck.plan import Alias, PlanOptions
from linkcheck.repository_files import RepositoryFiles
from linkcheck.urls import InvalidUrl, parse_url, scheme_of

_TURNS = 5
_SAMPLE = 2_000
"""Maximum number of links without a host that are looked up."""
_LONGEST_GLOB = 500
_MOST_WILDCARDS = 8
_OWN_URL = frozenset(("permalink", "path", "slug", "url"))
"""Properties that replace the URL that the settings give to an article."""
_BUILD_TIME = ("~", "@", "$", "#")
"""First characters of paths that only the build resolves."""


class Surveyed(Struct, frozen=True):
    """A collection with the schema of its articles. `globs` and `url` are what the configuration gives it."""

    collection: InferredCollection
    globs: tuple[str, ...]
    inferred: Inferred
    url: str | None = None


class RepositorySurvey(Struct, frozen=True):
    """The result of a survey. Paths are relative to the root, which is the working directory.

    `generator` and `site` are those of most articles; `sites` are all that were found, each in a folder of its own.
    `site_roots` are the folders in which links without a host were found, `on_site` is the number of these links.
    `aliases` are the prefixes with which some of them start, and the folders that the build replaces them by. `prefixes`
    are the properties with a `prefix` in their schema, and the folders of their files. `unread` are files whose front
    matter cannot be read, with lines; they do not count for the schemas.
    """

    generator: Generator
    site: SiteInfo
    collections: tuple[Surveyed, ...]
    sites: tuple[FoundSite, ...] = ()
    site_roots: tuple[str, ...] = ()
    aliases: dict[str, str] = {}
    prefixes: tuple[tuple[str, str], ...] = ()
    on_site: int = 0
    unread: tuple[str, ...] = ()


def survey(
    root: str,
    *,
    options: discover.DiscoverOptions | None = None,
    claimed: Callable[[str], bool] = lambda _: False,
    claimed_by_rest: Callable[[str], bool] = lambda _: False,
    prefixes: bool = True,
) -> RepositorySurvey:
    """Survey the repository at `root`. Raises NothingFoundError if it contains no article.

    `options` determine which files are articles. Articles that are `claimed` belong to other collections already; those that
    are `claimed_by_rest` do unless they are in a folder. With `prefixes`, schemas get prefixes that are right together with
    the settings in the survey.
    """
    options = discover.DiscoverOptions(paths=(".",), root=root) if options is None else options
    files = {source.path: source.file for source in discover.discover(options)}
    unread = {path: _place_of_error(article) for path, file in files.items() if not (article := _read(path, file)).data}
    readable = [path for path in files if path not in unread]
    if not readable:
        raise NothingFoundError(no_articles.describe(options, unread))
    sites = find_sites(root)
    main = _main_site(sites, readable)
    defaults = [default for site in sites for default in site.info.defaults]
    defaults += _cascades(sites, files)
    declared = _declared(sites, root)
    surveyed: list[Surveyed] = []
    links_of: list[list[Link]] = []
    content = tuple(dict.fromkeys(folder for site in sites for folder in site.info.content))
    folders, outside = divide(infer.collect(readable, roots=content), claimed)
    loose = tuple(path for path in outside if not claimed_by_rest(path))
    for each in folders:
        inside = {path: files[path] for path in each.paths}
        articles = _Articles(inside)
        inferred = _taken_over(infer.infer(articles.data(), name=each.name), each, articles.always, declared)
        _drop_defaulted(inferred.schema, each.paths, defaults)
        links_of.append(_verified(inferred, articles))
        surveyed.append(Surveyed(each, globs_of(each, options, files), inferred, _stated_url(each, inside, sites, defaults)))
    places = places_to_add(readable, content, covered={each.folder for each in folders})
    if places:
        rest = InferredCollection(free_name(each.name for each in folders), "", loose)
        articles = _Articles({path: files[path] for path in loose})
        inferred = infer_for_all(articles, _Articles({path: files[path] for path in readable}), name=rest.name)
        links_of.append(_verified(inferred, articles))
        surveyed.append(Surveyed(rest, places, inferred))
    on_site = [link for links in links_of for link in links]
    info = _with_certain_address(main.info, sites, on_site)
    aliases = _aliases(sites, on_site, root)
    repository = RepositoryFiles(root)
    roots_with = partial(_site_roots, sites, info, on_site[:_SAMPLE], root, repository=repository)
    named = tuple(_named_files(surveyed, links_of, repository)) if prefixes else ()
    while True:
        site_roots = roots_with(named=named)
        proved = tuple(_proved(named, root, info, site_roots, aliases))
        if len(proved) == len(named):
            break
        named = tuple(each for each, _ in proved)  # the links of the others count for the roots again
    for each_named, prefix in proved:
        each_named.marks["prefix"] = prefix
        if prefix.startswith(REPOSITORY):
            aliases[REPOSITORY] = "."
    return RepositorySurvey(
        generator=main.generator,
        site=info,
        collections=tuple(_with_deviations(each, files) for each in surveyed),
        sites=sites,
        site_roots=site_roots,
        aliases=aliases,
        prefixes=tuple(dict.fromkeys((each.place, each.folder) for each in named)),
        on_site=len(on_site),
        unread=tuple(unread.values()),
    )


def counts_links(survey: RepositorySurvey) -> int:
    """The number of values that were taken for links."""
    return sum(link.texts for each in survey.collections for link in each.inferred.links)


def _with_deviations(each: Surveyed, files: dict[str, str]) -> Surveyed:
    """The collection with the articles that differ from nearly all others."""
    articles = _Articles({path: files[path] for path in each.collection.paths})
    found = infer.find_deviations(each.inferred, articles)
    notes = infer.notes_on(each.inferred, found)
    return replace(each, inferred=replace(each.inferred, deviations=found, notes=notes))


class _Articles:
    """Articles that are read again for each iteration, so that memory does not grow with the archive.

    `always` are the properties that all articles have, once `data` was iterated over.
    """

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files
        self.always: frozenset[str] = frozenset()

    def data(self) -> Iterator[dict[str, Json]]:
        always: frozenset[str] | None = None
        for article in self:
            names = frozenset(article.data)
            always = names if always is None else always & names
            yield article.data
        self.always = always or frozenset()

    def __iter__(self) -> Iterator[Article]:
        return (_read(path, file) for path, file in self._files.items())


def _read(path: str, file: str) -> Article:
    return parse(discover.read_source(file, path=path))


def _place_of_error(article: Article) -> str:
    """The path of an article that cannot be read, with the line of the first error."""
    line = article.parse_errors[0].location.span.line if article.parse_errors else 1
    return f"{article.path}:{line}"


def _verified(inferred: Inferred, articles: Iterable[Article]) -> list[Link]:
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


def _main_site(sites: tuple[FoundSite, ...], paths: Iterable[str]) -> FoundSite:
    """The site of most articles."""
    counts = Counter(site.info.folder for path in paths if (site := site_around(path, sites)) is not None)
    plain = FoundSite(infer.PLAIN, SiteInfo())
    return max(sites, key=lambda site: counts[site.info.folder], default=plain)


def _cascades(sites: Iterable[FoundSite], files: dict[str, str]) -> Iterator[FrontMatterDefault]:
    """What the `_index` pages of Hugo give to the articles below them."""
    if any(site.generator.name == "Hugo" for site in sites):
        for path, file in files.items():
            if os.path.splitext(os.path.basename(path))[0] == "_index":
                yield from infer.cascade_of(_read(path, file).data, dirname(path), own=True)


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


def _drop_defaulted(schema: dict[str, Json], paths: Iterable[str], defaults: Iterable[FrontMatterDefault]) -> None:
    """Require nothing that the settings of the generator give to an article that lacks it."""
    required = schema.get("required")
    if not isinstance(required, list):
        return
    wanted = [default for default in defaults if not default.values.keys().isdisjoint(required)]
    given: set[str] = set()
    for default in wanted:
        globs = _matchers(default.globs)
        if any(fits(globs, path) for path in paths):
            given |= default.values.keys()
    schema["required"] = [name for name in required if name not in given]
    if not schema["required"]:
        del schema["required"]


def _stated_url(
    collection: InferredCollection,
    files: dict[str, str],
    sites: Iterable[FoundSite],
    defaults: Iterable[FrontMatterDefault],
) -> str | None:
    """The URLs that the settings give to the articles, if no default gives some of them another one."""
    site = site_around(f"{collection.folder}/", sites)
    if site is None:
        return None
    url = permalinks.stated_url(collection.folder, files, site)
    for default in defaults if url is not None else ():
        if not _OWN_URL.isdisjoint(default.values):
            globs = _matchers(default.globs)
            if any(fits(globs, path) for path in files):
                return None
    return url


def _matchers(globs: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """The patterns of globs from the settings of a generator, without those that are invalid or would take long."""
    found: list[re.Pattern[str]] = []
    for glob in globs:
        if len(glob) <= _LONGEST_GLOB and glob.count("*") <= _MOST_WILDCARDS:
            with suppress(UsageError):
                found.append(matcher(glob))
    return tuple(found)


def _with_certain_address(site: SiteInfo, sites: Iterable[FoundSite], links: Iterable[Link]) -> SiteInfo:
    """The site without its address if another site has links without a host, which would be requested there."""
    others = [each for each in sites if each.info.folder != site.folder]
    if others and site.base_url is not None:
        for link in links:
            around = site_around(link.location.path, sites)
            if around is not None and around.info.folder != site.folder and around.info.base_url != site.base_url:
                return replace(site, base_url=None)
    return site


def _site_roots(
    sites: tuple[FoundSite, ...],
    site: SiteInfo,
    links: Iterable[Link],
    root: str,
    *,
    repository: RepositoryFiles,
    named: Iterable[NamedFiles],
) -> tuple[str, ...]:
    """The folders in which images without a host were found: those of the settings, and others where the files are."""
    files = RepositoryFolder(root)
    settings = [*site.static, *(folder for other in sites for folder in other.info.static)]
    for folder in dict.fromkeys(("", *(other.info.folder for other in sites))):
        settings += infer.media_roots(RepositoryFolder(root, folder), folder)
    declared = [folder for folder in dict.fromkeys(settings) if files.is_folder(folder)]
    # Names without a folder say nothing about a root, but for one in the settings that their prefix starts from.
    prefixes = {id(link): prefix_of(each.folder, declared) for each in named if each.are_names for link in each.links}
    roots = infer.find_site_roots(
        (
            LocalReference(link.location.path, prefix + link.url)
            for link in links
            if link.role is Role.IMAGE
            and not link.url.strip().startswith(_BUILD_TIME)
            and not (prefix := prefixes.get(id(link), "")).startswith(REPOSITORY)
        ),
        declared,
        is_file=files.is_file,
        ending_with=repository.ending_with,
        base_path=_base_path(site),
    )
    return tuple(folder or "." for folder in roots)


def _named_files(
    surveyed: Iterable[Surveyed], links_of: Sequence[list[Link]], repository: RepositoryFiles
) -> Iterator[NamedFiles]:
    finder = NamedFilesFinder((link for links in links_of for link in links), repository.ending_with)
    for each, links in zip(surveyed, links_of, strict=True):
        yield from finder.find(each.inferred.schema, links)


def _proved(
    named: Iterable[NamedFiles], root: str, site: SiteInfo, site_roots: tuple[str, ...], aliases: dict[str, str]
) -> Iterator[tuple[NamedFiles, str]]:
    """The properties with the prefixes that are proved."""
    options = PlanOptions(
        base_url=f"https://example.com{_base_path(site)}",  # files do not depend on the host
        site_roots=site_roots,
        aliases=tuple(Alias(prefix, folder) for prefix, folder in aliases.items()),
    )
    for each in named:
        prefix = prefix_of(each.folder, site_roots)
        if is_proved(each, prefix, root, options):
            yield each, prefix


def _base_path(site: SiteInfo) -> str:
    """The path of the site's address; `/` if it is not known, or not a URL."""
    try:
        return parse_url(site.base_url).path if site.base_url else "/"
    except InvalidUrl:
        return "/"


def _aliases(sites: Iterable[FoundSite], links: Iterable[Link], root: str) -> dict[str, str]:
    """The aliases with which a link leads to a file."""
    files = RepositoryFolder(root)
    known = {prefix: folder for site in sites for prefix, folder in site.info.aliases.items()}
    found: dict[str, str] = {}
    for url in {link.url.strip() for link in links} if known else ():
        for prefix, folder in known.items():
            if url.startswith(prefix) and prefix not in found and files.is_file(join(folder, url[len(prefix) :])):
                found[prefix] = folder or "."
    return dict(sorted(found.items()))
