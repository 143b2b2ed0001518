"""What many values at one place of the articles have in common: counted, in bounded memory.

A shape takes value after value. Two shapes can be merged, and the merged one has taken what both have.
"""

import re
from collections import Counter
from collections.abc import Iterator

from linkcheck.calendar_dates import read_date
from linkcheck.images import IMAGE_EXTENSIONS
from linkcheck.model import Json
from linkcheck.urls import scheme_defect, written_defect

MOST_VALUES = 40
"""Distinct strings to keep; a property with more of them is not an enumeration."""
LONGEST_VALUE = 60
MOST_NAMES = 150
"""Properties an object may have; one with more is a table whose keys are data."""

FORMATS = (
    ("duration", re.compile(r"P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?")),
    ("email", re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")),
)
"""Formats of JSON Schema, and what texts of that format look like: narrower than they may be."""
ABSOLUTE = re.compile(r"(?:https?:)?//[^\s/?#]++\S*", re.IGNORECASE)
_STARTS_ABSOLUTE = re.compile(r"https?://[^\s/?#]|www\.", re.IGNORECASE)
_PLAIN = re.compile(r"[\x21-\x7e]+")
_UNUSUAL = re.compile(r"[<>\"{}\\`]")
ON_SITE = re.compile(r"/(?!/)[^\s<>{}]*|\.{1,2}/[^\s<>{}]+")
"""A path on the site or one relative to the article."""
IMAGE_FILE = re.compile(rf"[^\n\r\t<>{{}}:]+\.(?:{'|'.join(sorted(IMAGE_EXTENSIONS))})(?:[?#]\S*)?", re.IGNORECASE)
FOLDERS = re.compile(
    r"[\w.%~+-]+(?:(?:/[\w.%~+-]*)+|\.(?:pdf|zip|html?|mdx?|docx?|pptx?|xlsx?|odt|csv|txt|mp[34]))(?:[?#]\S*)?"
)
"""A path without a slash in front, which only the name of the property tells from a name such as `owner/project`."""
AMP_CACHE = re.compile(r"https?://(?:[^/]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)/", re.IGNORECASE)


def looks_of(text: str) -> Iterator[str]:
    """What a text looks like.

    `absolute` is a URL, `on site` a path, `folders` perhaps one. `meant` is something else that its author meant as a URL:
    a Markdown link, several URLs, one with spaces or without its scheme. `plain absolute` and `plain path` are those that
    every validator of `uri` and `uri-reference` accepts. A date has the look of its notation as well.
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
    fault = written_defect(text)
    if ABSOLUTE.fullmatch(stripped) and (fault is None or fault.works):
        yield "absolute"
        if plain and stripped[:2] != "//":
            yield "plain absolute"
        if AMP_CACHE.match(stripped):
            yield "amp-cache"
        if IMAGE_FILE.search(stripped.partition("//")[2]):
            yield "image"
    elif fault is not None and (not fault.works or _STARTS_ABSOLUTE.match(stripped)):
        yield "meant"
    elif IMAGE_FILE.fullmatch(stripped) or ON_SITE.fullmatch(stripped):
        yield from ("on site", *(["image"] if IMAGE_FILE.fullmatch(stripped) else []), *(["plain path"] if plain else []))
    elif scheme_defect(text) is not None and "@" not in text:
        yield "meant"
    elif FOLDERS.fullmatch(stripped):
        yield "folders"


class Shape:
    """Everything seen at one place. `taken` counts the values, `kinds` them by JSON type."""

    def __init__(self) -> None:
        self.taken = 0
        self.kinds: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.looks: Counter[str] = Counter()
        self.many_texts = False
        self.least: float | None = None
        self.properties: dict[str, Shape] = {}
        self.items: Shape | None = None
        self.rest: Shape | None = None
        """What the values have in common of an object with too many names."""

    def take(self, value: Json) -> None:
        """Not recursive beyond the depth of front matter, which parse limits."""
        self.taken += 1
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
                self._take_text(value)
            case list():
                self.kinds["array"] += 1
                self.items = self.items or Shape()
                for item in value:
                    self.items.take(item)
            case dict():
                self.kinds["object"] += 1
                for name, item in value.items():
                    self._property(name).take(item)

    def merge(self, other: "Shape") -> None:
        self.taken += other.taken
        self.kinds += other.kinds
        self.looks += other.looks
        self.many_texts = self.many_texts or other.many_texts
        for text, count in other.texts.items():
            self._count(text, count)
        if other.least is not None:
            self.least = other.least if self.least is None else min(self.least, other.least)
        for name, shape in other.properties.items():
            self._property(name).merge(shape)
        for mine, theirs in (("items", other.items), ("rest", other.rest)):
            if theirs is not None:
                into: Shape = getattr(self, mine) or Shape()
                into.merge(theirs)
                setattr(self, mine, into)

    def _take_text(self, text: str) -> None:
        self._count(text, 1)
        for look in looks_of(text):
            self.looks[look] += 1

    def _count(self, text: str, count: int) -> None:
        if self.many_texts:
            return
        if len(text) > LONGEST_VALUE or (len(self.texts) >= MOST_VALUES and text not in self.texts):
            self.many_texts = True
            self.texts.clear()
        else:
            self.texts[text] += count

    def _property(self, name: str) -> "Shape":
        if self.rest is not None:
            return self.rest
        known = self.properties.get(name)
        if known is None:
            if len(self.properties) >= MOST_NAMES:
                self.rest = Shape()
                for shape in self.properties.values():
                    self.rest.merge(shape)
                self.properties = {}
                return self.rest
            known = self.properties[name] = Shape()
        return known
