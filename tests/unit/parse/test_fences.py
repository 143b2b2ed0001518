from collections.abc import Callable

import pytest

from linkcheck.front_matter_start import starts_with_front_matter
from linkcheck.model import Article, ParseErrorKind, Source, Span
from linkcheck.parse import parse

Read = Callable[[str | bytes], Article]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("---\na: 1\n---\nbody", 2, id="plain"),
        pytest.param("---\na: 1\n---", 2, id="nothing after the closing fence"),
        pytest.param("--- \t\na: 1\n---\t \n", 2, id="blanks after the fences"),
        pytest.param("---\na: 1\n...\nbody", 2, id="closed with dots"),
        pytest.param("---\r\na: 1\r\n---\r\nbody", 2, id="CRLF"),
        pytest.param("---\ra: 1\r---\rbody", 2, id="CR only"),
        pytest.param("\ufeff---\na: 1\n---\n", 2, id="byte order mark"),
        pytest.param("---\n\n\na: 1\n---\n", 4, id="blank lines first"),
        pytest.param("---yaml\na: 1\n---\n", 2, id="named YAML"),
        pytest.param("---YML\na: 1\n---\n", 2, id="named YML"),
        pytest.param("---toml\na = 1\n---\n", 2, id="named TOML"),
        pytest.param("+++\na = 1\n+++\n", 2, id="TOML"),
        pytest.param("+++\r\na = 1\r\n+++\r\n", 2, id="TOML with CRLF"),
        pytest.param('---json\n{"a": 1}\n---\n', 2, id="named JSON"),
        pytest.param('--- JSON \n{"a": 1}\n---\n', 2, id="named JSON with blanks"),
        pytest.param('{ \t\n"a": 1\n}\nbody', 2, id="JSON with blanks after its brace"),
        pytest.param("+++ \t\na = 1\n+++ \n", 2, id="TOML with blanks after the fences"),
        pytest.param('{\n"a": 1\n}\nbody', 2, id="JSON"),
        pytest.param('{"a": 1}\nbody', 1, id="JSON on one line"),
        pytest.param('\ufeff{"a": 1}', 1, id="JSON after a byte order mark"),
    ],
)
def test_front_matter_is_found(read: Read, text: str, line: int) -> None:
    article = read(text)
    assert article.parse_errors == ()
    assert article.data == {"a": 1}
    assert article.places["/a"].value.line == line


