from collections.abc import Callable

import pytest

from linkcheck.model import Article, Json, ParseErrorKind, Source, Span
from linkcheck.parse import parse
from linkcheck.parse.limits import MAX_BYTES, MAX_NODES

Values = Callable[[Article], dict[str, tuple[str | None, str]]]


def read(text: str | bytes, *, size: int | None = None) -> Article:
    head = text if isinstance(text, bytes) else text.encode()
    return parse(Source("a.md", "/a.md", head, len(head) if size is None else size, multimarkdown=True))


def test_every_key_and_value_has_its_place(values: Values) -> None:
    article = read("Title:   My é title  \r\nDATE:2024-03-01 10:20\r\n  Image: /a.png\t\r\nEmpty:\r\n\r\nText: x\r\n")
    assert article.format == "multimarkdown"
    assert article.parse_errors == ()
    assert article.data == {"title": "My é title", "date": "2024-03-01 10:20", "image": "/a.png", "empty": ""}
    assert values(article) == {
        "": (None, "Title:   My é title  \nDATE:2024-03-01 10:20\n  Image: /a.png\t\nEmpty:"),
        "/title": ("Title", "My é title"),
        "/date": ("DATE", "2024-03-01 10:20"),
        "/image": ("Image", "/a.png"),
        "/empty": ("Empty", ""),
    }
    assert article.places["/image"].value == Span(3, 10, 3, 16)


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        pytest.param("Width: 600", "600", {"": "600"}, id="a number is a text"),
        pytest.param("Draft: true", "true", {"": "true"}, id="true is a text"),
        pytest.param("Tags: a, b", "a, b", {"": "a, b"}, id="a list of Pelican is a text"),
        pytest.param("Q: 'a' # b", "'a' # b", {"": "'a' # b"}, id="quotes and number signs belong to the text"),
        pytest.param("S: a b\n    c: d", "a b\nc: d", {"": "a b\n    c: d"}, id="lines of prose are one text"),
        pytest.param("S: a b\n\tc", "a b\nc", {"": "a b\n\tc"}, id="a tab continues a value"),
        pytest.param(
            "I: /a.png\n    /b.png", ["/a.png", "/b.png"], {"": "/a.png\n    /b.png", "/0": "/a.png", "/1": "/b.png"},
            id="paths on several lines are items",
        ),
        pytest.param(
            "I:\n    /a.png\n    /b.png", ["/a.png", "/b.png"], {"": "/a.png\n    /b.png", "/0": "/a.png", "/1": "/b.png"},
            id="items below the key",
        ),
        pytest.param("I:\n    /a.png", "/a.png", {"": "/a.png"}, id="one value below the key"),
        pytest.param(
            "A: Ann B\nX: 1\na: Bob C", ["Ann B", "Bob C"], {"": "Ann B\nX: 1\na: Bob C", "/0": "Ann B", "/1": "Bob C"},
            id="a repeated key is a list",
        ),
    ],
)  # fmt: skip
def test_values_are_texts_or_lists_of_texts(text: str, value: Json, places: dict[str, str], values: Values) -> None:
    article = read(f"Title: A\n{text}\n\nBody")
    name = text.partition(":")[0].lower()
    assert article.data[name] == value
    found = values(article)
    assert {
        pointer.removeprefix(f"/{name}"): found[pointer][1] for pointer in found if pointer.startswith(f"/{name}")
    } == places


def test_comments_do_not_exist() -> None:
    article = read("Title: A # linkcheck: ignore\n# linkcheck: ignore\n")
    assert (article.data, article.ignores, article.misspelled_ignores) == ({"title": "A # linkcheck: ignore"}, (), ())
    assert article.lines == ("Title: A # linkcheck: ignore",)


def test_fences_are_read_as_before() -> None:
    article = read("---\nTitle: 1\n---\n")
    assert (article.format, article.data) == ("yaml", {"Title": 1})


def test_metadata_is_not_read_where_the_generator_does_not_read_it() -> None:
    head = b"Title: A\n\nText.\n"
    (problem,) = parse(Source("a.md", "/a.md", head, len(head))).parse_errors
    assert problem.kind is ParseErrorKind.MISSING


