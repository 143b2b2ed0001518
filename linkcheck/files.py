"""Opens regular files only: reading a pipe would block, and a device never ends."""

import errno
import os
import stat
from typing import BinaryIO

# Do not wait for a writer of a FIFO, and do not take control of a terminal. Some platforms lack these flags.
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)
_NOT_THROUGH_A_LINK = getattr(os, "O_NOFOLLOW", 0)


def open_descriptor(path: str | os.PathLike[str], *, follow: bool = True) -> int:
    """A descriptor to read a regular file by; the caller closes it. `follow` says whether the path may be a symbolic link.

    Raises OSError, with a reason fit to print, for anything else; ValueError for a path with a NUL.
    """
    descriptor = os.open(path, _FLAGS if follow else _FLAGS | _NOT_THROUGH_A_LINK)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise OSError(errno.EINVAL, "it is not a regular file", os.fspath(path))


def open_file(path: str | os.PathLike[str], *, follow: bool = True) -> BinaryIO:
    """A stream of the bytes of a regular file. Raises as `open_descriptor` does."""
    return os.fdopen(open_descriptor(path, follow=follow), "rb")


def read_file(path: str | os.PathLike[str], *, most: int, follow: bool = True) -> bytes:
    """The bytes of a regular file, at most `most` and one more, which tells that it is too large. Raises likewise."""
    with open_file(path, follow=follow) as stream:
        return stream.read(most + 1)
