"""Folders that explain many links to missing files.

Either the site seems to serve them at its root too, judging by where the files are that links lead to, or they do not exist.
"""

from collections import Counter
from collections.abc import Callable
from posixpath import splitext

from msgspec import Struct

from linkcheck.model import LocalFile

_LEAST = 20
"""Different files that must be in a folder for it to count, if most links to files work. A few links can all lead to files
that were moved, but so many mistakes do not agree on one folder."""
_LEAST_OF_MANY = 5
"""The same if most links to files fail: then a wrong root is likelier than so many mistakes. Fewer findings than these are
short enough to be read one by one, and each names the place of its file."""
_LEAST_AT_TOP = 3
"""Links whose files must start at the repository itself, with which every file of it would be served."""
_MOST_PATHS = 20_000
"""Different paths that are remembered, so that memory does not grow with the archive."""
_MOST_FOLDERS = 8


class FoundFolder(Struct, frozen=True):
    """A folder, and the number of links whose files are in it."""

    folder: str
    links: int


class SiteRootSurvey:
    """Counts the links to files that a run looked up, and where the files are that it did not find."""

    def __init__(self) -> None:
        self.found = 0
        self.failed = 0
        self._misplaced: dict[str, tuple[tuple[str, ...], int]] = {}
        self._folderless: dict[str, tuple[tuple[str, ...], int]] = {}
        self._unresolved: dict[str, int] = {}

    def add(self, file: LocalFile) -> None:
        if file.file is not None:
            self.found += 1
            return
        self.failed += 1
        if file.nearby is not None and file.nearby.elsewhere:
            folders = tuple(folder_of(each, file.nearby.path) for each in file.nearby.elsewhere)
            _place(self._misplaced, file.nearby.path, folders)
        elif file.nearby is not None and file.nearby.missing_folder is not None:
            _place(self._folderless, file.nearby.path, (file.nearby.missing_folder,))

    def add_unresolved(self, path: str) -> None:
        """Count a link that was not looked up, because no root is known. Only files have an extension."""
        path = path.lstrip("./")
        if not splitext(path)[1]:
            return
        if path in self._unresolved or len(self._unresolved) < _MOST_PATHS:
            self._unresolved[path] = self._unresolved.get(path, 0) + 1

    def missing_roots(self) -> tuple[str, ...]:
        """The folders that explain many links to missing files, the one that explains most first."""
        return tuple(each.folder for each in _folders(self._misplaced, least=self._least))

    def missing_folders(self) -> tuple[str, ...]:
        """The folders that do not exist and that many links lead to, the one with most links first."""
        least = self._least
        placed = self._folderless
        if least == _LEAST:
            # Where most links work, a folder that one article lacks has nothing to do with that of another.
            placed = {path: place for path, place in placed.items() if not place[0][0].startswith(".")}
        return tuple(each.folder for each in _folders(placed, least=least))

    @property
    def _least(self) -> int:
        return _LEAST_OF_MANY if self.failed > self.found else _LEAST

    def likely_roots(self, search: Callable[[str], tuple[str, ...]]) -> tuple[FoundFolder, ...]:
        """The folders with the files of links that were not looked up. `search` finds the files whose paths end with one."""
        placed = {}
        for path, links in self._unresolved.items():
            folders = tuple(folder_of(file, path) for file in search(path))
            if folders:
                placed[path] = (folders, links)
        return tuple(each for each in _folders(placed, least=1) if each.folder != "." or each.links >= _LEAST_AT_TOP)


def _place(placed: dict[str, tuple[tuple[str, ...], int]], path: str, folders: tuple[str, ...]) -> None:
    known = placed.get(path)
    if known is not None or len(placed) < _MOST_PATHS:
        placed[path] = (folders, 1 + (0 if known is None else known[1]))


def folder_of(file: str, path: str) -> str:
    """The folder that a path starts from, given a file that ends with it: `static` of `static/img/a.png` and `img/a.png`."""
    return file[: -len(path)].rstrip("/") or "."


def missing_root_of(file: LocalFile, missing_roots: tuple[str, ...]) -> str | None:
    """The first of these folders that contains a missing file."""
    if file.nearby is None or not missing_roots:
        return None
    folders = {folder_of(each, file.nearby.path) for each in file.nearby.elsewhere}
    return next((root for root in missing_roots if root in folders), None)


def missing_folder_of(file: LocalFile, missing_folders: tuple[str, ...]) -> str | None:
    """The folder of these that a missing file would be in."""
    folder = None if file.nearby is None else file.nearby.missing_folder
    return folder if folder in missing_folders else None


def _folders(placed: dict[str, tuple[tuple[str, ...], int]], *, least: int) -> tuple[FoundFolder, ...]:
    """The folders with at least so many different files, each file counted for the folder with most."""
    left = dict(placed)
    found: list[FoundFolder] = []
    while left and len(found) < _MOST_FOLDERS:
        files: Counter[str] = Counter()
        links: Counter[str] = Counter()
        for folders, number in left.values():
            files.update(folders)
            links.update(dict.fromkeys(folders, number))
        best = min(files, key=lambda folder: (-files[folder], -links[folder], len(folder), folder))
        if files[best] < least:
            break
        found.append(FoundFolder(best, links[best]))
        left = {path: place for path, place in left.items() if best not in place[0]}
    return tuple(found)
