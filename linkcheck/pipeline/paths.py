"""Paths relative to the working directory, and the lists of paths that users pass."""

import os
import re
import sys

from msgspec import Struct

from linkcheck.discover import source_of
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.globs import has_magic, static_folder
from linkcheck.model import Source

_LARGEST_LIST = 64 << 20
"""Maximum size of a list of files, in bytes."""
_QUOTED = re.compile(rb'"([^"\\]*+(?:\\(?:[abtnvfr"\\]|[0-3][0-7]{2})[^"\\]*+)*+)"')
"""A name as git prints it if it contains special characters (`core.quotePath`): a string in the syntax of C."""
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = dict(zip(b"abtnvfr", b"\a\b\t\n\v\f\r", strict=True))


class ListedPaths(Struct, frozen=True):
    """The paths of a list that exist and those that do not. `paths` can contain globs, with an existing folder."""

    paths: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def may_be_empty(self) -> bool:
        """Whether the list names nothing that exists, so that it is correct if there is no article."""
        return all(has_magic(path) and not os.path.lexists(path) for path in self.paths)


def relative(path: str) -> str:
    """A path relative to the working directory, with `/` between parts: the form that articles' paths have everywhere."""
    return os.path.relpath(path).replace(os.sep, "/")


STDIN = ("-",)
"""The paths of a run that reads one article from standard input."""
_LARGEST_ARTICLE = 64 << 20


def article_from_stdin(name: str | None) -> Source:
    """The article on standard input. `name` is the path of its file, if it has one, which determines its schema."""
    return source_of(name or "<stdin>", sys.stdin.buffer.read(_LARGEST_ARTICLE))


def listed_paths(file: str | None) -> ListedPaths | None:
    """The paths of `--files-from`, separated by line breaks or NUL; None if the option is not set.

    Lines that git quoted are unquoted, and lines can be globs; paths separated by NUL are neither.
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
    is_literal = b"\0" in text
    text = text.removeprefix(b"\xef\xbb\xbf")
    lines = [line for line in (text.split(b"\0") if is_literal else text.splitlines()) if line.strip()]
    paths: list[str] = []
    missing: list[str] = []
    for line in lines:
        path = os.fsdecode(line) if is_literal else _unquoted(line)
        # What git quoted is a name.
        is_name = is_literal or path != os.fsdecode(line)
        exists = os.path.lexists(path) or (not is_name and _is_glob(path))
        (paths if exists else missing).append(path)
    return ListedPaths(tuple(paths), tuple(missing))


def _unquoted(line: bytes) -> str:
    """The path on a line of a list. A file can also have the name that the line literally states."""
    written = os.fsdecode(line)
    quoted = _QUOTED.fullmatch(line)
    if quoted is None or os.path.lexists(written):
        return written
    return os.fsdecode(_ESCAPE.sub(_character, quoted[1]))


def _character(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    return bytes([int(code, 8) if len(code) == 3 else _ESCAPED.get(code[0], code[0])])


def _is_glob(path: str) -> bool:
    return has_magic(path) and os.path.isdir(static_folder(path.replace(os.sep, "/")) or ".")
