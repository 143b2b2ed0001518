"""Data files that settings declare as entries are in collections with links; others are counted, and none is an error."""

import json
import tomllib
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init import RepositorySurvey, existing, plan_additions, plan_all, prove, survey, survey_rest
from linkcheck.commands.init.data_collections import Reason
from linkcheck.commands.init.plan import config_text, schemas
from linkcheck.commands.init.templates import HOME
from linkcheck.errors import NothingFoundError
from linkcheck.model import Json

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n'
POST = "---\ntitle: A title\nlink: https://a.example/\n---\n"
ASTRO = {
    "astro.config.mjs": "export default {}",
    "src/content.config.ts": "const people = defineCollection({ type: 'data', schema: ({ image }) => "
    "z.object({ photo: image() }) });\n"
    "const dogs = defineCollection({ loader: file('src/data/dogs.json') });\n"
    "const words = defineCollection({ loader: glob({ pattern: '*.json', base: 'src/data/words' }) });\n",
    "src/content/people/ann.yaml": "photo: ./ann.svg\n",
    "src/content/people/ann.svg": PICTURE,
    "src/content/people/bob.json": '{"$schema": "../../../.astro/people.json", "photo": "./bob.svg"}',
    "src/data/dogs.json": '{"rex": {"url": "https://d.example/rex"}}',
    "src/data/words/en.json": '{"skip": "Skip"}',
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def surveyed(root: Path, files: dict[str, str]) -> RepositorySurvey:
    write_files(root, files)
    return survey(str(root))


def paths_of(found: RepositorySurvey) -> dict[str, tuple[str, ...]]:
    """The globs of the collections of data files, by name."""
    return {each.collection.name: each.globs for each in found.collections if each.collection.is_data}


def remaining(found: RepositorySurvey, root: Path) -> dict[str, list[str]]:
    """The places of the errors and warnings of a run with what would be written."""
    rules = prove(plan_all(found, str(root)), str(root)).remaining
    return {each.code: [place.location.path for place in each.first] for each in rules if each.severity != "info"}


def skipped(found: RepositorySurvey) -> dict[Reason, tuple[int, tuple[str, ...]]]:
    return {each.reason: (each.files, each.places) for each in found.skipped_data}


def test_a_missing_picture_in_a_declared_entry_is_found_and_nothing_else(root: Path) -> None:
    found = surveyed(root, {**ASTRO, "src/content/blog/a.md": POST})
    assert paths_of(found) == {
        "people": ("src/content/people/**/*.{json,toml,yaml,yml}",),
        "dogs": ("src/data/dogs.json",),
    }
    assert skipped(found) == {Reason.WITHOUT_LINKS: (1, ("src/data/words",))}
    assert remaining(found, root) == {"LC211": ["src/content/people/bob.json"]}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param(
            {"astro.config.mjs": "", "src/content/words/en.yml": "a: https://a.example/\n"},
            "found 1 data file with URLs in src/content",
            id="undeclared",
        ),
        pytest.param(
            {name: ASTRO[name] for name in ("astro.config.mjs", "src/content.config.ts", "src/data/words/en.json")},
            "found 1 data file without links in src/data/words",
            id="without links",
        ),
    ],
)
def test_the_data_files_of_a_site_without_articles_are_named(files: dict[str, str], said: str, root: Path) -> None:
    with pytest.raises(NothingFoundError) as raised:
        surveyed(root, files)
    assert f": {said}; to check data files, add them to the `paths` of a collection" in str(raised.value)


def test_a_site_can_consist_of_data_files_only(root: Path) -> None:
    found = surveyed(root, ASTRO)
    assert [each.collection.name for each in found.collections] == ["people", "dogs"]
    with pytest.raises(NothingFoundError):
        surveyed(root, {"src/content.config.ts": ""})


