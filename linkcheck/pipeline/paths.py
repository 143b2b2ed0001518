"""Paths relative to the working directory, and the lists of paths that users pass."""

import os
import sys

from linkcheck.discover import source_of
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.model import Source

_LARGEST_LIST = 64 << 20
"""Maximum size of a list of files, in bytes."""


def relative(path: str) -> str:
    """A path relative to the working directory, with `/` between parts: the form that articles' paths have everywhere."""
    return os.path.relpath(path).replace(os.sep, "/")


STDIN = ("-",)
"""The paths of a run that reads one article from standard input."""
_LARGEST_ARTICLE = 64 << 20


def article_from_stdin(name: str | None) -> Source:
    """The article on standard input. `name` is the path of its file, if it has one, which determines its schema."""
    return source_of(name or "<stdin>", sys.stdin.buffer.read(_LARGEST_ARTICLE))


def listed_paths(file: str | None) -> tuple[str, ...] | None:
    """The paths of `--files-from`, separated by line breaks or NUL; None if the option is not set.

    With `-`, reads standard input, which is possible only once.
    """
    if file is None:
        return None
    try:
        text = sys.stdin.buffer.read() if file == "-" else read_file(file, most=_LARGEST_LIST)
    except OSError as error:
        raise UsageError(f"--files-from {file}: {error.strerror}; use `--files-from -` to read standard input") from None
    if len(text) > _LARGEST_LIST:
        raise UsageError(f"--files-from {file}: larger than {_LARGEST_LIST >> 20} MiB; is this the right file?")
    # A file name can contain line breaks; such lists are separated by NUL, as written by `git diff -z`.
    lines = text.split(b"\0") if b"\0" in text else text.splitlines()
    return tuple(os.fsdecode(line) for line in lines if line.strip())
