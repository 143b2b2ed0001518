"""Reads the names of the files that git tracks from its index, without running git.

The format is described in git's documentation (`gitformat-index`). An index that cannot be read, or is split into two files,
contains nothing.
"""

import os
from functools import lru_cache
from pathlib import Path
from struct import Struct, error

from linkcheck.files import read_file

_MOST = 1 << 26
"""Maximum number of bytes of an index that is read: some 500,000 files."""
_LONGEST = 4096
_HEADER = Struct(">4sII")
_STATUS = 60
"""Bytes of an entry before its flags: the status of the file, and the SHA-1 of its content."""
_FLAGS = Struct(">H")
_EXTENDED = 0x4000


class TrackedFiles:
    """The paths in an index, and those of the folders around them, relative to the top of the repository."""

    def __init__(self, paths: frozenset[bytes]) -> None:
        self._files = paths
        self._folders: set[bytes] = set()
        for path in paths:
            folder = path.rpartition(b"/")[0]
            while folder and folder not in self._folders:
                self._folders.add(folder)
                folder = folder.rpartition(b"/")[0]

    def contain(self, path: str) -> bool:
        """Whether a file is tracked, or a file in a folder is; the path of a folder ends in a slash."""
        name = os.fsencode(path.replace(os.sep, "/"))
        return name.removesuffix(b"/") in self._folders if name.endswith(b"/") else name in self._files


def read_index(git_folder: Path) -> TrackedFiles:
    """The files in the index of a repository, which is read again only if it has changed."""
    file = git_folder / "index"
    try:
        status = file.stat()
    except OSError:
        return _read("", 0, 0)
    return _read(str(file), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(file: str, _changed: int, size: int) -> TrackedFiles:
    if not 0 < size <= _MOST:
        return TrackedFiles(frozenset())
    try:
        return TrackedFiles(frozenset(_names(read_file(file, most=_MOST))))
    except (OSError, ValueError, error):
        return TrackedFiles(frozenset())


def _names(index: bytes) -> list[bytes]:
    """The names in an index. Raises ValueError or `struct.error` if it is not one."""
    signature, version, number = _HEADER.unpack_from(index)
    if signature != b"DIRC" or version not in (2, 3, 4):
        raise ValueError("not an index of git")
    names: list[bytes] = []
    name = b""
    place = _HEADER.size
    for _ in range(number):
        start = place
        (flags,) = _FLAGS.unpack_from(index, start + _STATUS)
        place = start + _STATUS + _FLAGS.size + (2 if flags & _EXTENDED else 0)
        kept = 0
        if version == 4:
            dropped, place = _number(index, place)
            kept = max(0, len(name) - dropped)
        end = index.index(b"\0", place)
        if kept + end - place > _LONGEST:
            raise ValueError("not the name of a file")
        name = name[:kept] + index[place:end]
        names.append(name)
        # Entries are padded to a multiple of eight bytes, except in version 4.
        place = end + 1 if version == 4 else start + (end - start + 8) // 8 * 8
    return names


def _number(index: bytes, place: int) -> tuple[int, int]:
    """A number of variable length, and where the next field starts."""
    value = index[place] & 0x7F if place < len(index) else 0
    while place < len(index) and index[place] & 0x80:
        place += 1
        if value > _MOST or place >= len(index):
            raise ValueError("not a number")
        value = ((value + 1) << 7) | (index[place] & 0x7F)
    return value, place + 1
