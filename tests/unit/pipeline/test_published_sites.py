"""What the settings of a repository say about its pages."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.article_urls import PublishedSite
from linkcheck.pipeline.published_sites import published_sites


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"content/a.md": ""}, None, id="without settings"),
        pytest.param(
            {"hugo.toml": "baseURL = 'https://a.example/'\n", "content/a.md": ""},
            PublishedSite(
                "Hugo",
                content=("content",),
                languages={"en": ""},
                default_language="en",
                base_url="https://a.example/",
            ),
            id="Hugo in one language",
        ),
        pytest.param(
            {
                "hugo.toml": "[languages.en]\n[languages.de]\n",
                "content/en/a.md": "",
                "content/de/a.md": "",
                "content/x.txt": "",
            },
            PublishedSite(
                "Hugo",
                content=("content",),
                languages={"de": "de", "en": ""},
                default_language="en",
                language_folders={"content/en": "en", "content/de": "de"},
            ),
            id="Hugo whose content is in folders of languages that a module mounts",
        ),
        pytest.param(
            {"hugo.toml": "[languages.en]\n[languages.de]\n", "content/en/a.md": "", "content/posts/a.md": ""},
            PublishedSite("Hugo", content=("content",), languages={"de": "de", "en": ""}, default_language="en"),
            id="Hugo with a folder that is named like a language",
        ),
        pytest.param(
            {
                "hugo.yaml": "cascade:\n- target: {path: /notes/**}\n  draft: true\n- target: {path: /parts/**}\n"
                "  build: {render: never}\n- target: {path: /news/**}\n  image: /a.png\n"
            },
            PublishedSite(
                "Hugo",
                content=("content",),
                languages={"en": ""},
                default_language="en",
                hidden=("content/notes/**", "content/parts/**"),
            ),
            id="Hugo that hides folders",
        ),
        pytest.param(
            {"web/docusaurus.config.js": "export default {presets: [['classic', {docs: {path: '../docs'}}]]};"},
            PublishedSite(
                "Docusaurus",
                "web",
                ("web/blog", "web/src/pages", "web/versioned_docs", "web/i18n", "docs"),
                default_language="en",
            ),
            id="Docusaurus with its folders",
        ),
        pytest.param(
            {"docs/.vuepress/config.js": "module.exports = {};"},
            PublishedSite("VuePress", "docs", ("docs",), default_language="en"),
            id="VuePress",
        ),
        pytest.param({"tests/site/hugo.toml": "baseURL = 'https://a.example/'\n"}, None, id="settings of a test"),
        pytest.param(
            {"hugo.toml": "baseURL = [\n"},
            PublishedSite("Hugo", content=("content",), languages={"en": ""}, default_language="en"),
            id="settings that cannot be parsed",
        ),
    ],
)
def test_the_settings_say_what_is_published(tmp_path: Path, files: dict[str, str], expected: PublishedSite | None) -> None:
    write_files(tmp_path, files)
    found = published_sites(str(tmp_path), sorted(files))
    assert found == (() if expected is None else (expected,))
