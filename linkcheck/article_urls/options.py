"""The options of the index. They are a separate module because most runs do not load the index."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

MOST_FILES = 200_000
MOST_FILES_OF_A_HOOK = 2_000
"""Maximum number of files of a repository to read its articles in a run over given files, in about a tenth of a second."""


class UrlKeys(Struct, frozen=True):
    """The names of the keys, in lower case. Values of `permalinks` are the page's URL; those of `aliases` redirect to it.

    Those of `canonicals` are links, of which only the articles that are not published yet are found.
    """

    permalinks: tuple[str, ...] = ("permalink", "url", "path")
    aliases: tuple[str, ...] = ("aliases", "alias", "redirect_from", "redirectfrom", "redirects")
    slugs: tuple[str, ...] = ("slug",)
    ids: tuple[str, ...] = ("id",)
    titles: tuple[str, ...] = ("title",)
    dates: tuple[str, ...] = ("date", "published", "publishdate", "pubdate", "pubdatetime", "publisheddate")
    categories: tuple[str, ...] = ("categories", "category", "section")
    languages: tuple[str, ...] = ("lang", "language", "locale")
    canonicals: tuple[str, ...] = ()


class UrlPattern(Struct, frozen=True):
    """The pattern of the URLs of the articles that match a glob, or are below it if it is a folder."""

    pattern: str
    glob: str


class PublishedSite(Struct, frozen=True):
    """What the settings of a generator say about a site. Folders are relative to the repository, and empty for its root.

    `languages` are the codes of the languages, each with the first part of its URLs; None if they are not known.
    `language_folders` are folders of `content` with their language. `patterns` are those of the URLs by folder, and `posts`
    is that of the articles in folders named `_posts`; other articles have no certain URL. `collections` are the published
    folders whose names start with `_`; articles that match a glob in `hidden` are not published.
    """

    generator: str
    folder: str = ""
    content: tuple[str, ...] = ("",)
    languages: Mapping[str, str] | None = None
    default_language: str = ""
    language_folders: Mapping[str, str] = {}
    patterns: Mapping[str, str] = {}
    posts: str = ""
    collections: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    shows_future: bool = False
    base_url: str | None = None


class ArticleUrlOptions(Struct, frozen=True):
    """`folder` is the working directory, relative to the repository, with `/` between parts: globs are relative to it.

    `base_url` is the address of the site, and `roots` are folders of its files. Of a repository with more than `most_files`
    files, only the files in `given` are read, which are relative to `folder`, and the pages of the folders around them.
    `keys` are the names of the keys that declare URLs. Articles dated after `today` are not published.
    """

    folder: str = "."
    base_url: str | None = None
    roots: tuple[str, ...] = ()
    patterns: tuple[UrlPattern, ...] = ()
    extensions: tuple[str, ...] = ()
    gitignore: bool = True
    most_files: int = MOST_FILES
    given: tuple[str, ...] = ()
    keys: UrlKeys = UrlKeys()
    today: date | None = None
