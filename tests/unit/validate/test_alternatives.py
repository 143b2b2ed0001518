"""What is said of values that match none of the alternatives of a schema, or too many."""

from collections.abc import Callable

import pytest

from linkcheck.model import Violation

Check = Callable[[object, str], list[Violation]]
STRING = {"type": "string"}
WHOLE = {"type": "integer"}
GROUPS = {
    "anyOf": [
        {"title": "person", "properties": {"person": STRING}, "required": ["person"], "additionalProperties": False},
        {"title": "place", "properties": {"place": STRING}, "required": ["place"], "additionalProperties": False},
        {
            "title": "group",
            "properties": {"group": STRING, "things": {"type": "array"}},
            "required": ["group", "things"],
            "additionalProperties": False,
        },
    ]
}
KINDS = {
    "oneOf": [
        {"properties": {"kind": {"const": "quote"}, "text": STRING}, "required": ["kind", "text"]},
        {"properties": {"kind": {"const": "image"}, "src": STRING, "alt": STRING}, "required": ["kind", "src"]},
        {"properties": {"kind": {"enum": ["tweet"]}, "id": WHOLE}, "required": ["kind", "id"]},
    ]
}
NESTED = {
    "$defs": {
        "b": {"allOf": [{"properties": {"meta": {"properties": {"kind": {"const": "b"}}}}}], "required": ["x"]},
        "c": {"properties": {"meta": {"properties": {"kind": {"enum": ["c", "d"]}}}}, "required": ["y"]},
    },
    "oneOf": [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/c"}],
}
CHAIN = {
    "if": {"properties": {"kind": {"const": "image"}}, "required": ["kind"]},
    "then": {"required": ["src"]},
    "else": {
        "if": {"properties": {"kind": {"const": "quote"}}, "required": ["kind"]},
        "then": {"required": ["text"]},
        "else": False,
    },
}
EITHER = {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}
SEVERAL = {"oneOf": [{"required": ["a", "b"]}, {"required": ["c"]}]}


def of_a(*forms: object, keyword: str = "anyOf") -> dict[str, object]:
    return {"properties": {"a": {keyword: list(forms)}}}


TABLE = [
    # name, schema, article, pointer, message
    (
        "a property whose name is almost that of the closest",
        GROUPS,
        "grop: y\nthings: []",
        "/grop",
        "`group` is missing, but there is `grop`, which the schema does not know",
    ),
    (
        "nothing that any of them knows",
        GROUPS,
        "x: 1",
        "",
        "the front matter must have `person`, or `place`, or `group` and `things`",
    ),
    (
        "the only one that knows the property",
        GROUPS,
        "person: 5",
        "/person",
        '`person` must be text, not the number 5 (the front matter matches none of 3 alternatives; "person" is closest)',
    ),
    (
        "two that are equally close",
        GROUPS,
        "person: a\nplace: b",
        "",
        "the front matter matches none of 3 alternatives: unknown property `place`; unknown property `person`",
    ),
    ("an unknown kind", KINDS, "kind: video", "/kind", '`kind` must be one of quote, image or tweet, not "video"'),
    (
        "an error in one of the kind",
        KINDS,
        "kind: tweet\nid: x",
        "/id",
        '`id` must be a whole number, not the text "x" (for `kind: tweet`)',
    ),
    ("no kind", KINDS, "text: a", "/kind", "`kind` is missing"),
    ("a number as kind", KINDS, "kind: 5", "/kind", '`kind` must be one of "quote", "image" or "tweet", not the number 5'),
    ("an unknown kind further down", NESTED, "meta: {kind: z}", "/meta/kind", '`kind` must be one of b, c or d, not "z"'),
    ("a kind further down", NESTED, "meta: {kind: d}", "/y", "`y` is missing (for `kind: d`)"),
    ("a kind that no condition has", CHAIN, "kind: video", "/kind", '`kind` must be one of image or quote, not "video"'),
    ("a kind of a condition", CHAIN, "kind: image", "/src", "`src` is missing (for `kind: image`)"),
    ("no kind for any condition", CHAIN, "a: 1", "/kind", "`kind` is missing"),
    (
        "a kind among texts",
        {"properties": {"a": {"items": {"anyOf": [STRING, *KINDS["oneOf"]]}}}},
        "a: [{kind: video}]",
        "/a/0/kind",
        '`kind` must be one of quote, image or tweet, not "video"',
    ),
    ("both of two", EITHER, "b: 1\nc: 3\na: 2", "/a", "only one of `a` and `b` is allowed"),
    (
        "both of two in an object",
        {"properties": {"p": EITHER}},
        "p: {a: 1, b: 2}",
        "/p/b",
        "only one of `a` and `b` is allowed in `p`",
    ),
    ("none of two", EITHER, "c: 1", "", "`a` or `b` is missing"),
    ("two and a third", SEVERAL, "a: 1\nb: 1\nc: 1", "/c", "`a` and `b` are not allowed together with `c`"),
    ("neither two nor a third", SEVERAL, "x: 1", "", "the front matter must have `a` and `b`, or `c`"),
    ("one of two or a third", SEVERAL, "a: 1", "", "`b` or `c` is missing"),
    ("what all require", {"anyOf": [{"required": ["a"]}, {"required": ["a", "b"]}]}, "c: 1", "/a", "`a` is missing"),
    ("limits", of_a({"maximum": 3}, {"minimum": 10}), "a: 5", "/a", "`a` must be 3 or less, or be 10 or more, not 5"),
    (
        "formats",
        of_a({"format": "date"}, {"format": "uri"}),
        "a: zz",
        "/a",
        '`a` is not a date, and is not an absolute URL: "zz"',
    ),
    (
        "a value or a type",
        of_a({"const": "auto"}, WHOLE),
        "a: x",
        "/a",
        '`a` must be "auto" or a whole number, not the text "x"',
    ),
    (
        "a limit or a value",
        of_a({"type": "number", "minimum": 0}, {"const": "free"}),
        "a: -1",
        "/a",
        '`a` must be 0 or more, or be "free", not the number -1',
    ),
    ("nothing", of_a(STRING, WHOLE), "a:", "/a", "`a` is empty: it must be text or a whole number"),
    (
        "some of three",
        of_a({"title": "Short", "maxLength": 5}, {"title": "Lower", "pattern": "^[a-z]+$"}, WHOLE, keyword="oneOf"),
        "a: abc",
        "/a",
        '`a` matches 2 of 3 alternatives ("Short" and "Lower"), but must match exactly one',
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_value_that_matches_no_alternative_is_told_with_what_is_wrong(
    check: Check, row: tuple[str, object, str, str, str]
) -> None:
    _, document, text, pointer, message = row
    (violation,) = check(document, text)
    assert (violation.location.pointer, violation.message) == (pointer, message)


@pytest.mark.parametrize(
    ("text", "hint", "suggestion"),
    [
        ("kind: imge", "Did you mean image?", "image"),
        ("a: 1", "Add the property: quote, image or tweet.", None),
    ],
)
def test_the_values_of_all_alternatives_are_proposed(check: Check, text: str, hint: str, suggestion: str | None) -> None:
    (violation,) = check(KINDS, text)
    assert (violation.hint, violation.suggestion) == (hint, suggestion)


def test_all_errors_of_the_alternative_of_the_kind_are_told(check: Check) -> None:
    assert sorted(each.location.pointer for each in check(KINDS, "kind: image\nalt: 4")) == ["/alt", "/src"]


STATES = {
    "oneOf": [
        {"properties": {"state": {"enum": ["new", "old"]}, "kind": {"const": "a"}}, "required": ["kind"]},
        {"properties": {"state": {"enum": ["open"]}, "kind": {"const": "b"}, "x": WHOLE}, "required": ["kind", "x"]},
    ]
}


@pytest.mark.parametrize(
    ("document", "text", "message"),
    [
        pytest.param(
            {"anyOf": [{"properties": {"size": WHOLE}}, {"properties": {"size": {"type": "array"}}}]},
            "size: big",
            '`size` must be a whole number or a list, not the text "big"',
            id="types of a property",
        ),
        pytest.param(
            of_a({"type": "null"}, {"enum": ["x", "y"]}),
            "a: z",
            '`a` must be "x", "y" or empty, not the text "z"',
            id="values and nothing",
        ),
        *(
            pytest.param(
                of_a({"format": "date"}, {"format": "date-time"}), f"a: {text}", f'`a` {message}: "{text}"', id=text
            )
            for text, message in {
                "4/27/2023": "is not a date",
                "2024-03-01T10:00:00": "has no time zone",
                "2024-03-01T25:00:00Z": "is not a valid time",
                "2021-02-30": "is not a valid date: February 2021 has 28 days",
            }.items()
        ),
        pytest.param(
            of_a({"enum": ["red", "blue"]}, {"pattern": "^#"}),
            "a: rde",
            '`a` matches none of 2 alternatives: `a` must be one of red or blue, not "rde"; '
            '`a` does not match the pattern ^#: "rde"',
            id="a value or a pattern",
        ),
        pytest.param(
            STATES, "kind: c\nstate: x", '`kind` must be one of a or b, not "c"', id="the kind before other values"
        ),
        pytest.param(
            STATES,
            "kind: b\nstate: new\nx: 1",
            '`state` must be open, not "new" (for `kind: b`)',
            id="values of the kind only",
        ),
        pytest.param(
            {
                "properties": {"title": STRING},
                "anyOf": [{"properties": {"a": STRING}, "required": ["a"], "additionalProperties": False}],
            },
            "title: x\na: y",
            "the schema describes `title` in one part and forbids it in another",
            id="a closed alternative",
        ),
        pytest.param(
            of_a({"const": "x"}, *({"type": "string", "pattern": f"^{each}"} for each in "bcd")),
            "a: z",
            '`a` matches none of 4 alternatives: `a` must be x, not "z"; `a` does not match the pattern ^b: "z"; '
            '`a` does not match the pattern ^c: "z"',
            id="more than are shown",
        ),
    ],
)
def test_the_message_is_true_for_all_alternatives(check: Check, document: object, text: str, message: str) -> None:
    (violation,) = check(document, text)
    assert violation.message == message


@pytest.mark.parametrize(
    ("document", "text", "hint", "suggestion"),
    [
        (of_a({"type": "number"}, {"const": "free"}), "a: Free", "Did you mean free?", "free"),
        (of_a({"enum": [f"b{number}" for number in range(60)]}), "a: b61", None, None),
        (
            {"oneOf": [{"properties": {"a": STRING}}, {"properties": {"b": STRING}}]},
            "a: x\nb: y",
            "Make the alternatives exclusive in the schema: both allow this.",
            None,
        ),
        (
            {"oneOf": [{"required": ["a"]}, {"properties": {"b": STRING}}]},
            "a: x",
            "Remove `a`, which one of them requires, or make the alternatives exclusive in the schema.",
            None,
        ),
    ],
)
def test_what_to_do_about_alternatives_is_told(
    check: Check, document: object, text: str, hint: str | None, suggestion: str | None
) -> None:
    (violation,) = check(document, text)
    assert (violation.hint, violation.suggestion) == (hint, suggestion)
