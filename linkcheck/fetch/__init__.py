"""Targets to outcomes: the only part that speaks to the network, and the only asynchronous one."""

from typing import TYPE_CHECKING

from linkcheck.fetch.options import HostOptions, Options, Proxies

if TYPE_CHECKING:
    from linkcheck.fetch.account import Crawl, Tick
    from linkcheck.fetch.crawling import crawl
    from linkcheck.fetch.supply import Listed, Supply
    from linkcheck.fetch.trace import Step, Trace, look

__all__ = ["Crawl", "HostOptions", "Listed", "Options", "Proxies", "Step", "Supply", "Tick", "Trace", "crawl", "look"]

_HOMES = {
    "Crawl": "account",
    "Listed": "supply",
    "Step": "trace",
    "Supply": "supply",
    "Tick": "account",
    "Trace": "trace",
    "crawl": "crawling",
    "look": "trace",
}


def __getattr__(name: str) -> object:
    # An event loop and an HTTP library take longer to import than the offline commands take to run.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"linkcheck.fetch.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
