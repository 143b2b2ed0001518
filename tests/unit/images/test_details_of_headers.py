"""What a header says beyond its size, where the fields of each format are, and which headers have none."""

import gzip
import struct

import pytest
from image_samples import box, full_box

from linkcheck.images import measure
from linkcheck.model import ImageFacts

Found = tuple[str | None, int | None, int | None]


def measured(data: bytes) -> Found:
    facts = measure(data, complete=True)
    assert isinstance(facts, ImageFacts)
    return facts.not_image or facts.format, facts.width, facts.height


def still(*properties: bytes, primary: bool = True, shared: bool = True, brand: bytes = b"avif") -> bytes:
    """A picture with properties, each for the only item."""
    indices = bytes(range(1, len(properties) + 1))
    of_item = full_box(b"ipma", 0, 0, struct.pack(">IHB", 1, 1, len(indices)), indices)
    item, shape = full_box(b"pitm", 0, 0, b"\0\1"), box(b"iprp", box(b"ipco", *properties), of_item)
    meta = full_box(b"meta", 0, 0, item if primary else b"", shape if shared else b"")
    return box(b"ftyp", brand, bytes(4), brand) + meta


EXTENT = full_box(b"ispe", 0, 0, struct.pack(">II", 96, 64))


def crop(*numbers: int) -> bytes:
    return box(b"clap", struct.pack(">IIII", *numbers), bytes(16))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(still(EXTENT), ("avif", 96, 64), id="an extent"),
        pytest.param(still(EXTENT, brand=b"heic"), ("heic", 96, 64), id="of the other brand"),
        pytest.param(still(EXTENT, brand=b"isom"), ("mp4", None, None), id="of a brand that is no picture"),
        pytest.param(still(EXTENT, crop(60, 2, 40, 2)), ("avif", 30, 20), id="a crop"),
        pytest.param(still(EXTENT, crop(61, 2, 40, 2)), ("avif", 96, 64), id="a crop to half a pixel in width"),
        pytest.param(still(EXTENT, crop(60, 2, 41, 2)), ("avif", 96, 64), id="a crop to half a pixel in height"),
        pytest.param(still(EXTENT, crop(60, 0, 40, 2)), ("avif", 96, 64), id="a crop without a width"),
        pytest.param(still(EXTENT, crop(60, 2, 40, 0)), ("avif", 96, 64), id="a crop without a height"),
        pytest.param(still(EXTENT, crop(0, 2, 40, 2)), ("avif", 96, 64), id="a crop to nothing"),
        pytest.param(still(EXTENT, box(b"irot", b"\1")), ("avif", 64, 96), id="a quarter turn"),
        pytest.param(still(EXTENT, box(b"irot", b"\2")), ("avif", 96, 64), id="half a turn"),
        pytest.param(still(EXTENT, box(b"irot", b"\4")), ("avif", 96, 64), id="no turn, and a reserved bit"),
        pytest.param(still(), ("broken", None, None), id="no extent"),
        pytest.param(still(EXTENT, primary=False), ("broken", None, None), id="no primary item"),
        pytest.param(still(EXTENT, shared=False), ("broken", None, None), id="no properties"),
    ],
)
def test_properties_of_a_picture_in_boxes(data: bytes, found: Found) -> None:
    assert measured(data) == found


@pytest.mark.parametrize(
    ("turns", "axis", "orientation"),
    [(0, 0, 4), (1, 0, 5), (2, 0, 2), (3, 0, 7), (0, 1, 2), (1, 1, 7), (2, 1, 4), (3, 1, 5)],
)
def test_a_picture_in_boxes_is_turned_and_mirrored(turns: int, axis: int, orientation: int) -> None:
    facts = measure(still(EXTENT, box(b"irot", bytes((turns,))), box(b"imir", bytes((axis,)))), complete=True)
    assert isinstance(facts, ImageFacts)
    assert facts.orientation == orientation


def jxl(*fields: tuple[int, int]) -> bytes:
    bits = at = 0
    for number, width in fields:
        bits |= number << at
        at += width
    return b"\xff\x0a" + bits.to_bytes(40, "little")


SMALL = ((1, 1), (2, 5), (0, 3), (3, 5))
"""32 by 24 pixels, in units of eight."""


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_xl_is_turned(orientation: int) -> None:
    facts = measure(jxl(*SMALL, (0, 1), (1, 1), (orientation - 1, 3)), complete=True)
    assert isinstance(facts, ImageFacts)
    assert (facts.orientation, facts.width, facts.height) == (orientation, *((32, 24) if orientation < 5 else (24, 32)))


