"""GIF 87a and 89a: the logical screen, extended by the first frame as in browsers.

Animation is detected in the bytes available, never by requesting more: a second frame, or the looping extension that
encoders write before the first frame. An animation with neither within the first read counts as still.
"""

from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, LimitError, NeedError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"gif": ("image/gif",)}
EXTENSIONS = {"gif": ("gif",)}

BLOCKS = 4096
"""Maximum number of blocks and sub-blocks before the first frame, and again after it."""
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def recognize(view: View) -> str | None:
    return "gif" if view.starts(b"GIF87a" if view.head[4:5] == b"7" else b"GIF89a") else None


def read(view: View, name: str) -> ImageFacts:
    screen = view.take(6, 7)
    width, height = int.from_bytes(screen[0:2], "little"), int.from_bytes(screen[2:4], "little")
    at, loops = _to_frame(view, 13 + _table(screen[4]))
    frame = view.take(at, 10, skip=False)
    left, top, across, down = (int.from_bytes(frame[n : n + 2], "little") for n in (1, 3, 5, 7))
    try:
        moves = _another(view, at + 10 + _table(frame[9]))
    except (NeedError, LimitError):
        moves = loops
    return pixels(name, max(width, left + across), max(height, top + down), animated=moves)


def _table(flags: int) -> int:
    """Size in bytes of the color table that `flags` declare."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _to_frame(view: View, at: int) -> tuple[int, bool]:
    """Find the first frame; also whether there is a looping extension before it."""
    loops = False
    for _ in range(BLOCKS):
        match view.take(at, 1, skip=False):
            case b",":
                return at, loops
            case b"!":
                loops = loops or view.take(at + 1, 13, skip=False)[2:] in LOOPS
                at = _after(view, at + 2)
            case _:
                raise BrokenError
    raise LimitError


def _another(view: View, at: int) -> bool:
    """Whether a frame follows the one whose pixels begin at `at`; NeedError if more bytes are needed."""
    at = _after(view, at + 1)
    for _ in range(BLOCKS):
        match view.take(at, 1):
            case b",":
                return True
            case b"!":
                at = _after(view, at + 2)
            case _:
                return False
    return False


def _after(view: View, at: int) -> int:
    """Where the chain of sub-blocks that begins at `at` ends."""
    for _ in range(BLOCKS):
        length = view.take(at, 1, skip=False)[0]
        at += 1 + length
        if not length:
            return at
    raise LimitError
