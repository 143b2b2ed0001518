"""A declared size compared with a measured one."""

from enum import StrEnum

from linkcheck.judge.image_traits.declared_size import Declared
from linkcheck.model import ImageFacts

_SLACK = 0.02
"""How far the ratios of scaled images may be apart: rounding by a pixel matters only for small images."""


class SizeIssue(StrEnum):
    DIFFERS = "differs"
    SWAPPED = "swapped"
    SCALED = "scaled"


def size_issue(declared: Declared, image: ImageFacts) -> SizeIssue | None:
    """How the size differs from the one a browser shows, or None where it does not or cannot be determined."""
    if not image.width or not image.height:
        return _by_ratio(declared, image)
    # A browser cuts the fractions of an SVG's size off; the person who declared it may have rounded.
    slack = 1 if image.format == "svg" else 0
    if is_near(declared.width, image.width, slack) and is_near(declared.height, image.height, slack):
        return None
    if declared.width is None or declared.height is None:
        return None if image.format == "svg" else SizeIssue.DIFFERS  # an SVG is as large as it is shown
    if declared.width == image.height and declared.height == image.width:
        return SizeIssue.SWAPPED
    if not _is_scaled((declared.width, declared.height), (image.width, image.height)):
        return SizeIssue.DIFFERS
    return None if image.format == "svg" else SizeIssue.SCALED


def _by_ratio(declared: Declared, image: ImageFacts) -> SizeIssue | None:
    if image.ratio is None or image.ratio <= 0 or declared.width is None or declared.height is None:
        return None
    return None if _same_shape(declared.width, declared.height, image.ratio) else SizeIssue.DIFFERS


def _is_scaled(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether one size is the other in another scale; the smaller one was rounded to whole pixels."""
    (width, height), (longer, higher) = sorted((one, other))
    return _same_shape(width, height, longer / higher) and abs(width * higher / (height * longer) - 1) < _SLACK


def _same_shape(width: int, height: int, ratio: float) -> bool:
    """Whether a size is a scaled one of the ratio, give or take the pixel that rounding costs."""
    return abs(width - height * ratio) < 1 or abs(height - width / ratio) < 1


def is_near(declared: int | None, measured: int, slack: int) -> bool:
    return declared is None or abs(declared - measured) <= slack
