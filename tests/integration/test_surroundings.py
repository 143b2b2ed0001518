"""What a process is born with: streams that are closed, few file descriptors, no working directory, early signals."""

import signal
import subprocess
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import PATIENCE, article, linkcheck, start, surroundings

if TYPE_CHECKING:
    from loopback import Loopback

STREAMS = ("<&-", ">&-", "2>&-")
CLOSED = [*chain.from_iterable(combinations(STREAMS, count) for count in (1, 2, 3))]
HASTY = ("--interval", "0", "--retries", "0", "--allow-address", "127.0.0.0/8")


def web_of(loopback: "Loopback") -> tuple[str, ...]:
    return *HASTY, "--resolve", f"*:80=127.0.0.1:{loopback.ports['http']}"


def run(folder: Path, *arguments: str, shell: str = "", prepare: str = ":") -> "subprocess.CompletedProcess[str]":
    """Run it in a shell, with redirections where they are given, after a command of the shell."""
    command = ["sh", "-c", f'{prepare}; "$@" {shell}', "sh", *start(), *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


# Standard streams


@pytest.mark.parametrize("closed", CLOSED, ids=" ".join)
def test_closed_streams_change_nothing(tmp_path: Path, loopback: "Loopback", closed: tuple[str, ...]) -> None:
    (tmp_path / "a.md").write_text(article(webUrl="http://a.example/ok"))
    options = (*web_of(loopback), "--report", "text", "--report", "json:report.json", "--history", "h.sqlite3")
    done = run(tmp_path, "check", *options, shell=" ".join(closed))
    assert done.returncode == 0, done
    assert '"complete":true' in (tmp_path / "report.json").read_text()
    assert ("1 article" in done.stdout) == (">&-" not in closed)
    assert (tmp_path / "h.sqlite3").read_bytes().startswith(b"SQLite format 3")


def test_a_list_of_files_from_a_closed_stream_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article())
    done = run(tmp_path, "validate", "--files-from", "-", shell="<&-")
    assert (done.returncode, done.stderr) == (0, "")


# File descriptors


@pytest.mark.parametrize("history", [(), ("--history", "h.sqlite3")], ids=["no history", "a history"])
@pytest.mark.parametrize("files", [8, 12, 16])
def test_too_few_descriptors_are_one_message(
    tmp_path: Path, loopback: "Loopback", files: int, history: tuple[str, ...]
) -> None:
    (tmp_path / "a.md").write_text(article(webUrl="http://a.example/ok"))
    done = run(tmp_path, "check", *web_of(loopback), *history, prepare=f"ulimit -n {files}")
    assert done.returncode == 4, done
    assert "`ulimit -n 256`" in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
@pytest.mark.parametrize("files", [24, 32, 64])
def test_few_descriptors_are_enough(tmp_path: Path, loopback: "Loopback", files: int, jobs: str) -> None:
    related = [{"title": "A title", "webUrl": f"http://h{number}.example/ok"} for number in range(40)]
    (tmp_path / "a.md").write_text(article(webUrl="http://a.example/ok", related=related))
    options = (*web_of(loopback), "--jobs", jobs, "--history", "h.sqlite3")
    done = run(tmp_path, "check", *options, prepare=f"ulimit -n {files}")
    assert done.returncode == 0, done
    assert "41  ok" in done.stdout
    assert "Traceback" not in done.stderr


# The working directory


@pytest.mark.parametrize(
    "command",
    ["check", "validate", "links", "init", "fix", "report --history h.sqlite3", "explain http://a.example/"],
)
def test_a_deleted_working_directory_is_one_message(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    done = run(folder, *command.split(), prepare='rm -r "$PWD"')
    assert (done.returncode, done.stdout) == (2, "")
    told = "linkcheck: the working directory does not exist (No such file or directory); change to one that does\n"
    assert done.stderr == told


def test_a_rule_is_explained_without_a_working_directory(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    done = run(folder, "explain", "LC201", prepare='rm -r "$PWD"')
    assert (done.returncode, done.stderr) == (0, "")


# Signals outside a check


@pytest.mark.parametrize(
    ("name", "code", "said"), [("SIGINT", 130, "interrupted"), ("SIGTERM", 143, "terminated")], ids=["SIGINT", "SIGTERM"]
)
@pytest.mark.parametrize("module", ["linkcheck.cli", "click", "linkcheck.cli.group", "linkcheck.errors"])
def test_a_signal_while_it_loads_is_one_message(tmp_path: Path, module: str, name: str, code: int, said: str) -> None:
    before = f"""
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            os.kill(os.getpid(), signal.{name})
sys.meta_path.insert(0, Finder())
"""
    done = linkcheck("check", cwd=tmp_path, before=before)
    assert (done.code, done.out, done.err) == (code, "", f"linkcheck: {said}\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_signal_after_the_end_changes_nothing(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "a.md").write_text(article())
    before = f"import atexit, os\natexit.register(os.kill, os.getpid(), {int(number)})"
    done = linkcheck("validate", cwd=tmp_path, before=before)
    assert (done.code, done.err) == (0, "")
