"""The values of an article that its schema marks with `x-unique` and `x-ref`."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from unicodedata import normalize

from msgspec import Struct

from linkcheck.model import FILE_START, Article, Json, Location, Reference, UniqueValue
from linkcheck.pointers import escape, field_of, unescape
from linkcheck.urls import page_key
from linkcheck.validate.schema_tree import SchemaSite

_FILLED_LATER = re.compile(r"\{\{|\{%|<%|\$\{")
"""A placeholder of a template: what it becomes is unknown."""
_PATTERN = re.compile(r"/:|[{}*<>]")
"""In a URL: a pattern such as `/:year/:title/`."""
_STYLES = ("date", "pretty", "ordinal", "none", "weekdate")
"""Permalinks that are the names of patterns (Jekyll)."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ADDRESSES = ("permalink", "alias")
_LANGUAGES = ("lang", "language", "locale")
_UNKNOWN_HOST = "site.invalid"
_UNKNOWN_SITE = f"https://{_UNKNOWN_HOST}"


class Identities(Struct, frozen=True):
    """What an article states that concerns other articles."""

    unique: tuple[UniqueValue, ...] = ()
    references: tuple[Reference, ...] = ()


def find_identities(article: Article, site: SchemaSite, *, owner: str, base_url: str | None) -> Identities:
    """`owner` is the collection of the article or its schema: unnamed unique values are those of one owner."""
    if not site.naming or not article.data:
        return Identities()
    unique: list[UniqueValue] = []
    references: list[Reference] = []
    language = next((found for key in _LANGUAGES if isinstance(found := article.data.get(key), str)), "")
    for text, marks, pointer in _marked(article.data, site, ""):
        place = article.places.get(pointer)
        location = Location(article.path, FILE_START if place is None else place.value, pointer)
        key = None if marks.unique is None else _key(text, marks, article.path, base_url)
        if marks.unique is not None and key is not None and not _is_of_entry(pointer, marks, site):
            unique.append(UniqueValue(location, text, marks.unique or f"{owner}#{field_of(pointer)}", key, language))
        if marks.named is not None and not _FILLED_LATER.search(text):
            references.append(Reference(location, text, marks.named.collection, marks.named.by))
    return Identities(tuple(unique), tuple(references))


def _marked(value: Json, site: SchemaSite, pointer: str) -> Iterator[tuple[str, SchemaSite, str]]:
    """Each marked value as a text, with its marks and its pointer. The marks of a list are those of its items."""
    if isinstance(value, dict):
        for name, child in value.items():
            below = site.property(name)
            if below is not None and below.naming:
                yield from _marked(child, below, f"{pointer}/{escape(name)}")
    elif isinstance(value, list):
        is_marked = _is_marked(site)
        for index, item in enumerate(value):
            here = f"{pointer}/{index}"
            if is_marked and (text := text_of(item)):
                yield text, site, here
            elif (below := site.item(index)) is not None and below.naming:
                yield from _marked(item, below, here)
    elif _is_marked(site) and (text := text_of(value)):
        yield text, site, pointer


def _is_of_entry(pointer: str, marks: SchemaSite, root: SchemaSite) -> bool:
    """Whether a value describes an entry of a list, such as a related article, by the same schema as the article itself."""
    parts = pointer.split("/")[1:]
    return any(part.isdecimal() and _site_at(root, parts[number:]) is marks for number, part in enumerate(parts[:-1], 1))


def _site_at(site: SchemaSite, parts: list[str]) -> SchemaSite | None:
    """The schemas of what a pointer with these parts leads to; of a list, for an index at its end."""
    at: SchemaSite | None = site
    for part in parts:
        if at is None:
            return None
        at = at.item(int(part)) or at if part.isdecimal() else at.property(unescape(part))
    return at


def _is_marked(site: SchemaSite) -> bool:
    return site.unique is not None or site.named is not None


def text_of(value: Json) -> str:
    """A text or number as a text; empty for any other value, which counts as absent."""
    match value:
        case bool():
            return ""
        case str():
            return normalize("NFC", value.strip())
        case float() if value.is_integer():
            return str(int(value))
        case int() | float():
            return str(value)
        case _:
            return ""


def _key(text: str, site: SchemaSite, path: str, base_url: str | None) -> str | None:
    """The same for texts that are equal; None for one that is a pattern."""
    if _FILLED_LATER.search(text):
        return None
    if not (site.urls or site.field in _ADDRESSES or text.startswith("/")):
        return text
    if _PATTERN.search(text) or text in _STYLES:
        return None
    if _SCHEME.match(text):
        return page_key(f"https:{text}" if text.startswith("//") else text) or text
    if not text.startswith("/"):
        # Generators differ in what an alias is relative to: the site, or the folder of the article.
        is_beside = site.field == "alias" or text.startswith(".")
        text = f"/{normpath(join(dirname(path), text)) if is_beside else text}"
    key = page_key(f"{(base_url or _UNKNOWN_SITE).rstrip('/')}{text}")
    return text if key is None else key.removeprefix(_UNKNOWN_HOST)
