"""Whether a page describes itself as articles do; then no words in it show that it is gone."""

from linkcheck.judge.url_traits.page_kind import is_home, is_not_found
from linkcheck.model import Answer, PageFacts
from linkcheck.urls import InvalidUrl, parse_url, registrable_domain


def describes_itself(answer: Answer) -> bool:
    """Whether the page has a publication date, or a preview and a canonical URL deep in its own site."""
    page = answer.page
    if page is None:
        return False
    if page.published is not None:
        return True
    return (page.og_title is not None or page.og_image is not None) and has_own_address(page, answer.url)


def has_own_address(page: PageFacts, url: str) -> bool:
    """Whether the page declares a canonical URL deep in its own site that is not a "not found" page."""
    return any(_is_deep(canonical, url) for canonical in page.canonicals)


def _is_deep(canonical: str, url: str) -> bool:
    try:
        named, here = parse_url(canonical), parse_url(url)
    except InvalidUrl:
        return False
    return _site(named.host) == _site(here.host) and not is_home(named) and not is_not_found(canonical)


def _site(host: str) -> str:
    return registrable_domain(host) or host
