"""Which `url` a collection gets from the settings of the generator: one that is true of its articles, or none."""

import subprocess
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init import plan_all, prove, survey, surveyed

HUGO = 'baseURL = "https://me.example/"\n[permalinks]\nposts = "PATTERN"\n'
JEKYLL = "permalink: PATTERN\n"
DOCUSAURUS = "export default {presets: [['classic', {docs: {path: 'guides', routeBasePath: 'PATTERN'}}]]};\n"


def articles(folder: str, *names: str, **properties: str) -> dict[str, str]:
    """Articles of one day with a link each: three, or those of these names."""
    lines = "".join(f"{key}: {value}\n" for key, value in {"date": "2026-01-31", **properties}.items() if value)
    return {
        f"{folder}/{name}.md": f"---\ntitle: T {name}\n{lines}more: https://a.example/{name}\n---\n"
        for name in names or ("a", "b", "c")
    }


def urls(root: Path, files: dict[str, str]) -> dict[str, str]:
    """The URLs by collection in the configuration that would be written."""
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    write_files(root, files)
    proof = prove(plan_all(survey(str(root)), str(root)), str(root))
    return {each.collection.name: each.url for each in surveyed(proof.plan) if each.url is not None}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("settings", "pattern", "files", "url"),
    [
        pytest.param(
            ("hugo.toml", HUGO), "/:year/:month/:slug/", articles("content/posts"), "/:year/:month/:slug/", id="Hugo"
        ),
        pytest.param(
            ("hugo.toml", HUGO), "x/:section/:title", articles("content/posts"), "/x/posts/:title", id="Hugo, section"
        ),
        pytest.param(
            ("site/hugo.toml", HUGO),
            "/n/:sections/:filename/",
            articles("site/content/posts"),
            "/n/posts/:filename/",
            id="Hugo below the root",
        ),
        pytest.param(
            ("hugo.toml", HUGO),
            "/n/:sections[1:]/:slug/",
            articles("content/posts"),
            "/n/:slug/",
            id="Hugo, part of the sections",
        ),
        pytest.param(
            ("_config.yml", JEKYLL),
            "/log/:year/:title.html",
            articles("_posts", "2026-01-31-a"),
            "/log/:year/:title.html",
            id="Jekyll",
        ),
        pytest.param(
            ("_config.yml", JEKYLL),
            "/:categories/:title:output_ext",
            articles("_posts", "2026-01-31-a", categories="[x, y]"),
            "/:categories/:title.html",
            id="Jekyll, categories",
        ),
        pytest.param(
            ("_config.yml", JEKYLL),
            "/:categories/:title:output_ext",
            articles("_posts", "2026-01-31-a", category="x"),
            "/:categories/:title.html",
            id="Jekyll, one category",
        ),
        pytest.param(
            ("_config.yml", "collections: {posts: {permalink: 'PATTERN'}}\n"),
            "/:collection/:name/",
            articles("_posts", "2026-01-31-a"),
            "/posts/:name/",
            id="Jekyll, a collection",
        ),
        pytest.param(
            ("_config.yml", "source_dir: source\npublic_dir: p\npermalink: PATTERN\n"),
            ":year/:title.html",
            articles("source/_posts"),
            "/:year/:title.html",
            id="Hexo",
        ),
        pytest.param(
            ("_config.yml", "source_dir: source\npublic_dir: p\npermalink: PATTERN\n"),
            ":year/:title.html",
            articles("source/_posts", "a/index", "b/index", "c"),
            "/:year/:title.html",
            id="Hexo, posts with their own folders",
        ),
        pytest.param(
            ("pelicanconf.py", "ARTICLE_URL = 'PATTERN'\n"),
            "log/{date:%Y}/{slug}/",
            articles("content/news"),
            "/log/:year/:slug/",
            id="Pelican",
        ),
        pytest.param(
            ("docusaurus.config.js", DOCUSAURUS), "/", articles("guides", date=""), "/", id="Docusaurus at the root"
        ),
        pytest.param(
            ("docusaurus.config.js", DOCUSAURUS),
            "help",
            articles("guides", date=""),
            "/help/",
            id="Docusaurus, another path",
        ),
    ],
)
def test_the_urls_of_the_settings_are_written(
    settings: tuple[str, str], pattern: str, files: dict[str, str], url: str, root: Path
) -> None:
    path, text = settings
    found = urls(root, {path: text.replace("PATTERN", pattern), **files, **articles("other/things", "z")})
    assert [*found.values()] == [url]


