"""What articles break is taken from a schema."""

import pytest

from linkcheck.infer import loosen
from linkcheck.model import Json


def test_a_keyword_is_removed_also_behind_a_reference() -> None:
    schema: dict[str, Json] = {
        "properties": {"a": {"$ref": "#/definitions/a"}, "b": {"type": "string", "minLength": 1}},
        "definitions": {"a": {"items": {"minimum": 1}}},
    }
    assert loosen(schema, ["/properties/b/minLength", "/properties/a/$ref/items/minimum"])
    assert schema == {
        "properties": {"a": {"$ref": "#/definitions/a"}, "b": {"type": "string"}},
        "definitions": {"a": {"items": {}}},
    }


def test_formats_and_patterns_stay_because_the_few_values_without_them_are_mistakes() -> None:
    schema: dict[str, Json] = {"properties": {"a": {"format": "uri"}, "b": {"pattern": "^a$"}}}
    assert not loosen(schema, ["/properties/a/format", "/properties/b/pattern"])
    assert schema == {"properties": {"a": {"format": "uri"}, "b": {"pattern": "^a$"}}}


def test_a_pointer_that_leads_nowhere_removes_nothing() -> None:
    assert not loosen({"type": "object"}, ["/properties/b/format", "", "/x"])


@pytest.mark.parametrize("keyword", ["format", "pattern", "anyOf"])
def test_what_describes_nearly_all_values_is_kept(keyword: str) -> None:
    assert not loosen({"items": {keyword: "x"}}, [f"/items/{keyword}"])


def test_a_keyword_is_removed_from_one_of_several_schemas() -> None:
    schema: dict[str, Json] = {"anyOf": [{"minimum": 1}, {"minimum": 2}]}
    assert loosen(schema, ["/anyOf/1/minimum"])
    assert schema == {"anyOf": [{"minimum": 1}, {}]}


@pytest.mark.parametrize(
    "pointer",
    ["/anyOf/1/minimum", "/anyOf/x/minimum", "/anyOf/0/minimum/x", "/anyOf/0/minimum/0/y", "/a/$ref/x", "/anyOf/$ref/x"],
)
def test_a_pointer_past_the_end_removes_nothing(pointer: str) -> None:
    assert not loosen({"anyOf": [{"minimum": 1}], "a": {"$ref": 5}}, [pointer])
