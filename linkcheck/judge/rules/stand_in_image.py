"""Another image is shown instead of the intended one.

What it means: the URL returns an image, and two signs show that it is not the intended one. The request is redirected
to a name that means a placeholder, in one of many languages (`no-image.png`, `kein-bild.jpg`,
`placeholder-1200x630.png`); `missing.png`, `blank.gif` and `default.jpg` can be names of real images, and count only
when the image does not have the declared ratio, `default.jpg` only in folders that all pages share. Or the image is at
most a quarter of the declared size on both sides, and has a different ratio or an unambiguous name. Or it has one to
three pixels per side, and was declared larger, or has the name of a photograph. Or YouTube returns its 120x90 thumbnail
for a video that does not have the requested one.

Why it matters: hosts show such images when the image was removed, the video was deleted, or other sites may not embed
it. Readers see the stand-in, and a status of 200 hides it. YouTube has `hqdefault.jpg` for every video and
`maxresdefault.jpg` only for some (yt-dlp, issue 340). Google advises against generic images (Google Search Central,
"Image SEO best practices" and "Google Discover").

How to fix it: find the image's new URL, keep a copy of it on your own site, or remove the entry. For YouTube
thumbnails, try `hqdefault.jpg`. For the lead image of an article whose page declares another one in `og:image` (Open
Graph protocol), the hint contains it. `linkcheck fix` writes neither the size nor the URL of a stand-in.

When to ignore it: if the stand-in is what you want to show. The rule stays quiet for one sign alone: a name that
contains such a word among others (`no-image-of-god.jpg`) or whose words are in the article's title, an image of the
IIIF Image API, a thumbnail with the declared ratio or one that its URL requests (`-150x150`, `w=150`, `/max/60/`,
`_small`; its size is size-differs), a logo, and a pixel that is declared as one.

Source: Google Search Central, "Image SEO best practices"; yt-dlp, issue 340 (thumbnails of YouTube). The two signs are
linkcheck's own judgment.

Topics: images, page-content

Example:
    images:
      - url: https://example.com/lead.jpg        # 301 to https://example.com/no-image.png
"""

from collections.abc import Iterator

from linkcheck.judge.comparison.share_card import with_shown_image
from linkcheck.judge.image_traits.placeholders import Placeholder, placeholder, video_hint
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import MeasuredImage, measured_images
from linkcheck.model import Evidence, RefusalReason, RuleMetadata, Severity

META = RuleMetadata("LC415", "stand-in-image", Severity.WARNING, refusal=RefusalReason.MESSAGE)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for picture in measured_images(evidence):
        found = placeholder(picture)
        if found is not None:
            issue = issue_of(
                picture.link,
                f"another image is shown instead of the intended one: {found.clause}",
                _hint(picture, found),
                width=picture.image.width,
                height=picture.image.height,
                final_url=picture.name,
            )
            yield with_shown_image(evidence, issue)


def _hint(picture: MeasuredImage, found: Placeholder) -> str:
    hint = video_hint(picture.link.url) if found.video else None
    return hint or "Replace it with the image's new URL or a copy of your own, or remove the entry."
