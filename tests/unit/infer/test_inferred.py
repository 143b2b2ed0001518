"""What is inferred besides the schema: the links and their numbers, and what is nearly true of the articles."""

from collections.abc import Mapping
from typing import Any

import pytest

from linkcheck.infer import infer, infer_from, shape_of
from linkcheck.infer.schema import Linked, Unmarked
from linkcheck.model import Json, Role

A, B = "https://a.example/a", "https://a.example/b"


@pytest.mark.parametrize(("count", "articles"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles")])
def test_a_schema_starts_with_where_it_comes_from(count: int, articles: str) -> None:
    found = infer([{"$schema": "x", "a": None}] * count, name="posts")
    properties: dict[str, Json] = {"properties": {"a": {}}} if count else {}
    assert found.schema == {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Front matter of posts",
        "description": f"Inferred by `linkcheck init` from {articles}; edit freely.",
        **({"type": "object"} if count else {}),
        **properties,
    }
    assert [*found.schema][:3] == ["$schema", "title", "description"]
    assert (found.articles, found.links, found.notes, found.lacking, found.unmarked, found.deviations) == (count, *[()] * 5)


def test_the_links_are_listed_with_their_numbers() -> None:
    articles: list[dict[str, Json]] = [
        {"webUrl": A, "images": [{"url": "/a.png"}, {"url": "b.png"}], "related": {"x": A}, "empty": ""},
        {"webUrl": "", "images": [], "related": {"x": "b"}},
    ]
    assert infer(articles, name="test").links == (
        Linked("webUrl", Role.CANONICAL, 1, 0, ("webUrl",), has_folders=True),
        Linked("images[].url", Role.IMAGE, 2, 0, ("images", "[]", "url"), has_folders=True),
    )


def test_only_the_urls_are_counted_where_other_texts_are_names() -> None:
    items: list[Json] = [*[A] * 5, *["a name"] * 10, *[""] * 3]
    found = infer([{"items": [item]} for item in items], name="test")
    assert found.links == (Linked("items[]", Role.LINK, 5, 0, ("items", "[]"), absolute_only=True),)
    assert found.notes == ("`items[]` is a URL in 5 of 15 places and other text elsewhere; only the URLs are links",)
    assert found.schema["properties"] == {
        "items": {"type": "array", "items": {"type": "string", "x-link": {"role": "link", "absolute-only": True}}}
    }


def test_urls_in_another_form_are_listed_as_unmarked() -> None:
    note = "`by.resource` contains Markdown links in 3 of 4 places, so it is not marked as a link"
    found = infer([{"by": {"resource": text}} for text in (*[f"[text]({A})"] * 3, "none", "")], name="test")
    assert (found.unmarked, found.notes, found.links) == ((Unmarked("by.resource", ("by", "resource"), note),), (note,), ())


@pytest.mark.parametrize(
    ("count", "lacking", "is_noted"),
    [
        pytest.param(20, 1, False, id="1 of 20"),
        pytest.param(21, 1, True, id="1 of 21"),
        pytest.param(40, 2, False, id="2 of 40"),
        pytest.param(41, 2, True, id="2 of 41"),
        pytest.param(41, 0, False, id="none"),
    ],
)
def test_what_few_articles_lack_is_noted(count: int, lacking: int, is_noted: bool) -> None:  # noqa: FBT001
    whole: dict[str, Json] = {"a": 1, "b": 1}
    articles: list[dict[str, Json]] = [whole if number < count - lacking else {"a": 1} for number in range(count)]
    found = infer(articles, name="test")
    assert found.lacking == (("b",) if is_noted else ())
    note = f"`b` is missing from {lacking} of {count} articles, so it is not required"
    assert found.notes == ((note,) if is_noted else ())


def test_notes_on_articles_come_before_notes_on_values() -> None:
    articles: list[dict[str, Json]] = [{"items": text, "b": 1} for text in [A] * 20 + ["none"] * 20]
    del articles[0]["b"]
    assert infer([*articles, {"items": A}], name="test").notes == (
        "`b` is missing from 2 of 41 articles, so it is not required",
        "`items` is a URL in 21 of 41 places and other text elsewhere; only the URLs are links",
    )


@pytest.mark.parametrize(("urls", "others", "is_noted"), [(1, 1, False), (2, 1, True), (2, 2, False), (2, 0, False)])
def test_texts_of_which_more_than_half_are_urls_are_noted(urls: int, others: int, is_noted: bool) -> None:  # noqa: FBT001
    found = infer([{"via": text} for text in (*[A] * urls, *["none"] * others, "")], name="test")
    note = f"`via` is a URL in {urls} of {urls + others} places and other text elsewhere, so it is not marked as a link"
    assert found.notes == ((note,) if is_noted else ())


def properties_of(*articles: Mapping[str, Any]) -> Json:
    return infer(articles, name="test").schema["properties"]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        pytest.param([{"a": ""}] * 60, {}, id="always empty"),
        pytest.param([{"a": ["x"]}] * 9, {"items": {"minLength": 1}}, id="text in 9 articles"),
        pytest.param([{"a": "x"}] * 10, {"type": "string", "minLength": 1}, id="text in 10"),
        pytest.param(
            [{"a": ["x", "", "y"]}] * 10, {"type": "array", "items": {"type": "string"}}, id="items empty at times"
        ),
        pytest.param(
            [{"a": [1, None]}] * 10, {"type": "array", "items": {"type": ["integer", "null"]}}, id="items of two types"
        ),
        pytest.param(
            [{"a": {"b": 1}}] * 10, {"type": "object", "properties": {"b": {"type": ["integer", "null"]}}}, id="object"
        ),
        pytest.param(
            [{"a": {"b": 1}}] * 20,
            {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}},
            id="objects",
        ),
        pytest.param(
            [{"a": {"b": 1}}] * 20 + [{"a": None}],
            {"type": ["object", "null"], "required": ["b"], "properties": {"b": {"type": "integer"}}},
            id="objects and nothing",
        ),
        pytest.param(
            [{"a": {"b": 1, "c": 1}}] * 19 + [{"a": {"b": 1}}],
            {
                "type": "object",
                "required": ["b"],
                "properties": {"b": {"type": "integer"}, "c": {"type": ["integer", "null"]}},
            },
            id="objects of which half of the properties are the same",
        ),
        pytest.param(
            [{"a": {"b": 1, "c": 1}}] * 10 + [{"a": {"b": 1, "d": 1}}] * 10,
            {"type": "object", "properties": {name: {"type": ["integer", "null"]} for name in "bcd"}},
            id="objects of which a third of the properties are the same",
        ),
        pytest.param(
            [{"a": {"b": 1}}] * 20 + [{"a": "x"}],
            {"type": ["object", "string"], "minLength": 1, "properties": {"b": {"type": ["integer", "null"]}}},
            id="objects and a text",
        ),
        pytest.param([{"a": "1.0"}] * 10, {"type": ["string", "number"], "minLength": 1}, id="numbers as texts"),
        pytest.param([{"a": "1.0"}] * 10 + [{"a": 1}], {"type": ["string", "number"], "minLength": 1}, id="and a number"),
        pytest.param([{"a": 1}] * 10 + [{"a": 1.5}, {"a": None}], {"type": ["number", "null"]}, id="numbers and nothing"),
        pytest.param(
            [{"tags": ["x"]}] * 10, {"type": ["array", "string"], "items": {"type": "string", "minLength": 1}}, id="tags"
        ),
        pytest.param([{"a": ["x"]}] * 10, {"type": "array", "items": {"type": "string", "minLength": 1}}, id="other lists"),
        pytest.param(
            [{"prev": A}] * 10, {"type": ["string", "boolean", "null"], "x-link": {"role": "link"}}, id="an option"
        ),
        pytest.param([{"link": A}], {"type": ["string", "null"], "x-link": {"role": "link"}}, id="a link of one article"),
        pytest.param([{"link": A}] * 19, {"type": "string", "minLength": 1, "x-link": {"role": "link"}}, id="few URLs"),
        pytest.param([{"link": A}] * 20, {"type": "string", "format": "uri", "x-link": {"role": "link"}}, id="URLs"),
        pytest.param(
            [{"link": A}] * 19 + [{"link": "/b"}],
            {"type": "string", "format": "uri-reference", "x-link": {"role": "link"}},
            id="URLs and a path",
        ),
        pytest.param([{"link": "/b"}] * 20, {"type": "string", "minLength": 1, "x-link": {"role": "link"}}, id="paths"),
        pytest.param(
            [{"link": A}] * 19 + [{"link": "/é"}],
            {"type": "string", "minLength": 1, "x-link": {"role": "link"}},
            id="an odd path",
        ),
        pytest.param([{"width": 2}] * 10, {"type": "integer", "minimum": 1}, id="a width"),
        pytest.param([{"height": 2.5}] * 10, {"type": "number"}, id="a height with a fraction"),
        pytest.param([{"time": "PT1M"}] * 19, {"type": "string", "minLength": 1}, id="few durations"),
        pytest.param([{"time": "PT1M"}] * 20, {"type": "string", "format": "duration"}, id="durations"),
        pytest.param(
            [{"by": "a@b.example"}] * 20 + [{"by": "x"}], {"type": "string", "minLength": 1}, id="e-mail and a name"
        ),
        pytest.param(
            [{"a": text} for text in "xy" * 25] + [{"b": 1}],
            {"type": ["string", "null"], "enum": ["x", "y", None]},
            id="choices",
        ),
        pytest.param(
            [{"a": text} for text in "xy" * 25] + [{"a": None}],
            {"type": ["string", "null"], "enum": ["x", "y", None]},
            id="choices and nothing",
        ),
    ],
)
def test_a_property_has_exactly_this_schema(articles: list[dict[str, Json]], expected: Json) -> None:
    found = properties_of(*articles)
    assert isinstance(found, dict)
    assert next(iter(found.values())) == expected


