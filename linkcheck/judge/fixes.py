"""Whether a URL that the web gave may be written in the place of a link's without a person's look, and why.

Who owns a lapsed domain decides where its pages redirect, what their titles are, and which canonical URL they name. So
none of that counts once a redirect leaves the site: only what stays on it throughout is safe, and only where the new URL
is evidently of the same page.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.judge.doubts import DoubtKind, doubt
from linkcheck.judge.fault import safe, unsafe
from linkcheck.judge.look import owner_of
from linkcheck.judge.options import Options
from linkcheck.judge.redirects import steps
from linkcheck.judge.signs import is_home
from linkcheck.judge.titles import is_title_of
from linkcheck.judge.vouching import speaks_otherwise
from linkcheck.model import Answer, Evidence, Fix, FixKind, Link, Outcome, PageFacts, Role
from linkcheck.urls import InvalidUrl, Url, adds_query, parse_url, registrable_domain, same_page

_GENERIC = re.compile(
    r"\d{1,2}|(19|20)\d\d|[a-z]{2}([-_][a-z]{2,4})?"
    r"|(amp|default|feed|home|index|main|page|print|rss|show|start|view|welcome)(\.[a-z]{2,5})?",
    re.IGNORECASE,
)
"""Last segments of a path that pages share: `index.html`, `2`, `en`. They identify a page only with what is before them."""

_AMBIGUOUS = re.compile(r"[\x00-\x1f\x7f\\]|^\s*https?:(/?[^/]|///)", re.IGNORECASE)
"""In a Location header: what clients are known to read differently."""

UNWANTED_HINT = (
    "Look at the new page: it may be advertising, or a domain for sale. Write its URL only if it is the same page."
)
"""For a move to what is never written (`is_unwanted`)."""

_GONE = (DoubtKind.PARKED, DoubtKind.TAKEN_OVER, DoubtKind.REMOVED, DoubtKind.NOT_FOUND)
_SHARED_HOSTING = frozenset(
    (
        *("angelfire.com", "bandcamp.com", "beehiiv.com", "blogs.com", "canalblog.com", "dreamwidth.org", "fandom.com"),
        *("ghost.io", "hashnode.dev", "itch.io", "jimdo.com", "jimdosite.com", "livedoor.blog", "livejournal.com"),
        *("medium.com", "micro.blog", "mystrikingly.com", "neocities.org", "over-blog.com", "squarespace.com"),
        *("strikingly.com", "substack.com", "tripod.com", "tumblr.com", "typepad.com", "webs.com", "weebly.com"),
        *("wikidot.com", "wordpress.com", "wpcomstaging.com", "write.as"),
    )
)
"""Domains that hand out subdomains to anybody and are not on the Public Suffix List."""


def fix_of_move(evidence: Evidence, link: Link, outcome: Outcome, url: str, options: Options) -> Fix | None:
    """Whether `url`, which the outcome of a link led to, may be written in its place; None where it never is."""
    answer = outcome.answer
    if is_unwanted(outcome, url) or speaks_otherwise(evidence.article, link, outcome, options):
        return None
    try:
        old, new = parse_url(outcome.url), parse_url(url)
    except InvalidUrl as error:
        return unsafe(f"the new URL cannot be read: {error}")
    if answer is None:
        return unsafe("the new URL gave no answer")
    reason = _leaves(outcome, old, new) or _changes_request(outcome, answer, old, new)
    if reason is not None:
        return unsafe(reason)
    difference = same_page(old.href, new.href)
    if difference is None or difference.trivial:
        return safe(f"the same URL but for {difference or 'its spelling'}")
    if is_home(new):
        return unsafe("the new URL is a home page")
    other = next(_other_canonicals(evidence, link, answer, url), None)
    if other is not None:
        return unsafe(f"the new page names another canonical URL, {other}")
    if old.query == new.query and _tail(old.path) is not None and _tail(old.path) == _tail(new.path):
        return safe("the same domain and last path segment")
    identity = _identity(evidence, link, answer.page, options)
    return safe(f"the same domain, and {identity}") if identity else unsafe(_what_changes(old, new))


def is_unwanted(outcome: Outcome, url: str) -> bool:
    """Whether a URL is of another site that looks like an advertiser's, a parked domain or a page for what is missing.

    A title that an article vouches for may be its page's; but whoever owns the domain chose it.
    """
    from linkcheck.judge.hijacks import is_promoted

    answer = outcome.answer
    if answer is None or not 200 <= answer.status < 300 or not _crosses(outcome.url, url):
        return False
    seen = doubt(outcome, replace(answer, vouched=False))
    return (seen is not None and seen.kind in _GONE) or is_promoted(outcome.url, url, answer.page)


def _crosses(old: str, new: str) -> bool:
    return _site_of(old) != _site_of(new)


def leaves_site(outcome: Outcome) -> str | None:
    """The other site that the redirects of an outcome lead to or through; None where they stay on the first one's."""
    return next(_other_sites(outcome), None)


