"""JPEG 2000, bare or in boxes (ITU-T T.800, annexes A and I), and high-throughput JPEG 2000 (T.814)."""

from linkcheck.images.boxes import Box, boxes
from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, LimitError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"jp2": ("image/jp2", "image/jpx", "image/jpm", "image/jph", "image/jphc", "image/j2c", "image/jpeg2000")}
EXTENSIONS = {"jp2": ("jp2", "j2k", "jpf", "jpx", "jpm", "j2c", "jpc", "jph", "jhc")}

BARE = b"\xff\x4f\xff\x51"
BOXED = b"\0\0\0\x0cjP  \r\n\x87\n"


def recognize(view: View) -> str | None:
    return "jp2" if view.starts(BARE) or view.starts(BOXED) else None


def read(view: View, name: str) -> ImageFacts:
    if view.starts(BARE):
        return _stream(view, 0, name)
    for box in boxes(view, len(BOXED)):
        match box.kind:
            case b"jp2h":
                return _header(view, box, name)
            case b"jp2c":
                return _stream(view, box.start, name)
            case b"moov":  # Motion JPEG 2000
                raise LimitError
    raise BrokenError


def _header(view: View, header: Box, name: str) -> ImageFacts:
    for box in boxes(view, header.start, header.end):
        if box.kind == b"ihdr":
            sides = view.take(box.start, 8)
            return pixels(name, int.from_bytes(sides[4:]), int.from_bytes(sides[:4]))
    raise BrokenError


def _stream(view: View, at: int, name: str) -> ImageFacts:
    """The size in the segment SIZ: the reference grid without the part before the image."""
    if view.take(at, 4) != BARE:
        raise BrokenError
    numbers = view.take(at + 8, 16)
    right, bottom, left, top = (int.from_bytes(numbers[n : n + 4]) for n in (0, 4, 8, 12))
    return pixels(name, right - left, bottom - top)
