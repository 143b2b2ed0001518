"""Finds the copy of a page in one web archive, and requests it to verify it.

An archive's TimeGate leads to the copy that is nearest by date. If that is not usable (an archived error page, a redirect to
another page, a different title), or is from another time, the TimeMap lists the other copies, and the next nearest are
tried.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from msgspec.structs import replace

from linkcheck.fetch.archives.archive_requests import NOT_FOUND, ArchiveFailure, ArchiveRequests, failure_of
from linkcheck.fetch.archives.memento import Memento, MementoLinks
from linkcheck.fetch.archives.visit import ArchiveVisit, copy_hops
from linkcheck.model import ArchivedCopy, Snapshot, WantedCopy
from linkcheck.timestamps import moment_of, timestamp_of
from linkcheck.urls import InvalidUrl, host_of, original_in, parse_url

MOST_TRIED = 4
"""Copies of a TimeMap that are requested for one page."""
FAR = timedelta(days=30)
"""How far from the moment the copy of a TimeGate can be without looking for a nearer one."""

IsCopy = Callable[[WantedCopy, Snapshot], bool | None]
"""Whether a snapshot is a copy of the page; None if nothing shows it, and nothing contradicts it."""


class ArchiveClient:
    """Finds copies of a page in an archive."""

    def __init__(self, requests: ArchiveRequests, *, is_copy: IsCopy, latest: datetime) -> None:
        """`latest` is when a copy can have been captured at the latest."""
        self._requests = requests
        self._is_copy = is_copy
        self._latest = latest

    async def find(self, timegate: str, wanted: WantedCopy) -> ArchivedCopy | ArchiveFailure | None:
        """The nearest copy in one archive; None if there is none that can be used."""
        moment = moment_of(wanted.moment)
        try:
            place = parse_url(_address(timegate, wanted.url)).href
        except InvalidUrl:
            return None  # with the archive's, the URL is too long
        gate = await self._requests.visit(place, moment)
        if (failure := _gate_failure(gate, timegate)) is not None:
            return failure
        tried: set[str] = set()
        copy = self._copy(wanted, gate, gate.url_of_copy(), tried)
        found, unsure = (copy, None) if copy is not None and copy.verified else (None, copy)
        if found is not None and (moment is None or abs(_moment(found) - moment) <= FAR):
            return found
        failure = None
        links = gate.links
        if links.timemaps:
            listed = await self._requests.listed(links.timemaps)
            links, failure = (links, listed) if isinstance(listed, ArchiveFailure) else (listed, None)
        lost: Memento | None = _unreached(gate)
        for candidate in self._nearest(links, moment, found, tried):
            visit = await self._requests.visit(candidate.url)
            if visit.last is None or (visit.last.captured is None and visit.last.status not in NOT_FOUND):
                lost = lost or candidate  # the archive lists it, but could not be reached just now
                continue
            copy = self._copy(wanted, visit, visit.url_of_copy() or candidate.url, tried)
            if copy is not None and copy.verified:
                return copy
            unsure = unsure or copy
        if found is not None or unsure is not None:
            return found or unsure
        if lost is not None and lost.captured <= self._latest:
            return ArchivedCopy(lost.url, timestamp_of(lost.captured))
        return failure

    def _copy(self, wanted: WantedCopy, visit: ArchiveVisit, url: str | None, tried: set[str]) -> ArchivedCopy | None:
        """The copy at the end of a visit, if it may be one of the page. Adds those on the way to `tried`."""
        tried.update(step.url for step in visit.responses)
        step = visit.last
        if step is None or step.captured is None or url is None or step.captured > self._latest:
            return None
        tried.add(url)
        outcome = visit.outcome
        snapshot = Snapshot(
            url,
            timestamp_of(step.captured),
            replace(outcome, hops=outcome.hops[copy_hops(visit.responses) :]),
            step.links.original or original_in(url),
        )
        is_copy = self._is_copy(wanted, snapshot)
        if is_copy is False:
            return None
        page = outcome.answer.page if outcome.answer is not None else None
        return ArchivedCopy(url, snapshot.captured, page.title if page is not None else None, verified=is_copy is True)

    def _nearest(
        self, links: MementoLinks, moment: datetime | None, found: ArchivedCopy | None, tried: set[str]
    ) -> Iterator[Memento]:
        """The copies to try, the nearest first; only nearer ones than what was `found`."""
        left = {each.url: each for each in links.mementos if each.url not in tried and each.captured <= self._latest}

        def distance(captured: datetime) -> timedelta:
            return abs(captured - (self._latest if moment is None else moment))

        some = sorted(left.values(), key=lambda each: (distance(each.captured), each.captured, each.url))
        if found is not None:
            reached = distance(_moment(found))
            some = [each for each in some if distance(each.captured) < reached]
        yield from some[:MOST_TRIED]


def _address(timegate: str, url: str) -> str:
    """The URL to request for the copies of a page: its URL after a slash, or as the value of a parameter."""
    if timegate.endswith("="):
        return f"{timegate}{quote(url, safe='')}"
    return f"{timegate.removesuffix('/')}/{url}"


def _moment(copy: ArchivedCopy) -> datetime:
    return datetime.fromisoformat(copy.datetime)


def _unreached(gate: ArchiveVisit) -> Memento | None:
    """The copy that a TimeGate led to, but which could not be requested, if the gate says when it was captured."""
    if gate.last is not None or not gate.outcome.hops or not gate.responses:
        return None
    location = gate.outcome.hops[-1].location
    try:
        url = parse_url(location or "", gate.responses[-1].url).href
    except InvalidUrl:
        return None
    captured = gate.links.captured(url)
    return None if captured is None else Memento(captured, url)


def _gate_failure(gate: ArchiveVisit, timegate: str) -> ArchiveFailure | None:
    """Why an archive could not be searched; None if its TimeGate led to a copy, or reported that there is none."""
    last = gate.last
    is_found = any(each.captured is not None for each in gate.responses) or _unreached(gate) is not None
    if is_found or (last is not None and last.status in NOT_FOUND):
        return None
    host = host_of(timegate, "")
    why = f"{host} does not respond like a web archive: the response has no Memento-Datetime header"
    failure = failure_of(gate, host) or ArchiveFailure(why)
    # Where the TimeGate leads to is about this page alone.
    return replace(failure, counts=failure.counts and not gate.outcome.hops)
