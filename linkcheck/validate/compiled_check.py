"""Whether data is valid, for schemas of common keywords, in a twentieth of jsonschema's time and without importing it.

Nearly all articles are valid, and importing jsonschema alone takes half of the time that a pre-commit hook may take. So
valid data is accepted here, and jsonschema only sees invalid data, to explain it. Both must agree on every schema and
all data; tests/property/test_validate.py compares them.
"""

import re
from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import Final

from linkcheck.model import Json
from linkcheck.validate.budget import Budget
from linkcheck.validate.formats import FORMATS, LONGEST
from linkcheck.validate.multiples import is_multiple
from linkcheck.validate.references import References

Test = Callable[[Json], bool]

_REMARKS: Final = frozenset(
    {
        *("$schema", "$id", "$defs", "definitions", "$comment", "title", "description", "default", "examples", "deprecated"),
        *("example", "nullable", "errorMessage", "patternErrorMessage"),
    }
)


class UnsupportedKeyword(Exception):  # noqa: N818 - not an error: the schema uses keywords that are not compiled
    """The schema has a keyword, or a value of one, that only jsonschema supports."""


class Undecided(Exception):  # noqa: N818 - not an error: jsonschema decides
    """Whether a pattern matches could not be determined in time."""


def compile_shortcut(document: Json, references: References, dialect: str, budget: Budget) -> Test | None:
    """A test that is true for valid data and false for invalid data; None if the schema uses unsupported keywords.

    A test is also proof that the schema is well-formed: every keyword was understood. May raise OutOfBudget and Undecided
    when called.
    """
    if dialect not in {"draft-07", "2019-09", "2020-12"}:
        return None
    try:
        return _Compiler(references, budget, alone=dialect == "draft-07").compile(document)
    except (UnsupportedKeyword, KeyError, re.error, RecursionError):
        return None


class _Compiler:
    def __init__(self, references: References, budget: Budget, *, alone: bool) -> None:
        self._references = references
        self._budget = budget
        self._alone = alone
        """Whether keywords next to `$ref` are ignored, as in draft-07."""
        self._made: dict[int, list[Test]] = {}

    def compile(self, schema: Json) -> Test:
        if isinstance(schema, bool):
            return _always if schema else _never
        if not isinstance(schema, dict):
            raise UnsupportedKeyword
        keywords = [key for key in schema if key not in _REMARKS and not key.startswith("x-")]
        if self._alone and "$ref" in schema:
            keywords = ["$ref"]
        tests = [test for keyword in keywords if (test := self._keyword(keyword, schema)) is not None]
        return tests[0] if len(tests) == 1 else _all(tests)

    def _keyword(self, keyword: str, schema: dict[str, Json]) -> Test | None:
        value = schema[keyword]
        match keyword, value:
            case "$ref", str():
                return self._reference(value)
            case "type", str() | list():
                return _any([_type(value), _TYPES["null"]]) if schema.get("nullable") is True else _type(value)
            case "enum", list():
                return _one_of(value)
            case "const", _:
                return _one_of([value])
            case "format", str():
                return _format(value)
            case "pattern", str():
                return self._pattern(value)
            case (("minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"), int()):
                return _size(keyword, value)
            case (("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum"), int() | float()):
                return _bound(keyword, value)
            case "multipleOf", int() | float():
                return _multiple(value)
            case "required", list():
                return _required(value)
            case (("properties" | "additionalProperties"), _) if "patternProperties" not in schema:
                return self._properties(schema) if keyword == "properties" or "properties" not in schema else None
            case "propertyNames", dict() | bool():
                return _names(self.compile(value))
            case "items", dict() | bool() if "prefixItems" not in schema:
                return _items(self.compile(value))
            case "allOf", [_, *_]:
                return _all([self.compile(part) for part in value])
            case "anyOf", [_, *_]:
                return _any([self.compile(part) for part in value])
            case "oneOf", [_, *_]:
                return _just_one([self.compile(part) for part in value])
            case "not", dict() | bool():
                return _not(self.compile(value))
            case "if", dict() | bool():
                return _if(
                    self.compile(value), self.compile(schema.get("then", True)), self.compile(schema.get("else", True))
                )
            case (("then" | "else"), dict() | bool()):
                return None
            case _:
                raise UnsupportedKeyword

    def _reference(self, ref: str) -> Test:
        target, _ = self._references.follow(ref)
        if not isinstance(target, dict):
            return self.compile(target)
        made = self._made.get(id(target))
        if made is None:
            made = self._made[id(target)] = []
            made.append(self.compile(target))
        budget = self._budget

        def reference(value: Json) -> bool:
            budget.spend()
            return made[0](value)

        return reference

    def _pattern(self, pattern: str) -> Test:
        if self._budget.compile(pattern) is None:
            raise UnsupportedKeyword
        matches = self._budget.matches

        def test(value: Json) -> bool:
            if not isinstance(value, str):
                return True
            found = len(value) <= LONGEST and matches(pattern, value)
            if found is None:
                raise Undecided
            return found

        return test

    def _properties(self, schema: dict[str, Json]) -> Test:
        properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        if not isinstance(properties, dict):
            raise UnsupportedKeyword
        tests = {name: self.compile(part) for name, part in properties.items()}
        rest = None if others is True else self.compile(others)

        def test(value: Json) -> bool:
            if isinstance(value, dict):
                for name, child in value.items():
                    check = tests.get(name, rest)
                    if check is not None and not check(child):
                        return False
            return True

        return test


