"""Images as encoders write them, with the traps that real files lay."""

import io
import warnings
from math import isclose

import pytest
from image_samples import HEIGHT, WIDTH, Sample, encoded_heic, picture, samples
from PIL import Image

from linkcheck.images import EXTENSIONS, MEDIA_TYPES, measure, measure_by
from linkcheck.model import ImageFacts

every_sample = pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in samples()])
for_pillow = pytest.mark.parametrize("sample", [pytest.param(one, id=one.name) for one in samples() if one.pillow])


def truth(sample: Sample, facts: ImageFacts) -> ImageFacts:
    """What `facts` should be; a ratio that is as good as the right one is taken for it."""
    ratio = sample.ratio
    if ratio is not None and facts.ratio is not None and isclose(ratio, facts.ratio):
        ratio = facts.ratio
    return ImageFacts(
        format=sample.format,
        width=sample.shown[0],
        height=sample.shown[1],
        stored_width=sample.stored[0],
        stored_height=sample.stored[1],
        orientation=sample.orientation,
        animated=sample.animated,
        ratio=ratio,
        bytes_read=facts.bytes_read,
    )


@every_sample
def test_an_image_read_step_by_step_is_what_it_was_made_to_be(sample: Sample) -> None:
    facts = measure_by(lambda start, stop: sample.data[start:stop])

    assert facts == truth(sample, facts)
    assert 0 < facts.bytes_read <= len(sample.data)


def test_every_sample_has_a_name_of_its_own() -> None:
    assert len({sample.name.lower() for sample in samples()}) == len(samples())


@every_sample
def test_its_name_and_media_type_fit_its_format(sample: Sample) -> None:
    assert sample.name.rpartition(".")[2] in EXTENSIONS[sample.format]
    assert MEDIA_TYPES[sample.format][0].startswith("image/")


@for_pillow
def test_pillow_agrees(sample: Sample) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of the traps
        image = Image.open(io.BytesIO(sample.data))
    facts = measure_by(lambda start, stop: sample.data[start:stop])

    # Only from TIFF does it give the size as shown.
    ours = (facts.width, facts.height) if sample.format == "tiff" else (facts.stored_width, facts.stored_height)
    assert image.size == ours


@pytest.mark.parametrize("orientation", range(1, 9))
def test_libheif_agrees_on_what_it_turned(orientation: int) -> None:
    from pillow_heif import open_heif

    image = picture()
    exif = image.getexif()
    exif[0x0112] = orientation
    image.info["exif"] = exif.tobytes()
    data = encoded_heic(image)
    facts = measure(data, complete=True)

    assert isinstance(facts, ImageFacts)
    assert (facts.width, facts.height) == open_heif(io.BytesIO(data)).size
    assert {facts.stored_width, facts.stored_height} == {WIDTH, HEIGHT}
