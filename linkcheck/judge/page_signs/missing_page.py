"""Signs that a returned page is not the page that was requested.

Each returns its evidence in one clause, or None. A sign makes a target suspect, never dead, so a wrong one costs a review.
"""

import re
from urllib.parse import parse_qsl, unquote

from linkcheck.judge.page_signs.self_description import describes_itself
from linkcheck.judge.statuses import GONE, PERMANENT
from linkcheck.judge.titles.compare_titles import letters
from linkcheck.judge.url_traits.page_kind import HOME, SEARCH_PARAMETERS, SEARCH_PATH, is_home, is_not_found
from linkcheck.judge.url_traits.redirect_chain import detours, ends_at_route, landing_of
from linkcheck.model import Answer, Outcome, PageFacts
from linkcheck.urls import InvalidUrl, Url, parse_url, registrable_domain

_PAGE_NUMBER = re.compile(r"(?:^|&)(?:p|(?:(?:page|post|article|story)_?)?id)=\d+(?:&|$)", re.IGNORECASE)
_GREETING = re.compile(r"/welcome(\.[a-z]{2,5})?/?$", re.IGNORECASE)
_FOLDER_OF_THINGS = re.compile(r"/(?!(?:errors?|pages?|[a-z]{2}([-_][a-z]{2,4})?)/)[^/]+/[^/.]*404[^/.]*/?$", re.IGNORECASE)
"""A folder of things one of which may be called 404: `/area-codes/404`."""
_WORD = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 2
_SPEAKS_OF_IT = re.compile(r"(?<!\d)(404|410)(?!\d)|not[-_+.]?found", re.IGNORECASE)


def not_found_address(outcome: Outcome, answer: Answer) -> str | None:
    """A redirect to the host's "not found" page, known by its address."""
    page = answer.page
    if page is not None and page.refresh and is_not_found(page.refresh) and not is_not_found(outcome.url):
        return f"the page forwards readers to {page.refresh}"
    ends = ends_of(outcome, answer)
    if ends and is_not_found(ends[1].href) and not is_not_found(outcome.url) and not _is_called_so(ends[1], answer):
        return f"redirected to {ends[1].href}"
    return None


def _is_called_so(got: Url, answer: Answer) -> bool:
    """Whether a page is about one of the things in a folder that is called 404, as its text shows: `/area-codes/404`."""
    page = answer.page
    if page is None or not _FOLDER_OF_THINGS.search(got.path):
        return False
    title = page.title or page.og_title or ""
    return describes_itself(answer) or ("404" in title and _notice_of(page, answer.url) is None)


def unknown_wall(outcome: Outcome, answer: Answer) -> str | None:
    """A temporary redirect to a page that other URLs lead to as well: the requested page was not seen."""
    evidence = answer.soft_404
    if answer.status in GONE:  # its status shows what it is
        return None
    if evidence is None or not detours(outcome, answer) or _missing_notice(outcome, answer):
        return None
    if _was_led(evidence):
        return f"{evidence}: the page behind it was not seen"
    return None if answer.vouched else f"redirected to {answer.url}, which has {evidence}: the page behind it was not seen"


def not_found_page(outcome: Outcome, answer: Answer) -> str | None:
    """The host's "not found" page, served as a success."""
    if answer.soft_404 and not (answer.vouched and not _was_led(answer.soft_404)):
        return answer.soft_404
    return _missing_notice(outcome, answer)


def _missing_notice(outcome: Outcome, answer: Answer) -> str | None:
    """The text that declares the page missing, unless the URL or the page shows that it is about such a subject."""
    from linkcheck.judge.page_signs.notices import mentions_or_is
    from linkcheck.judge.page_signs.removed_content import shows_object

    page = answer.page
    if (
        page is None
        or answer.vouched
        or not any(mentions_or_is(text) for text in (page.title, page.og_title, page.heading) if text)
    ):
        return None
    path = unquote(outcome.url.partition("://")[2].partition("/")[2])
    slug = letters(path.partition("?")[0].rstrip("/").rpartition("/")[2])
    texts = (page.title, page.og_title, page.heading)
    if _SPEAKS_OF_IT.search(path) or (slug and slug in [letters(text) for text in texts if text]) or shows_object(answer):
        return None
    return None if describes_itself(answer) else _notice_of(page, answer.url)


def _was_led(evidence: str) -> bool:
    """Whether a redirect shows a soft 404, which no title contradicts."""
    return evidence.startswith("redirected")


def _notice_of(page: PageFacts, url: str) -> str | None:
    from linkcheck.judge.page_signs.notices import missing_notice

    return missing_notice(page, url)


def home_page(outcome: Outcome, answer: Answer) -> str | None:
    """A redirect of a deep link to a home page, as many sites do for removed pages."""
    ends = ends_of(outcome, answer)
    if ends is None:
        return None
    requested, got = ends
    if is_home(requested) or not is_home(got) or not is_deep(requested, got) or ends_at_route(outcome):
        return None
    if detours(outcome, answer) and _may_be_wall(requested, got, answer):
        return None
    return f"redirected to the home page {got.href}"


def _may_be_wall(requested: Url, got: Url, answer: Answer) -> bool:
    """Whether the home page that a temporary redirect leads to may be a wall.

    So may a page of greeting, the front page of a host next to the site's main one, and one of another host that shows the
    same page for any URL.
    """
    one, other = requested.host.removeprefix("www."), got.host.removeprefix("www.")
    if one == other:
        return _GREETING.search(got.path) is not None
    site = registrable_domain(other)
    return (registrable_domain(one) == site and other != site) or answer.soft_404 is not None


def search_page(outcome: Outcome, answer: Answer) -> str | None:
    """A redirect to the site's search for the words of the link's own last segment: as some sites do for removed pages."""
    ends = ends_of(outcome, answer)
    if ends is None:
        return None
    requested, got = ends
    name = unquote(requested.path.rstrip("/").rpartition("/")[2]).partition(".")[0]
    searches = SEARCH_PATH.search(got.path) or HOME.fullmatch(got.path)
    if (
        not searches
        or SEARCH_PATH.search(f"{requested.path.rpartition('/')[0]}/")
        or len(_WORD.findall(name)) < _FEWEST_WORDS
    ):
        return None
    searched = (letters(value) for key, value in parse_qsl(got.query) if key.lower() in SEARCH_PARAMETERS)
    return f"redirected to the site's search, {got.href}" if letters(name) in searched else None


def moved_permanently(outcome: Outcome) -> bool:
    """Whether nothing but permanent redirects led to the answer."""
    return all(hop.status in PERMANENT for hop in outcome.hops)


def ends_of(outcome: Outcome, answer: Answer) -> tuple[Url, Url] | None:
    """The requested URL and the one it led to, where redirects, or a refresh of 0 seconds, led to another page."""
    landing = landing_of(outcome, answer)
    if landing is None:
        return None
    try:
        return parse_url(outcome.url), parse_url(landing)
    except InvalidUrl:
        return None


def is_deep(requested: Url, got: Url) -> bool:
    """Whether the link named more than a site: not a short link to another one, nor a section that became a host.

    A number in its query names a page, as in WordPress's `?p=77`.
    """
    segments = [segment for segment in requested.path.lower().split("/") if segment]
    if segments and segments[-1] in got.host.split("."):
        return False
    if registrable_domain(requested.host) == registrable_domain(got.host):
        return True
    return len(segments) > 1 or requested.path.count("-") > 1 or _PAGE_NUMBER.search(requested.query) is not None
