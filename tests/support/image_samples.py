"""Images for the tests, made here: by Pillow where it can, byte by byte where a trap has to be laid.

Every sample knows what is true of it by construction. `pillow` says that Pillow reads the same size from it, `browser`
that Chromium shows it, so that both can be used as references.
"""

import gzip
import io
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from PIL import Image

WIDTH, HEIGHT = 96, 64


class Sample(NamedTuple):
    """A file and the truth about it: `shown` is None where an SVG has only a shape or not even that."""

    name: str
    format: str
    data: bytes
    shown: tuple[int | None, int | None]
    stored: tuple[int | None, int | None]
    orientation: int = 1
    animated: bool = False
    ratio: float | None = None
    pillow: bool = True
    browser: bool = True


def picture(mode: str = "RGB", size: tuple[int, int] = (WIDTH, HEIGHT), shade: int = 0) -> Image.Image:
    """A gradient: for a single color, encoders omit parts that real files have."""
    across = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (across, across.rotate(180), Image.new("L", size, shade))).convert(mode)


def encoded(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    buffer = io.BytesIO()
    (image or picture()).save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation: int, kind: int = 3, order: str = "<") -> bytes:
    """A TIFF block of one directory with one entry; `kind` 3 is SHORT, 4 LONG."""
    head = {"<": b"II*\0", ">": b"MM\0*"}[order]
    value = struct.pack(f"{order}HH" if kind == 3 else f"{order}I", *((orientation, 0) if kind == 3 else (orientation,)))
    return head + struct.pack(f"{order}IHHHI", 8, 1, 274, kind, 1) + value + bytes(4)


# JPEG


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", 2 + len(body)) + body


def app1(block: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + block)


def behind_start(jpeg: bytes, *parts: bytes) -> bytes:
    """Put `parts` behind the two bytes that begin a JPEG."""
    return jpeg[:2] + b"".join(parts) + jpeg[2:]


def before_scan(jpeg: bytes, part: bytes) -> bytes:
    at = jpeg.index(b"\xff\xda")
    return jpeg[:at] + part + jpeg[at:]


def bare_jpeg(frame: int, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """The markers of a JPEG and no picture."""
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + segment(0xC4, bytes(20)) + segment(frame, size) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\0\xff\xd9"


def profile(chunks: int, length: int = 65519) -> Iterator[bytes]:
    """A color profile cut into segments of the maximum length, the last one shorter."""
    for number in range(1, chunks + 1):
        size = length if number < chunks else length // 3
        yield segment(0xE2, b"ICC_PROFILE\0" + bytes((number, chunks)) + bytes(size))


def extended_xmp(total: int, length: int = 65458) -> Iterator[bytes]:
    for offset in range(0, total, length):
        body = struct.pack(">II", total, offset) + bytes(min(length, total - offset))
        yield segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + body)


def jpegs() -> Iterator[Sample]:
    plain = encoded("JPEG")
    size = (WIDTH, HEIGHT)

    def jpeg(name: str, data: bytes, orientation: int = 1, *, pillow: bool = True, browser: bool = True) -> Sample:
        shown = size if orientation < 5 else size[::-1]
        return Sample(f"{name}.jpg", "jpeg", data, shown, size, orientation, pillow=pillow, browser=browser)

    yield jpeg("plain", plain)
    yield jpeg("progressive", encoded("JPEG", progressive=True))
    yield jpeg("grey", encoded("JPEG", picture("L")))
    yield jpeg("cmyk", encoded("JPEG", picture("CMYK")))
    for value in range(1, 9):
        yield jpeg(f"exif-{value}", behind_start(plain, app1(exif(value))), value)
    yield jpeg("exif-of-the-other-byte-order", behind_start(plain, app1(exif(6, order=">"))), 6)
    yield jpeg("exif-behind-the-frame", before_scan(plain, app1(exif(6))), 6)
    yield jpeg("exif-6-then-1", behind_start(plain, app1(exif(6)), app1(exif(1))), 6)
    yield jpeg("exif-1-then-6", behind_start(plain, app1(exif(1)), app1(exif(6))))
    yield jpeg("exif-of-type-long", behind_start(plain, app1(exif(6, kind=4))))
    yield jpeg("exif-9", behind_start(plain, app1(exif(9))))
    yield jpeg("xmp-then-exif", behind_start(plain, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), app1(exif(8))), 8)
    yield jpeg("fill-bytes", behind_start(plain, b"\xff" * 300))
    yield jpeg("garbage-between", behind_start(plain, segment(0xE9, b"x"), b"garb\0age\xff\0"), pillow=False)
    yield jpeg("long-profile", behind_start(plain, *profile(5)))
    yield jpeg("very-long-profile", behind_start(plain, *profile(40)))
    yield jpeg("very-long-profile-then-exif", behind_start(plain, *profile(40), app1(exif(6))), 6)
    yield jpeg("long-extended-xmp", behind_start(plain, app1(exif(5)), *extended_xmp(1_500_000)), 5)
    yield jpeg("profile-that-lies", behind_start(plain, segment(0xE2, b"ICC_PROFILE\0\1\xff" + bytes(65519))))
    mpo = encoded("MPO", save_all=True, append_images=[picture(size=(32, 32))])
    yield jpeg("two-pictures-mpo", mpo)
    for frame in sorted({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}):
        yield jpeg(f"frame-{frame:x}", bare_jpeg(frame), pillow=False, browser=False)


