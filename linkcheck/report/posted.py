"""Which reports are sent to a webhook and not written to a file: `slack:https://...`, `webhook:env:NAME`."""

POSTED = ("slack", "webhook")
VARIABLE = "env:"
"""Before the name of an environment variable that contains the URL."""


def is_posted(name: str, place: str | None) -> bool:
    """Whether what follows the format is not a file. A file with such a name can be given as `./env:NAME`."""
    return name in POSTED and place is not None and (place.startswith(VARIABLE) or is_url(place))


def is_url(place: str) -> bool:
    """Whether a report should be sent, whatever its format."""
    return place.startswith(("https://", "http://"))
