"""Moments as they are written down: RFC 3339 in UTC, to the second."""

import time
from datetime import UTC, datetime
from functools import lru_cache


def timestamp() -> str:
    """Now."""
    return _written(int(time.time()))


@lru_cache(maxsize=2)
def _written(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
