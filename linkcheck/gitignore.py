"""The `.gitignore` files, from the top of the repository down. Git's excludes outside the repository are not read.

They would make a run depend on the machine it runs on.
"""

import os
from typing import TYPE_CHECKING

from linkcheck.files import read_file
from linkcheck.repository import git_folder

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_MOST = 1024 * 1024  # bytes of a `.gitignore` that are read


class Ignored:
    """The rules of one `.gitignore` and, where they are silent, those of the folders above."""

    def __init__(self, folder: str, spec: "GitIgnoreSpec", parent: "Ignored | None") -> None:
        self.skip = len(folder.rstrip(os.sep)) + 1
        self.spec = spec
        self.parent = parent

    def takes(self, file: str) -> bool:
        """Whether an absolute path below the folder is ignored; a folder's path ends in a slash."""
        rules: Ignored | None = self
        while rules is not None:
            verdict = rules.spec.check_file(file[rules.skip :]).include
            if verdict is not None:
                return verdict
            rules = rules.parent
        return False


def within(folder: str, parent: Ignored | None) -> Ignored | None:
    """The rules that hold in a folder: its own `.gitignore`, then those above."""
    try:
        text = read_file(os.path.join(folder, ".gitignore"), most=_MOST, follow=False)
    except OSError:
        return parent
    lines = text[:_MOST].decode("utf-8-sig", "replace").splitlines()
    # Imported only where there is such a file: it takes as long as reading a hundred articles.
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines(lines)
    except ValueError:
        spec = GitIgnoreSpec.from_lines(line for line in lines if _is_understood(line))
    return Ignored(folder, spec, parent)


def above(folder: str) -> Ignored | None:
    """The rules of the folders above, up to the top of the repository; none where they ignore the folder itself.

    It was named, and rules that ignore it would ignore all that is in it.
    """
    folders: list[str] = []
    top = folder
    while git_folder(top) is None:
        parent = os.path.dirname(top)
        if parent == top:
            return None
        top = parent
        folders.append(top)
    rules: Ignored | None = None
    for each in reversed(folders):
        rules = within(each, rules)
    return None if rules is not None and rules.takes(f"{folder}/") else rules


def _is_understood(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
