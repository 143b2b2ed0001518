"""Paths as the working directory sees them, and lists of files."""

import io
import sys
from pathlib import Path

import pytest
from systems import linux_only, posix_only

from linkcheck.errors import UsageError
from linkcheck.pipeline.paths import ListedPaths, listed_paths, relative


def test_a_path_is_relative_to_the_working_directory(here: Path) -> None:
    written = (str(here / "a" / "b.md"), "a//b.md", "./a/../b.md", "..", ".", str(here.parent / "c.md"))
    assert [relative(path) for path in written] == ["a/b.md", "a/b.md", "b.md", "..", ".", "../c.md"]


def test_without_the_option_there_is_no_list() -> None:
    assert listed_paths(None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b"", (), id="empty"),
        pytest.param(b"\n \n\t\n", (), id="blank lines only"),
        pytest.param(b"a.md\nb c.md\n", ("a.md", "b c.md"), id="a path per line"),
        pytest.param(b"a.md\r\nb.md", ("a.md", "b.md"), id="lines of Windows, and no line break at the end"),
        pytest.param(b"\n\na.md\n\n", ("a.md",), id="blank lines between"),
        pytest.param(b" a.md \n", (" a.md ",), id="a name with spaces around it"),
        pytest.param(b"a\nb.md\0c.md\0", ("a\nb.md", "c.md"), id="separated by NUL, with a line break in a name"),
        pytest.param(b"a.md\0", ("a.md",), id="one path and NUL"),
        pytest.param(b"\xff.md\n", ("\udcff.md",), id="a name that is not UTF-8", marks=linux_only),
    ],
)
def test_the_paths_of_a_list(here: Path, monkeypatch: pytest.MonkeyPatch, text: bytes, expected: tuple[str, ...]) -> None:
    for name in expected:
        (here / name).touch()
    (here / "list.txt").write_bytes(text)
    assert listed_paths("list.txt") == ListedPaths(expected)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert listed_paths("-") == ListedPaths(expected)


def listed(here: Path, text: bytes) -> ListedPaths:
    (here / "list.txt").write_bytes(text)
    found = listed_paths("list.txt")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("line", "path"),
    [
        pytest.param(rb'"\303\251.md"', "é.md", id="not ASCII"),
        pytest.param(rb'"a \"b\".md"', 'a "b".md', id="quotes", marks=posix_only),
        pytest.param(rb'"a\\b.md"', "a\\b.md", id="a backslash", marks=posix_only),
        pytest.param(rb'"\a\b\t\n\v\f\r.md"', "\a\b\t\n\v\f\r.md", id="control characters", marks=posix_only),
        pytest.param(rb'"\001\177.md"', "\x01\x7f.md", id="control characters without a letter", marks=posix_only),
        pytest.param('"é\\t.md"'.encode(), "é\t.md", id="without core.quotePath", marks=posix_only),
        pytest.param(rb'"\377.md"', "\udcff.md", id="not UTF-8", marks=linux_only),
    ],
)
def test_names_that_git_quoted_are_unquoted(here: Path, line: bytes, path: str) -> None:
    assert listed(here, line + b"\n") == ListedPaths((), (path,))
    (here / path).touch()
    assert listed(here, line + b"\r\n") == ListedPaths((path,))


@posix_only
def test_a_name_that_git_quoted_is_not_a_glob(here: Path) -> None:
    assert listed(here, rb'"\303\251*[x].md"' + b"\n") == ListedPaths((), ("é*[x].md",))


@posix_only
def test_a_name_with_quotes_is_taken_literally_if_the_file_exists(here: Path) -> None:
    for name in ('"a.md"', "a.md"):
        (here / name).touch()
    assert listed(here, b'"a.md"\n') == ListedPaths(('"a.md"',))
    assert listed(here, b'"a.md"\0') == ListedPaths(('"a.md"',))


@pytest.mark.parametrize("line", [b'"a.md', b'a.md"', rb'"\x41.md"', rb'"\400.md"', rb'"\9.md"', b'"a"b.md"', b'"'])
def test_what_git_does_not_write_is_not_unquoted(here: Path, line: bytes) -> None:
    assert listed(here, line) == ListedPaths((), (line.decode(),))


def test_paths_that_do_not_exist_are_apart(here: Path) -> None:
    (here / "a.md").touch()
    assert listed(here, b"gone.md\na.md\na.md/b.md\n") == ListedPaths(("a.md",), ("gone.md", "a.md/b.md"))
    assert listed(here, b'gone.md\0a.md\0"a.md"\0') == ListedPaths(("a.md",), ("gone.md", '"a.md"'))


def test_a_line_can_be_a_glob_and_a_path_before_nul_cannot(here: Path) -> None:
    (here / "posts").mkdir()
    (here / "s.md").touch()
    text = b"posts/*.md\n[s].md\ngone/*.md\n"
    assert listed(here, text) == ListedPaths(("posts/*.md", "[s].md"), ("gone/*.md",))
    assert listed(here, text.replace(b"\n", b"\0")) == ListedPaths((), ("posts/*.md", "[s].md", "gone/*.md"))


def test_a_list_may_be_empty_if_it_names_nothing_that_exists(here: Path) -> None:
    (here / "[a].md").touch()
    assert listed(here, b"").may_be_empty
    assert listed(here, b"gone.md\nb[1].md\n").may_be_empty
    assert not listed(here, b"gone.md\n[a].md\n").may_be_empty


@pytest.mark.usefixtures("here")
def test_a_list_that_does_not_exist_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        listed_paths("list.txt")
    assert str(caught.value) == (
        "--files-from list.txt: No such file or directory; use `--files-from -` to read standard input"
    )


@pytest.mark.parametrize("source", ["list.txt", "-"])
def test_a_list_has_a_largest_size(here: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setattr("linkcheck.pipeline.paths._LARGEST_LIST", 1 << 20)
    for size in (1 << 20, (1 << 20) + 1):
        text = b"x" * size
        (here / "list.txt").write_bytes(text)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        if size == 1 << 20:
            assert listed_paths(source) == ListedPaths((), ("x" * size,))
            continue
        with pytest.raises(UsageError) as caught:
            listed_paths(source)
        assert str(caught.value) == f"--files-from {source}: larger than 1 MiB; is this the right file?"


def test_a_list_of_more_than_64_mib_is_refused(here: Path) -> None:
    with (here / "list.txt").open("wb") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(UsageError, match="larger than 64 MiB"):
        listed_paths("list.txt")
