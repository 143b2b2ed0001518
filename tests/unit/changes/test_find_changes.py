"""Which files differ from a base, which commit that is, and what a commit contains."""

import os
from pathlib import Path

import pytest
from repositories import commit, git, new
from systems import posix_only

from linkcheck.changes import Change, find_changes, find_commit, former_sources
from linkcheck.errors import UsageError

LONG = "".join(f"line {number}\n" for number in range(20))


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit, on a branch `feature` that was started from `main`."""
    for name in ("GIT_DIR", "GIT_CEILING_DIRECTORIES"):
        monkeypatch.delenv(name, raising=False)
    top = new(tmp_path / "top")
    commit(top, a__md="a\n", b__md="b\n", c__md="c\n", d__md="d\n", docs___old__md=LONG)
    git(top, "checkout", "-q", "-b", "feature")
    return top


def head(top: Path, ref: str = "HEAD") -> str:
    return git(top, "rev-parse", ref).strip()


def step(top: Path, ref: str, *options: str) -> str:
    """Add an empty commit to a ref that is not checked out."""
    made = git(top, "commit-tree", f"{head(top)}^{{tree}}", "-m", f"of {ref}", *options).strip()
    git(top, "update-ref", ref, made)
    return made


def refusal(top: Path, ref: str = "main", *, untrusted: bool = False) -> str:
    with pytest.raises(UsageError) as refused:
        find_changes(ref, root=str(top), untrusted=untrusted)
    return str(refused.value).replace(str(top), "TOP")


# Which files


def test_commits_staged_unstaged_and_new_files_differ_from_the_merge_base(top: Path) -> None:
    base = head(top)
    step(top, "refs/heads/main", "-p", base)
    (top / ".git" / "info" / "exclude").write_text("*.log\n")
    commit(top, a__md="changed\n")
    (top / "b.md").write_text("staged\n")
    git(top, "add", "b.md")
    (top / "c.md").write_text("unstaged\n")
    (top / "d.md").unlink()
    git(top, "mv", "docs/old.md", "docs/new.md")
    for name in ("0.md", "0.log"):
        (top / name).write_text("new\n")
    found = find_changes("main", root=str(top), untrusted=True)
    assert found.changes == (
        Change("0.md", None),
        Change("a.md", "a.md"),
        Change("b.md", "b.md"),
        Change("c.md", "c.md"),
        Change("docs/new.md", "docs/old.md"),
    )
    assert (found.gone, found.submodules, found.ambiguous) == (("d.md", "docs/old.md"), (), None)
    assert (found.ref, found.base.ref, found.base.name) == ("main", "main", base)
    assert str(found.base) == f"main ({base[:12]})"
    in_docs = find_changes("main", root=str(top / "docs"), untrusted=True)
    assert in_docs.changes[0] == Change("../0.md", None)
    assert in_docs.changes[-1] == Change("new.md", "old.md")
    assert in_docs.gone == ("../d.md", "old.md")


def test_without_changes_nothing_differs(top: Path) -> None:
    found = find_changes("main", root=str(top), untrusted=False)
    assert (found.changes, found.gone, found.submodules) == ((), (), ())


def test_submodules_are_listed_apart_from_files(top: Path) -> None:
    def point(path: str, to: str) -> None:
        git(top, "update-index", "--add", "--cacheinfo", f"160000,{to},{path}")
        (top / path).mkdir(exist_ok=True)

    one, other = head(top), step(top, "refs/heads/other")
    for path in ("kept", "moved", "was"):
        point(path, one)
    git(top, "commit", "-q", "-m", "Submodules")
    git(top, "branch", "-f", "main")
    point("moved", other)
    git(top, "rm", "-q", "--cached", "was")
    (top / "was").rmdir()
    (top / "was").write_text("a file\n")
    git(top, "rm", "-q", "a.md")
    point("a.md", one)
    git(top, "add", "was")
    found = find_changes("main", root=str(top), untrusted=False)
    assert found.submodules == ("a.md", "moved")
    assert (found.changes, found.gone) == ((Change("was", None),), ("a.md",))


@posix_only
def test_former_content_is_read_in_the_order_that_is_wanted(top: Path) -> None:
    name = "two\nlines.md"
    (top / name).write_text("named\n")
    (top / "large.md").write_bytes(b"x" * ((1 << 20) + 1))
    commit(top)
    git(top, "branch", "-f", "main")
    git(top, "mv", "docs/old.md", "docs/new.md")
    for changed in (name, "a.md", "large.md", "new.md"):
        (top / changed).write_text("changed\n")
    found = find_changes("main", root=str(top), untrusted=False)
    wanted = (name, "new.md", "docs/new.md", "large.md", "b.md", "a.md")
    before = dict(former_sources(found, wanted))
    assert tuple(before) == wanted
    assert before["new.md"] is before["b.md"] is None
    for path, old, text in (
        (name, name, b"named\n"),
        ("docs/new.md", "docs/old.md", LONG.encode()),
        ("a.md", "a.md", b"a\n"),
    ):
        source = before[path]
        assert source is not None
        assert (source.path, source.file, source.head, source.size, source.named) == (path, old, text, len(text), True)
    large = before["large.md"]
    assert large is not None
    assert (len(large.head), large.size) == (1 << 20, (1 << 20) + 1)


# Which commit


@pytest.mark.parametrize("ref", ["-p", "--all", "^main", "", " "])
def test_an_option_or_nothing_names_no_commit(top: Path, ref: str) -> None:
    assert refusal(top, ref) == f"--since {ref}: not the name of a commit"


def test_without_a_repository_there_is_no_commit(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"^--since main: {tmp_path} is not in a git repository: "):
        find_changes("main", root=str(tmp_path), untrusted=False)


@pytest.mark.parametrize(
    ("ref", "command"),
    [
        ("origin/main", "{} origin main:refs/remotes/origin/main"),
        ("origin/a/b~2", "{} origin a/b:refs/remotes/origin/a/b"),
        ("mine/main", "{} mine main:refs/remotes/mine/main"),
        ("refs/remotes/mine/main", "{} mine main:refs/remotes/mine/main"),
        ("refs/tags/v1", "{} origin refs/tags/v1:refs/tags/v1"),
        ("0123456789" * 4, f"{{}} origin {'0123456789' * 4}"),
        ("v1-2-g0123456", "{}"),
        (
            "a~1",
            "{0} origin a:refs/remotes/origin/a and --since origin/a~1 for a branch, or {0} origin tag a for a tag",
        ),
        ("main~9", None),
        ("main:a.md", None),
        ("HEAD^9", None),
        ("@{upstream}", None),
    ],
)
def test_a_commit_that_is_missing_is_to_be_fetched(top: Path, ref: str, command: str | None) -> None:
    for remote in ("mine", "origin"):
        git(top, "config", f"remote.{remote}.fetch", f"+refs/heads/main:refs/remotes/{remote}/other")
    missing = f"--since {ref}: there is no such commit here."
    assert refusal(top, ref) == (missing if command is None else f"{missing} Fetch it first: {command.format('git fetch')}")
    (top / ".git" / "shallow").write_text(f"{head(top)}\n")
    assert refusal(top, ref) == (
        f"{missing} The clone is shallow. In GitHub Actions, check out with `fetch-depth: 0`; elsewhere, "
        f"{(command or '{}').format('git fetch --unshallow')}"
    )


def test_without_a_remote_nothing_can_be_fetched(top: Path) -> None:
    assert refusal(top, "origin/main") == "--since origin/main: there is no such commit here."
    git(top, "config", "remote.mine.fetch", "+refs/heads/*:refs/remotes/mine/*")
    assert "git fetch mine v1:refs/remotes/mine/v1 " in refusal(top, "v1")


def test_the_commands_work_in_a_shallow_clone_of_one_branch(top: Path, tmp_path: Path) -> None:
    for number in range(2):
        commit(top, a__md=f"{number}\n")
    base = head(top, "main")
    step(top, "refs/heads/main", "-p", base)
    git(top, "tag", "v1", "main")
    for number, ref in enumerate(("origin/main", "refs/tags/v1", head(top, "main"))):
        clone = tmp_path / str(number)
        git(tmp_path, "clone", "-q", "--depth", "1", "-b", "feature", f"file://{top}", str(clone))
        command = refusal(clone, ref).rpartition("elsewhere, git ")[2]
        git(clone, *command.split())
        found = find_changes(ref, root=str(clone), untrusted=False)
        assert (found.base.name, found.uncertain) == (base, None)


def test_the_merge_base_of_a_shallow_clone_is_why_uncertain(top: Path, tmp_path: Path) -> None:
    old = head(top)
    git(top, "checkout", "-q", "main")
    for number in range(3):
        commit(top, a__md=f"{number}\n")
    git(top, "checkout", "-q", "-B", "feature")
    base = head(top)
    commit(top, b__md="changed\n")
    step(top, "refs/heads/main", "-p", base)
    # `main` merged a branch that was started long before, and so did `feature`.
    step(top, "refs/heads/side", "-p", old)
    for branch in ("main", "feature"):
        step(top, f"refs/heads/{branch}", "-p", head(top, branch), "-p", head(top, "side"))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", "--no-single-branch", "-b", "feature", f"file://{top}", str(clone))
    found = find_changes("origin/main", root=str(clone), untrusted=False)
    assert found.base.name == head(top, "side")
    assert found.uncertain == (
        f"the merge base {found.base.name[:12]} may be older than the real one, so findings that "
        "the change did not bring can be open. The clone is shallow. "
        "In GitHub Actions, check out with `fetch-depth: 0`; elsewhere, git fetch --unshallow"
    )
    for certain in ("HEAD", "HEAD~1"):
        assert find_changes(certain, root=str(clone), untrusted=False).uncertain is None
    git(clone, "branch", "next", git(clone, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Next").strip())
    assert find_changes("next", root=str(clone), untrusted=False).uncertain is None
    git(clone, "fetch", "-q", "--unshallow")
    assert find_changes("origin/main", root=str(clone), untrusted=False).uncertain is None


def test_branches_without_a_common_commit_have_no_base(top: Path) -> None:
    step(top, "refs/heads/other")
    apart = "--since other: HEAD and other have no commit in common."
    assert refusal(top, "other") == f"{apart} Use a branch that HEAD was started from."
    (top / ".git" / "shallow").write_text(f"{head(top)}\n")
    assert refusal(top, "other").startswith(f"{apart} The clone is shallow.")


def test_two_refs_of_one_name_are_ambiguous_if_they_differ(top: Path) -> None:
    base = head(top)
    git(top, "tag", "v1")
    branch = step(top, "refs/heads/v1", "-p", base)
    why = (
        f"v1 is ambiguous: refs/tags/v1 ({base[:12]}), refs/heads/v1 ({branch[:12]}). "
        "Write the full name of the one you mean, such as --since refs/heads/v1"
    )
    assert find_changes("v1", root=str(top), untrusted=False).ambiguous == why
    assert refusal(top, "v1", untrusted=True) == f"--since v1: {why}"
    assert refusal(top, "v1^0", untrusted=True) == f"--since v1^0: {why}^0"
    with pytest.raises(UsageError, match="v1 is ambiguous"):
        find_commit("v1", root=str(top))


def test_two_refs_to_one_commit_are_not_ambiguous(top: Path) -> None:
    git(top, "tag", "-a", "-m", "An annotated tag", "noted")
    git(top, "branch", "noted")
    assert find_commit("noted", root=str(top)).name == head(top)


def test_a_branch_of_a_remote_is_the_likely_meaning(top: Path) -> None:
    git(top, "branch", "v1")
    step(top, "refs/remotes/v1/HEAD", "-p", head(top))
    assert refusal(top, "v1", untrusted=True).endswith("such as --since refs/remotes/v1/HEAD")


@pytest.mark.parametrize("ref", ["refs/heads/v1", "HEAD", "@", "hash", "HASH"])
def test_a_full_name_and_a_full_hash_are_unambiguous(top: Path, ref: str) -> None:
    base = head(top)
    git(top, "branch", "v1")
    named = {"hash": base, "HASH": base.upper()}.get(ref, ref)
    for misleading in (f"refs/tags/{named}", f"refs/heads/{named}"):
        step(top, misleading, "-p", base)
    assert find_commit(named, root=str(top)).name == base


def test_the_upstream_of_a_branch_is_not_that_of_a_tag(top: Path) -> None:
    base = head(top)
    git(top, "update-ref", "refs/remotes/origin/main", base)
    git(top, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    git(top, "config", "branch.main.remote", "origin")
    git(top, "config", "branch.main.merge", "refs/heads/main")
    step(top, "refs/tags/main", "-p", base)
    assert find_commit("main@{upstream}", root=str(top)).name == base
    with pytest.raises(UsageError, match="main is ambiguous"):
        find_commit("main~0", root=str(top))


@pytest.mark.parametrize("written", ["{}", "v1-2-g{}"])
def test_a_branch_named_like_an_abbreviated_hash_is_ambiguous(top: Path, written: str) -> None:
    base = head(top)
    name = written.format(base[:7])
    assert find_commit(name, root=str(top)).name == base
    branch = step(top, f"refs/heads/{name}", "-p", base)
    assert refusal(top, name, untrusted=True) == (
        f"--since {name}: {name} is ambiguous: refs/heads/{name} ({branch[:12]}), {base} ({base[:12]}). "
        f"Write the full name of the one you mean, such as --since {base}"
    )


def test_a_branch_named_like_a_shorter_hash_is_unambiguous(top: Path) -> None:
    name = head(top)[:6]
    branch = step(top, f"refs/heads/{name}", "-p", head(top))
    assert find_commit(name, root=str(top)).name == branch


def test_a_full_name_is_not_completed(top: Path) -> None:
    step(top, "refs/heads/refs/heads/other", "-p", head(top))
    missing = "--since refs/heads/other: there is no ref refs/heads/other here."
    assert refusal(top, "refs/heads/other", untrusted=True) == missing
    assert find_commit("refs/heads/main~0", root=str(top)).name == head(top)
    (top / ".git" / "shallow").write_text(f"{head(top)}\n")
    assert refusal(top, "refs/heads/other", untrusted=True).startswith(f"{missing} The clone is shallow.")


def test_the_refs_of_a_submodule_are_not_trusted(top: Path) -> None:
    (top / ".git" / "modules").mkdir()
    inner = new(top / "sub", "--separate-git-dir", str(top / ".git" / "modules" / "sub"))
    commit(inner, a__md="a\n")
    with pytest.raises(UsageError) as refused:
        find_commit("main", root=str(inner))
    assert str(refused.value) == (
        f"--since main: {inner} is a submodule of {top}, so its refs cannot be trusted. "
        f"With --untrusted, run linkcheck in {top}, or in a clone of the submodule's own repository"
    )
    nested = new(top / "nested")
    commit(nested, a__md="a\n")
    assert find_commit("main", root=str(nested)).name == head(nested)


# What a commit contains


@posix_only
def test_a_commit_is_read_through_links_within_it(top: Path) -> None:
    for name, to in (
        ("link.md", "docs/old.md"),
        ("out.md", "../a.md"),
        ("dangling.md", "nope.md"),
        ("loop.md", "loop.md"),
        ("two\nlines.md", "a.md"),
    ):
        (top / name).symlink_to(to)
    commit(top)
    found = find_commit("HEAD", root=str(top / "docs"))
    for path, text in (
        ("old.md", LONG.encode()),
        ("../a.md", b"a\n"),
        (str(top / "a.md"), b"a\n"),
        ("../link.md", LONG.encode()),
        ("../two\nlines.md", b"a.md"),
        ("nope.md", None),
        ("../docs", None),
        ("../../outside.md", None),
        ("../none\nsuch.md", None),
    ):
        assert found.read(path) == text, path
    for path in ("../out.md", "../dangling.md", "../loop.md"):
        with pytest.raises(UsageError) as refused:
            found.read(path)
        assert str(refused.value) == f"{path} is a symbolic link in {found}, and does not lead to a file in it"


@posix_only
@pytest.mark.parametrize(
    "key", ["extensions.partialClone", "remote.origin.promisor", None], ids=["partial", "promisor", "damaged"]
)
def test_an_object_that_is_missing_is_not_a_file_that_is_missing(top: Path, key: str | None) -> None:
    blob = head(top, "HEAD:a.md")
    file = top / ".git" / "objects" / blob[:2] / blob[2:]
    os.chmod(file, 0o600)
    file.unlink()
    if key is not None:
        git(top, "config", key, "true" if key.endswith("promisor") else "origin")
    found = find_commit("HEAD", root=str(top))
    assert found.read("b.md") == b"b\n"
    with pytest.raises(UsageError) as refused:
        found.read("a.md")
    what = f"a.md of {found}"
    assert str(refused.value) == (
        f"--since: git cannot read {what}. Check the repository {top} with git fsck"
        if key is None
        else f"--since: the clone is partial and lacks {what}, and linkcheck never lets git fetch. Clone without --filter, "
        "or fetch the rest first: git fetch --refetch --no-filter"
    )


@posix_only
def test_what_is_needed_for_a_comparison_can_be_missing(top: Path) -> None:
    base = head(top)
    tree = head(top, "HEAD^{tree}")
    commit(top, a__md="changed\n")
    file = top / ".git" / "objects" / tree[:2] / tree[2:]
    os.chmod(file, 0o600)
    file.unlink()
    assert refusal(top) == (
        f"--since: git cannot read what is needed to compare the working tree with {base[:12]}. "
        "Check the repository TOP with git fsck"
    )
