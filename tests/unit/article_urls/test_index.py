from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from systems import posix_only

from linkcheck.article_urls import ArticleUrlOptions, PublishedSite, UrlKeys, UrlPattern
from linkcheck.article_urls.index import ArticleUrls

Made = Callable[..., ArticleUrls]
BARE = "---\ntitle: A page\n---\n"


@pytest.fixture
def site(tmp_path: Path) -> Made:
    """Writes files, each with its text or an empty article, and returns the URLs of the articles."""

    def make(*files: str | tuple[str, str], sites: tuple[PublishedSite, ...] = (), **options: object) -> ArticleUrls:
        for file in files:
            path, text = (file, BARE) if isinstance(file, str) else file
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return ArticleUrls(str(tmp_path), ArticleUrlOptions(**options), lambda _: sites)  # type: ignore[arg-type]

    return make


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("content/posts/p1.md", "/posts/p1/"),
        ("content/posts/p1.md", "/posts/p1"),
        ("content/posts/p1/index.md", "/posts/p1/"),
        ("content/posts/_index.md", "/posts/"),
        ("content/_index.md", "/"),
        ("index.md", "/index.html"),
        ("content/posts/caf\u00e9.md", "/posts/cafe\u0301/"),
        ("content/en/posts/p1.md", "/en/posts/p1/"),
        ("content/posts/p1.pt-br.md", "/pt-br/posts/p1/"),
        ("content/posts/p1/index.fr.md", "/fr/posts/p1/"),
        ("docs/guide/usage.md", "/guide/usage/"),
        ("docs/guide/usage.md", "/docs/guide/usage"),
        ("website/docs/usage.md", "/docs/usage"),
        ("i18n/fr/docusaurus-plugin-content-docs/current/usage.md", "/fr/docs/usage"),
        ("versioned_docs/version-2.0/usage.md", "/docs/2.0/usage"),
        ("src/content/docs/guides/example.md", "/guides/example/"),
        ("src/content/blog/p1.md", "/blog/p1/"),
        ("src/pages/about.astro", "/about/"),
        ("src/pages/about.md", "/about"),
        ("apps/site/pages/en/learn/p1.mdx", "/en/learn/p1"),
        ("source/about/index.md", "/about/"),
        ("content/posts/p1.qmd", "/posts/p1.html"),
        ("_posts/2024-03-01-x.md", "/x/"),
        ("source/_posts/x/index.md", "/x/"),
        ("content/blog/2024-03-01-x/index.md", "/blog/2024-03-01-x/"),
        ("content/blog/2024-03-01-x.md", "/blog/x/"),
    ],
)
def test_a_url_is_made_from_the_path_of_the_article(site: Made, file: str, url: str) -> None:
    assert site(file).find(url) == file


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("content/posts/p1.md", "/posts/p2/"),
        ("content/posts/p1.md", "/Posts/P1.html"),
        ("content/posts/My first post.md", "/posts/my-first-post/"),
        ("content/en/posts/p1.md", "/posts/p1/"),
        ("content/posts/p1.fr.md", "/posts/p1/"),
        ("content/1.guide/usage.md", "/guide/usage"),
        ("docs/guide/README.md", "/docs/guide/"),
        ("docs/guide/usage.md", "/guide/usage.md"),
        ("README.md", "/"),
        ("CONTRIBUTING.md", "/contributing/"),
        ("_pages/about.md", "/about/"),
        ("_drafts/x.md", "/x/"),
        ("content/posts/p1.md", "/p1/"),
        ("content/posts/p1.md", "/news/p1/"),
        ("content/posts/p1.md", "/content/posts/p1"),
        ("content/posts/p1.md", "/de/posts/p1/"),
        ("content/posts/p1.md", "/2024/03/01/p1/"),
        ("content/posts/p1.md", "/posts/"),
        ("content/posts/p1.md", "/"),
        ("_posts/2024-03-01-x.md", "/2024/03/02/x.html"),
        ("_posts/2024-03-01-x.md", "/news/2024/03/01/x.html"),
        ("docs/api/x.md", "/x/"),
        (".hidden/posts/p1.md", "/posts/p1/"),
        ("content/posts/p1.png", "/posts/p1/"),
        ("content/posts/p1.md", "/" + "a/" * 100),
        ("content/posts/p1.md", "/" + "a" * 100_000),
    ],
)
def test_other_urls_are_not_known(site: Made, file: str, url: str) -> None:
    assert site(file).find(url) is None


@pytest.mark.parametrize(
    ("front_matter", "url"),
    [
        ("permalink: /about/", "/about"),
        ("permalink: about.html", "/about.html"),
        ("permalink: /", "/"),
        ("url: /about/", "/about/"),
        ("aliases: [/old/, older]", "/old/"),
        ("aliases: [/old/, older]", "/posts/older/"),
        ("redirect_from:\n  - /old/", "/old"),
        ("slug: other", "/posts/other/"),
        ("slug: /other", "/posts/other"),
        ("permalink: https://www.example.com/site/about/", "/about/"),
        ("permalink: /site/about/", "/about/"),
        ("url: https://elsewhere.example/about/", "/posts/p1/"),
    ],
)
def test_a_url_is_stated_by_the_front_matter(site: Made, front_matter: str, url: str) -> None:
    article = ("content/posts/p1.md", f"---\n{front_matter}\n---\n")
    assert site(article, base_url="https://www.example.com/site/").find(url) == article[0]


@pytest.mark.parametrize(
    "front_matter", ["permalink: /about/", "permalink: about", "permalink: /:year/", "url: /about/", "slug: /about"]
)
def test_a_stated_url_replaces_that_of_the_path(site: Made, front_matter: str) -> None:
    assert site(("content/posts/p1.md", f"---\n{front_matter}\n---\n")).find("/posts/p1/") is None


def test_the_value_of_a_link_is_not_the_url_of_its_article(site: Made) -> None:
    urls = site(("content/a.md", "---\nurl: /missing/\n---\n"), ("content/b.md", "---\nurl: /a/\n---\n"))
    assert urls.find("/missing/", links=frozenset({"url"})) is None
    assert urls.find("/a/", links=frozenset({"url"})) == "content/a.md"
    assert urls.find("/missing/", links=frozenset({"next"})) == "content/a.md"


