"""What is found in a schema before it is used."""

import pytest

from linkcheck.model import Json
from linkcheck.validate.schema_contents import SchemaContents, schema_contents


def contents(document: Json) -> SchemaContents:
    return schema_contents(document, "s.json")


@pytest.mark.parametrize(
    ("document", "alone"),
    [
        pytest.param({"$ref": "#"}, True, id="itself"),
        pytest.param({"$ref": "#/$defs/a"}, True, id="a pointer"),
        pytest.param({"$ref": "#a"}, False, id="an anchor"),
        pytest.param({"$ref": "part.json"}, False, id="a file"),
        pytest.param({"$ref": 1}, False, id="a number"),
        pytest.param({"allOf": [{"$ref": "part.json"}, {"$ref": "#"}]}, False, id="a file, then itself"),
        pytest.param({"allOf": [{"$ref": "#"}, {"$ref": "part.json"}]}, False, id="itself, then a file"),
        pytest.param({"$id": "https://a.example/s.json"}, True, id="the URI of the schema"),
        pytest.param({"not": {"$id": "https://a.example/s.json"}}, False, id="the URI of a part"),
        pytest.param({"not": {"id": "https://a.example/s.json"}}, False, id="the URI of a part, in an old dialect"),
        pytest.param({"properties": {"$id": {"type": "string"}, "$anchor": True}}, True, id="names of properties"),
        pytest.param({"dependencies": {"id": ["title"]}}, True, id="a name that requires others"),
        pytest.param({"x-ours": {"id": ["a"]}}, True, id="a custom keyword"),
        pytest.param({"$anchor": "a"}, False, id="an anchor is set"),
        pytest.param({"$dynamicRef": "#a"}, False, id="a dynamic reference"),
        pytest.param({"$dynamicAnchor": "a"}, False, id="a dynamic anchor"),
        pytest.param({"$recursiveRef": "#"}, False, id="a recursive reference"),
        pytest.param({"$recursiveAnchor": True}, False, id="a recursive anchor"),
    ],
)
def test_a_schema_is_alone_if_nothing_refers_elsewhere_or_moves_its_base(document: Json, alone: bool) -> None:  # noqa: FBT001
    assert contents(document).alone is alone


LINK: Json = {"role": "link"}


def test_links_fields_and_patterns_are_found_with_their_pointers_in_order() -> None:
    document: Json = {
        "properties": {
            "z": {"x-link": LINK, "pattern": "^z"},
            "a/b": {"items": [{"x-link": LINK}, {"x-article": {"role": "title"}, "pattern": "^a"}]},
            "pattern": {"type": "string"},
        },
        "x-article": {"role": "path"},
    }
    found = contents(document)
    assert found.annotations["x-link"] == (("/properties/a~1b/items/0/x-link", LINK), ("/properties/z/x-link", LINK))
    assert found.annotations["x-article"] == (
        ("/properties/a~1b/items/1/x-article", {"role": "title"}),
        ("/x-article", {"role": "path"}),
    )
    assert found.patterns == (("/properties/a~1b/items/1/pattern", "^a"), ("/properties/z/pattern", "^z"))


@pytest.mark.parametrize("keyword", ["enum", "const", "default", "examples", "required", "dependentRequired"])
def test_values_are_not_searched_for_links(keyword: str) -> None:
    assert contents({keyword: [{"x-link": LINK, "pattern": "^a", "$ref": "part.json"}]}) == contents({})


@pytest.mark.parametrize(
    "keyword", ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"]
)
def test_names_are_not_keywords(keyword: str) -> None:
    found = contents({keyword: {"x-link": LINK, "pattern": {"x-link": LINK}}})
    assert found.annotations["x-link"] == ((f"/{keyword}/pattern/x-link", LINK),)
