"""Which bytes are which characters, whatever the header and the page declare."""

import pytest

from linkcheck.pages.charset import decode

NAMES = {
    "utf-8": ("utf-8", "utf8", "UTF-8"),
    "utf-16-le": ("utf-16le", "utf-16-le"),
    "utf-16-be": ("utf-16be", "utf-16-be"),
    "utf-16": ("utf-16", "utf16"),
    "cp1252": (
        *("latin1", "latin-1", "iso-8859-1", "iso8859-1", "iso88591", "ISO-8859-1", "us-ascii", "ascii"),
        *("windows-1252", "cp1252"),
    ),
    **{f"cp{number}": (f"windows-{number}", f"cp{number}") for number in (1250, 1251, 1253, 1257, 1258, 874)},
    **{
        f"iso8859-{number}": (f"iso-8859-{number}", f"iso8859-{number}", f"iso-8859{number}", f"iso8859{number}")
        for number in (2, 5, 7, 9, 10, 13, 14, 15, 16)
    },
    "koi8-r": ("koi8-r", "KOI8-R"),
    "koi8-u": ("koi8-u",),
    "cp866": ("ibm866",),
    "gbk": ("gbk", "gb2312"),
    "gb18030": ("gb18030",),
    "big5": ("big5",),
    "big5-hkscs": ("big5-hkscs",),
    "euc-jp": ("euc-jp",),
    "cp949": ("euc-kr", "ks_c_5601-1987"),
    "shift-jis": ("shift_jis", "shift-jis"),
    "iso-2022-jp": ("iso-2022-jp",),
    "tis-620": ("tis-620",),
    "mac-roman": ("macintosh",),
}
ROWS = [(name, codec) for codec, names in NAMES.items() for name in names]
LETTERS = "£éжﾊ漢한ก"
"""Each codec has at least one of them, in its own bytes."""


@pytest.mark.parametrize(("name", "codec"), ROWS, ids=[name for name, _ in ROWS])
def test_each_name_of_a_charset_is_known(name: str, codec: str) -> None:
    text = "".join(letter for letter in LETTERS if letter.encode(codec, "ignore")) + "z"
    data = text.encode(codec)
    assert len(text) > 1
    assert decode(data, f"text/html; charset={name}") == text
    assert decode(b"\x81" + data, f'text/html; charset="{name}"'), "invalid bytes too"


@pytest.mark.parametrize("name", NAMES["cp1252"])
def test_text_declared_as_latin_is_no_utf_8(name: str) -> None:
    assert decode("é".encode(), f"text/html; charset={name}") == "Ã©"


@pytest.mark.parametrize(
    "name", ["utf-7", "utf-32", "iso-8859-12", "iso-8859-17", "windows-1259", "utf-16x", "xutf-8", "rot13", "idna", "hex"]
)
def test_another_name_means_nothing(name: str) -> None:
    assert decode("éx".encode(), f"text/html; charset={name}") == "éx"
    assert decode("éx".encode("cp1252"), f"text/html; charset={name}") == "éx"


@pytest.mark.parametrize("utf16", ["utf-16", "utf16", "utf-16le", "utf-16be"])
def test_a_page_whose_tag_can_be_read_is_not_utf_16(utf16: str) -> None:
    page = f"<meta charset={utf16}>é"
    assert decode(page.encode(), None) == page


@pytest.mark.parametrize(
    ("data", "content_type", "text"),
    [
        pytest.param(b"\xef\xbb\xbf\xc3\xa9", "a/b; charset=cp1251", "é", id="a mark of UTF-8"),
        pytest.param(b"\xff\xfee\0", "a/b; charset=utf-8", "e", id="a mark of UTF-16, little-endian"),
        pytest.param(b"\xfe\xff\0e", "a/b; charset=utf-8", "e", id="a mark of UTF-16, big-endian"),
        pytest.param(b"\xef\xbb\xbf\xe9", None, "\ufffd", id="a mark before invalid bytes"),
        pytest.param(b"\xe9x", None, "éx", id="not UTF-8"),
        pytest.param(b"\xe9x", "a/b; charset=utf-8", "\ufffdx", id="not UTF-8, but declared"),
        pytest.param(b"x\xc3", None, "x\ufffd", id="cut within a character"),
        pytest.param(b"\xc3x\xc3", None, "ÃxÃ", id="cut, and not UTF-8 before"),
        pytest.param(b"<meta charset=cp1251>\xe6", None, "<meta charset=cp1251>ж", id="declared by the page"),
        pytest.param(b"<meta charset=cp1251>\xe6", "a/b", "<meta charset=cp1251>ж", id="declared by the page only"),
        pytest.param(b"<meta charset=cp1251>\xe9", "a/b; charset=cp1252", "<meta charset=cp1251>é", id="the header first"),
        pytest.param(b"<META a  charset = 'cp1251'>\xe6", None, "<META a  charset = 'cp1251'>ж", id="with spaces"),
        pytest.param(b"\xe6", "a/b; Charset = 'cp1251", "ж", id="with spaces in the header"),
    ],
)
def test_the_first_declaration_counts(data: bytes, content_type: str | None, text: str) -> None:
    assert decode(data, content_type) == text


@pytest.mark.parametrize(("before", "is_seen"), [(1024 - 20, True), (1024 - 19, False)])
def test_a_page_declares_its_charset_in_the_first_kibibyte(before: int, is_seen: bool) -> None:  # noqa: FBT001
    page = b" " * before + b"<meta charset=cp1251>"
    assert decode(page + b"\xe6x", None)[-2] == ("ж" if is_seen else "æ")


@pytest.mark.parametrize(("between", "is_seen"), [(499, True), (500, False)])
def test_a_tag_of_the_page_has_a_limited_length(between: int, is_seen: bool) -> None:  # noqa: FBT001
    assert decode(b"<meta " + b"x" * between + b"charset=cp1251>\xe6x", None)[-2] == ("ж" if is_seen else "æ")
