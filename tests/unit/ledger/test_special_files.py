"""What is no regular file is never opened as a history."""

import os
from pathlib import Path

import pytest
from systems import posix_only

from linkcheck.errors import UsageError
from linkcheck.ledger import open_ledger, open_recorded

DAY = "2026-11-01T06:00:00Z"


@posix_only
@pytest.mark.parametrize("suffix", ["", "-journal", "-wal", "-shm"])
def test_a_pipe_is_refused_by_its_name(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    if suffix:
        open_ledger(path, stamp=lambda: DAY).close()
    os.mkfifo(f"{path}{suffix}")
    told = f"--history {path}{suffix}: this is a pipe, socket or device"
    with pytest.raises(UsageError) as writing:
        open_ledger(path, stamp=lambda: DAY)
    with pytest.raises(UsageError) as reading, open_recorded(path, None):
        pass
    assert [str(error.value).startswith(told) for error in (writing, reading)] == [True, True]


def test_a_folder_is_refused_as_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="this is a folder; use a file, for example"):
        open_ledger(tmp_path, stamp=lambda: DAY)
    with pytest.raises(UsageError, match="does not exist; create one with"), open_recorded(tmp_path, None):
        pass
    (tmp_path / "h.db-wal").mkdir()
    with pytest.raises(UsageError, match=r"h\.db-wal: this is a pipe, socket or device, not a regular file"):
        open_ledger(tmp_path / "h.db", stamp=lambda: DAY)
