"""The adapter to jsonschema: own format checks, limited string lengths, counted references, no downloads."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct, json

from linkcheck.model import Json
from linkcheck.validate.budget import Budget
from linkcheck.validate.custom_messages import CustomMessage
from linkcheck.validate.formats import FORMATS, LONGEST
from linkcheck.validate.keyword_checks import Check, keyword_checks, mark, marked, with_messages
from linkcheck.validate.multiples import is_multiple
from linkcheck.validate.unevaluated import evaluated_names, is_explained, unevaluated_items

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from referencing.jsonschema import SchemaRegistry

Path = tuple[str | int, ...]


class SchemaError(Struct, frozen=True):
    """One keyword that failed: its value (`allowed`), the value of the data, the schema object around, and both places.

    `branches` are the errors of `anyOf` and `oneOf` by the index of the alternative. `found` are the indices of what
    matched: of alternatives (`oneOf`) or items (`contains`), or of items that are left over (`unevaluatedItems`), or
    properties (`unevaluatedProperties`). The keyword is empty for the schema `false`.
    """

    keyword: str
    allowed: Json
    value: Json
    schema: Json
    path: Path
    schema_path: Path
    branches: "tuple[tuple[int, SchemaError], ...]" = ()
    found: tuple[int, ...] = ()
    is_name: bool = False
    """Whether the value is the name of a property, the last part of `path`."""
    because: Json = None
    """The condition (`if`) due to which the schema applies."""
    custom: CustomMessage | None = None


class Engine(Protocol):
    """The part of a jsonschema validator that is used."""

    def iter_errors(self, instance: Json) -> "Iterator[ValidationError]": ...


def build_engine(
    document: Json, dialect: str, registry: "SchemaRegistry | None", budget: Budget, *, messages: bool = True
) -> Engine:
    """A validator that reports every error in the data. Without a registry the document cannot refer to others.

    `messages` says whether the schema may have messages of its own.
    """
    from jsonschema import FormatChecker, validators
    from referencing import Registry

    checker = FormatChecker(formats=())
    for name in FORMATS:
        checker.checks(name)(_fits(name))
    base = _class_of(dialect)
    follow, properties = base.VALIDATORS["$ref"], base.VALIDATORS["properties"]

    def reference(validator: Engine, ref: Json, instance: Json, schema: Json) -> "Iterator[ValidationError]":
        budget.spend()
        yield from follow(validator, ref, instance, schema) or ()

    def each_property(validator: Engine, known: Json, instance: Json, schema: Json) -> "Iterator[ValidationError]":
        from jsonschema.exceptions import ValidationError

        # For a property whose schema is `false`, the library does not report which it was.
        never = [name for name in known if known[name] is False] if isinstance(known, dict) else []
        rest = {name: part for name, part in known.items() if part is not False} if isinstance(known, dict) else known
        yield from properties(validator, rest, instance, schema) or ()
        for name in never:
            if isinstance(instance, dict) and name in instance:
                yield ValidationError("is not allowed", path=[name], schema_path=[name])

    keywords: dict[str, Check] = {
        "$ref": reference,
        "properties": each_property,
        "multipleOf": _multiple_of,
        "uniqueItems": _unique_items,
        **keyword_checks(base.VALIDATORS, dialect),
        **_patterns(base, budget),
    }
    if "unevaluatedItems" in base.VALIDATORS:
        keywords["unevaluatedItems"] = unevaluated_items(base.VALIDATORS["unevaluatedItems"], budget)
    keywords |= _undecided({**base.VALIDATORS, **keywords}, budget)
    if messages:
        keywords = {name: with_messages(name, check) for name, check in {**base.VALIDATORS, **keywords}.items()}
    extend: Callable[..., Callable[..., Engine]] = validators.extend
    ours = extend(base, keywords)
    contents = (
        {key: value for key, value in document.items() if key != "$schema"} if isinstance(document, dict) else document
    )
    return ours(contents, registry=Registry() if registry is None else registry, format_checker=checker)


def schema_errors(engine: Engine, data: Json) -> Iterator[SchemaError]:
    """All errors in the data."""
    return map(_schema_error, engine.iter_errors(data))


def error_in_schema(document: Json, dialect: str) -> SchemaError | None:
    """An error in the schema itself, by the metaschema of its dialect."""
    from jsonschema.exceptions import best_match

    cls = _class_of(dialect)
    found: ValidationError | None = best_match(cls(cls.META_SCHEMA).iter_errors(document))
    while found is not None and found.context:
        # The most likely alternative: for `"type": "objekt"` the name of a type, not a list of them.
        found = next((part for part in found.context if part.validator != "type"), found.context[0])
    return None if found is None else _schema_error(found)


def _schema_error(error: "ValidationError", *, is_name: bool = False) -> SchemaError:
    is_name = is_name or marked(error, "is_name", default=False)
    # For an alternative that is `false`, the library does not report which it was.
    forms = _json(error.validator_value)
    never = iter([index for index, form in enumerate(forms) if form is False] if isinstance(forms, list) else ())
    return SchemaError(
        keyword=error.validator if isinstance(error.validator, str) else "",
        allowed=_json(error.validator_value),
        value=_json(error.instance),
        schema=_json(error.schema),
        path=tuple(error.absolute_path),
        schema_path=tuple(error.absolute_schema_path),
        branches=tuple(
            (
                int(part.relative_schema_path[0]) if part.relative_schema_path else next(never, 0),
                _schema_error(part, is_name=is_name),
            )
            for part in error.context or ()
        ),
        found=tuple(marked(error, "found", ())),
        is_name=is_name,
        because=marked(error, "because", None),
        custom=marked(error, "custom", None),
    )


def _json(value: Any) -> Json:
    known: Json = value
    return known


def _class_of(dialect: str) -> Any:
    import jsonschema

    return {
        "draft-04": jsonschema.Draft4Validator,
        "draft-06": jsonschema.Draft6Validator,
        "draft-07": jsonschema.Draft7Validator,
        "2019-09": jsonschema.Draft201909Validator,
        "2020-12": jsonschema.Draft202012Validator,
    }[dialect]


def _fits(name: str) -> Callable[[object], bool]:
    check = FORMATS[name]
    return lambda value: not isinstance(value, str) or check(value) is None


def _patterns(base: Any, budget: Budget) -> "dict[str, Callable[..., Iterator[ValidationError]]]":
    """The keywords that search for patterns, with a time limit: the library has none."""
    from jsonschema.exceptions import ValidationError

    others = base.VALIDATORS["additionalProperties"]

    def pattern(_validator: Engine, pattern: str, instance: Json, _schema: Json) -> "Iterator[ValidationError]":
        if isinstance(instance, str) and (len(instance) > LONGEST or budget.matches(pattern, instance) is False):
            yield ValidationError("does not match")

    def pattern_properties(
        validator: Any, named: dict[str, Json], instance: Json, _schema: Json
    ) -> "Iterator[ValidationError]":
        for pattern, part in named.items():
            for name, value in instance.items() if isinstance(instance, dict) else ():
                if budget.matches(pattern, name):
                    yield from validator.descend(value, part, path=name, schema_path=pattern)

    def additional(validator: Engine, rest: Json, instance: Json, schema: dict[str, Json]) -> "Iterator[ValidationError]":
        properties, patterns = schema.get("properties"), schema.get("patternProperties")
        if isinstance(patterns, dict) and isinstance(instance, dict):
            known = dict.fromkeys(properties if isinstance(properties, dict) else ())
            # A name whose match is unknown is not reported.
            fitting = [name for name in instance if any(budget.matches(each, name) is not False for each in patterns)]
            schema = {"properties": {**known, **dict.fromkeys(fitting)}}
        yield from others(validator, rest, instance, schema) or ()

    def leftover(validator: Any, rest: Json, instance: Json, schema: Json) -> "Iterator[ValidationError]":
        # The library searches for patterns itself.
        if not isinstance(instance, dict):
            return
        known = evaluated_names(validator, instance, schema, budget)
        if not instance.keys() <= known and is_explained(validator, instance, schema, "unevaluatedProperties"):
            known |= evaluated_names(validator, instance, schema, budget, explained=True)
        unknown = {name: index for index, name in enumerate(instance) if name not in known}
        if rest is False and unknown:
            yield mark(ValidationError("unknown properties"), found=unknown.values())
        elif rest is not False:
            for name in unknown:
                yield from validator.descend(instance[name], rest, path=name)

    ours: dict[str, Callable[..., Iterator[ValidationError]]] = {
        "pattern": pattern,
        "patternProperties": pattern_properties,
        "additionalProperties": additional,
        "unevaluatedProperties": leftover,
    }
    return {name: check for name, check in ours.items() if name in base.VALIDATORS}


def _undecided(checks: Mapping[str, Check], budget: Budget) -> dict[str, Check]:
    """The keywords for which valid data is an error, or has consequences: not if a pattern in it was not searched for."""
    negation: Check = checks["not"]
    choice: Check = checks["oneOf"]
    condition: Check = checks.get("if", _never)

    def negated(validator: Any, part: Json, instance: Json, schema: Json) -> "Iterator[ValidationError]":
        before = budget.undecided
        found = list(negation(validator, part, instance, schema) or ())
        if budget.undecided == before:
            yield from found

    def just_one(validator: Any, parts: Json, instance: Json, schema: Json) -> "Iterator[ValidationError]":
        before = budget.undecided
        for error in choice(validator, parts, instance, schema) or ():
            # With context, data that matches none: that is certain.
            if error.context or budget.undecided == before:
                yield error

    def conditional(validator: Any, part: Json, instance: Json, schema: Json) -> "Iterator[ValidationError]":
        before = budget.undecided
        if not validator.evolve(schema=part).is_valid(instance) or budget.undecided == before:
            yield from condition(validator, part, instance, schema) or ()

    ours: dict[str, Check] = {"not": negated, "oneOf": just_one, "if": conditional}
    return {name: check for name, check in ours.items() if name in checks}


def _never(_validator: Any, _value: Json, _instance: Json, _schema: Json) -> None:
    """A keyword that the dialect does not have."""


def _multiple_of(_validator: Engine, of: float, instance: Json, _schema: Json) -> "Iterator[ValidationError]":
    # The library divides floats, so it refuses 19.99 as a multiple of 0.01.
    from jsonschema.exceptions import ValidationError

    if isinstance(instance, (int, float)) and not isinstance(instance, bool) and not is_multiple(instance, of):
        yield ValidationError("is not a multiple")


def _unique_items(_validator: Engine, unique: Json, instance: Json, _schema: Json) -> "Iterator[ValidationError]":
    # The library compares every item with every other: 7 seconds for 3,000 objects.
    from jsonschema.exceptions import ValidationError

    if unique and isinstance(instance, list) and first_duplicate(instance) is not None:
        yield ValidationError("has duplicates")


def first_duplicate(items: list[Json]) -> tuple[int, int] | None:
    """The indices of the first item that repeats an earlier one, and of that one."""
    seen: dict[bytes, int] = {}
    for index, item in enumerate(items):
        identity = json.encode(_plain(item), order="deterministic")
        if identity in seen:
            return index, seen[identity]
        seen[identity] = index
    return None


def _plain(value: Json) -> Json:
    """The value with 1.0 as 1, which JSON Schema treats as equal."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case _:
            return value
