import pytest

from linkcheck.multimarkdown import metadata_lines, starts_with_metadata


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Title: A\nDate: 2024-03-01\n\nText.\n", id="as Pelican documents it"),
        pytest.param("title:A", id="lower case, no space, no text"),
        pytest.param("\ufeffTITLE: A\r\n\r\nText.\r\n", id="a byte order mark"),
        pytest.param("   Date: 1\n   Title: A\n", id="three spaces before the keys"),
        pytest.param("base_url: x\nblank-value:\nTitle: A\n", id="the title is not the first key"),
        pytest.param("Summary: one\n    two\n\tthree\nTitle: A\n", id="a value of several lines before it"),
        pytest.param("Title: A\nText without a blank line before it.\n", id="text right behind it"),
        pytest.param("Title: A\n---\nText.\n", id="a closing fence"),
    ],
)
def test_metadata_with_a_title_is_recognized(text: str) -> None:
    assert starts_with_metadata(text.encode()) is True


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty file"),
        pytest.param("Note: this is a paragraph.\n\nMore.\n", id="a note"),
        pytest.param("TODO: this\nFIXME: that\n", id="notes to oneself"),
        pytest.param("Note: this\n\nTitle: A\n", id="a title behind a blank line"),
        pytest.param("Note: this\nis a paragraph\nTitle: A\n", id="a title behind a line of text"),
        pytest.param("\nTitle: A\n", id="a blank line first"),
        pytest.param("# Title: A\n", id="a heading"),
        pytest.param("    Title: A\n", id="code"),
        pytest.param("    x\nTitle: A\n", id="a continued line first"),
        pytest.param("My title: A\n", id="a key of two words"),
        pytest.param("Note: x\n    title: A\n", id="a title that continues a value"),
        pytest.param("https://a.example/\nTitle: A\n", id="a URL first"),
        pytest.param("---\nTitle: A\n---\n", id="front matter with fences"),
    ],
)
def test_other_text_is_not_taken_for_metadata(text: str) -> None:
    assert starts_with_metadata(text.encode()) is False


def test_the_lines_end_where_those_of_the_text_start() -> None:
    text = "Title: A\nLink: x\n    y\nhttps://a.example/\nDate: 1\n"
    assert [line[0] for line in metadata_lines(text)] == ["Title: A\n", "Link: x\n", "    y\n"]
