"""Which pages have to be looked up in web archives, and which snapshots are copies of them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime

from msgspec.structs import replace

from linkcheck.calendar_dates import read_date
from linkcheck.judge.classify import verdict
from linkcheck.judge.comparison.other_page import agrees_with_title
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions, options_for
from linkcheck.judge.select import LIVING, owner_of
from linkcheck.model import Evidence, Json, LinkResult, Outcome, Role, Snapshot, VerdictKind, WantedCopy
from linkcheck.timestamps import moment_of, timestamp_of
from linkcheck.urls import address_of, copied_page, is_one_key, mask, name_refusal, page_key, parse_url, refusal

ARCHIVED_ROLES = (Role.CANONICAL, Role.ORIGINAL, Role.LINK)
"""Links whose pages are looked up."""
LOST = (VerdictKind.DEAD, VerdictKind.SUSPECT)
"""Verdicts of pages that readers no longer reach."""
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
    for result in evidence.results:
        outcome = result.outcome
        if outcome is None or result.link.role not in ARCHIVED_ROLES or result.verdict.kind not in kinds:
            continue
        if result.link.location.pointer in stated or not is_public(outcome):
            continue
        owner = owner_of(evidence, result.link)
        titles = (owner.get(key) for key in options.title_keys) if result.link.role in _TITLED else ()
        yield (
            result,
            WantedCopy(
                result.target.url,
                _moment(owner, options) or _moment(evidence.article.data, options),
                next((title for title in titles if isinstance(title, str) and title.strip()), None),
            ),
        )


def stated_copies(evidence: Evidence) -> dict[str, str]:
    """The links whose article states a copy of their page that works (role archive): the pointers of both."""
    stated = {
        (each.link.owner, each.link.wants.of): each.link
        for each in evidence.results
        if each.link.role is Role.ARCHIVE and each.verdict.kind in LIVING and each.outcome is not None
    }
    found: dict[str, str] = {}
    for result in evidence.results if stated else ():
        link = result.link
        copy = stated.get((link.owner, link.url)) if link.role in ARCHIVED_ROLES else None
        page = None if copy is None else copied_page(copy.url)
        if copy is not None and (page is None or is_one_key(page, result.target.url)):
            found[link.location.pointer] = copy.location.pointer
    return found


def is_lost(evidence: Evidence, issue: Issue, copies: Mapping[str, str]) -> bool:
    """Whether an issue is about a page that readers no longer reach, and the article states a copy of it."""
    pointer = issue.location.pointer
    return pointer in copies and any(
        each.link.location.pointer == pointer and each.verdict.kind in (*LOST, VerdictKind.UNREACHABLE)
        for each in evidence.results
    )


def is_public(outcome: Outcome) -> bool:
    """Whether the page of a target may be known to others: it is not in a private network, and its URL has no secret."""
    host = parse_url(outcome.url).host
    literal = address_of(host)
    if name_refusal(host) is not None or mask(outcome.url) != outcome.url:
        return False
    return not any(refusal(address) for address in (literal, outcome.address) if address is not None)


def is_copy(wanted: WantedCopy, snapshot: Snapshot) -> bool:
    """Whether a snapshot is a copy of the page: a page of its own, not an error page, with the page's title if both are
    known.
    """
    outcome = snapshot.outcome
    answer = outcome.answer
    if answer is None or answer.status != 200 or answer.challenge is not None:
        return False
    if snapshot.original is None:
        if outcome.hops:
            return False  # to an unknown page
    elif page_key(snapshot.original) != page_key(wanted.url):
        return False
    # As if the page itself had responded, because error pages are recognized by their URLs too.
    page = answer.page
    if page is not None:
        page = replace(page, canonicals=(), raw_canonicals=(), amphtml=(), refresh=None, refresh_seconds=None)
    as_page = replace(outcome, url=wanted.url, hops=(), answer=replace(answer, url=wanted.url, page=page, soft_404=None))
    if verdict(as_page).kind is not VerdictKind.OK:
        return False
    return page is None or wanted.title is None or agrees_with_title(wanted.title, page, wanted.url)


def _moment(values: dict[str, Json], options: JudgeOptions) -> str | None:
    """The date of an article, in any notation: of a day without a time its noon. None if it is unknown."""
    for key in options.date_keys:
        value = values.get(key)
        if not isinstance(value, str):
            continue
        written = read_date(value)
        if written is not None and written.day is not None and "T" not in value.upper():
            try:
                return timestamp_of(datetime(*written.day, 12, tzinfo=UTC))
            except (ValueError, OverflowError):
                continue
        if (moment := moment_of(value)) is not None:
            return timestamp_of(moment)
    return None
