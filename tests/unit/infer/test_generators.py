"""Which generator a repository uses, and where its site is."""

import pytest

from linkcheck.infer import GENERATORS, SiteInfo, detect, site_of
from linkcheck.model import Json

BY_NAME = {generator.name: generator for generator in GENERATORS}


@pytest.mark.parametrize(
    ("files", "folders", "name"),
    [
        pytest.param({"_config.yml"}, {"_posts"}, "Jekyll", id="_config.yml"),
        pytest.param(set(), {"_posts"}, "Jekyll", id="_posts alone"),
        pytest.param({"hugo.toml"}, {"content"}, "Hugo", id="hugo.toml"),
        pytest.param({"config.toml"}, {"content"}, "Hugo", id="config.toml beside content"),
        pytest.param({"config.toml"}, {"text"}, "plain", id="config.toml of something else"),
        pytest.param({"astro.config.mjs"}, {"src"}, "Astro", id="astro.config.mjs"),
        pytest.param({"docusaurus.config.js", "_config.yml"}, {"docs"}, "Docusaurus", id="docusaurus.config.js"),
        pytest.param(set(), {"posts"}, "plain", id="nothing"),
    ],
)
def test_a_generator_is_told_by_its_files(files: set[str], folders: set[str], name: str) -> None:
    assert detect(files, folders).name == name


@pytest.mark.parametrize(
    ("name", "settings", "url"),
    [
        pytest.param(
            "Jekyll", {"url": "https://me.example", "baseurl": "/blog"}, "https://me.example/blog/", id="url, baseurl"
        ),
        pytest.param("Jekyll", {"url": "https://me.example", "baseurl": ""}, "https://me.example/", id="no baseurl"),
        pytest.param("Jekyll", {"baseurl": "/blog"}, None, id="no url"),
        pytest.param("Jekyll", {"url": "http://localhost:4000"}, None, id="on this machine"),
        pytest.param("Jekyll", {"url": 1}, None, id="no text"),
        pytest.param("Hugo", {"baseurl": "https://me.example/h/"}, "https://me.example/h/", id="Hugo, in any case"),
        pytest.param(
            "Astro",
            'export default {\n  site: "https://me.example",\n  base: "/docs",\n}',
            "https://me.example/docs/",
            id="Astro",
        ),
        pytest.param(
            "Astro",
            "export default defineConfig({ site: 'https://me.example', base: '/blog' });\n",
            "https://me.example/blog/",
            id="Astro, on one line",
        ),
        pytest.param(
            "Astro",
            "export default defineConfig({\n  // base: '/', site: 'https://old.example',\n  output: 'static' })",
            None,
            id="a comment",
        ),
        pytest.param(
            "Docusaurus",
            "module.exports = { themeConfig: { title: 'x', url: 'https://other.example' } };",
            None,
            id="an address of something else",
        ),
        pytest.param("Astro", "export default {\n  site: process.env.SITE,\n}", None, id="a program that computes it"),
        pytest.param(
            "Docusaurus",
            "const c = {\n  url: 'https://me.example',\n  baseUrl: '/',\n};",
            "https://me.example/",
            id="Docusaurus",
        ),
    ],
)
def test_the_site_is_where_the_settings_say(name: str, settings: dict[str, Json] | str, url: str | None) -> None:
    assert site_of(BY_NAME[name], settings) == SiteInfo(url)
