from collections.abc import Callable

import pytest
import yaml
from corpus import YAML_ARTICLES

from linkcheck.model import Article, Json, ParseErrorKind, Source, Span
from linkcheck.parse import parse
from linkcheck.parse.limits import MAX_DIGITS
from linkcheck.parse.read_yaml import read_yaml
from linkcheck.parse.reader_result import ReaderResult, pointers_of
from linkcheck.parse.scalars import NotJsonError, resolve

Read = Callable[[str | bytes], Article]
Values = Callable[[Article], dict[str, tuple[str | None, str]]]


@pytest.fixture(params=[False, True], ids=["libyaml", "pure Python"])
def load(request: pytest.FixtureRequest) -> Callable[[str], ReaderResult]:
    pure = bool(request.param)
    return lambda text: read_yaml(text, path="a.md", line=2, pure=pure)


Load = Callable[[str], ReaderResult]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2021-06-18", "2021-06-18"),
        ("2021-06-18T10:57:00Z", "2021-06-18T10:57:00Z"),
        ("9999-99-99", "9999-99-99"),
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("0123", 123),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("+12", 12),
        ("-7", -7),
        ("1.10", 1.1),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("1.2.3", "1.2.3"),
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("nUll", "nUll"),
        ("true", True),
        ("FALSE", False),
        ("=", "="),
        ("-", "-"),
        (".", "."),
        ("٣", "٣"),
    ],
)
def test_a_plain_scalar_has_the_type_of_the_core_schema(text: str, value: Json) -> None:
    found = resolve(text)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".inf", "-.INF", "1e999", "-1e999", "9" * 5000, "0x" + "f" * 5000])
def test_a_number_that_json_cannot_hold_is_none(text: str) -> None:
    with pytest.raises(NotJsonError):
        resolve(text)


@pytest.mark.parametrize("start", ["", "0x", "0o", "0."])
def test_a_number_may_have_so_many_digits(start: str) -> None:
    most = MAX_DIGITS - len(start) if start == "0." else MAX_DIGITS
    assert not isinstance(resolve(start + "1" * most), str)
    with pytest.raises(NotJsonError, match="more than"):
        resolve(start + "1" * (most + 1))


def test_such_a_number_is_a_problem_and_read_as_text(load: Load) -> None:
    reading = load("a: .nan\nb: [" + "9" * 5000 + "]\nc: '.nan'\n")
    assert reading.data == {"a": ".nan", "b": ["9" * 5000], "c": ".nan"}
    assert [(p.kind, p.location.pointer, p.location.span.line) for p in reading.parse_errors] == [
        (ParseErrorKind.UNSAFE, "/a", 2),
        (ParseErrorKind.UNSAFE, "/b/0", 3),
    ]
    assert max(len(p.message) for p in reading.parse_errors) < 200


def test_every_key_and_value_has_its_place(read: Read, values: Values) -> None:
    article = read(
        "---\ntitle: \"A — b\"\nempty:\nlist:\n  - plain text\n  - {x: [1, \"y\"], z: }\n  -\nmap:\n  a/b: 'it''s'\n  ~: 1\n"
        "long: two\n  lines\nblock: |\n  text\n\n  more\n\nfolded: >-\n  x\n---\n"
    )
    assert article.parse_errors == ()
    found = values(article)
    assert found[""][1].startswith('title: "A — b"')
    assert found[""][1].endswith("folded: >-\n  x")
    del found[""]
    assert found == {
        "/title": ("title", '"A — b"'),
        "/empty": ("empty", ""),
        "/list": ("list", '- plain text\n  - {x: [1, "y"], z: }\n  -'),
        "/list/0": (None, "plain text"),
        "/list/1": (None, '{x: [1, "y"], z: }'),
        "/list/1/x": ("x", '[1, "y"]'),
        "/list/1/x/0": (None, "1"),
        "/list/1/x/1": (None, '"y"'),
        "/list/1/z": ("z", ""),
        "/list/2": (None, ""),
        "/map": ("map", "a/b: 'it''s'\n  ~: 1"),
        "/map/a~1b": ("a/b", "'it''s'"),
        "/map/~0": ("~", "1"),
        "/long": ("long", "two\n  lines"),
        "/block": ("block", "|\n  text\n\n  more"),
        "/folded": ("folded", ">-\n  x"),
    }
    assert article.places["/title"].value == Span(2, 8, 2, 15)
    assert article.places["/empty"].value == Span(3, 7, 3, 7)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_places_do_not_depend_on_line_ends(read: Read, end: str) -> None:
    article = read(end.join(["---", "a: 1", "b:", "  - c", "d: |", "  x", "e: 2", "---", ""]))
    assert article.parse_errors == ()
    assert article.data == {"a": 1, "b": ["c"], "d": "x\n", "e": 2}
    assert article.places["/b/0"].value == Span(4, 5, 4, 6)
    assert article.places["/d"].value == Span(5, 4, 6, 4)
    assert article.places["/e"].value == Span(7, 4, 7, 5)


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"], ids=["NEL", "U+2028", "U+2029"])
def test_what_only_yaml_1_1_calls_a_line_end_is_a_character_like_others(load: Load, character: str) -> None:
    text = f"a: x {character} y\nb: 'p{character} q'\n{character}c: [{character}]\n"
    reading = load(text)
    assert reading.parse_errors == []
    assert reading.data == {"a": f"x {character} y", "b": f"p{character} q", f"{character}c": [character]}
    assert reading.places["/b"].value == Span(3, 4, 3, 10)
    assert reading.places[f"/{character}c"].key == Span(4, 1, 4, 3)


