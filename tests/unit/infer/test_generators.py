"""Which generator builds a site, and what its settings say: small sites, each as its generator lays them out."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from systems import posix_only
from write_files import write_files

from linkcheck.infer import DataEntries, FrontMatterDefault, SiteInfo, detect
from linkcheck.pipeline.sites import RepositoryFolder, find_sites, site_around

ARTICLES_OF_PAGES = ("src/pages/**/*.md", "src/pages/**/*.mdx")
NO_PAGES = ("pages/api/**", "pages/**/*.md", "pages/**/*.mdx", "src/pages/api/**", *ARTICLES_OF_PAGES)
SITES = [
    pytest.param(
        "Jekyll",
        {
            "_config.yml": "source: web\nfuture: true\nexclude: [vendor/, /tmp]\ninclude: [_pages]\n"
            "collections:\n  team: {output: true}\n  notes:\n"
        },
        SiteInfo(
            content=("web",),
            static=("web",),
            permalinks={"posts": "/:categories/:year/:month/:day/:title:output_ext"},
            collections=("_team", "_pages"),
            hidden=("web/vendor", "web/tmp"),
            shows_future=True,
        ),
        id="Jekyll with what it publishes",
    ),
    pytest.param(
        "Jekyll",
        {"_config.yml": "url: https://me.example\nbaseurl: /blog\nsource: src\n"},
        SiteInfo(
            "https://me.example/blog/",
            content=("src",),
            static=("src",),
            permalinks={"posts": "/:categories/:year/:month/:day/:title:output_ext"},
        ),
        id="Jekyll",
    ),
    pytest.param(
        "Jekyll",
        {"_posts/": ""},
        SiteInfo(
            content=("",), static=("",), permalinks={"posts": "/:categories/:year/:month/:day/:title:output_ext"}
        ),
        id="Jekyll by its folders alone",
    ),
    pytest.param(
        "Jekyll",
        {
            "_config.yml": "permalink: pretty\ncollections_dir: all\ncollections:\n  recipes:\n    permalink: /eat/:name/\n"
            "defaults:\n- scope: {path: '', type: recipes}\n  values: {image: /a.png}\n"
            "- scope: {path: news, type: posts}\n  values: {author: b}\n- scope: {path: about}\n  values: {layout: c}\n"
            "- scope: {path: ''}\n  values: {lang: en}\n- nonsense\n"
        },
        SiteInfo(
            content=("",),
            static=("",),
            permalinks={"posts": "/:categories/:year/:month/:day/:title/", "recipes": "/eat/:name/"},
            defaults=(
                FrontMatterDefault(("all/_recipes/**",), {"image": "/a.png"}),
                FrontMatterDefault(("news/**/_posts/**",), {"author": "b"}),
                FrontMatterDefault(("about", "about/**"), {"layout": "c"}),
                FrontMatterDefault(("**",), {"lang": "en"}),
            ),
        ),
        id="Jekyll with defaults for scopes",
    ),
    pytest.param(
        "Hexo",
        {
            "_config.yml": "url: https://me.example/h\nroot: /h/\ntheme: sea\npermalink: :title/\n",
            "source/_posts/": "",
            "themes/sea/source/": "",
        },
        SiteInfo(
            "https://me.example/h/",
            content=("source",),
            static=("source", "themes/sea/source"),
            permalinks={"": ":title/"},
        ),
        id="Hexo, whose settings have Jekyll's name",
    ),
    pytest.param(
        "Hexo",
        {"_config.yml": "url: https://me.example\n", "package.json": '{"dependencies": {"hexo": "^7.0.0"}}'},
        SiteInfo(
            "https://me.example/",
            content=("source",),
            static=("source",),
            permalinks={"": ":year/:month/:day/:title/"},
        ),
        id="Hexo by its package",
    ),
    pytest.param(
        "Hugo",
        {"hugo.toml": 'baseURL = "https://me.example/h/"\n', "static/": "", "assets/": ""},
        SiteInfo("https://me.example/h/", content=("content",), static=("static", "assets")),
        id="Hugo",
    ),
    pytest.param(
        "Hugo",
        {"config.toml": 'baseurl = "https://me.example/"\n', "content/": "", "static/": ""},
        SiteInfo("https://me.example/", content=("content",), static=("static",)),
        id="Hugo with the old name of the settings and a key in lower case",
    ),
    pytest.param(
        "Hugo",
        {
            "hugo.yaml": "theme: [sea, land]\nstaticDir: [static, shared]\npermalinks: {posts: '/:year/:slug/'}\n",
            "static/": "",
            "shared/": "",
            "themes/sea/static/": "",
            "themes/sea/theme.toml": 'theme = ["base"]\n',
            "themes/base/static/": "",
            "themes/land/hugo.toml": '[[module.mounts]]\nsource = "files"\ntarget = "static"\n',
            "themes/land/files/": "",
            "themes/land/static/": "",
            "themes/unused/static/": "",
        },
        SiteInfo(
            content=("content",),
            static=("static", "shared", "themes/sea/static", "themes/land/files", "themes/base/static"),
            permalinks={"posts": "/:year/:slug/"},
        ),
        id="Hugo with several themes and static folders",
    ),
    pytest.param(
        "Hugo",
        {
            "hugo.toml": '[[module.imports]]\npath = "github.com/a/sea"\n'
            '[[module.mounts]]\nsource = "articles"\ntarget = "content"\n'
            '[[module.mounts]]\nsource = "media/img"\ntarget = "static/img"\n'
            '[[module.mounts]]\nsource = "other"\ntarget = "static/elsewhere"\n',
            "media/img/": "",
            "_vendor/github.com/a/sea/static/": "",
        },
        SiteInfo(content=("articles",), static=("media", "_vendor/github.com/a/sea/static")),
        id="Hugo with mounts and a vendored module",
    ),
    pytest.param(
        "Hugo",
        {
            "config/_default/hugo.toml": 'baseURL = "https://test.example/"\ncontentDir = "pages"\n',
            "config/_default/languages.toml": '[en]\ncontentDir = "content/en"\n[de]\nstaticDir = "static-de"\n',
            "config/_default/permalinks.toml": '[page]\nposts = "/:slug/"\n[section]\nposts = "/p/"\n',
            "config/production/hugo.toml": 'baseURL = "https://me.example/"\n',
            "static-de/": "",
        },
        SiteInfo(
            "https://me.example/",
            content=("pages", "content/en"),
            static=("static-de",),
            languages=("pages", "content/en"),
            permalinks={"posts": "/:slug/"},
            language_prefixes={"de": "de", "en": ""},
            language_folders={"content/en": "en"},
        ),
        id="Hugo with folders of settings for environments",
    ),
    pytest.param(
        "Hugo",
        {
            "hugo.toml": '[[module.mounts]]\nsource = "english"\ntarget = "content"\nlang = "en"\n'
            '[[module.mounts]]\nsource = "french"\ntarget = "content"\nlang = "fr"\n'
            '[[module.mounts]]\nsource = "posts"\ntarget = "content/posts"\n'
        },
        SiteInfo(
            content=("english", "french", "posts"),
            languages=("english", "french"),
            language_folders={"english": "en", "french": "fr"},
        ),
        id="Hugo with mounts of languages",
    ),
    pytest.param(
        "Hugo",
        {
            "hugo.toml": 'defaultContentLanguage = "De"\ndefaultContentLanguageInSubdir = true\nbuildFuture = true\n'
            'disableLanguages = ["nl"]\n[languages.de]\n[languages.fr]\n[languages.nl]\n[languages.it]\ndisabled = true\n'
            '[languages.es]\nbaseURL = "https://es.example/"\n'
            '[[module.mounts]]\nsource = "texts/fr"\ntarget = "content"\nlang = "fr"\n',
        },
        SiteInfo(
            content=("texts/fr",),
            languages=("texts/fr",),
            language_prefixes={"de": "de", "fr": "fr"},
            default_language="de",
            language_folders={"texts/fr": "fr"},
            shows_future=True,
        ),
        id="Hugo in several languages",
    ),
    pytest.param(
        "Hugo",
        {
            "hugo.yaml": "cascade:\n- target: {path: '{/news,/news/**}'}\n  image: /a.png\n- target: {lang: de}\n  x: y\n"
            "- _target: {kind: section}\n  x: y\n- params: {author: me}\n- target: {path: 'a{b,c}'}\n  x: y\n"
        },
        SiteInfo(
            content=("content",),
            defaults=(
                FrontMatterDefault(("content/news", "content/news/**"), {"image": "/a.png"}),
                FrontMatterDefault(("content/**",), {"author": "me"}),
            ),
        ),
        id="Hugo with a cascade",
    ),
    pytest.param(
        "Zola",
        {
            "config.toml": 'base_url = "https://me.example"\ntheme = "sea"\n',
            "content/": "",
            "templates/": "",
            "static/": "",
            "themes/sea/static/": "",
        },
        SiteInfo(
            "https://me.example/",
            content=("content",),
            static=("static", "themes/sea/static"),
            aliases={"@/": "content"},
        ),
        id="Zola, whose settings have Hugo's name",
    ),
    pytest.param(
        "Astro",
        {
            "astro.config.mjs": "const site = 'https://me.example';\n"
            "export default defineConfig({ site, base: '/docs', publicDir: './files' });\n",
            "src/content.config.ts": "const blog = defineCollection({ loader: glob({ base: './articles/blog', "
            "pattern: '**/*.md' }) });\n",
            "tsconfig.json": '{\n  // a comment\n  "compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["./src/*"], '
            '"one": ["./src/one.ts"], "*": ["types/*"]},},\n}\n',
        },
        SiteInfo(
            "https://me.example/docs/",
            content=("src/content", "src/pages", "articles"),
            static=("files",),
            aliases={"@/": "src"},
        ),
        id="Astro",
    ),
    pytest.param(
        "Docusaurus",
        {
            "docusaurus.config.ts": "const config: Config = {\n  url: 'https://me.example',\n  baseUrl: '/d/',\n"
            "  staticDirectories: ['static', 'more'],\n  presets: [['classic', {docs: {path: 'guides', routeBasePath: '/'}, "
            "blog: false} satisfies Preset.Options]],\n"
            "  plugins: [['content-docs', {id: 'x', path: 'api'}]],\n};\nexport default config;\n"
        },
        SiteInfo(
            "https://me.example/d/",
            content=("",),
            static=("static", "more"),
            aliases={"@site/": ""},
            permalinks={"guides": "/", "src/pages": "/", "api": "/api/"},
        ),
        id="Docusaurus",
    ),
    pytest.param(
        "Eleventy",
        {
            ".eleventy.js": "module.exports = function (config) {\n  config.addPassthroughCopy('src/site/img');\n"
            "  config.addPassthroughCopy({ 'src/files': '/', 'media/pics': 'pics', 'x/y': 'z' });\n"
            "  config.addCollection('p', function () { return { dir: 'no' } });\n"
            "  return { dir: { input: 'src/site' }, pathPrefix: '/e/' };\n};\n",
            "src/site/_data/site.json": '{"url": "https://me.example"}',
            "src/site/posts/posts.json": '{"layout": "post"}',
        },
        SiteInfo(
            "https://me.example/e/",
            content=("src/site",),
            static=("src/site", "src/files", "media"),
            copied={"src/site/img": "src/site", "src/files": "src/files", "media/pics": "media"},
            aliases={"/z/": "x/y"},
            defaults=(FrontMatterDefault(("src/site/posts/**",), {"layout": "post"}),),
        ),
        id="Eleventy",
    ),
    pytest.param(
        "Eleventy",
        {
            "eleventy.config.mjs": "export default async function (c) {\n  c.setInputDirectory('pages');\n"
            "  c.addPassthroughCopy('./assets/');\n}\nexport const config = { pathPrefix: '/x/' };\n"
        },
        SiteInfo(content=("pages",), static=("",), maybe_static=("pages",), copied={"assets": ""}),
        id="Eleventy as a module",
    ),
    pytest.param(
        "VitePress",
        {
            ".vitepress/config.mts": "export default withMermaid(defineConfig({ base: '/v/', srcDir: './text',\n"
            "  sitemap: { hostname: 'https://me.example' } }))\n",
            "text/public/": "",
        },
        SiteInfo("https://me.example/v/", content=("text",), static=("text/public",)),
        id="VitePress",
    ),
    pytest.param(
        "Astro",
        {
            "astro.config.ts": "import mdx from '@astrojs/mdx';\n"
            "import defaults, { other, config as site } from './src/site.js';\n"
            "import style from './style.css';\nimport '../outside';\nimport paths from './paths';\n"
            "export default defineConfig({ site: site.url, base: defaults.base, publicDir: paths.files });\n",
            "src/site.ts": "import { base } from './base';\nexport const config: Config = { url: 'https://me.example' };\n"
            "export default { base: '/docs', other: base };\n",
            "paths/index.mjs": "export default { files: 'files' }\n",
            "style.css": "",
        },
        SiteInfo("https://me.example/docs/", content=("src/content", "src/pages"), static=("files",)),
        id="Astro with imported settings",
    ),
    pytest.param(
        "Astro",
        {
            "astro.config.mjs": "import { url } from '../secret.mjs';\nimport { a }, from 'x';\n"
            "import { self } from '.';\nimport {}\nimport { no } from './secret\\0.mjs';\n"
            "export default { site: url || no };\n",
        },
        SiteInfo(content=("src/content", "src/pages"), static=("public",)),
        id="Astro with imports that cannot be read",
    ),
    pytest.param(
        "VitePress",
        {
            ".vitepress/config.ts": "const config = defineConfig({\n  title: `x${y}`,\n"
            "  sitemap: { hostname: 'https://me.example' },\n})\n\nexport default extendConfig(config)\n"
        },
        SiteInfo("https://me.example/", content=("",)),
        id="VitePress with a name for its settings",
    ),
    pytest.param(
        "VuePress",
        {".vuepress/config.js": "module.exports = { base: '/v/' }\n", ".vuepress/public/": ""},
        SiteInfo(content=("",), static=(".vuepress/public",)),
        id="VuePress",
    ),
    pytest.param(
        "VuePress",
        {
            ".vuepress/config.js": "export default defineUserConfig({\n  base: '/v/',\n  plugins: [\n"
            "    feedPlugin({ hostname: HOST, getter: { date: (page) => new Date(page.date) } }),\n"
            "    sitemapPlugin({ hostname: 'https://me.example/' }),\n  ],\n})\n"
        },
        SiteInfo("https://me.example/v/", content=("",)),
        id="VuePress with functions of plugins",
    ),
    pytest.param(
        "VuePress",
        {
            ".vuepress/config.js": "module.exports = {\n"
            "  plugins: ['@vuepress/back-to-top', ['sitemap', { hostname: 'https://me.example' }]],\n}\n"
        },
        SiteInfo("https://me.example/", content=("",)),
        id="VuePress with a list of plugins",
    ),
    pytest.param(
        "Gatsby",
        {
            "gatsby-config.js": "module.exports = {\n  siteMetadata: { siteUrl: `https://me.example`, title: 'x' },\n"
            "  pathPrefix: '/g',\n  plugins: ['a', { resolve: `gatsby-source-filesystem`,\n"
            "    options: { path: `${__dirname}/articles`, name: 'b' } }],\n}\n",
            "content/blog/": "",
            "articles/": "",
        },
        SiteInfo("https://me.example/g/", content=("content", "articles"), static=("static",), hidden=ARTICLES_OF_PAGES),
        id="Gatsby",
    ),
    pytest.param(
        "Nuxt",
        {
            "nuxt.config.ts": "export default defineNuxtConfig({ site: { url: 'https://me.example' },\n"
            "  app: { baseURL: '/n/' } })\n",
            "content/": "",
            "public/": "",
            "app/": "",
        },
        SiteInfo(
            "https://me.example/n/",
            content=("content",),
            static=("public",),
            aliases={"~/": "app", "@/": "app", "~~/": "", "@@/": ""},
            entries=(DataEntries("content", ("content/**/*.{json,yaml,yml}",)),),
        ),
        id="Nuxt Content",
    ),
    pytest.param(
        "Next.js",
        {
            "next.config.js": "/** @type {import('next').NextConfig} */\nconst nextConfig = { basePath: '/x' };\n"
            "module.exports = withMdx({ a: 1 })(nextConfig);\n",
            "next-sitemap.config.js": "module.exports = { siteUrl: 'https://me.example' }\n",
            "data/": "",
            "src/content/": "",
        },
        SiteInfo("https://me.example/x/", content=("data", "src/content"), static=("public",), hidden=NO_PAGES),
        id="Next.js",
    ),
    pytest.param(
        "Next.js",
        {
            "next.config.js": "module.exports = () => plugins.reduce((a, b) => b(a), { output })\n",
            "next-sitemap.config.js": "module.exports = { siteUrl: metadata.siteUrl }\n",
            "data/siteMetadata.js": "const siteMetadata = {\n  title: 'Me',\n  siteUrl: 'https://me.example',\n"
            "  siteLogo: `${process.env.BASE_PATH || ''}/logo.png`,\n}\n\nmodule.exports = siteMetadata\n",
        },
        SiteInfo("https://me.example/", content=("data",), static=("public",), hidden=NO_PAGES),
        id="Next.js with metadata in a file of its own",
    ),
    pytest.param(
        "Gatsby",
        {
            "gatsby-config.js": "const site = require('./config/site')\nmodule.exports = { siteMetadata: site }\n",
            "config/site.ts": "export const siteConfig: Site = { name: 'Me', url: 'https://me.example' }\n",
        },
        SiteInfo("https://me.example/", static=("static",), hidden=ARTICLES_OF_PAGES),
        id="Gatsby with metadata in a file of its own",
    ),
    pytest.param(
        "MkDocs",
        {
            "mkdocs.yml": "site_url: https://me.example/m/\ndocs_dir: pages\nmarkdown_extensions:\n"
            "- pymdownx.emoji:\n    emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        },
        SiteInfo("https://me.example/m/", content=("pages",), static=("pages",)),
        id="MkDocs with a tag that would run Python",
    ),
    pytest.param(
        "MkDocs",
        {"mkdocs.yml": "site_name: 'Me'\nsite_url: \"https://me.example/\"  # the site\nnav: [\n"},
        SiteInfo("https://me.example/", content=("docs",), static=("docs",)),
        id="MkDocs whose settings cannot be parsed",
    ),
    pytest.param(
        "Quarto",
        {
            "_quarto.yml": "# settings\n---\nproject: {type: website}\nlang: en\n"
            "website: {site-url: 'https://me.example'}\n",
            "posts/_metadata.yml": "image: a.png\n",
        },
        SiteInfo(
            "https://me.example/",
            content=("",),
            static=("",),
            hidden=("**/README.*",),
            defaults=(
                FrontMatterDefault(("**",), {"lang": "en"}),
                FrontMatterDefault(("posts/**",), {"image": "a.png"}),
            ),
        ),
        id="Quarto",
    ),
    pytest.param(
        "Pelican",
        {
            "pelicanconf.py": "import os\nSITEURL = ''\nPATH = 'text'  # articles\nARTICLE_URL = '{slug}/'\n"
            "DEFAULT_METADATA = {'status': 'draft',}\nTHEME = os.path.join('a', 'b')\n",
            "publishconf.py": "from pelicanconf import *\nSITEURL = 'https://me.example'\nif x:\n    PATH = 'no'\n",
        },
        SiteInfo(
            "https://me.example/",
            content=("text",),
            static=("text",),
            permalinks={"": "/:slug/"},
            defaults=(FrontMatterDefault(("text/**",), {"status": "draft"}),),
        ),
        id="Pelican",
    ),
    pytest.param(
        "Obsidian",
        {".obsidian/app.json": '{"attachmentFolderPath": "files"}', "files/": ""},
        SiteInfo(content=("",), static=("", "files")),
        id="Obsidian",
    ),
    *(
        pytest.param(
            "Obsidian",
            {".obsidian/app.json": f'{{"attachmentFolderPath": "{path}"}}', "files/": "", "a/": ""},
            SiteInfo(content=("",), static=("",)),
            id=f"Obsidian with attachments in {path!r}",
        )
        for path in ("./files", "/", "missing")
    ),
    pytest.param(
        "Eleventy",
        {
            ".eleventy.js": "module.exports = c => { c.addPassthroughCopy({ 'src/public': '/', 'src/img': 'img', "
            "'src/a/*.png': 'b', 'src/x': 1 }); return { dir: { input: 'src' } } }\n",
            "src/posts/posts.json": '{"layout": "a"}',
            "src/posts/old/old.11tydata.json": '{"layout": "b"}',
            "src/pages/pages.json": "{}",
            "src/node_modules/x/x.json": '{"layout": "c"}',
            "src/_site/_site.json": '{"layout": "d"}',
            "src/.hidden/.hidden.json": '{"layout": "e"}',
            ".json": '{"layout": "f"}',
        },
        SiteInfo(
            content=("src",),
            static=("src/public", "src"),
            copied={"src/public": "src/public", "src/img": "src"},
            defaults=(
                FrontMatterDefault(("src/posts/**",), {"layout": "a"}),
                FrontMatterDefault(("src/posts/old/**",), {"layout": "b"}),
            ),
        ),
        id="Eleventy with defaults in folders",
    ),
    pytest.param(
        "Eleventy",
        {
            ".eleventy.js": "module.exports = c => { c.addPassthroughCopy({ 'src/img/icons/*': '/', "
            "'src/parts/a.svg': '/a.svg' }); return { dir: { input: 'src' } } }\n",
            "src/parts/a.svg": "",
        },
        SiteInfo(
            content=("src",),
            static=("src/img/icons",),
            maybe_static=("src/parts", "src"),
            copied={"src/img/icons": "src/img/icons", "src/parts/a.svg": "src/parts"},
        ),
        id="Eleventy with the copy of a single file",
    ),
    pytest.param(
        "Eleventy",
        {".eleventy.js": "module.exports = c => { }\n", ".json": '{"layout": "f"}'},
        SiteInfo(content=("",)),
        id="Eleventy at the root, whose name is unknown",
    ),
    pytest.param(
        "Gatsby",
        {
            "gatsby-config.js": "module.exports = { plugins: ['a', { resolve: 'other', options: { path: 'no' } }, "
            "{ resolve: 'gatsby-source-filesystem', options: { path: './texts/' } }, "
            "{ resolve: 'gatsby-source-filesystem', options: { path: 'content/blog' } }, "
            "{ resolve: 'gatsby-source-filesystem', options: {} }] }\n",
            **dict.fromkeys(("texts/", "no/", "content/blog/", "posts/"), ""),
        },
        SiteInfo(
            content=("content", "posts", "texts"),
            static=("static",),
            hidden=("src/pages/**/*.md", "src/pages/**/*.mdx"),
        ),
        id="Gatsby with the folders that it reads",
    ),
    pytest.param(
        "MkDocs",
        {"mkdocs.yml": "docs_dir: text\n", "text/.authors.yml": "", "docs/.authors.yml": ""},
        SiteInfo(
            content=("text",), static=("text",), entries=(DataEntries("authors", ("text/.authors.yml",), map_in="authors"),)
        ),
        id="MkDocs with authors",
    ),
    pytest.param(
        "Nuxt",
        {
            "nuxt.config.ts": "export default { srcDir: './web/', site: 'https://me.example', app: { baseURL: '/b/' } }\n",
            "content.config.ts": "",
            **dict.fromkeys(("web/content/", "web/static/", "app/"), ""),
        },
        SiteInfo(
            "https://me.example/b/",
            content=("web/content",),
            static=("web/static",),
            aliases={"~/": "web", "@/": "web", "~~/": "", "@@/": ""},
        ),
        id="Nuxt with a folder of its own and a declaration of its data",
    ),
    pytest.param(
        "Hugo",
        {
            "hugo.toml": "defaultContentLanguage = 'DE'\nbuildFuture = true\n"
            "[[module.mounts]]\nsource = '/~texts/de~/'\ntarget = 'content'\nlang = 'de'\n"
            "[[module.mounts]]\nsource = 'content/en'\ntarget = 'content/x'\nlang = 'EN'\n"
            "[[module.mounts]]\nsource = 'i18n/en'\ntarget = 'i18n'\nlang = 'en'\n"
            "[[module.mounts]]\ntarget = 'content'\n"
        },
        SiteInfo(
            content=("~texts/de~", "content/en"),
            languages=("~texts/de~",),
            language_prefixes={"de": ""},
            default_language="de",
            language_folders={"~texts/de~": "de", "content/en": "en"},
            shows_future=True,
        ),
        id="Hugo with mounts in several languages",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "files", "site"), SITES)
def test_a_site_is_recognized_and_its_settings_are_read(
    name: str, files: dict[str, str], site: SiteInfo, tmp_path: Path
) -> None:
    write_files(tmp_path, files)
    (found,) = find_sites(str(tmp_path))
    # What is published is the subject of pipeline/test_published_sites.py.
    assert (found.generator.name, replace(found.info, page_urls={}, post_url="")) == (name, site)


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        pytest.param("url: https://me.example\nbaseurl: ''\n", "https://me.example/", id="an empty path"),
        pytest.param("url: https://u:p@me.example/blog/\n", "https://me.example/blog/", id="a password"),
        pytest.param("url: https://u:p@me@me.example\nbaseurl: /a@b\n", "https://me.example/a@b/", id="more at signs"),
        pytest.param("url: https://me.example/@me\n", "https://me.example/@me/", id="an at sign in the path"),
        pytest.param("url: https://u:p@localhost\n", None, id="a password on this machine"),
        pytest.param("url: https://u:p@\n", None, id="a password without a host"),
        pytest.param("baseurl: /blog\n", None, id="no address"),
        pytest.param("url: http://localhost:4000\n", None, id="on this machine"),
        pytest.param("url: 1\n", None, id="no text"),
        pytest.param("url: https://me.example\nbaseurl: ./\n", "https://me.example/", id="a relative path"),
        pytest.param("url: 'https://{{ host }}/'\n", None, id="a template"),
        pytest.param("url: https://me.example/blog\nbaseurl: /blog\n", "https://me.example/blog/", id="the path twice"),
    ],
)
def test_an_address_is_taken_only_where_others_can_open_it(settings: str, url: str | None, tmp_path: Path) -> None:
    write_files(tmp_path, {"_config.yml": settings})
    (found,) = find_sites(str(tmp_path))
    assert found.info.base_url == url


@pytest.mark.parametrize(
    ("files", "url"),
    [
        pytest.param(
            {"_config.yml": "title: T\n", "CNAME": "Me.example\n"}, "https://me.example/", id="next to the settings"
        ),
        pytest.param({"_posts/": "", "CNAME": "me.example"}, "https://me.example/", id="without settings"),
        pytest.param(
            {"hugo.toml": "", "static/CNAME": "www.me.example\r\n\r\n"}, "https://www.me.example/", id="a static file"
        ),
        pytest.param(
            {"mkdocs.yml": "a: 1\n", "docs/CNAME": "me.example", "CNAME": "me.example"}, "https://me.example/", id="two"
        ),
        pytest.param(
            {"_config.yml": "url: https://a.example\n", "CNAME": "me.example"}, "https://a.example/", id="settings"
        ),
        pytest.param({"mkdocs.yml": "a: 1\n", "docs/CNAME": "me.example", "CNAME": "a.example"}, None, id="two hosts"),
        pytest.param({"_config.yml": "title: T\n", "CNAME": "me.example\na.example\n"}, None, id="two lines"),
        pytest.param({"_config.yml": "title: T\n", "CNAME": "https://me.example\n"}, None, id="a URL"),
        pytest.param({"_config.yml": "title: T\n", "CNAME": "localhost\n"}, None, id="one label"),
        pytest.param({"_config.yml": "title: T\n", "CNAME": "192.168.0.1\n"}, None, id="a number"),
        pytest.param({"_config.yml": "title: T\n", "CNAME": "a." * 130 + "example"}, None, id="a long name"),
        pytest.param({"_config.yml": "title: T\n", "CNAME": ""}, None, id="an empty file"),
        pytest.param(
            {"hugo.toml": "theme = 't'\n", "themes/t/static/CNAME": "demo.example"}, None, id="the demo of a theme"
        ),
    ],
)
def test_an_address_can_be_that_of_github_pages(files: dict[str, str], url: str | None, tmp_path: Path) -> None:
    write_files(tmp_path, files)
    (found,) = find_sites(str(tmp_path))
    assert found.info.base_url == url


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"posts/a.md": ""}, id="no settings"),
        pytest.param({"config.toml": "a = 1\n", "text/": ""}, id="settings of another program"),
        pytest.param({"config.toml": "[x", "content/": ""}, id="settings that cannot be parsed"),
        pytest.param({"config.yaml": "site: {name: a}\nmenu: b\n", "content/": ""}, id="settings of a theme"),
        pytest.param({"tests/site/_config.yml": "url: https://me.example\n"}, id="a site for tests"),
        pytest.param({"node_modules/a/astro.config.mjs": "export default {}"}, id="an installed package"),
    ],
)
def test_a_folder_that_no_generator_builds_is_no_site(files: dict[str, str], tmp_path: Path) -> None:
    write_files(tmp_path, files)
    assert find_sites(str(tmp_path)) == ()


def test_sites_below_the_root_have_paths_relative_to_the_repository(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "docs/hugo.toml": 'baseURL = "https://me.example/"\ncontentDir = "../articles"\n'
            'staticDir = ["static", "../.."]\n',
            "docs/static/": "",
            "apps/web/site/astro.config.mjs": "export default { srcDir: '../../../..', publicDir: '/etc' }\n",
            "website/_config.yml": "defaults: [{scope: {path: ''}, values: {a: b}}]\n",
        },
    )
    docs, website, web = find_sites(str(tmp_path))
    assert docs.info == SiteInfo(
        "https://me.example/",
        folder="docs",
        content=("articles",),
        static=("docs/static",),
        page_urls={"articles": "/:path/"},
    )
    assert (website.info.content, website.info.defaults) == (
        ("website",),
        (FrontMatterDefault(("website/**",), {"a": "b"}),),
    )
    assert (web.info.content, web.info.static) == ((), ())
    assert site_around("articles/a.md", (docs, website)) == docs
    assert site_around("website/_posts/a.md", (docs, website)) == website
    assert site_around("README.md", (docs, website)) is None


@posix_only
def test_settings_outside_of_the_repository_are_not_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"outside/_config.yml": "url: https://me.example\n", "inside/posts/": ""})
    (tmp_path / "inside" / "_config.yml").symlink_to(tmp_path / "outside" / "_config.yml")
    (tmp_path / "inside" / "docs").symlink_to(tmp_path / "outside")
    files = RepositoryFolder(str(tmp_path / "inside"))
    assert not files.is_file("../outside/_config.yml")
    assert not files.is_folder("/")
    assert (files.names("docs"), files.text("nul\0"), files.text("posts")) == ((), "", "")
    assert find_sites(str(tmp_path / "inside")) == ()
    assert detect(files) is None
