"""The files of a repository, searched by the end of their path: `images/a.png` finds `themes/x/static/images/a.png`.

As in `git ls-files`, hidden files are included and ignored files are not. Symbolic links are neither listed nor followed.
"""

import os
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice, takewhile
from unicodedata import normalize

from linkcheck.gitignore import IgnoreRules, read_parent_rules, read_rules

MOST_FILES = 200_000
"""Maximum number of files that are listed, in the order of their paths."""
_MOST_ENTRIES = 1_000_000
"""Maximum number of folder entries that are read, including ignored ones."""
_MOST_FOUND = 100
"""Maximum number of paths that one search returns."""
_MOST_COMPARED = 2_000
"""Maximum number of paths that one search compares."""
_NOT_LISTED = frozenset((".git", ".hg", ".svn", "node_modules"))
"""Folders of version control and of installed packages, which generators do not publish."""


class RepositoryFiles:
    """The regular files below `root`, which are listed on first use."""

    def __init__(self, root: str, *, gitignore: bool = True) -> None:
        self._root = root
        self._gitignore = gitignore

    def ending_with(self, path: str) -> tuple[str, ...]:
        """The files whose path ends with the parts of `path`: sorted, relative to the root, with `/` between parts.

        At most a hundred are returned, and none for a path without a name.
        """
        parts = _parts(path)
        likely = islice(self._resembling(path), _MOST_COMPARED)
        found = (file for file in likely if file.split("/")[-len(parts) :] == parts)
        return tuple(sorted(islice(found, _MOST_FOUND)))

    def paths(self) -> Iterator[str]:
        """The listed files, folder by folder."""
        return islice(self._walk(), MOST_FILES)

    def ending_with_in_any_case(self, path: str) -> tuple[str, ...]:
        """The same, but upper and lower case, and composed and decomposed characters, are equal."""
        return tuple(sorted(islice(self._resembling(path), _MOST_FOUND)))

    def _resembling(self, path: str) -> Iterator[str]:
        wanted = _key(_parts(path))
        keys, files = self._listed
        start = bisect_left(keys, wanted)
        fitting = takewhile(lambda place: keys[place].startswith(wanted), range(start, len(keys)))
        return (files[place] for place in fitting)

    @cached_property
    def _listed(self) -> tuple[list[str], list[str]]:
        """The sorted keys of the files, and the files in the same order. A key starts with the end of a path."""
        found = sorted((_key(file.split("/")), file) for file in self.paths())
        return [key for key, _ in found], [file for _, file in found]

    def _walk(self) -> Iterator[str]:
        entries_left = _MOST_ENTRIES
        rules = read_parent_rules(self._root) if self._gitignore else None
        todo: list[tuple[str, str, IgnoreRules | None]] = [("", self._root, rules)]
        while todo and entries_left > 0:
            path, folder, rules = todo.pop()
            if self._gitignore:
                rules = read_rules(folder, rules)
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
                    if entry.name not in _NOT_LISTED and not (rules is not None and rules.ignore(f"{entry.path}/")):
                        below.append((f"{path}{entry.name}/", entry.path, rules))
                elif entry.is_file(follow_symlinks=False) and not (rules is not None and rules.ignore(entry.path)):
                    yield path + entry.name
            todo.extend(reversed(below))


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".")]


def _key(parts: list[str]) -> str:
    """The parts in reverse order, each followed by a slash, in a form that ignores case."""
    return "".join(f"{normalize('NFC', part.casefold())}/" for part in reversed(parts)) or "/"
