"""A git that does not work."""

from pathlib import Path

import pytest
from systems import posix_only

from linkcheck.changes.git import Repository
from linkcheck.errors import UsageError


@pytest.fixture
def top(tmp_path: Path) -> Path:
    (tmp_path / "top" / ".git").mkdir(parents=True)
    return tmp_path / "top"


@posix_only
def test_a_git_that_cannot_be_started_does_not_respond(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = top.parent / "programs"
    programs.mkdir()
    (programs / "git").write_bytes(b"\0")
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(UsageError, match=r"^git does not respond$"):
        Repository(str(top))


@posix_only
@pytest.mark.parametrize("path", ["", "programs"])
def test_a_git_in_no_absolute_folder_is_not_started(top: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (top / "programs").mkdir()
    (top / "programs" / "git").write_text("#!/bin/sh\n", encoding="ascii")
    (top / "programs" / "git").chmod(0o755)
    monkeypatch.chdir(top)
    monkeypatch.setenv("PATH", path)
    with pytest.raises(UsageError, match="git is not installed, or not in an absolute folder of PATH"):
        Repository(str(top))
