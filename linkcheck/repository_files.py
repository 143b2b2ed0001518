"""The files of a repository, found by how their path ends: `images/a.png` finds `themes/x/static/images/a.png`.

Listed as `git ls-files` would: hidden files included, ignored ones not. Symbolic links are neither listed nor followed.
"""

import os
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice, takewhile
from unicodedata import normalize

from linkcheck.gitignore import Ignored, above, within

MOST_FILES = 200_000
"""Files that are listed; of a larger repository, those whose paths come first."""
_MOST_ENTRIES = 1_000_000
"""Entries of folders that are read, ignored ones included."""
_MOST_FOUND = 100
"""Paths that one search returns."""
_MOST_COMPARED = 2_000
"""Paths that one search compares."""
_NOT_LISTED = frozenset((".git", ".hg", ".svn", "node_modules"))
"""Folders that belong to version control, and installed packages: a generator publishes neither."""


class RepositoryFiles:
    """The regular files below `root`. They are listed once, when they are first needed."""

    def __init__(self, root: str, *, gitignore: bool = True) -> None:
        self._root = root
        self._gitignore = gitignore

    def ending_with(self, path: str) -> tuple[str, ...]:
        """The files whose last parts are those of `path`, sorted, relative to the root with `/` between parts.

        Empty for a path without a name. At most a hundred are returned.
        """
        parts = _parts(path)
        likely = islice(self._resembling(path), _MOST_COMPARED)
        found = (file for file in likely if file.split("/")[-len(parts) :] == parts)
        return tuple(sorted(islice(found, _MOST_FOUND)))

    def paths(self) -> Iterator[str]:
        """All files, a folder at a time, as far as they are listed."""
        return islice(self._walk(), MOST_FILES)

    def ending_with_in_any_case(self, path: str) -> tuple[str, ...]:
        """The same, where upper and lower case, and composed and decomposed letters, count as equal."""
        return tuple(sorted(islice(self._resembling(path), _MOST_FOUND)))

    def _resembling(self, path: str) -> Iterator[str]:
        wanted = _key(_parts(path))
        if wanted == "/":
            return iter(())
        keys, files = self._listed
        start = bisect_left(keys, wanted)
        fitting = takewhile(lambda place: keys[place].startswith(wanted), range(start, len(keys)))
        return (files[place] for place in fitting)

    @cached_property
    def _listed(self) -> tuple[list[str], list[str]]:
        """The files in the order of their keys, with these keys, which compare from the end of a path."""
        found = sorted((_key(file.split("/")), file) for file in self.paths())
        return [key for key, _ in found], [file for _, file in found]

    def _walk(self) -> Iterator[str]:
        entries_left = _MOST_ENTRIES
        todo: list[tuple[str, str, Ignored | None]] = [("", self._root, above(self._root) if self._gitignore else None)]
        while todo and entries_left > 0:
            path, folder, ignored = todo.pop()
            if self._gitignore:
                ignored = within(folder, ignored)
            try:
                with os.scandir(folder) as entries:
                    listed = sorted(islice(entries, entries_left), key=lambda each: each.name)
            except OSError:
                continue
            entries_left -= len(listed)
            below = []
            for entry in listed:
                if not entry.name.isprintable():
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _NOT_LISTED and not (ignored is not None and ignored.takes(f"{entry.path}/")):
                        below.append((f"{path}{entry.name}/", entry.path, ignored))
                elif entry.is_file(follow_symlinks=False) and not (ignored is not None and ignored.takes(entry.path)):
                    yield path + entry.name
            todo.extend(reversed(below))


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".")]


def _key(parts: list[str]) -> str:
    """The parts from the last to the first, each with a slash behind it, in a form that ignores case."""
    return "".join(f"{normalize('NFC', part.casefold())}/" for part in reversed(parts)) or "/"
