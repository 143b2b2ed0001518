"""What is counted of the values of a property."""

from collections import Counter

import pytest

from linkcheck.infer.shape import LONGEST_VALUE, MOST_NAMES, MOST_VALUES, Shape, text_features
from linkcheck.model import Json


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("https://a.example/b", ["absolute", "plain absolute"]),
        ("HTTP://a.example", ["absolute", "plain absolute"]),
        ("//a.example/b", ["absolute"]),
        ("https://a.example/ b", ["malformed URL"]),
        ("https://a.example/a.png", ["absolute", "image", "plain absolute"]),
        ("https://a.example/img/x?w=100", ["absolute", "image service", "plain absolute"]),
        ("/a/b", ["on site", "page path", "plain path"]),
        ("/a/b.png", ["image", "on site", "plain path"]),
        ("./a", ["on site", "page path", "plain path"]),
        ("../a.html", ["on site", "page path", "plain path"]),
        ("/", ["on site", "page path", "plain path"]),
        ("a/b", ["folders"]),
        ("a/b.md", ["folders", "page file"]),
        ("a.md", ["folders", "page file"]),
        ("guides/start", ["folders"]),
        ("a.pdf", ["folders", "media", "page file"]),
        ("/a.pdf", ["media", "on site", "page path", "plain path"]),
        ("/a/b.css", ["on site", "plain path"]),
        ("/a/*", ["on site", "plain path"]),
        ("a.png", ["image", "on site", "plain path"]),
        ("a b.png", ["image", "on site"]),
        ("P1Y", ["duration"]),
        ("P1DT2H3M4S", ["duration"]),
        ("P", []),
        ("PT", []),
        ("P1DT", []),
        ("a@b.example", ["email"]),
        ("a@b", []),
        ("2026-01-01", ["date", "dated"]),
        ("12:30", []),
        ("1.2.3", ["numeric"]),
        ("+1 (555) 123-4567", ["numeric"]),
        ("", ["empty"]),
        ("  ", ["empty"]),
        ("[x](https://a.example)", ["Markdown link", "malformed URL"]),
        ("<https://a.example>", ["in brackets", "malformed URL"]),
        ("https://a.example https://b.example", ["malformed URL", "several URLs"]),
        ("https://a.example <br> https://b.example", ["malformed URL", "several URLs"]),
        ('<a href="https://a.example">a</a>, <a href="https://b.example">b</a>', ["malformed URL"]),
        ("https://a.example, <i>https://b.example</i>", ["malformed URL"]),
        ("../..", ["folders"]),
        ("../../", ["folders"]),
        ("./", ["folders"]),
        ("..", []),
        ("../a", ["on site", "page path", "plain path"]),
        ("../...", ["on site", "page path", "plain path"]),
        ("www.a.example", ["malformed URL"]),
        ("a.example/b", ["folders"]),
        ("http:/a.example", ["malformed URL"]),
        ("https:a.example", ["malformed URL"]),
        ("http: //a.example", ["malformed URL"]),
        ("https:///a", ["malformed URL"]),
        ("mailto:a@b.example", []),
        ("@/a.md", ["intrasite", "on site"]),
        ("@/a/b.md#c", ["intrasite", "on site"]),
        ("@/a", []),
        ("[[Page]]", ["on site"]),
        ("[[a.png]]", ["image", "on site"]),
        ("![[a.png]]", ["image", "on site"]),
        ("{static}/a.png", ["image", "intrasite", "on site"]),
        ("{filename}a.md", ["intrasite", "on site"]),
        ("|tag|b", ["intrasite", "on site"]),
        ("{index}", ["intrasite", "on site"]),
        ("https://a-b.cdn.ampproject.org/c/s/x", ["absolute", "amp-cache", "image service", "plain absolute"]),
        ("https://bing-amp.com/x", ["absolute", "amp-cache", "plain absolute"]),
        ("https://a.example/a.mp4", ["absolute", "media", "plain absolute"]),
        ("a.mp4", ["folders", "media"]),
        ("text", []),
        ("Some words here", []),
        ("https://a.example/{x}", ["absolute"]),
        ("https://a.example/é", ["absolute"]),
        ("/é", ["on site", "page path"]),
        ("/a b", []),
        ("ftp://a.example", []),
        ("See https://a.example and [a](https://b.example) among these many words", ["Markdown link", "malformed URL"]),
        ("[x](https://a.example) with three more words", ["malformed URL"]),
        ("[x](https://a.example) with three words", ["Markdown link", "malformed URL"]),
        ("/images/x?w=100", ["image service", "on site", "page path", "plain path"]),
        ("a.mp3", ["folders", "media"]),
        ("/a.mdx", ["on site", "page path", "plain path"]),
        ("/a.ipynb", ["on site", "page path", "plain path"]),
    ],
)
def test_a_text_has_features(text: str, features: list[str]) -> None:
    assert sorted(text_features(text)) == features


