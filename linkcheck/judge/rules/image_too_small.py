"""An image is smaller than the schema requires.

What it means: its width or height is below `min-width` or `min-height` of the property's `x-link`: the measured size,
or the declared size if the image was not measured.

Why it matters: services that show the article omit or blur images that are too small.

How to fix it: use a larger version of the image.

When to ignore it: if no larger version exists, add an ignore comment with the reason. The rule stays quiet for drawings
(SVG), which have no fixed size.

Source: the schema itself (`min-width` and `min-height` of `x-link`).

Topics: images

Example:
    images:
      - url: https://example.com/lead.jpg        # 640x336, required: at least 1200 wide
"""

from collections.abc import Iterator

from linkcheck.judge.image_traits.declared_size import declared_size
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import measured_images
from linkcheck.model import Evidence, Role, RuleMetadata, Severity

META = RuleMetadata("LC410", "image-too-small", Severity.WARNING, about=("min_width", "min_height", "width", "height"))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    wanting = [each for each in evidence.results if each.link.wants.min_width or each.link.wants.min_height]
    measured = {picture.link: picture.image for picture in measured_images(evidence)} if wanting else {}
    for result in wanting:
        link = result.link
        image = measured.get(link)
        is_unlike = result.outcome is not None or result.local is not None  # it was checked, and is not a valid image
        if link.role is not Role.IMAGE or (image.format == "svg" if image is not None else is_unlike):
            continue
        width, height = declared_size(result) if image is None else (image.width, image.height)
        lacks = [
            f"{least} {side}"
            for least, size, side in ((link.wants.min_width, width, "wide"), (link.wants.min_height, height, "high"))
            if least is not None and size is not None and size < least
        ]
        if lacks:
            text = "is declared as" if image is None else "is"
            message = f"the image {text} {width or '?'}x{height or '?'}; the schema requires at least {' and '.join(lacks)}"
            yield issue_of(link, message, "Use a larger version of the image.", width=width, height=height)
