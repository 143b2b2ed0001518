"""Generates the smallest files that declare an image of a given size, for replayed responses of which only headers matter.

The files cannot be displayed: they have no pixels. Their headers (size, orientation, animation) are valid.
"""

import struct
import zlib
from collections.abc import Callable

from msgspec import Struct


class ImageSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """Stored size in pixels; `orientation` is Exif's (JPEG only), `animated` is for GIF and WebP."""

    format: str
    width: int
    height: int
    orientation: int = 1
    animated: bool = False


def encode_placeholder(picture: ImageSpec) -> bytes:
    """The file. Raises ValueError for an unsupported format or an impossible size."""
    make = FORMATS.get(picture.format)
    if make is None:
        raise ValueError(f"image format {picture.format!r} is not one of {', '.join(FORMATS)}")
    try:
        return make(picture)
    except struct.error:
        raise ValueError(f"a {picture.format} cannot be {picture.width} x {picture.height}") from None


def _png(picture: ImageSpec) -> bytes:
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _jpeg(picture: ImageSpec) -> bytes:
    jfif = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    exif = b""
    if picture.orientation != 1:
        tiff = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, picture.orientation, 0, 0)
        exif = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
    components = b"\x03" + b"\x01\x22\0\x02\x11\x01\x03\x11\x01"
    frame = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, picture.height, picture.width) + components
    scan = b"\xff\xda" + struct.pack(">H", 12) + b"\x03\x01\0\x02\x11\x03\x11\0\x3f\0"
    return b"\xff\xd8" + jfif + exif + frame + scan + b"\xff\xd9"


def _gif(picture: ImageSpec) -> bytes:
    frame = b"!\xf9\x04\0\x0a\0\0\0," + struct.pack("<HHHHB", 0, 0, picture.width, picture.height, 0) + b"\x02\x02D\x01\0"
    screen = struct.pack("<HHBBB", picture.width, picture.height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return b"GIF89a" + screen + frame * (2 if picture.animated else 1) + b";"


def _webp(picture: ImageSpec) -> bytes:
    flags = 0x02 if picture.animated else 0
    sides = struct.pack("<I", picture.width - 1)[:3] + struct.pack("<I", picture.height - 1)[:3]
    if max(picture.width, picture.height) > 1 << 24 or min(picture.width, picture.height) < 1:
        raise struct.error
    extended = b"VP8X" + struct.pack("<I", 10) + bytes([flags, 0, 0, 0]) + sides
    key_frame = b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", min(picture.width, 0x3FFF), min(picture.height, 0x3FFF))
    lossy = b"VP8 " + struct.pack("<I", len(key_frame)) + key_frame
    body = b"WEBP" + extended + lossy
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _svg(picture: ImageSpec) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{picture.width}" height="{picture.height}" '
        f'viewBox="0 0 {picture.width} {picture.height}"></svg>\n'
    ).encode()


def _avif(picture: ImageSpec) -> bytes:
    size = _full_box(b"ispe", struct.pack(">II", picture.width, picture.height))
    codec = _box(b"av1C", b"\x81\0\x0c\0")
    association = struct.pack(">IHBBB", 1, 1, 2, 0x81, 0x02)
    properties = _box(b"iprp", _box(b"ipco", codec + size) + _full_box(b"ipma", association))
    entry = _full_box(b"infe", struct.pack(">HH", 1, 0) + b"av01\0", version=2)
    meta = _full_box(
        b"meta",
        _full_box(b"hdlr", b"\0\0\0\0pict" + b"\0" * 13)
        + _full_box(b"pitm", struct.pack(">H", 1))
        + _full_box(b"iinf", struct.pack(">H", 1) + entry)
        + properties,
    )
    return _box(b"ftyp", b"avif\0\0\0\0avifmif1miaf") + meta + _box(b"mdat", b"")


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def _full_box(kind: bytes, content: bytes, *, version: int = 0) -> bytes:
    return _box(kind, bytes([version, 0, 0, 0]) + content)


FORMATS: dict[str, Callable[[ImageSpec], bytes]] = {
    "jpeg": _jpeg,
    "png": _png,
    "gif": _gif,
    "webp": _webp,
    "svg": _svg,
    "avif": _avif,
}
