"""What bytes that are no image look like."""

import re

import pytest

from linkcheck.images.other import LOOK, MAGIC, looks_like

EXAMPLES = {
    "pdf": (b"%PDF-1", b"." * 1023 + b"%PDF-1"),
    "postscript": (b"%!PS", b"\xc5\xd0\xd3\xc6"),
    "quicktime": (
        *(b"\0\0\0\x14ftypqt  ", b"\0\0\0\x14moov\0\0\0\1mvhd", b"\0\0\0\x14moov\0\0\0\1cmov"),
        *(b"\0\0\0\1" + kind for kind in (b"wide", b"free", b"skip", b"mdat", b"pnot")),
    ),
    "m4a": (b"\0\0\0\1ftypM4A", b"\0\0\0\1ftypM4B"),
    "mp4": tuple(
        b"\0\0\0\1ftyp" + brand
        for brand in (
            *(b"iso2", b"iso9", b"isoa", b"isom", b"mp41", b"mp49", b"M4V", b"MSNV", b"avc1", b"dash", b"F4V", b"f4v"),
            *(b"3g2", b"3gg", b"3gp", b"mmp4", b"NDSC", b"XAVC", b"cmf"),
        )
    ),
    "webm": (b"\x1a\x45\xdf\xa3\x42\x82\x84webm", b"\x1a\x45\xdf\xa3" + bytes(60) + b"\x42\x82\x84webm"),
    "matroska": (b"\x1a\x45\xdf\xa3", b"\x1a\x45\xdf\xa3" + bytes(61) + b"\x42\x82\x84webm"),
    "avi": (b"RIFF\1\2\3\4AVI ",),
    "ogg": (b"OggS\0",),
    "flv": (b"FLV\1\1", b"FLV\1\4", b"FLV\1\5"),
    "wmv": (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",),
    "mpeg": (b"\0\0\1\xba", b"\0\0\1\xb3", (b"\x47" + bytes(187)) * 2 + b"\x47"),
    "mp3": (b"ID3\2", b"ID3\4", b"\xff\xfa\x10", b"\xff\xfb\xef", b"\xff\xf2\x90", b"\xff\xf3\x90"),
    "aac": (b"\xff\xf0\x40", b"\xff\xf1\xbf", b"\xff\xf8\x50", b"\xff\xf9\x50"),
    "wav": (b"RIFF\1\2\3\4WAVE",),
    "flac": (b"fLaC",),
    "midi": (b"MThd\0\0\0\6",),
    "playlist": (b"#EXTM3U",),
    "office": tuple(
        b"PK\3\4" + bytes(26) + part
        for part in (b"[Content_Types].xml", b"_rels/", b"word/", b"ppt/", b"xl/", b"docProps/", b"mimetypeapplication/")
    ),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "rtf": (b"{\\rtf1",),
    "djvu": (b"AT&TFORM\1\2\3\4DJV",),
    "zip": (b"PK\3\4", b"PK\5\6", b"PK\3\4" + bytes(25) + b"word/"),
    "gzip": (b"\x1f\x8b\x08",),
    "rar": (b"Rar!\x1a\x07",),
    "7z": (b"7z\xbc\xaf\x27\x1c",),
    "bzip2": (b"BZh11AY&SY", b"BZh91AY&SY"),
    "xz": (b"\xfd7zXZ\0",),
    "tar": (bytes(257) + b"ustar\0", bytes(257) + b"ustar "),
    "font": (b"wOFF", b"wOF2", b"OTTO\0", b"\0\1\0\0\0\1", b"\0\1\0\0\0\x40"),
    "flash": (b"FWS\1", b"CWS\x40", b"ZWS\7"),
    "sgi": (b"\x01\xda\0\1\0\1", b"\x01\xda\1\2\0\3"),
    "pcx": (b"\x0a\0\1\1" + bytes(61) + b"\1", b"\x0a\2\1\2" + bytes(61) + b"\4", b"\x0a\5\1\x08" + bytes(61) + b"\3"),
    "pfm": (b"PF 3 2 1", b"Pf\n3 2\n-1.0", b"PF 3 2 +.5"),
    "jpeg-xr": (b"II\xbc\1",),
    "flif": (b"FLIF1", b"FLIFF", b"FLIFa"),
    "hdr": (b"#?RADIANCE\n", b"#?RGBE\n"),
    "xcf": (b"gimp xcf ",),
    "icns": (b"icns\0",),
    "mng": (b"\x8aMNG\r\n\x1a\n",),
    "metafile": (b"\xd7\xcd\xc6\x9a\0\0", b"\1\0\0\0" + bytes(36) + b" EMF"),
}


def test_there_are_examples_of_all_kinds() -> None:
    assert tuple(EXAMPLES) == tuple(MAGIC)


@pytest.mark.parametrize(("kind", "examples"), EXAMPLES.items(), ids=EXAMPLES)
def test_a_kind_is_known_by_its_first_bytes(kind: str, examples: tuple[bytes, ...]) -> None:
    for start in examples:
        assert looks_like(start + b"\xff\0") == kind, start
        assert looks_like(b"\1\xff" + start) != kind or kind == "pdf", "only at the beginning"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param(b"." * 1024 + b"%PDF-1", "text", id="the mark of PDF too late"),
        pytest.param(b"<!DOCTYPE  HTML>", "html", id="a document type"),
        *(
            pytest.param(f" \n<{name}>".encode(), "html", id=name)
            for name in (
                *("html", "HEAD", "body", "title", "script", "style", "meta", "link", "iframe"),
                *("div", "p", "h1", "table", "a", "br", "b", "font"),
            )
        ),
        pytest.param(b"<bold>", "xml", id="a name that only begins like one of HTML"),
        pytest.param(b"<?xml version='1.0'?>\n<HTML>", "html", id="XHTML"),
        pytest.param(b"<!-- x --><html>", "html", id="HTML behind a comment"),
        pytest.param(b"<1 <html>", "text", id="neither XML nor HTML"),
        pytest.param(b"<?xml version='1.0'?><feed>", "xml", id="XML"),
        pytest.param(b"<_a>", "xml", id="an underscore"),
        pytest.param(b"<!-- x -->", "xml", id="a comment"),
        pytest.param(b"<!DOCTYPE feed>", "xml", id="another document type"),
        pytest.param(b"x<html>", "text", id="a tag in a text"),
        pytest.param(b"<p>\xff\0", "html", id="HTML that is not UTF-8"),
        pytest.param(b"\xef\xbb\xbf<p>", "html", id="a mark of UTF-8"),
        pytest.param(b"\xff\xfe" + "<p>".encode("utf-16-le"), "html", id="little-endian UTF-16"),
        pytest.param(b"\xfe\xff" + "<p>".encode("utf-16-be"), "html", id="big-endian UTF-16"),
        pytest.param(b"\xff\xfe" + "<p>".encode("utf-16-le") + b"\0", "html", id="UTF-16 cut within a character"),
        *(
            pytest.param(text.encode(), "json", id=text)
            for text in ('{ "a', "{}", "[ ]", '["a', "[{", "[[", "[1", "[-1", "[true", "[false", "[null")
        ),
        pytest.param(b"[nullable", "text", id="a longer word"),
        pytest.param(b"{a", "text", id="a brace"),
        pytest.param(b"1", "text", id="a number"),
        pytest.param(b"\x1b[1mred\tgreen\r\n", "text", id="colors of a terminal"),
        pytest.param("é".encode()[:1], None, id="half a character only"),
        pytest.param("aé".encode()[:2], "text", id="half a character at the end"),
        pytest.param(b"a\xffb", None, id="not UTF-8"),
        *(pytest.param(b"a" + bytes((code,)), None, id=f"control {code}") for code in (0, 8, 14, 26, 28, 31, 127)),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_texts_are_known_by_their_beginning(head: bytes, kind: str | None) -> None:
    assert looks_like(head) == kind


@pytest.mark.parametrize(("spaces", "kind"), [(4092, "html"), (4094, "html"), (4095, "text")])
def test_the_first_bytes_decide(spaces: int, kind: str) -> None:
    assert LOOK == 4096
    assert looks_like(b" " * spaces + b"<p><html>") == kind


def test_no_pattern_matches_nothing() -> None:
    assert not [kind for kind, pattern in MAGIC.items() if re.match(pattern, b"", re.DOTALL)]