@pytest.mark.parametrize("text", ["https://a.example/b", "/a/b", "a/b.md", "a.png", "@/a.md", "2026-01-01"])
def test_spaces_around_a_text_do_not_matter_for_what_it_is(text: str) -> None:
    assert {*text_features(f" {text} ")} >= {*text_features(text)} - {"plain absolute", "plain path"}


PAGES = (
    *(
        "html",
        "htm",
        "xhtml",
        "md",
        "mdx",
        "markdown",
        "qmd",
        "rmd",
        "Rmd",
        "rmarkdown",
        "ipynb",
        "rst",
        "pdf",
        "zip",
        "doc",
    ),
    *("docx", "ppt", "pptx", "xls", "xlsx", "odt", "ods", "odp", "epub", "csv", "txt"),
)
MEDIA = ("aac", "avi", "m4a", "m4v", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "oga", "ogg", "ogv", "pdf", "wav", "webm")


@pytest.mark.parametrize("extension", PAGES)
def test_files_that_are_pages_or_documents(extension: str) -> None:
    assert "page path" in text_features(f"/a/b.{extension}")
    assert "page path" in text_features(f"/a/b.{extension}?c=d#e")
    assert "page file" in text_features(f"a/b.{extension}")
    assert "page path" not in text_features(f"/a/b.z{extension}")


@pytest.mark.parametrize("extension", MEDIA)
def test_files_that_are_media(extension: str) -> None:
    assert "media" in text_features(f"a.{extension.upper()}?b#c")
    assert "media" not in text_features(f"a.{extension}x")


def added(*values: Json) -> Shape:
    shape = Shape()
    for number, value in enumerate(values):
        shape.add(value, number)
    return shape


def test_values_are_counted_by_kind() -> None:
    shape = added(None, True, 1, 1.5, "a", ["b"], {"c": 1})
    assert shape.count == shape.articles == 7
    assert shape.kinds == Counter(("null", "boolean", "integer", "number", "string", "array", "object"))


@pytest.mark.parametrize(
    ("values", "least"), [((), None), (("a",), None), ((True,), None), ((3, 2.5, 4), 2.5), ((0, 1), 0), ((-1, 0), -1)]
)
def test_the_least_number_is_kept(values: tuple[Json, ...], least: float | None) -> None:
    shape = added(*values)
    assert shape.least == least
    shape.merge(added())
    assert shape.least == least
    other = added(9)
    other.merge(shape)
    assert other.least == (9 if least is None else least)


def test_an_article_counts_once_however_many_items_it_has() -> None:
    shape = added(["a", "b"], [], ["c"])
    assert shape.items is not None
    assert (shape.items.count, shape.items.articles) == (3, 2)


def test_few_short_texts_are_kept() -> None:
    many = [str(number) for number in range(MOST_VALUES)]
    assert MOST_VALUES == 40
    assert added(*many, *many).texts == Counter(many * 2)
    assert not added(*many).many_texts
    more = added(*many, "more", "0")
    assert (more.many_texts, more.texts) == (True, Counter())
    assert added("x" * LONGEST_VALUE).texts == Counter(["x" * 60])
    assert added("x" * (LONGEST_VALUE + 1), "a").texts == Counter()


def test_a_long_text_has_its_features() -> None:
    shape = added("https://a.example/" + "x" * 300, "https://a.example/")
    assert shape.features["absolute"] == 2


def test_an_object_with_many_names_is_a_map() -> None:
    names: dict[str, Json] = {str(number): number for number in range(MOST_NAMES)}
    assert MOST_NAMES == 150
    few = added(names, names)
    assert (len(few.properties), few.rest) == (MOST_NAMES, None)
    many = added(names, {"more": "a"}, {"again": None})
    assert (many.properties, many.rest is None) == ({}, False)
    assert many.rest is not None
    assert many.rest.kinds == Counter(integer=MOST_NAMES, string=1, null=1)


def test_entries_are_a_map_of_their_own_or_in_a_property() -> None:
    shape = Shape()
    shape.add_entries({"a": {"x": 1}, "b": {"x": 2}})
    assert (shape.count, shape.kinds["object"], shape.properties) == (1, 1, {})
    assert shape.rest is not None
    assert (shape.rest.count, shape.rest.articles, shape.rest.properties["x"].articles) == (2, 2, 2)
    named = Shape()
    named.add_entries({"a": 1}, "people")
    assert named.count == 0
    rest = named.properties["people"].rest
    assert rest is not None
    assert rest.count == named.properties["people"].count == 1


def test_an_outline_has_names_and_counts_nothing() -> None:
    shape = Shape()
    shape.outline({"a": [{"b": 1}], "c": "d"})
    assert [*shape.properties] == ["a", "c"]
    items = shape.properties["a"].items
    assert items is not None
    assert [*items.properties] == ["b"]
    assert (shape.count, items.count, shape.properties["c"].kinds) == (0, 0, Counter())
