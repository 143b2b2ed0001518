"""Classifies bytes that are not an image: an error page, JSON, a document, a video or an archive sent instead."""

import re
from collections.abc import Mapping

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HTML = re.compile(
    r"<(!doctype\s+html|html|head|body|title|script|style|meta|link|iframe|div|p|h1|table|a|br|b|font)\b", re.IGNORECASE
)
_XML = re.compile(r"<\?xml\b|<[A-Za-z_]|<!--|<!DOCTYPE")
_JSON = re.compile(r"\{\s*[\"}]|\[\s*([\"\[{\]]|-?\d|true\b|false\b|null\b)")
_PLAIN_TEXT = re.compile(r"[^\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]+")
"""Text without the control characters of binary files; ESC colors the output of programs."""
LOOK = 4096
"""Bytes inspected."""

MAGIC: Mapping[str, bytes] = {
    "pdf": rb".{0,1023}?%PDF-\d",
    "postscript": rb"%!PS|\xc5\xd0\xd3\xc6",
    "quicktime": rb"....(?:ftypqt  |moov....(?:mvhd|cmov))|\x00...(?:wide|free|skip|mdat|pnot)",
    "m4a": rb"....ftypM4[AB]",
    "mp4": rb"....ftyp(?:iso[2-9a-m]|mp4[1-9]|M4V|MSNV|avc1|dash|F4V|f4v|3g[2gp]|mmp4|NDSC|XAVC|cmf)",
    "webm": rb"\x1a\x45\xdf\xa3.{0,60}?\x42\x82.webm",
    "matroska": rb"\x1a\x45\xdf\xa3",
    "avi": rb"RIFF....AVI ",
    "ogg": rb"OggS\x00",
    "flv": rb"FLV\x01[\x01\x04\x05]",
    "wmv": rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
    "mpeg": rb"\x00\x00\x01[\xba\xb3]|\x47.{187}\x47.{187}\x47",
    "mp3": rb"ID3[\x02-\x04]|\xff[\xfa\xfb\xf2\xf3][\x10-\xef]",
    "aac": rb"\xff[\xf0\xf1\xf8\xf9][\x40-\xbf]",
    "wav": rb"RIFF....WAVE",
    "flac": rb"fLaC",
    "midi": rb"MThd\x00\x00\x00\x06",
    "playlist": rb"#EXTM3U",
    "office": rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|word/|ppt/|xl/|docProps/|mimetypeapplication/)",
    "ole": rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "rtf": rb"\{\\rtf\d",
    "djvu": rb"AT&TFORM....DJV",
    "zip": rb"PK(?:\x03\x04|\x05\x06)",
    "gzip": rb"\x1f\x8b\x08",
    "rar": rb"Rar!\x1a\x07",
    "7z": rb"7z\xbc\xaf\x27\x1c",
    "bzip2": rb"BZh[1-9]1AY&SY",
    "xz": rb"\xfd7zXZ\x00",
    "tar": rb".{257}ustar[\x00 ]",
    "font": rb"wOF[F2]|OTTO\x00|\x00\x01\x00\x00\x00[\x01-\x40]",
    "flash": rb"[FCZ]WS[\x01-\x40]",
    "sgi": rb"\x01\xda[\x00\x01][\x01\x02]\x00[\x01-\x03]",
    "pcx": rb"\x0a[\x00\x02-\x05]\x01[\x01\x02\x04\x08].{60}\x00[\x01-\x04]",
    "pfm": rb"P[Ff]\s+\d+\s+\d+\s+[+-]?[\d.]",
    "jpeg-xr": rb"II\xbc\x01",
    "flif": rb"FLIF[1-Fa-f]",
    "hdr": rb"#\?(?:RADIANCE|RGBE)\n",
    "xcf": rb"gimp xcf ",
    "icns": rb"icns\x00",
    "mng": rb"\x8aMNG\r\n\x1a\n",
    "metafile": rb"\xd7\xcd\xc6\x9a\x00\x00|\x01\x00\x00\x00.{36} EMF",
}
"""How files of other kinds begin, and images of formats without a reader. The first match counts."""


def looks_like(head: bytes) -> str | None:
    """`html`, `xml`, `json`, a key of `MAGIC` or `text`, None for anything else."""
    head = head[:LOOK]
    text = _text(head).lstrip()
    if _JSON.match(text):
        return "json"
    if text.startswith("<"):
        if _HTML.match(text) or (_XML.match(text) and re.search(r"<html\b", text, re.IGNORECASE)):
            return "html"
        if _XML.match(text):
            return "xml"
    for name, pattern in MAGIC.items():
        if re.match(pattern, head, re.DOTALL):
            return name
    return "text" if _PLAIN_TEXT.fullmatch(text.removesuffix("\ufffd")) else None  # the last character can be cut


def _text(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    return head.decode("utf-8", "replace")
