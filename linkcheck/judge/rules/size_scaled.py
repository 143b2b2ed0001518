"""An image has the declared aspect ratio, but a different size.

What it means: width and height have the declared ratio, and both are larger or smaller.

Why it matters: the page reserves space of the right shape, so nothing moves. Readers load more than they see, or see a
blurred image.

How to fix it: use the measured size; `linkcheck fix --unsafe` can do this. By default the finding is info and can be
ignored, so `linkcheck fix` can do this only when you raise the severity of this rule.

When to ignore it: if the declared size is the display size, as for thumbnails and high-density screens. The rule stays
quiet for an SVG, which has no scale.

Source: HTML Living Standard, dimension attributes. That it is only info is linkcheck's own judgment.

Topics: images

Example:
    images:
      - url: https://example.com/lead.jpg        # 2400x1260
        width: 1200
        height: 630
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.image_sizes import SizeIssue
from linkcheck.judge.comparison.size_issues import size_issues
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import CorrectionKind, Evidence, RuleMetadata, Severity

META = RuleMetadata("LC405", "size-scaled", Severity.INFO, about=("width", "height"), correction=CorrectionKind.SIZE)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return size_issues(
        evidence,
        options,
        SizeIssue.SCALED,
        "declared {declared}, the image is {measured}, with the same ratio",
        "Use the measured size.",
    )
