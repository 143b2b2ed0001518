"""Lists with too many items, and those that contain too few or too many items of a kind."""

from msgspec.structs import replace

from linkcheck.model import Json
from linkcheck.validate import value_text
from linkcheck.validate.jsonschema_adapter import SchemaError
from linkcheck.validate.problems import ExplainedData, ProblemPlace, SchemaProblem
from linkcheck.validate.schema_phrases import accepted


def too_many_items(error: SchemaError, value: list[Json], name: str, problem: SchemaProblem) -> SchemaProblem:
    """Items beyond those that have a schema of their own, reported at the first of them."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    if error.keyword == "unevaluatedItems":
        if not error.found:
            return replace(problem, message=f"{name} has items that are not allowed: {value_text.describe(value)}")
        first = error.found[0]
        items, verb = _numbers(first, len(value)), "is" if first + 1 == len(value) else "are"
        message = f"{items} of {name} {verb} not allowed here"
    else:
        places = schema.get("prefixItems" if error.keyword == "items" else "items")
        first = len(places) if isinstance(places, list) else 0
        message = f"{name} must have at most {value_text.count(first, 'item')}, not {len(value):,}"
        if first == 0:
            message = f"{name} must be empty, but has {value_text.count(len(value), 'item')}"
    hint = problem.hint or f"Remove {_numbers(first, len(value))}."
    return replace(problem, path=(*error.path, first), message=message, hint=hint)


def _numbers(first: int, total: int) -> str:
    """`item 3`, `items 3 and 4`, `items 3 to 5`: the last items, from the index of the first."""
    if first + 1 == total:
        return f"item {total:,}"
    return f"items {first + 1:,} {'and' if first + 2 == total else 'to'} {total:,}"


def wanted(error: SchemaError) -> Json:
    """The schema of the items that a list must contain."""
    return error.schema.get("contains") if isinstance(error.schema, dict) else None


def contained(error: SchemaError, name: str, problem: SchemaProblem, about: ExplainedData) -> SchemaProblem:
    """Too few or too many items of a kind."""
    phrase = accepted(wanted(error), about, nothing_else=error.keyword == "maxContains")
    count, limit = len(error.found), int(error.allowed) if isinstance(error.allowed, (int, float)) else 0
    if error.keyword == "maxContains":
        what = phrase or "an item that matches `contains`"
        most = f"must contain {what} at most {value_text.times(limit)}, not {value_text.times(count)}"
        message = f"{name} {most if limit else f'must not contain {what}'}"
        return replace(problem, path=(*error.path, error.found[limit]), message=message)
    what = phrase or "an item that the schema requires"
    if error.keyword == "minContains" and (count or limit > 1):
        message = f"{name} must contain {what} at least {value_text.times(limit)}"
        message += f", not {value_text.times(count)}" if count else ""
    elif phrase is None:
        message = f"{name} lacks an item that the schema requires"
    else:
        message = f"{name} must contain {phrase}"
    return replace(problem, message=message, where=ProblemPlace.KEY)
