"""Whatever schema and data: the shortcut agrees with jsonschema, and holding an article against its schema never raises."""

import re

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.did_you_mean import closest
from linkcheck.model import Article, Json
from linkcheck.validate import Schemas
from linkcheck.validate.budget import Budget
from linkcheck.validate.compiled_check import compile_shortcut
from linkcheck.validate.formats import FORMATS
from linkcheck.validate.jsonschema_adapter import build_engine, schema_errors
from linkcheck.validate.messages import explain
from linkcheck.validate.problems import ExplainedData
from linkcheck.validate.references import Inside

NAMES = st.sampled_from(["a", "b", "title", "webUrl", "x/y~z"])
TEXTS = st.sampled_from(
    ["", "a", "ab", "\u00e9b\n", "\ufeff", "11", "2021-02-30", "2021-06-18T10:57:00Z", "https://a.example/", "/a", "é\u2028"]
) | st.text(max_size=5)
UNSUPPORTED = r"\p{RGI_Emoji}"
NUMBERS = st.integers(-3, 3) | st.sampled_from([0.5, 1.0, -2.0, 19.99, 0.07, 1e-7, 1e300, 10**30, 9007199254740993])
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
DATA: st.SearchStrategy[Json] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
PATTERNS = [
    *("^a", "b$", ".", "^[0-9-]+$", r"^\p{L}", r"(?<y>\d)\k<y>", r"\bb", r"^[^\s]$", r"(?<=a+)b", "(?i)^A"),
    UNSUPPORTED,
]
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])


def schemas_around(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    named = st.dictionaries(NAMES, inner, max_size=3)
    several = st.lists(inner, min_size=1, max_size=3)
    size = st.integers(0, 3)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
            "enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=lambda value: (isinstance(value, bool), value)),
            "const": SCALARS,
            "format": st.sampled_from([*FORMATS, "unheard-of"]),
            "pattern": st.sampled_from(PATTERNS),
            "minLength": size,
            "maxLength": size,
            "minItems": size,
            "maxItems": size,
            "minProperties": size,
            "maxProperties": size,
            "minimum": NUMBERS,
            "exclusiveMaximum": NUMBERS,
            "multipleOf": st.sampled_from([1, 2, 0.5, 0.01, 1.0, 1e-7, 1e300, 10**30]),
            "required": st.lists(NAMES, max_size=2, unique=True),
            "properties": named,
            "additionalProperties": inner,
            "propertyNames": inner,
            "items": inner,
            "allOf": several,
            "anyOf": several,
            "oneOf": several,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "$ref": st.just("#/$defs/a"),
            "description": TEXTS,
            "uniqueItems": st.booleans(),
            "unevaluatedProperties": inner,
            "patternProperties": st.dictionaries(st.sampled_from(["^a", r"^\p{Ll}$", UNSUPPORTED]), inner, max_size=2),
            "nullable": st.booleans(),
            "errorMessage": DATA | st.dictionaries(st.sampled_from(["type", "required", "items", "_"]), DATA, max_size=2),
            "dependencies": st.dictionaries(
                NAMES, st.lists(NAMES, max_size=2, unique=True).map(list[Json]) | inner, max_size=1
            ),
        },
    )


PARTS: st.SearchStrategy[Json] = st.recursive(
    st.booleans() | st.fixed_dictionaries({}, optional={"type": TYPES, "minLength": st.integers(0, 2), "const": SCALARS}),
    schemas_around,
    max_leaves=6,
)
DIALECTS = st.sampled_from(["draft-07", "2020-12"])
LIBRARY = {"draft-07": jsonschema.Draft7Validator, "2020-12": jsonschema.Draft202012Validator}


@given(
    schemas_around(PARTS), st.dictionaries(st.just("a"), st.fixed_dictionaries({"type": TYPES}), min_size=1), DATA, DIALECTS
)
def test_the_shortcut_agrees_with_jsonschema(
    schema: dict[str, Json], definitions: dict[str, Json], data: Json, dialect: str
) -> None:
    document: dict[str, Json] = {**schema, "$defs": definitions}
    budget = Budget()
    shortcut = compile_shortcut(document, Inside(document), dialect, budget)
    engine = build_engine(document, dialect, None, budget)
    found = list(explain(schema_errors(engine, data), ExplainedData("the data", budget, data)))
    if shortcut is None:
        assert re.search("uniqueItems|(?:pattern|unevaluated)Properties|dependencies|RGI_Emoji", repr(document))
    else:
        assert shortcut(data) == (not any(engine.iter_errors(data)))
        # Its `regex` is Python's.
        LIBRARY[dialect].check_schema(
            document, format_checker=jsonschema.FormatChecker(formats=())
        )  # understood means well-formed
    # Every breach is put in words, and every fault leads to a place of the data or of what it lacks.
    assert bool(found) == any(engine.iter_errors(data))
    assert all(fault.message and len(fault.message) < 3_000 for fault in found)


@given(
    st.dictionaries(st.sampled_from(["title", "webURL", "images", "related", "provider", "$schema", "topics", "type"]), DATA)
)
def test_no_article_makes_validation_raise(data: dict[str, Json]) -> None:
    validation = Schemas().validate(Article(path="a.md", data=data))
    assert all(violation.keyword != "internal" for violation in validation.violations)


@given(st.sampled_from(sorted(FORMATS)), st.text())
def test_a_format_never_raises_and_says_why(name: str, text: str) -> None:
    misfit = FORMATS[name](text)
    assert misfit is None or misfit.message


@given(st.text(max_size=12), st.lists(st.text(max_size=12)))
def test_the_closest_name_is_one_of_the_known(name: str, known: list[str]) -> None:
    likely = closest(name, known)
    assert likely is None or likely in known
    assert name not in known or likely is not None
