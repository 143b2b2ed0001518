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
        pytest.param("'''ab'''", "c'd", "'''c'd'''", id="three single quotes with one in between"),
        pytest.param("'''ab'''", "c'''d", "\"c'''d\"", id="three single quotes that they cannot contain"),
        pytest.param("'''ab'''", "c\td", '"c\\td"', id="a tab that three single quotes cannot contain"),
        pytest.param("2021-06-18", "soon", '"soon"', id="a bare value"),
        pytest.param("12", 13, "13", id="a number"),
    ],
)
def test_a_value_of_toml_keeps_its_quotes_where_it_can(written: str, new: str | int, first: str) -> None:
    assert next(serializations(written, new, "toml", is_key=False)) == first


@pytest.mark.parametrize(
    ("format_", "written", "new", "texts"),
    [
        pytest.param("yaml", "ab", "cd", ["cd", '"cd"'], id="a plain scalar"),
        pytest.param("yaml", "ab", "", ['""'], id="an empty text"),
        pytest.param("yaml", "ab", "c\x85d", ['"c\\u0085d"'], id="a plain scalar with a line break of YAML 1.1"),
        pytest.param("yaml", "'ab'", "c\td", ['"c\\td"'], id="single quotes that cannot contain a tab"),
        pytest.param("yaml", '"ab"', "c\u2028\ufeff", ['"c\\u2028\\ufeff"'], id="double quotes"),
        pytest.param("json", '"a"', "é/", ['"é/"', '"é/"'], id="JSON"),
        pytest.param("json", '"é\\u0061"', "é/", ['"é/"', '"é/"'], id="JSON with an escape and other letters"),
        pytest.param("json", '"\\u0061\\/"', "é/", ['"\\u00e9\\/"', '"é/"'], id="JSON with escapes"),
        pytest.param("json", "1", 2, ["2"], id="a number"),
        pytest.param("multimarkdown", "Ab", "cd", ["cd"], id="a value of MultiMarkdown"),
        pytest.param("multimarkdown", "Ab", "c\td", [], id="a tab in MultiMarkdown"),
    ],
)
def test_the_texts_that_a_value_can_have(format_: str, written: str, new: str | int, texts: list[str]) -> None:
    assert [*serializations(written, new, format_, is_key=False)] == texts


@pytest.mark.parametrize(("written", "key"), [("Title", "Url of page"), ("title", "url of page")])
def test_a_key_of_multimarkdown_starts_like_the_one_before(written: str, key: str) -> None:
    assert [*serializations(written, "url of page", "multimarkdown", is_key=True)] == [key]
