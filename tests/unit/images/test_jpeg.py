"""How far a JPEG is searched for its size."""

import pytest
from image_samples import HEIGHT, WIDTH, bare_jpeg, behind_start, segment

from linkcheck.images import jpeg
from linkcheck.images.view import BrokenError, LimitError, View


def size(data: bytes) -> tuple[int | None, int | None]:
    facts = jpeg.read(View(data, complete=True), "jpeg")
    return facts.width, facts.height


def test_garbage_between_two_segments_is_skipped_up_to_the_limit() -> None:
    most = jpeg.GARBAGE - 2  # the marker's own two bytes are searched as well
    assert size(behind_start(bare_jpeg(0xC0), bytes(most))) == (WIDTH, HEIGHT)
    with pytest.raises(LimitError):
        size(behind_start(bare_jpeg(0xC0), bytes(most + 1)))


def test_the_limit_of_garbage_is_a_mebibyte() -> None:
    assert jpeg.GARBAGE == 1024 * 1024


def test_segments_are_read_up_to_the_limit() -> None:
    # A bare JPEG has one segment before the frame.
    most = jpeg.SEGMENTS - 2
    assert size(behind_start(bare_jpeg(0xC0), *[segment(0xE5, b"")] * most)) == (WIDTH, HEIGHT)
    with pytest.raises(LimitError):
        size(behind_start(bare_jpeg(0xC0), *[segment(0xE5, b"")] * (most + 1)))


def test_a_color_profile_in_as_many_segments_as_there_can_be_is_read() -> None:
    assert jpeg.SEGMENTS > 255


@pytest.mark.parametrize("length", [0, 1])
def test_a_segment_that_is_shorter_than_its_length_is_broken(length: int) -> None:
    with pytest.raises(BrokenError):
        size(behind_start(bare_jpeg(0xC0), b"\xff\xe5\0" + bytes([length])))
