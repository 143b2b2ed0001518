"""Valid files near and past what the readers search: their size or none, and never damaged."""

import gzip
import struct
import time
from collections.abc import Mapping

import pytest
from image_samples import (
    EDITED,
    HEIGHT,
    NAMESPACE,
    SIZED,
    WIDTH,
    bare_jpeg,
    before_pixels,
    behind_start,
    box,
    boxed_jp2,
    boxed_jxl,
    chunk,
    code_stream,
    encoded,
    exr,
    gif,
    heif,
    ipma,
    ispe,
    jxl_header,
    segment,
    tiff,
)

from linkcheck.images import CAP, measure_by

SIZE = (WIDTH, HEIGHT)
MIB = "x" * (1 << 20)
DRAWING = (10, 20)
GRID = ispe(*SIZE)
TILE = ispe(16, 16)


def grid(tiles: int) -> bytes:
    """A HEIC with a property for each tile, the first item being the grid."""
    return heif((GRID, *[TILE] * tiles), ipma({1: (1,)}))


def with_items(count: int) -> bytes:
    """A HEIC whose primary item is the last of `count`."""
    return heif((TILE, GRID), ipma({**dict.fromkeys(range(1, count), (1,)), count: (2,)}, 1), primary=count, wide=True)


def with_entries(count: int) -> bytes:
    """A TIFF with private entries behind the others."""
    data = tiff("<")
    at = data.index(struct.pack("<HHHI", 9, 256, 3, 1))
    entries, rest = data[at + 2 : at + 2 + 9 * 12], data[at + 2 + 9 * 12 :]
    private = b"".join(struct.pack("<HHII", 32768 + number % 30000, 4, 1, 0) for number in range(count - 9))
    return data[:at] + struct.pack("<H", count) + entries + private + rest


def _attributes(count: int) -> str:
    return "".join(f" a{number}=''" for number in range(count))


def jpeg_ls() -> bytes:
    frame = struct.pack(">BHHB", 8, HEIGHT, WIDTH, 1) + b"\1\x11\0"
    return b"\xff\xd8" + segment(0xF7, frame) + segment(0xDA, bytes(6))


def in_parts(count: int) -> bytes:
    """A JPEG XL whose header is in parts of one byte."""
    stream = jxl_header(*SIZE)
    parts = [box(b"jxlp", struct.pack(">I", number), stream[number : number + 1]) for number in range(count - 1)]
    return boxed_jxl(*parts, box(b"jxlp", struct.pack(">I", 1 << 31 | count), stream[count - 1 :] + bytes(60)))


