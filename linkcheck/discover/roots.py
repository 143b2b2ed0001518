"""Resolves the paths that the user gave. Rejects those that do not exist or that lead outside the working directory."""

import os
from functools import cache

from msgspec import Struct

from linkcheck.discover.sources import shown
from linkcheck.errors import UsageError
from linkcheck.globs import escaped, has_magic, matcher, static_folder

_AT_MOST = 3


class Root(Struct, frozen=True):
    """A given file, or a folder to walk. `path` is relative to the root, with `/` between parts, and empty for the root.

    Files in the folder must match `glob`, which is relative to the root too. `error` is the reason why it cannot be read.
    """

    written: str
    path: str
    file: str
    folder: bool = False
    glob: str | None = None
    error: str | None = None


def find_roots(paths: tuple[str, ...], root: str, *, absent: list[str] | None = None) -> tuple[Root, ...]:
    """The roots of a run. Raises `UsageError` for paths that do not exist, or adds them to `absent` if that is given."""
    starts: list[Root] = []
    missing: list[str] = []
    real_root = os.path.realpath(root)
    real_folder = cache(os.path.realpath)
    for written in paths:
        whole = os.path.join(root, written) if written else ""
        if os.path.lexists(whole):
            starts.append(_start(written, whole, root, real_root, real_folder(os.path.dirname(whole))))
        elif not has_magic(written):
            missing.append(written)
        elif (start := _glob_start(written, root, real_root)) is not None:
            starts.append(start)
        elif absent is not None:
            absent.append(shown(written))
        else:
            folder = shown(static_folder(slashed(written)))
            raise UsageError(f"the folder of the glob `{shown(written)}` does not exist: `{folder}`")
    if absent is not None:
        absent += map(shown, missing)
    elif missing:
        listed = ", ".join(f"`{shown(path)}`{_suggestion(path, root)}" for path in missing[:_AT_MOST])
        more = f" and {len(missing) - _AT_MOST} more" if len(missing) > _AT_MOST else ""
        raise UsageError(f"no such file or folder: {listed}{more}")
    return tuple(starts)


def _start(written: str, whole: str, root: str, real_root: str, real_parent: str) -> Root:
    name = os.path.basename(whole)
    real = os.path.join(real_parent, name) if name not in ("", ".", "..") else os.path.realpath(whole)
    lexical = os.path.normpath(whole)
    if os.path.islink(real):
        real = os.path.realpath(real)
        if not os.path.lexists(real):
            path = os.path.relpath(lexical, root)
            return Root(written, slashed(path), lexical, error="it is a broken symbolic link")
    if _is_inside(real, real_root):
        path = os.path.relpath(real, real_root)
    elif _is_inside(lexical, os.path.normpath(root)):
        error = "it is, or is reached through, a symbolic link that leads outside the working directory"
        return Root(written, slashed(os.path.relpath(lexical, root)), real, error=error)
    else:
        path = os.path.relpath(lexical, root)
    return Root(written, "" if path == "." else slashed(path), real, folder=os.path.isdir(real))


def _glob_start(written: str, root: str, real_root: str) -> Root | None:
    """None if the folder of the glob does not exist."""
    glob = slashed(written)
    folder = static_folder(glob)
    whole = os.path.join(root, folder)
    if not os.path.isdir(whole):
        return None
    start = _start(written, whole, root, real_root, os.path.realpath(os.path.dirname(whole)))
    rest = glob[len(folder) :].lstrip("/")
    # The name of the folder is literal, even if it contains characters of a pattern.
    prefix = escaped(start.path)
    pattern = f"{prefix}/{rest}" if prefix else rest
    matcher(pattern)
    return Root(written, start.path, start.file, folder=start.folder, glob=pattern, error=start.error)


def _suggestion(path: str, root: str) -> str:
    from linkcheck.did_you_mean import closest

    parent, name = os.path.split(path.rstrip("/"))
    try:
        names = os.listdir(os.path.join(root, parent))
    except (OSError, ValueError):
        return ""
    close = closest(name, sorted(names), sure=True)
    return f" (did you mean `{shown(os.path.join(parent, close))}`?)" if close else ""


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def slashed(path: str) -> str:
    return path if os.sep == "/" else path.replace(os.sep, "/")
