"""Replaces files atomically."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from linkcheck.errors import IncompleteError, UsageError
from linkcheck.files import read_file


def check_place(path: str, what: str, *, instead: str = "Use another file.") -> None:
    """Refuse, before any work is done, a place where `what` (`a report`) cannot or should not be written.

    `instead` is the hint for what is not a regular file. Raises UsageError.
    """
    place = Path(path)
    folder = place.absolute().parent
    if place.is_dir() or path.endswith(("/", os.sep)):
        raise UsageError(f"Cannot write {what} to {path}: it is a directory. Use a file in it.")
    if ".git" in folder.parts:
        raise UsageError(f"Cannot write {what} to {path}: it is inside .git. Use a path outside .git.")
    if not folder.is_dir():
        raise UsageError(f"Cannot write {what} to {path}: the directory {folder} does not exist. Create it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"Cannot write {what} to {path}: the directory {folder} is not writable. Use another one.")
    if place.is_symlink() or not place.exists():
        return
    if not place.is_file():
        raise UsageError(f"Cannot write {what} to {path}: it is not a regular file. {instead}")
    if _is_article(place):
        raise UsageError(f"Cannot write {what} to {path}: it starts with front matter, like an article. Use another file.")


@contextmanager
def atomic_file(place: Path, *, mode: int | None = None) -> Iterator[BinaryIO]:
    """A stream whose content takes the place of a file when the block ends well; else what was there stays untouched.

    Until it is complete and on the disk, it has a temporary name in the same folder: a full disk or a kill leaves the old
    file, and a symbolic link is replaced, never followed. Without a mode, the umask applies. Raises OSError.
    """
    temporary = place.parent / f".linkcheck-{os.urandom(6).hex()}.tmp"
    try:
        with temporary.open("xb") as stream:  # "x" does not follow a symbolic link
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(path: str, chunks: Iterable[bytes]) -> None:
    """Replace the file at `path` and keep its mode. Raises UsageError if `path` is not a regular file.

    Raises IncompleteError if the disk is full.
    """
    place = Path(path)
    try:
        status = place.lstat() if os.path.lexists(path) else None
        if status is not None and not stat.S_ISREG(status.st_mode):
            raise UsageError(f"cannot write to {path}: it is not a regular file")
        with atomic_file(place, mode=None if status is None else stat.S_IMODE(status.st_mode)) as stream:
            stream.writelines(chunks)
    except OSError as error:
        reason = error.strerror or str(error)
        kept = " The previous file is kept." if os.path.lexists(path) else ""
        raise IncompleteError(f"{path} could not be written: {reason}.{kept}") from error


def _is_article(path: Path) -> bool:
    try:
        head = read_file(path, most=7)
    except OSError:
        return False
    return head.removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r", b"+++\n", b"+++\r"))
