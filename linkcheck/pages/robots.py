"""What a page asks of search engines, in a robots meta tag or the `X-Robots-Tag` header (Google's robots specification)."""

import re

ROBOTS = frozenset({"robots", "googlebot"})
"""To whom it may be said: everyone, or Google. What is said to another robot is not our business."""

_HIDES = frozenset({"noindex", "none"})
_WITH_VALUES = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_LONGEST = 1000
_UNAVAILABLE = re.compile(
    r"(?:\A|[\s,:])unavailable_after\s*:\s*((?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},\s*)?[^,]{4,64})", re.IGNORECASE
)


def hides_from_search(value: str) -> bool:
    """Whether `noindex` is said to everyone or to Google.

    `X-Robots-Tag` may name a robot before its rules (`otherbot: noindex, nofollow`), and it holds up to the next name.
    """
    robot = "robots"
    for part in value[:_LONGEST].lower().split(","):
        name, colon, rule = part.partition(":")
        if colon and name.strip() not in _WITH_VALUES:
            robot, part = name.strip(), rule  # noqa: PLW2901 - the rule behind the name is what is looked at
        if part.strip() in _HIDES and robot in ROBOTS:
            return True
    return False


def unavailable_after(value: str) -> str | None:
    """The date, as written, after which everyone or Google is asked to leave the page out; None where there is none."""
    found = _UNAVAILABLE.search(value[:_LONGEST])
    if found is None:
        return None
    named = re.findall(r"(?:\A|,)\s*([a-z-]+)\s*:", value[: found.start()].lower() + found[0][:1])
    robots = [name for name in named if name not in _WITH_VALUES]
    return found[1].strip() if not robots or robots[-1] in ROBOTS else None
