"""Which data files the settings of a site declare as entries, and the globs that match only these files."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.infer import DataEntries, read_entries
from linkcheck.infer.data_entries import data_glob, split_patterns
from linkcheck.model import Json
from linkcheck.pipeline.sites import RepositoryFolder, find_sites

ANY = "{json,toml,yaml,yml}"
TEXT: dict[str, Json] = {"type": "string"}
IMAGE: dict[str, Json] = {"type": "string", "x-link": {"role": "image"}}


@pytest.mark.parametrize(
    ("pattern", "glob"),
    [
        pytest.param("people/*.json", "people/*.json", id="data files"),
        pytest.param("**/*.{md,yml,json}", "**/*.{json,yml}", id="articles and data files"),
        pytest.param("**/[^_]*.@(yaml|md)", "**/[!_]*.yaml", id="in the notation of other programs"),
        pytest.param("**/*.(json|yml)", "**/*.{json,yml}", id="with choices in parentheses"),
        pytest.param("authors/**", f"authors/**/*.{ANY}", id="everything in a folder"),
        pytest.param("authors/*", f"authors/*.{ANY}", id="every file in a folder"),
        pytest.param("**/*.{md,mdx}", None, id="only articles"),
        pytest.param("authors/ann", None, id="a file without an extension"),
        pytest.param("!(drafts)/*.json", None, id="a negation"),
        *(pytest.param(f"a{sign}b/*.json", None, id=f"a special character, {sign!r}") for sign in "()|\\!\0"),
        pytest.param("[!_]*.json", "[!_]*.json", id="a negated set"),
        pytest.param("json", None, id="a name like an extension"),
        pytest.param("{a,b}" * 3 + "/*.json", None, id="many choices"),
        pytest.param("a*a*a*.json", None, id="many wildcards"),
    ],
)
def test_a_pattern_becomes_a_glob_of_the_data_files_that_it_matches(pattern: str, glob: str | None) -> None:
    assert data_glob(pattern) == glob


def test_patterns_are_split_into_wanted_and_excluded_files() -> None:
    patterns = ("*.json", "!a/*.json", "*.md", "!b/*.md", "!*.yml")
    assert split_patterns(patterns, "data") == (("data/*.json",), ("data/a/*.json", "data/*.yml"))


def of(*properties: str) -> dict[str, Json]:
    return {"type": "object", "properties": dict.fromkeys(properties, TEXT), "required": [*properties]}


CONFIG = "src/content.config.ts"
PEOPLE = "defineCollection({ type: 'data', schema: ({ image }) => z.object({ p: image() }) })"
DECLARED: list[tuple[str, dict[str, str], list[DataEntries]]] = [
    ("a collection of data in Astro",
     {CONFIG: f"export const collections = {{ people: {PEOPLE} }};\n"},
     [DataEntries("people", (f"src/content/people/**/*.{ANY}",), CONFIG,
                  {"type": "object", "properties": {"p": IMAGE}, "required": ["p"]})]),
    ("one whose name is not that of the constant",
     {CONFIG: "const all = defineCollection({ type: 'data' });\nexport const collections = { 'our-team': all };\n"},
     [DataEntries("our-team", (f"src/content/our-team/**/*.{ANY}",), CONFIG)]),
    ("a loader of several patterns",
     {CONFIG: "const a = defineCollection({ loader: glob({ pattern: ['**/*.yml', '!drafts/*.yml', '*.md'], base: './d' }), "
              "schema: z.object({ t: z.string() }) });\n"},
     [DataEntries("a", ("d/**/*.yml",), CONFIG, of("t"), ("d/drafts/*.yml",))]),
    ("a loader of one file",
     {CONFIG: "const dogs = defineCollection({ loader: file('src/dogs.json', { parser: parse }) });\n"
              "const table = defineCollection({ loader: file('src/table.csv') });\n"},
     [DataEntries("dogs", ("src/dogs.json",), CONFIG, map_in=""), DataEntries("table", (), CONFIG, map_in="")]),
    ("loaders that the program computes",
     {CONFIG: "const a = defineCollection({ loader: glob({ pattern: '*.json', base: folder() }) });\n"
              "const b = defineCollection({ loader: load('*.json') });\nconst c = defineCollection({ loader });\n"}, []),
    ("a schema that Astro wrote",
     {CONFIG: "export const collections = { people: defineCollection({ type: 'data', schema: imported }) };\n",
      ".astro/collections/people.schema.json":
      '{"type": "object", "properties": {"t": {"type": "string"}, "$schema": {"type": "string"}}, "required": ["t"]}'},
     [DataEntries("people", (f"src/content/people/**/*.{ANY}",), CONFIG, of("t"))]),
    ("Nuxt Content",
     {"content.config.ts": "export default defineContentConfig({ collections: { authors: defineCollection({ type: 'data', "
                           "source: 'authors/**.yml' }), pages: defineCollection({ type: 'page', source: [{ include: '**', "
                           "exclude: ['x/*.json'] }, { include: 'y/**', repository: 'https://git.example/y' }] }) } })\n"},
     [DataEntries("authors", ("content/authors/**.yml",), "content.config.ts"),
      DataEntries("pages", (f"content/**/*.{ANY}",), "content.config.ts", excluded=("content/x/*.json",))]),
    ("Decap CMS",
     {"admin/config.yml":
      "collections:\n- {name: people, folder: /data/people/, extension: json, fields: [{name: photo, widget: image}]}\n"
      "- {name: deep, folder: deep, format: yaml, nested: {depth: 9}}\n"
      "- {name: posts, folder: posts, format: toml-frontmatter}\n"
      "- name: site\n  files:\n  - {file: data/a.yml, fields: [{name: t}, {name: same, widget: image}]}\n"
      "  - {file: data/b.toml, fields: [{name: t, widget: image}, {name: same, widget: image}]}\n"
      "  - {file: about.md, fields: [{name: z}]}\n  - {file: 'data/{{locale}}.yml'}\n"},
     [DataEntries("people", ("data/people/*.json",), "admin/config.yml",
                  {"type": "object", "properties": {"photo": IMAGE}, "required": ["photo"]}),
      DataEntries("deep", ("deep/**/*.yml",), "admin/config.yml"),
      DataEntries("site", ("data/a.yml", "data/b.toml"), "admin/config.yml",
                  {"type": "object", "properties": {"t": {}, "same": IMAGE}})]),
    ("Front Matter CMS",
     {"frontmatter.json": '{"frontMatter.data.files": [{"id": "nav", "file": "[[workspace]]/data/nav.json"}, '
                          '{"file": "x.csv"}], "frontMatter.data.folders": [{"path": "[[workspace]]/data/people"}, {}]}'},
     [DataEntries("nav", ("data/nav.json",), "frontmatter.json"),
      DataEntries("data", (f"data/people/*.{ANY}",), "frontmatter.json")]),
    ("a folder outside", {"admin/config.yml": "collections:\n- {folder: ../../etc, extension: json}\n"},
     [DataEntries("entries", (), "admin/config.yml")]),
    ("settings that make no sense", {"admin/config.yml": "collections: [1, {files: 5}, {folder: [], extension: {}}]\n",
                                     CONFIG: "defineCollection({ loader: glob(5) });defineCollection({"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("files", "found"), [pytest.param(files, found, id=name) for name, files, found in DECLARED])
def test_settings_declare_entries(files: dict[str, str], found: list[DataEntries], tmp_path: Path) -> None:
    write_files(tmp_path, files)
    assert [*read_entries(RepositoryFolder(str(tmp_path)))] == found


def test_entries_of_a_site_in_a_folder_are_placed_there(tmp_path: Path) -> None:
    write_files(tmp_path, {f"apps/web/{CONFIG}": "const a = defineCollection({ loader: file('../../data/a.json') });\n"})
    (found,) = read_entries(RepositoryFolder(str(tmp_path), "apps/web"), "apps/web")
    assert (found.globs, found.source) == (("data/a.json",), f"apps/web/{CONFIG}")


BLOG = "module.exports = { presets: [['classic', { blog: { authorsMapPath: 'people.yml' } }]] };\n"


@pytest.mark.parametrize(
    ("files", "globs", "map_in"),
    [
        pytest.param({"nuxt.config.ts": "export default {}", "content/": ""}, ("content/**/*.{json,yaml,yml}",), None,
                     id="all data files of Nuxt Content"),
        pytest.param({"nuxt.config.ts": "export default {}", "content/": "", "content.config.ts": ""}, None, None,
                     id="none, if its settings declare them"),
        pytest.param({"docusaurus.config.js": BLOG, "blog/people.yml": "", "docs/tags.yml": "",
                      "i18n/fr/docusaurus-plugin-content-blog/authors.json": ""},
                     ("blog/people.yml", "i18n/fr/docusaurus-plugin-content-blog/authors.json"), "",
                     id="the authors of a blog in Docusaurus"),
        pytest.param({"mkdocs.yml": "docs_dir: pages\n", "pages/blog/.authors.yml": ""}, ("pages/blog/.authors.yml",),
                     "authors", id="the authors of a blog in MkDocs"),
        pytest.param({"_config.yml": "title: x\n", "_data/a.yml": ""}, None, None, id="none in folders of arbitrary data"),
    ],
)  # fmt: skip
def test_a_generator_has_entries_that_no_settings_declare(
    files: dict[str, str], globs: tuple[str, ...] | None, map_in: str | None, tmp_path: Path
) -> None:
    write_files(tmp_path, files)
    (site,) = find_sites(str(tmp_path))
    assert [(each.globs, each.map_in) for each in site.info.entries] == ([] if globs is None else [(globs, map_in)])
