"""What the settings of a repository say about its pages."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.article_urls import ArticleUrlOptions, PublishedSite
from linkcheck.article_urls.index import ArticleUrls
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
                patterns={"content": "/:path/"},
                base_url="https://a.example/",
            ),
            id="Hugo in one language",
        ),
        pytest.param(
            {
                "hugo.yaml": "cascade:\n- target: {path: /notes/**}\n  draft: true\n- target: {path: /parts/**}\n"
                "  build: {render: never}\n- target: {path: /news/**}\n  image: /a.png\n"
                "- target: {path: /log/**}\n  url: /x/\n"
            },
            PublishedSite(
                "Hugo",
                content=("content",),
                languages={"en": ""},
                default_language="en",
                patterns={"content": "/:path/"},
                hidden=("content/notes/**", "content/parts/**", "content/log/**"),
            ),
            id="Hugo that hides folders",
        ),
        pytest.param(
            {"web/docusaurus.config.js": "export default {presets: [['classic', {docs: {path: '../docs'}}]]};"},
            PublishedSite(
                "Docusaurus",
                "web",
                ("web", "docs", "web/blog", "web/src/pages"),
                default_language="en",
                patterns={"docs": "/docs/:path/", "web/blog": "/blog/:dated_path/", "web/src/pages": "/:exact_path/"},
            ),
            id="Docusaurus with its folders",
        ),
        pytest.param(
            {"docs/.vuepress/config.js": "module.exports = {};"},
            PublishedSite("VuePress", "docs", ("docs",), default_language="en", patterns={"docs": "/:path"}),
            id="VuePress",
        ),
        pytest.param({"tests/site/hugo.toml": "baseURL = 'https://a.example/'\n"}, None, id="settings of a test"),
        pytest.param(
            {"hugo.toml": "baseURL = [\n"},
            PublishedSite(
                "Hugo", content=("content",), languages={"en": ""}, default_language="en", patterns={"content": "/:path/"}
            ),
            id="settings that cannot be parsed",
        ),
    ],
)
def test_the_settings_say_what_is_published(tmp_path: Path, files: dict[str, str], expected: PublishedSite | None) -> None:
    write_files(tmp_path, files)
    found = published_sites(str(tmp_path), sorted(files))
    assert found == (() if expected is None else (expected,))


ASTRO = {"astro.config.mjs": "export default {};"}
DOCS = {"docs/01-a.md": "---\ntitle: A\n---\n"}
ELEVENTY = {"eleventy.config.js": "export default {dir: {input: 'src'}};", "src/posts/a.md": "---\ntitle: A\n---\n"}
GERMAN = "[languages.en]\n[languages.de]\n"
ARTICLE = "---\ntitle: A page\ndate: 2024-03-01\n---\n"


@pytest.mark.parametrize(
    ("files", "known", "unknown"),
    [
        pytest.param(
            {"hugo.toml": f"{GERMAN}", "content/de/a.md": ARTICLE, "content/b.de.md": ARTICLE},
            ["/de/b/"],
            ["/de/a/", "/a/", "/de/de/a/"],
            id="Hugo with a folder of a language that a theme mounts",
        ),
        pytest.param(
            {"hugo.toml": "uglyURLs = true\n", "content/x/a.md": ARTICLE}, ["/x/a.html"], ["/x/a/"], id="Hugo's ugly URLs"
        ),
        pytest.param(
            {"hugo.toml": "uglyURLs = {x = true}\n", "content/x/a.md": ARTICLE},
            [],
            ["/x/a.html", "/x/a/"],
            id="Hugo's ugly URLs of a section",
        ),
        pytest.param(
            {"hugo.toml": "disablePathToLower = true\n", "content/A.md": ARTICLE}, [], ["/A/", "/a/"], id="Hugo's upper case"
        ),
        pytest.param(
            {
                "hugo.toml": "[[module.mounts]]\nsource = 'log'\ntarget = 'content/blog'\n",
                "log/a.md": ARTICLE,
                "log/_index.md": ARTICLE,
            },
            ["/blog/a/", "/blog/"],
            ["/a/", "/"],
            id="Hugo with a mount below the content",
        ),
        pytest.param(
            {"hugo.toml": "[permalinks]\nx = '/:year/:slug/'\n", "content/x/a.md": ARTICLE},
            ["/2024/a-page/"],
            ["/2024/a/", "/x/a/"],
            id="Hugo's permalinks",
        ),
        pytest.param(
            {"_config.yml": "permalink: pretty\n", "a.md": ARTICLE, "_posts/2024-03-01-b.md": ARTICLE},
            ["/a/", "/2024/03/01/b/"],
            ["/a.html", "/2024/03/01/b.html"],
            id="Jekyll's pretty permalinks",
        ),
        pytest.param(
            {
                "_config.yml": "collections: {w: {output: true, permalink: /x/:path}, v: {output: true}, u: {}}\n"
                "collections_dir: all\n",
                **dict.fromkeys(("all/_w/a.md", "all/_v/a.md", "all/_u/a.md"), ARTICLE),
            },
            ["/x/a", "/v/a.html"],
            ["/w/a.html", "/x/a/", "/u/a.html"],
            id="Jekyll's collections",
        ),
        pytest.param(
            {
                "_config.yml": "defaults: [{scope: {path: _posts}, values: {permalink: '/:title/'}}]\n",
                "_posts/2024-03-01-b.md": ARTICLE,
            },
            [],
            ["/b/", "/2024/03/01/b.html"],
            id="Jekyll with a permalink by default",
        ),
        pytest.param(
            {"docusaurus.config.js": "export default {presets: [['classic', {docs: {routeBasePath: '/'}}]]};", **DOCS},
            ["/a"],
            ["/docs/a", "/01-a"],
            id="Docusaurus with a route",
        ),
        pytest.param(
            {
                "docusaurus.config.js": "export default {presets: [['classic', {docs: {}}]]};",
                "versions.json": '["1.0"]',
                **DOCS,
            },
            [],
            ["/docs/a"],
            id="Docusaurus with versions",
        ),
        pytest.param(
            {
                "docusaurus.config.js": "export default {presets: [['classic', {docs: {lastVersion: 'current'}}]]};",
                "versions.json": '["1.0"]',
                **DOCS,
            },
            ["/docs/a"],
            [],
            id="Docusaurus that publishes the next version",
        ),
        pytest.param(
            {
                "docusaurus.config.js": "export default {presets: [['classic', {docs: {numberPrefixParser: false}}]]};",
                "docs/b.md": ARTICLE,
                **DOCS,
            },
            ["/docs/b"],
            ["/docs/a"],
            id="Docusaurus that keeps numbers",
        ),
        pytest.param(
            {
                "docusaurus.config.js": "export default {plugins: [['@docusaurus/plugin-content-blog', {path: 'log'}],"
                " ['other', {path: 'x'}]]};",
                "log/2024-03-01-a.md": ARTICLE,
                "x/b.md": ARTICLE,
            },
            ["/log/2024/03/01/a"],
            ["/log/a", "/x/b"],
            id="Docusaurus with plugins",
        ),
        pytest.param(
            {
                "docusaurus.config.js": "export default {presets: [['classic', {docs: {exclude: ['x/**']},"
                " pages: {include: ['y.md']}}]]};",
                **dict.fromkeys(("docs/a.md", "docs/x/b.md", "src/pages/c.md"), ARTICLE),
            },
            ["/docs/a"],
            ["/docs/x/b", "/c"],
            id="Docusaurus that leaves out files",
        ),
        pytest.param(
            {
                "hugo.toml": "disableKinds = ['section']\n[[module.mounts]]\nsource='content'\ntarget='content'\n",
                **dict.fromkeys(("content/x/_index.md", "content/x/a.md"), ARTICLE),
            },
            ["/x/a/"],
            ["/x/"],
            id="Hugo without pages of folders",
        ),
        pytest.param(
            {"hugo.toml": "disableKinds = ['page']\n", "content/x/a.md": ARTICLE}, [], ["/x/a/"], id="Hugo without pages"
        ),
        pytest.param(
            {
                **ASTRO,
                "src/content.config.ts": "const blog = defineCollection({loader: glob({pattern: ['**/*.md', '!drafts/**'],"
                " base: './src/blog'})}); const log = defineCollection({loader: glob({pattern: '*.md', base: 'src/log'})});"
                " const way = defineCollection({loader: glob({pattern: patternOf('way'), base: 'src/way'})});",
                **dict.fromkeys(
                    ("src/blog/a.md", "src/blog/drafts/b.md", "src/log/c.md", "src/log/x/d.md", "src/way/e.md"), ARTICLE
                ),
                **dict.fromkeys((f"src/pages/{name}/[...slug].astro" for name in ("blog", "log", "way")), ""),
            },
            ["/blog/a/", "/log/c/"],
            ["/blog/drafts/b/", "/log/x/d/", "/way/e/"],
            id="Astro with patterns",
        ),
        pytest.param(ELEVENTY, ["/posts/a/"], ["/a/"], id="Eleventy"),
        pytest.param(
            {
                **ELEVENTY,
                "src/posts/posts.json": '{"permalink": "x/{{ page.fileSlug }}/"}',
                "src/posts/old/2024-03-01-b.md": ARTICLE,
                "src/posts/c/index.md": ARTICLE,
                "src/posts/d.md": "---\npermalink: /e/\n---\n",
            },
            ["/x/a", "/x/a/", "/x/b/", "/e/"],
            ["/posts/a/", "/x/old/b/", "/x/c/", "/x/d/", "/x/2024-03-01-b/"],
            id="Eleventy with data of the folder",
        ),
        pytest.param(
            {**ELEVENTY, "src/posts/posts.json": '{"permalink": "/{{page.fileSlug}}.html"}', "src/posts/b/c.md": ARTICLE},
            ["/a.html", "/c.html"],
            ["/posts/a/", "/a/", "/a"],
            id="Eleventy with data of the folder and files",
        ),
        *(
            pytest.param(
                {**ELEVENTY, "src/posts/posts.json": f'{{"permalink": "{permalink}"}}'},
                [],
                ["/posts/a/", "/a/", "/x/", "/:year/a/", "/a"],
                id=f"Eleventy with the permalink {permalink}",
            )
            for permalink in (
                "/{{ title | slugify }}/",
                "/x/",
                "/{% if x %}{{ page.fileSlug }}{% endif %}/",
                "/:year/{{ page.fileSlug }}/",
                "{{ page.fileSlug }}",
                "{{ page.filePathStem }}/",
            )
        ),
        pytest.param(
            {
                **ELEVENTY,
                "src/posts/posts.json": '{"permalink": "/x/{{ page.fileSlug }}/"}',
                "src/posts/b/b.json": '{"permalink": "/{{ title }}/"}',
                "src/posts/b/c.md": ARTICLE,
            },
            ["/x/a/"],
            ["/x/c/"],
            id="Eleventy with data of two folders",
        ),
        pytest.param(
            {**ELEVENTY, "src/posts/posts.11tydata.js": "export default {permalink: () => '/x/'};"},
            [],
            ["/posts/a/"],
            id="Eleventy with a program of the folder",
        ),
        pytest.param(
            {**ELEVENTY, "src/_data/permalink.js": "export default () => '/x/';"},
            [],
            ["/posts/a/"],
            id="Eleventy with global data",
        ),
        pytest.param(
            {**ELEVENTY, "eleventy.config.js": "export default c => {c.addGlobalData('permalink', () => x);};"},
            [],
            ["/posts/a/", "/src/posts/a/"],
            id="Eleventy with global data in the settings",
        ),
        pytest.param(
            {**ELEVENTY, ".eleventyignore": "# no\nsrc/posts\n"}, [], ["/posts/a/"], id="Eleventy that ignores a folder"
        ),
        pytest.param({**ASTRO, "src/content/blog/a.md": ARTICLE}, [], ["/blog/a/", "/a/"], id="Astro without a route"),
        pytest.param(
            {**ASTRO, "src/content/blog/a.md": ARTICLE, "src/pages/blog/[...page].astro": ""},
            [],
            ["/blog/a/"],
            id="Astro with a route for lists",
        ),
        pytest.param(
            {
                **ASTRO,
                "src/content/blog/a.md": ARTICLE,
                "src/content/blog/x/b.md": ARTICLE,
                "src/pages/en/blog/[...slug].astro": "",
            },
            ["/en/blog/a/", "/en/blog/x/b"],
            ["/blog/a/"],
            id="Astro with a route",
        ),
        pytest.param(
            {
                **ASTRO,
                **dict.fromkeys(("src/content/w/a.md", "src/content/w/x/b.md"), ARTICLE),
                "src/pages/w/[id].astro": "",
            },
            ["/w/a/"],
            ["/w/x/b/", "/w/b/"],
            id="Astro with a route for one segment",
        ),
        pytest.param(
            {
                "astro.config.mjs": "export default {integrations: [starlight({title: 'x'})]};",
                "src/content/docs/a.md": ARTICLE,
            },
            ["/a/"],
            ["/docs/a/"],
            id="Starlight",
        ),
        pytest.param(
            {"nuxt.config.ts": "export default {};", "content/1.a.md": ARTICLE}, [], ["/a"], id="Nuxt without a page"
        ),
        pytest.param(
            {
                "nuxt.config.ts": "export default {};",
                "content.config.ts": "export default {};",
                "content/1.a.md": ARTICLE,
                "pages/[...slug].vue": "",
            },
            [],
            ["/a"],
            id="Nuxt with collections",
        ),
        pytest.param(
            {"nuxt.config.ts": "export default {};", "content/1.a.md": ARTICLE, "pages/[...slug].vue": ""},
            ["/a"],
            ["/1.a"],
            id="Nuxt",
        ),
        pytest.param(
            {
                "mkdocs.yml": "exclude_docs: |\n  drafts\nplugins: [search, blog]\n",
                **dict.fromkeys(("docs/a.md", "docs/drafts/b.md", "docs/blog/posts/c.md"), ARTICLE),
            },
            ["/a/"],
            ["/a.html", "/drafts/b/", "/blog/posts/c/"],
            id="MkDocs",
        ),
        pytest.param(
            {
                "mkdocs.yml": "use_directory_urls: false\nplugins: {material/blog: {blog_dir: log}}\n",
                **dict.fromkeys(("docs/a.md", "docs/log/posts/c.md"), ARTICLE),
            },
            ["/a.html"],
            ["/a/", "/log/posts/c.html"],
            id="MkDocs without folders",
        ),
        pytest.param(
            {
                ".vitepress/config.ts": "export default {srcExclude: ['x/**']};",
                **dict.fromkeys(("a.md", "x/b.md"), ARTICLE),
            },
            ["/a", "/a.html"],
            ["/x/b"],
            id="VitePress",
        ),
        pytest.param(
            {".vitepress/config.ts": "export default {rewrites: from(x)};", "a.md": ARTICLE},
            [],
            ["/a"],
            id="VitePress with rewrites",
        ),
        pytest.param(
            {".vuepress/config.js": "module.exports = {permalink: '/:slug'};", "a.md": ARTICLE},
            [],
            ["/a"],
            id="VuePress with permalinks",
        ),
        pytest.param(
            {"_quarto.yml": "website: {}\n", **dict.fromkeys(("a.qmd", "x/README.md"), ARTICLE)},
            ["/a.html"],
            ["/x/README.html", "/a/"],
            id="Quarto",
        ),
        pytest.param(
            {"_quarto.yml": "project: {render: [b.qmd]}\nwebsite: {}\n", "a.qmd": ARTICLE},
            [],
            ["/a.html"],
            id="Quarto with a list of files",
        ),
        pytest.param(
            {
                "_config.yml": "permalink: :title/\nnew_post_name: :title.md\n",
                "source/_posts/a.md": ARTICLE,
                "source/b.md": ARTICLE,
            },
            ["/a/", "/b.html"],
            ["/b/"],
            id="Hexo",
        ),
        pytest.param(
            {"_config.yml": "new_post_name: :year-:title.md\n", "source/_posts/2024-a.md": ARTICLE},
            [],
            ["/2024/03/01/2024-a/", "/2024/03/01/a/"],
            id="Hexo with dates in names of files",
        ),
        pytest.param(
            {
                "pelicanconf.py": "ARTICLE_URL = '{date:%Y}/{slug}/'\n",
                "content/a.md": ARTICLE,
                "content/pages/b.md": ARTICLE,
            },
            ["/2024/a-page/", "/pages/a-page.html"],
            ["/2024/a/", "/a-page.html"],
            id="Pelican",
        ),
        pytest.param(
            {"pelicanconf.py": "SLUGIFY_SOURCE = 'basename'\n", "content/a.md": ARTICLE},
            [],
            ["/a-page.html", "/a.html"],
            id="Pelican with other slugs",
        ),
        pytest.param(
            {
                "next.config.js": "module.exports = {};",
                **dict.fromkeys(("pages/a.tsx", "pages/api/b.tsx", "pages/c.mdx", "posts/d.md"), ARTICLE),
            },
            ["/a"],
            ["/api/b", "/c", "/posts/d", "/d"],
            id="Next.js",
        ),
        pytest.param(
            {"next.config.js": "module.exports = {pageExtensions: ['tsx', 'mdx']};", "pages/c.mdx": ARTICLE},
            ["/c"],
            [],
            id="Next.js with articles as pages",
        ),
        pytest.param(
            {"gatsby-config.js": "module.exports = {};", "src/pages/a.tsx": "", "src/pages/b.md": ARTICLE},
            ["/a/"],
            ["/b/"],
            id="Gatsby",
        ),
        pytest.param(
            {
                "zola.toml": "base_url = 'https://a.example'\nignored_content = ['x/*', '*.tmp.md']\n",
                **dict.fromkeys(("content/a.md", "content/x/b.md", "content/y/c.tmp.md"), ARTICLE),
            },
            ["/a/"],
            ["/x/b/", "/y/c.tmp/"],
            id="Zola that ignores files",
        ),
        pytest.param(
            {"zola.toml": "base_url = 'https://a.example'\n", "content/a.md": ARTICLE}, ["/a/"], ["/a.html"], id="Zola"
        ),
    ],
)
def test_only_the_urls_that_the_settings_give_for_certain_are_known(
    tmp_path: Path, files: dict[str, str], known: list[str], unknown: list[str]
) -> None:
    write_files(tmp_path, files)
    articles = ArticleUrls(str(tmp_path), ArticleUrlOptions(), lambda paths: published_sites(str(tmp_path), paths))
    found = {url for url in (*known, *unknown) if articles.find(url) is not None}
    assert found == {*known}
