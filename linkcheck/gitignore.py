"""Reads the `.gitignore` files of a repository. They do not apply to files that git tracks.

Git's exclude files outside the repository are not read, because the result would depend on the machine.
"""

import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from linkcheck.files import read_file
from linkcheck.git_index import TrackedFiles, read_index
from linkcheck.repository import find_top, git_folder

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_MOST = 1024 * 1024  # bytes of a `.gitignore` that are read
_MOST_JOINED = 200
"""Maximum number of rules that are joined to one pattern."""
_GROUP = re.compile(r"\(\?P<\w+>")


class IgnoreRules:
    """The rules of one `.gitignore`, and those of the parent folders for paths that none of its rules matches."""

    def __init__(self, folder: str, spec: "GitIgnoreSpec", parent: "IgnoreRules | None") -> None:
        self._folder = folder
        self.skip = len(folder.rstrip(os.sep)) + 1
        self.spec = spec
        self.parent = parent
        self.any_rule = _joined(spec)

    def ignore(self, file: str) -> bool:
        """Whether an absolute path below the folder is ignored; a folder's path ends in a slash."""
        return self.match(file) and not self._is_tracked(file)

    def match(self, file: str) -> bool:
        """The same for a file that git does not track."""
        rules: IgnoreRules | None = self
        while rules is not None:
            path = file[rules.skip :].replace(os.sep, "/")
            if rules.any_rule is None or rules.any_rule.search(path) is not None:
                verdict = rules.spec.check_file(path).include
                if verdict is not None:
                    return verdict
            rules = rules.parent
        return False

    def _is_tracked(self, file: str) -> bool:
        if self._index is None:
            return False
        top, index = self._index
        return index.contain(file[len(top.rstrip(os.sep)) + 1 :])

    @cached_property
    def _index(self) -> tuple[str, TrackedFiles] | None:
        """The top of the repository around the folder, and what git tracks in it."""
        top = find_top(Path(self._folder))
        git = None if top is None else git_folder(top)
        return None if git is None else (str(top), read_index(git))


def _joined(spec: "GitIgnoreSpec") -> re.Pattern[str] | None:
    """A pattern that matches what any of the rules matches, which is faster than to check them all; None for many rules."""
    rules = [pattern.regex.pattern for pattern in spec.patterns if pattern.include is not None and pattern.regex is not None]
    if len(rules) > _MOST_JOINED:
        return None
    # Each rule has the same named group.
    return re.compile("|".join(f"(?:{_GROUP.sub('(?:', rule)})" for rule in rules) or "(?!)")


def read_rules(folder: str, parent: IgnoreRules | None) -> IgnoreRules | None:
    """The rules that apply in a folder: those of its own `.gitignore`, then those of its parents."""
    try:
        text = read_file(os.path.join(folder, ".gitignore"), most=_MOST, follow=False)
    except OSError:
        return parent
    lines = text[:_MOST].decode("utf-8-sig", "replace").splitlines()
    # Imported only if there is such a file: the import takes as long as reading a hundred articles.
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines(lines)
    except ValueError:
        spec = GitIgnoreSpec.from_lines(line for line in lines if _is_understood(line))
    return IgnoreRules(folder, spec, parent)


def read_parent_rules(folder: str) -> IgnoreRules | None:
    """The rules of the parent folders, up to the top of the repository; None if they ignore the folder itself.

    The user specified the folder, and rules that ignore it would ignore everything in it.
    """
    folders: list[str] = []
    top = folder
    while git_folder(top) is None:
        parent = os.path.dirname(top)
        if parent == top:
            return None
        top = parent
        folders.append(top)
    rules: IgnoreRules | None = None
    for each in reversed(folders):
        rules = read_rules(each, rules)
    return None if rules is not None and rules.match(f"{folder}/") else rules


def _is_understood(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
