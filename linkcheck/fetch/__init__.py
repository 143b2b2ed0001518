"""Turns targets into outcomes: the only package that uses the network, and the only asynchronous one."""

from typing import TYPE_CHECKING

from linkcheck.fetch.options import ArchiveOptions, FetchOptions, HostOptions, Proxies

if TYPE_CHECKING:
    from linkcheck.fetch.archives.look_up import CopyResult, LookUpEnd, look_up_copies
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
    "LookUpEnd",
    "Proxies",
    "Step",
    "TargetSource",
    "Trace",
    "crawl",
    "look_up_copies",
    "polite_transport",
    "post",
    "trace_url",
]

_HOMES = {
    "CrawlProgress": "scheduling.crawl_result",
    "CrawlResult": "scheduling.crawl_result",
    "CopyResult": "archives.look_up",
    "LookUpEnd": "archives.look_up",
    "look_up_copies": "archives.look_up",
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
