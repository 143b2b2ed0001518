"""What `linkcheck init` asks on a terminal, and what it writes after each answer."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from write_files import write_files

from linkcheck import cli, signals

ARTICLE = "---\ntitle: A &amp; B\nmore: https://a.example/\n---\n"
CONFIG, BASELINE = "linkcheck.toml", ".linkcheck/baseline.json"
FILES = {".github/workflows/linkcheck.yml", ".linkcheck/pages.schema.json", ".pre-commit-config.yaml", CONFIG}
WRITE = "Write these files?"
ACCEPT = "Accept 1 finding in a baseline, so that only new ones fail a run?"


class Ended(NamedTuple):
    code: int
    asked: list[str]
    written: set[str]
    err: list[str]


Init = Callable[..., Ended]


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Init:
    """Runs `init` with these answers in a folder with an article that has a finding."""
    write_files(tmp_path, {".git/HEAD": "", "a.md": ARTICLE})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signals, "_state", signals._SignalState())

    def run(*options: str, answers: tuple[bool, ...] = (), stdin: bool = True, stderr: bool = True) -> Ended:
        asked: list[str] = []
        left: Iterator[bool] = iter(answers)

        def confirm(question: str, *, err: bool) -> bool:
            assert err
            asked.append(question)
            return next(left)

        source = io.StringIO()
        monkeypatch.setattr(source, "isatty", lambda: stdin)
        monkeypatch.setattr("sys.stdin", source)
        monkeypatch.setattr("sys.stderr.isatty", lambda: stderr, raising=False)
        monkeypatch.setattr(click, "confirm", confirm)
        before = files(tmp_path)
        code = cli.run(("init", *options))
        return Ended(code, asked, files(tmp_path) - before, capsys.readouterr().err.splitlines())

    return run


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("options", "answers", "asked", "written"),
    [
        pytest.param((), (False,), [WRITE], set(), id="no"),
        pytest.param((), (True, False), [WRITE, ACCEPT], FILES, id="yes, but without a baseline"),
        pytest.param((), (True, True), [WRITE, ACCEPT], FILES | {BASELINE}, id="yes, with a baseline"),
        pytest.param(("--accept",), (True,), [WRITE], FILES | {BASELINE}, id="a baseline that was requested"),
        pytest.param(("--yes",), (), [], FILES, id="nothing is asked"),
        pytest.param(("--yes", "--accept"), (), [], FILES | {BASELINE}, id="nothing is asked, with a baseline"),
        pytest.param(("--dry-run",), (), [], set(), id="nothing is asked, because nothing is written"),
        pytest.param(("--diff",), (False,), [WRITE], set(), id="after the diff"),
    ],
)
def test_files_are_written_after_a_yes(
    options: tuple[str, ...], answers: tuple[bool, ...], asked: list[str], written: set[str], init: Init
) -> None:
    ended = init(*options, answers=answers)
    assert (ended.code, ended.asked, ended.written) == (0, asked, written)
    assert ("linkcheck: no files were written" in ended.err) is (answers == (False,))
    assert (f"linkcheck: {len(written)} files written" in ended.err) is bool(written)
    if written:
        assert ("baseline = " in Path(CONFIG).read_text()) is (BASELINE in written)


@pytest.mark.parametrize(("stdin", "stderr"), [(True, False), (False, True), (False, False)])
def test_nothing_is_written_without_a_terminal_for_the_question(stdin: bool, stderr: bool, init: Init) -> None:  # noqa: FBT001
    ended = init(stdin=stdin, stderr=stderr)
    assert (ended.code, ended.asked, ended.written) == (2, [], set())
    told = "linkcheck: no files were written, because there is no terminal for the confirmation; use --yes"
    assert ended.err[-1] == told


def test_nothing_is_left_to_write(init: Init) -> None:
    assert init("--yes").written == FILES
    assert init("--add").err[-1] == "linkcheck: there is nothing to add"
    again = init("--force")
    assert (again.code, again.asked, again.err[-1]) == (0, [], "linkcheck: all files exist already")
