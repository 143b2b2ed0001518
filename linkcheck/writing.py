"""Puts a file in the place of another, whole or not at all."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from linkcheck.errors import IncompleteError, UsageError


@contextmanager
def whole(place: Path, *, mode: int | None = None) -> Iterator[BinaryIO]:
    """A stream whose content takes the place of a file when the block ends well; else what was there stays untouched.

    Until it is complete and on the disk it stands beside its place under a temporary name: a full disk or a kill leaves the
    old file, and a symbolic link is replaced, never followed. Without a mode the umask decides. Raises OSError.
    """
    temporary = place.parent / f".linkcheck-{os.urandom(6).hex()}.tmp"
    try:
        with temporary.open("xb") as stream:  # "x" follows no symbolic link that somebody put there
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(path: str, chunks: Iterable[bytes]) -> None:
    """Write the file at `path` anew, its mode kept. Raises UsageError where `path` is no regular file.

    Raises IncompleteError where the disk gives out.
    """
    place = Path(path)
    try:
        status = place.lstat() if os.path.lexists(path) else None
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise UsageError(f"will not write to {path}: it is no regular file")
        with whole(place, mode=None if status is None else stat.S_IMODE(status.st_mode)) as stream:
            stream.writelines(chunks)
    except OSError as error:
        reason = error.strerror or str(error)
        raise IncompleteError(f"{path} could not be written: {reason}. What was there before is kept.") from error
