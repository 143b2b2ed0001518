"""What the settings of the site generators of a repository say about published pages."""

from collections.abc import Sequence

from linkcheck.article_urls import PublishedSite
from linkcheck.infer import FrontMatterDefault
from linkcheck.model import Json
from linkcheck.pipeline.sites import FoundSite, RepositoryFolder, sites_among

_IN_ONE_LANGUAGE = ("Hugo", "Zola")
"""Generators whose sites are in their default language, unless the settings specify others."""
_OF_URLS = frozenset(("permalink", "url", "slug", "path", "category", "categories"))
"""Properties that change the URLs of articles that have them by default."""


def published_sites(root: str, paths: Sequence[str]) -> tuple[PublishedSite, ...]:
    """The sites whose settings are among the files of a repository."""
    return tuple(_published(root, each) for each in sites_among(root, paths))


def _published(root: str, found: FoundSite) -> PublishedSite:
    info, name = found.info, found.generator.name
    if name == "VitePress" and RepositoryFolder(root, info.folder).is_folder(".vuepress"):
        name = "VuePress"
    hidden = (glob for default in info.defaults if _hides(default) for glob in default.globs)
    return PublishedSite(
        name,
        info.folder,
        tuple(dict.fromkeys((*info.content, *info.page_urls))) or (info.folder,),
        {info.default_language: ""}
        if info.language_prefixes is None and name in _IN_ONE_LANGUAGE
        else info.language_prefixes,
        info.default_language,
        info.language_folders,
        info.page_urls,
        info.post_url,
        info.collections,
        (*info.hidden, *hidden),
        info.shows_future,
        info.base_url,
    )


def _hides(default: FrontMatterDefault) -> bool:
    """Whether the articles have no pages by default, or a URL that is not certain."""
    values = default.values
    is_hidden = values.get("draft") is True or values.get("published") is False or _is_not_rendered(values)
    return is_hidden or not (_OF_URLS - {"permalink"} if default.has_page_url else _OF_URLS).isdisjoint(values)


def _is_not_rendered(values: dict[str, Json]) -> bool:
    built = (values.get(key) for key in ("build", "_build"))
    return any(isinstance(each, dict) and each.get("render") in ("never", "link", False) for each in built)
