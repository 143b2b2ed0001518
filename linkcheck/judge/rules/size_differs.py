"""An image's size differs from the declared one.

What it means: the width or height in the article differs from what a browser shows, with the image's orientation
applied. An SVG without a size in pixels is compared by its aspect ratio.

Why it matters: the page reserves space of the wrong shape: the image is distorted, or the text moves when it loads.

How to fix it: use the measured size; `linkcheck fix` can do this. If it may be a different image, open it first; then
`linkcheck fix --unsafe` can do this. This applies if the image is redirected to another path, has a different format
than the extension of its URL, or has fewer than 150 pixels on a side or 50,000 in total and is declared larger than
that. The same applies to an SVG, which can be shown at any size. If one of the two sides is declared as something other
than a whole number of pixels, `linkcheck fix` writes neither.

When to ignore it: if the server resizes images and sends each client a different size. A difference of one pixel is
info: it comes from rounding. The rule stays quiet for a stand-in image (stand-in-image), and for an SVG with only one
declared side.

Source: HTML Living Standard, dimension attributes.

Topics: images

Example:
    images:
      - url: https://example.com/lead.jpg        # 1200x630
        width: 1260
        height: 710
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.image_sizes import SizeIssue
from linkcheck.judge.comparison.size_issues import size_issues
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import CorrectionKind, Evidence, RuleMetadata, Severity

META = RuleMetadata("LC403", "size-differs", Severity.WARNING, about=("width", "height"), correction=CorrectionKind.SIZE)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return size_issues(
        evidence,
        options,
        SizeIssue.DIFFERS,
        "declared {declared}, the image is {measured}{turned}",
        "Use the measured size.",
    )