# PNG


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def before_pixels(png: bytes, *parts: bytes) -> bytes:
    at = png.index(b"IDAT") - 4
    return png[:at] + b"".join(parts) + png[at:]


def pngs() -> Iterator[Sample]:
    size = (WIDTH, HEIGHT)
    plain = encoded("PNG")
    for mode in ("RGB", "RGBA", "L", "LA", "P", "1"):
        yield Sample(f"{mode}.png", "png", encoded("PNG", picture(mode)), size, size)
    for value in range(1, 9):
        shown = size if value < 5 else size[::-1]
        yield Sample(f"exif-{value}.png", "png", before_pixels(plain, chunk(b"eXIf", exif(value))), shown, size, value)
    frames = [picture(shade=shade) for shade in (0, 120, 240)]
    animated = encoded("PNG", frames[0], save_all=True, append_images=frames[1:])
    yield Sample("animated.png", "png", animated, size, size, animated=True)
    noise = before_pixels(plain, chunk(b"prVt", bytes(200_000)), chunk(b"eXIf", exif(6)))
    yield Sample("exif-behind-a-long-chunk.png", "png", noise, size[::-1], size, 6)
    apple = plain[:8] + chunk(b"CgBI", b"\x50\0\x20\2") + plain[8:]
    yield Sample("apple.png", "png", apple, size, size, pillow=False, browser=False)


# GIF


