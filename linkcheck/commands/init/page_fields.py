"""Finds the properties whose paths lead to other pages of the site, and not to the page itself, by the files there are.

The name of a property such as `details` or `next` does not say whether `/guides/setup/` is a link. It is one if most of the
paths lead to other articles.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import dirname, join, normpath, splitext

from msgspec import Struct

from linkcheck.commands.init.articles import ArticleStore
from linkcheck.infer import OWN_ADDRESS, Field, field_of, text_features
from linkcheck.model import Json
from linkcheck.plan.local_candidates import plain_path, within_base

_MOST_SAMPLES = 30
"""Maximum number of values of a property that are looked up."""
_MOST_FIELDS = 500
_PARTS_OF_BUILD = re.compile(
    r"includes?\Z|include(?:in|before|after)"
    r"|(?:layout|template|partial|component|import|script|style|stylesheet|schema|theme|bibliography)s?\Z"
)
"""Folded names, or ends of them, of properties with files that the build reads, which are not pages of the site."""
_MAY_BE_PATH = re.compile(r"(?=[^\s:]{1,500}+\Z)(?:/[^?#]|[^/.][^.]*+\.|\.)")
"""Most texts are not a path, and it takes longer to look closer."""
_PAGES = frozenset(("page path", "page file"))
_SOURCES = (
    ".md",
    ".mdx",
    ".markdown",
    ".qmd",
    ".rmd",
    ".rmarkdown",
    ".ipynb",
    ".rst",
    ".html",
    ".astro",
    ".vue",
    ".njk",
    ".liquid",
)
_PAGES_OF_FOLDERS = ("index", "_index", "README")
_IN_MOST_FOLDERS = re.compile(r"(?:_?index|readme)\.[A-Za-z]+\Z", re.IGNORECASE)
"""The name of a file that nearly every folder has, so that its existence does not show that the text is a path."""
_PAGE = re.compile(r"\.(?:x?html?|mdx?|markdown|qmd|rmd|rmarkdown|ipynb|rst)\Z", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4})/([0-9]{2})/(?:([0-9]{2})/)?(?=[^/]+\Z)")
"""The date in the URL of a post, whose file usually has it in its name: `2026/03/01/harbor`, `2026-03-01-harbor.md`."""

Samples = dict[Field, dict[str, str]]
"""Some of the paths in properties, each with the article it is in."""


class PageSearch(Struct, frozen=True):
    """How files are found: `ending_with` by how their path ends, `at_url` an article by its URL on the site.

    `base_path` returns the path of the URL of the site that an article belongs to.
    """

    ending_with: Callable[[str], tuple[str, ...]]
    at_url: Callable[[str], str | None]
    base_path: Callable[[str], str] = lambda _: "/"


def find_page_fields(store: ArticleStore, paths: Iterable[str], search: PageSearch) -> frozenset[Field]:
    """The properties of these articles whose paths lead to other pages."""
    samples: Samples = {}
    for article in store.articles(paths):
        for name, value in article.data.items():
            _collect(value, (name,), article.path, samples)
    return frozenset(field for field, texts in samples.items() if _lead_elsewhere(texts, search))


def _collect(value: Json, path: tuple[str, ...], article: str, samples: Samples) -> None:
    match value:
        case str() if (
            _MAY_BE_PATH.match(value) and not _IN_MOST_FOLDERS.match(value) and not _PAGES.isdisjoint(text_features(value))
        ):
            field = field_of(path)
            is_own = len(field) == 1 and field[0] in OWN_ADDRESS
            if (
                not is_own
                and not any(map(_PARTS_OF_BUILD.search, field))
                and (field in samples or len(samples) < _MOST_FIELDS)
            ):
                texts = samples.setdefault(field, {})
                if len(texts) < _MOST_SAMPLES:
                    texts.setdefault(value, article)
        case list():
            for item in value:
                _collect(item, (*path, "[]"), article, samples)
        case dict():
            for name, item in value.items():
                _collect(item, (*path, name), article, samples)


def _lead_elsewhere(texts: dict[str, str], search: PageSearch) -> bool:
    """Whether most paths lead to another article, and few to the article that they are in."""
    own = others = 0
    for text, article in texts.items():
        found = _found(text, article, search) or _found(within_base(text, search.base_path(article)), article, search)
        own += article in found
        others += bool(found) and article not in found
    return others * 2 >= len(texts) and others > own * 2


def _found(text: str, article: str, search: PageSearch) -> set[str]:
    """The files that a path can lead to."""
    found = {file for path in _files(text, article) for file in search.ending_with(path)}
    if not found and text.startswith("/") and (page := search.at_url(text)) is not None:
        return {page}
    return found


def _files(text: str, article: str) -> Iterator[str]:
    """The ends of the paths of the files that a path can lead to."""
    path = plain_path(text.strip())
    if not path:
        return
    starts = (path,) if path.startswith("/") else (join(dirname(article), path), join(splitext(article)[0], path))
    for start in starts:
        whole = normpath(start).strip("/")
        if whole.startswith("..") or whole == ".":
            continue
        yield whole
        stem = _PAGE.sub("", whole)
        dated = _DATE.sub(lambda found: "-".join(filter(None, found.groups())) + "-", stem)
        for each in dict.fromkeys((stem, dated)):
            yield from (each + end for end in _SOURCES)
            yield from (f"{each}/{name}{end}" for name in _PAGES_OF_FOLDERS for end in _SOURCES)
