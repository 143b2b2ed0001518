"""What is no image, and what begins like one and lies."""

import struct
from collections.abc import Mapping

import pytest
from image_samples import (
    BOMB,
    HEIGHT,
    NAMESPACE,
    SIZED,
    WIDTH,
    app1,
    bare_jpeg,
    behind_start,
    bitmap,
    box,
    boxed_jxl,
    chunk,
    encoded,
    exif,
    gif,
    heif,
    icon,
    ipma,
    ispe,
    photoshop,
    segment,
    tiff,
)

from linkcheck.images import CAP, measure, measure_by
from linkcheck.model import ImageFacts

PNG = encoded("PNG")
GRID = ispe(400, 300)

NOT_IMAGES: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "a-page": (b"<!DOCTYPE html><html><head><title>404</title>", "html"),
    "a-page-with-space-and-a-mark": (b"\xef\xbb\xbf \n<HTML lang=en>", "html"),
    "a-page-in-utf-16": (b"\xff\xfe" + "<!doctype html><p>gone".encode("utf-16-le"), "html"),
    "a-page-behind-a-comment": (b"<!-- generated --><html></html>", "html"),
    "an-xhtml-page": (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
    "a-page-with-a-drawing": (b"<!DOCTYPE html><body>" + SIZED.encode(), "html"),
    "an-error-of-a-bucket": (b'<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>', "xml"),
    "an-object": (b'{"error": "not found"}', "json"),
    "an-empty-object": (b"{}", "json"),
    "a-list": (b'[ {"a": 1} ]', "json"),
    "text": (b"Not found\n", "unknown"),
    "text-that-begins-like-a-bitmap": (b"BMW builds cars in Munich.", "unknown"),
    "a-pdf": (b"%PDF-1.7\n%\xe2\xe3", "unknown"),
    "a-zip": (b"PK\3\4" + bytes(60), "unknown"),
    "a-film": (box(b"ftyp", b"isom", bytes(4), b"mp42") + box(b"moov"), "unknown"),
    "zeros": (bytes(5000), "unknown"),
    "a-sound": (b"RIFF\x24\0\0\0WAVEfmt ", "unknown"),
    "an-icon-that-points-into-its-own-directory": (
        struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, 99, 3),
        "unknown",
    ),
    "an-icon-with-65535-entries": (struct.pack("<HHH", 0, 1, 65535) + b"\x10" * 2000, "unknown"),
    "a-jpeg-of-two-bytes": (b"\xff\xd8", "truncated"),
    "a-jpeg-without-a-frame": (b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"\xff\xd9", "broken"),
    "a-jpeg-whose-scan-comes-first": (b"\xff\xd8" + segment(0xDA, bytes(6)) + bare_jpeg(0xC0)[2:], "broken"),
    "a-jpeg-with-a-segment-of-length-one": (b"\xff\xd8\xff\xe0\0\1" + bytes(99), "broken"),
    "a-jpeg-of-height-nought": (bare_jpeg(0xC0, height=0), "broken"),
    "a-jpeg-of-nothing-but-fill-bytes": (b"\xff\xd8" + b"\xff" * 5000, "truncated"),
    "a-png-without-its-header": (PNG[:8] + chunk(b"IDAT", bytes(20)), "broken"),
    "a-png-of-width-nought": (PNG[:16] + bytes(4) + PNG[20:], "broken"),
    "a-png-with-garbage-for-chunks": (PNG[:33] + bytes(100), "broken"),
    "a-gif-without-a-frame": (gif((5, 5)), "broken"),
    "a-gif-with-garbage-for-a-frame": (gif((5, 5), before=b"\0\0\0"), "broken"),
    "a-webp-with-another-first-chunk": (b"RIFF\x24\0\0\0WEBPALPH" + bytes(30), "broken"),
    "a-webp-that-is-no-key-frame": (b"RIFF\x24\0\0\0WEBPVP8 \x10\0\0\0\1\0\0\x9d\x01\x2a\x10\0\x10\0", "broken"),
    "a-lossless-webp-without-its-mark": (b"RIFF\x24\0\0\0WEBPVP8L\x10\0\0\0\x2e" + bytes(9), "broken"),
    "a-heic-without-a-primary-item": (heif((GRID,), ipma({1: (1,)}), primary=2), "broken"),
    "a-heic-whose-properties-are-not-there": (heif((GRID,), ipma({1: (9,)})), "broken"),
    "a-heic-whose-box-outgrows-its-parent": (heif((GRID[:3] + b"\xff" + GRID[4:],), ipma({1: (1,)})), "broken"),
    "a-heic-with-a-box-of-length-four": (box(b"ftyp", b"heic", bytes(4)) + b"\0\0\0\4meta" + bytes(30), "broken"),
    "a-heic-with-a-box-of-a-terabyte": (
        box(b"ftyp", b"heic", bytes(4)) + b"\0\0\0\1mdat" + b"\x7f" + b"\xff" * 7 + bytes(30),
        "broken",
    ),
    "a-heic-of-empty-boxes": (box(b"ftyp", b"heic", bytes(4)) + box(b"free") * 1000, "broken"),
    "a-heic-whose-first-box-is-shorter-than-its-header": (b"\0\0\0\3ftypheic" + bytes(30), "unknown"),
    "a-jpeg-xl-without-a-stream": (boxed_jxl(box(b"jxlc", bytes(50))), "broken"),
    "a-jpeg-xl-in-empty-parts": (boxed_jxl(*[box(b"jxlp", bytes(4))] * 50), "broken"),
    "a-bitmap-of-no-height": (bitmap(5, 0), "broken"),
    "a-bitmap-of-a-width-below-nought": (bitmap(5, 5)[:18] + b"\xff" * 4 + bitmap(5, 5)[22:], "broken"),
    "a-tiff-with-both-numbers": (b"II++" + bytes(50), "unknown"),
    "a-tiff-whose-directory-is-its-header": (b"II*\0" + struct.pack("<I", 4) + bytes(50), "broken"),
    "a-tiff-with-an-empty-directory": (b"MM\0*" + struct.pack(">IH", 8, 0) + bytes(50), "broken"),
    "a-tiff-with-a-directory-of-65535": (b"MM\0*" + struct.pack(">IH", 8, 65535) + bytes(50), "broken"),
    "a-tiff-whose-directory-is-beyond-its-end": (b"II*\0" + struct.pack("<I", 0xFFFFFFF0) + bytes(50), "truncated"),
    "a-big-tiff-whose-directory-is-out-of-this-world": (b"MM\0+\0\x08\0\0" + b"\xff" * 8 + bytes(20_000), "broken"),
    "a-photoshop-file-too-wide": (photoshop(30_001, 1), "broken"),
    "a-photoshop-file-of-version-three": (photoshop(5, 5, version=2).replace(b"\0\2", b"\0\3", 1), "broken"),
    "a-drawing-outside-the-namespace": (b'<svg width="10" height="10"></svg>', "broken"),
    "a-drawing-of-another-namespace": (b'<svg xmlns="http://example.com/" width="10" height="10"/>', "broken"),
    "a-drawing-with-an-attribute-twice": (f'<svg {NAMESPACE} width="1" width="2"/>'.encode(), "broken"),
    "a-drawing-with-attributes-that-touch": (f'<svg {NAMESPACE} width="1"height="2"/>'.encode(), "broken"),
    "a-drawing-declared-too-late": (f' <?xml version="1.0"?>{SIZED}'.encode(), "xml"),
    "a-drawing-that-does-not-get-to-the-point": (b"<!--" + b" " * 70_000 + b"-->" + SIZED.encode(), "xml"),
    "a-drawing-with-an-endless-tag": (f"<svg {NAMESPACE} ".encode() + b'a="' + b"x" * 70_000 + b'"/>', "broken"),
}


