"""Rules for what was looked at, on the web or in the repository: images above all."""

from linkcheck.judge.protocol import Rule
from linkcheck.judge.rules import (
    absurd_size,
    damaged_image,
    extension_differs,
    heavy_image,
    missing_file,
    not_an_image,
    size_differs,
    size_scaled,
    size_swapped,
    stand_in_image,
    unexpected_image_format,
)

RULES: tuple[Rule, ...] = (
    missing_file,
    not_an_image,
    damaged_image,
    size_differs,
    size_swapped,
    size_scaled,
    extension_differs,
    unexpected_image_format,
    absurd_size,
    heavy_image,
    stand_in_image,
)
