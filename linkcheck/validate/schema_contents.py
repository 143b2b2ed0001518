"""What must be known of a schema document before it is used: links, references and dialect."""

from msgspec import Struct

from linkcheck.did_you_mean import closest, fold
from linkcheck.errors import UsageError
from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate.custom_messages import message_mistakes, message_pointers
from linkcheck.validate.formats import FORMATS
from linkcheck.validate.outdated_keywords import guessed_dialect, is_of_interest, outdated

DIALECTS = {
    "json-schema.org/draft-04/schema": "draft-04",
    "json-schema.org/draft-06/schema": "draft-06",
    "json-schema.org/draft-07/schema": "draft-07",
    "json-schema.org/draft/2019-09/schema": "2019-09",
    "json-schema.org/draft/2020-12/schema": "2020-12",
}
"""Values of `$schema`, without scheme and empty fragment."""

_NAMES_TO_SCHEMAS = frozenset(
    {"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"}
)
_PLAIN_VALUES = frozenset(
    {"enum", "const", "default", "examples", "required", "dependentRequired", "errorMessage", "patternErrorMessage"}
)
_REBASING = frozenset({"$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"})


ANNOTATIONS = ("x-link", "x-article", "x-unique", "x-ref")
"""Our own keywords, each with a schema of this name."""
_MEANT = {
    **dict.fromkeys(("xref", "xrefs", "xreference", "xreferences"), "x-ref"),
    **dict.fromkeys(("xuniq", "xuniqueness"), "x-unique"),
}
"""Other spellings of them, folded. Other programs have keywords such as `x-rel`, which is not one of them."""

KEYWORDS = (
    *("$schema", "$id", "id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"),
    *("$vocabulary", "$defs", "definitions", "$comment", "title", "description", "default", "examples", "deprecated"),
    *("readOnly", "writeOnly", "type", "enum", "const", "format", "pattern", "minLength", "maxLength", "contentEncoding"),
    *("contentMediaType", "contentSchema", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("properties", "patternProperties", "additionalProperties", "unevaluatedProperties", "propertyNames", "required"),
    *("minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies", "items", "prefixItems"),
    *("additionalItems", "unevaluatedItems", "contains", "minContains", "maxContains", "minItems", "maxItems"),
    *("uniqueItems", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", *ANNOTATIONS),
)
"""Keywords of every dialect."""
_KNOWN = frozenset((*KEYWORDS, "example", "nullable", "errorMessage", "patternErrorMessage"))
"""Also those of OpenAPI, ajv-errors and VS Code."""
_MOST_NOTICES = 10
_FORMATS = (*FORMATS, "uri-template", "relative-json-pointer")


class SchemaContents(Struct, frozen=True):
    """`annotations` are the values of each of our keywords with their pointers. `alone` means that every `$ref`
    is a pointer in the same document and nothing moves the base it is read against.
    """

    dialect: str
    alone: bool
    patterns: tuple[tuple[str, str], ...] = ()
    """The values of `pattern` and the names in `patternProperties` with their pointers."""
    annotations: dict[str, tuple[tuple[str, Json], ...]] = {}
    has_messages: bool = False
    """Whether there is an `errorMessage`."""
    message_pointers: tuple[tuple[str, str], ...] = ()
    """The pointers into the front matter in these, each with that of the `errorMessage`."""
    notices: tuple[str, ...] = ()
    """What has no effect, in sentences."""


def schema_contents(document: Json, shown: str) -> SchemaContents:
    """Scan a schema document. Raises UsageError for an unknown dialect and a misspelled keyword or format."""
    if not isinstance(document, dict):
        raise UsageError(f"{shown}: the schema is not a JSON object. Start it with {{ and describe the front matter.")
    annotations: dict[str, list[tuple[str, Json]]] = {keyword: [] for keyword in ANNOTATIONS}
    patterns: list[tuple[str, str]] = []
    messages: list[tuple[str, Json]] = []
    used: list[tuple[str, str, dict[str, Json]]] = []
    alone = True
    # Anything is allowed below a custom keyword, so nothing is reported as misspelled there.
    waiting: list[tuple[str, Json, bool, bool]] = [("", document, False, True)]
    while waiting:
        pointer, value, names, ours = waiting.pop()
        if isinstance(value, list):
            waiting.extend((f"{pointer}/{index}", child, False, ours) for index, child in enumerate(value))
        if not isinstance(value, dict):
            continue
        if names:
            waiting.extend((f"{pointer}/{escape(name)}", child, False, ours) for name, child in value.items())
            continue
        for key, child in value.items():
            here = f"{pointer}/{escape(key)}"
            if ours and is_of_interest(key, child):
                used.append((pointer, key, value))
            if key in annotations:
                annotations[key].append((here, child))
            elif key in {"errorMessage", "patternErrorMessage"}:
                messages.append((here, child))
            elif ours and key not in _KNOWN and (meant := _meant(key)):
                raise UsageError(f"{shown}: {here}: unknown keyword {key!r:.40}. Did you mean {meant}?")
            elif key in _REBASING or (key in {"$id", "id"} and pointer and isinstance(child, str)):
                alone = False
            elif key == "$ref":
                alone = alone and isinstance(child, str) and (child == "#" or child.startswith("#/"))
            elif key == "pattern" and isinstance(child, str):
                patterns.append((here, child))
            elif key == "format" and isinstance(child, str):
                if ours and child not in _FORMATS and (meant := closest(child, _FORMATS)):
                    raise UsageError(f"{shown}: {here}: unknown format {child!r}. Did you mean {meant}?")
            elif key not in _PLAIN_VALUES:
                if key == "patternProperties" and isinstance(child, dict):
                    patterns += ((here, name) for name in child)
                waiting.append((here, child, key in _NAMES_TO_SCHEMAS, ours and key in _KNOWN))
    dialect = _declared_dialect(document, shown) or guessed_dialect(used)
    mistakes = [mistake for pointer, message in messages for mistake in message_mistakes(pointer, message, KEYWORDS)]
    notices = sorted((*outdated(used, dialect), *mistakes))
    return SchemaContents(
        dialect,
        alone,
        tuple(sorted(patterns)),
        {keyword: _by_pointer(values) for keyword, values in annotations.items()},
        bool(messages),
        tuple((pointer, each) for pointer, message in sorted(messages, key=_pointer) for each in message_pointers(message)),
        tuple(f"{shown}: {notice}" for notice in notices[:_MOST_NOTICES]),
    )


def _by_pointer(annotations: list[tuple[str, Json]]) -> tuple[tuple[str, Json], ...]:
    return tuple(sorted(annotations, key=_pointer))


def _pointer(entry: tuple[str, Json]) -> str:
    return entry[0]


def _meant(key: str) -> str | None:
    """The keyword that was probably meant; `x-` starts custom keywords, except for ours."""
    if key.startswith("x"):
        return _MEANT.get(fold(key)) or closest(key, ("x-link", "x-article", "x-unique"), sure=True)
    return closest(key, KEYWORDS)


def _declared_dialect(document: dict[str, Json], shown: str) -> str | None:
    named = document.get("$schema")
    if named is None:
        return None
    known = isinstance(named, str) and DIALECTS.get(named.removesuffix("#").removeprefix("https://").removeprefix("http://"))
    if not known:
        raise UsageError(
            f"{shown}: /$schema: unknown dialect {str(named)[:200]!r}. Use https://json-schema.org/draft/2020-12/schema."
        )
    return known
