"""A commit in memory, so that a test of what is read from the base needs no git."""

import os
from collections.abc import Mapping

from linkcheck.changes import Change, Changes, Commit


class StoredCommit(Commit):
    """A commit that contains these files, by their paths relative to the working directory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.name = "0" * 40
        self.ref = "main"

    def read(self, path: str) -> bytes | None:
        return self.files.get(os.path.relpath(path).replace(os.sep, "/"))


def changes_from(
    files: Mapping[str, bytes], *changed: str, renamed: Mapping[str, str] | None = None, gone: tuple[str, ...] = ()
) -> Changes:
    """Changes from a commit with these files: of the `changed` ones, those `renamed` from others, and those `gone`."""
    former = renamed or {}
    changes = [Change(path, path if path in files else None) for path in changed]
    changes += [Change(path, before) for path, before in former.items()]
    return Changes("main", StoredCommit(files), tuple(changes), gone=(*former.values(), *gone))
