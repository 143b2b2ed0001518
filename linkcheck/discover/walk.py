"""Walks a folder in the order of its paths, over no link and into nothing hidden, skipped or ignored."""

import os
from collections.abc import Callable, Iterator

from msgspec import Struct

from linkcheck.gitignore import Ignored, above, within

Skips = Callable[[str, str], bool]
"""Whether a folder is skipped, given its path relative to the root and its file."""


class FoundPath(Struct, frozen=True):
    """A file that was met, or (with a `fault`) a folder that cannot be listed or a `.gitignore` that is not a file.

    `is_regular` is false of what is not opened: a symbolic link, a pipe, a socket, a device. `outside` is true of a file
    that is only counted, because no path of the run leads to it.
    """

    path: str
    file: str
    named: bool = False
    fault: str | None = None
    is_regular: bool = True
    outside: bool = False


class _OpenFolder(Struct, frozen=True):
    """A folder still to be listed, with the ignore rules that hold in it."""

    path: str
    file: str
    ignored: Ignored | None


def walk(folder: str, path: str, *, skips: Skips, gitignore: bool = True) -> Iterator[FoundPath]:
    """The files below a folder, in the order of their paths. `path` is the folder's own, empty for the root."""
    todo: list[FoundPath | _OpenFolder] = [_OpenFolder(path, folder, above(folder) if gitignore else None)]
    while todo:
        top = todo.pop()
        if isinstance(top, FoundPath):
            yield top
            continue
        try:
            with os.scandir(top.file) as entries:
                listed = [entry for entry in entries if not entry.name.startswith(".") or entry.name == ".gitignore"]
        except OSError as error:
            yield FoundPath(top.path or ".", top.file, fault=f"the folder cannot be listed: {error.strerror}")
            continue
        todo.extend(_contents(top, listed, skips, gitignore=gitignore))


def _contents(
    folder: _OpenFolder, listed: list[os.DirEntry[str]], skips: Skips, *, gitignore: bool
) -> list[FoundPath | _OpenFolder]:
    """The entries of a folder to read, the last path first. A folder sorts like its paths, by its name and a slash."""
    ignored = folder.ignored
    if gitignore and any(entry.name == ".gitignore" for entry in listed):
        ignored = within(folder.file, ignored)
    prefix = f"{folder.path}/" if folder.path else ""
    found: list[tuple[str, FoundPath | _OpenFolder]] = []
    for entry in listed:
        name = entry.name
        path = prefix + name
        if name.startswith("."):
            if gitignore and _is_special(entry):
                found.append((name, FoundPath(path, entry.path, fault="it is not a regular file")))
            continue
        if entry.is_dir(follow_symlinks=False):
            if not (ignored is not None and ignored.takes(f"{entry.path}/")) and not skips(path, entry.path):
                found.append((f"{name}/", _OpenFolder(path, entry.path, ignored)))
        elif not (ignored is not None and ignored.takes(entry.path)):
            found.append((name, FoundPath(path, entry.path, is_regular=entry.is_file(follow_symlinks=False))))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [each for _, each in found]


def _is_special(entry: os.DirEntry[str]) -> bool:
    """Whether it is a pipe, a socket or a device. Git, too, takes no notice of a link or folder by the name `.gitignore`."""
    return not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False) or entry.is_symlink())
