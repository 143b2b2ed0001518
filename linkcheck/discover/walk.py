"""Lists the files below a folder, sorted by path, except for hidden, skipped and ignored ones. No link is followed."""

import os
from collections.abc import Callable, Iterator

from msgspec import Struct

from linkcheck.gitignore import IgnoreRules, read_parent_rules, read_rules

Skips = Callable[[str, str], bool]
"""Whether a folder is skipped, given its path relative to the root and its file."""


class FoundPath(Struct, frozen=True):
    """A file that was found, or (with an `error`) a folder that cannot be listed or a `.gitignore` that is not a file.

    `is_regular` is false for a symbolic link, a pipe, a socket or a device, none of which is opened. `outside` is true for a
    file that is only counted, because no path of the run includes it.
    """

    path: str
    file: str
    named: bool = False
    error: str | None = None
    is_regular: bool = True
    outside: bool = False


class _OpenFolder(Struct, frozen=True):
    """A folder still to be listed, with the ignore rules that apply to it."""

    path: str
    file: str
    rules: IgnoreRules | None


def walk(folder: str, path: str, *, skips: Skips, gitignore: bool = True) -> Iterator[FoundPath]:
    """The files below a folder, sorted by path. `path` is that of the folder, empty for the root."""
    todo: list[FoundPath | _OpenFolder] = [_OpenFolder(path, folder, read_parent_rules(folder) if gitignore else None)]
    while todo:
        top = todo.pop()
        if isinstance(top, FoundPath):
            yield top
            continue
        try:
            with os.scandir(top.file) as entries:
                listed = [entry for entry in entries if not entry.name.startswith(".") or entry.name == ".gitignore"]
        except OSError as error:
            yield FoundPath(top.path or ".", top.file, error=f"the folder cannot be listed: {error.strerror}")
            continue
        todo.extend(_contents(top, listed, skips, gitignore=gitignore))


def _contents(
    folder: _OpenFolder, listed: list[os.DirEntry[str]], skips: Skips, *, gitignore: bool
) -> list[FoundPath | _OpenFolder]:
    """The entries of a folder, in reverse order of paths. A folder is sorted by its name with a slash, as in paths."""
    rules = folder.rules
    if gitignore and any(entry.name == ".gitignore" for entry in listed):
        rules = read_rules(folder.file, rules)
    prefix = f"{folder.path}/" if folder.path else ""
    found: list[tuple[str, FoundPath | _OpenFolder]] = []
    for entry in listed:
        name = entry.name
        path = prefix + name
        if name.startswith("."):
            if gitignore and _is_special(entry):
                found.append((name, FoundPath(path, entry.path, error="it is not a regular file")))
            continue
        if entry.is_dir(follow_symlinks=False):
            if not (rules is not None and rules.ignore(f"{entry.path}/")) and not skips(path, entry.path):
                found.append((f"{name}/", _OpenFolder(path, entry.path, rules)))
        elif not (rules is not None and rules.ignore(entry.path)):
            found.append((name, FoundPath(path, entry.path, is_regular=entry.is_file(follow_symlinks=False))))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [each for _, each in found]


def _is_special(entry: os.DirEntry[str]) -> bool:
    """Whether it is a pipe, a socket or a device. Git, too, ignores a link or a folder with the name `.gitignore`."""
    return not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False) or entry.is_symlink())
