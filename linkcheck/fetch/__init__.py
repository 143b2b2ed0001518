"""Targets to outcomes: the only part that speaks to the network, and the only asynchronous one."""

from typing import TYPE_CHECKING

from linkcheck.fetch.options import HostOptions, Options, Proxies

if TYPE_CHECKING:
    from linkcheck.fetch.scheduling.crawl_result import Crawl, Tick
    from linkcheck.fetch.scheduling.run_loop import crawl
    from linkcheck.fetch.scheduling.target_source import Listed, Supply
    from linkcheck.fetch.trace import Step, Trace, look

__all__ = ["Crawl", "HostOptions", "Listed", "Options", "Proxies", "Step", "Supply", "Tick", "Trace", "crawl", "look"]

_HOMES = {
    "Crawl": "scheduling.crawl_result",
    "Listed": "scheduling.target_source",
    "Step": "trace",
    "Supply": "scheduling.target_source",
    "Tick": "scheduling.crawl_result",
    "Trace": "trace",
    "crawl": "scheduling.run_loop",
    "look": "trace",
}


def __getattr__(name: str) -> object:
    # An event loop and an HTTP library take longer to import than the offline commands take to run.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"linkcheck.fetch.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
