"""`--accept` rewrites every golden file whose test would fail, and lists what it rewrote."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TEST = """
from pathlib import Path

def test_one(golden):
    assert golden(Path(__file__).parent / "kept.txt", "new\\n") == "new\\n"

def test_two(golden):
    assert golden(Path(__file__).parent / "same.txt", "same\\r\\n") == "same\\r\\n"
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite of two tests with our fixtures: the file of one is out of date."""
    shutil.copy(TESTS / "conftest.py", tmp_path)
    shutil.copy(TESTS / "support" / "golden.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n", encoding="utf-8")
    (tmp_path / "test_golden.py").write_text(TEST, encoding="utf-8")
    (tmp_path / "kept.txt").write_bytes(b"old\n")
    (tmp_path / "same.txt").write_bytes(b"same\r\n")
    return tmp_path


def run(suite: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", *options]
    return subprocess.run(command, cwd=suite, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "processes", [pytest.param((), id="one process"), pytest.param(("-n", "1"), id="with pytest-xdist")]
)
def test_an_accepted_test_passes_and_its_file_is_listed(suite: Path, processes: tuple[str, ...]) -> None:
    done = run(suite, "--accept", *processes)
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("rewrote")] == ["rewrote kept.txt"]
    assert (suite / "kept.txt").read_bytes() == b"new\n"


def test_without_the_flag_the_test_fails_and_the_file_stays(suite: Path) -> None:
    done = run(suite)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "1 failed, 1 passed" in done.stdout
    assert "kept.txt differs; to rewrite it: pytest test_golden.py::test_one --accept" in done.stdout
    assert (suite / "kept.txt").read_bytes() == b"old\n"


def test_a_missing_file_is_written_by_the_flag_and_named_without_it(suite: Path) -> None:
    (suite / "kept.txt").unlink()
    assert "kept.txt does not exist; to write it, run this test with --accept" in run(suite).stdout
    assert run(suite, "--accept").returncode == pytest.ExitCode.OK
    assert (suite / "kept.txt").read_bytes() == b"new\n"
