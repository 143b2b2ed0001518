"""The compiled check decides as jsonschema does: every type and keyword, at its limits, against values of every type."""

from typing import Any

import pytest

from linkcheck.model import Json
from linkcheck.validate.budget import STEPS, Budget, OutOfBudget
from linkcheck.validate.compiled_check import Test, Undecided, compile_shortcut
from linkcheck.validate.formats import LONGEST
from linkcheck.validate.jsonschema_adapter import build_engine
from linkcheck.validate.references import Inside

DIALECTS = ("draft-07", "2019-09", "2020-12")
VALUES: tuple[Any, ...] = (
    *(None, False, True),
    *(0, 1, 2, 3, -1, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 10**30, 1e300, 19.99, -0.07, 1e-7, 9007199254740993),
    *("", "a", "ab", "abc", "b", "é", "1", "true", "2021-02-28", "2021-02-30", "https://a.example/"),
    *([], [1], ["a"], [1, "a"], [1, 2], [1, 2, 3], [None], [[]], [{}]),
    *({}, {"a": 1}, {"a": "x"}, {"b": 1}, {"a": 1, "b": "x"}, {"a": 1, "b": 2, "c": 3}, {"ab": {}}, {"a": {"a": 1}}),
)
"""Values of every type, on both sides of every limit below."""

TYPES = ("string", "integer", "number", "boolean", "array", "object", "null")
KEYWORDS: dict[str, list[Any]] = {
    "type": [*TYPES, *([one, other] for one in TYPES for other in TYPES if one < other)],
    "enum": [[1], ["a", 1], [True], [False, 0], [0, 1], [None, "a"], [0.5, "ab"], [1.0]],
    "const": [None, True, False, 0, 1, 1.0, "a", ""],
    "format": ["date", "uri", "unheard-of"],
    "pattern": ["^a", "b$", "^$", "é"],
    "minLength": [0, 1, 2],
    "maxLength": [0, 1, 2],
    "minItems": [0, 1, 2],
    "maxItems": [0, 1, 2],
    "minProperties": [0, 1, 2],
    "maxProperties": [0, 1, 2],
    "minimum": [0, 1, 1.5, 2],
    "maximum": [0, 1, 1.5, 2],
    "exclusiveMinimum": [0, 1, 1.5, 2],
    "exclusiveMaximum": [0, 1, 1.5, 2],
    "multipleOf": [1, 2, 0.5, 1.0, 0.01, 1e-7, 1e300, 10**30],
    "required": [[], ["a"], ["a", "b"]],
    "properties": [{}, {"a": {"type": "integer"}}, {"a": False}, {"a": True}, {"a": {"required": ["a"]}}],
    "additionalProperties": [True, False, {"type": "integer"}],
    "propertyNames": [True, False, {"maxLength": 1}],
    "items": [True, False, {"type": "integer"}],
    "allOf": [[{"type": "integer"}], [{"minimum": 1}, {"maximum": 2}], [True, False]],
    "anyOf": [[{"type": "integer"}], [{"type": "string"}, {"minimum": 2}], [False, False], [False, True]],
    "oneOf": [[{"type": "integer"}], [{"type": "number"}, {"minimum": 2}], [True, True], [False, True]],
    "not": [{"type": "integer"}, True, False, {"required": ["a"]}],
    "$ref": ["#/$defs/whole", "#/$defs/never", "#/$defs/tree"],
}
DEFINITIONS: Json = {
    "whole": {"type": "integer"},
    "never": False,
    "tree": {"additionalProperties": {"$ref": "#/$defs/tree"}, "type": ["object", "integer"]},
}
TOGETHER: dict[str, dict[str, Json]] = {
    "properties, and false for others": {"properties": {"a": True}, "additionalProperties": False},
    "properties, and a schema for others": {
        "properties": {"a": {"type": "string"}},
        "additionalProperties": {"type": "integer"},
    },
    "if alone": {"if": {"type": "integer"}},
    "if and then": {"if": {"type": "integer"}, "then": {"minimum": 2}},
    "if and else": {"if": {"type": "integer"}, "else": {"type": "string"}},
    "if, then and else": {"if": {"type": "integer"}, "then": {"minimum": 2}, "else": {"type": "string"}},
    "then and else without if": {"then": False, "else": False},
    "two tests": {"type": "string", "minLength": 2},
    "three tests": {"type": "string", "minLength": 2, "maxLength": 2},
    "remarks": {"title": "x", "description": "x", "$comment": "x", "default": 1, "examples": [1], "deprecated": True},
    "an address and definitions": {"$schema": "https://json-schema.org/x", "$id": "https://a.example/x", "definitions": {}},
    "a keyword of our own": {"x-link": {"role": "page"}, "type": "string"},
    "a reference with a keyword beside it": {"$ref": "#/$defs/whole", "minimum": 2},
    "nothing": {},
}
SCHEMAS = [
    *(pytest.param({key: value}, id=f"{key} {value}") for key, values in KEYWORDS.items() for value in values),
    *(pytest.param(schema, id=name) for name, schema in TOGETHER.items()),
]


