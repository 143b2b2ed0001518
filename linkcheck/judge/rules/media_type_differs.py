"""An image is served as another type than it is.

What it means: the server's `Content-Type` names one format, and the bytes are of another, or it names no image at
all.

Why it matters: with `X-Content-Type-Options: nosniff` browsers refuse it; programs that believe the header fail.

How to fix it: on your own host mend the type; often a file was renamed instead of converted.

When to leave it: on hosts that are not yours, while browsers show it.

For example:

    images:
      - url: https://example.com/lead.png        # image/png, and the bytes are WebP
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import pictures
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC408"
NAME = "media-type-differs"
SEVERITY = Severity.WARNING

_UNTOLD = ("application/octet-stream", "binary/octet-stream", "application/x-octet-stream")
"""What storage services say where nobody told them a type."""


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for picture in pictures(evidence):
        from linkcheck.images import MEDIA_TYPES  # only here: the readers of all formats come along

        served, is_format = picture.media_type, picture.image.format
        right = MEDIA_TYPES.get(is_format or "", ())
        if served and right and served not in right and served not in _UNTOLD:
            yield fault_of(
                picture.link,
                f"served as {served[:100]}, and its bytes are {right[0]}",
                "On your own host mend the type.",
                media_type=served[:100],
                format=is_format,
            )
