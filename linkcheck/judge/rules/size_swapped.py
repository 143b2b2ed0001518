"""An image's width and height are swapped.

What it means: the declared width is the image's height, and the declared height its width. Often the image is stored
rotated and shown upright according to its orientation, and the stored size was declared.

Why it matters: the page reserves space of the wrong shape.

How to fix it: swap them; `linkcheck fix` can do this.

When to ignore it: never. The rule stays quiet for a square.

Source: HTML Living Standard, dimension attributes; CSS Images, `image-orientation`.

Topics: images

Example:
    images:
      - url: https://example.com/portrait.jpg    # shown as 3024x4032
        width: 4032
        height: 3024
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.image_sizes import SizeIssue
from linkcheck.judge.comparison.size_issues import size_issues
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import CorrectionKind, Evidence, RuleMetadata, Severity

META = RuleMetadata("LC404", "size-swapped", Severity.WARNING, about=("width", "height"), correction=CorrectionKind.SIZE)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return size_issues(
        evidence,
        options,
        SizeIssue.SWAPPED,
        "declared {declared}, the image is shown as {measured}{turned}",
        "Swap them.",
    )