def compiled(schema: dict[str, Json], dialect: str = "2020-12") -> tuple[Test | None, dict[str, Json], Budget]:
    document = {**schema, "$defs": DEFINITIONS}
    budget = Budget()
    return compile_shortcut(document, Inside(document), dialect, budget), document, budget


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_accepts_what_jsonschema_accepts(schema: dict[str, Json], dialect: str) -> None:
    check, document, _ = compiled(schema, dialect)
    assert check is not None
    engine = build_engine(document, dialect, None, Budget())
    expected = {repr(value): not any(engine.iter_errors(value)) for value in VALUES}
    assert {repr(value): check(value) for value in VALUES} == expected


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("schema", [True, False])
def test_a_schema_that_is_a_boolean_accepts_everything_or_nothing(schema: bool, value: Json) -> None:  # noqa: FBT001
    check = compile_shortcut(schema, Inside({}), "2020-12", Budget())
    assert check is not None
    assert check(value) is schema


ELSEWHERE: dict[str, Any] = {
    "a keyword that is not compiled": {"uniqueItems": True},
    "patternProperties": {"patternProperties": {"a": True}},
    "properties beside patternProperties": {"properties": {}, "patternProperties": {"a": True}},
    "additionalProperties beside patternProperties": {"additionalProperties": False, "patternProperties": {"a": True}},
    "items beside prefixItems": {"items": True, "prefixItems": [True]},
    "items as a list": {"items": [True]},
    "a type that does not exist": {"type": "text"},
    "a type that does not exist, in a list": {"type": ["string", "text"]},
    "no type": {"type": []},
    "a type that is a number": {"type": 1},
    "a list in enum": {"enum": [[1]]},
    "an object as const": {"const": {"a": 1}},
    "an enum with a value twice": {"enum": [1, 1]},
    "an enum that is not a list": {"enum": "a"},
    "a format that is not text": {"format": 1},
    "a pattern that is not text": {"pattern": 1},
    "a pattern that cannot be compiled": {"pattern": "("},
    "a size below zero": {"minLength": -1},
    "a size that is a boolean": {"maxItems": True},
    "a size that is a fraction": {"minItems": 1.5},
    "a limit that is a boolean": {"minimum": True},
    "a limit that is text": {"maximum": "1"},
    "multiples of nothing": {"multipleOf": 0},
    "multiples of a negative number": {"multipleOf": -0.5},
    "multiples of a boolean": {"multipleOf": True},
    "multiples of a text": {"multipleOf": "1"},
    "a required name that is not text": {"required": [1]},
    "a required name twice": {"required": ["a", "a"]},
    "required that is not a list": {"required": "a"},
    "properties that are a list": {"properties": ["a"]},
    "properties with a value that is no schema": {"properties": {"a": 1}},
    "a value that is no schema": {"not": 1},
    "no branch": {"anyOf": []},
    "a reference to nothing": {"$ref": "#/$defs/absent"},
    "then that is no schema": {"if": True, "then": 1},
    "what is inside": {"properties": {"a": {"uniqueItems": True}}},
}


@pytest.mark.parametrize("schema", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_schema_that_is_not_understood_is_left_to_jsonschema(schema: dict[str, Json]) -> None:
    assert compiled(schema)[0] is None


@pytest.mark.parametrize("dialect", ["draft-03", "draft-04", "draft-06", ""])
def test_a_schema_of_another_draft_is_left_to_jsonschema(dialect: str) -> None:
    assert compiled({}, dialect)[0] is None


def test_keywords_beside_a_reference_count_except_in_draft_7() -> None:
    schema: dict[str, Json] = {"$ref": "#/$defs/whole", "minimum": 2}
    found = {}
    for dialect in DIALECTS:
        check, _, _ = compiled(schema, dialect)
        assert check is not None
        found[dialect] = check(1)
    assert found == {"draft-07": True, "2019-09": False, "2020-12": False}


def test_a_text_is_searched_up_to_its_longest_length() -> None:
    check, _, _ = compiled({"pattern": "^a"})
    assert check is not None
    assert [check("a" * length) for length in (LONGEST, LONGEST + 1)] == [True, False]


def test_a_pattern_that_takes_too_long_is_not_decided() -> None:
    check, _, budget = compiled({"pattern": "a"})
    assert check is not None
    budget.unfinished["a", "b"] = None
    with pytest.raises(Undecided):
        check("b")
    assert check("a")


def test_every_reference_is_counted() -> None:
    check, _, _ = compiled({"items": {"$ref": "#/$defs/whole"}})
    assert check is not None
    assert check([1] * STEPS)
    with pytest.raises(OutOfBudget):
        check([1])
