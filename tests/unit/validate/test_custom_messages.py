"""`errorMessage`: the words of a schema in place of linkcheck's."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck.model import Json, Violation
from linkcheck.validate.custom_messages import fill, message_mistakes
from linkcheck.validate.schema_checker import Checker
from linkcheck.validate.schema_contents import KEYWORDS

Check = Callable[[object, str], list[Violation]]
STRING = {"type": "string"}
WHOLE = {"type": "integer"}


def told(check: Check, document: object, text: str) -> list[tuple[str, str]]:
    return [(violation.location.pointer, violation.message) for violation in check(document, text)]


def test_a_text_stands_for_all_errors_of_its_schema_and_below(check: Check) -> None:
    inner = {"type": "object", "properties": {"x": WHOLE, "y": STRING}, "required": ["z"], "errorMessage": "Give ${0/x}."}
    assert told(check, {"properties": {"p": inner}}, "p: {x: a, y: 2}") == [("/p/x", 'Give "a".')]


def test_texts_by_keyword_replace_the_errors_of_that_keyword(check: Check) -> None:
    document = {
        "required": ["foo", "bar"],
        "properties": {
            "n": {"minimum": 3, "errorMessage": {"minimum": "Three, not ${0}.", "type": "A number."}},
            "m": WHOLE,
        },
        "errorMessage": {"required": "Give foo and bar."},
    }
    assert told(check, document, "n: 2\nm: x") == [
        ("/foo", "Give foo and bar."),
        ("/n", "Three, not 2."),
        ("/m", '`m` must be a whole number, not the text "x"'),
    ]


def test_each_missing_property_can_have_its_text(check: Check) -> None:
    document = {"required": ["a", "b", "c"], "errorMessage": {"required": {"a": "Give an a.", "b": "Give a b."}}}
    assert told(check, document, "x: 1") == [("/a", "Give an a."), ("/b", "Give a b."), ("/c", "`c` is missing")]


def test_properties_items_and_the_rest_have_texts(check: Check) -> None:
    document = {
        "properties": {"n": WHOLE, "m": WHOLE, "l": {"items": WHOLE, "errorMessage": {"items": ["The first."]}}},
        "errorMessage": {"properties": {"n": "n is wrong."}, "_": "Something else."},
    }
    assert told(check, document, "n: x\nm: x\nl: [x]") == [
        ("/n", "n is wrong."),
        ("/m", "Something else."),
        ("/l/0", "The first."),
    ]


def test_the_innermost_text_counts_also_by_reference(check: Check) -> None:
    document = {
        "$defs": {"w": {**WHOLE, "errorMessage": "Pixels."}},
        "properties": {"a": {"$ref": "#/$defs/w"}},
        "errorMessage": "All.",
    }
    assert told(check, document, "a: x") == [("/a", "Pixels.")]


def test_a_text_of_an_alternative_is_told_as_it_is(check: Check) -> None:
    forms = [{"properties": {"k": {"const": k}, "x": {**STRING, "errorMessage": f"As {k}."}}} for k in ("a", "b")]
    assert told(check, {"oneOf": forms}, "k: a\nx: 1") == [("/x", "As a.")]
    assert told(check, {"oneOf": forms, "errorMessage": {"oneOf": "No."}}, "k: c") == [("/k", "No.")]


@pytest.mark.parametrize(
    ("inner", "outer", "text", "message"),
    [
        ("A number.", {"anyOf": "a or b."}, "k: a\nx: q", "A number."),
        ("A number.", {"anyOf": "a or b."}, "k: c", "a or b."),
        (None, {"anyOf": "a or b."}, "k: a\nx: q", '`x` must be a whole number, not the text "q" (for `k: a`)'),
        (None, "a or b.", "k: a\nx: q", "a or b."),
        (None, {"_": "a or b."}, "k: a\nx: q", "a or b."),
    ],
)
def test_the_alternative_that_is_meant_says_more_than_the_text_for_all(
    check: Check, inner: Json, outer: Json, text: str, message: str
) -> None:
    forms = [{"properties": {"k": {"const": k}, "x": {**WHOLE, **({"errorMessage": inner} if inner else {})}}} for k in "ab"]
    assert [each for _, each in told(check, {"anyOf": forms, "errorMessage": outer}, text)] == [message]


def test_the_text_for_patterns_of_vs_code_counts(check: Check) -> None:
    part = {"pattern": "^b", "maxLength": 3, "patternErrorMessage": "Start with ${0#}.", "errorMessage": "Wrong."}
    assert told(check, {"properties": {"a": part}}, "a: xy") == [("/a", 'Start with "a".')]
    assert told(check, {"properties": {"a": part}}, "a: bxyz") == [("/a", "Wrong.")]


def test_what_to_do_is_told_with_the_text(check: Check) -> None:
    (violation,) = check({"properties": {"a": {"enum": ["one", "three"], "errorMessage": "One or three."}}}, "a: thre")
    assert (violation.message, violation.hint, violation.suggestion) == ("One or three.", "Did you mean three?", "three")


def test_a_missing_property_under_another_name_keeps_the_text(check: Check) -> None:
    document = {"required": ["authors"], "properties": {"authors": {}}, "errorMessage": {"required": "Who wrote it?"}}
    (violation,) = check(document, "author: A")
    assert (violation.message, violation.hint) == ("Who wrote it?", "Rename author to authors.")


DATA: Json = {"a": {"b": ["x", None], "c/d": 1, "long": "y" * 300}, "n": 2.5}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("${/n} and ${/a/b}", '2.5 and ["x", null]'),
        ("${0}", '["x", null]'),
        ("${0#} ${1/c~1d} ${2/n}", '"b" 1 2.5'),
        ("${/a/b/1} ${/a/b/2} ${/none} ${3} ${2#}", "null nothing nothing nothing nothing"),
        ("${x} ${} ${#} $ {0}", "${x} ${} ${#} $ {0}"),
        ("two\n lines", "two lines"),
    ],
)
def test_values_are_put_into_the_text(text: str, filled: str) -> None:
    assert fill(text, DATA, ("a", "b")) == filled


def test_texts_and_their_values_are_cut() -> None:
    assert len(fill("${/a/long}", DATA, ())) == 202
    assert len(fill("x" * 10_000, DATA, ())) == 500


@pytest.mark.parametrize(
    ("message", "mistakes"),
    [
        ("Text.", []),
        ({"type": "Text.", "required": {"a": "Text."}, "properties": {"a": "Text."}, "items": ["Text."], "_": "Text."}, []),
        (5, ["/e must be text, or an object with texts by keyword"]),
        (None, ["/e must be text, or an object with texts by keyword"]),
        (
            {"type": 5, "_": [], "type ": "Text."},
            ["/e/type must be text", "/e/_ must be text", "/e/type  is not a keyword. Did you mean type?"],
        ),
        ({"required": {"a": 1}, "items": [1]}, ["/e/required/a must be text", "/e/items/0 must be text"]),
        ("Text. ${0} ${1/b} ${/a} ${2#} $ {x}", []),
        ("Text. ${a}", ["/e has ${a}, which is not a JSON Pointer: ${/name}, or ${1/name} from it"]),
        ({"type": "${}"}, ["/e/type has ${}, which is not a JSON Pointer: ${/name}, or ${1/name} from it"]),
        ({"requred": "Text."}, ["/e/requred is not a keyword. Did you mean required?"]),
    ],
)
def test_what_has_no_effect_is_told(check: Check, message: Json, mistakes: list[str]) -> None:
    assert list(message_mistakes("/e", message, KEYWORDS)) == mistakes
    (violation,) = check({"properties": {"a": {"type": "string", "errorMessage": message}}}, "a: 1")
    assert violation.message.startswith("Text.") or violation.message in {"${}", "`a` must be text, not the number 1"}


def test_a_pointer_to_what_the_schema_does_not_describe_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(
        json.dumps(
            {
                "properties": {
                    "a": {"type": "object", "properties": {"b": WHOLE}, "errorMessage": "${/a/b} ${/c/0} ${/c/x}"},
                    "c": {"items": STRING},
                    "d": {"additionalProperties": STRING, "errorMessage": {"type": "${/d/any} ${/a/z} ${/none}"}},
                }
            }
        )
    )
    shown = [each.partition(" shows ")[2] for each in Checker(tmp_path / "s.json").notices]
    ending = "which the schema does not describe"
    assert shown == [f"${{/c/x}}, {ending}", f"${{/a/z}}, {ending}", f"${{/none}}, {ending}"]
