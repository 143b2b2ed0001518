"""How the values of JSON-LD may be written, and how much of it is read."""

import json
from typing import Any

import pytest

from linkcheck.model import JsonLd
from linkcheck.pages.json_ld import read_json_ld

URL = "https://a.example/news/story"
IMAGE = "https://a.example/a.jpg"
ARTICLE: dict[str, Any] = {"@type": "NewsArticle", "headline": "Council rejects plan"}
OPEN = '<script type="application/ld+json">'


def read(*values: Any, **more: Any) -> JsonLd | None:
    blocks = "".join(f"{OPEN}{value if isinstance(value, str) else json.dumps(value)}</script>" for value in values)
    return read_json_ld(blocks.encode(), base=URL, addresses=more.get("addresses", frozenset((URL,))))


@pytest.mark.parametrize(
    "name",
    ["Article", "NewsArticle", "LiveBlogPosting", "SocialMediaPosting", "Report", "CriticReview", "WebPage", "ItemPage"],
)
def test_types_that_describe_a_page(name: str) -> None:
    assert read({**ARTICLE, "@type": name}) == JsonLd(headline="Council rejects plan")


@pytest.mark.parametrize("name", ["Organization", "Articles", "ReportCard", None, 3, [3, None]])
def test_types_that_do_not(name: object) -> None:
    assert read({**ARTICLE, "@type": name}) is None


def test_an_article_comes_before_a_page() -> None:
    assert read([{"@type": "WebPage", "headline": "Page"}, ARTICLE]) == JsonLd(headline="Council rejects plan")


def test_of_several_articles_the_one_with_the_address_of_the_page_counts() -> None:
    other = {**ARTICLE, "url": "/other", "headline": "Other"}
    (found, nothing) = (read([other, {**ARTICLE, "url": URL}, *more]) for more in ([], [{"@type": "WebPage", "name": "x"}]))
    assert found == nothing == JsonLd(url=URL, headline="Council rejects plan")
    assert read([other, {**ARTICLE, "url": "/more"}, {"@type": "WebPage", "headline": "Page"}]) is None


ADDRESSES: dict[str, dict[str, Any]] = {
    "url": {"url": "/news/story"},
    "a list": {"url": ["/news/story", "/b"]},
    "an object with @id": {"url": {"@id": URL}},
    "an object with url": {"mainEntityOfPage": {"url": URL}},
    "the page": {"mainEntityOfPage": URL},
    "an empty url": {"url": " ", "mainEntityOfPage": URL},
    "an empty list": {"url": [], "mainEntityOfPage": URL},
    "a number": {"url": 3, "mainEntityOfPage": URL},
    "no URL": {"url": "https://a:b:c/", "mainEntityOfPage": URL},
    "entities": {"url": "https&#58;//a.example/news/story"},
    "@id before url": {"mainEntityOfPage": {"@id": URL, "url": "/b"}},
}


@pytest.mark.parametrize("written", ADDRESSES.values(), ids=ADDRESSES)
def test_the_address_may_be(written: dict[str, Any]) -> None:
    assert read({**ARTICLE, **written}) == JsonLd(url=URL, headline="Council rejects plan")


IMAGES: dict[str, tuple[Any, str | None]] = {
    "a text": ("/a.jpg", IMAGE),
    "a list": (["/a.jpg", "/b.jpg"], IMAGE),
    "an empty list": ([], None),
    "its URL": ({"url": "/a.jpg", "contentUrl": "/b.jpg"}, IMAGE),
    "its content": ({"contentUrl": "/a.jpg"}, IMAGE),
    "a URL before a reference": ({"url": "/a.jpg", "@id": "#b"}, IMAGE),
    "a reference to a URL": ({"@id": "#a"}, IMAGE),
    "a reference to content": ({"@id": "#c"}, IMAGE),
    "a reference to nothing": ({"@id": "#d"}, None),
    "a reference that is none": ({"@id": 3}, None),
    "a list of URLs of an object": ({"url": ["/a.jpg"]}, IMAGE),
}


@pytest.mark.parametrize(("image", "url"), IMAGES.values(), ids=IMAGES)
def test_the_image_may_be(image: Any, url: str | None) -> None:
    nodes = [{"@id": "#a", "url": IMAGE}, {"@id": "#b", "url": "/b.jpg"}, {"@id": "#c", "contentUrl": "/a.jpg"}]
    assert read([*nodes, {**ARTICLE, "image": image}]) == JsonLd(image=url, headline="Council rejects plan")


