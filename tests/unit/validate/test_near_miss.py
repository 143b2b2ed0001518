import pytest

from linkcheck.model import Json
from linkcheck.validate.near_miss import find_near_misses
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


def misses(data: dict[str, Json]) -> list[tuple[str, str]]:
    site = compile_tree(SCHEMA, Inside(SCHEMA), "s.json")
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
        pytest.param({f"web{number:05}Url": "x" for number in range(5_000)}, id="very many"),
    ],
)
def test_no_wolf_is_cried(data: dict[str, Json]) -> None:
    assert misses(data) == []
