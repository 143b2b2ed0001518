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
        ("permalink: pretty", "/posts/p1/"),
        ("permalink: /:year/:title/", "/posts/p1/"),
        ("url: https://elsewhere.example/about/", "/posts/p1/"),
    ],
)
def test_a_url_is_stated_by_the_front_matter(site: Made, front_matter: str, url: str) -> None:
    article = ("content/posts/p1.md", f"---\n{front_matter}\n---\n")
    assert site(article, base_url="https://www.example.com/site/").find(url) == article[0]


@pytest.mark.parametrize("front_matter", ["permalink: /about/", "url: /about/", "slug: /about"])
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
        ("/n/:i_month/:title.html", "/n/3/x"),
        ("/n/{year}/{slug}.html", "/n/2024/x.html"),
        ("/:categories/:title:output_ext", "/news/x"),
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


HUGO = PublishedSite("Hugo", content=("content",), languages={"en": "", "fr": "fr"}, default_language="en")
BY_FOLDER = PublishedSite(
    "Hugo",
    content=("content/en", "content/german"),
    languages={"en": "", "de": "de"},
    default_language="en",
    language_folders={"content/german": "de"},
)
JEKYLL = PublishedSite("Jekyll", collections=("_services", "_pages"), hidden=("vendor",))
DATED = PublishedSite("Jekyll", patterns={"posts": "/:year/:month/:day/:title:output_ext"})
UNDATED = PublishedSite("Jekyll", patterns={"posts": "/:title/"})
PATTERN = PublishedSite("Hugo", content=("content",), patterns={"blog": "/log/:year/:slug/"})
DOCUSAURUS = PublishedSite("Docusaurus", content=("docs", "blog", "versioned_docs", "i18n"))
ASTRO = PublishedSite("Astro", content=("src/content", "src/pages"))
NUXT = PublishedSite("Nuxt", content=("content",))
MKDOCS = PublishedSite("MkDocs", content=("docs",))
VUEPRESS = PublishedSite("VuePress")
VITEPRESS = PublishedSite("VitePress")
ZOLA = PublishedSite("Zola", content=("content",), languages={"en": ""}, default_language="en")
PELICAN = PublishedSite("Pelican", content=("content",))
ELEVENTY = PublishedSite("Eleventy", content=("src",))
NEXT = PublishedSite("Next.js", content=("posts",))
PLAIN = "No front matter.\n"