def tga(kind: int, depth: int, width: int = 300, height: int = 2, *, colors: tuple[int, ...] = (0, 0, 0)) -> bytes:
    """`colors`: whether there is a color map, its length and its depth."""
    has_map, count, entry = colors
    header = struct.pack("<BBBHHBHHHHBB", 0, has_map, kind, 0, count, entry, 0, 0, width, height, depth, 0)
    return header + bytes(count * (entry // 8) + width * height * depth // 8)


def icon(kind: int) -> bytes:
    return struct.pack("<HHHBBHHHII", 0, kind, 1, 48, 32, 0, 0, 0, 4, 22)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(tga(2, 24), ("tga", 300, 2), id="colors"),
        pytest.param(tga(2, 24, 2, 300), ("tga", 2, 300), id="higher than a byte tells"),
        pytest.param(tga(1, 8, colors=(1, 4, 24)), ("tga", 300, 2), id="a color map"),
        pytest.param(tga(3, 8), ("tga", 300, 2), id="grey"),
        pytest.param(tga(2, 24)[:-1], ("truncated", None, None), id="a byte short"),
        pytest.param(tga(1, 8), ("unknown", None, None), id="a missing color map"),
        pytest.param(tga(1, 8, colors=(1, 4, 23)), ("unknown", None, None), id="an impossible color map"),
        pytest.param(tga(2, 24, colors=(1, 4, 24)), ("unknown", None, None), id="a needless color map"),
        pytest.param(tga(2, 8), ("unknown", None, None), id="an impossible depth"),
        pytest.param(tga(4, 8), ("unknown", None, None), id="an unknown type"),
        pytest.param(b"P5 30 20 255\n", ("pnm", 30, 20), id="grey of Netpbm"),
        pytest.param(b"P7\nWIDTH 30\nHEIGHT 20\nENDHDR\n", ("pnm", 30, 20), id="PAM"),
        pytest.param(b"P7\nHEIGHT 20\nENDHDR\n", ("broken", None, None), id="PAM without a width"),
        pytest.param(b"P7\nWIDTH 30\nENDHDR\n", ("broken", None, None), id="PAM without a height"),
        pytest.param(b"P5\n#".ljust(65536, b"."), ("pnm", None, None), id="a comment of Netpbm as long as the limit"),
        pytest.param(b"DDS \x7c\0\0\0" + struct.pack("<III", 0, 20, 30), ("dds", 30, 20), id="DDS"),
        pytest.param(icon(2), ("cur", 48, 32), id="a cursor"),
        pytest.param(icon(3), ("unknown", None, None), id="no icon"),
    ],
)  # fmt: skip
def test_headers_without_much_of_a_magic_number(data: bytes, found: Found) -> None:
    assert measured(data) == found


def svg(attributes: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()


@pytest.mark.parametrize(
    ("attributes", "size", "ratio"),
    [
        pytest.param('width="30" height="20"', (30, 20), 1.5, id="two sides"),
        pytest.param('width="30"', (30, None), None, id="a width"),
        pytest.param('height="20"', (None, 20), None, id="a height"),
        pytest.param('width="0" height="20"', (0, 20), None, id="no width"),
        pytest.param('width="30" height="0"', (30, 0), None, id="no height"),
        pytest.param('width="30" viewBox="0 0 3 2"', (30, 20), 1.5, id="a width and a shape"),
        pytest.param('height="20" viewBox="0 0 3 2"', (30, 20), 1.5, id="a height and a shape"),
        pytest.param('width="1IN" height="48PT"', (96, 64), 1.5, id="units in upper case"),
        pytest.param('width="3EM" height="2em"', (None, None), 1.5, id="a unit that depends on the font"),
        pytest.param('viewBox="0 0 -3 -2"', (None, None), None, id="a shape of two negative sides"),
    ],
)
def test_the_size_of_an_svg_by_its_attributes(
    attributes: str, size: tuple[int | None, int | None], ratio: float | None
) -> None:
    facts = measure(svg(attributes), complete=True)
    assert isinstance(facts, ImageFacts)
    assert (facts.format, (facts.width, facts.height), facts.ratio) == ("svg", size, ratio)


@pytest.mark.parametrize(
    "data",
    [
        svg('width="30" height="20"').decode().encode("utf-16"),
        b"\xfe\xff" + svg('width="30" height="20"').decode().encode("utf-16-be"),
        b"\xef\xbb\xbf" + svg('width="30" height="20"'),
        gzip.compress(svg('width="30" height="20"'), mtime=0),
    ],
    ids=["little-endian UTF-16", "big-endian UTF-16", "UTF-8 with a mark", "compressed"],
)
def test_an_svg_in_each_encoding(data: bytes) -> None:
    assert measured(data) == ("svg", 30, 20)


def gif(*parts: bytes) -> bytes:
    return b"GIF89a" + struct.pack("<HH", 30, 20) + bytes(3) + b"".join(parts) + b";"


def frame(*, colors: bytes = b"", flags: int = 0) -> bytes:
    return b"," + struct.pack("<HHHHB", 0, 0, 30, 20, flags) + colors + b"\2\1\0\0"


LOOP = b"!\xff\x0bNETSCAPE2.0\3\1\0\0\0"


@pytest.mark.parametrize(
    ("data", "animated"),
    [
        pytest.param(gif(frame()), False, id="one frame"),
        pytest.param(gif(frame(), frame()), True, id="two frames"),
        pytest.param(gif(frame(flags=0x80, colors=bytes(6)), frame()), True, id="two frames, the first with its own colors"),
        pytest.param(gif(frame(), b"!\xf9\4\0\0\0\0\0", frame()), True, id="two frames and a delay"),
        pytest.param(gif(frame(), b"!\xf9\4\0\0\0\0\0"), False, id="one frame and a delay"),
        pytest.param(gif(LOOP, frame())[:-3], True, id="a loop, and a frame that is cut off"),
        pytest.param(gif(frame())[:-3], False, id="a frame that is cut off"),
        pytest.param(gif(frame()[:-1] + b"\1\0" * 4096), False, id="a frame of more blocks than are read"),
        pytest.param(gif(LOOP, frame()[:-1] + b"\1\0" * 4096), True, id="a loop, and more blocks than are read"),
    ],
)
def test_a_gif_is_animated(data: bytes, *, animated: bool) -> None:
    facts = measure(data, complete=True)
    assert isinstance(facts, ImageFacts)
    assert (facts.width, facts.height, facts.animated) == (30, 20, animated)
