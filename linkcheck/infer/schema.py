"""A schema for a set of articles, which accepts all of them.

It uses only what draft-07 and 2020-12 have in common. A property is required if every article has it, has an enumeration
only if no value is rare, and unknown properties are allowed. Objects with the same name and a similar shape in several
places are described once, in `$defs`.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from linkcheck.infer.roles import SHARE, fold, role_of
from linkcheck.infer.shape import Shape
from linkcheck.model import Json, Role
from linkcheck.pointers import escape

LEAST = 3
"""Articles it takes for "all of them have it" to mean something."""
ENUMERABLE = 20
"""Values it takes for an enumeration."""
MOST_CHOICES = 10
RAREST = 3
"""Times each value of an enumeration must occur: where some occur once, there are more to come (Good and Turing)."""
_OPEN = (
    "tag",
    "topic",
    "categor",
    "keyword",
    "title",
    "name",
    "author",
    "excerpt",
    "description",
    "summary",
    "label",
    "slug",
)
"""Parts of names under which values are the author's to choose, whatever they have been so far."""
_ALIKE = 0.5
"""The part of all their names that objects must share to be described once."""


class Linked(Struct, frozen=True):
    """A property that was taken for a link. `place` is as people write it: `images[].url`; `texts` how many there are."""

    place: str
    role: Role
    texts: int
    odd: int = 0
    """The strings among them that are not URLs."""


class Inferred(Struct, frozen=True):
    """A schema, its links, and what is nearly but not quite true of all articles: sentences for people."""

    schema: dict[str, Json]
    links: tuple[Linked, ...]
    notes: tuple[str, ...] = ()
    articles: int = 0


def infer(articles: Iterable[Mapping[str, Json]], *, name: str) -> Inferred:
    """The schema of the articles' front matter, from their data alone. `name` is what the articles are called."""
    root = Shape()
    for data in articles:
        root.take(dict(data))
    writer = _Writer(root)
    count = root.kinds["object"]
    schema: dict[str, Json] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Front matter of {name}",
        "description": f"Inferred by `linkcheck init` from {count} article{'s' * (count != 1)}; edit freely.",
    }
    schema |= writer.schema_of(root, (), required=False)
    if writer.definitions:
        schema["$defs"] = {name: writer.definitions[name] for name in sorted(writer.definitions)}
    return Inferred(schema, tuple(writer.links), tuple(_notes(root)), count)


class _Writer:
    def __init__(self, root: Shape) -> None:
        self.links: list[Linked] = []
        self.definitions: dict[str, Json] = {}
        self._shared = _shared(root)

    def schema_of(self, shape: Shape, path: tuple[str, ...], *, required: bool, sized: bool = False) -> dict[str, Json]:
        """What the values at a place have in common. `path` is as in `roles`."""
        kinds = [kind for kind in ("object", "array", "string", "number", "integer", "boolean", "null") if shape.kinds[kind]]
        if "number" in kinds and "integer" in kinds:
            kinds.remove("integer")
        schema: dict[str, Json] = {}
        if kinds:
            types: list[Json] = [*kinds]
            schema["type"] = types[0] if len(types) == 1 else types
        if shape.kinds["string"]:
            schema |= self._text(shape, path, alone=kinds == ["string"], required=required, sized=sized)
        if kinds == ["integer"] and path and fold(path[-1]).endswith(("width", "height")) and (shape.least or 0) >= 1:
            schema["minimum"] = 1
        if shape.items is not None and shape.items.taken:
            schema["items"] = self.schema_of(shape.items, (*path, "[]"), required=True)
        if shape.rest is not None:
            schema["additionalProperties"] = self.schema_of(shape.rest, (*path, "*"), required=False)
        elif shape.properties:
            schema |= self._object(shape, path)
        return schema

    def _text(self, shape: Shape, path: tuple[str, ...], *, alone: bool, required: bool, sized: bool) -> dict[str, Json]:
        texts, empty = shape.kinds["string"], shape.looks["empty"]
        schema: dict[str, Json] = {}
        role = role_of(path, shape, sized=sized)
        format_ = _format(shape)
        if format_ is not None:
            schema["format"] = format_
        elif alone and role is None and _is_enumeration(shape, path):
            schema["enum"] = [*sorted(shape.texts)]
        elif required and not empty and path:
            schema["minLength"] = 1
        if role is not None:
            schema["x-link"] = {"role": role.value}
            urls = shape.looks["absolute"] + shape.looks["on site"]
            self.links.append(Linked(_shown(path), role, texts, texts - urls))
        return schema

    def _object(self, shape: Shape, path: tuple[str, ...]) -> dict[str, Json]:
        count = shape.kinds["object"]
        properties: dict[str, Json] = {}
        required: list[Json] = []
        for name, below in shape.properties.items():
            always = below.taken == count >= LEAST
            if always:
                required.append(name)
            properties[name] = self._property(name, below, (*path, name), required=always, around=shape)
        _relate(properties)
        schema: dict[str, Json] = {"required": required} if required else {}
        return {**schema, "properties": properties}

    def _property(self, name: str, shape: Shape, path: tuple[str, ...], *, required: bool, around: Shape) -> dict[str, Json]:
        shared = self._shared.get(name)
        if shared is not None:
            if name not in self.definitions:
                self.definitions[name] = None  # so that what lies in itself ends here
                self.definitions[name] = self.schema_of(shared, (name,), required=False)
            return {"$ref": f"#/$defs/{escape(name)}"}
        sized = any(_partner(name, around.properties, side) is not None for side in ("width", "height"))
        return self.schema_of(shape, path, required=required, sized=sized)


