"""Infers a schema that nearly all articles of a set match.

It declares draft-07, which every editor supports. A schema should also accept the next article, so few values restrict
little: a type needs `LEAST` articles, unless there are links below, which would not be checked in a value of another type.
A format, an enumeration and a required property need `ENOUGH`. A property that is not required can be empty. Unknown
properties are allowed. URLs and dates have a format if nearly all values match it: the few that differ are probably
mistakes, which `deviations` and the validation of the articles report. Similar objects with the same name in several places
are described once, in `definitions`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping

from msgspec import Struct

from linkcheck.calendar_dates import EXAMPLES, Notation, is_date_name, patterns_of
from linkcheck.infer.roles import LEAST_URLS, SHARE, Field, Inference, fold, role_of
from linkcheck.infer.shape import ODD_FORMS, Shape
from linkcheck.model import Json, Location, Role
from linkcheck.pointers import escape

LEAST = 10
"""Minimum number of articles with a property for a type, and of articles for a required property."""
ENOUGH = 20
"""Minimum number of articles with a property for a format or a required property of an object in it."""
ENUMERABLE = 50
"""Minimum number of articles with a property for an enumeration."""
MOST_CHOICES = 10
RAREST = 5
"""Minimum count of each value of an enumeration: if some occur only once, new ones are likely (Good and Turing)."""
_OPEN = (
    "tag",
    "topic",
    "categor",
    "keyword",
    "title",
    "name",
    "author",
    "excerpt",
    "parent",
    "description",
    "summary",
    "label",
    "slug",
    "propert",
    "layout",
    "template",
    "component",
    "domain",
    "host",
    "lang",
    "locale",
    "country",
    "city",
    "location",
    "version",
    "icon",
    "color",
)
"""Parts of the names of properties that can have any value, even if few have been used so far."""
_OPTIONS = frozenset(("outline", "sidebar", "aside", "toc", "prev", "next"))
"""Properties of an article that generators read as options, with values of several types: `deep`, `[2, 3]`, `false`."""
_WITH_TIME = frozenset((Notation.DATE_TIME, Notation.ISO))
_UNAMBIGUOUS = (frozenset((Notation.DATE,)), frozenset((Notation.DATE_TIME,)))
"""Notations of dates that no other text has."""
_ALIKE = 0.5
"""Minimum share of property names that similar objects have in common."""


class Deviation(Struct, frozen=True):
    """A value that differs from nearly all others. `place` is the property as in `Linked`."""

    location: Location
    place: str
    message: str


class Linked(Struct, frozen=True):
    """A property that contains links. `place` is its name for messages (`images[].url`), `texts` the number of its strings.

    `path` are the property names from the root, with `[]` for the items of a list and `*` for any name. With
    `absolute_only`, the strings that are not URLs are names; with `has_folders`, a string such as `guides/start` is a path.
    """

    place: str
    role: Role
    texts: int
    odd: int = 0
    """The strings among them that are not URLs."""
    path: tuple[str, ...] = ()
    absolute_only: bool = False
    has_folders: bool = False


class Unmarked(Struct, frozen=True):
    """A property that is not marked as a link, because most of its strings contain URLs in another form.

    `note` is the message about it, `path` is as in `Linked`.
    """

    place: str
    path: tuple[str, ...]
    note: str


class Inferred(Struct, frozen=True):
    """A schema, its links, and notes on what is true of nearly all articles.

    `lacking` are the properties that are missing from only a few articles.
    """

    schema: dict[str, Json]
    links: tuple[Linked, ...]
    notes: tuple[str, ...] = ()
    articles: int = 0
    lacking: tuple[str, ...] = ()
    unmarked: tuple[Unmarked, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    """The articles that differ; empty unless `find_deviations` was called."""


def infer(articles: Iterable[Mapping[str, Json]], *, name: str) -> Inferred:
    """The schema of the articles' front matter, inferred from its values. `name` is the name of the collection."""
    return infer_from(shape_of(articles), name=name)


def shape_of(articles: Iterable[Mapping[str, Json]], *, map_in: str | None = None) -> Shape:
    """What the articles' front matter has in common. Shapes of several sets can be merged.

    `map_in` is the property with a map of entries by their names; if it is empty, the front matter is such a map.
    """
    root = Shape()
    for data in articles:
        known = _without_schema(data)
        if map_in == "":
            root.add_entries(known)
            continue
        entries = known.pop(map_in, None) if map_in else None
        root.add(known, root.count)
        if map_in and isinstance(entries, dict):
            root.add_entries(entries, map_in)
    return root


