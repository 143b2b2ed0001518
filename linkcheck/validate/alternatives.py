"""Why a value matches none of the alternatives of `anyOf` and `oneOf`, or too many.

In this order: what all of them require; the property that tells them apart (`kind`); the closest one, which is the one
whose properties the value has.
"""

from collections.abc import Mapping, Sequence
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.did_you_mean import closest, closest_value, only_closest
from linkcheck.model import Json
from linkcheck.validate import value_text
from linkcheck.validate.jsonschema_adapter import Path, SchemaError
from linkcheck.validate.problems import (
    ExplainedData,
    ProblemPlace,
    SchemaProblem,
    description,
    quoted,
    schema_pointer,
    strings,
)
from linkcheck.validate.schema_tree import SchemaNode
from linkcheck.validate.value_hints import kind_hint

MOST_SHOWN = 3
"""Alternatives of which a message says why they do not match."""
_DEEPEST_KIND = 2
"""Levels of mappings in which a property can tell the alternatives apart."""


class Form(Struct, frozen=True):
    """An alternative, its number from 0, the errors with it, and the property that shows that it is meant."""

    schema: Json
    number: int
    errors: tuple[SchemaError, ...]
    because: str | None = None


class Chosen(Struct, frozen=True):
    """The alternatives that are closest, one or several, and their name in messages if others may be meant."""

    forms: tuple[Form, ...]
    note: str | None = None


def several_match(error: SchemaError, about: ExplainedData) -> SchemaProblem:
    """A value that matches more than one alternative of `oneOf`."""
    schemas = error.allowed if isinstance(error.allowed, list) else []
    name, pointer = about.name(error), schema_pointer(error)
    matching = [schemas[index] for index in error.found if index < len(schemas)]
    hint = description(error.schema)
    sets = [_required(form, about) for form in matching]
    own = [names - set().union(*(other for other in sets if other is not names)) for names in sets]
    if isinstance(error.value, dict) and all(own) and all(names <= error.value.keys() for names in own):
        order = list(error.value)
        ways = [quoted(sorted(names, key=order.index)) for names in own]
        last = max((name for names in own for name in names), key=order.index)
        among = ", ".join(ways[:-1])
        if all(len(names) == 1 for names in own):
            message = f"only one of {value_text.join(ways, 'and')} is allowed"
        else:
            message = f"{among} {'is' if len(own[0]) == 1 and len(ways) < 3 else 'are'} not allowed together with {ways[-1]}"
        message += f" in {name}" if error.path else ""
        action = f"Remove {among}{', or' if 'and' in among or 'and' in ways[-1] else ' or'} {ways[-1]}."
        action = action if len(ways) == 2 else "Remove all but one of them."
        return SchemaProblem(error.keyword, (*error.path, last), ProblemPlace.KEY, message, hint or action, None, pointer)
    titles = value_text.join([_title(schemas[index], index, about) for index in error.found[:10]], "and")
    which = "all" if len(error.found) == len(schemas) else f"{len(error.found)} of"
    listed = f" ({titles})" if len(error.found) < len(schemas) or '"' in titles else ""
    message = f"{name} matches {which} {len(schemas)} alternatives{listed}, but must match exactly one"
    which = "both" if len(error.found) == 2 else "all of them"
    action = f"Make the alternatives exclusive in the schema: {which} allow this."
    some = [name for names in own for name in sorted(names) if isinstance(error.value, dict) and name in error.value]
    if len(error.found) == 2 and len(some) == 1:
        action = f"Remove {quoted(some)}, which one of them requires, or make the alternatives exclusive in the schema."
    return SchemaProblem(error.keyword, error.path, ProblemPlace.VALUE, message, hint or action, None, pointer)


