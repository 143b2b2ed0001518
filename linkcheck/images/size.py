"""From what a header says to what a browser shows."""

from linkcheck.images.view import BrokenError
from linkcheck.model import ImageFacts

SIDEWAYS = 5
"""From this Exif orientation on (5 to 8), width and height change places."""


def pixels(name: str, width: int, height: int, *, orientation: int = 1, animated: bool = False) -> ImageFacts:
    """Give the facts of an image stored as `width` by `height`; BrokenError where either is not positive."""
    if width <= 0 or height <= 0:
        raise BrokenError
    shown = (height, width) if orientation >= SIDEWAYS else (width, height)
    return ImageFacts(
        format=name,
        width=shown[0],
        height=shown[1],
        stored_width=width,
        stored_height=height,
        orientation=orientation,
        animated=animated,
    )