def _without_schema(data: Mapping[str, Json]) -> dict[str, Json]:
    """The front matter without `$schema`, which is for editors and validators."""
    return {name: value for name, value in data.items() if name != "$schema"}


def outline_of(articles: Iterable[Mapping[str, Json]]) -> Shape:
    """A shape without values, whose properties are in the order in which the articles have them."""
    root = Shape()
    for data in articles:
        root.outline(_without_schema(data))
    return root


def infer_from(root: Shape, *, name: str, page_fields: Container[Field] = (), names: Container[str] = ()) -> Inferred:
    """The schema of articles whose front matter has this shape. `page_fields` are as in `roles.role_of`.

    `names` are the folded titles and names of articles: a property with these values is not an enumeration.
    """
    writer = _Writer(root, page_fields, names)
    count = root.kinds["object"]
    schema: dict[str, Json] = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Front matter of {name}",
        "description": f"Inferred by `linkcheck init` from {count} article{'s' * (count != 1)}; edit freely.",
    }
    schema |= writer.schema_of(root, (), required=False)
    if writer.definitions:
        schema["definitions"] = {name: writer.definitions[name] for name in sorted(writer.definitions)}
    lacking = tuple(name for name, shape in root.properties.items() if _few_lack(shape, count))
    notes = (*_notes(root), *writer.notes)
    return Inferred(schema, tuple(writer.links), notes, count, lacking, tuple(writer.unmarked))


class _Writer:
    def __init__(self, root: Shape, page_fields: Container[Field], names: Container[str]) -> None:
        self.links: list[Linked] = []
        self.unmarked: list[Unmarked] = []
        self.notes: list[str] = []
        self.definitions: dict[str, Json] = {}
        self._shared = _shared(root)
        self._page_fields = page_fields
        self._names = names

    def schema_of(self, shape: Shape, path: tuple[str, ...], *, required: bool, sized: bool = False) -> dict[str, Json]:
        """The schema of the values of a property. `path` is as in `roles`."""
        kinds = [kind for kind in ("object", "array", "string", "number", "integer", "boolean", "null") if shape.kinds[kind]]
        schema: dict[str, Json] = {}
        if shape.kinds["string"]:
            schema |= self._text(
                shape, path, alone=kinds in (["string"], ["string", "null"]), required=required, sized=sized
            )
        if kinds == ["integer"] and path and fold(path[-1]).endswith(("width", "height")) and (shape.least or 0) >= 1:
            schema["minimum"] = 1
        if shape.items is not None and shape.items.count:
            schema["items"] = self.schema_of(shape.items, (*path, "[]"), required=True)
        if shape.rest is not None:
            schema["additionalProperties"] = self.schema_of(shape.rest, (*path, "*"), required=False)
        elif shape.properties:
            schema |= self._object(shape, path)
        return {**_types(shape, kinds, path, required=required, has_links=_has_links(schema)), **schema}

    def _text(self, shape: Shape, path: tuple[str, ...], *, alone: bool, required: bool, sized: bool) -> dict[str, Json]:
        texts = shape.kinds["string"] - shape.features["empty"]
        found = role_of(path, shape, sized=sized, page_fields=self._page_fields)
        schema = _format(shape, path, found)
        if not schema and alone and found is None and self._is_enumeration(shape, path):
            schema["enum"] = [*sorted(shape.texts), *([] if required and not shape.kinds["null"] else [None])]
        elif not schema and required and not shape.features["empty"] and path:
            schema["minLength"] = 1
        if found is not None:
            schema["x-link"] = {"role": found.role.value, **({"absolute-only": True} if found.absolute_only else {})}
            odd = 0 if found.absolute_only else texts - found.urls
            links = found.urls if found.absolute_only else texts
            self.links.append(Linked(_shown(path), found.role, links, odd, path, found.absolute_only, found.has_folders))
        self._note(shape, path, found)
        return schema

    def _is_enumeration(self, shape: Shape, path: tuple[str, ...]) -> bool:
        named = sum(fold(text) in self._names for text in shape.texts)
        return named * 2 <= len(shape.texts) and not _is_option(path) and _is_enumeration(shape, path)

    def _note(self, shape: Shape, path: tuple[str, ...], found: Inference | None) -> None:
        """Add the note on a property of which only some strings are URLs, or contain them in another form."""
        place, texts = _shown(path), shape.kinds["string"] - shape.features["empty"]
        urls, forms = shape.features["absolute"], [form for form in ODD_FORMS if shape.features[form]]
        others = sum(shape.features[form] for form in forms)
        if found is None and (others > texts / 2 or others >= LEAST_URLS):
            contains = " or ".join(ODD_FORMS[form] for form in forms)
            note = f"`{place}` contains {contains} in {others} of {texts} places, so it is not marked as a link"
            self.unmarked.append(Unmarked(place, path, note))
        elif found is None and texts / 2 < urls < SHARE * texts:
            note = f"`{place}` is a URL in {urls} of {texts} places and other text elsewhere, so it is not marked as a link"
        elif found is not None and found.absolute_only:
            note = f"`{place}` is a URL in {urls} of {texts} places and other text elsewhere; only the URLs are links"
        else:
            return
        self.notes.append(note)

    def _object(self, shape: Shape, path: tuple[str, ...]) -> dict[str, Json]:
        required = _required(shape, is_article=not path)
        properties: dict[str, Json] = {}
        for name, below in shape.properties.items():
            if below.count:  # else only in the outline
                properties[name] = self._property(name, below, (*path, name), required=name in required, around=shape)
        _relate(properties, _in_pixels(shape))
        schema: dict[str, Json] = {"required": [*required]} if required else {}
        return {**schema, "properties": properties}

    def _property(self, name: str, shape: Shape, path: tuple[str, ...], *, required: bool, around: Shape) -> dict[str, Json]:
        shared = self._shared.get(name)
        if shared is not None:
            if name not in self.definitions:
                self.definitions[name] = None  # ends the recursion of an object that contains itself
                self.definitions[name] = self.schema_of(shared, (name,), required=False)
            return {"$ref": f"#/definitions/{escape(name)}"}
        sized = any(_partner(name, _in_pixels(around), side) is not None for side in ("width", "height"))
        return self.schema_of(shape, path, required=required, sized=sized)


