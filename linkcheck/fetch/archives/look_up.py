"""Looks up the copies of pages in web archives, several at a time.

A failure of an archive says nothing about the page: it is returned as such, and is not a result.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.fetch.archives.archive_requests import ArchiveFailure, ArchiveRequests
from linkcheck.fetch.archives.client import ArchiveClient, IsCopy
from linkcheck.fetch.archives.for_each import RequestsEnd, for_each
from linkcheck.fetch.http.messages import Transport
from linkcheck.fetch.options import ArchiveOptions, FetchOptions
from linkcheck.model import ArchivedCopy, WantedCopy

MOST_FAILURES = 5
"""In a row, after which an archive gets no further requests."""
_CLOCK_SKEW = timedelta(days=1)


class CopyResult(Struct, frozen=True):
    """What was found: the nearest copy that can be used, None if there is none.

    `failure` is why an archive could not be searched, in one sentence; without a copy, the page may have one there.
    """

    wanted: WantedCopy
    copy: ArchivedCopy | None = None
    failure: str | None = None


def look_up_copies(
    wanted: Sequence[WantedCopy],
    record: Callable[[CopyResult], None],
    options: FetchOptions,
    archives: ArchiveOptions,
    *,
    is_copy: IsCopy,
    now: datetime,
    on_progress: Callable[[int], None] = lambda _done: None,
) -> RequestsEnd:
    """Look up each page, and pass each result to `record`, once.

    `is_copy` decides whether a snapshot is a copy of the page. Requests are guarded, paced and bounded as those of a crawl,
    and `options.max_time` applies; they are replayed (`options.replay`), but never recorded. SIGINT and SIGTERM end the
    look-up.
    """
    searched = [_Archive(timegate) for timegate in archives.timegates]

    def begin(inner: Transport, options: FetchOptions) -> Callable[[WantedCopy], Awaitable[CopyResult]]:
        client = ArchiveClient(ArchiveRequests(inner, options), is_copy=is_copy, latest=now + _CLOCK_SKEW)
        return partial(search, client, searched)

    options = replace(options, interval=archives.interval, per_host=archives.concurrency)
    workers = archives.concurrency * len(searched)
    return for_each(wanted, begin, record, options, workers=workers, on_progress=on_progress)


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
