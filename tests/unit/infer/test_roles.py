"""Which properties are links, and of what role: the usual keys of the generators among them."""

import pytest

from linkcheck.infer import infer
from linkcheck.model import Json

PAGE, IMAGE, CACHE = (
    "https://a.example/story",
    "https://a.example/a.jpg?w=3",
    "https://a-example.cdn.ampproject.org/c/s/a.example/",
)


@pytest.mark.parametrize(
    ("data", "links"),
    [
        pytest.param({"webUrl": PAGE}, ["webUrl canonical"], id="webUrl"),
        pytest.param({"originalUrl": PAGE}, ["originalUrl original"], id="originalUrl"),
        pytest.param({"cover": "https://a.example/a.jfif"}, ["cover image"], id="an image of a rarer format"),
        pytest.param({"ampWebUrl": PAGE + "?amp"}, ["ampWebUrl amp"], id="ampWebUrl"),
        pytest.param({"cdnAmpWebUrl": CACHE}, ["cdnAmpWebUrl amp-cache"], id="cdnAmpWebUrl"),
        pytest.param({"copy": CACHE}, ["copy amp-cache"], id="an address on a cache, whatever its name"),
        pytest.param({"canonical_url": PAGE, "image": "/a.png"}, ["canonical_url canonical", "image image"], id="Jekyll"),
        pytest.param(
            {"image": {"path": "/a.png", "width": 1, "height": 2, "alt": "A"}}, ["image.path image"], id="jekyll-seo-tag"
        ),
        pytest.param(
            {"image": {"facebook": "/a.png", "twitter": IMAGE}},
            ["image.facebook image", "image.twitter image"],
            id="by service",
        ),
        pytest.param(
            {"images": ["a.png", IMAGE], "url": "/a/", "aliases": ["/b/"], "slug": "a"}, ["images[] image"], id="Hugo"
        ),
        pytest.param(
            {"cover": {"image": "/c"}, "canonicalURL": PAGE}, ["cover.image image", "canonicalURL canonical"], id="PaperMod"
        ),
        pytest.param(
            {"heroImage": "./hero.webp", "canonicalURL": PAGE}, ["heroImage image", "canonicalURL canonical"], id="Astro"
        ),
        pytest.param(
            {"authors": [{"name": "A", "url": PAGE, "image_url": "https://a.example/1"}], "slug": "/a"},
            ["authors[].url link", "authors[].image_url image"],
            id="Docusaurus",
        ),
        pytest.param({"author_image_url": "https://a.example/1"}, ["author_image_url image"], id="Docusaurus, one author"),
        pytest.param(
            {"cover_image": "https://a.example/1", "canonical_url": PAGE},
            ["cover_image image", "canonical_url canonical"],
            id="DEV.to",
        ),
        pytest.param(
            {"canonical": PAGE, "cover": "https://a.example/1"}, ["canonical canonical", "cover image"], id="Hashnode"
        ),
        pytest.param({"canonicalUrl": PAGE, "banner": "../a.jpg"}, ["canonicalUrl canonical", "banner image"], id="Gatsby"),
        pytest.param({"website": PAGE, "twitter": {"url": PAGE}}, ["website link", "twitter.url link"], id="other links"),
        pytest.param({"pic": {"src": "https://a.example/1", "width": 3}}, ["pic.src image"], id="an address beside a width"),
        pytest.param(
            {"permalink": "/a/", "title": "T", "items": ["a/b"], "domain": "a.example", "embed": f"<a href='{PAGE}'>"},
            [],
            id="what is no link",
        ),
        pytest.param({"canonical": True, "amp": True, "image": 1}, [], id="names without URLs"),
        pytest.param({"webUrl": "", "image": ""}, [], id="nothing but empty texts"),
    ],
)
def test_a_url_gets_its_role(data: dict[str, Json], links: list[str]) -> None:
    assert [f"{link.place} {link.role}" for link in infer([data], name="test").links] == links


def test_a_property_that_is_a_url_only_now_and_then_is_no_link() -> None:
    found = infer([{"via": PAGE}, {"via": PAGE}, {"via": "Reuters"}], name="test")
    assert found.links == ()
    assert found.notes == ("`via` is a URL in 2 of 3 articles and other text elsewhere, so it is not marked as a link",)


def test_a_link_that_is_no_url_once_is_still_a_link_and_the_schema_accepts_it() -> None:
    found = infer([*[{"webUrl": PAGE}] * 19, {"webUrl": "htp:/story"}], name="test")
    assert [(link.role, link.odd) for link in found.links] == [("canonical", 1)]
    properties = found.schema["properties"]
    assert isinstance(properties, dict)
    assert properties["webUrl"] == {"type": "string", "minLength": 1, "x-link": {"role": "canonical"}}