def none_matches(error: SchemaError, about: ExplainedData) -> "SchemaProblem | Chosen":
    """What all alternatives require if that can be said, otherwise the closest of them."""
    schemas = error.allowed if isinstance(error.allowed, list) else []
    grouped: dict[int, list[SchemaError]] = {}
    for number, part in error.branches:
        grouped.setdefault(number, []).append(part)
    forms = [Form(schemas[number], number, tuple(parts)) for number, parts in grouped.items() if number < len(schemas)]
    forms = [form for form in forms if form.schema is not False] or forms
    here = len(error.path)
    fitting = [form for form in forms if not any(part.keyword == "type" and len(part.path) == here for part in form.errors)]
    whole = _wanted(forms, error, error.path, about)
    if whole is not None:
        return whole
    kinds = _kinds(fitting, error, about)
    fitting = kinds or fitting or forms
    if len(fitting) == 1:
        return Chosen((fitting[0],))
    found = _missing_kind(fitting, error, about) or _wrong_kind(fitting, error, about) or _missing(fitting, error, about)
    if found is None:
        return _closest(fitting, error, about, len(forms))
    return found if kinds is None else replace(found, message=f"{found.message} (for {fitting[0].because})")


def _wanted(forms: Sequence[Form], error: SchemaError, path: Path, about: ExplainedData) -> SchemaProblem | None:
    """The types and values of all alternatives at a path, if the value there has none of them."""
    types: list[str] = []
    values: list[Json] = []
    value: Json = None
    for form in forms:
        own = [part for part in form.errors if part.path == path and part.keyword in {"const", "enum", "type"}]
        if not own:
            return None
        value = own[0].value
        exact = next((part for part in own if part.keyword != "type"), None)
        types += strings(own[0].allowed) if exact is None else []
        values += [] if exact is None else allowed_values(exact)
    if not types:
        return wrong_value(error, path, value, values, about)
    name = about.name(error) if path == error.path else value_text.subject(path, about.root)
    words = [*map(value_text.exactly, _once(values)), *(value_text.types([each]) for each in dict.fromkeys(types))]
    must = "is empty: it must be" if value is None else "must be"
    actual = "" if value is None else f", not {value_text.describe(value)}"
    hint = kind_hint(values, value) or description(error.schema)
    likely = only_closest(value, strings(values), sure=True) if isinstance(value, str) else None
    hint = f"Did you mean {value_text.cut(likely, 80)}?" if likely else hint
    return _problem(error, path, ProblemPlace.VALUE, f"{name} {must} {value_text.join(words)}{actual}", hint, likely)


def _wrong_kind(forms: Sequence[Form], error: SchemaError, about: ExplainedData) -> SchemaProblem | None:
    """The value of which every alternative says what it must be, if it is that of none."""
    paths = sorted({part.path: None for part in forms[0].errors}, key=lambda path: _breadth(forms, path))
    return next((found for path in paths if (found := _wanted(forms, error, path, about)) is not None), None)


def _breadth(forms: Sequence[Form], path: Path) -> float:
    """How many values at most a form allows at a path: the kind is what has one value in each."""
    return max(inf if (found := _exact(form, path)) is None else len(allowed_values(found)) for form in forms)


def _exact(form: Form, path: Path) -> SchemaError | None:
    return next((part for part in form.errors if part.path == path and part.keyword in {"const", "enum"}), None)


def _missing_kind(forms: Sequence[Form], error: SchemaError, about: ExplainedData) -> SchemaProblem | None:
    """A property that every alternative requires, with the values it can have."""
    if len(forms) < 2 or not isinstance(error.value, dict):
        return None
    lacking = [_lacking(form, error.path) for form in forms]
    for name in lacking[0]:
        if all(name in names for names in lacking):
            values = [_fixed(form.schema, about).get((name,), []) for form in forms]
            listed = f": {value_text.choices(_once([value for each in values for value in each]))}" if all(values) else ""
            owner = f" in {value_text.subject(error.path, '')}" if error.path else ""
            message = f"`{value_text.cut(name, 80)}` is missing{owner}"
            problem = _problem(error, (*error.path, name), ProblemPlace.OWNER, message, f"Add the property{listed}.")
            return replace(problem, keyword="required")
    return None


