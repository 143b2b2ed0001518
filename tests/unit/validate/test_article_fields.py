"""The keyword `x-article`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linkcheck.errors import UsageError
from linkcheck.model import Article, ArticleFields, Json
from linkcheck.validate import Schemas, ValidateOptions

ReadArticle = Callable[..., Article]
WriteSchema = Callable[..., Path]


def marked(kind: str) -> Json:
    return {"x-article": kind}


@pytest.fixture
def fields(article: ReadArticle, schema: WriteSchema) -> Callable[[object], ArticleFields | None]:
    def find(document: object) -> ArticleFields | None:
        return Schemas(ValidateOptions(schema=str(schema(document)))).validate(article("a: b")).fields

    return find


@pytest.mark.parametrize(
    ("document", "kind", "names"),
    [
        pytest.param({"properties": {"headline": marked("title")}}, "title", ("headline", "title"), id="a property"),
        pytest.param(
            {"properties": {"headline": marked("title"), "title": {}}}, "title", ("headline",), id="not the usual one"
        ),
        pytest.param(
            {"properties": {"en": marked("title"), "no": marked("title"), "title": {}}},
            "title",
            ("en", "no"),
            id="two of them",
        ),
        pytest.param(
            {"$defs": {"day": marked("date")}, "allOf": [{"properties": {"day": {"$ref": "#/$defs/day"}}}]},
            "date",
            ("day", *ArticleFields().date),
            id="through a reference",
        ),
        pytest.param({"properties": {"hidden": marked("draft")}}, "draft", ("hidden", "draft"), id="a draft"),
        pytest.param({"properties": {"path": marked("permalink")}}, "permalink", ("path", "permalink", "url"), id="a URL"),
        pytest.param(
            {"properties": {"old": marked("alias"), "aliases": {}}},
            "alias",
            ("old", "alias", "redirect_from"),
            id="an alias",
        ),
        pytest.param({"properties": {"headline": marked("title")}}, "date", ArticleFields().date, id="another kind"),
    ],
)
def test_marked_names_come_before_the_usual_ones(
    document: object, kind: str, names: tuple[str, ...], fields: Callable[[object], ArticleFields | None]
) -> None:
    found = fields(document)
    assert found is not None
    assert getattr(found, kind) == names


def test_without_marks_the_usual_names_apply(fields: Callable[[object], ArticleFields | None]) -> None:
    assert fields({"properties": {"headline": {"type": "string"}}}) is None


@pytest.mark.parametrize(
    ("document", "message"),
    [
        pytest.param({"properties": {"a": marked("titel")}}, "/properties/a/x-article: ", id="an unknown kind"),
        pytest.param({"properties": {"a": {"x-article": ["title"]}}}, "/properties/a/x-article: ", id="a list"),
        pytest.param(
            {"properties": {"a": {"x-artcle": "title"}}},
            "/properties/a/x-artcle: unknown keyword",
            id="a misspelled keyword",
        ),
        pytest.param(
            {"properties": {"seo": {"properties": {"a": marked("title")}}}},
            "/properties/seo/properties/a/x-article: only a named property",
            id="a property of an object",
        ),
        pytest.param({"properties": {"a": {"items": marked("alias")}}}, "/properties/a/items/x-article: only", id="an item"),
        pytest.param(
            {"patternProperties": {"^a": marked("alias")}}, "/patternProperties/^a/x-article: only", id="a pattern of names"
        ),
        pytest.param(marked("title"), ": /x-article: only", id="the front matter"),
    ],
)
def test_a_mark_without_effect_is_an_error_with_its_place(
    document: object, message: str, fields: Callable[[object], ArticleFields | None]
) -> None:
    with pytest.raises(UsageError) as error:
        fields(document)
    assert message in str(error.value)


def test_an_unknown_kind_is_told_the_likely_one(fields: Callable[[object], ArticleFields | None]) -> None:
    with pytest.raises(UsageError, match="Did you mean title"):
        fields({"properties": {"a": marked("titel")}})


def test_marks_change_nothing_for_valid_data(article: ReadArticle, schema: WriteSchema) -> None:
    path = schema({"properties": {"headline": {"type": "string", "x-article": "title"}}})
    schemas = Schemas(ValidateOptions(schema=str(path)))
    assert not schemas.validate(article("headline: A")).violations
    assert [each.keyword for each in schemas.validate(article("headline: [A]")).violations] == ["type"]
