"""Finds the data files (JSON, TOML, YAML) that are entries of a site, and counts others that contain URLs.

Data files are entries where the settings of a generator or of a content management system declare them so, or where a
generator makes entries of all of them. Files in folders for arbitrary data (`_data`, `data`) can be anything, so they are
only counted.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from itertools import chain, count, islice
from posixpath import basename, dirname

from msgspec import Struct, json
from msgspec.structs import replace

from linkcheck import discover, infer
from linkcheck.commands.init.declared_schemas import take_over
from linkcheck.errors import UsageError
from linkcheck.globs import escaped, fits, has_magic, matcher, static_folder, unescaped
from linkcheck.infer import DataEntries, Field, Inferred, InferredCollection, Shape
from linkcheck.model import Json, ParseErrorKind, Source
from linkcheck.parse import parse
from linkcheck.pipeline.sites import FoundSite, RepositoryFolder

_MOST_DECLARED = 200
"""Maximum number of declarations; each is a walk through a folder."""
_MOST_LISTED = 500
"""Maximum number of files that the configuration lists if no glob matches only them."""
_MOST_SEARCHED = 2_000
"""Maximum number of files of arbitrary data that are searched for URLs."""
_ARBITRARY = ("_data", "data", "src/_data", "src/data")
"""Folders of arbitrary data in the folder of a site, or in that of its content."""
_CONTENT = "content"
"""The name of folders in which only some data files are entries."""
_ANY_DATA = "**/*.{json,toml,yaml,yml}"
_URL = re.compile(rb"https?://[^\s/?#]", re.IGNORECASE)
_LIST = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\r\n]|#[^\n]*+\n|---[ \t]*\r?\n)*+(?:\[|-[ \t])")
_SETTINGS = re.compile(
    r"(?:package|composer|deno|bun|lerna|nx|turbo|vercel|netlify|wrangler|firebase|renovate|biome|angular|manifest)\.\w+"
    r"|(?:tsconfig|jsconfig|docker-compose)[\w.-]*"
    r"|(?:package-lock|npm-shrinkwrap|pnpm-lock|pnpm-workspace|cargo|pyproject|linkcheck|hugo|zola|mkdocs|_config)\.\w+"
    r"|[\w.-]+\.(?:lock|schema|config)\.\w+",
    re.IGNORECASE,
)
"""Names of the settings of programs, which a glob such as `**/*.json` matches too."""

_UNFIT = (ParseErrorKind.NOT_A_MAPPING, ParseErrorKind.TOO_LARGE, ParseErrorKind.UNSAFE)


class Reason(StrEnum):
    """Why data files are not surveyed."""

    ARBITRARY = "arbitrary"
    """They are in a folder for arbitrary data, and contain URLs."""
    UNFIT = "unfit"
    """They are lists, too long, with YAML that is not supported, or among such files and too many to be listed."""
    WITHOUT_LINKS = "without links"
    MISSING = "missing"
    """They are declared by name, and do not exist."""


class SkippedData(Struct, frozen=True):
    """Data files that are not surveyed for a reason. `places` are their folders, or the files themselves if `UNFIT`
    or `MISSING`.

    `lists` counts the arbitrary files that are lists, which no collection can check. `is_all` is false if there can be more
    files, because not all were read.
    """

    reason: Reason
    files: int
    places: tuple[str, ...]
    lists: int = 0
    is_all: bool = True


class DataCollection(Struct, frozen=True):
    """Data files for a collection of the configuration, with what is declared for them. `files` are by their paths.

    `globs` match other files too, unless those that match `excludes` are left out.
    """

    collection: InferredCollection
    globs: tuple[str, ...]
    files: dict[str, str]
    declared: DataEntries
    excludes: tuple[str, ...] = ()


class FoundData(Struct, frozen=True):
    """The collections of data files, and the files that are not surveyed. `unread` are files that cannot be parsed."""

    collections: tuple[DataCollection, ...] = ()
    skipped: tuple[SkippedData, ...] = ()
    unread: tuple[str, ...] = ()


def find_data(
    sites: Sequence[FoundSite],
    root: str,
    options: discover.DiscoverOptions,
    *,
    claimed: Callable[[str], bool],
    can_exclude: bool = True,
) -> FoundData:
    """The data files that are entries, those of the deepest folders first.

    Files that are `claimed` belong to a collection of the configuration already. Without `can_exclude`, no files can be left
    out of the globs by excludes.
    """
    declared = [*islice((each for each in _declared(sites, root) if each.globs), _MOST_DECLARED)]
    options = replace(options, named_globs=(), survey=None, optional=True)
    search = _Search(options, claimed, declared if can_exclude else None)
    for entries in sorted(declared, key=lambda each: -max(map(_depth, each.globs))):
        with suppress(UsageError):  # an invalid glob in the settings of another program
            search.add(entries)
    skipped = [*search.arbitrary(folders)] if (folders := _folders_of_data(sites, root)) else []
    if search.unfit:
        skipped.append(SkippedData(Reason.UNFIT, len(search.unfit), tuple(search.unfit)))
    if search.missing:
        skipped.append(SkippedData(Reason.MISSING, len(search.missing), tuple(search.missing)))
    return FoundData(tuple(search.collections), tuple(skipped), tuple(search.unread))


def with_free_names(found: Iterable[DataCollection], taken: Iterable[str]) -> Iterator[DataCollection]:
    """The collections with names that neither another collection nor the one for everything else has."""
    known = {*taken, infer.PAGES}
    for each in found:
        plain = each.collection.name
        names = chain((plain, f"{plain}-data"), (f"{plain}-data-{number}" for number in count(2)))
        name = next(name for name in names if name not in known)
        known.add(name)
        yield replace(each, collection=replace(each.collection, name=name))


def infer_entries(shape: Shape, found: DataCollection, page_fields: Container[Field] = ()) -> Inferred:
    """What is inferred for entries with this shape, with what is declared for them."""
    declared = found.declared
    inferred = infer.infer_from(shape, name=found.collection.name, page_fields=page_fields)
    of_map = shape.rest if declared.map_in == "" else None
    entry, schema = (shape, inferred.schema) if of_map is None else (of_map, inferred.schema.get("additionalProperties"))
    if not declared.schema or not isinstance(schema, dict):
        return inferred
    return take_over(inferred, schema, entry, declared)


def has_links(inferred: Inferred, found: DataCollection) -> bool:
    """Whether the entries have links, or are declared to have some."""
    return bool(inferred.links) or b'"x-link"' in json.encode(found.declared.schema)


def without_links(found: Iterable[DataCollection]) -> Iterator[SkippedData]:
    paths = [path for each in found for path in each.files]
    if paths:
        yield SkippedData(Reason.WITHOUT_LINKS, len(paths), tuple(dict.fromkeys(map(dirname, paths))))


class _Search:
    """Collects data files. `unfit` and `unread` are those that cannot be in a collection, and that cannot be parsed."""

    def __init__(
        self, options: discover.DiscoverOptions, claimed: Callable[[str], bool], declared: Sequence[DataEntries] | None
    ) -> None:
        """`declared` are all declarations, or None if the configuration can have no new excludes."""
        self._options = options
        self._claimed = claimed
        self._declared = declared
        self._known: set[str] = set()
        self.collections: list[DataCollection] = []
        self.unfit: list[str] = []
        self.unread: list[str] = []
        self.missing: list[str] = []

    def add(self, entries: DataEntries) -> None:
        """Add the files of a declaration that belong to no other one. Raises UsageError for an invalid glob."""
        excluded = tuple(map(matcher, entries.excluded))
        files: dict[str, str] = {}
        others: set[str] = set()
        left_out: set[str] = set()
        damaged: list[str] = []
        are_maps = True
        globs = tuple(glob for glob in entries.globs if not self._is_missing(glob))
        for source in self._sources(globs) if globs else ():
            path = source.path
            if path in self._known:
                continue  # in the collection of a deeper folder, which comes first in the configuration
            if fits(excluded, path):
                left_out.add(path)
                continue
            if self._claimed(path) or _SETTINGS.fullmatch(basename(path)):
                others.add(path)
                continue
            self._known.add(path)
            article = parse(source)
            if any(each.kind in _UNFIT for each in article.parse_errors):
                self.unfit.append(path)
                others.add(path)
            elif not article.data and article.parse_errors:
                damaged.append(path)
                self.unread.append(f"{path}:{article.parse_errors[0].location.span.line}")
            else:
                files[path] = source.file
                are_maps = are_maps and _is_map(article.data, entries.map_in)
        excludes: tuple[str, ...] = ()
        if self._can_leave_out(left_out, entries):
            excludes = tuple(_anchored(glob) for glob in entries.excluded if any(map(matcher(glob).fullmatch, left_out)))
            self._known |= left_out
        else:
            others |= left_out
        globs = _globs_without(others, [*files, *damaged], globs)
        if len(globs) > _MOST_LISTED:
            self.unfit += files
        elif files:
            collection = InferredCollection(infer.plain_name(entries.name), (), tuple(files), is_data=True)
            declared = entries if are_maps else replace(entries, map_in=None, schema={})
            self.collections.append(DataCollection(collection, globs, files, declared, excludes))

    def _is_missing(self, glob: str) -> bool:
        """Whether a glob is the name of a file that does not exist, which is then told."""
        path = unescaped(glob)
        if (has_magic(glob) and escaped(path) != glob) or os.path.lexists(os.path.join(self._options.root, path)):
            return False
        if path not in self.missing:
            self.missing.append(path)
        return True

    def _can_leave_out(self, paths: Collection[str], entries: DataEntries) -> bool:
        """Whether excludes of the configuration can leave out these files: none is an entry by another declaration."""
        if self._declared is None:
            return False
        others = (each for each in self._declared if paths and each != entries)
        return not any(_are_some_entries(paths, each) for each in others)

    def arbitrary(self, folders: tuple[str, ...]) -> Iterator[SkippedData]:
        """The files of arbitrary data with URLs that are in no collection."""
        globs = tuple(f"{escaped(folder)}/{_ANY_DATA}" for folder in folders)
        places: Counter[str] = Counter()
        lists = searched = 0
        for source in islice(self._sources(globs), _MOST_SEARCHED):
            searched += 1
            is_known = source.path in self._known or self._claimed(source.path) or _SETTINGS.fullmatch(basename(source.path))
            if not is_known and _URL.search(source.head):
                places[next((folder for folder in folders if source.path.startswith(f"{folder}/")), "")] += 1
                lists += _LIST.match(source.head) is not None
        if places:
            is_all = searched < _MOST_SEARCHED
            yield SkippedData(Reason.ARBITRARY, places.total(), tuple(places), lists, is_all=is_all)

    def _sources(self, globs: tuple[str, ...]) -> Iterator[Source]:
        return discover.discover(replace(self._options, paths=globs))


def _globs_without(others: Collection[str], files: Iterable[str], globs: tuple[str, ...]) -> tuple[str, ...]:
    """The globs, or those that match the files and none of the others: by folder if possible, or else file by file."""
    if not others:
        return globs
    name = globs[0].rpartition("/")[2]
    mixed = {dirname(path) for path in others} if len(globs) == 1 and "**" not in name else None
    found = (
        escaped(path) if mixed is None or not dirname(path) or dirname(path) in mixed else f"{escaped(dirname(path))}/{name}"
        for path in files
    )
    return tuple(dict.fromkeys(found))


def _are_some_entries(paths: Iterable[str], declared: DataEntries) -> bool:
    """Whether some of the files are entries by a declaration, which may be invalid."""
    with suppress(UsageError):
        globs, excluded = (tuple(map(matcher, each)) for each in (declared.globs, declared.excluded))
        return any(fits(globs, path) and not fits(excluded, path) for path in paths)
    return False


def _anchored(glob: str) -> str:
    """The glob for a setting in which one without a slash matches in every folder."""
    return glob if "/" in glob else f"/{glob}"


def _is_map(data: dict[str, Json], map_in: str | None) -> bool:
    """Whether most values of the map that is declared are objects."""
    entries = data.get(map_in) if map_in else data
    objects = sum(isinstance(entry, dict) for entry in entries.values()) if isinstance(entries, dict) else 0
    return map_in is None or not data or (isinstance(entries, dict) and objects * 2 > len(entries))


def _declared(sites: Iterable[FoundSite], root: str) -> Iterator[DataEntries]:
    """What the settings at the root and in the folders of sites declare, and what their generators always read."""
    for folder in dict.fromkeys(("", *(site.info.folder for site in sites))):
        yield from infer.read_entries(RepositoryFolder(root, folder), folder)
    for site in sites:
        yield from site.info.entries


def _depth(glob: str) -> int:
    return (static_folder(glob) if has_magic(glob) else glob).count("/")


def _folders_of_data(sites: Iterable[FoundSite], root: str) -> tuple[str, ...]:
    """The folders that can contain arbitrary data with URLs."""
    files = RepositoryFolder(root)
    found: list[str] = []
    for site in sites:
        bases = (site.info.folder, *site.info.content)
        found += (f"{base}/{name}".lstrip("/") for base in bases for name in _ARBITRARY)
        found += (content for content in site.info.content if basename(content) == _CONTENT)
    return tuple(folder for folder in dict.fromkeys(found) if files.is_folder(folder))
