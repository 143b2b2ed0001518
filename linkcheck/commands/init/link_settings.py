"""Infers the settings that links without a host need: the folders and aliases in which their files are found."""

from collections.abc import Iterable, Iterator, Sequence
from posixpath import join

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import infer
from linkcheck.commands.init.link_prefixes import REPOSITORY, NamedFiles, NamedFilesFinder, is_proved, prefix_of
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.infer import LocalReference, SiteInfo
from linkcheck.model import Link, Role
from linkcheck.pipeline.served_files import ServedFiles
from linkcheck.pipeline.sites import FoundSite, RepositoryFolder, site_around
from linkcheck.plan import Alias, PlanOptions
from linkcheck.repository_files import RepositoryFiles
from linkcheck.urls import InvalidUrl, parse_url

_SAMPLE = 2_000
"""Maximum number of links without a host that are looked up."""
_BUILD_TIME = ("~", "@", "$", "#")
"""First characters of paths that only the build resolves."""


class LinkSettings(Struct, frozen=True):
    """`site_roots` are folders, `aliases` the folders that prefixes of links stand for.

    `prefixes` are the properties with a `prefix` in their schema, and the folders of their files.
    """

    site_roots: tuple[str, ...]
    aliases: dict[str, str]
    prefixes: tuple[tuple[str, str], ...]


def with_certain_address(site: SiteInfo, sites: Iterable[FoundSite], links: Iterable[Link]) -> SiteInfo:
    """The site without its address if another site has links without a host, which would be requested there."""
    others = [each for each in sites if each.info.folder != site.folder]
    if others and site.base_url is not None:
        for link in links:
            around = site_around(link.location.path, sites)
            if around is not None and around.info.folder != site.folder and around.info.base_url != site.base_url:
                return replace(site, base_url=None)
    return site


class LinkSettingsFinder:
    """Finds settings for links without a host. `site` is the main one of `sites`."""

    def __init__(
        self,
        root: str,
        sites: tuple[FoundSite, ...],
        site: SiteInfo,
        links_of: Sequence[list[Link]],
        repository: RepositoryFiles,
    ) -> None:
        self._root = root
        self._sites = sites
        self._base_path = _base_path(site)
        self._links_of = links_of
        self._links = [link for links in links_of for link in links]
        self._aliases = _aliases(sites, self._links, root)
        self._declared = _declared_roots(root, sites, site)
        self._maybe = [folder for each in (site, *(other.info for other in sites)) for folder in each.maybe_static]
        self._repository = repository
        self._served = ServedFiles(root, "")

    def find(self, surveyed: Iterable[Surveyed], *, given: PlanOptions | None = None) -> LinkSettings:
        """The settings, right together with the prefixes that are added to the schemas.

        With the settings that are `given` already, prefixes are right together with these.
        """
        named = tuple(self._named_files(surveyed))
        site_roots, proved = self._without_change(named, given) if given is not None else self._settled(named)
        for each, prefix in proved:
            each.marks["prefix"] = prefix
        is_named = any(prefix.startswith(REPOSITORY) for _, prefix in proved)
        return LinkSettings(
            site_roots,
            {**self._aliases, REPOSITORY: "."} if is_named else self._aliases,
            tuple(dict.fromkeys((each.place, each.folder) for each, _ in proved)),
        )

    def _settled(self, named: tuple[NamedFiles, ...]) -> tuple[tuple[str, ...], list[tuple[NamedFiles, str]]]:
        """The site roots and the prefixes that are right together."""
        while True:
            site_roots = self._site_roots(named)
            options = PlanOptions(
                base_url=f"https://example.com{self._base_path}",  # files do not depend on the host
                site_roots=site_roots,
                aliases=tuple(Alias(prefix, folder) for prefix, folder in self._aliases.items()),
            )
            proved = self._proved(named, options)
            if len(proved) == len(named):
                return site_roots, proved
            named = tuple(each for each, _ in proved)  # the links of the others count for the roots again

    def _without_change(
        self, named: tuple[NamedFiles, ...], given: PlanOptions
    ) -> tuple[tuple[str, ...], list[tuple[NamedFiles, str]]]:
        """The site roots, and the prefixes that are right with the given settings."""
        has_alias = any((each.prefix, each.folder) == (REPOSITORY, ".") for each in given.aliases)
        return self._site_roots(()), self._proved(named, given, has_alias=has_alias)

    def _named_files(self, surveyed: Iterable[Surveyed]) -> Iterator[NamedFiles]:
        finder = NamedFilesFinder(self._links, self._repository.ending_with)
        sets = [(each.inferred.schema, links) for each, links in zip(surveyed, self._links_of, strict=True)]
        found = [named for schema, links in sets for named in finder.find(schema, links)]
        yield from found
        folders = tuple(dict.fromkeys(each.folder for each in found))
        shown = {id(each.marks) for each in found}
        for schema, links in sets if folders else ():
            yield from (each for each in finder.find_in(folders, schema, links) if id(each.marks) not in shown)

    def _site_roots(self, named: Iterable[NamedFiles]) -> tuple[str, ...]:
        """The folders in which images without a host were found: those of the settings, and others where the files are."""
        # Names without a folder say nothing about a root, but for one in the settings that their prefix starts from.
        # A folder below such a root has a URL of its own.
        prefixes = {
            id(link): prefix
            for each in named
            if not (prefix := prefix_of(each.folder, self._declared)).startswith(REPOSITORY) or each.are_names
            for link in each.links
        }
        roots = infer.find_site_roots(
            (
                LocalReference(link.location.path, prefix + link.url)
                for link in self._links[:_SAMPLE]
                if link.role is Role.IMAGE
                and not link.url.strip().startswith(_BUILD_TIME)
                and not (prefix := prefixes.get(id(link), "")).startswith(REPOSITORY)
            ),
            self._declared,
            is_file=RepositoryFolder(self._root).is_file,
            ending_with=self._repository.ending_with,
            base_path=self._base_path,
            maybe=self._maybe,
        )
        return tuple(folder or "." for folder in roots)

    def _proved(
        self, named: Iterable[NamedFiles], options: PlanOptions, *, has_alias: bool = True
    ) -> list[tuple[NamedFiles, str]]:
        """The properties with the prefixes that are proved; without the alias of the repository, only paths on the site."""
        found = []
        for each in named:
            prefix = prefix_of(each.folder, options.site_roots)
            if has_alias and self._is_left_out(each, options.site_roots):
                prefix = prefix_of(each.folder, ())
            is_usable = has_alias or not prefix.startswith(REPOSITORY)
            if is_usable and is_proved(each, prefix, self._root, options):
                found.append((each, prefix))
        return found

    def _is_left_out(self, each: NamedFiles, roots: Iterable[str]) -> bool:
        """Whether the site does not serve the files, so that only a template reads them."""
        return any(self._served.leaves_out(file, root) for file in each.files for root in roots)


def _declared_roots(root: str, sites: tuple[FoundSite, ...], site: SiteInfo) -> list[str]:
    """The existing folders that settings specify as roots, those of the main site first."""
    settings = [*site.static, *(folder for other in sites for folder in other.info.static)]
    for folder in dict.fromkeys(("", *(other.info.folder for other in sites))):
        settings += infer.media_roots(RepositoryFolder(root, folder), folder)
    files = RepositoryFolder(root)
    return [folder for folder in dict.fromkeys(settings) if files.is_folder(folder)]


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