def test_characters_outside_the_basic_plane_count_one_column(load: Load) -> None:
    assert load("😀: {😀: 1, b: 2}\n").places["/😀/b"].value == Span(2, 14, 2, 15)


def test_keys_are_text_whatever_they_look_like(load: Load) -> None:
    reading = load("1: a\n1.0: b\ntrue: c\n'x': d\n'': e\n2021-01-01: f\n")
    assert reading.data == {"1": "a", "1.0": "b", "true": "c", "x": "d", "": "e", "2021-01-01": "f"}
    assert reading.parse_errors == []


def test_a_duplicate_key_is_a_problem_with_both_lines_and_the_last_value_counts(load: Load) -> None:
    reading = load("a:\n  x: [1]\nb: 2\na: 3\n")
    assert reading.data == {"a": 3, "b": 2}
    assert set(reading.places) == {"", "/a", "/b"}
    assert reading.places["/a"].value == Span(5, 4, 5, 5)
    (problem,) = reading.parse_errors
    assert (problem.kind, problem.location.pointer) == (ParseErrorKind.DUPLICATE_KEY, "/a")
    assert problem.location.span == Span(5, 1, 5, 2)
    assert "line 2" in problem.message


def test_an_alias_has_the_value_of_its_anchor_and_its_own_place(load: Load) -> None:
    reading = load("a: &a\n  x: [1]\nb: *a\nc: &c 'v'\nd: [*c, *a]\n")
    assert reading.data == {"a": {"x": [1]}, "b": {"x": [1]}, "c": "v", "d": ["v", {"x": [1]}]}
    alias = Span(4, 4, 4, 6)
    assert reading.places["/b"].value == alias
    assert reading.places["/b"].key == Span(4, 1, 4, 2)
    assert reading.places["/b/x/0"].value == alias
    assert reading.places["/d/1/x"].value == Span(6, 9, 6, 11)
    assert reading.places["/c"].value == Span(5, 7, 5, 10)
    assert set(reading.places) == pointers_of(reading.data)


def test_an_alias_may_be_a_key(load: Load) -> None:
    assert load("a: &a x\n*a : y\n").data == {"a": "x", "x": "y"}
    assert load("&k a: 1\nb: *k\n").data == {"a": 1, "b": "a"}


