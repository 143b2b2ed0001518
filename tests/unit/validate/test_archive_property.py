"""Which property the schema has for the archived copy of a page."""

import json
from pathlib import Path

import pytest

from linkcheck.model import Source
from linkcheck.parse import parse
from linkcheck.validate import Schemas, ValidateOptions

COPY = {"type": "string", "x-link": {"role": "archive", "of": "u"}}
SCHEMA = {
    "properties": {
        "u": {"type": "string", "x-link": {"role": "canonical"}},
        "other": {"type": "string", "x-link": {"role": "link"}},
        "list": {"type": "array", "items": {"type": "string"}, "x-link": {"role": "link"}},
        "copy": COPY,
        "copies": {"type": "array", "items": {"type": "string"}, "x-link": {"role": "archive", "of": "list"}},
        "related": {"type": "array", "items": {"$ref": "#/definitions/entry"}},
        "a/b": {"anyOf": [{"type": "string"}, {"$ref": "#/definitions/entry"}]},
        "plain": {"type": "object", "properties": {"u": {"type": "string", "x-link": {"role": "link"}}}},
        "free": {"type": "object", "additionalProperties": {"$ref": "#/definitions/entry"}},
    },
    "definitions": {
        "entry": {
            "type": "object",
            "properties": {
                "u": {"type": "string", "x-link": {"role": "link"}},
                "related": {"type": "array", "items": {"$ref": "#/definitions/entry"}},
            },
            "allOf": [{"properties": {"archived": COPY}}],
        }
    },
}
DATA = {
    "u": "x",
    "other": "x",
    "list": ["x"],
    "related": [{"u": "x", "related": [{"u": "x"}]}, "text"],
    "a/b": {"u": "x"},
    "plain": {"u": "x"},
    "free": {"any": {"u": "x"}},
}


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("/u", "copy"),
        ("/other", None),
        ("/list/0", None),
        ("/related/0/u", "archived"),
        ("/related/0/related/0/u", "archived"),
        ("/related/1/u", None),
        ("/related/9/u", None),
        ("/a~1b/u", "archived"),
        ("/plain/u", None),
        ("/free/any/u", "archived"),
        ("/missing/u", None),
        ("", None),
    ],
)
def test_the_property_is_found_at_any_depth(pointer: str, name: str | None, tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    raw = json.dumps(DATA).encode()
    article = parse(Source("a.json", "a.json", raw, len(raw), named=True))
    assert article.data == DATA
    schemas = Schemas(ValidateOptions(schema=str(tmp_path / "schema.json")))
    assert schemas.archive_property(article, pointer) == name
