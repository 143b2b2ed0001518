"""What `linkcheck runs` lists, and what it deletes."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from command import article

from linkcheck import cli, signals
from linkcheck.ledger.lock import Lock
from linkcheck.timestamps import timestamp_of

CHECK = ("check", "--replay", "web.toml", "--history", "h.sqlite3", "--quiet")
RUNS = ("runs", "--history", "h.sqlite3")


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line in a folder with an article whose page is missing."""
    (tmp_path / "a.md").write_text(article(webUrl="https://a.example/gone"), "utf-8")
    (tmp_path / "web.toml").write_text('["https://a.example/*"]\nstatus = 404\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signals, "_state", signals._SignalState())

    def run(*arguments: str) -> Ended:
        code = cli.run(arguments)
        return Ended(code, *capsys.readouterr())

    return run


def ago(**time: float) -> str:
    return timestamp_of(datetime.now(UTC) - timedelta(**time))


def change(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path / "h.sqlite3")) as database, database:
        database.execute(sql, values)


@pytest.fixture
def folder(command: Command, tmp_path: Path) -> Path:
    """A history of a complete run, a partial one, an incomplete one, and one that was killed."""
    command(*CHECK)
    command(*CHECK, "a.md")
    command(*CHECK)
    (tmp_path / "web.toml").write_text('["https://b.example/"]\n')
    command(*CHECK)
    command(*CHECK)
    change(tmp_path, "UPDATE run SET state = 'running', summary = NULL WHERE id = (SELECT max(id) FROM run)")
    for number in range(1, 6):
        change(tmp_path, "UPDATE run SET started = ? WHERE id = ?", f"2026-11-0{number}T06:00:00Z", number)
    return tmp_path


def test_runs_are_listed_with_the_newest_first(command: Command, folder: Path) -> None:
    del folder
    done = command(*RUNS)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "run  started               state        articles  errors  warnings  new  worse  fixed  covered",
        "  5  2026-11-05 06:00 UTC  interrupted                                                 replayed",
        "  4  2026-11-04 06:00 UTC  incomplete          1       0         1    1      0      0  replayed",
        "  3  2026-11-03 06:00 UTC  complete            1       1         0    0      0      0  replayed",
        "  2  2026-11-02 06:00 UTC  complete            1       1         0                     a.md, replayed",
        "  1  2026-11-01 06:00 UTC  complete            1       1         0                     replayed",
    ]


def test_a_run_that_uses_the_history_is_running(command: Command, folder: Path) -> None:
    lock = Lock(folder / "h.sqlite3.lock")
    assert lock.acquire()
    assert "  running  " in command(*RUNS).out.splitlines()[1]
    lock.release()
    (folder / "h.sqlite3.lock").unlink(missing_ok=True)
    assert "  interrupted  " in command(*RUNS).out.splitlines()[1]
    assert not (folder / "h.sqlite3.lock").exists()


def test_runs_are_objects_for_programs(command: Command, folder: Path) -> None:
    del folder
    done = command(*RUNS, "--json")
    killed, *_, first = map(json.loads, done.out.splitlines())
    assert first == {
        "run": 1,
        "started": "2026-11-01T06:00:00Z",
        "state": "complete",
        "thinned": False,
        "articles": 1,
        "problems": {"error": 1, "warning": 0, "info": 0},
        "changes": None,
        "covered": "replayed",
    }
    assert (killed["state"], killed["articles"], killed["problems"]) == ("interrupted", None, None)


def test_all_but_the_last_runs_are_thinned(command: Command, folder: Path) -> None:
    del folder
    done = command(*RUNS, "--prune", "--keep", "2")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("linkcheck: h.sqlite3: 1 run thinned; the file has 0.2 MB, ")
    assert [line[27:48].strip() for line in command(*RUNS).out.splitlines()[1:]] == [
        "interrupted",
        "incomplete",
        "complete",
        "complete",  # the last one that checked only a.md
        "complete, thinned",
    ]
    refused = command("report", "--history", "h.sqlite3", "--run", "1")
    assert (refused.code, "there is only a summary of run 1; runs: 4 (" in refused.err) == (2, True)
    assert command("report", "--history", "h.sqlite3", "--run", "3").code == 0


def test_runs_are_thinned_by_their_age(command: Command, folder: Path) -> None:
    for number, days in ((1, 400), (2, 300), (3, 6), (4, 2), (5, 1)):
        change(folder, "UPDATE run SET started = ? WHERE id = ?", ago(days=days), number)
    assert "h.sqlite3: 1 run thinned" in command(*RUNS, "--prune").err
    assert "h.sqlite3: 0 runs thinned" in command(*RUNS, "--prune").err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--history", "missing.sqlite3"), "the history missing.sqlite3 does not exist"),
        (("--history", "missing.sqlite3", "--prune"), "the history missing.sqlite3 does not exist"),
        ((), "No history given"),
        (("--history", "h.sqlite3", "--keep", "2"), "--keep requires --prune"),
        (("--history", "h.sqlite3", "--prune", "--keep", "0"), "0 is not in the range x>=1"),
    ],
)
def test_what_cannot_be_done_is_refused(command: Command, options: tuple[str, ...], says: str, tmp_path: Path) -> None:
    refused = command("runs", *options)
    assert (refused.code, refused.out) == (2, "")
    assert says in refused.err
    assert not (tmp_path / "missing.sqlite3").exists()


def test_a_history_in_use_is_not_pruned(command: Command, folder: Path) -> None:
    lock = Lock(folder / "h.sqlite3.lock")
    assert lock.acquire()
    refused = command(*RUNS, "--prune")
    assert (refused.code, "h.sqlite3 is in use by another run; try again later" in refused.err) == (2, True)
    lock.release()


def test_what_is_damaged_is_listed_as_far_as_it_is_known(command: Command, folder: Path) -> None:
    change(folder, "UPDATE run SET started = x'ff', summary = x'c1', scope = '{' WHERE id = 3")
    listed = command(*RUNS)
    assert listed.code == 0
    assert listed.out.splitlines()[3].split()[0] == "3"