def test_the_keys_can_have_other_names(site: Made) -> None:
    article = ("content/a.md", "---\naddress: /b/\nurl: /c/\n---\n")
    urls = site(article, keys=UrlKeys(permalinks=("address",)))
    assert (urls.find("/b/"), urls.find("/c/"), urls.find("/a/")) == ("content/a.md", None, None)


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/n/:year/:month/:slug/", "/n/2024/03/x/"),
        ("/n/:i_month/:title.html", "/n/3/x.html"),
        ("/n/{year}/{slug}.html", "/n/2024/x.html"),
        ("/:categories/:title:output_ext", "/news/x.html"),
        ("/:sections/:slug", "/sub/x"),
        ("/n/:path/", "/n/sub/x/"),
        ("/n/", "/n/sub/x"),
        ("/", "/sub/x"),
    ],
)
def test_a_pattern_of_the_configuration_replaces_the_usual_urls(site: Made, pattern: str, url: str) -> None:
    article = ("content/blog/sub/2024-03-01-x.md", "---\ncategories: [News]\n---\n")
    urls = site(article, patterns=(UrlPattern(pattern, "content/blog/**/*.md"),))
    assert urls.find(url) == article[0]
    assert urls.find("/blog/sub/x/") is None


@pytest.mark.parametrize(
    ("file", "glob", "pattern", "url"),
    [
        pytest.param("content/blog/_index.md", "content/blog/**", "/log/:slug/", "/blog/", id="of the collection"),
        pytest.param("content/blog/x/_index.md", "content/blog", "/log/:slug/", "/blog/x/", id="of a folder below"),
        pytest.param("guides/index.md", "guides", "/help/", "/help/", id="of the collection, whose path is stated"),
        pytest.param("guides/x/index.md", "guides", "/help/", "/help/x/", id="of a folder below a stated path"),
        pytest.param("posts/x/index.md", "posts/x/index.md", "/log/:slug/", "/log/x/", id="that the configuration names"),
    ],
)
def test_the_page_of_a_folder_is_no_article_of_a_pattern(site: Made, file: str, glob: str, pattern: str, url: str) -> None:
    urls = site(file, patterns=(UrlPattern(pattern, glob),))
    assert urls.find(url) == file


def test_a_pattern_with_an_unknown_name_changes_nothing(site: Made) -> None:
    urls = site("content/blog/x.md", patterns=(UrlPattern("/:weather/:slug/", "content/blog"),))
    assert urls.find("/blog/x/") == "content/blog/x.md"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("p2", "content/posts/p2.md"),
        ("../posts/p2/", "content/posts/p2.md"),
        ("../p2", "content/posts/p2.md"),
        ("../../about", "content/about.md"),
        ("../about.md", "content/about.md"),
        ("p3", None),
        ("../../../../about", None),
        (".", "content/posts/p1.md"),
    ],
)
def test_a_relative_path_starts_from_the_file_or_the_url_of_the_article(site: Made, path: str, found: str | None) -> None:
    urls = site("content/posts/p1.md", "content/posts/p2.md", "content/about.md")
    assert urls.find(path, article="content/posts/p1.md") == found


def test_a_file_below_a_url_is_next_to_the_article(site: Made) -> None:
    urls = site("content/blog/2024-03-01-x/index.md", "content/about.md")
    assert urls.next_to("/blog/2024/03/01/x/card.png") == ("content/blog/2024-03-01-x/card.png",)
    assert urls.next_to("/blog/2024/03/01/x/img/a/card.png") == ("content/blog/2024-03-01-x/img/a/card.png",)
    assert urls.next_to("/about/../../card.png") == ("content/card.png",)
    assert urls.next_to("/card.png") == ()
    assert urls.next_to("/other/card.png") == ()


def test_paths_are_relative_to_the_working_directory(site: Made) -> None:
    urls = site("work/content/p1.md", "content/p2.md", folder="work", patterns=(UrlPattern("/n/:slug", "content/*.md"),))
    assert (urls.find("/n/p1"), urls.find("/p2")) == ("content/p1.md", "../content/p2.md")
    assert urls.find("p1", article="content/p3.md") == "content/p1.md"


def test_a_repository_with_too_many_files_is_not_read(site: Made) -> None:
    files = [f"content/p{number}.md" for number in range(4)]
    assert site(*files, most_files=4).find("/p1/") == "content/p1.md"
    refused = site(*files, most_files=3)
    assert (refused.find("/p1/"), refused.next_to("/p1/a.png")) == (None, ())


def test_of_a_repository_with_too_many_files_the_given_files_are_read(site: Made) -> None:
    files = [f"content/p{number}.md" for number in range(4)]
    urls = site(*files, most_files=3, given=("content/p1.md", "content/p2.md"), sites=(HUGO,))
    assert [urls.find(f"/p{number}/") for number in range(4)] == [None, "content/p1.md", "content/p2.md", None]
    assert (urls.are_all_read, urls.has_sites) == (False, True)
    below = site(*files, most_files=3, given=("p1.md",), folder="content")
    assert (below.find("/p1/"), below.has_sites) == ("p1.md", True)


def test_pages_of_folders_around_given_files_are_read_too(site: Made) -> None:
    files = ("content/a/p.md", "content/a/_index.md", "content/a/q.md", "content/b/index.md")
    urls = site(*files, most_files=1, given=("content/a/p.md",), sites=(HUGO,))
    assert [urls.find(path) for path in ("/a/p/", "/a/", "/a/q/", "/b/")] == [*files[:2], None, None]


@posix_only
def test_ignored_files_and_links_are_no_articles(site: Made, tmp_path: Path) -> None:
    urls = site((".gitignore", "/build/\n"), "build/content/p1.md", "content/p2.md")
    (tmp_path / "content" / "p3.md").symlink_to("p2.md")
    assert (urls.find("/p1/"), urls.find("/p3/"), urls.find("/p2/")) == (None, None, "content/p2.md")


def test_many_articles_of_one_name_take_bounded_time(site: Made) -> None:
    urls = site(*(f"content/{number}/overview.md" for number in range(1200)))
    assert urls.find("/0/overview") == "content/0/overview.md"
    assert urls.find("/nowhere/overview") is None


