import pytest

from linkcheck.model import Article, ParseErrorKind, Source
from linkcheck.parse import parse


def read(path: str, text: str | bytes, *, size: int | None = None) -> Article:
    head = text if isinstance(text, bytes) else text.encode()
    return parse(Source(path, path, head, len(head) if size is None else size))


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        pytest.param("a.yml", "# who\na: 1\n", 2, id="YAML"),
        pytest.param("a.yaml", "a: 1", 1, id="YAML without a last line end"),
        pytest.param("a.yml", "---\na: 1\n", 2, id="YAML with the mark of a document"),
        pytest.param("a.yml", "a: 1\n...\n", 1, id="YAML with the mark of an end"),
        pytest.param("a.yml", "---\na: 1\n---\n", 2, id="YAML between fences"),
        pytest.param("a.yml", "\ufeffa: 1\n", 1, id="YAML after a byte order mark"),
        pytest.param("a.json", '{\n  "a": 1\n}\n', 2, id="JSON"),
        pytest.param("a.toml", "\na = 1\n", 2, id="TOML"),
        pytest.param("a.toml", "+++\na = 1\n+++\n", 2, id="TOML between fences"),
    ],
)
def test_a_data_file_is_all_front_matter(path: str, text: str, line: int) -> None:
    article = read(path, text)
    assert (article.data, article.parse_errors) == ({"a": 1}, ())
    assert article.places["/a"].value.line == line
    assert "1" in article.lines[line - 1]


@pytest.mark.parametrize(
    ("path", "text", "kind", "line", "words"),
    [
        ("a.yml", "", ParseErrorKind.EMPTY, 1, "empty; write `key: value` lines"),
        ("a.yml", "- a\n", ParseErrorKind.NOT_A_MAPPING, 1, "a list"),
        ("a.yml", "a: 1\n---\nb: 2\n", ParseErrorKind.SYNTAX, 2, "a second document starts here"),
        ("a.yml", "---\na: 1\n---\nb: 2\n", ParseErrorKind.SYNTAX, 3, "a second document starts here"),
        ("a.yml", "a: [1\nb: 2\n", ParseErrorKind.SYNTAX, 1, "not YAML"),
        ("a.json", "", ParseErrorKind.EMPTY, 1, "empty"),
        ("a.json", "[1]", ParseErrorKind.NOT_A_MAPPING, 1, "a JSON object"),
        ("a.json", '{"a": 1}\nmore\n', ParseErrorKind.SYNTAX, 2, "text follows the object"),
        ("a.json", '{"a": 1', ParseErrorKind.SYNTAX, 1, "never closed"),
        ("a.toml", "", ParseErrorKind.EMPTY, 1, "empty; write `key = value` lines"),
        ("a.toml", "a = \n", ParseErrorKind.SYNTAX, 1, "not TOML"),
        ("a.yml", "a: é\n".encode("latin-1"), ParseErrorKind.NOT_UTF8, 1, "0xe9"),
    ],
)
def test_what_is_wrong_with_a_data_file_is_told(
    path: str, text: str | bytes, kind: ParseErrorKind, line: int, words: str
) -> None:
    (problem,) = read(path, text).parse_errors
    assert (problem.kind, problem.location.span.line) == (kind, line)
    assert words in problem.message


def test_a_data_file_past_the_limit_is_not_parsed() -> None:
    (problem,) = read("a.yml", b"a: 1\n", size=10_000_000).parse_errors
    assert problem.kind is ParseErrorKind.TOO_LARGE
    assert "the file has 10,000,000 bytes" in problem.message


def test_an_ignore_comment_in_a_data_file_applies_to_its_line() -> None:
    (ignore,) = read("a.yml", "a: 1\nb: 2  # linkcheck: ignore[LC110] as agreed\n").ignores
    assert (ignore.line, ignore.codes) == (2, ("LC110",))


def test_the_lines_of_a_data_file_are_all_its_lines() -> None:
    assert read("a.json", '{"a": 1}\n\n').lines == ('{"a": 1}', "")
    assert read("a.yml", "---\na: 1\n---\n").lines == ("---", "a: 1", "---")
    assert read("a.toml", "\ufeffa = 1\n").lines == ("a = 1",)