@pytest.mark.parametrize(
    ("settings", "pattern", "files"),
    [
        pytest.param(("hugo.toml", HUGO), "/:weekday/:slug/", articles("content/posts"), id="an unknown name"),
        pytest.param(("hugo.toml", HUGO), "/:2006/:slug/", articles("content/posts"), id="another notation"),
        pytest.param(("hugo.toml", HUGO), "/a?b/:slug#c", articles("content/posts"), id="more than a path"),
        pytest.param(("hugo.toml", HUGO), f"/{'a' * 300}/:slug", articles("content/posts"), id="a long pattern"),
        pytest.param(("hugo.toml", HUGO), "/:year/:slug/", articles("content/posts", date=""), id="articles without dates"),
        pytest.param(
            ("hugo.toml", HUGO), "/:sections/:slug/", articles("content/posts/x"), id="folders that may be sections"
        ),
        pytest.param(
            ("hugo.toml", HUGO),
            "/n/:slug/",
            {**articles("content/posts"), **articles("content/posts", "a.fr")},
            id="languages",
        ),
        pytest.param(
            ("hugo.toml", f"{HUGO}[cascade]\nslug = 'x'\n"),
            "/n/:slug/",
            articles("content/posts"),
            id="slugs of the settings",
        ),
        pytest.param(("_config.yml", JEKYLL), "pretty", articles("_posts", "2026-01-31-a"), id="the usual URLs"),
        pytest.param(
            ("_config.yml", JEKYLL),
            "/:categories/:title",
            articles("_posts", "2026-01-31-a", categories="x y"),
            id="categories in one text",
        ),
        pytest.param(
            ("_config.yml", JEKYLL),
            "/:categories/:title",
            articles("news/_posts", "2026-01-31-a"),
            id="folders as categories",
        ),
        pytest.param(
            ("_config.yml", "collections: {notes: {permalink: 'PATTERN'}}\n"),
            "/n/:name/",
            articles("notes"),
            id="a folder called like a collection",
        ),
        pytest.param(
            ("_config.yml", f"{JEKYLL}defaults: [{{scope: {{path: ''}}, values: {{permalink: /x/}}}}]\n"),
            "/log/:title",
            articles("_posts", "2026-01-31-a"),
            id="a permalink by default",
        ),
        pytest.param(
            ("pelicanconf.py", "ARTICLE_URL = 'PATTERN'\n"),
            "{author}/{slug}/",
            articles("content/news"),
            id="a name of Pelican",
        ),
        pytest.param(("docusaurus.config.js", DOCUSAURUS), "help", articles("guides"), id="articles of a blog"),
        pytest.param(
            ("docusaurus.config.js", DOCUSAURUS), "guides", articles("guides", date=""), id="the path of the folder"
        ),
    ],
)
def test_urls_that_are_not_certain_are_left_out(
    settings: tuple[str, str], pattern: str, files: dict[str, str], root: Path
) -> None:
    path, text = settings
    assert urls(root, {path: text.replace("PATTERN", pattern), **files, **articles("other/things", "z")}) == {}


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        pytest.param("/help/a/", {"guides": "/help/"}, id="a link that leads to an article with it too"),
        pytest.param("/help/x/", {}, id="a link that leads to an article only without it"),
        pytest.param("https://me.example/help/x/", {}, id="such a link with a host"),
        pytest.param("/guides/gone/", {"guides": "/help/"}, id="a link that leads nowhere"),
    ],
)
def test_urls_with_which_a_link_no_longer_leads_to_its_article_are_left_out(
    link: str, expected: dict[str, str], root: Path
) -> None:
    linking = articles("blog", "x", "y", redirect_to=link)
    settings = DOCUSAURUS.replace("PATTERN", "help").replace("{presets", "{url: 'https://me.example', presets")
    assert (
        urls(root, {"docusaurus.config.js": settings, **articles("guides", "a", "b", "x/x", date=""), **linking}) == expected
    )


def test_urls_are_kept_where_a_link_contradicts_the_settings_of_hugo(root: Path) -> None:
    linking = articles("content/notes", "x", "y", redirect_to="/posts/a/")
    files = {"hugo.toml": HUGO.replace("PATTERN", "/n/:slug/"), **articles("content/posts"), **linking}
    assert urls(root, files) == {"posts": "/n/:slug/"}
