"""JPEG XL, bare or in boxes (ISO/IEC 18181-1 annex D, 18181-2): a bit-packed header."""

from collections.abc import Iterator

from linkcheck.images.boxes import boxes
from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, LimitError, NeedError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"jxl": ("image/jxl",)}
EXTENSIONS = {"jxl": ("jxl",)}

BARE = b"\xff\x0a"
BOXED = b"\0\0\0\x0cJXL \x0d\x0a\x87\x0a"
HEADER = 40
"""Bytes of the longest header: three sizes of at most 79 bits and a few flags."""
PARTS = 16
"""Maximum number of boxes that contain the header."""

RATIOS = ((0, 1), (1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
SIDE = ((1, 9), (1, 13), (1, 18), (1, 30))
PREVIEW_SIDE = ((1, 6), (65, 8), (321, 10), (1345, 12))
PREVIEW_EIGHTHS = ((16, 0), (32, 0), (1, 5), (33, 9))


class _Bits:
    """Reads numbers, the low bit of each byte first."""

    def __init__(self, data: bytes) -> None:
        self.value = int.from_bytes(data, "little")
        self.left = 8 * len(data)

    def take(self, count: int) -> int:
        if count > self.left:
            raise _EndError
        taken = self.value & ((1 << count) - 1)
        self.value >>= count
        self.left -= count
        return taken

    def one_of(self, ranges: tuple[tuple[int, int], ...]) -> int:
        """Read two bits that select a base value and the width of an offset."""
        lowest, width = ranges[self.take(2)]
        return lowest + self.take(width)


class _EndError(Exception):
    """The available bits ended within the header."""


def recognize(view: View) -> str | None:
    return "jxl" if view.starts(BARE) or view.starts(BOXED) else None


def read(view: View, name: str) -> ImageFacts:
    gathered = b""
    for start, length in _parts(view):
        wanted = min(length, HEADER - len(gathered))
        available = view.available(start, wanted)
        gathered += available
        try:
            return _header(gathered, name)
        except _EndError:
            if len(available) < wanted:
                raise NeedError(start + len(available), start + len(available) + 1, skip=True) from None
    raise BrokenError


def _parts(view: View) -> Iterator[tuple[int, int]]:
    """Start and length of each part of the code stream."""
    if view.starts(BARE):
        yield 0, HEADER
        return
    parts = 0
    for box in boxes(view, len(BOXED)):
        if box.kind == b"jxlc":
            yield box.start, box.end - box.start
            return
        if box.kind == b"jxlp" and box.end - box.start >= 4:
            yield box.start + 4, box.end - box.start - 4
            parts += 1
            if parts == PARTS:
                raise LimitError


def _header(data: bytes, name: str) -> ImageFacts:
    bits = _Bits(data)
    if bits.take(16) != 0x0AFF:
        raise BrokenError
    width, height = _size(bits)
    orientation, animated = 1, False
    if not bits.take(1) and bits.take(1):  # not all default, and extra fields
        orientation = 1 + bits.take(3)
        if bits.take(1):
            _size(bits)
        if bits.take(1):
            _size(bits, side=PREVIEW_SIDE, eighths=PREVIEW_EIGHTHS)
        animated = bool(bits.take(1))
    return pixels(name, width, height, orientation=orientation, animated=animated)


def _size(
    bits: _Bits, *, side: tuple[tuple[int, int], ...] = SIDE, eighths: tuple[tuple[int, int], ...] | None = None
) -> tuple[int, int]:
    """Read a size: the height, then a ratio or the width; in units of eight pixels if the first bit is set."""
    by_eight = bits.take(1)

    def length() -> int:
        if not by_eight:
            return bits.one_of(side)
        return 8 * (bits.one_of(eighths) if eighths else 1 + bits.take(5))

    height = length()
    across, down = RATIOS[bits.take(3)]
    return (height * across // down if across else length()), height
