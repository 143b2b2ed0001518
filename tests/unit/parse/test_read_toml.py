from collections.abc import Callable

import pytest

from linkcheck.model import Article, Json, ParseErrorKind, Span
from linkcheck.parse.limits import MAX_DEPTH

Read = Callable[[str | bytes], Article]
Values = Callable[[Article], dict[str, tuple[str | None, str]]]


def toml(text: str) -> str:
    return f"+++\n{text}\n+++\n"


def test_every_key_and_value_has_its_place(read: Read, values: Values) -> None:
    article = read(
        toml(
            'title = "x # y" # comment\n"a/b"."~" = 1\ndotted.key = [1, {x = "y", z = []}, # comment\n  \'lit\',\n]\n'
            'long = """\na "quoted" word\\"""""\n[images.meta]\nn = 1.5\n[[links]]\nurl = "u"\n'
            "[[links]]\n[links.more]\nq = true\n"
            "[[links.deep]]\n[[links.deep]]\nr = '''s'''"
        )
    )
    assert article.format == "toml"
    assert article.parse_errors == ()
    assert article.data == {
        "title": "x # y",
        "a/b": {"~": 1},
        "dotted": {"key": [1, {"x": "y", "z": []}, "lit"]},
        "long": 'a "quoted" word""',
        "images": {"meta": {"n": 1.5}},
        "links": [{"url": "u"}, {"more": {"q": True}, "deep": [{}, {"r": "s"}]}],
    }
    found = values(article)
    del found[""]
    assert found == {
        "/title": ("title", '"x # y"'),
        "/a~1b": ('"a/b"', '"a/b"'),
        "/a~1b/~0": ('"~"', "1"),
        "/dotted": ("dotted", "dotted"),
        "/dotted/key": ("key", "[1, {x = \"y\", z = []}, # comment\n  'lit',\n]"),
        "/dotted/key/0": (None, "1"),
        "/dotted/key/1": (None, '{x = "y", z = []}'),
        "/dotted/key/1/x": ("x", '"y"'),
        "/dotted/key/1/z": ("z", "[]"),
        "/dotted/key/2": (None, "'lit'"),
        "/long": ("long", '"""\na "quoted" word\\"""""'),
        "/images": ("images", "images"),
        "/images/meta": ("meta", "[images.meta]"),
        "/images/meta/n": ("n", "1.5"),
        "/links": ("links", "[[links]]"),
        "/links/0": (None, "[[links]]"),
        "/links/0/url": ("url", '"u"'),
        "/links/1": (None, "[[links]]"),
        "/links/1/more": ("more", "[links.more]"),
        "/links/1/more/q": ("q", "true"),
        "/links/1/deep": ("deep", "[[links.deep]]"),
        "/links/1/deep/0": (None, "[[links.deep]]"),
        "/links/1/deep/1": (None, "[[links.deep]]"),
        "/links/1/deep/1/r": ("r", "'''s'''"),
    }
    assert article.places["/links/1"].value.line == 13


@pytest.mark.parametrize("tables", [0, 1, 10, 40])
def test_depth_counts_the_tables_and_lists_around_a_value(read: Read, tables: int) -> None:
    def nested(lists: int) -> str:
        header = f"[{'.'.join('t' * tables)}]\n" if tables else ""
        return toml(f"{header}a = {'[' * lists}{']' * lists}")

    assert read(nested(MAX_DEPTH - 1 - tables)).parse_errors == ()
    (error,) = read(nested(MAX_DEPTH - tables)).parse_errors
    assert error.kind is ParseErrorKind.UNSAFE


@pytest.mark.parametrize(
    "written",
    ["2021-06-18", "2021-06-18T10:57:00Z", "2021-06-18 10:57:00.5+02:00", "2021-06-18T10:57:00", "07:32:00"],
)
def test_dates_and_times_stay_text_as_written(read: Read, written: str) -> None:
    article = read(toml(f"a = {written}\nb = [{written}, {written}]"))
    assert article.data == {"a": written, "b": [written, written]}
    assert article.parse_errors == ()


@pytest.mark.parametrize(
    ("text", "data", "kind", "span", "pointer"),
    [
        pytest.param("a = nan\nb = 1", {"a": "nan", "b": 1}, ParseErrorKind.UNSAFE, (2, 5, 2, 8), "/a", id="nan"),
        pytest.param("a = [-inf]", {"a": ["-inf"]}, ParseErrorKind.UNSAFE, (2, 6, 2, 10), "/a/0", id="inf"),
        pytest.param("a = " + "9" * 500, {"a": "9" * 500}, ParseErrorKind.UNSAFE, (2, 5, 2, 505), "/a", id="a long number"),
        pytest.param("a = " + "9" * 5000, {}, ParseErrorKind.UNSAFE, (2, 5, 2, 5005), "", id="a number Python refuses"),
        pytest.param("a = 1\na = 2", {}, ParseErrorKind.DUPLICATE_KEY, (3, 1, 3, 2), "", id="a duplicate key"),
        pytest.param("[a]\n[b]\n[a]", {}, ParseErrorKind.DUPLICATE_KEY, (4, 2, 4, 3), "", id="a table twice"),
        pytest.param("a = \nb = 1", {}, ParseErrorKind.SYNTAX, (2, 5, 2, 5), "", id="no value"),
        pytest.param('a = "x', {}, ParseErrorKind.SYNTAX, None, "", id="a string without its end"),
        pytest.param("a = 2020-13-45", {}, ParseErrorKind.SYNTAX, None, "", id="an impossible date"),
        pytest.param("title: x", {}, ParseErrorKind.SYNTAX, (2, 6, 2, 7), "", id="YAML"),
        pytest.param("a = " + "[" * 100_000, {}, ParseErrorKind.UNSAFE, None, "", id="nested lists"),
        pytest.param("a = " + "{b = " * 1000, {}, ParseErrorKind.UNSAFE, None, "", id="nested tables"),
        pytest.param("a" + ".a" * 100_000 + " = 1", {}, ParseErrorKind.UNSAFE, None, "", id="a long dotted key"),
        pytest.param("[" + "a." * 40 + "a]\n" + "b." * 40 + "b = 1", {}, ParseErrorKind.UNSAFE, None, "", id="both"),
        pytest.param("".join(f"k{n} = 1\n" for n in range(12_000)), {}, ParseErrorKind.UNSAFE, None, "", id="too many keys"),
        pytest.param('a = """' + '"" ' * 50_000, {}, ParseErrorKind.SYNTAX, None, "", id="quotes without end"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    read: Read, *, text: str, data: Json, kind: ParseErrorKind, span: tuple[int, int, int, int] | None, pointer: str
) -> None:
    article = read(toml(text))
    (problem,) = article.parse_errors
    assert (problem.kind, problem.location.pointer) == (kind, pointer)
    assert article.data == data
    if span is not None:
        assert problem.location.span == Span(*span)
