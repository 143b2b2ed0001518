"""The images whose declared size differs from the measured one, and whether the measured one may be written."""

from collections.abc import Iterator

from linkcheck.judge.comparison.image_sizes import SizeIssue, is_near, size_issue
from linkcheck.judge.image_traits.declared_size import Declared, declared_of, length
from linkcheck.judge.image_traits.placeholder_names import Name, name_of
from linkcheck.judge.image_traits.placeholders import is_far_smaller, is_of_other_format, placeholder
from linkcheck.judge.issue import Issue, safe, unsafe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import MeasuredImage, measured_images
from linkcheck.model import Evidence, Fact, Fix, ImageFacts, Location, Severity

_SMALL_SIDE, _SMALL_AREA = 150, 50_000
"""Pixels. An image below either that is declared larger may be shown instead of another."""


def size_issues(evidence: Evidence, options: JudgeOptions, kind: SizeIssue, message: str, hint: str) -> Iterator[Issue]:
    """The images whose size differs in one way. `message` may name `{declared}`, `{measured}` and `{turned}`.

    The facts contain what to write at which pointer: a size is two values, and both may have to change.
    """
    for picture in measured_images(evidence):
        image, declared = picture.image, declared_of(picture.link)
        if (declared.width is None and declared.height is None) or size_issue(declared, image) is not kind:
            continue
        if placeholder(picture) is not None:  # which has a better message
            continue
        text = message.format(declared=declared, measured=_measured(image), turned=_turned(image))
        instruction = hint if image.width is not None else "Declare a width and a height in that ratio."
        fix = _fix(evidence, options, picture, declared)
        severity = Severity.INFO if _is_rounded(declared, image) else None
        yield Issue(_place(picture, declared), text, picture.link.url, instruction, size_facts(picture), fix, severity)


def size_facts(picture: MeasuredImage) -> dict[str, Fact]:
    """The facts needed to write the measured size."""
    wants, image = picture.link.wants, picture.image
    facts: dict[str, Fact] = {
        "width": image.width,
        "height": image.height,
        "width_pointer": wants.width.location.pointer if wants.width is not None else None,
        "height_pointer": wants.height.location.pointer if wants.height is not None else None,
        "declared_width": length(wants.width),
        "declared_height": length(wants.height),
    }
    if image.stored_width is not None and (image.stored_width, image.stored_height) != (image.width, image.height):
        facts |= {"stored_width": image.stored_width, "stored_height": image.stored_height, "orientation": image.orientation}
    return facts


def _fix(evidence: Evidence, options: JudgeOptions, picture: MeasuredImage, declared: Declared) -> Fix | None:
    """Whether the measured size may be written: not where the image may be a placeholder for the intended one.

    None where it cannot be: half a size is wrong as well.
    """
    image, wants = picture.image, picture.link.wants
    if not image.width or not image.height:
        return None
    if any(side is not None and length(side) is None for side in (wants.width, wants.height)):
        return None
    if image.format == "svg":
        return unsafe("an SVG can be shown at any size, so which one is meant is a guess")
    if picture.outcome is None:
        return safe("measured in the file of the repository")
    from linkcheck.judge.comparison.replacements import (
        fix_of_image,  # imported here: a file of the repository does not need it
    )

    restricted = fix_of_image(evidence, picture.link, picture.outcome, options)
    if restricted is not None:
        return restricted
    smaller = _smaller(declared, image)
    if smaller is not None:
        return unsafe(f"the image may be a placeholder: it is {smaller}")
    if name_of(picture.name, picture.subject) is not Name.NOTHING:
        return unsafe("the image may be a placeholder: its name is typical of one")
    if is_of_other_format(picture):
        return unsafe(
            f"the image may be a different one: it is {(image.format or '').upper()}, unlike the extension of its URL"
        )
    return safe("measured")


def _is_rounded(declared: Declared, image: ImageFacts) -> bool:
    """Whether no side is more than a pixel off: someone rounded differently, and no reader sees it."""
    sides = ((declared.width, image.width), (declared.height, image.height))
    return all(is_near(side, measured or 0, 1) for side, measured in sides)


def _smaller(declared: Declared, image: ImageFacts) -> str | None:
    """How an image is smaller than declared where it is a fraction of that, or small although a larger one was declared."""
    if is_far_smaller(declared, image):
        return "far smaller than declared"
    if _is_small(image.width, image.height) and not _is_small(declared.width, declared.height):
        return "small, but declared larger"
    return None


def _is_small(width: int | None, height: int | None) -> bool:
    sides = [side for side in (width, height) if side is not None]
    return min(sides, default=0) < _SMALL_SIDE or (width or _SMALL_AREA) * (height or _SMALL_AREA) < _SMALL_AREA


def _measured(image: ImageFacts) -> str:
    if image.width is not None and image.height is not None:
        return f"{image.width}x{image.height}"
    return f"of no fixed size, with the ratio {image.ratio or 0:.4g}:1"


def _turned(image: ImageFacts) -> str:
    if image.stored_width is None or (image.stored_width, image.stored_height) == (image.width, image.height):
        return ""
    return f" (stored as {image.stored_width}x{image.stored_height}, shown rotated by its orientation {image.orientation})"


def _place(picture: MeasuredImage, declared: Declared) -> Location:
    """The property that is wrong, the width where both are."""
    width, height, image = picture.link.wants.width, picture.link.wants.height, picture.image
    if width is not None and declared.width is not None and declared.width != image.width:
        return width.location
    return height.location if height is not None and declared.height is not None else picture.link.location
