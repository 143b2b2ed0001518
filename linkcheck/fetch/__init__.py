"""Targets to outcomes: the only part that speaks to the network, and the only asynchronous one."""

from typing import TYPE_CHECKING

from linkcheck.fetch.options import HostOptions, Options

if TYPE_CHECKING:
    from linkcheck.fetch.crawl import crawl
    from linkcheck.fetch.crawler import Crawl, Tick
    from linkcheck.fetch.supply import Listed, Supply

__all__ = ["Crawl", "HostOptions", "Listed", "Options", "Supply", "Tick", "crawl"]

_HOMES = {"crawl": "crawl", "Crawl": "crawler", "Tick": "crawler", "Listed": "supply", "Supply": "supply"}


def __getattr__(name: str) -> object:
    # An event loop and an HTTP library take longer to import than the offline commands take to run.
    if name in _HOMES:
        from importlib import import_module

        found = getattr(import_module(f"linkcheck.fetch.{_HOMES[name]}"), name)
        globals()[name] = found  # importing has put the module `crawl` where the function belongs
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
