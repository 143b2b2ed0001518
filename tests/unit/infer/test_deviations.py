"""Which articles differ from nearly all others."""

from linkcheck.infer import find_deviations, infer, notes_on
from linkcheck.model import Article, Source
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
