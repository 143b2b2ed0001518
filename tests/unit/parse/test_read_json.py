from collections.abc import Callable

import pytest

from linkcheck.model import Article, Json, ParseErrorKind, Span
from linkcheck.parse.limits import MAX_DEPTH, TOO_DEEP

Read = Callable[[str | bytes], Article]
Values = Callable[[Article], dict[str, tuple[str | None, str]]]


def test_every_key_and_value_has_its_place(read: Read, values: Values) -> None:
    article = read('{\n  "a": {"b": [1, -2.5e1, "x\\u00e9", {"k": null}], "c/~": true},\r\n  "d": ""\n}\nbody')
    assert article.format == "json"
    assert article.parse_errors == ()
    assert article.data == {"a": {"b": [1, -25.0, "xé", {"k": None}], "c/~": True}, "d": ""}
    found = values(article)
    del found[""]
    assert found == {
        "/a": ('"a"', '{"b": [1, -2.5e1, "x\\u00e9", {"k": null}], "c/~": true}'),
        "/a/b": ('"b"', '[1, -2.5e1, "x\\u00e9", {"k": null}]'),
        "/a/b/0": (None, "1"),
        "/a/b/1": (None, "-2.5e1"),
        "/a/b/2": (None, '"x\\u00e9"'),
        "/a/b/3": (None, '{"k": null}'),
        "/a/b/3/k": ('"k"', "null"),
        "/a/c~1~0": ('"c/~"', "true"),
        "/d": ('"d"', '""'),
    }
    assert article.places[""].value == Span(1, 1, 4, 2)


def test_a_surrogate_pair_is_one_character(read: Read) -> None:
    assert read('{"a": "\\ud83d\\ude00"}').data == {"a": "😀"}


@pytest.mark.parametrize(
    ("text", "data", "kind", "span", "pointer"),
    [
        pytest.param(
            '{"a": {"b": 1},\n "a": 2}', {"a": 2}, ParseErrorKind.DUPLICATE_KEY, (2, 2, 2, 5), "/a", id="a duplicate key"
        ),
        pytest.param('{"a": 1e999}', {"a": "1e999"}, ParseErrorKind.UNSAFE, (1, 7, 1, 12), "/a", id="a number too large"),
        pytest.param(
            '{"a": ' + "9" * 5000 + "}",
            {"a": "9" * 5000},
            ParseErrorKind.UNSAFE,
            (1, 7, 1, 5007),
            "/a",
            id="a number too long",
        ),
        pytest.param(
            '{"a": ["\\ud800"]}', {"a": ["?"]}, ParseErrorKind.SYNTAX, (1, 8, 1, 16), "/a/0", id="half a surrogate pair"
        ),
    ],
)
def test_one_problem_does_not_keep_the_rest_from_being_read(
    read: Read, *, text: str, data: Json, kind: ParseErrorKind, span: tuple[int, int, int, int], pointer: str
) -> None:
    article = read(text)
    (problem,) = article.parse_errors
    assert (problem.kind, problem.location.span, problem.location.pointer) == (kind, Span(*span), pointer)
    assert article.data == data


@pytest.mark.parametrize(
    ("text", "span", "words"),
    [
        pytest.param('{"a": 1,}', (1, 8, 1, 9), "comma", id="a trailing comma"),
        pytest.param('{"a": [1,]}', (1, 9, 1, 10), "comma", id="a trailing comma in a list"),
        pytest.param('{\n// x\n"a": 1}', (2, 1, 2, 3), "no comments", id="a comment"),
        pytest.param("{\na: 1}", (2, 1, 2, 2), "double quotes", id="a bare key"),
        pytest.param('{"a" 1}', (1, 4, 1, 5), "no colon", id="no colon"),
        pytest.param('{"a": 1 "b": 2}', (1, 7, 1, 8), "no comma", id="no comma"),
        pytest.param('{"a": [1}', (1, 9, 1, 10), "cannot close", id="the wrong bracket"),
        pytest.param('{"a": NaN}', (1, 7, 1, 10), "`NaN`", id="NaN"),
        pytest.param("{\"a\": 'x'}", (1, 7, 1, 8), "single quotes", id="single quotes"),
        pytest.param('{"a": 01}', (1, 7, 1, 9), "start with 0", id="a leading zero"),
        pytest.param('{"a": "x\ny"}', (1, 7, 1, 8), "not closed on its line", id="a line break in a string"),
        pytest.param('{"a": "\\x"}', (1, 8, 1, 10), "hexadecimal", id="an unknown escape"),
        pytest.param("---json\n{} {}\n---\n", (2, 4, 2, 6), "text follows", id="a second object"),
        pytest.param('---json\n{"a": 1\n---\n', (2, 1, 2, 2), "never closed", id="no end between fences"),
    ],
)
def test_what_is_not_json_is_told_at_its_place(read: Read, text: str, span: tuple[int, int, int, int], words: str) -> None:
    (problem,) = read(text).parse_errors
    assert (problem.kind, problem.location.span) == (ParseErrorKind.SYNTAX, Span(*span))
    assert words in problem.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a": ' + "[" * 100_000, id="nested lists"),
        pytest.param('{"a":' * 50_000, id="nested objects"),
        pytest.param("{" + ",".join(f'"k{n}": 1' for n in range(15_000)) + "}", id="too many keys"),
    ],
)
def test_a_limit_ends_the_reading_with_a_problem(read: Read, text: str) -> None:
    assert [problem.kind for problem in read(text).parse_errors] == [ParseErrorKind.UNSAFE]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a": ', "}")], ids=["lists", "objects"])
def test_values_can_be_nested_to_a_limit(opening: str, closing: str, read: Read) -> None:
    def nested(levels: int) -> str:
        return '{"a": ' + opening * levels + "1" + closing * levels + "}"

    assert read(nested(MAX_DEPTH - 1)).parse_errors == ()
    (error,) = read(nested(MAX_DEPTH)).parse_errors
    assert (error.kind, error.message) == (ParseErrorKind.UNSAFE, TOO_DEEP)
