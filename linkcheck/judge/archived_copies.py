"""Which pages have to be looked up in web archives, and which snapshots are copies of them."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime

from msgspec.structs import replace

from linkcheck.calendar_dates import read_date
from linkcheck.judge.classify import verdict
from linkcheck.judge.comparison.other_page import agrees_with_title
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions, options_for
from linkcheck.judge.publication import pages_awaited
from linkcheck.judge.select import ARCHIVED_ROLES, LIVING, LOST, owner_of
from linkcheck.judge.url_traits.copy_hosts import ARCHIVED, copy_of
from linkcheck.judge.url_traits.secrets import personal_parameter
from linkcheck.judge.url_traits.staging_hosts import is_staging
from linkcheck.model import Evidence, Json, LinkResult, Outcome, PageFacts, Role, Snapshot, VerdictKind, WantedCopy
from linkcheck.timestamps import moment_of, timestamp_of
from linkcheck.urls import address_of, copied_page, is_one_key, mask, name_refusal, page_key, parse_url, refusal

_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{8}")
"""The beginning of a JSON Web Token (RFC 7519)."""
_PARTS = re.compile(r"([0-9]{4})(?:-?([0-9]{2}))?(?:-?([0-9]{2}))?")
"""Year, month and day, as far as they are written."""
_NAMED = re.compile(r"(?:^|/)([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
"""A date at the start of the name of a file or folder."""
_TITLED = (Role.CANONICAL, Role.ORIGINAL)


def wanted_copies(
    evidence: Evidence, options: JudgeOptions, *, kinds: Collection[VerdictKind] = LOST
) -> Iterator[tuple[LinkResult, WantedCopy]]:
    """The links of an article to pages with one of these verdicts, each with what to look for.

    The date is that of the entry that has the link, such as a related article, else the article's. Pages of a private
    network and URLs with a secret are not revealed to an archive. A page whose copy the article states needs no other.
    """
    options = options_for(evidence.article, options)
    stated = stated_copies(evidence)
    awaited = pages_awaited(evidence, options)
    for result in evidence.results:
        outcome = result.outcome
        if outcome is None or result.link.role not in ARCHIVED_ROLES or result.verdict.kind not in kinds:
            continue
        pointer = result.link.location.pointer
        if pointer in stated or pointer in awaited or mask(result.link.url) != result.link.url:
            continue
        if not is_public(outcome, options):
            continue
        owner = owner_of(evidence, result.link)
        titles = (owner.get(key) for key in options.title_keys) if result.link.role in _TITLED else ()
        article = evidence.article
        moment = _moment(owner, options) or _moment(article.data, options) or _moment_in_path(article.path)
        if moment is not None and options.now and moment > options.now:
            continue  # it may be secret until then
        title = next((title for title in titles if isinstance(title, str) and title.strip()), None)
        yield result, WantedCopy(result.target.url, moment, title)


def stated_copies(evidence: Evidence) -> dict[str, str]:
    """The links whose article states a copy of their page that works (role archive): the pointers of both."""
    stated = {
        (each.link.owner, each.link.wants.of): each.link
        for each in evidence.results
        if each.link.role is Role.ARCHIVE and each.verdict.kind in LIVING and _keeps_page(each.outcome)
    }
    found: dict[str, str] = {}
    for result in evidence.results if stated else ():
        link = result.link
        copy = stated.get((link.owner, link.url)) if link.role in ARCHIVED_ROLES else None
        page = None if copy is None else copied_page(copy.url)
        if copy is not None and (copy_of(copy.url) == ARCHIVED if page is None else is_one_key(page, result.target.url)):
            found[link.location.pointer] = copy.location.pointer
    return found


def _keeps_page(outcome: Outcome | None) -> bool:
    """Whether a copy was requested, and did not redirect to that of a home page (archive-of-another-page)."""
    if outcome is None or outcome.answer is None:
        return False
    landing = copied_page(outcome.answer.url) if outcome.hops else None
    key = None if landing is None else page_key(landing)
    return key is None or "/" in key


def is_lost(evidence: Evidence, issue: Issue, copies: Mapping[str, str]) -> bool:
    """Whether an issue is about a page that readers no longer reach, and the article states a copy of it."""
    pointer = issue.location.pointer
    return pointer in copies and any(
        each.link.location.pointer == pointer and each.verdict.kind in (*LOST, VerdictKind.UNREACHABLE)
        for each in evidence.results
    )


def is_public(outcome: Outcome, options: JudgeOptions) -> bool:
    """Whether the page of a target may be known to others: it is not in a private network or on a staging site, and its
    URL has no secret.
    """
    host = parse_url(outcome.url).host
    literal = address_of(host)
    if name_refusal(host) is not None or is_staging(host, options.base_url):
        return False
    if mask(outcome.url) != outcome.url or personal_parameter(outcome.url) is not None or _TOKEN.search(outcome.url):
        return False
    return not any(refusal(address) for address in (literal, outcome.address) if address is not None)


def is_copy(wanted: WantedCopy, snapshot: Snapshot) -> bool | None:
    """Whether a snapshot is a copy of the page: a page of its own, not an error page, with the page's title.

    None if its title cannot be compared, although the page's is known.
    """
    outcome = snapshot.outcome
    answer = outcome.answer
    if answer is None or answer.status != 200 or answer.challenge is not None or answer.body is not None:
        return False
    if snapshot.original is None:
        if outcome.hops:
            return False  # to an unknown page
    elif page_key(snapshot.original) != page_key(wanted.url):
        return False
    page = answer.page
    if page is None or not _is_content(page, wanted.url) or _leads_on(page, wanted.url):
        return False
    # As if the page itself had responded, because error pages are recognized by their URLs too.
    page = replace(page, canonicals=(), raw_canonicals=(), amphtml=(), refresh=None, refresh_seconds=None)
    as_page = replace(outcome, url=wanted.url, hops=(), answer=replace(answer, url=wanted.url, page=page, soft_404=None))
    if verdict(as_page).kind is not VerdictKind.OK:
        return False
    return True if wanted.title is None else agrees_with_title(wanted.title, page, wanted.url)


def _is_content(page: PageFacts, url: str) -> bool:
    """Whether a copy has what the URL stands for: a page, or the document that its extension names."""
    return page.content is None or (page.content == "pdf" and parse_url(url).path.lower().endswith(".pdf"))


def _leads_on(page: PageFacts, url: str) -> bool:
    """Whether a copy moves readers on to a copy of another page."""
    return page.refresh is not None and page_key(copied_page(page.refresh) or page.refresh) != page_key(url)


def _moment(values: dict[str, Json], options: JudgeOptions) -> str | None:
    """The date of an article, in any notation: of a day without a time its noon. None if it is unknown."""
    for key in options.date_keys:
        value = values.get(key)
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        found = _moment_of_text(text.strip()) if isinstance(text, str) else None
        if found is not None:
            return found
    return None


def _moment_of_text(text: str) -> str | None:
    if (parts := _PARTS.fullmatch(text)) is not None:
        # In the middle of what is not known.
        return _noon(int(parts[1]), int(parts[2] or 7), int(parts[3] or (15 if parts[2] else 1)))
    written = read_date(text)
    if written is not None and written.day is not None and "T" not in text.upper():
        return _noon(*written.day)
    moment = moment_of(text)
    return None if moment is None else timestamp_of(moment)


def _moment_in_path(path: str) -> str | None:
    """The date in the name of a file or folder, as static sites write it; the last one."""
    found = _NAMED.findall(path)
    return _noon(*map(int, found[-1])) if found else None


def _noon(year: int, month: int, day: int) -> str | None:
    try:
        return timestamp_of(datetime(year, month, day, 12, tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
