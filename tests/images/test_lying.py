"""What is no image, and what begins like one and lies."""

import gzip
import struct
from collections.abc import Mapping

import pytest
from image_samples import (
    BOMB,
    EDITED,
    HEIGHT,
    NAMESPACE,
    SIZED,
    WIDTH,
    app1,
    bare_jpeg,
    behind_start,
    bitmap,
    box,
    boxed_jp2,
    boxed_jxl,
    chunk,
    code_stream,
    encoded,
    exif,
    gif,
    heif,
    icon,
    ipma,
    ispe,
    photoshop,
    segment,
    tga,
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
    "text": (b"Not found\n", "text"),
    "text-that-begins-like-a-bitmap": (b"BMW builds cars in Munich.", "text"),
    "text-of-a-terminal": (b"\x1b[32mNot found\x1b[0m\r\n", "text"),
    "text-that-is-cut-in-a-letter": ("Nicht gefunden: f\u00fc".encode()[:-1], "text"),
    "text-with-a-zero-byte": (b"Not\0found", "unknown"),
    "text-in-latin-1": (b"Nicht gefunden: f\xfcnf", "unknown"),
    "a-pdf": (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "a-pdf-behind-other-bytes": (b"\xef\xbb\xbf\r\n%PDF-1.4", "pdf"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "postscript"),
    "postscript-with-a-preview": (b"\xc5\xd0\xd3\xc6" + bytes(28), "postscript"),
    "a-zip": (b"PK\3\4" + bytes(60), "zip"),
    "an-empty-zip": (b"PK\5\6" + bytes(18), "zip"),
    "a-gzip": (gzip.compress(b"some text"), "gzip"),
    "a-gzip-of-a-page": (gzip.compress(b"<!doctype html><p>gone"), "gzip"),
    "a-gzip-that-is-broken": (b"\x1f\x8b\x08\0" + b"\xff" * 60, "gzip"),
    "a-word-document": (b"PK\3\4" + bytes(26) + b"[Content_Types].xml", "office"),
    "an-e-book": (b"PK\3\4" + bytes(26) + b"mimetypeapplication/epub+zip", "office"),
    "an-old-word-document": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(40), "ole"),
    "rich-text": (b"{\\rtf1\\ansi Hello}", "rtf"),
    "a-djvu": (b"AT&TFORM\0\0\1\0DJVUINFO", "djvu"),
    "a-bzip2": (b"BZh91AY&SY" + bytes(20), "bzip2"),
    "an-xz": (b"\xfd7zXZ\0\0\4", "xz"),
    "a-tar": (b"photo.jpg".ljust(257, b"\0") + b"ustar\0" + bytes(249), "tar"),
    "an-icon-of-apple": (b"icns\0\0\1\0" + bytes(40), "icns"),
    "an-sgi-image": (b"\1\xda\0\1\0\3\0\x7b\0\x4d\0\3" + bytes(500), "sgi"),
    "a-pcx": (b"\n\5\1\x08\0\0\0\0\x7a\0\x4c\0" + bytes(53) + b"\3" + bytes(62), "pcx"),
    "a-pfm": (b"PF\n123 77\n-1.0\n" + bytes(500), "pfm"),
    "an-mng": (b"\x8aMNG\r\n\x1a\n" + bytes(40), "mng"),
    "a-rar": (b"Rar!\x1a\x07\1\0", "rar"),
    "a-7z": (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
    "a-film": (box(b"ftyp", b"isom", bytes(4), b"mp42") + box(b"moov"), "mp4"),
    "a-film-of-a-phone": (box(b"ftyp", b"3gp4", bytes(4)), "mp4"),
    "a-film-of-apple": (box(b"ftyp", b"qt  ", bytes(4)) + box(b"moov"), "quicktime"),
    "a-film-of-apple-without-a-brand": (box(b"moov", box(b"mvhd", bytes(100))), "quicktime"),
    "a-film-of-apple-that-begins-with-its-pixels": (box(b"wide") + box(b"mdat", bytes(50)), "quicktime"),
    "a-webm": (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\x82\x84webm\x42\x87", "webm"),
    "a-matroska": (b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\1\x42\x82\x88matroska", "matroska"),
    "an-avi": (b"RIFF\x24\0\0\0AVI LIST", "avi"),
    "an-ogg": (b"OggS\0\2" + bytes(8), "ogg"),
    "a-flash-video": (b"FLV\1\5\0\0\0\x09", "flv"),
    "a-windows-video": (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), "wmv"),
    "an-mpeg": (b"\0\0\1\xba\x44", "mpeg"),
    "an-mpeg-of-packets": ((b"\x47" + bytes(187)) * 4, "mpeg"),
    "an-mp3": (b"\xff\xfb\x90\x64" + bytes(400), "mp3"),
    "an-mp3-with-tags": (b"ID3\4\0\0\0\0\0\0", "mp3"),
    "an-audio-file-of-apple": (box(b"ftyp", b"M4A ", bytes(4)), "m4a"),
    "a-flac": (b"fLaC\0\0\0\x22", "flac"),
    "a-playlist": (b"#EXTM3U\n#EXT-X-VERSION:3\n", "playlist"),
    "a-font": (b"wOF2\0\1\0\0", "font"),
    "a-jpeg-xr": (b"II\xbc\1" + bytes(50), "jpeg-xr"),
    "a-gimp-file": (b"gimp xcf v011\0", "xcf"),
    "a-radiance-file": (b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n", "hdr"),
    "a-metafile": (b"\1\0\0\0" + bytes(36) + b" EMF", "metafile"),
    "zeros-with-a-type": (b"\0\0\2" + bytes(500), "unknown"),
    "a-tga-that-ends-in-its-header": (tga(2, 24)[:17], "truncated"),
    "a-tga-that-ends-before-its-pixels": (tga(2, 24)[:1000], "truncated"),
    "a-tga-of-seven-bits": (tga(2, 24)[:16] + b"\7" + tga(2, 24)[17:], "unknown"),
    "a-tga-with-a-palette-and-colors": (tga(1, 8, colors=3).replace(b"\0\1\1", b"\0\1\2", 1), "unknown"),
    "a-font-table": (b"\0\1\0\0\0\x10" + bytes(40), "font"),
    "text-that-begins-like-netpbm": (b"P1 is the first of six priorities.", "text"),
    "text-with-numbers-that-begins-like-netpbm": (b"P5 100 200 people came.", "text"),
    "text-with-a-size-that-begins-like-netpbm": (b"P1 100 200 people came.", "text"),
    "a-thumbnail-of-xv": (b"P7 332\n#END\n", "text"),
    "a-netpbm-that-ends-in-its-comment": (b"P6\n# by han", "truncated"),
    "a-netpbm-of-width-nought": (b"P6\n0 5\n255\n", "broken"),
    "a-pam-without-a-width": (b"P7\nHEIGHT 5\nDEPTH 1\nMAXVAL 255\nENDHDR\n", "broken"),
    "a-jpeg-2000-without-a-stream": (boxed_jp2(box(b"jp2h", box(b"res "))), "broken"),
    "a-jpeg-2000-with-another-stream": (boxed_jp2(box(b"jp2c", bytes(50))), "broken"),
    "a-jpeg-2000-of-no-width": (code_stream(0, 5), "broken"),
    "a-jpeg-2000-cut-short": (code_stream(9, 5)[:20], "truncated"),
    "an-exr-without-a-window": (b"\x76\x2f\x31\x01\2\0\0\0\0", "broken"),
    "a-qoi-of-no-height": (b"qoif" + struct.pack(">II", 5, 0) + bytes(6), "broken"),
    "zeros": (bytes(5000), "unknown"),
    "a-sound": (b"RIFF\x24\0\0\0WAVEfmt ", "wav"),
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
    "a-heic-of-empty-boxes": (box(b"ftyp", b"heic", bytes(4)) + box(b"free") * 1000, "truncated"),
    "a-heic-whose-first-box-is-shorter-than-its-header": (b"\0\0\0\3ftypheic" + bytes(30), "unknown"),
    "a-jpeg-xl-without-a-stream": (boxed_jxl(box(b"jxlc", bytes(50))), "broken"),
    "a-bitmap-of-no-height": (bitmap(5, 0), "broken"),
    "a-bitmap-of-a-width-below-nought": (bitmap(5, 5)[:18] + b"\xff" * 4 + bitmap(5, 5)[22:], "broken"),
    "a-tiff-with-both-numbers": (b"II++" + bytes(50), "unknown"),
    "a-tiff-whose-directory-is-its-header": (b"II*\0" + struct.pack("<I", 4) + bytes(50), "broken"),
    "a-tiff-with-an-empty-directory": (b"MM\0*" + struct.pack(">IH", 8, 0) + bytes(50), "broken"),
    "a-tiff-with-a-directory-of-65535": (b"MM\0*" + struct.pack(">IH", 8, 65535) + bytes(50), "truncated"),
    "a-tiff-whose-directory-is-beyond-its-end": (b"II*\0" + struct.pack("<I", 0xFFFFFFF0) + bytes(50), "truncated"),
    "a-big-tiff-whose-directory-is-out-of-this-world": (b"MM\0+\0\x08\0\0" + b"\xff" * 8 + bytes(20_000), "broken"),
    "a-photoshop-file-too-wide": (photoshop(30_001, 1), "broken"),
    "a-photoshop-file-of-version-three": (photoshop(5, 5, version=2).replace(b"\0\2", b"\0\3", 1), "broken"),
    "a-drawing-outside-the-namespace": (b'<svg width="10" height="10"></svg>', "svg-without-namespace"),
    "a-drawing-of-another-namespace": (
        b'<svg xmlns="http://example.com/" width="10" height="10"/>',
        "svg-without-namespace",
    ),
    "a-drawing-with-an-attribute-twice": (f'<svg {NAMESPACE} width="1" width="2"/>'.encode(), "broken"),
    "a-drawing-with-attributes-that-touch": (f'<svg {NAMESPACE} width="1"height="2"/>'.encode(), "broken"),
    "a-drawing-in-utf-16-without-a-mark": (SIZED.encode("utf-16-le"), "unknown"),
    "a-drawing-declared-too-late": (f' <?xml version="1.0"?>{SIZED}'.encode(), "xml"),
    "a-drawing-whose-tag-ends-too-early": (EDITED.partition("HERE")[0].encode() + b"x" * 10_000, "truncated"),
    "a-drawing-with-a-bracket-in-a-long-attribute": (EDITED.replace("HERE", "x" * 10_000 + "<").encode(), "broken"),
    "a-drawing-of-another-namespace-with-a-long-attribute": (
        EDITED.replace("/svg", "/pdf", 1).replace("HERE", "x" * 70_000).encode(),
        "svg-without-namespace",
    ),
    "a-feed-behind-a-long-comment": (b"<!--" + b" " * 70_000 + b"--><rss></rss>", "xml"),
    "a-compressed-drawing-outside-the-namespace": (gzip.compress(b'<svg width="10" height="20"/>'), "svg-without-namespace"),
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