@pytest.mark.parametrize(
    ("text", "data", "kind", "span", "pointer"),
    [
        pytest.param("a: &a [*a]", {"a": [None]}, ParseErrorKind.UNSAFE, (2, 8, 2, 10), "/a/0", id="a value within itself"),
        pytest.param("a: *b", {"a": None}, ParseErrorKind.SYNTAX, (2, 4, 2, 6), "/a", id="an alias of nothing"),
        pytest.param("a: &a [1]\n*a : 1", {"a": [1]}, ParseErrorKind.SYNTAX, (3, 1, 3, 3), "", id="a list as key by alias"),
        pytest.param("a: !inc b.yml", {"a": "b.yml"}, ParseErrorKind.UNSAFE, (2, 4, 2, 14), "/a", id="a tag of its own"),
        pytest.param(
            "a: !!python/object/apply:os.system [x]",
            {"a": ["x"]},
            ParseErrorKind.UNSAFE,
            (2, 4, 2, 37),
            "/a",
            id="a Python tag",
        ),
        pytest.param(
            "a: !!timestamp 2020-01-01", {"a": "2020-01-01"}, ParseErrorKind.UNSAFE, (2, 4, 2, 26), "/a", id="a YAML 1.1 tag"
        ),
        pytest.param("a: !!int x", {"a": "x"}, ParseErrorKind.SYNTAX, (2, 10, 2, 11), "/a", id="a tag that lies"),
        pytest.param("? [a]\n: 1\nb: 2", {"b": 2}, ParseErrorKind.SYNTAX, (2, 3, 2, 4), "", id="a list as key"),
        pytest.param(
            "a: {{{b: 1}: c}: d}\ne: 2", {"a": {}, "e": 2}, ParseErrorKind.SYNTAX, None, "/a", id="mappings as keys"
        ),
    ],
)
def test_one_problem_does_not_keep_the_rest_from_being_read(
    load: Load, *, text: str, data: Json, kind: ParseErrorKind, span: tuple[int, int, int, int] | None, pointer: str
) -> None:
    reading = load(text + "\n")
    assert reading.data == data
    assert (reading.parse_errors[0].kind, reading.parse_errors[0].location.pointer) == (kind, pointer)
    if span is not None:
        assert [problem.location.span for problem in reading.parse_errors] == [Span(*span)]
    assert set(reading.places) == pointers_of(reading.data)


def test_a_key_in_quotes_may_contain_any_character(load: Load) -> None:
    reading = load("'\xa0a': 1\n\"“b”\": 2\n")
    assert reading.data == {"\xa0a": 1, "“b”": 2}
    assert reading.parse_errors == []


def test_a_quoted_merge_key_is_a_key_like_others(load: Load) -> None:
    assert load("'<<': 1\n").data == {"<<": 1}


def test_tags_of_the_core_schema_are_read(load: Load) -> None:
    reading = load(
        "a: !!str 1\nb: !!float 1\nc: !!map {d: !!seq [!!null '']}\ne: ! 7\nf: !!int '5'\n!!str g: !!bool 'true'\n"
    )
    assert reading.parse_errors == []
    assert reading.data == {"a": "1", "b": 1.0, "c": {"d": [None]}, "e": "7", "f": 5, "g": True}
    assert reading.places["/a"].value == Span(2, 10, 2, 11)


@pytest.mark.parametrize(
    ("text", "span", "words"),
    [
        pytest.param("title: a: b", (2, 9, 2, 10), "a colon and a space", id="a colon in a value"),
        pytest.param("a: @x", (2, 4, 2, 5), "cannot start with `@`", id="an at sign"),
        pytest.param("a:\n\tb: 1", (3, 1, 3, 2), "tab", id="a tab that indents"),
        pytest.param('a: "x\nb: 1\nc: 2', (2, 4, 2, 5), "never closed", id="a quote never closed"),
        pytest.param("a: 1\nfoo\nb: 2", (3, 1, 3, 4), "no colon", id="a line without a key"),
        pytest.param("a:\n  b: 1\n c: 2", (4, 2, 4, 6), "indented by 1 space", id="a wrong indentation"),
        pytest.param("a: [1, 2\nb: 3", (2, 4, 2, 5), "never closed", id="a bracket never closed"),
        pytest.param('a: "\\q"', (2, 5, 2, 7), "no meaning", id="an unknown escape"),
        pytest.param("a: 1\nb: x\0y", (3, 5, 3, 6), "U+0000", id="NUL"),
        pytest.param("é: '\a'", (2, 5, 2, 6), "U+0007", id="a control character"),
        pytest.param("%TAG !a! x\na: 1", (2, 1, 2, 2), "`%`", id="a directive"),
        pytest.param("a: 1\n--- b", (3, 1, 3, 4), "second document", id="a second document"),
    ],
)
def test_what_is_not_yaml_is_told_at_its_place_with_what_to_do(
    load: Load, text: str, span: tuple[int, int, int, int] | None, words: str
) -> None:
    reading = load(text + "\n")
    assert reading.data == {}
    (problem,) = reading.parse_errors
    assert problem.kind is ParseErrorKind.SYNTAX
    assert words in problem.message
    if span is not None:
        assert problem.location.span == Span(*span)