def test_articles_are_read_when_the_first_url_is_looked_up(site: Made, tmp_path: Path) -> None:
    urls = site()
    (tmp_path / "late.md").write_text(BARE)
    assert urls.find("/late/") == "late.md"


HUGO = PublishedSite(
    "Hugo", content=("content",), languages={"en": "", "fr": "fr"}, default_language="en", patterns={"content": "/:path/"}
)
BY_FOLDER = PublishedSite(
    "Hugo",
    content=("content/en", "content/german"),
    languages={"en": "", "de": "de"},
    default_language="en",
    language_folders={"content/german": "de"},
    patterns={"content/en": "/:path/", "content/german": "/:path/"},
)
PATTERN = replace(
    HUGO, patterns={"content": "/:path/", "content/blog": "/log/:year/:slug/", "content/x": "/:sections/:title"}
)
JEKYLL = PublishedSite(
    "Jekyll",
    collections=("_services", "_works", "_jobs", "_pages"),
    hidden=("vendor",),
    patterns={"": "/:path.html", "_services": "/services/:path.html", "_works": "/w/:title/", "_jobs": "/j/:name/"},
    posts="/:categories/:year/:month/:day/:title:output_ext",
)
UNDATED = replace(JEKYLL, posts="/:title/")
DOCUSAURUS = PublishedSite(
    "Docusaurus",
    content=("docs", "blog", "pages"),
    patterns={"docs": "/guides/:path/", "blog": "/blog/:dated_path/", "pages": "/:exact_path/"},
)
ASTRO = PublishedSite(
    "Astro",
    content=("src/content", "src/pages"),
    patterns={"src/pages": "/:path/", "src/content/blog": "/blog/:path/", "src/content/news": "/news/:path/"},
)
NUXT = PublishedSite("Nuxt", content=("content",), patterns={"content": "/:path/"})
MKDOCS = PublishedSite("MkDocs", content=("docs",), patterns={"docs": "/:path/"})
VUEPRESS = PublishedSite("VuePress", patterns={"": "/:path"})
VITEPRESS = PublishedSite("VitePress", patterns={"": "/:path"})
QUARTO = PublishedSite("Quarto", patterns={"": "/:path.html"})
ZOLA = PublishedSite(
    "Zola", content=("content",), languages={"en": ""}, default_language="en", patterns={"content": "/:path/"}
)
PELICAN = PublishedSite("Pelican", content=("content",), patterns={"content": "/:slug.html"})
HEXO = PublishedSite("Hexo", content=("source",), patterns={"source": "/:path.html"}, posts=":year/:month/:day/:title/")
ELEVENTY = PublishedSite("Eleventy", content=("src",), patterns={"src": "/:path/"})
NEXT = PublishedSite("Next.js", content=("posts", "pages"), patterns={"pages": "/:path/"})
OTHER = PublishedSite("Obsidian")
PLAIN = "No front matter.\n"


