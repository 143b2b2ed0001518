"""Turns schema errors into problems in plain English: one for each missing or unknown property and each wrong value."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from msgspec import Struct

from linkcheck.did_you_mean import closest, closest_value
from linkcheck.lookalikes import BULLETS, DASHES, SPACES
from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate import value_text
from linkcheck.validate.budget import Budget
from linkcheck.validate.formats import FORMATS, LONGEST, date_or_date_time
from linkcheck.validate.jsonschema_adapter import Path, SchemaError, first_duplicate

_A_DATE = "Use a date such as 2024-03-01."
_LINE_BREAK = "Remove the line break at the end. In YAML, write |- instead of |, and >- instead of >."


class ProblemPlace(Enum):
    """The part of a path at which a problem is reported."""

    VALUE = "value"
    KEY = "key"
    OWNER = "owner"
    """The object that lacks the property."""


class SchemaProblem(Struct, frozen=True):
    """One way in which data violates its schema; see `model.Violation`."""

    keyword: str
    path: Path
    where: ProblemPlace
    message: str
    hint: str | None = None
    suggestion: str | None = None
    schema_pointer: str = ""

    @property
    def pointer(self) -> str:
        return "".join(f"/{escape(str(part))}" for part in self.path)


def explain(errors: Iterable[SchemaError], root: str, budget: Budget) -> Iterator[SchemaProblem]:
    """The problems that the errors describe, each once. `root` is the name of the data as a whole in messages."""
    seen: set[tuple[str, Path, str]] = set()
    for error in errors:
        for problem in _explain(error, root, budget):
            identity = (problem.keyword, problem.path, problem.message)
            if identity not in seen:
                seen.add(identity)
                yield problem


def unfinished(data: Json, root: str, budget: Budget) -> Iterator[SchemaProblem]:
    """Values that were not matched against their pattern because it would have taken too long."""
    for pattern, text in budget.unfinished:
        path, where = next(_places(data, text), ((), ProblemPlace.KEY))
        what = value_text.subject(path, root) if where is ProblemPlace.VALUE else f"the name `{value_text.cut(text, 80)}`"
        message = f"matching {what} with the pattern {value_text.cut(pattern, 100)} takes too long, so it was not checked"
        hint = "Shorten the value, or rewrite the pattern so that no repeated group contains a repetition or a choice."
        yield SchemaProblem("pattern", path, where, message, hint)


def _places(value: Json, text: str, path: Path = ()) -> Iterator[tuple[Path, ProblemPlace]]:
    """Where a text is in the data, as a value or as a name."""
    match value:
        case str() if value == text:
            yield path, ProblemPlace.VALUE
        case list():
            for index, item in enumerate(value):
                yield from _places(item, text, (*path, index))
        case dict():
            for name, item in value.items():
                if name == text:
                    yield (*path, name), ProblemPlace.KEY
                yield from _places(item, text, (*path, name))


def _explain(error: SchemaError, root: str, budget: Budget) -> Iterator[SchemaProblem]:
    path, keyword, allowed, value = error.path, error.keyword, error.allowed, error.value
    name = value_text.subject(path, root)
    pointer = "".join(f"/{escape(str(part))}" for part in error.schema_path)
    about = _description(error.schema)

    def problem(
        message: str, hint: str | None = about, suggestion: str | None = None, where: ProblemPlace = ProblemPlace.VALUE
    ) -> SchemaProblem:
        return SchemaProblem(keyword, path, where, message, hint, suggestion, pointer)

    match keyword, allowed, value:
        case _, _, str() if error.schema_path[-2:-1] == ("propertyNames",):
            message = f"the name `{value_text.cut(value, 80)}` is not allowed in {name}"
            hint = _description(error.schema, "Rename the key")
            yield SchemaProblem("propertyNames", (*path, value), ProblemPlace.KEY, message, hint, None, pointer)
        case "required", list(), dict():
            for missing in _missing(allowed, value):
                yield _lacks(error, path, missing, pointer)
        case (("dependentRequired" | "dependencies"), dict(), dict()) if not error.branches:
            for given, needed in allowed.items():
                for missing in _missing(needed, value) if given in value and isinstance(needed, list) else ():
                    message = f"`{missing}` is missing, and `{given}` requires it"
                    yield SchemaProblem(keyword, (*path, missing), ProblemPlace.OWNER, message, schema_pointer=pointer)
        case (("additionalProperties" | "unevaluatedProperties"), _, dict()):
            yield from _unknown(error, path, value, pointer, root=root, budget=budget)
        case "type", _, None:
            needed = value_text.types([allowed] if isinstance(allowed, str) else _strings(allowed))
            yield problem(f"{name} is empty: it must be {needed}", about or "Add a value, or remove the property.")
        case "type", _, _:
            needed = value_text.types([allowed] if isinstance(allowed, str) else _strings(allowed))
            yield problem(f"{name} must be {needed}, not {value_text.describe(value)}", _type_hint(allowed, value) or about)
        case (("enum" | "const"), _, _):
            values = allowed if keyword == "enum" and isinstance(allowed, list) else [allowed]
            likely = closest(value, _strings(values), sure=True) if isinstance(value, str) else None
            verb = "must be" if len(values) == 1 else "must be one of"
            meant = likely or (closest_value(value, _strings(values)) if isinstance(value, str) else None)
            hint = f"Did you mean {meant}?" if meant else about
            yield problem(f"{name} {verb} {value_text.choices(values)}, not {value_text.show(value)}", hint, likely)
        case "format", str(), str():
            format_error = FORMATS[allowed](value)
            if format_error is not None:
                shown = f": {value_text.show(value)}" if value else ""
                hint = format_error.hint or about
                yield problem(f"{name} {format_error.message}{shown}", hint, format_error.suggestion)
        case "pattern", str(), str():
            if len(value) > LONGEST:
                yield problem(f"{name} is {len(value):,} characters long; at most {LONGEST:,} are matched against a pattern")
            elif _are_dates([error.schema]):
                yield problem(f"{name} is not a date: {value_text.show(value)}", _date_hint(value, about))
            else:
                fits_without = value.endswith("\n") and budget.matches(allowed, value.removesuffix("\n"))
                hint = _LINE_BREAK if fits_without else about
                message = f"{name} does not match the pattern {value_text.cut(allowed, 100)}: {value_text.show(value)}"
                yield problem(message, hint)
        case (("anyOf" | "oneOf"), list(), _):
            yield from _branches(error, path, name, pointer, root=root, budget=budget)
        case "not", _, _:
            yield problem(
                f"{name} has a value that is not allowed: {value_text.describe(value)}", _description(allowed) or about
            )
        case (("" | "properties"), _, _):
            # The schema `false`.
            yield problem(f"{name} is not allowed here", None, where=ProblemPlace.KEY)
        case "uniqueItems", _, list():
            index = first_duplicate(value)
            if index is not None:
                message = f"{name} has {value_text.describe(value[index])} twice"
                yield SchemaProblem(keyword, (*path, index), ProblemPlace.VALUE, message, about, None, pointer)
        case "contains", _, _:
            yield problem(
                f"{name} lacks an item that the schema requires", _description(allowed) or about, where=ProblemPlace.KEY
            )
        case _:
            clause, where = _size(keyword, allowed, value)
            yield problem(f"{name} {clause}", where=where)


def _size(keyword: str, allowed: Json, value: Json) -> tuple[str, ProblemPlace]:
    """What is wrong with a length or a number, and where to show it."""
    length = len(value) if isinstance(value, (str, list, dict)) else 0
    if keyword == "minLength" and length == 0:
        return "is empty", ProblemPlace.VALUE
    if keyword in _LENGTHS:
        most, one, more, where = _LENGTHS[keyword]
        number = int(allowed) if isinstance(allowed, (int, float)) else 0
        return f"must have at {most} {value_text.count(number, one, more)}, not {length:,}", where
    if keyword in _BOUNDS:
        return (
            f"must be {_BOUNDS[keyword].format(value_text.show(allowed))}, not {value_text.show(value)}",
            ProblemPlace.VALUE,
        )
    return f"violates the schema's keyword {keyword}: {value_text.describe(value)}", ProblemPlace.VALUE


_LENGTHS = {
    "minLength": ("least", "character", "characters", ProblemPlace.VALUE),
    "maxLength": ("most", "character", "characters", ProblemPlace.VALUE),
    "minItems": ("least", "item", "items", ProblemPlace.KEY),
    "maxItems": ("most", "item", "items", ProblemPlace.KEY),
    "minProperties": ("least", "property", "properties", ProblemPlace.KEY),
    "maxProperties": ("most", "property", "properties", ProblemPlace.KEY),
}
_BOUNDS = {
    "minimum": "{} or more",
    "maximum": "{} or less",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
}


def _missing(names: Json, value: Mapping[str, Json]) -> list[str]:
    return [name for name in _strings(names) if name not in value]


def _lacks(error: SchemaError, path: Path, missing: str, pointer: str) -> SchemaProblem:
    properties = error.schema.get("properties") if isinstance(error.schema, dict) else None
    described = properties.get(missing) if isinstance(properties, dict) else None
    hint = _description(described, "Add the property") or "Add the property."
    owner = f" in {value_text.subject(path, '')}" if path else ""
    return SchemaProblem(
        "required",
        (*path, missing),
        ProblemPlace.OWNER,
        f"`{value_text.cut(missing, 80)}` is missing{owner}",
        hint,
        None,
        pointer,
    )


def _unknown(
    error: SchemaError, path: Path, value: Mapping[str, Json], pointer: str, *, root: str, budget: Budget
) -> Iterator[SchemaProblem]:
    schema = error.schema if isinstance(error.schema, dict) else {}
    known, patterns = schema.get("properties"), schema.get("patternProperties")
    names = list(known) if isinstance(known, dict) else []
    free = list(patterns) if isinstance(patterns, dict) else []
    for name in value:
        if name in names or any(budget.matches(pattern, name) is not False for pattern in free):
            continue
        if error.keyword == "unevaluatedProperties" and f"'{name}'" not in error.message:
            continue
        likely = closest(name, [other for other in names if other not in value], sure=True)
        listed = f"Known properties: {value_text.choices([*names])}." if names else None
        hint = f"Did you mean {likely}?" if likely else listed
        owner = f" in {value_text.subject(path, root)}" if path else ""
        message = f"unknown property `{value_text.cut(name, 80)}`{owner}"
        yield SchemaProblem(error.keyword, (*path, name), ProblemPlace.KEY, message, hint, likely, pointer)


def _branches(
    error: SchemaError, path: Path, name: str, pointer: str, *, root: str, budget: Budget
) -> Iterator[SchemaProblem]:
    """`anyOf` and `oneOf`: what all alternatives require if that is the same, else why the closest does not match."""
    keyword = error.keyword
    forms = error.allowed if isinstance(error.allowed, list) else []
    about = _description(error.schema)

    def problem(message: str, hint: str | None = about) -> SchemaProblem:
        return SchemaProblem(keyword, path, ProblemPlace.VALUE, message, hint, None, pointer)

    branches: dict[int, list[SchemaError]] = {}
    for number, part in error.branches:
        branches.setdefault(number, []).append(part)
    if not branches:
        hint = about or "Change it so that it matches exactly one."
        yield problem(f"{name} matches more than one of {len(forms)} alternatives, but must match exactly one", hint)
        return
    here = len(path)
    if all(part.keyword == "required" and len(part.path) == here for parts in branches.values() for part in parts):
        ways = [value_text.join([f"`{missing}`" for missing in _lacking(parts)], "and") for parts in branches.values()]
        message = f"{name} must have {'at least ' if keyword == 'anyOf' else ''}one of {value_text.join(ways)}"
        yield SchemaProblem(keyword, path, ProblemPlace.VALUE, message, about, None, pointer)
        return
    if all(parts[0].keyword == "type" and len(parts[0].path) == here for parts in branches.values()):
        names = [name for parts in branches.values() for name in _strings(parts[0].allowed)]
        yield problem(
            f"{name} must be {value_text.types(list(dict.fromkeys(names)))}, not {value_text.describe(error.value)}"
        )
        return
    if all(parts[0].keyword in {"enum", "const"} and len(parts[0].path) == here for parts in branches.values()):
        values = [value for parts in branches.values() for value in _values(parts[0])]
        yield problem(f"{name} must be one of {value_text.choices(values)}, not {value_text.show(error.value)}")
        return
    if isinstance(error.value, str) and len(error.value) <= LONGEST and _are_dates(forms):
        yield problem(f"{name} is not a date: {value_text.show(error.value)}", _date_hint(error.value, about))
        return
    if isinstance(error.value, str) and _formats(branches.values()) == {"date", "date-time"}:
        wrong = date_or_date_time(error.value)
        if wrong is not None:
            message = f"{name} {wrong.message}: {value_text.show(error.value)}"
            yield SchemaProblem(keyword, path, ProblemPlace.VALUE, message, wrong.hint, wrong.suggestion, pointer)
        return
    number, parts = min(branches.items(), key=lambda item: (_distance(item[1], here), item[0]))
    branch = forms[number]
    title = branch.get("title") if isinstance(branch, dict) else None
    form = f'"{value_text.cut(title, 80)}"' if isinstance(title, str) else f"number {number + 1}"
    for closest_problem in explain(parts, root, budget):
        message = f"{closest_problem.message} ({name} matches none of {len(forms)} alternatives; {form} is closest)"
        yield SchemaProblem(
            keyword,
            closest_problem.path,
            closest_problem.where,
            message,
            closest_problem.hint,
            closest_problem.suggestion,
            pointer,
        )


def _formats(branches: Iterable[list[SchemaError]]) -> set[str]:
    """The formats of the alternatives for texts; empty if one of these lacks something else."""
    parts = [part for branch in branches if branch[0].keyword != "type" for part in branch]
    return {str(part.allowed) for part in parts} if all(part.keyword == "format" for part in parts) else set()


def _date_hint(text: str, about: str | None) -> str:
    return "Remove the whitespace around the date." if text != text.strip() else about or _A_DATE


def _are_dates(forms: Iterable[Json]) -> bool:
    """Whether each form is a pattern for dates, as `init` writes them, or for an empty text."""
    # Imported here: most runs have no such problem.
    from linkcheck.calendar_dates import Notation, patterns_of

    known = ("^$", *patterns_of(frozenset(Notation)))
    patterns = [form.get("pattern") if isinstance(form, dict) else None for form in forms]
    return all(each in known for each in patterns) and any(each != "^$" for each in patterns)


def _lacking(parts: list[SchemaError]) -> list[str]:
    names = [name for part in parts for name in (_missing(part.allowed, part.value) if isinstance(part.value, dict) else ())]
    return list(dict.fromkeys(names))


def _values(error: SchemaError) -> list[Json]:
    value = error.allowed
    return value if error.keyword == "enum" and isinstance(value, list) else [value]


def _distance(parts: list[SchemaError], here: int) -> tuple[int, int, int]:
    """How far an alternative is from matching: wrong type first, then a different constant, then the number of errors."""
    wrong_type = sum(part.keyword in {"type", ""} and len(part.path) == here for part in parts)
    wrong_kind = sum(part.keyword in {"const", "enum"} for part in parts)
    return wrong_type, wrong_kind, len(parts)


def _type_hint(allowed: Json, value: Json) -> str | None:
    """What to do about common mistakes: a number in quotes, a single item instead of a list."""
    names = {allowed} if isinstance(allowed, str) else set(_strings(allowed))
    match value:
        case str() if names & {"integer", "number"} and value.strip().isdecimal() and len(value) < 20:
            return f"Remove the quotes: {value.strip()}."
        case int() | float() | bool() if "string" in names:
            return f'Put it in quotes: "{value_text.show(value)}".'
        case str() if "boolean" in names and value.lower() in {"yes", "no", "on", "off", "true", "false"}:
            return f"Use {'true' if value.lower() in {'yes', 'on', 'true'} else 'false'}, without quotes."
        case [[str(text)]] if "string" in names:  # a wiki link
            return f'Put it in quotes: "[[{value_text.cut(text)}]]".'
        case str() if "array" in names and re.match(rf"[-+{DASHES}{BULLETS}][\s{SPACES}]*\w", value):
            return "Start each item of the list with a hyphen and a space."
        case str() | dict() | int() if "array" in names:
            return "Use a list, even for a single item."
        case _:
            return None


def _strings(values: Json) -> list[str]:
    if isinstance(values, str):
        return [values]
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _description(schema: object, action: str = "Correct the value") -> str | None:
    """What to do about a value, then how its schema describes it; None if it has no description."""
    about = schema.get("description") if isinstance(schema, dict) else None
    return f"{action}. {value_text.cut(about)}" if isinstance(about, str) else None
