"""Paths as the working directory sees them, and lists of them that the user gives."""

import os
import sys

from linkcheck.errors import UsageError
from linkcheck.files import read_file

_LARGEST_LIST = 64 << 20
"""Bytes of a list of files."""


def relative(path: str) -> str:
    """A path as the working directory sees it, `/` between parts: the way articles are named everywhere."""
    return os.path.relpath(path).replace(os.sep, "/")


def listed_paths(file: str | None) -> tuple[str, ...] | None:
    """The paths of `--files-from`, a line or NUL after each; None where it is not given.

    Of `-`, the standard input, there is something to read only once.
    """
    if file is None:
        return None
    try:
        text = sys.stdin.buffer.read() if file == "-" else read_file(file, most=_LARGEST_LIST)
    except OSError as error:
        raise UsageError(f"--files-from {file}: {error.strerror}; use `--files-from -` to read standard input") from None
    if len(text) > _LARGEST_LIST:
        raise UsageError(f"--files-from {file}: larger than {_LARGEST_LIST >> 20} MiB; is this the right file?")
    # A name may hold line breaks; then the list is separated by NUL, as `git diff -z` writes it.
    lines = text.split(b"\0") if b"\0" in text else text.splitlines()
    return tuple(os.fsdecode(line) for line in lines if line.strip())