@pytest.mark.parametrize(
    ("published", "file", "url"),
    [
        (HUGO, "content/posts/My First Post.md", "/posts/my-first-post/"),
        (HUGO, "content/posts/01-intro.md", "/posts/01-intro/"),
        (HUGO, "content/posts/p1.md", "/posts/p1/index.html"),
        (HUGO, "content/posts/p1.md", "/posts/p1"),
        (HUGO, "content/posts/p1.fr.md", "/fr/posts/p1/"),
        (HUGO, "content/posts/p1.en.md", "/posts/p1/"),
        (HUGO, "content/_index.md", "/"),
        (HUGO, ("content/posts/_index.md", "---\nslug: x\n---\n"), "/posts/"),
        (HUGO, "content/posts/p1/index.md", "/posts/p1/"),
        (HUGO, ("content/posts/p1/index.md", "---\nslug: other\n---\n"), "/posts/other/"),
        (HUGO, ("content/posts/p1.md", "---\nslug: other\n---\n"), "/posts/other/"),
        (HUGO, ("content/posts/p1.md", PLAIN), "/posts/p1/"),
        (HUGO, ("content/posts/p1.md", "---\nbuild:\n  list: never\n---\n"), "/posts/p1/"),
        (BY_FOLDER, "content/en/posts/p1.md", "/posts/p1/"),
        (BY_FOLDER, "content/german/posts/p1.md", "/de/posts/p1/"),
        (BY_FOLDER, "content/en/_index.md", "/"),
        (PATTERN, ("content/blog/x.md", "---\ntitle: My x\ndate: 2024-03-01\n---\n"), "/log/2024/my-x/"),
        (PATTERN, ("content/blog/x.md", "---\nslug: y\ndate: 2024-03-01\n---\n"), "/log/2024/y/"),
        (PATTERN, ("content/blog/x.fr.md", "---\nslug: y\ndate: 2024-03-01\n---\n"), "/fr/log/2024/y/"),
        (PATTERN, ("content/x/a/b.md", "---\ntitle: My x\n---\n"), "/x/a/my-x"),
        (PATTERN, "content/blog/_index.md", "/blog/"),
        (JEKYLL, "about/index.md", "/about/"),
        (JEKYLL, "index.md", "/"),
        (JEKYLL, "_services/repair.md", "/services/repair.html"),
        (JEKYLL, "_services/car/2024-03-01-repair.md", "/services/car/2024-03-01-repair.html"),
        (JEKYLL, "_works/2024-03-01-one.md", "/w/one/"),
        (JEKYLL, ("_works/one.md", "---\nslug: two\n---\n"), "/w/two/"),
        (JEKYLL, ("_jobs/one.md", "---\nslug: two\n---\n"), "/j/one/"),
        (JEKYLL, "_posts/2024-03-01-x.md", "/2024/03/01/x.html"),
        (JEKYLL, ("_posts/2024-03-05-x.md", "---\ndate: 2024-03-01\n---\n"), "/2024/03/01/x.html"),
        (JEKYLL, ("_posts/2024-03-05-x.md", "---\npublished: 2024-03-02\ndate: '2024-03-01'\n---\n"), "/2024/03/01/x.html"),
        (JEKYLL, "_posts/sub/2024-03-01-x.md", "/2024/03/01/x.html"),
        (JEKYLL, "news/_posts/2024-03-01-x.md", "/news/2024/03/01/x.html"),
        (JEKYLL, "_posts/2024-03-01-My-Post.md", "/2024/03/01/My-Post.html"),
        (JEKYLL, ("_posts/2024-03-01-x.md", "---\ncategories: [News, Old]\n---\n"), "/news/old/2024/03/01/x.html"),
        (JEKYLL, ("about.html", PLAIN), "/about.html"),
        (JEKYLL, "about.md", "/about"),
        (JEKYLL, "_posts/2024-03-01-x.md", "/2024/03/01/x"),
        (JEKYLL, ("about.md", "---\npermalink: /us.html\n---\n"), "/us"),
        (UNDATED, "_posts/2024-03-01-x.md", "/x/"),
        (DOCUSAURUS, "docs/01-guide/02-usage.mdx", "/guides/guide/usage"),
        (DOCUSAURUS, "docs/guide/README.md", "/guides/guide/"),
        (DOCUSAURUS, "docs/guide/guide.md", "/guides/guide/"),
        (DOCUSAURUS, "docs/2024-04-x.md", "/guides/2024-04-x"),
        (DOCUSAURUS, ("docs/a/b.md", "---\nslug: c\n---\n"), "/guides/a/c"),
        (DOCUSAURUS, ("docs/a/b.md", "---\nid: c\n---\n"), "/guides/a/c"),
        (DOCUSAURUS, ("docs/a/b.md", "---\nslug: /c\n---\n"), "/guides/c"),
        (DOCUSAURUS, "blog/2024-03-01-x.md", "/blog/2024/03/01/x"),
        (DOCUSAURUS, "blog/2024-03-01-x/index.md", "/blog/2024/03/01/x"),
        (DOCUSAURUS, ("blog/2024-03-01-x.md", "---\nslug: y\n---\n"), "/blog/y"),
        (DOCUSAURUS, ("blog/x.md", "---\ndate: 2024-03-01\n---\n"), "/blog/x"),
        (DOCUSAURUS, ("docs/Usage.md", PLAIN), "/guides/Usage"),
        (DOCUSAURUS, "pages/about.mdx", "/about"),
        (ASTRO, "src/content/blog/p1.md", "/blog/p1/"),
        (ASTRO, "src/content/blog/p1/index.md", "/blog/p1/"),
        (ASTRO, ("src/content/blog/p1.md", "---\nslug: 2024/p2\n---\n"), "/blog/2024/p2"),
        (ASTRO, "src/pages/about.astro", "/about/"),
        (NUXT, "content/1.guide/2.usage.md", "/guide/usage"),
        (MKDOCS, ("docs/guide/README.md", PLAIN), "/guide/"),
        (MKDOCS, ("docs/guide/Usage.md", PLAIN), "/guide/Usage/"),
        (VUEPRESS, ("guide/README.md", PLAIN), "/guide/"),
        (VITEPRESS, "guide/usage.md", "/guide/usage.md"),
        (VITEPRESS, "guide/usage.md", "/guide/usage.html"),
        (VITEPRESS, "guide/usage.md", "/guide/usage"),
        (QUARTO, "posts/p1.qmd", "/posts/p1.html"),
        (QUARTO, "posts/p1/index.qmd", "/posts/p1/"),
        (ZOLA, "content/blog/2024-03-01-x.md", "/blog/x/"),
        (PELICAN, ("content/a.md", "Title: What's new?\nDate: 2024-03-01\n\nText\n"), "/whats-new.html"),
        (HEXO, ("source/_posts/x.md", "---\ndate: 2024-03-01\n---\n"), "/2024/03/01/x/"),
        (HEXO, "source/about/index.md", "/about/"),
        (ELEVENTY, ("src/posts/p1.md", PLAIN), "/posts/p1/"),
        (ELEVENTY, ("src/posts/posts.md", PLAIN), "/posts/"),
        (ELEVENTY, "src/posts/2024-03-01-x.md", "/posts/x/"),
        (ELEVENTY, ("src/feed.njk", "---\npermalink: /news/\n---\n"), "/news/"),
        (NEXT, ("pages/about.tsx", PLAIN), "/about"),
        (OTHER, "articles/p1.md", "/articles/p1"),
    ],
)
def test_an_article_has_the_url_that_its_generator_gives_it(
    site: Made, published: PublishedSite, file: str | tuple[str, str], url: str
) -> None:
    path = file if isinstance(file, str) else file[0]
    assert site(file, sites=(published,), today=date(2026, 1, 1)).find(url) == path