@pytest.mark.parametrize(
    ("texts", "is_enumeration"),
    [
        pytest.param(["a", "b"] * 25, True, id="50 articles"),
        pytest.param(["a", "b"] * 24 + ["a"], False, id="49 articles"),
        pytest.param(["a"] * 45 + ["b"] * 5, True, id="5 of the rarest"),
        pytest.param([*"abcdefghij"] * 5, True, id="10 choices"),
        pytest.param([*"abcdefghijk"] * 5, False, id="11 choices"),
        pytest.param(["a", "b\nc"] * 25, False, id="several lines"),
        pytest.param(["a", " "] * 25, False, id="spaces"),
        pytest.param(["a", "2024-03-01"] * 25, False, id="a date"),
        pytest.param(["a", "/a"] * 25, False, id="a path"),
        pytest.param(["a", 1] * 50, False, id="numbers"),
    ],
)
def test_few_texts_that_are_repeated_are_choices(texts: list[Json], is_enumeration: bool) -> None:  # noqa: FBT001
    properties = properties_of(*({"kind": text} for text in texts))
    assert ("enum" in repr(properties)) is is_enumeration


@pytest.mark.parametrize(
    "name",
    [
        *("tag", "topics", "categories", "keyword", "subtitle", "nickname", "authors", "excerpt", "parent", "description"),
        *("summary", "label", "slug", "property", "layout", "template", "component", "domain", "ghost", "lang", "locale"),
        *("country", "city", "location", "version", "icon", "color", "MyLabel"),
    ],
)
def test_names_of_properties_with_any_value(name: str) -> None:
    assert "enum" not in repr(properties_of(*({name: text} for text in "xy" * 30)))
    assert "enum" not in repr(properties_of(*({"by": {name: [text]}} for text in "xy" * 30)))
    assert "enum" in repr(properties_of(*({name: {"kind": text}} for text in "xy" * 30)))


