"""An image's size differs from the declared one.

What it means: the width or height in the article is not the one that a browser shows, with its orientation applied. An
SVG without a size in pixels is compared by the ratio of its sides.

Why it matters: the page reserves space of the wrong shape: the image is distorted, or the text moves when it loads.

How to fix it: write the measured size; `linkcheck fix` does it. Where it may be another image, look at it first;
`linkcheck fix --unsafe` does it then. That is so where it is redirected to another path, is of another format than the
extension of its URL says, or is below 150 pixels on a side or 50,000 in all and declared larger than that. The same holds
for an SVG, which can be shown at any size. Where one of the two sides is declared as something other than a whole number
of pixels, `linkcheck fix` writes neither.

When to leave it: where the server makes images to measure and sends each client another size. A difference of one pixel
is info: it comes from rounding. The rule stays quiet for an image that stands in for another (stand-in-image), and for an
SVG of which one side is declared.

Source: HTML Living Standard, dimension attributes.

Topics: images

For example:

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

META = RuleMetadata("LC403", "size-differs", Severity.WARNING, correction=CorrectionKind.SIZE)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return size_issues(
        evidence,
        options,
        SizeIssue.DIFFERS,
        "declared {declared}, the image is {measured}{turned}",
        "Write the measured size.",
    )