def _types(shape: Shape, kinds: list[str], path: tuple[str, ...], *, required: bool, has_links: bool) -> dict[str, Json]:
    """The types of a property; none if all values are empty, or if few articles have it and there are no links in them."""
    if shape.count == shape.kinds["null"] + shape.features["empty"] or not (
        has_links or not path or shape.articles >= LEAST
    ):
        return {}
    if _is_option(path) and not has_links:
        return {}
    # Links in values of another type would not be checked.
    others = {
        "boolean": _is_option(path),
        "string": bool(shape.kinds["array"]) and _is_open(path) and not has_links,  # short for a list of one tag
        "number": bool(shape.features["numeric"]) and not has_links,
        "null": bool(path) and not required,
    }
    types: list[Json] = [*kinds, *(other for other, is_possible in others.items() if is_possible and other not in kinds)]
    if "number" in types and "integer" in types:
        types.remove("integer")
    return {"type": types[0] if len(types) == 1 else types}


def _has_links(schema: dict[str, Json]) -> bool:
    """Whether there are links in the values of a property, or may be."""
    if "x-link" in schema or "$ref" in schema:
        return True
    properties = schema.get("properties")
    inner = [
        schema.get("items"),
        schema.get("additionalProperties"),
        *(properties.values() if isinstance(properties, dict) else ()),
    ]
    return any(isinstance(each, dict) and _has_links(each) for each in inner)


def _required(shape: Shape, *, is_article: bool) -> tuple[str, ...]:
    """The properties that every article has, or every object of this name if most of their properties are the same."""
    objects, properties = shape.kinds["object"], {name: below for name, below in shape.properties.items() if below.count}
    # Editors with forms write an empty text if no value was entered.
    always = tuple(name for name, below in properties.items() if below.count == objects and not below.features["empty"])
    if is_article:
        return tuple(name for name in always if not _is_option((name,))) if shape.articles >= LEAST else ()
    is_of_one_kind = shape.count == objects + shape.kinds["null"] and len(always) >= _ALIKE * len(properties)
    return always if is_of_one_kind and shape.articles >= ENOUGH else ()


def _shared(root: Shape) -> dict[str, Shape]:
    """Objects, or lists of objects, that occur under one name in several places and are similar: merged, by name."""
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


