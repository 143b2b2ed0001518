import unicodedata

import pytest

from linkcheck.report.escape import (
    ascii_url,
    cells,
    clip,
    crop,
    is_web,
    json_text,
    log_line,
    shown,
    visible,
    without_surrogates,
    xml_escape,
    xml_text,
)

# Format characters that show themselves and change nothing around them: prefixes of numbers in Arabic, Syriac, Kaithi.
HARMLESS = {"\u200c", "\u200d", *map(chr, range(0x600, 0x606)), "\u06dd", "\u070f", "\u0890", "\u0891", "\u08e2"}
HARMLESS |= {"\U000110bd", "\U000110cd", *map(chr, range(0x13430, 0x13440))}


def test_no_control_or_invisible_character_of_all_unicode_stays() -> None:
    kept = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert [f"{ord(each):x}" for each in kept if each not in HARMLESS and visible(each) == each] == []


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("plain", "plain"),
        ("\u00fcber \u6771\u4eac", "\u00fcber \u6771\u4eac"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202egpj", "\\u202egpj"),
        ("\ud800", "\\ud800"),
        ("\xad", "\\xad"),
        ("\u2028", "\\u2028"),
        ("\U000e0041", "\\U000e0041"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("##[error]x ##vso[y]z", "#\\#[error]x #\\#vso[y]z"),
        ("## heading", "## heading"),
        ("\u00fc ##[error]x", "\u00fc #\\#[error]x"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shows: str) -> None:
    assert visible(text) == shows


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("a: 1", "a: 1"),
        ("a::b", "a::b"),
        ("a\nb", "a\\nb"),
        ("a\rb", "a\\rb"),
        ("::error::x", "\\::error::x"),
        (" \t::error::x", " \t\\::error::x"),
        ("\x1b[1;31m::error::x", "\x1b[1;31m\\::error::x"),
        ("##[group]", "#\\#[group]"),
        ("a ##vso[task.x]y", "a #\\#vso[task.x]y"),
        ("## a", "## a"),
    ],
)
def test_no_line_of_a_log_is_a_command(line: str, written: str) -> None:
    assert log_line(line) == written


def test_no_text_of_json_or_xml_is_a_command() -> None:
    assert json_text('"## a ##[error]b"') == '"## a #\\u0023[error]b"'
    assert json_text('"#a"') == '"#a"'
    assert xml_escape("a ##[error]b") == "a #&#35;[error]b"
    assert xml_escape("a\n ::error::b") == "a\n &#58;:error::b"
    assert xml_escape('<a href="b">&\x1b</a>') == "&lt;a href=&quot;b&quot;&gt;&amp;\\x1b&lt;/a&gt;"


def test_a_long_text_is_cut_before_it_is_looked_at() -> None:
    assert shown("\x00" * 1_000_000, 10) == "\\x00" * 9 + "\u2026"
    assert clip("short", 5) == "short"


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("\u6771\u4eac", 4), ("e\u0301", 1), ("\uff21", 2), ("\u200d", 0), ("", 0)]
)
def test_cells_are_counted_as_terminals_do(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [("abc", 3, "abc"), ("abcd", 3, "ab\u2026"), ("\u6771\u4eac\u90fd", 4, "\u6771\u2026"), ("ab", 1, "\u2026")],
)
def test_cropping_keeps_what_fits(text: str, most: int, kept: str) -> None:
    assert crop(text, most) == kept


@pytest.mark.parametrize("url", ["https://a.example/", "HTTP://a.example/"])
def test_web_addresses_may_be_clicked(url: str) -> None:
    assert is_web(url)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)//http://", "data:text/html,x", " https://a.example", "//a.example", "ftp://a"]
)
def test_nothing_else_may_be_clicked(url: str) -> None:
    assert not is_web(url)


def test_a_url_in_an_escape_sequence_is_printable_ascii() -> None:
    assert ascii_url("https://a.example/\x1b\\\u00fc \ud800%20") == "https://a.example/%1B%5C%C3%BC%20%EF%BF%BD%20"


def test_xml_text_has_only_characters_xml_can_hold() -> None:
    assert xml_text("a\x00\x1b\ufffe\ud800\n\tb") == "a\\x00\\x1b\\ufffe\\ud800\n\tb"


def test_surrogates_are_replaced_one_by_one() -> None:
    assert without_surrogates("a\ud800\udfffb") == "a\ufffd\ufffdb"
