"""Decodes the bytes of a page."""

import codecs
import re

_LATIN = "cp1252"  # what browsers take Latin-1 and ASCII for (WHATWG Encoding, 4.2)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(r"charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,500}?charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_META_WITHIN = 1024  # WHATWG HTML, 13.2.3.2
# An untrusted name is not passed to Python's codec registry, which has slow codecs and codecs that are not for text.
_KNOWN = re.compile(
    r"utf-?8|utf-?16|utf-16-?(?:le|be)|(?:windows-|cp)(?:125[0-8]|874)|iso8859-(?:[2-9]|1[013-6])|koi8-[ru]|ibm866"
    r"|gb2312|gbk|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr)|shift[_-]jis|iso-2022-jp|ks_c_5601-1987|tis-620|macintosh"
)
_ISO = re.compile(r"^iso-?8859-?")
_SAME = {
    "utf16": "utf-16",
    "windows-874": "cp874",
    "macintosh": "mac-roman",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gbk",
}
_LATIN_NAMES = frozenset({"latin1", "latin-1", "iso8859-1", "us-ascii", "ascii", "windows-1252", "cp1252"})


def decode(data: bytes, content_type: str | None) -> str:
    """The text of any bytes: decoded by BOM, header or `<meta>`, or else as UTF-8 if valid, or else as Windows-1252."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    declared = _DECLARED.search(content_type) if content_type else None
    in_meta = None if declared else _IN_META.search(data, 0, _META_WITHIN)
    label = declared[1] if declared else in_meta[1].decode() if in_meta else ""
    codec = _codec(label.lower())
    if in_meta and codec.startswith("utf-16"):
        codec = "utf-8"  # the tag was found in the bytes, so UTF-16 is wrong
    try:
        return data.decode(codec or "utf-8")
    except UnicodeDecodeError:
        return data.decode(codec, "replace") if codec and codec != "utf-8" else _not_quite_utf8(data, declared=bool(codec))


def _not_quite_utf8(data: bytes, *, declared: bool) -> str:
    """UTF-8 with a few invalid bytes or cut within a character, if declared; otherwise Windows-1252, the old default."""
    return data.decode("utf-8", "replace") if declared or _only_cut(data) else data.decode(_LATIN, "replace")


def _only_cut(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def _codec(label: str) -> str:
    label = _ISO.sub("iso8859-", label)
    if label in _LATIN_NAMES:
        return _LATIN
    if not _KNOWN.fullmatch(label):
        return ""
    return _SAME.get(label, label.replace("windows-", "cp"))
