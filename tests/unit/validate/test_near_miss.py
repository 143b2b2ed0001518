import pytest

from linkcheck.model import Json
from linkcheck.validate.near_miss import find_near_misses, fits
from linkcheck.validate.references import Inside
from linkcheck.validate.schema_tree import compile_tree
from linkcheck.validate.unknown_properties import find_unknown_properties

SCHEMA: dict[str, Json] = {
    "properties": {
        "webUrl": {"type": "string"},
        "published": {"type": "boolean"},
        "images": {"type": "array", "items": {"properties": {"height": {"type": "integer"}}}},
        "strict": {"additionalProperties": False, "properties": {"colour": {}}},
        "names": {"properties": {"known": {}}, "additionalProperties": {"type": "string"}},
    },
    "patternProperties": {"^web_": {}},
    "anyOf": [{"properties": {"publishedDateTime": {"type": "string"}}}, {}],
}


def misses(data: dict[str, Json], schema: dict[str, Json] = SCHEMA) -> list[tuple[str, str]]:
    site = compile_tree(schema, Inside(schema), "s.json")
    return [(miss.pointer, miss.likely) for miss in find_near_misses(find_unknown_properties(data, site))]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"webURL": "x"}, [("/webURL", "webUrl")]),
        ({"webURL": "x", "webUrl": "y"}, [("/webURL", "webUrl")]),
        ({"publishDateTime": "x"}, [("/publishDateTime", "publishedDateTime")]),
        ({"images": [{}, {"heigth": 3}]}, [("/images/1/heigth", "height")]),
        ({"image": [{}]}, [("/image", "images")]),
        ({"publishes": True}, [("/publishes", "published")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_near_miss_is_found_with_the_likely_name(data: dict[str, Json], found: list[tuple[str, str]]) -> None:
    assert misses(data) == found


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"headline": "x", "date": "y"}, id="another word"),
        pytest.param({"publisher": "IT Pro"}, id="a value that would not fit"),
        pytest.param({"image": "/a.png"}, id="one image where a list is known"),
        pytest.param({"images": [], "image": []}, id="the likely one is there"),
        pytest.param({"web_url": "x"}, id="a pattern of the schema knows it"),
        pytest.param({"strict": {"color": 1}}, id="forbidden anyway"),
        pytest.param({"names": {"Known": "x"}}, id="names are free"),
        pytest.param({"x-webUrl": 1, "$webUrl": 1}, id="names of tools"),
        pytest.param({"x-webUrl": "x"}, id="a name of a tool, with a value that fits"),
        pytest.param({"$webUrl": "x"}, id="another name of a tool"),
        pytest.param({f"web{number:05}Url": "x" for number in range(5_000)}, id="very many"),
    ],
)
def test_no_wolf_is_cried(data: dict[str, Json]) -> None:
    assert misses(data) == []


@pytest.mark.parametrize("schema", [{"properties": {"published": known}} for known in (True, {}, {"type": "boolean"})])
def test_any_value_fits_a_property_without_a_type(schema: dict[str, Json]) -> None:
    assert misses({"publishes": True}, schema) == [("/publishes", "published")]


@pytest.mark.parametrize(
    ("value", "types"),
    [
        (None, {"string"}),
        (True, {"boolean"}),
        (3, {"integer"}),
        (3, {"number"}),
        (3.5, {"number", "string"}),
        ("x", {"string"}),
        (["x"], {"array"}),
        ({"x": 1}, {"object"}),
    ],
)
def test_a_value_fits_its_own_type(value: Json, types: set[str]) -> None:
    assert fits(value, frozenset(types)) is True
    assert fits(value, frozenset()) is True
    if value is not None:
        others = {"boolean", "integer", "number", "string", "array", "object", "null"} - types
        assert fits(value, frozenset(others - ({"integer", "number"} if types & {"integer", "number"} else set()))) is False
