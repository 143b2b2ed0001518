"""Windows icons and cursors: the largest entry of the directory, which browsers use for `<img>`."""

from linkcheck.images.size import pixels
from linkcheck.images.view import LimitError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {
    "ico": ("image/vnd.microsoft.icon", "image/x-icon", "image/ico", "image/icon"),
    "cur": ("image/x-cursor", "image/vnd.microsoft.cursor", "image/x-icon", "image/vnd.microsoft.icon"),
}
EXTENSIONS = {"ico": ("ico",), "cur": ("cur",)}

ENTRY = 16
ENTRIES = 1024
"""More entries than any icon has; the four magic bytes are weak evidence, so a higher number needs a clean first entry."""
CLEAN = (b"\0", b"\xff")
"""The reserved byte of an entry: 0, or 255 in the icons of .NET."""


def recognize(view: View) -> str | None:
    """Validate the first entry too: its picture cannot be within the directory."""
    name = "cur" if view.head[2:3] == b"\2" else "ico"
    if not view.starts(b"\0\0\2\0" if name == "cur" else b"\0\0\1\0"):
        return None
    count = _count(view)
    first = view.take(6, ENTRY)
    length, offset = int.from_bytes(first[8:12], "little"), int.from_bytes(first[12:16], "little")
    is_likely = 0 < count <= ENTRIES or (count > ENTRIES and first[3:4] in CLEAN)
    return name if is_likely and length and offset >= 6 + ENTRY * count else None


def read(view: View, name: str) -> ImageFacts:
    if _count(view) > ENTRIES:
        raise LimitError
    directory = view.take(6, ENTRY * _count(view))
    # A byte contains up to 255, so 0 means 256.
    sides = [(directory[at] or 256, directory[at + 1] or 256) for at in range(0, len(directory), ENTRY)]
    return pixels(name, *max(sides, key=lambda side: side[0] * side[1]))


def _count(view: View) -> int:
    return int.from_bytes(view.take(4, 2), "little")