def fix_of_image(evidence: Evidence, link: Link, outcome: Outcome, options: Options) -> Fix | None:
    """Why an image may be another than the one that is meant; None where nothing shows it."""
    if outcome.answer is None:
        return None
    fix = fix_of_move(evidence, link, outcome, outcome.answer.url, options)
    if fix is None:
        return unsafe(f"the image may be a placeholder: it is on another domain, {_site_of(outcome.answer.url)}")
    if fix.kind is FixKind.SAFE:
        return None
    return unsafe(f"the image may be a placeholder: {fix.reason}" if outcome.hops else fix.reason)


def _leaves(outcome: Outcome, old: Url, new: Url) -> str | None:
    if _site(new.host) != _site(old.host):
        return f"the new URL is on another domain, {_site(new.host)}"
    other = leaves_site(outcome)
    return None if other is None else f"the redirects lead through another domain, {other}"


def _other_sites(outcome: Outcome) -> Iterator[str]:
    own = _site_of(outcome.url)
    for _, url in steps(outcome):
        site = _site_of(url)
        if site != own:
            yield site


def _site_of(url: str) -> str:
    try:
        return _site(parse_url(url).host)
    except InvalidUrl:
        return "which cannot be read"


def _site(host: str) -> str:
    """What one owner holds: the registrable domain; a host below one that is handed out by no public suffix; an address."""
    domain = registrable_domain(host)
    return host.removeprefix("www.") if domain is None or domain in _SHARED_HOSTING else domain


def _changes_request(outcome: Outcome, answer: Answer, old: Url, new: Url) -> str | None:
    if not 200 <= answer.status < 300 and answer.status != 304:
        return f"it answers with status {answer.status}"
    if any(hop.location is not None and _AMBIGUOUS.search(hop.location) for hop in outcome.hops):
        return "a redirect's Location header is malformed, and clients may read it differently"
    if not new.href.startswith(f"{new.origin}/"):
        return "the new URL writes its host with a dot at the end"
    if old.port != new.port:
        return "the port changes"
    if adds_query(old.query, new.query):
        return "the new URL has other query parameters"
    return None


def _other_canonicals(evidence: Evidence, link: Link, answer: Answer, url: str) -> Iterator[str]:
    """The canonical URLs that a new page names and that are neither its own nor the article's."""
    fitting = (url, answer.url, *_canonicals_of(evidence, link))
    for canonical in answer.page.canonicals if answer.page is not None else ():
        if not any(_is_same(canonical, each) for each in fitting):
            yield canonical


def _canonicals_of(evidence: Evidence, link: Link) -> Iterator[str]:
    """The canonical URL beside a link, and where it leads as long as it stays on the site."""
    for sighting in evidence.sightings:
        if sighting.link.role is Role.CANONICAL and sighting.link.owner == link.owner and sighting.link != link:
            yield sighting.link.url
            outcome = sighting.outcome
            if outcome is not None and outcome.answer is not None and leaves_site(outcome) is None:
                yield outcome.answer.url


def _identity(evidence: Evidence, link: Link, page: PageFacts | None, options: Options) -> str | None:
    """What shows that a new page is the article's, in one clause."""
    if page is None or link.role is Role.IMAGE:
        return None
    ours = tuple(_canonicals_of(evidence, link))
    if any(_is_same(canonical, each) for canonical in page.canonicals for each in ours):
        return "the new page names the article's canonical URL"
    if link.role is Role.LINK and not link.owner:
        return None  # a page the article speaks of, so its title is not the article's
    owner = owner_of(evidence, link)
    titles = [title for key in options.title_keys if isinstance(title := owner.get(key), str)]
    if any(is_title_of(titles[0], theirs) for theirs in (page.title, page.og_title) if theirs and titles):
        return "the new page has the article's title"
    return None


def _what_changes(old: Url, new: Url) -> str:
    before, after = _last(old.path), _last(new.path)
    if before != after:
        return f"the last path segment changes from {before!r} to {after!r}"
    if old.query != new.query:
        return "the query changes"
    return f"the last path segment {before!r} does not identify the page"


def _last(path: str) -> str:
    return path.removesuffix("/").rpartition("/")[2]


def _tail(path: str) -> tuple[str, ...] | None:
    """The end of a path that identifies a page: the last segment, with those before it where pages share the last."""
    tail: list[str] = []
    for segment in reversed([segment for segment in path.split("/") if segment]):
        tail.append(segment)
        if not _GENERIC.fullmatch(segment):
            return tuple(tail)
    return None


def _is_same(one: str, other: str) -> bool:
    difference = same_page(one, other)
    return difference is None or difference.trivial
