"""What a change brought: the files of the working tree that differ from where a branch began, and what they were there.

Git is asked with `-z` throughout, so that a file may be called anything; nothing it is told can become an option of its own.
"""

import os
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from linkcheck.changes.git import Repository
from linkcheck.errors import UsageError
from linkcheck.model import Source

_HEAD = 1 << 20
"""Bytes of a file's former text that are read: the front matter is in there or too long anyway."""
_NAME = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_FOUND = re.compile(rb"[0-9a-f]+ blob \d+\n")
_LEADS_NOWHERE = re.compile(rb"(symlink|dangling|loop) \d+\n")


class Commit:
    """A commit and what it holds. `name` is its 40 or 64 hex digits, `ref` what the user calls it."""

    def __init__(self, repository: Repository, name: str, ref: str) -> None:
        self.repository = repository
        self.name = name
        self.ref = ref

    def __str__(self) -> str:
        return f"{self.ref} ({self.name[:12]})"

    def read(self, path: str) -> bytes | None:
        """What it has under a path (absolute, or relative to the working directory); None where it has no such file.

        A symbolic link is followed within the commit. Raises UsageError where the link leads out of it, and where the clone
        lacks the file.
        """
        inside = self.repository.inside(path)
        if inside is None:
            return None
        named = f"{self.name}:{inside}"
        if "\n" in inside:
            # `cat-file --batch` takes a name a line.
            found = self.repository.run("cat-file", "blob", named)
        else:
            answer = self.repository.run("cat-file", "--batch", "--follow-symlinks", stdin=os.fsencode(f"{named}\n")) or b""
            if _LEADS_NOWHERE.match(answer):
                raise UsageError(f"{path} is a symbolic link in {self}, and leads to no file of it")
            found = answer.partition(b"\n")[2][:-1] if _FOUND.match(answer) else None
        if found is None:
            listed = self.repository.run("ls-tree", "-z", self.name, "--", inside)
            if listed is None or b" blob " in listed.partition(b"\t")[0]:
                raise _lacking(self.repository, f"{path} of {self}")
        return found


class Change(Struct, frozen=True):
    """A file that differs. Paths are relative to the working directory; `before` is None where the file is new."""

    path: str
    before: str | None


class Changes(Struct, frozen=True):
    """All that differs from `base`, the commit at which the branch left `ref`.

    `gone` are the paths that `base` has and the working tree has not, those of renamed files among them.
    """

    ref: str
    base: Commit
    changes: tuple[Change, ...]
    gone: tuple[str, ...] = ()


def find_commit(ref: str, *, root: str) -> Commit:
    """The commit that `ref` names, in a checkout that is not trusted.

    Raises UsageError, with what to do, where there is no repository or no such commit, and where the checkout decides what
    the repository is.
    """
    repository = _repository(ref, root)
    if repository.superproject is not None:
        # Which repository a submodule is, and with it what its refs are, is written in the files of the one around it.
        raise UsageError(
            f"--since {ref}: {repository.top} is a submodule of {repository.superproject}, so its refs cannot be trusted. "
            f"With --untrusted, run linkcheck in {repository.superproject}, or in a clone of the submodule's own repository"
        )
    return _commit(ref, repository)


def find_changes(ref: str, *, root: str) -> Changes:
    """How the working tree below `root` differs from the merge base of `ref` and HEAD.

    Commits, what is staged, what is not, and files git does not know yet (and is not told to ignore) all count.
    Raises UsageError, with what to do, where there is no repository, no such commit, or a clone too shallow to tell.
    """
    repository = _repository(ref, root)
    base = _merge_base(_commit(ref, repository), repository)
    listed = repository.run("diff", "-z", "--name-status", "--find-renames", "--ignore-submodules", base.name, "--")
    untracked = repository.run("ls-files", "-z", "--others", "--exclude-standard")
    if listed is None or untracked is None:
        raise _lacking(repository, f"what is needed to compare the working tree with {base.name[:12]}")
    changes: list[Change] = []
    gone: list[str] = []
    for before, after in (*_parsed(listed), *((None, path) for path in _paths(untracked))):
        if after is not None:
            changes.append(Change(repository.outside(after), None if before is None else repository.outside(before)))
        if before is not None and before != after:
            gone.append(repository.outside(before))
    return Changes(ref, base, tuple(sorted(changes, key=lambda change: change.path)), tuple(gone))


