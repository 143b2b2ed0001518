"""Which paths a configuration has for the articles that will be added, and which schema."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from write_files import write_files

from linkcheck.commands.init.catch_all import divide, free_name, globs_of, infer_for_all, places_to_add
from linkcheck.discover import DiscoverOptions, discover
from linkcheck.infer import InferredCollection, shape_of
from linkcheck.model import Json


@pytest.mark.parametrize(
    ("paths", "content", "covered", "places"),
    [
        pytest.param(["posts/a.md"], [], [], (".",), id="no generator"),
        pytest.param(["content/a.md"], ["content"], [], ("content",), id="one folder of content"),
        pytest.param(["src/a/x.md", "src/b/x.md"], ["src/a", "src/b"], [], ("src/a", "src/b"), id="two folders"),
        pytest.param(["content/a.md", "notes/b.md"], ["content"], [], (".",), id="articles elsewhere"),
        pytest.param(["_posts/a.md"], [""], [], (".",), id="content anywhere"),
        pytest.param(["a/x.md", "b/x.md"], ["a", "a/x"], ["a"], (".",), id="an article next to the content"),
        pytest.param(["a/x/1.md", "a/2.md"], ["a", "a/x"], [], ("a", "a/x"), id="content within content"),
        pytest.param(["content/a.md"], ["content"], ["content"], (), id="a collection that is the folder"),
    ],
)
def test_articles_can_be_added_where_there_are_some(
    paths: list[str], content: list[str], covered: list[str], places: tuple[str, ...]
) -> None:
    assert places_to_add(paths, content, covered=covered) == places


@pytest.mark.parametrize(
    ("folders", "ordered"),
    [
        pytest.param(["a", "a/b", "a/b/c"], ["a/b/c", "a/b", "a"], id="nested"),
        pytest.param(["lib", "lib-2", "lib/x", "z"], ["lib/x", "lib", "lib-2", "z"], id="names alike"),
        pytest.param(["apps", "docs", "apps/web/p"], ["apps/web/p", "apps", "docs"], id="a level between them"),
    ],
)
def test_a_folder_comes_before_the_one_that_contains_it(folders: list[str], ordered: list[str]) -> None:
    collections = [InferredCollection(folder, (folder,), (f"{folder}/1.md",)) for folder in folders]
    found, rest = divide(collections, lambda _: False)
    assert ([each.name for each in found], rest) == (ordered, ())


def test_articles_belong_to_the_first_folder_that_contains_them() -> None:
    collections = [
        InferredCollection("a", ("a",), ("a/b/1.md", "a/2.md")),
        InferredCollection("b", ("a/b",), ("a/b/3.md",)),
        InferredCollection("c", ("c",), ("c/d/4.md",)),
        InferredCollection("d", ("c/d",), ("c/d/5.md",)),
        InferredCollection("pages", (), ("a/b/6.md", "7.md", "8.md")),
    ]
    found, rest = divide(collections, lambda path: path == "8.md")
    assert [(each.name, each.paths) for each in found] == [
        ("b", ("a/b/1.md", "a/b/3.md", "a/b/6.md")),
        ("a", ("a/2.md",)),
        ("d", ("c/d/4.md", "c/d/5.md")),
    ]
    assert rest == ("7.md",)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["1.md", "2.md", "3.md"], ("posts/**",), id="front matter everywhere"),
        pytest.param(["1.md", "2.md", "3.md", "a.png"], ("posts/**",), id="images beside the articles"),
        pytest.param(["1.md", "2.md"], ("posts",), id="too few to tell"),
        pytest.param(["1.md", "2.md", "3.md", "notes.md"], ("posts",), id="a file without front matter"),
    ],
)
def test_a_glob_requires_front_matter_where_every_file_has_it(
    names: list[str], expected: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "posts").mkdir()
    articles = [f"posts/{name}" for name in names if name[0].isdigit()]
    for name in names:
        (tmp_path / "posts" / name).write_text("---\na: 1\n---\n" if name[0].isdigit() else "text")
    collection = InferredCollection("posts", ("posts",), tuple(articles))
    options = DiscoverOptions(paths=(".",), root=str(tmp_path))
    assert globs_of(collection, options, dict.fromkeys(articles, "")) == expected


@pytest.mark.parametrize(
    ("folders", "others", "expected"),
    [
        pytest.param(["c/de/docs", "c/en/docs"], [], ("c/*/docs/**",), id="one glob for all languages"),
        pytest.param(["c/docs", "c/en/docs"], [], ("c/docs/**", "c/en/docs/**"), id="the default language without a folder"),
        pytest.param(["de/docs", "en/docs/x"], [], ("de/docs/**", "en/docs/x/**"), id="folders of different depths"),
        pytest.param(["a/de", "b/en"], [], ("a/de/**", "b/en/**"), id="names that differ twice"),
        pytest.param(["docs", "docs/en"], [], ("docs/**", "docs/en/**"), id="a folder in the other one"),
        pytest.param(
            ["c/de/docs", "c/en/docs"], ["c/own/docs/a.md"], ("c/de/docs/**", "c/en/docs/**"), id="another folder like them"
        ),
        pytest.param(
            ["c/de/docs", "c/en/docs"], ["c/en/docs/notes.md"], ("c/de/docs", "c/en/docs"), id="a file without front matter"
        ),
    ],
)
def test_the_folders_of_languages_are_one_glob_where_it_matches_nothing_else(
    folders: list[str], others: list[str], expected: tuple[str, ...], tmp_path: Path
) -> None:
    articles = [f"{folder}/{number}.md" for folder in folders for number in "12"]
    write_files(tmp_path, {**dict.fromkeys(articles, "---\na: 1\n---\n"), **dict.fromkeys(others, "text")})
    collection = InferredCollection("docs", tuple(folders), tuple(articles))
    options = DiscoverOptions(paths=(".",), root=str(tmp_path))
    assert globs_of(collection, options, dict.fromkeys(articles, "")) == expected


def test_a_folder_whose_name_looks_like_a_glob_is_named_as_it_is(tmp_path: Path) -> None:
    collection = InferredCollection("lang", ("docs/[lang]",), ("docs/[lang]/a.md",))
    options = DiscoverOptions(paths=(".",), root=str(tmp_path))
    assert globs_of(collection, options, {}) == ("docs/[[]lang]/**",)


def test_the_name_of_a_folder_is_not_given_twice() -> None:
    assert free_name(["posts"]) == "pages"
    assert free_name(["pages", "pages-2"]) == "pages-3"


def test_links_that_only_the_other_articles_explain_are_counted() -> None:
    head: Json = [["meta", {"content": "A text"}], ["meta", {"content": "https://a.example/"}]]
    own: list[Mapping[str, Json]] = [{"head": head, "title": "Live", "more": ""}]
    others: list[Mapping[str, Json]] = [{"head": head, "more": "https://a.example/"}] * 9
    links = infer_for_all(shape_of(own), shape_of([*own, *others]), name="pages").links
    assert [(link.place, link.texts, link.odd) for link in links] == [("head[][].content", 1, 0)]


def test_the_schema_for_everything_accepts_an_empty_property() -> None:
    articles: list[Mapping[str, Json]] = [{"title": "A", "by": {"name": "B"}}] * 30
    schema = infer_for_all(shape_of([]), shape_of(articles), name="pages").schema
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert [each["type"] for each in properties.values() if isinstance(each, dict)] == [
        ["string", "null"],
        ["object", "null"],
    ]


def test_the_schema_for_everything_knows_all_properties_and_requires_none() -> None:
    own: list[Mapping[str, Json]] = [{"title": "About", "cover": {"src": "/a.png"}}] * 3
    others: list[Mapping[str, Json]] = [
        {"title": "Post", "kind": kind, "source": "https://a.example/", "cover": {"src": "/b.png", "alt": "B"}}
        for kind in ("new", "old") * 30
    ]
    inferred = infer_for_all(shape_of(own), shape_of([*own, *others]), name="pages")
    assert [link.place for link in inferred.links] == ["cover.src"]
    assert inferred.articles == 3
    text = str(inferred.schema)
    assert "required" not in text
    assert "enum" not in text
    assert "'source': {'type': ['string', 'null'], 'format': 'uri', 'x-link': {'role': 'original'}}" in text


def test_an_object_that_is_described_once_requires_nothing_in_the_schema_for_everything() -> None:
    picture: dict[str, Json] = {"src": "/a.png", "kind": "new"}
    articles: list[Mapping[str, Json]] = [{"photo": picture, "cards": [{"photo": picture}]}] * 30
    schema = infer_for_all(shape_of(articles), shape_of(articles), name="pages").schema
    assert "definitions" in schema
    assert not [word for word in ("required", "enum") if word in str(schema)]


def test_the_name_of_a_folder_can_have_characters_that_are_not_printable(tmp_path: Path) -> None:
    files = {f"fa/a\u200cb[1]/{name}.md": "---\na: 1\n---\n" for name in "xyz"}
    write_files(tmp_path, files)
    options = DiscoverOptions(paths=(".",), root=str(tmp_path))
    sources = {source.path: source.file for source in discover(options)}
    collection = InferredCollection("a-b", (r"fa/a\u200cb[1]",), tuple(sources))
    globs = globs_of(collection, options, sources)
    assert globs == ("fa/a*b[[]1]/**",)
    assert [source.path for source in discover(replace(options, paths=globs))] == [*sources]
