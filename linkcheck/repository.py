"""Where a repository begins: the nearest folder with an entry `.git`, a name that no commit can bring.

Git itself would also take a folder for a repository that looks like a bare one (`HEAD`, `config`, `objects`, `refs`), and
those are names that a commit can bring.
"""

import os
from collections.abc import Container
from pathlib import Path

from linkcheck.files import read_file

_GITDIR = b"gitdir: "
_LONGEST = 8192
"""The largest file that contains the path of a folder, in bytes."""


def git_folder(top: str | os.PathLike[str]) -> Path | None:
    """The folder behind `top/.git`: itself, or the one it names, as in submodules and linked worktrees. None without."""
    entry = Path(top, ".git")
    if entry.is_dir():
        return entry
    try:
        text = read_file(entry, most=_LONGEST)
    except (OSError, ValueError):
        return None
    if not text.startswith(_GITDIR):
        return None
    return Path(top, os.fsdecode(text.removeprefix(_GITDIR).rstrip(b"\r\n")))


def find_top(folder: Path, *, ceilings: Container[str] = ()) -> Path | None:
    """The nearest folder with a repository, from `folder` (absolute) up; folders above a ceiling are not searched."""
    for each in (folder, *folder.parents):
        if each != folder and str(each) in ceilings:
            return None
        if git_folder(each) is not None:
            return each
    return None
