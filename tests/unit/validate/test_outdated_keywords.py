"""Keywords of another dialect than that of the schema."""

from pathlib import Path

import pytest

from linkcheck.errors import UsageError
from linkcheck.model import Json
from linkcheck.validate.schema_checker import Checker
from linkcheck.validate.schema_contents import schema_contents

DIALECTS = {
    "draft-04": "http://json-schema.org/draft-04/schema#",
    "draft-07": "http://json-schema.org/draft-07/schema#",
    "2019-09": "https://json-schema.org/draft/2019-09/schema",
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
}


@pytest.mark.parametrize(
    ("dialect", "schema", "notice"),
    [
        (
            "draft-04",
            {"const": 1},
            "/const has no effect in draft-04. Use enum with one value, or declare draft-06 or later in $schema",
        ),
        (
            "draft-04",
            {"propertyNames": {}},
            "/propertyNames has no effect in draft-04. Declare draft-06 or later in $schema",
        ),
        ("draft-04", {"if": {}}, "/if has no effect in draft-04. Use anyOf, or declare draft-07 or later in $schema"),
        (
            "draft-07",
            {"prefixItems": [{}]},
            "/prefixItems has no effect in draft-07. Use items with a list, or declare 2020-12 or later in $schema",
        ),
        ("draft-07", {"minContains": 2}, "/minContains has no effect in draft-07. Declare 2019-09 or later in $schema"),
        (
            "draft-07",
            {"unevaluatedProperties": False},
            "/unevaluatedProperties has no effect in draft-07. Declare 2019-09 or later in $schema",
        ),
        (
            "draft-07",
            {"dependentRequired": {}},
            "/dependentRequired has no effect in draft-07. Use dependencies, or declare 2019-09 or later in $schema",
        ),
        ("2019-09", {"divisibleBy": 2}, "/divisibleBy has no effect in 2019-09. Use multipleOf"),
        ("2020-12", {"extends": {}}, "/extends has no effect in 2020-12. Use allOf"),
        ("2020-12", {"disallow": "string"}, "/disallow has no effect in 2020-12. Use not"),
        ("2020-12", {"$recursiveRef": "#"}, "/$recursiveRef has no effect in 2020-12. Use $ref"),
        ("2020-12", {"prefixItems": [], "additionalItems": {}}, "/additionalItems has no effect in 2020-12. Use items"),
        ("2020-12", {"errorMessage": 1}, "/errorMessage must be text, or an object with texts by keyword"),
    ],
)
def test_a_keyword_without_effect_is_told_with_what_to_write(dialect: str, schema: dict[str, Json], notice: str) -> None:
    document: Json = {"$schema": DIALECTS[dialect], "properties": {"a": schema}}
    assert schema_contents(document, "s.json").notices == (f"s.json: /properties/a{notice}",)


@pytest.mark.parametrize(
    ("dialect", "schema"),
    [
        ("2020-12", {"dependencies": {}, "definitions": {}, "example": 1, "nullable": True, "errorMessage": "Text."}),
        ("2020-12", {"items": {}, "additionalItems": False, "properties": {"extends": {}}, "enum": [{"extends": 1}]}),
        ("2019-09", {"$recursiveRef": "#", "minContains": 1, "dependentRequired": {}}),
        ("draft-07", {"const": 1, "if": {}, "x-mine": {"extends": 1}, "unheard-of": {"extends": 1}}),
    ],
)
def test_other_keywords_are_not_told(dialect: str, schema: dict[str, Json]) -> None:
    assert schema_contents({"$schema": DIALECTS[dialect], **schema}, "s.json").notices == ()


@pytest.mark.parametrize(
    ("schema", "dialect"),
    [
        ({}, "2020-12"),
        ({"items": {}}, "2020-12"),
        ({"items": [{}], "additionalItems": False}, "2019-09"),
        ({"not": {"items": [{}]}, "prefixItems": []}, "2020-12"),
        ({"minimum": 0, "exclusiveMinimum": True}, "draft-04"),
        ({"minimum": 0, "exclusiveMinimum": True, "const": 1}, "2020-12"),
        ({"exclusiveMinimum": 0}, "2020-12"),
    ],
)
def test_without_a_declaration_keywords_have_the_meaning_they_had(schema: Json, dialect: str) -> None:
    assert schema_contents(schema, "s.json").dialect == dialect


@pytest.mark.parametrize(
    ("schema", "advice"),
    [
        ('"properties": {"a": {"required": true}}', 'List the names next to "properties": "required": ["title"].'),
        ('"items": [{}]', "Use prefixItems for a list of schemas."),
        ('"minimum": 0, "exclusiveMinimum": true', "Use exclusiveMinimum with the number, and remove minimum."),
        ('"maximum": 0, "exclusiveMaximum": false', "Remove it, and keep maximum."),
    ],
)
def test_an_error_that_was_valid_once_says_what_to_write(tmp_path: Path, schema: str, advice: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(f'{{"$schema": "{DIALECTS["2020-12"]}", {schema}}}', encoding="utf-8")
    with pytest.raises(UsageError) as error:
        Checker(path)
    assert str(error.value).endswith(advice)