FILES: Mapping[str, tuple[bytes, tuple[int, int] | None]] = {
    "svg-of-an-editor-of-90-kilobytes": (EDITED.replace("HERE", "&lt;x" * 18_000).encode(), DRAWING),
    "svg-of-an-editor-of-a-mebibyte": (EDITED.replace("HERE", MIB).encode(), DRAWING),
    "svg-with-its-size-behind-a-mebibyte": (SIZED.replace(" width", f' data-x="{MIB}" width').encode(), None),
    "svg-with-its-namespace-behind-a-mebibyte": (f'<svg width="10" height="20" a="{MIB}" {NAMESPACE}/>'.encode(), None),
    "svg-with-its-height-behind-a-mebibyte": (SIZED.replace(" height", f' data-x="{MIB}" height').encode(), None),
    "svg-with-a-shape-before-a-mebibyte": (f'<svg {NAMESPACE} viewBox="0 0 9 9" a="{MIB}" width="10"/>'.encode(), None),
    "svg-behind-a-comment-of-half-a-mebibyte": (b"<!--" + bytes(CAP // 2) + b"-->" + SIZED.encode(), DRAWING),
    "svg-behind-a-comment-of-a-mebibyte": (f"<!--{MIB}-->{SIZED}".encode(), None),
    "svg-behind-a-doctype-of-a-mebibyte": (f"<!DOCTYPE svg [<!ENTITY a '{MIB}'>]>{SIZED}".encode(), None),
    "svg-behind-many-comments": (b"<!---->" * 16_383 + SIZED.encode(), DRAWING),
    "svg-behind-too-many-comments": (b"<!---->" * 20_000 + SIZED.encode(), None),
    "svg-behind-a-doctype-of-many-parts": (b"<!DOCTYPE svg [" + b"''" * 16_381 + b"]>" + SIZED.encode(), DRAWING),
    "svg-behind-a-doctype-of-too-many-parts": (b"<!DOCTYPE svg [" + b"''" * 20_000 + b"]>" + SIZED.encode(), None),
    "svg-with-many-attributes": (SIZED.replace(" width", _attributes(16_380) + " width").encode(), DRAWING),
    "svg-with-too-many-attributes": (SIZED.replace(" width", _attributes(20_000) + " width").encode(), None),
    "svg-with-declared-attributes": (
        b'<!DOCTYPE svg [<!ATTLIST svg xmlns CDATA #FIXED "http://www.w3.org/2000/svg">]><svg width="10" height="20"/>',
        None,
    ),
    "svg-with-a-width-by-entity": (b'<!DOCTYPE svg [<!ENTITY w "10">]>' + SIZED.replace('"10"', '"&w;"').encode(), None),
    "svg-in-utf-16-of-a-mebibyte": (b"\xff\xfe" + EDITED.replace("HERE", MIB).encode("utf-16-le"), DRAWING),
    "svgz-of-an-editor-of-a-mebibyte": (gzip.compress(EDITED.replace("HERE", MIB).encode()), DRAWING),
    "svgz-with-its-size-behind-a-mebibyte": (gzip.compress(SIZED.replace(" width", f' a="{MIB}" width').encode()), None),
    "svgz-in-two-parts": (gzip.compress(SIZED.encode()[:30]) + gzip.compress(SIZED.encode()[30:]), DRAWING),
    "svgz-in-a-hundred-parts": (gzip.compress(b"") * 99 + gzip.compress(SIZED.encode()), DRAWING),
    "svgz-with-zeros-behind-it": (gzip.compress(SIZED.encode()) + bytes(100), DRAWING),
    "svgz-with-a-wrong-checksum": (gzip.compress(SIZED.encode())[:-8] + bytes(8), DRAWING),
    "svgz-in-two-parts-with-a-wrong-checksum": (
        gzip.compress(SIZED.encode()[:30]) + gzip.compress(SIZED.encode()[30:])[:-8] + bytes(8),
        DRAWING,
    ),
    "svgz-with-a-wrong-checksum-of-a-mebibyte": (gzip.compress(f"{SIZED}{MIB}".encode())[:-8] + bytes(8), DRAWING),
    "svgz-that-is-a-bomb": (gzip.compress(b"<!--" + bytes(100 << 20) + b"-->" + SIZED.encode(), 1), None),
    "heic-with-300-properties": (grid(299), SIZE),
    "heic-with-4096-properties": (grid(4095), SIZE),
    "heic-with-4097-properties": (grid(4096), None),
    "heic-with-65536-items": (with_items(65_536), SIZE),
    "heic-with-65537-items": (with_items(65_537), None),
    "avif-of-the-short-form": (box(b"ftyp", b"mif3", bytes(4), b"avif") + box(b"mini", bytes(60)), None),
    "jpeg-xl-in-16-parts": (in_parts(16), SIZE),
    "jpeg-xl-in-17-parts": (in_parts(17), SIZE),
    "jpeg-xl-in-empty-parts": (boxed_jxl(*[box(b"jxlp", bytes(4))] * 50, box(b"jxlp", bytes(4), jxl_header(*SIZE))), None),
    "jpeg-2000-behind-4096-boxes": (boxed_jp2(*[box(b"uuid", bytes(16))] * 5000, box(b"jp2c", code_stream(*SIZE))), None),
    "motion-jpeg-2000": (boxed_jp2(box(b"moov", bytes(50)), brand=b"mjp2"), None),
    "jpeg-of-many-segments": (behind_start(bare_jpeg(0xC0), *[segment(0xE5, b"")] * 1000), SIZE),
    "jpeg-of-too-many-segments": (behind_start(bare_jpeg(0xC0), *[segment(0xE5, b"")] * 1100), None),
    "jpeg-of-many-segments-behind-its-frame": (
        bare_jpeg(0xC0).replace(b"\xff\xda", segment(0xFE, b"c") * 1100 + b"\xff\xda", 1),
        SIZE,
    ),
    "jpeg-ls": (jpeg_ls(), SIZE),
    "png-of-many-chunks": (before_pixels(encoded("PNG"), chunk(b"tEXt", b"a\0b") * 400), SIZE),
    "png-of-too-many-chunks": (before_pixels(encoded("PNG"), chunk(b"tEXt", b"a\0b") * 600), SIZE),
    "gif-of-many-comments": (gif(SIZE, (0, 0, 8, 8), before=b"!\xfe\1c\0" * 4000), SIZE),
    "gif-of-too-many-comments": (gif(SIZE, (0, 0, 8, 8), before=b"!\xfe\1c\0" * 4100), None),
    "gif-with-a-comment-in-too-many-parts": (gif(SIZE, (0, 0, 8, 8), before=b"!\xfe" + b"\1c" * 4100 + b"\0"), None),
    "gif-with-pixels-in-too-many-parts": (
        gif(SIZE)[:-1] + b"," + struct.pack("<4HB", 0, 0, *SIZE, 0) + b"\2" + b"\1c" * 4100,
        SIZE,
    ),
    "tiff-of-4096-entries": (with_entries(4096), SIZE),
    "tiff-of-65535-entries": (with_entries(65_535), SIZE),
    "exr-of-many-attributes": (exr(*SIZE, b"a\0int\0\4\0\0\0\0\0\0\0" * 1000), SIZE),
    "exr-of-too-many-attributes": (exr(*SIZE, b"a\0int\0\4\0\0\0\0\0\0\0" * 1100), None),
    "netpbm-with-a-comment-of-70-kilobytes": (b"P6 #" + b"x" * 70_000 + b"\n96 64 255\n", None),
    "netpbm-with-a-comment-of-60-kilobytes": (b"P6 #" + b"x" * 60_000 + b"\n96 64 255\n", SIZE),
}


@pytest.mark.parametrize(("data", "size"), FILES.values(), ids=FILES.keys())
def test_a_valid_file_has_its_size_or_none(data: bytes, size: tuple[int, int] | None) -> None:
    began = time.process_time()
    facts = measure_by(lambda start, stop: data[start:stop])

    assert facts.not_image is None
    assert (facts.width, facts.height) == (size or (None, None))
    assert facts.ratio is None or size is not None
    assert facts.bytes_read <= CAP
    assert time.process_time() - began < 2


def test_a_size_before_a_long_attribute_is_known_after_the_first_read() -> None:
    data = EDITED.replace("HERE", MIB).encode()
    assert measure_by(lambda start, stop: data[start:stop]).bytes_read == 16 * 1024


def test_a_bomb_is_decompressed_only_up_to_the_cap() -> None:
    import tracemalloc

    data = FILES["svgz-that-is-a-bomb"][0]
    tracemalloc.start()
    try:
        measure_by(lambda start, stop: data[start:stop])
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
