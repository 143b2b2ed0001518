"""Images that end too early, or of which only the beginning has come yet."""

import pytest
from image_samples import Sample, samples

from linkcheck.images import CAP, More, Segment, measure, measure_by
from linkcheck.model import ImageFacts

every_sample = pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in samples()])


def cuts(length: int) -> list[int]:
    """Every length up to 600 bytes, then ever fewer."""
    return [*range(min(length, 600)), *range(600, min(length, 20_000), 97), *range(20_000, length, 20_011)]


def size(facts: ImageFacts) -> tuple[object, ...]:
    return facts.format, facts.width, facts.height, facts.stored_width, facts.stored_height, facts.orientation, facts.ratio


def read(data: bytes, *, seekable: bool = True) -> ImageFacts:
    return measure_by(lambda start, stop: data[start:stop], seekable=seekable)


def gave_up(facts: ImageFacts, sample: Sample) -> bool:
    """Whether it knew the format and read as far as it may without meeting the size."""
    return facts.format == sample.format and facts.width is None and facts.ratio is None and facts.bytes_read > CAP // 2


@every_sample
def test_every_beginning_of_an_image_asks_for_more_or_knows_the_right_answer(sample: Sample) -> None:
    whole = size(read(sample.data))
    found = {cut: measure(sample.data[:cut], complete=False) for cut in cuts(min(CAP, len(sample.data)))}
    asked = {cut: facts.upto for cut, facts in found.items() if isinstance(facts, More)}
    known = {cut: size(facts) for cut, facts in found.items() if not isinstance(facts, More)}
    assert asked
    assert [cut for cut, upto in asked.items() if upto <= cut] == []
    assert known == dict.fromkeys(known, whole)


@every_sample
def test_an_image_that_ends_too_early_is_truncated_unless_its_header_was_whole(sample: Sample) -> None:
    whole = size(read(sample.data))
    for cut in cuts(len(sample.data)):
        facts = read(sample.data[:cut])
        if facts.format is None:
            assert facts.not_image in {"truncated", "empty", "unknown", "xml", "gzip"}, f"after {cut} bytes"
            assert facts.width is None
        else:
            assert size(facts) == whole or gave_up(facts, sample), f"after {cut} bytes"


@every_sample
def test_a_caller_that_cannot_seek_gets_the_same_size_or_none(sample: Sample) -> None:
    facts = read(sample.data, seekable=False)

    assert size(facts) == size(read(sample.data)) or (facts.format == sample.format and facts.width is None)
    assert facts.width is not None or sample.format == "svg" or len(sample.data) > CAP


def test_a_segment_that_holds_nothing_of_use_does_not_mislead() -> None:
    tails = (Segment(20_000, b"\xff\xd8\xff" * 50), Segment(1 << 39, b"", complete=True), Segment(0, b""))
    found = [(sample, measure(sample.data[:100], complete=False, tail=tail)) for sample in samples() for tail in tails]
    known = [(sample, facts) for sample, facts in found if isinstance(facts, ImageFacts) and facts.width is not None]
    assert known
    assert [sample.name for sample, facts in known if (facts.width, facts.height) != sample.shown] == []
