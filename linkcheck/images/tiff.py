"""TIFF 6.0 and BigTIFF, both byte orders: the first directory, which can be anywhere and is often at the end."""

from typing import Literal

from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, LimitError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"tiff": ("image/tiff", "image/tiff-fx", "image/x-tiff")}
EXTENSIONS = {"tiff": ("tif", "tiff")}

ORDERS: dict[bytes, Literal["little", "big"]] = {b"II": "little", b"MM": "big"}
WIDTH, HEIGHT, ORIENTATION = 256, 257, 274
LENGTHS = {1: 1, 3: 2, 4: 4, 8: 2, 9: 4, 16: 8, 17: 8}
"""The types of integers, of which SHORT, LONG and LONG8 are usual for a size, and their length in bytes."""
ENTRIES = 4096
"""Entries that are read: they are sorted, so the size is among the first."""


def recognize(view: View) -> str | None:
    big = b"+" in view.head[2:4]
    if view.head[:1] == b"I":
        return "tiff" if view.starts(b"II+\0" if big else b"II*\0") else None
    return "tiff" if view.starts(b"MM\0+" if big else b"MM\0*") else None


def read(view: View, name: str) -> ImageFacts:
    order = ORDERS[view.take(0, 2)]
    wide = b"+" in view.take(2, 2)
    word, entry_length = (8, 20) if wide else (4, 12)
    start = int.from_bytes(view.take(word, word), order)
    count_length = 8 if wide else 2
    if start < 2 * word:
        raise BrokenError
    count = int.from_bytes(view.take(start, count_length), order)
    if not count:
        raise BrokenError
    directory = view.take(start + count_length, min(count, ENTRIES) * entry_length)
    values: dict[int, int] = {}
    for at in range(0, len(directory), entry_length):
        tag, kind = (int.from_bytes(directory[n : n + 2], order) for n in (at, at + 2))
        if tag in (WIDTH, HEIGHT, ORIENTATION) and kind in LENGTHS:
            value = at + 4 + word
            values.setdefault(tag, int.from_bytes(directory[value : value + LENGTHS[kind]], order))
    if count > ENTRIES and not {WIDTH, HEIGHT} <= values.keys():
        raise LimitError
    turned = values.get(ORIENTATION, 1)
    return pixels(name, values.get(WIDTH, 0), values.get(HEIGHT, 0), orientation=turned if 1 <= turned <= 8 else 1)
