"""Where readers stop, and which bytes they ask for at the end of what is available."""

import gzip
import struct
from collections.abc import Callable

import pytest
from image_samples import app1, bare_jpeg, behind_start, box, exif, full_box, segment

from linkcheck.images import exr, gif, heif, jpeg, jxl, measure
from linkcheck.images.view import CAP, BrokenError, NeedError, View
from linkcheck.model import ImageFacts

Read = Callable[[View, str], ImageFacts]


def measured(data: bytes, *, complete: bool = True) -> tuple[str | None, int | None, int | None]:
    facts = measure(data, complete=complete)
    assert isinstance(facts, ImageFacts)
    return facts.not_image or facts.format, facts.width, facts.height


GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + bytes(3)
JXL = jxl.BOXED + b"\0\0\0\x40jxlp\0\0\0\0"
EXR = b"\x76\x2f\x31\x01\2\0\0\0"


@pytest.mark.parametrize(
    ("read", "data", "at", "count", "skip"),
    [
        pytest.param(gif.read, GIF[:12], 6, 7, True, id="GIF, the screen"),
        pytest.param(gif.read, GIF, 13, 1, False, id="GIF, a block"),
        pytest.param(gif.read, GIF + b",", 13, 10, False, id="GIF, a frame"),
        pytest.param(gif.read, GIF + b"!\xff", 14, 13, False, id="GIF, an extension"),
        pytest.param(gif.read, GIF + b"!\xfe\x20" + bytes(20), 15 + 33, 1, False, id="GIF, the next sub-block"),
        pytest.param(jpeg.read, b"\xff\xd8\xff\xe1", 4, 2, False, id="JPEG, a length"),
        pytest.param(jpeg.read, b"\xff\xd8\xff\xc0\0\x11", 7, 4, False, id="JPEG, a size"),
        pytest.param(jpeg.read, b"\xff\xd8\xff\xe1\0\x08", 6, 6, False, id="JPEG, the name of a block"),
        pytest.param(jpeg.read, b"\xff\xd8\xff\xe1\0\x20Exif\0\0", 12, 24, False, id="JPEG, a block"),
        pytest.param(jxl.read, JXL + b"\xff\x0a", len(JXL) + 2, 1, True, id="JPEG XL, a part"),
        pytest.param(exr.read, EXR + b"name", 8, 5, False, id="OpenEXR, a name"),
        pytest.param(exr.read, EXR + b"name\0kind\0\1\0\0", 18, 4, True, id="OpenEXR, a length"),
        pytest.param(exr.read, EXR + b"displayWindow\0box2i\0\x10\0\0\0", 32, 16, True, id="OpenEXR, the window"),
    ],
)
def test_a_reader_asks_for_the_bytes_that_it_lacks(read: Read, data: bytes, at: int, count: int, *, skip: bool) -> None:
    with pytest.raises(NeedError) as raised:
        read(View(data), "x")
    assert (raised.value.at, raised.value.upto, raised.value.skip) == (at, at + count, skip)


@pytest.mark.parametrize("window", [(0, 0, 29, 19), (-10, -20, 19, -1), (5, 7, 34, 26)])
def test_the_window_of_an_open_exr_includes_its_last_pixels(window: tuple[int, ...]) -> None:
    data = EXR + b"displayWindow\0box2i\0\x10\0\0\0" + struct.pack("<4i", *window)
    assert measured(data) == ("exr", 30, 20)


@pytest.mark.parametrize(("length", "is_read"), [(255, True), (256, False)])
def test_a_name_in_an_open_exr_has_a_limited_length(length: int, *, is_read: bool) -> None:
    window = b"displayWindow\0box2i\0\x10\0\0\0" + struct.pack("<4i", 0, 0, 29, 19)
    data = EXR + b"n" * length + b"\0kind\0\2\0\0\0xx" + window
    assert measured(data) == (("exr", 30, 20) if is_read else ("broken", None, None))


