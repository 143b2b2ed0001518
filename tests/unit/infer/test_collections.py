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
            {
                "blog": "content/de/blog content/en/blog content/pt-br/blog content/zh_Hant/blog",
                "docs": "content/de/docs content/en/docs content/pt-br/docs content/zh_Hant/docs",
            },
            id="folders of languages",
        ),
        pytest.param(
            [*(f"{code}/{number}.md" for code in ("de", "en") for number in "123"), "team/a.md", "team/b.md", "team/c.md"],
            [""],
            {"team": "team", "pages": ""},
            id="folders of languages among others",
        ),
        pytest.param(
            [
                *(f"content/en/{section}/{number}.md" for section in ("blog", "docs") for number in "123"),
                *("content/de/docs/1.md", "content/fr/blog/1.md", "content/fr/_index.md"),
            ],
            ["content/en", "content/de"],
            {"blog": "content/en/blog content/fr/blog", "docs": "content/de/docs content/en/docs", "pages": ""},
            id="few articles in a language",
        ),
        pytest.param(
            [
                *(f"docs/{folder}/{number}.md" for folder in ("guide", "de/guide", "fr/guide") for number in "12"),
                "docs/a.md",
            ],
            ["docs"],
            {"guide": "docs/de/guide docs/fr/guide docs/guide", "pages": ""},
            id="the default language without a folder",
        ),
        pytest.param(
            [f"content/{code}/{name}/index.md" for code in ("de", "en") for name in "abcd"],
            ["content/de", "content/en"],
            {"content": "content"},
            id="a folder for each article in several languages",
        ),
        pytest.param(
            ["content/en/blog/a.md", "content/en/blog/b.md", "content/en/docs/a.md", "content/en/docs/b.md"],
            ["content/en"],
            {"blog": "content/en/blog", "docs": "content/en/docs"},
            id="one language",
        ),
        pytest.param(
            ["it/1.md", "it/2.md", "qa/1.md"], [""], {"it": "it", "qa": "qa"}, id="one folder that is not a language"
        ),
        pytest.param(
            [
                *(f"content/part-{letter}/{number}.md" for letter in "abcdef" for number in "12"),
                *(f"content/x/{n}.md" for n in "123"),
            ],
            ["content"],
            {"x": "content/x", "pages": ""},
            id="many small folders",
        ),
        pytest.param(
            [
                *(f"content/{code}/{name}/index.md" for code in ("de", "en") for name in ("_shared", "_parts", "search")),
                *(f"content/{code}/{name}/{number}.md" for code in ("de", "en") for name in "abc" for number in "123"),
            ],
            ["content"],
            {name: f"content/de/{name} content/en/{name}" for name in "abc"} | {"pages": ""},
            id="several folders of a single page",
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
    assert {each.name: " ".join(each.folders) for each in found} == expected
    assert sorted(path for each in found for path in each.paths) == sorted(paths)


def pages(**numbers: int) -> list[str]:
    """So many pages in each folder below `content`."""
    return [f"content/{name}/{page}.md" for name, number in numbers.items() for page in range(number)]


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        pytest.param({**dict.fromkeys("abcde", 2), "x": 3}, "abcdex", id="five small folders"),
        pytest.param({**dict.fromkeys("abcdef", 2), "x": 3}, "x", id="six small folders"),
        pytest.param({"a": 1, "b": 1, "c": 2, "x": 3, "y": 3}, "abcxy", id="two folders of a page"),
        pytest.param({"a": 1, "b": 1, "c": 1, "d": 2, "x": 3, "y": 3, "z": 3}, "dxyz", id="three folders of a page"),
        pytest.param({"a": 1, "b": 1, "x": 3, "y": 3}, "abxy", id="half of four folders have a page"),
        pytest.param({"a": 1, "b": 1, "x": 3}, "", id="most of three folders have a page"),
        pytest.param({"a": 1, "b": 1}, "ab", id="two folders"),
        pytest.param({"2024": 3, "2025": 3}, "", id="folders by year"),
        pytest.param({"2024": 3, "x": 3}, ["2024", "x"], id="a folder by year and another"),
        pytest.param({f"a{number}": 3 for number in range(40)}, [f"a{number}" for number in range(40)], id="forty folders"),
        pytest.param({f"a{number}": 3 for number in range(41)}, "", id="more than forty folders"),
    ],
)
def test_which_folders_are_collections_of_their_own(numbers: dict[str, int], kept: str | list[str]) -> None:
    found = collect(pages(**numbers), roots=["content"])
    folders = sorted(folder for each in found for folder in each.folders)
    assert folders == (sorted(f"content/{name}" for name in kept) or ["content"])


def test_one_folder_with_a_declared_schema_keeps_the_others_apart() -> None:
    found = collect(pages(a=1, b=1, x=3), roots=["content"], declared=["content/a"])
    assert [each.folders for each in found] == [("content/a",), ("content/b",), ("content/x",)]


def test_a_name_that_is_also_that_of_folders_in_languages_gets_a_number() -> None:
    paths = [f"{folder}/{number}.md" for folder in ("a/de/posts", "a/en/posts", "b/posts", "b/x") for number in "123"]
    assert {each.name: each.folders for each in collect(paths, roots=["a", "b"])} == {
        "posts": ("a/de/posts", "a/en/posts"),
        "posts-2": ("b/posts",),
        "x": ("b/x",),
    }


def test_folders_of_languages_can_have_any_name_that_the_settings_state() -> None:
    paths = [
        f"content/{name}/{section}/{n}.md" for name in ("english", "french") for section in ("blog", "docs") for n in "12"
    ]
    roots = ["content/english", "content/french"]
    found = collect(paths, roots=roots, languages=roots)
    assert {each.name: each.folders for each in found} == {
        "blog": ("content/english/blog", "content/french/blog"),
        "docs": ("content/english/docs", "content/french/docs"),
    }
    assert [each.folders for each in collect(paths, roots=roots)] == [
        (f"{root}/{name}",) for root in roots for name in ("blog", "docs")
    ]


def test_a_folder_with_a_declared_schema_is_a_collection_although_it_has_a_single_page() -> None:
    paths = [*(f"content/{name}/a.md" for name in "abc"), *(f"content/{name}/{n}.md" for name in "xyz" for n in "123")]
    found = collect(paths, roots=["content"], declared=["content/b"])
    assert [each.folders for each in found] == [("content/b",), ("content/x",), ("content/y",), ("content/z",), ()]


def test_folders_with_a_declared_schema_are_not_one_collection_although_most_have_a_single_page() -> None:
    paths = ["content/notes/a.md", "content/tags/a.md", *(f"content/posts/{n}.md" for n in "123")]
    folders = ["content/notes", "content/posts", "content/tags"]
    assert [each.folders for each in collect(paths, roots=["content"])] == [("content",)]
    found = collect(paths, roots=["content"], declared=folders)
    assert [each.folders for each in found] == [(folder,) for folder in folders]


def test_folders_with_other_names_in_each_language_are_one_for_each_language() -> None:
    paths = [
        f"{language}/{language}{number}/{page}.md" for language in ("da", "de") for number in range(25) for page in "abc"
    ]
    assert [(each.name, each.folders) for each in collect(paths)] == [("da", ("da",)), ("de", ("de",))]
