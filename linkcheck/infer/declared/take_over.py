"""Adds a declared schema to an inferred one, which describes only the values that occur in the articles."""

from collections.abc import Collection

from linkcheck.model import Json


def take_over(inferred: dict[str, Json], declared: dict[str, Json], always: Collection[str]) -> None:
    """Change an inferred schema to match a declared one. `always` are the properties that all articles have.

    A declared property is required only if the declaration requires it and all articles have it. Declared choices replace
    the inferred ones; a string that is declared without choices has none. A declared property that no article has is added.
    Articles can still violate the choices, which their validation reports.
    """
    properties = inferred.get("properties")
    wanted = declared.get("properties")
    if not isinstance(wanted, dict):
        return
    if not isinstance(properties, dict):
        properties = inferred["properties"] = {}
    required = _required(inferred, declared, always)
    for name, schema in wanted.items():
        if not isinstance(schema, dict):
            continue
        known = properties.get(name)
        if known is None:
            properties[name] = _for_new(schema)
        elif isinstance(known, dict):
            _change(known, schema)
    inferred.pop("required", None)
    if required:
        inferred["required"] = [*required]


def _required(inferred: dict[str, Json], declared: dict[str, Json], always: Collection[str]) -> list[str]:
    before, wanted, properties = inferred.get("required"), declared.get("required"), declared.get("properties")
    found = [name for name in before if isinstance(name, str)] if isinstance(before, list) else []
    needed = [name for name in wanted if isinstance(name, str)] if isinstance(wanted, list) else []
    known = properties if isinstance(properties, dict) else {}
    kept = [name for name in found if name in needed or name not in known]
    return [*kept, *(name for name in needed if name in always and name not in kept)]


def _change(known: dict[str, Json], declared: dict[str, Json]) -> None:
    """Change the schema of a property that articles have. A reference is not changed: other properties use it too."""
    if "description" in declared:
        known.setdefault("description", declared["description"])
    if known.keys() <= {"description"}:  # always empty
        known |= _for_new(declared)
    if declared.get("type") == "string" and known.get("type") == "string" and "x-link" not in known:
        known.pop("enum", None)
        if "x-link" in declared:
            known["x-link"] = declared["x-link"]
        if "enum" in declared:
            known.pop("minLength", None)
            known["enum"] = declared["enum"]
    items, inner = known.get("items"), declared.get("items")
    if isinstance(items, dict) and isinstance(inner, dict):
        _change(items, inner)
    if "properties" in declared and "properties" in known:
        take_over(known, declared, ())


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
