"""Articles for which nothing is configured: those that do not have the format of the default schema need not conform."""

from collections.abc import Callable

import pytest

from linkcheck.model import Article
from linkcheck.validate import Schemas, ValidateOptions

ReadArticle = Callable[..., Article]
SIX = "type: profile\nbio: Pilot\nheat: 1\nlocation: Oslo\ntopics: [a]\nwebsite: https://a.example/"
FOREIGN = [
    pytest.param("layout: post\ndate: 2020-01-01", id="a page without a title"),
    pytest.param("title: A\nimages: [a.png]\npublished: 2020-01-01", id="keys of other types"),
    pytest.param("title: A\ntwitter: jo\nlinkedin: jo\nlocation: {city: Oslo}", id="accounts as texts"),
    pytest.param("title: A\nprovideR: x\nimages: /a.png", id="names that resemble those of the default schema"),
    pytest.param("date: 2020-01-01\ncategory: news", id="news"),
    pytest.param("type: a\nbio: b\nheat: 1\nlocation: {c: d}\ntopics: [a]\nx: 1", id="five properties of six"),
    pytest.param(f"{SIX}\nx: 1\ny: 2", id="six properties of eight"),
]


@pytest.fixture
def schemas() -> Schemas:
    return Schemas(ValidateOptions(is_configured=False))


@pytest.mark.parametrize("text", FOREIGN)
def test_an_article_of_another_format_violates_nothing(text: str, article: ReadArticle, schemas: Schemas) -> None:
    validation = schemas.validate(article(text))
    assert (validation.violations, validation.links, validation.unknown) == ((), (), ("",))
    assert not validation.has_link_fields


@pytest.mark.parametrize("text", FOREIGN)
def test_an_article_of_another_format_violates_the_default_schema_if_it_is_configured(
    text: str, article: ReadArticle
) -> None:
    validation = Schemas(ValidateOptions()).validate(article(text))
    assert validation.violations
    assert (validation.unknown, validation.has_link_fields) == ((), True)


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        pytest.param("webUrl: https://a.example/", ["required"], id="it has a canonical URL"),
        pytest.param("WEBURL: https://a.example/\ntitle: A", ["near-miss"], id="it has one in capitals"),
        pytest.param("publishedDateTime: yesterday\ntitle: A", ["format"], id="it has a publication time"),
        pytest.param(SIX, ["required"], id="the schema knows six properties"),
        pytest.param(f"{SIX}\nx: 1", ["required"], id="the schema knows six of seven properties"),
        pytest.param(f"{SIX}\nname: A\nmembers: 3\nx: 1\ny: 2", [], id="the schema knows four fifths of its properties"),
    ],
)
def test_an_article_of_the_default_format_must_conform(
    text: str, keywords: list[str], article: ReadArticle, schemas: Schemas
) -> None:
    validation = schemas.validate(article(text))
    assert [violation.keyword for violation in validation.violations] == keywords
    assert validation.has_link_fields


def test_the_values_that_the_default_schema_does_not_describe_are_listed(article: ReadArticle, schemas: Schemas) -> None:
    text = "weburl: https://a.example/\nprovider: {name: B, logo: /b.svg}\nimages: [{url: /a.png, hd: /c.png}]\nx: 1"
    assert schemas.validate(article(text)).unknown == ("/provider/logo", "/images/0/hd", "/x")
