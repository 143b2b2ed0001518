"""Moments in time as they are written down (RFC 3339, UTC, whole seconds) and read from front matter and pages."""

import time
from datetime import UTC, datetime
from functools import lru_cache

from linkcheck.model import Json

_LONGEST = 64


def current_timestamp() -> str:
    """Now."""
    return _of_second(int(time.time()))


def timestamp_of(moment: datetime) -> str:
    """`2026-11-21T04:00:00Z` for an aware `moment`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: Json) -> datetime | None:
    """The moment that a text names (ISO 8601, UTC if it has no zone); None for everything else."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        return None
    try:
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except OverflowError:  # at the ends of the calendar, where another zone has no such day
        return read.replace(tzinfo=UTC)


def moment_of_header(text: str) -> datetime | None:
    """The moment that a page or header names in the form of e-mail and HTTP (RFC 822, RFC 850) or ISO 8601; else None."""
    moment = moment_of(text)
    if moment is not None or len(text) > _LONGEST:
        return moment
    from email.utils import parsedate_to_datetime

    try:
        read = parsedate_to_datetime(text if ":" in text else f"{text.strip()} 00:00:00 GMT")
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=2)
def _of_second(second: int) -> str:
    return timestamp_of(datetime.fromtimestamp(second, UTC))
