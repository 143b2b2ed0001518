import json
import re
from pathlib import Path

import pytest

from linkcheck.validate import Schemas, ValidateOptions, check_config
from linkcheck.validate.documents import shipped
from linkcheck.validate.formats import FORMATS

DOCS = Path(__file__).parents[3] / "docs"
X_LINK = (DOCS / "reference" / "x-link.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "write-a-schema.md").read_text(encoding="utf-8")
EXAMPLES = [match[1] for text in (X_LINK, HOW_TO) for match in re.finditer(r"```json\n(.*?)```", text, re.DOTALL)]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_a_schema(example: str, tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text(example, encoding="utf-8")
    Schemas(ValidateOptions(schema=str(path)))


def test_every_word_of_the_vocabulary_is_explained() -> None:
    properties = json.loads(shipped("x-link.schema.json").read_text(encoding="utf-8"))["properties"]
    words = {*properties, *properties["role"]["enum"]}
    assert {word for word in words if f"`{word}`" not in X_LINK} == set()


def test_every_format_is_named() -> None:
    assert {name for name in FORMATS if f"`{name}`" not in HOW_TO} == set()


def test_the_example_of_a_collection_is_a_configuration() -> None:
    import tomllib

    (example,) = re.findall(r"```toml\n(.*?)```", HOW_TO, re.DOTALL)
    assert check_config(tomllib.loads(example)) == ()
