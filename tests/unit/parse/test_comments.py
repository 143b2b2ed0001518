from collections.abc import Callable

import pytest

from linkcheck.model import Article, Source, Span
from linkcheck.parse import parse

Read = Callable[[str | bytes], Article]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a: x # linkcheck: ignore[LC202]", 2, id="beside a value"),
        pytest.param("# linkcheck: ignore[LC202]\na: x", 3, id="above a value"),
        pytest.param("l:\n  # linkcheck: ignore[LC202]\n  - url: x\n    b: y", 4, id="above a list entry"),
        pytest.param("# linkcheck: ignore[LC202]\nl:\n  - x", 3, id="above a block: only its first line"),
        pytest.param("# linkcheck: ignore[LC202]\n\n# another\na: x", 5, id="above blank lines and comments"),
        pytest.param("# linkcheck: ignore[LC202]\na:\n  x", 4, id="above a key whose value is on the next line"),
        pytest.param("a: # linkcheck: ignore[LC202]\n  x", 3, id="beside such a key"),
        pytest.param("a: 'x\n  y' # linkcheck: ignore[LC202]", 2, id="behind a value of two lines"),
        pytest.param("a: | # linkcheck: ignore[LC202]\n  x", 2, id="beside a block of text"),
        pytest.param("a: [x, # linkcheck: ignore[LC202]\n  y]", 2, id="within a list"),
        pytest.param("a: x\n# linkcheck: ignore[LC202]", 3, id="above nothing"),
        pytest.param("a: 'it''s' # linkcheck: ignore[LC202]", 2, id="behind quotes"),
        pytest.param("a: x\u2028y # linkcheck: ignore[LC202]", 2, id="behind U+2028"),
        pytest.param("l:\n  - x\n  - # linkcheck: ignore[LC202]\n    url: y", 4, id="at the start of a list entry"),
        pytest.param("{ # linkcheck: ignore[LC202]\n a: x}", 2, id="before all values"),
        pytest.param("a: &a [x]\nb: *a # linkcheck: ignore[LC202]", 3, id="beside an alias"),
    ],
)
def test_a_comment_silences_the_line_that_is_meant(read: Read, text: str, line: int) -> None:
    article = read(f"---\n{text}\n---\n")
    assert article.parse_errors == ()
    assert [(comment.codes, comment.line) for comment in article.ignores] == [(("LC202",), line)]


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        pytest.param("# linkcheck: ignore", (), "", id="every code"),
        pytest.param("# linkcheck: ignore the page is gone", (), "the page is gone", id="every code, with a reason"),
        pytest.param("#linkcheck:ignore[LC202,LC4]", ("LC202", "LC4"), "", id="no blanks"),
        pytest.param(
            "#  linkcheck:  ignore [ LC202 , dead-link ]  as agreed ", ("LC202", "dead-link"), "as agreed", id="blanks"
        ),
    ],
)
def test_codes_and_reason_are_read(read: Read, text: str, codes: tuple[str, ...], reason: str) -> None:
    (comment,) = read(f"---\na: x {text}\n---\n").ignores
    assert (comment.codes, comment.reason) == (codes, reason)
    assert (comment.span.line, comment.span.column) == (2, 6)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: 'x # linkcheck: ignore'", id="in single quotes"),
        pytest.param('a: "x # linkcheck: ignore"', id="in double quotes"),
        pytest.param("a: |\n  # linkcheck: ignore", id="in a block of text"),
        pytest.param("a: 'x\n  # linkcheck: ignore\n  y'", id="in quotes over several lines"),
        pytest.param("a: x#linkcheck: ignore", id="without a blank before it"),
        pytest.param("a: x # linkcheck: ignore[]", id="naming nothing"),
        pytest.param("a: x # linkcheck: ignored", id="another word"),
        pytest.param("a: x # linkcheck: ignore [LC202 the old one", id="with a bracket that is not closed"),
        pytest.param("a: x # see linkcheck: ignore", id="further on in a comment"),
    ],
)
def test_what_is_no_such_comment_silences_nothing(read: Read, text: str) -> None:
    assert read(f"---\n{text}\n---\n").ignores == ()


@pytest.mark.parametrize(
    "comment",
    [
        "# linkchek: ignore[LC202]",
        "# link-check: ignore[LC202] as agreed",
        "# linkcheck: ignroe[LC202]",
        "# linkcheck ignore[LC202]",
        "# linkcheck ignore",
        "# linkcheck ignroe[LC202]",
        "# Linkcheck: ignore[LC202]",
        "# linkcheck: ignored",
        "# linkcheck: ignore[]",
        "# linkcheck: ignore[LC202",
        "# linkcheck: ignore [LC202 as agreed",
        "# linkcheck: disable=LC202",
        "#linkcheck:",
    ],
)
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_a_misspelt_comment_is_told_from_any_other(read: Read, fence: str, comment: str) -> None:
    line = f"a: x {comment}" if fence == "---" else f"a = 'x' {comment}"
    article = read(f"{fence}\n{line}\n{fence}\n")
    assert article.ignores == ()
    assert article.misspelled_ignores == (Span(2, line.index("#") + 1, 2, len(line) + 1),)


