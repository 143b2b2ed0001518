"""A schema that another program declares for the articles of a folder, reduced to what an inferred schema can use."""

from collections.abc import Mapping

from msgspec import Struct

from linkcheck.infer.roles import role_by_name
from linkcheck.model import Json

TYPES = frozenset(("string", "number", "integer", "boolean", "array", "object"))
_MOST_CHOICES = 200
_DEEPEST = 8


class DeclaredSchema(Struct, frozen=True):
    """`folder` is relative to the repository's root; `source` is the file that declares it.

    `schema` has only `type`, `enum`, `items`, `properties`, `required`, `description`, `x-link`, and `format` if it is
    `uri`, at every level.
    """

    folder: str
    source: str
    schema: dict[str, Json]


def reduced(schema: Json, depth: int = 0) -> dict[str, Json]:
    """The part of a JSON Schema that is used. A property that is described in another way can have any value."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return {}
    found: dict[str, Json] = {}
    if isinstance(kind := schema.get("type"), str) and kind in TYPES:
        found["type"] = kind
    if schema.get("format") == "uri" and "string" in (kind if isinstance(kind, list) else [kind]):
        found["format"] = "uri"
    if isinstance(text := schema.get("description"), str):
        found["description"] = text
    if (values := choices(schema.get("enum"))) and found.get("type", "string") == "string":
        found |= {"type": "string", "enum": values}
    if isinstance(items := schema.get("items"), dict):
        found["items"] = reduced(items, depth + 1)
    if isinstance(properties := schema.get("properties"), dict):
        found["properties"] = {name: reduced(each, depth + 1) for name, each in properties.items() if name != "$schema"}
        required = schema.get("required")
        found["required"] = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
    return found


def choices(values: Json) -> list[Json]:
    """The allowed values of a property; empty if not all of them are strings."""
    if not isinstance(values, list) or len(values) > _MOST_CHOICES:
        return []
    texts: list[Json] = [value for value in values if isinstance(value, str)]
    return texts if len(texts) == len(values) else []


def with_links(schema: dict[str, Json], path: tuple[str, ...] = ()) -> dict[str, Json]:
    """The schema with the role of a link for each URL, by the name of its property."""
    found = dict(schema)
    role = role_by_name(path) if found.get("format") == "uri" else None
    if role is not None:
        found.setdefault("x-link", {"role": role.value})
    if isinstance(items := found.get("items"), dict):
        found["items"] = with_links(items, (*path, "[]"))
    if isinstance(properties := found.get("properties"), dict):
        found["properties"] = {
            name: with_links(each, (*path, name)) if isinstance(each, dict) else each for name, each in properties.items()
        }
    return found


def object_schema(fields: Mapping[str, tuple[dict[str, Json], bool]]) -> dict[str, Json]:
    """A schema for an object. Each field has its schema, and whether it is required."""
    return {
        "type": "object",
        "properties": {name: schema for name, (schema, _) in fields.items()},
        "required": [name for name, (_, required) in fields.items() if required],
    }
