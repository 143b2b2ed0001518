"""JPEG (ITU-T T.81, annex B) and MPO, read as browsers read it.

The size stands in the frame header (SOF), behind any number of application segments. The first Exif block says how the
picture is turned, even one behind the frame header, as long as it stands before the scan (SOS).
"""

import re

from linkcheck.images.exif import orientation
from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"jpeg": ("image/jpeg", "image/jpg", "image/pjpeg", "image/mpo")}
EXTENSIONS = {"jpeg": ("jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "mpo")}

SEGMENTS = 1024
"""Segments looked at. 255 of them can carry a colour profile, the rest is generous."""
GARBAGE = 1 << 20
"""Bytes skipped between two segments: decoders look for the next marker as long as it takes."""

MARKER = re.compile(rb"\xff[^\x00\xff]")
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BARE = frozenset((0x01, *range(0xD0, 0xD9)))
"""Markers without a length: TEM, RST0 to RST7, SOI."""
APP1, SCAN, END = 0xE1, 0xDA, 0xD9


def recognise(view: View) -> str | None:
    return "jpeg" if view.starts(b"\xff\xd8\xff") else None


def read(view: View, name: str) -> ImageFacts:
    at, size, turned = 2, None, None
    for _ in range(SEGMENTS):
        at = view.find(MARKER, at, GARBAGE)
        marker = view.take(at + 1, 1, skip=False)[0]
        if marker in BARE:
            at += 2
            continue
        if marker == SCAN or (size is not None and turned is not None):
            break
        if marker == END:
            raise BrokenError
        length = int.from_bytes(view.take(at + 2, 2, skip=False))
        if length < 2:
            raise BrokenError
        if marker in FRAMES:
            size = size or view.take(at + 5, 4, skip=False)
        elif marker == APP1 and turned is None and length >= 8 and view.take(at + 4, 6, skip=False) == b"Exif\0\0":
            turned = orientation(view.take(at + 10, length - 8, skip=False))
        at += 2 + length
    if size is None:
        raise BrokenError
    return pixels(name, int.from_bytes(size[2:4]), int.from_bytes(size[0:2]), orientation=turned or 1)
