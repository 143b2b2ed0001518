"""Surveys a repository: its articles, its site generator, and the address of its site."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from posixpath import basename

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import discover, infer
from linkcheck.commands.init import no_articles
from linkcheck.commands.init.absent_files import AbsentFilesFinder
from linkcheck.commands.init.articles import ArticleStore
from linkcheck.commands.init.catch_all import divide, free_name, is_whole, places_to_add
from linkcheck.commands.init.data_collections import SkippedData, find_data, with_free_names, without_links
from linkcheck.commands.init.link_settings import LinkSettingsFinder, with_certain_address
from linkcheck.commands.init.surveyed_collections import CollectionSurvey, Surveyed
from linkcheck.discover.other_extensions import OtherExtensions
from linkcheck.errors import NothingFoundError
from linkcheck.infer import Generator, InferredCollection, SiteInfo
from linkcheck.model import Link
from linkcheck.pipeline.sites import FoundSite, find_sites, site_around
from linkcheck.plan import PlanOptions
from linkcheck.repository_files import RepositoryFiles

MOST_SKIPPED = 1_000
"""Maximum number of articles that are counted in a folder that is left out."""
_OUTPUT = frozenset(("_site", "_book", "_vendor"))
"""Folders of output and packages, which can be large and whose articles are those of others."""


class RepositorySurvey(Struct, frozen=True):
    """The result of a survey. Paths are relative to the root, which is the working directory.

    `generator` and `site` are those of most articles; `sites` are all that have articles, each in a folder of its own.
    `site_roots` are the folders in which links without a host were found, `on_site` is the number of these links.
    `aliases` are the prefixes with which some of them start, and the folders that the build replaces them by. `prefixes`
    are the properties with a `prefix` in their schema, and the folders of their files. `unread` are files whose front
    matter cannot be read, with lines, and `programs` those whose front matter is a program; they do not count for the
    schemas. `skipped_data` are data files in no collection.
    `exclude_files` are globs of files that the globs of collections match, but that are not in the collections.
    `skipped` are folders of templates or parts that contain articles, with their number, or the most that are counted.
    `extensions` are those of articles if they were specified, `others` names files with front matter that have another one,
    and `rst_files` counts articles in reStructuredText.
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
    programs: tuple[str, ...] = ()
    skipped_data: tuple[SkippedData, ...] = ()
    exclude_files: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    rst_files: int = 0
    skipped: tuple[tuple[str, int], ...] = ()


def survey(
    root: str,
    *,
    options: discover.DiscoverOptions | None = None,
    extensions: tuple[str, ...] = (),
    claimed: Callable[[str], bool] = lambda _: False,
    claimed_by_rest: Callable[[str], bool] = lambda _: False,
    claimed_data: Callable[[str], bool] = lambda _: False,
    has_entries: Callable[[], bool] = lambda: False,
    given: PlanOptions | None = None,
) -> RepositorySurvey:
    """Survey the repository at `root`.

    Raises NothingFoundError if it contains no article and no data files with links, unless the existing configuration
    `has_entries`.

    `options` determine which files are articles, `extensions` replace those in the options. Articles that are `claimed`, and
    data files that are `claimed_data`, belong to other collections already; articles that are `claimed_by_rest` do unless
    they are in a folder. Schemas get prefixes that are right together with the settings in the survey, or with those that
    are `given` because they exist already.
    """
    options = discover.DiscoverOptions(paths=(".",), root=root) if options is None else options
    if extensions:
        options = replace(options, extensions=extensions)
    others, tally = OtherExtensions(), discover.FileCounts()
    store = ArticleStore(discover.discover(options, tally, others=others))
    readable = store.readable
    sites = find_sites(root)
    languages = frozenset(folder for site in sites for folder in site.info.languages)
    content = infer.join_languages([folder for site in sites for folder in site.info.content], languages)
    repository = RepositoryFiles(root)
    collections = CollectionSurvey(root, store, sites, options, repository)
    found = infer.collect(readable, roots=content, languages=languages, declared=collections.declared_folders)
    folders, outside = divide(found, claimed)
    data = find_data(sites, root, options, claimed=claimed_data, can_exclude=given is None)
    # Before the folders around them: the first path of the configuration that fits a file counts.
    entries = [*with_free_names(data.collections, taken=[each.name for each in folders])]
    linkless = [each for each in entries if not collections.add_entries(each)]
    skipped_data = (*data.skipped, *without_links(linkless))
    if not (readable or collections.surveyed or has_entries()):
        raise NothingFoundError(
            no_articles.describe(options, store.unread, others, rst_files=tally.rst_files, skipped_data=skipped_data)
        )
    loose = [path for path in outside if not claimed_by_rest(path)]
    for each in folders:
        loose += (path for path in collections.add_folder(each) if not claimed_by_rest(path))
    whole = (each.collection for each in collections.surveyed if is_whole(each.globs))
    places = places_to_add(readable, content, covered={folder for each in whole for folder in each.folders})
    if places:
        rest = InferredCollection(free_name(each.collection.name for each in collections.surveyed), (), tuple(loose))
        collections.add_rest(rest, places)
    counts = Counter(around.info.folder for path in readable if (around := site_around(path, sites)) is not None)
    main = max(sites, key=lambda each: counts[each.info.folder], default=FoundSite(infer.PLAIN, SiteInfo()))
    checked = tuple(_without_absent_files(collections, root, repository))
    surveyed, links_of = tuple(each for each, _ in checked), [links for _, links in checked]
    on_site = [link for links in links_of for link in links]
    site = with_certain_address(main.info, sites, on_site)
    settings = LinkSettingsFinder(root, sites, site, links_of, repository).find(surveyed, given=given)
    return RepositorySurvey(
        generator=main.generator,
        site=site,
        collections=surveyed,
        sites=tuple(each for each in sites if counts[each.info.folder]),
        site_roots=settings.site_roots,
        aliases=settings.aliases,
        prefixes=settings.prefixes,
        on_site=len(on_site),
        unread=(*(place for path, place in store.unread.items() if path not in store.programs), *data.unread),
        programs=tuple(sorted(store.programs)),
        skipped_data=skipped_data,
        exclude_files=tuple(dict.fromkeys(glob for each in entries if each not in linkless for glob in each.excludes)),
        extensions=extensions,
        others=tuple(no_articles.named_others(others)),
        rst_files=tally.rst_files,
        skipped=tuple(_skipped_articles(options, tally.skipped_folders)),
    )


def _without_absent_files(
    collections: CollectionSurvey, root: str, repository: RepositoryFiles
) -> Iterator[tuple[Surveyed, list[Link]]]:
    """The collections and their links without the names of files that are nowhere, also not among ignored files."""
    ignored = RepositoryFiles(root, gitignore=False)
    return AbsentFilesFinder(
        collections.surveyed,
        collections.links_of,
        lambda path: any(files.ending_with_in_any_case(path) for files in (repository, ignored)),
    ).unmark()


def _skipped_articles(options: discover.DiscoverOptions, folders: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The folders that were left out as templates but contain articles, and the number of these."""
    for folder in sorted(folders):
        if basename(folder).startswith("_") and basename(folder).lower() not in _OUTPUT:
            inside = replace(options, paths=(folder,), survey=None, optional=True, skip_templates=False)
            articles = sum(1 for _ in islice(discover.discover(inside), MOST_SKIPPED))
            if articles:
                yield folder, articles


def counts_links(survey: RepositorySurvey) -> int:
    """The number of values that were taken for links."""
    return sum(link.texts for each in survey.collections for link in each.inferred.links)