@pytest.mark.parametrize(
    "line",
    [
        "a: x # linkcheck: ignore[LC202] see # linkcheck",
        "a: x # linkcheck ignores this, as agreed",
        "a: x # linkcheck found it, ignore",
        "a: x # spellcheck: ignore",
        "a: x # link: ignore the old one",
        "a: x # linkchek: disable",
        "a: x # linkchek[LC202]",
        "a: x # check ignore lists",
        "a: 'x # linkchek: ignore'",
        "a: x#linkchek: ignore",
        "a: |\n  # linkcheck ignore[LC202]",
    ],
)
def test_other_comments_are_not_called_misspelt(read: Read, line: str) -> None:
    assert read(f"---\n{line}\n---\n").misspelled_ignores == ()


def test_comments_in_toml_are_read_too(read: Read) -> None:
    article = read("+++\na = 'x # linkcheck: ignore' # linkcheck: ignore[LC1] why\n# linkcheck: ignore[LC2]\nb = 1\n+++\n")
    assert [(comment.codes, comment.reason, comment.line) for comment in article.ignores] == [
        (("LC1",), "why", 2),
        (("LC2",), "", 4),
    ]


def test_the_span_is_that_of_the_comment(read: Read) -> None:
    (comment,) = read("---\r\na: x # linkcheck: ignore\r\n---\r\n").ignores
    assert comment.span == Span(2, 6, 2, 25)


def test_a_comment_at_the_end_of_a_data_file_silences_its_line() -> None:
    head = b"a: x # linkcheck: ignore[LC202]"
    (comment,) = parse(Source("a.yml", "/a.yml", head, len(head))).ignores
    assert (comment.codes, comment.line) == (("LC202",), 1)


@pytest.mark.parametrize(
    ("text", "pointer", "lost"),
    [
        pytest.param("t: Update #2 (28 New)", "/t", "#2 (28 New)", id="a text"),
        pytest.param("t:\tUpdate\t#2  ", "/t", "#2", id="between tabs, with blanks at the end"),
        pytest.param("t: Update #2 # the second", "/t", "#2", id="before another comment"),
        pytest.param("t: Update #2 #three", "/t", "#2 #three", id="two of its kind"),
        pytest.param("t: one\n  two #3", "/t", "#3", id="a text of two lines"),
        pytest.param("l:\n- a: b\n- C #sharp", "/l/1", "#sharp", id="an item"),
        pytest.param("t: {a: b #c\n }", "/t/a", "#c", id="in braces"),
        pytest.param("t: &a b #c", "/t", "#c", id="behind an anchor"),
        pytest.param("x: &x {a: b #c\n }\ny:\n  <<: *x", "/x/a", "#c", id="what is merged elsewhere"),
        pytest.param("t: 2020-01-01 #c", "/t", "#c", id="a date, which is a text"),
        pytest.param("t: #c", "/t", "#c", id="a key without a value"),
        pytest.param("t: x\u2028y #c", "/t", "#c", id="behind U+2028"),
    ],
)
def test_a_comment_that_follows_a_plain_text_is_recorded(read: Read, text: str, pointer: str, lost: str) -> None:
    article = read(f"---\n{text}\n---\n")
    (cut,) = article.cut_values
    assert (cut.pointer, cut.lost) == (pointer, lost)
    assert article.lines[cut.span.line - 1][cut.span.column - 1 : cut.span.end_column - 1] == lost


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("t: a # b", id="a space after the #"),
        pytest.param("t: a ## b", id="two of them"),
        pytest.param("t: a#b", id="no space before it"),
        pytest.param("a: b\n#t: a #b", id="a line of its own"),
        pytest.param("t:\n  #b\n  c: d", id="above a mapping"),
        pytest.param("t: #b\n  c: d", id="beside a key with a mapping"),
        pytest.param("t:\n  #b", id="below a key without a value"),
        pytest.param("t: 'a' #b", id="behind quotes"),
        pytest.param('t: "a #b"', id="within quotes"),
        pytest.param('t: "a" #b', id="behind double quotes"),
        pytest.param("t: 3 #b", id="a number"),
        pytest.param("t: true #b", id="a truth value"),
        pytest.param("t: [a] #b", id="a list"),
        pytest.param("t: | #b\n  c", id="beside a block"),
        pytest.param("t: >\n  c #b", id="within a block"),
        pytest.param("a: &a x\nt: *a #b", id="an alias"),
    ],
)
def test_other_comments_cut_nothing(read: Read, text: str) -> None:
    article = read(f"---\n{text}\n---\n")
    assert (article.parse_errors, article.cut_values) == ((), ())


@pytest.mark.parametrize(
    "text", ['+++\nt = "a" #b\n+++\n', '{"t": "a #b"}\n', "---json\n{}\n---\n"], ids=["toml", "json", "fenced"]
)
def test_only_yaml_has_texts_without_quotes(read: Read, text: str) -> None:
    assert read(text).cut_values == ()
