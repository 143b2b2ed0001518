"""Required properties that an article has under a similar name are one violation."""

from pathlib import Path

import pytest
from msgspec import json

from linkcheck.model import Article, Json, Source
from linkcheck.parse import parse
from linkcheck.validate import Schemas, ValidateOptions, Validation

TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}


def validation(schema: dict[str, Json], article: Article, folder: Path) -> Validation:
    (folder / "s.json").write_bytes(json.encode(schema))
    return Schemas(ValidateOptions(schema=str(folder / "s.json"))).validate(article)


def article_of(text: str) -> Article:
    return parse(Source("a.md", "a.md", f"---\n{text}\n---\n".encode()))


@pytest.mark.parametrize(
    ("required", "kind", "text", "name", "hint"),
    [
        pytest.param("authors", TEXTS, "author: [A]", "author", "Rename author to authors.", id="singular"),
        pytest.param("author", TEXT, "authors: A", "authors", "Rename authors to author.", id="plural"),
        pytest.param("tag", TEXT, "tags: a", "tags", "Rename tags to tag.", id="a short name"),
        pytest.param(
            "categories", TEXTS, "category: [a]", "category", "Rename category to categories.", id="a plural in ies"
        ),
        pytest.param(
            "category", TEXT, "categories: a", "categories", "Rename categories to category.", id="a singular in y"
        ),
        pytest.param("canonical", TEXT, "cannonical: a", "cannonical", "Rename cannonical to canonical.", id="a slip"),
        pytest.param("name", TEXT, "nmae: a", "nmae", "Rename nmae to name.", id="letters in another order"),
        pytest.param("venue", TEXT, "venu: a", "venu", "Rename venu to venue.", id="a letter that is missing"),
        pytest.param("webUrl", TEXT, "weburl: a", "weburl", "Rename weburl to webUrl.", id="another case"),
        pytest.param(
            *("tags", TEXTS, "tag: a", "tag", "Rename tag to tags, with a value that the schema allows."),
            id="a value of another type",
        ),
    ],
)
@pytest.mark.parametrize("closed", [False, True], ids=["others allowed", "others forbidden"])
def test_a_required_property_with_another_name_is_one_violation(  # noqa: PLR0917 - given by name
    required: str, kind: Json, text: str, name: str, hint: str, tmp_path: Path, *, closed: bool
) -> None:
    schema: dict[str, Json] = {"properties": {"title": TEXT, required: kind}, "required": ["title", required]}
    if closed:
        schema["additionalProperties"] = False
    (found,) = validation(schema, article_of(f"title: T\n{text}"), tmp_path).violations
    assert (found.keyword, found.location.pointer, found.location.span.line) == ("required", f"/{name}", 3)
    assert found.message == f"`{required}` is missing, but there is `{name}`, which the schema does not know"
    if not closed:  # the types of a closed object are not looked up
        assert (found.suggestion, found.hint) == (required if hint.endswith(f"to {required}.") else None, hint)


@pytest.mark.parametrize(
    ("properties", "text", "keywords"),
    [
        pytest.param({"authors": TEXTS}, "author: A\nauthors: [B]", [], id="both are there"),
        pytest.param({"authors": TEXTS, "author": TEXT}, "author: A", ["required"], id="both are known"),
        pytest.param({"published": {"type": "boolean"}}, "publisher: A", ["required"], id="a slip with another type"),
        pytest.param({"date": TEXT}, "data: A", ["required"], id="another word"),
        pytest.param({"authors": TEXTS}, "b: {author: A}", ["required"], id="in another object"),
    ],
)
def test_other_names_are_not_meant(properties: dict[str, Json], text: str, keywords: list[str], tmp_path: Path) -> None:
    first = next(iter(properties))
    found = validation({"properties": {**properties, "b": {}}, "required": [first]}, article_of(text), tmp_path).violations
    assert [each.keyword for each in found] == keywords
    assert [each.location.pointer for each in found] == [f"/{first}"] * len(keywords)


def test_one_name_stands_for_one_property(tmp_path: Path) -> None:
    schema: dict[str, Json] = {"properties": {"linkes": {}, "links": {}}, "required": ["linkes", "links"]}
    found = validation(schema, article_of("link: A"), tmp_path).violations
    assert sorted(each.location.pointer for each in found) == ["/link", "/links"]


def test_names_that_are_read_in_lower_case_are_not_to_be_renamed(tmp_path: Path) -> None:
    schema: dict[str, Json] = {"properties": {"webUrl": TEXT, "authors": TEXT}, "required": ["webUrl", "authors"]}
    source = Source("a.md", "a.md", b"Title: T\nWebUrl: a\nAuthor: A\n\n", multimarkdown=True)
    found = validation(schema, parse(source), tmp_path).violations
    assert [(each.keyword, each.hint) for each in found] == [
        ("required", "Add the property."),
        ("near-miss", "Rename webUrl to weburl in the schema."),
        ("required", "Rename author to authors."),
    ]


NAMED: dict[str, Json] = {"type": "object", "properties": {"name": TEXT}, "required": ["name"]}


@pytest.mark.parametrize(
    ("schema", "text", "pointer", "name"),
    [
        ({"properties": {"author": NAMED}}, "author: {nmae: J}", "/author/nmae", "name"),
        ({"properties": {"author": {"anyOf": [TEXT, NAMED]}}}, "author: {nmae: J}", "/author/nmae", "name"),
        ({"dependentSchemas": {"event": NAMED}}, "event: a\nnaem: b", "/naem", "name"),
        (
            {
                "properties": {
                    "blocks": {
                        "items": {
                            "oneOf": [
                                {
                                    "properties": {"kind": {"const": kind}},
                                    "required": ["kind"],
                                    "additionalProperties": False,
                                }
                                for kind in ("image", "quote")
                            ]
                        }
                    }
                }
            },
            "blocks: [{Kind: image}]",
            "/blocks/0/Kind",
            "kind",
        ),
    ],
)
def test_a_name_further_down_is_told_as_one_at_the_top(
    schema: dict[str, Json], text: str, pointer: str, name: str, tmp_path: Path
) -> None:
    (found,) = validation(schema, article_of(text), tmp_path).violations
    assert (found.location.pointer, found.suggestion) == (pointer, name)
    assert found.message.startswith(f"`{name}` is missing, but there is `")


def test_a_short_name_that_differs_in_a_letter_is_another_one(tmp_path: Path) -> None:
    found = validation(NAMED, article_of("game: chess"), tmp_path).violations
    assert [(each.location.pointer, each.suggestion) for each in found] == [("/name", None)]