def _format(shape: Shape, path: tuple[str, ...], link: Inference | None) -> dict[str, Json]:
    """The format, or the patterns of dates, that nearly all texts have."""
    texts, features = shape.kinds["string"] - shape.features["empty"], shape.features
    is_evident = shape.articles >= ENOUGH
    if link is not None:
        return _format_of_urls(shape, texts) if is_evident and not link.absolute_only else {}
    for name in ("duration", "email"):
        if is_evident and texts and features[name] == texts:
            return {"format": name}
    if not texts or features["dated"] < SHARE * texts or shape.articles < LEAST:
        return {}
    notations = frozenset(notation for notation in Notation if features[notation.value])
    is_certain = is_evident and notations in _UNAMBIGUOUS and features["dated"] == texts
    if not (is_certain or _is_dated(path)):
        return {}
    # The next article can have a date without a time, or with one: generators accept both.
    if notations & _WITH_TIME:
        notations |= {Notation.DATE}
    elif Notation.DATE in notations:
        notations |= {Notation.DATE_TIME}
    examples = " or ".join(EXAMPLES[notation] for notation in Notation if notation in notations)
    patterns = (*patterns_of(notations), *(("^$",) if features["empty"] else ()))
    about: dict[str, Json] = {"description": f"Dates are written as {examples}."}
    if len(patterns) == 1:
        return {"pattern": patterns[0], **about}
    return {**about, "anyOf": [{"pattern": each} for each in patterns]}


def _format_of_urls(shape: Shape, texts: int) -> dict[str, Json]:
    """`uri-reference` if there are paths among the URLs, else `uri`; empty if there are no URLs, or unusual paths."""
    absolute, on_site, folders = (shape.features[feature] for feature in ("plain absolute", "on site", "folders"))
    if not absolute or folders or on_site > shape.features["plain path"]:
        return {}
    if absolute + on_site < SHARE * texts:
        return {}
    return {"format": "uri-reference" if on_site else "uri"}


def _is_dated(path: tuple[str, ...]) -> bool:
    return any(map(is_date_name, path[-2:]))


def _is_enumeration(shape: Shape, path: tuple[str, ...]) -> bool:
    if shape.many_texts or shape.articles < ENUMERABLE or not 2 <= len(shape.texts) <= MOST_CHOICES:
        return False
    if min(shape.texts.values()) < RAREST or any("\n" in text or not text.strip() for text in shape.texts):
        return False
    return not _is_open(path) and not any(shape.features[feature] for feature in ("absolute", "on site", "dated"))


def _is_option(path: tuple[str, ...]) -> bool:
    return len(path) == 1 and fold(path[0]) in _OPTIONS


def _is_open(path: tuple[str, ...]) -> bool:
    name = next((fold(part) for part in reversed(path) if part != "[]"), "")
    return any(part in name for part in _OPEN)


def _relate(properties: dict[str, Json], in_pixels: tuple[str, ...]) -> None:
    """Adds the names of related properties of the same object to each link. `in_pixels` are those that may be sizes."""
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
                link |= {side: found for side in ("width", "height") if (found := _partner(name, in_pixels, side))}


def _named(properties: Mapping[str, Json], role: Role) -> str | None:
    """The property with a role."""
    for name, schema in properties.items():
        link = schema.get("x-link") if isinstance(schema, dict) else None
        if isinstance(link, dict) and link["role"] == role:
            return name
    return None


def _in_pixels(shape: Shape) -> tuple[str, ...]:
    """The properties that are numbers nearly everywhere, and not lengths such as `12em`."""
    return tuple(name for name, below in shape.properties.items() if _are_numbers(below))


def _are_numbers(shape: Shape) -> bool:
    values = shape.count - shape.kinds["null"] - shape.features["empty"]
    return shape.kinds["integer"] + shape.kinds["number"] + shape.features["numeric"] >= SHARE * values > 0


def _partner(name: str, properties: Iterable[str], side: str) -> str | None:
    """The property that is the width or height of the image in `name`: `width`, or `coverWidth` for `cover`."""
    own = [other for other in properties if fold(other) in {fold(name) + side, fold(name).removesuffix("url") + side}]
    if own:
        return own[0]
    return next((other for other in properties if fold(other) == side), None)


def _few_lack(shape: Shape, count: int) -> bool:
    return count >= ENOUGH and 0 < count - shape.count <= count * (1 - SHARE) / 2


def _notes(root: Shape) -> Iterator[str]:
    """What is true of nearly all articles; the exceptions may be mistakes."""
    count = root.kinds["object"]
    for name, shape in root.properties.items():
        if _few_lack(shape, count):
            yield f"`{name}` is missing from {count - shape.count} of {count} articles, so it is not required"


def _shown(path: tuple[str, ...]) -> str:
    return ".".join(path).replace(".[]", "[]")
