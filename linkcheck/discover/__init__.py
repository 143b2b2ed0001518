"""Paths and globs -> Sources: the files of a run, sorted by path, each once.

- A file that was given, or that matches a glob or a collection, is read whatever its extension is. In a folder, files are
  read that have one of the extensions and start with front matter; the others are counted. One whose first line is damaged
  is read as well, so that the damage is reported.
- In a folder, hidden files and folders are skipped, and so is what `.gitignore` matches, up to the top of the repository.
  Folders of templates, vendored packages and output (`template_folders`) are skipped and named. Paths that were given are
  read nevertheless, unless an exclude in the configuration matches them.
- Symbolic links within folders are not followed, but counted: their target is found where it is, or is outside. A symbolic
  link that was given is followed unless it leads outside the root.
- Only regular files are opened; others are counted. A file or folder that cannot be read becomes a source with the reason.
- Articles that belong to no collection are counted by folder, if there are collections.
"""

import heapq
import os
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.discover.roots import Root, find_roots, slashed
from linkcheck.discover.sources import HEAD_BYTES, read_source, shown
from linkcheck.discover.template_folders import TEMPLATE_FOLDERS, folders_named, is_template_folder
from linkcheck.discover.walk import FoundPath, walk
from linkcheck.front_matter_start import damage, data_format, is_blank, is_led, is_rule
from linkcheck.globs import fits, has_magic, matcher, names_extension
from linkcheck.model import Source

__all__ = [
    "HEAD_BYTES",
    "DiscoverOptions",
    "FileCounts",
    "discover",
    "is_led",
    "is_template_folder",
    "read_source",
    "shown",
]

_MOST_FOLDERS = 1_000
"""Maximum number of folders that are remembered by name."""


class DiscoverOptions(Struct, frozen=True):
    """`paths` are files, folders and globs, as the user wrote them; `root` is the working directory, absolute.

    `extensions` have their dot and are compared without case. `named_globs` are those of the collections: what they match is
    meant to have front matter. `exclude_files` are globs of files and folders to leave out; one without `/` fits at any
    depth. All globs are relative to the root, `/` between parts. With `only_led` a named file needs front matter like one
    that was found in a folder, unless a collection claims it. `optional` means that a path that is not there is counted,
    which is otherwise an error. `survey` is a folder whose articles outside the paths are counted. With
    `skip_templates`, folders of templates and the like are skipped.
    """

    paths: tuple[str, ...]
    root: str
    extensions: tuple[str, ...] = (".md", ".markdown", ".mdx", ".qmd", ".html")
    named_globs: tuple[str, ...] = ()
    exclude_files: tuple[str, ...] = ()
    gitignore: bool = True
    only_led: bool = False
    optional: bool = False
    survey: str | None = None
    skip_templates: bool = True


class FileCounts(Struct):
    """What was found but is not a source, and the sources that belong to no collection.

    `skipped_files` have no front matter, `empty_files` only an empty block. `symbolic_links` and `special_files` (pipes,
    sockets, devices) are those that count by their name, and links to folders. `excluded` counts the files and folders that
    `exclude_files` left out, `unused_excludes` are its globs that left out nothing. `skipped_folders` are those of templates
    and the like. `outside` counts articles that belong to no collection, by folder. `unmatched` are paths and globs without
    a file.
    """

    skipped_files: int = 0
    empty_files: int = 0
    symbolic_links: int = 0
    special_files: int = 0
    excluded: int = 0
    unused_excludes: list[str] = []
    skipped_folders: set[str] = set()
    outside: dict[str, int] = {}
    unmatched: list[str] = []

    def skip_folder(self, path: str) -> None:
        if len(self.skipped_folders) < _MOST_FOLDERS:
            self.skipped_folders.add(shown(path))

    def count_outside(self, path: str) -> None:
        folder = os.path.dirname(path) or "."
        known = folder in self.outside or len(self.outside) < _MOST_FOLDERS
        self.outside[folder if known else "..."] = self.outside.get(folder if known else "...", 0) + 1


def discover(
    options: DiscoverOptions, tally: FileCounts | None = None, *, counts: Callable[[str], bool] = lambda _: True
) -> Iterator[Source]:
    """The sources, sorted by path. Raises `UsageError` at once for a path that is not there or a broken glob.

    `counts` says which files count as articles outside the collections, by their absolute path.
    """
    tally = FileCounts() if tally is None else tally
    starts = find_roots(options.paths, options.root, absent=tally.unmatched if options.optional else None)
    return _Discovery(options, tally, counts).sources(starts)


