"""OpenEXR ("OpenEXR File Layout"): named attributes, of which `displayWindow` is the image as shown."""

from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, LimitError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"exr": ("image/x-exr", "image/exr")}
EXTENSIONS = {"exr": ("exr",)}

ATTRIBUTES = 1024
"""Maximum number of attributes that are read."""
LONGEST_NAME = 256
"""Bytes of a name with its end, in files with long names."""


def recognize(view: View) -> str | None:
    return "exr" if view.starts(b"\x76\x2f\x31\x01") else None


def read(view: View, name: str) -> ImageFacts:
    at = 8
    for _ in range(ATTRIBUTES):
        label, at = _text(view, at)
        if not label:
            raise BrokenError
        kind, at = _text(view, at)
        length = int.from_bytes(view.take(at, 4), "little")
        if label == b"displayWindow" and kind == b"box2i":
            window = view.take(at + 4, 16)
            left, top, right, bottom = (int.from_bytes(window[n : n + 4], "little", signed=True) for n in (0, 4, 8, 12))
            return pixels(name, right - left + 1, bottom - top + 1)
        at += 4 + length
    raise LimitError


def _text(view: View, at: int) -> tuple[bytes, int]:
    """The text that begins at `at` and ends with a zero byte, and where the next field begins."""
    available = view.available(at, LONGEST_NAME)
    text, end, _ = available.partition(b"\0")
    if end:
        return text, at + len(text) + 1
    if len(available) < LONGEST_NAME:
        view.take(at, len(available) + 1, skip=False)
    raise BrokenError
