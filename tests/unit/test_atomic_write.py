"""Files are replaced as a whole or not at all."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from systems import posix_only

from linkcheck.atomic_write import replace_file
from linkcheck.errors import IncompleteError, UsageError


@posix_only
def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace_file(str(file), [b"n", b"ew"])
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.json"]


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it is not a regular file"):
        replace_file(str(tmp_path), [b"new"])


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(IncompleteError, match=r"a\.json could not be written: .+\.$"):
        replace_file(str(tmp_path / "file" / "a.json"), [b"new"])


def test_a_file_whose_content_ends_with_an_error_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"old")

    def chunks() -> Iterator[bytes]:
        yield b"new"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(IncompleteError, match=r"No space left on device\. The previous file is kept\.$"):
        replace_file(str(file), chunks())
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.json"]
