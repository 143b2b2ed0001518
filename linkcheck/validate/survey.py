"""What a schema document holds that matters before it is used: its links, its references, its dialect."""

from msgspec import Struct

from linkcheck.errors import UsageError
from linkcheck.misspelt import fold
from linkcheck.model import Json
from linkcheck.pointers import escape

DIALECTS = {
    "json-schema.org/draft-04/schema": "draft-04",
    "json-schema.org/draft-06/schema": "draft-06",
    "json-schema.org/draft-07/schema": "draft-07",
    "json-schema.org/draft/2019-09/schema": "2019-09",
    "json-schema.org/draft/2020-12/schema": "2020-12",
}
"""What `$schema` may say, without scheme and empty fragment."""

_NAMES_TO_SCHEMAS = frozenset(
    {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"}
)
_PLAIN_VALUES = frozenset({"enum", "const", "default", "examples", "required", "dependentRequired"})
_REBASING = frozenset({"$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"})


class Survey(Struct, frozen=True):
    """`links` are the values of `x-link` with their pointers. `alone` says that every `$ref` leads to a pointer in the same
    document and nothing moves the base it is read against.
    """

    dialect: str
    links: tuple[tuple[str, Json], ...]
    alone: bool
    patterns: tuple[tuple[str, str], ...] = ()
    """The values of `pattern` with their pointers."""


def survey(document: Json, shown: str) -> Survey:
    """Look through a schema document. Raises UsageError for an unknown dialect and a misspelt `x-link`."""
    if not isinstance(document, dict):
        raise UsageError(f"{shown}: the schema is not a JSON object. Start it with {{ and describe the front matter.")
    links: list[tuple[str, Json]] = []
    patterns: list[tuple[str, str]] = []
    alone = True
    waiting: list[tuple[str, Json, bool]] = [("", document, False)]
    while waiting:
        pointer, value, names = waiting.pop()
        if isinstance(value, list):
            waiting.extend((f"{pointer}/{index}", child, False) for index, child in enumerate(value))
        if not isinstance(value, dict):
            continue
        if names:
            waiting.extend((f"{pointer}/{escape(name)}", child, False) for name, child in value.items())
            continue
        for key, child in value.items():
            here = f"{pointer}/{escape(key)}"
            if key == "x-link":
                links.append((here, child))
            elif fold(key) == "xlink":
                raise UsageError(f"{shown}: {here}: unknown keyword {key!r:.40}. Did you mean x-link?")
            elif key in _REBASING or (key in {"$id", "id"} and pointer and isinstance(child, str)):
                alone = False
            elif key == "$ref":
                alone = alone and isinstance(child, str) and (child == "#" or child.startswith("#/"))
            elif key == "pattern" and isinstance(child, str):
                patterns.append((here, child))
            elif key not in _PLAIN_VALUES:
                waiting.append((here, child, key in _NAMES_TO_SCHEMAS))
    return Survey(_dialect(document, shown), tuple(sorted(links, key=lambda link: link[0])), alone, tuple(sorted(patterns)))


def _dialect(document: dict[str, Json], shown: str) -> str:
    named = document.get("$schema")
    if named is None:
        return "2020-12"
    known = isinstance(named, str) and DIALECTS.get(named.removesuffix("#").removeprefix("https://").removeprefix("http://"))
    if not known:
        raise UsageError(
            f"{shown}: /$schema: unknown dialect {str(named)[:200]!r}. Write https://json-schema.org/draft/2020-12/schema."
        )
    return known
