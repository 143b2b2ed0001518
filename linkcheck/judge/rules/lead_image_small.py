"""The lead image is too small for Google Discover.

What it means: the first image of an article is less than 1200 pixels wide, or has less than 300,000 pixels in total;
this is the measured size, or the declared size if the image was not measured. The rule applies only when the schema has
`"x-link": {"role": "image", "preset": "discover"}`.

Why it matters: Google Discover requires images that are at least 1200 pixels wide and have more than 300,000 pixels.
Articles with smaller ones appear with a thumbnail or not at all.

How to fix it: use a larger version of the image.

When to ignore it: if no larger version exists. The rule stays quiet for drawings (SVG), for all images except the
first, for those of providers and related articles, and when the image is below `min-width` or `min-height` of the
schema, which is image-too-small.

Source: Google Search Central, "Get on Discover".

Topics: images

Example:
    images:
      - url: https://example.com/lead.jpg
        width: 1024
        height: 576
"""

from collections.abc import Iterator

from linkcheck.judge.image_traits.declared_size import declared_size
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import is_lead, measured_images
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC414", "lead-image-small", Severity.INFO, about=("preset", "width", "height"))

_PRESET = "discover"
_LEAST_WIDTH = 1200
_LEAST_AREA = 300_000


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    leads = [each for each in evidence.results if each.link.wants.preset == _PRESET and is_lead(each.link.location.pointer)]
    if not leads:
        return
    measured = {picture.link: picture.image for picture in measured_images(evidence)}
    for result in leads:
        link = result.link
        image = measured.get(link)
        if image is not None and image.format == "svg":
            continue
        width, height = declared_size(result) if image is None else (image.width, image.height)
        if width is None or (width >= _LEAST_WIDTH and (height is None or width * height >= _LEAST_AREA)):
            continue
        size = f"{width}x{height}" if height is not None else f"{width} wide"
        text = "declared as " if image is None else ""
        message = f"the lead image is {text}{size}; Google Discover requires a width of 1200 and 300,000 pixels in total"
        yield issue_of(link, message, "Use a larger version of the image.", width=width, height=height)
