"""An image declares an absurd number of pixels.

What it means: width times height is over 100 million.

Why it matters: displaying it takes hundreds of megabytes of memory, and phones fail. A few bytes that declare a huge
size are also a way to attack programs.

How to fix it: scale it down.

When to ignore it: if readers should download the image instead of seeing it in the page. The rule stays quiet for
drawings (SVG).

Source: CWE-400 (Uncontrolled Resource Consumption). The limit is linkcheck's own judgment.

Topics: images, security

Example:
    images:
      - url: https://example.com/map.png         # 30000x20000
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import measured_images
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC412", "absurd-image-size", Severity.WARNING)

_MOST_PIXELS = 100_000_000


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for picture in measured_images(evidence):
        image = picture.image
        if image.format != "svg" and image.width and image.height and image.width * image.height > _MOST_PIXELS:
            millions = image.width * image.height // 1_000_000
            message = f"the image is {image.width}x{image.height}, {millions:,} million pixels"
            yield issue_of(picture.link, message, "Scale it down.", width=image.width, height=image.height)
