"""What a schema accepts or excludes, in a few words: those of schemas that say one thing."""

from collections.abc import Iterator

from linkcheck.model import Json
from linkcheck.validate import value_text
from linkcheck.validate.jsonschema_adapter import Path
from linkcheck.validate.problems import ExplainedData, ProblemPlace, SchemaProblem, description, quoted, strings

_REMARKS = frozenset(
    {
        "$comment",
        "$id",
        "$schema",
        "default",
        "deprecated",
        "description",
        "errorMessage",
        "example",
        "examples",
        "patternErrorMessage",
        "title",
    }
)


def accepted(schema: Json, about: ExplainedData) -> str | None:
    """What a schema accepts, such as ``a mapping with `url` ``; None if that takes more words."""
    keywords = _keywords(about.resolved(schema))
    match sorted(keywords.items()):
        case [("const", value)]:
            return value_text.choices([value], quoted=True)
        case [("enum", list() as values)]:
            return value_text.choices(values, quoted=True)
        case [("type", names)]:
            return value_text.types(strings(names))
        case [("pattern", str() as pattern), ("type", "string")]:
            return f"text that matches the pattern {value_text.cut(pattern, 100)}"
        case [("required", list() as names), ("type", "object")]:
            return f"a mapping with {quoted(strings(names))}"
        case [("properties", dict() as known), ("required", list() as names), *others] if dict(others).keys() <= {"type"}:
            if all(part in ({}, True) for part in known.values()):
                return f"a mapping with {quoted(strings(names))}"
            value = next(iter(known.values()))
            if len(known) == 1 and names == [*known] and isinstance(value, dict) and value.keys() == {"const"}:
                shown = value_text.choices([value["const"]])
                return f"a mapping with `{value_text.cut(f'{names[0]}: {shown}', 80)}`"
            return None
        case _:
            return None


def exclusions(schema: Json, value: Json, path: Path, about: ExplainedData) -> Iterator[SchemaProblem]:
    """Why a value that matches the schema of `not` is not allowed."""
    schema = about.resolved(schema)
    name = value_text.subject(path, about.root)
    hint = description(schema)

    def excluded(message: str, place: Path, where: ProblemPlace, action: str | None = None) -> SchemaProblem:
        return SchemaProblem("not", place, where, message, hint or action)

    keywords = sorted(_keywords(schema).items())
    if isinstance(value, dict) and len(keywords) > 1:
        keywords = [each for each in keywords if each != ("type", "object")]
    match keywords:
        case []:
            yield excluded(f"{name} is not allowed here", path, ProblemPlace.KEY, "Remove it." if path else None)
        case [("required", list() as names)] if isinstance(value, dict) and strings(names):
            present = sorted(strings(names), key=list(value).index)
            is_one = len(present) == 1
            message = f"{quoted(present)} {'is not allowed here' if is_one else 'are not allowed together'}"
            action = f"Remove {quoted(present)}." if is_one else "Remove one of them."
            yield excluded(message, (*path, present[-1]), ProblemPlace.KEY, action)
        case [("anyOf" | "oneOf", list() as forms)] if isinstance(value, dict) and (ways := _required_only(forms, about)):
            for form, names in zip(forms, ways, strict=True):
                if all(each in value for each in names):
                    yield from exclusions(form, value, path, about)
        case [("properties", dict() as known), *rest] if isinstance(value, dict) and _is_about_one(known, rest):
            ((child, part),) = known.items()
            if child in value:
                yield from exclusions(part, value[child], (*path, child), about)
            else:
                owner = f" in {name}" if path else ""
                message = f"`{value_text.cut(child, 80)}` is missing{owner}"
                yield excluded(message, (*path, child), ProblemPlace.OWNER, "Add the property.")
        case [("const" | "enum", _)]:
            yield excluded(f"{name} must not be {value_text.choices([value], quoted=True)}", path, ProblemPlace.VALUE)
        case [("type", types)]:
            shown = "" if value is None or isinstance(value, (list, dict)) else f": {value_text.show(value)}"
            yield excluded(f"{name} must not be {value_text.types(strings(types))}{shown}", path, ProblemPlace.VALUE)
        case [("pattern", str() as pattern), *rest] if isinstance(value, str) and dict(rest).keys() <= {"type"}:
            message = f"{name} must not match the pattern {value_text.cut(pattern, 100)}: {value_text.show(value)}"
            yield excluded(message, path, ProblemPlace.VALUE)
        case [("contains", wanted)] if isinstance(value, list) and (phrase := accepted(wanted, about)):
            yield excluded(f"{name} must not contain {phrase}", path, ProblemPlace.VALUE)
        case _:
            yield excluded(f"{name} has a value that is not allowed: {value_text.describe(value)}", path, ProblemPlace.VALUE)


def _keywords(schema: Json) -> dict[str, Json]:
    """The keywords that decide what a schema accepts."""
    keywords = schema if isinstance(schema, dict) else {}
    return {key: value for key, value in keywords.items() if key not in _REMARKS and not key.startswith("x-")}


def _is_about_one(known: dict[str, Json], rest: list[tuple[str, Json]]) -> bool:
    required = strings(dict(rest).get("required"))
    return len(known) == 1 and dict(rest).keys() <= {"required"} and set(required) <= known.keys()


def _required_only(forms: list[Json], about: ExplainedData) -> list[list[str]]:
    """The names that each form requires, if none says anything else; otherwise empty."""
    ways = [_keywords(about.resolved(form)) for form in forms]
    return [strings(way["required"]) for way in ways] if all(way.keys() == {"required"} for way in ways) else []
