"""What is said of errors whose keywords are rare: `not`, `contains`, names of properties, items without a schema."""

from collections.abc import Callable

import pytest

from linkcheck.model import Violation

Check = Callable[[object, str], list[Violation]]
STRING = {"type": "string"}
OF_2020 = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
DRAFT_7 = {"$schema": "http://json-schema.org/draft-07/schema#"}
DRAFT_4 = {"$schema": "http://json-schema.org/draft-04/schema#"}


def of_a(schema: object, **others: object) -> dict[str, object]:
    return {**others, "properties": {"a": schema}}


def no(schema: object) -> dict[str, object]:
    return of_a({"not": schema})


TABLE = [
    # schema, article, pointer, line and column, message
    ({"not": {"required": ["src"]}}, "a: 1\nsrc: 2", "/src", (3, 1), "`src` is not allowed here"),
    ({"not": {"required": ["a", "b"]}}, "b: 1\na: 1", "/a", (3, 1), "`b` and `a` are not allowed together"),
    ({"not": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}}, "b: 1", "/b", (2, 1), "`b` is not allowed here"),
    ({"if": {"required": ["a"]}, "then": False}, "a: 1", "/a", (2, 1), "`a` is not allowed here"),
    ({"not": {"properties": {"a": {"const": 1}}}}, "a: 1", "/a", (2, 4), "`a` must not be 1"),
    ({"not": {"properties": {"a": {"const": 1}}}}, "b: 1", "/a", (1, 1), "`a` is missing"),
    (no({"const": "x"}), "a: x", "/a", (2, 4), '`a` must not be "x"'),
    (no({"enum": ["x", "y"]}), "a: y", "/a", (2, 4), '`a` must not be "y"'),
    (no(STRING), "a: x", "/a", (2, 4), '`a` must not be text: "x"'),
    (no({"type": ["null", "array"]}), "a:", "/a", (2, 1), "`a` must not be empty or a list"),
    (no({"pattern": "^x"}), "a: xy", "/a", (2, 4), '`a` must not match the pattern ^x: "xy"'),
    (no({"pattern": "^x"}), "a: 5", "/a", (2, 4), "`a` has a value that is not allowed: the number 5"),
    (no({"contains": {"const": 1}}), "a: [1, 2]", "/a", (2, 4), "`a` must not contain 1"),
    (no({}), "a: 1", "/a", (2, 1), "`a` is not allowed here"),
    (of_a({"minimum": 0, "exclusiveMinimum": True}, **DRAFT_4), "a: 0", "/a", (2, 4), "`a` must be more than 0, not 0"),
    (of_a({"maximum": 10, "exclusiveMaximum": True}, **DRAFT_4), "a: 10", "/a", (2, 4), "`a` must be less than 10, not 10"),
    (of_a({"minimum": 10**30}), f"a: {10**30 - 1}", "/a", (2, 4), f"`a` must be {10**30} or more, not {10**30 - 1}"),
    (
        of_a({"items": [STRING], "additionalItems": False}, **DRAFT_7),
        "a: [x, y]",
        "/a/1",
        (2, 8),
        "`a` must have at most 1 item, not 2",
    ),
    (
        of_a({"prefixItems": [STRING], "items": False}, **OF_2020),
        "a: [x, y, z]",
        "/a/1",
        (2, 8),
        "`a` must have at most 1 item, not 3",
    ),
    (of_a({"items": False}, **OF_2020), "a: [x]", "/a/0", (2, 5), "`a` must be empty, but has 1 item"),
    (
        of_a({"contains": {"const": 1}, "unevaluatedItems": False}),
        "a: [1, 2]",
        "/a/1",
        (2, 8),
        "item 2 of `a` is not allowed here",
    ),
    (
        of_a({"prefixItems": [{}], "unevaluatedItems": STRING}),
        "a: [1, 2]",
        "/a/1",
        (2, 8),
        "item 2 of `a` must be text, not the number 2",
    ),
    (of_a({"contains": {"const": "news"}}), "a: [x]", "/a", (2, 1), '`a` must contain "news"'),
    (
        of_a({"contains": {"required": ["url"], "type": "object"}}),
        "a: [x]",
        "/a",
        (2, 1),
        "`a` must contain a mapping with `url`",
    ),
    (
        of_a({"contains": {"properties": {"main": {"const": True}}, "required": ["main"]}}),
        "a: [{main: false}]",
        "/a",
        (2, 1),
        "`a` must contain a mapping with `main: true`",
    ),
    (of_a({"contains": STRING, "minContains": 2}), "a: [x]", "/a", (2, 1), "`a` must contain text at least twice, not once"),
    (
        of_a({"contains": {"enum": [1, 2]}, "maxContains": 1}),
        "a: [1, 2, 2]",
        "/a/1",
        (2, 8),
        "`a` must contain 1 or 2 at most once, not 3 times",
    ),
    (
        of_a({"contains": {"const": 1}, "minContains": 0, "maxContains": 0}),
        "a: [0, 1]",
        "/a/1",
        (2, 8),
        "`a` must not contain 1",
    ),
    (of_a({"uniqueItems": True}), "a: [1, 2, 1]", "/a/2", (2, 11), "item 3 of `a` repeats item 1: the number 1"),
    ({"propertyNames": {"enum": ["red", "blue"]}}, "rde: 1", "/rde", (2, 1), "the name `rde` must be one of red or blue"),
    ({"propertyNames": {"const": "red"}}, "blue: 1", "/blue", (2, 1), "the name `blue` must be red"),
    (
        {"propertyNames": {"maxLength": 3}},
        "abcd: 1",
        "/abcd",
        (2, 1),
        "the name `abcd` must have at most 3 characters, not 4",
    ),
    ({"propertyNames": {"allOf": [{"pattern": "^a"}]}}, "b: 1", "/b", (2, 1), "the name `b` does not match the pattern ^a"),
    ({"propertyNames": {"not": {"const": "b"}}}, "b: 1", "/b", (2, 1), "the name `b` is not allowed here"),
    (of_a({"maxProperties": 0}), "a: {b: 1}", "/a", (2, 1), "`a` must be empty, but has 1 property"),
    (of_a({"minLength": 2.0}), "a: x", "/a", (2, 4), "`a` must have at least 2 characters, not 1"),
    (of_a({"const": None}), "a: x", "/a", (2, 4), '`a` must be empty, not the text "x"'),
    (of_a({"enum": ["one"]}), "a: two", "/a", (2, 4), '`a` must be one, not "two"'),
    (of_a({"const": [1]}), "a: [2]", "/a", (2, 4), "`a` must be [1], not [2]"),
    (of_a({"const": "true"}), "a: true", "/a", (2, 4), '`a` must be "true", not true'),
    (
        of_a({"const": "y" * 300}),
        f"a: {'y' * 301}",
        "/a",
        (2, 4),
        f"`a` must be {'y' * 199}…, not one that only looks like it",
    ),
    ({"dependencies": {"amp": ["page"]}}, "amp: x", "/page", (1, 1), "`page` is missing, and `amp` requires it"),
    ({"dependencies": {"amp": ["page"]}, **OF_2020}, "amp: x", "/page", (1, 1), "`page` is missing, and `amp` requires it"),
    ({"properties": {"a": {}}, "additionalProperties": STRING}, "b: 1", "/b", (2, 4), "`b` must be text, not the number 1"),
    ({"properties": {"a": {}}, "unevaluatedProperties": STRING}, "b: 1", "/b", (2, 4), "`b` must be text, not the number 1"),
    ({"unevaluatedProperties": False}, "it's: 1", "/it's", (2, 1), "unknown property `it's`"),
    (
        {"unevaluatedProperties": False, "if": {"required": ["x"]}, "then": {"properties": {"a": True}}},
        "a: 1",
        "/a",
        (2, 1),
        "`a` is not allowed here",
    ),
    (
        {"allOf": [{"properties": {each: {}}, "additionalProperties": False} for each in ("a", "b")]},
        "a: x\nb: y",
        "/b",
        (3, 1),
        "the schema describes `b` in one part and forbids it in another",
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=[f"{row[4]} ({row[1][:20]})" for row in TABLE])
def test_an_error_is_told_with_its_place(check: Check, row: tuple[object, str, str, tuple[int, int], str]) -> None:
    document, text, pointer, place, message = row
    (violation,) = check(document, text)
    span = violation.location.span
    assert (violation.location.pointer, (span.line, span.column), violation.message) == (pointer, place, message)


