"""The evaluator the other tests lean on, against what GitHub's documentation says."""

import pytest
from ci.expressions import Value, evaluate, holds, interpolate, shown

CONTEXTS = {
    "github": {"base_ref": "main", "event": {"number": 3}, "nothing": None},
    "steps": {"one": {"outputs": {"exit-code": "1"}}},
    "job": {"status": "failure"},
}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("github.base_ref", "main", id="a property"),
        pytest.param("github.event.number", 3.0, id="a number"),
        pytest.param("github.event.pull_request.head.repo", None, id="what is not there is null"),
        pytest.param("'it''s'", "it's", id="a doubled quote"),
        pytest.param("'Main' == github.base_ref", True, id="case is no difference"),
        pytest.param("null == ''", True, id="null and nothing are the same number"),
        pytest.param("'x' != github.nothing", True, id="a word is no number"),
        pytest.param("github.base_ref != '' && format('origin/{0}', github.base_ref) || ''", "origin/main", id="a choice"),
        pytest.param("github.nothing && 'a' || 'b'", "b", id="the other choice"),
        pytest.param("!(true && false)", True, id="not"),
        pytest.param("startsWith('pull_request_target', 'pull_request')", True, id="a function"),
        pytest.param("steps.one.outputs.exit-code == 1", True, id="a dash in a name, a number in a text"),
    ],
)
def test_an_expression_comes_to(expression: str, expected: Value) -> None:
    assert evaluate(expression, CONTEXTS) == expected


def test_an_unknown_context_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        evaluate("input.paths", CONTEXTS)


@pytest.mark.parametrize("text", ["'", "a b", "(true", "a &&"])
def test_what_is_no_expression_is_a_mistake(text: str) -> None:
    with pytest.raises((ValueError, IndexError, KeyError)):
        evaluate(text, CONTEXTS)


def test_a_condition_asks_for_success_unless_it_names_a_status() -> None:
    assert not holds("true", CONTEXTS)
    assert holds("always() && true", CONTEXTS)


def test_values_are_shown_as_github_shows_them() -> None:
    assert interpolate("${{ true }}-${{ github.nothing }}-${{ github.event.number }}", CONTEXTS) == "true--3"
    assert shown(1.5) == "1.5"