@pytest.mark.parametrize(
    ("value", "has_pattern"),
    [
        pytest.param({"date": "2024-03-01"}, True, id="a date"),
        pytest.param({"date": ["2024-03-01"]}, True, id="a list of dates"),
        pytest.param({"date": {"x": "2024-03-01"}}, True, id="in an object"),
        pytest.param({"date": {"x": ["2024-03-01"]}}, False, id="in a list in an object"),
        pytest.param({"date": {"x": {"y": "2024-03-01"}}}, False, id="in an object in an object"),
    ],
)
def test_a_date_is_named_by_its_property_or_the_one_around_it(value: Mapping[str, Json], has_pattern: bool) -> None:  # noqa: FBT001
    assert ("pattern" in repr(properties_of(*[value] * 19))) is has_pattern


@pytest.mark.parametrize("name", ["outline", "sidebar", "aside", "toc", "prev", "next", "TOC"])
def test_names_of_options(name: str) -> None:
    assert properties_of(*[{name: "x"}] * 60) == {name: {}}
    assert "type" in repr(properties_of(*[{"by": {name: "x"}}] * 60))


def test_an_amp_url_names_the_urls_it_belongs_to() -> None:
    cache = "https://a-example.cdn.ampproject.org/c/s/a.example/amp"
    found = properties_of({"webUrl": A, "ampWebUrl": f"{A}/amp", "ampCacheUrl": cache})
    assert isinstance(found, dict)
    assert {name: property_["x-link"] for name, property_ in found.items() if isinstance(property_, dict)} == {
        "webUrl": {"role": "canonical"},
        "ampWebUrl": {"role": "amp", "of": "webUrl"},
        "ampCacheUrl": {"role": "amp-cache", "of": "ampWebUrl"},
    }


