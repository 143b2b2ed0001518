"""Photoshop documents, PSD and PSB (Adobe's file format specification, "File header section")."""

from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"psd": ("image/vnd.adobe.photoshop", "image/x-photoshop", "image/psd", "application/x-photoshop")}
EXTENSIONS = {"psd": ("psd", "psb")}

LONGEST = {1: 30_000, 2: 300_000}
"""Version (1 PSD, 2 PSB) to its maximum side length."""


def recognize(view: View) -> str | None:
    return "psd" if view.starts(b"8BPS") else None


def read(view: View, name: str) -> ImageFacts:
    header = view.take(4, 18)
    height, width = int.from_bytes(header[10:14]), int.from_bytes(header[14:18])
    if max(width, height) > LONGEST.get(int.from_bytes(header[:2]), 0):
        raise BrokenError
    return pixels(name, width, height)