@pytest.mark.parametrize(
    ("published", "file", "url"),
    [
        (HUGO, "scripts/README.md", "/scripts/"),
        (HUGO, ("CONTRIBUTING.md", PLAIN), "/contributing/"),
        (HUGO, "docs-internal/plan.md", "/docs-internal/plan/"),
        (HUGO, "content/posts/README.md", "/posts/"),
        (HUGO, "content/posts/p1.md", "/posts/p1.md"),
        (HUGO, "content/posts/p1.md", "/posts/P1/"),
        (HUGO, "content/posts/P1.md", "/posts/P1/"),
        (HUGO, "content/posts/01-intro.md", "/posts/intro/"),
        (HUGO, "content/posts/p1.fr.md", "/posts/p1/"),
        (HUGO, "content/posts/p1.de.md", "/de/posts/p1/"),
        (HUGO, "content/_index.fr.md", "/"),
        (HUGO, "content/fr/p1.de.md", "/p1/"),
        (HUGO, ("content/posts/p1.md", "---\nslug: other\n---\n"), "/posts/p1/"),
        (HUGO, ("content/posts/p1.md", "---\ntitle: Other\n---\n"), "/posts/other/"),
        (HUGO, "content/blog/2024-03-01-x.md", "/blog/x/"),
        (HUGO, "content/posts/p1.md", "/posts/p1.html"),
        (HUGO, "content/posts/p1.svg", "/posts/p1"),
        (HUGO, ("content/posts/p1.md", "---\nurl: /:year/x/\n---\n"), "/posts/p1/"),
        (HUGO, ("content/posts/p1.md", "---\naliases: [/old.html]\n---\n"), "/old/"),
        (HUGO, ("content/blog/x.md", "---\ndate: 2024-03-01\n---\n"), "/blog/2024/03/01/x/"),
        (BY_FOLDER, "content/german/posts/p1.md", "/posts/p1/"),
        (BY_FOLDER, "content/german/posts/p1.md", "/german/posts/p1/"),
        (BY_FOLDER, "content/german/_index.md", "/"),
        (BY_FOLDER, "content/en/posts/p1.md", "/en/posts/p1/"),
        (PATTERN, ("content/blog/x.md", "---\ndate: 2024-03-01\n---\n"), "/blog/x/"),
        (PATTERN, ("content/blog/x.md", "---\ntitle: My x\ndate: 2024-03-01\n---\n"), "/log/2024/x/"),
        (PATTERN, ("content/blog/2024-03-01-x.md", "---\ntitle: My x\n---\n"), "/log/2024/my-x/"),
        (PATTERN, ("content/blog/x.md", "---\ntitle: X\ndate: 2024-03-01\npublished: 2023-03-01\n---\n"), "/log/2024/x/"),
        (JEKYLL, ("README.md", PLAIN), "/"),
        (JEKYLL, "about.md", "/about/"),
        (JEKYLL, ("about.md", "---\npermalink: /us.html\n---\n"), "/us/"),
        (QUARTO, "posts/p1.qmd", "/posts/p1"),
        (PELICAN, ("content/a.md", "Title: A\nAliases: /old.html\n\nText\n"), "/old"),
        (JEKYLL, "_pages/about.md", "/about/"),
        (JEKYLL, "_pages/about.md", "/pages/about.html"),
        (JEKYLL, "_works/one.md", "/works/one.html"),
        (JEKYLL, ("_posts/2024-03-01-x.md", "---\ncategories: [News, Old]\n---\n"), "/news/2024/03/01/x.html"),
        (JEKYLL, ("_posts/2024-03-01-x.md", "---\ncategories: [Big News]\n---\n"), "/big-news/2024/03/01/x.html"),
        (JEKYLL, "_posts/2024-13-10-x.md", "/2024/13/10/x.html"),
        (JEKYLL, ("_posts/2024-03-05-x.md", "---\ndate: 2024-03-01\n---\n"), "/2024/03/05/x.html"),
        (JEKYLL, ("_posts/2024-03-05-x.md", "---\ndate: 2024-03-01 23:30:00\n---\n"), "/2024/03/01/x.html"),
        (JEKYLL, ("_posts/x.md", "---\ndate: 2024-03-01\n---\n"), "/2024/03/01/x.html"),
        (JEKYLL, ("_works/one.md", "---\npermalink: /:title\n---\n"), "/w/one/"),
        (JEKYLL, ("about.md", PLAIN), "/about/"),
        (JEKYLL, "_notes/x.md", "/notes/x.html"),
        (JEKYLL, "_drafts/x.md", "/x.html"),
        (JEKYLL, "About.md", "/about.html"),
        (JEKYLL, "vendor/gem/x.md", "/vendor/gem/x.html"),
        (JEKYLL, "_posts/2024-03-01-x.md", "/x/"),
        (UNDATED, "_posts/2024-03-01-x.md", "/2024/03/01/x.html"),
        (DOCUSAURUS, "README.md", "/"),
        (DOCUSAURUS, "internal/plan.md", "/internal/plan"),
        (DOCUSAURUS, "docs/01-guide.md", "/guides/01-guide"),
        (DOCUSAURUS, "docs/guide.md", "/docs/guide"),
        (DOCUSAURUS, "docs/guide.md", "/guides/guide.html"),
        (DOCUSAURUS, ("docs/a/b.md", "---\nid: c\n---\n"), "/guides/a/b"),
        (DOCUSAURUS, ("docs/a/index.md", "---\nslug: c\n---\n"), "/guides/a"),
        (DOCUSAURUS, "blog/01-x.md", "/blog/x"),
        (DOCUSAURUS, "docs/2024-report.md", "/guides/2024-report"),
        (DOCUSAURUS, "blog/2024/x.md", "/blog/2024/x"),
        (DOCUSAURUS, "i18n/fr/docusaurus-plugin-content-docs/current/usage.md", "/fr/docs/usage"),
        (ASTRO, "README.md", "/"),
        (ASTRO, ("src/content/blog/p1.md", "---\ndate: 2024-03-01\n---\n"), "/2024/03/01/p1/"),
        (ASTRO, "src/pages/_part.md", "/part/"),
        (ASTRO, "src/components/card.astro", "/components/card/"),
        (ASTRO, "src/content/docs/p1.md", "/docs/p1/"),
        (ASTRO, "src/pages/tags/[tag].astro", "/tags/tag"),
        (NUXT, ("README.md", PLAIN), "/"),
        (VITEPRESS, "guide/README.md", "/guide/"),
        (VITEPRESS, "guide/usage.md", "/guide/usage/"),
        (QUARTO, "posts/p1.qmd", "/posts/p1/"),
        (MKDOCS, "docs/about.fr.md", "/fr/about/"),
        (PELICAN, ("content/a.md", "Title: New\nLang: fr\n\nText\n"), "/new.html"),
        (PELICAN, ("content/a.md", "Title: New\nDate: 2024-03-01\n\nText\n"), "/a.html"),
        (HEXO, ("source/_posts/sub/x.md", "---\ndate: 2024-03-01\n---\n"), "/2024/03/01/x/"),
        (HEXO, "source/_posts/2024-03-01-x.md", "/2024/03/01/x/"),
        (ZOLA, ("content/blog/x.md", PLAIN), "/blog/x/"),
        (ZOLA, "content/blog/2024-03-01-x.md", "/blog/2024-03-01-x/"),
        (ZOLA, "content/foo_bar/x.md", "/foo_bar/x/"),
        (ZOLA, "content/v1.2-notes.md", "/v1.2-notes/"),
        (ZOLA, "content/\u00e9t\u00e9.md", "/\u00e9t\u00e9/"),
        (ELEVENTY, "src/_includes/x.md", "/includes/x/"),
        (ELEVENTY, "src/n.md", "/n.html"),
        (ELEVENTY, ("src/n.md", "---\npermalink: /pl/{{ title }}/\n---\n"), "/n/"),
        (ELEVENTY, ("src/feed.njk", "---\npermalink: /news/\n---\n"), "/feed/"),
        (NEXT, "posts/p1.md", "/posts/p1"),
        (NEXT, ("README.md", PLAIN), "/"),
    ],
)
def test_what_the_generator_does_not_publish_under_a_url_is_not_known(
    site: Made, published: PublishedSite, file: str | tuple[str, str], url: str
) -> None:
    assert site(file, sites=(published,), today=date(2026, 1, 1)).find(url) is None


