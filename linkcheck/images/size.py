"""Computes the displayed size from the stored one."""

from linkcheck.images.view import BrokenError
from linkcheck.model import ImageFacts

SIDEWAYS = 5
"""From this Exif orientation on (5 to 8), width and height are swapped."""


def pixels(
    name: str,
    width: int,
    height: int,
    *,
    orientation: int = 1,
    animated: bool = False,
    crop: tuple[int, int] | None = None,
) -> ImageFacts:
    """The facts of an image stored as `width` by `height`, cropped and then rotated; BrokenError for an empty one."""
    if width <= 0 or height <= 0:
        raise BrokenError
    across, down = crop if crop and crop[0] <= width and crop[1] <= height else (width, height)
    if orientation >= SIDEWAYS:
        across, down = down, across
    return ImageFacts(
        format=name,
        width=across,
        height=down,
        stored_width=width,
        stored_height=height,
        orientation=orientation,
        animated=animated,
    )
