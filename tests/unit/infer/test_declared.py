"""What other programs declare for front matter is read as data, and taken over into an inferred schema."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.infer import DeclaredSchema, declared_for, media_roots, read_declared, shape_of, take_over
from linkcheck.infer.declared.zod import read_collections
from linkcheck.infer.literals import read_program
from linkcheck.model import Json
from linkcheck.pipeline.sites import RepositoryFolder

TEXT: dict[str, Json] = {"type": "string"}
IMAGE: dict[str, Json] = {"type": "string", "x-link": {"role": "image"}}
URL: dict[str, Json] = {"type": "string", "format": "uri"}
LINK: dict[str, Json] = {**URL, "x-link": {"role": "link"}}


def declared(properties: dict[str, Json], required: list[Json]) -> dict[str, Json]:
    return {"type": "object", "properties": properties, "required": required}


ZOD: list[tuple[str, str, Json, list[Json]]] = [
    ("a text", "z.string().min(1)", TEXT, ["p", "q"]),
    ("an optional text", "z.string().optional()", TEXT, ["q"]),
    ("a default", "z.boolean().default(false)", {"type": "boolean"}, ["q"]),
    ("a date", "z.coerce.date()", {}, ["p", "q"]),
    ("an optional date that is changed", "z.date().optional().transform((d) => d)", {}, ["q"]),
    ("a list", "z.array(z.string())", {"type": "array", "items": TEXT}, ["p", "q"]),
    ("a list, the other way round", "z.string().array().nullish()", {"type": "array", "items": TEXT}, ["q"]),
    ("choices", "z.enum(['a', 'b'])", {"type": "string", "enum": ["a", "b"]}, ["p", "q"]),
    ("choices with a name", "z.enum(kinds)", {"type": "string", "enum": ["c", "d"]}, ["p", "q"]),
    ("choices with the name of no list", "z.enum(seo)", {}, ["p", "q"]),
    ("choices that are not all texts", "z.enum(['a', 1])", {}, ["p", "q"]),
    ("no choices", "z.enum([])", {}, ["p", "q"]),
    ("computed choices", "z.enum(Object.keys(x))", {}, ["p", "q"]),
    ("an image", "image().optional()", IMAGE, ["q"]),
    ("an object", "z.object({ x: z.number().int(), y: z.url().optional() }).strict()",
     declared({"x": {"type": "number"}, "y": URL}, ["x"]), ["p", "q"]),
    ("a URL", "z.string().url('Not a URL').optional()", URL, ["q"]),
    ("a URL that is restricted", "z.url().startsWith('https://')", URL, ["p", "q"]),
    ("a URL or null", "z.string().url().nullable()", {"format": "uri"}, ["p", "q"]),
    ("a list of URLs", "z.array(z.string().url())", {"type": "array", "items": URL}, ["p", "q"]),
    ("a URL or another text", "z.string().url().or(z.literal('none'))", {}, ["p", "q"]),
    ("an object with a name, extended", "seo.extend({ x: z.string() })",
     declared({"t": TEXT, "x": TEXT}, ["t", "x"]), ["p", "q"]),
    ("a reference", "reference('authors')", {}, ["p", "q"]),
    ("a union", "z.union([z.string(), z.number()])", {}, ["p", "q"]),
    ("a union with nothing", "z.union([z.string(), z.undefined()])", {}, ["q"]),
    ("a preprocessed optional", "z.preprocess((v) => v || undefined, z.string())", {}, ["q"]),
    ("another type after a method", "z.string().transform((s) => s.length)", {}, ["p", "q"]),
    ("a function of the program", "slug()", {}, ["q"]),
    ("a name that is computed", "shared", {}, ["q"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "schema", "required"),
    [pytest.param(written, schema, needs, id=name) for name, written, schema, needs in ZOD],
)
def test_zod_is_read_where_it_stands_in_the_text(written: str, schema: Json, required: list[Json]) -> None:
    text = (
        "const kinds = ['c', 'd'] as const;\nconst seo = z.object({ t: z.string() });\nconst shared = make();\n"
        f"const blog = defineCollection({{ schema: ({{ image }}) => z.object({{ p: {written}, q: z.string() }}) }});\n"
    )
    (collection,) = read_collections(read_program(text))
    assert collection.schema == declared({"p": schema, "q": TEXT}, required)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("const l = z.object({ l });\ndefineCollection({ schema: l })", id="a name that refers to itself"),
        pytest.param(
            "".join(f"const a{n} = z.object({{ {', '.join(f'x{i}: a{n + 1}' for i in range(30))} }});" for n in range(12))
            + "defineCollection({ schema: a0 })",
            id="names that multiply",
        ),
        pytest.param("defineCollection({ schema: z.object({ a: z.array(" * 5_000, id="what has no end"),
    ],
)
def test_a_hostile_program_is_read_within_limits(text: str) -> None:
    assert len([*read_collections(read_program(text))]) <= 1


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("z.object({ q: z.string() })", id="a schema"),
        pytest.param("({ image }) => z.object({ q: z.string() })", id="a function"),
        pytest.param("context => (z.object({ q: z.string() }))", id="with one argument and parentheses"),
        pytest.param("({ image }) => { const q = image(); return z.object({ q: z.string() }); }", id="with a body"),
        pytest.param("z.object({ q })", id="a field with the name of its type"),
        pytest.param("z.object({ 'q': q, ...rest })", id="a field with quotation marks, and others"),
        pytest.param("same", id="a name"),
        pytest.param("z?.object({ q: z.coerce.string() })", id="other ways to write it"),
    ],
)
def test_a_schema_can_be_written_in_many_ways(written: str) -> None:
    text = f"const q = z.string();\nconst same = z.object({{ q }});\nconst a = defineCollection({{ schema: {written} }});\n"
    (collection,) = read_collections(read_program(text))
    assert collection.schema == declared({"q": TEXT}, ["q"])


DECLARATIONS: list[tuple[str, dict[str, str], list[DeclaredSchema]]] = [
    ("Astro, with a loader",
     {"src/content.config.ts": "const blog = defineCollection({ loader: glob({ base: './articles' }), "
                               "schema: z.object({ a: z.string() }) });\nexport const collections = { blog };\n"},
     [DeclaredSchema("articles", "src/content.config.ts", declared({"a": TEXT}, ["a"]))]),
    ("Astro, in the usual folder",
     {"src/content/config.ts": "export const collections = {\n"
                               "  blog: defineCollection({ schema: z.object({ a: z.string() }) }),\n"
                               "  docs: defineCollection({ schema: docsSchema() }) };\n", "src/content/blog/": ""},
     [DeclaredSchema("src/content/blog", "src/content/config.ts", declared({"a": TEXT}, ["a"]))]),
    ("schemas that Astro wrote",
     {".astro/collections/blog.schema.json":
      '{"$ref": "#/definitions/blog", "definitions": {"blog": {"type": "object", "properties": {"a": {"type": "string", '
      '"pattern": "x"}, "d": {"anyOf": []}, '
      '"u": {"type": ["string", "null"], "format": "uri"}, "$schema": {"type": "string"}}, "required": ["a", "d"], '
      '"additionalProperties": false}}}'},
     [DeclaredSchema("src/content/blog", ".astro/collections/blog.schema.json",
                     declared({"a": TEXT, "d": {}, "u": {"format": "uri", "x-link": {"role": "link"}}}, ["a", "d"]))]),
    ("Nuxt Content",
     {"content.config.ts": "export default defineContentConfig({ collections: { blog: defineCollection({ type: 'page',\n"
                           "  source: 'blog/**/*.md', schema: z.object({ a: z.string() }) }) } })\n"},
     [DeclaredSchema("content/blog", "content.config.ts", declared({"a": TEXT}, ["a"]))]),
    ("Decap CMS",
     {"static/admin/config.yml":
      "collections:\n- name: blog\n  folder: content/blog/\n  fields:\n"
      "  - {name: title}\n"
      "  - {name: kind, widget: select, options: [a, {label: B, value: b}], required: false, hint: Which}\n"
      "  - {name: cover, widget: image}\n  - {name: count, widget: number, value_type: int}\n"
      "  - {name: many, widget: relation}\n"
      "  - {name: canonical, widget: string, type: url, required: false}\n"
      "  - {name: links, widget: list, fields: [{name: url, widget: string}]}\n  - {name: body, widget: markdown}\n"
      "- name: pages\n  files: []\n- nonsense\n"},
     [DeclaredSchema("content/blog", "static/admin/config.yml", declared(
         {"title": TEXT, "kind": {"type": "string", "enum": ["a", "b"], "description": "Which"}, "cover": IMAGE,
          "count": {"type": "integer"}, "many": {}, "canonical": {**URL, "x-link": {"role": "canonical"}},
          "links": {"type": "array", "items": declared({"url": TEXT}, ["url"])}},
         ["title", "cover", "count", "many", "links"]))]),
    ("Front Matter CMS",
     {"frontmatter.json":
      '{// comment\n"frontMatter.taxonomy.contentTypes": [{"name": "post", "fields": [{"name": "title", "type": "string", '
      '"required": true}, {"name": "kind", "type": "choice", "choices": ["a", {"id": "b", "title": "B"}]}, '
      '{"name": "cover", "type": "image"}]}, {"name": "page", "fields": []}], "frontMatter.content.pageFolders": ['
      '{"path": "[[workspace]]/content/blog", "contentTypes": ["post"]}, {"path": "[[workspace]]/content/any"}]}'},
     [DeclaredSchema("content/blog", "frontmatter.json", declared(
         {"title": TEXT, "kind": {"type": "string", "enum": ["a", "b"]}, "cover": IMAGE}, ["title"]))]),
    ("every kind of field of Decap CMS",
     {"admin/config.yml":
      "collections:\n- folder: blog\n  fields:\n"
      "  - {name: text, widget: text}\n  - {name: flag, widget: boolean}\n  - {name: file, widget: file}\n"
      "  - {name: images, widget: image, multiple: true}\n  - {name: part, widget: number, value_type: float}\n"
      "  - {name: size, widget: number}\n  - {name: any, widget: number, value_type: string}\n"
      "  - {name: kinds, widget: select, multiple: true, options: [a]}\n"
      "  - {name: mixed, widget: select, options: [a, 1]}\n"
      "  - {name: seo, widget: object, fields: [{name: body}]}\n  - {name: tags, widget: list}\n  - {widget: string}\n"},
     [DeclaredSchema("blog", "admin/config.yml", declared(
         {"text": TEXT, "flag": {"type": "boolean"}, "file": {"type": "string", "x-link": {"role": "link"}}, "images": {},
          "part": {"type": "number"}, "size": {}, "any": {},
          "kinds": {"type": "array", "items": {"type": "string", "enum": ["a"]}}, "mixed": {},
          "seo": declared({"body": TEXT}, ["body"]), "tags": {"type": "array"}},
         ["text", "flag", "file", "images", "part", "size", "any", "kinds", "mixed", "seo", "tags"]))]),
    ("every kind of field of Front Matter CMS",
     {".vscode/settings.json":
      '{"frontMatter.taxonomy.contentTypes": [{"name": "post", "fields": [{"name": "slug", "type": "slug"}, '
      '{"name": "draft", "type": "draft"}, {"name": "tags", "type": "tags", "description": "Words"}, '
      '{"name": "size", "type": "number"}, {"name": "file", "type": "file"}, '
      '{"name": "images", "type": "image", "multiple": true}, '
      '{"name": "kinds", "type": "choice", "multiple": true, "choices": ["a"]}, '
      '{"name": "seo", "type": "fields", "fields": [{"name": "t", "type": "string", "required": true}]}, '
      '{"name": "other", "type": "unknown"}, {"type": "string"}]}], '
      '"frontMatter.content.pageFolders": [{"path": "/blog/"}, {"path": "any/*"}]}'},
     [DeclaredSchema("blog", ".vscode/settings.json", declared(
         {"slug": TEXT, "draft": {"type": "boolean"}, "tags": {"type": "array", "description": "Words"},
          "size": {"type": "number"}, "file": {"type": "string", "x-link": {"role": "link"}}, "images": {}, "kinds": {},
          "seo": declared({"t": TEXT}, ["t"]), "other": {}}, []))]),
    ("a folder outside", {"admin/config.yml": "collections:\n- {folder: ../../etc, fields: [{name: a}]}\n"}, []),
    ("settings of something else", {"admin/config.yml": "collections: {a: b}\n", "frontmatter.json": "[1]"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("files", "found"), [pytest.param(files, found, id=name) for name, files, found in DECLARATIONS])
def test_a_declared_schema_is_read(files: dict[str, str], found: list[DeclaredSchema], tmp_path: Path) -> None:
    write_files(tmp_path, files)
    assert [*read_declared(RepositoryFolder(str(tmp_path)))] == found


def test_a_url_that_is_declared_is_a_link_with_the_role_of_its_name(tmp_path: Path) -> None:
    fields = ("permalink", "site", "weburl", "external_url", "cover")
    schema = ", ".join(f"{name}: z.url()" for name in fields)
    text = f"const blog = defineCollection({{ loader: glob({{ base: 'a' }}), schema: z.object({{ {schema} }}) }});"
    write_files(tmp_path, {"src/content.config.ts": text})
    (found,) = read_declared(RepositoryFolder(str(tmp_path)))
    roles = {"site": "link", "weburl": "canonical", "external_url": "original", "cover": "link"}
    links: dict[str, Json] = {name: {**URL, "x-link": {"role": role}} for name, role in roles.items()}
    assert found.schema["properties"] == {"permalink": URL, **links}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param(["https://a.example/", "https//a.example/"], LINK, id="a URL and a misspelled one"),
        pytest.param(["", "https://a.example/"], LINK, id="an empty one"),
        pytest.param(["none", "https://a.example/"], TEXT, id="another text"),
        pytest.param(["/a/", "/b/"], TEXT, id="paths"),
    ],
)
def test_a_declared_url_is_a_link_unless_its_values_are_something_else(values: list[str], found: dict[str, Json]) -> None:
    inferred: dict[str, Json] = {"type": "object", "properties": {"u": {**TEXT}}}
    articles: list[Mapping[str, Json]] = [{"u": value} for value in values]
    take_over(inferred, declared({"u": LINK}, ["u"]), shape_of(articles))
    assert inferred["properties"] == {"u": found}


def test_folders_of_pictures_are_served_where_the_settings_say(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "site/admin/config.yml": "media_folder: site/static/img\npublic_folder: /img\n",
            "site/frontmatter.json": '{"frontMatter.content.publicFolder": "files"}',
        },
    )
    assert media_roots(RepositoryFolder(str(tmp_path), "site"), "site") == ("site/static", "site/files")


def test_the_schema_of_the_deepest_folder_is_that_of_its_articles() -> None:
    all_, posts = DeclaredSchema("content", "a", {}), DeclaredSchema("content/posts", "a", {})
    assert declared_for(["content/posts/a.md"], [all_, posts]) == posts
    assert declared_for(["content/posts/a.md", "content/b.md"], [all_, posts]) == all_
    assert declared_for(["content/posts/a.md", "b.md"], [all_, posts]) is None


def test_a_declared_schema_corrects_what_was_guessed() -> None:
    inferred: dict[str, Json] = {
        "type": "object",
        "required": ["title", "chance", "own"],
        "properties": {
            "title": {"type": "string", "minLength": 1},
            "chance": {"type": "string", "enum": ["x", "y"]},
            "kind": {"type": "string", "minLength": 1},
            "own": {"type": "integer"},
            "icon": {"type": "string"},
            "photo": {},
            "links": {"type": "array", "items": {"type": "object", "properties": {"u": TEXT}}},
            "parts": {"type": "array", "items": {"type": "object", "properties": {"of": TEXT}}},
        },
    }
    wanted = declared(
        {
            "any": True,
            "title": {"type": "string", "description": "The heading"},
            "chance": {"type": "string"},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "rare": {"type": "string", "enum": ["c"]},
            "cover": IMAGE,
            "icon": IMAGE,
            "photo": IMAGE,
            "links": {"type": "array", "items": declared({"u": TEXT}, ["u"])},
            "parts": {"type": "array", "items": declared({"of": TEXT}, ["of"])},
        },
        ["title", "kind", "rare"],
    )
    articles: list[Mapping[str, Json]] = [
        {"title": "A", "chance": "x", "kind": "a", "own": 1, "links": [{"u": "x"}], "parts": [{"of": "x"}]},
        {"title": "B", "chance": "x", "kind": "b", "own": 2, "links": [{}], "parts": [{"of": "y"}]},
    ]
    assert take_over(inferred, wanted, shape_of(articles)) == (("rare",), ("links", "[]", "u"))
    assert inferred == {
        "type": "object",
        "required": ["title", "own", "kind"],
        "properties": {
            "title": {"type": "string", "minLength": 1, "description": "The heading"},
            "chance": {"type": "string"},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "own": {"type": "integer"},
            "icon": IMAGE,
            "photo": {"type": ["string", "null"], "x-link": {"role": "image"}},
            "links": {"type": "array", "items": {"type": "object", "properties": {"u": TEXT}}},
            "parts": {"type": "array", "items": {"type": "object", "properties": {"of": TEXT}, "required": ["of"]}},
            "rare": {"type": ["string", "null"], "enum": ["c", None, ""]},
            "cover": {"type": ["string", "null"], "x-link": {"role": "image"}},
        },
    }
