import json
from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck.errors import UsageError
from linkcheck.model import Article, Json, Link, Role, Span
from linkcheck.validate import Schemas, ValidateOptions

LINK = {"type": "string", "x-link": {"role": "link"}}


@pytest.fixture
def links(article: Callable[..., Article], schema: Callable[..., Path]) -> Callable[[object, str], list[tuple[str, str]]]:
    def find(document: object, text: str) -> list[tuple[str, str]]:
        validation = Schemas(ValidateOptions(schema=str(schema(document)))).validate(article(text))
        return [(link.location.pointer, link.url) for link in validation.links]

    return find


@pytest.mark.parametrize(
    ("document", "text", "found"),
    [
        pytest.param({"properties": {"a": LINK}}, "a: u", [("/a", "u")], id="properties"),
        pytest.param({"properties": {"a": LINK}}, "b: u", [], id="only what is marked"),
        pytest.param({"properties": {"a": LINK}}, "a: [u, v]", [("/a/0", "u"), ("/a/1", "v")], id="a list of strings"),
        pytest.param({"properties": {"a": LINK}}, 'a: [u, "", v]', [("/a/0", "u"), ("/a/2", "v")], id="not an empty text"),
        pytest.param({"properties": {"a": LINK}}, 'a: [u, "  ", v]', [("/a/0", "u"), ("/a/2", "v")], id="not a blank text"),
        pytest.param(
            {"properties": {"a": {"items": {"x-link": {"role": "link", "absolute-only": True}}}}},
            "a: [owner/name, https://a.example/, //b.example/, see https://c.example/, '[d](https://d.example/)', mailto:e]",
            [("/a/1", "https://a.example/"), ("/a/2", "//b.example/"), ("/a/4", "[d](https://d.example/)")],
            id="absolute URLs only",
        ),
        pytest.param({"properties": {"a": {"items": LINK}}}, "a: [u, v]", [("/a/0", "u"), ("/a/1", "v")], id="items"),
        pytest.param(
            {"properties": {"a": {"prefixItems": [{}, LINK], "items": {"properties": {"b": LINK}}}}},
            "a: [u, v, {b: w}]",
            [("/a/1", "v"), ("/a/2/b", "w")],
            id="prefixItems and items",
        ),
        pytest.param(
            {
                "$schema": "http://json-schema.org/draft-07/schema#",
                "properties": {"a": {"items": [{}, LINK], "additionalItems": LINK}},
            },
            "a: [u, v, w]",
            [("/a/1", "v"), ("/a/2", "w")],
            id="items as a list, additionalItems",
        ),
        pytest.param({"$defs": {"l": LINK}, "properties": {"a": {"$ref": "#/$defs/l"}}}, "a: u", [("/a", "u")], id="$ref"),
        pytest.param(
            {"$defs": {"l/~x": LINK}, "properties": {"a": {"$ref": "#/$defs/l~1~0x"}}},
            "a: u",
            [("/a", "u")],
            id="escapes in $ref",
        ),
        pytest.param(
            {"$defs": {"l": {"$anchor": "here", **LINK}}, "properties": {"a": {"$ref": "#here"}}},
            "a: u",
            [("/a", "u")],
            id="$anchor",
        ),
        pytest.param({"allOf": [{"properties": {"a": LINK}}]}, "a: u", [("/a", "u")], id="allOf"),
        pytest.param(
            {"properties": {"a": {"anyOf": [LINK, {"properties": {"path": LINK}}]}}},
            "a: {path: u}",
            [("/a/path", "u")],
            id="anyOf",
        ),
        pytest.param({"properties": {"a": {"oneOf": [{"type": "null"}, LINK]}}}, "a: u", [("/a", "u")], id="oneOf"),
        pytest.param({"if": {}, "then": {"properties": {"a": LINK}}}, "a: u", [("/a", "u")], id="then"),
        pytest.param({"if": {}, "else": {"properties": {"a": LINK}}}, "a: u", [("/a", "u")], id="else"),
        pytest.param({"dependentSchemas": {"b": {"properties": {"a": LINK}}}}, "a: u", [("/a", "u")], id="dependentSchemas"),
        pytest.param(
            {"patternProperties": {"Url$": LINK}}, "webUrl: u\nother: v", [("/webUrl", "u")], id="patternProperties"
        ),
        pytest.param(
            {"properties": {"b": {}}, "additionalProperties": LINK},
            "a: u\nb: v\nc: w",
            [("/a", "u"), ("/c", "w")],
            id="additionalProperties",
        ),
        pytest.param(
            {"properties": {"a": LINK, "more": {"items": {"$ref": "#"}}}},
            "a: u\nmore:\n- {a: v, more: [{a: w}]}",
            [("/a", "u"), ("/more/0/a", "v"), ("/more/0/more/0/a", "w")],
            id="recursion",
        ),
        pytest.param({"properties": {"a/b~c": LINK}}, "a/b~c: u", [("/a~1b~0c", "u")], id="escapes in pointers"),
        pytest.param({"properties": {"a": LINK}}, "a: 5", [], id="a number is no link"),
        pytest.param({"properties": {"a": LINK}}, "a: ", [], id="nothing is no link"),
        pytest.param(
            {"properties": {"a": LINK, "b": LINK}}, "b: u\na: v", [("/b", "u"), ("/a", "v")], id="order of the article"
        ),
    ],
)
def test_a_value_is_a_link_where_the_schema_says_so(
    links: Callable[[object, str], list[tuple[str, str]]], document: object, text: str, found: list[tuple[str, str]]
) -> None:
    assert links(document, text) == found


