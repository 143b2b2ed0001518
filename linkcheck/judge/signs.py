"""Signs that a page which answers is not the page that was asked for.

Each returns its evidence in one clause, or None. A sign makes a target suspect and never dead, so a wrong one costs a look.
"""

import re
from urllib.parse import unquote

from linkcheck.judge.redirects import strays
from linkcheck.judge.statuses import PERMANENT
from linkcheck.judge.titles import letters
from linkcheck.model import Answer, Outcome, PageFacts
from linkcheck.urls import InvalidUrl, Url, parse_url, registrable_domain

_HOME = re.compile(r"(/[a-z]{2}([-_][a-z]{2,4})?)?(/(home|index|default|start|welcome)(\.[a-z]{2,5})?)?/?", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"(^|[/_-])(404|not-?_?found|page-?_?not-?_?found|error-?_?404|404-?_?error|notfound)(\.[a-z]{2,5})?/?$", re.IGNORECASE
)
_FOLDER_OF_THINGS = re.compile(r"/(?!(?:errors?|pages?|[a-z]{2}([-_][a-z]{2,4})?)/)[^/]+/[^/.]*404[^/.]*/?$", re.IGNORECASE)
"""A folder of things one of which may be called 404: `/area-codes/404`."""
_SPEAKS_OF_IT = re.compile(r"(?<!\d)(404|410)(?!\d)|not[-_+.]?found", re.IGNORECASE)
_LOGIN = re.compile(
    r"(^|/)(log-?in|sign-?in|signon|sso|saml2?|oauth2?|authorize|authenticate|wp-login\.php|uas/login|authwall)(\.[a-z]{2,5})?(/|$)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"(^|/)(cookie-?)?(consent|collectconsent|privacy-?gate|gdpr-?consent)(\.[a-z]{2,5})?(/|$)", re.IGNORECASE
)
_LOGIN_HOSTS = ("login.", "signin.", "accounts.", "account.", "auth.", "sso.", "idp.")
_CONSENT_HOSTS = ("consent.", "guce.", "cookieconsent.")


def not_found_page(outcome: Outcome, answer: Answer) -> str | None:
    """The host's page for what does not exist, served as a success."""
    if answer.soft_404 and not (answer.vouched and not _was_led(answer.soft_404)):
        return answer.soft_404
    ends = _ends(outcome, answer)
    if ends and is_not_found(answer.url) and not is_not_found(outcome.url) and not _is_called_so(ends[1], answer):
        return f"redirected to {answer.url}"
    page = answer.page
    if page is not None and page.refresh and is_not_found(page.refresh) and not is_not_found(outcome.url):
        return f"the page moves on by itself to {page.refresh}"
    return None if answer.vouched else _says_so(outcome, answer)


def _is_called_so(got: Url, answer: Answer) -> bool:
    """Whether a page is about one of the things in a folder that is called 404, and says so: `/area-codes/404`."""
    from linkcheck.judge.self_description import describes_itself

    page = answer.page
    if page is None or not _FOLDER_OF_THINGS.search(got.path):
        return False
    title = page.title or page.og_title or ""
    return describes_itself(answer) or ("404" in title and _notice_of(page, answer.url) is None)


def _says_so(outcome: Outcome, answer: Answer) -> str | None:
    """What of the page says that there is none, unless it is about such a thing by what its URL or the page itself says."""
    from linkcheck.judge.notices import mentions_or_is
    from linkcheck.judge.removed import shows_object
    from linkcheck.judge.self_description import describes_itself

    page = answer.page
    if page is None or not any(mentions_or_is(text) for text in (page.title, page.og_title, page.heading) if text):
        return None
    path = unquote(outcome.url.partition("://")[2].partition("/")[2])
    slug = letters(path.partition("?")[0].rstrip("/").rpartition("/")[2])
    texts = (page.title, page.og_title, page.heading)
    if _SPEAKS_OF_IT.search(path) or (slug and slug in [letters(text) for text in texts if text]) or shows_object(answer):
        return None
    return None if describes_itself(answer) else _notice_of(page, answer.url)


def _was_led(evidence: str) -> bool:
    """Whether it is a redirect that tells of a soft 404: no title can vouch against that."""
    return evidence.startswith("redirected")


def _notice_of(page: PageFacts, url: str) -> str | None:
    from linkcheck.judge.notices import missing_notice

    return missing_notice(page, url)


def is_not_found(url: str) -> bool:
    """Whether a URL is, by its name, that of the page for what does not exist."""
    try:
        return _NOT_FOUND.search(parse_url(url).path) is not None
    except InvalidUrl:
        return False


def home_page(outcome: Outcome, answer: Answer) -> str | None:
    """A redirect of a deep link to a home page: what many sites do with pages they have removed."""
    ends = _ends(outcome, answer)
    if ends is None:
        return None
    asked, got = ends
    if is_home(asked) or not is_home(got) or not _is_deep(asked, got):
        return None
    return f"redirected to the home page {answer.url}"


def gate_page(outcome: Outcome, answer: Answer) -> str | None:
    """A page to log in or to consent on, in the place of the one asked for."""
    ends = _ends(outcome, answer)
    if ends is None:
        return None
    asked, got = ends
    if _gates(got, _CONSENT, _CONSENT_HOSTS) and not _gates(asked, _CONSENT, _CONSENT_HOSTS):
        return f"redirected to a consent page, {answer.url}"
    # Many a forum has a login form in its header, and moves its pages for good; a gate is put up for the moment.
    password = answer.page is not None and answer.page.has_password_field and not _moved_for_good(outcome)
    if (password or _gates(got, _LOGIN, _LOGIN_HOSTS)) and not _gates(asked, _LOGIN, _LOGIN_HOSTS):
        return f"redirected to a login page, {answer.url}"
    return None


def _moved_for_good(outcome: Outcome) -> bool:
    return all(hop.status in PERMANENT for hop in outcome.hops)


def _ends(outcome: Outcome, answer: Answer) -> tuple[Url, Url] | None:
    """The URL asked for and the one that answered, where redirects led to another page."""
    if not strays(outcome, answer):
        return None
    try:
        return parse_url(outcome.url), parse_url(answer.url)
    except InvalidUrl:
        return None


def is_home(url: Url) -> bool:
    """Whether a URL is that of a site's front page, in whatever language."""
    return not url.query and _HOME.fullmatch(url.path) is not None


def _is_deep(asked: Url, got: Url) -> bool:
    """Whether the link named more than a site: not a short link to another one, nor a section that became a host."""
    segments = [segment for segment in asked.path.lower().split("/") if segment]
    if segments and segments[-1] in got.host.split("."):
        return False
    if registrable_domain(asked.host) == registrable_domain(got.host):
        return True
    return len(segments) > 1 or asked.path.count("-") > 1


def _gates(url: Url, path: re.Pattern[str], hosts: tuple[str, ...]) -> bool:
    return url.host.startswith(hosts) or path.search(url.path) is not None
