"""The Quite OK Image Format: magic number, width and height are the first 12 bytes."""

from linkcheck.images.size import pixels
from linkcheck.images.view import View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"qoi": ("image/qoi", "image/x-qoi")}
EXTENSIONS = {"qoi": ("qoi",)}


def recognize(view: View) -> str | None:
    return "qoi" if view.starts(b"qoif") else None


def read(view: View, name: str) -> ImageFacts:
    sides = view.take(4, 8)
    return pixels(name, int.from_bytes(sides[:4]), int.from_bytes(sides[4:]))
