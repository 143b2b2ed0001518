"""`linkcheck init` on small sites of several generators: what it writes makes the next `validate` right."""

import json
import subprocess
import tomllib
from pathlib import Path

import pytest
from command import linkcheck
from write_files import write_files

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n'


def posts(folder: str, count: int = 3, **properties: str) -> dict[str, str]:
    """Articles in a folder, in which `{}` is the number of the article. Each has a URL."""
    lines = "more: https://a.example/{}\n" + "".join(f"{name}: {value}\n" for name, value in properties.items())
    return {f"{folder}/{n}.md": f"---\ntitle: Title {n}\n{lines.replace('{}', str(n))}---\n" for n in range(1, count + 1)}


def initialized(folder: Path, files: dict[str, str]) -> dict[str, object]:
    """The configuration that `init` writes for a repository with these files."""
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    write_files(folder, files)
    done = linkcheck("init", "--yes", cwd=folder)
    assert done.code == 0, done.err
    return tomllib.loads((folder / "linkcheck.toml").read_text(encoding="utf-8"))


def schema(folder: Path, name: str) -> dict[str, object]:
    found = json.loads((folder / ".linkcheck" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


PICTURES = ("img/1.svg", "img/2.svg", "img/3.svg")


@pytest.mark.parametrize(
    ("files", "content", "roots"),
    [
        pytest.param(
            {"hugo.toml": 'theme = "sea"\n', "static/img/1.svg": PICTURE, "themes/sea/static/img/2.svg": PICTURE,
             "themes/sea/static/img/3.svg": PICTURE},
            "content/posts", ["static", "themes/sea/static"], id="Hugo with a theme",
        ),
        pytest.param(
            {"docs/hugo.toml": 'staticDir = "files"\n', **{f"docs/files/{name}": PICTURE for name in PICTURES}},
            "docs/content/posts", "docs/files", id="Hugo below the root",
        ),
        pytest.param(
            {"_config.yml": "title: x\n", "scaffolds/post.md": "", **{f"source/{name}": PICTURE for name in PICTURES}},
            "source/_posts", "source", id="Hexo",
        ),
        pytest.param(
            {"eleventy.config.js": "export default function (c) {}\n", **{f"src/site/{name}": PICTURE for name in PICTURES}},
            "src/site/posts", "src/site", id="Eleventy that computes its folders",
        ),
        pytest.param(
            {"apps/site/astro.config.ts": "export default {}\n",
             **{f"apps/site/public/{name}": PICTURE for name in PICTURES}},
            "apps/site/src/content/blog", "apps/site/public", id="Astro in a monorepo",
        ),
        pytest.param(
            {f"files/web/{name}": PICTURE for name in PICTURES}, "texts", "files/web", id="no generator that is known",
        ),
    ],
)  # fmt: skip
def test_pictures_of_the_site_are_found_and_a_missing_one_is_reported(
    files: dict[str, str], content: str, roots: str | list[str], tmp_path: Path
) -> None:
    configuration = initialized(tmp_path, {**files, **posts(content, image="/img/{}.svg")})
    assert configuration["site-root"] == roots
    done = linkcheck("validate", cwd=tmp_path)
    assert done.code == 0, done.out
    write_files(tmp_path, {f"{content}/1.md": "---\ntitle: Title 1\nimage: /img/9.svg\n---\n"})
    done = linkcheck("validate", cwd=tmp_path)
    assert (done.code, done.out.count("LC211")) == (1, 1), done.out


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"hugo.toml": 'title = "x"\n'}, id="Hugo"),
        pytest.param({"astro.config.mjs": "export default {}\n"}, id="Astro"),
        pytest.param({"docusaurus.config.js": "module.exports = {}\n"}, id="Docusaurus"),
    ],
)
def test_a_site_whose_pictures_lie_beside_the_articles_has_no_root(files: dict[str, str], tmp_path: Path) -> None:
    articles = {f"content/posts/{n}/index.md": f"---\ntitle: {n}\nimage: cover.svg\n---\n" for n in (1, 2, 3)}
    pictures = {f"content/posts/{n}/cover.svg": PICTURE for n in (1, 2, 3)}
    assert "site-root" not in initialized(tmp_path, {**files, **articles, **pictures})
    assert linkcheck("validate", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(
            {"_config.yml": "defaults:\n- scope: {path: '', type: posts}\n  values: {lang: en}\n"}, id="defaults of Jekyll"
        ),
        pytest.param({"hugo.toml": '[[cascade]]\nlang = "en"\n[cascade.target]\npath = "/_posts/**"\n'}, id="Hugo"),
        pytest.param(
            {
                "hugo.toml": 'title = "x"\n',
                "{}/_index.md": "---\ntitle: All\nmore: https://a.example/\ncascade: {lang: en}\n---\n",
            },
            id="_index",
        ),
        pytest.param({"eleventy.config.js": "", "_posts/_posts.json": '{"lang": "en"}'}, id="data of a folder of Eleventy"),
    ],
)
def test_what_the_settings_give_to_articles_is_not_required_of_them(settings: dict[str, str], tmp_path: Path) -> None:
    content = "content/_posts" if "hugo.toml" in settings else "_posts"
    files = {name.replace("{}", content): text for name, text in settings.items()}
    initialized(tmp_path, {**files, **posts(content, 10, lang="de")})
    assert schema(tmp_path, "posts")["required"] == ["title", "more"]


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(
            {"_config.yml": "url: [1]\nsource: {a: b}\ncollections: [1]\ndefaults:\n- scope: {path: 'a[z-a]', type: 1}\n"
             "  values: {title: x}\n- scope: {path: '" + "*a/" * 60 + "'}\n  values: {title: x}\n"}, id="Jekyll",
        ),
        pytest.param(
            {"hugo.yaml": "theme: ../../x\nstaticDir: [/etc, 1]\nmodule: {mounts: [1, {source: .., target: static}]}\n"
             "cascade: [1, {target: {path: '{'}, title: x}]\n"}, id="Hugo",
        ),
        pytest.param({"docusaurus.config.js": "module.exports = { presets: [[], 1], plugins: [[]] }"}, id="Docusaurus"),
        pytest.param(
            {".eleventy.js": "x.addPassthroughCopy(); x.addPassthroughCopy({ '/': '/../..' }, [" * 99}, id="Eleventy",
        ),
        pytest.param({"mkdocs.yml": "a: &a [*a, *a]\nsite_url: !!python/object/apply:os.system ['false']\n"}, id="MkDocs"),
        pytest.param({"admin/config.yml": "collections: [1, {folder: posts, fields: [1, {name: 1}]}]\n"}, id="Decap CMS"),
        pytest.param({"pelicanconf.py": "PATH = '\\0'\nSITEURL = f'{x}'\n"}, id="Pelican"),
    ],
)  # fmt: skip
def test_settings_that_make_no_sense_are_ignored(settings: dict[str, str], tmp_path: Path) -> None:
    initialized(tmp_path, {**settings, **posts("posts")})
    assert linkcheck("validate", cwd=tmp_path).code == 0


