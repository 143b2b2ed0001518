"""What links led to before the change under check (`--since`), which moved or removed it."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linkcheck import plan
from linkcheck.model import LocalFile, RemovalKind, Removed
from linkcheck.pipeline.former_articles import FormerArticles
from linkcheck.pipeline.site_lookup import SiteLookup, files_next_to, find_article, names_source

if TYPE_CHECKING:
    from linkcheck.article_urls.index import ArticleUrls


class RemovedTargets:
    """The files and pages that the change moved or removed, found by the links to them.

    `fields` are everywhere the properties of the linking article that are links.
    """

    def __init__(self, former: FormerArticles, site: SiteLookup) -> None:
        self._former = former
        self._site = site

    def find(self, planned: plan.Planned, fields: frozenset[str], *, is_source: bool = False) -> LocalFile | None:
        """The missing file or page that a link leads to, if the change moved or removed it; None if it did not.

        `is_source` means that there is the file of an article, so that only the page can be missing.
        """
        if self._site.is_redirected(planned.path):
            return None
        url = None if planned.is_image else self._former_url(planned, fields)
        if url is not None and not names_source(planned.path) and self._has_page_at(url, planned, fields):
            return None
        file = None if is_source else self._former.file_of(planned.link)
        if file is None and (url is not None or not is_source or planned.path.startswith("/")):
            article = self._find_former(planned, fields)
            if article is not None:
                return LocalFile(None, (), removed=self._removed_page(article))
        if file is None:
            file = self._former.gone_of(planned.path, lambda: self._next_to_articles(planned))
        if file is None:
            return self._find_below_other_url(planned)
        return LocalFile(None, planned.local or (file,), removed=self._former.removal_of(file, planned.link))

    def may_be_page(self, file: str, planned: plan.Planned) -> bool:
        """Whether a link to this file may be one to the page of an article, which the change may have moved or removed."""
        if planned.is_image or not self._former.heads:
            return False
        return self._site.is_unserved_source(file, planned)

    def is_at_former_url(self, found: str, planned: plan.Planned, fields: frozenset[str]) -> bool:
        """Whether the article whose file a link names has its URL of before the change, if the link depends on it."""
        article = planned.link.location.path
        if not planned.path.startswith(".") or names_source(planned.path) or found == article:
            return True
        url = self._former_url(planned, fields) if self._as_before(planned) is planned else None
        return url is None or self._has_page_at(url, planned, fields)

    @cached_property
    def _former_urls(self) -> "ArticleUrls":
        """Those of the articles of the change, before it."""
        return self._site.urls_before(self._former.heads)

    def _find_former(self, planned: plan.Planned, fields: frozenset[str]) -> str | None:
        """The article of the change that had the URL of a link before."""
        if planned.is_image or not planned.path or not self._former.heads:
            return None
        return find_article(self._former_urls, self._as_before(planned), fields)

    def _find_below_other_url(self, planned: plan.Planned) -> LocalFile | None:
        """The file where it was, but in the bundle of an article whose URL the change edited."""
        if not planned.path.startswith("/") or not self._former.heads:
            return None
        file = self._former_urls.in_bundle(planned.path, article=self._as_before(planned).link.location.path)
        if file is None or not self._former.is_kept(file):
            return None
        return LocalFile(None, (file,), removed=Removed(file, RemovalKind.OTHER_URL))

    def _removed_page(self, article: str) -> Removed:
        """What the change did to the page of an article that has another URL now, or none."""
        if (gone := self._former.gone(article)) is not None:
            return replace(gone, is_page=True)
        is_hidden = self._site.article_urls.has_page(article) is False
        return Removed(article, RemovalKind.HIDDEN if is_hidden else RemovalKind.OTHER_URL, is_page=True)

    def _former_url(self, planned: plan.Planned, fields: frozenset[str]) -> str | None:
        """The URL path of the article of the change to which a relative link led before; None if that is not certain."""
        if not planned.path or not self._former.heads:
            return None
        article = self._as_before(planned).link.location.path
        return self._former_urls.url_of_relative(planned.path, article=article, links=fields)

    def _as_before(self, planned: plan.Planned) -> plan.Planned:
        """A link in the article at its former path; the same if the article was not moved."""
        location = planned.link.location
        before = self._former.path_before(location.path)
        if before == location.path:
            return planned
        return replace(planned, link=replace(planned.link, location=replace(location, path=before)))

    def _has_page_at(self, url: str, planned: plan.Planned, fields: frozenset[str]) -> bool:
        """Whether a relative link whose article had this URL path leads to a page or a redirect."""
        article, urls = planned.link.location.path, self._site.article_urls
        return (
            self._site.is_redirected(url)
            or urls.find(url, article=article, links=fields) is not None
            or urls.is_at_url(planned.path, article=article, links=fields)
        )

    def _next_to_articles(self, planned: plan.Planned) -> Iterator[str]:
        """The files next to articles that a link could lead to before the change or can lead to now."""
        yield from files_next_to(self._former_urls, planned)
        yield from files_next_to(self._site.article_urls, planned)
