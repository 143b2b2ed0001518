"""An image's URL has a signature that expires.

What it means: the URL contains a signature with a time limit: `X-Amz-Expires`, `X-Goog-Expires`, `Expires` with
`Signature`, `se` with `sig` (Azure), `oe` (the image hosts of Facebook and Instagram), or the parameters of CloudFront,
Akamai, imgix, Discord, LinkedIn, TikTok, Notion and GitHub. The expiry date follows from the URL and is in the message.
It is an error after that day, and a warning before.

Why it matters: after that day the host refuses all requests for the image, and its permanent URL cannot be derived.

How to fix it: store the image on your own site, or use a URL without a signature.

When to ignore it: never. The rule stays quiet for signatures that last longer than five years or have no time limit
(`s` of imgix, `s--` of Cloudinary), and for images that are reported as dead. An expired image that the host still
serves is a warning.

Source: AWS, "Authenticating Requests: Using Query Parameters"; Google Cloud Storage, "Signed URLs"; Azure, "Create a
service SAS".

Topics: urls, images

Example:
    images:
      - url: https://bucket.s3.amazonaws.com/a.jpg?X-Amz-Date=20210618T100000Z&X-Amz-Expires=3600&X-Amz-Signature=0f3a
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.signed_urls import signature_of
from linkcheck.model import Basis, Evidence, Role, RuleMetadata, Severity

META = RuleMetadata("LC121", "signed-image-url", Severity.WARNING, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        link = result.link
        if (
            link.role is not Role.IMAGE
            or "=" not in link.url
            or (result.skip is not None and result.skip.kind == "excluded")
        ):
            continue
        found = signature_of(result, options)
        if found is not None and not found.lasts:
            hint = (
                "Find the image at its source, store a copy on your own site and use its URL, or remove the entry."
                if found.severity is Severity.ERROR
                else "Store a copy of the image on your own site, and use its URL."
            )
            yield Issue(link.location, found.message, link.url, hint, found.facts, severity=found.severity)