@pytest.mark.parametrize(
    ("published", "file", "url"),
    [
        (HUGO, "content/posts/My First Post.md", "/posts/my-first-post/"),
        (HUGO, "content/posts/01-intro.md", "/posts/01-intro/"),
        (HUGO, "content/posts/p1.fr.md", "/fr/posts/p1/"),
        (HUGO, "content/posts/p1.en.md", "/posts/p1/"),
        (HUGO, "content/_index.md", "/"),
        (HUGO, "content/posts/p1/index.md", "/posts/p1/"),
        (HUGO, ("content/posts/p1.md", "---\nslug: other\n---\n"), "/posts/other/"),
        (HUGO, ("content/posts/p1.md", PLAIN), "/posts/p1/"),
        (HUGO, ("content/posts/p1.md", "---\nbuild:\n  list: never\n---\n"), "/posts/p1/"),
        (BY_FOLDER, "content/en/posts/p1.md", "/posts/p1/"),
        (BY_FOLDER, "content/german/posts/p1.md", "/de/posts/p1/"),
        (BY_FOLDER, "content/en/_index.md", "/"),
        (PATTERN, ("content/blog/x.md", "---\ndate: 2024-03-01\n---\n"), "/log/2024/x/"),
        (PATTERN, "content/blog/_index.md", "/blog/"),
        (JEKYLL, "_pages/about.md", "/about/"),
        (JEKYLL, "_services/repair.md", "/services/repair.html"),
        (JEKYLL, "_posts/2024-03-01-x.md", "/2024/03/01/x.html"),
        (JEKYLL, "docs/_posts/2024-03-01-x.md", "/2024/03/01/x.html"),
        (JEKYLL, "news/_posts/2024-03-01-x.md", "/news/2024/03/01/x.html"),
        (JEKYLL, "_posts/2024-03-01-My-Post.md", "/2024/03/01/My-Post.html"),
        (JEKYLL, ("blog/p1.md", "---\ndate: 2024-03-01\ncategories: [News]\n---\n"), "/news/2024/03/01/p1.html"),
        (JEKYLL, ("blog/p1.md", "---\ncategory: News\n---\n"), "/news/p1.html"),
        (JEKYLL, ("about.html", PLAIN), "/about.html"),
        (DATED, "_posts/2024-03-01-x.md", "/2024/03/01/x.html"),
        (UNDATED, "_posts/2024-03-01-x.md", "/x/"),
        (DOCUSAURUS, "docs/01-guide/02-usage.mdx", "/docs/guide/usage"),
        (DOCUSAURUS, "docs/guide/README.md", "/docs/guide/"),
        (DOCUSAURUS, "blog/2024-03-01-x.md", "/blog/2024/03/01/x"),
        (DOCUSAURUS, ("docs/Usage.md", PLAIN), "/docs/Usage"),
        (DOCUSAURUS, "i18n/fr/docusaurus-plugin-content-docs/current/usage.md", "/fr/docs/usage"),
        (ASTRO, "src/content/blog/p1.md", "/blog/p1/"),
        (ASTRO, "src/pages/about.astro", "/about/"),
        (NUXT, "content/1.guide/2.usage.md", "/guide/usage"),
        (MKDOCS, ("docs/guide/README.md", PLAIN), "/guide/"),
        (MKDOCS, ("docs/guide/Usage.md", PLAIN), "/guide/Usage/"),
        (VUEPRESS, ("guide/README.md", PLAIN), "/guide/"),
        (VITEPRESS, "guide/usage.md", "/guide/usage.md"),
        (ZOLA, "content/blog/2024-03-01-x.md", "/blog/x/"),
        (PELICAN, ("content/a.md", "Title: What's new?\nDate: 2024-03-01\n\nText\n"), "/whats-new.html"),
        (ELEVENTY, ("src/posts/p1.md", PLAIN), "/posts/p1/"),
        (NEXT, "articles/p1.md", "/articles/p1"),
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
        (HUGO, ("content/blog/x.md", "---\ndate: 2024-03-01\n---\n"), "/blog/2024/03/01/x/"),
        (BY_FOLDER, "content/german/posts/p1.md", "/posts/p1/"),
        (BY_FOLDER, "content/german/posts/p1.md", "/german/posts/p1/"),
        (BY_FOLDER, "content/german/_index.md", "/"),
        (BY_FOLDER, "content/en/posts/p1.md", "/en/posts/p1/"),
        (PATTERN, ("content/blog/x.md", "---\ndate: 2024-03-01\n---\n"), "/blog/x/"),
        (JEKYLL, ("README.md", PLAIN), "/"),
        (JEKYLL, ("about.md", PLAIN), "/about/"),
        (JEKYLL, "_notes/x.md", "/notes/x.html"),
        (JEKYLL, "_drafts/x.md", "/x.html"),
        (JEKYLL, "About.md", "/about.html"),
        (JEKYLL, "vendor/gem/x.md", "/vendor/gem/x.html"),
        (DATED, "_posts/2024-03-01-x.md", "/x/"),
        (UNDATED, "_posts/2024-03-01-x.md", "/2024/03/01/x.html"),
        (DOCUSAURUS, "README.md", "/"),
        (DOCUSAURUS, "internal/plan.md", "/internal/plan"),
        (DOCUSAURUS, "docs/01-guide.md", "/docs/01-guide"),
        (ASTRO, "README.md", "/"),
        (ASTRO, ("src/content/blog/p1.md", "---\ndate: 2024-03-01\n---\n"), "/2024/03/01/p1/"),
        (ASTRO, "src/pages/_part.md", "/part/"),
        (ASTRO, "src/components/card.astro", "/components/card/"),
        (NUXT, ("README.md", PLAIN), "/"),
        (VITEPRESS, "guide/README.md", "/guide/"),
        (ZOLA, ("content/blog/x.md", PLAIN), "/blog/x/"),
        (ZOLA, "content/blog/2024-03-01-x.md", "/blog/2024-03-01-x/"),
        (ELEVENTY, "src/_includes/x.md", "/includes/x/"),
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
        "+++\ntitle = 'x'\n[build]\nlist = 'never'\nrender = 'never'\n+++\n",
        "+++\nbuild.render = 'never'\n+++\n",
        '{"draft": true}\n',
        '{"build": {"render": "never"}}\n',
        '{"title": \n',
        "---js\n{draft: true}\n---\n",
        "Title: x\nStatus: draft\n\nText\n",
        f"---\ntitle: {'x' * 17_000}\ndraft: true\n---\n",
    ],
    ids=["TOML", "a table", "a dotted key", "JSON", "JSON with options", "no JSON", "code", "metadata", "a long text"],
)
def test_an_article_that_may_have_no_page_is_not_known_in_any_notation(site: Made, text: str) -> None:
    assert site(("content/posts/p1.md", text), sites=(HUGO,)).find("/posts/p1/") is None


def test_a_generator_can_publish_what_is_dated_in_the_future(site: Made) -> None:
    article = ("content/posts/p1.md", "---\ndate: 2030-01-01\n---\n")
    future = PublishedSite("Hugo", content=("content",), shows_future=True)
    assert site(article, sites=(future,), today=date(2026, 1, 1)).find("/posts/p1/") == article[0]


def test_the_pages_of_another_site_of_the_repository_are_not_known(site: Made) -> None:
    one = PublishedSite("Hugo", "one", ("one/content",), base_url="https://one.example/")
    two = PublishedSite("Hugo", "two", ("two/content",))
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
