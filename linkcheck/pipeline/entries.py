"""The entries that articles name (`x-ref`): the files of a collection, or the entries of a data file.

An entry counts whether or not the run checks its file. Names are compared leniently: case, spaces and punctuation do not
matter, and a path can be written with or without the folders above it, the extension, `index`, a date or a language.
"""

import os
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath, relpath, splitext

from msgspec import Struct

from linkcheck.article_urls.segments import segment
from linkcheck.did_you_mean import closest
from linkcheck.discover import read_source, source_of
from linkcheck.errors import UsageError
from linkcheck.front_matter_start import data_format
from linkcheck.globs import has_magic, matcher, static_folder
from linkcheck.languages import is_language
from linkcheck.model import Article, Json, ParseErrorKind, Reference, Source, UnknownReference
from linkcheck.parse import parse
from linkcheck.urls import wiki_target
from linkcheck.validate import EntryAnnotation, text_of

MOST_FILES = 200_000
"""Maximum number of files below the folders of a collection."""
_MOST_NAMES = 5_000
"""Maximum number of entries among which the one is searched that was probably meant."""
_LONGEST = 500
_BY_PATH = "path"
_USUAL = ("slug", "id")
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
_URL = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//|[A-Za-z][A-Za-z0-9+.-]*:(?=\S)")

Former = Iterable[tuple[str, bytes | None]]


class EntryOptions(Struct, frozen=True):
    """`root` is the folder, absolute, that `collections` and other paths are relative to: names with their globs.

    A collection in folders with more than `most_files` files is not known completely.
    """

    root: str
    collections: Mapping[str, tuple[str, ...]] = {}
    extensions: tuple[str, ...] = ()
    most_files: int = MOST_FILES


class Entries:
    """The entries of each collection, which are listed when the first of its names is looked up."""

    def __init__(self, options: EntryOptions) -> None:
        self._options = options
        self._known: dict[str, _Collection | None] = {}
        self.removed = LostEntries({})
        """Those that the change under check removed, so that it is known why a collection is empty."""
        self.not_known: dict[str, int] = {}
        """The collections whose entries could not all be read, with the number of references that may name others."""
        self._near = lru_cache(maxsize=1024)(self._find_near)

    def unknown(self, references: Iterable[Reference], *, counted: bool = True) -> tuple[UnknownReference, ...]:
        """The references to entries that certainly do not exist. Those that cannot be looked up are counted for a notice."""
        found: list[UnknownReference] = []
        for each in references:
            is_known = self._is_known(each)
            if is_known is None and counted:
                self.not_known[each.collection] = self.not_known.get(each.collection, 0) + 1
            elif is_known is False:
                found.append(UnknownReference(each, self._near(each.collection, each.by, each.value)))
        return tuple(found)

    def _is_known(self, reference: Reference) -> bool | None:
        """Whether there is an entry with this name; None if that cannot be known."""
        if _URL.match(reference.value):
            return True  # of a page elsewhere
        collection = self._collection(reference.collection)
        if collection is None:
            return None
        found = collection.has(reference)
        return False if found is None and collection.is_empty and self.removed.had(reference) else found

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
        for name, number in sorted(self.not_known.items()):
            several = "one reference" if number == 1 else f"{number:,} references"
            what = f"the collection {name}" if name else "the articles"
            collection = self._collection(name)
            why = f"there is no collection or folder {name}" if collection is None else collection.why_not_known
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
        return (glob,) if has_magic(glob) or os.path.exists(os.path.join(self._options.root, glob)) else None


class LostEntries:
    """The names of entries that a change removed, by collection."""

    def __init__(self, keys: Mapping[str, set[str]]) -> None:
        self._keys = keys

    def __bool__(self) -> bool:
        return any(self._keys.values())

    def had(self, reference: Reference) -> bool:
        """Whether a name was that of an entry, or may have been."""
        keys = self._keys.get(reference.collection, set())
        return any(f"{kind}{key}" in keys for kind, key in _wanted(reference))


class _Collection:
    """The names of the entries of one collection, each as a hash of its kind and normalized form."""

    def __init__(self, options: EntryOptions, globs: tuple[str, ...], *, is_data: bool) -> None:
        self._options = options
        self._globs = globs
        self._is_data = is_data
        self._has_articles = self._has_programs = False
        self.is_empty = False
        self.why_not_known = ""
        """Why there may be entries that were not read; empty if there are none."""
        self._keys: dict[str, array[int]] = {}
        self._names: dict[str, list[str]] = {}

    def has(self, reference: Reference) -> bool | None:
        """Whether there is an entry with this name; None if that cannot be known."""
        for kind, key in _wanted(reference):
            keys, wanted = self._of(kind), hash(key)
            place = bisect_left(keys, wanted)
            if place < len(keys) and keys[place] == wanted:
                return True
        return None if self.why_not_known else False

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
                self._note("its entries contain no front matter")
        return self._keys[kind]

    def _add(self, path: str, kinds: tuple[str, ...]) -> None:
        if self._is_data:
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
                if _is_unread(article):
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
                    self._note(f"it has more than {number:,} files")
                    break
                is_other = splitext(path)[1].lower() in _OTHER_FILES
                is_article = glob != "." or path.lower().endswith(self._options.extensions)
                if is_article and not is_other and pattern.fullmatch(path):
                    self.is_empty = False
                    yield path
        if self.is_empty:
            self._note("it contains no entries")

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


def _is_unread(article: Article) -> bool:
    """Whether an article may have properties that could not be read."""
    return any(each.kind not in (ParseErrorKind.MISSING, ParseErrorKind.EMPTY) for each in article.parse_errors)


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
