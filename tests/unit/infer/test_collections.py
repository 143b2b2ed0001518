"""Which articles belong together."""

import pytest

from linkcheck.infer import collect


@pytest.mark.parametrize(
    ("paths", "roots", "expected"),
    [
        pytest.param(
            ["_news/a.md", "_news/b.md", "_learning/x/c.md", "about.md"],
            [""],
            {"learning": "_learning", "news": "_news", "pages": ""},
            id="Jekyll",
        ),
        pytest.param(
            ["content/posts/a.md", "content/posts/b/index.md", "content/docs/c.md", "content/_index.md"],
            ["content"],
            {"docs": "content/docs", "posts": "content/posts", "pages": ""},
            id="Hugo",
        ),
        pytest.param(
            ["src/content/blog/a.md", "src/content/blog/b.mdx"], ["src/content"], {"blog": "src/content/blog"}, id="Astro"
        ),
        pytest.param(
            ["site/text/a/1.md", "site/text/a/2.md", "site/text/b/1.md", "site/text/b/2.md"],
            [],
            {"a": "site/text/a", "b": "site/text/b"},
            id="plain, from the deepest folder that holds all",
        ),
        pytest.param(
            ["posts/2020/a.md", "posts/2021/b.md", "posts/2021/c.md"], [], {"posts": "posts"}, id="folders by year"
        ),
        pytest.param([f"posts/{name}/index.md" for name in "abcd"], [], {"posts": "posts"}, id="a folder for each article"),
        pytest.param(["a.md", "b.md"], [], {"pages": ""}, id="no folders"),
        pytest.param(["only/one.md"], [], {"only": "only"}, id="one article"),
        pytest.param(
            ["x/News/a.md", "x/News/b.md", "x/news_/a.md", "x/news_/b.md"],
            [],
            {"news": "x/News", "news-2": "x/news_"},
            id="names alike",
        ),
    ],
)
def test_articles_are_collected_by_folder(paths: list[str], roots: list[str], expected: dict[str, str]) -> None:
    found = collect(paths, roots=roots)
    assert {each.name: each.folder for each in found} == expected
    assert sorted(path for each in found for path in each.paths) == sorted(paths)