@pytest.mark.parametrize(
    ("article", "sizes"),
    [
        ({"image": "/a.png", "width": 1, "height": 2}, {"width": "width", "height": "height"}),
        ({"image": "/a.png", "imageWidth": 1, "width": 3}, {"width": "imageWidth"}),
        ({"imageUrl": "/a.png", "imageHeight": 1, "height": 3}, {"height": "imageHeight"}),
        ({"imageUrl": "/a.png", "imageUrlHeight": 1}, {"height": "imageUrlHeight"}),
        ({"image": "/a.png", "coverWidth": 1}, {}),
        ({"image": "/a.png", "width": None, "height": ""}, {}),
        ({"image": ["/a.png"], "width": 1}, None),
    ],
)
def test_the_properties_with_the_size_of_an_image(article: dict[str, Json], sizes: dict[str, str] | None) -> None:
    found = properties_of(article)
    assert isinstance(found, dict)
    first = next(iter(found.values()))
    assert isinstance(first, dict)
    items = first.get("items", first)
    assert isinstance(items, dict)
    assert items["x-link"] == {"role": "image", **(sizes or {})}


@pytest.mark.parametrize(
    ("one", "other", "are_shared"),
    [
        pytest.param({"a": 1, "b": 1}, {"a": 1}, True, id="half of the names"),
        pytest.param({"a": 1, "b": 1, "c": 1}, {"a": 1}, False, id="a third"),
        pytest.param([{"a": 1}], [{"a": 1}], True, id="lists"),
        pytest.param([{"a": 1}], {"a": 1}, False, id="a list and an object"),
        pytest.param([[{"a": 1}]], [[{"a": 1}]], False, id="lists of lists"),
        pytest.param("x", "x", False, id="texts"),
        pytest.param({}, {}, False, id="empty objects"),
    ],
)
@pytest.mark.parametrize("around", ["x", "~/"])
def test_similar_objects_of_one_name_are_described_once(one: Json, other: Json, are_shared: bool, around: str) -> None:  # noqa: FBT001
    name = f"meta{around}"
    found = infer_from(shape_of([{name: one, "y": {name: other}}]), name="test").schema
    assert ([*found.get("definitions", {})] == [name]) is are_shared  # type: ignore[misc]
    escaped = name.replace("~", "~0").replace("/", "~1")
    assert (f"#/definitions/{escaped}" in repr(found["properties"])) is are_shared


def test_definitions_are_sorted_and_may_contain_themselves() -> None:
    node: Json = {"title": "t", "node": {"title": "t"}}
    found = infer([{"node": node, "also": {"title": "t"}, "x": {"also": {"title": "t"}}}], name="test").schema
    assert found["definitions"] == {
        "also": {"properties": {"title": {}}},
        "node": {"type": ["object", "null"], "properties": {"title": {}, "node": {"$ref": "#/definitions/node"}}},
    }
    assert repr(found["definitions"]).startswith("{'also'")
