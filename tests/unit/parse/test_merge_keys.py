"""Merge keys of YAML: what they add, where it is, and what they cannot add."""

from collections.abc import Callable

import pytest

from linkcheck.model import Article, Json, ParseErrorKind, Source, Span
from linkcheck.parse import parse
from linkcheck.parse.reader_result import pointers_of

Read = Callable[[str | bytes], Article]


def yaml(text: str) -> Article:
    head = f"---\n{text}\n---\n".encode()
    return parse(Source("a.md", "/a.md", head, len(head)))


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("x: &x {k: 1}\ny: {<<: *x, l: 2}", {"y": {"k": 1, "l": 2}}, id="a mapping"),
        pytest.param("x: &x {k: 1}\ny:\n  <<: *x\n  k: 2", {"y": {"k": 2}}, id="an own key below"),
        pytest.param("x: &x {k: 1}\ny:\n  k: 2\n  <<: *x", {"y": {"k": 2}}, id="an own key above"),
        pytest.param("x: [&a {k: 1}, &b {k: 2, l: 2}]\ny: {<<: [*a, *b]}", {"y": {"k": 1, "l": 2}}, id="a list"),
        pytest.param("x: &x {k: 1}\ny: [{<<: *x, l: 2}, {<<: *x}]", {"y": [{"k": 1, "l": 2}, {"k": 1}]}, id="in a list"),
        pytest.param("x: &x {k: {l: [1, {m: 2}]}}\ny:\n- <<: *x", {"y": [{"k": {"l": [1, {"m": 2}]}}]}, id="nested values"),
        pytest.param("x: &x {k: {l: 1}}\ny: {<<: *x, k: {m: 2}}", {"y": {"k": {"m": 2}}}, id="only its own level"),
        pytest.param("x: &x {k: 1}\ny: &y {<<: *x}\nz: {<<: *y}", {"y": {"k": 1}, "z": {"k": 1}}, id="a merge in a merge"),
        pytest.param("x: &x {k: 1}\ny: &y {<<: *x}\nz: *y", {"y": {"k": 1}, "z": {"k": 1}}, id="an alias of a merge"),
        pytest.param("y: {<<: {k: 1}}", {"y": {"k": 1}}, id="a mapping without an alias"),
        pytest.param("y: {<<: [{k: 1}, {l: 2}]}", {"y": {"k": 1, "l": 2}}, id="such mappings in a list"),
        pytest.param("y:\n  <<:\n    k: 1\n  l: 2", {"y": {"k": 1, "l": 2}}, id="a block"),
        pytest.param("<<: {k: 1}\ny: 2", {"k": 1, "y": 2}, id="at the top"),
        pytest.param("y: {<<: &x {k: 1}, l: *x}", {"y": {"k": 1, "l": {"k": 1}}}, id="an anchor in the merge"),
        pytest.param("x: &x {a/b: {c~d: 1}}\ny: {<<: *x}", {"y": {"a/b": {"c~d": 1}}}, id="keys that pointers escape"),
        pytest.param("x: &x {k: 1}\ny: {!!merge <<: *x}", {"y": {"k": 1}}, id="with the tag that Go writes"),
        pytest.param("y: {!!str <<: {k: 1}}", {"y": {"<<": {"k": 1}}}, id="with the tag of a text"),
        pytest.param("x: &x {}\ny: {<<: *x}", {"y": {}}, id="an empty mapping"),
        pytest.param("y: {<<: []}", {"y": {}}, id="an empty list"),
        pytest.param('y: {"<<": {k: 1}}', {"y": {"<<": {"k": 1}}}, id="a key in quotes"),
        pytest.param("y: [<<, '<<']\nz: <<", {"y": ["<<", "<<"], "z": "<<"}, id="values"),
    ],
)
def test_a_merge_key_adds_the_keys_of_a_mapping(text: str, data: Json) -> None:
    article = yaml(text)
    article.data.pop("x", None)
    assert (article.data, article.parse_errors) == (data, ())


def test_what_is_merged_is_where_it_is_written() -> None:
    article = yaml("base: &base\n  url: https://a.example/\n  size: {width: 1}\nlead:\n  <<: *base\n  alt: x")
    places = article.places
    assert set(places) == pointers_of(article.data)
    for below in ("url", "size", "size/width"):
        assert places[f"/lead/{below}"] == places[f"/base/{below}"]
    assert places["/lead/url"].value == Span(3, 8, 3, 26)
    assert places["/lead/url"].key == Span(3, 3, 3, 6)
    assert places["/lead"].value == Span(6, 3, 7, 9)


def test_what_is_merged_twice_is_where_it_is_written_first() -> None:
    places = yaml("a: &a {k: 1}\nb: &b {<<: *a, l: 2}\nc: {<<: [*b]}\nd: {<<: {m: 3}}").places
    assert places["/c/k"] == places["/b/k"] == places["/a/k"]
    assert places["/c/l"] == places["/b/l"]
    assert places["/d/m"].value == Span(5, 13, 5, 14)


