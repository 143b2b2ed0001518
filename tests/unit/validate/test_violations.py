from collections.abc import Callable

import pytest

from linkcheck.calendar_dates import Notation, patterns_of
from linkcheck.model import Json, Violation
from linkcheck.validate.budget import Budget
from linkcheck.validate.messages import unfinished
from linkcheck.validate.problems import ProblemPlace
from linkcheck.validate.value_text import cut

Check = Callable[[object, str], list[Violation]]


UNSUPPORTED = r"\p{RGI_Emoji}"
STRING = {"type": "string"}
IMAGE = {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "alt": {"type": "string"}}}

TABLE = [
    # name, schema, article, keyword, pointer, (line, column), part of the message
    ("a missing property", {"required": ["title"]}, "a: b", "required", "/title", (1, 1), "`title` is missing"),
    (
        "a missing property of an object",
        {"properties": {"p": {"required": ["name"]}}},
        "a: b\np:\n  x: y",
        "required",
        "/p/name",
        (3, 1),
        "`name` is missing in `p`",
    ),
    (
        "a missing property of an item",
        {"properties": {"p": {"items": {"required": ["name"]}}}},
        "p:\n  - x: y\n    z: 1",
        "required",
        "/p/0/name",
        (3, 5),
        "`name` is missing in item 1 of `p`",
    ),
    (
        "an unknown property",
        {"additionalProperties": False, "properties": {"title": {}}},
        "title: x\ntitel: y",
        "additionalProperties",
        "/titel",
        (3, 1),
        "unknown property `titel`",
    ),
    (
        "a wrong type",
        {"properties": {"a": {"type": "integer"}}},
        "b: 1\na: x",
        "type",
        "/a",
        (3, 4),
        'a whole number, not the text "x"',
    ),
    (
        "nothing where text is due",
        {"properties": {"a": STRING}},
        "a:\nb: 1",
        "type",
        "/a",
        (2, 1),
        "`a` is empty: it must be text",
    ),
    (
        "a mapping where text is due",
        {"properties": {"a": STRING}},
        "a:\n  b: 1",
        "type",
        "/a",
        (3, 3),
        "a mapping of 1 property",
    ),
    (
        "true where a number is due",
        {"properties": {"a": {"type": "number"}}},
        "a: true",
        "type",
        "/a",
        (2, 4),
        "a number, not true",
    ),
    (
        "several types",
        {"properties": {"a": {"type": ["string", "array"]}}},
        "a: 5",
        "type",
        "/a",
        (2, 4),
        "text or a list, not the number 5",
    ),
    (
        "another value",
        {"properties": {"a": {"enum": ["one", "two"]}}},
        "a: x",
        "enum",
        "/a",
        (2, 4),
        'one of one or two, not "x"',
    ),
    ("a fixed value", {"properties": {"a": {"const": "one"}}}, "a: x", "const", "/a", (2, 4), '`a` must be one, not "x"'),
    (
        "a format",
        {"properties": {"a": {"format": "date"}}},
        "a: 2021-02-30",
        "format",
        "/a",
        (2, 4),
        "not a valid date",
    ),
    ("a pattern", {"properties": {"a": {"pattern": "^b"}}}, "a: x", "pattern", "/a", (2, 4), 'the pattern ^b: "x"'),
    *(
        (
            f"a text in place of a date in {len(notations)} notations",
            {"properties": {"a": {"anyOf": [{"pattern": each} for each in patterns_of(frozenset(notations))]}}},
            "a: tomorrow",
            "anyOf",
            "/a",
            (2, 4),
            '`a` is not a date: "tomorrow"',
        )
        for notations in ([Notation.ISO], [Notation.ISO, Notation.MONTH_NAME, Notation.YEAR_LAST])
    ),
    (
        "a text in place of a date",
        {"properties": {"a": {"pattern": patterns_of(frozenset([Notation.ISO]))[0]}}},
        "a: tomorrow",
        "pattern",
        "/a",
        (2, 4),
        '`a` is not a date: "tomorrow"',
    ),
    (
        "a date behind a no-break space",
        {"properties": {"a": {"pattern": patterns_of(frozenset([Notation.ISO]))[0]}}},
        "a: \u00a0 2024-03-01 10:00:00",
        "pattern",
        "/a",
        (2, 4),
        '`a` is not a date: "<U+00A0> 2024-03-01 10:00:00"',
    ),
    ("empty text", {"properties": {"a": {"minLength": 1}}}, 'a: ""', "minLength", "/a", (2, 4), "`a` is empty"),
    (
        "short text",
        {"properties": {"a": {"minLength": 3}}},
        "a: x",
        "minLength",
        "/a",
        (2, 4),
        "at least 3 characters, not 1",
    ),
    (
        "long text",
        {"properties": {"a": {"maxLength": 1}}},
        "a: xyz",
        "maxLength",
        "/a",
        (2, 4),
        "at most 1 character, not 3",
    ),
    ("a small number", {"properties": {"a": {"minimum": 1}}}, "a: 0", "minimum", "/a", (2, 4), "1 or more, not 0"),
    (
        "no multiple",
        {"properties": {"a": {"multipleOf": 0.01}}},
        "a: 0.075",
        "multipleOf",
        "/a",
        (2, 4),
        "`a` must be a multiple of 0.01, not 0.075",
    ),
    (
        "a small multiple",
        {"properties": {"a": {"multipleOf": 1e-7}}},
        "a: 1.5e-7",
        "multipleOf",
        "/a",
        (2, 4),
        "a multiple of 1e-7, not 1.5e-7",
    ),
    (
        "a number of more than 64 bits",
        {"properties": {"a": {"maximum": 18446744073709551616}}},
        "a: 18446744073709551617",
        "maximum",
        "/a",
        (2, 4),
        "18446744073709551616 or less, not 18446744073709551617",
    ),
    (
        "a number of very many digits",
        {"properties": {"a": {"maximum": 1}}},
        f"a: {10**100}",
        "maximum",
        "/a",
        (2, 4),
        "1 or less, not a very long number",
    ),
    (
        "a length in decimals",
        {"properties": {"a": {"minLength": 2.0}}},
        "a: x",
        "minLength",
        "/a",
        (2, 4),
        "at least 2 characters, not 1",
    ),
    ("a short list", {"properties": {"a": {"minItems": 2}}}, "a: [1]", "minItems", "/a", (2, 1), "at least 2 items, not 1"),
    (
        "twins",
        {"properties": {"a": {"uniqueItems": True}}},
        "a:\n- x\n- 1\n- x",
        "uniqueItems",
        "/a/2",
        (5, 3),
        'item 3 of `a` repeats item 1: the text "x"',
    ),
    (
        "a forbidden name",
        {"propertyNames": {"pattern": "^[a-z]+$", "description": "Small letters."}},
        "a: 1\nB: 2",
        "propertyNames",
        "/B",
        (3, 1),
        "the name `B` does not match the pattern ^[a-z]+$",
    ),
    (
        "a property the schema forbids",
        {"properties": {"a": False}},
        "b: 1\na: 2",
        "properties",
        "/a",
        (3, 1),
        "`a` is not allowed here",
    ),
    (
        "a property that needs another",
        {"dependentRequired": {"amp": ["page"]}},
        "amp: x",
        "dependentRequired",
        "/page",
        (1, 1),
        "`page` is missing, and `amp` requires it",
    ),
    (
        "one of two properties",
        {"anyOf": [{"required": ["a"]}, {"required": ["b", "c"]}]},
        "x: 1",
        "anyOf",
        "",
        (1, 1),
        "the front matter must have `a`, or `b` and `c`",
    ),
    (
        "one of two types",
        {"properties": {"a": {"anyOf": [STRING, {"type": "array"}]}}},
        "a: 5",
        "anyOf",
        "/a",
        (2, 4),
        "`a` must be text or a list, not the number 5",
    ),
    (
        "one of several values",
        {"properties": {"a": {"oneOf": [{"const": "x"}, {"enum": ["y", "z"]}]}}},
        "a: w",
        "oneOf",
        "/a",
        (2, 4),
        'must be one of x, y or z, not "w"',
    ),
    (
        "the closest form",
        {"properties": {"image": {"anyOf": [{"type": "string"}, {"title": "Image", **IMAGE}]}}},
        "image:\n  url: 5\n  alt: x",
        "type",
        "/image/url",
        (3, 8),
        "`url` must be text, not the number 5",
    ),
    (
        "a day or a time",
        {"properties": {"a": {"anyOf": [{"type": "null"}, {"format": "date-time"}, {"format": "date"}]}}},
        "a: 4/27/2023",
        "anyOf",
        "/a",
        (2, 4),
        '`a` is not a date: "4/27/2023"',
    ),
    (
        "a time that is written in another way",
        {"properties": {"a": {"anyOf": [{"format": "date"}, {"format": "date-time"}]}}},
        "a: 2018-11-20 16:33 +0100",
        "anyOf",
        "/a",
        (2, 4),
        '`a` is not in the form of RFC 3339: "2018-11-20 16:33 +0100"',
    ),
    (
        "the form of the same kind",
        {
            "oneOf": [
                {"required": ["b"], "properties": {"kind": {"const": "one"}}},
                {"required": ["c", "d"], "properties": {"kind": {"const": "two"}, "c": STRING}},
            ]
        },
        "kind: two\nc: x",
        "required",
        "/d",
        (1, 1),
        "`d` is missing (for `kind: two`)",
    ),
    ("more forms than one", {"oneOf": [{}, {}]}, "a: 1", "oneOf", "", (1, 1), "matches all 2 alternatives"),
    (
        "a forbidden value",
        {"properties": {"a": {"not": {"const": "x", "description": "Anything but x."}}}},
        "a: x",
        "not",
        "/a",
        (2, 4),
        '`a` must not be "x"',
    ),
    (
        "a branch of if",
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        "a: 1",
        "required",
        "/b",
        (1, 1),
        "`b` is missing",
    ),
    ("an escaped name", {"properties": {"a/b": STRING}}, "a/b: 1", "type", "/a~1b", (2, 6), "`a/b` must be text"),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_violation_says_what_and_where(check: Check, row: tuple[str, object, str, str, str, tuple[int, int], str]) -> None:
    _, document, text, keyword, pointer, at, says = row
    (violation,) = check(document, text)
    assert says in violation.message
    span = violation.location.span
    assert (violation.keyword, violation.location.pointer, (span.line, span.column)) == (keyword, pointer, at)


def test_all_violations_are_told_each_once(check: Check) -> None:
    document = {
        "required": ["a", "b"],
        "allOf": [{"required": ["a"]}],
        "properties": {"c": {"type": "string", "format": "uri"}, "d": STRING},
    }
    found = check(document, "c: x\nd: 1")
    assert [violation.location.pointer for violation in found] == ["/a", "/b", "/c", "/d"]


@pytest.mark.parametrize(
    ("document", "text", "hint", "suggestion"),
    [
        ({"properties": {"a": {"enum": ["published", "draft"]}}}, "a: publishd", "Did you mean published?", "published"),
        ({"additionalProperties": False, "properties": {"title": {}}}, "titel: x", "Did you mean title?", "title"),
        ({"properties": {"a": {"type": "integer"}}}, 'a: "120"', "Remove the quotes: 120.", None),
        ({"properties": {"a": {"type": "number"}}}, 'a: " 120 "', "Remove the quotes: 120.", None),
        ({"properties": {"a": {"type": "integer"}}}, f'a: "{"1" * 19}"', f"Remove the quotes: {'1' * 19}.", None),
        ({"properties": {"a": {"type": "integer"}}}, f'a: "{"1" * 20}"', None, None),
        ({"properties": {"a": {"type": "boolean"}}}, 'a: "yes"', "Use true, without quotes.", None),
        ({"properties": {"a": {"type": "array"}}}, "a: x", "Use a list, even for a single item.", None),
        (
            {"properties": {"a": {"type": "array"}}},
            "a:\n  • x\n  • y",
            "Start each item of the list with a hyphen and a space.",
            None,
        ),
        (
            {"properties": {"a": {"type": "array"}}},
            "a:\n  -\xa0x",
            "Start each item of the list with a hyphen and a space.",
            None,
        ),
        ({"properties": {"a": {"type": "string"}}}, "a: [[Tokyo]]", 'Put it in quotes: "[[Tokyo]]".', None),
        (
            {"properties": {"a": {"pattern": patterns_of(frozenset([Notation.ISO]))[0]}}},
            "a: \u00a02024-03-01 10:00:00",
            "Remove the whitespace around the date.",
            None,
        ),
        (
            {"properties": {"a": {"type": "integer", "description": "The width."}}},
            "a: x",
            "Correct the value. The width.",
            None,
        ),
        (
            {"required": ["a"], "properties": {"a": {"description": "The headline."}}},
            "b: 1",
            "Add the property. The headline.",
            None,
        ),
        (
            {"properties": {"a": {"format": "date-time"}}},
            "a: 2021-06-18 10:57:00Z",
            "Use 2021-06-18T10:57:00Z",
            "2021-06-18T10:57:00Z",
        ),
    ],
    ids=[
        "enum",
        "unknown property",
        "number in quotes",
        "number and spaces in quotes",
        "long number in quotes",
        "too long a number",
        "yes",
        "lone item",
        "bullets",
        "hyphen and no-break space",
        "wiki link",
        "space around a date",
        "description",
        "description of what is missing",
        "format",
    ],
)
def test_a_hint_says_what_to_do(check: Check, document: object, text: str, hint: str, suggestion: str | None) -> None:
    (violation,) = check(document, text)
    assert (violation.hint, violation.suggestion) == (hint, suggestion)


def test_values_in_messages_are_cut(check: Check) -> None:
    (violation,) = check({"properties": {"a": {"enum": ["x"]}}}, f"a: {'y' * 100_000}")
    assert len(violation.message) < 300


def test_a_long_string_is_not_held_against_a_pattern(check: Check) -> None:
    (violation,) = check({"properties": {"a": {"pattern": "^(a+)+$"}}}, f"a: {'a' * 70_000}b")
    assert "70,001 characters long" in violation.message


def test_very_many_violations_are_cut_short(check: Check) -> None:
    found = check({"additionalProperties": STRING}, "\n".join(f"a{number}: {number}" for number in range(1_000)))
    assert len(found) == 200


def test_unequal_items_of_equal_look_are_no_twins(check: Check) -> None:
    document = {"properties": {"a": {"uniqueItems": True}}}
    assert check(document, "a: [1, true, '1', {b: 1}, {b: true}]") == []
    assert len(check(document, "a: [{b: 1, c: 2}, {c: 2.0, b: 1}]")) == 1


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            {
                "$defs": {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(22)} | {"d22": {}},
                "$ref": "#/$defs/d0",
            },
            id="doubling references",
        ),
        pytest.param(
            {
                "$defs": {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(22)}
                | {"d22": {"uniqueItems": False}},
                "$ref": "#/$defs/d0",
            },
            id="doubling references, by jsonschema",
        ),
    ],
)
def test_a_schema_gone_wild_is_a_violation_of_its_own(check: Check, document: object) -> None:
    (violation,) = check(document, f"a: {10**400}")
    assert violation.keyword == "internal"
    assert "could not be validated against its schema" in violation.message


