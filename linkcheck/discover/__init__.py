"""Paths and globs -> Sources: the files of a run, sorted by path, each once.

- A file that was given, or that matches a glob or a collection, is read whatever its extension is. In a folder, files are
  read that have one of the extensions and start with front matter; the others are counted.
- In a folder, hidden files and folders are skipped, and so is what `.gitignore` matches, up to the top of the repository.
  Paths that were given are read nevertheless, unless an exclude in the configuration matches them.
- Symbolic links within folders are not followed, but counted: their target is found where it is, or is outside. A symbolic
  link that was given is followed unless it leads outside the root.
- Only regular files are opened; others are counted. A file or folder that cannot be read becomes a source with the reason.
"""

import heapq
import os
import re
from collections.abc import Iterator

from msgspec import Struct

from linkcheck.discover.roots import Root, find_roots
from linkcheck.discover.sources import HEAD_BYTES, is_blank, is_led, read_source, shown
from linkcheck.discover.walk import FoundPath, walk
from linkcheck.globs import fits, matcher, names_extension
from linkcheck.model import Source

__all__ = ["HEAD_BYTES", "DiscoverOptions", "FileCounts", "discover", "is_led", "read_source", "shown"]


class DiscoverOptions(Struct, frozen=True):
    """`paths` are files, folders and globs, as the user wrote them; `root` is the working directory, absolute.

    `extensions` have their dot and are compared without case. `named_globs` are those of the collections: what they match is
    meant to have front matter. `exclude` are globs of files and folders to leave out; one without `/` fits at any depth.
    All globs are relative to the root, `/` between parts. With `only_led` a named file needs front matter like one that was
    found in a folder, unless a collection claims it.
    """

    paths: tuple[str, ...]
    root: str
    extensions: tuple[str, ...] = (".md", ".markdown", ".mdx", ".html")
    named_globs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    gitignore: bool = True
    only_led: bool = False


class FileCounts(Struct):
    """What was found but is not a source: files without front matter, and paths and globs without matches.

    `symbolic_links` and `special_files` (pipes, sockets, devices) are those that count by their name, and links to folders.
    """

    skipped_files: int = 0
    symbolic_links: int = 0
    special_files: int = 0
    unmatched: list[str] = []


def discover(options: DiscoverOptions, tally: FileCounts | None = None) -> Iterator[Source]:
    """The sources, sorted by path. Raises `UsageError` at once for a path that is not there or a broken glob."""
    starts = find_roots(options.paths, options.root)
    named = tuple(matcher(glob) for glob in options.named_globs)
    exclude = tuple(matcher(glob, anywhere=True) for glob in options.exclude)
    return _sources(starts, options, named, exclude, FileCounts() if tally is None else tally)


def _sources(
    starts: tuple[Root, ...],
    options: DiscoverOptions,
    named: tuple[re.Pattern[str], ...],
    exclude: tuple[re.Pattern[str], ...],
    tally: FileCounts,
) -> Iterator[Source]:
    alone = [FoundPath(start.path, start.file, named=True, fault=start.fault) for start in starts if not start.folder]
    walks = [_below(start, options, named, exclude, tally) for start in starts if start.folder]
    last: str | None = None
    for met in heapq.merge(sorted(alone, key=_order), *walks, key=_order):
        # What is met twice comes twice in a row, named first.
        if met.path == last or fits(exclude, met.path):
            continue
        last = met.path
        if met.fault is not None:
            yield Source(shown(met.path), met.file, named=met.named, unreadable=met.fault)
            continue
        if not met.is_regular:
            if os.path.islink(met.file):
                tally.symbolic_links += 1
            else:
                tally.special_files += 1
            continue
        is_named = (met.named and not options.only_led) or fits(named, met.path)
        source = read_source(met.file, path=shown(met.path), named=is_named)
        if source.named or source.unreadable is not None or (is_led(source.head) and not is_blank(source.head)):
            yield source
        else:
            tally.skipped_files += 1


def _order(met: FoundPath) -> tuple[str, bool]:
    return met.path, not met.named


def _below(
    start: Root,
    options: DiscoverOptions,
    named: tuple[re.Pattern[str], ...],
    exclude: tuple[re.Pattern[str], ...],
    tally: FileCounts,
) -> Iterator[FoundPath]:
    """What lies in a folder and counts by its name."""
    extensions = tuple(extension.lower() for extension in options.extensions)
    glob = None if start.glob is None else matcher(start.glob)
    # `drafts/*.txt` asks for that extension in so many words; `drafts/*` does not ask for images.
    any_extension = start.glob is not None and names_extension(start.glob)
    matched = False
    for met in walk(start.file, start.path, exclude=exclude, gitignore=options.gitignore):
        if met.fault is not None:
            yield met
        elif glob is not None:
            if glob.fullmatch(met.path) and (any_extension or met.path.lower().endswith(extensions)):
                matched = True
                yield FoundPath(met.path, met.file, named=True, is_regular=met.is_regular)
        elif met.path.lower().endswith(extensions) or fits(named, met.path):
            matched = True
            yield met
        elif not met.is_regular and os.path.isdir(met.file):
            yield met
    if not matched:
        tally.unmatched.append(shown(start.written))
