"""Puts a file in the place of another, whole or not at all."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from linkcheck.errors import IncompleteError, UsageError
from linkcheck.files import read_file


def check_place(path: str, what: str, *, instead: str = "Name another.") -> None:
    """Refuse, before any work is done, a place where `what` (`a report`) cannot or should not be written.

    `instead` is said of what is no regular file. Raises UsageError.
    """
    place = Path(path)
    folder = place.absolute().parent
    if place.is_dir() or path.endswith(("/", os.sep)):
        raise UsageError(f"Cannot write {what} to {path}: it is a directory. Name a file in it.")
    if ".git" in folder.parts:
        raise UsageError(f"Will not write {what} to {path}: it lies inside .git.")
    if not folder.is_dir():
        raise UsageError(f"Cannot write {what} to {path}: the directory {folder} does not exist. Create it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"Cannot write {what} to {path}: the directory {folder} is not writable.")
    if place.is_symlink() or not place.exists():
        return
    if not place.is_file():
        raise UsageError(f"Cannot write {what} to {path}: it is no regular file. {instead}")
    if _is_article(place):
        raise UsageError(f"Will not write {what} over {path}: it starts with front matter, so it looks like an article.")


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


def _is_article(path: Path) -> bool:
    try:
        head = read_file(path, most=7)
    except OSError:
        return False
    return head.removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r", b"+++\n", b"+++\r"))
