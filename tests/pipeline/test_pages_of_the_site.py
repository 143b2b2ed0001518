"""Pages of a site, made by each generator: `validate` reports no error that `check` does not report."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from quiet import Quiet

from linkcheck import pipeline
from linkcheck.config import load
from linkcheck.model import LinkRecord

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCHEMA = """{"properties": {
    "related": {"items": {"type": "string", "x-link": {"role": "link"}}},
    "cover": {"type": "string", "x-link": {"role": "image"}}
}}"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"></svg>'
BARE = "---\ntitle: A page\n---\n"
Files = dict[str, str]


def links(*urls: str, cover: str | None = None) -> str:
    listed = "".join(f"  - {url}\n" for url in urls)
    picture = "" if cover is None else f"cover: {cover}\n"
    return f"---\ntitle: The first page\n{picture}related:\n{listed}---\n"


# Of each site: its files, the first of which has the links, and its root. Every site links its own pages and one more page.
SITES: dict[str, tuple[Files, str]] = {
    "Hugo": (
        {
            "content/posts/first.md": links("/posts/second/", "/fr/posts/second/", "/old/", "/tags/"),
            "hugo.toml": "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n",
            "content/posts/second/index.md": "---\ndate: 2024-03-01\naliases: [/old/]\n---\n",
            "content/posts/second/index.fr.md": BARE,
        },
        "static",
    ),
    "Hugo with a bundle": (
        {
            "content/blog/first.md": links("/blog/2024/03/01/second/", "/tags/", cover="/blog/2024/03/01/second/card.svg"),
            "hugo.toml": "[permalinks]\nblog = '/blog/:year/:month/:day/:slug/'\n",
            "content/blog/second/index.md": "---\ntitle: Another title\nslug: second\ndate: 2024-03-01\n---\n",
            "content/blog/second/card.svg": SVG,
        },
        "static",
    ),
    "Jekyll": (
        {
            "_posts/2024-02-01-first.md": links("/2024/03/01/second.html", "/about/", "/team/jo.html", "/was/", "/tags/"),
            "_config.yml": "collections: {team: {output: true}}\n",
            "_posts/2024-03-01-second.md": "---\nredirect_from: /was/\n---\n",
            "about.md": "---\npermalink: /about/\n---\n",
            "_team/jo.md": BARE,
        },
        ".",
    ),
    "Starlight": (
        {
            "src/content/docs/index.mdx": links("/guides/second/", "/reference/", "/sitemap-index.xml"),
            "src/content/docs/guides/second.md": BARE,
            "src/content/docs/reference/index.mdx": BARE,
        },
        "public",
    ),
    "Docusaurus": (
        {
            "docs/01-intro.md": links(
                "/docs/basics/second", "/docs/start", "/blog/2024/03/01/news", "./basics/second", "/search"
            ),
            "docusaurus.config.js": "export default {presets: [['classic', {}]]};\n",
            "docs/02-basics/01-second.md": BARE,
            "docs/03-third.md": "---\nslug: /start\n---\n",
            "blog/2024-03-01-news.md": BARE,
        },
        "static",
    ),
    "Eleventy": (
        {
            "src/posts/first.md": links("/posts/second/", "/about/", "/feed.xml"),
            "src/posts/second.md": BARE,
            "src/about.njk": BARE,
        },
        "src",
    ),
    "Hexo": (
        {
            "source/_posts/first.md": links("/2024/03/01/second/", "/archives/"),
            "_config.yml": "url: https://gazette.example\n",
            "source/_posts/second.md": "---\ndate: 2024-03-01 10:00:00\n---\n",
        },
        "source",
    ),
    "Zola": (
        {
            "content/first.md": links("/blog/second/", '"@/blog/second.md"', "/atom.xml"),
            "content/blog/second.md": "+++\ntitle = 'Second'\n+++\n",
        },
        "static",
    ),
    "MkDocs": (
        {"docs/index.md": links("/guide/second/", "guide/second/", "/search.html"), "docs/guide/second.md": BARE},
        "docs",
    ),
    "VitePress": (
        {"index.md": links("/guide/second", "/guide/second.html", "/404.html"), "guide/second.md": BARE},
        "public",
    ),
    "Quarto": (
        {"posts/first/index.qmd": links("/posts/second/", "../second/", "/listings.json"), "posts/second/index.qmd": BARE},
        ".",
    ),
    "Nuxt Content": (
        {
            "content/1.index.md": links("/guide/second", "/api/"),
            "content/2.guide/1.second.md": BARE,
            "nuxt.config.ts": "export default defineNuxtConfig({});\n",
            "pages/[...slug].vue": "",
        },
        "public",
    ),
}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path of the article with the links, in a repository with the site."""
    (tmp_path / ".git").mkdir()  # configuration is looked for up to here
    monkeypatch.chdir(tmp_path)
    files, root = SITES[request.param]
    configuration = f'schema = "schema.json"\nsite-root = "{root}"\nbase-url = "https://gazette.example/"\n'
    web = '["https://gazette.example/*"]\nstatus = 200\n'
    extensions = 'extensions = [".md", ".mdx", ".qmd"]\n'
    settings = {"linkcheck.toml": extensions + configuration, "schema.json": SCHEMA, "web.toml": web}
    for path, text in {**settings, f"{root}/robots.txt": "", **files}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return next(iter(files))


def results_of(article: str, **flags: object) -> tuple[list[LinkRecord], list[str]]:
    """What became of the links of an article, and the errors and warnings of the run."""
    unhurried = {"LINKCHECK_INTERVAL": "0", "LINKCHECK_RETRIES": "0"}
    config = load(flags={"jobs": 1, **flags}, environment=unhurried, directory=".")
    with pipeline.check(pipeline.RunContext(config, now=lambda: NOW), Quiet()) as finished:
        found = [each for each in finished.run.links() if each.link.location.path == article]
        return found, [str(each) for each in finished.run.findings() if each.severity in ("error", "warning")]


def test_own_pages_are_found_and_the_others_are_unknown_offline_and_requested_online(site: str) -> None:
    offline, wrong_offline = results_of(site, offline=True)
    online, wrong_online = results_of(site, replay="web.toml")
    assert (wrong_offline, wrong_online) == ([], [])
    assert [each.skip.kind for each in offline if each.skip] == ["page"]
    assert [each.skip for each in online if each.skip] == []
    unknown = [each.link.url for each in offline if each.skip]
    assert unknown == [each.link.url for each in online if not each.verdict.reason.startswith("the file ")]
    found = {each.link.url: each.verdict for each in offline if not each.skip}
    assert found == {each.link.url: each.verdict for each in online if each.link.url not in unknown}


@pytest.mark.parametrize(
    ("url", "is_known"),
    [("/about.html", True), ("/about", True), ("/about/", False), ("/team/jo", True), ("/_team/jo", False)],
)
def test_a_source_in_the_root_of_the_site_is_a_page_only_at_its_url(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_known: bool
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    files = {
        "_config.yml": "collections: {team: {output: true}}\n",
        "about.md": BARE,
        "_team/jo.md": BARE,
        "a.md": links(url),
        "linkcheck.toml": 'schema = "schema.json"\nsite-root = "."\n',
        "schema.json": SCHEMA,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    found, wrong = results_of("a.md", offline=True)
    assert ([each.skip is None for each in found], wrong) == ([is_known], [])
