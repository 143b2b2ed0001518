"""Where a `$ref` leads: to a place in the same document, or to a file in the same directory tree."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck.errors import UsageError
from linkcheck.model import Article, Json
from linkcheck.validate import Schemas, ValidateOptions, references
from linkcheck.validate.references import Inside

DOCUMENT: dict[str, Json] = {
    "a": {"b c": 1, "d/e": 2, "f~": 3},
    "list": ["x", "y"],
    "0": "not an item",
}
TEXT = {"type": "string"}


@pytest.fixture(autouse=True)
def in_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("ref", "value"),
    [
        ("#", DOCUMENT),
        ("#/a/b%20c", 1),
        ("#/a/b c", 1),
        ("#/a/d~1e", 2),
        ("#/a/f~0", 3),
        ("#/list/0", "x"),
        ("#/list/1", "y"),
        ("#/0", "not an item"),
    ],
)
def test_a_pointer_leads_to_its_value(ref: str, value: Json) -> None:
    inside = Inside(DOCUMENT)
    assert inside.follow(ref) == (value, inside)


@pytest.mark.parametrize("ref", ["#/none", "#/list/2", "#/list/-1", "#/list/x", "#/a/b c/d", "#/a/0", "#/0/0", "#/list/0/0"])
def test_a_pointer_to_nothing_cannot_be_followed(ref: str) -> None:
    with pytest.raises(KeyError):
        Inside(DOCUMENT).follow(ref)


def keywords(main: Path, data: dict[str, Json], **options: object) -> list[str]:
    schemas = Schemas(ValidateOptions(schema=str(main), **options))  # type: ignore[arg-type]  # a table's columns
    return [each.keyword for each in schemas.validate(Article("a.md", data=data)).violations]


@pytest.mark.parametrize(
    ("named", "ref"),
    [
        ("https://example.com/schemas/main.json", "https://example.com/schemas/part.json"),
        ("https://example.com/schemas/main.json", "https://example.com/schemas/part%2Ejson"),
        ("https://example.com/schemas/main.json", "part.json"),
        ("https://example.com/schemas/", "part.json"),
        ("main.json", "part.json"),
        (None, "part.json"),
    ],
)
def test_a_part_is_next_to_the_schema_wherever_it_was_published(
    named: str | None, ref: str, schema: Callable[..., Path]
) -> None:
    schema(TEXT, "part.json")
    main = schema({"properties": {"a": {"$ref": ref}}, **({} if named is None else {"$id": named})})
    assert keywords(main, {"a": 1}) == ["type"]


@pytest.mark.parametrize(
    ("named", "ref"),
    [
        ("https://example.com/schemas/main.json", "https://example.com/other/part.json"),
        ("https://example.com/schemas/main.json", "https://other.example/schemas/part.json"),
        ("https://example.com/schemas/main.json", "none.json"),
        ("https://example.com/schemas/main.json", "folder"),
        ("https://example.com/schemas/main.json", "../outside.json"),
    ],
)
def test_no_other_url_leads_to_a_file(named: str, ref: str, schema: Callable[..., Path], tmp_path: Path) -> None:
    for name in ("part.json", "main/part.json", "outside.json", "main/folder/x.json"):
        schema(TEXT, name)
    main = schema({"$id": named, "properties": {"a": {"$ref": ref}}}, "main/schema.json")
    with pytest.raises(UsageError, match="cannot be resolved"):
        keywords(main, {"a": 1}, root=str(tmp_path / "main"))


def test_what_is_wrong_with_a_part_is_reported(schema: Callable[..., Path]) -> None:
    schema("{", "part.json")
    main = schema({"properties": {"a": {"$ref": "part.json"}}})
    with pytest.raises(UsageError, match=r"part\.json.*not JSON"):
        keywords(main, {})


def test_a_schema_refers_to_a_limited_number_of_files(schema: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert references.MOST_FILES == 100
    for name in "bc":
        schema(TEXT, f"{name}.json")
    main = schema({"properties": {name: {"$ref": f"{name}.json"} for name in "bc"}})
    monkeypatch.setattr(references, "MOST_FILES", 3)
    assert keywords(main, {"b": 1, "c": 1}) == ["type", "type"]
    monkeypatch.setattr(references, "MOST_FILES", 2)
    with pytest.raises(UsageError, match=r"schema\.json: the schema refers to more than 2 files\. Move them into \$defs\."):
        keywords(main, {})


def test_parts_are_read_like_the_schema(schema: Callable[..., Path], tmp_path: Path) -> None:
    main = schema({"properties": {"a": {"$ref": "part.json"}, "b": {"$ref": "disk.json"}}})
    schema({}, "part.json")
    schema({"type": "array"}, "disk.json")
    at_commit = {main: main.read_bytes(), tmp_path / "part.json": b'{"type": "string"}'}
    assert keywords(main, {"a": 1, "b": 1}, read=at_commit.get) == ["type", "type"]
    assert keywords(main, {"a": 1, "b": 1}) == ["type"]


def test_a_part_may_exist_only_where_the_schema_is_read(schema: Callable[..., Path], tmp_path: Path) -> None:
    main = schema({"properties": {"a": {"$ref": "part.json"}}})

    def read(path: Path) -> bytes | None:
        if path == tmp_path / "part.json":
            return b'{"type": "string"}'
        if path != main:
            raise FileNotFoundError(path)
        return None

    assert keywords(main, {"a": 1}, read=read) == ["type"]
    schema({"properties": {"a": {"$ref": "disk.json"}}})
    schema({}, "disk.json")
    with pytest.raises(UsageError, match="cannot be resolved"):
        keywords(main, {}, read=read)


@pytest.mark.parametrize(("part", "found"), [(True, 0), (False, 2)])
def test_a_part_may_be_true_or_false(part: object, found: int, schema: Callable[..., Path]) -> None:
    refs = {"a": {"$ref": "#/$defs/b"}, "c": {"$ref": "schema.json#/$defs/b"}}
    assert len(keywords(schema({"$defs": {"b": part}, "properties": refs}), {"a": 1, "c": 1})) == found


def test_the_parts_of_a_part_are_found_from_there(schema: Callable[..., Path]) -> None:
    schema({"$ref": "deep.json#/$defs/a", "$defs": {"a": {"type": "array"}}}, "below/part.json")
    schema({"$defs": {"a": TEXT}}, "below/deep.json")
    main = schema({"properties": {"a": {"$ref": "below/part.json"}}})
    assert keywords(main, {"a": 1}) == ["type"]


def test_a_pattern_in_another_file_is_refused_or_reported_as_one_in_the_schema(tmp_path: Path) -> None:
    main, part = tmp_path / "main.json", tmp_path / "part.json"
    main.write_text('{"properties": {"a": {"$ref": "part.json"}}}', encoding="utf-8")
    part.write_text('{"pattern": "("}', encoding="utf-8")
    with pytest.raises(
        UsageError, match=r"main.json: /properties/a/\$ref/pattern: '\(' is not a regular expression: missing"
    ):
        Schemas(ValidateOptions(schema=str(main)))
    part.write_text('{"pattern": "\\\\p{RGI_Emoji}"}', encoding="utf-8")
    (notice,) = Schemas(ValidateOptions(schema=str(main))).notices()
    assert notice.startswith(r"main.json: values are not checked against the pattern \p{RGI_Emoji}: ")
