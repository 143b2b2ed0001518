"""Headers at their limits: the largest directory of an icon, units of eight in JPEG XL, images turned, and no height."""

import struct

import pytest

from linkcheck.images import measure
from linkcheck.model import ImageFacts


def measured(data: bytes) -> tuple[str | None, int | None, int | None]:
    facts = measure(data, complete=True)
    assert isinstance(facts, ImageFacts)
    return facts.format, facts.width, facts.height


def icon(entries: int, *, offset: int | None = None, length: int = 4) -> bytes:
    place = 6 + 16 * entries if offset is None else offset
    entry = struct.pack("<BBBBHHII", 48, 32, 0, 0, 1, 32, length, place)
    return struct.pack("<HHH", 0, 1, entries) + entry * entries + bytes(8)


@pytest.mark.parametrize("entries", [1, 2, 1023, 1024])
def test_up_to_1024_entries_of_an_icon_are_read(entries: int) -> None:
    assert measured(icon(entries)) == ("ico", 48, 32)


@pytest.mark.parametrize("entries", [1025, 65535])
def test_the_size_of_an_icon_with_more_entries_is_unknown(entries: int) -> None:
    assert measured(icon(entries)) == ("ico", None, None)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(icon(0), id="no entry"),
        pytest.param(
            icon(1025).replace(b"\x30\x20\0\0", b"\x30\x20\0\x10", 1), id="many entries, and the first is not clean"
        ),
        pytest.param(icon(1, offset=21), id="a picture within the directory"),
        pytest.param(icon(1, length=0), id="an empty picture"),
    ],
)
def test_what_cannot_be_an_icon_is_none(data: bytes) -> None:
    assert measured(data)[0] is None


