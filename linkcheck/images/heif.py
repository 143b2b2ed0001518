"""AVIF and HEIC (ISO/IEC 23008-12 and the AVIF specification): the primary item's extent, cropped and rotated.

A file contains many items: tiles of a grid, thumbnails, an alpha plane, each with its own extent. Only the primary item's
counts, and for a grid that is the grid's, not a tile's. The `meta` box with this information can follow the pixels. A file
whose major brand is that of a sequence is shown as its first picture track.
"""

from collections.abc import Iterator

from linkcheck.images.boxes import Box, box_at, boxes, content
from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, LimitError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {
    "avif": ("image/avif", "image/avif-sequence"),
    "heic": ("image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"),
}
EXTENSIONS = {"avif": ("avif", "avifs"), "heic": ("heic", "heif", "heics", "heifs", "hif")}

AV1 = frozenset((b"avif", b"avis"))
HEVC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"))
SEQUENCES = frozenset((b"avis", b"msf1", b"hevc", b"hevx", b"hevm", b"hevs"))
BRAND_BYTES = 1024
ITEMS = 65536
"""Items whose properties are searched for the primary one's."""

TURNED = {
    (0, None): 1,
    (1, None): 8,
    (2, None): 3,
    (3, None): 6,
    (0, 0): 4,
    (1, 0): 5,
    (2, 0): 2,
    (3, 0): 7,
    (0, 1): 2,
    (1, 1): 7,
    (2, 1): 4,
    (3, 1): 5,
}
"""Quarter turns to the left (irot), then the mirror's axis (imir; None for no mirror), as Exif orientation."""


def recognize(view: View) -> str | None:
    if not view.starts(b"ftyp", 4):
        return None
    brands = _brands(view)
    if not AV1.isdisjoint(brands):
        return "avif"
    return None if HEVC.isdisjoint(brands) else "heic"


def read(view: View, name: str) -> ImageFacts:
    sequence = _brands(view)[0] in SEQUENCES
    for box in boxes(view, box_at(view, 0).end):
        if box.kind == b"moov" and sequence:
            return pixels(name, *_track(view, box), animated=True)
        if box.kind == b"meta" and not sequence:
            return _still(view, box, name)
        if box.kind == b"mini":  # the short form of `meta`, which is bit-packed
            raise LimitError
    raise BrokenError


def _brands(view: View) -> list[bytes]:
    """List the brands, the major one first (skipping its version)."""
    box = box_at(view, 0)
    if not 8 <= box.end - box.start <= BRAND_BYTES:
        return [b""]
    body = content(view, box)
    return [body[at : at + 4] for at in (0, *range(8, len(body), 4))]


def _still(view: View, meta: Box, name: str) -> ImageFacts:
    """Read the size from the properties of the primary item."""
    primary: bytes | None = None
    properties: Box | None = None
    # In QuickTime, `meta` has no version and flags: its first box follows at once.
    start = meta.start if view.take(meta.start, 8)[4:].isalpha() else meta.start + 4
    for box in boxes(view, start, meta.end):
        if box.kind == b"pitm":
            primary = content(view, box)[4:]
        elif box.kind == b"iprp":
            properties = box
        if primary is not None and properties is not None:
            break
    if primary is None or properties is None:
        raise BrokenError
    extent: tuple[int, int] | None = None
    crop: tuple[int, int] | None = None
    turns, axis = 0, None
    for kind, body in _properties(view, properties, int.from_bytes(primary)):
        match kind:
            case b"ispe" if extent is None:
                extent = int.from_bytes(body[4:8]), int.from_bytes(body[8:12])
            case b"clap":
                crop = _cropped(body)
            case b"irot" if body:
                turns = body[0] & 3
            case b"imir" if body:
                axis = body[0] & 1
    if extent is None:
        raise BrokenError
    return pixels(name, *extent, crop=crop, orientation=TURNED[turns, axis])


def _properties(view: View, iprp: Box, item: int) -> Iterator[tuple[bytes, bytes]]:
    """The type and content of each property of `item`, in the order in which they apply."""
    shared: list[Box] = []
    indices: list[int] = []
    for box in boxes(view, iprp.start, iprp.end):
        if box.kind == b"ipco":
            shared = list(boxes(view, box.start, box.end))
        elif box.kind == b"ipma":
            indices += _indices(content(view, box), item)
    for index in indices:
        if 0 < index <= len(shared):
            box = shared[index - 1]
            yield box.kind, view.take(box.start, min(box.end - box.start, 64))


def _indices(body: bytes, item: int) -> list[int]:
    """The properties of `item` in an `ipma` box (counted from 1, 0 for none)."""
    wide_item, wide_index = body[:1] > b"\0", body[3:4] and body[3] & 1
    of_item, of_index = 4 if wide_item else 2, 2 if wide_index else 1
    mask = 0x7FFF if wide_index else 0x7F  # the highest bit marks an essential property
    at = 8
    for _ in range(min(int.from_bytes(body[4:8]), ITEMS)):
        start = at + of_item + 1
        if start > len(body):
            break
        at_end = start + body[start - 1] * of_index
        if int.from_bytes(body[at : at + of_item]) == item:
            return [int.from_bytes(body[n : n + of_index]) & mask for n in range(start, at_end, of_index)]
        at = at_end
    else:
        if int.from_bytes(body[4:8]) > ITEMS:
            raise LimitError
    return []


def _cropped(body: bytes) -> tuple[int, int] | None:
    """Size of the clean aperture (14496-12, 12.1.4), None if a side is not a positive integer."""
    across, across_by, down, down_by = (int.from_bytes(body[n : n + 4]) for n in (0, 4, 8, 12))
    if not across_by or not down_by or across % across_by or down % down_by:
        return None
    size = across // across_by, down // down_by
    return size if all(size) else None


def _track(view: View, moov: Box) -> tuple[int, int]:
    """Size of the first picture track: `tkhd` ends with width and height, 16.16 fixed point."""
    for trak in boxes(view, moov.start, moov.end):
        if trak.kind != b"trak":
            continue
        size = (0, 0)
        for box in boxes(view, trak.start, trak.end):
            if box.kind == b"tkhd" and box.end - box.start >= 84:
                sides = view.take(box.end - 8, 8)
                size = int.from_bytes(sides[:2]), int.from_bytes(sides[4:6])
            elif box.kind == b"mdia" and _handler(view, box) == b"pict" and all(size):
                return size
    raise BrokenError


def _handler(view: View, mdia: Box) -> bytes:
    for box in boxes(view, mdia.start, mdia.end):
        if box.kind == b"hdlr":
            return view.take(box.start + 8, 4)
    return b""
