"""Finds the links whose values are names of files that are nowhere in the repository, because a template adds a host."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.commands.init.link_prefixes import file_path, property_at, relative_by_field
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.infer import Inferred, Linked
from linkcheck.infer.roles import LEAST_URLS, SHARE
from linkcheck.model import Json, Link, Role
from linkcheck.plan.local_candidates import is_page
from linkcheck.pointers import escape, field_of

_LEAST = 3
"""Different files that must be absent: one or two may have been forgotten."""
_MOST_FILES = 1_000
"""Different files of a property that are searched for."""


class _NamingProperty(Struct, frozen=True):
    """A property that is marked as a link: its part of the schema, its places in articles, and its values.

    `names` are those without a host and without a slash in front, `complete` is the number of other paths, and `urls` that
    of URLs.
    """

    place: str
    node: dict[str, Json]
    fields: tuple[str, ...]
    names: tuple[Link, ...]
    complete: int
    urls: int

    @property
    def files(self) -> frozenset[str]:
        return frozenset(map(file_path, self.names))


class AbsentFilesFinder:
    """Finds the properties whose files are absent. `has_file` tells whether the path of any file ends with a path."""

    def __init__(
        self, surveyed: Iterable[Surveyed], links_of: Iterable[list[Link]], has_file: Callable[[str], bool]
    ) -> None:
        fields = sorted({field_of(link.location.pointer) for links in links_of for link in links})
        self._collections = [
            (each, links, [*_properties(each, links, fields)]) for each, links in zip(surveyed, links_of, strict=True)
        ]
        self._has_file = has_file

    def unmark(self) -> Iterator[tuple[Surveyed, list[Link]]]:
        """The collections and their links without the names of absent files, which the schemas no longer mark as links."""
        # All are judged before the first schema changes.
        found = [[each for each in properties if self._is_absent(each)] for _, _, properties in self._collections]
        for (each, links, _), absent in zip(self._collections, found, strict=True):
            names = {id(link) for known in absent for link in known.names}
            yield self._without(each, absent), [link for link in links if id(link) not in names]

    def _is_absent(self, known: _NamingProperty) -> bool:
        """Judged by the articles of the collection, or if they name few files, by all articles."""
        if len(known.files) >= _LEAST:
            return self._are_absent((known,))
        return all(map(self._is_nowhere, known.files)) and self._are_absent(self._alike(known))

    def _alike(self, known: _NamingProperty) -> tuple[_NamingProperty, ...]:
        """The same property in all collections."""
        return tuple(each for _, _, properties in self._collections for each in properties if each.fields == known.fields)

    def _are_absent(self, alike: Iterable[_NamingProperty]) -> bool:
        names = tuple(link for each in alike for link in each.names)
        files = sorted(set(map(file_path, names)))[:_MOST_FILES]
        # Other paths tell that files of the repository are meant.
        if len(files) < _LEAST or sum(each.complete for each in alike) > (1 - SHARE) * len(names):
            return False
        if any(link.role is not Role.IMAGE and is_page(file_path(link)) for link in names):
            return False  # the generator makes pages, so that no file tells where they are
        return sum(map(self._is_nowhere, files)) >= SHARE * len(files)

    def _is_nowhere(self, path: str) -> bool:
        return path != "" and not self._has_file(path)

    def _without(self, each: Surveyed, absent: Iterable[_NamingProperty]) -> Surveyed:
        """The collection without the marks of these properties, but for those of URLs, and with a note on each."""
        notes = list(each.inferred.notes)
        urls = {id(known.node): known.urls for known in absent}
        links = tuple(_left(each.inferred, urls))
        for known in absent:
            known.node.pop("format", None)
            if any(other.urls >= LEAST_URLS for other in self._alike(known)):
                known.node["x-link"] = {**_marks(known.node), "absolute-only": True}
            else:
                del known.node["x-link"]
            if known.files:
                present = len(known.files) - sum(map(self._is_nowhere, known.files))
                notes.append(
                    f"{present or 'none'} of the {len(known.files):,} files in `{known.place}` "
                    f"{'are' if present > 1 else 'is'} in the repository, so "
                    f"{'only its URLs are links' if known.urls >= LEAST_URLS else 'it is not marked as a link'}; "
                    "the template probably adds a host"
                )
        return replace(each, inferred=replace(each.inferred, links=links, notes=tuple(notes)))


def _properties(each: Surveyed, links: Iterable[Link], fields: Iterable[str]) -> Iterator[_NamingProperty]:
    """The marked properties of a collection at these fields, which may have names of files."""
    schema = each.inferred.schema
    names, paths = relative_by_field(links), Counter(field_of(link.location.pointer) for link in links)
    at: dict[int, tuple[str, dict[str, Json], list[str]]] = {}
    for field in fields:
        place, node = property_at(schema, field)
        if _marks(node) and not {"absolute-only", "prefix"} & _marks(node).keys():
            at.setdefault(id(node), (place, node, []))[2].append(field)
    texts = {id(_node(schema, link)): link.texts - link.odd for link in each.inferred.links}
    for place, node, found in at.values():
        mine = tuple(link for field in found for link in names.get(field, ()))
        local = sum(paths[field] for field in found)
        yield _NamingProperty(place, node, tuple(found), mine, local - len(mine), texts.get(id(node), local) - local)


def _left(inferred: Inferred, urls: dict[int, int]) -> Iterator[Linked]:
    """The properties that still contain links: of those that change, the ones with enough URLs."""
    for link in inferred.links:
        number = urls.get(id(_node(inferred.schema, link)))
        if number is None:
            yield link
        elif number >= LEAST_URLS:
            yield replace(link, texts=number, odd=0, absolute_only=True)


def _node(schema: dict[str, Json], link: Linked) -> dict[str, Json]:
    """The part of a schema that describes a property with links, which may be in a definition."""
    pointer = "".join(f"/{'*' if name == '[]' else escape(name)}" for name in link.path)
    definitions: Json = schema.get("definitions", {})
    return (
        property_at(schema, pointer)[1] or property_at({"properties": definitions, "definitions": definitions}, pointer)[1]
    )


def _marks(node: dict[str, Json]) -> dict[str, Json]:
    marks = node.get("x-link")
    return marks if isinstance(marks, dict) else {}