def jxl(*fields: tuple[int, int]) -> bytes:
    """A JPEG XL codestream whose header has these numbers, each with its number of bits, the lowest first."""
    bits = at = 0
    for number, width in fields:
        bits |= number << at
        at += width
    return b"\xff\x0a" + bits.to_bytes(at // 8 + 16, "little")


@pytest.mark.parametrize(("width", "height"), [(8, 8), (16, 24), (256, 8), (8, 256)])
def test_a_small_jpeg_xl_is_measured_in_units_of_eight(width: int, height: int) -> None:
    data = jxl((1, 1), (height // 8 - 1, 5), (0, 3), (width // 8 - 1, 5), (1, 1))
    assert measured(data) == ("jxl", width, height)


@pytest.mark.parametrize(("ratio", "width"), [(1, 240), (2, 288), (3, 320), (4, 360), (5, 426), (6, 300), (7, 480)])
def test_a_jpeg_xl_can_have_a_ratio_instead_of_a_width(ratio: int, width: int) -> None:
    assert measured(jxl((1, 1), (240 // 8 - 1, 5), (ratio, 3), (1, 1))) == ("jxl", width, 240)


@pytest.mark.parametrize(
    ("box", "ratio"),
    [
        ("0 0 30 20", 1.5),
        ("0 0 30 0", None),
        ("0 0 0 20", None),
        ("0 0 -30 20", None),
        ("0 0 30 -20", None),
        ("0 0 0 0", None),
    ],
)
def test_an_svg_has_the_shape_of_its_view_box(box: str, ratio: float | None) -> None:
    facts = measure(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>'.encode(), complete=True)
    assert isinstance(facts, ImageFacts)
    assert (facts.format, facts.ratio) == ("svg", ratio)


@pytest.mark.parametrize(
    ("space", "found"),
    [
        ("http://www.w3.org/2000/svg", ("svg", 30, 20)),
        ("&ns_svg;", ("svg", 30, 20)),
        ("http://www.w3.org/1999/xhtml", ("svg-without-namespace", None, None)),
        ("", ("svg-without-namespace", None, None)),
    ],
)
def test_an_svg_is_in_the_namespace_of_svg_or_in_one_that_is_an_entity(
    space: str, found: tuple[str | None, int | None, int | None]
) -> None:
    facts = measure(f'<svg xmlns="{space}" width="30" height="20"/>'.encode(), complete=True)
    assert isinstance(facts, ImageFacts)
    assert (facts.not_image or facts.format, facts.width, facts.height) == found


def bmp(width: int, height: int, *, core: bool = False) -> bytes:
    header = struct.pack("<IHH", 12, width, height) if core else struct.pack("<Iii", 40, width, height)
    return b"BM" + bytes(12) + header + bytes(40)


def psd(version: int, width: int, height: int) -> bytes:
    return b"8BPS" + struct.pack(">H6xHIIHH", version, 3, height, width, 8, 3)


def tiff(orientation: int, *, kind: int = 3) -> bytes:
    entries = ((256, 3, 30), (257, kind, 20), (274, 3, orientation))
    directory = b"".join(struct.pack("<HHII", tag, each, 1, value) for tag, each, value in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + directory + bytes(4)


def webp(chunk: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 12 + len(body)) + b"WEBP" + chunk + struct.pack("<I", len(body)) + body


def lossless(width: int, height: int) -> bytes:
    return webp(b"VP8L", b"\x2f" + (width - 1 | height - 1 << 14).to_bytes(4, "little"))


def lossy(width: int, height: int, *, frame: bytes = b"\0\0\0\x9d\x01\x2a") -> bytes:
    return webp(b"VP8 ", frame + struct.pack("<HH", width, height))


def gif(width: int, height: int, *frame: int) -> bytes:
    screen = b"GIF89a" + struct.pack("<HH", width, height) + bytes(3)
    return screen + b"," + struct.pack("<HHHH", *frame) + b"\0\2\1\0\0;"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        pytest.param(bmp(30, 20), (30, 20), id="BMP"),
        pytest.param(bmp(30, -20), (30, 20), id="BMP, rows from top to bottom"),
        pytest.param(bmp(30, 20, core=True), (30, 20), id="BMP of OS/2"),
        pytest.param(psd(1, 30_000, 1), (30_000, 1), id="PSD, as wide as possible"),
        pytest.param(psd(1, 1, 30_000), (1, 30_000), id="PSD, as high as possible"),
        pytest.param(psd(2, 300_000, 1), (300_000, 1), id="PSB, as wide as possible"),
        pytest.param(tiff(1), (30, 20), id="TIFF"),
        pytest.param(tiff(4), (30, 20), id="TIFF, upside down"),
        pytest.param(tiff(5), (20, 30), id="TIFF, mirrored and turned"),
        pytest.param(tiff(8), (20, 30), id="TIFF, turned"),
        pytest.param(tiff(9), (30, 20), id="TIFF, turned in no known way"),
        pytest.param(tiff(0), (30, 20), id="TIFF, turned in no way"),
        pytest.param(tiff(1, kind=4), (30, 20), id="TIFF, a height of four bytes"),
        pytest.param(tiff(1, kind=9), (30, 20), id="TIFF, a height with a sign"),
        pytest.param(tiff(1, kind=1), (30, 20), id="TIFF, a height of one byte"),
        pytest.param(lossless(1, 1), (1, 1), id="WebP, the smallest"),
        pytest.param(lossless(16384, 300), (16384, 300), id="WebP, lossless"),
        pytest.param(lossy(30, 20), (30, 20), id="WebP, lossy"),
        pytest.param(lossy(30 | 0x4000, 20 | 0xC000), (30, 20), id="WebP, to be scaled"),
        pytest.param(gif(30, 20, 0, 0, 5, 5), (30, 20), id="GIF, a frame on its screen"),
        pytest.param(gif(30, 20, 10, 5, 25, 25), (35, 30), id="GIF, a frame beyond its screen"),
    ],
)
def test_the_size_is_that_of_the_header(data: bytes, size: tuple[int, int]) -> None:
    assert measured(data)[1:] == size


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bmp(-30, 20), id="BMP, less than no width"),
        pytest.param(bmp(0, 20), id="BMP without a width"),
        pytest.param(bmp(30, 0), id="BMP without a height"),
        pytest.param(psd(1, 30_001, 1), id="PSD, too wide"),
        pytest.param(psd(1, 1, 30_001), id="PSD, too high"),
        pytest.param(psd(2, 1, 300_001), id="PSB, too high"),
        pytest.param(psd(3, 1, 1), id="PSD of no known version"),
        pytest.param(tiff(1, kind=2), id="TIFF, a height that is a text"),
        pytest.param(lossy(30, 20, frame=b"\1\0\0\x9d\x01\x2a"), id="WebP, not a key frame"),
        pytest.param(lossy(30, 20, frame=b"\0\0\0\x9d\x01\x2b"), id="WebP, no start of a frame"),
        pytest.param(webp(b"VP8L", b"\x2e" + bytes(4)), id="WebP, another signature"),
        pytest.param(webp(b"VP8Y", bytes(10)), id="WebP, an unknown chunk"),
    ],
)
def test_a_header_without_a_possible_size_is_broken(data: bytes) -> None:
    facts = measure(data, complete=True)
    assert isinstance(facts, ImageFacts)
    assert (facts.not_image, facts.width) == ("broken", None)
