"""Whether a URL from a response can replace a link's URL without review, and why.

Who owns a lapsed domain decides where its pages redirect, what their titles are, and which canonical URL they declare. So
none of that counts once a redirect leaves the site: only what stays on it throughout is safe, and only where the new URL
is evidently of the same page.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec.structs import replace

from linkcheck.judge.comparison.image_sizes import SizeIssue, size_issue
from linkcheck.judge.comparison.same_article import has_other_date, has_title_of, is_slug, why_another
from linkcheck.judge.image_traits.declared_size import Declared, declared_of
from linkcheck.judge.image_traits.placeholder_names import Name, name_of
from linkcheck.judge.image_traits.placeholders import is_far_smaller
from linkcheck.judge.issue import Issue, safe, unsafe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import measured_image_of, owner_of
from linkcheck.judge.suspicion import SuspicionKind, suspicion
from linkcheck.judge.url_traits.page_kind import is_home, is_search
from linkcheck.judge.url_traits.redirect_chain import (
    Move,
    is_downgrade,
    is_one_page,
    is_surely_one_page,
    leaves_site,
    names_target,
    onward,
    replacement,
)
from linkcheck.judge.url_traits.site_owner import may_be_of_another_user, site_of
from linkcheck.judge.vouching import leads_to_other_language
from linkcheck.model import Answer, Evidence, Fact, Fix, FixKind, Link, Outcome, Role
from linkcheck.urls import (
    InvalidUrl,
    Url,
    adds_query,
    names_article,
    parse_url,
    route_of,
    same_page,
)

_COMMON = frozenset(
    (
        *("article", "background", "banner", "bild", "card", "copy", "cover", "default", "design", "download", "facebook"),
        *(
            "featured",
            "feature",
            "final",
            "foto",
            "full",
            "gallery",
            "graphic",
            "header",
            "hero",
            "image",
            "images",
            "large",
        ),
        *(
            "landscape",
            "lead",
            "logo",
            "main",
            "medium",
            "mobile",
            "news",
            "original",
            "page",
            "photo",
            "picture",
            "portrait",
        ),
        *("post", "preview", "share", "site", "small", "social", "square", "story", "teaser", "thumb", "thumbnail", "title"),
        *("twitter", "untitled", "video", "website", "wide"),
    )
)
"""Words in the names of files of many images: three of them do not identify an image."""
_NAME_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME_WORDS = 3
_NAME_NUMBER = re.compile(
    r"(?<!\d)(?!(?:(?:19|20)\d{6}|\d{4}(?:19|20)\d\d)(?!\d))\d{8,}|(?=[0-9a-f]*\d)[0-9a-f]{12,}", re.IGNORECASE
)
"""In the name of a file: the number of an agency or a hash. A date is not one, nor is a camera's number, which is
shorter.
"""
_EDITED = re.compile(
    r"(?<![a-z])(?:watermark|blur|preview|thumb|crop|gr[ae]yscale|placeholder|(?:wm|bw|lqip|low|mini|sample)(?![a-z]))",
    re.IGNORECASE,
)
"""In the folder of an image: that it is another version of it."""

_SESSION = re.compile(r";[^/;]*|/\((?:[A-Z]\([^()/]*\))+\)(?=/)")
"""Matrix parameters, of which nearly all are sessions, and the sessions of ASP.NET: `/(S(lit3py55))/`."""

_AMBIGUOUS = re.compile(r"[\x00-\x1f\x7f\\]|^\s*https?:(/?[^/]|///)", re.IGNORECASE)
"""In a Location header: what clients are known to interpret differently."""

_DOWNGRADE_HINT = "On your own host, correct the redirect: it leads from https to http."
_CIRCLE_HINT = "Open the new page. If it is the article, keep your URL: redirect and canonical URL contradict each other."
_SEARCH_HINT = "Search for the article there. If it is gone, use the URL of an archived copy."
UNWANTED_HINT = "Open the new page: it may be advertising, or a domain for sale. Use its URL only if it is the same page."
"""For a move to what is never written (`is_unwanted`)."""

_OTHER_SHAPES = (SizeIssue.DIFFERS, SizeIssue.SWAPPED)
_ELSEWHERE = frozenset(("path", "case", "query", "query-dropped", "fewer-parameters"))
"""Differences of URLs by which an image may be another one: the host alone shows nothing."""
_GONE = (SuspicionKind.PARKED, SuspicionKind.TAKEN_OVER, SuspicionKind.REMOVED, SuspicionKind.NOT_FOUND)


def fix_of_move(evidence: Evidence, link: Link, outcome: Outcome, url: str, options: JudgeOptions) -> Fix | None:
    """Whether `url`, which a link leads to, can replace it; None if it never is."""
    answer = outcome.answer
    if is_unwanted(outcome, url) or leads_to_other_language(evidence.article, link, outcome, options):
        return None
    try:
        old, new = parse_url(outcome.url), parse_url(url)
    except InvalidUrl as error:
        return unsafe(f"the new URL cannot be read: {error}")
    if answer is None:
        return unsafe("the new URL did not respond")
    if link.role is Role.ARCHIVE:
        return unsafe("the new URL may be that of a copy of another page")
    reason = _leaves(outcome, old, new) or _changes_request(outcome, answer, old, new)
    if reason is not None:
        return unsafe(reason)
    difference = same_page(old.href, new.href)
    if difference is None or difference.certain:
        return safe(f"the same URL except for {difference or 'its spelling'}")
    if difference.trivial or difference.drops_query:
        return unsafe("the new URL lacks a parameter that may select the page")
    if difference.kinds == ("case",) and old.query == new.query and outcome.hops and is_slug(_last(old.path)):
        return safe(f"the same URL except for {difference}, according to the server")
    if route_of(url):
        return unsafe("a script selects the new page by its fragment, so it was not checked")
    if may_be_of_another_user(old, new):
        return unsafe("the new URL may belong to another user of the site")
    if onward(answer) is not None:
        return unsafe(f"the new page forwards to {onward(answer)}")
    if is_home(new):
        return unsafe("the new URL is a home page")
    if link.role is not Role.IMAGE and old.host.removeprefix("www.") != new.host.removeprefix("www."):
        # Other subdomains are tests, copies, shops, or someone else's; images move to hosts of their own.
        return unsafe(f"the new URL is on another host, {new.host}")
    other = next(_other_canonicals(evidence, link, answer, url), None)
    if other is not None:
        return unsafe(f"the new page declares a different canonical URL, {other}")
    if link.role is Role.IMAGE:
        return _fix_of_moved_image(old, new)
    if answer.page is not None and answer.page.is_amp and link.role is not Role.AMP:
        return unsafe("the new page is an AMP page")
    another = why_another(old, new, is_amp=link.role is Role.AMP)
    if another is not None:
        return unsafe(another)
    identity = _identity(evidence, link, outcome, url, options)
    if identity is not None:
        return safe(f"the same domain, and {identity}")
    return unsafe("the new URL may be a section page" if _is_section(old, new) else _what_changes(old, new))


def _fix_of_moved_image(old: Url, new: Url) -> Fix:
    """By its path, or a name that few images share. Its size is checked elsewhere (`_restricted`)."""
    if old.query != new.query or _last(old.path) != _last(new.path):
        return unsafe(_what_changes(old, new))
    if old.path == new.path:
        return safe("the same domain and path")
    edited = next((found[0] for found in _EDITED.finditer(new.href) if found[0] not in old.href), None)
    if edited is not None:
        return unsafe(f"the new URL may lead to a different version: it adds {edited!r}")
    if has_other_date(old, new) or not (_ends_alike(old, new) or _is_telling(new)):
        return unsafe(f"other images may have the name {_last(old.path)!r} too")
    return safe("the same domain and file name")


def _ends_alike(old: Url, new: Url) -> bool:
    """Whether one path is the other below more folders, and more than the name of a file."""
    shorter, longer = sorted((old.path, new.path), key=len)
    return longer.endswith(shorter) and len(_segments(shorter)) > 1


def _is_telling(url: Url) -> bool:
    """Whether the name of a file has three words of its own, or an identifier."""
    name = unquote(_last(url.path)).rpartition(".")[0]
    words = set(_NAME_WORD.findall(name.lower())) - _COMMON
    return name_of(url.href) is Name.NOTHING and (len(words) >= _NAME_WORDS or _NAME_NUMBER.search(name) is not None)


def issue_of_move(
    evidence: Evidence, link: Link, outcome: Outcome, move: Move, *, options: JudgeOptions, message: str
) -> Issue:
    """The issue of a link whose page has moved: what to do, and what `linkcheck fix` can write."""
    facts: dict[str, Fact] = {"status": outcome.hops[0].status, "hops": len(outcome.hops)}
    if is_downgrade(outcome, move):
        return Issue(link.location, message, link.url, _DOWNGRADE_HINT, facts)
    if is_search(move.url) and not is_search(outcome.url):
        return Issue(link.location, f"{message}, a search page", link.url, _SEARCH_HINT, facts)
    if outcome.answer is not None and names_target(outcome, outcome.answer):  # on another site: `is_contradicted`
        facts["final_url"] = move.url
        message = f"{message}, which declares the old URL as its canonical URL"
        return Issue(link.location, message, link.url, _CIRCLE_HINT, facts)
    fix = fix_of_move(evidence, link, outcome, move.url, options)
    if fix is None:
        return Issue(link.location, message, link.url, UNWANTED_HINT, facts)
    facts["expected"] = replacement(link, move.url, outcome.hops)
    if fix.kind is FixKind.SAFE and link.role is Role.IMAGE:
        fix = _restricted(evidence, link, outcome, fix)
    return Issue(link.location, message, link.url, "Update the URL.", facts, fix)


def _restricted(evidence: Evidence, link: Link, outcome: Outcome, fix: Fix) -> Fix:
    """The fix of an image that has moved, which may be another one: where its path changes, its size is the second sign."""
    picture, declared = measured_image_of(evidence, link, outcome), declared_of(link)
    if picture is None:
        return unsafe("the new URL does not lead to an image")
    difference = same_page(outcome.url, picture.name)
    if difference is not None and not difference.certain and "path" in difference.kinds:
        if declared.width is None or declared.height is None:
            return unsafe("the path changes, and no declared size shows that it is the same image")
        if size_issue(declared, picture.image) is not None:
            return unsafe("the image at the new URL does not have the declared size")
    is_other = is_far_smaller(declared, picture.image) or size_issue(declared, picture.image) in _OTHER_SHAPES
    is_other = is_other and declared != Declared(None, None)
    return unsafe("the image at the new URL does not have the declared size") if is_other else fix


def is_unwanted(outcome: Outcome, url: str) -> bool:
    """Whether a URL is of another site that looks like an advertiser's, a parked domain or a page for what is missing.

    A title that an article vouches for may be its page's; but the owner of the domain chose it.
    """
    from linkcheck.judge.page_signs.takeovers import is_promoted

    answer = outcome.answer
    if answer is None or not 200 <= answer.status < 300 or site_of(outcome.url) == site_of(url):
        return False
    seen = suspicion(outcome, replace(answer, vouched=False))
    return (seen is not None and seen.kind in _GONE) or is_promoted(outcome.url, url, answer.page)


def fix_of_image(evidence: Evidence, link: Link, outcome: Outcome, options: JudgeOptions) -> Fix | None:
    """Why an image may not be the intended one; None if nothing shows it."""
    if outcome.answer is None:
        return None
    fix = fix_of_move(evidence, link, outcome, outcome.answer.url, options)
    if fix is None:
        return unsafe(f"the image may be a placeholder: it is on another domain, {site_of(outcome.answer.url)}")
    if fix.kind is FixKind.SAFE:
        return _fix_of_redirected(outcome, outcome.answer)
    return unsafe(f"the image may be a placeholder: {fix.reason}" if outcome.hops else fix.reason)


def _fix_of_redirected(outcome: Outcome, answer: Answer) -> Fix | None:
    difference = same_page(outcome.url, answer.url) if outcome.hops else None
    if difference is None or _ELSEWHERE.isdisjoint(difference.kinds):
        return None
    return unsafe(f"the image may be a different one: it is redirected to {answer.url}")


def _leaves(outcome: Outcome, old: Url, new: Url) -> str | None:
    if site_of(new.href) != site_of(old.href):
        return f"the new URL is on another domain, {site_of(new.href)}"
    other = leaves_site(outcome)
    return None if other is None else f"the redirects lead through another domain, {other}"


def _changes_request(outcome: Outcome, answer: Answer, old: Url, new: Url) -> str | None:
    if not 200 <= answer.status < 300 and answer.status != 304:
        return f"it returns status {answer.status}"
    if any(hop.location is not None and _AMBIGUOUS.search(hop.location) for hop in outcome.hops):
        return "a redirect's Location header is malformed, and clients may interpret it differently"
    if not new.href.startswith(f"{new.origin}/"):
        return "the host in the new URL ends with a dot"
    if old.port != new.port:
        return "the port changes"
    if not set(_SESSION.findall(new.path)) <= set(_SESSION.findall(old.path)):
        return "the new URL may contain a session ID"
    if adds_query(old.query, new.query):
        return "the new URL has other query parameters"
    return None


def _other_canonicals(evidence: Evidence, link: Link, answer: Answer, url: str) -> Iterator[str]:
    """The canonical URLs that a new page declares and that are neither its own nor the article's."""
    fitting = (url, answer.url, *_canonicals_of(evidence, link))
    for canonical in answer.page.canonicals if answer.page is not None else ():
        if not any(is_one_page(canonical, each) for each in fitting):
            yield canonical


