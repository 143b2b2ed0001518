"""The image size that an article declares."""

from msgspec import Struct

from linkcheck.model import Claim, Link, LinkResult

_LONGEST = 1_000_000_000
"""Pixels. No image is as long, and arithmetic on untrusted values stays cheap."""


class Declared(Struct, frozen=True):
    """The image size that an article declares; None if it declares none, or not a positive whole number."""

    width: int | None
    height: int | None

    def __str__(self) -> str:
        return f"{self.width or '?'}x{self.height or '?'}"


def declared_of(link: Link) -> Declared:
    return Declared(length(link.wants.width), length(link.wants.height))


def declared_size(result: LinkResult) -> tuple[int | None, int | None]:
    """The declared width and height of an image that was not measured; none of a drawing (SVG), by its name."""
    declared, path = declared_of(result.link), result.target.url.partition("?")[0]
    return (None, None) if path.lower().endswith(".svg") else (declared.width, declared.height)


def length(claim: Claim | None) -> int | None:
    """The pixels a claim declares: a positive whole number, a text of digits included."""
    value = None if claim is None else claim.value
    if isinstance(value, str) and len(value) <= 9 and value.isascii() and value.isdigit():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LONGEST else None
