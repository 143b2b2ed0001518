"""The schema that an article specifies, and where its path leads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from systems import posix_only

from linkcheck.model import Article, Source
from linkcheck.parse import parse
from linkcheck.validate import SchemaCollection, Schemas, ValidateOptions

WriteSchema = Callable[..., Path]


def read(text: str, path: str = "posts/a.md") -> Article:
    head = text.encode()
    return parse(Source(path, path, head, len(head), named=True))


@pytest.fixture(autouse=True)
def _repository(schema: WriteSchema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Schemas beside the article and at the root; the working directory is the root."""
    monkeypatch.chdir(tmp_path)
    schema({"required": ["beside"]}, "posts/both.json")
    schema({"required": ["root"]}, "both.json")
    schema({"required": ["root"]}, "schemas/root.json")
    schema({"required": ["collection"]}, "collection.json")


def missing(article: Article, **options: object) -> list[str]:
    """What the schema that governs an article requires."""
    collections = (SchemaCollection("all", ("**",), str(Path("collection.json").resolve())),)
    defaults: dict[str, object] = {"collections": collections}
    validation = Schemas(ValidateOptions(**{**defaults, **options})).validate(article)  # type: ignore[arg-type]
    return [violation.message for violation in validation.violations]


BESIDE, ROOT, COLLECTION = ([f"`{name}` is missing"] for name in ("beside", "root", "collection"))


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param("---\n# yaml-language-server: $schema=both.json\na: b\n---\n", BESIDE, id="a comment"),
        pytest.param(
            "---\na: b\n#yaml-language-server:$schema = ./both.json\n---\n", BESIDE, id="one below, without spaces"
        ),
        pytest.param("---\na: [b,\n  # yaml-language-server: $schema=both.json\n  c]\n---\n", BESIDE, id="one in a list"),
        pytest.param("---\n# yaml-language-server: $schema=schemas/root.json\na: b\n---\n", ROOT, id="from the root"),
        pytest.param("---\n# yaml-language-server: $schema=/schemas/root.json\na: b\n---\n", ROOT, id="with a slash"),
        pytest.param("+++\n#:schema both.json\na = 1\n+++\n", BESIDE, id="a comment in TOML"),
        pytest.param("---\n# yaml-language-server: $schema=../both.json\n$schema: both.json\n---\n", BESIDE, id="both ways"),
        pytest.param("---\n$schema: both.json\n---\n", BESIDE, id="a property, beside the article first"),
        pytest.param("---\n$schema: schemas/root.json\n---\n", ROOT, id="a property, from the root"),
        pytest.param("---\n# yaml-language-server: $schema=https://a.example/s.json\na: b\n---\n", COLLECTION, id="a URL"),
        pytest.param("---\n# $schema=both.json\na: b\n---\n", COLLECTION, id="another comment"),
        pytest.param(
            "---\na: b # yaml-language-server: $schema=both.json\n---\n", COLLECTION, id="not on a line of its own"
        ),
        pytest.param("---\n#:schema both.json\na: b\n---\n", COLLECTION, id="the comment of TOML in YAML"),
        pytest.param(
            "---\na: |\n  b\n  # yaml-language-server: $schema=both.json\n  c\n---\n", COLLECTION, id="in a text of lines"
        ),
        pytest.param('+++\na = """\n#:schema both.json\n"""\n+++\n', COLLECTION, id="in a text of lines in TOML"),
        pytest.param("---\n# yaml-language-server: $schema=\na: b\n---\n", COLLECTION, id="no path"),
    ],
)
def test_the_schema_that_an_article_specifies_governs_it(text: str, messages: list[str]) -> None:
    assert missing(read(text)) == messages


def test_the_line_after_a_text_of_lines_is_a_comment() -> None:
    assert missing(read("---\na: |\n  b\n# yaml-language-server: $schema=both.json\n---\n")) == BESIDE


def test_a_schema_of_the_command_line_takes_precedence() -> None:
    text = "---\n# yaml-language-server: $schema=both.json\na: b\n---\n"
    assert missing(read(text), schema=str(Path("schemas/root.json").resolve())) == ROOT


@pytest.mark.parametrize("specified", ["# yaml-language-server: $schema=both.json", "$schema: schemas/root.json"])
def test_nothing_in_an_untrusted_article_specifies_its_schema(specified: str) -> None:
    assert missing(read(f"---\n{specified}\na: b\n---\n"), article_schemas=False) == COLLECTION


@posix_only
@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param("none.json", "the comment with the schema is the path of a schema that cannot be used", id="no file"),
        pytest.param("../../out.json", "the comment with the schema is outside the repository", id="a file outside"),
        pytest.param("link.json", "the comment with the schema is outside the repository", id="a link that leads outside"),
        pytest.param("x" * 5_000, "the comment with the schema is", id="a name that is too long"),
        pytest.param("a\\0b", "the comment with the schema is", id="a name of no file"),
    ],
)
def test_a_comment_with_a_path_that_cannot_be_used_is_reported_where_it_is(
    path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "repository"
    (root / "posts").mkdir(parents=True)
    (tmp_path / "out.json").write_text("{}")
    (root / "posts" / "link.json").symlink_to(tmp_path / "out.json")
    monkeypatch.chdir(root)
    article = read(f"---\ntitle: A\n# yaml-language-server: $schema={path}\n---\n")
    (violation,) = Schemas(ValidateOptions()).validate(article).violations
    assert violation.message.startswith(message)
    span = violation.location.span
    assert (violation.keyword, span.line, span.column, span.end_column - span.column) == ("$schema", 3, 33, len(path))


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param('{"$schema": "both.json"}', COLLECTION, id="one without links"),
        pytest.param('{"$schema": "none.json"}', COLLECTION, id="one that does not exist"),
        pytest.param('{"$schema": "https://a.example/s.json"}', COLLECTION, id="a URL"),
        pytest.param('{"$schema": "links.json"}', BESIDE, id="one with links"),
    ],
)
def test_a_data_file_of_a_collection_specifies_its_schema_only_if_that_marks_links(
    text: str, messages: list[str], schema: WriteSchema
) -> None:
    schema({"required": ["beside"], "properties": {"url": {"type": "string", "x-link": {"role": "link"}}}}, "links.json")
    assert missing(read(text, "people/a.json")) == messages


def test_a_data_file_of_no_collection_specifies_its_schema() -> None:
    assert missing(read("# yaml-language-server: $schema=both.json\na: b\n", "posts/a.yml"), collections=()) == BESIDE