@pytest.mark.parametrize(
    "attribute",
    [b"\0", b"displayWindow\0box2f\0\x10\0\0\0" + bytes(16) + b"\0", b"dataWindow\0box2i\0\x10\0\0\0" + bytes(16) + b"\0"],
    ids=["no attribute", "a window of another type", "another window"],
)
def test_an_open_exr_without_a_window_is_broken(attribute: bytes) -> None:
    with pytest.raises(BrokenError):
        exr.read(View(EXR + attribute, complete=True), "exr")


def of_item(*, version: int, flags: int, index: int = 1, item: int = 7) -> bytes:
    """A picture whose item 7 has one of two extents."""
    number, of_index = (">I" if version else ">H"), (">H" if flags else ">B")
    essential = 0x8000 if flags else 0x80
    entries = b"".join(
        struct.pack(number, each) + b"\1" + struct.pack(of_index, essential | one) for each, one in ((3, 2), (item, index))
    )
    shapes = box(b"ipco", *(full_box(b"ispe", 0, 0, struct.pack(">II", *size)) for size in ((30, 20), (9, 8))))
    shared = box(b"iprp", shapes, full_box(b"ipma", version, flags, struct.pack(">I", 2), entries))
    return full_box(b"pitm", 0, 0, b"\0\7") + shared


def picture(*boxes: bytes) -> bytes:
    return box(b"ftyp", b"avif", bytes(4), b"avif") + full_box(b"meta", 0, 0, *boxes)


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("flags", [0, 1])
def test_numbers_of_items_and_properties_have_two_lengths_each(version: int, flags: int) -> None:
    assert measured(picture(of_item(version=version, flags=flags))) == ("avif", 30, 20)
    assert measured(picture(of_item(version=version, flags=flags, index=2))) == ("avif", 9, 8)
    assert measured(picture(of_item(version=version, flags=flags, index=3))) == ("broken", None, None)
    assert measured(picture(of_item(version=version, flags=flags, index=0))) == ("broken", None, None)
    assert measured(picture(of_item(version=version, flags=flags, item=8))) == ("broken", None, None)


@pytest.mark.parametrize("body", [b"", b"\0\0\0", b"\0\0\0\0", b"\0\0\0\0\0\0\0\1", b"\0\0\0\0\0\0\0\1\0\7"])
def test_a_list_of_properties_that_is_cut_off_has_none(body: bytes) -> None:
    shapes = box(b"ipco", full_box(b"ispe", 0, 0, struct.pack(">II", 30, 20)))
    data = picture(full_box(b"pitm", 0, 0, b"\0\7"), box(b"iprp", shapes, box(b"ipma", body)))
    assert measured(data) == ("broken", None, None)


def test_what_follows_the_properties_of_a_picture_is_not_needed() -> None:
    data = picture(of_item(version=0, flags=0), box(b"free", bytes(100_000)))
    assert measured(data[:1000], complete=False) == ("avif", 30, 20)
    with pytest.raises(NeedError):
        heif.read(View(picture(box(b"free", bytes(100_000)), of_item(version=0, flags=0))[:1000]), "avif")


@pytest.mark.parametrize(
    ("parts", "orientation"),
    [
        pytest.param((app1(exif(6)), app1(exif(3))), 6, id="the first of two"),
        pytest.param((segment(0xE1, b"Exif\0\0"), app1(exif(6))), 1, id="an empty block first"),
        pytest.param((segment(0xE1, b"Exif\0"), app1(exif(6))), 6, id="a block that is too short first"),
        pytest.param((segment(0xE2, b"Exif\0\0" + exif(6)),), 1, id="in another segment"),
    ],
)
def test_the_first_exif_block_of_a_jpeg_counts(parts: tuple[bytes, ...], orientation: int) -> None:
    facts = measure(behind_start(bare_jpeg(0xC0), *parts), complete=True)
    assert isinstance(facts, ImageFacts)
    assert facts.orientation == orientation


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(SVG[:30]) + gzip.compress(SVG[30:]), id="two parts"),
        pytest.param(gzip.compress(SVG) + b"garbage", id="garbage at the end"),
        pytest.param(gzip.compress(SVG)[:-8] + bytes(8), id="a wrong checksum"),
        pytest.param(gzip.compress(SVG[:30]) + gzip.compress(SVG[30:])[:-8] + bytes(8), id="one in the second part"),
    ],
)
def test_a_compressed_svg_is_decompressed_as_far_as_possible(data: bytes) -> None:
    assert measured(data) == ("svg", 30, 20)


