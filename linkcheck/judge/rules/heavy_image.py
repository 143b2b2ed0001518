"""An image file is too large.

What it means: it is larger than 1 MiB.

Why it matters: readers wait for it, and it uses up their mobile data.

How to fix it: scale it down to the size at which it is shown, or save it as WebP or AVIF.

When to ignore it: if the article is about the image. The rule stays quiet when the server does not send the size in
bytes.

Source: linkcheck's own judgment: no standard sets a limit.

Topics: images

Example:
    images:
      - url: https://example.com/lead.png        # 4.2 MiB
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import measured_images
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC413", "heavy-image", Severity.INFO)

_HEAVY = 1 << 20
"""Bytes."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for picture in measured_images(evidence):
        if picture.size is not None and picture.size > _HEAVY:
            message = f"the image is {picture.size / 1_048_576:.1f} MiB"
            yield issue_of(picture.link, message, "Scale it down, or save it as WebP or AVIF.", bytes=picture.size)
