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
_SUBMODULE = b"160000"
"""The mode that git gives a submodule."""
_AFTER_REF = re.compile(r"[~^:]|@\{")
"""What ends the name of a ref in an expression such as `main~1`; no ref may contain it (git-check-ref-format)."""
_OF_A_BRANCH = re.compile(r"[^~^:]*@\{(u|upstream|push)\}", re.IGNORECASE)
"""What only a branch has, so no tag is meant by the name before it."""
_SHORT_FOR = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
"""The refs that a name may be short for (gitrevisions); git takes the first that exists."""
_ABBREVIATED = re.compile(r"(?:.*-g|)([0-9a-f]{7,})", re.IGNORECASE)
"""A hash cut short, alone or as `git describe` writes it. Git takes a ref of that name before it."""
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
                raise UsageError(f"{path} is a symbolic link in {self}, and does not lead to a file in it")
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

    `gone` are the paths that `base` has and the working tree has not, those of renamed files among them. `submodules` are
    the paths of those that were added or lead to another commit; their files are not among the changes. `ambiguous` says
    what else `ref` could mean, if anything.
    """

    ref: str
    base: Commit
    changes: tuple[Change, ...]
    gone: tuple[str, ...] = ()
    submodules: tuple[str, ...] = ()
    ambiguous: str | None = None


def find_commit(ref: str, *, root: str) -> Commit:
    """The commit that `ref` names, in a checkout that is not trusted.

    Raises UsageError, with what to do, where there is no repository or no such commit, where `ref` may mean several, and
    where the checkout decides what the repository is.
    """
    repository = _repository(ref, root)
    if repository.superproject is not None:
        # Which repository a submodule is, and with it what its refs are, is written in the files of the one around it.
        raise UsageError(
            f"--since {ref}: {repository.top} is a submodule of {repository.superproject}, so its refs cannot be trusted. "
            f"With --untrusted, run linkcheck in {repository.superproject}, or in a clone of the submodule's own repository"
        )
    _refuse_ambiguous(ref, repository)
    return _commit(ref, repository)


def find_changes(ref: str, *, root: str, untrusted: bool) -> Changes:
    """How the working tree below `root` differs from the merge base of `ref` and HEAD.

    Commits, what is staged, what is not, and files git does not know yet (and is not told to ignore) all count.
    Raises UsageError, with what to do, where there is no repository, no such commit, or a clone too shallow to tell, and
    in an untrusted checkout where `ref` may mean several commits.
    """
    repository = _repository(ref, root)
    if untrusted:
        _refuse_ambiguous(ref, repository)
    base = _merge_base(_commit(ref, repository), repository)
    # Whether the files of a submodule were changed, git would ask another git, under the configuration of the submodule.
    listed = repository.run("diff", "-z", "--raw", "--find-renames", "--ignore-submodules=dirty", base.name, "--")
    untracked = repository.run("ls-files", "-z", "--others", "--exclude-standard")
    if listed is None or untracked is None:
        raise _lacking(repository, f"what is needed to compare the working tree with {base.name[:12]}")
    changes: list[Change] = []
    gone: list[str] = []
    files, submodules = _parsed(listed)
    for before, after in (*files, *((None, path) for path in _paths(untracked))):
        if after is not None:
            changes.append(Change(repository.outside(after), None if before is None else repository.outside(before)))
        if before is not None and before != after:
            gone.append(repository.outside(before))
    return Changes(
        ref,
        base,
        tuple(sorted(changes, key=lambda change: change.path)),
        gone=tuple(gone),
        submodules=tuple(sorted(map(repository.outside, submodules))),
        ambiguous=_ambiguous(ref, repository),
    )


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
        raise UsageError(f"--since {ref}: not the name of a commit")
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


def _refuse_ambiguous(ref: str, repository: Repository) -> None:
    """Whoever may push a tag must not decide what the name of a branch means."""
    ambiguous = _ambiguous(ref, repository)
    if ambiguous is not None:
        raise UsageError(f"--since {ref}: {ambiguous}")
    name = _AFTER_REF.split(ref)[0]
    if name.startswith("refs/") and name not in _refs((name,), repository):
        # Git would go on and look for refs/heads/refs/...
        raise UsageError(f"--since {ref}: there is no ref {name} here. Fetch it first.{_shallow(repository)}")


def _ambiguous(ref: str, repository: Repository) -> str | None:
    """The commits that the ref at the beginning of an expression may mean, and what to do; None where it means one."""
    name = _AFTER_REF.split(ref)[0]
    is_hash = _NAME.fullmatch(os.fsencode(name.lower()))
    if name in ("", "@", "HEAD") or name.startswith("refs/") or is_hash or _OF_A_BRANCH.match(ref):
        return None
    meant = _refs([short.format(name) for short in _SHORT_FOR], repository)
    hashed = _ABBREVIATED.fullmatch(name)
    if meant and hashed is not None:
        objects = (repository.run("rev-parse", f"--disambiguate={hashed[1]}") or b"").decode().split()
        meant |= {each: each for each in objects}
    if len(set(meant.values())) < 2:
        return None
    listed = ", ".join(f"{each} ({commit[:12]})" for each, commit in meant.items())
    # A tag is least likely to be meant, and then a local branch.
    likely = max(meant, key=lambda each: (not each.startswith("refs/tags/"), not each.startswith("refs/heads/")))
    return (
        f"{name} is ambiguous: {listed}. Write the full name of the one you mean, such as --since {likely}{ref[len(name) :]}"
    )


def _refs(names: Iterable[str], repository: Repository) -> dict[str, str]:
    """Those of the full names that are refs, each with the name of its commit (or object, where it leads to none)."""
    listed = repository.run("for-each-ref", "--format=%(refname) %(objectname)", *names) or b""
    objects = dict(os.fsdecode(line).rsplit(" ", 1) for line in listed.splitlines())
    found: dict[str, str] = {}
    for name in names:
        if name in objects:  # `for-each-ref` also lists what is below a name
            commit = repository.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            found[name] = objects[name] if commit is None else commit.decode().strip()
    return found


def _merge_base(commit: Commit, repository: Repository) -> Commit:
    found = repository.run("merge-base", commit.name, "HEAD")
    if found is None:
        raise UsageError(
            f"--since {commit.ref}: HEAD and {commit.ref} have no commit in common."
            f"{_shallow(repository) or ' Use a branch that HEAD was started from.'}"
        )
    return Commit(repository, found.decode().strip(), commit.ref)


def _lacking(repository: Repository, what: str) -> UsageError:
    if not repository.is_partial:
        return UsageError(f"--since: git cannot read {what}. Check the repository {repository.top} with git fsck")
    return UsageError(
        f"--since: the clone is partial and lacks {what}, and linkcheck never lets git fetch. Clone without --filter, or "
        "fetch the rest first: git fetch --refetch --no-filter"
    )


def _source(path: str, file: str, text: bytes) -> Source:
    return Source(path=path, file=file, head=text[:_HEAD], size=len(text), named=True)


def _parsed(listed: bytes) -> tuple[list[tuple[str | None, str | None]], list[str]]:
    """What each changed file was called before and is called now, None where it was or is not; and the submodules now."""
    files: list[tuple[str | None, str | None]] = []
    submodules: list[str] = []
    fields = iter(listed.split(b"\0")[:-1])
    for each in fields:
        old_mode, new_mode, _, _, status = each.removeprefix(b":").split()
        path = os.fsdecode(next(fields))
        before: str | None = path
        after: str | None = path
        match status[:1]:
            case b"D":
                after = None
            case b"A":
                before = None
            case b"R":
                after = os.fsdecode(next(fields))
            case b"C":
                before, after = None, os.fsdecode(next(fields))  # a copy is new
        if after is not None and new_mode == _SUBMODULE:
            submodules.append(after)
            after = None
        files.append((None if old_mode == _SUBMODULE else before, after))
    return files, submodules


def _paths(listed: bytes) -> list[str]:
    return [os.fsdecode(field) for field in listed.split(b"\0") if field]


def _shallow(repository: Repository) -> str:
    shallow = repository.run("rev-parse", "--is-shallow-repository")
    if shallow is None or shallow.strip() != b"true":
        return ""
    return " The clone is shallow. In GitHub Actions, check out with `fetch-depth: 0`; elsewhere, git fetch --unshallow"