@pytest.mark.parametrize(("spaces", "kind"), [(CAP - len(SVG), "svg"), (CAP, "gzip")])
def test_a_compressed_svg_is_decompressed_up_to_the_limit(spaces: int, kind: str) -> None:
    data = gzip.compress(b" " * spaces) + gzip.compress(SVG)
    assert measured(data)[0] == kind


@pytest.mark.parametrize(
    ("sides", "ratio"),
    [("1000000 1", None), ("999999 1", 999_999.0), ("1 1000000", None), ("1 999999", 1 / 999_999), ("-3 -2", None)],
)
def test_an_svg_is_not_much_wider_than_high(sides: str, ratio: float | None) -> None:
    facts = measure(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sides}"/>'.encode(), complete=True)
    assert isinstance(facts, ImageFacts)
    assert facts.ratio == ratio


def parts(count: int, size: int) -> bytes:
    """A JPEG XL in boxes, with parts of `size` bytes before its header."""
    header = b"\xff\x0a\x45\x30" + bytes(36)
    return jxl.BOXED + box(b"jxlp", bytes(size)) * count + box(b"jxlp", bytes(4), header)


FRAME = b"," + struct.pack("<HHHHB", 0, 0, 30, 20, 0) + b"\2\1\0\0"


@pytest.mark.parametrize(
    ("most", "beyond"),
    [
        pytest.param(parts(15, 4), parts(16, 4), id="parts of a JPEG XL"),
        pytest.param(GIF + b"!\xfe\0" * 4095 + FRAME + b";", GIF + b"!\xfe\0" * 4096 + FRAME + b";", id="blocks of a GIF"),
        pytest.param(
            EXR + b"a\0b\0\0\0\0\0" * 1023 + b"displayWindow\0box2i\0\x10\0\0\0" + struct.pack("<4i", 0, 0, 29, 19),
            EXR + b"a\0b\0\0\0\0\0" * 1024 + b"displayWindow\0box2i\0\x10\0\0\0" + struct.pack("<4i", 0, 0, 29, 19),
            id="attributes of an OpenEXR",
        ),
    ],
)
def test_a_header_is_searched_up_to_a_limit(most: bytes, beyond: bytes) -> None:
    kind, width, _ = measured(most)
    assert width is not None
    assert measured(beyond) == (kind, None, None)


def test_a_part_of_a_jpeg_xl_without_its_number_does_not_count() -> None:
    assert measured(parts(16, 3)) == measured(parts(0, 0))


@pytest.mark.parametrize(("members", "kind"), [(99, "svg"), (100, "gzip")])
def test_a_compressed_svg_has_a_limited_number_of_parts(members: int, kind: str) -> None:
    assert measured(gzip.compress(b" ") * members + gzip.compress(SVG))[0] == kind


@pytest.mark.parametrize("name", [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"XMP DataXMP"])
def test_a_gif_loops_by_either_extension(name: bytes) -> None:
    facts = measure(GIF + b"!\xff\x0b" + name + b"\3\1\0\0\0" + FRAME[:-2], complete=False)
    assert isinstance(facts, ImageFacts)
    assert facts.animated is (name != b"XMP DataXMP")
