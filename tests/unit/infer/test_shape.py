"""Merging the shapes of several sets of values has the same result as adding all values to one shape."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.infer import infer_from, outline_of, shape_of
from linkcheck.infer.shape import MOST_NAMES, MOST_VALUES
from linkcheck.model import Json

_TEXTS = st.sampled_from(("", "news", "https://a.example/1", "/img/a.png", "2026-01-02", "long " * 20))
_VALUES: st.SearchStrategy[Json] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 9), st.floats(0, 9), _TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abcd"), inner, max_size=3)),
    max_leaves=8,
)
_ARTICLES = st.lists(st.dictionaries(st.sampled_from("abcd"), _VALUES, max_size=4), max_size=4)


@settings(max_examples=30)
@given(_ARTICLES, _ARTICLES)
def test_merged_shapes_have_the_schema_of_all_values(one: list[dict[str, Json]], other: list[dict[str, Json]]) -> None:
    merged = outline_of([*one, *other])
    merged.merge(shape_of(other))
    merged.merge(shape_of(one))
    assert repr(infer_from(merged, name="all")) == repr(infer_from(shape_of([*one, *other]), name="all"))


_MANY: list[dict[str, Json]] = [{f"name{number}": number} for number in range(MOST_NAMES + 1)]
_TEXTS_OF_MANY: list[dict[str, Json]] = [{"a": f"text {number}"} for number in range(MOST_VALUES + 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(_MANY[:100], _MANY[50:], id="too many names in both together"),
        pytest.param(_MANY[:2], _MANY, id="too many names in the second"),
        pytest.param(_MANY, _MANY[:2], id="too many names in the first"),
        pytest.param([{"a": "x"}] * 20, _TEXTS_OF_MANY, id="too many texts in the second"),
    ],
)
def test_limits_apply_to_merged_shapes(one: Sequence[dict[str, Json]], other: Sequence[dict[str, Json]]) -> None:
    merged = shape_of(one)
    merged.merge(shape_of(other))
    whole = shape_of([*one, *other])
    assert repr(infer_from(merged, name="all")) == repr(infer_from(whole, name="all"))
    assert {name: shape.texts for name, shape in merged.properties.items()} == {
        name: shape.texts for name, shape in whole.properties.items()
    }


def test_properties_that_only_the_outline_has_are_not_in_the_schema() -> None:
    outline = outline_of([{"a": 1, "b": 2}])
    outline.merge(shape_of([{"b": 2}] * 10))
    assert infer_from(outline, name="all").schema["properties"] == {"b": {"type": "integer"}}