def only_link(validation_of: Article, document: Path) -> Link:
    (link,) = Schemas(ValidateOptions(schema=str(document))).validate(validation_of).links
    return link


def image_schema(more: dict[str, Json]) -> dict[str, Json]:
    url: Json = {"x-link": {"role": "image", "width": "width", "height": "size.height", **more}}
    return {"properties": {"images": {"items": {"properties": {"url": url}}}}}


def test_an_image_claims_the_size_that_stands_beside_it(
    article: Callable[..., Article], schema: Callable[..., Path]
) -> None:
    text = "images:\n  - url: /a.png\n    width: 120\n    size:\n      height: 80px"
    link = only_link(article(text), schema(image_schema({"min-width": 100, "min-height": 50, "media": ["image/*"]})))
    assert link.role is Role.IMAGE
    assert link.owner == "/images/0"
    assert link.location.span == Span(3, 10, 3, 16)
    assert link.wants.width is not None
    assert link.wants.height is not None
    assert (link.wants.width.value, link.wants.width.location.span.line) == (120, 4)
    assert (link.wants.height.value, link.wants.height.location.pointer) == ("80px", "/images/0/size/height")
    assert (link.wants.min_width, link.wants.min_height, link.wants.media) == (100, 50, ("image/*",))


def test_a_missing_claim_is_shown_at_the_link(article: Callable[..., Article], schema: Callable[..., Path]) -> None:
    link = only_link(article("images:\n  - url: /a.png"), schema(image_schema({})))
    assert link.wants.width is not None
    assert link.wants.width.value is None
    assert link.wants.width.location.span == link.location.span
    assert link.wants.width.location.pointer == "/images/0/width"


@pytest.mark.parametrize(
    ("text", "of"),
    [("page: https://a.example/\namp: u", "https://a.example/"), ("amp: u", None), ("page: 5\namp: u", None)],
    ids=["there", "missing", "no text"],
)
def test_a_partner_is_the_url_beside(
    article: Callable[..., Article], schema: Callable[..., Path], text: str, of: str | None
) -> None:
    document = schema({"properties": {"amp": {"x-link": {"role": "amp", "of": "page"}}}})
    assert only_link(article(text), document).wants.of == of


def test_a_domain_may_stand_inside_an_object_beside(article: Callable[..., Article], schema: Callable[..., Path]) -> None:
    document = schema({"properties": {"u": {"x-link": {"role": "canonical", "domain": "provider.domain"}}}})
    domain = only_link(article("u: x\nprovider:\n  domain: a.example"), document).wants.domain
    assert domain is not None
    assert (domain.value, domain.location.pointer, domain.location.span.line) == ("a.example", "/provider/domain", 4)
    lacking = only_link(article("u: x\nprovider: text"), document).wants.domain
    assert lacking is not None
    assert lacking.value is None


def test_a_bad_url_is_a_link_all_the_same(article: Callable[..., Article]) -> None:
    validation = Schemas().validate(article("title: x\nwebUrl: not a url"))
    assert [link.url for link in validation.links] == ["not a url"]
    assert [violation.keyword for violation in validation.violations] == ["format"]


@pytest.mark.parametrize(
    ("prefix", "value", "url"),
    [
        ("/images/logos/", "acme.svg", "/images/logos/acme.svg"),
        ("/images/logos/", "../acme.svg", "/images/logos/../acme.svg"),
        ("images", "acme.svg", "images/acme.svg"),
        ("/images/logo-", "acme.svg", "/images/logo-acme.svg"),
        ("https://cdn.example", "a b.png", "https://cdn.example/a b.png"),
        ("https://cdn.example/", "img/a.png", "https://cdn.example/img/a.png"),
        ("https://social.example/@", "jo", "https://social.example/@jo"),
        ("https://video.example/watch?v=", "x1", "https://video.example/watch?v=x1"),
        ("https://owner.example/", "@jo", "https://owner.example/@jo"),
        ("/images/", "https://a.example/a.png", ""),
        ("/images/", "mailto:a@a.example", ""),
        ("/images/", "//a.example/a.png", ""),
        ("/images/", "/other/a.png", ""),
        ("/images/", " /other/a.png", ""),
        ("/images/", "#part", ""),
        ("/images/", "?page=2", ""),
        ("/images/", "~/a.png", ""),
        ("/images/", "@/a.png", ""),
        ("/images/", "$lib/a.png", ""),
        ("/images/", "{{ site.cdn }}/a.png", ""),
    ],
)
def test_a_value_gets_the_prefix_of_the_schema_unless_it_is_complete(
    article: Callable[..., Article], schema: Callable[..., Path], prefix: str, value: str, url: str
) -> None:
    marks = {"role": "image", "prefix": prefix}
    document = {"properties": {"a": {"x-link": marks}, "b": {"items": {"x-link": marks}}}}
    text = f"a: {json.dumps(value)}\nb: [{json.dumps(value)}]"
    found = Schemas(ValidateOptions(schema=str(schema(document)))).validate(article(text)).links
    assert [link.url for link in found] == [url or value] * 2
    assert [link.prefix + value for link in found] == [link.url for link in found]


def test_an_empty_prefix_is_refused(schema: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match="prefix"):
        Schemas(ValidateOptions(schema=str(schema({"properties": {"a": {"x-link": {"role": "link", "prefix": ""}}}}))))