def test_an_entry_that_is_added_to_a_map_is_checked(root: Path) -> None:
    files = {"docusaurus.config.js": "module.exports = {};\n", "blog/a.md": POST, "static/img/ann.svg": PICTURE}
    found = surveyed(root, {**files, "blog/authors.yml": "ann:\n  image_url: /img/ann.svg\n  page: {permalink: /ann}\n"})
    assert remaining(found, root) == {}
    (root / "blog/authors.yml").write_text("ann: {image_url: /img/ann.svg}\nbob: {image_url: /img/bob.svg}\n")
    assert remaining(found, root) == {"LC211": ["blog/authors.yml"]}


def test_files_that_are_not_read_as_entries_are_in_no_collection(root: Path) -> None:
    files = {"nuxt.config.ts": "export default {}", "content/blog/a.md": POST, "content/menu.json": "[]"}
    files |= {"content/top.yml": "url: https://a.example/\n", "content/people/a.yml": "url: https://a.example/\n"}
    files |= {
        "content/long.json": json.dumps({"a": "x" * 300_000}),
        "content/tag.yml": "a: !include b.yml\n",
        "content/package.json": "{}",
    }
    found = surveyed(root, files)
    assert paths_of(found) == {"content": ("content/people/*.{json,yaml,yml}", "content/top.yml")}
    assert skipped(found) == {Reason.UNFIT: (3, ("content/long.json", "content/menu.json", "content/tag.yml"))}
    assert remaining(found, root) == {}


PEOPLE = "people: defineCollection({{ loader: glob({{ pattern: {}, base: './people' }}) }})"
LOADER = f"export const collections = {{{{ {PEOPLE}{{}} }}}};\n"
ENTRY = "url: https://a.example/\n"
INVALID = ", other: defineCollection({ loader: glob({ pattern: '[z-a].yml', base: 'others' }) })"
DRAFTS = ", drafts: defineCollection({ loader: glob({ pattern: 'draft*.yml', base: './people' }) })"


def test_files_that_a_pattern_excludes_are_excluded_and_new_entries_are_found(root: Path) -> None:
    files = {"astro.config.mjs": "export default {}", "posts/a.md": POST, "people/a.yml": ENTRY, "people/draft-a.yml": ENTRY}
    found = surveyed(root, {**files, "src/content.config.ts": LOADER.format("['*.yml', '!draft*', '!none*']", INVALID)})
    assert paths_of(found) == {"people": ("people/*.yml",)}
    assert found.exclude_files == ("people/draft*.{json,toml,yaml,yml}",)
    text = config_text(plan_all(found, str(root)))
    assert tomllib.loads(text)["exclude-files"] == [*found.exclude_files]
    write_files(root, {"people/b.yml": "url: https://\n", "people/draft-b.yml": "url: https://\n"})
    assert remaining(found, root) == {"LC114": ["people/b.yml"]}


def test_a_glob_at_the_root_is_not_excluded_in_other_folders(root: Path) -> None:
    files = {"astro.config.mjs": "export default {}", "posts/a.md": POST, "a.yml": ENTRY, "draft.yml": ENTRY}
    config = LOADER.format("['*.yml', '!draft*']", "").replace("./people", ".")
    assert surveyed(root, {**files, "src/content.config.ts": config}).exclude_files == ("/draft*.{json,toml,yaml,yml}",)


def test_entries_of_one_collection_are_not_excluded_because_of_another(root: Path) -> None:
    files = {"astro.config.mjs": "export default {}", "posts/a.md": POST, "people/a.yml": ENTRY, "people/draft-a.yml": ENTRY}
    found = surveyed(root, {**files, "src/content.config.ts": LOADER.format("['*.yml', '!draft*']", DRAFTS)})
    assert paths_of(found) == {"people": ("people/a.yml",), "drafts": ("people/draft*.yml",)}
    assert found.exclude_files == ()
    some = LOADER.format("['*.yml', '!draft*']", DRAFTS.replace("draft*", "draft-a*"))
    assert surveyed(root, {"people/draft-b.yml": ENTRY, "src/content.config.ts": some}).exclude_files == ()


