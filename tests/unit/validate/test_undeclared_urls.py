"""URLs in properties that the schema does not describe."""

import pytest

from linkcheck.model import Json
from linkcheck.validate.references import Inside
from linkcheck.validate.schema_tree import compile_tree
from linkcheck.validate.undeclared_urls import find_undeclared_urls
from linkcheck.validate.unknown_properties import find_unknown_properties

URL = "https://a.example/"
SCHEMA: dict[str, Json] = {
    "properties": {
        "link": {"type": "string"},
        "people": {"items": {"properties": {"name": {}}}},
        "strict": {"additionalProperties": False, "properties": {"color": {}}},
        "names": {"properties": {"known": {}}, "additionalProperties": {"type": "string"}},
        "whole": {"type": "object"},
        "list": {"type": "array"},
    },
    "patternProperties": {"^web_": {}},
}


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param({"video": URL, "title": "T"}, ["/video"], id="a property of the article"),
        pytest.param(
            {"people": [{"name": "A"}, {"name": "B", "home/page": URL}]}, ["/people/1/home~1page"], id="of an item"
        ),
        pytest.param({"more": [{"a": [URL]}]}, ["/more"], id="deep in an unknown property"),
        pytest.param(
            {"a": "/x/a.png", "b": "./b.JPG", "c": "../c.webp", "d": "/a", "e": "a.png", "f": "/two words.png"},
            ["/a", "/b", "/c"],
            id="a picture",
        ),
        pytest.param(
            {"a": "img/a.jpg", "b": "/a/b.jpg?v=2", "c": "x/y/c.SVG#i", "d": "{static}/d.png", "e": "e.png?v=2", "f": "f/g"},
            ["/a", "/b", "/c", "/d"],
            id="a picture in a folder, with a query, a fragment, or in a notation of Pelican",
        ),
        pytest.param({"a": "@/assets/a.png", "b": "~/assets/b.png"}, ["/a", "/b"], id="a picture below an alias"),
    ],
)
def test_an_unknown_property_with_a_url_is_found(data: dict[str, Json], found: list[str]) -> None:
    assert undeclared(data) == found


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"link": URL, "web_url": URL}, id="known by name or pattern"),
        pytest.param({"video": "/a.mp4", "text": f"see {URL}", "number": 1}, id="no URL"),
        pytest.param({"a": "either/or a.png", "b": "icons:a/b.png", "c": "a/b.png.html"}, id="no picture"),
        pytest.param({"strict": {"page": URL}}, id="forbidden, so reported otherwise"),
        pytest.param({"names": {"page": URL}}, id="names are free"),
        pytest.param({"whole": {"page": URL}, "list": [URL]}, id="described as a whole"),
        pytest.param({"$schema": URL}, id="for tools"),
    ],
)
def test_what_is_declared_or_no_url_is_not_found(data: dict[str, Json]) -> None:
    assert undeclared(data) == []


def undeclared(data: dict[str, Json]) -> list[str]:
    return list(find_undeclared_urls(find_unknown_properties(data, compile_tree(SCHEMA, Inside(SCHEMA), "s.json"))))
