"""AMP-cache addresses, each inspected once although two rules ask."""

from functools import lru_cache

from linkcheck.amp import Diagnosis, compare

NO_CACHE = frozenset(("no-cache", "retired"))
"""Kinds of diagnosis that say that the address is on no cache at all, whatever it looks like."""


@lru_cache(maxsize=256)
def diagnosis_of(declared: str, amp_url: str) -> Diagnosis | None:
    """What is wrong with a declared AMP-cache address (`linkcheck.amp.compare`)."""
    return compare(declared, amp_url)
