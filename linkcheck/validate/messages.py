"""Turns schema errors into problems in plain English: one for each missing or unknown property and each wrong value."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from linkcheck.model import Json
from linkcheck.validate import value_text
from linkcheck.validate.alternatives import (
    MOST_SHOWN,
    Chosen,
    allowed_values,
    described,
    missing,
    none_matches,
    several_match,
    wrong_value,
)
from linkcheck.validate.budget import Budget
from linkcheck.validate.custom_messages import CustomMessage, fill
from linkcheck.validate.formats import FORMATS, LONGEST, FormatError
from linkcheck.validate.jsonschema_adapter import Path, SchemaError, first_duplicate
from linkcheck.validate.list_messages import contained, too_many_items, wanted
from linkcheck.validate.problems import ExplainedData, ProblemPlace, SchemaProblem, description, schema_pointer, strings
from linkcheck.validate.schema_phrases import exclusions
from linkcheck.validate.unknown_names import TORN, unknown_properties
from linkcheck.validate.value_hints import are_dates, date_hint, type_hint

_DATES = ("date", "date-time")
_LINE_BREAK = "Remove the line break at the end. In YAML, write |- instead of |, and >- instead of >."
_LONGEST_LIST = 1_000
"""Characters of a message about several alternatives."""


def explain(errors: Iterable[SchemaError], about: ExplainedData) -> Iterator[SchemaProblem]:
    """The problems that the errors describe, each once."""
    seen: set[tuple[str, Path, str]] = set()
    for error in errors:
        for problem in _in_words_of_the_schema(error, _explain(error, about), about):
            # A text of the schema stands for all errors of the schema object that has it.
            identity = (problem.keyword, problem.path, problem.message)
            if error.custom is not None:
                identity = ("errorMessage", _owner(error.custom, error), problem.message)
            elif problem.hint is TORN:
                identity = ("", error.path, TORN)
            if identity not in seen:
                seen.add(identity)
                yield problem


def _in_words_of_the_schema(
    error: SchemaError, problems: Iterator[SchemaProblem], about: ExplainedData
) -> Iterator[SchemaProblem]:
    """The problems, with the text of the schema (`errorMessage`) if it has one."""
    custom = error.custom
    if custom is None:
        yield from problems
        return
    for each in problems:
        problem = each
        name = problem.path[-1] if problem.where is ProblemPlace.OWNER and problem.path else ""
        text = custom.text if isinstance(custom.text, str) else custom.text.get(str(name), custom.text.get(""))
        # The innermost text applies. What is wrong with the alternative that is meant says more than a text about all.
        is_more = each.is_custom or (each.is_of_kind and custom.of_keyword)
        if text is not None and not is_more:
            problem = replace(problem, message=fill(text, about.data, _owner(custom, error)), is_custom=True)
        yield problem


def _owner(custom: CustomMessage, error: SchemaError) -> Path:
    """The path of the value whose schema has the message."""
    return error.path[: len(error.path) - custom.depth]


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


def _explain(error: SchemaError, about: ExplainedData) -> Iterator[SchemaProblem]:
    because = "" if error.because is None else _condition(error.because, about)
    for each in _of_keyword(error, about):
        problem = replace(each, keyword="propertyNames", where=ProblemPlace.KEY) if error.is_name else each
        yield replace(problem, message=f"{problem.message} (for {because})") if because else problem


def _condition(condition: Json, about: ExplainedData) -> str:
    """`kind: image` in code quotes, for a condition that is about one property."""
    properties = condition.get("properties") if isinstance(condition, dict) else None
    if not isinstance(properties, dict) or len(properties) != 1:
        return ""
    ((name, part),) = properties.items()
    part = about.resolved(part)
    values = part.get("enum", [part["const"]] if "const" in part else []) if isinstance(part, dict) else []
    if not isinstance(values, list) or len(values) != 1:
        return ""
    return f"`{value_text.cut(f'{name}: {value_text.choices(values)}', 80)}`"


def _of_keyword(error: SchemaError, about: ExplainedData) -> Iterator[SchemaProblem]:
    path, keyword, allowed, value = error.path, error.keyword, error.allowed, error.value
    name, pointer = about.name(error), schema_pointer(error)
    hint = description(error.schema, "Rename the key" if error.is_name else "Correct the value")

    def problem(
        message: str,
        action: str | None = hint,
        suggestion: str | None = None,
        where: ProblemPlace = ProblemPlace.VALUE,
        at: Path = path,
    ) -> SchemaProblem:
        return SchemaProblem(keyword, at, where, message, action, suggestion, pointer)

    match keyword, allowed, value:
        case "required", list(), dict():
            yield from (_lacks(error, each, pointer) for each in missing(allowed, value))
        case (("dependentRequired" | "dependencies"), dict(), dict()):
            for given, needed in allowed.items():
                for each in missing(needed, value) if given in value and isinstance(needed, list) else ():
                    short, other = value_text.cut(each, 80), value_text.cut(given, 80)
                    message = f"`{short}` is missing, and `{other}` requires it"
                    yield problem(message, f"Add {short}, or remove {other}.", None, ProblemPlace.OWNER, (*path, each))
        case (("additionalProperties" | "unevaluatedProperties"), _, dict()):
            yield from unknown_properties(error, value, about)
        case "type", _, _:
            needed = value_text.types(strings(allowed))
            if value is None:
                yield problem(f"{name} is empty: it must be {needed}", hint or "Add a value, or remove the property.")
            else:
                actual = "" if error.is_name else f", not {value_text.describe(value)}"
                yield problem(f"{name} must be {needed}{actual}", type_hint(allowed, value) or hint)
        case (("enum" | "const"), _, _):
            yield wrong_value(error, path, value, allowed_values(error), about)
        case "format", str(), str():
            format_error = FORMATS[allowed](value)
            if format_error is not None:
                shown = f": {value_text.show(value)}" if value and not error.is_name else ""
                yield problem(f"{name} {format_error.message}{shown}", format_error.hint or hint, format_error.suggestion)
        case "pattern", str(), str():
            shown = "" if error.is_name else f": {value_text.show(value)}"
            if len(value) > LONGEST:
                yield problem(f"{name} is {len(value):,} characters long; at most {LONGEST:,} are matched against a pattern")
            elif are_dates([error.schema]):
                yield problem(f"{name} is not a date{shown}", date_hint(value, hint))
            else:
                fits_without = value.endswith("\n") and about.budget.matches(allowed, value.removesuffix("\n"))
                message = f"{name} does not match the pattern {value_text.cut(allowed, 100)}{shown}"
                yield problem(message, _LINE_BREAK if fits_without else hint)
        case (("anyOf" | "oneOf"), list(), _):
            yield from _alternatives(error, name, about)
        case "not", _, _ if error.is_name:
            yield problem(f"{name} is not allowed here")
        case "not", _, _:
            for found in exclusions(allowed, value, path, about):
                yield replace(found, hint=found.hint or hint, schema_pointer=pointer)
        case (("" | "properties"), _, _):
            # The schema `false`.
            yield problem(f"{name} is not allowed here", None, where=ProblemPlace.KEY)
        case "uniqueItems", _, list():
            repeated = first_duplicate(value)
            if repeated is not None:
                index, first = repeated
                item = value_text.subject((*path, index), about.root)
                message = f"{item} repeats item {first + 1}: {value_text.describe(value[index])}"
                yield problem(message, hint or f"Remove item {index + 1}.", at=(*path, index))
        case (("items" | "additionalItems" | "unevaluatedItems"), _, list()):
            yield too_many_items(error, value, name, problem(""))
        case (("contains" | "minContains" | "maxContains"), _, list()):
            yield contained(error, name, problem("", description(wanted(error)) or hint), about)
        case _:
            clause, where = _size(error)
            yield problem(f"{name} {clause}", where=where)


def _size(error: SchemaError) -> tuple[str, ProblemPlace]:
    """What is wrong with a length or a number, and where to show it."""
    keyword, allowed, value = error.keyword, error.allowed, error.value
    length = len(value) if isinstance(value, (str, list, dict)) else 0
    if keyword == "minLength" and length == 0:
        return "is empty", ProblemPlace.VALUE
    if keyword in _LENGTHS and isinstance(allowed, (int, float)):
        most, one, more, where = _LENGTHS[keyword]
        if allowed == 0:
            return f"must be empty, but has {value_text.count(length, one, more)}", where
        return f"must have at {most} {value_text.count(int(allowed), one, more)}, not {length:,}", where
    # In draft-04, the exclusive bounds are true or false.
    exclusive = f"exclusive{keyword[:1].upper()}{keyword[1:]}"
    if isinstance(error.schema, dict) and error.schema.get(exclusive) is True:
        keyword = exclusive
    if keyword in _BOUNDS:
        bound, actual = value_text.show(allowed), value_text.show(value)
        if bound == actual and keyword in {"minimum", "maximum"}:
            return f"is {'less' if keyword == 'minimum' else 'more'} than allowed", ProblemPlace.VALUE
        return f"must be {_BOUNDS[keyword].format(bound)}, not {actual}", ProblemPlace.VALUE
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


def _lacks(error: SchemaError, name: str, pointer: str) -> SchemaProblem:
    properties = error.schema.get("properties") if isinstance(error.schema, dict) else None
    described = properties.get(name) if isinstance(properties, dict) else None
    hint = description(described, "Add the property") or "Add the property."
    owner = f" in {value_text.subject(error.path, '')}" if error.path else ""
    message = f"`{value_text.cut(name, 80)}` is missing{owner}"
    return SchemaProblem("required", (*error.path, name), ProblemPlace.OWNER, message, hint, None, pointer)


def _alternatives(error: SchemaError, name: str, about: ExplainedData) -> Iterator[SchemaProblem]:
    if error.found:
        yield several_match(error, about)
        return
    forms = error.allowed if isinstance(error.allowed, list) else []
    hint = description(error.schema)
    if isinstance(error.value, str) and len(error.value) <= LONGEST and (are_dates(forms) or _are_date_formats(error)):
        errors = [found for _, part in error.branches if (found := _format_error(part)) is not None]
        close = next((each for each in errors if not each.message.startswith("is not a date")), None)
        clause, action = ("is not a date", date_hint(error.value, hint)) if close is None else (close.message, close.hint)
        message = f"{name} {clause}: {value_text.show(error.value)}"
        suggestion = None if close is None else close.suggestion
        pointer = schema_pointer(error)
        yield SchemaProblem(error.keyword, error.path, ProblemPlace.VALUE, message, action, suggestion, pointer)
        return
    chosen = none_matches(error, about)
    if isinstance(chosen, SchemaProblem):
        yield chosen
    elif len(chosen.forms) == 1:
        yield from _closest(chosen, error, about)
    else:
        yield _tied(chosen, error, name, about)


def _are_date_formats(error: SchemaError) -> bool:
    """Whether a text lacks nothing but the format of a date, with a time or without, in all alternatives for texts."""
    here = error.path
    parts = [part for _, part in error.branches if part.keyword != "type" or part.path != here]
    return bool(parts) and all(part.keyword == "format" and part.path == here and part.allowed in _DATES for part in parts)


def _format_error(part: SchemaError) -> FormatError | None:
    is_format = part.keyword == "format" and isinstance(part.allowed, str) and isinstance(part.value, str)
    return FORMATS[str(part.allowed)](str(part.value)) if is_format else None


def _closest(chosen: Chosen, error: SchemaError, about: ExplainedData) -> Iterator[SchemaProblem]:
    (form,) = chosen.forms
    note = chosen.note if form.because is None else f"for {form.because}"
    for problem in explain(form.errors, about.within(form.schema, error.path, described(error.schema, about))):
        message = f"{problem.message} ({note})" if note and not problem.is_custom else problem.message
        yield replace(problem, message=message, is_of_kind=form.because is not None)


def _without_tails(clauses: list[str], value: Json) -> list[str]:
    """The clauses, with the value that all end with only at the last."""
    tails = tuple(f", not {shown(value)}" for shown in (value_text.show, value_text.describe, value_text.exactly))
    if all(each.endswith(tails) for each in clauses):
        bare = [next(each.removesuffix(tail) for tail in tails if each.endswith(tail)) for each in clauses]
        return [*bare[:-1], clauses[-1]]
    for separator in (", not ", ": "):
        tail = clauses[-1].rpartition(separator)[2]
        if all(each.endswith(separator + tail) for each in clauses):
            return [*(each.removesuffix(separator + tail) for each in clauses[:-1]), clauses[-1]]
    return clauses


def _tied(chosen: Chosen, error: SchemaError, name: str, about: ExplainedData) -> SchemaProblem:
    """Alternatives of which none is closest: what is wrong with each, or with all of them."""
    found = [
        list(explain(form.errors, about.within(form.schema, error.path, described(error.schema, about))))
        for form in chosen.forms[:MOST_SHOWN]
    ]
    found = [problems for problems in found if problems]
    same = [each for each in found[0] if all(each.message in [other.message for other in others] for others in found[1:])]
    if same and len(found) == len(chosen.forms):
        return same[0]
    clauses = list(dict.fromkeys(value_text.join([each.message for each in problems[:2]], "and") for problems in found))
    is_all = len(found) == len(chosen.forms)
    total = len(error.allowed) if isinstance(error.allowed, list) else 0
    message = f"{name} matches none of {total} alternatives: {'; '.join(clauses)}"
    for beginnings, conjunction in ((("must ",), "or"), (("is not ", "does not "), "and")):
        if all(clause.startswith(tuple(f"{name} {each}" for each in beginnings)) for clause in clauses) and is_all:
            shown = [each.removeprefix(f"{name} ").removeprefix("must ") for each in _without_tails(clauses, error.value)]
            message = f"{name} {'must ' if conjunction == 'or' else ''}{f', {conjunction} '.join(shown)}"
    likely = next((each for problems in found for each in problems if each.suggestion), None)
    hint = description(error.schema) if likely is None else likely.hint
    suggestion = None if likely is None or likely.path != error.path else likely.suggestion
    message, pointer = value_text.cut(message, _LONGEST_LIST), schema_pointer(error)
    return SchemaProblem(error.keyword, error.path, ProblemPlace.VALUE, message, hint, suggestion, pointer)
