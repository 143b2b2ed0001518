"""Requests a web archive to save pages."""

import re
from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.fetch.archives.archive_requests import ArchiveRequests, failure_of
from linkcheck.fetch.archives.for_each import RequestsEnd, for_each
from linkcheck.fetch.archives.visit import ArchiveVisit
from linkcheck.fetch.http.messages import Transport
from linkcheck.fetch.options import ArchiveOptions, FetchOptions
from linkcheck.urls import host_of

_COPY = re.compile(r"/[0-9]{14}[a-z_]{0,5}/https?:/", re.IGNORECASE)
"""In the address of a copy."""


class SaveResult(Struct, frozen=True):
    """The page, and why it was not saved; None if it was. `copy` is the URL of its new copy.

    Without both, the service accepted the request, but did not show the copy: it may be saved later.
    """

    url: str
    copy: str | None = None
    failure: str | None = None


def save_pages(
    urls: Sequence[str],
    record: Callable[[SaveResult], None],
    options: FetchOptions,
    archives: ArchiveOptions,
    *,
    on_progress: Callable[[int], None] = lambda _done: None,
) -> RequestsEnd:
    """Request the archive's service to save each page, one after another, and pass each result to `record`.

    Limits, signals and replay are as in `look_up_copies`. If the service requires a wait, the remaining pages fail with that
    reason.
    """

    def begin(inner: Transport, options: FetchOptions) -> Callable[[str], Awaitable[SaveResult]]:
        requests = ArchiveRequests(inner, options)
        host = host_of(archives.save, "")
        down: str | None = None

        async def save(url: str) -> SaveResult:
            nonlocal down
            if down is not None:
                return SaveResult(url, failure=down)
            visit = await requests.visit(archives.save + url)
            copy = _copy_of(visit)
            failure = None if copy is not None else failure_of(visit, host)
            if failure is not None and failure.is_final:
                down = failure.message
            return SaveResult(url, copy, None if failure is None else failure.message)

        return save

    options = replace(options, interval=archives.save_interval, per_host=1)
    return for_each(urls, begin, record, options, workers=1, on_progress=on_progress)


def _copy_of(visit: ArchiveVisit) -> str | None:
    """The URL of the new copy, if the service led to it."""
    last = visit.last
    if last is None:
        return None
    if not 200 <= last.status < 300:
        return None
    named = visit.url_of_copy() or last.url
    return named if last.captured is not None or _COPY.search(named) else None