@pytest.mark.parametrize(
    ("document", "text", "hint"),
    [
        pytest.param(of_a({"const": 5}), "a: '5'", "Remove the quotes: 5.", id="a number in quotes"),
        pytest.param(of_a({"const": "5"}), "a: 5", 'Put it in quotes: "5".', id="a number without quotes"),
        pytest.param(
            of_a({"type": "integer"}, **DRAFT_4), "a: 1.0", "Write it without a decimal point: 1.", id="a decimal point"
        ),
        pytest.param({"not": {"required": ["a"]}}, "a: 1", "Remove `a`.", id="a property too many"),
        pytest.param(of_a({"items": False}), "a: [x, y]", "Remove items 1 and 2.", id="two items too many"),
        pytest.param(of_a({"items": False}), "a: [x, y, z]", "Remove items 1 to 3.", id="three items too many"),
        pytest.param(
            {
                "$defs": {"base": {"allOf": [{"properties": {"title": {}, "date": {}}}]}},
                "$ref": "#/$defs/base",
                "unevaluatedProperties": False,
            },
            "zz: 1",
            "Known properties: title or date.",
            id="properties of other parts",
        ),
        pytest.param(
            {"$ref": "#/$defs/base", "$defs": {"base": {"properties": {"title": {}}}}, "unevaluatedProperties": False},
            "tilte: 1",
            "Did you mean title?",
            id="a misspelled property of another part",
        ),
    ],
)
def test_a_hint_says_what_to_do(check: Check, document: object, text: str, hint: str) -> None:
    (violation,) = check(document, text)
    assert violation.hint == hint


def test_null_is_allowed_next_to_types_of_openapi(check: Check) -> None:
    document = {"properties": {name: {"type": "string", "nullable": name == "a"} for name in ("a", "b")}}
    (violation,) = check(document, "a:\nb:")
    assert violation.location.pointer == "/b"
