import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from systems import posix_only

from linkcheck.errors import UsageError
from linkcheck.model import FILE_START, Article, Json, Location, ParseError, ParseErrorKind
from linkcheck.validate import SchemaCollection, Schemas, ValidateOptions
from linkcheck.validate.documents import read_document

ANYTHING = {"title": "accepts everything"}


@pytest.fixture(autouse=True)
def in_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)


def governing(article: Article, **options: object) -> str:
    return Schemas(ValidateOptions(**options)).validate(article).schema  # type: ignore[arg-type]  # a table's columns


def test_the_default_governs_where_nothing_else_does(article: Callable[..., Article]) -> None:
    assert governing(article("title: x")) == "default"


def test_the_first_collection_that_matches_governs(article: Callable[..., Article], schema: Callable[..., Path]) -> None:
    collections = (
        SchemaCollection("news", ("_news/**",), str(schema(ANYTHING, "news.json"))),
        SchemaCollection("all", ("**/*.md",), str(schema(ANYTHING, "all.json"))),
        SchemaCollection("html", ("*.html",)),
    )
    assert governing(article("a: 1", "_news/a.md"), collections=collections) == "news.json"
    assert governing(article("a: 1", "b/a.md"), collections=collections) == "all.json"
    assert governing(article("a: 1", "a.html"), collections=collections) == "default"