@pytest.mark.parametrize(
    "front_matter",
    [
        "draft: true",
        "Draft: 'TRUE' # soon",
        "published: false",
        "status: draft",
        "headless: true",
        "render: false",
        "permalink: false",
        "build: {render: never}",
        "build:\n  list: never\n  render: link",
        "_build:\n  render: false",
        "date: 2026-01-02",
        "publishDate: 2027-01-01T00:00:00Z",
        "expiryDate: 2025-12-31",
        "\n".join(f"key{number}: x" for number in range(501)),
    ],
)
def test_an_article_that_may_have_no_page_is_not_known(site: Made, front_matter: str) -> None:
    files = [("content/posts/p1.md", f"---\n{front_matter}\n---\n"), "content/posts/p2.md"]
    for sites in ((), (HUGO,)):
        urls = site(*files, sites=sites, today=date(2026, 1, 1))
        assert (urls.find("/posts/p1/"), urls.find("/posts/p2/")) == (None, "content/posts/p2.md")
        assert urls.find("p1", article="content/posts/p2.md") is None


@pytest.mark.parametrize(
    "text",
    [
        "+++\ndraft = true\n+++\n",
        "+++\ndraft=true\n+++\n",
        "+++\nexpiryDate =2021-01-01\n+++\n",
        "+++\noutputs=['json']\n+++\n",
        "+++\ntitle = 'x'\n[build]\nlist = 'never'\nrender = 'never'\n+++\n",
        "+++\nbuild.render = 'never'\n+++\n",
        '{"draft": true}\n',
        '{"build": {"render": "never"}}\n',
        '{"title": \n',
        "---js\n{draft: true}\n---\n",
        "Title: x\nStatus: draft\n\nText\n",
        f"---\ntitle: {'x' * 17_000}\ndraft: true\n---\n",
    ],
    ids=[
        "TOML",
        "TOML without spaces",
        "an end",
        "no HTML",
        "a table",
        "a dotted key",
        "JSON",
        "JSON with options",
        "no JSON",
        "code",
        "metadata",
        "a long text",
    ],
)
def test_an_article_that_may_have_no_page_is_not_known_in_any_notation(site: Made, text: str) -> None:
    assert site(("content/posts/p1.md", text), sites=(HUGO,), today=date(2026, 1, 1)).find("/posts/p1/") is None


def test_a_generator_can_publish_what_is_dated_in_the_future(site: Made) -> None:
    article = ("content/posts/p1.md", "---\ndate: 2030-01-01\n---\n")
    future = replace(HUGO, shows_future=True)
    assert site(article, sites=(future,), today=date(2026, 1, 1)).find("/posts/p1/") == article[0]


def test_the_pages_of_another_site_of_the_repository_are_not_known(site: Made) -> None:
    one = PublishedSite(
        "Hugo", "one", ("one/content",), patterns={"one/content": "/:path/"}, base_url="https://one.example/"
    )
    two = PublishedSite("Hugo", "two", ("two/content",), patterns={"two/content": "/:path/"})
    urls = site("one/content/a.md", "two/content/b.md", sites=(one, two), base_url="https://one.example/")
    assert urls.find("/b/", article="one/content/a.md") is None
    assert urls.find("/b/", article="two/content/c.md") == "two/content/b.md"
    assert urls.find("/a/", article="two/content/b.md", is_url=True) == "one/content/a.md"
    assert urls.find("/b/", article="two/content/b.md", is_url=True) is None


def test_a_declared_url_is_known_as_it_is_written(site: Made) -> None:
    urls = site(("content/a.md", "---\naliases: [/Old/, /01-first/]\n---\n"), sites=(HUGO,))
    assert [urls.find(url) for url in ("/Old/", "/old/", "/01-first/", "/first/")] == ["content/a.md", None] * 2


def test_the_file_of_an_article_is_known_by_its_path(site: Made) -> None:
    urls = site(
        "content/blog/a.md", ("content/blog/b.md", PLAIN), ("content/c.md", "---\ndraft: true\n---\n"), sites=(ZOLA,)
    )
    assert urls.find("@/blog/a.md") == "content/blog/a.md"
    assert (urls.names_article("/blog/a.md"), urls.names_article("/blog/a/"), urls.names_article("/d.md")) == (
        True,
        False,
        False,
    )
    assert [urls.has_page(f"content/{each}.md") for each in ("blog/a", "blog/b", "c", "d")] == [True, None, False, None]


def test_files_next_to_an_article_are_known_although_it_is_a_draft(site: Made) -> None:
    urls = site(("content/blog/x/index.md", "---\ndraft: true\n---\n"), sites=(HUGO,))
    assert urls.next_to("/blog/x/card.png") == ("content/blog/x/card.png",)


@pytest.mark.parametrize("glob", ["content/posts/**", "content/[z-a]", "*" * 1000, "{a," * 100])
def test_what_the_settings_hide_is_not_known_nor_anything_if_that_is_not_clear(site: Made, glob: str) -> None:
    assert site("content/posts/p1.md", sites=(replace(HUGO, hidden=(glob,)),)).find("/posts/p1/") is None


def test_articles_next_to_the_index_of_a_bundle_and_below_have_no_page(site: Made) -> None:
    files = ["content/x/index.md", "content/x/a.md", "content/x/sub/b.md", "content/y/_index.md", "content/y/a.md"]
    urls = site(*files, sites=(HUGO,))
    found = [urls.find(url) for url in ("/x/", "/x/a/", "/x/sub/b/", "/y/a/")]
    assert found == ["content/x/index.md", None, None, "content/y/a.md"]