def former_sources(changes: Changes, wanted: Iterable[str]) -> Iterator[tuple[str, Source | None]]:
    """What files were at the base, in the order wanted; None for those that are new."""
    before = {change.path: change.before for change in changes.changes}
    repository = changes.base.repository
    with repository.start("cat-file", "--batch") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for path in wanted:
            old = before.get(path)
            if old is None:
                yield path, None
                continue
            inside = repository.inside(old)
            header: list[bytes] = []
            if "\n" not in old:
                # `cat-file --batch` takes a name a line.
                process.stdin.write(os.fsencode(f"{changes.base.name}:{inside}\n"))
                process.stdin.flush()
                header = process.stdout.readline().split()
            if len(header) == 3 and header[1] == b"blob":
                whole: bytes | None = process.stdout.read(int(header[2]) + 1)[:-1]
            else:
                whole = changes.base.read(old)
            yield path, None if whole is None else _source(path, old, whole)
        process.stdin.close()


def _repository(ref: str, root: str) -> Repository:
    if ref.startswith(("-", "^")) or not ref.strip():
        raise UsageError(f"--since {ref}: this is no name of a commit")
    try:
        return Repository(root)
    except UsageError as error:
        raise UsageError(f"--since {ref}: {error}") from None


def _commit(ref: str, repository: Repository) -> Commit:
    found = (repository.run("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}") or b"").strip()
    if not _NAME.fullmatch(found):
        raise UsageError(
            f"--since {ref}: there is no such commit here. Fetch it first: git fetch origin {ref}.{_shallow(repository)}"
        )
    return Commit(repository, found.decode(), ref)


def _merge_base(commit: Commit, repository: Repository) -> Commit:
    found = repository.run("merge-base", commit.name, "HEAD")
    if found is None:
        raise UsageError(
            f"--since {commit.ref}: HEAD and {commit.ref} have no commit in common."
            f"{_shallow(repository) or ' Name a branch that HEAD was started from.'}"
        )
    return Commit(repository, found.decode().strip(), commit.ref)


def _lacking(repository: Repository, what: str) -> UsageError:
    if not repository.is_partial:
        return UsageError(f"--since: git cannot read {what}. Is the repository {repository.top} whole? See git fsck")
    return UsageError(
        f"--since: the clone is partial and lacks {what}, and linkcheck never lets git fetch. Clone without --filter, or "
        "fetch the rest first: git fetch --refetch --no-filter"
    )


def _source(path: str, file: str, text: bytes) -> Source:
    return Source(path=path, file=file, head=text[:_HEAD], size=len(text), named=True)


def _parsed(listed: bytes) -> Iterator[tuple[str | None, str | None]]:
    """What each changed file was called before and is called now; None where it was or is not."""
    fields = iter(_paths(listed))
    for status in fields:
        path = next(fields)
        match status[:1]:
            case "D":
                yield path, None
            case "A":
                yield None, path
            case "R":
                yield path, next(fields)
            case "C":
                yield None, next(fields)  # a copy is new
            case _:
                yield path, path


def _paths(listed: bytes) -> list[str]:
    return [os.fsdecode(field) for field in listed.split(b"\0") if field]


def _shallow(repository: Repository) -> str:
    shallow = repository.run("rev-parse", "--is-shallow-repository")
    if shallow is None or shallow.strip() != b"true":
        return ""
    return " The clone is shallow. In GitHub Actions, check out with `fetch-depth: 0`; elsewhere, git fetch --unshallow"
