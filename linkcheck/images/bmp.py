"""Windows and OS/2 bitmaps: the size is in the second header, whose length determines its type."""

from linkcheck.images.size import pixels
from linkcheck.images.view import View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"bmp": ("image/bmp", "image/x-ms-bmp", "image/x-bmp", "image/vnd.ms-bmp")}
EXTENSIONS = {"bmp": ("bmp", "dib")}

CORE = 12
HEADERS = frozenset((CORE, *range(16, 65, 4), 42, 46, 108, 124))
"""Lengths of the second header; one of OS/2 can end after any of its fields."""


def recognize(view: View) -> str | None:
    """Check the length of the second header too, because two letters are weak evidence."""
    if not view.starts(b"BM"):
        return None
    return "bmp" if int.from_bytes(view.take(14, 4), "little") in HEADERS else None


def read(view: View, name: str) -> ImageFacts:
    if int.from_bytes(view.take(14, 4), "little") == CORE:
        sides = view.take(18, 4)
        return pixels(name, int.from_bytes(sides[:2], "little"), int.from_bytes(sides[2:], "little"))
    sides = view.take(18, 8)
    width, height = (int.from_bytes(side, "little", signed=True) for side in (sides[:4], sides[4:]))
    return pixels(name, width, abs(height))  # negative: the rows go from top to bottom