@pytest.mark.parametrize(("length", "shown"), [(60, "y" * 60), (61, "y" * 59 + "…"), (62, "y" * 59 + "…")])
def test_a_value_is_cut_to_the_length_of_the_longest(length: int, shown: str) -> None:
    assert cut("y" * length, 60) == shown


def test_a_long_name_of_an_unknown_property_is_cut(check: Check) -> None:
    (found,) = check({"additionalProperties": False}, "a" * 100 + ": x")
    assert found.message == f"unknown property `{'a' * 79}…`"


@pytest.mark.parametrize("dialect", ["2019-09", "2020-12"])
def test_what_patterns_of_names_leave_over_is_told_unless_they_are_slow(check: Check, dialect: str) -> None:
    def found(pattern: str, text: str) -> list[str]:
        url = f"https://json-schema.org/draft/{dialect}/schema"
        schema = {"$schema": url, "patternProperties": {pattern: True}, "unevaluatedProperties": False}
        return [violation.message for violation in check(schema, text)]

    assert found("^a+$", "aaa: 1") == []
    assert found("^a+$", "b: 1") == ["unknown property `b`"]
    assert found("^(a|aa)+$", "aaa: 1") == []
    (slow,) = found("^(a|aa)+$", f"{'a' * 100}b: 1")
    assert "with the pattern ^(a|aa)+$ takes too long" in slow


