"""An image is served with the wrong media type.

What it means: the server's `Content-Type` belongs to a different image format than the bytes (info), or not to an image
at all (warning).

Why it matters: browsers rely on the bytes of an image and show it anyway: `X-Content-Type-Options: nosniff` applies to
scripts and styles only. If the type is not an image's, such as `text/html` or `application/json`, they may block it
with `nosniff`. Programs that rely on the header fail either way.

How to fix it: on your own host, correct the type; often a file was renamed instead of converted.

When to ignore it: on hosts that are not yours, while browsers show it. The rule stays quiet for old names of the same
format (`image/jpg`), and for the generic type of storage services (`application/octet-stream`).

Source: Fetch Standard, "should response to request be blocked due to nosniff" and opaque-response blocking; WHATWG MIME
Sniffing Standard.

Topics: images

Example:
    images:
      - url: https://example.com/lead.png        # image/png, but the bytes are WebP
"""

from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import MeasuredImage, measured_images
from linkcheck.model import Evidence, OwnerOnly, RuleMetadata, Severity

META = RuleMetadata("LC408", "media-type-differs", Severity.WARNING, owner_only=OwnerOnly(Severity.INFO))

_UNTOLD = ("application/octet-stream", "binary/octet-stream", "application/x-octet-stream")
"""The default of storage services if no type was set."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for picture in measured_images(evidence):
        right = right_type(picture)
        if right is None:
            continue
        served = (picture.media_type or "")[:100]
        issue = issue_of(
            picture.link,
            f"served as {served}, but its bytes are {right}",
            "On your own host, correct the type.",
            media_type=served,
            format=picture.image.format,
        )
        yield replace(issue, severity=Severity.INFO) if served.startswith("image/") else issue


def right_type(picture: MeasuredImage) -> str | None:
    """The media type of an image that is served as another; None if it is served as what it is."""
    from linkcheck.images import MEDIA_TYPES  # imported here: it loads the readers of all formats

    served, right = picture.media_type, MEDIA_TYPES.get(picture.image.format or "", ())
    return right[0] if served and right and served not in right and served not in _UNTOLD else None
