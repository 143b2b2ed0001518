"""The keywords `x-unique` and `x-ref`."""

import json
from pathlib import Path
from typing import Any

import pytest

from linkcheck.errors import UsageError
from linkcheck.model import Article, Json
from linkcheck.validate import Identities, SchemaCollection, Schemas, ValidateOptions

UNIQUE: dict[str, Json] = {"x-unique": True}
URL: dict[str, Json] = {"x-unique": "url", "format": "uri-reference"}


def identities(properties: dict[str, Json], data: dict[str, Json], path: str = "posts/a.md", **options: Any) -> Identities:
    Path("s.json").write_text(json.dumps({"type": "object", "properties": properties}))
    options = options or {"schema": str(Path("s.json").absolute())}
    return Schemas(ValidateOptions(**options)).identities(Article(path, data=data))


def keys(properties: dict[str, Json], data: dict[str, Json], path: str = "posts/a.md", **options: Any) -> dict[str, str]:
    """The keys of the unique values by their pointers."""
    found = identities(properties, data, path, **options).unique
    return {each.location.pointer: each.key for each in found}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        pytest.param(" a ", "a", id="blanks around it"),
        pytest.param("e\u0301", "\xe9", id="decomposed"),
        pytest.param("Aa", "Aa", id="case matters"),
        pytest.param(7, "7", id="a number"),
        pytest.param(7.0, "7", id="a whole number"),
        pytest.param(1.5, "1.5", id="a fraction"),
        pytest.param("/a/index.html", "/a", id="a path of the site"),
        pytest.param("/", "", id="the home page"),
    ],
)
def test_a_text_or_number_is_compared(value: Json, key: str) -> None:
    assert keys({"slug": UNIQUE}, {"slug": value}) == {"/slug": key}


@pytest.mark.parametrize("value", ["", "  ", None, True, {}, [], [None, ""], "{{ slug }}", "/:year/:title/", "/{slug}/"])
def test_a_missing_value_or_a_pattern_is_not(value: Json) -> None:
    assert keys({"slug": UNIQUE}, {"slug": value}) == {}


@pytest.mark.parametrize(
    ("value", "key"),
    [
        pytest.param("a/", "/a", id="relative to the site"),
        pytest.param("./a/", "/posts/a", id="relative to the folder"),
        pytest.param("//b.example/a", "b.example/a", id="without a scheme"),
        pytest.param("https://www.b.example/a/?utm_source=x", "b.example/a", id="of another site"),
        pytest.param("mailto:a@b.example", "mailto:a@b.example", id="of another kind"),
    ],
)
def test_urls_are_those_of_pages(value: str, key: str) -> None:
    assert keys({"url": URL}, {"url": value}) == {"/url": key}


def test_the_base_url_is_that_of_paths() -> None:
    options = {"schema": str(Path("s.json").absolute()), "base_url": "https://b.example/blog/"}
    assert set(keys({"a": URL, "b": URL}, {"a": "/x/", "b": "https://b.example/blog/x"}, **options).values()) == {
        "b.example/blog/x"
    }


def test_an_alias_may_be_relative_to_the_folder_of_its_article() -> None:
    alias: dict[str, Json] = {"type": "array", "x-article": "alias", "x-unique": "url"}
    assert keys({"aliases": alias}, {"aliases": ["old", "/old"]}) == {"/aliases/0": "/posts/old", "/aliases/1": "/old"}
    assert keys({"permalink": {"x-article": "permalink", "x-unique": "url"}}, {"permalink": "pretty"}) == {}


def test_the_mark_of_a_list_is_that_of_its_items() -> None:
    marks: list[dict[str, Json]] = [{"x-unique": "n"}, {"items": {"x-unique": "n"}}]
    for schema in marks:
        assert keys({"ids": schema}, {"ids": ["a", 2, {"b": "c"}]}) == {"/ids/0": "a", "/ids/1": "2"}


