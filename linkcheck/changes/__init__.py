"""The files of the working tree that differ from the merge base of a branch, and their former content.

All git commands use `-z`, so that file names can contain any character. No argument from users or files becomes an option.
"""

import os
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from linkcheck.changes.git import Repository
from linkcheck.errors import UsageError
from linkcheck.model import Source

_HEAD = 1 << 20
"""Maximum number of bytes of a file's former text that are read: longer front matter is an error in any case."""
_NAME = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_FOUND = re.compile(rb"[0-9a-f]+ blob \d+\n")
_SUBMODULE = b"160000"
"""The mode that git gives a submodule."""
_AFTER_REF = re.compile(r"[~^:]|@\{")
"""The end of the name of a ref in an expression such as `main~1`; no ref can contain it (git-check-ref-format)."""
_OF_A_BRANCH = re.compile(r"[^~^:]*@\{(u|upstream|push)\}", re.IGNORECASE)
"""A suffix that only branches have, so that the name before it is not a tag."""
_SHORT_FOR = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
"""The refs that a name can stand for (gitrevisions); git uses the first that exists."""
_ABBREVIATED = re.compile(r"(?:.*-g|)([0-9a-f]{7,})", re.IGNORECASE)
"""An abbreviated hash, alone or as written by `git describe`. Git prefers a ref of that name."""
_LEADS_NOWHERE = re.compile(rb"(symlink|dangling|loop) \d+\n")


