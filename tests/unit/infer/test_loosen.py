"""What articles break is taken from a schema."""

from linkcheck.infer import loosen
from linkcheck.model import Json


def test_a_keyword_is_removed_also_behind_a_reference() -> None:
    schema: dict[str, Json] = {
        "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"type": "string", "format": "uri"}},
        "$defs": {"a": {"items": {"format": "date"}}},
    }
    assert loosen(schema, ["/properties/b/format", "/properties/a/$ref/items/format"])
    assert schema == {
        "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"type": "string"}},
        "$defs": {"a": {"items": {}}},
    }


def test_a_pointer_that_leads_nowhere_removes_nothing() -> None:
    assert not loosen({"type": "object"}, ["/properties/b/format", "", "/x"])