@pytest.mark.parametrize(
    ("text", "kind", "span", "words"),
    [
        pytest.param("", ParseErrorKind.MISSING, (1, 1, 1, 1), "empty", id="an empty file"),
        pytest.param("# Title\n", ParseErrorKind.MISSING, (1, 1, 1, 8), "no front matter", id="plain Markdown"),
        pytest.param("\n---\na: 1\n---\n", ParseErrorKind.MISSING, (1, 1, 1, 1), "first line", id="a blank line first"),
        pytest.param(" ---\na: 1\n---\n", ParseErrorKind.MISSING, (1, 1, 1, 5), "first column", id="a blank first"),
        pytest.param("----\na: 1\n----\n", ParseErrorKind.MISSING, (1, 1, 1, 5), "exactly three", id="four dashes"),
        pytest.param("++++\na = 1\n++++\n", ParseErrorKind.MISSING, (1, 1, 1, 5), "exactly three", id="four pluses"),
        pytest.param(
            "--- # x\na: 1\n---\n", ParseErrorKind.MISSING, (1, 1, 1, 8), "nothing can follow `---`", id="a comment"
        ),
        pytest.param(
            "--- a: 1\n---\n", ParseErrorKind.MISSING, (1, 1, 1, 9), "nothing can follow", id="a value on the fence"
        ),
        pytest.param("-----\ntext\n", ParseErrorKind.MISSING, (1, 1, 1, 6), "`-----` has 5", id="dashes above text"),
        pytest.param("++++ \ntext\n", ParseErrorKind.MISSING, (1, 1, 1, 6), "`++++` has 4", id="pluses above text"),
        pytest.param("--- x\ntext\n", ParseErrorKind.MISSING, (1, 1, 1, 6), "can follow `---`", id="text behind dashes"),
        pytest.param("+++ x\ntext\n", ParseErrorKind.MISSING, (1, 1, 1, 6), "can follow `+++`", id="text behind pluses"),
        pytest.param("\n---\ntext\n", ParseErrorKind.MISSING, (1, 1, 1, 1), "its `---`", id="a fence above text"),
        pytest.param("\t\n+++\ntext\n", ParseErrorKind.MISSING, (1, 1, 1, 2), "its `+++`", id="pluses after a blank line"),
        pytest.param("---JS \n{}\n---\n", ParseErrorKind.CODE, (1, 1, 1, 7), "`---JS` is", id="JavaScript in capitals"),
        pytest.param("}\na\n", ParseErrorKind.MISSING, (1, 1, 1, 2), "no front matter", id="a closing brace"),
        pytest.param("{% raw %}\n", ParseErrorKind.MISSING, (1, 1, 1, 10), "no front matter", id="a Liquid tag"),
        pytest.param("---js\n{}\n---\n", ParseErrorKind.CODE, (1, 1, 1, 6), "is a program", id="JavaScript"),
        pytest.param("---\na: 1\n", ParseErrorKind.UNTERMINATED, (1, 1, 1, 4), "never closed", id="no closing fence"),
        pytest.param("---", ParseErrorKind.UNTERMINATED, (1, 1, 1, 4), "never closed", id="only a fence"),
        pytest.param("--- \r\na", ParseErrorKind.UNTERMINATED, (1, 1, 1, 5), "never closed", id="blanks and CRLF"),
        pytest.param(
            "---\na: 1\n ---\nb",
            ParseErrorKind.UNTERMINATED,
            (3, 2, 3, 5),
            "indented `---` does not",
            id="an indented fence",
        ),
        pytest.param("---\na: 1\n--\nb", ParseErrorKind.UNTERMINATED, (3, 1, 3, 3), "line `--`", id="two hyphens"),
        pytest.param("---\na: 1\n—\nb", ParseErrorKind.UNTERMINATED, (3, 1, 3, 2), "line `—`", id="a dash"),
        pytest.param("---\na: 1\n\n----\nb", ParseErrorKind.UNTERMINATED, (1, 1, 1, 4), "never closed", id="a line in text"),
        pytest.param("+++\na = 1\n---\n", ParseErrorKind.UNTERMINATED, (3, 1, 3, 4), "line `---`", id="the other fence"),
        pytest.param('{"a": 1', ParseErrorKind.UNTERMINATED, (1, 1, 1, 2), "no `}`", id="JSON without its end"),
        pytest.param("---\n---\n", ParseErrorKind.EMPTY, (1, 1, 1, 4), "empty", id="nothing between the fences"),
        pytest.param("---\n# x\n\n---\n", ParseErrorKind.EMPTY, (1, 1, 1, 4), "empty", id="a comment between the fences"),
        pytest.param("+++\n# x\n+++\n", ParseErrorKind.EMPTY, (1, 1, 1, 4), "empty", id="a comment between TOML fences"),
        pytest.param("---json\n---\n", ParseErrorKind.EMPTY, (2, 1, 2, 1), "empty", id="nothing between JSON fences"),
        pytest.param("---\n- a\n---\n", ParseErrorKind.NOT_A_MAPPING, (2, 1, 2, 1), "a list", id="a list"),
        pytest.param("---\nfoo bar\n---\n", ParseErrorKind.NOT_A_MAPPING, (2, 1, 2, 8), "a single value", id="text"),
        pytest.param("---\n~\n---\n", ParseErrorKind.NOT_A_MAPPING, (2, 1, 2, 2), "a single value", id="null"),
        pytest.param("---json\n[]\n---\n", ParseErrorKind.NOT_A_MAPPING, (2, 1, 2, 2), "object", id="a JSON list"),
    ],
)
def test_what_is_wrong_with_the_front_matter_is_told(
    read: Read, text: str, kind: ParseErrorKind, span: tuple[int, int, int, int], words: str
) -> None:
    article = read(text)
    assert [(problem.kind, problem.location.span) for problem in article.parse_errors] == [(kind, Span(*span))]
    assert words in article.parse_errors[0].message
    assert article.data == {}
    assert article.parse_errors[0].location.path == "a.md"


