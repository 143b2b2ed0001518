"""What the bytes of a response are if they are not the expected page (pure)."""

import json
import re

from linkcheck.pages.bounding import without
from linkcheck.pages.extent import COMMENT

_LOOKED_AT = 2048
_BOM = b"\xef\xbb\xbf"
_PDF = b"%PDF-"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x7fELF", b"BZh")
_HTML = re.compile(rb"<!doctype\s+html", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)")
_FEEDS = frozenset((b"rss", b"feed", b"rdf"))
_SITEMAPS = frozenset((b"urlset", b"sitemapindex"))
_CODE = re.compile(rb"<Code>\s*\w+\s*</Code>", re.IGNORECASE)
"""Part of the response of storage services such as Amazon S3 for missing objects."""
_JSON = re.compile(rb"(?:\{\s*(?:\}|\"(?:[^\"\\]|\\.){0,200}\"\s*:)|\[\s*(?:\]|[\[{\"0-9]))")


def content_of(data: bytes, *, complete: bool) -> str | None:
    """What the bytes of a response are (see `PageFacts.content`); None for a page and for unclear bytes.

    Determined from the first bytes, as in the MIME Sniffing standard (sections 6 and 7). `complete` is true if `data` is the
    whole response.
    """
    start = data[:_LOOKED_AT].removeprefix(_BOM).lstrip()
    if not start:
        return "empty" if complete and len(data) < _LOOKED_AT else None
    if start.startswith(b"<"):
        return _of_markup(start)
    if start.startswith((b"{", b"[")):
        return "json" if _is_json(data.removeprefix(_BOM), start, complete=complete) else None
    if start.startswith(_PDF):
        return "pdf"
    if start.startswith(_IMAGES) or (start.startswith(b"RIFF") and start[8:12] == b"WEBP"):
        return "image"
    return "binary" if start.startswith(_ARCHIVES) else None


def readable_content(data: bytes) -> str | None:
    """`html` or `pdf` for the first bytes of a page or document, whatever its media type; None for all others."""
    start = data[:_LOOKED_AT].removeprefix(_BOM).lstrip()
    if start.startswith(_PDF):
        return "pdf"
    if not start.startswith(b"<"):
        return None
    root = _ROOT.search(without(start, (COMMENT,), keep=()))
    return "html" if _HTML.search(start) or (root is not None and root[2].lower() == b"html") else None


def _of_markup(start: bytes) -> str | None:
    """What markup is, by its root element."""
    root = _ROOT.search(without(start, (COMMENT,), keep=()))
    if root is None or _HTML.search(start):
        return None
    name = root[2].lower()
    if name in _FEEDS:
        return "feed"
    if name in _SITEMAPS:
        return "sitemap"
    if name == b"error" and _CODE.search(start):
        return "error"
    return "image" if name == b"svg" else None


def _is_json(data: bytes, start: bytes, *, complete: bool) -> bool:
    if _JSON.match(start) is None:
        return False
    if not complete:
        return True
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
