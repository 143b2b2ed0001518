"""The image by which a page is shared: its `og:image`, `twitter:image`, or the image of its JSON-LD."""

from msgspec.structs import replace

from linkcheck.judge.answers import article_pages
from linkcheck.judge.image_traits.placeholder_names import Name, name_of
from linkcheck.judge.issue import Issue
from linkcheck.judge.select import is_lead
from linkcheck.judge.url_traits.redirect_chain import is_one_page
from linkcheck.model import Evidence, PageFacts


def shared_image(page: PageFacts) -> str | None:
    return page.og_image or page.twitter_image or (page.json_ld.image if page.json_ld is not None else None)


def with_shown_image(evidence: Evidence, issue: Issue) -> Issue:
    """The finding about an image; where it is the lead image of an article whose page shows another, the hint says which."""
    pointer = issue.location.pointer
    for link, _, _, page in article_pages(evidence):
        if not pointer.startswith(f"{link.owner}/") or not is_lead(pointer.removeprefix(link.owner)):
            continue
        image = shared_image(page)
        replaced = (issue.url, issue.facts.get("final_url"))
        if image is None or name_of(image) is not Name.NOTHING:
            continue
        if not any(isinstance(url, str) and is_one_page(url, image) for url in replaced):
            hint = f"{issue.hint} The page now shows {image}."
            return replace(issue, hint=hint, facts={**issue.facts, "page_image": image})
    return issue
