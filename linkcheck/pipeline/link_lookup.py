"""What the links of articles lead to: files and articles of the repository, targets to request, or reasons to do neither."""

import os
from collections.abc import Callable, Iterable, Sequence
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linkcheck import judge, plan
from linkcheck.ledger import PlannedLink
from linkcheck.local_files import LocalResolver
from linkcheck.model import Link, LocalFile, Location, NearbyFiles, RemovalKind, Role, Skip
from linkcheck.pipeline.paths import relative
from linkcheck.pipeline.site_lookup import SiteLookup, files_next_to, find_article, names_source
from linkcheck.pointers import unescape
from linkcheck.urls import scheme_defect, wiki_target

if TYPE_CHECKING:
    from linkcheck.pipeline.removed_targets import RemovedTargets

_NO_ROOT = "it leads to no file in the folder of the article, and no site-root is configured"
_LEFT_OUT = "the file exists, but by the settings of the site generator, it is not served at this path"
_REDIRECTED = "the site redirects this path, by the settings of its host"
_NO_BUNDLE = "only the articles of Hugo that are named index have page resources"
_SOURCE = "it is the file of an article, which sites publish under another URL, if at all"


class LinkLookup:
    """Looks links up one by one, and counts what the run reports on them as a whole.

    `fields` are everywhere the properties of the linking article that are links, and so do not state its URL.
    """

    def __init__(self, files: LocalResolver, site: SiteLookup, removed: "RemovedTargets | None") -> None:
        """`removed` is what the change under check moved or removed; None without one."""
        self._files = files
        self._site = site
        self._removed = removed
        self._pointers = 0
        self.site_roots = judge.SiteRootSurvey()
        self.url_fields = judge.UrlFieldSurvey()
        self.later: dict[str, str] = {}
        """The articles whose pages may have the URLs of links later, by these URLs."""
        self.looked_up_elsewhere: set[Location] = set()
        """The links that are not looked up in the repository any more, but online, if at all, because the change edits
        settings. What a run over all articles finds out about them is then what the change brought."""

    def look_up(
        self, links: Sequence[plan.Planned], *, declared: int, added: frozenset[str] | None = frozenset()
    ) -> list[PlannedLink]:
        """The links of an article, with the target of each. The first `declared` are marked by the schema, others guessed.

        `added` are the pointers of the links that the change added; None if it added the article.
        """
        fields = _fields_of(links)
        return [
            self._looked_up(
                each, fields, is_guess=number >= declared, is_new=added is None or each.link.location.pointer in added
            )
            for number, each in enumerate(links)
        ]

    def look_up_broken(self, links: Sequence[plan.Planned], *, also: Callable[[plan.Planned], bool]) -> list[PlannedLink]:
        """Of the links of an article, those whose target the change moved or removed, and those for which `also` is true."""
        fields = _fields_of(links)
        broken = [each for each in links if also(each) or self._is_broken(each, fields)]
        return [self._looked_up(each, fields) for each in broken]

    def likely_roots(self) -> tuple[judge.FoundFolder, ...]:
        """The folders with the files of links that could not be resolved."""
        return self.site_roots.likely_roots(self._files.ending_with)

    def not_measured(self) -> tuple[str, ...]:
        """The notice on images whose content is not in the checkout."""
        if not self._pointers:
            return ()
        links = "one link leads" if self._pointers == 1 else f"{self._pointers:,} links lead"
        return (f"{links} to an image that was not measured, because only its Git LFS pointer is here: run git lfs pull",)

    def _looked_up(
        self, planned: plan.Planned, fields: frozenset[str], *, is_guess: bool = False, is_new: bool = False
    ) -> PlannedLink:
        planned = self._as_resource(planned)
        self.url_fields.add(planned.link.location.pointer, is_url=planned.is_url)
        if (named := self._find_named(planned)) is not None:
            return _led_to(planned, named, url=named.file)
        if not planned.local and not planned.path:
            return self._without_file(planned, fields, planned.skip, is_guess=is_guess)
        file = self._files.look(planned.local, image=planned.is_image)
        is_source = file.file is not None and self._site.is_unserved_source(file.file, planned)
        if file.file is not None and not is_source:
            served = self._find_served(file, planned)
            if served is not None:
                return self._with_file(planned, served)
            left_out = None if planned.skip is None else Skip("page", _LEFT_OUT, planned.target.url)
            return self._without_file(planned, fields, left_out, is_guess=is_guess)
        if planned.path and (found := self._find_article(planned, fields)) is not None:
            return self._with_file(planned, found)
        if (removed := self._find_removed(planned, fields, is_source=is_source, is_new=is_new)) is not None:
            return _led_to(planned, removed)
        return self._missing(planned, fields, is_source=is_source, is_guess=is_guess)

    def _as_resource(self, planned: plan.Planned) -> plan.Planned:
        """A link to a page resource of Hugo: a file in the folder of the article, whatever its case is. Other links stay."""
        article, path = planned.link.location.path, planned.path
        if not planned.local or not plan.names_resource(planned.link) or not self._site.served.is_of_hugo(article):
            return planned
        if path.startswith(("/", "../")) or planned.is_url:
            return planned
        if not basename(article).startswith(("index.", "_index.")):
            return replace(planned, skip=Skip("pattern", _NO_BUNDLE, planned.target.url), local=(), path="")
        file = self._files.in_any_case(normpath(join(dirname(article), path)))
        return replace(planned, skip=_local(planned), local=(file,), path=f"./{path}")

    def _find_named(self, planned: plan.Planned) -> LocalFile | None:
        """The file or note that a wiki link names, anywhere in the repository."""
        if planned.skip is None or planned.skip.kind != "wiki":
            return None
        files = self._files.named(wiki_target(planned.link.url) or "", article=planned.link.location.path)
        return _existing(self._files.look(files, image=planned.is_image))

    def _find_served(self, file: LocalFile, planned: plan.Planned) -> LocalFile | None:
        """The file that was found, or the next one that is served where the link looks for it; None if none is."""
        if file.file is None or not self._site.is_left_out(file.file, planned):
            return _existing(file)
        if planned.path.startswith("/"):
            return None
        others = tuple(each for each in planned.local if each != file.file)
        other = self._files.look(others, image=planned.is_image)
        return None if other.file is None or self._site.is_left_out(other.file, planned) else other

    def _find_article(self, planned: plan.Planned, fields: frozenset[str]) -> LocalFile | None:
        """The article with the URL that a link states, or a file next to it; None if neither exists."""
        urls = self._site.article_urls
        found = None if planned.is_image else find_article(urls, planned, fields)
        if found is not None and (self._removed is None or self._removed.is_at_former_url(found, planned, fields)):
            return LocalFile(found, planned.local)
        return _existing(self._files.look(files_next_to(urls, planned), image=planned.is_image))

    def _find_removed(
        self, planned: plan.Planned, fields: frozenset[str], *, is_source: bool, is_new: bool
    ) -> LocalFile | None:
        """The missing file or page that the change moved or removed; None if it is looked up elsewhere now.

        A link that the change added to a missing file is a mistake of its own.
        """
        file = None if self._removed is None else self._removed.find(planned, fields, is_source=is_source)
        if file is None or file.removed is None:
            return None
        if file.removed.kind is RemovalKind.SETTINGS and (planned.skip is None or planned.skip.kind != "local"):
            self.looked_up_elsewhere.add(planned.link.location)
            return None
        if is_new and not file.removed.is_page:
            return replace(file, nearby=self._files.nearby(file.tried, planned.path), removed=None)
        return file

    def _missing(self, planned: plan.Planned, fields: frozenset[str], *, is_source: bool, is_guess: bool) -> PlannedLink:
        """A link that leads neither to a file nor to an article: that is wrong if it can only lead to a file."""
        skip = self._why_not_local(planned, is_source=is_source)
        if skip is not None and skip.kind == "local":
            nearby = self._files.nearby(planned.local, planned.path)
            if not self._is_vague(planned, nearby, is_guess=is_guess):
                return self._with_file(planned, LocalFile(None, planned.local, nearby=nearby))
            skip = Skip("no-base-url", _NO_ROOT, planned.target.url)
        elif skip is not None and skip is planned.skip and skip.kind == "page":
            why = self._site.why_incomplete()
            skip = skip if why is None else Skip("page", why, planned.target.url)
        return self._without_file(planned, fields, skip, is_guess=is_guess)

    def _why_not_local(self, planned: plan.Planned, *, is_source: bool) -> Skip | None:
        """Why nothing is requested, as in `Planned`: of kind `local` if the missing file may be the only target."""
        skip = planned.skip
        if skip is not None and skip.kind == "no-base-url" and _names_file(planned):
            skip = _local(planned)
        if skip is None or skip.kind != "local":
            return skip
        if not planned.is_image and (is_source or self._site.article_urls.names_article(planned.path)):
            return Skip("page", _SOURCE, planned.target.url)
        if self._site.is_redirected(planned.path):
            return Skip("page", _REDIRECTED, planned.target.url)
        return skip

    def _is_vague(self, planned: plan.Planned, nearby: NearbyFiles, *, is_guess: bool) -> bool:
        """Whether a link may be relative to a root of the site that is not configured."""
        has_roots = bool(self._site.roots)
        if planned.path.startswith(".") or (has_roots and "/" in planned.path):
            return False
        return is_guess or (bool(nearby.elsewhere) and not has_roots and "/" in nearby.path)

    def _with_file(self, planned: plan.Planned, file: LocalFile) -> PlannedLink:
        """A link to a file, which may be missing."""
        self.site_roots.add(file)
        self._pointers += file.is_pointer
        # Images with the same name in the folders of several articles are different.
        return _led_to(planned, file, url=None if planned.target.host else file.file or file.tried[0])

    def _without_file(
        self, planned: plan.Planned, fields: frozenset[str], skip: Skip | None, *, is_guess: bool
    ) -> PlannedLink:
        """A link that is requested, or not checked for a reason."""
        if skip is None:
            self._note_later(planned, fields)
            return PlannedLink(planned.link, planned.target)
        if not is_guess and skip.kind in ("page", "no-base-url") and (wrong := scheme_defect(planned.link.url)):
            skip = Skip("invalid-url", wrong.message, planned.link.url)
        if skip.kind == "no-base-url" and planned.path:
            self.site_roots.add_unresolved(planned.path)
        return PlannedLink(planned.link, planned.target, skip=skip, verdict=judge.skip_verdict(skip))

    def _note_later(self, planned: plan.Planned, fields: frozenset[str]) -> None:
        """Note the article whose page may have the URL of a link later; not the article of the link."""
        if planned.is_image or not planned.path:
            return
        article, urls = planned.link.location.path, self._site.article_urls
        found = urls.find_later(planned.path, article=article, links=fields, is_url=planned.is_url)
        if found is not None and found != relative(article):
            self.later[planned.target.url] = found

    def _is_broken(self, planned: plan.Planned, fields: frozenset[str]) -> bool:
        """Whether the change moved or removed what a link led to. No image is measured."""
        if self._removed is None or not (planned.local or planned.path):
            return False
        file = next(filter(os.path.isfile, planned.local), None)
        is_source = file is not None and self._removed.may_be_page(file, planned)
        if file is not None and not is_source:
            return False
        if self._removed.find(planned, fields, is_source=is_source) is None:
            return False
        return not planned.path or self._find_article(planned, fields) is None


def _led_to(planned: plan.Planned, file: LocalFile, *, url: str | None = None) -> PlannedLink:
    """A link with its file, which replaces its target if `url` is given."""
    target = planned.target if url is None else replace(planned.target, url=url)
    return PlannedLink(planned.link, target, local=file, verdict=judge.local_verdict(file, image=planned.is_image))


def _existing(file: LocalFile) -> LocalFile | None:
    return None if file.file is None else file


def _local(planned: plan.Planned) -> Skip:
    return Skip("local", "local file", planned.target.url)


def _names_file(planned: plan.Planned) -> bool:
    """Whether a link names the file of an article relative to its own, so that no root of the site matters."""
    return planned.path.startswith(("./", "../")) and bool(planned.local) and names_source(planned.path)


def _fields_of(links: Iterable[plan.Planned]) -> frozenset[str]:
    """The properties of an article that are links."""
    return frozenset(_property_of(each.link) for each in links if each.link.role is Role.LINK)


def _property_of(link: Link) -> str:
    """The name of the property of the front matter that contains a link, in lower case."""
    return unescape(link.location.pointer[1:].partition("/")[0]).lower()