@pytest.mark.parametrize(("data", "looks_like"), NOT_IMAGES.values(), ids=NOT_IMAGES.keys())
def test_what_is_no_image_is_called_by_its_name(data: bytes, looks_like: str) -> None:
    facts = measure_by(lambda start, stop: data[start:stop])

    assert facts == ImageFacts(format=None, not_image=looks_like, bytes_read=facts.bytes_read)


HEADERS: Mapping[str, tuple[bytes, tuple[int, int]]] = {
    "png": (PNG[:16] + struct.pack(">II", 2**31 - 1, 60_000) + PNG[24:], (2**31 - 1, 60_000)),
    "jpeg": (bare_jpeg(0xC0, 65535, 65535), (65535, 65535)),
    "jpeg-with-exif-that-points-nowhere": (
        behind_start(encoded("JPEG"), app1(b"II*\0\xff\xff\xff\x7f"), app1(exif(6))),
        (WIDTH, HEIGHT),
    ),
    "webp": (b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff" * 6, (1 << 24, 1 << 24)),
    "gif": (gif((65535, 65535), (0, 0, 1, 1)), (65535, 65535)),
    "heic": (heif((ispe(2**32 - 1, 2**32 - 1),), ipma({1: (1,)})), (2**32 - 1, 2**32 - 1)),
    "heic-with-a-crop-larger-than-the-picture": (
        heif((GRID, box(b"clap", struct.pack(">8I", 9000, 1, 9000, 1, 0, 1, 0, 1))), ipma({1: (1, 2)})),
        (400, 300),
    ),
    "heic-with-a-crop-without-width": (
        heif((GRID, box(b"clap", struct.pack(">8I", 0, 1, 300, 1, 0, 1, 0, 1))), ipma({1: (1, 2)})),
        (400, 300),
    ),
    "heic-with-a-crop-by-nought": (heif((GRID, box(b"clap", bytes(32))), ipma({1: (1, 2)})), (400, 300)),
    "tiff": (tiff("<", orientation=9), (WIDTH, HEIGHT)),
    "icon": (icon(1, (256, 256, PNG)), (256, 256)),
    "drawing-with-a-bomb": (f"{BOMB}{SIZED}".encode(), (10, 20)),
}


@pytest.mark.parametrize(("data", "size"), HEADERS.values(), ids=HEADERS.keys())
def test_a_size_is_reported_as_the_header_states_it_and_no_pixel_is_decoded(data: bytes, size: tuple[int, int]) -> None:
    facts = measure(data, complete=True)

    assert isinstance(facts, ImageFacts)
    assert (facts.width, facts.height) == size


def test_a_size_that_comes_too_late_is_unknown_and_the_reading_stops_at_the_cap() -> None:
    endless = b"\xff\xd8" + segment(0xE5, bytes(65_533)) * 60 + bare_jpeg(0xC0)[2:]
    read: list[tuple[int, int]] = []

    def reader(start: int, stop: int) -> bytes:
        read.append((start, stop))
        return endless[start:stop]

    facts = measure_by(reader)

    assert facts == ImageFacts(format="jpeg", bytes_read=facts.bytes_read)
    assert max(stop for _, stop in read) <= CAP


def test_a_long_whole_buffer_is_looked_at_only_up_to_the_cap() -> None:
    endless = b"\xff\xd8" + segment(0xE5, bytes(65_533)) * 60 + bare_jpeg(0xC0)[2:]

    assert measure(endless, complete=True) == ImageFacts(format="jpeg", bytes_read=len(endless))


@pytest.mark.parametrize("beginning", [b"", b"\xff\xd8", b"<html>"])
def test_a_short_or_foreign_file_has_no_format(beginning: bytes) -> None:
    facts = measure(beginning, complete=True)
    assert isinstance(facts, ImageFacts)
    assert facts.format is None
