"""What a change brought: the files of the working tree that differ from where a branch began, and what they were there.

Git is asked with `-z` throughout, so that a file may be called anything; nothing it is told can become an option of its own.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from linkcheck.errors import UsageError
from linkcheck.model import Source

_SECONDS = 120
_HEAD = 1 << 20
"""Bytes of a file's former text that are read: the front matter is in there or too long anyway."""


class Change(Struct, frozen=True):
    """A file that differs. Paths are relative to the working directory; `before` is None where the file is new."""

    path: str
    before: str | None


class Changes(Struct, frozen=True):
    """All that differs from `base`, the commit (40 or 64 hex digits) at which the branch left `ref`.

    `gone` are the paths that `base` has and the working tree has not, those of renamed files among them.
    """

    ref: str
    base: str
    changes: tuple[Change, ...]
    gone: tuple[str, ...] = ()


def merge_base(ref: str, *, root: str) -> str:
    """The commit at which HEAD left `ref`.

    Raises UsageError, with what to do, where there is no repository, no such commit, or a clone too shallow to tell.
    """
    if ref.startswith("-") or not ref.strip():
        raise UsageError(f"--since {ref}: this is no name of a commit")
    if _git(root, "rev-parse", "--is-inside-work-tree") is None:
        raise UsageError(f"--since {ref}: {root} lies in no git repository that can be asked: {_complaint(root)}")
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if commit is None:
        raise UsageError(
            f"--since {ref}: there is no such commit here.{_shallow(root)} Fetch it first: git fetch origin {ref}"
        )
    found = _git(root, "merge-base", commit.decode().strip(), "HEAD")
    if found is None:
        raise UsageError(
            f"--since {ref}: HEAD and {ref} have no commit in common.{_shallow(root)} "
            "In GitHub Actions, check out with `fetch-depth: 0`; elsewhere, git fetch --unshallow"
        )
    return found.decode().strip()


def former_text(base: str, path: str, *, root: str) -> bytes | None:
    """What the commit `base` has under a path (absolute, or relative to `root`); None where it has no such file."""
    relative = os.path.relpath(Path(root, path), root)
    return _git(root, "cat-file", "blob", f"{base}:./{relative}")


def find_changes(ref: str, *, root: str) -> Changes:
    """How the working tree below `root` differs from the merge base of `ref` and HEAD.

    Commits, what is staged, what is not, and files git does not know yet (and is not told to ignore) all count.
    Raises UsageError as `merge_base` does.
    """
    base = merge_base(ref, root=root)
    shown = _git(root, "rev-parse", "--show-toplevel")
    # Not the working directory: what is checked may lie beside it.
    top = root if shown is None else os.fsdecode(shown.removesuffix(b"\n"))
    listed = _git(
        top,
        "diff",
        "-z",
        "--name-status",
        "--find-renames",
        "--no-ext-diff",
        "--no-relative",
        "--ignore-submodules",
        base,
        "--",
    )
    untracked = _git(top, "ls-files", "-z", "--others", "--exclude-standard")
    if listed is None or untracked is None:
        raise UsageError(f"--since {ref}: git could not compare the working tree with {base[:12]}")

    def here(path: str) -> str:
        return path if top == root else os.path.relpath(Path(top, path), root)

    changes: list[Change] = []
    gone: list[str] = []
    for before, after in (*_parsed(listed), *((None, path) for path in _paths(untracked))):
        if after is not None:
            changes.append(Change(here(after), None if before is None else here(before)))
        if before is not None and before != after:
            gone.append(here(before))
    return Changes(ref, base, tuple(sorted(changes, key=lambda change: change.path)), tuple(gone))


def former_sources(changes: Changes, wanted: Iterable[str], *, root: str) -> Iterator[tuple[str, Source | None]]:
    """What files were at the base, in the order wanted; None for those that are new."""
    import subprocess

    before = {change.path: change.before for change in changes.changes}
    with subprocess.Popen(  # noqa: S603 - a fixed command line
        [*_command(root), "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for path in wanted:
            old = before.get(path)
            if old is None:
                yield path, None
                continue
            if "\n" in old:
                # `cat-file --batch` takes a name a line.
                whole = former_text(changes.base, old, root=root)
                yield path, None if whole is None else _source(path, old, whole)
                continue
            process.stdin.write(f"{changes.base}:./{old}\n".encode("utf-8", "surrogateescape"))
            process.stdin.flush()
            header = process.stdout.readline().split()
            if len(header) != 3 or header[1] != b"blob":
                yield path, None
                continue
            size = int(header[2])
            yield path, _source(path, old, process.stdout.read(size + 1)[:-1])
        process.stdin.close()


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


def _shallow(root: str) -> str:
    shallow = _git(root, "rev-parse", "--is-shallow-repository")
    return " The clone is shallow." if shallow is not None and shallow.strip() == b"true" else ""


def _complaint(root: str) -> str:
    """What git says where it refuses: there is no repository, its owner is somebody else, there is no git."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; nothing a user wrote can be an option
            [*_command(root), "rev-parse"], capture_output=True, check=False, timeout=_SECONDS, env=_environment()
        )
    except OSError:
        return "git is not installed"
    except subprocess.TimeoutExpired:
        return "git does not answer"
    return " ".join(done.stderr.decode("utf-8", "replace").split())[:300] or "git gives no reason"


def _git(root: str, *arguments: str) -> bytes | None:
    """What git prints, or None where it fails."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; nothing a user wrote can be an option
            [*_command(root), *arguments], capture_output=True, check=False, timeout=_SECONDS, env=_environment()
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _command(root: str) -> tuple[str, ...]:
    # A monitor or hook named by the repository's own configuration must not run because we look.
    return ("git", "-C", root, "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "--literal-pathspecs")


def _environment() -> dict[str, str]:
    return {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