@pytest.mark.parametrize("value", ["1", "b", "[b]"])
def test_only_an_object_has_properties_left_over(check: Check, value: str) -> None:
    patterns = {"patternProperties": {"^(a|aa)+$": True}, "unevaluatedProperties": False}
    assert check({"properties": {"x": patterns}}, f"x: {value}") == []


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^\p{L}+$", "é: 1", []),
        (r"^\p{L}+$", "'1': 1", ["unknown property `1`"]),
        (r"^\d+$", "٣: 1", ["unknown property `٣`"]),
        (r"^\p{RGI_Emoji}$", "a: 1", []),
    ],
)
@pytest.mark.parametrize("dialect", ["2019-09", "2020-12"])
@pytest.mark.parametrize(
    "inside",
    [
        lambda part: part,
        lambda part: {"allOf": [part]},
        lambda part: {"anyOf": [part, False]},
        lambda part: {"oneOf": [False, part]},
        lambda part: {"$ref": "#/$defs/part", "$defs": {"part": part}},
        lambda part: {"if": part},
        lambda part: {"if": False, "else": part},
        lambda part: {"if": True, "then": part},
        lambda part: {"dependentSchemas": {"é": part, "1": part, "٣": part, "a": part}},
    ],
)
def test_names_left_over_by_any_part_are_told(
    check: Check, inside: Callable[[Json], dict[str, Json]], dialect: str, *, pattern: str, text: str, found: list[str]
) -> None:
    url = f"https://json-schema.org/draft/{dialect}/schema"
    schema = {"$schema": url, **inside({"patternProperties": {pattern: True}}), "unevaluatedProperties": False}
    assert [violation.message for violation in check(schema, text)] == found


