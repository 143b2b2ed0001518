"""The URLs that the settings of a generator give to a collection, in the notation of the key `url`.

With `url`, the usual URLs of the articles no longer count. So it is left out unless it is certain: for sites in several
languages, for names that mean something else to the generator, and for patterns that are the usual ones. `prove` then tries
it on the links of all articles.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from posixpath import basename, dirname, join

from linkcheck.article_urls import UrlKeys
from linkcheck.article_urls.own_keys import HEAD_BYTES, read_own_values
from linkcheck.article_urls.places import Place, place_of
from linkcheck.article_urls.segments import segments
from linkcheck.article_urls.url_pattern import expand
from linkcheck.files import read_file
from linkcheck.infer import SiteInfo
from linkcheck.languages import is_language
from linkcheck.pipeline.sites import FoundSite

_LONGEST = 200
_MOST_ARTICLES = 5_000
"""Articles of a collection that a pattern is tried on."""
_ENOUGH = 0.9
"""Share of the articles to which a pattern must give a URL. The others may lack a date, as drafts do."""
_TEXT = re.compile(r"/[^:{}*<>\[\]?#\s\\\"]*")
_NAME = re.compile(r":[a-z_]+")
_SECTIONS = re.compile(r":sections(?![a-z_])(\[1:\])?")
_USUAL = (":categories", ":year", ":month", ":day", ":title")
"""The parts of the URLs of posts in Jekyll and Hexo without settings, or some of them."""
_CATEGORIES = (UrlKeys(categories=("category",)), UrlKeys(categories=("categories",)), UrlKeys(categories=("section",)))
_PELICAN_PAGES = "pages"


def stated_url(folder: str, files: Mapping[str, str], site: FoundSite) -> str | None:
    """The `url` of the collection of a folder. `files` are its articles, with the paths that they are read from.

    None if the settings give them no pattern, or if it is not certain that it means the same to linkcheck.
    """
    stated = _STATED.get(site.generator.name)
    pattern = stated(folder, site.info, tuple(files)) if stated is not None else None
    if pattern is None:
        return None
    pattern = re.sub("/+", "/", f"/{pattern}".replace(":output_ext", ".html"))
    if len(pattern) > _LONGEST or _TEXT.fullmatch(_NAME.sub("", pattern)) is None:
        return None
    articles = [each for each in [*files.items()][:_MOST_ARTICLES] if not basename(each[0]).startswith("_index.")]
    if ":categor" in pattern and not all(_has_plain_categories(_head(file)) for _, file in articles):
        return None
    places = [place_of(path, read_own_values(_head(file), UrlKeys())) for path, file in articles]
    if any(each.language or any(map(is_language, each.path.split("/")[:-1])) for each in places):
        return None
    if not _NAME.search(pattern) and any(each.dates for each in places):
        return None  # The articles of a blog have their dates in their URLs.
    found = sum(_has_url(pattern, each, folder) for each in places)
    return pattern if found and found >= len(places) * _ENOUGH else None


def _head(file: str) -> bytes:
    try:
        return read_file(Path(file), most=HEAD_BYTES)[:HEAD_BYTES]
    except OSError:
        return b""


def _has_plain_categories(head: bytes) -> bool:
    """Whether the categories of an article are those of one property, and none of them is made of several words."""
    singular, plural, section = (read_own_values(head, keys).categories for keys in _CATEGORIES)
    return not section and not (singular and plural) and not any(" " in each for each in (*singular, *plural))


def _has_url(pattern: str, place: Place, folder: str) -> bool:
    start = segments(folder)
    below = place.folder[len(start) :] if place.folder[: len(start)] == start else ()
    urls = tuple(expand(pattern, place, below))
    return bool(urls) and all(_TEXT.fullmatch(url) for url in urls)


def _of_hugo(folder: str, site: SiteInfo, paths: Sequence[str]) -> str | None:
    """The pattern of a section: a folder of the content."""
    section = basename(folder)
    pattern = site.permalinks.get(section)
    if pattern is None or (dirname(folder),) != site.content:
        return None
    if _SECTIONS.search(pattern):
        # The folders below are sections only if they have a page of their own.
        if any(_levels(path, folder) > 0 for path in paths):
            return None
        pattern = _SECTIONS.sub(lambda found: "" if found[1] else section, pattern)
    return _named(pattern, "section", section)


def _of_jekyll(folder: str, site: SiteInfo, _paths: Sequence[str]) -> str | None:
    """The pattern of a collection. Folders around that of the posts are categories."""
    name = basename(folder).removeprefix("_")
    pattern = site.permalinks.get(name)
    if pattern is None or folder == name or (":categor" in pattern and dirname(folder) not in site.content):
        return None
    return None if name == "posts" and _is_usual(pattern) else _named(pattern, "collection", name)


def _of_hexo(folder: str, site: SiteInfo, paths: Sequence[str]) -> str | None:
    """The pattern of posts, in which `:title` contains the folders below that of the posts."""
    pattern = site.permalinks.get("")
    if pattern is None or folder not in {join(each, "_posts") for each in site.content}:
        return None
    if _is_usual(pattern) or ":categor" in pattern or any(_levels(path, folder) > 0 for path in paths):
        return None
    return pattern


def _of_pelican(folder: str, site: SiteInfo, paths: Sequence[str]) -> str | None:
    """The pattern of articles, which all files are that are not in the folder of pages."""
    pattern = site.permalinks.get("")
    pages = [join(each, _PELICAN_PAGES) for each in site.content]
    inside = any(not each or f"{folder}/".startswith(f"{each}/") for each in site.content)
    if pattern is None or not inside or any(path.startswith(f"{each}/") for path in paths for each in pages):
        return None
    return pattern


def _of_docusaurus(folder: str, site: SiteInfo, _paths: Sequence[str]) -> str | None:
    """The path of the URLs of a folder, if it is not the name of the folder."""
    pattern = site.permalinks.get(folder.removeprefix(f"{site.folder}/") if site.folder else folder)
    return None if pattern is None or pattern.strip("/") == basename(folder) else pattern


def _named(pattern: str, name: str, value: str) -> str:
    """The pattern with a value in place of a name."""
    return _NAME.sub(lambda found: value if found[0] == f":{name}" else found[0], pattern)


def _levels(path: str, folder: str) -> int:
    """How many folders an article is below another one; that of an article with its files does not count."""
    parts = path.removeprefix(f"{folder}/").split("/")
    return len(parts) - 1 - (parts[-1].startswith("index.") and len(parts) > 1)


def _is_usual(pattern: str) -> bool:
    parts = [part.removesuffix(".html").removesuffix(":output_ext") for part in pattern.strip("/").split("/")]
    return tuple(parts) in (_USUAL, _USUAL[1:])


_STATED: dict[str, Callable[[str, SiteInfo, Sequence[str]], str | None]] = {
    "Docusaurus": _of_docusaurus,
    "Hexo": _of_hexo,
    "Hugo": _of_hugo,
    "Jekyll": _of_jekyll,
    "Pelican": _of_pelican,
}
