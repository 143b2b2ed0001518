"""Replays a recorded run: the file contains every response, so there is no scheduling and no rate limit.

The crawler's decisions (retries, hosts given up, network outages) depend on the order of responses. They were made during
the recording; here each link receives its own responses, one link after the other.
"""

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linkcheck.fetch.attempt.soft_404 import (
    NotFoundBehavior,
    compared,
    looks_missing,
    nonexistent_target,
    not_found_behavior,
)
from linkcheck.fetch.http.messages import Transport
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.crawler import BATCH, Follow, Record, status_of
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.model import Outcome, Probe, Target
from linkcheck.urls import parse_url

if TYPE_CHECKING:
    from linkcheck.fetch.replay.player import Replay


class Replayer:
    """Produces the recorded outcome of every target. `inner` is the guarded transport to the recording."""

    def __init__(
        self,
        source: TargetSource,
        record: Record,
        replay: "Replay",
        *,
        follow: Follow,
        inner: Transport,
        on_progress: Callable[[CrawlProgress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self._source = source
        self._record = record
        self._replay = replay
        self._follow = follow
        self._inner = inner
        self._on_progress = on_progress
        self._stop = stop
        self._not_found: dict[tuple[str, str], NotFoundBehavior] = {}
        self._interrupted: int | None = None

    def interrupt(self, signum: int) -> None:
        self._interrupted = signum

    async def run(self) -> CrawlResult:
        targets = list(_all(self._source))
        self._replay.expect(targets)
        done = requests = 0
        because: str | None = None
        while done < len(targets) and because is None:
            batch = [await self._outcome(target) for target in targets[done : done + BATCH]]
            done += len(batch)
            requests += sum(outcome.requests for outcome in batch)
            self._record(batch)
            if self._on_progress is not None:
                self._on_progress(CrawlProgress(done, 0, requests, 0, 0))
            await asyncio.sleep(0)  # for signals
            because = self._why_end()
        return CrawlResult(complete=because is None, because=because, interrupted=self._interrupted, requests=requests)

    def _why_end(self) -> str | None:
        if self._interrupted is not None:
            return "interrupted"
        return "stopped" if self._stop is not None and self._stop() else None

    async def _outcome(self, target: Target) -> Outcome:
        attempts = self._replay.attempts(target)
        outcome = await self._follow(target, self._inner, before=None)
        tried: list[int] = []
        requests = outcome.requests
        for _ in range(attempts - 1):
            tried.append(status_of(outcome))
            outcome = await self._follow(target, self._inner, before=outcome)
            requests += outcome.requests
        outcome = replace(outcome, attempts=attempts, requests=requests, tried_statuses=tuple(tried))
        return await compared(outcome, self._not_found_behavior) if looks_missing(outcome) else outcome

    async def _not_found_behavior(self, url: str, folder: str) -> NotFoundBehavior:
        host = parse_url(url).host
        if (host, folder) not in self._not_found:
            probe = self._replay.impossible(nonexistent_target(Target(url, Probe.PAGE, host), folder=folder))
            self._not_found[host, folder] = not_found_behavior(await self._follow(probe, self._inner, before=None))
        return self._not_found[host, folder]


def _all(source: TargetSource) -> Iterator[Target]:
    for host, _ in source.hosts():
        while targets := source.take(host, BATCH):
            yield from targets
