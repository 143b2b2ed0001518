"""An image is damaged.

What it means: its bytes begin like an image, but end or become invalid before the size is known.

Why it matters: browsers show nothing, or only part of it.

How to fix it: upload it again from the original.

When to ignore it: never. The rule stays quiet when linkcheck requested only the beginning and found the size there:
damage after that is not detected. It also stays quiet for a valid image whose size is beyond the first MiB or another
limit: its size is then unknown.

Source: the specification of each format, such as W3C, Portable Network Graphics, and RFC 9649 (WebP).

Topics: images

Example:
    images:
      - url: https://example.com/lead.jpg        # a JPEG cut short
"""

from collections.abc import Iterator

from linkcheck.judge.answers import in_place_of_images
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC402", "damaged-image", Severity.WARNING)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return in_place_of_images(evidence, damaged=True, hint="Upload it again from the original.")
