"""The boxes of AVIF, HEIC, JPEG 2000 and boxed JPEG XL (ISO/IEC 14496-12, 4.2)."""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.images.view import BrokenError, LimitError, View

BOXES = 4096
"""Maximum number of boxes per level; a box can be empty, so the loop needs a limit."""
OPEN_END = 1 << 62
"""The end of a box that extends to the end of the file."""


class Box(Struct, frozen=True):
    """A box: its type, where its content begins and where it ends (exclusive)."""

    kind: bytes
    start: int
    end: int


def box_at(view: View, at: int) -> Box:
    header = view.take(at, 8)
    size, start = int.from_bytes(header[:4]), at + 8
    if size == 1:
        size, start = int.from_bytes(view.take(at + 8, 8)), at + 16
    end = at + size if size else OPEN_END
    if end < start:
        raise BrokenError
    return Box(header[4:], start, end)


def boxes(view: View, at: int, end: int = OPEN_END) -> Iterator[Box]:
    """Iterate over the boxes from `at` to `end`; LimitError for too many, BrokenError if one exceeds its parent."""
    for _ in range(BOXES):
        if at >= end:
            return
        box = box_at(view, at)
        if box.end > end:
            raise BrokenError
        yield box
        at = box.end
    if at < end:
        raise LimitError


def content(view: View, box: Box) -> bytes:
    return view.take(box.start, box.end - box.start, skip=False)