def test_globs_are_relative_to_the_root(
    article: Callable[..., Article], schema: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collections = (SchemaCollection("news", ("docs/_news",), str(schema(ANYTHING))),)
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    assert governing(article("a: 1", "_news/a.md"), collections=collections, root=str(tmp_path)) == str(
        tmp_path / "schema.json"
    )
    assert (
        governing(article("a: 1", str(tmp_path / "docs/_news/a.md")), collections=collections, root=str(tmp_path))
        != "default"
    )
    assert governing(article("a: 1", "../_news/a.md"), collections=collections, root=str(tmp_path)) == "default"


def test_an_article_names_its_schema_relative_to_itself(
    article: Callable[..., Article], schema: Callable[..., Path]
) -> None:
    schema({"required": ["x"]}, "schemas/own.json")
    collections = (SchemaCollection("all", ("**",), str(schema(ANYTHING))),)
    validation = Schemas(ValidateOptions(collections=collections)).validate(
        article("$schema: ../schemas/own.json", "posts/a.md")
    )
    assert validation.schema == "schemas/own.json"
    assert [violation.keyword for violation in validation.violations] == ["required"]


def test_the_schema_of_the_command_line_governs_everything(
    article: Callable[..., Article], schema: Callable[..., Path]
) -> None:
    schema({"required": ["x"]}, "own.json")
    collections = (SchemaCollection("all", ("**",)),)
    assert governing(article("$schema: own.json"), schema=str(schema(ANYTHING)), collections=collections) == "schema.json"


def test_a_schema_named_by_a_stranger_is_not_heeded_when_told_so(
    article: Callable[..., Article], schema: Callable[..., Path]
) -> None:
    schema(ANYTHING, "own.json")
    validation = Schemas(ValidateOptions(article_schemas=False)).validate(article("$schema: own.json\ntitle: x"))
    assert (validation.schema, validation.violations) == ("default", ())


@posix_only
@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("https://example.com/s.json", "is the URL of a schema"),
        ("file:///etc/passwd", "is the URL of a schema"),
        ("//example.com/s.json", "is the URL of a schema"),
        ("/etc/passwd", "is outside the repository"),
        ("../s.json", "is outside the repository"),
        ("link.json", "is outside the repository"),
        ("none.json", "No such file"),
        ("broken.json", "not JSON"),
        ("loop.json", "refers to itself in a loop"),
        ("folder", "cannot read the schema"),
        ("5", "is not the path of a file"),
        ('"a\\0b"', "is not the path of a file"),
        ("[]", "is not the path of a file"),
        ("x" * 5_000, "$schema"),
    ],
)
def test_a_schema_that_cannot_be_used_is_the_articles_fault(
    article: Callable[..., Article], schema: Callable[..., Path], tmp_path: Path, named: str, says: str
) -> None:
    schema("{", "broken.json")
    schema({"$ref": "#"}, "loop.json")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.json").symlink_to("/etc/passwd")
    schemas = Schemas()
    for _ in range(2):
        validation = schemas.validate(article(f"title: x\n$schema: {named}"))
        assert validation.schema == "default"
        fault = validation.violations[0]
        assert (fault.keyword, fault.location.span.line) == ("$schema", 3)
        assert says in fault.message
        assert len(fault.message) < 600


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "schema.json: the schema is not JSON"),
        ('{\n "type": "object",\n}', "schema.json:3:1: the schema is not JSON"),
        ('"\\ud800"', "not JSON"),
        ("[]", "not a JSON object"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 300 + "1" + "}" * 300, "nested more than 200 levels deep"),
        ('{"x": "' + "a" * 1_100_000 + '"}', "larger than"),
        ('{"type": "strnig"}', "`type` must be one of array, boolean, integer, null, number, object or string"),
        ('{"type": "strnig"}', "Did you mean string?"),
        (
            '{"properties": {"a": {"minimum": "1"}}}',
            "/properties/a/minimum: invalid schema: `minimum` must be a number",
        ),
        (
            '{"properties": {"a": {"maxLenght": 5}}}',
            "/properties/a/maxLenght: unknown keyword 'maxLenght'. Did you mean maxLength?",
        ),
        ('{"properties": {"a": {"format": "data-time"}}}', "/a/format: unknown format 'data-time'. Did you mean date-time?"),
        ('{"properties": {"a": {"x-lnk": {"role": "link"}}}}', "Did you mean x-link?"),
        ('{"additionalPropertys": false}', "Did you mean additionalProperties?"),
        (
            '{"properties": {"a": {"x-link": {"role": "amp", "of": "nope"}}}, "additionalProperties": false}',
            "/properties/a/x-link/of: the schema has no property 'nope' next to the link. Use a property",
        ),
        (
            (
                '{"items": {"properties": {"u": {"$ref": "#/$defs/u"}, "width": {}}}, '
                '"$defs": {"u": {"x-link": {"role": "image", "width": "widht"}}}}'
            ),
            "/items/properties/u/$ref/x-link/width: the schema has no property 'widht'",
        ),
        (
            (
                '{"properties": {"p": {"properties": {"domain": {}}}, '
                '"a": {"x-link": {"role": "link", "domain": "p.domian"}}}, "additionalProperties": false}'
            ),
            "/properties/a/x-link/domain: ",
        ),
        ('{"$schema": "https://example.com/mine"}', "unknown dialect"),
        ('{"$ref": "#/$defs/none"}', "'#/$defs/none' cannot be resolved"),
        ('{"$ref": "http://127.0.0.1:9/s.json"}', "nothing is downloaded"),
        ('{"$id": "http://127.0.0.1:9/", "$ref": "s.json"}', "nothing is downloaded"),
        ('{"$ref": "file:///etc/passwd"}', "'file:///etc/passwd' cannot be resolved"),
        ('{"$ref": "../outside.json"}', "'../outside.json' cannot be resolved"),
        ('{"properties": {"a": {"$ref": "#/properties/b"}, "b": {"$ref": "#/properties/a"}}}', "refers to itself in a loop"),
        ('{"allOf": [{"not": {"$ref": "#"}}]}', "refers to itself in a loop"),
        ('{"patternProperties": {"(": {}}}', "is not a regular expression"),
        ('{"properties": {"a": {"pattern": "(?i)%s"}}}' % ("[!-\uffff]" * 50), "use fewer or smaller ranges"),
        ('{"patternProperties": {"%s": {}}}' % ("[!-\uffff]" * 50), "use fewer or smaller ranges"),
        ('{"properties": {"a": {"x-link": {"rol": "link"}}}}', "/properties/a/x-link/rol: unknown property `rol`"),
        ('{"properties": {"a": {"x-link": {"role": "cannonical"}}}}', "Did you mean canonical?"),
        ('{"properties": {"a": {"x-link": "link"}}}', "/properties/a/x-link: x-link must be a mapping"),
        ('{"properties": {"a": {"x-link": {}}}}', "`role` is missing"),
        ('{"properties": {"a": {"x-link": {"role": "image", "media": ["png"]}}}}', "/x-link/media/0"),
        ('{"properties": {"a": {"x-Link": {"role": "link"}}}}', "Did you mean x-link?"),
        ('{"$defs": {"a": {"x_link": {"role": "link"}}}}', "Did you mean x-link?"),
    ],
    ids=lambda text: text[:60],
)
def test_a_broken_schema_stops_at_once_and_says_where(schema: Callable[..., Path], text: str, says: str) -> None:
    path = schema(text, "below/schema.json")
    schema({}, "outside.json")
    with pytest.raises(UsageError) as caught:
        Schemas(ValidateOptions(schema=str(path), root=str(path.parent)))
    assert says in str(caught.value)
    assert "schema.json" in str(caught.value)
    assert len(str(caught.value)) < 700


def test_a_missing_schema_of_a_collection_stops_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.json: cannot read the schema: No such file"):
        Schemas(ValidateOptions(collections=(SchemaCollection("a", ("**",), str(tmp_path / "none.json")),)))


def test_a_path_that_no_file_can_have_is_told() -> None:
    with pytest.raises(UsageError, match=r"cannot read the schema: (open: )?embedded null (byte|character in path)\. Check"):
        read_document(Path("a\0b.json"))


def test_words_that_look_like_keywords_are_left_alone(article: Callable[..., Article], schema: Callable[..., Path]) -> None:
    document = {
        "properties": {"x_link": {"type": "string"}, "$ref": {"type": "string"}, "x-link": {"type": "string"}},
        "examples": [{"x_link": 1}],
        "required": ["x_link"],
    }
    validation = Schemas(ValidateOptions(schema=str(schema(document)))).validate(article("x_link: a\n$ref: b\nx-link: 3"))
    assert [violation.location.pointer for violation in validation.violations] == ["/x-link"]


