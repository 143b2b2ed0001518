"""What `measure` asks its caller for, and when."""

from collections.abc import Mapping

import pytest
from image_samples import Sample, app1, behind_start, encoded, exif, profile, samples, tiff

from linkcheck.images import EXTENSIONS, FIRST_READ, MEDIA_TYPES, More, Segment, measure, measure_by
from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError
from linkcheck.model import ImageFacts

BY_NAME: Mapping[str, Sample] = {sample.name: sample for sample in samples()}


def reads(data: bytes, *, seekable: bool = True) -> tuple[ImageFacts, list[tuple[int, int]]]:
    """Measure `data`, and list what was asked for."""
    asked: list[tuple[int, int]] = []

    def reader(start: int, stop: int) -> bytes:
        asked.append((start, stop))
        return data[start:stop]

    return measure_by(reader, seekable=seekable), asked


def test_before_the_first_byte_it_asks_for_the_first_read() -> None:
    assert measure(b"", complete=False) == More(FIRST_READ)


def test_an_empty_file_is_empty() -> None:
    assert measure(b"", complete=True) == ImageFacts(format=None, not_image="empty")


def test_bytes_of_no_format_are_refused_without_waiting_for_the_end() -> None:
    facts = measure(b"Lorem ipsum dolor sit amet. " * 500, complete=False)

    assert facts == ImageFacts(format=None, not_image="text", bytes_read=14_000)


def test_most_samples_are_known_after_the_first_read() -> None:
    late = {sample.name for sample in samples() if reads(sample.data)[1] != [(0, FIRST_READ)]}

    assert late == {
        "long-profile.jpg",
        "very-long-profile.jpg",
        "very-long-profile-then-exif.jpg",
        "long-extended-xmp.jpg",
        "profile-that-lies.jpg",
        "exif-behind-a-long-chunk.png",
        "meta-behind-the-pixels.heic",
        "meta-far-behind-the-pixels.heic",
        "behind-long-metadata.jxl",
        "intel-far-directory.tif",
        "motorola-far-directory.tif",
        "intel-big-very-far-directory.tif",
        "motorola-big-very-far-directory.tif",
        "a-property-for-each-of-many-tiles.heic",
        "header-behind-long-metadata.jp2",
        "long-comment.pgm",
        "behind-a-preview.exr",
        "many-comments.svg",
        "long-comment.svg",
        "long-space.svg",
        "long-instruction.svg",
        "long-doctype.svg",
        "size-behind-a-picture.svg",
        "many-attributes.svg",
    }


@pytest.mark.parametrize(
    ("name", "place"),
    [
        pytest.param("meta-far-behind-the-pixels.heic", 3_000_032, id="meta behind the pixels"),
        pytest.param("intel-far-directory.tif", 300_776, id="directory at the end"),
        pytest.param("very-long-profile.jpg", 2 + 39 * 65_537, id="the last part of a color profile"),
        pytest.param("exif-behind-a-long-chunk.png", 200_045, id="the chunk behind a long one"),
    ],
)
def test_what_lies_far_behind_costs_one_seek_to_the_place(name: str, place: int) -> None:
    facts, asked = reads(BY_NAME[name].data)

    assert (facts.width, facts.height) == BY_NAME[name].shown
    assert asked[0] == (0, FIRST_READ)
    assert {start for start, _ in asked[1:]} == {place}
    assert facts.bytes_read <= 6 * FIRST_READ


def test_a_short_way_is_read_and_not_leapt_over() -> None:
    data = behind_start(encoded("JPEG"), *profile(1, 120_000), app1(exif(6)))

    assert reads(data)[1] == [(0, FIRST_READ), (FIRST_READ, 4 * FIRST_READ)]


def test_the_segment_grows_when_what_it_should_hold_is_longer() -> None:
    name = "meta-far-behind-the-pixels.heic"
    place = BY_NAME[name].data.index(b"meta") - 4
    data = BY_NAME[name].data
    first = measure(data[:FIRST_READ], complete=False)
    assert first == More(place + FIRST_READ, place)

    tail = Segment(place, data[place : place + 50])
    assert measure(data[:FIRST_READ], complete=False, tail=tail) == More(place + FIRST_READ, place)


def test_a_file_without_its_far_part_is_truncated() -> None:
    data = tiff("<", pixels_first=300_000)[:200_000]

    assert reads(data)[0].not_image == "truncated"


def test_whoever_cannot_seek_is_asked_to_read_on() -> None:
    facts, asked = reads(BY_NAME["meta-behind-the-pixels.heic"].data, seekable=False)

    assert (facts.width, facts.height) == BY_NAME["meta-behind-the-pixels.heic"].shown
    assert asked == [(0, FIRST_READ), (FIRST_READ, 43 * FIRST_READ)]


def test_bytes_read_are_those_that_were_handed_in() -> None:
    data = encoded("PNG")
    facts = measure(data + bytes(500), complete=False)

    assert isinstance(facts, ImageFacts)
    assert facts.bytes_read == len(data) + 500


def test_every_format_has_its_media_types_and_extensions() -> None:
    assert MEDIA_TYPES.keys() == EXTENSIONS.keys()
    assert {MEDIA_TYPES[name][0] for name in ("jpeg", "svg", "ico")} == {
        "image/jpeg",
        "image/svg+xml",
        "image/vnd.microsoft.icon",
    }


@pytest.mark.parametrize(
    ("crop", "size"),
    [
        pytest.param((10, 20), (10, 20), id="as large as the picture"),
        pytest.param((9, 1), (9, 1), id="smaller"),
        pytest.param((11, 20), (10, 20), id="wider than the picture"),
        pytest.param((10, 21), (10, 20), id="higher than the picture"),
        pytest.param(None, (10, 20), id="none"),
    ],
)
@pytest.mark.parametrize("orientation", [1, 4, 5, 8])
def test_a_crop_counts_where_it_lies_in_the_picture(
    crop: tuple[int, int] | None, size: tuple[int, int], orientation: int
) -> None:
    facts = pixels("heic", 10, 20, orientation=orientation, crop=crop)
    assert (facts.width, facts.height) == (size if orientation < 5 else size[::-1])
    assert (facts.stored_width, facts.stored_height) == (10, 20)


@pytest.mark.parametrize("size", [(0, 1), (1, 0), (-1, 1)])
def test_a_picture_without_pixels_is_damaged(size: tuple[int, int]) -> None:
    with pytest.raises(BrokenError):
        pixels("png", *size)
