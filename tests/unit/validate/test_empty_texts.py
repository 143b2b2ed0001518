"""Empty texts, which editors with forms write for fields that were left out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck.model import Article, Json
from linkcheck.validate import Schemas, ValidateOptions
from linkcheck.validate.empty_texts import find_empty_texts
from linkcheck.validate.references import Inside
from linkcheck.validate.schema_tree import compile_tree

SCHEMA: dict[str, Json] = {
    "required": ["url", "title", "shared"],
    "properties": {
        "url": {"type": "string", "format": "uri"},
        "source": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "shared": {"$ref": "#/definitions/link"},
        "sizes": {"items": False},
        "images": {"items": {"required": ["url"], "allOf": [{"properties": {"url": {"format": "uri"}}}]}},
    },
    "definitions": {"link": {"format": "uri-reference"}},
}


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param({"url": ""}, ["/url"], id="required, with a format"),
        pytest.param({"url": " \t"}, ["/url"], id="nothing but blanks"),
        pytest.param({"shared": ""}, ["/shared"], id="required, with a format behind a reference"),
        pytest.param({"images": [{"url": "a"}, {"url": ""}]}, ["/images/1/url"], id="required in an item"),
        pytest.param({"images": ["", {"url": ""}, 1, None]}, ["/images/1/url"], id="beside other items"),
        pytest.param({"sizes": [{"url": ""}]}, [], id="in an item that is not described"),
        pytest.param({"a/b": "", "source": ""}, [], id="not required"),
        pytest.param({"title": ""}, [], id="without a format"),
        pytest.param({"url": None, "images": "", "other": {"url": ""}}, [], id="something else"),
    ],
)
def test_an_empty_text_is_missing_only_where_a_value_is_required(data: dict[str, Json], found: list[str]) -> None:
    site = compile_tree(SCHEMA, Inside(SCHEMA), "s.json")
    assert [pointer for pointer, _ in find_empty_texts(data, site)] == found


def test_a_required_url_that_is_empty_is_one_violation_and_no_link(
    article: Callable[..., Article], schema: Callable[..., Path]
) -> None:
    file = schema(
        {"required": ["url"], "properties": {"url": {"format": "uri", "minLength": 1, "x-link": {"role": "link"}}}}
    )
    found = Schemas(ValidateOptions(schema=str(file))).validate(article('url: ""'))
    assert [(each.keyword, each.message) for each in found.violations] == [("minLength", "`url` is empty")]
    assert found.links == ()