def test_values_at_any_depth_have_marks_and_entries_with_the_same_schema_have_none() -> None:
    properties: dict[str, Json] = {
        "slug": UNIQUE,
        "aliases": {"items": {"x-unique": "url"}},
        "related": {"items": {"$ref": "#"}},
        "parts": {"items": {"properties": {"id": UNIQUE}}},
    }
    entry: dict[str, Json] = {"slug": "b", "aliases": ["/c"], "parts": [{"id": 3}]}
    data: dict[str, Json] = {"slug": "a", "related": [entry], "parts": [{"id": 1}, {"id": 2}]}
    assert keys(properties, data) == {"/slug": "a", "/parts/0/id": "1", "/parts/1/id": "2"}


def test_values_are_those_of_a_collection_or_else_of_a_schema() -> None:
    schema = str(Path("s.json").absolute())
    collections = (SchemaCollection("news", ("posts/**",), schema), SchemaCollection("", ("pages/**", "a/*"), schema))
    properties: dict[str, Json] = {"slug": UNIQUE, "ids": {"items": UNIQUE}, "url": {"x-unique": "url"}}
    data: dict[str, Json] = {"slug": "a", "ids": ["b"], "url": "c", "lang": "de"}

    def groups(**options: Any) -> list[str]:
        return [each.group for each in identities(properties, data, **options).unique]

    assert groups(collections=collections) == ["news#/slug", "news#/ids/*", "url"]
    assert groups(path="pages/x.md", collections=collections) == ["pages/** a/*#/slug", "pages/** a/*#/ids/*", "url"]
    assert groups() == ["s.json#/slug", "s.json#/ids/*", "url"]
    assert identities(properties, data).unique[0].language == "de"


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        pytest.param(True, ("", ""), id="any entry"),
        pytest.param("authors", ("authors", ""), id="a collection"),
        pytest.param({"collection": "authors", "by": "name"}, ("authors", "name"), id="a property"),
        pytest.param({"by": "path"}, ("", "path"), id="a path"),
    ],
)
def test_names_of_entries_are_found(mark: Json, expected: tuple[str, str]) -> None:
    found = identities({"to": {"items": {"x-ref": mark}}}, {"to": ["a", "", 3, None, "{{ x }}"]}).references
    assert [(each.location.pointer, each.value) for each in found] == [("/to/0", "a"), ("/to/2", "3")]
    assert {(each.collection, each.by) for each in found} == {expected}


@pytest.mark.parametrize("keyword", ["x-unique", "x-ref"])
def test_false_is_no_mark(keyword: str) -> None:
    assert identities({"slug": {keyword: False}}, {"slug": "a"}) == Identities()


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        pytest.param("x-unique", "", "x-unique is empty. Use true, false, or a name ", id="an empty name"),
        pytest.param("x-unique", ["url"], "/properties/a/x-unique: ", id="a list"),
        pytest.param("x-uniq", True, "unknown keyword 'x-uniq'. Did you mean x-unique?", id="x-uniq"),
        pytest.param("x-unqiue", True, "Did you mean x-unique?", id="letters swapped"),
        pytest.param("x-ref", {"colection": "a"}, "Did you mean collection?", id="a misspelled key"),
        pytest.param("x-ref", {}, "not 0. Use true, false, a collection such as ", id="an empty object"),
        pytest.param("x-ref", {"by": ""}, "/properties/a/x-ref/by: ", id="an empty property"),
        pytest.param("x-ref", 3, "not the number 3. Use true, false, a collection such as ", id="a number"),
        pytest.param("x-unique", 3, "not the number 3. Use true, false, or a name ", id="a number that is no name"),
        pytest.param("x-reference", "a", "Did you mean x-ref?", id="x-reference"),
        pytest.param("x_ref", "a", "Did you mean x-ref?", id="an underscore"),
    ],
)
def test_a_mistake_is_a_usage_error_with_its_place(keyword: str, value: Json, message: str) -> None:
    with pytest.raises(UsageError, match=r"s\.json: /properties/a/") as error:
        identities({"a": {keyword: value}}, {})
    assert message in str(error.value)


@pytest.mark.parametrize("keyword", ["x-rel", "x-href", "x-order", "x-pref", "x-union"])
def test_keywords_of_other_programs_are_theirs(keyword: str) -> None:
    assert identities({"a": {keyword: 1}}, {"a": "b"}) == Identities()
