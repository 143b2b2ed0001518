"""An image is of another size than declared.

What it means: the width or height in the article is not the one a browser shows, its orientation counted in. An SVG
without a size of its own is held against the ratio of its sides.

Why it matters: the page keeps room of the wrong shape: the image is squeezed, or the text jumps when it comes.

How to fix it: write the measured size; `linkcheck fix` does it. Where the image may be another one, look at it first;
`linkcheck fix --unsafe` does it then. It may be where it is redirected to another path, is of another format than the
extension of its URL says, or is below 150 pixels on a side or 50,000 in all and declared larger than that.

When to leave it: where the server makes images to measure, and shows each client another size. A single pixel is told as
info: somebody rounded otherwise. Nothing is said of an image that stands in for another (stand-in-image).

Source: HTML Living Standard, dimension attributes.

Topics: images

For example:

    images:
      - url: https://example.com/lead.jpg        # 1200x630
        width: 1260
        height: 710
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.options import Options
from linkcheck.judge.sizes import SizeFault, size_faults
from linkcheck.model import Evidence, Severity

CODE = "LC403"
NAME = "size-differs"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    return size_faults(
        evidence,
        options,
        SizeFault.DIFFERS,
        "declared {declared}, the image is {measured}{turned}",
        "Write the measured size.",
    )