def _missing(forms: Sequence[Form], error: SchemaError, about: ExplainedData) -> SchemaProblem | None:
    """What is missing, if each alternative lacks something and the value has nothing that tells which is meant."""
    ways = list(dict.fromkeys(quoted(names) for form in forms if (names := _lacking(form, error.path))))
    all_lack = all(_lacking(form, error.path) for form in forms)
    is_all = all(part.keyword == "required" and part.path == error.path for form in forms for part in form.errors)
    if len(ways) < 2 or not all_lack or not (is_all or not any(_shared(form, error, about) for form in forms)):
        return None
    singles = all(len(_lacking(form, error.path)) == 1 for form in forms)
    name = about.name(error)
    if singles:
        message = f"{value_text.join(ways)} is missing{f' in {name}' if error.path else ''}"
    else:
        message = f"{name} must have {', or '.join(ways)}"
    how = "one of them" if error.keyword == "anyOf" else "exactly one of them"
    hint = description(error.schema) or (f"Add {how}." if singles else "Add what is missing.")
    return _problem(error, error.path, ProblemPlace.VALUE, message, hint)


def _closest(forms: Sequence[Form], error: SchemaError, about: ExplainedData, total: int) -> Chosen:
    if not isinstance(error.value, (dict, list)):
        return Chosen(tuple(forms))
    scores = [(_distance(form, error, about), form) for form in forms]
    least = min(score for score, _ in scores)
    nearest = tuple(form for score, form in scores if score == least)
    if len(nearest) > 1 or nearest[0].because is not None:
        return Chosen(nearest)
    title = _title(nearest[0].schema, nearest[0].number, about)
    return Chosen(nearest, f"{about.name(error)} matches none of {total} alternatives; {title} is closest")


def _kinds(forms: Sequence[Form], error: SchemaError, about: ExplainedData) -> list[Form] | None:
    """The alternatives of the value's kind: a property that all of them fix, and that has a value of some."""
    if len(forms) < 2 or not isinstance(error.value, dict):
        return None
    fixed = [_fixed(form.schema, about) for form in forms]
    for path in sorted(fixed[0], key=lambda path: max(len(each.get(path, ())) for each in fixed)):
        value = _at(error.value, path)
        if value != _NOTHING and all(path in each for each in fixed):
            of_kind = [form for form in forms if _exact(form, error.path + path) is None]
            if 0 < len(of_kind) < len(forms):
                because = f"`{value_text.cut(f'{path[-1]}: {value_text.choices([value])}', 80)}`"
                return [Form(form.schema, form.number, form.errors, because) for form in of_kind]
    return None


_NOTHING = "\0"
"""No text in front matter can contain this character."""


def _at(value: Json, path: Path) -> Json:
    for part in path:
        value = value.get(str(part), _NOTHING) if isinstance(value, dict) else _NOTHING
    return value


def _distance(form: Form, error: SchemaError, about: ExplainedData) -> tuple[bool, float, int]:
    """How far a form is from matching: properties of the value that it does not know, wrong values and types, errors."""
    child = len(error.path) + 1
    own = [part for part in form.errors if len(part.path) <= child]
    exact = {part.path for part in own if part.keyword in {"const", "enum"}}
    fixed = [error.path + path for path in _fixed(form.schema, about) if _at(error.value, path) != _NOTHING]
    wrong_types = sum(part.keyword in {"type", ""} for part in own)
    shared = _shared(form, error, about)
    near = shared + 2 * sum(path not in exact for path in fixed) - len(exact) - wrong_types / 2
    return not shared, -near, len(form.errors)