def test_names_that_nested_schemas_know_are_not_left_over(check: Check) -> None:
    part = {"properties": {"a": True}}
    for known in (part, {"additionalProperties": {"type": "integer"}}, {"unevaluatedProperties": {"type": "integer"}}):
        assert check({"allOf": [known], "unevaluatedProperties": False}, "a: 1") == []
    (found,) = check({"anyOf": [part, {"not": {}}], "unevaluatedProperties": False}, "a: 1\nb: 1")
    assert found.location.pointer == "/b"
    assert check({**part, "unevaluatedProperties": {"type": "string"}}, "a: 1\nb: x") == []
    assert len(check({**part, "unevaluatedProperties": {"type": "string"}}, "a: 1\nb: 2")) == 1


@pytest.mark.parametrize(
    "part",
    [
        {"pattern": UNSUPPORTED},
        {"not": {"pattern": UNSUPPORTED}},
        {"not": {"not": {"pattern": UNSUPPORTED}}},
        {"oneOf": [{"pattern": UNSUPPORTED}, {"type": "string"}]},
        {"if": {"pattern": UNSUPPORTED}, "then": False},
        {"if": {"not": {"pattern": UNSUPPORTED}}, "then": False, "else": True},
        {"anyOf": [{"pattern": UNSUPPORTED}, False]},
        {"propertyNames": {"pattern": UNSUPPORTED}},
    ],
    ids=str,
)
def test_what_depends_on_a_pattern_that_is_not_supported_is_not_judged(check: Check, part: Json) -> None:
    assert check({"properties": {"a": part, "b": {"type": "integer"}}}, "a: x") == []
    (violation,) = check({"properties": {"a": part, "b": {"type": "integer"}}}, "a: x\nb: x")
    assert violation.location.pointer == "/b"


