import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from systems import linux_only, posix_only

from linkcheck.errors import IncompleteError, UsageError
from linkcheck.report import files


def test_a_report_appears_whole(tmp_path: Path) -> None:
    place = tmp_path / "report.txt"
    with files.atomic(str(place)) as stream:
        stream.write("\u00fc\r\n\ud800")
        assert not place.exists()
    assert place.read_bytes() == b"\xc3\xbc\r\n\\ud800"
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_what_was_there_stays_when_the_block_fails(tmp_path: Path) -> None:
    place = tmp_path / "report.txt"
    place.write_text("old")

    def fail() -> None:
        with files.atomic(str(place)) as stream:
            stream.write("new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert place.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_a_disk_that_gives_out_is_told_with_its_number_and_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "report.txt"
    place.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    told = r"report.txt: No space left on device \(errno 28\). The previous file is kept."
    with pytest.raises(IncompleteError, match=told), files.atomic(str(place)) as stream:
        stream.write("new")
    assert place.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


@posix_only
def test_a_symbolic_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    link = tmp_path / "report.txt"
    link.symlink_to(precious)
    with files.atomic(str(link)) as stream:
        stream.write("report")
    assert precious.read_text() == "precious"
    assert not link.is_symlink()
    assert link.read_text() == "report"


@posix_only
def test_a_dangling_link_creates_nothing_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    link = tmp_path / "report.txt"
    link.symlink_to(elsewhere)
    with files.atomic(str(link)) as stream:
        stream.write("report")
    assert not elsewhere.exists()


@posix_only
def test_an_older_report_is_replaced_and_readable_by_all(tmp_path: Path) -> None:
    place = tmp_path / "report.txt"
    for text in ("one", "two"):
        with files.atomic(str(place)) as stream:
            stream.write(text)
    assert place.read_text() == "two"
    mask = os.umask(0)
    os.umask(mask)
    assert place.stat().st_mode & 0o777 == 0o666 & ~mask


@posix_only
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("folder", "it is a directory. Use a file in it."),
        ("folder/", "it is a directory. Use a file in it."),
        ("missing/report.txt", "does not exist. Create it first."),
        (".git/report.txt", "it is inside .git. Use a path outside .git."),
        ("pipe", "it is not a regular file. Omit the file to write to stdout."),
        ("article.md", "it starts with front matter, like an article. Use another file."),
    ],
)
def test_a_place_for_no_report_is_refused_before_any_work(name: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "article.md").write_text("---\ntitle: x\n---\n")
    os.mkfifo(tmp_path / "pipe")
    path = f"{tmp_path}/{name}"
    with pytest.raises(UsageError) as caught:
        files.check(path)
    assert str(caught.value).endswith(why)
    assert path in str(caught.value)


def test_the_null_device_is_no_place_for_a_report() -> None:
    with pytest.raises(UsageError, match="not a regular file"):
        files.check(os.devnull)


WRITE = """
import sys
from linkcheck.report import files
from linkcheck.errors import IncompleteError
try:
    with files.standard_output() as stream:
        for number in range(20000):
            stream.write("line %d \\u2502\\n" % number)
except IncompleteError as error:
    sys.stderr.write(str(error))
    sys.exit(4)
sys.exit(1)
"""


def test_a_reader_that_goes_away_is_no_fault() -> None:
    with subprocess.Popen([sys.executable, "-c", WRITE], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "line 0 \u2502\n".encode()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1


@linux_only
def test_a_full_disk_behind_standard_output_is_one_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-c", WRITE], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr == "The report could not be written to standard output: No space left on device (errno 28)."


def test_standard_output_is_utf8_with_line_ends_kept_whatever_the_locale() -> None:
    code = "from linkcheck.report import files\nwith files.standard_output() as s: s.write('\\u00fc\\r\\n\\ud800')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    assert done.stdout == b"\xc3\xbc\r\n\\ud800"


def test_a_stream_that_cannot_be_changed_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    with files.standard_output() as out:
        out.write("x")
    assert stream.getvalue() == "x"
