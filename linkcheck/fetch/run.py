"""`crawl`: turns targets into outcomes, in this process, in several, or on an executor."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linkcheck.errors import UsageError
from linkcheck.fetch.http.file_descriptors import clamp_concurrency, clamp_processes
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.remapping import RemappedSource
from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
from linkcheck.fetch.scheduling.crawler import Record
from linkcheck.fetch.scheduling.run_loop import crawl_here
from linkcheck.fetch.scheduling.target_source import ListSource, TargetSource
from linkcheck.fetch.workers.auto_jobs import jobs_for
from linkcheck.model import Target
from linkcheck.urls import Remap, remap_of

if TYPE_CHECKING:
    import httpx


def crawl(
    targets: TargetSource | Iterable[Sequence[Target]],
    record: Record,
    options: FetchOptions,
    *,
    on_progress: Callable[[CrawlProgress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    transport: "httpx.AsyncBaseTransport | None" = None,
) -> CrawlResult:
    """Request every target and pass each one's outcome to `record`, once, in batches at least every second.

    If `targets` is a TargetSource, few are in memory. `on_progress` receives the progress about four times a second,
    and `stop` is called as often to find out whether to end. SIGINT and SIGTERM end the run within five seconds, a second
    one at once. A target without an outcome afterwards was not requested (see `CrawlResult.because`).

    A `transport` of httpx replaces the built-in HTTP client, in this process, and is closed at the end. URLs are still
    guarded and hosts still throttled, but the transport is responsible for checking the addresses of names. Raises what
    `record` raises, and UsageError for invalid options.
    """
    if transport is not None and options.replay is not None:
        raise UsageError("a replay makes no requests, so it cannot use a transport")
    source = targets if isinstance(targets, TargetSource) else ListSource(target for batch in targets for target in batch)
    if (remap := remap_of(options.remap)) is not None:
        source, record = _remapped(source, record, remap)
        # No host of FROM is requested to find out whether the network is up.
        options = replace(options, controls=tuple(host for host in options.controls if host not in remap.hosts))
    options, notices = clamp_concurrency(options)
    if transport is not None:
        ended = crawl_here(source, record, options, on_progress=on_progress, stop=stop, transport=transport)
    elif options.executor is not None and options.replay is None and options.record is None:  # one file: one process
        from linkcheck.fetch.workers.executors import crawl_on

        ended = crawl_on(options.executor, source, record, options, on_progress=on_progress, stop=stop)
    else:
        wanted, source = jobs_for(source, options)
        jobs = clamp_processes(wanted)
        if jobs < wanted:
            notices = (*notices, f"{jobs} processes instead of {wanted}, since few files may be open (raise `ulimit -n`)")
        if jobs > 1:
            from linkcheck.fetch.workers.processes import crawl_in_processes

            ended = crawl_in_processes(source, record, options, jobs=jobs, on_progress=on_progress, stop=stop)
        else:
            ended = crawl_here(source, record, options, on_progress=on_progress, stop=stop)
    return replace(ended, notices=(*notices, *ended.notices))


def _remapped(source: TargetSource, record: Record, remap: Remap) -> tuple[TargetSource, Record]:
    remapped = RemappedSource(source, remap)
    return remapped, lambda outcomes: record(remapped.restored(outcomes))
