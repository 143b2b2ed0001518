"""Articles from text, by PyYAML's composer: a reading that is not the project's own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from linkcheck.model import Article, Json, Span, ValuePlace, Violation
from linkcheck.validate import Schemas, ValidateOptions

ReadArticle = Callable[..., Article]
WriteSchema = Callable[..., Path]


def _span(node: yaml.Node) -> Span:
    # One line for the opening fence, one because marks count from 0.
    start, end = node.start_mark, node.end_mark
    return Span(start.line + 2, start.column + 1, end.line + 2, end.column + 1)


def _build(node: yaml.Node | None, pointer: str, key: Span | None, places: dict[str, ValuePlace]) -> Json:
    if node is None:
        return {}
    places[pointer] = ValuePlace(_span(node), key)
    if isinstance(node, yaml.MappingNode):
        return {
            name.value: _build(value, f"{pointer}/{name.value.replace('~', '~0').replace('/', '~1')}", _span(name), places)
            for name, value in node.value
        }
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, f"{pointer}/{index}", None, places) for index, item in enumerate(node.value)]
    if node.tag.endswith(":timestamp"):
        return str(node.value)
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    value: Json = yaml.safe_load(node.value) if plain else node.value
    return value


@pytest.fixture
def article() -> ReadArticle:
    """An article of the YAML given, between fences."""

    def read(text: str, path: str = "a.md") -> Article:
        places: dict[str, ValuePlace] = {}
        data = _build(yaml.compose(text, Loader=yaml.SafeLoader), "", None, places)
        assert isinstance(data, dict)
        return Article(path=path, data=data, places=places, lines=("---", *text.splitlines(), "---"))

    return read


@pytest.fixture
def schema(tmp_path: Path) -> WriteSchema:
    """A schema file."""

    def write(document: object, name: str = "schema.json") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return path

    return write


@pytest.fixture
def check(article: ReadArticle, schema: WriteSchema) -> Callable[[object, str], list[Violation]]:
    """The violations of an article of the YAML given."""

    def hold(document: object, text: str) -> list[Violation]:
        return list(Schemas(ValidateOptions(schema=str(schema(document)))).validate(article(text)).violations)

    return hold
