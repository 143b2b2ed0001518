"""The address of a page on an AMP cache (pure)."""

from linkcheck.amp.address import CACHES, Cache, Uncacheable, cache_of, cache_url, cache_urls, reverse
from linkcheck.amp.diagnosis import Diagnosis, compare

__all__ = [
    "CACHES",
    "Cache",
    "Diagnosis",
    "Uncacheable",
    "cache_of",
    "cache_url",
    "cache_urls",
    "compare",
    "reverse",
]
