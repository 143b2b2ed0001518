"""The image by which a page is shared: its `og:image`, `twitter:image`, or the image of its JSON-LD."""

import re

from msgspec.structs import replace

from linkcheck.judge.answers import article_pages
from linkcheck.judge.canonicals import is_one_page
from linkcheck.judge.fault import Fault
from linkcheck.model import Evidence, PageFacts

_LEAD = re.compile(r"/\w*(?:image|picture|photo|cover|thumbnail|hero|banner)\w*(?:/0)?(?:/\w+)?", re.IGNORECASE)
"""Where an article or an entry holds its lead image: `/images/0/url`, `/image`; a provider's logo lies deeper."""


def shared_image(page: PageFacts) -> str | None:
    return page.og_image or page.twitter_image or (page.json_ld.image if page.json_ld is not None else None)


def with_shown_image(evidence: Evidence, fault: Fault) -> Fault:
    """The fault of an image; where it is the lead image of an article whose page shows another, the hint says which."""
    pointer = fault.location.pointer
    for link, _, _, page in article_pages(evidence):
        if not pointer.startswith(f"{link.owner}/") or _LEAD.fullmatch(pointer.removeprefix(link.owner)) is None:
            continue
        image = shared_image(page)
        if image is not None and not is_one_page(fault.url or "", image):
            hint = f"{fault.hint} The page now shows {image}."
            return replace(fault, hint=hint, facts={**fault.facts, "page_image": image})
    return fault
