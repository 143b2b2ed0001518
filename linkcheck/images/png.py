"""PNG and APNG (PNG third edition, W3C 2025): IHDR, then eXIf and acTL wherever they are before the pixels."""

from linkcheck.images.exif import orientation
from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"png": ("image/png", "image/apng", "image/vnd.mozilla.apng", "image/x-png")}
EXTENSIONS = {"png": ("png", "apng")}

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHUNKS = 512
"""Maximum number of chunks before the pixels; real files have fewer than twenty."""
EXIF_BYTES = 65536


def recognize(view: View) -> str | None:
    return "png" if view.starts(SIGNATURE) else None


def read(view: View, name: str) -> ImageFacts:
    at = len(SIGNATURE)
    if view.take(at, 8)[4:] == b"CgBI":  # Apple's Xcode adds its own chunk first
        at += 12 + int.from_bytes(view.take(at, 4))
    header = view.take(at, 16)
    if header[4:8] != b"IHDR":
        raise BrokenError
    width, height = int.from_bytes(header[8:12]), int.from_bytes(header[12:16])
    turned, animated = 1, False
    for _ in range(CHUNKS):
        at += 12 + int.from_bytes(header[:4])
        header = view.take(at, 8)
        match header[4:]:
            case b"IDAT" | b"IEND":
                return pixels(name, width, height, orientation=turned, animated=animated)
            case b"acTL":
                animated = int.from_bytes(view.take(at + 8, 4)) > 1
            case b"eXIf":
                length = min(int.from_bytes(header[:4]), EXIF_BYTES)
                turned = orientation(view.take(at + 8, length, skip=False))
            case kind if not kind.isalpha():
                raise BrokenError
    return pixels(name, width, height, orientation=turned, animated=animated)
