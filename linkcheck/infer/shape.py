"""Counts what the values of a property have in common, in bounded memory.

Values are added to a shape one by one. Merging two shapes has the same result as adding all values to one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from linkcheck.calendar_dates import read_date
from linkcheck.images import IMAGE_EXTENSIONS
from linkcheck.infer.image_urls import has_image_extension, may_serve_image
from linkcheck.model import Json
from linkcheck.urls import (
    IN_BRACKETS,
    MARKDOWN_LINK,
    SEVERAL_URLS,
    intrasite_path,
    is_made_by_pelican,
    scheme_defect,
    wiki_target,
    written_defect,
)

MOST_VALUES = 40
"""Maximum number of distinct strings kept; a property with more of them is not an enumeration."""
LONGEST_VALUE = 60
_SHORT = 200
MOST_NAMES = 150
"""Maximum number of properties; an object with more is a map whose keys are data."""

FORMATS = (
    ("duration", re.compile(r"P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?")),
    ("email", re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")),
)
"""Formats of JSON Schema, each with a pattern that is stricter than the format."""
ABSOLUTE = re.compile(r"(?:https?:)?//[^\s/?#]++\S*", re.IGNORECASE)
_STARTS_ABSOLUTE = re.compile(r"https?://[^\s/?#]|www\.", re.IGNORECASE)
_MISPLACED_SLASHES = re.compile(r"https?:(?:\s*+[/\\]++\s*+\S++|[^\s/\\.]++\.\S++)", re.IGNORECASE)
"""`http:/a.example`, `https:a.example`, `http: //a.example`: what is not an absolute URL but was meant as one."""
_BELOW_CONTENT = re.compile(r"@/[^\s<>{}#]++(?<=\.md)(?:#\S*)?")
"""A link of Zola to a file below the content."""
_PLAIN = re.compile(r"[\x21-\x7e]+")
_NUMERIC = re.compile(r"[+(]?[0-9][0-9 .,()/+-]*+")
_UNUSUAL = re.compile(r"[<>\"{}\\`]")
ON_SITE = re.compile(r"/(?!/)[^\s<>{}]*|\.{1,2}/[^\s<>{}]+")
"""A path relative to the site or to the article."""
_UPWARD = re.compile(r"(?:\.{1,2}/)+\.{0,2}")
"""`../..`: where the root of the site is, rather than a link. Only the property's name tells."""
IMAGE_FILE = re.compile(rf"[^\n\r\t<>{{}}:]+\.(?:{'|'.join(sorted(IMAGE_EXTENSIONS))})(?:[?#]\S*)?", re.IGNORECASE)
_SEVERAL_FILES = re.compile(
    rf"(?:[^\n\r\t<>{{}}:,]+\.(?:{'|'.join(sorted(IMAGE_EXTENSIONS))}) *,)+[^\n\r\t<>{{}}:,]+\.\w+", re.IGNORECASE
)
"""`a.jpg,b.jpg`, as in `media_order` of Grav."""
_FILE = re.compile(r"[^?#]*\.[A-Za-z][A-Za-z0-9]{0,9}(?:[?#].*)?", re.DOTALL)
_PAGE_FILE = re.compile(
    r"[^?#]*\.(?:x?html?|mdx?|markdown|qmd|rmd|rmarkdown|ipynb|rst|pdf|zip|docx?|pptx?|xlsx?|od[pst]|epub|csv|txt)(?:[?#].*)?",
    re.DOTALL | re.IGNORECASE,
)
_MEDIA_FILE = re.compile(r"[^?#]*\.(?:aac|avi|m4[av]|mkv|mov|mp[34]|mpe?g|og[agv]|pdf|wav|webm)(?:[?#].*)?", re.IGNORECASE)
FOLDERS = re.compile(
    r"[\w.%~+-]+(?:(?:/[\w.%~+-]*)+"
    r"|\.(?:pdf|zip|html?|mdx?|markdown|qmd|[Rr]md|[Rr]markdown|ipynb|rst|docx?|pptx?|xlsx?|odt|csv|txt|mp[34]))(?:[?#]\S*)?"
)
"""A path that does not start with a slash. Only the property's name distinguishes it from a text such as `owner/project`."""
AMP_CACHE = re.compile(r"https?://(?:[^/]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)/", re.IGNORECASE)

