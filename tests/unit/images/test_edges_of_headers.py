"""Headers at their limits: the largest directory of an icon, a JPEG XL size in units of eight, an SVG without a height."""

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
def test_an_icon_has_up_to_1024_entries(entries: int) -> None:
    assert measured(icon(entries)) == ("ico", 48, 32)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(icon(0), id="no entry"),
        pytest.param(icon(1025), id="more entries than any icon has"),
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
        ("http://www.w3.org/1999/xhtml", ("broken", None, None)),
        ("", ("broken", None, None)),
    ],
)
def test_an_svg_is_in_the_namespace_of_svg_or_in_one_that_is_an_entity(
    space: str, found: tuple[str | None, int | None, int | None]
) -> None:
    facts = measure(f'<svg xmlns="{space}" width="30" height="20"/>'.encode(), complete=True)
    assert isinstance(facts, ImageFacts)
    assert (facts.not_image or facts.format, facts.width, facts.height) == found
