"""What JSON-LD says of a page's article, however it is written, and that nothing of it is believed blindly."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.model import JsonLd
from linkcheck.pages import read_page

URL = "https://example.com/news/harbour"
ARTICLE = {"@type": "NewsArticle", "datePublished": "2021-06-18", "url": URL, "headline": "Council rejects plan"}
FACTS = JsonLd(url=URL, published="2021-06-18", headline="Council rejects plan")
OPEN = '<script type="application/ld+json">'


def read(*blocks: str, head: str = "", opening: str = OPEN) -> JsonLd | None:
    scripts = "".join(f"{opening}{block}</script>" for block in blocks)
    return read_page(f"<head>{head}</head><body>{scripts}".encode(), url=URL).json_ld


WRITTEN: dict[str, Any] = {
    "an article": ARTICLE,
    "in a list": [ARTICLE],
    "in a graph": {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "url": "/"}, ARTICLE]},
    "in a list with a graph": [{"@graph": [ARTICLE]}, {"@type": "BreadcrumbList"}],
    "as what the page is about": {"@type": "WebPage", "url": "/", "mainEntity": ARTICLE},
    "with several types": {**ARTICLE, "@type": ["Thing", "NewsArticle"]},
    "with a type written in full": {**ARTICLE, "@type": "https://schema.org/NewsArticle"},
    "beside others, known by its URL": [{**ARTICLE, "url": "/other", "headline": "Other"}, ARTICLE],
    "by the page it is the main part of": {**ARTICLE, "url": None, "mainEntityOfPage": {"@id": f"{URL}#article"}},
    "with values in lists": {**ARTICLE, "url": [URL], "datePublished": ["2021-06-18", "2022-01-01"]},
    "with values in objects": {**ARTICLE, "headline": {"@value": "Council rejects plan"}},
    "as a post": {**ARTICLE, "@type": "BlogPosting"},
    "as a page": {**ARTICLE, "@type": "WebPage"},
}


@pytest.mark.parametrize("value", WRITTEN.values(), ids=WRITTEN)
def test_an_article_is_found_wherever_it_stands(value: Any) -> None:
    assert read(json.dumps(value)) == FACTS


IMAGES: dict[str, Any] = {
    "a URL": "/a.jpg",
    "the first of several": ["/a.jpg", "/b.jpg"],
    "an object": {"@type": "ImageObject", "url": "/a.jpg"},
    "an object's content": [{"@type": "ImageObject", "contentUrl": "/a.jpg"}],
    "a reference": {"@id": "#lead"},
}


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_an_image_is_found_as_text_object_and_reference(image: Any) -> None:
    nodes = [{**ARTICLE, "image": image}, {"@type": "ImageObject", "@id": "#lead", "url": "https://example.com/a.jpg"}]
    facts = read(json.dumps({"@graph": nodes}))
    assert facts is not None
    assert facts.image == "https://example.com/a.jpg"


SLOPPY: dict[str, str] = {
    "a line break in a text": json.dumps(ARTICLE).replace("Council rejects", "Council\nrejects"),
    "a semicolon at the end": json.dumps(ARTICLE) + " ; ",
    "entities": json.dumps({**ARTICLE, "headline": "Council rejects&nbsp;plan"}),
    "slashes escaped": json.dumps(ARTICLE).replace("/", "\\/"),
}


@pytest.mark.parametrize("text", SLOPPY.values(), ids=SLOPPY)
def test_what_sites_get_wrong_is_read_all_the_same(text: str) -> None:
    assert read(text) == FACTS


@pytest.mark.parametrize(
    "opening",
    [
        "<script type=application/ld+json>",
        "<SCRIPT data-x='1' type='application/ld+json' class=y>",
        '<script\n  type="application/ld+json"\n>',
    ],
    ids=["without quotes", "among other attributes", "over several lines"],
)
def test_a_block_is_known_however_its_tag_is_written(opening: str) -> None:
    assert read(json.dumps(ARTICLE), opening=opening) == FACTS


NOTHING: dict[str, tuple[str, ...]] = {
    "broken": ('{"@type": "NewsArticle",',),
    "no object": ("17", "null", '"text"', "[[1]]"),
    "of no article": (json.dumps({**ARTICLE, "@type": "Organization"}),),
    "of several articles, none of them the page's": (json.dumps([{**ARTICLE, "url": "/a"}, {**ARTICLE, "url": "/b"}]),),
    "nested without end": ("[" * 60_000,),
    "longer than is read": (json.dumps({**ARTICLE, "articleBody": "x" * 200_000}),),
    "empty": ("",),
    "values of other kinds": (
        '{"@type": "Article", "url": 3, "datePublished": {"a": []}, "headline": [[]], "image": [[1]]}',
    ),
}


@pytest.mark.parametrize("blocks", NOTHING.values(), ids=NOTHING)
def test_what_cannot_be_read_says_nothing(blocks: tuple[str, ...]) -> None:
    assert read(*blocks) is None


PUBLISHERS: dict[str, tuple[object, ...]] = {
    "an object": ({**ARTICLE, "publisher": {"@type": "Organization", "name": "The Gazette"}},),
    "a text": ({**ARTICLE, "publisher": "The Gazette"},),
    "another node": (
        {**ARTICLE, "publisher": {"@id": "#us"}},
        {"@type": "Organization", "@id": "#us", "name": "The Gazette"},
    ),
    "a list": ({**ARTICLE, "publisher": [{"name": "The Gazette"}]},),
}


@pytest.mark.parametrize("nodes", PUBLISHERS.values(), ids=PUBLISHERS)
def test_the_publisher_is_read_as(nodes: tuple[object, ...]) -> None:
    facts = read(json.dumps({"@graph": nodes}))
    assert facts is not None
    assert facts.publisher == "The Gazette"


def test_a_broken_block_does_not_hide_the_next() -> None:
    assert read("{", json.dumps(ARTICLE)) == FACTS


def test_a_block_that_is_commented_out_or_only_spoken_of_is_none() -> None:
    block = f"{OPEN}{json.dumps(ARTICLE)}</script>"
    assert read(head=f"<!-- {block} -->") is None
    assert read(head=f"<title>application/ld+json {json.dumps(ARTICLE)}</title>") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(("Article", "/a", "2021-06-18")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("@type", "@id", "@graph", "mainEntity", "url", "image", "datePublished", "headline")), inner
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.lists(JSON.map(json.dumps) | st.text(max_size=30), max_size=3))
def test_no_block_makes_the_reader_raise(blocks: list[str]) -> None:
    facts = read(*blocks)
    for url in (facts.url, facts.image) if facts is not None else ():
        assert url is None or url.startswith(("http://", "https://"))
