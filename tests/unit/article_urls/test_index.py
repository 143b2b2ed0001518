from collections.abc import Callable
from pathlib import Path

import pytest
from systems import posix_only

from linkcheck.article_urls import ArticleUrlOptions, UrlKeys, UrlPattern
from linkcheck.article_urls.index import ArticleUrls

Made = Callable[..., ArticleUrls]
BARE = "---\ntitle: A page\n---\n"


@pytest.fixture
def site(tmp_path: Path) -> Made:
    """Writes files, each with its text or an empty article, and returns the URLs of the articles."""

    def make(*files: str | tuple[str, str], **options: object) -> ArticleUrls:
        for file in files:
            path, text = (file, BARE) if isinstance(file, str) else file
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return ArticleUrls(str(tmp_path), ArticleUrlOptions(**options))  # type: ignore[arg-type]

    return make


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("content/posts/p1.md", "/posts/p1/"),
        ("content/posts/p1.md", "/posts/p1"),
        ("content/posts/p1.md", "/Posts/P1.html"),
        ("content/posts/p1/index.md", "/posts/p1/"),
        ("content/posts/_index.md", "/posts/"),
        ("content/_index.md", "/"),
        ("index.md", "/index.html"),
        ("content/posts/My first post.md", "/posts/my-first-post/"),
        ("content/posts/caf\u00e9.md", "/posts/cafe\u0301/"),
        ("content/en/posts/p1.md", "/posts/p1/"),
        ("content/en/posts/p1.md", "/en/posts/p1/"),
        ("content/posts/p1.pt-br.md", "/pt-br/posts/p1/"),
        ("content/posts/p1/index.fr.md", "/fr/posts/p1/"),
        ("content/1.guide/2.usage.md", "/guide/usage"),
        ("docs/guide/usage.md", "/guide/usage/"),
        ("docs/guide/usage.md", "/docs/guide/usage"),
        ("docs/01-guide/02-usage.mdx", "/docs/guide/usage"),
        ("docs/guide/README.md", "/docs/guide/"),
        ("docs/guide/usage.md", "/guide/usage.md"),
        ("website/docs/usage.md", "/docs/usage"),
        ("i18n/fr/docusaurus-plugin-content-docs/current/usage.md", "/fr/docs/usage"),
        ("versioned_docs/version-2.0/usage.md", "/docs/2.0/usage"),
        ("src/content/docs/guides/example.md", "/guides/example/"),
        ("src/content/blog/p1.md", "/blog/p1/"),
        ("src/pages/about.astro", "/about/"),
        ("src/pages/about.md", "/about"),
        ("apps/site/pages/en/learn/p1.mdx", "/en/learn/p1"),
        ("source/about/index.md", "/about/"),
        ("_pages/about.md", "/about/"),
        ("_services/repair.md", "/services/repair.html"),
        ("content/posts/p1.qmd", "/posts/p1.html"),
        ("_posts/2024-03-01-x.md", "/2024/03/01/x.html"),
        ("_posts/2024-03-01-x.md", "/2024/03/x/"),
        ("_posts/2024-03-01-x.md", "/x/"),
        ("_posts/2024-03-01-x.md", "/blog/../2024/03/01/x/"),
        ("docs/_posts/2024-03-01-x.md", "/2024/03/01/x.html"),
        ("news/_posts/2024-03-01-x.md", "/news/2024/03/01/x.html"),
        ("source/_posts/x/index.md", "/x/"),
        ("blog/2024-03-01-x.md", "/blog/2024/03/01/x"),
        ("content/blog/2024-03-01-x/index.md", "/blog/2024/03/01/x/"),
        ("content/blog/2024-03-01-x/index.md", "/blog/2024-03-01-x/"),
        ("content/blog/2024-03-01-x.md", "/blog/x/"),
    ],
)
def test_a_url_is_made_from_the_path_of_the_article(site: Made, file: str, url: str) -> None:
    assert site(file).find(url.replace("/blog/../", "/")) == file


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("content/posts/p1.md", "/posts/p2/"),
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
        ("title: What's new?", "/posts/whats-new/"),
        ("date: 2024-03-01", "/2024/03/p1/"),
        ("date: 2024-03-01", "/posts/2024/3/1/p1/"),
        ("date: 2024-03-01\ncategories: [News]", "/news/2024/03/01/p1.html"),
        ("category: News", "/news/p1.html"),
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