def _canonicals_of(evidence: Evidence, link: Link) -> Iterator[str]:
    """The canonical URL next to a link. Where it redirects does not count: it may have lost its page in the same way."""
    for result in evidence.results:
        if result.link.role is Role.CANONICAL and result.link.owner == link.owner and result.link != link:
            yield result.link.url


def _identity(evidence: Evidence, link: Link, outcome: Outcome, url: str, options: JudgeOptions) -> str | None:
    """What shows that a new page is the article's, or an image the same, in one clause."""
    answer = outcome.answer
    if answer is None or not is_surely_one_page(answer.url, url):
        return None  # the temporary redirect behind it may change
    page = answer.page
    if page is None:
        return None
    ours = tuple(_canonicals_of(evidence, link))
    if any(is_surely_one_page(canonical, each) for canonical in page.canonicals for each in ours):
        return "the new page declares the article's canonical URL"
    if link.role is Role.LINK and not link.owner:
        return None  # a page that the article mentions, so its title is not the article's
    return has_title_of(owner_of(evidence, link), page, parse_url(outcome.url), parse_url(url), options)


def _what_changes(old: Url, new: Url) -> str:
    before, after = _last(old.path), _last(new.path)
    if before != after:
        return f"the last path segment changes from {before!r} to {after!r}"
    if old.query != new.query:
        return "the query changes"
    return f"only the last path segment {before!r} shows that it is the same page"


def _is_section(old: Url, new: Url) -> bool:
    """Whether a shorter path names no article: a folder above the old page, or a word of its own as in `/politics/`."""
    before, after = _segments(old.path), _segments(new.path)
    if len(after) >= len(before) or names_article(new.path):
        return False
    return len(after) == 1 or before[: len(after)] == after


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]


def _last(path: str) -> str:
    return path.removesuffix("/").rpartition("/")[2]