class Commit:
    """A commit and its files. `name` is its hash of 40 or 64 hex digits, `ref` the expression that the user wrote."""

    def __init__(self, repository: Repository, name: str, ref: str) -> None:
        self.repository = repository
        self.name = name
        self.ref = ref

    def __str__(self) -> str:
        return f"{self.ref} ({self.name[:12]})"

    def read(self, path: str) -> bytes | None:
        """The content of a file (absolute, or relative to the working directory); None if the commit does not contain it.

        A symbolic link is followed within the commit. Raises UsageError if the link leads outside, or if the clone lacks the
        file.
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
    """A file that differs. Paths are relative to the working directory; `before` is None if the file is new."""

    path: str
    before: str | None


class Changes(Struct, frozen=True):
    """All differences from `base`, the merge base of `ref` and HEAD.

    `gone` are the paths that are in `base` but not in the working tree, including those of renamed files. `submodules` are
    the paths of submodules that were added or point to another commit; the changes do not contain their files. `ambiguous`
    states what else `ref` could mean, None if nothing. `uncertain` states why the real merge base may be newer than `base`,
    and what to do; None if it is certain.
    """

    ref: str
    base: Commit
    changes: tuple[Change, ...]
    gone: tuple[str, ...] = ()
    submodules: tuple[str, ...] = ()
    ambiguous: str | None = None
    uncertain: str | None = None


def find_commit(ref: str, *, root: str) -> Commit:
    """The commit that `ref` specifies, in an untrusted checkout.

    Raises UsageError, with what to do, if there is no repository or no such commit, if `ref` is ambiguous, or if files in
    the checkout determine which repository it is.
    """
    repository = _repository(ref, root)
    if repository.superproject is not None:
        # The repository of a submodule, and so its refs, is determined by files of the repository that contains it.
        raise UsageError(
            f"--since {ref}: {repository.top} is a submodule of {repository.superproject}, so its refs cannot be trusted. "
            f"With --untrusted, run linkcheck in {repository.superproject}, or in a clone of the submodule's own repository"
        )
    _refuse_ambiguous(ref, repository)
    return _commit(ref, repository)


def find_changes(ref: str, *, root: str, untrusted: bool) -> Changes:
    """How the working tree below `root` differs from the merge base of `ref` and HEAD.

    Commits, staged and unstaged changes, and untracked files that are not ignored all count.
    Raises UsageError, with what to do, if there is no repository or no such commit, if the clone is too shallow, or if `ref`
    is ambiguous in an untrusted checkout.
    """
    repository = _repository(ref, root)
    if untrusted:
        _refuse_ambiguous(ref, repository)
    tip = _commit(ref, repository)
    base = _merge_base(tip, repository)
    # To compare the files of a submodule, git would run another git with the configuration of the submodule.
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
        uncertain=_why_uncertain(base, tip, repository),
    )


def former_sources(changes: Changes, wanted: Iterable[str]) -> Iterator[tuple[str, Source | None]]:
    """The files as they are in the base, in the order of `wanted`; None for new files."""
    before = {change.path: change.before for change in changes.changes}
    pending: list[str] = []

    def former_paths() -> Iterator[str | None]:
        for path in wanted:
            pending.append(path)
            yield before.get(path)

    for old, text in former_texts(changes, former_paths()):
        path = pending.pop()
        yield path, None if old is None or text is None else _source(path, old, text)


def former_texts(changes: Changes, wanted: Iterable[str | None]) -> Iterator[tuple[str | None, bytes | None]]:
    """The content of files of the base, each with its path; None for a file that the base does not contain, and for None."""
    repository = changes.base.repository
    with repository.start("cat-file", "--batch") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for path in wanted:
            if path is None:
                yield None, None
                continue
            header: list[bytes] = []
            if "\n" not in path:
                # `cat-file --batch` takes a name a line.
                process.stdin.write(os.fsencode(f"{changes.base.name}:{repository.inside(path)}\n"))
                process.stdin.flush()
                header = process.stdout.readline().split()
            if len(header) == 3 and header[1] == b"blob":
                yield path, process.stdout.read(int(header[2]) + 1)[:-1]
            else:
                yield path, changes.base.read(path)
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
        raise UsageError(f"--since {ref}: there is no such commit here.{_how_to_fetch(ref, repository)}")
    return Commit(repository, found.decode(), ref)


def _refuse_ambiguous(ref: str, repository: Repository) -> None:
    """Raises UsageError if `ref` is ambiguous: a user who can push tags must not be able to redefine a branch name."""
    ambiguous = _ambiguous(ref, repository)
    if ambiguous is not None:
        raise UsageError(f"--since {ref}: {ambiguous}")
    name = _AFTER_REF.split(ref)[0]
    if name.startswith("refs/") and name not in _refs((name,), repository):
        # Git would continue with refs/heads/refs/...
        raise UsageError(f"--since {ref}: there is no ref {name} here.{_how_to_fetch(ref, repository)}")


def _ambiguous(ref: str, repository: Repository) -> str | None:
    """The commits that the ref at the start of an expression can mean, and what to do; None if it is unambiguous."""
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
    # A tag is the least likely meaning, followed by a local branch.
    likely = max(meant, key=lambda each: (not each.startswith("refs/tags/"), not each.startswith("refs/heads/")))
    return (
        f"{name} is ambiguous: {listed}. Write the full name of the one you mean, such as --since {likely}{ref[len(name) :]}"
    )


def _refs(names: Iterable[str], repository: Repository) -> dict[str, str]:
    """The full names that are refs, each with the hash of its commit (or of its object, if that is not a commit)."""
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


def _why_uncertain(base: Commit, tip: Commit, repository: Repository) -> str | None:
    """Why `base` may not be the merge base: a shallow clone can lack newer commits that both histories contain."""
    is_certain = base.name == tip.name or f"{base.name}\n".encode() == repository.run("rev-parse", "HEAD")
    if is_certain or not _is_shallow(repository):
        return None
    effect = "may be older than the real one, so findings that the change did not bring can be open"
    return f"the merge base {base.name[:12]} {effect}.{_unshallow()}"


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
    """The old and new path of each changed file, None if there is no such file; and the paths of the submodules."""
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


def _is_shallow(repository: Repository) -> bool:
    return (repository.run("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


def _shallow(repository: Repository) -> str:
    return _unshallow() if _is_shallow(repository) else ""


def _unshallow(command: str = "git fetch --unshallow") -> str:
    return f" The clone is shallow. In GitHub Actions, check out with `fetch-depth: 0`; elsewhere, {command}"


def _how_to_fetch(ref: str, repository: Repository) -> str:
    """The command that makes a missing commit available, as a sentence after another; empty if no command is certain to."""
    is_shallow = _is_shallow(repository)
    command = _fetch_command(ref, repository, fetch="git fetch --unshallow" if is_shallow else "git fetch")
    if is_shallow:
        return _unshallow() if command is None else _unshallow(command)
    return "" if command is None else f" Fetch it first: {command}"


def _fetch_command(ref: str, repository: Repository, *, fetch: str) -> str | None:
    name = _AFTER_REF.split(ref)[0]
    remotes = os.fsdecode(repository.run("remote") or b"").splitlines()
    if not remotes or name in ("", "@") or repository.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
        return None  # only more of the history can help
    # The clone of a single branch stores other branches only under the name that the command states.
    tracking = name.removeprefix("refs/remotes/")
    for remote in remotes:
        if tracking.startswith(f"{remote}/"):
            return f"{fetch} {remote} {tracking[len(remote) + 1 :]}:refs/remotes/{tracking}"
    remote = "origin" if "origin" in remotes else remotes[0]
    if name.startswith("refs/"):
        return f"{fetch} {remote} {name}:{name}"
    if _NAME.fullmatch(os.fsencode(name.lower())):
        return f"{fetch} {remote} {name}"
    if _ABBREVIATED.fullmatch(name):
        return fetch
    branch, tag = f"{fetch} {remote} {name}:refs/remotes/{remote}/{name}", f"{fetch} {remote} tag {name}"
    return f"{branch} and --since {remote}/{ref} for a branch, or {tag} for a tag"