_LINK = re.compile(r"!?\[[^\[\]]{0,300}\]\([^()]{0,2000}\)|https?://\S+", re.IGNORECASE)
_HTML = re.compile(r"<a\s|</[a-z]", re.IGNORECASE)
"""Prose in HTML: a template inserts it as it is."""
_WORD = re.compile(r"\w\S*")
_MOST_WORDS = 3
"""Words for each link in a text that consists of links."""
_ODD_FORM = {MARKDOWN_LINK: "Markdown link", SEVERAL_URLS: "several URLs", IN_BRACKETS: "in brackets"}
ODD_FORMS = {
    "Markdown link": "Markdown links",
    "several URLs": "several URLs in one text",
    "in brackets": "URLs in angle brackets",
    "several files": "several files in one text",
}
"""The features of texts that are not URLs but contain some, as intended, and their names in messages."""


def _is_made_of_links(text: str) -> bool:
    """Whether a text consists of links, with few words between them: `[text](url), [text](url)`. Links of HTML are prose."""
    if _HTML.search(text):
        return False
    between, links = _LINK.subn(" ", text)
    return len(_WORD.findall(between)) <= _MOST_WORDS * links


def text_features(text: str) -> Iterator[str]:
    """The features of a text that `Shape` counts.

    `absolute` is a URL, `on site` a path, a wiki link or a link of Pelican or Zola to their content, the last two of which
    are also `intrasite`, and `folders` may be a path. `image` has the extension of one, `image service` looks like the URL
    of one, `page path` is the path of a page or a document, and `page file` one of `folders` that has the extension of a
    page or a document.
    `malformed URL` is a text that its author meant as a URL: a Markdown link, several URLs, a URL in angle brackets, with
    spaces, without its scheme or with one slash. The first three, which may be meant as they are, are also `Markdown link`,
    `several URLs` and `in brackets`, unless they occur in prose. `several files` are names of images with commas between
    them. `plain absolute` and `plain path` are those that every validator of `uri` and `uri-reference` accepts. `media` is
    the name of a video, a sound or a document. `numeric` is a version or a telephone number: YAML reads others as numbers.
    The notation of a date is a feature as well.
    """
    stripped = text.strip()
    plain = _PLAIN.fullmatch(text) is not None and _UNUSUAL.search(text) is None
    if not stripped:
        yield "empty"
        return
    yield from (name for name, pattern in FORMATS if pattern.fullmatch(text))
    date = read_date(text)
    if date is not None:
        yield from ("dated", date.notation.value)
    elif _NUMERIC.fullmatch(stripped):
        yield "numeric"
    content = intrasite_path(text) or (stripped if _BELOW_CONTENT.fullmatch(stripped) else None)
    target = wiki_target(text) or content
    if is_made_by_pelican(text):
        yield from ("on site", "intrasite")
        return
    if target is not None:
        # Not `plain path`: no validator accepts it as a URL.
        yield from ("on site", *(["image"] if IMAGE_FILE.fullmatch(target) else []))
        if content is not None:
            yield "intrasite"
        return
    if _SEVERAL_FILES.fullmatch(stripped):
        yield "several files"
        return
    if _MEDIA_FILE.fullmatch(stripped):
        yield "media"
    defect = written_defect(text)
    if ABSOLUTE.fullmatch(stripped) and (defect is None or defect.works):
        yield "absolute"
        if plain and stripped[:2] != "//":
            yield "plain absolute"
        if AMP_CACHE.match(stripped):
            yield "amp-cache"
        if has_image_extension(stripped):
            yield "image"
        elif may_serve_image(stripped):
            yield "image service"
    elif defect is not None and (not defect.works or _STARTS_ABSOLUTE.match(stripped)):
        yield "malformed URL"
        if defect.message in _ODD_FORM and _is_made_of_links(text):
            yield _ODD_FORM[defect.message]
    elif _UPWARD.fullmatch(stripped):
        yield "folders"
    elif IMAGE_FILE.fullmatch(stripped) or ON_SITE.fullmatch(stripped):
        yield from ("on site", *_kind_of_path(stripped), *(["plain path"] if plain else []))
    elif _MISPLACED_SLASHES.fullmatch(stripped) or (scheme_defect(text) is not None and "@" not in text):
        yield "malformed URL"
    elif FOLDERS.fullmatch(stripped):
        yield "folders"
        if _PAGE_FILE.fullmatch(stripped):
            yield "page file"


