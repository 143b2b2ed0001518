"""The properties and items that `unevaluatedProperties` and `unevaluatedItems` are about.

By the specification, what only a failed subschema describes is unevaluated, too: with `allOf`, one wrong value would make
all properties next to it unknown. The error of that subschema is reported, so nothing else is said about them.
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from linkcheck.model import Json
from linkcheck.validate.budget import Budget
from linkcheck.validate.keyword_checks import Check, conditions, mark

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_DEEPEST_KIND = 3
"""Levels at which a wrong value or type rules out an alternative: that of the value itself, and of `kind` in it."""


def is_explained(validator: Any, instance: Json, schema: Json, keyword: str) -> bool:
    """Whether there are errors without the keyword."""
    rest = {key: value for key, value in schema.items() if key != keyword} if isinstance(schema, dict) else schema
    return not validator.evolve(schema=rest).is_valid(instance)


def evaluated_names(
    validator: Any, instance: dict[str, Json], schema: Json, budget: Budget, *, explained: bool = False
) -> set[str]:
    """The names that the schema evaluates, for `unevaluatedProperties` (JSON Schema, section 11.3).

    With `explained`, also those that a failed subschema describes whose errors are reported.
    """
    names: set[str] = set()
    for there, each in _in_place(validator, instance, schema, budget, explained=explained):
        for keyword, part in each.items():
            match keyword, part:
                case "properties", dict():
                    names |= part.keys() & instance.keys()
                case "patternProperties", dict():
                    # A name whose match is unknown is not reported.
                    names |= {name for name in instance if any(budget.matches(one, name) is not False for one in part)}
                case (("additionalProperties" | "unevaluatedProperties"), _) if not explained:
                    names |= {name for name, value in instance.items() if _is_valid(there, value, part)}
                case "additionalProperties", _:
                    names |= instance.keys()
                case "unevaluatedProperties", _ if each is not schema:
                    names |= instance.keys()
                case _:
                    pass
    return names


def unevaluated_items(check: Check, budget: Budget) -> Check:
    """The library's check, which says which items are left over, without those whose errors are reported."""

    def items(validator: Any, value: Any, instance: Any, schema: Any) -> "Iterator[ValidationError]":
        for error in check(validator, value, instance, schema) or ():
            found = _last_items(error.message, instance)
            if found and is_explained(validator, instance, schema, "unevaluatedItems"):
                first = _first_not_described(validator, instance, schema, budget)
                found = [index for index in found if index >= first]
                if not found:
                    continue
            if value is False or not found:
                yield mark(error, found=found)
            else:
                for index in found:
                    yield from validator.descend(instance[index], value, path=index)

    return items


def _first_not_described(validator: Any, instance: list[Json], schema: Json, budget: Budget) -> int:
    first = 0
    for _, each in _in_place(validator, instance, schema, budget, explained=True):
        for keyword, part in each.items():
            match keyword, part:
                case (("prefixItems" | "items"), list()):
                    first = max(first, len(part))
                case (("items" | "additionalItems"), _):
                    first = len(instance)
                case "unevaluatedItems", _ if each is not schema:
                    first = len(instance)
                case _:
                    pass
    return first


def _last_items(message: str, items: list[Json]) -> list[int]:
    """The indices of the items that the library's message lists, if these are the last ones."""
    shown = accumulate((repr(item) for item in items[::-1]), lambda later, item: f"{item}, {later}")
    for number, listed in enumerate(shown, 1):
        if f"({listed} w" in message:
            return list(range(len(items) - number, len(items)))
    return []


def _is_valid(validator: Any, value: Json, part: Json) -> bool:
    return not any(validator.descend(value, part))


def _in_place(
    validator: Any, instance: Json, schema: Json, budget: Budget, *, explained: bool
) -> "Iterator[tuple[Any, dict[str, Json]]]":
    """The schema objects that apply to the value, each with its validator; with `explained`, also failed ones."""
    if not isinstance(schema, dict):
        return
    yield validator, schema
    resolver = validator._resolver  # noqa: SLF001 - the library has no other way to follow a reference
    for keyword, part in schema.items():
        within: list[Json] = []
        resolved: Any = None
        match keyword, part:
            case (("$ref" | "$dynamicRef"), str()):
                resolved = resolver.lookup(part)
            case "$recursiveRef", str():
                from referencing.jsonschema import lookup_recursive_ref

                resolved = lookup_recursive_ref(resolver)
            case (("dependentSchemas" | "dependencies"), dict()) if isinstance(instance, dict):
                within = [below for name, below in part.items() if name in instance]
            case (("allOf" | "anyOf" | "oneOf"), list()):
                within = [below for below in part if _is_valid(validator, instance, below)]
                if explained and keyword == "allOf":
                    within = part
                elif explained and not within:
                    within = [below for below in part if not _is_ruled_out(validator, instance, below)] or part
            case "if", _ if _is_valid(validator, instance, part):
                within = [part, schema.get("then")]
            case "if", _:
                is_chain = explained and bool(conditions(schema))
                within = [*((part, schema.get("then")) if is_chain else ()), schema.get("else")]
            case _:
                pass
        if resolved is not None:
            budget.spend()
            there = validator.evolve(schema=resolved.contents, _resolver=resolved.resolver)
            yield from _in_place(there, instance, resolved.contents, budget, explained=explained)
        for each in within:
            yield from _in_place(validator, instance, each, budget, explained=explained)


def _is_ruled_out(validator: Any, instance: Json, form: Json) -> bool:
    """Whether an alternative is not the one that is meant: the value has another type, or another kind."""
    return any(
        (error.validator in {"const", "enum"} and len(error.path) < _DEEPEST_KIND)
        or (error.validator in {"type", None} and not error.path)
        for error in validator.descend(instance, form)
    )