def test_what_is_certain_is_told_next_to_a_pattern_that_is_not_supported(check: Check) -> None:
    for schema in (
        {"oneOf": [{"pattern": UNSUPPORTED, "type": "integer"}, False]},
        {"if": {"pattern": UNSUPPORTED, "type": "integer"}, "else": False},
        {"not": {"type": "string"}},
    ):
        assert len(check({"properties": {"a": schema}}, "a: x")) == 1


def test_a_line_break_at_the_end_is_told(check: Check) -> None:
    (violation,) = check({"properties": {"a": {"pattern": "^abc$"}}}, "a: |\n  abc\n")
    assert "write |- instead of |" in f"{violation.hint}"
    (violation,) = check({"properties": {"a": {"pattern": "^abd$"}}}, "a: |\n  abc\n")
    assert violation.hint is None


def test_names_of_patterns_are_no_unknown_properties(check: Check) -> None:
    schema = {"properties": {"a": STRING}, "patternProperties": {"^x-": True, "y$": True}, "additionalProperties": False}
    found = check(schema, "a: b\nx-a: 1\nay: 1\nb: 1")
    assert [violation.message for violation in found] == ["unknown property `b`"]


@pytest.mark.parametrize(
    ("contains", "what", "hint"),
    [
        ({**STRING, "description": "A city."}, "must contain text", "A city."),
        (STRING, "must contain text", "Cities."),
        ({"const": 3}, "must contain 3", "Cities."),
        ({"minimum": 3}, "must contain a number of 3 or more", "Cities."),
        (
            {"type": "integer", "minimum": 3, "multipleOf": 2},
            "must contain a whole number of 3 or more and that is a multiple of 2",
            "Cities.",
        ),
        ({"anyOf": [{"const": 3}, {"const": "x"}]}, 'must contain 3 or "x"', "Cities."),
        ({"enum": [3, 4]}, "must contain 3 or 4", "Cities."),
        ({"type": "string", "pattern": "^b"}, "must contain text that matches the pattern ^b", "Cities."),
        ({"type": "string", "format": "date"}, "must contain text in the format date", "Cities."),
        ({"type": "array", "minItems": 2}, "must contain a list with at least 2 items", "Cities."),
        (
            {"type": "object", "required": ["b"], "properties": {"b": {"type": "object", "required": ["c"]}}},
            "must contain a mapping with `b` (a mapping with `c`)",
            "Cities.",
        ),
        ({"not": {"type": "integer"}}, "lacks an item that the schema requires", "Cities."),
        ({"minimum": 3, "minLength": 3}, "lacks an item that the schema requires", "Cities."),
    ],
)
def test_a_list_that_lacks_an_item_is_told_with_what_the_item_is(
    check: Check, contains: object, what: str, hint: str
) -> None:
    (found,) = check({"properties": {"a": {"contains": contains, "description": "Cities."}}}, "a: [1]")
    assert (found.message, found.hint) == (f"`a` {what}", f"Correct the value. {hint}")