def _shared(form: Form, error: SchemaError, about: ExplainedData) -> float:
    """How many properties of the value the form knows; a similar name counts half."""
    site = None if about.tree is None else about.tree.site(form.schema)
    if site is None or not isinstance(error.value, dict):
        return 0
    known = dict.fromkeys((*site.known, *sorted(site.required)))
    strange = [name for name in list(error.value)[:100] if name not in known]
    near = sum(closest(name, [other for other in known if other not in error.value]) is not None for name in strange)
    return sum(name in known for name in error.value) + near / 2


def _fixed(form: Json, about: ExplainedData) -> dict[Path, list[Json]]:
    """The properties, also nested ones, for which the form allows certain values only."""
    node = None if about.tree is None else about.tree.node(form)
    fixed: dict[Path, list[Json]] = {}
    waiting: list[tuple[Path, SchemaNode]] = [] if node is None else [((), node)]
    while waiting:
        path, node = waiting.pop()
        for each in node.together():
            for name, child in each.properties.items():
                values = [value for part in child.together() for value in part.values]
                if values:
                    fixed.setdefault((*path, name), []).extend(values)
                elif len(path) < _DEEPEST_KIND:
                    waiting.append(((*path, name), child))
    return fixed


def described(schema: Json, about: ExplainedData) -> frozenset[str]:
    """The properties that a schema object describes, apart from its alternatives."""
    node = None if about.tree is None else about.tree.node(schema) or about.tree.root.nodes[0]
    return frozenset() if node is None else frozenset(name for each in node.together() for name in each.properties)


def _required(form: Json, about: ExplainedData) -> set[str]:
    node = None if about.tree is None else about.tree.node(form)
    return set() if node is None else set[str]().union(*(each.required for each in node.together()))


def _title(form: Json, number: int, about: ExplainedData) -> str:
    node = None if about.tree is None else about.tree.node(form)
    titles = [] if node is None else [each.title for each in node.together() if each.title]
    return f'"{value_text.cut(titles[0], 80)}"' if titles else f"number {number + 1}"


def _lacking(form: Form, path: Path) -> list[str]:
    """The names of the required properties that are missing at a path."""
    parts = [part for part in form.errors if part.keyword == "required" and part.path == path]
    return list(dict.fromkeys(name for part in parts for name in missing(part.allowed, part.value)))


def missing(names: Json, value: Json) -> list[str]:
    """The names of properties that an object lacks."""
    return [name for name in strings(names) if name not in value] if isinstance(value, Mapping) else []


def allowed_values(error: SchemaError) -> list[Json]:
    """The values that `const` or `enum` allows."""
    return error.allowed if error.keyword == "enum" and isinstance(error.allowed, list) else [error.allowed]


def wrong_value(error: SchemaError, path: Path, value: Json, values: list[Json], about: ExplainedData) -> SchemaProblem:
    """A value at a path that is none of those allowed."""
    values = _once(values)
    texts = strings(values)
    name = about.name(error) if path == error.path else value_text.subject(path, about.root)
    verb = "must be" if len(values) == 1 else "must be one of"
    likely = only_closest(value, texts, sure=True) if isinstance(value, str) else None
    meant = likely or (closest_value(value, texts) if isinstance(value, str) else None)
    hint = f"Did you mean {value_text.cut(meant, 80)}?" if meant else kind_hint(values, value) or description(error.schema)
    allowed = value_text.choices(values) if error.is_name else value_text.mismatch(values, value)
    return _problem(error, path, ProblemPlace.VALUE, f"{name} {verb} {allowed}", hint, likely)


def _once(values: list[Json]) -> list[Json]:
    return list({(isinstance(value, bool), value_text.as_json(value)): value for value in values}.values())


def _problem(  # noqa: PLR0917 - the parts of a problem, in their order
    error: SchemaError, path: Path, where: ProblemPlace, message: str, hint: str | None, suggestion: str | None = None
) -> SchemaProblem:
    return SchemaProblem(error.keyword, path, where, message, hint, suggestion, schema_pointer(error))