class _Discovery:
    """One discovery: its compiled globs, and the counts that it adds to."""

    def __init__(self, options: DiscoverOptions, tally: FileCounts, counts: Callable[[str], bool]) -> None:
        """Raises `UsageError` for a broken glob."""
        self._options = options
        self._tally = tally
        self._counts = counts
        self._extensions = tuple(extension.lower() for extension in options.extensions)
        named = [(matcher(glob), names_extension(glob)) for glob in options.named_globs]
        # `content/**` claims the files of the extensions; `authors/*.yml` asks for its own in so many words.
        self._claiming = tuple(pattern for pattern, with_extension in named if not with_extension)
        self._claiming_all = tuple(pattern for pattern, with_extension in named if with_extension)
        self._members = tuple(matcher(glob, below=True) for glob in options.named_globs)
        self._excludes = tuple((glob, matcher(glob, anywhere=True)) for glob in options.exclude_files)
        self._used_excludes: set[str] = set()
        self._excluded_folders: set[str] = set()
        self._named_folders = folders_named((*options.named_globs, *filter(has_magic, options.paths)))

    def sources(self, starts: tuple[Root, ...]) -> Iterator[Source]:
        alone = [FoundPath(start.path, start.file, named=True, fault=start.fault) for start in starts if not start.folder]
        walks = [self._below(start) for start in starts if start.folder]
        if self._options.survey is not None:
            walks += map(self._survey, find_roots((self._options.survey,), self._options.root))
        last: str | None = None
        for met in heapq.merge(sorted(alone, key=_order), *walks, key=_order):
            # What is met twice comes twice in a row, named first.
            if met.path == last:
                continue
            last = met.path
            if self._is_excluded(met.path):
                self._tally.excluded += not met.outside
            elif (source := self._source(met)) is not None:
                yield source
        self._tally.unused_excludes += (glob for glob, _ in self._excludes if glob not in self._used_excludes)

    def _source(self, met: FoundPath) -> Source | None:
        if met.fault is not None:
            return Source(shown(met.path), met.file, named=met.named, unreadable=met.fault)
        if not met.is_regular:
            if os.path.islink(met.file):
                self._tally.symbolic_links += 1
            else:
                self._tally.special_files += 1
            return None
        if met.named and self._options.only_led and (folder := self._template_folder(met.path)) is not None:
            self._tally.skip_folder(folder)
            return None
        is_named = (met.named and not self._options.only_led) or self._claims(met.path)
        source = read_source(met.file, path=shown(met.path), named=is_named)
        if met.outside:
            if source.unreadable is None and is_led(source.head) and not (is_blank(source.head) or is_rule(source.head)):
                self._tally.count_outside(source.path)
            return None
        if not (source.named or source.unreadable is not None or self._is_article(source)):
            return None
        if self._members and not fits(self._members, met.path) and self._counts(met.file):
            self._tally.count_outside(source.path)
        return source

    def _is_article(self, source: Source) -> bool:
        """Whether a file that was found is an article; if not, it is counted."""
        if is_blank(source.head):
            self._tally.empty_files += 1
            return False
        if data_format(source.path) is not None:
            is_article = not self._options.only_led
        elif is_led(source.head):
            is_article = not is_rule(source.head)
        else:
            is_article = damage(source.head) is not None
        self._tally.skipped_files += not is_article
        return is_article

    def _claims(self, path: str) -> bool:
        """Whether a collection names a file, so that it is meant to have front matter."""
        return fits(self._claiming_all, path) or (path.lower().endswith(self._extensions) and fits(self._claiming, path))

    def _below(self, start: Root) -> Iterator[FoundPath]:
        """What lies in a folder and counts by its name."""
        glob = None if start.glob is None else matcher(start.glob)
        # `drafts/*.txt` asks for that extension in so many words; `drafts/*` does not ask for images.
        any_extension = start.glob is not None and names_extension(start.glob)
        matched = False
        for met in walk(start.file, start.path, skips=self._skips, gitignore=self._options.gitignore):
            if met.fault is not None:
                yield met
            elif glob is not None:
                if glob.fullmatch(met.path) and (any_extension or met.path.lower().endswith(self._extensions)):
                    matched = True
                    yield FoundPath(met.path, met.file, named=True, is_regular=met.is_regular)
            elif met.path.lower().endswith(self._extensions) or self._claims(met.path):
                matched = True
                yield met
            elif not met.is_regular and os.path.isdir(met.file):
                yield met
        if not matched:
            self._tally.unmatched.append(shown(start.written))

    def _survey(self, start: Root) -> Iterator[FoundPath]:
        """The files below a folder that may be articles, to be counted where no path of the run leads to them."""
        if not start.path.startswith(".."):
            return self._outside(start)
        # From within the folder, its files have other names and another order: `../posts/a.md` is `a.md`.
        root = os.path.realpath(self._options.root)
        found = (replace(met, path=slashed(os.path.relpath(met.file, root))) for met in self._outside(start))
        return iter(sorted(found, key=_order))

    def _outside(self, start: Root) -> Iterator[FoundPath]:
        for met in walk(start.file, start.path, skips=self._skips, gitignore=self._options.gitignore):
            is_article = met.fault is None and met.is_regular and met.path.lower().endswith(self._extensions)
            if is_article and self._counts(met.file):
                yield replace(met, outside=True)

    def _skips(self, path: str, file: str) -> bool:
        """Whether a folder that was found is not read."""
        if self._is_excluded(path):
            self._tally.excluded += path not in self._excluded_folders
            self._excluded_folders.add(path)
            return True
        if self._is_template_folder(path, file):
            self._tally.skip_folder(path)
            return True
        return False

    def _is_template_folder(self, path: str, file: str) -> bool:
        return self._options.skip_templates and is_template_folder(file) and not fits(self._named_folders, path)

    def _template_folder(self, path: str) -> str | None:
        """The outermost template folder that a file is in."""
        parts = path.split("/")[:-1]
        if all(part.lower() not in TEMPLATE_FOLDERS for part in parts):
            return None
        for index in range(1, len(parts) + 1):
            folder = "/".join(parts[:index])
            if self._is_template_folder(folder, os.path.join(self._options.root, folder)):
                return folder
        return None

    def _is_excluded(self, path: str) -> bool:
        found = next((glob for glob, pattern in self._excludes if pattern.fullmatch(path)), None)
        if found is None:
            return False
        self._used_excludes.add(found)
        return True


def _order(met: FoundPath) -> tuple[str, bool, bool]:
    return met.path, not met.named, met.outside
