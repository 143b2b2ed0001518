"""What a schema accepts or excludes, in a few words: those of schemas that say one thing."""

from collections.abc import Iterator

from linkcheck.model import Json
from linkcheck.validate import value_text
from linkcheck.validate.formats import FORMATS
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


_NOUNS = {"text": "string", "a number": "number", "a list": "array", "a mapping": "object"}
"""What a phrase is about, with its type in schemas."""
_BOUNDS = {
    "minimum": ("of {} or more", "less than {}"),
    "maximum": ("of {} or less", "more than {}"),
    "exclusiveMinimum": ("of more than {}", "{} or less"),
    "exclusiveMaximum": ("of less than {}", "{} or more"),
    "multipleOf": ("that is a multiple of {}", "no multiple of {}"),
}
"""Limits of numbers in words, and what a number that must not keep them must be."""
_SIZES = {
    "Length": ("text", "character", "characters"),
    "Items": ("a list", "item", "items"),
    "Properties": ("a mapping", "property", "properties"),
}
_MOST_WAYS = 5


def accepted(schema: Json, about: ExplainedData, *, nothing_else: bool = False) -> str | None:
    """What a schema accepts, such as ``a mapping with `url` ``; None if that takes more words.

    A number of 5 or more is not the only thing that `minimum: 5` accepts: so is every text. With `nothing_else`, there is a
    phrase only if the schema states the type, too.
    """
    keywords = _keywords(about.resolved(schema))
    match sorted(keywords.items()):
        case [("const", value)]:
            return value_text.choices([value], quoted=True)
        case [("enum", list() as values)]:
            return value_text.choices(values, quoted=True)
        case [("type", names)]:
            return value_text.types(strings(names))
        case [("anyOf" | "oneOf", list() as forms)] if len(forms) <= _MOST_WAYS:
            ways = [accepted(form, about, nothing_else=nothing_else) for form in forms]
            return value_text.join([way for way in ways if way]) if all(ways) else None
        case [("not", dict() as negated)]:
            keys = _keywords(about.resolved(negated))
            return accepted(keys["not"], about, nothing_else=nothing_else) if keys.keys() == {"not"} else None
        case _:
            if "required" in keywords:
                return _mapping(keywords, about)
            return None if nothing_else and "type" not in keywords else _limited(keywords)


def _mapping(keywords: dict[str, Json], about: ExplainedData) -> str | None:
    """``a mapping with `url` and `size` (a number) ``, for an object of which every described property is required."""
    known, names = keywords.get("properties", {}), strings(keywords["required"])
    if keywords.keys() - {"properties", "required", "type"} or keywords.get("type", "object") != "object" or not names:
        return None
    if not isinstance(known, dict) or len(names) > _MOST_WAYS:
        return None
    if not all(name in names or part is True or part == {} for name, part in known.items()):
        return None
    shown = []
    for name in names:
        part = known.get(name, True)
        keys = _keywords(about.resolved(part))
        phrase = accepted(part, about)
        if keys.keys() == {"const"}:
            fixed = f"{name}: {value_text.choices([keys['const']])}"
            shown.append(f"`{value_text.cut(fixed, 80)}`")
        elif part is True or (isinstance(part, dict) and not keys):
            shown.append(quoted([name]))
        elif phrase is None:
            return None
        else:
            shown.append(f"{quoted([name])} ({phrase})")
    return f"a mapping with {value_text.join(shown, 'and')}"


def _limited(keywords: dict[str, Json]) -> str | None:
    """`text with at least 3 characters`, `a number of 5 or more`, for keywords that are all about one type."""
    phrases = [_limit(key, value) for key, value in keywords.items() if key != "type"]
    found = [phrase for phrase in phrases if phrase is not None]
    nouns = {noun for noun, _ in found}
    if not found or len(found) < len(phrases) or len(nouns) > 1:
        return None
    (noun,) = nouns
    kind = keywords.get("type", _NOUNS[noun])
    if kind == "integer" and noun == "a number":
        noun = "a whole number"
    elif kind != _NOUNS[noun]:
        return None
    return f"{noun} {value_text.join([clause for _, clause in found], 'and')}"