@pytest.mark.parametrize(
    ("negated", "text", "says"),
    [
        ({"minimum": 10}, "12", "must be less than 10, not 12"),
        ({"type": "number", "minimum": 10}, "12", "must be less than 10, not 12"),
        ({"minimum": 10}, "x", 'must be a number that is less than 10, not the text "x"'),
        ({"maximum": 10}, "2", "must be more than 10, not 2"),
        ({"exclusiveMinimum": 10}, "12", "must be 10 or less, not 12"),
        ({"exclusiveMaximum": 10}, "2", "must be 10 or more, not 2"),
        ({"multipleOf": 2}, "12", "must not be a multiple of 2: 12"),
        ({"minLength": 3}, "abcd", "must have at most 2 characters, not 4"),
        ({"minLength": 1}, "abcd", "must be empty, but has 4 characters"),
        ({"maxLength": 3}, "abc", "must have at least 4 characters, not 3"),
        ({"maxLength": 3}, "5", "must be text with at least 4 characters, not the number 5"),
        ({"minItems": 3}, "[1, 2, 3]", "must have at most 2 items, not 3"),
        ({"maxItems": 0}, "[]", "must have at least 1 item, not 0"),
        ({"minProperties": 1}, "{b: 1}", "must be empty, but has 1 property"),
        ({"maxProperties": 1}, "{b: 1}", "must have at least 2 properties, not 1"),
        ({"format": "date"}, "'2020-01-01'", 'must not be in the format date: "2020-01-01"'),
        ({"pattern": "^b"}, "bc", 'must not match the pattern ^b: "bc"'),
        ({"uniqueItems": True}, "[1, 2]", "must contain an item twice"),
        ({"not": {"type": "string"}}, "5", "must be text, not the number 5"),
        ({"not": {"minimum": 7}}, "5", "must be a number of 7 or more, not the number 5"),
        ({"contains": {"type": "integer", "minimum": 7}}, "[8]", "must not contain a whole number of 7 or more"),
        ({"contains": {"minimum": 7}}, "[x]", "has a value that is not allowed: a list of 1 item"),
        ({"minLength": 0}, "abcd", 'has a value that is not allowed: the text "abcd"'),
        ({"minimum": 1, "multipleOf": 2}, "2", "has a value that is not allowed: the number 2"),
    ],
    ids=str,
)
def test_what_a_schema_excludes_is_told_by_what_is_allowed(check: Check, negated: Json, text: str, says: str) -> None:
    (found,) = check({"properties": {"a": {"not": negated}}}, f"a: {text}")
    assert found.message == f"`a` {says}"


