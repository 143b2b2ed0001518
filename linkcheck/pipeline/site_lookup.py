"""What the site serves, by the files of the repository: pages of articles, files next to them, other files, redirects."""

from collections.abc import Mapping
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace

from linkcheck import plan, validate
from linkcheck.article_urls import MOST_FILES
from linkcheck.pipeline.context import RunContext
from linkcheck.urls import intrasite_path

if TYPE_CHECKING:
    from linkcheck.article_urls import UrlKeys
    from linkcheck.article_urls.index import ArticleUrls
    from linkcheck.pipeline.redirects import Redirects
    from linkcheck.pipeline.served_files import ServedFiles


class SiteLookup:
    """Looks up what links lead to on the site. What it reads for that is read when a link first needs it."""

    def __init__(self, context: RunContext, schemas: validate.Schemas, *, given: tuple[str, ...]) -> None:
        """`schemas` are those of the run, and `given` the files that it was given, as in `ArticleUrlOptions`."""
        self._context = context
        self._schemas = schemas
        self._given = given
        self.roots = context.plan.site_roots

    @cached_property
    def article_urls(self) -> "ArticleUrls":
        return self._find_urls(given=self._given)

    def urls_before(self, heads: Mapping[str, bytes]) -> "ArticleUrls":
        """The URLs that articles had when their texts started like this; the paths are relative to the working directory."""
        folder = self._context.article_urls.folder
        return self._find_urls(heads={normpath(join(folder, path)): head for path, head in heads.items()})

    def why_incomplete(self) -> str | None:
        """Why not all articles were looked up; None if they were."""
        if self.article_urls.are_all_read:
            return None
        most = self._context.article_urls.most_files
        many = f"because the repository has more than {most:,} files"
        if most < MOST_FILES:
            return f"only the given articles were looked up, {many}; a run over all articles looks up the others"
        return f"articles were not looked up, {many}"

    def is_redirected(self, path: str) -> bool:
        if not path.startswith("/"):
            return False
        base = urlsplit(self._context.plan.base_url or "").path.rstrip("/")
        return any(map(self._redirects.contain, {path, base + path}))

    def is_left_out(self, file: str, planned: plan.Planned) -> bool:
        """Whether a file is not served where a link looks for it: next to the article, or below a folder of `site-root`."""
        path = planned.path.lstrip("/")
        is_page = not planned.is_image and plan.is_page(planned.path)
        if is_page or planned.has_alias:
            return False
        if path == planned.path and file == normpath(join(dirname(planned.link.location.path), path)):
            return not names_source(file) and self.served.leaves_out_of_folder(file)
        if path.startswith("."):
            return False
        return any(self.served.leaves_out(file, root) for root in self.roots if file == normpath(join(root, path)))

    def is_unserved_source(self, file: str, planned: plan.Planned) -> bool:
        """Whether a file is the source of an article that may have no page, or whose page has another URL."""
        if planned.is_image or not names_source(file):
            return False
        has_page = self.article_urls.has_page(file)
        if not names_source(planned.path):
            # Only the generator knows at which URL a file has a page: `about.md` may be `/about/` or `/about.html`.
            return has_page is not True or self.article_urls.has_sites
        # A relative path names the file itself. Without front matter, a file is served as it is.
        return has_page is not None if planned.path.startswith("/") else has_page is False

    @cached_property
    def served(self) -> "ServedFiles":
        # Imported here because most runs look up no file below a root.
        from linkcheck.pipeline.served_files import ServedFiles

        return ServedFiles(self._context.top, self._context.article_urls.folder)

    @cached_property
    def _redirects(self) -> "Redirects":
        # Imported here because most runs have no link to a missing file.
        from linkcheck.pipeline.redirects import Redirects
        from linkcheck.pipeline.sites import find_sites

        folder, top = self._context.article_urls.folder, self._context.top
        roots = (normpath(join(folder, root)) for root in self.roots)
        served = (each for site in find_sites(top) for each in (site.info.folder, *site.info.static))
        return Redirects(top, ("", folder, *roots, *served))

    def _find_urls(self, *, given: tuple[str, ...] = (), heads: Mapping[str, bytes] | None = None) -> "ArticleUrls":
        # Imported here because most runs look up no page.
        from linkcheck.article_urls.index import ArticleUrls
        from linkcheck.pipeline.published_sites import published_sites

        options, top = self._context.article_urls, self._context.top
        options = replace(options, keys=self._with_marked(options.keys), given=given)
        return ArticleUrls(top, options, lambda paths: published_sites(top, paths), heads=heads)

    def _with_marked(self, keys: "UrlKeys") -> "UrlKeys":
        """The keys that state URLs, with those that the schemas mark."""
        kinds = {"permalinks": "permalink", "aliases": "alias", "titles": "title", "dates": "date"}
        marked = {group: map(str.lower, self._schemas.marked_names(kind)) for group, kind in kinds.items()}
        if not self._context.is_whole:  # Otherwise, the canonical URLs of all articles are requested.
            keys = replace(keys, canonicals=tuple(map(str.lower, self._schemas.canonical_names())))
        return replace(keys, **{group: (*names, *getattr(keys, group)) for group, names in marked.items()})


def find_article(urls: "ArticleUrls", planned: plan.Planned, fields: frozenset[str]) -> str | None:
    """The article with the URL that a link states.

    `fields` are the properties of the linking article that are links, and so do not state the URL of an article.
    """
    from_root = _from_root(planned)
    is_file = planned.path.startswith("@/") or intrasite_path(planned.link.url) is not None
    below_content = f"@{from_root}" if is_file and from_root.startswith("/") else from_root
    article = planned.link.location.path
    paths = dict.fromkeys((planned.path, below_content))
    found = (urls.find(path, article=article, links=fields, is_url=planned.is_url) for path in paths)
    return next(filter(None, found), None)


def files_next_to(urls: "ArticleUrls", planned: plan.Planned) -> tuple[str, ...]:
    """The files next to articles that a link can lead to, if it states their URLs."""
    from_root = _from_root(planned)
    return urls.next_to(from_root) if from_root.startswith("/") else ()


def names_source(path: str) -> bool:
    """Whether a path is that of the file of an article, for which the generator looks up the page."""
    # Imported here because most runs look up no page.
    from linkcheck.article_urls import segments

    return segments.names_source(path)


def _from_root(planned: plan.Planned) -> str:
    # Templates add the leading slash to paths that are relative to the site, and Zola's internal links start with `@/`.
    return planned.path if planned.path.startswith(("/", ".")) else f"/{planned.path.removeprefix('@/')}"
