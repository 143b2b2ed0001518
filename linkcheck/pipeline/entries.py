"""The entries that articles name (`x-ref`): the files of a collection, or the entries of a data file.

An entry counts whether or not the run checks its file. Names are compared leniently: case, spaces and punctuation do not
matter, and a path can be written with or without the folders above it, the extension, `index`, a date or a language.
A value that starts with a slash, or a URL of the site, can also be the address of an entry.
"""

import os
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from posixpath import dirname, join, normpath, relpath, splitext
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from linkcheck.article_urls import UrlKeys
from linkcheck.article_urls.segments import names_source, segment
from linkcheck.did_you_mean import closest
from linkcheck.discover import read_source, source_of
from linkcheck.errors import UsageError
from linkcheck.front_matter_start import damage, data_format
from linkcheck.globs import fits, has_magic, matcher, static_folder
from linkcheck.languages import is_language
from linkcheck.model import Article, Json, ParseErrorKind, Reference, Source, UnknownReference
from linkcheck.parse import parse
from linkcheck.urls import wiki_target
from linkcheck.validate import EntryAnnotation, text_of

if TYPE_CHECKING:
    from linkcheck.article_urls.index import ArticleUrls

MOST_FILES = 200_000
"""Maximum number of files below the folders of a collection."""
_MOST_NAMES = 5_000
"""Maximum number of entries among which the one is searched that was probably meant."""
_MOST_EXAMPLES = 200
"""Maximum number of entries that are read to find the property that was probably meant."""
_LONGEST = 500
_BY_PATH = "path"
_USUAL = ("slug", "id")
_STATED = (*UrlKeys().permalinks, *UrlKeys().aliases)
_NOT_LISTED = frozenset(("node_modules", "bower_components"))
_OTHER_FILES = (
    *(".avif", ".bmp", ".gif", ".heic", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"),
    *(".mov", ".mp3", ".mp4", ".ogg", ".pdf", ".wav", ".webm", ".gz", ".zip"),
    *(".css", ".less", ".map", ".scss", ".eot", ".otf", ".ttf", ".woff", ".woff2"),
)
"""Files that are not entries, but next to them."""
_CODE = (
    *(".astro", ".cjs", ".js", ".jsx", ".mjs", ".mts", ".svelte", ".ts", ".tsx", ".vue"),
    *(".csv", ".go", ".php", ".py", ".rb", ".xml"),
)
"""Files that are entries by their paths, but whose properties are not known."""
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[-_]")
_EXTENSION = re.compile(r"\.(?:mdx?|markdown|html?|qmd|rmd|json|toml|ya?ml)\Z", re.IGNORECASE)
_CLOSED = re.compile(r"\[[^\[\]]+\]|\{[^{}]*\}")
_UNCLOSED = re.compile(r"[\[{]")
"""In a glob, after what is closed is removed."""
_URL = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|[A-Za-z][A-Za-z0-9+.-]*:(?=\S)")

Former = Iterable[tuple[str, bytes | None]]


class EntryOptions(Struct, frozen=True):
    """`root` is the folder, absolute, that `collections` and other paths are relative to: names with their globs.

    A collection in folders with more than `most_files` files is not known completely. `base_url` is that of the site.
    """

    root: str
    collections: Mapping[str, tuple[str, ...]] = {}
    extensions: tuple[str, ...] = ()
    most_files: int = MOST_FILES
    base_url: str | None = None


class Entries:
    """The entries of each collection, which are listed when the first of its names is looked up."""

    def __init__(self, options: EntryOptions, urls: "Callable[[], ArticleUrls] | None" = None) -> None:
        """`urls` are the URLs of the articles; without them, the address of no entry is known."""
        self._options = options
        self._urls = urls
        self._known: dict[str, _Collection | None] = {}
        self.removed = LostEntries({})
        """Those that the change under check removed, so that it is known why a collection is empty."""
        self.not_known: Counter[tuple[str, str]] = Counter()
        """The collections whose entries are not all known, and why, with the number of references that may name others."""
        self._near = lru_cache(maxsize=1024)(self._find_near)

    def unknown(self, references: Iterable[Reference], *, counted: bool = True) -> tuple[UnknownReference, ...]:
        """The references to entries that certainly do not exist. Those that cannot be looked up are counted for a notice."""
        found: list[UnknownReference] = []
        for each in references:
            found_out = self._is_known(each)
            if isinstance(found_out, str):
                self.not_known[each.collection, found_out] += counted
            elif not found_out:
                found.append(UnknownReference(each, self._near(each.collection, each.by, each.value)))
        return tuple(found)

    def _is_known(self, reference: Reference) -> bool | str:
        """Whether there is an entry with this name, or why that cannot be known."""
        path = self._path_on_site(reference.value)
        if path is None and _URL.match(reference.value):
            return True  # of a page elsewhere
        collection = self._collection(reference.collection)
        if collection is None:
            return f"there is no collection or folder {reference.collection}"
        found = collection.has(reference)
        if found is not True and path is not None and not reference.by and not collection.is_data:
            if self._has_address(collection, path):
                return True
            found = found or (not names_source(path) and self._why_no_address(collection))
        if isinstance(found, str) and collection.is_lacking(reference.by) and self.removed.had(reference):
            return False
        return found

    def _path_on_site(self, value: str) -> str | None:
        """The path of a URL of the site, or of one without a host; None for any other value."""
        base = urlsplit(self._options.base_url or "")
        try:
            url = urlsplit(value)
        except ValueError:
            return None
        if not url.netloc:
            return url.path if value.startswith("/") else None
        is_below = base.netloc and f"{url.path}/".startswith(f"{base.path.rstrip('/')}/")
        return url.path or "/" if is_below and _host(url.netloc) == _host(base.netloc) else None

    def _has_address(self, collection: "_Collection", path: str) -> bool:
        """Whether an entry has an address, or may have it."""
        if self._urls is None:
            return False
        base = urlsplit(self._options.base_url or "").path.rstrip("/")
        paths = (path, path[len(base) :]) if base and path.startswith(f"{base}/") else (path,)
        found = (each for path in paths for each in self._urls().possibly_at(path))
        return any(collection.contains(self._from_root(each)) for each in found)

    def _why_no_address(self, collection: "_Collection") -> bool | str:
        """Why an entry may have an address that is not found; false if none may."""
        if self._urls is None or not self._urls().are_all_read:
            return f"the repository has more than {self._options.most_files:,} files"
        return (
            not collection.has_certain_urls(self._urls(), self._options.root) and "the URLs of some entries are not certain"
        )

    def _from_root(self, path: str) -> str:
        """A path relative to the working directory, relative to the root."""
        return os.path.relpath(path, self._options.root).replace(os.sep, "/")

    def matchers(self, names: Iterable[str]) -> tuple[re.Pattern[str], ...]:
        """What the files of collections match, relative to the root."""
        return tuple(matcher(glob, below=True) for name in names for glob in self._globs(name) or ())

    def lost(self, names: Iterable[str], before: Former, present: Mapping[str, str | None]) -> "LostEntries":
        """The names of entries that a change removed.

        `before` are the former files, relative to the root, with their texts; `present` has the path of each now.
        """
        patterns = {name: self.matchers((name,)) for name in names}
        keys: dict[str, set[str]] = {name: set() for name in patterns}
        for path, text in before:
            for name, globs in patterns.items():
                if text is not None and any(glob.fullmatch(path) for glob in globs):
                    is_data = self._is_data_file(name)
                    former = _all_keys(path, source_of(path, text), is_data=is_data)
                    if (now := present.get(path)) is not None:
                        former -= _all_keys(now, read_source(os.path.join(self._options.root, now)), is_data=is_data)
                    keys[name] |= former
        return LostEntries(keys)

    def refuse_unknown(self, marks: Iterable[tuple[str, EntryAnnotation]]) -> None:
        """Raises UsageError for an `x-ref`, given with its place, that refers to a collection that does not exist."""
        for place, mark in marks:
            name = mark.collection
            if self._globs(name) is None:
                meant = closest(name, self._options.collections, sure=True)
                hint = (
                    f"Did you mean {meant}?"
                    if meant
                    else f'To name an entry by this property, use {{"by": "{name}"}}.'
                    if name in (*_USUAL, _BY_PATH, "title", "name")
                    else "Use the name of a collection of the configuration, or a folder relative to it."
                )
                raise UsageError(f"{place}: there is no collection or folder {name!r:.80}. {hint}")

    def notices(self) -> Iterator[str]:
        """What could not be looked up, and why."""
        for (name, why), number in sorted(self.not_known.items()):
            several = "one reference" if number == 1 else f"{number:,} references"
            what = f"the collection {name}" if name else "the articles"
            if number:
                yield f"{several} to {what} could not be checked, because {why}"

    def _find_near(self, name: str, by: str, value: str) -> str | None:
        collection = self._collection(name)
        return None if collection is None else closest(value, collection.names(by), sure=True)

    def _is_data_file(self, name: str) -> bool:
        globs = self._globs(name) or ()
        return len(globs) == 1 and not has_magic(globs[0]) and data_format(globs[0]) is not None

    def _collection(self, name: str) -> "_Collection | None":
        if name not in self._known:
            globs = self._globs(name)
            self._known[name] = (
                None if globs is None else _Collection(self._options, globs, is_data=self._is_data_file(name))
            )
        return self._known[name]

    def _globs(self, name: str) -> tuple[str, ...] | None:
        if not name:
            return (".",)
        if name in self._options.collections:
            return self._options.collections[name]
        glob = normpath(name.strip("/"))
        if glob.startswith(".."):
            return None
        start = static_folder(glob) if has_magic(glob) else glob
        is_there = os.path.exists(os.path.join(self._options.root, start))
        return (glob,) if is_there and _is_glob(glob) else None


class LostEntries:
    """The names of entries that a change removed, by collection."""

    def __init__(self, keys: Mapping[str, set[str]]) -> None:
        self._keys = keys

    def __bool__(self) -> bool:
        return any(self._keys.values())

    def had(self, reference: Reference) -> bool:
        """Whether a name was that of an entry, or may have been."""
        keys = self._keys.get(reference.collection, set())
        return any(f"{kind}{key}" in keys for kind, key in (*_wanted(reference), *_address_keys(reference)))


class _Collection:
    """The names of the entries of one collection, each as a hash of its kind and normalized form."""

    def __init__(self, options: EntryOptions, globs: tuple[str, ...], *, is_data: bool) -> None:
        self._options = options
        self._globs = globs
        self.is_data = is_data
        self._patterns = tuple(matcher(glob, below=True) for glob in globs)
        self._has_articles = self._has_programs = False
        self.is_empty = False
        self.why_not_known = ""
        """Why there may be entries that were not read; empty if there are none."""
        self._lacks: dict[str, str] = {}
        """By property, that no entry has a value for it; empty if one has."""
        self._has_urls: bool | None = None
        self._keys: dict[str, array[int]] = {}
        self._names: dict[str, list[str]] = {}

    def has(self, reference: Reference) -> bool | str:
        """Whether there is an entry with this name, or why that cannot be known."""
        for kind, key in _wanted(reference):
            keys, wanted = self._of(kind), hash(key)
            place = bisect_left(keys, wanted)
            if place < len(keys) and keys[place] == wanted:
                return True
        return self.why_not_known or self._lacking(reference.by) or False

    def is_lacking(self, by: str) -> bool:
        """Whether there is no entry, or none with a value for a property."""
        return self.is_empty or bool(self._lacking(by))

    def contains(self, path: str) -> bool:
        """Whether a file, relative to the root, is one of the collection."""
        return fits(self._patterns, path)

    def has_certain_urls(self, urls: "ArticleUrls", root: str) -> bool:
        """Whether the URLs of all entries are certain."""
        if self._has_urls is None:
            self._has_urls = all(urls.has_certain_url(os.path.relpath(os.path.join(root, path))) for path in self._files())
        return self._has_urls

    def names(self, by: str) -> list[str]:
        """The names of the entries, to find the one that was meant; empty if there are too many."""
        kinds = (by,) if by else (_BY_PATH, *_USUAL)
        found = [self._names.get(kind, []) for kind in kinds]
        return [] if any(len(names) > _MOST_NAMES for names in found) else [name for names in found for name in names]

    def _of(self, kind: str) -> "array[int]":
        """The hashes of the names of one kind, sorted: they take less memory than a set."""
        if kind not in self._keys:
            # What is read for the slug is read for the ID as well.
            kinds = (kind,) if kind == _BY_PATH or kind not in _USUAL else _USUAL
            for each in kinds:
                self._keys[each], self._names[each] = array("q"), []
            for path in self._files():
                self._add(path, kinds)
            for each in kinds:
                self._keys[each] = array("q", sorted(self._keys[each]))
            # Programs can be entries as well, with properties that are not known.
            if self._has_programs and not self._has_articles:
                self._note("the entries contain no front matter")
        return self._keys[kind]

    def _lacking(self, by: str) -> str:
        """That no entry has what articles name it by, as a clause; empty if one has."""
        if by not in self._lacks:
            kinds = (by,) if by else (_BY_PATH, *_USUAL)
            self._lacks[by] = "" if any(map(self._of, kinds)) else self._why_lacking(by)
        return self._lacks[by]

    def _why_lacking(self, by: str) -> str:
        if not by or by == _BY_PATH:
            return 'the entries have no name, slug or ID; state their property with "by"'
        names: dict[str, None] = {}
        for path in islice(self._files(), _MOST_EXAMPLES):
            names |= dict.fromkeys(self._properties(path))
        meant = None if by in names else closest(by, names, sure=True)
        lacking = f"no entry has a value for the property {by[:_LONGEST]}"
        return f"{lacking}; did you mean {meant}?" if meant else lacking

    def _properties(self, path: str) -> Iterator[str]:
        if splitext(path)[1].lower() not in _CODE:
            source = read_source(os.path.join(self._options.root, path))
            if not self.is_data:
                yield from parse(source).data
            for _, entry in _entries_of(_data_of(source)) if self.is_data else ():
                yield from entry if isinstance(entry, dict) else ()

    def _add(self, path: str, kinds: tuple[str, ...]) -> None:
        if self.is_data:
            self._add_data(path, kinds)
        elif kinds == (_BY_PATH,):
            self._keys[_BY_PATH].extend(map(hash, _path_keys(path)))
            if len(self._names[_BY_PATH]) <= _MOST_NAMES:
                self._names[_BY_PATH].append(_shown(path, self._globs))
        elif splitext(path)[1].lower() in _CODE:
            self._has_programs = True
        else:
            source = read_source(os.path.join(self._options.root, path))
            values = _plain_values(source, kinds)
            if values is None:
                article = parse(source)
                if _is_unread(article, source):
                    self._note(f"{path} could not be read")
                values = article.data
            self._has_articles = self._has_articles or bool(values)
            for kind in kinds:
                self._add_value(kind, values.get(kind))

    def _add_value(self, kind: str, value: Json) -> None:
        for text in _texts(value):
            self._keys[kind].append(hash(_folded(text)))
            if len(self._names[kind]) <= _MOST_NAMES:
                self._names[kind].append(text)

    def _add_data(self, path: str, kinds: tuple[str, ...]) -> None:
        data = _data_of(read_source(os.path.join(self._options.root, path)))
        if data is None:
            self._note(f"{path} could not be read")
        for name, entry in _entries_of(data):
            for kind in kinds:
                self._add_value(kind, name if kind == _BY_PATH else entry.get(kind) if isinstance(entry, dict) else None)

    def _files(self) -> Iterator[str]:
        """The files of the collection, relative to the root."""
        self.is_empty = True
        for glob in self._globs:
            pattern = matcher(glob, below=True)
            for number, path in enumerate(self._below(glob)):
                if number == self._options.most_files:
                    self._note(f"there are more than {number:,} files")
                    break
                is_other = splitext(path)[1].lower() in _OTHER_FILES
                is_article = glob != "." or path.lower().endswith(self._options.extensions)
                if is_article and not is_other and pattern.fullmatch(path):
                    self.is_empty = False
                    yield path
        if self.is_empty:
            self._note("there are no entries")

    def _below(self, glob: str) -> Iterator[str]:
        root = self._options.root
        start = static_folder(glob) if has_magic(glob) else glob
        if not Path(root, start).resolve().is_relative_to(Path(root).resolve()):
            self._note(f"{start} leads outside of the repository")
            return
        if os.path.isfile(os.path.join(root, start)):
            yield normpath(start)
            return
        for folder, folders, names in os.walk(os.path.join(root, start), onerror=self._is_closed):
            folders[:] = sorted(each for each in folders if each not in _NOT_LISTED and not each.startswith("."))
            below = os.path.relpath(folder, root).replace(os.sep, "/")
            if link := next((each for each in folders if os.path.islink(os.path.join(folder, each))), None):
                self._note(f"{normpath(join(below, link))} is a symbolic link, which is not followed")
            yield from (normpath(join(below, name)) for name in sorted(names) if not name.startswith("."))

    def _is_closed(self, error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            self._note(f"{error.filename} could not be read")

    def _note(self, why: str) -> None:
        self.why_not_known = self.why_not_known or why


def _plain_values(source: Source, kinds: tuple[str, ...]) -> dict[str, Json] | None:
    """The values of properties that a front matter in YAML states plainly; None if it must be parsed to know them."""
    head = source.head
    matter, end, _ = head.removeprefix(b"---").partition(b"\n---")
    has_other_form = source.multimarkdown_fences or source.other_fences or not head.startswith((b"---\n", b"---\r\n"))
    if has_other_form or not end or b"\\" in matter:
        return None
    found: dict[str, Json] = {}
    for kind in kinds:
        word, plain = _patterns_of(kind)
        number = len(word.findall(matter))
        value = plain.search(matter)
        if number > 1 or (number == 1 and value is None):
            return None
        if value is not None:
            found[kind] = value[1].decode()
    return found


@lru_cache(maxsize=64)
def _patterns_of(kind: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """What finds the name of a property anywhere, and at the start of a line with a simple value."""
    name = re.escape(kind.encode())
    return re.compile(rb"(?<![\w-])" + name + rb"(?![\w-])"), re.compile(
        rb"(?m)^" + name + rb":[ \t]{1,20}([A-Za-z][A-Za-z0-9_-]*)[ \t]*\r?$"
    )


def _is_glob(glob: str) -> bool:
    """Whether every bracket of a glob is closed, and what is in it has a meaning."""
    with suppress(UsageError):
        return matcher(glob) is not None and _UNCLOSED.search(_CLOSED.sub("", glob)) is None
    return False


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2].lower().removeprefix("www.")


def _is_unread(article: Article, source: Source) -> bool:
    """Whether an article may have properties that could not be read."""
    kinds = {each.kind for each in article.parse_errors}
    return not kinds <= {ParseErrorKind.MISSING, ParseErrorKind.EMPTY} or (bool(kinds) and damage(source.head) is not None)


def _all_keys(path: str, source: Source, *, is_data: bool) -> set[str]:
    """The names of an entry, each after its kind, by its path and all its properties."""
    if is_data:
        found: set[str] = set()
        for name, entry in _entries_of(_data_of(source)):
            found |= {f"{_BY_PATH}{_folded(text)}" for text in _texts(name)}
            properties = entry.items() if isinstance(entry, dict) else ()
            found |= {f"{kind}{_folded(text)}" for kind, value in properties for text in _texts(value)}
        return found
    data = parse(source).data
    by_property = {f"{kind}{_folded(text)}" for kind, value in data.items() for text in _texts(value)}
    return by_property | {f"{_BY_PATH}{key}" for key in _path_keys(path)}


def _wanted(reference: Reference) -> Iterator[tuple[str, str]]:
    """What a reference can name: pairs of a kind of name and its normalized form."""
    text = wiki_target(reference.value) or reference.value
    by = reference.by
    kinds = (by,) if by else (_BY_PATH, *_USUAL)
    texts = dict.fromkeys((text, text.partition("#")[0]))
    for kind in kinds:
        for each in filter(None, texts):
            yield kind, _folded(each)
            if kind == _BY_PATH:
                yield from ((kind, key) for key in _written_paths(each, reference.location.path))


def _address_keys(reference: Reference) -> Iterator[tuple[str, str]]:
    """What an entry with an address may have: the address as a property, or a name like the end of it."""
    path = re.sub(r"\A(?:https?:)?//[^/]*", "", reference.value).partition("#")[0]
    if not reference.by and path.startswith("/") and (last := path.rstrip("/").rpartition("/")[2]):
        yield from ((kind, _folded(path)) for kind in _STATED)
        yield from ((kind, key) for kind in (_BY_PATH, *_USUAL) for key in _written_paths(last, ""))


def _written_paths(text: str, article: str) -> Iterator[str]:
    whole = normpath(join(dirname(article), text)) if text.startswith(".") else text
    for path in dict.fromkeys((whole, _EXTENSION.sub("", whole))):
        parts = [segment(part) for part in path.split("/") if part not in ("", ".", "..")]
        if parts and parts[-1] == "index":
            parts.pop()
        if parts:
            yield "/".join(parts)


def _path_keys(path: str) -> Iterator[str]:
    """A path and each end of it, normalized, without its extension."""
    if len(path) > _LONGEST:
        return
    *folders, name = path.split("/")
    stem = splitext(name)[0]
    above = [segment(each) for each in folders]
    base, _, ending = stem.rpartition(".")
    stem = base if base and is_language(ending) else stem
    stems = [stem, _DATED.sub("", stem, count=1)]
    if stem.lower() in ("index", "_index"):
        if not above:
            return
        stems = [above.pop()]
    for last in dict.fromkeys(map(segment, stems)):
        for start in range(len(above) + 1):
            yield "/".join((*above[start:], last))


def _folded(text: str) -> str:
    return segment(text[:_LONGEST])


def _texts(value: Json) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if text := text_of(each):
            yield text


def _shown(path: str, globs: tuple[str, ...]) -> str:
    """An entry as articles name it: its path in the collection."""
    starts = (static_folder(glob) if has_magic(glob) else glob for glob in globs)
    start = next((each for each in starts if each not in ("", ".") and path.startswith(f"{each}/")), "")
    name = splitext(relpath(path, start) if start else path)[0]
    return name.removesuffix("/index").removesuffix("/_index")


def _data_of(source: Source) -> Json:
    """The content of a data file, also if that is a list; None if it cannot be read."""
    article = parse(source)
    if article.data or not article.parse_errors:
        return article.data
    head = source.head.removeprefix(b"\xef\xbb\xbf")
    is_json = data_format(source.file) == "json"
    listed = b'{"entries": ' + head + b"}" if is_json else b"entries:\n" + head.removeprefix(b"---\n")
    data = parse(source_of(source.file, listed)).data
    return data.get("entries")


def _entries_of(data: Json) -> Iterator[tuple[Json, Json]]:
    """The entries of a data file, each with its name, if it has one: the items of a list, or of a mapping, or below it."""
    if isinstance(data, list):
        yield from ((item if not isinstance(item, dict) else None, item) for item in data)
    elif isinstance(data, dict):
        for name, entry in data.items():
            yield name, entry
            if isinstance(entry, dict):
                yield from ((key, below) for key, below in entry.items() if isinstance(below, dict))
            elif isinstance(entry, list):
                yield from ((None, below) for below in entry if isinstance(below, dict))
