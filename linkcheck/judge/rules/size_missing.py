"""An image's size is not declared.

What it means: the schema has properties for an image's width and height, but one or both are missing.

Why it matters: the page cannot reserve space for the image, and the text moves when it loads.

How to fix it: add the size; if the image was measured, the message contains it.

When to ignore it: if the template does not use the size. The rule stays quiet when the schema has no properties for it,
and when a key is misspelled (near-miss-key).

Source: HTML Living Standard, dimension attributes; web.dev, "Optimize Cumulative Layout Shift".

Topics: images

Example:
    images:
      - url: https://example.com/lead.jpg        # 1200x630
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.size_issues import size_facts
from linkcheck.judge.image_traits.placeholders import placeholder
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.rules import near_miss_key
from linkcheck.judge.select import measured_images
from linkcheck.model import Evidence, Fact, Link, RuleMetadata, Severity

META = RuleMetadata("LC406", "size-missing", Severity.INFO, about=("width", "height"))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    misspelt = {
        violation.location.pointer.rpartition("/")[0]
        for violation in evidence.violations
        if violation.keyword in (near_miss_key.KEYWORD, "required") and violation.suggestion in ("width", "height")
    }
    lacking = [link for link in (each.link for each in evidence.results) if _missing(link) and link.owner not in misspelt]
    if not lacking:
        return
    measured = {picture.link: picture for picture in measured_images(evidence) if placeholder(picture) is None}
    for link in lacking:
        picture = measured.get(link)
        facts: dict[str, Fact] = {} if picture is None else size_facts(picture)
        size = f"; it is {picture.image.width}x{picture.image.height}" if picture and picture.image.width else ""
        message = f"{_missing(link)} declared for the image{size}"
        yield Issue(link.location, message, link.url, "Declare its size in pixels.", facts)


def _missing(link: Link) -> str:
    wants = link.wants
    no_width = wants.width is not None and wants.width.value is None
    no_height = wants.height is not None and wants.height.value is None
    if no_width and no_height:
        return "neither width nor height is"
    return "no width is" if no_width else "no height is" if no_height else ""
