"""Opens a file safely and reads its beginning, up to a maximum size for front matter."""

import os

from msgspec.structs import replace

from linkcheck.discover.accepted_starts import AcceptedStarts, accepted_between_fences, accepted_starts
from linkcheck.files import open_descriptor
from linkcheck.front_matter_start import damage, starts_with_front_matter
from linkcheck.model import Source

HEAD_BYTES = 1024 * 1024
"""Maximum number of bytes read: four times the limit of front matter, to distinguish "too long" from "not closed"."""

_FIRST_READ = 64 * 1024


def read_source(file: str, *, path: str | None = None, named: bool = True) -> Source:
    """The beginning of a file as a source. Less is read if the file was not given and does not start with front matter.

    `path` is what reports show, by default `file` in printable form. Never raises: `unreadable` is the reason why a file
    cannot be read.
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
    # A file can change while it is read. The size must not be less than what was read.
    size = len(head) if len(head) < _FIRST_READ else max(status.st_size, len(head))
    return _source(path, file, head, size, named=named)


def source_of(file: str, text: bytes) -> Source:
    """An article that was given as a text, as if this were the content of its file."""
    return _source(shown(file), file, text[:HEAD_BYTES], len(text), named=True)


def _source(path: str, file: str, head: bytes, size: int, *, named: bool) -> Source:
    accepted = accepted_between_fences(file) if starts_with_front_matter(head) else _accepted(file, head, named=named)
    return Source(
        path,
        file,
        head,
        size,
        named,
        blank_lines_first=accepted.blank_lines_first,
        other_fences=accepted.other_fences,
        multimarkdown=accepted.multimarkdown,
        multimarkdown_fences=accepted.multimarkdown_fences,
    )


def has_metadata(source: Source) -> bool:
    """Whether a file starts with metadata of MultiMarkdown that its generator reads."""
    if not source.multimarkdown:
        return False
    from linkcheck.multimarkdown import starts_with_metadata

    return starts_with_metadata(source.head)


def _accepted(file: str, head: bytes, *, named: bool) -> AcceptedStarts:
    """What the generator accepts, if it matters for a file that does not start with a fence."""
    # Imported here because most articles start with a fence.
    from linkcheck.multimarkdown import EXTENSIONS, starts_with_metadata

    can_have_metadata = file.lower().endswith(EXTENSIONS)
    if not (named or (can_have_metadata and starts_with_metadata(head)) or damage(head) is not None):
        return AcceptedStarts()
    return replace(found := accepted_starts(file), multimarkdown=found.multimarkdown and can_have_metadata)


def _read(descriptor: int, size: int, *, named: bool) -> bytes:
    head = os.read(descriptor, _FIRST_READ)
    if len(head) == size or not (named or starts_with_front_matter(head)):
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
    r"""A path in printable form: `/` between parts, and escapes for other characters (`\n`, `\x1b`, `\xff`)."""
    if os.sep != "/":
        path = path.replace(os.sep, "/")
    if path.isprintable():
        return path
    return "".join(character if character.isprintable() else _escaped(character) for character in path)


def _escaped(character: str) -> str:
    # Python represents a byte that is not UTF-8 by a lone surrogate (PEP 383).
    code = ord(character)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else repr(character)[1:-1]