def test_a_schema_of_a_content_management_system_is_taken_over(tmp_path: Path) -> None:
    initialized(
        tmp_path,
        {
            "hugo.toml": 'title = "x"\n',
            "static/admin/config.yml": "collections:\n- name: posts\n  folder: content/posts\n  fields:\n"
            "  - {name: title}\n  - {name: kind, widget: select, options: [news, essay]}\n"
            "  - {name: note, required: false}\n  - {name: cover, widget: image, required: false}\n",
            **posts("content/posts", 10, kind="news", note="x"),
        },
    )
    found = schema(tmp_path, "posts")
    properties = found["properties"]
    assert isinstance(properties, dict)
    assert found["required"] == ["title", "more", "kind"]
    assert properties["kind"]["enum"] == ["news", "essay"]
    assert properties["cover"]["x-link"] == {"role": "image"}
    assert linkcheck("validate", cwd=tmp_path).code == 0


def test_articles_that_break_a_declared_schema_still_pass(tmp_path: Path) -> None:
    initialized(
        tmp_path,
        {
            "src/content.config.ts": "const blog = defineCollection({ loader: glob({ base: './blog' }),\n"
            "  schema: z.object({ title: z.string(), kind: z.enum(['news']), missing: z.string() }) });\n",
            "astro.config.mjs": "export default {}\n",
            **posts("blog", kind="essay"),
        },
    )
    assert linkcheck("validate", cwd=tmp_path).code == 0


