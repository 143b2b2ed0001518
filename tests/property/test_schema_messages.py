"""Whatever schema and data: what is said of an error is true of the value, and its place is in the data."""

import re
from contextlib import suppress
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model import Json
from linkcheck.pointers import value_at
from linkcheck.validate.budget import Budget
from linkcheck.validate.jsonschema_adapter import build_engine, schema_errors
from linkcheck.validate.messages import explain
from linkcheck.validate.problems import ExplainedData, ProblemPlace, SchemaProblem
from linkcheck.validate.references import Inside
from linkcheck.validate.schema_tree import build_tree
from linkcheck.validate.value_text import as_json, describe, show

NAMES = st.sampled_from(["a", "b", "kind", "it's", "x/y~z"])
TEXTS = st.sampled_from(["", "a", "b", "image", "imge", "5", "true", " "])
NUMBERS = st.integers(-2, 3) | st.sampled_from([0.5, 1.0, 10**30, 10**30 + 1])
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
DATA: st.SearchStrategy[Json] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])
SEVERAL_NAMES = st.lists(NAMES, min_size=1, max_size=2, unique=True)


def _keywords_around(inner: st.SearchStrategy[Json]) -> dict[str, st.SearchStrategy[Any]]:
    named = st.dictionaries(NAMES, inner, min_size=1, max_size=2)
    several = st.lists(inner, min_size=1, max_size=3)
    size = st.integers(0, 3)
    keywords: dict[str, st.SearchStrategy[Any]] = {
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
        "enum": st.lists(DATA, min_size=1, max_size=3),
        "const": DATA,
        "pattern": st.sampled_from(["^a", "b$"]),
        "minLength": size,
        "maxLength": size,
        "minItems": size,
        "maxItems": size,
        "minProperties": size,
        "maxProperties": size,
        "minimum": NUMBERS,
        "maximum": NUMBERS,
        "exclusiveMinimum": NUMBERS,
        "exclusiveMaximum": NUMBERS,
        "multipleOf": st.integers(1, 3),
        "required": SEVERAL_NAMES,
        "properties": named,
        "patternProperties": st.dictionaries(st.just("^a"), inner, max_size=1),
        "additionalProperties": inner,
        "propertyNames": inner,
        "dependencies": st.dictionaries(NAMES, SEVERAL_NAMES.map(list[Json]) | inner, min_size=1, max_size=1),
        "items": inner,
        "uniqueItems": st.booleans(),
        "contains": inner,
        "allOf": several,
        "anyOf": several,
        "oneOf": several,
        "not": inner,
        "if": inner,
        "then": inner,
        "else": inner,
    }
    return keywords


OF_2019 = (
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
    "minContains",
    "maxContains",
)


def schemas(dialect: str) -> st.SearchStrategy[dict[str, Json]]:
    """Schemas of one or two keywords each, with others in them."""

    def around(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
        keywords = _keywords_around(inner)
        newer: dict[str, st.SearchStrategy[Any]] = {
            "dependentRequired": st.dictionaries(NAMES, SEVERAL_NAMES, min_size=1, max_size=1),
            "dependentSchemas": st.dictionaries(NAMES, inner, min_size=1, max_size=1),
            "unevaluatedProperties": inner,
            "unevaluatedItems": inner,
            "minContains": st.integers(0, 2),
            "maxContains": st.integers(0, 2),
        }
        lists = st.lists(inner, min_size=1, max_size=2)
        if dialect == "draft-04":
            for name in ("const", "contains", "propertyNames", "if", "then", "else"):
                del keywords[name]
            keywords |= {"exclusiveMinimum": st.booleans(), "exclusiveMaximum": st.booleans()}
            keywords["items"] = inner | lists
            keywords["additionalItems"] = inner
        elif dialect == "2020-12":
            del keywords["dependencies"]
            keywords |= {**newer, "prefixItems": lists}
        else:
            keywords["items"] = inner | lists
            keywords["additionalItems"] = inner
            if dialect == "2019-09":
                del keywords["dependencies"]
                keywords |= newer
        one_or_more = st.lists(st.sampled_from(sorted(keywords)), min_size=1, max_size=4, unique=True)
        return one_or_more.flatmap(lambda chosen: st.fixed_dictionaries({name: keywords[name] for name in chosen}))

    simple: st.SearchStrategy[Json] = st.fixed_dictionaries(
        {}, optional={"type": TYPES, "enum": st.lists(SCALARS, min_size=1, max_size=2)}
    )
    if dialect != "draft-04":
        simple |= st.booleans() | st.fixed_dictionaries({"const": SCALARS})
    return st.recursive(simple, around, max_leaves=6).map(lambda each: each if isinstance(each, dict) else {"not": {}})


LIBRARY = {
    "draft-04": jsonschema.Draft4Validator,
    "draft-06": jsonschema.Draft6Validator,
    "draft-07": jsonschema.Draft7Validator,
    "2019-09": jsonschema.Draft201909Validator,
    "2020-12": jsonschema.Draft202012Validator,
}
CASES = st.sampled_from(sorted(LIBRARY)).flatmap(lambda dialect: st.tuples(st.just(dialect), schemas(dialect)))
FORM = re.compile(r"must be (?P<allowed>.*?)(?: or more| or less)?, not (?P<actual>.*)", re.DOTALL)


@given(CASES, DATA)
def test_a_message_is_true_of_its_value_and_place(case: tuple[str, dict[str, Json]], data: Json) -> None:
    dialect, schema = case
    budget = Budget()
    tree = build_tree(schema, Inside(schema), "s.json", budget)
    engine = build_engine(schema, dialect, None, budget)
    found = list(explain(schema_errors(engine, data), ExplainedData("the data", budget, data, tree, tree.root)))
    with suppress(TypeError):  # the library has a bug with `additionalItems` next to `items` that are true or false
        assert bool(found) == (not LIBRARY[dialect](schema).is_valid(data))
    for problem in found:
        assert_true(problem, data)


def assert_true(problem: SchemaProblem, data: Json) -> None:
    message, (owner, _, _) = problem.message, problem.pointer.rpartition("/")
    assert 0 < len(message) < 3_000
    assert "violates the schema's keyword" not in message
    assert "None" not in message
    if problem.where is ProblemPlace.OWNER:
        around = value_at(data, owner)
        assert isinstance(around, dict)
        assert problem.path[-1] not in around
        assert " is missing" in message
        return
    place: Json = data
    for part in problem.path:
        match place, part:
            case dict(), str():
                place = place[part]
            case list(), int():
                place = place[part]
            case _:
                raise AssertionError(problem.path)
    differs = FORM.fullmatch(message.partition(" must ")[1].strip() + " " + message.partition(" must ")[2])
    if differs is not None and problem.where is ProblemPlace.VALUE:
        assert differs["allowed"] != differs["actual"]
        assert any(
            differs["actual"].startswith(text)
            for text in (show(place), describe(place), as_json(place), "empty", "one that")
        )
