"""What the settings of generators say in unusual ways: folders outside of theirs, lists, and what is left out."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.infer import DataEntries, FrontMatterDefault, SiteInfo
from linkcheck.infer.generators.site import folder_named
from linkcheck.pipeline.sites import find_sites


@pytest.mark.parametrize(
    ("path", "folder"),
    [(".", ""), ("./", ""), ("./a/", "a"), (".a", ".a"), ("..", ".."), ("../a", "../a"), ("a/..", ""), ("a//b", "a/b")],
)
def test_a_folder_is_relative_to_the_settings(path: str, folder: str) -> None:
    assert folder_named(path) == folder


SITES = [
    pytest.param(
        {
            "docusaurus.config.js": "module.exports = { presets: ['classic', []], plugins: ['x', ['content-blog', "
            "{path: 'news', routeBasePath: '/n/', exclude: ['*.draft.md']}], ['other', {}]] }\n",
            "blog/authors.yml": "", "news/authors.json": "", "docs/authors.yml": "",
            "i18n/de/docusaurus-plugin-content-blog/authors.yaml": "", "i18n/de/other/authors.yml": "",
        },
        SiteInfo(
            content=("",), static=("static",), aliases={"@site/": ""}, permalinks={"news": "/n/"},
            page_urls={"news": "/n/:dated_path/"}, hidden=("news/*.draft.md",),
            entries=(DataEntries("authors", (
                "news/authors.json", "blog/authors.yml", "i18n/de/docusaurus-plugin-content-blog/authors.yaml",
            ), map_in=""),),
        ),
        id="Docusaurus with a second blog and presets without options",
    ),
    pytest.param(
        {
            ".eleventy.js": "module.exports = c => { c.ignores.add('./drafts/**'); c.ignores.add(1); c.ignores.add(); "
            "c.addPassthroughCopy('.'); c.setTemplateFormats('md, html'); c.addTemplateFormats(['njk']); "
            "c.setTemplateFormats(); return { templateFormats: 'liquid' } }\n"
        },
        SiteInfo(
            content=("",), static=("",), page_urls={"": "/:path/"}, hidden=("drafts/**",),
            copied={"**": "", "**/*.liquid": "", "**/*.md": "", "**/*.html": "", "**/*.njk": ""},
        ),
        id="Eleventy with a copy of everything",
    ),
    pytest.param(
        {
            ".eleventy.js": "module.exports = c => { c.setInputDirectory(''); "
            "c.addPassthroughCopy({'./': '/', 'a/b/': '/b/', '*/c': '/x/'}) }\n"
        },
        SiteInfo(content=("",), static=("", "a"), copied={"**": "", "a/b": "a"}, page_urls={"": "/:path/"}),
        id="Eleventy with copies to other folders",
    ),
    pytest.param(
        {
            ".eleventy.js": "module.exports = c => {}\n",
            "a/a.json": '{"permalink": "/x/{{ page.fileSlug }}/index.html"}',
            "b/b.json": '{"permalink": "{{page.fileSlug}}.html"}',
            "c/c.json": '{"permalink": "/x/{{ title }}/"}',
            "d/d.json": '{"permalink": "/x/"}',
            "e/e.json": '{"permalink": "/:x/{{ page.fileSlug }}/"}',
            "f/f.json": '{"permalink": "/x/{{ page.fileSlug }}"}',
        },
        SiteInfo(
            content=("",),
            page_urls={"a": "/x/:file_slug/", "b": "/:file_slug.html", "": "/:path/"},
            defaults=tuple(
                FrontMatterDefault((f"{name}/**",), {"permalink": text}, has_page_url=name in {"a", "b"})
                for name, text in (
                    ("a", "/x/{{ page.fileSlug }}/index.html"), ("b", "{{page.fileSlug}}.html"), ("c", "/x/{{ title }}/"),
                    ("d", "/x/"), ("e", "/:x/{{ page.fileSlug }}/"), ("f", "/x/{{ page.fileSlug }}"),
                )
            ),
        ),
        id="Eleventy with URLs of folders",
    ),
    *(
        pytest.param(
            {".eleventy.js": "module.exports = c => { TEXT }\n".replace("TEXT", text), **files},
            SiteInfo(content=("",)),
            id=f"Eleventy whose data may state all URLs: {text or ', '.join(files)}",
        )
        for text, files in (
            ("c.addGlobalData('permalink', x)", {}), ("c.addGlobalData('eleventyComputed', x)", {}),
            ("", {"_data/permalink.js": ""}), ("", {"_data/eleventyComputed.js": ""}),
        )
    ),
    pytest.param(
        {"web/.eleventy.js": "module.exports = c => { return { dir: { input: '../text' } } }\n", "text/": ""},
        SiteInfo(folder="web", content=("text",), maybe_static=("text",), page_urls={"text": "/:path/"}),
        id="Eleventy with articles next to its folder",
    ),
    pytest.param(
        {"web/pelicanconf.py": "PATH = '../text'\nDEFAULT_METADATA = {'a': 'b'}\n", "text/": ""},
        SiteInfo(
            folder="web", content=("text",), static=("text",), defaults=(FrontMatterDefault(("text/**",), {"a": "b"}),),
            page_urls={"text": "/:slug.html", "text/pages": "/pages/:slug.html"},
        ),
        id="Pelican with articles next to its folder",
    ),
    pytest.param(
        {"pelicanconf.py": "PATH = '.'\nDEFAULT_METADATA = {'a': 'b'}\n"},
        SiteInfo(
            content=("",), static=("",), defaults=(FrontMatterDefault(("**",), {"a": "b"}),),
            page_urls={"": "/:slug.html", "pages": "/pages/:slug.html"},
        ),
        id="Pelican with articles in its folder",
    ),
    pytest.param(
        {"web/.vitepress/config.ts": "export default { srcDir: '../text', srcExclude: ['a.md'] }\n", "text/public/": ""},
        SiteInfo(
            folder="web", content=("text",), static=("text/public",), page_urls={"text": "/:path"}, hidden=("text/a.md",)
        ),
        id="VitePress with articles next to its folder",
    ),
    pytest.param(
        {"web/nuxt.config.ts": "export default { srcDir: '../src' }\n", "src/content/": "", "src/public/": ""},
        SiteInfo(
            folder="web", content=("src/content",), static=("src/public",), page_urls={"src/pages": "/:path/"},
            aliases={"~/": "src", "@/": "src", "~~/": "web", "@@/": "web"},
            entries=(DataEntries("content", ("src/content/**/*.{json,yaml,yml}",)),),
        ),
        id="Nuxt with its source next to its folder",
    ),
    pytest.param(
        {
            "hugo.toml": "theme = ['../themes', 'sea', 'sea', 'gone']\ndisableKinds = ['home']\n"
            "[[module.mounts]]\nsource = 'a'\n[[module.mounts]]\ntarget = 'static'\n",
            "themes/sea/static/": "", "themes/sea/hugo.toml": "theme = 'land'\n", "themes/land/static/": "",
        },
        SiteInfo(
            content=("content",), static=("themes/sea/static", "themes/land/static"), page_urls={"content": "/:path/"},
            hidden=("**/_index.*",),
        ),
        id="Hugo with the theme of a theme, and without pages of folders",
    ),
    pytest.param(
        {
            "hugo.toml": "disableLanguages = ['it']\n[languages.it]\n[languages.fr]\n[languages.en]\n"
            "[languages.de]\ncontentDir = '/content/de/'\n",
            **dict.fromkeys(("content/fr/", "content/en/", "content/it/", "content/x/", "content/de/"), ""),
        },
        SiteInfo(
            content=("content",), languages=("content/de",), page_urls={"content": "/:path/"},
            language_prefixes={"de": "de", "en": "", "fr": "fr"}, language_folders={"content/de": "de"},
            hidden=("content/en/**", "content/fr/**"),
        ),
        id="Hugo with folders that no setting assigns to a language",
    ),
    pytest.param(
        {"mkdocs.yml": "exclude_docs: |\n  drafts/\n  /a/b.md\n"},
        SiteInfo(
            content=("docs",), static=("docs",), page_urls={"docs": "/:path/"}, hidden=("docs/**/drafts", "docs/a/b.md")
        ),
        id="MkDocs with pages that it leaves out",
    ),
    pytest.param(
        {"_quarto.yml": "project: {type: book}\nbook: {site-url: 'https://me.example'}\n"},
        SiteInfo(
            "https://me.example/", content=("",), static=("",), page_urls={"": "/:path.html"}, hidden=("**/README.*",)
        ),
        id="a book of Quarto",
    ),
    pytest.param(
        {
            "config.toml": "base_url = 'https://me.example'\ndefault_language = 'de'\nignored_content = ['x.md']\n"
            "[languages.de]\n[languages.fr]\n",
            "content/": "", "templates/": "",
        },
        SiteInfo(
            "https://me.example/", content=("content",), aliases={"@/": "content"}, page_urls={"content": "/:path/"},
            language_prefixes={"de": "", "fr": "fr"}, default_language="de", hidden=("content/x.md", "content/**/x.md"),
        ),
        id="Zola whose default language has settings too",
    ),
    *(
        pytest.param(
            {"_config.yml": f"permalink: :title/\n{setting}", "scaffolds/": ""},
            SiteInfo(
                content=("source",), static=("source",), permalinks={"": ":title/"}, page_urls={"source": "/:path.html"},
                post_url=post_url,
            ),
            id=f"Hexo with {setting or 'the usual names of files'}",
        )
        for setting, post_url in (
            ("", ":title/"), ("new_post_name: :title.md\n", ":title/"), ("new_post_name: :year-:title.md\n", ""),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "site"), SITES)
def test_all_that_the_settings_of_a_site_say(files: dict[str, str], site: SiteInfo, tmp_path: Path) -> None:
    write_files(tmp_path, files)
    (found,) = find_sites(str(tmp_path))
    assert found.info == site
