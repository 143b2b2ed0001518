"""Finds the copy of a page in one web archive, and requests it to verify it.

An archive's TimeGate leads to the copy that is nearest by date. If that is not usable (an archived error page, a redirect to
another page, a different title), or is from another time, the TimeMap lists the other copies, and the next nearest are
tried.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

import anyio
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.fetch.archives.memento import Memento, MementoLinks, is_timemap, read_timemap
from linkcheck.fetch.archives.visit import ArchiveResponse, ArchiveVisit, NegotiatingTransport, copy_hops, response_of
from linkcheck.fetch.attempt.redirects import REDIRECTS, follow
from linkcheck.fetch.attempt.response import read_facts, reader_of
from linkcheck.fetch.http.deadline import Deadline
from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import USER_AGENT, OutgoingRequest, Transport
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.politeness.concurrency import ConcurrencyLimiter
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.politeness.retry import backoff, is_transient
from linkcheck.fetch.politeness.throttle import Throttle
from linkcheck.model import NOT_IN_REPLAY, ArchivedCopy, FailureKind, Probe, Snapshot, Target, WantedCopy
from linkcheck.timestamps import moment_of, timestamp_of
from linkcheck.urls import InvalidUrl, host_of, parse_url

MOST_TRIED = 4
"""Copies of a TimeMap that are requested for one page."""
MOST_TIMEMAPS = 3
"""TimeMaps that are requested for one page: some archives list the copies on several pages."""
MOST_TIMEMAP_BYTES = 4 << 20
FAR = timedelta(days=30)
"""How far from the moment the copy of a TimeGate can be without looking for a nearer one."""
_NOT_FOUND = frozenset({404, 410})
_MOST_REDIRECTS = 5
_ORIGINAL = re.compile(r"https?:/{1,2}(?=[^/])", re.IGNORECASE)

IsCopy = Callable[[WantedCopy, Snapshot], bool]


class ArchiveFailure(Struct, frozen=True):
    """Why an archive could not be searched, in one clause. `is_final` if it wants no further requests.

    It `counts` unless it is about one URL of a replay.
    """

    message: str
    is_final: bool = False
    counts: bool = True


class ArchiveClient:
    """Finds copies of a page in an archive."""

    def __init__(self, inner: Transport, options: FetchOptions, *, is_copy: IsCopy, latest: datetime) -> None:
        """`latest` is when a copy can have been captured at the latest."""
        self._inner = inner
        self._options = options
        self._is_copy = is_copy
        self._latest = latest
        self._states = HostStates(options)
        self._limiter = ConcurrencyLimiter(max(1, options.concurrency))
        self._rng = random.Random()  # noqa: S311 - jitter, no secrets

    async def find(self, timegate: str, wanted: WantedCopy) -> ArchivedCopy | ArchiveFailure | None:
        """The nearest copy in one archive; None if there is none that can be used."""
        moment = moment_of(wanted.moment)
        gate = await self._visit(timegate + wanted.url, moment)
        if (failure := _failure_of(gate, timegate)) is not None:
            return failure
        tried: set[str] = set()
        found = self._verified(wanted, gate, tried)
        if found is not None and (moment is None or abs(_moment(found) - moment) <= FAR):
            return found
        failure = None
        links = gate.links
        if links.timemaps:
            listed = await self._listed(links.timemaps)
            links, failure = (links, listed) if isinstance(listed, ArchiveFailure) else (listed, None)
        lost: Memento | None = _unreached(gate)
        for candidate in self._nearest(links, moment, found, tried):
            visit = await self._visit(candidate.url)
            if visit.last is None or (visit.last.captured is None and visit.last.status not in _NOT_FOUND):
                lost = lost or candidate  # the archive lists it, but could not be reached just now
            elif (nearer := self._verified(wanted, visit, tried)) is not None:
                return nearer
        if found is not None:
            return found
        if lost is not None and lost.captured <= self._latest:
            return ArchivedCopy(lost.url, timestamp_of(lost.captured))
        return failure

    def _verified(self, wanted: WantedCopy, visit: ArchiveVisit, tried: set[str]) -> ArchivedCopy | None:
        """The copy at the end of a visit, if there is one that is usable. Adds the copies on the way to `tried`."""
        tried.update(step.url for step in visit.responses)
        step, url = visit.last, visit.url_of_copy()
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
        if not self._is_copy(wanted, snapshot):
            return None
        page = outcome.answer.page if outcome.answer is not None else None
        return ArchivedCopy(url, snapshot.captured, page.title if page is not None else None, verified=True)

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

    async def _visit(self, url: str, moment: datetime | None = None) -> ArchiveVisit:
        """Request a URL of the archive, again after temporary failures. A copy of an error page counts as a response."""
        try:
            target = Target(parse_url(url).href, Probe.PAGE, host_of(url, ""))
        except InvalidUrl:
            target = Target(url, Probe.PAGE, "")
        attempt = 1
        while True:
            visit = await self._once(target, moment)
            is_copy = bool(visit.responses) and visit.responses[-1].captured is not None
            if attempt > self._options.retries or is_copy or not is_transient(visit.outcome):
                return visit
            await anyio.sleep(backoff(attempt, base=self._options.backoff, rng=self._rng))
            attempt += 1

    async def _once(self, target: Target, moment: datetime | None) -> ArchiveVisit:
        steps: list[ArchiveResponse] = []
        throttle = self._throttle()
        await throttle.begin()
        try:
            outcome = await follow(
                target,
                NegotiatingTransport(throttle, moment),
                self._options,
                watch=lambda request, response: steps.append(response_of(request, response)),
            )
        finally:
            throttle.done()
        return ArchiveVisit(outcome, tuple(steps))

    async def _listed(self, timemaps: Iterable[str]) -> MementoLinks | ArchiveFailure:
        """The copies that TimeMaps list, those on further pages too."""
        queue, seen = list(timemaps), set[str]()
        found: list[Memento] = []
        failure: ArchiveFailure | None = None
        while queue and len(seen) < MOST_TIMEMAPS:
            url = queue.pop(0)
            if url in seen:
                continue
            seen.add(url)
            listed = await self._timemap(url)
            if isinstance(listed, ArchiveFailure):
                failure = failure or listed
                continue
            found += listed.mementos
            queue += listed.timemaps
        return failure if failure is not None and not found else MementoLinks(mementos=tuple(found))

    async def _timemap(self, url: str) -> MementoLinks | ArchiveFailure:
        """The links of one TimeMap; none if it does not exist."""
        throttle = self._throttle()
        await throttle.begin()
        try:
            async with Deadline(self._options.timeout) as deadline:
                return await self._read_timemap(url, throttle, deadline)
        except FetchError as error:
            return ArchiveFailure(error.failure.message)
        except TimeoutError:
            return ArchiveFailure(f"{host_of(url, '')} did not send its list of copies in time")
        except InvalidUrl as error:
            return ArchiveFailure(f"{host_of(url, '')} states an invalid URL for its list of copies: {error}")
        finally:
            throttle.done()

    async def _read_timemap(self, url: str, transport: Transport, deadline: Deadline) -> MementoLinks | ArchiveFailure:
        headers = (
            ("User-Agent", self._options.user_agent or USER_AGENT),
            ("Accept", "application/link-format"),
            ("Accept-Encoding", "gzip"),
        )
        for _ in range(_MOST_REDIRECTS):
            parsed = parse_url(url)
            response = await transport.send(OutgoingRequest(parsed, headers, deadline))
            try:
                location = response.header(b"location")
                if response.status in REDIRECTS and location is not None:
                    url = parse_url(location, url).href
                    continue
                if response.status in _NOT_FOUND:
                    return MementoLinks()
                head = read_facts(response)
                if response.status != 200 or not is_timemap(head.media_type):
                    return ArchiveFailure(f"{parsed.host} returned {response.status} for its list of copies")
                read = await reader_of(response, head).upto(MOST_TIMEMAP_BYTES)
                return read_timemap(read.data.decode("utf-8", "replace"), url)
            finally:
                await response.body.aclose()
        return ArchiveFailure(f"{host_of(url, '')} redirects the request for its list of copies too often")

    def _throttle(self) -> Throttle:
        return Throttle(
            self._inner,
            self._states,
            clock=anyio.current_time,
            max_retry_after=self._options.max_retry_after,
            limiter=self._limiter,
            waits=self._options.replay is None,
        )


def original_in(url: str) -> str | None:
    """The URL of the page that the address of a copy contains, as at most archives: `/web/20210603101112/https://...`."""
    found = _ORIGINAL.search(url, len("https://"))
    return None if found is None else f"{found[0].rstrip('/')}//{url[found.end() :]}"


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


def _failure_of(gate: ArchiveVisit, timegate: str) -> ArchiveFailure | None:
    """Why an archive could not be searched; None if its TimeGate led to a copy, or reported that there is none."""
    failure, step = gate.outcome.failure, gate.last
    if any(each.captured is not None for each in gate.responses) or _unreached(gate) is not None:
        return None
    if failure is not None:
        final = (failure.kind, failure.detail) == (FailureKind.HOST_DOWN, "rate-limited")
        return ArchiveFailure(failure.message, is_final=final, counts=failure.detail != NOT_IN_REPLAY)
    if step is None or step.status in _NOT_FOUND:
        return None
    if 200 <= step.status < 300:
        return ArchiveFailure(
            f"{host_of(timegate, '')} does not respond as a web archive does: the response has no Memento-Datetime"
        )
    return ArchiveFailure(f"{host_of(timegate, '')} returned {step.status}")