def gif(screen: tuple[int, int], *frames: tuple[int, int, int, int], before: bytes = b"", version: bytes = b"89a") -> bytes:
    """A GIF of two colors whose frames (left, top, width, height) are blank."""
    data = b"GIF" + version + struct.pack("<HHBBB", *screen, 0x80, 0, 0) + bytes(3) + b"\xff" * 3 + before
    for frame in frames:
        # An LZW stream of literal codes only: a clear code before each two of them keeps the code width at three bits.
        bits, length = 0, 0
        for _ in range((frame[2] * frame[3] + 1) // 2):
            for code in (4, 0, 0):
                bits |= code << length
                length += 3
        bits |= 5 << length
        body = bits.to_bytes((length + 3 + 7) // 8, "little")
        data += b"," + struct.pack("<HHHHB", *frame, 0) + b"\2" + blocks(body)
    return data + b";"


def blocks(body: bytes) -> bytes:
    return b"".join(bytes((len(body[at : at + 255]),)) + body[at : at + 255] for at in range(0, len(body), 255)) + b"\0"


def gifs() -> Iterator[Sample]:
    size = (WIDTH, HEIGHT)
    yield Sample("plain.gif", "gif", encoded("GIF", picture("P")), size, size)
    frames = [picture("P", shade=shade) for shade in (0, 120, 240)]
    looped = encoded("GIF", frames[0], save_all=True, append_images=frames[1:], loop=0, duration=100)
    yield Sample("animated.gif", "gif", looped, size, size, animated=True)
    once = encoded("GIF", frames[0], save_all=True, append_images=frames[1:], duration=100)
    yield Sample("animated-once.gif", "gif", once, size, size, animated=True)
    loop = b"!\xff\x0bNETSCAPE2.0\3\1\0\0\0"
    yield Sample("loop-of-one.gif", "gif", gif(size, (0, 0, 8, 8), before=loop), size, size)
    yield Sample("1987.gif", "gif", gif(size, (0, 0, *size), version=b"87a"), size, size)
    yield Sample("comment.gif", "gif", gif(size, (0, 0, *size), before=b"!\xfe" + blocks(b"c" * 3000)), size, size)
    small = gif((10, 10), (5, 6, 20, 30))
    yield Sample("frame-beyond-the-screen.gif", "gif", small, (25, 36), (25, 36))
    yield Sample("no-screen.gif", "gif", gif((0, 0), (0, 0, 20, 30)), (20, 30), (20, 30))
    huge = gif((60000, 50000), (0, 0, 1, 1))
    yield Sample("huge-screen.gif", "gif", huge, (60000, 50000), (60000, 50000), pillow=False, browser=False)


# WebP


def webps() -> Iterator[Sample]:
    size = (WIDTH, HEIGHT)
    yield Sample("lossy.webp", "webp", encoded("WEBP"), size, size)
    yield Sample("lossless.webp", "webp", encoded("WEBP", lossless=True), size, size)
    yield Sample("alpha.webp", "webp", encoded("WEBP", picture("RGBA").resize((33, 77))), (33, 77), (33, 77))
    see_through = picture("RGBA")
    see_through.putalpha(128)
    yield Sample("extended.webp", "webp", encoded("WEBP", see_through), size, size)
    turned = encoded("WEBP", exif=b"Exif\0\0" + exif(6))
    yield Sample("exif-is-ignored.webp", "webp", turned, size, size)
    frames = [picture(shade=shade) for shade in (0, 120, 240)]
    animated = encoded("WEBP", frames[0], save_all=True, append_images=frames[1:])
    yield Sample("animated.webp", "webp", animated, size, size, animated=True)


# AVIF and HEIC


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def ispe(width: int, height: int) -> bytes:
    return full_box(b"ispe", 0, 0, struct.pack(">II", width, height))


def clap(width: int, height: int, across: int = 0, down: int = 0) -> bytes:
    """A clean aperture; `across` and `down` are twice how far its centre is off the picture's."""
    return box(b"clap", struct.pack(">IIIIiIiI", width, 1, height, 1, across, 2, down, 2))


def ipma(items: Mapping[int, Iterable[int]], version: int = 0, flags: int = 0) -> bytes:
    """Which properties (counted from 1) belong to which item."""
    body = bytearray(struct.pack(">I", len(items)))
    for item, indices in items.items():
        chosen = list(indices)
        body += struct.pack(">IB" if version else ">HB", item, len(chosen))
        body += b"".join(
            struct.pack(">H" if flags & 1 else "B", index | (0x8000 if flags & 1 else 0x80)) for index in chosen
        )
    return full_box(b"ipma", version, flags, bytes(body))


def heif(
    properties: Iterable[bytes],
    *maps: bytes,
    primary: int = 1,
    brand: bytes = b"heic",
    wide: bool = False,
    pixels_first: int = 0,
    bare_meta: bool = False,
) -> bytes:
    """The boxes of a HEIF file without a picture; `pixels_first` bytes of `mdat` precede `meta`."""
    pitm = full_box(b"pitm", int(wide), 0, struct.pack(">I" if wide else ">H", primary))
    parts = (
        full_box(b"hdlr", 0, 0, bytes(4), b"pict", bytes(13)),
        pitm,
        box(b"iprp", box(b"ipco", *properties), *maps),
    )
    meta = box(b"meta", *parts) if bare_meta else full_box(b"meta", 0, 0, *parts)
    pixels = box(b"mdat", bytes(pixels_first)) if pixels_first else b""
    return box(b"ftyp", brand, bytes(4), b"mif1", brand) + pixels + meta + box(b"mdat", bytes(64))


def with_properties(avif: bytes, *added: bytes) -> bytes:
    """Give the only item of a small AVIF further properties, and move what points behind them."""
    ipco, ipma_at, iloc = (avif.index(kind) - 4 for kind in (b"ipco", b"ipma", b"iloc"))
    iprp, meta = avif.index(b"iprp") - 4, avif.index(b"meta") - 4
    count = 0
    at = ipco + 8
    while at < ipma_at:
        count += 1
        at += int.from_bytes(avif[at : at + 4])
    insert = b"".join(added)
    growth = len(insert) + len(added)
    data = bytearray(avif)

    def add(at: int, amount: int, length: int = 4) -> None:
        data[at : at + length] = (int.from_bytes(data[at : at + length]) + amount).to_bytes(length)

    # iloc as libavif writes it: version 0, four-byte offsets and lengths, one extent for each item.
    assert avif[iloc + 8 : iloc + 14] == bytes((0, 0, 0, 0, 0x44, 0)), "another iloc than expected"
    for item in range(int.from_bytes(avif[iloc + 14 : iloc + 16])):
        add(iloc + 16 + 14 * item + 6, growth)
    add(meta, growth)
    add(iprp, growth)
    add(ipco, len(insert))
    add(ipma_at, len(added))
    data[ipma_at + 18] += len(added)
    end = ipma_at + int.from_bytes(avif[ipma_at : ipma_at + 4])
    indices = bytes(0x80 | count + 1 + number for number in range(len(added)))
    return bytes(data[:ipma_at]) + insert + bytes(data[ipma_at:end]) + indices + bytes(data[end:])


def avifs() -> Iterator[Sample]:
    size = (WIDTH, HEIGHT)
    plain = encoded("AVIF")
    yield Sample("plain.avif", "avif", plain, size, size)
    yield Sample("alpha.avif", "avif", encoded("AVIF", picture("RGBA")), size, size)
    for value in range(2, 9):
        turned = encoded("AVIF", exif=b"Exif\0\0" + exif(value))
        yield Sample(f"turned-{value}.avif", "avif", turned, size if value < 5 else size[::-1], size, value)
    cropped = with_properties(plain, clap(60, 40, -36, -24))
    yield Sample("cropped.avif", "avif", cropped, (60, 40), size, pillow=False)
    both = with_properties(plain, clap(60, 40, -36, -24), box(b"irot", b"\1"))
    yield Sample("cropped-and-turned.avif", "avif", both, (40, 60), size, 8, pillow=False)
    frames = [picture(shade=shade) for shade in (0, 120, 240)]
    animated = encoded("AVIF", frames[0], save_all=True, append_images=frames[1:])
    yield Sample("sequence.avif", "avif", animated, size, size, animated=True)


def encoded_heic(image: Image.Image, **options: object) -> bytes:
    """Encode with libheif; pillow-heif is called directly, because it would also handle AVIF if it were registered."""
    from pillow_heif import from_pillow

    buffer = io.BytesIO()
    from_pillow(image).save(buffer, **options)
    return buffer.getvalue()


def heics() -> Iterator[Sample]:
    yield Sample(
        "plain.heic", "heic", encoded_heic(picture()), (WIDTH, HEIGHT), (WIDTH, HEIGHT), pillow=False, browser=False
    )
    turned = picture()
    turned.info["exif"] = b"Exif\0\0" + exif(6)  # libheif stores it as it is and has the box turn it
    yield Sample("turned.heic", "heic", encoded_heic(turned), (96, 64), (64, 96), 6, pillow=False, browser=False)
    size = (4032, 3024)
    tile, thumbnail, grid = ispe(512, 512), ispe(320, 240), ispe(*size)
    irot = box(b"irot", b"\3")
    properties = (tile, thumbnail, grid, irot)
    owners = {**dict.fromkeys(range(1, 49), (1,)), 49: (3, 4), 50: (2,)}

    def heic(name: str, data: bytes, shown: tuple[int, int], orientation: int = 1) -> Sample:
        return Sample(f"{name}.heic", "heic", data, shown, size, orientation, pillow=False, browser=False)

    yield heic("grid", heif(properties, ipma(owners), primary=49), size[::-1], 6)
    yield heic("grid-wide-items", heif(properties, ipma(owners, 1), primary=49, wide=True), size[::-1], 6)
    yield heic("grid-wide-indices", heif(properties, ipma(owners, 1, 1), primary=49), size[::-1], 6)
    yield heic("two-maps", heif(properties, ipma({1: (1,)}), ipma({49: (3,)}, 1), primary=49), size)
    late = heif(properties, ipma(owners), primary=49, pixels_first=700_000)
    yield heic("meta-behind-the-pixels", late, size[::-1], 6)
    later = heif(properties, ipma(owners), primary=49, pixels_first=3_000_000)
    yield heic("meta-far-behind-the-pixels", later, size[::-1], 6)
    mirrored = heif((grid, box(b"imir", b"\1"), box(b"irot", b"\1")), ipma({1: (1, 2, 3)}))
    yield heic("mirrored", mirrored, size[::-1], 7)
    cropped = heif((grid, clap(4000, 3000), box(b"irot", b"\0")), ipma({1: (1, 2, 3)}))
    yield heic("cropped", cropped, (4000, 3000))
    yield heic("bare-meta", heif(properties, ipma(owners), primary=49, bare_meta=True), size[::-1], 6)
    tiled = heif(
        (*[tile] * 3000, grid), ipma({**{item: (item,) for item in range(1, 3000)}, 3000: (3001,)}, 0, 1), primary=3000
    )
    yield heic("a-property-for-each-of-many-tiles", tiled, size)


# JPEG XL


class Bits:
    """Packs numbers, low bits first."""

    def __init__(self) -> None:
        self.value = 0
        self.length = 0

    def put(self, *pairs: tuple[int, int]) -> "Bits":
        for value, width in pairs:
            self.value |= value << self.length
            self.length += width
        return self

    def done(self) -> bytes:
        return self.value.to_bytes((self.length + 7) // 8 + 8, "little")


def jxl_header(width: int, height: int, *, orientation: int = 1, preview: bool = False, animated: bool = False) -> bytes:
    bits = Bits().put((0x0AFF, 16), (0, 1), (3, 2), (height - 1, 30), (0, 3), (3, 2), (width - 1, 30))
    bits.put((0, 1), (1, 1), (orientation - 1, 3), (0, 1), (int(preview), 1))
    if preview:
        bits.put((0, 1), (1, 2), (100, 8), (1, 3))
    return bits.put((int(animated), 1)).done()


def boxed_jxl(*parts: bytes) -> bytes:
    return box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ") + b"".join(parts)


LIBJXL = {
    (1, 1): "ff0a0010901437020013880200a800b59f200000152aa38c1bbc9cebf9f24387c5b48deb",
    (8, 8): "ff0a414052dc080013880200a800b59f200000152aa38c1bbc9cebf9f24387c5b48deb0c",
    (300, 200): "ff0a314152dc0800138802003c81060c00000000b59f200000152aa38c1bbc9cebf9f243",
    (200, 300): "ff0a58098e81a4b81100138802004401060c00000000b59f200000152aa38c1bbc9cebf9",
    (256, 256): "ff0a7f4052dc0800138802002001b59f200000151a9204140c0000600130e1c245093600",
    (640, 480): "ff0af83e90143702001388020024c2070c00000000000000000000b59f200000151a9204",
    (1920, 1080): "ff0aba2105497123001388020090c05f7400000000000000000000000000000000000000",
    (513, 7): "ff0a30800004488a1b0100138802009440030c0000000000b59f200000152aa38c1bbc9c",
    (600, 500): "ff0a982f9014370201138802007482100c00000000000000000000b59f200000151a9204",
    (9000, 20): "ff0a98004f46004971230013880200684019944119944109544100044000044000044000",
}
"""How files begin that libjxl 0.11 wrote."""


def jxls() -> Iterator[Sample]:
    def jxl(name: str, data: bytes, size: tuple[int, int], orientation: int = 1, *, animated: bool = False) -> Sample:
        shown = size if orientation < 5 else size[::-1]
        return Sample(f"{name}.jxl", "jxl", data, shown, size, orientation, animated, pillow=False, browser=False)

    for size, header in LIBJXL.items():
        data = bytes.fromhex(header)
        yield jxl(f"libjxl-{size[0]}x{size[1]}", data, size)
        yield jxl(f"libjxl-{size[0]}x{size[1]}-boxed", boxed_jxl(box(b"jxlc", data)), size)
    big = (70000, 50000)
    yield jxl("turned", jxl_header(*big, orientation=6), big, 6)
    yield jxl("animated-with-preview", jxl_header(*big, preview=True, animated=True), big, animated=True)
    data = jxl_header(*big, orientation=8, animated=True)
    metadata = box(b"Exif", bytes(4), exif(3))
    halves = box(b"jxlp", bytes(4), data[:5]), box(b"xml ", b"<x/>"), box(b"jxlp", b"\x80\0\0\1", data[5:])
    yield jxl("in-parts", boxed_jxl(metadata, *halves), big, 8, animated=True)
    yield jxl("behind-long-metadata", boxed_jxl(box(b"xml ", bytes(300_000)), box(b"jxlc", data)), big, 8, animated=True)


# JPEG 2000


def code_stream(width: int, height: int, left: int = 0, top: int = 0) -> bytes:
    """The first segment of a JPEG 2000 code stream (SIZ), without a picture."""
    siz = struct.pack(">HHIIIIIIIIH3B", 41, 0, left + width, top + height, left, top, 64, 64, 0, 0, 1, 7, 1, 1)
    return b"\xff\x4f\xff\x51" + siz


def boxed_jp2(*parts: bytes, brand: bytes = b"jp2 ") -> bytes:
    return box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", brand, bytes(4), brand) + b"".join(parts)


def jp2s() -> Iterator[Sample]:
    def jp2(name: str, data: bytes, *, pillow: bool = True) -> Sample:
        size = (WIDTH, HEIGHT)
        return Sample(name, "jp2", data, size, size, pillow=pillow, browser=False)

    yield jp2("plain.jp2", encoded("JPEG2000"))
    yield jp2("grey.jp2", encoded("JPEG2000", picture("L")))
    yield jp2("bare.j2k", encoded("JPEG2000", no_jp2=True))
    yield jp2("image-off-the-grid.j2k", encoded("JPEG2000", no_jp2=True, offset=(10, 20), tile_size=(64, 64)))
    ihdr = box(b"ihdr", struct.pack(">IIHBBBB", HEIGHT, WIDTH, 3, 7, 7, 0, 0))
    stream = box(b"jp2c", code_stream(WIDTH, HEIGHT, 3, 5))
    late = boxed_jp2(box(b"xml ", bytes(300_000)), box(b"jp2h", box(b"res "), ihdr), stream)
    yield jp2("header-behind-long-metadata.jp2", late, pillow=False)
    yield jp2("without-header.jpx", boxed_jp2(box(b"rreq", bytes(7)), stream, brand=b"jpx "), pillow=False)
    open_end = boxed_jp2(struct.pack(">I", 0) + stream[4:], brand=b"jph ")
    yield jp2("stream-up-to-the-end.jph", open_end, pillow=False)


# Netpbm


def pam(width: int, height: int, note: str = "") -> bytes:
    head = f"P7\n{note}HEIGHT {height}\nWIDTH {width}\nDEPTH 1\nMAXVAL 255\nTUPLTYPE GRAYSCALE\nENDHDR\n"
    return head.encode() + bytes(width * height)


def pnms() -> Iterator[Sample]:
    def pnm(name: str, data: bytes, *, pillow: bool = True) -> Sample:
        size = (WIDTH, HEIGHT)
        return Sample(name, "pnm", data, size, size, pillow=pillow, browser=False)

    yield pnm("raw.ppm", encoded("PPM"))
    yield pnm("raw.pgm", encoded("PPM", picture("L")))
    yield pnm("raw.pbm", encoded("PPM", picture("1")))
    yield pnm("plain.pbm", f"P1\n{WIDTH} {HEIGHT}\n".encode() + b"0 1\n" * (WIDTH * HEIGHT // 2))
    yield pnm("plain.pgm", f"P2 {WIDTH} {HEIGHT} 15\n".encode() + b"7 " * (WIDTH * HEIGHT))
    yield pnm("plain.ppm", f"P3\r\n{WIDTH}\r\n{HEIGHT}\r\n255\r\n".encode() + b"7 " * (WIDTH * HEIGHT * 3))
    commented = f"P5\n# Made by hand, 5 x 5\n#\n{WIDTH} # wide\n{HEIGHT}\n# 99\n255\n".encode()
    yield pnm("comments.pgm", commented + bytes(WIDTH * HEIGHT))
    yield pnm("long-comment.pgm", b"P5\n#" + b"x" * 30_000 + f"\n{WIDTH} {HEIGHT} 255\n".encode() + bytes(WIDTH * HEIGHT))
    yield pnm("grey.pam", pam(WIDTH, HEIGHT), pillow=False)
    yield pnm("comments.pam", pam(WIDTH, HEIGHT, "# WIDTH 5\n\n"), pillow=False)


# TGA, QOI, DDS, OpenEXR


def tga(kind: int, depth: int, *, colors: int = 0, note: bytes = b"", down: bool = False) -> bytes:
    """An uncompressed TGA."""
    head = struct.pack(
        "<BBBHHBHHHHBB",
        len(note),
        int(colors > 0),
        kind,
        0,
        colors,
        24 if colors else 0,
        0,
        0,
        WIDTH,
        HEIGHT,
        depth,
        down << 5,
    )
    return head + note + bytes(colors * 3) + bytes(WIDTH * HEIGHT * depth // 8)


def exr(width: int, height: int, *before: bytes) -> bytes:
    window = struct.pack("<4i", -10, -20, width - 11, height - 21)
    data = b"dataWindow\0box2i\0\x10\0\0\0" + struct.pack("<4i", 0, 0, 4, 4)
    return b"\x76\x2f\x31\x01\2\0\0\0" + b"".join(before) + data + b"displayWindow\0box2i\0\x10\0\0\0" + window + bytes(9)


def others() -> Iterator[Sample]:
    def of(name: str, data: bytes, *, pillow: bool = True) -> Sample:
        size = (WIDTH, HEIGHT)
        return Sample(name, name.rpartition(".")[2], data, size, size, pillow=pillow, browser=False)

    for mode in ("RGB", "RGBA", "L", "LA", "P", "1"):
        yield of(f"{mode}.tga", encoded("TGA", picture(mode)))
        if mode != "1":
            yield of(f"{mode}-compressed.tga", encoded("TGA", picture(mode), compression="tga_rle", orientation=1))
    yield of("with-a-note.tga", tga(2, 24, note=b"by hand", down=True))
    yield of("few-colors.tga", tga(1, 8, colors=3))
    yield of("plain.qoi", encoded("QOI"))
    yield of("alpha.qoi", encoded("QOI", picture("RGBA")))
    yield of("plain.dds", encoded("DDS"))
    yield of("plain.exr", exr(WIDTH, HEIGHT, b"channels\0chlist\0\1\0\0\0\0"), pillow=False)
    preview = b"preview\0preview\0" + struct.pack("<I", 200_000) + bytes(200_000)
    yield of("behind-a-preview.exr", exr(WIDTH, HEIGHT, preview), pillow=False)


# Bitmaps, icons, TIFF, Photoshop


def bitmap(width: int, height: int, *, core: bool = False) -> bytes:
    rows = bytes((width * 3 + 3) // 4 * 4) * abs(height)
    header = (
        struct.pack("<IHHHH", 12, width, height, 1, 24)
        if core
        else struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, *[0] * 6)
    )
    return b"BM" + struct.pack("<IHHI", 14 + len(header) + len(rows), 0, 0, 14 + len(header)) + header + rows


def bitmaps() -> Iterator[Sample]:
    size = (WIDTH, HEIGHT)
    yield Sample("plain.bmp", "bmp", encoded("BMP"), size, size)
    yield Sample("grey.bmp", "bmp", encoded("BMP", picture("L")), size, size)
    yield Sample("upside-down.bmp", "bmp", bitmap(WIDTH, -HEIGHT), size, size)
    for length in (16, 20, 24, 42, 46, 48, 52, 56, 60, 64, 108, 124):
        header = struct.pack("<IiiHH", length, WIDTH, HEIGHT, 1, 24).ljust(length, b"\0")
        data = b"BM" + struct.pack("<IHHI", 0, 0, 0, 14 + length) + header + bytes(WIDTH * HEIGHT * 3)
        yield Sample(f"header-of-{length}.bmp", "bmp", data, size, size, pillow=length in (52, 56, 64, 108, 124))
    yield Sample("core-header.bmp", "bmp", bitmap(WIDTH, HEIGHT, core=True), size, size)


def icon(kind: int, *entries: tuple[int, int, bytes]) -> bytes:
    """An icon (1) or a cursor (2); each entry states a size and holds a file."""
    at = 6 + 16 * len(entries)
    directory, bodies = b"", b""
    for width, height, body in entries:
        directory += struct.pack(
            "<BBBBHHII", width & 0xFF, height & 0xFF, 0, 0, kind == 1, 32 if kind == 1 else 0, len(body), at
        )
        bodies += body
        at += len(body)
    return struct.pack("<HHH", 0, kind, len(entries)) + directory + bodies


def icons() -> Iterator[Sample]:
    def png(side: int) -> bytes:
        return encoded("PNG", picture("RGBA", (side, side)))

    whole = encoded("ICO", picture("RGBA", (256, 256)), sizes=[(16, 16), (48, 48), (256, 256)])
    yield Sample("three-sizes.ico", "ico", whole, (256, 256), (256, 256))
    yield Sample("largest-first.ico", "ico", icon(1, (64, 64, png(64)), (16, 16, png(16))), (64, 64), (64, 64))
    yield Sample("largest-last.ico", "ico", icon(1, (16, 16, png(16)), (64, 64, png(64))), (64, 64), (64, 64))
    yield Sample("pointer.cur", "cur", icon(2, (32, 32, png(32))), (32, 32), (32, 32), pillow=False)


def tiff(order: str, *, big: bool = False, orientation: int = 1, pixels_first: int = 0, kind: int = 3) -> bytes:
    """A black and white TIFF whose directory follows its pixels (and `pixels_first` more bytes)."""
    rows = bytes(WIDTH // 8 * HEIGHT)
    head_length = 16 if big else 8
    at = head_length + len(rows) + pixels_first
    tags = [
        (256, kind, WIDTH),
        (257, kind, HEIGHT),
        (258, 3, 1),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, head_length),
        (274, 3, orientation),
        (278, 3, HEIGHT),
        (279, 4, len(rows)),
    ]
    magic = {"<": b"II", ">": b"MM"}[order]
    if big:
        head = magic + struct.pack(f"{order}HHHQ", 43, 8, 0, at)
        count = struct.pack(f"{order}Q", len(tags))
    else:
        head = magic + struct.pack(f"{order}HI", 42, at)
        count = struct.pack(f"{order}H", len(tags))
    entries = b""
    for tag, what, value in tags:
        packed = struct.pack(f"{order}H" if what == 3 else f"{order}I", value)
        entries += struct.pack(f"{order}HHQ" if big else f"{order}HHI", tag, what, 1) + packed.ljust(8 if big else 4, b"\0")
    return head + rows + bytes(pixels_first) + count + entries + bytes(8 if big else 4)


def tiffs() -> Iterator[Sample]:
    size = (WIDTH, HEIGHT)

    def of(name: str, data: bytes, orientation: int = 1) -> Sample:
        shown = size if orientation < 5 else size[::-1]
        pillow = not data.startswith(b"MM\0+")  # Pillow knows no BigTIFF of this byte order
        return Sample(f"{name}.tif", "tiff", data, shown, size, orientation, pillow=pillow, browser=False)

    yield of("plain", encoded("TIFF"))
    yield of("compressed", encoded("TIFF", compression="tiff_adobe_deflate"))
    yield of("pillow-big", encoded("TIFF", big_tiff=True))
    for order, word in (("<", "intel"), (">", "motorola")):
        yield of(f"{word}", tiff(order))
        yield of(f"{word}-long", tiff(order, kind=4))
        yield of(f"{word}-turned", tiff(order, orientation=6), 6)
        yield of(f"{word}-big", tiff(order, big=True, orientation=8), 8)
        yield of(f"{word}-far-directory", tiff(order, pixels_first=300_000))
        yield of(f"{word}-big-very-far-directory", tiff(order, big=True, pixels_first=2_000_000))


def photoshop(width: int, height: int, version: int = 1) -> bytes:
    header = b"8BPS" + struct.pack(">H6xHIIHH", version, 1, height, width, 8, 1)
    return header + bytes(4) + bytes(4) + bytes(4 if version == 1 else 8) + bytes(2) + bytes(width * height)


def photoshops() -> Iterator[Sample]:
    size = (WIDTH, HEIGHT)
    yield Sample("plain.psd", "psd", photoshop(*size), size, size, browser=False)
    yield Sample("large.psb", "psd", photoshop(*size, version=2), size, size, pillow=False, browser=False)


# SVG

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


class Drawing(NamedTuple):
    """Attributes of a root element, and the size and shape that follow."""

    name: str
    attributes: str
    shown: tuple[int | None, int | None]
    ratio: float | None = None
    browser: bool = True


DRAWINGS = (
    Drawing("both", 'width="200" height="100"', (200, 100), 2),
    Drawing("shape-only", 'viewBox="0 0 200 100"', (None, None), 2),
    Drawing("nothing", "", (None, None)),
    Drawing("width-only", 'width="200"', (200, None)),
    Drawing("height-only", 'height="70"', (None, 70)),
    Drawing("width-and-shape", 'width="200" viewBox="0 0 30 10"', (200, 67), 3),
    Drawing("height-and-shape", 'height="50" viewBox="0 0 30 10"', (150, 50), 3),
    Drawing("size-and-another-shape", 'width="100" height="300" viewBox="0 0 30 10"', (100, 300), 1 / 3),
    Drawing("stretchable", 'viewBox="0 0 30 10" preserveAspectRatio="none"', (None, None)),
    Drawing("inches", 'width="2in" height="1in"', (192, 96), 2),
    Drawing("centimetres", 'width="2cm" height="4cm"', (76, 151), 0.5),
    Drawing("millimetres", 'width="20mm" height="40mm"', (76, 151), 0.5),
    Drawing("millimetres-of-an-editor", 'width="32.54mm" height="20.37mm"', (123, 77), 32.54 / 20.37),
    Drawing("quarter-millimetres", 'width="200Q" height="400q"', (189, 378), 0.5),
    Drawing("points", 'width="72pt" height="7.5pt"', (96, 10), 9.6),
    Drawing("picas", 'width="2pc" height="4pc"', (32, 64), 0.5),
    Drawing("em", 'width="10em" height="2rem"', (None, None), 5, browser=False),
    Drawing("capital-pixels", 'width="10PX" height="20Px"', (10, 20), 0.5),
    Drawing("capital-inches", 'width="10PX" height="20IN"', (10, 1920), 10 / 1920),
    Drawing("percent", 'width="50%" height="50%"', (None, None)),
    Drawing("percent-and-shape", 'width="100%" height="100%" viewBox="0 0 20 10"', (None, None), 2),
    Drawing("percent-and-height-and-shape", 'width="50%" height="100" viewBox="0 0 20 10"', (200, 100), 2),
    Drawing("auto", 'width="auto" height="auto" viewBox="0 0 20 10"', (None, None), 2),
    Drawing("fractions", 'width="744.09448819" height="99.99"', (744, 100), 744.09448819 / 99.99),
    Drawing("halves", 'width="10.5" height="0.5"', (11, 1), 21),
    Drawing("exponents", 'width="1e2" height="1E1"', (100, 10), 10),
    Drawing("number-ending-in-a-dot", 'width="10." height=".5e2"', (None, 50)),
    Drawing("spaces-around", 'width=" 10 " height="20 "', (10, 20), 0.5),
    Drawing("space-before-unit", 'width="10 px" height="20"', (None, 20)),
    Drawing("zero", 'width="0" height="10"', (0, 10)),
    Drawing("below-zero", 'width="-5" height="10"', (0, 10)),
    Drawing("nonsense", 'width="abc" height="10"', (None, 10)),
    Drawing("unknown-unit", 'width="100foo" height="10"', (None, 10)),
    Drawing("infinite", 'width="1e309" height="20"', (33554428, 20), 33554428 / 20),
    Drawing("commas", 'viewBox="0,0,20,10" width="40"', (40, 20), 2),
    Drawing("packed", 'viewBox="0-5 20,10" width="40"', (40, 20), 2),
    Drawing("negative-shape", 'viewBox="0 0 -20 10" width="40"', (40, None)),
    Drawing("empty-shape", 'viewBox="0 0 0 10" width="40"', (40, None)),
    Drawing("shape-with-units", 'viewBox="0 0 20px 10" width="40"', (40, None)),
    Drawing("shape-of-five", 'viewBox="0 0 20 10 5" width="40"', (40, None)),
    Drawing("style-is-no-size", 'style="width:50px;height:60px"', (None, None)),
    Drawing("stroke-width-is-no-width", 'stroke-width="5" height="10"', (None, 10)),
    Drawing("single-quotes", "width='40' height = '20'", (40, 20), 2),
    Drawing("quoted-bracket", 'data-x="a>b" width="40" height="20"', (40, 20), 2),
    Drawing("relative-unit", 'width="10ex" height="2ch"', (None, None), browser=False),
    Drawing("function", 'width="calc(10px + 5px)" height="10" viewBox="0 0 1 1"', (None, None), browser=False),
    Drawing("number-by-reference", 'width="&#49;0" height="10"', (None, None), browser=False),
)

BOMB = "<!DOCTYPE svg [<!ENTITY a 'aaaa>]'><!ENTITY b '&a;&a;&a;&a;'>]>"
SIZED = f'<svg {NAMESPACE} width="10" height="20"></svg>'
EDITED = f'<svg host="65bd71144e" {NAMESPACE} width="10px" height="20px" viewBox="-0.5 -0.5 10 20" content="HERE"></svg>'
PROLOGUES: Mapping[str, bytes] = {
    "declared": f'<?xml version="1.0" encoding="UTF-8"?>\n{SIZED}'.encode(),
    "bom": b"\xef\xbb\xbf" + SIZED.encode(),
    "utf-16": b"\xff\xfe" + f'<?xml version="1.0" encoding="UTF-16"?>{SIZED}'.encode("utf-16-le"),
    "utf-16-big": b"\xfe\xff" + SIZED.encode("utf-16-be"),
    "space-first": b" \r\n\t" + SIZED.encode(),
    "comments": f'<!-- <svg width="1"> --><!-- " -->{SIZED}'.encode(),
    "instruction": f'<?xml-stylesheet href="&lt;svg"?>{SIZED}'.encode(),
    "public-doctype": (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + SIZED
    ).encode(),
    "doctype-with-subset": f"{BOMB}{SIZED}".encode(),
    "doctype-with-comment": f"<!DOCTYPE svg [<!-- it's ]> --><?x ]> ?>]>{SIZED}".encode(),
    "prefixed": b'<s:svg xmlns:s="http://www.w3.org/2000/svg" width="10" height="20"/>',
    "namespace-by-entity": (
        b'<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;" width="10" height="20"/>'
    ),
    "many-comments": b"<!-- -->\n" * 5_000 + SIZED.encode(),
    "long-comment": b"<!--" + b" licence" * 20_000 + b"-->" + SIZED.encode(),
    "long-space": b"\n" * 100_000 + SIZED.encode(),
    "long-instruction": b"<?settings " + b"x" * 100_000 + b"?>" + SIZED.encode(),
    "long-doctype": b"<!DOCTYPE svg [" + b"<!ENTITY a '[x]>'>" * 5_000 + b"]>" + SIZED.encode(),
    "drawing-of-an-editor": EDITED.replace("HERE", "&lt;mxfile&gt;" * 7_000).encode(),
    "drawing-of-an-editor-with-a-long-space": EDITED.replace("HERE", "x" + " " * 90_000).encode(),
    "size-behind-a-picture": SIZED.replace(
        " width", ' data-x="data:image/png;base64,' + "iVBORw0K" * 60_000 + '" width'
    ).encode(),
    "many-attributes": SIZED.replace(" width", "".join(f" data-{n}='{n}'" for n in range(5_000)) + " width").encode(),
    "latin-text": f'<?xml version="1.0" encoding="ISO-8859-1"?><!-- \xe4 -->{SIZED}'.encode("latin-1"),
}


def svgs() -> Iterator[Sample]:
    for drawing in DRAWINGS:
        data = f"<svg {NAMESPACE} {drawing.attributes}></svg>".encode()
        ratio, browser = drawing.ratio, drawing.browser
        yield Sample(
            f"{drawing.name}.svg", "svg", data, drawing.shown, drawing.shown, ratio=ratio, pillow=False, browser=browser
        )
    for name, data in PROLOGUES.items():
        browser = name != "latin-text"  # Chromium takes every SVG image for UTF-8
        yield Sample(f"{name}.svg", "svg", data, (10, 20), (10, 20), ratio=0.5, pillow=False, browser=browser)
    for name in ("declared", "utf-16", "long-comment", "size-behind-a-picture"):
        data = gzip.compress(PROLOGUES[name], mtime=0)
        # A server has to declare the compression, which no file can.
        yield Sample(f"{name}.svgz", "svg", data, (10, 20), (10, 20), ratio=0.5, pillow=False, browser=False)


MAKERS: tuple[Callable[[], Iterator[Sample]], ...] = (
    jpegs,
    pngs,
    gifs,
    webps,
    avifs,
    heics,
    jxls,
    jp2s,
    pnms,
    others,
    bitmaps,
    icons,
    tiffs,
    photoshops,
    svgs,
)


@cache
def samples() -> tuple[Sample, ...]:
    """All honest samples, made once for a process."""
    return tuple(sample for make in MAKERS for sample in make())
