"""Looks up the copies of pages in web archives, several at a time.

A failure of an archive says nothing about the page: it is returned as such, and is not a result.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import anyio
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.fetch.archives.client import ArchiveClient, ArchiveFailure, IsCopy
from linkcheck.fetch.options import ArchiveOptions, FetchOptions
from linkcheck.fetch.scheduling.run_loop import SIGNALS, run, signal_handlers, without_delays
from linkcheck.fetch.transports import build_transport
from linkcheck.model import ArchivedCopy, WantedCopy

MOST_FAILURES = 3
"""In a row, after which an archive gets no further requests."""
_CLOCK_SKEW = timedelta(days=1)


class CopyResult(Struct, frozen=True):
    """What was found: the nearest copy that can be used, None if there is none.

    `failure` is why an archive could not be searched, in one sentence; without a copy, the page may have one there.
    """

    wanted: WantedCopy
    copy: ArchivedCopy | None = None
    failure: str | None = None


class LookUpEnd(Struct, frozen=True):
    """How a look-up ended: how many pages were not looked up in time, and the signal that interrupted it, if any."""

    left: int = 0
    interrupted: int | None = None


def look_up_copies(
    wanted: Sequence[WantedCopy],
    record: Callable[[CopyResult], None],
    options: FetchOptions,
    archives: ArchiveOptions,
    *,
    is_copy: IsCopy,
    now: datetime,
    on_progress: Callable[[int], None] = lambda _done: None,
) -> LookUpEnd:
    """Look up each page, and pass each result to `record`, once.

    `is_copy` decides whether a snapshot is a copy of the page. Requests are guarded, paced and bounded as those of a crawl,
    and `options.max_time` applies; they are replayed (`options.replay`), but never recorded. SIGINT and SIGTERM end the
    look-up.
    """
    options = replace(options, record=None, remap=(), interval=archives.interval, per_host=archives.concurrency, controls=())
    done = 0
    interrupted: int | None = None
    queue = iter(wanted)

    async def main() -> None:
        inner = build_transport(options)
        client = ArchiveClient(inner, without_delays(options), is_copy=is_copy, latest=now + _CLOCK_SKEW)
        searched = [_Archive(timegate) for timegate in archives.timegates]

        async def work() -> None:
            nonlocal done
            for each in queue:
                result = await search(client, searched, each)
                done += 1
                record(result)
                on_progress(done)

        def interrupt(number: int) -> None:
            nonlocal interrupted
            interrupted = number
            scope.cancel()

        try:
            with anyio.move_on_after(options.max_time) as scope, signal_handlers(SIGNALS, interrupt):
                async with anyio.create_task_group() as group:
                    for _ in range(min(len(wanted), archives.concurrency * len(searched))):
                        group.start_soon(work)
        finally:
            await inner.aclose()

    run(main())
    return LookUpEnd(len(wanted) - done, interrupted)


class _Archive:
    """A web archive: its TimeGate, and why it gets no further requests, if so."""

    def __init__(self, timegate: str) -> None:
        self.timegate = timegate
        self.failures = 0
        self.down: str | None = None

    def note(self, failure: ArchiveFailure | None) -> None:
        """Note how a request ended."""
        if failure is None:
            self.failures = 0
            return
        self.failures += failure.counts
        if failure.is_final or self.failures >= MOST_FAILURES:
            self.down = failure.message


async def search(client: ArchiveClient, archives: Sequence[_Archive], wanted: WantedCopy) -> CopyResult:
    """Search the archives in order, up to the first with a copy that is verified."""
    unverified: ArchivedCopy | None = None
    failure: str | None = None
    for archive in archives:
        if archive.down is None:
            found = await client.find(archive.timegate, wanted)
            lost = found if isinstance(found, ArchiveFailure) else None
            archive.note(lost)
            if isinstance(found, ArchivedCopy):
                if found.verified:
                    return CopyResult(wanted, found)
                unverified = unverified or found
            failure = failure or (lost.message if lost is not None else None)
        else:
            failure = failure or archive.down
    return CopyResult(wanted, unverified, failure)
