"""The evidence that a rule checks: which links, which images, which values."""

from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.judge import JudgeOptions
from linkcheck.judge.select import (
    entry_pages,
    is_lead,
    is_own,
    is_shared,
    listed,
    measured_image_of,
    measured_images,
    own_pages,
    owner_of,
    unschemed,
)
from linkcheck.model import Article, ImageFacts, Role, Source, Span
from linkcheck.parse import parse
from linkcheck.pointers import field_of

URL = "https://a.example/b"


@pytest.mark.parametrize(
    ("pointer", "is_so"),
    [
        ("/cover", True),
        ("/hero/src", True),
        ("/images/0/url", True),
        ("/images/0", True),
        ("/images/1/url", False),
        ("/images/1", False),
        ("/hero/src/0", False),
        ("/hero/a/b/c", False),
        ("/hero/a/b", True),
        ("/hero/a/0", False),
        ("/logo", False),
        ("/author/image", False),
        ("/socialMedia", True),
        ("/mediaKit", False),
    ],
)
def test_the_lead_image_is_the_first_of_the_articles_own(pointer: str, *, is_so: bool) -> None:
    assert is_lead(pointer) is is_so


def test_what_is_in_a_list_is_not_the_articles_own() -> None:
    assert is_own("/webUrl")
    assert is_own("/a1/webUrl")
    assert not is_own("/related/0/webUrl")


def test_the_own_pages_are_the_canonicals_else_the_originals(build: Any) -> None:
    canonical, original = build.answer(), build.answer(Role.ORIGINAL)
    entry = build.answer(pointer="/related/0/webUrl")
    entry_original = build.answer(Role.ORIGINAL, pointer="/related/0/originalUrl")
    second = build.answer(Role.ORIGINAL, pointer="/related/1/originalUrl")
    image, mentioned = build.picture(2, 2, pointer="/related/2/image"), build.answer(Role.LINK)
    evidence = build.evidence(original, canonical, entry, entry_original, second, image, mentioned)
    assert own_pages(evidence) == (canonical,)
    assert own_pages(build.evidence(original, entry, mentioned)) == (original,)
    assert entry_pages(evidence) == {"/related/0": [entry], "/related/1": [second]}


def test_the_owner_of_a_link_is_the_object_with_it(build: Any) -> None:
    data: dict[str, Any] = {"related": [{"url": URL, "title": "Bridge"}], "links": [URL]}
    evidence = build.evidence(data=data)
    assert owner_of(evidence, build.answer(pointer="/related/0/url").link) == data["related"][0]
    assert owner_of(evidence, build.answer(pointer="/links/0").link) == {}
    assert owner_of(evidence, build.answer(pointer="/other/url").link) == {}


def test_measured_images_are_those_that_work_and_are_images(build: Any) -> None:
    png = ImageFacts("png", 3, 2)
    served, local = build.picture(3, 2), build.file("site/lead.png", png)
    none = (
        build.picture(3, 2, is_format=None),
        build.file("site/lead.png"),
        build.file("site/lead.png", ImageFacts(None)),
        build.file(None, png),
        build.answer(Role.IMAGE, URL, 404, image=png),
        build.answer(Role.LINK, URL, image=png),
        build.answer(Role.IMAGE, URL),
        build.offline(Role.IMAGE, URL),
    )
    found = list(measured_images(build.evidence(*none, served, local, data={"title": "Bridge", "headline": "opens"})))
    assert [each.link for each in found] == [served.link, local.link]
    assert [each.name for each in found] == ["https://example.com/lead.jpg", "site/lead.png"]
    assert [each.media_type for each in found] == ["image/jpeg", None]
    assert [each.size for each in found] == [None, 1000]
    assert [each.subject for each in found] == ["Bridge opens", "Bridge opens"]
    assert [each.outcome for each in found] == [served.outcome, None]


@pytest.mark.parametrize(
    ("data", "subject"),
    [({"title": "a", "headline": "b"}, "a b"), ({"headline": "b"}, "b"), ({"title": 7, "headline": "b"}, "b"), ({}, "")],
)
def test_the_subject_of_an_image_is_the_title(build: Any, data: dict[str, Any], subject: str) -> None:
    picture = build.picture(3, 2)
    found = measured_image_of(build.evidence(data=data), picture.link, picture.outcome)
    assert found is not None
    assert found.subject == subject