def _always(value: Json) -> bool:  # noqa: ARG001 - the `true` schema
    return True


def _never(value: Json) -> bool:  # noqa: ARG001 - the `false` schema
    return False


def _all(tests: list[Test]) -> Test:
    def test(value: Json) -> bool:
        for each in tests:  # noqa: SIM110 - a generator would double the time
            if not each(value):
                return False
        return True

    return test


def _any(tests: list[Test]) -> Test:
    def test(value: Json) -> bool:
        for each in tests:  # noqa: SIM110 - as in `_all`
            if each(value):
                return True
        return False

    return test


def _just_one(tests: list[Test]) -> Test:
    return lambda value: sum(test(value) for test in tests) == 1


def _not(negated: Test) -> Test:
    return lambda value: not negated(value)


def _if(condition: Test, then: Test, otherwise: Test) -> Test:
    return lambda value: then(value) if condition(value) else otherwise(value)


def _is_integer(value: Json) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


_TYPES: Final[dict[str, Test]] = {
    "string": lambda value: isinstance(value, str),
    "integer": _is_integer,
    "number": lambda value: _number(value) is not None,
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


def _type(names: str | list[Json]) -> Test:
    listed = [names] if isinstance(names, str) else names
    tests = [_TYPES[name] for name in listed if isinstance(name, str) and name in _TYPES]
    if not tests or len(tests) != len(listed):
        raise UnsupportedKeyword
    return tests[0] if len(tests) == 1 else _any(tests)


def _one_of(values: list[Json]) -> Test:
    # True and 1 are equal in Python and not in JSON.
    known = {(isinstance(value, bool), value) for value in values if not isinstance(value, (dict, list))}
    if len(known) != len(values):
        raise UnsupportedKeyword
    return lambda value: not isinstance(value, (dict, list)) and (isinstance(value, bool), value) in known


def _format(name: str) -> Test | None:
    check = FORMATS.get(name)
    return None if check is None else lambda value: not isinstance(value, str) or check(value) is None


_KINDS: Final[dict[str, type[str] | type[list[Json]] | type[dict[str, Json]]]] = {
    "Length": str,
    "Items": list,
    "Properties": dict,
}


def _size(keyword: str, limit: int) -> Test:
    if isinstance(limit, bool) or limit < 0:
        raise UnsupportedKeyword
    kind = _KINDS[keyword[3:]]
    if keyword.startswith("min"):
        return lambda value: not isinstance(value, kind) or len(value) >= limit
    return lambda value: not isinstance(value, kind) or len(value) <= limit


_BREAKS: Final[dict[str, Callable[[float, float], bool]]] = {
    "minimum": lt,
    "maximum": gt,
    "exclusiveMinimum": le,
    "exclusiveMaximum": ge,
}


def _bound(keyword: str, limit: float) -> Test:
    if isinstance(limit, bool):
        raise UnsupportedKeyword
    breaks = _BREAKS[keyword]
    return lambda value: (number := _number(value)) is None or not breaks(number, limit)


def _multiple(of: float) -> Test:
    if isinstance(of, bool) or of <= 0:
        raise UnsupportedKeyword
    return lambda value: (number := _number(value)) is None or is_multiple(number, of)


def _number(value: Json) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _required(names: list[Json]) -> Test:
    required = {name for name in names if isinstance(name, str)}
    if len(required) != len(names):
        raise UnsupportedKeyword
    return lambda value: not isinstance(value, dict) or required <= value.keys()


def _names(test: Test) -> Test:
    return lambda value: not isinstance(value, dict) or all(map(test, value))


def _items(test: Test) -> Test:
    return lambda value: not isinstance(value, list) or all(map(test, value))
