"""The size of a sequence: that of its first picture track."""

import struct

import pytest
from image_samples import box, full_box

from linkcheck.images import measure
from linkcheck.model import ImageFacts


def tkhd(width: int, height: int, *, before: int = 76) -> bytes:
    """A track header (14496-12, 8.3.2) of version 0, or one with fewer bytes before its size."""
    return box(b"tkhd", bytes(before), struct.pack(">II", width << 16, height << 16))


def track(header: bytes, kind: bytes = b"pict") -> bytes:
    return box(b"trak", header, box(b"mdia", full_box(b"hdlr", 0, 0, bytes(4), kind, bytes(13))))


def measured(*tracks: bytes) -> tuple[str | None, int | None, int | None]:
    file = box(b"ftyp", b"avis", bytes(4), b"avif") + box(b"moov", *tracks)
    facts = measure(file, complete=True)
    assert isinstance(facts, ImageFacts)
    return facts.not_image or facts.format, facts.width, facts.height


def test_a_sequence_is_as_large_as_its_first_picture_track() -> None:
    assert measured(track(tkhd(96, 64)), track(tkhd(30, 20))) == ("avif", 96, 64)


def test_tracks_of_another_kind_are_passed_over() -> None:
    assert measured(track(tkhd(30, 20), b"auxv"), track(tkhd(96, 64))) == ("avif", 96, 64)


@pytest.mark.parametrize("before", [0, 74, 75], ids=["of the size alone", "two bytes short", "one byte short"])
def test_a_track_header_that_is_too_short_has_no_size(before: int) -> None:
    assert measured(track(tkhd(30, 20, before=before))) == ("broken", None, None)
    assert measured(track(tkhd(30, 20, before=before)), track(tkhd(96, 64))) == ("avif", 96, 64)


@pytest.mark.parametrize(("width", "height"), [(0, 64), (96, 0)])
def test_a_track_without_a_side_is_passed_over(width: int, height: int) -> None:
    assert measured(track(tkhd(width, height)), track(tkhd(30, 20))) == ("avif", 30, 20)
