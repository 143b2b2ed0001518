"""Turns targets into outcomes: the only package that uses the network, and the only asynchronous one."""

from typing import TYPE_CHECKING

from linkcheck.fetch.options import ArchiveOptions, FetchOptions, HostOptions, Proxies

if TYPE_CHECKING:
    from linkcheck.fetch.archives.for_each import RequestsEnd
    from linkcheck.fetch.archives.look_up import CopyResult, look_up_copies
    from linkcheck.fetch.archives.save import SaveResult, save_pages
    from linkcheck.fetch.run import crawl
    from linkcheck.fetch.scheduling.crawl_result import CrawlProgress, CrawlResult
    from linkcheck.fetch.scheduling.target_source import ListSource, TargetSource
    from linkcheck.fetch.trace import Step, Trace, trace_url
    from linkcheck.fetch.transports import polite_transport
    from linkcheck.fetch.webhook import post

__all__ = [
    "ArchiveOptions",
    "CopyResult",
    "CrawlProgress",
    "CrawlResult",
    "FetchOptions",
    "HostOptions",
    "ListSource",
    "Proxies",
    "RequestsEnd",
    "SaveResult",
    "Step",
    "TargetSource",
    "Trace",
    "crawl",
    "look_up_copies",
    "polite_transport",
    "post",
    "save_pages",
    "trace_url",
]

_HOMES = {
    "CrawlProgress": "scheduling.crawl_result",
    "CrawlResult": "scheduling.crawl_result",
    "CopyResult": "archives.look_up",
    "RequestsEnd": "archives.for_each",
    "look_up_copies": "archives.look_up",
    "SaveResult": "archives.save",
    "save_pages": "archives.save",
    "ListSource": "scheduling.target_source",
    "Step": "trace",
    "TargetSource": "scheduling.target_source",
    "Trace": "trace",
    "crawl": "run",
    "trace_url": "trace",
    "polite_transport": "transports",
    "post": "webhook",
}


def __getattr__(name: str) -> object:
    # An event loop and an HTTP library take longer to import than the offline commands take to run.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"linkcheck.fetch.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
