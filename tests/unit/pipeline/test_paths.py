"""Paths as the working directory sees them, and lists of files."""

import io
import sys
from pathlib import Path

import pytest
from systems import linux_only

from linkcheck.errors import UsageError
from linkcheck.pipeline.paths import listed_paths, relative


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
    (here / "list.txt").write_bytes(text)
    assert listed_paths("list.txt") == expected
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert listed_paths("-") == expected


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
            assert listed_paths(source) == ("x" * size,)
            continue
        with pytest.raises(UsageError) as caught:
            listed_paths(source)
        assert str(caught.value) == f"--files-from {source}: larger than 1 MiB; is this the right file?"


def test_a_list_of_more_than_64_mib_is_refused(here: Path) -> None:
    with (here / "list.txt").open("wb") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(UsageError, match="larger than 64 MiB"):
        listed_paths("list.txt")
