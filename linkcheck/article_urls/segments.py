"""Normalizes the paths of URLs and files, so that `/Blog/My post.html` and `blog/my-post/` are equal."""

import re
from enum import Enum
from functools import lru_cache
from unicodedata import normalize

_MOST_SEGMENTS = 30
_LONGEST = 1_000
_PUNCTUATION = re.compile(r"[\"'!?,;:()\[\]{}&*|<>`\u2018\u2019\u201c\u201d]")
_SPACES = re.compile(r"\s")
_NOT_LETTERS = re.compile(r"[^\w]+")
_APOSTROPHES = re.compile(r"['\u2019]")
_ORDER = re.compile(r"\d{1,3}[-_. ](?=[^\W\d_])")
"""A number that only orders files and is not part of the URL: `01-intro.md`, `2.usage.md`."""
_SOURCE = re.compile(r"\.(?:mdx?|markdown|qmd|rmd|rmarkdown)\Z", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:html?|xhtml|php|aspx?|jsp|mdx?|markdown|qmd|rmd|rmarkdown)\Z", re.IGNORECASE)


class UrlEnding(Enum):
    """How the path of a URL ends: as a folder, with `index.html` or another HTML file, with the source, or without any."""

    FOLDER = "/"
    INDEX = "index"
    HTML = ".html"
    SOURCE = ".md"
    NONE = ""


def ending_of(path: str) -> UrlEnding:
    name = path.rpartition("/")[2].lower()
    if not name:
        return UrlEnding.FOLDER
    if name.endswith((".html", ".htm")):
        return UrlEnding.INDEX if name.rpartition(".")[0] == "index" else UrlEnding.HTML
    return UrlEnding.SOURCE if names_source(path) else UrlEnding.NONE


def segments(path: str) -> tuple[str, ...]:
    """The segments of a URL's path, without the extension of a page and without `index`."""
    return tuple(map(segment, written_segments(path)))


def written_segments(path: str) -> tuple[str, ...]:
    """The same, as written."""
    if len(path) > _LONGEST or path.count("/") > _MOST_SEGMENTS:
        return ()
    found = [part for part in path.split("/") if part not in ("", ".")]
    if found:
        found[-1] = _PAGE.sub("", found[-1])
        if found[-1].lower() == "index":
            found.pop()
    return tuple(found)


@lru_cache(maxsize=16_384)
def segment(part: str) -> str:
    """A normalized segment, without case, punctuation, an order number and a leading underscore."""
    return without_number(spelled(part).casefold())


@lru_cache(maxsize=16_384)
def spelled(part: str) -> str:
    """A segment as written, except for punctuation, spaces and a leading underscore."""
    return _SPACES.sub("-", _PUNCTUATION.sub("", normalize("NFC", part)).strip()).lstrip("_").strip("-")


def without_number(part: str) -> str:
    number = _ORDER.match(part)
    return part[0 if number is None else number.end() :].lstrip("_").strip("-")


def names_source(path: str) -> bool:
    """Whether a path ends like the file of an article, which sites do not serve."""
    return _SOURCE.search(path) is not None


def slug_of(title: str) -> str:
    """The slug that generators derive from a title."""
    return segment(_NOT_LETTERS.sub("-", _APOSTROPHES.sub("", normalize("NFC", title[:_LONGEST]))))