@pytest.mark.parametrize(
    ("text", "span", "message"),
    [
        ('a: "\\ud800"', (2, 5, 2, 7), "this escape is not a character"),
        ("a: |0\n  b", (2, 4, 2, 5), "`|` announces text on the lines below, so no text can follow it on this line"),
        ("a: &b &c d", (2, 7, 2, 8), "a value that starts with `&` is an anchor in YAML, not text"),
        ("a: {b: c}\n- d", (3, 1, 3, 4), "this is a list entry, but a key is expected"),
        ("a: b\n" + " c\n" * 60 + " d: e", (63, 2, 63, 6), "this line is indented as part of a value above"),
        ("{a: b} c", (2, 8, 2, 9), "text follows the closing `}`"),
        ('a: b\n"c\nd": e', (3, 1, 3, 3), "a key in quotes must be on one line, with a colon after it"),
        ("a: b\n" + "c" * 1_100 + ": d", (3, 1, 3, 2), "a key has more than 1,024 characters"),
        ("[a, b]: c: d", (2, 10, 2, 11), "a `:` that does not fit here"),
    ],
)
def test_a_rare_mistake_has_a_message_too(read: Read, text: str, span: tuple[int, int, int, int], message: str) -> None:
    (problem,) = read(f"---\n{text}\n---\n").parse_errors
    assert (problem.message, problem.location.span) == (f"not YAML: {message}", Span(*span))
    assert problem.kind is ParseErrorKind.SYNTAX


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: .inf", "`.inf` is a number that JSON cannot represent; put it in quotes if it is text"),
        ("a: 1e999", "`1e999` is too large for a number; put it in quotes if it is text"),
        ("a: !t 1", "the tag `!t` is not supported: front matter is plain data"),
        ("a: !b!x 1", "not YAML: the tag is not defined: front matter is plain data"),
    ],
)
def test_what_data_cannot_hold_is_unsafe(read: Read, text: str, message: str) -> None:
    (problem,) = read(f"---\n{text}\n---\n").parse_errors
    assert (problem.kind, problem.message) == (ParseErrorKind.UNSAFE, message)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("photo: {{ site.baseurl }}/x", [2], id="on the same line"),
        pytest.param("photo: {{ a }}\nimage: {{ b }}/x", [2, 3], id="on two lines"),
    ],
)
def test_a_damaged_line_is_one_problem(text: str, lines: list[int]) -> None:
    head = f"---\n{text}\n---\n".encode()
    article = parse(Source("a.md", "/a.md", head, len(head)))
    assert [problem.location.span.line for problem in article.parse_errors] == lines


def test_half_a_surrogate_pair_never_gets_through(load: Load) -> None:
    reading = load('a: "\\ud800"\n')
    assert [problem.kind for problem in reading.parse_errors] == [ParseErrorKind.SYNTAX]
    assert reading.data in ({}, {"a": "?"})


def _chain(levels: int) -> str:
    """A list in a list in a list, by aliases."""
    return "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, levels))


