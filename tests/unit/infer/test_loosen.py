"""What articles break is taken from a schema."""

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