@pytest.mark.parametrize(
    ("head", "span", "words"),
    [
        pytest.param("---\na: 1\n---\n".encode("utf-16"), (1, 1, 1, 1), "UTF-16", id="UTF-16"),
        pytest.param("---\na: 1\n---\n".encode("utf-32"), (1, 1, 1, 1), "UTF-32", id="UTF-32"),
        pytest.param("---\na: 1\n---\n".encode("utf-16-le"), (1, 1, 1, 1), "UTF-16LE", id="UTF-16 without a mark"),
        pytest.param("+++\na = 1\n+++\n".encode("utf-16-be"), (1, 1, 1, 1), "UTF-16BE", id="UTF-16 the other way round"),
        pytest.param('{"a": 1}'.encode("utf-16-le"), (1, 1, 1, 1), "UTF-16LE", id="JSON in UTF-16"),
        pytest.param("---\na: 1\n---\n".encode("utf-32-le"), (1, 1, 1, 1), "UTF-32LE", id="UTF-32 without a mark"),
        pytest.param("---\na: 1\n---\n".encode("utf-32-be"), (1, 1, 1, 1), "UTF-32BE", id="UTF-32 the other way round"),
        pytest.param(
            "---\na: 1\nbé: é\n---\n".encode("latin-1"),
            (3, 2, 3, 3),
            "0xe9 is not UTF-8; the file is probably",
            id="Latin-1",
        ),
        pytest.param("---\na: “a” b\n---\n".encode("cp1252"), (2, 4, 2, 5), "probably Windows-1252", id="Windows-1252"),
        pytest.param(
            "---\na: é\nb: ".encode() + b"\xe9\n---\n", (3, 4, 3, 5), "but other characters of the file are", id="mixed"
        ),
        pytest.param(
            b"---\na: \xe9\n---\n" + "é\n".encode() * 3,
            (2, 4, 2, 5),
            "but other characters of the file are",
            id="mixed below",
        ),
        pytest.param(b"---\na: \xc3\xa9\xc0\x80\n---\n", (2, 5, 2, 6), "0xc0", id="overlong"),
        pytest.param(b"---\na: \xed\xa0\x80\n---\n", (2, 4, 2, 5), "0xed", id="half a surrogate pair"),
        pytest.param(b'{"a": "\xe9"}', (1, 8, 1, 9), "0xe9", id="JSON"),
    ],
)
def test_what_is_not_utf_8_is_told_with_its_place(
    read: Read, head: bytes, span: tuple[int, int, int, int], words: str
) -> None:
    (problem,) = read(head).parse_errors
    assert (problem.kind, problem.location.span) == (ParseErrorKind.NOT_UTF8, Span(*span))
    assert words in problem.message


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "gbk", "shift-jis", "euc-kr", "mac-roman"])
def test_an_encoding_that_cannot_be_told_is_not_guessed(read: Read, encoding: str) -> None:
    text = {"gbk": "河边的老磨坊", "shift-jis": "川の古い水車", "euc-kr": "강가의 물레방아", "mac-roman": "Café"}.get(
        encoding, "Мельница на реке"
    )
    (problem,) = read(f"---\na: {text}\n---\n".encode(encoding)).parse_errors
    assert problem.message.endswith("is not UTF-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_the_first_line_is_shown_in_its_own_encoding(read: Read, encoding: str) -> None:
    head = f"---\na: é{'ü' * 1000}\n---\n".encode(encoding)
    assert read(head).lines == ("---",)
    assert starts_with_front_matter(head)


def test_a_body_that_is_not_utf_8_does_not_matter(read: Read) -> None:
    assert read(b"---\na: 1\n---\n\xff\xfe").data == {"a": 1}
    assert read(b'{"a": 1}\n\xff\xfe').data == {"a": 1}


def test_a_fence_in_a_block_of_text_closes_the_front_matter_as_it_does_for_every_generator(read: Read) -> None:
    assert read("---\na: |\n  x\n---\n  y\n---\n").data == {"a": "x\n"}


def test_an_unreadable_file_is_a_problem_that_says_why() -> None:
    (problem,) = parse(Source("a.md", "/a.md", unreadable="Permission denied")).parse_errors
    assert problem.kind is ParseErrorKind.UNREADABLE
    assert "Permission denied" in problem.message


def test_the_lines_are_those_of_the_front_matter_with_its_fences(read: Read) -> None:
    assert read("\ufeff---\r\na: x\u2028y\r\n\r\n---\r\nbody").lines == ("---", "a: x\u2028y", "", "---")
    assert read('{\n  "a": 1}\nbody').lines == ("{", '  "a": 1}')
    assert read("# Title\nbody").lines == ("# Title",)


@pytest.mark.parametrize(
    ("head", "size", "kind"),
    [
        pytest.param(
            b"---\na: " + b"x" * 300_000 + b"\n---\n", 300_012, ParseErrorKind.TOO_LARGE, id="closed past the limit"
        ),
        pytest.param(b"---\na: " + b"x" * 300_000, 10_000_000, ParseErrorKind.TOO_LARGE, id="not closed in what was read"),
        pytest.param(b'{"a": "' + b"x" * 300_000 + b'"}', 300_009, ParseErrorKind.TOO_LARGE, id="JSON past the limit"),
        pytest.param(b"---\na: " + b"x" * 300_000, 300_007, ParseErrorKind.UNTERMINATED, id="not closed at all"),
    ],
)
def test_front_matter_past_the_limit_is_not_parsed(head: bytes, size: int, kind: ParseErrorKind) -> None:
    (problem,) = parse(Source("a.md", "/a.md", head, size)).parse_errors
    assert problem.kind is kind


def test_a_character_cut_by_the_limit_is_no_fault_of_the_file() -> None:
    head = b'{"a": "' + "é".encode() * 131_069 + b'"}'
    (problem,) = parse(Source("a.md", "/a.md", head, len(head))).parse_errors
    assert problem.kind is ParseErrorKind.TOO_LARGE


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n---\na: 1\n---\n", 3),
        ("\r\n \r\n---\r\na: 1\r\n---\r\n", 4),
        (" ---\na: 1\n---\n", 2),
        ("\n\n+++\na = 1\n+++\n", 4),
        ("\ufeff\n---\na: 1\n---\n", 3),
    ],
)
def test_blank_lines_before_the_fence_are_accepted_where_the_generator_accepts_them(text: str, line: int) -> None:
    head = text.encode()
    article = parse(Source("a.md", "/a.md", head, len(head), blank_lines_first=True))
    assert (article.data, article.parse_errors) == ({"a": 1}, ())
    assert article.places["/a"].value.line == line
    assert "1" in article.lines[line - 1]
    assert parse(Source("a.md", "/a.md", head, len(head))).parse_errors[0].kind is ParseErrorKind.MISSING


def test_an_error_behind_blank_lines_is_told_with_its_line() -> None:
    head = b"\n\n---\na: 1\n"
    (problem,) = parse(Source("a.md", "/a.md", head, len(head), blank_lines_first=True)).parse_errors
    assert (problem.kind, problem.location.span) == (ParseErrorKind.UNTERMINATED, Span(3, 1, 3, 4))


@pytest.mark.parametrize(("text", "line"), [("----\ntitle: 1\n----\n", 2), ("title: 1\ndate: 2\n---\nText.\n", 1)])
def test_other_fences_are_accepted_where_the_generator_accepts_them(text: str, line: int) -> None:
    head = text.encode()
    article = parse(Source("a.md", "/a.md", head, len(head), other_fences=True))
    assert article.parse_errors == ()
    assert article.data["title"] == 1
    assert article.places["/title"].value.line == line
    assert "title" in article.lines[line - 1]
    assert parse(Source("a.md", "/a.md", head, len(head))).parse_errors[0].kind is ParseErrorKind.MISSING