def test_a_damaged_entry_is_reported_by_init_and_by_validate(root: Path) -> None:
    files = {
        "nuxt.config.ts": "export default {}",
        "content/blog/a.md": POST,
        "content/a.json": '{"url": "https://a.example"}',
    }
    found = surveyed(root, {**files, "content/b.json": '{\n"url": }'})
    assert found.unread == ("content/b.json:2",)
    assert remaining(found, root) == {"LC106": ["content/b.json"]}


def test_articles_that_cannot_be_read_are_listed_and_programs_apart(root: Path) -> None:
    broken = {"posts/b.md": "---\na: [\n---\n", "posts/c.md": '---js\n{title: "C"}\n---\n'}
    found = surveyed(root, {"posts/a.md": POST, **broken})
    assert (found.unread, found.programs) == (("posts/b.md:2",), ("posts/c.md",))


@pytest.mark.parametrize(
    ("link", "on_site"),
    [("/b.png", 1), ("b.png", 1), ("//a.example/b.png", 0), ("'#b'", 0), ("https://a.example/b.png", 0), ("' '", 0)],
)
def test_links_without_a_host_are_counted(link: str, on_site: int, root: Path) -> None:
    covers = ["/a.png"] * 9 + [link]
    files = {f"posts/{number}.md": f"---\ncover: {cover}\n---\n" for number, cover in enumerate(covers)}
    assert surveyed(root, files).on_site == 9 + on_site


@pytest.mark.parametrize(
    ("settings", "folder"),
    [
        pytest.param({"_config.yml": "title: x\n"}, "_data", id="Jekyll"),
        pytest.param({"hugo.toml": ""}, "data", id="Hugo"),
        pytest.param({"eleventy.config.js": "export default () => ({ dir: { input: 'src' } })"}, "src/_data", id="Eleventy"),
        pytest.param({"astro.config.mjs": "export default {}"}, "src/data", id="Astro"),
    ],
)
def test_arbitrary_data_with_urls_is_counted_but_not_checked(settings: dict[str, str], folder: str, root: Path) -> None:
    data = {"a.json": '{"u": "https://a.example", "image": "gone.png"}', "b.yml": "- https://a.example\n", "c.yml": "a: b\n"}
    files = {**settings, "posts/a.md": POST, **{f"{folder}/{name}": text for name, text in data.items()}}
    found = surveyed(
        root, {**files, "package.json": '{"homepage": "https://a.example"}', f"{folder}/deep/d.toml": "a = 1\n"}
    )
    assert paths_of(found) == {}
    assert skipped(found) == {Reason.ARBITRARY: (2, (folder,))}
    assert [each.lists for each in found.skipped_data] == [1]
    assert remaining(found, root) == {}


def test_what_is_declared_is_taken_over_for_each_entry(root: Path) -> None:
    fields = "[{name: name}, {name: kind, widget: select, options: [a, b]}, {name: cover, widget: image}]"
    settings = {"admin/config.yml": f"collections:\n- {{name: team, folder: team, extension: yml, fields: {fields}}}\n"}
    entries = {f"team/{n}.yml": "name: A\nkind: a\ncover: ''\nnone:\n" for n in range(3)}
    (each, _) = surveyed(root, {**settings, **entries, "posts/a.md": POST}).collections[:2]
    wanted: Json = {
        "required": ["name", "kind", "cover"],
        "properties": {
            "name": {"type": "string"},
            "kind": {"type": "string", "enum": ["a", "b"]},
            "cover": {"type": "string", "x-link": {"role": "image"}},
            "none": {},
        },
    }
    assert {key: each.inferred.schema[key] for key in ("required", "properties")} == wanted


DOG = '"{}": {{"name": "Rex", "url": "https://d.example/"}}'
DOGS = (
    "const dogs = defineCollection({ loader: file('dogs.json'), schema: z.object({ name: z.string(), url: z.string() }) });"
)