def _bomb(levels: int) -> str:
    return "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, levels)
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("a: " + "[" * 100_000, ParseErrorKind.UNSAFE, id="nested brackets"),
        pytest.param("[" * 900, ParseErrorKind.NOT_A_MAPPING, id="nested brackets at the root"),
        pytest.param("{a: " * 50_000, ParseErrorKind.UNSAFE, id="nested braces"),
        pytest.param("a:\n " + "- " * 100_000, ParseErrorKind.UNSAFE, id="nested dashes"),
        pytest.param("".join(" " * n + "a:\n" for n in range(500)), ParseErrorKind.UNSAFE, id="nested keys"),
        pytest.param("? " * 50_000, ParseErrorKind.UNSAFE, id="nested complex keys"),
        pytest.param(_bomb(9), ParseErrorKind.UNSAFE, id="an alias bomb"),
        pytest.param(_bomb(9).replace("a", "? [a]\n: &a", 1), ParseErrorKind.UNSAFE, id="an alias bomb in what is left out"),
        pytest.param("t: &t " + "x" * 90_000 + "\nl:\n" + "- *t\n" * 9_000, ParseErrorKind.UNSAFE, id="long text"),
        pytest.param("t: &t {a: " + "x" * 90_000 + "}\nl:\n" + "- *t\n" * 3_000, ParseErrorKind.UNSAFE, id="long map"),
        pytest.param("t: &t {a: " + "x" * 90_000 + "}\nl:\n" + "- <<: *t\n" * 3_000, ParseErrorKind.UNSAFE, id="long merge"),
        pytest.param("t: &t " + "x" * 90_000 + "\nl:\n" + "- *t : 1\n" * 3_000, ParseErrorKind.UNSAFE, id="long key"),
        pytest.param(_chain(100), ParseErrorKind.UNSAFE, id="nesting by aliases"),
        pytest.param("".join(f"k{n}: 1\n" for n in range(20_000)), ParseErrorKind.UNSAFE, id="too many keys"),
        pytest.param("a: 1\n" * 50_000, ParseErrorKind.DUPLICATE_KEY, id="a key again and again"),
        pytest.param("".join(f"a{n}: &x{n} 1\n" for n in range(12_000)), ParseErrorKind.UNSAFE, id="too many anchors"),
        pytest.param("%TAG !a! x\n" * 20_000, ParseErrorKind.SYNTAX, id="directives"),
        pytest.param("a: !" + "x" * 200_000 + " 1", ParseErrorKind.UNSAFE, id="an endless tag"),
    ],
)
def test_a_limit_ends_the_reading_with_a_problem(text: str, kind: ParseErrorKind) -> None:
    head = f"---\n{text}\n---\n".encode()
    article = parse(Source("a.md", "/a.md", head, len(head)))
    assert kind in {problem.kind for problem in article.parse_errors}
    assert len(article.parse_errors) <= 50
    assert max(len(problem.message) for problem in article.parse_errors) < 300


def test_a_depth_at_which_the_parser_itself_gives_up_is_no_mere_mistake() -> None:
    head = b"---\n" + b"[" * 100_000 + b"\n---\n"
    (problem,) = parse(Source("a.md", "/a.md", head, len(head))).parse_errors
    # Since PyYAML 6.0.4 its scanner gives up before it says what the root is.
    assert problem.kind in {ParseErrorKind.NOT_A_MAPPING, ParseErrorKind.UNSAFE}


def test_depth_and_nodes_within_the_limits_are_read(load: Load) -> None:
    assert load("a: " + "[" * 63 + "]" * 63 + "\n").parse_errors == []
    assert load("a: " + "[" * 64 + "]" * 64 + "\n").parse_errors != []
    assert load(_chain(63)).parse_errors == []
    assert len(load("a: [" + "1, " * 9_999 + "]\n").places) == 10_001


def test_the_corpus_reads_without_a_problem_and_as_pyyaml_reads_it() -> None:
    class Untyped(yaml.CSafeLoader):
        """PyYAML's own composer and constructor, with no types but those of the core schema."""

    Untyped.yaml_implicit_resolvers = {}

    def plain(node: yaml.Node) -> Json:
        if isinstance(node, yaml.MappingNode):
            return {key.value: plain(value) for key, value in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [plain(value) for value in node.value]
        assert isinstance(node, yaml.ScalarNode)
        return node.value if node.style else resolve(node.value)

    assert len(YAML_ARTICLES) == 19
    for file in YAML_ARTICLES:
        head = file.read_bytes()
        article = parse(Source(file.name, str(file), head, len(head)))
        assert article.parse_errors == (), file
        text = "\n".join(article.lines[1:-1]) + "\n"
        node = yaml.compose(text, Loader=Untyped)
        assert node is not None
        assert article.data == plain(node), file
        assert set(article.places) == pointers_of(article.data), file
        for pointer, place in article.places.items():
            value = article.data
            if place.key is not None:
                line = article.lines[place.key.line - 1]
                key = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
                assert line[place.key.column - 1 : place.key.end_column - 1].strip("'\"") == key, (file, pointer)
            assert place.value.line <= place.value.end_line, (file, pointer, value)
