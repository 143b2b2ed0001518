"""What git uses in place of the folder of a repository, and when a repository is refused."""

import os
import tempfile
from pathlib import Path

import pytest
from repositories import commit, git, new
from systems import posix_only

from linkcheck.changes.git import Repository
from linkcheck.errors import UsageError


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_DIR", "GIT_CEILING_DIRECTORIES"):
        monkeypatch.delenv(name, raising=False)
    top = new(tmp_path / "top")
    commit(top, a__md="a\n", docs___b__md="b\n")
    return top


def refusal(folder: Path) -> str:
    with pytest.raises(UsageError) as refused:
        Repository(str(folder))
    return str(refused.value).replace(str(folder), "FOLDER")


def mirrored(repository: Repository) -> Path:
    found = repository.run("rev-parse", "--absolute-git-dir")
    assert found is not None
    return Path(os.fsdecode(found).rstrip("\n"))


def test_paths_are_those_of_the_repository_or_of_the_folder(top: Path) -> None:
    repository = Repository(str(top / "docs"))
    assert repository.top == str(top)
    for path, inside in (
        ("b.md", "docs/b.md"),
        ("../a.md", "a.md"),
        (str(top / "a.md"), "a.md"),
        ("..", "."),
        ("../..", None),
        ("../../a.md", None),
        ("../..a.md", "..a.md"),
    ):
        assert repository.inside(path) == inside, path
    assert repository.outside("a.md") == os.path.join("..", "a.md")
    assert repository.outside("docs/b.md") == "b.md"


def test_the_output_of_a_command_that_fails_is_none(top: Path) -> None:
    repository = Repository(str(top))
    assert repository.run("cat-file", "blob", "HEAD:a.md") == b"a\n"
    assert repository.run("cat-file", "blob", "HEAD:nope.md") is None
    assert repository.run("hash-object", "--stdin", stdin=b"a\n") == git(top, "rev-parse", "HEAD:a.md").encode()


def test_only_values_that_describe_the_data_are_configured(top: Path) -> None:
    odd = 'branch.a"b\\c.merge'
    for name, value in (
        ("core.fsmonitor", "program"),
        ("core.autocrlf", "input"),
        (odd, 'refs/heads/"\\\t\n\bz'),
        ("remote.origin.url", "https://a.example/"),
        ("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"),
        ("remote.origin.promisor", "true"),
        ("extensions.partialClone", "origin"),
    ):
        git(top, "config", name, value)
    repository = Repository(str(top))
    assert repository.is_partial
    config = mirrored(repository) / "config"
    assert git(top, "config", "--file", config, "--get", odd) == 'refs/heads/"\\\t\n\bz\n'
    kept = git(top, "config", "--file", config, "--list", "--name-only").split("\n")
    assert set(kept) - {""} == {
        "core.repositoryformatversion",
        "core.bare",
        "core.filemode",
        "core.autocrlf",
        odd,
        "remote.origin.fetch",
    } | ({"core.ignorecase", "core.symlinks", "core.precomposeunicode"} & set(kept))


def test_a_clone_of_everything_is_not_partial(top: Path) -> None:
    assert not Repository(str(top)).is_partial


def test_the_folder_in_place_of_the_repository_ends_with_it(top: Path) -> None:
    repository = Repository(str(top))
    folder = mirrored(repository)
    assert not folder.is_relative_to(top)
    assert {each.name for each in folder.iterdir()} == {"HEAD", "config", "index", "info", "objects", "refs", "logs"} - (
        set() if (top / ".git" / "logs").exists() else {"logs"}
    )
    assert (folder / "HEAD").read_text() == "ref: refs/heads/main\n"
    assert not (folder / "HEAD").is_symlink()
    del repository
    assert not folder.exists()
    assert (top / ".git" / "objects").is_dir()


def test_an_index_that_shares_entries_is_read(top: Path) -> None:
    git(top, "update-index", "--split-index")
    (top / "new.md").write_text("new\n")
    assert list((top / ".git").glob("sharedindex.*"))
    assert Repository(str(top)).run("ls-files") == b"a.md\ndocs/b.md\n"


