"""Reads the schemas that Astro and Nuxt Content declare with zod, if they are literals.

It supports objects, strings, URLs, numbers, booleans, lists, enumerations, images, `optional`, `default` and `extend`, and
names that the same file assigns to such a schema. A union, a transformation, a reference and any function of the program
accept any value.
"""

from collections.abc import Iterator

from msgspec import Struct

from linkcheck.infer.declared.schema import object_schema
from linkcheck.infer.generators.site import texts
from linkcheck.infer.literals import Program, Token
from linkcheck.model import Json

_DEEPEST = 12
_MOST_TYPES = 5_000
"""Maximum number of types read from one program, since a few lines can refer to each other many times."""
_MOST_COLLECTIONS = 100
_TYPES: dict[str, dict[str, Json]] = {
    "string": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "httpUrl": {"type": "string", "format": "uri"},
    "email": {"type": "string"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "int": {"type": "integer"},
    "date": {},
}
_OPTIONAL = frozenset(("optional", "nullish", "default", "catch", "prefault"))
_HARMLESS = frozenset(
    (
        *(
            "min",
            "max",
            "length",
            "nonempty",
            "trim",
            "regex",
            "startsWith",
            "endsWith",
            "includes",
            "describe",
            "meta",
            "email",
            "datetime",
            "int",
            "positive",
        ),
        *("nonnegative", "refine", "superRefine", "check", "strict", "passthrough", "loose", "strip", "readonly", "brand"),
    )
)
"""Methods that do not change the type of a value."""
_OF_SOME_TYPE = frozenset(
    ("union", "discriminatedUnion", "record", "tuple", "literal", "nativeEnum", "map", "set", "preprocess")
)
"""Functions whose values can have several types, and are required unless an argument is optional."""
_CHANGING = frozenset(("transform", "pipe", "or", "and"))
"""Methods that can change the type of a value."""
_ABSENT = _OPTIONAL | {"undefined", "any", "unknown", "void"}
_Fields = dict[str, tuple[dict[str, Json], bool]]


class ZodType(Struct, frozen=True):
    """The known part of a schema, and whether a property with it is required."""

    schema: dict[str, Json] = {}
    required: bool = False


class ZodCollection(Struct, frozen=True):
    """A call of `defineCollection`. `base` is the folder of its loader, `source` the first glob of Nuxt Content.

    `patterns` are all globs of the loader, relative to `base`, or of Nuxt Content; one with `!` excludes files. `file` is
    that of a loader for a single file. `is_data` is true if the files are declared to be data.
    """

    name: str
    schema: dict[str, Json]
    base: str | None = None
    source: str | None = None
    patterns: tuple[str, ...] = ()
    file: str | None = None
    is_data: bool = False


def read_collections(program: Program) -> Iterator[ZodCollection]:
    """The collections that a program defines. The schema is empty if it is not one of properties that can be read."""
    reader = _ZodReader(program)
    at = found = 0
    while at < len(program.tokens) and found < _MOST_COLLECTIONS:
        if program.tokens[at].text == "defineCollection" and program.is_sign(at + 1, "(") and program.is_sign(at + 2, "{"):
            yield reader.collection(at)
            found += 1
            at = program.skip(at + 2)
        at += 1


class _ZodReader:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._tokens = program.tokens
        self._left = _MOST_TYPES
        self._bound = {
            self._text(at + 1): at + 3
            for at, token in enumerate(self._tokens)
            if token.text in ("const", "let", "var") and program.is_sign(at + 2, "=")
        }
        self._exported = {
            self._text(place): name
            for at, token in enumerate(self._tokens)
            if token.text == "collections" and self._text(at + 1) in ("=", ":") and program.is_sign(at + 2, "{")
            for name, place in self._members(at + 3)
        }
        """The names of collections, by the names that the program gives to their definitions."""

    def collection(self, at: int) -> ZodCollection:
        """The collection whose definition starts at `defineCollection`."""
        members = dict(self._members(at + 3))
        schema = self._type(members["schema"], 0).schema if "schema" in members else {}
        name = self._text(at - 2) if at >= 2 and self._text(at - 1) in ("=", ":") else ""
        base, patterns, file = self._loaded(members.get("loader"))
        sources = tuple(self._sources(members["source"])) if "source" in members else ()
        return ZodCollection(
            name=self._exported.get(name, name),
            schema=schema if schema.get("properties") else {},
            base=base,
            source=next((each for each in sources if not each.startswith("!")), None),
            patterns=patterns or sources,
            file=file,
            is_data="type" in members and self._program.literal(members["type"]) == "data",
        )

    def _loaded(self, at: int | None) -> tuple[str | None, tuple[str, ...], str | None]:
        """The folder and the globs of a loader, or its file, if the program does not compute them."""
        if at is None or not self._program.is_sign(at + 1, "("):
            return None, (), None
        argument = self._program.literal(at + 2)
        if isinstance(argument, str):
            return None, (), argument if self._text(at) == "file" else None
        options = argument if isinstance(argument, dict) else {}
        base = options.get("base")
        is_computed = "base" not in options and "base" in dict(self._members(at + 3))
        patterns = () if is_computed or self._text(at) != "glob" else texts(options.get("pattern"))
        return (base if isinstance(base, str) else None), patterns, None

    def _sources(self, at: int) -> Iterator[str]:
        """The globs of Nuxt Content: one, several, or objects with globs to include and to exclude."""
        literal = self._program.literal(at)
        for each in literal if isinstance(literal, list) else [literal]:
            if isinstance(each, str):
                yield each
            elif isinstance(each, dict) and each.keys().isdisjoint(("cwd", "repository")):
                yield from texts(each.get("include"))
                yield from (f"!{glob}" for glob in texts(each.get("exclude")))

    def _text(self, at: int) -> str:
        token = self._tokens[at] if 0 <= at < len(self._tokens) else Token("sign", "")
        return token.text.strip("'\"`")

    def _members(self, at: int) -> Iterator[tuple[str, int]]:
        """The names in an object whose first member is here, each with the place of its value."""
        while at < len(self._tokens) and not self._program.is_sign(at, "}"):
            if self._tokens[at].kind in ("name", "text") and self._program.is_sign(at + 1, ":"):
                yield self._text(at), at + 2
            elif self._tokens[at].kind == "name" and self._text(at + 1) in (",", "}"):
                yield self._text(at), at
            end = self._program.skip(at)
            at = end + (not self._program.is_sign(end, "}"))

    def _type(self, at: int, depth: int) -> ZodType:
        self._left -= 1
        if depth > _DEEPEST or at >= len(self._tokens) or self._left < 0:
            return ZodType()
        if self._program.is_sign(at, "(") or self._program.is_sign(at + 1, "=>"):
            return self._function(at, depth)
        if self._text(at) == "z":
            return self._chain(at + 1, ZodType(), depth)
        if self._text(at) == "image" and self._program.is_sign(at + 1, "("):
            image = ZodType({"type": "string", "x-link": {"role": "image"}}, required=True)
            return self._chain(self._program.skip(at + 2) + 1, image, depth)
        if self._text(at) == "reference" and self._program.is_sign(at + 1, "("):
            return self._chain(self._program.skip(at + 2) + 1, ZodType(required=True), depth)
        bound = self._bound.get(self._text(at))
        if bound is None or bound == at or self._program.is_sign(at + 1, "("):
            return ZodType()
        return self._chain(at + 1, self._type(bound, depth + 1), depth)

    def _function(self, at: int, depth: int) -> ZodType:
        """The type in `({ image }) => z.object(...)`, also with parentheses or a function body."""
        arrow = self._program.skip(at + 1) + 1 if self._program.is_sign(at, "(") else at + 1
        if not self._program.is_sign(arrow, "=>"):
            return ZodType()
        body = arrow + 1 + self._program.is_sign(arrow + 1, "(")
        if not self._program.is_sign(body, "{"):
            return self._type(body, depth + 1)
        for place in range(body, min(len(self._tokens), body + 2_000)):
            if self._text(place) == "return":
                return self._type(place + 1, depth + 1)
        return ZodType()

    def _chain(self, at: int, value: ZodType, depth: int) -> ZodType:
        """The type after a chain of methods: `.string().optional()`."""
        while self._program.is_sign(at, ".") or self._program.is_sign(at, "?."):
            method = self._text(at + 1)
            at += 2
            arguments = at + 1
            if self._program.is_sign(at, "("):
                while not self._program.is_sign(end := self._program.skip(arguments), ")") and end < len(self._tokens):
                    arguments = end + 1
                value = self._called(method, at + 1, end, value, depth)
                at = end + 1
            elif method != "coerce":
                return ZodType()
        return value

    def _called(self, method: str, at: int, end: int, value: ZodType, depth: int) -> ZodType:
        """The type after a call whose arguments are from `at` to `end`."""
        if method == "url" and value.schema.get("type") == "string":
            return ZodType({**value.schema, "format": "uri"}, value.required)
        if method in _HARMLESS and (value.schema or value.required):
            return value
        if method in _OPTIONAL:
            return ZodType(value.schema)
        if method in _TYPES and not value.schema:
            return ZodType(dict(_TYPES[method]), required=True)
        match method:
            case "object" if self._program.is_sign(at, "{"):
                return ZodType(object_schema(self._fields(at + 1, depth)), required=True)
            case "extend" if self._program.is_sign(at, "{"):
                return ZodType(_joined(value.schema, object_schema(self._fields(at + 1, depth))), value.required)
            case "array":
                inner = self._type(at, depth + 1) if not self._program.is_sign(at, ")") else value
                return ZodType({"type": "array", "items": inner.schema}, required=True)
            case "nullable":
                kept: dict[str, Json] = {name: value.schema[name] for name in ("format", "x-link") if name in value.schema}
                return ZodType(kept, value.required)
            case "enum":
                literal = self._program.literal(at)
                known = isinstance(literal, list) and literal and all(isinstance(each, str) for each in literal)
                return ZodType({"type": "string", "enum": literal} if known else {}, required=True)
            case _ if method in _OF_SOME_TYPE or method in _CHANGING:
                inside = {token.text for token in self._tokens[at:end]}
                required = value.required or method in _OF_SOME_TYPE
                return ZodType(required=required and inside.isdisjoint(_ABSENT))
            case _:
                return ZodType()

    def _fields(self, at: int, depth: int) -> _Fields:
        found: _Fields = {}
        for name, place in self._members(at):
            field = self._type(place, depth + 1)
            found[name] = (field.schema, field.required)
        return found


def _joined(one: dict[str, Json], other: dict[str, Json]) -> dict[str, Json]:
    first, second = one.get("properties"), other.get("properties")
    before, after = one.get("required"), other.get("required")
    if not (isinstance(first, dict) and isinstance(second, dict) and isinstance(before, list) and isinstance(after, list)):
        return {}
    kept: list[Json] = [name for name in before if name not in second]
    return {"type": "object", "properties": {**first, **second}, "required": [*kept, *after]}
