"""The URL of an image does not lead to an image.

What it means: the URL or file should be an image, but its bytes are an HTML page, JSON, a document, a video, an
archive, plain text, empty, or not in an image format; or it is in an image format that no browser shows, such as EPS,
PSD or TGA. The bytes decide, not the media type that the server declares. If the same
URL is also used as a page, only the image is reported. Known formats: AVIF, BMP, DDS, GIF, HEIC, ICO and CUR, JPEG,
JPEG 2000, JPEG XL, Netpbm (PBM, PGM, PPM, PAM), OpenEXR, PNG, PSD, QOI, SVG, TGA, TIFF and WebP.

Why it matters: readers see a broken image. Other checkers see a success.

How to fix it: open it in a browser. If it is a page about the image, use the URL of the image itself. For the lead
image of an article whose page declares another one in `og:image` (Open Graph protocol), the hint contains it.
Convert an image in a format that browsers do not show to one that they do, such as JPEG or PNG. An SVG file without
`xmlns="http://www.w3.org/2000/svg"` is shown only inside an HTML page: add it to the `<svg>` tag.
An SVG compressed with gzip (`.svgz`) is an image for browsers only if the server sends `Content-Encoding: gzip`. In the
repository it counts as an image.

When to ignore it: if linkcheck does not know the format, but all your readers' browsers do; or if your site generator
converts the file, or copies an SVG into the page. The rule stays quiet for an image that is served as HTML, for formats
that only some browsers show, such as TIFF, HEIC, JPEG XL and, in Safari for many years, JPEG 2000, and for a
measured format that browsers do not show if the schema states which formats are allowed: `media` of the property decides
then (unexpected-image-format).

Source: WHATWG MIME Sniffing Standard (images are recognized by their bytes).

Topics: images, page-content

Example:
    images:
      - url: https://example.com/lead.jpg        # 200 OK, text/html
"""

from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.judge.answers import in_place_of_images
from linkcheck.judge.comparison.share_card import with_shown_image
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import measured_images
from linkcheck.judge.suspicion import ARCHIVES, DOCUMENTS, OTHER_FORMATS, UNSHOWN_FORMATS, VIDEOS
from linkcheck.model import Evidence, Fact, RuleMetadata, Severity

META = RuleMetadata("LC401", "not-an-image", Severity.WARNING)

_CONVERT = "Convert it to a format that browsers show, such as JPEG or PNG."


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for issue in in_place_of_images(
        evidence, damaged=False, hint="Open it in a browser, and use the URL of the image itself."
    ):
        hint = _hint(issue.facts.get("not_image")) or issue.hint
        yield with_shown_image(evidence, replace(issue, hint=hint))
    for picture in measured_images(evidence):
        kind = UNSHOWN_FORMATS.get(picture.image.format or "")
        if kind is not None and not picture.link.wants.media:
            what = "the image" if picture.outcome is not None else f"the file {picture.name}"
            yield issue_of(picture.link, f"{what} is {kind}, which browsers do not show", _CONVERT)


def _hint(not_image: Fact) -> str | None:
    if not_image == "svgz":
        return "Configure the server to send `Content-Encoding: gzip` for it, or upload it without compression."
    if not_image == "svg-without-namespace":
        return 'Add `xmlns="http://www.w3.org/2000/svg"` to its `<svg>` tag.'
    if not_image in VIDEOS:
        return "Replace it with an image, such as a preview of the video."
    if not_image in DOCUMENTS:
        return "Replace it with an image, such as a picture of its first page."
    if not_image in ARCHIVES:
        return "Replace it with the URL of an image."
    if not_image in OTHER_FORMATS:
        return _CONVERT
    return None
