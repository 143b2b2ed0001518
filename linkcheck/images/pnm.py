"""The formats of Netpbm, plain and raw (PBM, PGM, PPM), and PAM: a header of text, with comments.

Their magic number is two characters that a text can begin with too, so the whole header has to be valid.
"""

import re

from linkcheck.images.size import pixels
from linkcheck.images.view import BrokenError, LimitError, NeedError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {
    "pnm": (
        "image/x-portable-anymap",
        "image/x-portable-pixmap",
        "image/x-portable-graymap",
        "image/x-portable-bitmap",
        "image/x-portable-arbitrarymap",
    )
}
EXTENSIONS = {"pnm": ("pnm", "ppm", "pgm", "pbm", "pam")}

LIMIT = 64 * 1024
"""Bytes of the longest header that is read; comments can be of any length. Behind it, the size is unknown."""
_SPACE = rb"(?:[ \t\r\n\v\f]|#[^\r\n]*[\r\n])+"
_SIDES = _SPACE + rb"(\d{1,10})" + _SPACE + rb"(\d{1,10})"
BITMAP = rb"P[14]" + _SIDES + rb"(?:[ \t\r\n]|#)"
OTHER = rb"P[2356]" + _SIDES + _SPACE + rb"0*[1-9]\d{0,4}(?:[ \t\r\n]|#)"
PAM = rb"P7\n(?:(?:#[^\n]*|[ \t]*|[A-Z]+[ \t][^\n]*)\n)*?ENDHDR[ \t]*\n"
PAM_SIDE = rb"(?m)^%s[ \t]+(\d{1,10})[ \t]*$"
BEGINNING = rb"P(?:[1-6](?:[ \t\r\n\v\f]|#[^\r\n]*(?:[\r\n]|\Z)|\d{1,10}(?=[ \t\r\n\v\f#]|\Z))*|7\n[ -~\s]*|7)?"
"""The part of a header that goes on where the bytes end."""


def recognize(view: View) -> str | None:
    head = view.head[:LIMIT]
    if not head.startswith(b"P"):
        return None
    header = _header(head)
    if header is not None:
        is_plain_text = head[1:2] == b"1" and re.match(rb"\s*[^01#\s]", head[header.end() - 1 :])
        return None if is_plain_text else "pnm"
    if re.fullmatch(BEGINNING, head):
        if len(head) == LIMIT:
            return "pnm"
        raise NeedError(len(head), len(head) + 1, skip=False)
    return None


def read(view: View, name: str) -> ImageFacts:
    head = view.head[:LIMIT]
    header = _header(head)
    if header is None:
        raise LimitError
    if head[1:2] != b"7":
        return pixels(name, int(header[1]), int(header[2]))
    width, height = (re.search(PAM_SIDE % side, header[0]) for side in (b"WIDTH", b"HEIGHT"))
    if width is None or height is None:
        raise BrokenError
    return pixels(name, int(width[1]), int(height[1]))


def _header(head: bytes) -> re.Match[bytes] | None:
    pattern = BITMAP if head[1:2] in (b"1", b"4") else PAM if head[1:2] == b"7" else OTHER
    return re.match(pattern, head)