def _limit(keyword: str, value: Json) -> tuple[str, str] | None:
    """What one keyword is about, and what it demands."""
    kind = _SIZES.get(keyword[3:])
    match keyword, value:
        case "pattern", str():
            return "text", f"that matches the pattern {value_text.cut(value, 100)}"
        case "format", str() if value in FORMATS:
            return "text", f"in the format {value}"
        case "uniqueItems", True:
            return "a list", "without repeated items"
        case _, int() | float() if kind is not None and not isinstance(value, bool):
            noun, one, more = kind
            how = "least" if keyword.startswith("min") else "most"
            return noun, f"with at {how} {value_text.count(int(value), one, more)}"
        case _, int() | float() if keyword in _BOUNDS and not isinstance(value, bool):
            return "a number", _BOUNDS[keyword][0].format(value_text.show(value))
        case _:
            return None


def _beyond(keyword: str, limit: Json) -> tuple[str, str] | None:
    """What a value must be to break the limit of one keyword, and the noun for it."""
    kind = _SIZES.get(keyword[3:])
    if not isinstance(limit, (int, float)) or isinstance(limit, bool):
        return None
    if keyword in _BOUNDS:
        return "a number", _BOUNDS[keyword][1].format(value_text.show(limit))
    if kind is None or (keyword.startswith("min") and limit < 1):
        return None
    noun, one, more = kind
    if keyword.startswith("max"):
        return noun, f"at least {value_text.count(int(limit) + 1, one, more)}"
    return noun, f"at most {value_text.count(int(limit) - 1, one, more)}" if limit > 1 else "empty"


def _opposite(keyword: str, limit: Json, value: Json, rest: dict[str, Json]) -> str | None:
    """What a value must be that must not keep to the limit of a keyword, and what it is."""
    found = _beyond(keyword, limit)
    if found is None or rest.keys() - {"type"}:
        return None
    noun, wanted = found
    if isinstance(value, bool) or not isinstance(value, _KINDS[noun]):
        # What is of another type keeps to the limit.
        how = "that is" if noun == "a number" or wanted == "empty" else "with"
        return None if rest else f"must be {noun} {how} {wanted}, not {value_text.describe(value)}"
    if isinstance(value, (int, float)):
        if keyword == "multipleOf":
            return f"must not be a multiple of {value_text.show(limit)}: {value_text.show(value)}"
        return f"must be {wanted}, not {value_text.show(value)}"
    size = len(value) if isinstance(value, (str, list, dict)) else 0
    _, one, more = _SIZES[keyword[3:]]
    if wanted == "empty":
        return f"must be empty, but has {value_text.count(size, one, more)}"
    return f"must have {wanted}, not {size:,}"


_KINDS: dict[str, type | tuple[type, ...]] = {"text": str, "a number": (int, float), "a list": list, "a mapping": dict}


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
        case [("not", wanted)] if phrase := accepted(wanted, about):
            yield excluded(f"{name} must be {phrase}, not {value_text.describe(value)}", path, ProblemPlace.VALUE)
        case [("format", str() as known), *rest] if (
            isinstance(value, str) and dict(rest).keys() <= {"type"} and known in FORMATS
        ):
            yield excluded(f"{name} must not be in the format {known}: {value_text.show(value)}", path, ProblemPlace.VALUE)
        case [*_, ("uniqueItems", True)] if isinstance(value, list) and dict(keywords).keys() <= {"type", "uniqueItems"}:
            yield excluded(f"{name} must contain an item twice", path, ProblemPlace.VALUE)
        case [(keyword, limit), *rest] if clause := _opposite(keyword, limit, value, dict(rest)):
            yield excluded(f"{name} {clause}", path, ProblemPlace.VALUE)
        case [("contains", wanted)] if isinstance(value, list) and (phrase := accepted(wanted, about, nothing_else=True)):
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
