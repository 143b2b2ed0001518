"""Requests to a web archive: paced, guarded and bounded, and repeated after temporary failures."""

import random
from collections.abc import Iterable
from datetime import datetime

import anyio
from msgspec import Struct

from linkcheck.fetch.archives.memento import Memento, MementoLinks, is_timemap, read_timemap
from linkcheck.fetch.archives.visit import ArchiveResponse, ArchiveVisit, NegotiatingTransport, response_of
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
from linkcheck.model import NOT_IN_REPLAY, FailureKind, Probe, Target
from linkcheck.urls import InvalidUrl, host_of, parse_url

MOST_TIMEMAPS = 3
"""TimeMaps that are requested for one page: some archives list the copies on several pages."""
MOST_TIMEMAP_BYTES = 4 << 20
NOT_FOUND = frozenset({404, 410})
_MOST_REDIRECTS = 5


class ArchiveFailure(Struct, frozen=True):
    """Why an archive could not be searched, in one clause. `is_final` if it wants no further requests.

    It `counts` unless it is about one page alone: where its TimeGate led to, or that a replay has no response for it.
    """

    message: str
    is_final: bool = False
    counts: bool = True


class ArchiveRequests:
    """Sends the requests to the archives of a run."""

    def __init__(self, inner: Transport, options: FetchOptions) -> None:
        self._inner = inner
        self._options = options
        self._states = HostStates(options)
        self._limiter = ConcurrencyLimiter(max(1, options.concurrency))
        self._rng = random.Random()  # noqa: S311 - jitter, no secrets

    async def visit(self, url: str, moment: datetime | None = None) -> ArchiveVisit:
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

    async def listed(self, timemaps: Iterable[str]) -> MementoLinks | ArchiveFailure:
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
                if response.status in NOT_FOUND:
                    return MementoLinks()
                head = read_facts(response)
                if response.status != 200:
                    return ArchiveFailure(f"{parsed.host} returned {response.status} for its list of copies")
                if not is_timemap(head.media_type):
                    sent = f"{parsed.host} sends its list of copies as {head.media_type}"
                    return ArchiveFailure(f"{sent}, which is not supported (only application/link-format is)")
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


def failure_of(visit: ArchiveVisit, host: str) -> ArchiveFailure | None:
    """Why a request to an archive failed; None for a response with a success status."""
    failure, last = visit.outcome.failure, visit.last
    if failure is not None:
        final = (failure.kind, failure.detail) == (FailureKind.HOST_DOWN, "rate-limited")
        return ArchiveFailure(failure.message, is_final=final, counts=failure.detail != NOT_IN_REPLAY)
    return None if last is None or 200 <= last.status < 300 else ArchiveFailure(f"{host} returned {last.status}")
