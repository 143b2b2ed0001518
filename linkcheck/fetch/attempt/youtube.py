"""The status of a video in YouTube's player, for a page without a preview of it.

Such a page belongs to a deleted video, or to any video when YouTube suspects a program or a data center ("Sign in to confirm
you're not a bot"). The player's status, in a script after the head, distinguishes them. Names: YouTube's player API as its
own pages use it (`ytInitialPlayerResponse`).
"""

import re

from msgspec.structs import replace

from linkcheck.model import PageFacts
from linkcheck.urls import registrable_domain

_DOMAINS = frozenset(("youtube.com", "youtube-nocookie.com"))
_STATUS = re.compile(rb'layabilityStatus\\?":\{\\?"status\\?":\\?"([A-Z_]{1,40})')
_PREVIEW = b"og:title"
SIGN_IN = "LOGIN_REQUIRED"
"""Also for a private video, which readers with an account may see."""
WALL = "YouTube's request to sign in"


def is_youtube(host: str) -> bool:
    return registrable_domain(host) in _DOMAINS


def has_video_status(data: bytes | bytearray, start: int = 0) -> bool:
    """Whether the bytes of a page contain the video's preview or the player's status. Scanned from `start` on."""
    return data.find(_PREVIEW, start) >= 0 or _STATUS.search(data, start) is not None


def with_player(page: PageFacts, data: bytes, *, complete: bool) -> PageFacts:
    """The page facts with the player's status, if there is no preview of the video."""
    if page.og_title is not None:
        return page
    found = _STATUS.search(data)
    if found is not None:
        return replace(page, player=found[1].decode("ascii"))
    return page if complete else replace(page, player="unread")
