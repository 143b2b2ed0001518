"""Puts a file in the place of another, whole or not at all."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from linkcheck.errors import IncompleteError, UsageError


def replace_file(path: str, chunks: Iterable[bytes]) -> None:
    """Write the file at `path` anew, its mode kept; a new file gets the mode the umask leaves it.

    What is written stands beside it under a temporary name until it is complete and on the disk. Raises UsageError where
    `path` is no regular file, IncompleteError where the disk gives out; what was there is then untouched.
    """
    place = Path(path)
    temporary = place.parent / f".linkcheck-{os.urandom(6).hex()}.tmp"
    try:
        status = place.lstat() if os.path.lexists(path) else None
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise UsageError(f"will not write to {path}: it is no regular file")
        try:
            with temporary.open("xb") as stream:  # "x" follows no symbolic link that somebody put there
                for chunk in chunks:
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
            if status is not None:
                temporary.chmod(stat.S_IMODE(status.st_mode))
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise IncompleteError(f"{path} could not be written: {reason}. What was there before is kept.") from error
