import json
import re
from pathlib import Path

import pytest

from linkcheck.model import ArticleFields
from linkcheck.validate import Schemas, ValidateOptions, check_config
from linkcheck.validate.documents import shipped
from linkcheck.validate.formats import FORMATS

DOCS = Path(__file__).parents[3] / "docs"
X_LINK = (DOCS / "reference" / "x-link.md").read_text(encoding="utf-8")
X_ARTICLE = (DOCS / "reference" / "x-article.md").read_text(encoding="utf-8")
IDENTITY = (DOCS / "reference" / "identity.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "write-a-schema.md").read_text(encoding="utf-8")
EXAMPLES = [
    match[1]
    for text in (X_LINK, X_ARTICLE, IDENTITY, HOW_TO)
    for match in re.finditer(r"```json\n(.*?)```", text, re.DOTALL)
]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_a_schema(example: str, tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text(example, encoding="utf-8")
    Schemas(ValidateOptions(schema=str(path)))


def test_every_word_of_the_vocabulary_is_explained() -> None:
    properties = json.loads(shipped("x-link.schema.json").read_text(encoding="utf-8"))["properties"]
    words = {*properties, *properties["role"]["enum"]}
    assert {word for word in words if f"`{word}`" not in X_LINK} == set()


def test_every_mark_of_an_article_is_explained_with_its_usual_names() -> None:
    kinds = json.loads(shipped("x-article.schema.json").read_text(encoding="utf-8"))["enum"]
    rows = {line.split("|")[1].strip(): line for line in X_ARTICLE.splitlines() if line.startswith("| `")}
    usual = ArticleFields()
    assert [f"`{kind}`" for kind in kinds] == [*rows]
    assert {name: names for name in kinds if (names := re.findall(r"`(.*?)`", rows[f"`{name}`"].split("|")[3]))} == {
        name: [*getattr(usual, name)] for name in kinds
    }


def test_every_format_is_named() -> None:
    assert {name for name in FORMATS if f"`{name}`" not in HOW_TO} == set()


def test_the_example_of_a_collection_is_a_configuration() -> None:
    import tomllib

    (example,) = re.findall(r"```toml\n(.*?)```", HOW_TO, re.DOTALL)
    assert check_config(tomllib.loads(example)) == ()
