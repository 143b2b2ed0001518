"""Truevision TGA (the specification of version 2.0): without a magic number, so every field of the header has to fit."""

from linkcheck.images.size import pixels
from linkcheck.images.view import NeedError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"tga": ("image/x-tga", "image/x-targa", "image/tga", "image/targa")}
EXTENSIONS = {"tga": ("tga",)}

LENGTH = 18
MAPPED, COMPRESSED = (1, 9), (9, 10, 11)
DEPTHS = {1: (8, 16), 9: (8, 16), 2: (15, 16, 24, 32), 10: (15, 16, 24, 32), 3: (1, 8, 16), 11: (1, 8, 16)}
"""The possible bits per pixel of each type: with a color map, in colors, in grey."""
ENTRY_DEPTHS = (15, 16, 24, 32)
ALPHA_BITS = (0, 1, 8)


def recognize(view: View) -> str | None:
    head = view.head[:LENGTH]
    has_map, kind = head[1:2], head[2:3]
    if has_map > b"\1" or (kind and kind[0] not in DEPTHS) or (kind and (kind[0] in MAPPED) != (has_map == b"\1")):
        return None
    if has_map == b"\0" and any(head[3:8]):
        return None
    if len(head) < LENGTH:
        raise NeedError(len(head), LENGTH, skip=False)
    if not _is_plausible(head):
        return None
    least = _least_length(head)
    if view.ends_before(least):
        raise NeedError(len(view.head), least, skip=False)
    return "tga"


def read(view: View, name: str) -> ImageFacts:
    width, height = _sides(view.take(0, LENGTH))
    return pixels(name, width, height)


def _is_plausible(head: bytes) -> bool:
    if head[1]:
        first, count = int.from_bytes(head[3:5], "little"), int.from_bytes(head[5:7], "little")
        if not 0 < count <= 65536 - first or head[7] not in ENTRY_DEPTHS:
            return False
    descriptor = head[17]
    return head[16] in DEPTHS[head[2]] and descriptor < 0x40 and descriptor & 0xF in ALPHA_BITS and all(_sides(head))


def _least_length(head: bytes) -> int:
    """The length of a file with this header; compressed pixels have at least one byte."""
    width, height = _sides(head)
    colors = int.from_bytes(head[5:7], "little") * ((head[7] + 7) // 8)
    length = 1 if head[2] in COMPRESSED else (width * head[16] + 7) // 8 * height
    return LENGTH + head[0] + colors + length


def _sides(head: bytes) -> tuple[int, int]:
    return int.from_bytes(head[12:14], "little"), int.from_bytes(head[14:16], "little")