@pytest.mark.parametrize(
    ("line", "span", "lines", "is_so"),
    [
        ("a: *x", Span(1, 4, 1, 6), (), True),
        ("a: &x b", Span(1, 7, 1, 8), ("c: *x",), True),
        ("a: &x b", Span(1, 7, 1, 8), ("c: *y",), False),
        ("a: &x  b", Span(1, 8, 1, 9), ("c: *x",), True),
        ("a: b", Span(1, 4, 1, 5), ("c: *x",), False),
        ("a: &x b", Span(2, 4, 2, 6), ("c: *x",), True),
        ("a: &x b", Span(3, 4, 3, 6), ("c: *x",), False),
        ("a: &x b", Span(0, 7, 0, 8), ("c: d", "e: *x"), False),
    ],
)
def test_a_value_with_an_anchor_is_shared_where_an_alias_names_it(
    line: str, span: Span, lines: tuple[str, ...], *, is_so: bool
) -> None:
    article = Article("a.md", lines=(line, *lines))
    assert is_shared(article, span) is is_so
    assert not is_shared(replace(article, format="toml"), span)


@pytest.mark.parametrize(
    ("own", "is_so"),
    [("", True), ("\n  k: 2", False)],
    ids=["where it is merged", "where the mapping has the key itself"],
)
def test_a_value_in_a_merged_mapping_is_shared(own: str, *, is_so: bool) -> None:
    text = f"---\na: &a\n  k: 1\nb:\n  <<: *a{own}\n---\n".encode()
    article = parse(Source("a.md", "/a.md", text, len(text)))
    place = article.places["/a/k"]
    assert place.key is not None
    assert is_shared(article, place.value) is is_so
    assert is_shared(article, place.key) is is_so
    assert not is_shared(article, article.places["/b"].value)


def test_of_many_files_three_are_named() -> None:
    assert listed(("a", "b", "c")) == "a, b, c"
    assert listed(("a", "b", "c", "d", "e")) == "a, b, c and 2 more"


@pytest.mark.parametrize(
    ("url", "is_so"),
    [("a.example/b", True), ("/b", False), ("./b", False), ("../b", False), (" /b", False), ("\\b", False), (".b", True)],
)
def test_a_value_without_a_scheme_should_be_a_url_where_others_are(build: Any, url: str, *, is_so: bool) -> None:
    options = JudgeOptions(url_fields=frozenset(("/website",)))
    skipped = build.skip("no-base-url", Role.LINK, url)
    evidence = build.evidence(skipped)
    assert unschemed(evidence, options) == (frozenset(("/website",)) if is_so else frozenset())
    assert unschemed(evidence, JudgeOptions()) == frozenset()
    violated = build.evidence(skipped, violations=(build.violation("format", "/website"),))
    assert unschemed(violated, JudgeOptions()) == unschemed(evidence, options)
    other = build.evidence(skipped, violations=(build.violation("pattern", "/website"),))
    assert unschemed(other, JudgeOptions()) == frozenset()


@pytest.mark.parametrize(
    ("make", "is_so"),
    [
        (lambda build: build.skip("page", Role.LINK, "b"), True),
        (lambda build: build.skip("excluded", Role.LINK, "b"), False),
        (lambda build: build.answer(Role.LINK, "b"), False),
    ],
    ids=["a page", "excluded", "requested"],
)
def test_only_a_value_that_leads_nowhere_lacks_its_scheme(build: Any, make: Any, *, is_so: bool) -> None:
    options = JudgeOptions(url_fields=frozenset(("/website",)))
    assert bool(unschemed(build.evidence(make(build)), options)) is is_so


def test_a_value_that_leads_to_a_file_needs_no_scheme(build: Any) -> None:
    options = JudgeOptions(url_fields=frozenset((field_of("/images/0/url"),)))
    for file, is_so in ((None, True), ("lead.png", False)):
        result = build.file(file)
        result = replace(result, link=replace(result.link, url="lead.png"))
        assert bool(unschemed(build.evidence(result), options)) is is_so
