"""What a schema says that was inferred from articles."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from linkcheck.infer import infer, infer_from, shape_of
from linkcheck.model import Json


def inferred(*articles: Mapping[str, Json], times: int = 1) -> dict[str, Json]:
    return infer(articles * times, name="test").schema


def property_of(schema: Json, *names: str) -> Json:
    for name in names:
        assert isinstance(schema, dict)
        schema = schema[name]
    return schema


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([1, 2], {"type": "integer"}, id="whole numbers"),
        pytest.param([1, 2.5], {"type": "number"}, id="numbers"),
        pytest.param([True, False], {"type": "boolean"}, id="truth values"),
        pytest.param([None, None], {}, id="always nothing"),
        pytest.param(["a", None], {"type": ["string", "null"], "minLength": 1}, id="nothing at times"),
        pytest.param(["a", 1], {"type": ["string", "integer"], "minLength": 1}, id="two types"),
        pytest.param(["Some text", ""], {"type": ["string", "null"]}, id="text, empty at times"),
        pytest.param(["2021-06-18T10:57:00Z", "soon"], {"type": "string", "minLength": 1}, id="date-time at times"),
        pytest.param(["2021-06-18 10:57", "2021-06-18"], {"type": "string", "minLength": 1}, id="dates in another property"),
        pytest.param(["PT2H3M"], {"type": "string", "format": "duration"}, id="duration"),
        pytest.param(["me@a.example"], {"type": "string", "format": "email"}, id="email"),
        pytest.param([["a"], []], {"type": "array", "items": {"type": "string", "minLength": 1}}, id="list"),
        pytest.param([[]], {"type": "array"}, id="empty lists"),
        pytest.param(["new", "old"] * 25, {"type": "string", "enum": ["new", "old"]}, id="an enumeration"),
        pytest.param(["new"] * 46 + ["old"] * 4, {"type": "string", "minLength": 1}, id="a rare value"),
        pytest.param(["new"] * 50, {"type": "string", "minLength": 1}, id="always the same"),
    ],
)
def test_a_property_is_described_by_its_values(values: list[Json], expected: Json) -> None:
    schema = infer(({"kind": value} for value in (values if len(values) > 3 else values * 20)), name="test").schema
    assert property_of(schema, "properties", "kind") == expected


@pytest.mark.parametrize(
    ("names", "is_enumeration"),
    [
        pytest.param(set(), True, id="none"),
        pytest.param({"thesea"}, True, id="half of them"),
        pytest.param({"thesea", "harbors"}, False, id="all"),
    ],
)
def test_a_property_that_mostly_names_articles_is_no_enumeration(names: set[str], is_enumeration: bool) -> None:  # noqa: FBT001
    articles: list[dict[str, Json]] = [{"section": text} for text in ["The Sea", "Harbors"] * 25]
    found = infer_from(shape_of(articles), name="test", names=names)
    schema = property_of(found.schema, "properties", "section")
    assert isinstance(schema, dict)
    assert ("enum" in schema) is is_enumeration


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        pytest.param("deep", {}, id="a word"),
        pytest.param(False, {}, id="a switch"),
        pytest.param([2, 3], {"items": {"type": "integer"}}, id="a list"),
        pytest.param("/next/", {"type": ["string", "boolean", "null"], "x-link": {"role": "link"}}, id="a link"),
    ],
)
def test_an_option_of_a_generator_can_have_values_of_another_type(value: Json, schema: dict[str, Json]) -> None:
    articles: list[dict[str, Json]] = [{"next": value, "title": "T"} for _ in range(60)]
    found = infer_from(shape_of([*articles, {"title": "T"}]), name="test", page_fields={("next",)})
    assert property_of(found.schema, "properties", "next") == schema


def test_an_option_is_not_required() -> None:
    assert inferred(*[{"outline": "deep", "title": "T"}] * 30)["required"] == ["title"]


def test_an_option_is_no_enumeration() -> None:
    assert property_of(inferred(*({"aside": text} for text in ["left", "right"] * 40)), "properties", "aside") == {}


def test_tags_are_no_enumeration_however_few_there_are() -> None:
    schema = inferred({"tags": ["a", "b"]}, times=30)
    assert property_of(schema, "properties", "tags", "items") == {"type": "string", "minLength": 1}


def test_only_what_all_of_ten_articles_have_is_required() -> None:
    assert inferred({"a": 1}, {"a": 1, "b": 1}, times=5)["required"] == ["a"]
    assert "required" not in inferred({"a": 1}, times=9)


ARTICLES: list[Mapping[str, Json]] = [{"title": f"Article {number}"} for number in range(30)]


@pytest.mark.parametrize(
    ("values", "next_one"),
    [
        pytest.param([{"image": "https://a.example/a.png"}], {"image": "/img/b.png"}, id="one URL of an image, then a path"),
        pytest.param([{"more": "https://a.example/a"}] * 15, {"more": "/a/"}, id="few URLs, then a path"),
        pytest.param([{"date": "2024-03-01"}] * 15, {"date": "2024-03-01T10:00:00Z"}, id="few dates, then a time"),
        pytest.param([{"span": "2024-03-01"}] * 15, {"span": "soon"}, id="few dates, then a text"),
        pytest.param([{"contact": "me@a.example"}], {"contact": "https://a.example/me"}, id="one address, then a URL"),
        pytest.param([{"version": 1}] * 3, {"version": "1.0.1"}, id="few numbers, then a text"),
        pytest.param([{"version": "1.0.1"}] * 30, {"version": 1.1}, id="versions, then a number"),
        pytest.param([{"tags": ["a", "b"]}] * 30, {"tags": "a"}, id="tags, then a single one"),
        pytest.param(
            [{"layout": name} for name in ("post", "page") * 40], {"layout": "home"}, id="layouts, then another one"
        ),
        pytest.param([{"kind": name} for name in ("new", "old") * 24], {"kind": "odd"}, id="few choices, then another one"),
        pytest.param([{"kind": name} for name in ("new", "old") * 30], {"kind": None}, id="choices, then nothing"),
        pytest.param([{"kinds": ["new", "old"] * 50}] * 2, {"kinds": ["odd"]}, id="many choices in few articles"),
        pytest.param([{"deck": "About it"}] * 29, {"deck": None}, id="a property that is empty"),
        pytest.param([{"deck": None}] * 29, {"deck": "About it"}, id="a property that was always empty"),
        pytest.param([{"deck": ""}] * 29, {"deck": ["About", "it"]}, id="a property that was always an empty text"),
        pytest.param([{"by": {"name": "A", "at": "X"}}] * 19, {"by": {"name": "A"}}, id="few objects, then a smaller one"),
        pytest.param(
            [{"steps": [{"name": "A", "at": "X"}] * 30}] * 3, {"steps": [{"name": "A"}]}, id="many objects in few articles"
        ),
        pytest.param(
            [{"head": [["meta", {"name": "a", "content": "b"}]]}, {"head": [["meta", {"property": "a", "content": "b"}]]}]
            * 30,
            {"head": [["link", {"rel": "me", "href": "https://a.example/"}]]},
            id="objects of several kinds",
        ),
    ],
)
def test_the_next_article_can_differ(values: list[Mapping[str, Json]], next_one: Mapping[str, Json]) -> None:
    articles = [{**article, **value} for article, value in zip(ARTICLES * 3, values, strict=False)] + ARTICLES
    assert [
        error.message
        for error in Draft7Validator(infer(articles, name="test").schema).iter_errors({**next_one, "title": "X"})
    ] == []


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        pytest.param(
            [{"image": "https://a.example/a.png"}], {"image": ["/img/b.png"]}, id="links that would not be checked"
        ),
        pytest.param([{"by": {"url": "https://a.example/"}}], {"by": [{"url": "https://a.example/"}]}, id="links below"),
        pytest.param([{"kind": name} for name in ("new", "old") * 25], {"kind": "nwe"}, id="another choice"),
        pytest.param([{"draft": True}] * 10, {"draft": "no"}, id="another type"),
        pytest.param([{"by": {"name": "A", "at": "X"}}] * 20, {"by": {"at": "X"}}, id="an incomplete object"),
        pytest.param([{"date": "2024-03-01"}] * 10, {"date": "soon"}, id="a text among dates"),
    ],
)
def test_many_values_tell_mistakes(values: list[Mapping[str, Json]], wrong: Mapping[str, Json]) -> None:
    articles = [{**article, **value} for article, value in zip(ARTICLES * 3, values, strict=False)] + ARTICLES
    validator = Draft7Validator(infer(articles, name="test").schema)
    assert [error.absolute_path[0] for error in validator.iter_errors({**wrong, "title": "X"})] == [*wrong]


def test_a_property_that_is_empty_at_times_is_not_required() -> None:
    assert "required" not in inferred({"a": "x"}, {"a": ""}, times=10)


@pytest.mark.parametrize(
    ("dates", "accepted", "refused"),
    [
        pytest.param(["2024-03-01 10:00:00 +0100"], ["2024-03-01", "2024-03-01 10:00"], ["soon", "01.03.2024"], id="Jekyll"),
        pytest.param(["2024-03-01 10:00:00", "2024-03-01"], ["2024-03-01T10:00:00Z"], ["2024-03-01 or so"], id="Hexo"),
        pytest.param(["2024-03-01", "2024-03-01T10:00:00Z"], ["2024-03-02"], ["March 1, 2024"], id="date and date-time"),
        pytest.param(["2024-03-01T10:00:00Z"], ["2024-03-01", "2024-03-01 10:00"], ["soon", "2024"], id="date-time"),
        pytest.param(["2024-03-01 10:00"], ["2024-03-01", "2024-03-01T10:00:00Z"], ["soon", "10:00"], id="without seconds"),
        pytest.param(["2024-03-01"], ["2024-03-02T10:00:00Z", "2024-03-02 10:00"], ["soon", "March 1, 2024"], id="date"),
        pytest.param(["2024-03-01", ""], ["2024-03-02T10:00:00Z", ""], ["soon"], id="date, empty at times"),
        pytest.param(["31.12.2024"], ["1.2.2024"], ["2024-12-31"], id="day first"),
        pytest.param(["Jan 2, 2024"], ["March 31, 2025"], ["2024-12-31"], id="names of months"),
        pytest.param(["2. Januar 2024", "1er mars 2024"], ["3 de mayo de 2024"], ["soon"], id="other languages"),
        pytest.param(["2024/03/01", "2024年3月1日", ""], ["2024/12/31", ""], ["2024-12-31"], id="two notations, or none"),
    ],
)
@pytest.mark.parametrize("times", [10, 30], ids=["in few articles", "in many"])
def test_dates_have_a_pattern(dates: list[str], accepted: list[str], refused: list[str], times: int) -> None:
    schema = infer([{"date": date} for date in dates * times], name="test").schema
    assert property_of(schema, "properties", "date", "description")
    validator = Draft7Validator(schema)
    assert [date for date in [*dates, *accepted] if not validator.is_valid({"date": date})] == []
    assert [date for date in refused if validator.is_valid({"date": date})] == []


@pytest.mark.parametrize("date", ["2024-03-01", "2024-03-01T10:00:00Z"])
def test_dates_in_a_property_of_another_name_have_a_pattern_if_all_are_dates(date: str) -> None:
    schema = infer([{"season": date}] * 20, name="test").schema
    assert property_of(schema, "properties", "season", "description") == (
        "Dates are written as 2024-03-01 or 2024-03-01T10:00:00Z."
    )
    assert "pattern" not in repr(infer([*[{"season": date}] * 20, {"season": "soon"}], name="test").schema)


def test_an_impossible_date_does_not_change_what_dates_must_look_like() -> None:
    dates = [*["2024-03-01"] * 19, "2024-06-31"]
    schema = infer([{"date": date} for date in dates], name="test").schema
    assert property_of(schema, "properties", "date", "pattern")


def test_the_schema_declares_draft_07() -> None:
    assert inferred({"a": 1})["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_objects_that_look_alike_are_described_once() -> None:
    image: Json = [{"url": "https://a.example/a.png", "width": 1, "height": 2}]
    schema = inferred({"images": image, "provider": {"images": image}})
    assert property_of(schema, "properties", "images") == {"$ref": "#/definitions/images"}
    assert property_of(schema, "properties", "provider", "properties", "images") == {"$ref": "#/definitions/images"}
    assert property_of(schema, "definitions", "images", "items", "properties", "url", "x-link") == {
        "role": "image",
        "width": "width",
        "height": "height",
    }


@pytest.mark.parametrize(
    ("heights", "sizes"),
    [
        pytest.param([300, 200], {"height": "height"}, id="numbers"),
        pytest.param(["300", 200], {"height": "height"}, id="numbers in texts"),
        pytest.param([*[300] * 9, "12em"], {"height": "height"}, id="nearly always numbers"),
        pytest.param([300, "12em"], {}, id="lengths among numbers"),
        pytest.param(["12em", "100%"], {}, id="lengths"),
    ],
)
def test_the_size_of_an_image_is_in_pixels(heights: list[Json], sizes: dict[str, Json]) -> None:
    schema = inferred(*({"image": "/a.png", "height": height} for height in heights))
    assert property_of(schema, "properties", "image", "x-link") == {"role": "image", **sizes}


@pytest.mark.parametrize(
    ("widths", "minimum"),
    [
        pytest.param([0, 640], None, id="none first"),
        pytest.param([640, 0], None, id="none last"),
        pytest.param([1, 640], 1, id="one pixel"),
        pytest.param([-1], None, id="less than none"),
    ],
)
def test_sizes_of_images_are_at_least_one_pixel_if_all_are(widths: list[int], minimum: int | None) -> None:
    expected: Json = {} if minimum is None else {"minimum": minimum}
    assert property_of(inferred(*({"width": width} for width in widths)), "properties", "width") == expected
    merged = shape_of([])
    for width in widths:
        merged.merge(shape_of([{"width": width}]))
    assert property_of(infer_from(merged, name="test").schema, "properties", "width") == expected


def test_objects_of_one_name_that_differ_are_described_apart() -> None:
    schema = inferred({"meta": {"a": 1}, "x": {"meta": {"b": 1}}})
    assert "definitions" not in schema


def test_a_list_of_articles_within_an_article_has_links_of_its_own() -> None:
    related: Json = [{"webUrl": "https://a.example/1", "ampWebUrl": "https://a.example/1/amp"}]
    schema = inferred({"webUrl": "https://a.example/", "related": related})
    assert property_of(schema, "properties", "related", "items", "properties", "ampWebUrl", "x-link") == {
        "role": "amp",
        "of": "webUrl",
    }


def test_keys_that_are_data_make_a_table() -> None:
    schema = inferred({"ratings": {f"reader {number}": number for number in range(200)}}, times=10)
    assert property_of(schema, "properties", "ratings", "additionalProperties") == {"type": ["integer", "null"]}


def test_what_is_nearly_true_is_noted() -> None:
    articles: list[Mapping[str, Json]] = [{"title": "t", "webUrl": "https://a.example/"}] * 39
    notes = infer([*articles, {"title": "t"}], name="test").notes
    assert notes == ("`webUrl` is missing from 1 of 40 articles, so it is not required",)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.sampled_from(
        [
            "https://a.example/",
            "31.12.2024",
            "Jan 2, 2024",
            "2021-06-18 10:57",
            "",
            "/a.png",
            "2021-06-18T10:57:00Z",
            "2021-06-18",
            "PT1M",
            "P1D",
            "a@b.example",
        ]
    ),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text("ab/~$", max_size=2), below, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)  # the machine is shared
@given(st.lists(st.dictionaries(st.sampled_from(["a", "date", "url", "images", "$ref", "~/"]), values), max_size=8))
def test_a_schema_accepts_all_it_was_inferred_from_in_both_dialects(articles: list[dict[str, Json]]) -> None:
    schema = infer(articles, name="test").schema
    for dialect in (Draft202012Validator, Draft7Validator):
        plain = {name: value for name, value in schema.items() if name != "$schema"}
        dialect.check_schema(plain)
        validator = dialect(plain)
        assert [error.message for article in articles for error in validator.iter_errors(article)] == []


@pytest.mark.parametrize(("map_in", "path"), [("", ("additionalProperties",)), ("all", ("properties", "all"))])
def test_a_map_has_a_schema_for_all_its_entries(map_in: str, path: tuple[str, ...]) -> None:
    """The names of entries are data, and so are not those of properties."""
    entries: dict[str, Json] = {f"a{n}": {"url": f"https://a.example/{n}", "slug": "/a"} for n in range(20)}
    data: dict[str, Json] = {"$schema": "https://s.example", **(entries if map_in == "" else {map_in: entries})}
    schema = infer_from(shape_of([data], map_in=map_in), name="test").schema
    wanted: Json = {
        "type": ["object", "null"],
        "required": ["url", "slug"],
        "properties": {
            "url": {"type": "string", "format": "uri", "x-link": {"role": "link"}},
            "slug": {"type": "string", "minLength": 1},
        },
    }
    below = schema if map_in == "" else property_of(schema, *path)
    assert property_of(below, "additionalProperties") == wanted
