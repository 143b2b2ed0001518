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
        pytest.param(
            [f"content/{code}/{section}/a.md" for code in ("de", "en", "pt-br", "zh_Hant") for section in ("blog", "docs")],
            ["content"],
            {"content": "content"},
            id="folders of languages",
        ),
        pytest.param(
            [*(f"{code}/{number}.md" for code in ("de", "en") for number in "123"), "team/a.md", "team/b.md", "team/c.md"],
            [""],
            {"team": "team", "pages": ""},
            id="folders of languages among others",
        ),
        pytest.param(
            ["it/1.md", "it/2.md", "qa/1.md"], [""], {"it": "it", "qa": "qa"}, id="one folder that is not a language"
        ),
        pytest.param(
            [
                *(f"content/s{letter}/{number}.md" for letter in "abcdef" for number in "12"),
                *(f"content/x/{n}.md" for n in "123"),
            ],
            ["content"],
            {"x": "content/x", "pages": ""},
            id="many small folders",
        ),
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
