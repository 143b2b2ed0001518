"""Adds a declared schema to an inferred one, which describes only the values that occur in the articles."""

from collections.abc import Iterator
from copy import deepcopy

from linkcheck.infer.roles import SHARE
from linkcheck.infer.shape import Shape
from linkcheck.model import Json

_TEXTS: tuple[Json, ...] = ("string", ["string", "null"])


def take_over(inferred: dict[str, Json], declared: dict[str, Json], shape: Shape) -> tuple[tuple[str, ...], ...]:
    """Change the inferred schema of a shape to match a declared one.

    Returns the paths, as in `roles`, of properties that the declaration requires and some articles lack.

    A declared property is required only if the declaration requires it and all articles have it. Declared choices replace
    the inferred ones; a string that is declared without choices has none. A declared property that no article has is added.
    Articles can still violate the choices, which their validation reports. A property that is declared to be a URL is a
    link, unless its values are something else.
    """
    return tuple(_take_over(inferred, declared, shape, ()))


def _take_over(
    inferred: dict[str, Json], declared: dict[str, Json], shape: Shape, path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    properties = inferred.get("properties")
    wanted = declared.get("properties")
    if not isinstance(wanted, dict):
        return
    if not isinstance(properties, dict):
        properties = inferred["properties"] = {}
    kept, optional = _required(inferred, declared, shape)
    yield from ((*path, name) for name in optional)
    for name, schema in wanted.items():
        if not isinstance(schema, dict):
            continue
        known = properties.get(name)
        if known is None:
            properties[name] = _for_new(schema)
        elif isinstance(known, dict):
            yield from _change(known, schema, shape.properties.get(name), (*path, name), required=name in kept)
    inferred.pop("required", None)
    if kept:
        inferred["required"] = [*kept]


def _required(inferred: dict[str, Json], declared: dict[str, Json], shape: Shape) -> tuple[list[str], list[str]]:
    """The properties that are required, and those that only the declaration requires."""
    before, wanted, properties = inferred.get("required"), declared.get("required"), declared.get("properties")
    found = [name for name in before if isinstance(name, str)] if isinstance(before, list) else []
    needed = [name for name in wanted if isinstance(name, str)] if isinstance(wanted, list) else []
    known = properties if isinstance(properties, dict) else {}
    objects = shape.kinds["object"]
    always = {name for name, below in shape.properties.items() if below.count == objects > 0}
    kept = [name for name in found if name in needed or name not in known]
    kept += [name for name in needed if name in always and name not in kept]
    return kept, [name for name in needed if name not in kept]


def _change(
    known: dict[str, Json], declared: dict[str, Json], shape: Shape | None, path: tuple[str, ...], *, required: bool = False
) -> Iterator[tuple[str, ...]]:
    """Change the schema of a property that articles have. A reference is not changed: other properties use it too."""
    if "format" in declared and not _are_urls(shape):
        declared = {name: value for name, value in declared.items() if name not in ("format", "x-link")}
    if "description" in declared:
        known.setdefault("description", declared["description"])
    if known.keys() <= {"description"}:  # always empty, or in too few articles to infer a type
        known |= deepcopy(declared) if required else _for_new(declared)
    elif "type" in declared and known.keys().isdisjoint(("type", "$ref")):
        known["type"] = declared["type"] if required else [declared["type"], "null"]
    if "format" in declared and known.get("type") in _TEXTS and not (known.keys() & {"format", "pattern", "anyOf"}):
        known["format"] = declared["format"]
    is_text = declared.get("type") == "string" or "x-link" in declared
    if is_text and known.get("type") in _TEXTS and "x-link" not in known:
        known.pop("enum", None)
        if "x-link" in declared:
            known["x-link"] = declared["x-link"]
        if isinstance(values := declared.get("enum"), list):
            known.pop("minLength", None)
            known["enum"] = [*values] if known["type"] == "string" else [*values, None, ""]
    items, inner = known.get("items"), declared.get("items")
    if isinstance(items, dict) and isinstance(inner, dict) and shape is not None:
        yield from _change(items, inner, shape.items, (*path, "[]"))
    if "properties" in declared and "properties" in known and shape is not None:
        yield from _take_over(known, declared, shape, path)


def _are_urls(shape: Shape | None) -> bool:
    """Whether nearly all texts of a property were meant as URLs, as it was declared; also if there are none."""
    if shape is None:
        return True
    texts, features = shape.kinds["string"] - shape.features["empty"], shape.features
    return features["absolute"] + features["malformed URL"] >= SHARE * texts


def _for_new(declared: dict[str, Json]) -> dict[str, Json]:
    """The schema of a property that no article has: nothing in it is required, and it can be empty."""
    schema = {name: value for name, value in declared.items() if name not in ("required", "properties", "items", "enum")}
    if isinstance(properties := declared.get("properties"), dict):
        schema["properties"] = {name: _for_new(each) for name, each in properties.items() if isinstance(each, dict)}
    if isinstance(items := declared.get("items"), dict):
        schema["items"] = _for_new(items)
    if isinstance(values := declared.get("enum"), list):
        schema["enum"] = [*values, None, ""]
    if "type" in schema:
        schema["type"] = [schema["type"], "null"]
    return schema