@pytest.mark.parametrize(
    ("others", "is_map"), [(0, True), (1, True), (2, False), (3, False)], ids=["all", "most", "half", "some"]
)
def test_a_file_is_a_map_of_entries_if_most_values_are_objects(others: int, root: Path, *, is_map: bool) -> None:
    entries = [*map(DOG.format, "ab"), *(f'"x{number}": 1' for number in range(others))]
    files = {"src/content.config.ts": DOGS, "dogs.json": f"{{{', '.join(entries)}}}"}
    found = surveyed(root, {"astro.config.mjs": "export default {}", "posts/a.md": POST, **files})
    ((schema, notes),) = (
        (each.inferred.schema, each.inferred.notes) for each in found.collections if each.globs == ("dogs.json",)
    )
    assert ("additionalProperties" in schema, "properties" in schema) == (is_map, not is_map)
    assert "required" not in schema
    declared = ("required properties and choices are those of src/content.config.ts",)
    assert notes == (declared if is_map else ())
    if is_map:
        assert schema["additionalProperties"]["required"] == ["name", "url"]  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("pattern", "globs"),
    [
        pytest.param("**/*.yml", ("people/*.yml", "people/x/*.yml"), id="folders one by one"),
        pytest.param("**.yml", ("people/a.yml", "people/x/b.yml"), id="a name that matches in the folders below too"),
    ],
)
def test_folders_with_other_files_are_left_out(pattern: str, globs: tuple[str, ...], root: Path) -> None:
    files = {"people/a.yml": ENTRY, "people/x/b.yml": ENTRY, "people/x/y/list.yml": "- a\n", "posts/a.md": POST}
    config = LOADER.format(f"'{pattern}'", "")
    found = surveyed(root, {"astro.config.mjs": "export default {}", **files, "src/content.config.ts": config})
    assert paths_of(found) == {"people": globs}


def test_names_are_those_of_neither_another_collection_nor_a_folder(root: Path) -> None:
    config = "const a = defineCollection({ loader: glob({ pattern: '*.json', base: 'src/content/blog' }) });\n"
    config += "export const collections = { blog: a, pages: defineCollection({ type: 'data' }) };\n"
    files = {"astro.config.mjs": "export default {}", "src/content.config.ts": config, "src/content/blog/a.md": POST}
    entry = '{"url": "https://a.example"}'
    found = surveyed(root, {**files, "src/content/blog/a.json": entry, "src/content/pages/a.json": entry})
    assert [each.collection.name for each in found.collections] == ["blog-data", "pages-data", "blog", "pages"]
    first, *_ = found.collections
    assert first.globs == ("src/content/blog/*.json",)


def test_hostile_settings_are_read_within_limits(root: Path) -> None:
    many = "".join(f"const a{n} = defineCollection({{ loader: file('../../../etc/passwd.json') }});" for n in range(300))
    names = "collections:\n" + "".join(
        f"- {{name: '../{'x' * 500}', folder: '[z-a]{n}', extension: json}}\n" for n in range(150)
    )
    files = {"astro.config.mjs": "export default {}", "src/content.config.ts": many, "admin/config.yml": names}
    found = surveyed(root, {**files, "posts/a.md": POST, "[z-a]3/a.json": '{"url": "https://a.example"}'})
    ((name, globs),) = paths_of(found).items()
    assert (globs, name.strip("x")) == (("[[]z-a]3/*.json",), "")
    assert len(name) <= 60
    assert remaining(found, root) == {}


OLD = '# ours\n[[collections]]\nname = "content"\npaths = ["content/**"]\nschema = ".linkcheck/content.schema.json"\n'
NUXT = {
    "nuxt.config.ts": "export default {}",
    "content/blog/a.md": POST,
    "content/people/a.yml": "url: https://a.example/\n",
    ".linkcheck/content.schema.json": '{"required": ["title"]}',
}


def added(root: Path, before: str) -> str:
    """The text of the configuration after the addition. The schemas are written as well."""
    (root / "linkcheck.toml").write_text(before)
    config = existing(str(root))
    assert config is not None
    plan = plan_additions(survey_rest(config, str(root)), config, str(root))
    write_files(root, schemas(plan))
    return config_text(plan)


