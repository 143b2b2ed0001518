"""WebP (RFC 9649): lossy, lossless and extended. Its Exif orientation is ignored, as in browsers."""

from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"webp": ("image/webp",)}
EXTENSIONS = {"webp": ("webp",)}


def recognize(view: View) -> str | None:
    return "webp" if view.starts(b"RIFF") and view.starts(b"WEBP", 8) else None


def read(view: View, name: str) -> ImageFacts:
    """Read the first chunk: 9.2 (VP8X), 2.6 (VP8L), RFC 6386 9.1 (VP8)."""
    match view.take(12, 4):
        case b"VP8X":
            body = view.take(20, 10)
            width, height = 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
            return pixels(name, width, height, animated=bool(body[0] & 2))
        case b"VP8L":
            body = view.take(20, 5)
            if body[0] != 0x2F:
                raise BrokenError
            bits = int.from_bytes(body[1:5], "little")
            return pixels(name, 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
        case b"VP8 ":
            body = view.take(20, 10)
            if body[0] & 1 or body[3:6] != b"\x9d\x01\x2a":  # only a key frame has a size
                raise BrokenError
            # The upper two bits of each request scaling, which decoders ignore.
            width, height = int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
            return pixels(name, width, height)
    raise BrokenError