def _shared(root: Shape) -> dict[str, Shape]:
    """Objects, or lists of objects, merged: those that several places have under one name, and that all look alike."""
    found: dict[str, list[Shape]] = {}
    waiting = [root]
    while waiting:
        shape = waiting.pop()
        for name, below in shape.properties.items():
            found.setdefault(name, []).append(below)
        waiting += [*shape.properties.values(), *(each for each in (shape.items, shape.rest) if each is not None)]
    merged: dict[str, Shape] = {}
    for name, shapes in found.items():
        if len(shapes) > 1 and all(_alike(shapes[0], other) for other in shapes[1:]):
            merged[name] = Shape()
            for shape in shapes:
                merged[name].merge(shape)
    return merged


def _inner(shape: Shape) -> Shape | None:
    """The object that is the value of a property, directly or in a list."""
    if shape.kinds["object"] and shape.properties:
        return shape
    items = shape.items
    return items if items is not None and items.kinds["object"] and items.properties else None


def _alike(one: Shape, other: Shape) -> bool:
    a, b = _inner(one), _inner(other)
    if a is None or b is None or (a is one) != (b is other):
        return False
    return len(a.properties.keys() & b.properties.keys()) >= _ALIKE * len(a.properties.keys() | b.properties.keys())


def _format(shape: Shape) -> str | None:
    """The format that all texts have."""
    texts, looks = shape.kinds["string"], shape.looks
    if looks["absolute"] == texts and not looks["iri"] and not looks["without scheme"]:
        return "uri"
    if looks["absolute"] and looks["absolute"] + looks["on site"] == texts and not looks["iri"]:
        return "uri-reference"
    return next((name for name in ("date-time", "date", "duration", "email") if looks[name] == texts), None)


def _is_enumeration(shape: Shape, path: tuple[str, ...]) -> bool:
    if shape.many_texts or shape.kinds["string"] < ENUMERABLE or not 2 <= len(shape.texts) <= MOST_CHOICES:
        return False
    if min(shape.texts.values()) < RAREST or any("\n" in text or not text.strip() for text in shape.texts):
        return False
    name = next((fold(part) for part in reversed(path) if part != "[]"), "")
    looks = ("absolute", "on site", "date", "date-time")
    return not any(part in name for part in _OPEN) and not any(shape.looks[look] for look in looks)


def _relate(properties: dict[str, Json]) -> None:
    """Adds to each link which properties of the same object are its partners."""
    canonical, amp = (_named(properties, role) for role in (Role.CANONICAL, Role.AMP))
    for name, schema in properties.items():
        link = schema.get("x-link") if isinstance(schema, dict) else None
        items = schema.get("items") if isinstance(schema, dict) else None
        if link is None and isinstance(items, dict):
            link = items.get("x-link")
        if not isinstance(link, dict):
            continue
        match link["role"]:
            case Role.AMP if canonical:
                link["of"] = canonical
            case Role.AMP_CACHE if amp:
                link["of"] = amp
            case Role.IMAGE if items is None:
                link |= {side: found for side in ("width", "height") if (found := _partner(name, properties, side))}


def _named(properties: Mapping[str, Json], role: Role) -> str | None:
    """The property of a role."""
    for name, schema in properties.items():
        link = schema.get("x-link") if isinstance(schema, dict) else None
        if isinstance(link, dict) and link["role"] == role:
            return name
    return None


def _partner(name: str, properties: Iterable[str], side: str) -> str | None:
    """The property that is the width or height of the image in `name`: `width`, or `coverWidth` for `cover`."""
    own = [other for other in properties if fold(other) in {fold(name) + side, fold(name).removesuffix("url") + side}]
    if own:
        return own[0]
    return next((other for other in properties if fold(other) == side), None)


def _notes(root: Shape) -> Iterator[str]:
    """What is nearly true of all articles: the few where it is not may be slips."""
    count = root.kinds["object"]
    for name, shape in root.properties.items():
        lacking = count - shape.taken
        if count >= ENUMERABLE and 0 < lacking <= count * (1 - SHARE) / 2:
            yield f"`{name}` is missing from {lacking} of {count} articles, so it is not required"
        texts = shape.kinds["string"] - shape.looks["empty"]
        urls = shape.looks["absolute"]
        if texts / 2 < urls < SHARE * texts:
            yield f"`{name}` is a URL in {urls} of {texts} articles and other text elsewhere, so it is not marked as a link"


def _shown(path: tuple[str, ...]) -> str:
    return ".".join(path).replace(".[]", "[]")
