"""A schema as links, names and near misses need it: which schemas apply at a location of the data, in any branch.

A node is one schema object. Schemas joined by `$ref`, `allOf`, `anyOf`, `oneOf` and `if` apply to the same location of
the data: such a set of nodes is a site, created once, on first use. So traversing an article costs one look-up per
property, even for a schema with many references to itself.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from linkcheck.did_you_mean import closest
from linkcheck.errors import UsageError
from linkcheck.model import Json, Role
from linkcheck.pointers import escape
from linkcheck.validate.budget import Budget
from linkcheck.validate.references import References

MOST_NODES = 20_000
_LONGEST_NAME = 256
_ABSOLUTE = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]{0,30}:)?//|\s*!?\[[^\[\]]{0,300}\]\(")
"""How an absolute URL starts, or a Markdown link, which is a mistake."""

_URLS = ("uri", "uri-reference", "iri", "iri-reference", "url")

Names = Callable[[str], bool | None]
"""Whether a name matches a pattern; None if there is no time left."""


class LinkAnnotation(Struct, frozen=True):
    """The `x-link` keyword of one property."""

    role: Role
    of: str | None = None
    width: str | None = None
    height: str | None = None
    min_width: int | None = None
    min_height: int | None = None
    media: tuple[str, ...] = ()
    domain: str | None = None
    preset: str | None = None
    absolute_only: bool = False
    prefix: str | None = None
    wanting: bool = False
    """Whether the values of other properties, or the page or image itself, matter."""

    def takes(self, text: str) -> bool:
        """Whether a text is a link. One that is empty or blank is a missing value, as editors with forms write it."""
        return bool(text) and not text.isspace() and (not self.absolute_only or _ABSOLUTE.match(text) is not None)


class EntryAnnotation(Struct, frozen=True):
    """The `x-ref` keyword of one property: the collection of the entry, and what its name is; both may be empty."""

    collection: str = ""
    by: str = ""


class SchemaNode:
    """One schema object, reduced to the keywords that describe structure."""

    __slots__ = (
        "additional",
        "always",
        "bearing",
        "beside",
        "closed",
        "field",
        "formatted",
        "items",
        "marks",
        "named",
        "naming",
        "negated",
        "patterns",
        "places",
        "properties",
        "required",
        "title",
        "types",
        "unique",
        "urls",
        "values",
    )

    def __init__(self) -> None:
        self.title: str | None = None
        self.marks: LinkAnnotation | None = None
        self.field: str | None = None
        """What the value is to the article (`x-article`)."""
        self.unique: str | None = None
        """The name of the values that this one differs from (`x-unique`), empty for those at the same place."""
        self.named: EntryAnnotation | None = None
        self.urls = False
        """Whether the format is that of a URL."""
        self.properties: dict[str, SchemaNode] = {}
        self.patterns: list[tuple[Names, SchemaNode]] = []
        self.additional: SchemaNode | None = None
        self.closed = False
        self.items: SchemaNode | None = None
        self.places: list[SchemaNode] = []
        """For a list whose first items have separate schemas."""
        self.beside: list[SchemaNode] = []
        """Schemas of the same value."""
        self.always: list[SchemaNode] = []
        """Those of `beside` that have to match whatever the value is: by `$ref` and `allOf`."""
        self.values: tuple[Json, ...] = ()
        """The only values that `const` or `enum` allows."""
        self.negated: list[SchemaNode] = []
        """Schemas of the same value that do not describe it (`not`)."""
        self.types: frozenset[str] = frozenset()
        self.formatted = False
        self.required: frozenset[str] = frozenset()
        self.bearing = False
        """Whether a link can be here or below."""
        self.naming = False
        """Whether a unique value or the name of an entry can be here or below."""

    def below(self) -> "list[SchemaNode]":
        ends = [node for node in (self.additional, self.items) if node is not None]
        return [*self.properties.values(), *(node for _, node in self.patterns), *self.places, *ends]

    def together(self) -> "list[SchemaNode]":
        """The schema itself and those that always apply with it."""
        met: dict[int, SchemaNode] = {}
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if id(node) not in met:
                met[id(node)] = node
                waiting += node.always[::-1]
        return list(met.values())


class SchemaSite:
    """The schemas that apply at one location of the data."""

    __slots__ = (
        "_any_name",
        "_children",
        "_places",
        "_sites",
        "bearing",
        "closed",
        "field",
        "formatted",
        "free",
        "known",
        "marks",
        "named",
        "naming",
        "nodes",
        "references",
        "required",
        "types",
        "unique",
        "urls",
    )

    def __init__(self, nodes: tuple[SchemaNode, ...], sites: "dict[tuple[int, ...], SchemaSite]") -> None:
        self.nodes = nodes
        self._sites = sites
        self._children: dict[str | int | None, SchemaSite | None] = {}
        self.marks = next((node.marks for node in nodes if node.marks is not None), None)
        self.field = next((node.field for node in nodes if node.field is not None), None)
        self.unique = next((node.unique for node in nodes if node.unique is not None), None)
        self.named = next((node.named for node in nodes if node.named is not None), None)
        self.urls = any(node.urls for node in nodes)
        self.references: tuple[tuple[str, EntryAnnotation], ...] = ()
        """At the root: every `x-ref` of the schema, with its pointer."""
        self.bearing = any(node.bearing for node in nodes)
        self.naming = any(node.naming for node in nodes)
        self.known = {name: None for node in nodes for name in node.properties}.keys()
        self.closed = any(node.closed for node in nodes)
        self.free = any(node.additional is not None for node in nodes)
        """Whether the author can choose the names."""
        self._any_name = self.free or any(node.patterns for node in nodes)
        """Whether names other than the known ones can have schemas."""
        self._places = max((len(node.places) for node in nodes), default=0)
        """The number of items that have schemas of their own."""
        self.types = frozenset().union(*(node.types for node in nodes))
        self.formatted = any(node.formatted for node in nodes)
        self.required = frozenset[str]().union(*(node.required for node in nodes))

    def property(self, name: str) -> "SchemaSite | None":
        """The schemas of the property; None if there are none."""
        if name in self._children:
            return self._children[name]
        if not self._any_name and name not in self.known:
            return None
        found: list[SchemaNode] = []
        for node in self.nodes:
            named = [node.properties[name]] if name in node.properties else []
            if node.patterns and len(name) <= _LONGEST_NAME:
                named += [child for names, child in node.patterns if names(name)]
            found += named or ([node.additional] if node.additional is not None else [])
        site = self._site(found)
        # Names come from articles: only those of the schema are cached.
        if name in self.known:
            self._children[name] = site
        return site

    def may_have(self, name: str) -> bool:
        """Whether a property of this name is known, or may exist next to the links of the object."""
        if name in self.known or not self.known or self.free:
            return True
        if any(names(name) is not False for node in self.nodes for names, _ in node.patterns):
            return True
        # A dot separates an object from its property.
        first, dot, rest = name.partition(".")
        below = self.property(first) if dot and first in self.known else None
        return below is not None and below.may_have(rest)

    def item(self, index: int) -> "SchemaSite | None":
        """The schemas of an item of the list."""
        key = index if index < self._places else None
        if key in self._children:
            return self._children[key]
        found = [
            node.places[index] if index < len(node.places) else node.items
            for node in self.nodes
            if index < len(node.places) or node.items is not None
        ]
        self._children[key] = site = self._site([node for node in found if node is not None])
        return site

    def items(self) -> "Iterator[SchemaSite]":
        """The schemas of the items of a list, each once."""
        yield from (site for index in range(self._places + 1) if (site := self.item(index)) is not None)

    def _site(self, nodes: list[SchemaNode]) -> "SchemaSite | None":
        return meet(nodes, self._sites) if nodes else None


def meet(nodes: list[SchemaNode], sites: dict[tuple[int, ...], SchemaSite]) -> SchemaSite:
    """The site of these nodes and all nodes that apply to the same value."""
    met: dict[int, SchemaNode] = {}
    waiting = nodes[::-1]
    while waiting:
        node = waiting.pop()
        if id(node) not in met:
            met[id(node)] = node
            waiting += node.beside[::-1]
    key = tuple(met)
    if key not in sites:
        sites[key] = SchemaSite(tuple(met.values()), sites)
    return sites[key]


class SchemaTree:
    """The site of the front matter itself, and the nodes of all schema objects."""

    def __init__(self, root: SchemaSite, nodes: "dict[int, tuple[Json, SchemaNode]]") -> None:
        self.root = root
        self._nodes = nodes
        self._sites: dict[tuple[int, ...], SchemaSite] = {}

    def node(self, schema: Json) -> SchemaNode | None:
        """The node of a schema object, which is found by its identity."""
        found = self._nodes.get(id(schema))
        return None if found is None else found[1]

    def site(self, schema: Json) -> SchemaSite | None:
        node = self.node(schema)
        return None if node is None else meet([node], self._sites)

    def resolved(self, schema: Json) -> Json:
        """The schema, or the one that it refers to if it is nothing but a reference."""
        for _ in range(10):
            node = self.node(schema)
            if node is None or len(node.always) != 1 or not isinstance(schema, dict) or schema.keys() != {"$ref"}:
                break
            target = node.always[0]
            schema = next((each for each, known in self._nodes.values() if known is target), schema)
        return schema


def compile_tree(document: Json, references: References, shown: str, budget: Budget | None = None) -> SchemaSite:
    """The site of the front matter itself; see `build_tree`."""
    return build_tree(document, references, shown, budget).root


def build_tree(document: Json, references: References, shown: str, budget: Budget | None = None) -> SchemaTree:
    """The tree of a schema. `budget` is that of the articles validated against the schema.

    Raises UsageError for a `$ref` that leads nowhere, for schemas that refer to themselves without going deeper into the
    data, and for more than `MOST_NODES` schema objects.
    """
    builder = _TreeBuilder(shown, budget or Budget())
    root = builder.node(document, references, "")
    nodes = [node for _, node in builder.nodes.values()]
    _refuse_loops(builder)
    for node in _above(nodes, [node for node in nodes if node.marks is not None]):
        node.bearing = True
    for node in _above(nodes, [node for node in nodes if node.unique is not None or node.named is not None]):
        node.naming = True
    site = meet([root], {})
    for marks, node, owner in _marked(site):
        _refuse_strangers(marks, owner, f"{shown}: {builder.pointers[id(node)]}/x-link")
    _refuse_deep_fields(site, builder)
    site.references = tuple((f"{builder.pointers[id(node)]}/x-ref", node.named) for node in nodes if node.named is not None)
    return SchemaTree(site, builder.nodes)


def _refuse_deep_fields(site: SchemaSite, builder: "_TreeBuilder") -> None:
    """A mark that no rule looks for would have no effect."""
    marked = [node for _, node in builder.nodes.values() if node.field is not None]
    if not marked:
        return
    own = {id(node) for name in site.known if (below := site.property(name)) is not None for node in below.nodes}
    for node in marked:
        if id(node) not in own:
            raise UsageError(
                f"{builder.shown}: {builder.pointers[id(node)]}/x-article: only a named property of the front matter itself "
                "can be marked, not one of an object or list in it. Mark a property there, or remove the mark: in objects "
                "and lists, the title and date next to a link are found by their names."
            )


def _marked(root: SchemaSite) -> Iterator[tuple[LinkAnnotation, SchemaNode, SchemaSite]]:
    """Every `x-link` that refers to other properties, its schema, and the object that should have these properties."""
    seen: set[tuple[int, int]] = set()
    waiting = [(root, root)]
    while waiting:
        site, owner = waiting.pop()
        if (id(site), id(owner)) in seen or len(seen) > MOST_NODES or not site.bearing:
            continue
        seen.add((id(site), id(owner)))
        yield from ((node.marks, node, owner) for node in site.nodes if node.marks is not None and node.marks.wanting)
        waiting += [(below, site) for name in site.known if (below := site.property(name)) is not None]
        waiting += [(below, owner) for below in site.items()]


def _refuse_strangers(marks: LinkAnnotation, owner: SchemaSite, shown: str) -> None:
    """A misspelled property name would silently disable a check."""
    for key, name in (("of", marks.of), ("width", marks.width), ("height", marks.height), ("domain", marks.domain)):
        if name is None or owner.may_have(name):
            continue
        near = closest(name, owner.known)
        # If other properties are allowed, it may be one that the schema does not define.
        if owner.closed or near:
            hint = f"Did you mean {near}?" if near else "Use a property next to the link."
            raise UsageError(f"{shown}/{key}: the schema has no property {name!r:.80} next to the link. {hint}")


class _TreeBuilder:
    def __init__(self, shown: str, budget: Budget) -> None:
        self.shown = shown
        self.budget = budget
        self.nodes: dict[int, tuple[Json, SchemaNode]] = {}
        """By the identity of the schema object, which is kept alive with it."""
        self.pointers: dict[int, str] = {}
        self._waiting: list[tuple[dict[str, Json], SchemaNode, References, str]] = []
        self._building = False

    def node(self, schema: Json, references: References, pointer: str) -> SchemaNode:
        if id(schema) in self.nodes and isinstance(schema, dict):
            return self.nodes[id(schema)][1]
        node = SchemaNode()
        if not isinstance(schema, dict):
            return node
        if len(self.nodes) >= MOST_NODES:
            raise UsageError(f"{self.shown}: the schema has more than {MOST_NODES:,} parts. Make it smaller.")
        self.nodes[id(schema)] = schema, node
        self.pointers[id(node)] = pointer
        self._waiting.append((schema, node, references, pointer))
        if not self._building:
            self._building = True
            while self._waiting:
                self._fill(*self._waiting.pop())
        return node

    def _fill(self, schema: dict[str, Json], node: SchemaNode, references: References, pointer: str) -> None:
        def below(keyword: str, child: Json, name: str | int | None = None) -> SchemaNode:
            tail = "" if name is None else f"/{escape(str(name))}"
            return self.node(child, references, f"{pointer}/{escape(keyword)}{tail}")

        for keyword, value in schema.items():
            match keyword, value:
                case "x-link", dict():
                    node.marks = read_marks(value)
                case "x-article", str():
                    node.field = value
                case "x-unique", True:
                    node.unique = ""
                case "x-unique", str():
                    node.unique = value
                case "x-ref", True:
                    node.named = EntryAnnotation()
                case "x-ref", str():
                    node.named = EntryAnnotation(value)
                case "x-ref", dict():
                    node.named = EntryAnnotation(str(value.get("collection", "")), str(value.get("by", "")))
                case "type", str():
                    node.types = frozenset({value})
                case "format", str():
                    node.formatted = True
                    node.urls = value in _URLS
                case "pattern", str():
                    self._compile(value, f"{pointer}/pattern")
                case "required", list():
                    node.required = frozenset(name for name in value if isinstance(name, str))
                case "type", list():
                    node.types = frozenset(name for name in value if isinstance(name, str))
                case "properties", dict():
                    node.properties = {name: below(keyword, child, name) for name, child in value.items()}
                case "patternProperties", dict():
                    node.patterns = [
                        (self._pattern(name, pointer), below(keyword, child, name)) for name, child in value.items()
                    ]
                case "additionalProperties", False:
                    node.closed = True
                case "additionalProperties", dict():
                    node.additional = below(keyword, value)
                case (("items" | "prefixItems"), list()):
                    node.places = [below(keyword, child, index) for index, child in enumerate(value)]
                case (("items" | "additionalItems"), dict()):
                    node.items = below(keyword, value)
                case (("allOf" | "anyOf" | "oneOf"), list()):
                    alternatives = [below(keyword, child, index) for index, child in enumerate(value)]
                    node.beside += alternatives
                    node.always += alternatives if keyword == "allOf" else []
                case (("then" | "else"), dict()):
                    node.beside.append(below(keyword, value))
                case "if", dict():
                    node.beside.append(below(keyword, value))
                case (("dependentSchemas" | "dependencies"), dict()):
                    node.beside += [below(keyword, child, name) for name, child in value.items() if isinstance(child, dict)]
                case "not", dict():
                    node.negated.append(below(keyword, value))
                case (("contains" | "propertyNames" | "unevaluatedProperties" | "unevaluatedItems"), dict()):
                    below(keyword, value)
                case (("$ref" | "$dynamicRef"), str()):
                    target = self._follow(value, references, f"{pointer}/{keyword}")
                    node.beside.append(target)
                    node.always.append(target)
                case "const", _:
                    node.values = (value,)
                case "enum", list():
                    node.values = tuple(value)
                case "title", str():
                    node.title = value
                case _:
                    pass

    def _follow(self, ref: str, references: References, pointer: str) -> SchemaNode:
        try:
            schema, there = references.follow(ref)
        except KeyError:
            raise UsageError(
                f"{self.shown}: {pointer}: $ref {ref[:200]!r} cannot be resolved. "
                "It must refer to a place in the same schema, or to a file next to it or below; nothing is downloaded."
            ) from None
        return self.node(schema, there, pointer)

    def _pattern(self, pattern: str, pointer: str) -> Names:
        self._compile(pattern, f"{pointer}/patternProperties")
        return partial(self.budget.matches, pattern)

    def _compile(self, pattern: str, pointer: str) -> None:
        """Otherwise an invalid regular expression would be reported for every article."""
        try:
            self.budget.compile(pattern)
        except re.error as error:
            raise UsageError(f"{self.shown}: {pointer}: {pattern[:200]!r} is not a regular expression: {error}.") from None


def _refuse_loops(builder: _TreeBuilder) -> None:
    """A schema that contains itself at the same location of the data would never end."""
    done: set[int] = set()
    for _, start in builder.nodes.values():
        trail: list[tuple[SchemaNode, int]] = [(start, 0)]
        on_trail = {id(start)}
        while trail:
            node, turn = trail.pop()
            parts = node.beside + node.negated
            if id(node) in done or turn == len(parts):
                done.add(id(node))
                on_trail.discard(id(node))
                continue
            trail.append((node, turn + 1))
            part = parts[turn]
            if id(part) in on_trail:
                pointer = builder.pointers[id(part)] or "/"
                raise UsageError(f"{builder.shown}: {pointer}: the schema refers to itself in a loop. Break the loop.")
            if id(part) not in done:
                on_trail.add(id(part))
                trail.append((part, 0))


def _above(nodes: list[SchemaNode], marked: list[SchemaNode]) -> Iterator[SchemaNode]:
    """The marked nodes and all nodes that they can be reached from."""
    if not marked:
        return
    above: dict[int, list[SchemaNode]] = {}
    for node in nodes:
        for part in node.below() + node.beside:
            above.setdefault(id(part), []).append(node)
    met: set[int] = set()
    while marked:
        node = marked.pop()
        if id(node) not in met:
            met.add(id(node))
            yield node
            marked += above.get(id(node), [])


def read_marks(value: dict[str, Json]) -> LinkAnnotation:
    """The keyword's value, already validated against its schema."""

    def name(key: str) -> str | None:
        found = value.get(key)
        return found if isinstance(found, str) else None

    def pixels(key: str) -> int | None:
        found = value.get(key)
        return int(found) if isinstance(found, (int, float)) else None

    media = value.get("media")
    return LinkAnnotation(
        role=Role(str(value["role"])),
        of=name("of"),
        width=name("width"),
        height=name("height"),
        min_width=pixels("min-width"),
        min_height=pixels("min-height"),
        media=tuple(item for item in media if isinstance(item, str)) if isinstance(media, list) else (),
        domain=name("domain"),
        preset=name("preset"),
        prefix=name("prefix"),
        absolute_only=value.get("absolute-only") is True,
        wanting=bool(value.keys() - {"role", "absolute-only"}),
    )