def test_a_file_is_below_the_certain_url_of_its_article_and_not_below_that_of_its_title(site: Made) -> None:
    article = ("content/posts/voyage/index.md", "---\ntitle: Trip\naliases: [/old/]\n---\n")
    urls = site(article, sites=(HUGO,))
    picture = "content/posts/voyage/sea.png"
    assert [urls.next_to(f"/{url}/sea.png") for url in ("posts/trip", "posts/voyage", "old")] == [(), (picture,), (picture,)]
    assert site(article).next_to("/posts/trip/sea.png") == (picture,)


@pytest.mark.parametrize(
    ("path", "article", "found"),
    [
        ("../x/", "content/a/y.md", "content/a/x.md"),
        ("../x", "content/a/y.md", "content/a/x.md"),
        ("../s/", "content/a/y.md", "content/a/z.md"),
        ("../s/", "content/a/b/index.md", "content/a/z.md"),
        ("./", "content/a/y.md", "content/a/y.md"),
        ("../../old/", "content/a/y.md", "content/a/x.md"),
        ("s", "content/a/y.md", None),
        ("x", "content/a/y.md", "content/a/x.md"),
        ("../../../../a/x/", "content/a/y.md", "content/a/x.md"),
    ],
)
def test_a_relative_path_starts_from_the_certain_url_of_the_article(
    site: Made, path: str, article: str, found: str | None
) -> None:
    files = (
        ("content/a/x.md", "---\naliases: [/old/]\n---\n"),
        ("content/a/z.md", "---\nslug: s\n---\n"),
        "content/a/y.md",
        "content/a/b/index.md",
    )
    assert site(*files, sites=(HUGO,)).find(path, article=article) == found


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (BARE, "/a/x/"),
        ("---\nslug: other\n---\n", "/a/other/"),
        ("---\nurl: /x/\n---\n", None),
        ("---\nslug: b/x\n---\n", None),
        ("---\ndraft: true\n---\n", None),
    ],
)
def test_a_relative_path_leads_to_a_url_if_it_is_certain(site: Made, text: str, url: str | None) -> None:
    urls = site(("content/a/x.md", text), "content/a/y.md", sites=(HUGO,))
    assert urls.url_of_relative("x.md", article="content/a/y.md") == url
    assert urls.url_of_relative("/a/x/", article="content/a/y.md") is None
    assert site().url_of_relative("x.md", article="content/a/y.md") is None


def test_a_relative_path_with_an_extension_is_that_of_the_file(site: Made) -> None:
    urls = site("docs/01-one.md", "docs/02-two.md", ("docs/three.md", "---\ntitle: Third page\n---\n"), sites=(DOCUSAURUS,))
    article = "docs/01-one.md"
    assert urls.find("./02-two.md", article=article) == "docs/02-two.md"
    assert urls.find("./two.md", article=article) is None
    assert urls.find("third-page", article=article) is None


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("---\ncascade:\n  build:\n    render: never\n---\n", False),
        ("---\ncascade: {headless: true}\n---\n", False),
        ("+++\n[cascade]\ndraft = true\n+++\n", False),
        ("+++\n[[cascade]]\nurl = '/x/'\n+++\n", False),
        ('{\n  "cascade": {"draft": true}\n}\n', False),
        ("---\ncascade:\n  image: a.png\n---\n", True),
        ("---\ntitle: x\nfeed: {render: x}\n---\n", True),
    ],
)
def test_the_cascade_of_a_section_can_hide_what_is_below(site: Made, text: str, *, is_known: bool) -> None:
    urls = site(
        ("content/a/_index.md", text), "content/a/1/p.md", "content/b.md", ("content/b/index.md", text), sites=(HUGO,)
    )
    assert (urls.find("/a/1/p/") is not None) == is_known
    assert urls.find("/b/") is not None


@pytest.mark.parametrize(
    ("text", "url", "found"),
    [
        ("---\ndraft: true\n---\n", "/a/x/", True),
        ("---\ndate: 2999-01-01\n---\n", "/a/x/", True),
        ("---\ndraft: true\nslug: y\n---\n", "/a/y/", True),
        ("---\ndraft: true\nurl: /y/\n---\n", "/y/", True),
        ("---\ndraft: true\nslug: y\n---\n", "/a/x/", False),
        (BARE, "/a/x/", False),
        ("---\nwebUrl: https://a.example/w/y/\n---\n", "/y/", True),
        ("---\nwebUrl: https://a.example/w/y/\n---\n", "/w/y/", True),
        ("---\nwebUrl: https://a.example/w/y/\n---\n", "/w/y.html", False),
        ("---\nwebUrl: https://b.example/w/y/\n---\n", "/w/y/", False),
    ],
)
def test_an_article_that_is_not_published_yet_has_a_url_later(site: Made, text: str, url: str, *, found: bool) -> None:
    keys, base = UrlKeys(canonicals=("weburl",)), "https://a.example/w/"
    urls = site(("content/a/x.md", text), "content/b.md", sites=(HUGO,), keys=keys, base_url=base, today=date(2026, 11, 22))
    assert (urls.find_later(url, article="content/b.md") == "content/a/x.md") is found


def test_a_relative_path_leads_to_what_is_published_later(site: Made) -> None:
    urls = site(("content/a/x.md", "---\ndraft: true\n---\n"), "content/a/y.md", sites=(HUGO,))
    assert urls.find_later("../x/", article="content/a/y.md") == "content/a/x.md"
    assert urls.find_later("../z/", article="content/a/y.md") is None
    assert site(most_files=1).find_later("/a/x/", article="content/a/y.md") is None


