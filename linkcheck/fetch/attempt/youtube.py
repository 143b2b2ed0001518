"""What YouTube's player says of a video, on a page that has no preview of it.

A page without the video's name is that of a deleted video, or the one that YouTube shows to programs and data centers of any
video ("Sign in to confirm you're not a bot"). The player's status tells them apart, in a script some way behind the head.
Names: YouTube's player API as its own pages use it (`ytInitialPlayerResponse`).
"""

import re

from msgspec.structs import replace

from linkcheck.model import PageFacts
from linkcheck.urls import registrable_domain

_DOMAINS = frozenset(("youtube.com", "youtube-nocookie.com"))
_STATUS = re.compile(rb'layabilityStatus\\?":\{\\?"status\\?":\\?"([A-Z_]{1,40})')
_PREVIEW = b"og:title"
SIGN_IN = "LOGIN_REQUIRED"
"""Of a private video too, which readers with an account may see."""
WALL = "YouTube's request to sign in"


def is_youtube(host: str) -> bool:
    return registrable_domain(host) in _DOMAINS


def says_enough(data: bytes | bytearray, start: int = 0) -> bool:
    """Whether the bytes of a page have a preview of the video, or the player's status. Looked at from `start` on."""
    return data.find(_PREVIEW, start) >= 0 or _STATUS.search(data, start) is not None


def with_player(page: PageFacts, data: bytes, *, complete: bool) -> PageFacts:
    """The facts of a page with the player's status, where it has no preview of the video."""
    if page.og_title is not None:
        return page
    found = _STATUS.search(data)
    if found is not None:
        return replace(page, player=found[1].decode("ascii"))
    return page if complete else replace(page, player="unread")
