"""An image has a format that the schema does not allow.

What it means: its format is not among the `media` of the property's `x-link`.

Why it matters: the services that receive the article cannot show it.

How to fix it: convert it, or use another image.

When to ignore it: never; widen `media` in the schema if the format is acceptable. The bytes decide: the rule stays
quiet for an allowed format with a different extension.

Source: the schema itself (`media` of `x-link`).

Topics: images

Example:
    images:
      - url: https://example.com/lead.tiff       # allowed: image/jpeg, image/png
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import measured_images
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC411", "unexpected-image-format", Severity.WARNING, about=("media",))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for picture in measured_images(evidence):
        wanted = picture.link.wants.media
        if not wanted:
            continue
        from linkcheck.images import MEDIA_TYPES  # imported here: it loads the readers of all formats

        types = MEDIA_TYPES.get(picture.image.format or "", ())
        if types and not any(_fits(want.lower(), media_type) for want in wanted for media_type in types):
            message = f"the image is {types[0]}; the schema allows {', '.join(wanted)}"
            yield issue_of(picture.link, message, "Convert it, or use another image.", media_type=types[0])


def _fits(want: str, media_type: str) -> bool:
    return want in (media_type, "*/*") or (want.endswith("/*") and media_type.startswith(want[:-1]))