def _kind_of_path(path: str) -> Iterator[str]:
    """Whether a path is that of an image, or of a page or a document."""
    if IMAGE_FILE.fullmatch(path):
        yield "image"
        return
    if may_serve_image(path):
        yield "image service"
    if "*" not in path and (_PAGE_FILE.fullmatch(path) or not _FILE.fullmatch(path)):
        yield "page path"


@lru_cache(maxsize=1024)
def _features_of_short(text: str) -> tuple[str, ...]:
    """The features of a text that is likely to be repeated: half of all texts are."""
    return tuple(text_features(text))


class Shape:
    """The values of one property: `count` is their number, `kinds` their number by JSON type.

    `articles` is the number of articles that have any. It is a maximum after `merge`, which adds the numbers up.
    """

    def __init__(self) -> None:
        self.count = 0
        self.articles = 0
        self._last: int | None = None
        self.kinds: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.features: Counter[str] = Counter()
        self.many_texts = False
        self.least: float | None = None
        self.properties: dict[str, Shape] = {}
        self.items: Shape | None = None
        self.rest: Shape | None = None
        """The merged values of an object with too many properties."""

    def add(self, value: Json, article: int = 0) -> None:
        """Add a value of an article, which has a number. Articles are added one after the other.

        Recursion is limited by the depth of front matter, which `parse` limits.
        """
        self.count += 1
        if article != self._last:
            self.articles += 1
            self._last = article
        match value:
            case None:
                self.kinds["null"] += 1
            case bool():
                self.kinds["boolean"] += 1
            case int() | float():
                self.kinds["integer" if isinstance(value, int) else "number"] += 1
                self.least = value if self.least is None else min(self.least, value)
            case str():
                self.kinds["string"] += 1
                self._add_text(value)
            case list():
                self.kinds["array"] += 1
                self.items = self.items or Shape()
                for item in value:
                    self.items.add(item, article)
            case dict():
                self.kinds["object"] += 1
                for name, item in value.items():
                    self._property(name).add(item, article)

    def add_entries(self, entries: Mapping[str, Json], name: str = "") -> None:
        """Add a map of entries, whose keys are data; with a `name`, as the property of this name."""
        shape = self._property(name) if name else self
        shape.count += 1
        shape.kinds["object"] += 1
        below = shape._merge_properties()  # noqa: SLF001 - of the same class
        for entry in entries.values():
            below.add(entry, below.count)

    def outline(self, value: Json) -> None:
        """Add the names in a value without counting it, so that the properties are in the order of the values."""
        match value:
            case list():
                self.items = self.items or Shape()
                for item in value:
                    self.items.outline(item)
            case dict():
                for name, item in value.items():
                    self._property(name).outline(item)

    def merge(self, other: "Shape") -> None:
        self.count += other.count
        self.articles += other.articles
        self.kinds += other.kinds
        self.features += other.features
        if other.many_texts:
            self._drop_texts()
        for text, count in other.texts.items():
            self._count_text(text, count)
        if other.least is not None:
            self.least = other.least if self.least is None else min(self.least, other.least)
        for name, shape in other.properties.items():
            self._property(name).merge(shape)
        if other.items is not None:
            self.items = self.items or Shape()
            self.items.merge(other.items)
        if other.rest is not None:
            self._merge_properties().merge(other.rest)

    def _add_text(self, text: str) -> None:
        self._count_text(text, 1)
        for feature in _features_of_short(text) if len(text) <= _SHORT else text_features(text):
            self.features[feature] += 1

    def _count_text(self, text: str, count: int) -> None:
        if self.many_texts:
            return
        if len(text) > LONGEST_VALUE or (len(self.texts) >= MOST_VALUES and text not in self.texts):
            self._drop_texts()
        else:
            self.texts[text] += count

    def _drop_texts(self) -> None:
        self.many_texts = True
        self.texts.clear()

    def _property(self, name: str) -> "Shape":
        known = self.properties.get(name)
        if known is None:
            if self.rest is not None or len(self.properties) >= MOST_NAMES:
                return self._merge_properties()
            known = self.properties[name] = Shape()
        return known

    def _merge_properties(self) -> "Shape":
        """The shape of all properties of an object with too many."""
        if self.rest is None:
            self.rest = Shape()
            for shape in self.properties.values():
                self.rest.merge(shape)
            self.properties = {}
        return self.rest