def test_what_is_excluded_in_the_clone_is_not_new(top: Path) -> None:
    (top / ".git" / "info" / "exclude").write_text("*.log\n")
    for name in ("a.log", "new.md"):
        (top / name).write_text("")
    assert Repository(str(top)).run("ls-files", "--others", "--exclude-standard") == b"new.md\n"


@pytest.mark.parametrize("excluded", [True, False])
def test_where_links_cannot_be_created_copies_are_used(
    top: Path,
    monkeypatch: pytest.MonkeyPatch,
    excluded: bool,  # noqa: FBT001
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError("no privilege")

    exclude = top / ".git" / "info" / "exclude"
    exclude.write_text("*.log\n") if excluded else exclude.unlink()
    (top / "a.log").write_text("")
    monkeypatch.setattr(os, "symlink", refuse)
    repository = Repository(str(top))
    assert repository.run("cat-file", "blob", "HEAD:docs/b.md") == b"b\n"
    assert repository.run("ls-files") == b"a.md\ndocs/b.md\n"
    assert repository.run("ls-files", "--others", "--exclude-standard") == (b"" if excluded else b"a.log\n")


def test_a_linked_worktree_has_its_own_head_and_index(top: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    git(top, "worktree", "add", "-q", "-b", "other", linked)
    commit(linked, c__md="c\n")
    git(linked, "rm", "-q", "--cached", "a.md")
    repository = Repository(str(linked))
    assert (repository.top, repository.superproject) == (str(linked), None)
    assert repository.run("rev-parse", "--abbrev-ref", "HEAD") == b"other\n"
    assert repository.run("ls-files") == b"c.md\ndocs/b.md\n"
    assert repository.run("cat-file", "blob", "HEAD:c.md") == b"c\n"
    assert repository.run("rev-parse", "main") == git(top, "rev-parse", "main").encode()


def test_the_environment_cannot_name_another_repository(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(top / "nope"))
    repository = Repository(str(top))
    assert repository.run("ls-files") == b"a.md\ndocs/b.md\n"
    assert repository.run("rev-parse", "--show-toplevel") == f"{top}\n".encode()
    assert repository.run("cat-file", "blob", "HEAD:a.md") == b"a\n"


# Refusals


def test_outside_of_a_repository_it_says_what_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_CEILING_DIRECTORIES"):
        monkeypatch.delenv(name, raising=False)
    start = "FOLDER is not in a git repository: neither it nor a folder above it contains .git."
    end = " Run linkcheck inside a clone, or check without --since"
    assert refusal(tmp_path) == f"{start}{end}"
    monkeypatch.setenv("GIT_DIR", "x")
    assert refusal(tmp_path) == f"{start} The variable GIT_DIR is ignored.{end}"


def test_folders_above_a_ceiling_are_not_searched(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", os.pathsep.join(("/nope", str(top))))
    assert refusal(top / "docs").startswith(
        "FOLDER is not in a git repository: neither it nor a folder above it contains .git. "
        "GIT_CEILING_DIRECTORIES limits how far up linkcheck looks. Run"
    )
    assert Repository(str(top)).top == str(top)


def test_what_git_refuses_to_read_is_told_in_its_words(top: Path) -> None:
    (top / ".git" / "HEAD").unlink()
    assert refusal(top).startswith("git refuses to read the repository FOLDER: fatal: not a git repository")


def test_a_temporary_folder_is_needed(top: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nope"))
    assert refusal(top) == "the repository FOLDER cannot be read from a temporary folder: No such file or directory"


@posix_only
def test_git_is_only_taken_from_absolute_folders(top: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_bytes(b"\x7fnot a program")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "bin")
    assert refusal(top) == (
        "git is not installed, or not in an absolute folder of PATH. Install git, or check without --since"
    )
    monkeypatch.setenv("PATH", os.pathsep.join(("bin", str(tmp_path), str(program.parent))))
    assert refusal(top) == "git does not respond"
