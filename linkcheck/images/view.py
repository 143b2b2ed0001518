"""The available bytes of a file, and the exceptions of readers that need others.

A reader accesses bytes by their offset in the file, as if all were available. Missing ones raise `NeedError`, which
`measure` converts to a request to the caller; with more bytes the reader starts again. Because the caller's buffer grows by
a factor of four, this costs only a third more than reading once.
"""

import re

from msgspec import Struct

CAP = 1024 * 1024
"""Maximum bytes read of a file, head and segment together."""


class Segment(Struct, frozen=True):
    """Bytes of the file from `offset` on. `complete` means that the file ends with them."""

    offset: int
    data: bytes
    complete: bool = False


class NeedError(Exception):
    """The bytes from `at` up to `upto` (exclusive) are not available. `skip` means that those before `at` are not needed."""

    def __init__(self, at: int, upto: int, *, skip: bool) -> None:
        super().__init__(at, upto)
        self.at = at
        self.upto = upto
        self.skip = skip


class BrokenError(Exception):
    """The bytes begin like the format and are otherwise invalid."""


class LimitError(Exception):
    """A limit of the reader is reached: the image can be valid, and its size stays unknown."""


class View:
    """The beginning of a file and, optionally, one later segment of it."""

    __slots__ = ("head", "seekable", "size", "tail")

    def __init__(self, head: bytes, tail: Segment | None = None, *, complete: bool = False, seekable: bool = True) -> None:
        self.head = head
        self.tail = tail
        self.seekable = seekable
        self.size = len(head) if complete else tail.offset + len(tail.data) if tail and tail.complete else None
        """The maximum length of the file, None while its end is unknown."""

    def take(self, at: int, count: int, *, skip: bool = True) -> bytes:
        """Exactly `count` bytes from `at`. Use `skip=False` if the bytes before `at` will be needed as well."""
        end = at + count
        if end <= len(self.head):
            return self.head[at:end]
        tail = self.tail
        if tail is not None and tail.offset <= at and end <= tail.offset + len(tail.data):
            return tail.data[at - tail.offset : end - tail.offset]
        raise NeedError(at, end, skip=skip)

    def available(self, at: int, count: int) -> bytes:
        """As many of the `count` bytes from `at` as are available in one piece, perhaps none."""
        if at < len(self.head) or self.tail is None or at < self.tail.offset:
            return self.head[at : at + count]
        start = at - self.tail.offset
        return self.tail.data[start : start + count]

    def ends_before(self, upto: int) -> bool:
        """Whether the file is known to be shorter than `upto` bytes."""
        return self.size is not None and self.size < upto

    def reaches(self, upto: int) -> bool:
        """Whether the bytes before `upto` may be available; if not, do not request a guess."""
        return not self.ends_before(upto) and (self.seekable or upto <= CAP)

    def starts(self, magic: bytes, at: int = 0) -> bool:
        """Whether `magic` is at `at` of the head. One different byte decides against it."""
        available = self.head[at : at + len(magic)]
        if available == magic:
            return True
        if magic.startswith(available):
            raise NeedError(at, at + len(magic), skip=False)
        return False

    def find(self, pattern: re.Pattern[bytes], at: int, limit: int) -> int:
        """Where `pattern` first matches at or after `at`; LimitError if there is no match within `limit` bytes."""
        data, base = self.head, 0
        if at >= len(data) and self.tail is not None and at >= self.tail.offset:
            data, base = self.tail.data, self.tail.offset
        found = pattern.search(data, at - base, at - base + limit)
        if found is not None:
            return found.start() + base
        end = base + len(data)
        if end - at >= limit:
            raise LimitError
        raise NeedError(at, max(at, end) + 1, skip=False)