@pytest.mark.parametrize(
    ("file", "url", "sites", "is_found"),
    [
        pytest.param("content/posts/p1.org", "/posts/p1/", (HUGO,), True, id="of a known generator"),
        pytest.param("content/posts/p1.org", "/posts/p1/", (), False, id="of an unknown one"),
        pytest.param("app/pages/p1.vue", "/p1", (), True, id="in a folder of pages"),
        pytest.param("_drafts/p1.org", "/p1/", (HUGO,), False, id="a draft"),
    ],
)
def test_a_page_that_is_not_read_has_the_url_of_its_path(
    site: Made,
    file: str,
    url: str,
    sites: tuple[PublishedSite, ...],
    is_found: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert site(file, sites=sites).find(url) == (file if is_found else None)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        pytest.param("/a/x/1.png", "content/a/x/1.png", id="a file"),
        pytest.param("a//x/1.png", "content/a/x/1.png", id="other slashes"),
        pytest.param("/a/x/i/1.png", "content/a/x/i/1.png", id="in a folder"),
        pytest.param("/a/x/i/j/1.png", "content/a/x/i/j/1.png", id="in two folders"),
        pytest.param("/a/x/i/j/k/1.png", None, id="in three folders"),
        pytest.param("/a/y/1.png", None, id="an article that is no bundle"),
        pytest.param("/a/z/1.png", None, id="the page of a folder"),
        pytest.param("/a/n/1.png", None, id="no article"),
        pytest.param("/a/x/../x/1.png", None, id="a path with periods"),
        pytest.param("/1.png", None, id="a name"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_file_of_a_bundle_is_known_whether_it_exists_or_not(site: Made, path: str, found: str | None) -> None:
    files = ("content/a/x/index.md", "content/a/y.md", "content/a/z/_index.md")
    assert site(*files, sites=(HUGO,)).in_bundle(path, article="content/a/y.md") == found
    below = site(*files, sites=(HUGO,), folder="content")
    assert below.in_bundle(path, article="a/y.md") == (None if found is None else found.removeprefix("content/"))


@pytest.mark.parametrize(
    ("path", "is_there"),
    [("../x/", True), ("../x", True), ("../n/", False), (".", True), ("./", True), ("x.md", False), ("../x/..", False)],
)
def test_whether_an_article_is_at_a_url_relative_to_that_of_another(
    site: Made,
    path: str,
    is_there: bool,  # noqa: FBT001 - a table's column
) -> None:
    urls = site("content/a/x.md", "content/a/y.md", sites=(HUGO,))
    assert urls.is_at_url(path, article="content/a/y.md") is is_there
    assert (
        site("content/a/x.md", "content/a/y.md", sites=(HUGO,), folder="content").is_at_url(path, article="a/y.md")
        is is_there
    )


def test_nothing_is_known_of_a_repository_with_too_many_files(site: Made) -> None:
    urls = site("content/a/x/index.md", "content/a/y.md", most_files=1, sites=(HUGO,))
    article = "content/a/y.md"
    assert (urls.find("/a/x/", article=article), urls.find_later("/a/x/", article=article)) == (None, None)
    assert (urls.names_article("/a/y.md"), urls.is_at_url("../x/", article=article)) == (False, False)
    assert (urls.in_bundle("/a/x/1.png", article=article), urls.next_to("/a/x/1.png")) == (None, ())
    assert (urls.url_of_relative("x/index.md", article=article), urls.has_sites) == (None, True)


@pytest.mark.parametrize(
    ("text", "has_page"),
    [
        pytest.param(BARE, True, id="front matter"),
        pytest.param("text\n", None, id="none"),
        pytest.param("---\ndraft: true\n---\n", False, id="a draft"),
        pytest.param("---\ndate: 2026-01-02\n---\n", True, id="of today"),
        pytest.param("---\ndate: 2026-01-03\n---\n", False, id="of tomorrow"),
        pytest.param("---\nexpiryDate: 2026-01-02\n---\n", False, id="until today"),
        pytest.param("---\nexpiryDate: 2026-01-03\n---\n", True, id="until tomorrow"),
    ],
)
def test_whether_an_article_states_that_it_has_no_page(site: Made, text: str, has_page: bool | None) -> None:  # noqa: FBT001
    assert site(("content/x.md", text), today=date(2026, 1, 2)).has_page("content/x.md") is has_page
    assert site(today=date(2026, 1, 2), folder="content").has_page("x.md") is has_page
    assert site().has_page("content/x.md") is (True if "ate: " in text else has_page)


def test_the_articles_that_possibly_have_a_url(site: Made) -> None:
    urls = site(
        "content/a/x.md",
        ("content/b.md", "---\nurl: /a/x/\n---\n"),
        ("content/c.md", "---\ncanonical: https://own.example/a/x/\n---\n"),
        ("content/d.md", "---\ndraft: true\n---\n"),
        "content/_index.md",
        base_url="https://own.example/",
        sites=(HUGO,),
    )
    assert [*dict.fromkeys(urls.possibly_at("/a/x/"))] == ["content/b.md", "content/a/x.md"]
    assert {*urls.possibly_at("/d/")} == {"content/d.md"}
    assert {*urls.possibly_at("/")} == {"content/_index.md"}
    assert {*urls.possibly_at("/other/")} == set()
    assert [*site(most_files=1).possibly_at("/d/")] == []
    assert {*site(sites=(HUGO,), folder="content").possibly_at("/d/")} == {"d.md"}


def test_the_home_page_is_that_of_the_topmost_folder(site: Made) -> None:
    urls = site("content/_index.md", "content/posts/_index.md", "content/posts/x.md")
    assert {*urls.possibly_at("/")} == {"content/_index.md"}


def test_each_pattern_of_the_page_of_a_folder_counts(site: Made) -> None:
    patterns = (("content/posts", "/p/:slug/"), ("content/posts", "/all/"), ("content/**", "/every/"))
    urls = site("content/posts/_index.md", patterns=tuple(UrlPattern(pattern, glob) for glob, pattern in patterns))
    assert [urls.find(url) for url in ("/all/", "/every/posts/", "/p/posts/")] == [*["content/posts/_index.md"] * 2, None]


@pytest.mark.parametrize(
    ("text", "is_certain"),
    [
        pytest.param(BARE, True, id="that of the path"),
        pytest.param("---\nurl: /a/\n---\n", True, id="one that it states"),
        pytest.param("---\nslug: a\n---\n", True, id="a slug"),
    ],
)
def test_whether_the_url_of_an_article_is_certain(site: Made, text: str, *, is_certain: bool) -> None:
    urls = site(("content/x.md", text), ("README.md", text), sites=(replace(HUGO, folder="content"),))
    assert (urls.has_certain_url("content/x.md"), urls.has_certain_url("content/y.md")) == (is_certain, False)
    assert urls.has_certain_url("README.md")
    assert site(sites=(HUGO,), folder="content").has_certain_url("x.md") is is_certain
    assert site(most_files=1, sites=(HUGO,)).has_certain_url("content/x.md") is False
    assert site(sites=(PublishedSite("", "unknown"),)).has_certain_url("content/x.md") is ("url" in text)
