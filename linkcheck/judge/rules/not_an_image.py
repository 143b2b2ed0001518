"""The URL of an image does not lead to an image.

What it means: the URL or file should be an image, but its bytes are an HTML page, JSON, empty, or not in an image
format. The bytes decide, not the media type that the server declares. If the same URL is also used as a page, only the
image is reported.

Why it matters: readers see a broken image. Other checkers see a success.

How to fix it: open it in a browser. If it is a page about the image, use the URL of the image itself. For the lead
image of an article whose page declares another one in `og:image` (Open Graph protocol), the hint contains it.

When to ignore it: if linkcheck does not know the format, but all your readers' browsers do. The rule stays quiet for an
image that is served as HTML.

Source: WHATWG MIME Sniffing Standard (images are recognized by their bytes).

Topics: images, page-content

Example:
    images:
      - url: https://example.com/lead.jpg        # 200 OK, text/html
"""

from collections.abc import Iterator

from linkcheck.judge.answers import in_place_of_images
from linkcheck.judge.comparison.share_card import with_shown_image
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC401", "not-an-image", Severity.WARNING)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for issue in in_place_of_images(
        evidence, damaged=False, hint="Open it in a browser, and use the URL of the image itself."
    ):
        yield with_shown_image(evidence, issue)
