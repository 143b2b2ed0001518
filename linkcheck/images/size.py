"""From what a header says to what a browser shows."""

from linkcheck.images.view import BrokenError
from linkcheck.model import ImageFacts

SIDEWAYS = 5
"""From this Exif orientation on (5 to 8), width and height change places."""


def pixels(
    name: str,
    width: int,
    height: int,
    *,
    orientation: int = 1,
    animated: bool = False,
    crop: tuple[int, int] | None = None,
) -> ImageFacts:
    """Give the facts of an image stored as `width` by `height`, cropped and then turned; BrokenError for an empty one."""
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
