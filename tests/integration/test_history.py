"""A history survives its surroundings: damage, other kinds of files, and files that change during a run."""

import os
from pathlib import Path

import pytest
from command import article, linkcheck

WEB = '["http://a.example/*"]\n'
OPTIONS = ("--replay", "web.toml", "--history", "h.sqlite3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(article(webUrl="http://a.example/ok"), "utf-8")
    (tmp_path / "web.toml").write_text(WEB, "utf-8")
    return tmp_path


def test_a_pipe_is_refused_and_left_alone(folder: Path) -> None:
    os.mkfifo(folder / "h.sqlite3")
    done = linkcheck("check", *OPTIONS, cwd=folder)
    assert done.code == 2, done
    assert "not a regular file" in done.err
    assert (folder / "h.sqlite3").is_fifo()


def test_a_symbolic_link_to_a_history_is_followed(folder: Path) -> None:
    assert linkcheck("check", "--replay", "web.toml", "--history", "real.sqlite3", cwd=folder).code == 0
    (folder / "h.sqlite3").symlink_to("real.sqlite3")
    assert "1 from earlier runs" in linkcheck("check", *OPTIONS, cwd=folder).out


@pytest.mark.parametrize("then", ["", "Path('h.sqlite3').write_bytes(b'another')"], ids=["deleted", "replaced"])
def test_a_history_that_goes_away_during_the_run_is_told(folder: Path, then: str) -> None:
    assert linkcheck("check", *OPTIONS, cwd=folder).code == 0
    away = "from pathlib import Path\nfrom linkcheck.ledger import Ledger\n"
    away += "def evidence(self, _f=Ledger.evidence):\n    Path('h.sqlite3').rename('away')\n"
    away += f"    {then or 'pass'}\n    return _f(self)\nLedger.evidence = evidence"
    done = linkcheck("check", *OPTIONS, "--max-age", "0", cwd=folder, before=away)
    assert done.code == 4, done
    told = " ".join(done.out.split())
    assert "deleted or replaced during the run" in told
    assert "not judged" not in told
