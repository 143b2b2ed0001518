"""An image is smaller than the schema wants.

What it means: its width or height is below `min-width` or `min-height` of the property's `x-link`.

Why it matters: services that show the article leave out images that are too small, or blur them.

How to fix it: take a larger one.

When to leave it: where there is none; ignore it with the reason.

For example:

    images:
      - url: https://example.com/lead.jpg        # 640x336, wanted at least 1200 wide
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import pictures
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC410"
NAME = "image-too-small"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for picture in pictures(evidence):
        wants, image = picture.link.wants, picture.image
        if image.width is None or image.height is None or image.format == "svg":  # an SVG is as large as it is shown
            continue
        lacks = [
            f"{least} {side}"
            for least, is_now, side in ((wants.min_width, image.width, "wide"), (wants.min_height, image.height, "high"))
            if least is not None and is_now < least
        ]
        if lacks:
            message = f"the image is {image.width}x{image.height}, the schema wants at least {' and '.join(lacks)}"
            yield fault_of(picture.link, message, "Take a larger one.", width=image.width, height=image.height)