BASE: dict[str, Json] = {"properties": {"title": {}, "tags": {"items": {"type": "string"}}}, "required": ["title"]}
RATED: dict[str, Json] = {
    "$defs": {"base": BASE},
    "allOf": [{"$ref": "#/$defs/base"}, {"properties": {"rating": {"multipleOf": 0.5}}}],
    "unevaluatedProperties": False,
}
OF_A_TYPE: dict[str, Json] = {
    "anyOf": [
        {"properties": {"type": {"const": "a"}, "x": {"type": "integer"}}, "required": ["type"]},
        {"properties": {"type": {"const": "b"}, "y": {"type": "integer"}}, "required": ["type"]},
    ],
    "unevaluatedProperties": False,
}
BY_CHAIN: dict[str, Json] = {
    "if": {"properties": {"type": {"const": "a"}}, "required": ["type"]},
    "then": {"properties": {"x": {"type": "integer"}}},
    "else": False,
    "unevaluatedProperties": False,
}


@pytest.mark.parametrize(
    ("document", "text", "pointers"),
    [
        (RATED, "title: a\nrating: 4.5\ntags: [x]", []),
        (RATED, "title: a\nrating: 4.7", ["/rating"]),
        (RATED, "title: a\ntags: [5]", ["/tags/0"]),
        (RATED, "title: a\ntags: [5]\nz: 1", ["/tags/0", "/z"]),
        (OF_A_TYPE, "type: a\nx: q", ["/x"]),
        (OF_A_TYPE, "type: a\nx: q\ny: 1", ["/x", "/y"]),
        (OF_A_TYPE, "type: a\ny: 1", ["/y"]),
        (OF_A_TYPE, "type: c\nx: 1", ["/type"]),
        (OF_A_TYPE, "type: c\nz: 1", ["/type", "/z"]),
        (BY_CHAIN, "type: b\nx: 1\nz: 1", ["/type", "/z"]),
        ({"anyOf": OF_A_TYPE["anyOf"], "unevaluatedProperties": {"multipleOf": 2}}, "type: a\nx: 1.5", ["/x"]),
        ({"allOf": [{"additionalProperties": {"type": "integer"}}], "unevaluatedProperties": False}, "b: q", ["/b"]),
        ({"allOf": [{"unevaluatedProperties": {"type": "integer"}}], "unevaluatedProperties": False}, "b: q", ["/b"]),
        ({"allOf": [{"patternProperties": {"^b": STRING}}], "unevaluatedProperties": False}, "b: 1\nc: 1", ["/b", "/c"]),
        (
            {
                "dependentSchemas": {"b": {"properties": {"c": STRING}}},
                "properties": {"b": {}},
                "unevaluatedProperties": False,
            },
            "b: 1\nc: 1",
            ["/c"],
        ),
        *(
            ({"properties": {"l": {"allOf": [part], "unevaluatedItems": False}}}, "l: [5, 6, 7]", ["/l/0", *more])
            for part, more in (
                ({"prefixItems": [STRING, {"type": "integer"}]}, ["/l/2"]),
                ({"prefixItems": [STRING, {}, {}]}, []),
                ({"prefixItems": [STRING], "items": {"type": "integer"}}, []),
                ({"prefixItems": [STRING], "unevaluatedItems": {"type": "integer"}}, []),
            )
        ),
    ],
    ids=str,
)
def test_one_mistake_does_not_make_its_neighbours_unknown(
    check: Check, document: Json, text: str, pointers: list[str]
) -> None:
    assert sorted(each.location.pointer for each in check(document, text)) == pointers


@pytest.mark.parametrize(
    ("data", "path", "where", "what"),
    [
        ({"b": "x", "a": "text"}, ("a",), ProblemPlace.VALUE, "`a`"),
        ({"a": ["x", {"b": "text"}]}, ("a", 1, "b"), ProblemPlace.VALUE, "`b`"),
        ({"a": {"text": 1}}, ("a", "text"), ProblemPlace.KEY, "the name `text`"),
        ({"a": 1}, (), ProblemPlace.KEY, "the name `text`"),
    ],
)
def test_what_takes_too_long_is_told_where_it_is(
    data: Json, path: tuple[str | int, ...], where: ProblemPlace, what: str
) -> None:
    budget = Budget()
    budget.unfinished["^(a|aa)+$", "text"] = None
    (found,) = unfinished(data, "the article", budget)
    assert (found.keyword, found.path, found.where) == ("pattern", path, where)
    assert found.message == f"matching {what} with the pattern ^(a|aa)+$ takes too long, so it was not checked"
    assert "rewrite the pattern" in f"{found.hint}"