@pytest.mark.parametrize(
    "document",
    [
        {"properties": {"a": {"x-link": {"role": "amp", "of": "b"}}}, "allOf": [{"properties": {"b": {}}}]},
        {
            "$ref": "#/$defs/b",
            "properties": {"a": {"x-link": {"role": "amp", "of": "b"}}},
            "$defs": {"b": {"properties": {"b": {}}}},
        },
        {"patternProperties": {"^b": {}}, "properties": {"a": {"x-link": {"role": "amp", "of": "b"}}}},
        {"additionalProperties": {"type": "string"}, "properties": {"a": {"x-link": {"role": "amp", "of": "b"}}}},
        {"properties": {"p": {"type": "object"}, "a": {"x-link": {"role": "link", "domain": "p.domain"}}}},
        {"properties": {"p.d": {}, "a": {"x-link": {"role": "link", "domain": "p.d"}}}},
        {"properties": {"l": {"items": {"x-link": {"role": "image", "width": "w"}}}, "w": {}}},
        {"properties": {"a": {"example": "x", "errorMessage": {"patern": "x"}, "x-mine": {}, "format": "colour"}}},
    ],
    ids=lambda document: str(document)[:70],
)
def test_a_partner_or_a_word_that_may_well_be_meant_is_accepted(schema: Callable[..., Path], document: object) -> None:
    assert Schemas(ValidateOptions(schema=str(schema(document)))).validate(Article("a.md")).violations == ()


def test_files_beside_a_schema_may_be_referred_to(article: Callable[..., Article], schema: Callable[..., Path]) -> None:
    schema({"$defs": {"url": {"type": "string", "format": "uri", "x-link": {"role": "link"}}}}, "below/common.json")
    schema({"properties": {"more": {"$ref": "../main.json"}}}, "below/more.json")
    main = schema(
        {"properties": {"a": {"$ref": "below/common.json#/$defs/url"}}, "allOf": [{"$ref": "below/more.json"}]}, "main.json"
    )
    validation = Schemas(ValidateOptions(schema=str(main))).validate(article("a: x\nmore:\n  a: https://a.example/"))
    assert [violation.location.pointer for violation in validation.violations] == ["/a"]
    assert [link.location.pointer for link in validation.links] == ["/a", "/more/a"]


def test_a_copy_of_a_published_schema_finds_its_parts_beside_it(
    article: Callable[..., Article], schema: Callable[..., Path]
) -> None:
    schema({"$id": "https://example.com/schemas/part.json", "type": "string"}, "part.json")
    main = schema({"$id": "https://example.com/schemas/main.json", "properties": {"a": {"$ref": "part.json"}}}, "main.json")
    validation = Schemas(ValidateOptions(schema=str(main))).validate(article("a: 1"))
    assert [violation.keyword for violation in validation.violations] == ["type"]


@pytest.mark.parametrize("dialect", ["draft-04", "draft-06", "draft-07", "draft/2019-09", "draft/2020-12"])
def test_every_dialect_from_draft_04_is_understood(
    article: Callable[..., Article], schema: Callable[..., Path], dialect: str
) -> None:
    scheme = "https" if "/" in dialect else "http"
    document = {
        "$schema": f"{scheme}://json-schema.org/{dialect}/schema#",
        "properties": {"a": {"format": "uri", "x-link": {"role": "link"}}},
    }
    validation = Schemas(ValidateOptions(schema=str(schema(document)))).validate(article("a: /x"))
    assert [violation.keyword for violation in validation.violations] == ["format"]
    assert len(validation.links) == 1


def test_what_stands_beside_a_reference_counts_for_nothing_in_draft_07(
    article: Callable[..., Article], schema: Callable[..., Path]
) -> None:
    document = {"properties": {"a": {"$ref": "#/definitions/b", "maxLength": 1}}, "definitions": {"b": {"type": "string"}}}
    assert Schemas(ValidateOptions(schema=str(schema(document)))).validate(article("a: xyz")).violations
    seven = schema({"$schema": "http://json-schema.org/draft-07/schema#", **document}, "seven.json")
    assert not Schemas(ValidateOptions(schema=str(seven))).validate(article("a: xyz")).violations


def test_an_article_that_could_not_be_read_breaks_no_schema() -> None:
    problem = ParseError(ParseErrorKind.SYNTAX, Location("a.md", FILE_START), "not YAML")
    validation = Schemas().validate(Article(path="a.md", parse_errors=(problem,)))
    assert (validation.violations, validation.links) == ((), ())


def test_an_empty_article_lacks_what_is_required() -> None:
    assert [violation.location.pointer for violation in Schemas().validate(Article(path="a.md")).violations] == ["/title"]


def test_deep_data_is_no_crash(schema: Callable[..., Path]) -> None:
    data: dict[str, Json] = {}
    for _ in range(5_000):
        data = {"a": data}
    document = schema({"properties": {"a": {"$ref": "#"}, "b": {"x-link": {"role": "link"}}}})
    validation = Schemas(ValidateOptions(schema=str(document))).validate(Article(path="a.md", data=data))
    assert [violation.keyword for violation in validation.violations] == ["internal"]
