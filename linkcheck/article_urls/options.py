"""The options of the index, apart from it: most runs look nothing up there and do not load it."""

from msgspec import Struct

MOST_FILES = 200_000
MOST_FILES_OF_A_HOOK = 2_000
"""Files of a repository whose articles are read for a run over given files, which takes about a tenth of a second."""


class UrlKeys(Struct, frozen=True):
    """The names of the keys, in lower case. Values of `permalinks` are a page's URL, those of `aliases` lead to it."""

    permalinks: tuple[str, ...] = ("permalink", "url", "path")
    aliases: tuple[str, ...] = ("aliases", "alias", "redirect_from", "redirectfrom", "redirects")
    slugs: tuple[str, ...] = ("slug",)
    titles: tuple[str, ...] = ("title",)
    dates: tuple[str, ...] = ("date", "published", "publishdate", "pubdate", "pubdatetime", "publisheddate")
    categories: tuple[str, ...] = ("categories", "category", "section")
    languages: tuple[str, ...] = ("lang", "language", "locale")


class UrlPattern(Struct, frozen=True):
    """The pattern of the URLs of the articles that match a glob, or are below it if it is a folder."""

    pattern: str
    glob: str


class ArticleUrlOptions(Struct, frozen=True):
    """`folder` is the working directory, relative to the repository, with `/` between parts: globs are relative to it.

    `base_url` is the address of the site, `roots` are folders of its files. `most_files` is how many files a repository
    can have to be read at all. `keys` are the names of the keys that state URLs.
    """

    folder: str = "."
    base_url: str | None = None
    roots: tuple[str, ...] = ()
    patterns: tuple[UrlPattern, ...] = ()
    extensions: tuple[str, ...] = ()
    gitignore: bool = True
    most_files: int = MOST_FILES
    keys: UrlKeys = UrlKeys()