PUBLISHERS: dict[str, tuple[Any, str | None]] = {
    "a text": ("The  Gazette", "The Gazette"),
    "an empty list": ([], None),
    "a list": ([{"name": "The Gazette"}, {"name": "B"}], "The Gazette"),
    "a name before a reference": ({"name": "The Gazette", "@id": "#b"}, "The Gazette"),
    "a reference": ({"@id": "#a"}, "The Gazette"),
    "a reference to nothing": ({"@id": "#c"}, None),
    "a reference that is none": ({"@id": 3}, None),
    "a name in a language": ({"name": {"@value": "The Gazette", "@language": "en"}}, "The Gazette"),
}


@pytest.mark.parametrize(("publisher", "name"), PUBLISHERS.values(), ids=PUBLISHERS)
def test_the_publisher_may_be(publisher: Any, name: str | None) -> None:
    nodes = [{"@id": "#a", "name": "The Gazette"}, {"@id": "#b", "name": "Other"}]
    assert read([*nodes, {**ARTICLE, "publisher": publisher}]) == JsonLd(publisher=name, headline="Council rejects plan")


@pytest.mark.parametrize("headline", ["", " ", [], [""], {}, {"@value": ""}, 3, None, "&nbsp;"])
def test_a_headline_without_text_is_none(headline: object) -> None:
    assert read({**ARTICLE, "headline": headline, "url": URL}) == JsonLd(url=URL)


def test_values_are_cut() -> None:
    long = read({**ARTICLE, "headline": "x" * 501, "publisher": "y" * 501, "datePublished": "2" * 65})
    assert long == JsonLd(headline="x" * 500, publisher="y" * 500, published="2" * 64)
    for length, is_read in ((2000, True), (2001, False)):
        url = f"https://a.example/{'x' * (length - len('https://a.example/'))}"
        assert read({**ARTICLE, "url": url}) == JsonLd(url=url if is_read else None, headline="Council rejects plan")


def test_a_limited_number_of_blocks_is_read() -> None:
    assert read(*[{}] * 19, ARTICLE) is not None
    assert read(*[{}] * 20, ARTICLE) is None


def test_a_limited_number_of_nodes_is_read() -> None:
    assert read([*[{}] * 299, ARTICLE]) is not None
    assert read([*[{}] * 300, ARTICLE]) is None


def test_a_block_of_a_limited_length_is_read() -> None:
    text = json.dumps(ARTICLE)
    assert read(text.ljust(128 * 1024)) is not None
    assert read(text.ljust(128 * 1024 + 1)) is None
    assert read("x" * (128 * 1024 + 1), ARTICLE) is not None, "the next one is read"


@pytest.mark.parametrize(("spaces", "is_read"), [(270, True), (320, False)])
def test_a_tag_of_a_limited_length_is_read(spaces: int, *, is_read: bool) -> None:
    page = f"<script {' ' * spaces} type='application/ld+json'>{json.dumps(ARTICLE)}</script>"
    assert (read_json_ld(page.encode(), base=URL, addresses=frozenset()) is not None) is is_read


@pytest.mark.parametrize(
    "text", [f"\ufeff{json.dumps(ARTICLE)};", json.dumps(ARTICLE) + "\0", json.dumps(ARTICLE).replace("plan", "pl\x1f an")]
)
def test_what_surrounds_or_interrupts_a_value_is_no_error(text: str) -> None:
    assert read(text) is not None


def test_bytes_that_are_no_text_are_replaced() -> None:
    page = f"{OPEN}{json.dumps(ARTICLE)}</script>".encode().replace(b"plan", b"pl\xffan")
    assert read_json_ld(page, base=URL, addresses=frozenset()) == JsonLd(headline="Council rejects pl\ufffdan")


@pytest.mark.parametrize(
    "page",
    [
        f"{OPEN}{json.dumps(ARTICLE)}",
        f'<script type="application/ld+json" {json.dumps({**ARTICLE})}</script',
        "application/ld+json",
        f"<!--<script type='application/ld+json'>{json.dumps(ARTICLE)}</script>-->",
        f"<style type='application/ld+json'>{json.dumps(ARTICLE)}</script>",
    ],
)
def test_what_is_no_whole_block_is_not_read(page: str) -> None:
    assert read_json_ld(page.encode(), base=URL, addresses=frozenset()) is None


def test_what_is_no_object_does_not_hide_the_next() -> None:
    assert read([3, None, [ARTICLE], ARTICLE]) is not None
    assert read({"@graph": [3, ARTICLE]}) is not None
    assert read({"@graph": ARTICLE}) is not None
