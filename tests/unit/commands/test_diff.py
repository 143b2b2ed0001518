"""A file with corrections, as a diff and on the disk."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from linkcheck.commands.fix.diff import FixedFile, difference, write
from linkcheck.errors import UsageError
from linkcheck.model import Source


def fixed(before: bytes, after: bytes, path: str = "a.md", file: str = "a.md") -> FixedFile:
    source = Source(path, file, before, len(before), named=True)
    return FixedFile(source, replace(source, head=after, size=len(after)))


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        pytest.param(b"a\nb\nc\n", b"a\nB\nc\n", [b"@@ -1,3 +1,3 @@", b" a", b"-b", b"+B", b" c"], id="a line"),
        pytest.param(b"a\r\nb\r\n", b"A\r\nb\r\n", [b"@@ -1,2 +1,2 @@", b"-a\r", b"+A\r", b" b\r"], id="CRLF"),
        pytest.param(
            b"a\nb",
            b"a\nB",
            [
                b"@@ -1,2 +1,2 @@",
                b" a",
                *(b"-b", b"\\ No newline at end of file"),
                *(b"+B", b"\\ No newline at end of file"),
            ],
            id="no newline at the end",
        ),
        pytest.param(b"a\x0cb\n\n", b"A\x0cb\n\n", [b"@@ -1,2 +1,2 @@", b"-a\x0cb", b"+A\x0cb", b" "], id="a form feed"),
    ],
)
def test_a_diff_has_the_lines_that_differ(before: bytes, after: bytes, lines: list[bytes]) -> None:
    head = [b"--- a/posts/\xff.md", b"+++ b/posts/\xff.md"]
    assert [*difference(fixed(before, after, "posts/\udcff.md"))] == [line + b"\n" for line in (*head, *lines)]


def test_a_file_without_corrections_has_no_diff() -> None:
    assert [*difference(fixed(b"a\n", b"a\n"))] == []


def test_only_the_start_of_a_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    rest = b"text\n" * (1 << 19)
    file.write_bytes(b"old\n" + rest)
    write(fixed(b"old\n", b"newer\n", file=str(file)))
    assert file.read_bytes() == b"newer\n" + rest


def test_a_file_that_was_changed_meanwhile_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"other\n")
    with pytest.raises(UsageError) as refused:
        write(fixed(b"old\n", b"new\n", "posts/a.md", str(file)))
    assert str(refused.value) == "posts/a.md was changed while linkcheck was running; run linkcheck again"
    assert file.read_bytes() == b"other\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
