"""Rules for search engines in a robots meta tag or the `X-Robots-Tag` header (Google's robots specification)."""

import re

ROBOTS = frozenset({"robots", "googlebot"})
"""The user agents whose rules apply: all, or Google's. Rules for other crawlers are ignored."""

_HIDES = frozenset({"noindex", "none"})
_WITH_VALUES = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_LONGEST = 1000
_UNAVAILABLE = re.compile(
    r"(?:\A|[\s,:])unavailable_after\s*:\s*((?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},\s*)?[^,]{4,64})", re.IGNORECASE
)


def hides_from_search(value: str) -> bool:
    """Whether `noindex` applies to all crawlers or to Google's.

    `X-Robots-Tag` can contain a user agent before its rules (`otherbot: noindex, nofollow`), which apply up to the next one.
    """
    robot = "robots"
    for part in value[:_LONGEST].lower().split(","):
        name, colon, rule = part.partition(":")
        if colon and name.strip() not in _WITH_VALUES:
            robot, part = name.strip(), rule  # noqa: PLW2901 - only the rule after the user agent matters
        if part.strip() in _HIDES and robot in ROBOTS:
            return True
    return False


def unavailable_after(value: str) -> str | None:
    """The date, as written, after which all crawlers or Google's must remove the page; None if there is none."""
    found = _UNAVAILABLE.search(value[:_LONGEST])
    if found is None:
        return None
    named = re.findall(r"(?:\A|,)\s*([a-z-]+)\s*:", value[: found.start()].lower() + found[0][:1])
    robots = [name for name in named if name not in _WITH_VALUES]
    return found[1].strip() if not robots or robots[-1] in ROBOTS else None
