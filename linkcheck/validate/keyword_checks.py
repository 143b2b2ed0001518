"""Keywords that jsonschema checks without saying enough to explain the error: what matched, and where."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from linkcheck.model import Json
from linkcheck.validate.custom_messages import custom_message

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

Check = Callable[[Any, Any, Any, Any], "Iterable[ValidationError] | None"]
"""Yields the errors of one keyword: the validator, the value of the keyword, the data, the schema object around."""

_CONDITIONAL = frozenset({"$comment", "description", "else", "if", "then", "title"})
_OLD_CONTAINS = frozenset({"draft-04", "draft-06", "draft-07"})
"""Dialects without `minContains` and `maxContains`."""


def keyword_checks(known: Mapping[str, Check], dialect: str) -> dict[str, Check]:
    """The keywords to replace in the library's class for the dialect, whose own are `known`."""
    from jsonschema import Draft7Validator

    ours: dict[str, Check] = {
        "contains": _contains_any if dialect in _OLD_CONTAINS else _contains,
        "if": _if,
        "oneOf": _one_of,
        "propertyNames": _property_names,
        "type": _or_null(known["type"]),
    }
    if "additionalItems" in known:
        ours["additionalItems"] = _next_to_a_list(known["additionalItems"])
    checks = {keyword: check for keyword, check in ours.items() if keyword in known}
    # The specification of 2019-09 and 2020-12 allows it: many schemas still have the keyword.
    return checks if "dependencies" in known else {**checks, "dependencies": Draft7Validator.VALIDATORS["dependencies"]}


def mark(error: "ValidationError", **facts: object) -> "ValidationError":
    """Attach facts to an error, which `marked` returns."""
    vars(error).update(facts)
    return error


def marked(error: "ValidationError", fact: str, default: Any) -> Any:
    return vars(error).get(fact, default)


def with_messages(keyword: str, check: Check) -> Check:
    """The check, with the text of the innermost `errorMessage` attached to its errors."""

    def messages(validator: Any, value: Any, instance: Any, schema: Any) -> "Iterator[ValidationError]":
        for error in check(validator, value, instance, schema) or ():
            if marked(error, "custom", None) is None:
                own = error.validator if isinstance(error.validator, str) and not error.schema_path else keyword
                mark(error, custom=custom_message(schema, own, tuple(error.path)))
            yield error

    return messages


def _fits(validator: Any, instance: Json, schema: Json) -> bool:
    return next(validator.descend(instance, schema), None) is None


def _or_null(check: Check) -> Check:
    """`nullable`, which OpenAPI defines next to `type`."""

    def types(validator: Any, value: Any, instance: Any, schema: Any) -> "Iterator[ValidationError]":
        if instance is not None or schema.get("nullable") is not True:
            yield from check(validator, value, instance, schema) or ()

    return types


def _next_to_a_list(check: Check) -> Check:
    """`additionalItems`, which the library cannot check next to `items` that are true or false."""

    def additional(validator: Any, value: Any, instance: Any, schema: Any) -> "Iterator[ValidationError]":
        if isinstance(schema.get("items"), list):
            yield from check(validator, value, instance, schema) or ()

    return additional


def _one_of(validator: Any, forms: list[Json], instance: Json, _schema: Json) -> "Iterator[ValidationError]":
    from jsonschema.exceptions import ValidationError

    matching: list[int] = []
    errors: list[ValidationError] = []
    for index, form in enumerate(forms):
        if matching:
            matching += [index] if _fits(validator, instance, form) else []
        else:
            found = list(validator.descend(instance, form, schema_path=index))
            errors += found
            matching += [] if found else [index]
    if len(matching) > 1:
        yield mark(ValidationError("matches several"), found=matching)
    elif not matching:
        yield ValidationError("matches none", context=errors)


def _contains_any(validator: Any, wanted: Json, instance: Json, _schema: Json) -> "Iterator[ValidationError]":
    yield from _contains(validator, wanted, instance, {})


def _contains(validator: Any, wanted: Json, instance: Json, schema: dict[str, Any]) -> "Iterator[ValidationError]":
    from jsonschema.exceptions import ValidationError

    if not isinstance(instance, list):
        return
    matching = [index for index, item in enumerate(instance) if _fits(validator, item, wanted)]
    least, most = schema.get("minContains", 1), schema.get("maxContains", len(instance))
    if len(matching) > most:
        error = ValidationError("too many", validator="maxContains", validator_value=most)
        yield mark(error, found=matching)
    elif len(matching) < least:
        named = {"validator": "minContains", "validator_value": least} if "minContains" in schema else {}
        yield mark(ValidationError("too few", **named), found=matching)


def _if(validator: Any, condition: Json, instance: Json, schema: dict[str, Json]) -> "Iterator[ValidationError]":
    from jsonschema.exceptions import ValidationError

    holds = _fits(validator, instance, condition)
    part = "then" if holds else "else"
    follows = schema.get(part, True)
    chain = [] if holds else conditions(schema)
    if holds and follows is False:
        yield ValidationError("is excluded", validator="not", validator_value=condition)
    elif chain:
        errors = [error for index, each in enumerate(chain) for error in validator.descend(instance, each, None, index)]
        yield ValidationError("meets no condition", validator="anyOf", validator_value=chain, context=errors)
    else:
        for error in validator.descend(instance, follows, schema_path=part):
            yield mark(error, because=marked(error, "because", condition)) if holds else error


def conditions(schema: dict[str, Json]) -> list[Json]:
    """The conditions of a chain of `if` and `else` one of which must hold, because the last `else` is `false`."""
    chain: list[Json] = []
    rest: Json = schema
    while isinstance(rest, dict) and "if" in rest and (rest is schema or rest.keys() <= _CONDITIONAL):
        chain.append(rest["if"])
        rest = rest.get("else", True)
    return chain if rest is False else []


def _property_names(validator: Any, names: Json, instance: Json, _schema: Json) -> "Iterator[ValidationError]":
    for name in instance if isinstance(instance, dict) else ():
        for error in validator.descend(name, names):
            error.path.appendleft(name)
            yield mark(error, is_name=True)
