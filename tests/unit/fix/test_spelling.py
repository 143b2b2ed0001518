"""How a new value or key is written in the place of an old one."""

import pytest

from linkcheck.fix.serialize import serializations


@pytest.mark.parametrize(
    ("format_", "written", "new", "first"),
    [
        pytest.param("toml", "ab", "cd", "cd", id="a bare key"),
        pytest.param("toml", "ab", "c d", '"c d"', id="a bare key that cannot be bare any more"),
        pytest.param("toml", '"ab"', "cd", '"cd"', id="a quoted key stays quoted"),
        pytest.param("toml", "'ab'", "cd", "'cd'", id="a key in single quotes keeps them"),
        pytest.param("toml", "'ab'", "c'd", '"c\'d"', id="a key in single quotes that they cannot contain"),
        pytest.param("yaml", "ab", "cd", "cd", id="a plain key of YAML"),
        pytest.param("yaml", "'ab'", "c'd", "'c''d'", id="a key of YAML in single quotes"),
        pytest.param("yaml", '"ab"', "cd", '"cd"', id="a key of YAML in double quotes"),
        pytest.param("json", '"ab"', "c/d", '"c/d"', id="a key of JSON"),
        pytest.param("json", '"a\\/b"', "c/d", '"c\\/d"', id="a key of JSON with escaped slashes"),
        pytest.param("json", '"\\u00e4"', "ö", '"\\u00f6"', id="a key of JSON with escaped letters"),
    ],
)
def test_a_key_keeps_the_style_of_the_old_one(format_: str, written: str, new: str, first: str) -> None:
    assert next(serializations(written, new, format_, is_key=True)) == first


@pytest.mark.parametrize(
    ("written", "new", "first"),
    [
        pytest.param("'''ab'''", "cd", "'''cd'''", id="three single quotes"),
        pytest.param('"""ab"""', "cd", '"""cd"""', id="three double quotes"),
        pytest.param('"ab"', "c\td", '"c\\td"', id="a tab"),
        pytest.param("'ab'", "c\td", '"c\\td"', id="a tab that single quotes cannot contain"),
        pytest.param("12", 13, "13", id="a number"),
    ],
)
def test_a_value_of_toml_keeps_its_quotes_where_it_can(written: str, new: str | int, first: str) -> None:
    assert next(serializations(written, new, "toml", is_key=False)) == first
