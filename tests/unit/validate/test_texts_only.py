from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck.model import Json, Source
from linkcheck.parse import parse
from linkcheck.validate import Schemas, ValidateOptions

SCHEMA: dict[str, Json] = {
    "properties": {
        "width": {"type": "integer", "minimum": 1},
        "draft": {"type": "boolean"},
        "weight": {"enum": [1, 2]},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 10}, "maxItems": 2},
        "links": {"type": "array", "items": {"type": "string", "format": "uri"}},
        "slug": {"type": "string"},
        "image": {"type": "object"},
    },
    "required": ["title"],
}


@pytest.mark.parametrize(
    ("line", "keywords"),
    [
        pytest.param("Width: 600", [], id="an integer"),
        pytest.param("Width: 0", ["type"], id="an integer that is not allowed"),
        pytest.param("Width: 600px", ["type"], id="no integer"),
        pytest.param("Width: 1e999", ["type"], id="no number that JSON can represent"),
        pytest.param("Draft: true", [], id="true"),
        pytest.param("Draft: yes", ["type"], id="neither true nor false"),
        pytest.param("Weight: 2", [], id="a number of an enumeration"),
        pytest.param("Weight: 3", ["enum"], id="no number of the enumeration"),
        pytest.param("Tags: a", [], id="a list of one"),
        pytest.param("Tags: 1, b", [], id="a list"),
        pytest.param("Tags: a, b; c, d", [], id="a list separated by semicolons"),
        pytest.param("Tags: a, , b,", [], id="a list with a gap"),
        pytest.param("Tags: a, b, c", ["type"], id="a list that is too long"),
        pytest.param("Tags: a, 12345678901", ["type"], id="a list with an item that is too long"),
        pytest.param("Links: https://a.example/", [], id="a list of one URL"),
        pytest.param("Slug: 123", [], id="a text that looks like a number"),
        pytest.param("Slug: a\nslug: b", ["type"], id="a list where a text is required"),
        pytest.param('Image: {"a": 1}', ["type"], id="an object"),
    ],
)
def test_texts_count_as_what_they_represent(
    line: str, keywords: list[str], schema: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    head = f"Title: A\n{line}\n\nText.\n".encode()
    article = parse(Source("a.md", "/a.md", head, len(head), multimarkdown=True))
    violations = Schemas(ValidateOptions(schema=str(schema(SCHEMA)))).validate(article).violations
    assert [each.keyword for each in violations] == keywords
    assert all((each.location.span.line, each.location.pointer.count("/")) == (2, 1) for each in violations)


def test_a_name_in_the_schema_that_is_not_in_lower_case_is_corrected_there(
    schema: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    head = b"Title: A\nWebUrl: https://a.example/\nWeight_: 1\n"
    article = parse(Source("a.md", "/a.md", head, len(head), multimarkdown=True))
    properties: Json = {name: {} for name in ("title", "webUrl", "weight")}
    violations = Schemas(ValidateOptions(schema=str(schema({"properties": properties})))).validate(article).violations
    assert [(each.hint, each.suggestion) for each in violations] == [
        ("Rename webUrl to weburl in the schema.", None),
        ("Did you mean weight?", "weight"),
    ]


def test_texts_of_yaml_stay_texts(schema: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    head = b'---\ntitle: A\nwidth: "600"\n---\n'
    article = parse(Source("a.md", "/a.md", head, len(head)))
    assert [each.keyword for each in Schemas(ValidateOptions(schema=str(schema(SCHEMA)))).validate(article).violations] == [
        "type"
    ]
