"""Another image stands in for the one that is meant.

What it means: the URL answers with an image, and two signs say that it is not the one. The request is redirected to another
name that says so as a whole, in one of many languages (`no-image.png`, `kein-bild.jpg`, `placeholder-1200x630.png`);
`missing.png`, `blank.gif` and `default.jpg` can be names of pictures, and count only where the image is not of the declared
shape, `default.jpg` only in folders that all pages share. Or the image is at most a quarter of the declared size on both
sides, and is of another shape or has a name that can mean nothing else. Or it has one to three pixels a side, and was
declared larger, or is called like a photograph. Or YouTube answers with its 120x90 thumbnail for a video that does not have
the one that was requested.

Why it matters: hosts show such images where the picture was removed, where the video was deleted, or where they do not let
other sites embed it. Readers see the stand-in, and a status of 200 tells nobody. YouTube has `hqdefault.jpg` for every
video and `maxresdefault.jpg` only for some (yt-dlp, issue 340). Google advises against generic images (Google Search
Central, "Image SEO best practices" and "Google Discover").

How to fix it: find the image's new URL, keep a copy of it on your own site, or remove the entry. Of YouTube's thumbnails try
`hqdefault.jpg`. For the lead image of an article whose page names another in `og:image` (Open Graph protocol), the hint says
which. `linkcheck fix` writes neither the size nor the URL of a stand-in.

When to leave it: where the stand-in is what you want to show. The rule stays quiet for one sign alone: a name that
holds such a word among others (`no-image-of-god.jpg`) or whose words are in the article's title, an image of the IIIF
Image API, a thumbnail of the declared shape or one that its URL asks for (`-150x150`, `w=150`, `/max/60/`, `_small`;
its size is size-differs), a logo, a pixel that is declared as one.

Source: Google Search Central, "Image SEO best practices"; yt-dlp, issue 340 (thumbnails of YouTube). The two signs are
linkcheck's own judgement.

Topics: images, page-content

For example:

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
            fault = issue_of(
                picture.link,
                f"another image stands in for the one that is meant: {found.clause}",
                _hint(picture, found),
                width=picture.image.width,
                height=picture.image.height,
                final_url=picture.name,
            )
            yield with_shown_image(evidence, fault)


def _hint(picture: MeasuredImage, found: Placeholder) -> str:
    hint = video_hint(picture.link.url) if found.video else None
    return hint or "Replace it with the image's new URL or a copy of your own, or remove the entry."
