"""What the settings of the site generators of a repository say about published pages."""

from collections.abc import Sequence

from linkcheck.article_urls import PublishedSite
from linkcheck.infer import FrontMatterDefault
from linkcheck.model import Json
from linkcheck.pipeline.sites import FoundSite, RepositoryFolder, sites_among

_VERSIONS = ("versioned_docs", "i18n")
"""Folders of Docusaurus, in addition to those of the current version."""
_LEAST_LANGUAGES = 2
_IN_ONE_LANGUAGE = ("Hugo", "Zola")
"""Generators whose sites are in their default language, unless the settings specify others."""
_WITH_PATTERNS = ("Hexo", "Hugo", "Jekyll")


def published_sites(root: str, paths: Sequence[str]) -> tuple[PublishedSite, ...]:
    """The sites whose settings are among the files of a repository."""
    return tuple(_published(root, each, paths) for each in sites_among(root, paths))


def _published(root: str, found: FoundSite, paths: Sequence[str]) -> PublishedSite:
    info, name = found.info, found.generator.name
    if name == "VitePress" and RepositoryFolder(root, info.folder).is_folder(".vuepress"):
        name = "VuePress"
    hidden = (glob for default in info.defaults if _hides(default) for glob in default.globs)
    return PublishedSite(
        name,
        info.folder,
        _content_of_docusaurus(found) if name == "Docusaurus" else info.content or (info.folder,),
        {info.default_language: ""}
        if info.language_prefixes is None and name in _IN_ONE_LANGUAGE
        else info.language_prefixes,
        info.default_language,
        info.language_folders or _language_folders(found, paths),
        info.permalinks if name in _WITH_PATTERNS else {},
        info.collections,
        (*info.hidden, *hidden),
        info.shows_future,
        info.base_url,
    )


def _language_folders(found: FoundSite, paths: Sequence[str]) -> dict[str, str]:
    """The language folders of a site with several languages whose settings do not name them, because a module mounts them.

    They are certain only if all of the content is in folders that are named like the languages of the settings.
    """
    codes = found.info.language_prefixes or {}
    if len(codes) < _LEAST_LANGUAGES or len(found.info.content) != 1:
        return {}
    start = f"{found.info.content[0]}/"
    below = {path[len(start) :].partition("/")[:2] for path in paths if path.startswith(start)}
    names = {name for name, slash in below if slash and name.casefold() in codes}
    is_all = all(name in names for name, slash in below if slash or name.endswith((".md", ".html")))
    return {f"{start}{name}": name.casefold() for name in names} if is_all else {}


def _content_of_docusaurus(found: FoundSite) -> tuple[str, ...]:
    """The folders with a route; the whole site if the settings do not specify them."""
    info = found.info
    inside = (each for each in info.permalinks if not each.startswith(".."))
    if not info.permalinks:
        return info.content
    own = (f"{info.folder}/{each}".strip("/") for each in (*inside, *_VERSIONS))
    return (*own, *(each for each in info.content if each != info.folder))


def _hides(default: FrontMatterDefault) -> bool:
    """Whether the articles have no pages by default."""
    values = default.values
    return values.get("draft") is True or values.get("published") is False or _is_not_rendered(values)


def _is_not_rendered(values: dict[str, Json]) -> bool:
    built = (values.get(key) for key in ("build", "_build"))
    return any(isinstance(each, dict) and each.get("render") in ("never", "link", False) for each in built)
