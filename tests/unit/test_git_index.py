"""What git tracks is read from its index, and is not ignored although a rule matches it."""

import os
from pathlib import Path
from struct import pack

import pytest
from repositories import git, new
from write_files import write_files

from linkcheck.discover import DiscoverOptions, discover
from linkcheck.git_index import read_index
from linkcheck.repository_files import RepositoryFiles

ARTICLE = "---\na: 1\n---\n"
NAMES = [
    "a.md",
    "b/é.md",
    "b/c/d.md",
    *(f"long/{'x' * length}.md" for length in range(1, 20)),
    f"long/{'y' * 200}.md",
    "long/z.md",
]


@pytest.mark.parametrize("version", [2, 3, 4])
def test_the_index_contains_the_tracked_files_and_their_folders(tmp_path: Path, version: int) -> None:
    root = new(tmp_path / "site")
    write_files(root, dict.fromkeys((*NAMES, "later.md", "other/new.md"), ARTICLE))
    git(root, "add", *NAMES)
    if version == 3:
        git(root, "add", "--intent-to-add", "later.md")
    git(root, "update-index", f"--index-version={version}")
    index = read_index(root / ".git")
    tracked = [*NAMES, "later.md"] if version == 3 else NAMES
    assert [name for name in (*NAMES, "later.md", "other/new.md") if index.contain(name)] == tracked
    assert [name for name in ("b/", "b/c/", "long/", "other/", "a.md/", "b") if index.contain(name)] == [
        "b/",
        "b/c/",
        "long/",
    ]


def test_the_index_is_read_again_after_a_change(tmp_path: Path) -> None:
    root = new(tmp_path / "site")
    assert not read_index(root / ".git").contain("a.md")
    write_files(root, {"a.md": ARTICLE, "b.md": ARTICLE})
    git(root, "add", "a.md")
    assert not read_index(root / ".git").contain("b.md")
    git(root, "add", "b.md")
    assert read_index(root / ".git").contain("b.md")


_ENTRY = bytes(60)


@pytest.mark.parametrize(
    "index",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"DIRC", id="cut off in the header"),
        pytest.param(pack(">4sII", b"TREE", 2, 0), id="another file"),
        pytest.param(pack(">4sII", b"DIRC", 9, 0), id="an unknown version"),
        pytest.param(pack(">4sII", b"DIRC", 2, 2**32 - 1), id="fewer entries than stated"),
        pytest.param(pack(">4sII", b"DIRC", 2, 1) + _ENTRY + b"\0\4a.md", id="a name without an end"),
        pytest.param(pack(">4sII", b"DIRC", 4, 1) + _ENTRY + b"\0\4", id="cut off before a number"),
        pytest.param(pack(">4sII", b"DIRC", 4, 1) + _ENTRY + b"\0\4\xff\xff", id="cut off in a number"),
        pytest.param(pack(">4sII", b"DIRC", 4, 1) + _ENTRY + b"\0\4" + b"\xff" * 99, id="a number without an end"),
        pytest.param(
            pack(">4sII", b"DIRC", 4, 1) + _ENTRY + b"\0\4" + b"\xff" * 99 + b"\0a.md\0", id="a number without a limit"
        ),
        pytest.param(pack(">4sII", b"DIRC", 4, 1) + _ENTRY + b"\0\4\0" + b"x" * 5000 + b"\0", id="a long name"),
    ],
)
def test_an_invalid_index_contains_nothing(tmp_path: Path, index: bytes) -> None:
    (tmp_path / "index").write_bytes(index)
    assert not read_index(tmp_path).contain("a.md")


def test_tracked_files_are_read_although_a_rule_matches_them(tmp_path: Path) -> None:
    root = new(tmp_path / "site")
    ignored = ["posts/a/index.html", "posts/b/index.html", "built/c.md", "built/d.md", "drafts/e.md"]
    write_files(root, {".gitignore": "posts/**/index.html\nbuilt/\ndrafts/\n", **dict.fromkeys(ignored, ARTICLE)})
    git(root, "add", "--force", "posts/a/index.html", "built/c.md")
    found = [source.path for source in discover(DiscoverOptions(paths=(".",), root=str(root)))]
    assert found == ["built/c.md", "posts/a/index.html"]
    assert [path for path in RepositoryFiles(str(root)).paths() if path in ignored] == sorted(found, key=os.path.dirname)


def test_a_linked_worktree_has_an_index_of_its_own(tmp_path: Path) -> None:
    root = new(tmp_path / "site")
    write_files(root, {".gitignore": "*.html\n", "a.html": ARTICLE})
    git(root, "add", "--force", ".")
    git(root, "commit", "-q", "-m", "One")
    git(root, "worktree", "add", "-q", tmp_path / "other")
    write_files(tmp_path / "other", {"b.html": ARTICLE})
    assert [each.path for each in discover(DiscoverOptions(paths=(".",), root=str(tmp_path / "other")))] == ["a.html"]
