"""JPEG (ITU-T T.81, annex B) and MPO, read as in browsers.

The size is in the frame header (SOF), after any number of application segments. The first Exif block contains the
orientation, even one after the frame header, if it is before the scan (SOS).
"""

import re

from linkcheck.images.exif import orientation
from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, LimitError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"jpeg": ("image/jpeg", "image/jpg", "image/pjpeg", "image/mpo", "image/jls")}
EXTENSIONS = {"jpeg": ("jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "mpo", "jls")}

SEGMENTS = 1024
"""Maximum number of segments. Up to 255 of them can contain a color profile."""
GARBAGE = 1 << 20
"""Bytes skipped between two segments: decoders search for the next marker without a limit."""

MARKER = re.compile(rb"\xff[^\x00\xff]")
FRAMES = frozenset((*range(0xC0, 0xD0), 0xF7)) - {0xC4, 0xC8, 0xCC}
"""SOF0 to SOF15, and SOF55 of JPEG-LS (ITU-T T.87), whose header has the same form."""
BARE = frozenset((0x01, *range(0xD0, 0xD9)))
"""Markers without a length: TEM, RST0 to RST7, SOI."""
APP1, APP2, SCAN, END = 0xE1, 0xE2, 0xDA, 0xD9
PROFILE = b"ICC_PROFILE\0"
XMP = b"http://ns.adobe.com/xmp/extension/\0"
LONG_RUN = 1 << 16


def recognize(view: View) -> str | None:
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
        at = _last_of_run(view, at, marker, length) or at + 2 + length
    else:
        if size is None:
            raise LimitError
    if size is None:
        raise BrokenError
    return pixels(name, int.from_bytes(size[2:4]), int.from_bytes(size[0:2]), orientation=turned or 1)


def _last_of_run(view: View, at: int, marker: int, length: int) -> int | None:
    """Where the last segment of the run of segments at `at` begins; None if there is no such run.

    A color profile (ICC.1:2022, B.4) or an extended XMP block (XMP part 3, 1.1.3.1) can be megabytes long, split into
    segments of equal length that contain their number: one seek replaces up to 255 steps. A run that does not end at the
    expected position is read step by step.
    """
    head = view.available(at + 4, 80)
    if marker == APP2 and head.startswith(PROFILE):
        mark, more = PROFILE, int.from_bytes(head[13:14]) - int.from_bytes(head[12:13])
    elif marker == APP1 and head.startswith(XMP) and length > 77:
        whole, offset = int.from_bytes(head[67:71]), int.from_bytes(head[71:75])
        mark, more = XMP, (whole - offset - 1) // (length - 77)
    else:
        return None
    leap = more * (2 + length)
    if leap < LONG_RUN or not view.reaches(at + leap + 4 + len(mark)):
        return None
    last = view.take(at + leap, 4 + len(mark))
    return at + leap if last[:2] == bytes((0xFF, marker)) and last[4:] == mark else None
