"""DirectDraw surfaces (Microsoft, "DDS_HEADER structure"): height and width follow length and flags."""

from linkcheck.images.size import pixels
from linkcheck.images.view import View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"dds": ("image/vnd.ms-dds", "image/x-dds")}
EXTENSIONS = {"dds": ("dds",)}


def recognize(view: View) -> str | None:
    return "dds" if view.starts(b"DDS \x7c\0\0\0") else None


def read(view: View, name: str) -> ImageFacts:
    sides = view.take(12, 8)
    return pixels(name, int.from_bytes(sides[4:], "little"), int.from_bytes(sides[:4], "little"))