def test_links_of_another_site_are_not_requested_at_the_address_of_the_first(tmp_path: Path) -> None:
    files = {
        "docs/_config.yml": "url: https://me.example\n",
        **posts("docs/_posts"),
        "docs/_posts/4.md": "---\ntitle: x\n---\n",
        "examples/astro.config.mjs": "export default {}\n",
        **posts("examples/src/content/docs", image="/pictures/{}.png"),
    }
    assert "base-url" not in initialized(tmp_path, files)


@pytest.mark.parametrize(
    ("settings", "aliases"),
    [
        pytest.param(
            {"astro.config.mjs": "export default {}\n",
             "tsconfig.json": '{"compilerOptions": {"paths": {"~/*": ["src/*"], "@other/*": ["x/*"],}}}'},
            {"~/": "src"}, id="of the compiler",
        ),
        pytest.param({"nuxt.config.ts": "export default { srcDir: 'src' }\n"}, {"~/": "src"}, id="of Nuxt"),
    ],
)  # fmt: skip
def test_aliases_that_articles_use_are_written(settings: dict[str, str], aliases: dict[str, str], tmp_path: Path) -> None:
    pictures = {f"src/{name}": PICTURE for name in PICTURES}
    articles = posts("content/blog", image="~/img/{}.svg")
    assert initialized(tmp_path, {**settings, **pictures, **articles})["aliases"] == aliases
    assert linkcheck("validate", cwd=tmp_path).code == 0
    (tmp_path / "src/img/2.svg").unlink()
    done = linkcheck("validate", cwd=tmp_path)
    assert (done.code, done.out.count("LC211")) == (1, 1), done.out


@pytest.mark.parametrize(
    ("picture", "advice"),
    [
        pytest.param("static/img/other.svg", "no such file", id="missing"),
        pytest.param("static/img/a.SVG", "there is static/img/a.SVG", id="there in another case"),
    ],
)
def test_a_site_whose_first_pictures_are_broken_is_checked(picture: str, advice: str, tmp_path: Path) -> None:
    files = {"hugo.toml": 'title = "x"\n', picture: PICTURE, **posts("content/posts", image="/img/a.svg")}
    assert initialized(tmp_path, files)["site-root"] == "static"
    done = linkcheck("validate", cwd=tmp_path)
    assert (done.code, "LC211" in done.out, advice in done.out) == (1, True, True), done.out


def test_each_post_has_its_own_folder_for_pictures(tmp_path: Path) -> None:
    files = posts("source/_posts", image="cover.svg")
    pictures = {f"source/_posts/{n}/cover.svg": PICTURE for n in (1, 2, 3)}
    settings = {"_config.yml": "title: x\npost_asset_folder: true\n", "scaffolds/post.md": ""}
    assert "site-root" not in initialized(tmp_path, {**settings, **files, **pictures})
    assert linkcheck("validate", cwd=tmp_path).code == 0
    (tmp_path / "source/_posts/2/cover.svg").unlink()
    done = linkcheck("validate", cwd=tmp_path)
    assert (done.code, done.out.count("LC211")) == (1, 1), done.out


def test_articles_in_a_folder_within_another_collection_are_checked(tmp_path: Path) -> None:
    site = {
        "site/hugo.toml": "",
        "site/static/img/1.svg": PICTURE,
        "site/static/img/3.svg": PICTURE,
        "site/readme.md": "---\nx: 1\n---\n",
        "site/notes/n.md": "---\ny: 2\n---\n",
    }
    found = initialized(tmp_path, {**site, **posts("site/content/p", image="/img/{}.svg")})
    assert isinstance(found["collections"], list)
    assert [each["name"] for each in found["collections"]] == ["p", "site", "pages"]
    done = linkcheck("validate", cwd=tmp_path)
    assert (done.code, "site/content/p/2.md" in done.out, "LC211" in done.out, "6 links" in done.out) == (
        1, True, True, True,
    ), done.out  # fmt: skip
