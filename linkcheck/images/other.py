"""Classifies bytes that are not an image: an error page or JSON sent instead."""

import re

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HTML = re.compile(
    r"<(!doctype\s+html|html|head|body|title|script|style|meta|link|iframe|div|p|h1|table|a|br|b|font)\b", re.IGNORECASE
)
_XML = re.compile(r"<\?xml\b|<[A-Za-z_]|<!--|<!DOCTYPE")
_JSON = re.compile(r"\{\s*[\"}]|\[\s*([\"\[{\]]|-?\d|true\b|false\b|null\b)")
LOOK = 4096
"""Bytes inspected."""


def looks_like(head: bytes) -> str | None:
    """`html`, `xml` or `json`, None for anything else."""
    text = _text(head[:LOOK]).lstrip()
    if _JSON.match(text):
        return "json"
    if not text.startswith("<"):
        return None
    if _HTML.match(text) or (_XML.match(text) and re.search(r"<html\b", text, re.IGNORECASE)):
        return "html"
    return "xml" if _XML.match(text) else None


def _text(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")