def test_data_files_are_added_before_the_folder_that_contains_them_and_only_once(root: Path) -> None:
    write_files(root, NUXT)
    after = added(root, OLD)
    assert [each["paths"] for each in tomllib.loads(after)["collections"]] == [
        ["content/**/*.{json,yaml,yml}"],
        ["content/**"],
    ]
    assert after.endswith(f"\n\n{OLD}")
    write_files(root, {"content/people/b.yml": "url: https://b.example/\n"})
    assert added(root, after) == after


def test_a_declared_file_that_does_not_exist_is_told_and_not_written(root: Path) -> None:
    listed = "[{file: data/a.yml, fields: []}, {file: 'data/[gone].yml', fields: []}]"
    files = {"admin/config.yml": f"collections:\n- {{name: settings, files: {listed}}}\n", "posts/a.md": POST}
    found = surveyed(root, {**files, "data/a.yml": ENTRY})
    assert paths_of(found) == {"settings": ("data/a.yml",)}
    assert skipped(found) == {Reason.MISSING: (1, ("data/[gone].yml",))}


def test_there_is_nothing_to_add_to_a_site_of_data_files_only(root: Path) -> None:
    write_files(root, {"a/a.yml": ENTRY})
    before = '[[collections]]\npaths = ["a/*.yml"]\n'
    assert added(root, before) == before


@pytest.mark.parametrize("name", ["b.yml", "a.md"])
def test_an_addition_without_any_article_or_entry_is_refused(name: str, root: Path) -> None:
    write_files(root, {name: "---\n[\n---\n"})
    with pytest.raises(NothingFoundError):
        added(root, '[[collections]]\npaths = ["a.yml", "a.md"]\n')


def test_an_addition_lists_the_files_that_no_exclude_can_single_out(root: Path) -> None:
    config = LOADER.format("['*.yml', '!draft*']", "")
    files = {"people/a.yml": ENTRY, "people/draft-a.yml": ENTRY, "posts/a.md": POST}
    write_files(root, {**files, "src/content.config.ts": config})
    first, *_ = tomllib.loads(added(root, '[[collections]]\npaths = ["posts"]\n'))["collections"]
    assert first["paths"] == ["people/a.yml"]
    excluded = 'exclude-files = ["people/draft*"]\n[[collections]]\npaths = ["posts"]\n'
    first, *_ = tomllib.loads(added(root, excluded))["collections"]
    assert first["paths"] == ["people/*.yml"]


def test_data_files_that_are_in_a_collection_stay_there(root: Path) -> None:
    write_files(root, NUXT)
    before = OLD.replace('paths = ["', 'paths = ["content/people/a.yml", "')
    assert added(root, before) == before
    write_files(root, {"content/people/b.yml": "url: https://b.example/\n"})
    first, second = tomllib.loads(added(root, before))["collections"]
    assert (first["paths"], second["name"]) == (["content/people/b.yml"], "content")


@pytest.mark.parametrize(
    ("before", "notes"),
    [
        pytest.param(None, 0, id="a new file"),
        pytest.param("repos:\n- repo: https://other.example\n  hooks:\n  - id: x\n", 0, id="a file of other hooks"),
        pytest.param(f"repos:\n- repo: {HOME}\n  hooks:\n  - id: linkcheck\n", 1, id="ours"),
        pytest.param(
            f"repos:\n- repo: {HOME}\n  hooks:\n  - {{id: linkcheck, types: [text]}}\n", 0,
            id="ours with types",
        ),
    ],
)  # fmt: skip
def test_the_hooks_check_the_data_files_or_a_note_says_how(before: str | None, notes: int, root: Path) -> None:
    write_files(root, NUXT if before is None else {**NUXT, ".pre-commit-config.yaml": before})
    plan = plan_all(survey(str(root)), str(root))
    types = "types_or: [markdown, mdx, html, yaml]"
    written = [draft.text.count(types) for draft in plan.files if draft.path == ".pre-commit-config.yaml"]
    assert written == ([] if before is not None and HOME in before else [2])
    assert [note for note in plan.notes if types in note] == [*plan.notes]
    assert len(plan.notes) == notes