@pytest.mark.parametrize(
    ("head", "size", "kind", "span"),
    [
        pytest.param(b"Titel: A\n", None, ParseErrorKind.MISSING, Span(1, 1, 1, 9), id="no title"),
        pytest.param(b"Title: A\nB: \xff\n", None, ParseErrorKind.NOT_UTF8, Span(2, 4, 2, 5), id="not UTF-8"),
        pytest.param(b"Title: A\nB: 1\n", 99, ParseErrorKind.TOO_LARGE, Span(1, 1, 1, 4), id="no end in what was read"),
        pytest.param(
            b"Title: A\n" + b"B: x\n" * (MAX_BYTES // 5), None, ParseErrorKind.TOO_LARGE, Span(1, 1, 1, 4), id="too long"
        ),
        pytest.param(
            b"Title: A\n" + b"B: x\n" * MAX_NODES, None, ParseErrorKind.UNSAFE, Span(1, 1, 1, 1), id="too many values"
        ),
    ],
)
def test_what_cannot_be_read_is_told(head: bytes, size: int | None, kind: ParseErrorKind, span: Span) -> None:
    (problem,) = read(head, size=size).parse_errors
    assert (problem.kind, problem.location.span) == (kind, span)


def test_what_is_not_utf_8_behind_the_metadata_does_not_matter() -> None:
    assert read(b"Title: A\n\nText \xff\n").parse_errors == ()


def read_fenced(text: str) -> Article:
    head = text.encode()
    return parse(Source("a.md", "/a.md", head, len(head), multimarkdown=True, multimarkdown_fences=True))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param("Title: One: two", "One: two", id="a colon"),
        pytest.param("Title: [Review] one", "[Review] one", id="brackets"),
        pytest.param('Title: "One" and "two"', '"One" and "two"', id="quotes"),
        pytest.param("Title: @one", "@one", id="a sign"),
        pytest.param("Title: One\ntitle: two: three", ["One", "two: three"], id="a repeated key"),
    ],
)
def test_what_is_between_fences_and_not_yaml_is_metadata_where_the_generator_reads_it(
    line: str, value: Json, values: Values
) -> None:
    article = read_fenced(f"---\n{line}\nLink: https://a.example/\n---\nText.\n")
    assert (article.format, article.parse_errors) == ("multimarkdown", ())
    assert article.data == {"title": value, "link": "https://a.example/"}
    assert values(article)["/link"] == ("Link", "https://a.example/")
    assert read(f"---\n{line}\nLink: https://a.example/\n---\n").parse_errors
    assert read_fenced(f"---\n{line}\nLink: https://a.example/\n \n\n---\n").data == article.data


@pytest.mark.parametrize(
    "text",
    ["---\nTitle: a: b\nlist:\n  - x\n---\n", "---\nTitle: a: b\n\nDate: x\n---\n", "---\n- a: [\n---\n", "---\nTitle: A\n"],
)
def test_what_is_neither_yaml_nor_metadata_is_an_error(text: str) -> None:
    assert read_fenced(text).parse_errors


def test_yaml_is_read_with_keys_in_lower_case_where_the_generator_reads_them_so(values: Values) -> None:
    article = read_fenced("---\nTitle: A\nTags: [a, b]\nCover: {Image: /a.png} # linkcheck: ignore\n---\n")
    assert (article.format, article.parse_errors) == ("yaml", ())
    assert article.data == {"title": "A", "tags": ["a", "b"], "cover": {"Image": "/a.png"}}
    assert values(article)["/tags/1"] == (None, "b")
    assert values(article)["/cover/Image"] == ("Image", "/a.png")
    assert [comment.line for comment in article.ignores] == [4]


def test_keys_that_differ_in_case_only_stay_apart_in_yaml() -> None:
    assert read_fenced("---\nTitle: A\ntitle: B\n---\n").data == {"Title": "A", "title": "B"}
    assert read_fenced("---\nTitle: A: B\nTags: a\n---\n").data == {"title": "A: B", "tags": "a"}


def test_the_pointers_of_errors_in_yaml_have_lower_case_too() -> None:
    (problem,) = read_fenced("---\nTitle: A\nN:\n  - .nan\n---\n").parse_errors
    assert problem.location.pointer == "/n/0"
