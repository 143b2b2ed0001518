"""Opens one file, carefully, and reads as much of it as front matter may take."""

import os

from linkcheck.discover.accepted_starts import accepted_starts
from linkcheck.files import open_descriptor
from linkcheck.front_matter_start import damage, is_led
from linkcheck.model import Source

HEAD_BYTES = 1024 * 1024
"""The most that is read of a file: four times the limit of front matter, to tell "too long" from "not closed"."""

_FIRST_READ = 64 * 1024


def read_source(file: str, *, path: str | None = None, named: bool = True) -> Source:
    """The beginning of a file as a source. Less is read if the file was not given and does not start with front matter.

    `path` is what reports show, by default the file as given, made fit to print. Never raises: what cannot be read says so.
    """
    path = shown(file) if path is None else path
    try:
        descriptor = open_descriptor(file, follow=False)
    except (OSError, ValueError) as error:
        return Source(path, file, named=named, unreadable=_reason(error))
    try:
        status = os.fstat(descriptor)
        head = _read(descriptor, status.st_size, named=named)
    except OSError as error:
        return Source(path, file, named=named, unreadable=_reason(error))
    finally:
        os.close(descriptor)
    # A file may change while it is read; what was read counts.
    size = len(head) if len(head) < _FIRST_READ else max(status.st_size, len(head))
    blank_lines_first, other_fences = (False, False) if is_led(head) or damage(head) is None else accepted_starts(file)
    return Source(path, file, head, size, named, blank_lines_first=blank_lines_first, other_fences=other_fences)


def _read(descriptor: int, size: int, *, named: bool) -> bytes:
    head = os.read(descriptor, _FIRST_READ)
    if len(head) == size or not (named or is_led(head)):
        return head
    parts = [head]
    there = len(head)
    while there < HEAD_BYTES and (more := os.read(descriptor, HEAD_BYTES - there)):
        parts.append(more)
        there += len(more)
    return b"".join(parts)


def _reason(error: OSError | ValueError) -> str:
    return error.strerror or "unknown reason" if isinstance(error, OSError) else str(error)


def shown(path: str) -> str:
    r"""A path fit to print: `/` between parts, and characters that cannot be printed as escapes (`\n`, `\x1b`, `\xff`)."""
    if os.sep != "/":
        path = path.replace(os.sep, "/")
    if path.isprintable():
        return path
    return "".join(character if character.isprintable() else _escaped(character) for character in path)


def _escaped(character: str) -> str:
    # A byte of a name that is not UTF-8 comes as half a surrogate pair (PEP 383).
    code = ord(character)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else repr(character)[1:-1]
