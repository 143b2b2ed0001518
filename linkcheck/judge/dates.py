"""Dates as front matter and pages write them. Imported only where a date is looked at: `datetime` costs start-up time."""

from datetime import UTC, datetime

from linkcheck.model import Json


def moment(text: Json) -> datetime | None:
    """The moment a text names (ISO 8601, UTC where it names no zone); None for all else."""
    if not isinstance(text, str) or len(text) > 64:
        return None
    try:
        read = datetime.fromisoformat(text.strip())
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
