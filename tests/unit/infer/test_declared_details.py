"""The parts of declared schemas that are used, how deep they are read, and what is no declaration."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.infer import media_roots, read_declared, shape_of, take_over
from linkcheck.infer.declared.schema import reduced, with_links
from linkcheck.infer.declared.zod import read_collections
from linkcheck.infer.literals import read_program
from linkcheck.model import Json
from linkcheck.pipeline.sites import RepositoryFolder

TEXT: dict[str, Json] = {"type": "string"}
URL: dict[str, Json] = {"type": "string", "format": "uri"}
MANY: list[Json] = [str(number) for number in range(200)]


def declared(properties: dict[str, Json], *required: str) -> dict[str, Json]:
    return {"type": "object", "properties": properties, "required": [*required]}


def folders(root: Path, files: Mapping[str, str], folder: str = "") -> list[str]:
    write_files(root, dict(files))
    return [each.folder for each in read_declared(RepositoryFolder(str(root / folder)), folder)]


@pytest.mark.parametrize(
    ("schema", "kept"),
    [
        pytest.param({"type": "string", "description": "d", "minLength": 1}, {**TEXT, "description": "d"}, id="a text"),
        pytest.param({"type": "string", "description": ["d"]}, TEXT, id="a description that is no text"),
        pytest.param({"type": ["string", "null"], "format": "uri"}, {"format": "uri"}, id="a URL or null"),
        pytest.param({"type": "integer", "format": "uri"}, {"type": "integer"}, id="a number that is no URL"),
        pytest.param({"type": "string", "format": "date"}, TEXT, id="a date"),
        pytest.param({"type": "none"}, {}, id="an unknown type"),
        pytest.param({"enum": ["a"]}, {**TEXT, "enum": ["a"]}, id="choices"),
        pytest.param({"type": "integer", "enum": ["a"]}, {"type": "integer"}, id="choices of another type"),
        pytest.param({"enum": ["a", 1]}, {}, id="choices that are not all texts"),
        pytest.param({"enum": MANY}, {**TEXT, "enum": MANY}, id="many choices"),
        pytest.param({"enum": [*MANY, "x"]}, {}, id="too many choices"),
        pytest.param({"type": "array", "items": TEXT}, {"type": "array", "items": TEXT}, id="a list"),
        pytest.param({"type": "array", "items": [TEXT]}, {"type": "array"}, id="a list of different items"),
        pytest.param(
            {"properties": {"$schema": TEXT, "a": TEXT, "b": True}, "required": ["a", 1]},
            {"properties": {"a": TEXT, "b": {}}, "required": ["a"]},
            id="an object",
        ),
        pytest.param({"properties": {}, "required": "a"}, {"properties": {}, "required": []}, id="an object without any"),
        pytest.param("text", {}, id="no object"),
        pytest.param(None, {}, id="nothing"),
    ],
)
def test_the_part_of_a_schema_that_is_used(schema: Json, kept: dict[str, Json]) -> None:
    assert reduced(schema) == kept


def depth_of(schema: Json) -> int:
    """How many schemas are within each other, each with a type."""
    if not isinstance(schema, dict) or "type" not in schema:
        return 0
    properties = schema.get("properties")
    inner = properties.get("a") if isinstance(properties, dict) else schema.get("items")
    return 1 + depth_of(inner)


def test_schemas_are_read_to_a_depth() -> None:
    lists: Json = TEXT
    objects: Json = TEXT
    for _ in range(20):
        lists, objects = {"type": "array", "items": lists}, {"type": "object", "properties": {"a": objects}}
    assert (depth_of(reduced(lists)), depth_of(reduced(objects))) == (9, 9)


def test_fields_of_content_management_systems_are_read_to_a_depth(tmp_path: Path) -> None:
    decap: dict[str, Json] = {"name": "a", "widget": "string"}
    lists: dict[str, Json] = decap
    front: dict[str, Json] = {"name": "a", "type": "string"}
    for _ in range(20):
        decap = {"name": "a", "widget": "object", "fields": [decap]}
        lists = {"name": "a", "widget": "list", "fields": [lists]}
        front = {"name": "a", "type": "fields", "fields": [front]}
    collections: Json = [{"folder": "a", "fields": [decap]}, {"folder": "b", "fields": [lists]}]
    types: Json = [{"name": "post", "fields": [front]}]
    settings: Json = {
        "frontMatter.taxonomy.contentTypes": types,
        "frontMatter.content.pageFolders": [{"path": "c"}],
    }
    write_files(
        tmp_path,
        {"admin/config.yml": json.dumps({"collections": collections}), "frontmatter.json": json.dumps(settings)},
    )
    found = {each.folder: depth_of(each.schema) for each in read_declared(RepositoryFolder(str(tmp_path)))}
    assert found == {"a": 9, "b": 17, "c": 9}


def test_the_urls_of_a_list_are_links_with_the_role_of_its_name() -> None:
    urls: dict[str, Json] = {"type": "array", "items": URL}
    link: dict[str, Json] = {**URL, "x-link": {"role": "link"}}
    marked: dict[str, Json] = {**URL, "x-link": {"role": "image"}}
    schema = declared({"links": urls, "canonicalUrl": URL, "photo": marked, "aliases": urls, "any": True})
    assert with_links(schema)["properties"] == {
        "links": {"type": "array", "items": link},
        "canonicalUrl": {**URL, "x-link": {"role": "canonical"}},
        "photo": marked,
        "aliases": urls,
        "any": True,
    }


FIELDS = "fields: [{name: a}]"


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        pytest.param("content/blog", ["content/blog"], id="a folder"),
        pytest.param(".", [""], id="the repository"),
        pytest.param(".hidden/blog", [".hidden/blog"], id="a hidden folder"),
        pytest.param("../blog", [], id="a folder outside"),
        pytest.param("..", [], id="the folder around"),
        pytest.param("a/../..", [], id="the folder around, in another way"),
    ],
)
@pytest.mark.parametrize("site", ["", "site"])
def test_folders_of_decap_are_relative_to_the_repository(folder: str, found: list[str], site: str, tmp_path: Path) -> None:
    settings = f"collections:\n- {{folder: {folder}, {FIELDS}}}\n"
    assert folders(tmp_path, {f"{site}/admin/config.yml".lstrip("/"): settings}, site) == found


def test_a_collection_without_fields_declares_nothing(tmp_path: Path) -> None:
    text = f"collections:\n- {{folder: a}}\n- {{folder: b, fields: c}}\n- {{name: d, {FIELDS}}}\n- {{folder: e, {FIELDS}}}\n"
    assert folders(tmp_path, {"admin/config.yml": text}) == ["e"]


def test_only_texts_can_be_urls_in_decap(tmp_path: Path) -> None:
    fields = "[{name: a, widget: text, type: url}, {name: b, type: url}, {name: c, type: email}, {name: d, hint: D}]"
    write_files(tmp_path, {"admin/config.yml": f"collections:\n- {{folder: a, fields: {fields}}}\n"})
    (found,) = read_declared(RepositoryFolder(str(tmp_path)))
    link: dict[str, Json] = {**URL, "x-link": {"role": "link"}}
    assert found.schema["properties"] == {"a": TEXT, "b": link, "c": TEXT, "d": {**TEXT, "description": "D"}}


def test_a_schema_that_refers_to_none_of_its_definitions_is_the_document(tmp_path: Path) -> None:
    own: dict[str, Json] = {
        "type": "object",
        "properties": {"a": TEXT},
        "definitions": {"blog": {"properties": {"b": TEXT}}},
    }
    texts: dict[str, Json] = {
        "own": own,
        "named": {**own, "$ref": "#/definitions/named"},
        "elsewhere": {"$ref": "other.json", "properties": {"c": TEXT}},
        "blog": {**own, "$ref": "#/definitions/blog"},
    }
    files = {f".astro/collections/{name}.schema.json": json.dumps(text) for name, text in texts.items()}
    write_files(tmp_path, {**files, ".astro/collections/other.json": json.dumps(own)})
    found = {each.folder: each.schema["properties"] for each in read_declared(RepositoryFolder(str(tmp_path)))}
    assert found == {"src/content/own": {"a": TEXT}, "src/content/elsewhere": {"c": TEXT}, "src/content/blog": {"b": TEXT}}


@pytest.mark.parametrize(
    ("settings", "roots"),
    [
        pytest.param("media_folder: static/img\npublic_folder: /img\n", ("static",), id="a folder within the root"),
        pytest.param("media_folder: /static/img/\npublic_folder: img/\n", ("static",), id="other slashes"),
        pytest.param("media_folder: img\n", ("",), id="no other URL"),
        pytest.param("media_folder: static\npublic_folder: /\n", ("static",), id="the root itself"),
        pytest.param("media_folder: static/my-img\npublic_folder: /img\n", (), id="a part of a name"),
        pytest.param("media_folder: static/img\npublic_folder: https://a.example/img\n", (), id="another host"),
        pytest.param("public_folder: /img\n", (), id="no folder"),
    ],
)
def test_the_root_of_pictures_in_decap_is_above_what_their_urls_have(
    settings: str, roots: tuple[str, ...], tmp_path: Path
) -> None:
    write_files(tmp_path, {"admin/config.yml": settings})
    assert media_roots(RepositoryFolder(str(tmp_path))) == roots


@pytest.mark.parametrize(
    ("text", "properties", "name"),
    [
        pytest.param("const s = z.object({ a: z.string() }); const blog = CALL", ["a"], "blog", id="a constant"),
        pytest.param("let s = z.object({ a: z.string() }); const blog = CALL", ["a"], "blog", id="a variable"),
        pytest.param("var s = z.object({ a: z.string() }); const blog = CALL", ["a"], "blog", id="an old variable"),
        pytest.param("const s: z.object({ a: z.string() }); const blog = CALL", None, "blog", id="a name without a value"),
        pytest.param("x s = z.object({ a: z.string() }); const blog = CALL", None, "blog", id="no declaration"),
        pytest.param("const blog = CALL; const collections = { posts: blog }", None, "posts", id="another name"),
        pytest.param("const blog = CALL; const collections: { posts: blog }", None, "posts", id="another name in an object"),
        pytest.param("const blog = CALL; const others = { posts: blog }", None, "blog", id="the name in another object"),
        pytest.param("const blog = CALL; const collections = [{ posts: blog }]", None, "blog", id="the name in a list"),
        pytest.param("CALL", None, "", id="no name"),
    ],
)
def test_how_schemas_and_collections_are_named(text: str, properties: list[str] | None, name: str) -> None:
    (found,) = read_collections(read_program(text.replace("CALL", "defineCollection({ schema: s })")))
    read = found.schema.get("properties")
    assert (None if read is None else [*read] if isinstance(read, dict) else read, found.name) == (properties, name)


def test_at_most_one_hundred_collections_are_read() -> None:
    for number, read in ((100, 100), (101, 100)):
        assert len([*read_collections(read_program("defineCollection({ type: 'data' });" * number))]) == read


@pytest.mark.parametrize(
    ("articles", "required"),
    [
        pytest.param([{"a": "x"}], ["a"], id="the only article has it"),
        pytest.param([{"a": "x"}, {"a": "y"}], ["a"], id="both have it"),
        pytest.param([{"a": "x"}, {}], None, id="one lacks it"),
        pytest.param([], None, id="no articles"),
    ],
)
def test_what_is_declared_to_be_required_is_so_if_all_articles_have_it(
    articles: list[Mapping[str, Json]], required: list[str] | None
) -> None:
    inferred: dict[str, Json] = {"type": "object", "properties": {"a": {**TEXT}}}
    optional = take_over(inferred, declared({"a": TEXT}, "a"), shape_of(articles))
    assert (inferred.get("required"), optional) == (required, () if required else (("a",),))


def test_nothing_in_a_property_that_no_article_has_is_required() -> None:
    inferred: dict[str, Json] = {"type": "object", "properties": {}}
    inner = declared({"a": TEXT, "b": {**TEXT, "enum": ["x"]}, "c": {}, "d": {"type": "array", "items": URL}}, "a")
    take_over(inferred, declared({"new": {**inner, "description": "D"}}), shape_of([{}]))
    assert inferred["properties"] == {
        "new": {
            "type": ["object", "null"],
            "description": "D",
            "properties": {
                "a": {"type": ["string", "null"]},
                "b": {"type": ["string", "null"], "enum": ["x", None, ""]},
                "c": {},
                "d": {"type": ["array", "null"], "items": {"type": ["string", "null"], "format": "uri"}},
            },
        }
    }
