"""A file with corrections, shown as a diff or written."""

import re
from collections.abc import Iterator
from difflib import diff_bytes, unified_diff

from msgspec import Struct

from linkcheck.atomic_write import replace_file
from linkcheck.errors import UsageError
from linkcheck.files import open_file
from linkcheck.fix import Correction, Refusal
from linkcheck.model import Source

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_CHUNK = 1 << 20


class FixedFile(Struct, frozen=True):
    """A file before and after its corrections; both are equal if all corrections were held back or refused."""

    before: Source
    after: Source
    done: tuple[Correction, ...] = ()
    held: tuple[Correction, ...] = ()
    refused: tuple[Refusal, ...] = ()


def difference(change: FixedFile) -> Iterator[bytes]:
    """The lines of a unified diff that `git apply` and `patch -p1` accept."""
    path = change.before.path.encode("utf-8", "surrogateescape")
    before, after = (_LINE.findall(source.head) for source in (change.before, change.after))
    lines = diff_bytes(unified_diff, before, after, b"a/" + path, b"b/" + path)
    for line in lines:
        yield line if line.endswith(b"\n") else line + b"\n"
        if not line.endswith(b"\n"):
            yield b"\\ No newline at end of file\n"


def write(change: FixedFile) -> None:
    """Replace the file with the corrected text. Raises UsageError if the file changed after it was read."""
    replace_file(change.before.file, _chunks(change))


def _chunks(change: FixedFile) -> Iterator[bytes]:
    with open_file(change.before.file) as stream:
        if stream.read(len(change.before.head)) != change.before.head:
            raise UsageError(f"{change.before.path} was changed while linkcheck was running; run linkcheck again")
        yield change.after.head
        while chunk := stream.read(_CHUNK):
            yield chunk