@pytest.mark.parametrize(
    ("value", "data", "span", "what"),
    [
        pytest.param("3", {}, (2, 9, 2, 10), "and this is a single value", id="a number"),
        pytest.param("*t", {}, (2, 9, 2, 11), "and this is a single value", id="an alias of a text"),
        pytest.param("*l", {}, (2, 9, 2, 11), "and this is a list", id="an alias of a list"),
        pytest.param("~", {}, (2, 9, 2, 10), "and this is empty", id="nothing"),
        pytest.param("[*m, x]", {"k": 1}, (2, 14, 2, 15), "and this is a single value", id="a text in a list"),
        pytest.param("[[*m], *m]", {"k": 1}, (2, 10, 2, 14), "and this is a list", id="a list in a list"),
        pytest.param("*none", {}, (2, 9, 2, 14), "is undefined", id="an alias of nothing"),
        pytest.param("[*none, *m]", {"k": 1}, (2, 10, 2, 15), "is undefined", id="such an alias in a list"),
    ],
)
def test_what_is_no_mapping_is_an_error_at_its_place(
    value: str, data: Json, span: tuple[int, int, int, int], what: str
) -> None:
    article = yaml(f"before: {{m: &m {{k: 1}}, t: &t text, l: &l [*m]}}\na: {{<<: {value}}}")
    (error,) = article.parse_errors
    line, column, end_line, end_column = span
    assert (error.kind, error.location.pointer) == (ParseErrorKind.SYNTAX, "/a")
    assert error.location.span == Span(line + 1, column, end_line + 1, end_column)
    assert what in error.message
    assert article.data["a"] == data


def test_a_mapping_that_merges_itself_is_unsafe() -> None:
    article = yaml("a: &a {<<: *a, k: 1}")
    assert [each.kind for each in article.parse_errors] == [ParseErrorKind.UNSAFE]
    assert article.data == {"a": {"k": 1}}


def test_a_second_merge_key_is_a_duplicate_that_is_read() -> None:
    article = yaml("<<: {k: 1}\n<<: {k: 2, l: 2}")
    (error,) = article.parse_errors
    assert (error.kind, error.location.span) == (ParseErrorKind.DUPLICATE_KEY, Span(3, 1, 3, 3))
    assert article.data == {"k": 1, "l": 2}


def test_an_own_key_twice_is_a_duplicate_and_a_merged_one_is_none() -> None:
    article = yaml("x: &x {k: 1}\ny: {k: 2, <<: *x, k: 3}")
    assert [each.location.pointer for each in article.parse_errors] == ["/y/k"]
    assert article.data["y"] == {"k": 3}


@pytest.mark.parametrize("read", [b'---json\n{"<<": {"k": 1}}\n---\n', b"+++\n'<<' = {k = 1}\n+++\n"], ids=["json", "toml"])
def test_other_formats_have_no_merge_keys(read: bytes) -> None:
    assert parse(Source("a.md", "/a.md", read, len(read))).data == {"<<": {"k": 1}}


def _doubling(levels: int) -> str:
    """Each mapping has the one before twice, through merge keys."""
    return "m0: &m0 {a: {b: 1}}\n" + "".join(
        f"m{n}: &m{n} {{x{n}: {{<<: *m{n - 1}}}, y{n}: {{<<: *m{n - 1}}}}}\n" for n in range(1, levels)
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_doubling(40), id="mappings that double"),
        pytest.param(
            f"a: &a {{{', '.join(f'k{n}: 1' for n in range(3000))}}}\nb: {{<<: [{'*a, ' * 20000}]}}", id="the same again"
        ),
        pytest.param(
            f"a: &a {{{', '.join(f'k{n}: 1' for n in range(300))}}}\n" + "".join(f"b{n}: {{<<: *a}}\n" for n in range(3000)),
            id="in many mappings",
        ),
    ],
)
def test_what_is_merged_counts_to_the_limit_of_values(text: str) -> None:
    article = yaml(text)
    assert [each.kind for each in article.parse_errors] == [ParseErrorKind.UNSAFE]
    assert "more than 10,000 values" in article.parse_errors[0].message
    assert article.data == {}


def test_a_merge_that_nests_too_deep_ends_the_reading() -> None:
    chain = "m0: &m0 {a: 1}\n" + "".join(f"m{n}: &m{n} {{k: {{<<: *m{n - 1}}}}}\n" for n in range(1, 100))
    article = yaml(chain)
    assert [each.kind for each in article.parse_errors] == [ParseErrorKind.UNSAFE]
    assert "levels deep" in article.parse_errors[0].message


def test_a_long_chain_of_merges_that_add_little_is_read() -> None:
    chain = "m0: &m0 {a: 1}\n" + "".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}\n" for n in range(1, 40))
    article = yaml(chain)
    assert (article.data["m39"], article.parse_errors) == ({"a": 1}, ())
