"""No bytes make a reader raise, loop or read past its bound."""

import gzip
import struct
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st
from image_samples import Sample, box, samples

from linkcheck.images import CAP, MEDIA_TYPES, More, Segment, measure, measure_by
from linkcheck.images.other import MAGIC
from linkcheck.model import ImageFacts

SMALL = tuple(sample for sample in samples() if len(sample.data) < 100_000)
NOT_IMAGES = {"html", "xml", "json", "empty", "text", "truncated", "broken", "svg-without-namespace", "unknown", *MAGIC}

some_sample = st.sampled_from(SMALL)
magics = st.sampled_from(sorted({sample.data[:16] for sample in samples()}))


def check(facts: ImageFacts) -> None:
    if facts.format is None:
        assert facts.not_image in NOT_IMAGES
        assert (facts.width, facts.height, facts.ratio) == (None, None, None)
        return
    assert facts.format in MEDIA_TYPES
    assert facts.not_image is None
    assert 1 <= facts.orientation <= 8
    lowest = 0 if facts.format == "svg" else 1
    assert all(side is None or side >= lowest for side in (facts.width, facts.height))
    assert facts.format == "svg" or (facts.width is None) == (facts.height is None)


def read(data: bytes, *, seekable: bool = True) -> ImageFacts:
    """Read as a caller would, and watch what is asked for."""
    asked: list[tuple[int, int]] = []

    def reader(start: int, stop: int) -> bytes:
        asked.append((start, stop))
        return data[start:stop]

    facts = measure_by(reader, seekable=seekable)
    check(facts)
    assert len(asked) < 12
    assert facts.bytes_read <= CAP
    assert seekable or all(earlier[1] == later[0] for earlier, later in pairwise(asked))
    return facts


@given(data=st.binary(max_size=300))
@example(data=b"\xff\xd8\xff" + b"\xff" * 200_000)
@example(data=b"\xff\xd8" + b"\xff\xe0\0\2" * 100_000)
@example(data=b"GIF89a" + bytes(7) + b"!\xff\0" * 100_000)
@example(data=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1" + bytes(9) + b"\0\0\0\0aaaa\0\0\0\0" * 50_000)
@example(data=b"\0\0\0\3ftypheic")
@example(data=b"<" * 100_000)
@example(data=b"<!DOCTYPE svg [" + b"<!-- -->" * 20_000)
@example(data=b"<svg " + b"a" * 100_000)
@example(data=b"<svg " + b"a " * 100_000)
@example(data=b"<svg" + b" " * 100_000 + b"!")
@example(data=b"<svg " + b"a='' " * 300_000)
@example(data=b"<svg a='" + b"x" * 2_000_000)
@example(data=b"<!DOCTYPE svg [" + b"<!ENTITY a ']>'>" * 100_000)
@example(data=gzip.compress(b"<svg a='" + bytes(20_000_000)))
@example(data=gzip.compress(b"") * 50_000)
@example(data=b"P6" + b"#\n" * 500_000)
@example(data=b"P6 " + b"1 " * 500_000)
@example(data=b"P7\n" + b"WIDTH 5\n" * 100_000)
@example(data=b"P7\n" + b"#" * 1_000_000)
@example(data=b"\x76\x2f\x31\x01\2\0\0\0" + b"a\0b\0\0\0\0\0" * 100_000)
@example(data=b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0\0\0\x08free" * 100_000)
@example(data=b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"jp2h", b"\0\0\0\x08free" * 100_000))
@example(data=box(b"ftyp", b"avif", bytes(4)) + b"\0\0\0\1mdat" + struct.pack(">Q", 16) * 50_000)
@example(data=box(b"ftyp", b"avis", bytes(4)) + box(b"moov", box(b"trak") * 50_000))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert read(data).format in {None, *MEDIA_TYPES}
    read(data, seekable=False)


@given(magic=magics, rest=st.binary(max_size=300))
def test_any_bytes_behind_a_true_beginning_get_an_answer(magic: bytes, rest: bytes) -> None:
    read(magic + rest)


edits = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 40), st.integers(0, 4095)),
        st.sampled_from((0, 1, 4)),
        st.one_of(
            st.binary(max_size=4), st.sampled_from((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1"))
        ),
    ),
    max_size=6,
)
"""Where, how many bytes to take out there, and what to put in instead."""


@settings(max_examples=1000)
@given(sample=some_sample, changes=edits)
def test_damaged_files_get_an_answer(sample: Sample, changes: list[tuple[int, int, bytes]]) -> None:
    damaged = bytearray(sample.data)
    for at, out, put in changes:
        start = at % (len(damaged) + 1)
        damaged[start : start + out] = put
    read(bytes(damaged))


@given(data=st.binary(max_size=12), copies=st.integers(1, 4), first=st.sampled_from([s.data[:2] for s in SMALL]))
def test_short_headers_get_an_answer(data: bytes, copies: int, first: bytes) -> None:
    read(first * copies + data)
    read(first + first[1:] * copies + data)


@settings(max_examples=400)
@given(
    sample=some_sample,
    at=st.integers(0, 400),
    number=st.sampled_from((0, 1, 2, 7, 8, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 40, (1 << 64) - 1)),
    width=st.sampled_from((1, 2, 4, 8)),
    order=st.sampled_from(("little", "big")),
)
def test_lying_numbers_get_an_answer(sample: Sample, at: int, number: int, width: int, order: str) -> None:
    lie = (number & ((1 << 8 * width) - 1)).to_bytes(width, "big" if order == "big" else "little")
    read(sample.data[:at] + lie + sample.data[at + width :])


@given(sample=some_sample, cut=st.integers(0, 100_000), more=st.binary(max_size=64))
def test_parts_taken_out_or_put_in_get_an_answer(sample: Sample, cut: int, more: bytes) -> None:
    at = cut % (len(sample.data) + 1)
    read(sample.data[:at] + more + sample.data[at:])
    read(sample.data[:at] + sample.data[at + len(more) :])


@given(sample=some_sample, cut=st.integers(0, 100_000))
def test_a_beginning_asks_for_more_or_knows_the_right_size(sample: Sample, cut: int) -> None:
    facts = measure(sample.data[: cut % (len(sample.data) + 1)], complete=False)

    assert isinstance(facts, More) or (facts.format, facts.width, facts.height) == (sample.format, *sample.shown)


@given(
    head=st.binary(max_size=64),
    magic=magics,
    complete=st.booleans(),
    tail=st.builds(Segment, st.integers(0, 1 << 62), st.binary(max_size=64), st.booleans()),
    seekable=st.booleans(),
)
def test_any_segment_gets_an_answer(head: bytes, magic: bytes, *, complete: bool, tail: Segment, seekable: bool) -> None:
    facts = measure(magic + head, complete=complete, tail=tail, seekable=seekable)

    if isinstance(facts, ImageFacts):
        check(facts)
    else:
        assert facts.at in {None, tail.offset}
        assert not complete or facts.at is not None
