"""Which articles differ from nearly all others."""

import pytest

from linkcheck.infer import Inferred, Linked, find_deviations, infer, notes_on
from linkcheck.infer.schema import Unmarked
from linkcheck.model import Article, Role, Source
from linkcheck.parse import parse

PAGE = "https://a.example/story"


def article(name: object, text: str) -> Article:
    raw = f"---\n{text}\n---\n".encode()
    return parse(Source(f"posts/{name}.md", f"posts/{name}.md", raw, len(raw), named=True))


def test_each_deviation_has_its_place() -> None:
    articles = [article(number, f"title: T\nlinks:\n  - url: {PAGE}\n") for number in range(39)]
    articles.append(article(39, f"links:\n  - url: {PAGE}\n  - url: see the report"))
    inferred = infer((each.data for each in articles), name="test")
    found = find_deviations(inferred, articles)
    assert [(each.place, each.location.pointer, each.location.span.line, each.message) for each in found] == [
        ("title", "/title", 1, "`title` is missing"),
        ("links[].url", "/links/1/url", 4, "`links[].url` is not a URL"),
    ]
    assert {each.location.path for each in found} == {"posts/39.md"}
    assert notes_on(inferred, found) == (
        "`title` is missing from 1 of 40 articles, so it is not required: posts/39.md:1",
        "`links[].url` is not a URL: posts/39.md:4",
    )


def test_pages_of_sections_do_not_deviate() -> None:
    articles = [article(number, "title: T\ndate: 2026-01-02") for number in range(40)]
    articles += [article("_index", "title: T"), article("x/_index.de", "title: T")]
    inferred = infer((each.data for each in articles), name="test")
    assert inferred.notes == ("`date` is missing from 2 of 42 articles, so it is not required",)
    assert notes_on(inferred, find_deviations(inferred, articles)) == ()
    articles[-1] = article("index", "title: T")
    assert notes_on(inferred, find_deviations(inferred, articles)) == (f"{inferred.notes[0]}: posts/index.md:1",)


def test_the_deviations_of_a_property_are_bounded() -> None:
    articles = [article(number, f"url: {PAGE}") for number in range(900)] + [
        article(1000 + n, "url: soon") for n in range(60)
    ]
    inferred = infer((each.data for each in articles), name="test")
    found = find_deviations(inferred, articles)
    assert len(found) == 20
    (note,) = notes_on(inferred, found)
    assert note.endswith(" and others")


def test_articles_are_not_read_again_if_nothing_deviates() -> None:
    articles = [article(number, f"url: {PAGE}") for number in range(3)]
    inferred = infer((each.data for each in articles), name="test")
    assert find_deviations(inferred, iter(())) == ()
    assert find_deviations(inferred, articles) == ()


def test_the_places_of_markdown_links_are_told_at_any_depth() -> None:
    articles = [article(n, f"about:\n  - project: '[x]({PAGE}/{n})'\n  - project: none yet") for n in range(60)]
    articles += [article(60, f"about:\n  - project: '[x]({PAGE}), [y]({PAGE})'")]
    inferred = infer((each.data for each in articles), name="test")
    found = find_deviations(inferred, articles)
    (note,) = notes_on(inferred, found)
    assert note.startswith("`about[].project` contains Markdown links in 61 of 121 places, so it is not marked as a link: ")
    assert note.endswith(": posts/0.md:3, posts/1.md:3 and others")


@pytest.mark.parametrize(
    ("path", "text", "pointers"),
    [
        pytest.param(("url",), "url: soon", ["/url"], id="a text"),
        pytest.param(("url",), f"url: {PAGE}", [], id="a URL"),
        pytest.param(("url",), "url: /story", [], id="a path of the site"),
        pytest.param(("url",), "url: guides/start", ["/url"], id="what may be a path"),
        pytest.param(("url",), "url: ''", [], id="an empty text"),
        pytest.param(("url",), "url: 3", [], id="a number"),
        pytest.param(("url",), "url: [soon]", [], id="a list instead of a text"),
        pytest.param(("url",), "title: T", [], id="no such property"),
        pytest.param(("url", "[]"), "url: [soon, /story, later]", ["/url/0", "/url/2"], id="a list"),
        pytest.param(("url", "[]"), "url: {a: soon}", [], id="an object instead of a list"),
        pytest.param(("url", "*"), "url: {a/b: soon, c: /story}", ["/url/a~1b"], id="a map"),
        pytest.param(("url", "a/b"), "url: {a/b: soon, c: later}", ["/url/a~1b"], id="a property with a slash"),
        pytest.param(("url", "a"), "url: [soon]", [], id="a list instead of an object"),
    ],
)
def test_a_text_that_is_no_url_deviates(path: tuple[str, ...], text: str, pointers: list[str]) -> None:
    inferred = Inferred({}, (Linked("url", Role.LINK, 99, 1, path),))
    assert [each.location.pointer for each in find_deviations(inferred, [article(1, text)])] == pointers


def test_a_path_of_folders_is_a_url_where_the_name_says_so() -> None:
    inferred = Inferred({}, (Linked("url", Role.LINK, 99, 1, ("url",), has_folders=True),))
    found = find_deviations(inferred, [article(1, "url: guides/start"), article(2, "url: soon")])
    assert [each.location.path for each in found] == ["posts/2.md"]


def test_only_properties_with_texts_that_are_no_urls_are_looked_at() -> None:
    links = (Linked("url", Role.LINK, 99, 0, ("url",)), Linked("more", Role.LINK, 99, 1, ("more",)))
    (found,) = find_deviations(Inferred({}, links), [article(1, "url: soon\nmore: soon")])
    assert found.place == "more"


def test_a_property_is_not_missing_where_nothing_could_be_read() -> None:
    inferred = Inferred({}, (), lacking=("a/b",))
    broken, without = article(1, "a: [1"), article(2, "title: T")
    assert [(each.location.path, each.location.pointer) for each in find_deviations(inferred, [broken, without])] == [
        ("posts/2.md", "/a~1b")
    ]


def test_only_texts_in_odd_forms_are_told() -> None:
    inferred = Inferred({}, (), unmarked=(Unmarked("url", ("url",), "note"),))
    articles = [article(1, f"url: '[x]({PAGE})'"), article(2, f"url: {PAGE}"), article(3, "url: 3")]
    assert [(each.location.path, each.message) for each in find_deviations(inferred, articles)] == [("posts/1.md", "note")]


@pytest.mark.parametrize(
    ("count", "places"),
    [(1, "posts/0.md:2"), (2, "posts/0.md:2, posts/1.md:2"), (3, "posts/0.md:2, posts/1.md:2 and others")],
)
def test_two_places_are_told(count: int, places: str) -> None:
    inferred = Inferred({}, (Linked("url", Role.LINK, 99, count, ("url",)),), notes=("another",))
    found = find_deviations(inferred, [article(number, "url: soon") for number in range(count)])
    assert notes_on(inferred, found) == ("another", f"`url` is not a URL: {places}")
