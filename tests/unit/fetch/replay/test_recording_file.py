"""What is recorded of an image."""

import pytest

from linkcheck.fetch.replay.placeholder_images import ImageSpec
from linkcheck.fetch.replay.recording_file import _inline


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        (ImageSpec("png", 3, 2), '{ format = "png", width = 3, height = 2 }'),
        (ImageSpec("jpeg", 3, 2, orientation=6), '{ format = "jpeg", width = 3, height = 2, orientation = 6 }'),
        (ImageSpec("gif", 3, 2, animated=True), '{ format = "gif", width = 3, height = 2, animated = true }'),
    ],
)
def test_a_recorded_image_has_every_fact_that_is_not_the_default(picture: ImageSpec, text: str) -> None:
    assert _inline(picture) == text
