"""Infers the `prefix` of links whose values are names of files in one folder, which the site's template adds."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import join
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import infer
from linkcheck.local_files import LocalResolver
from linkcheck.model import Json, Link, Role
from linkcheck.plan import Alias, Planner, PlanOptions
from linkcheck.plan.local_candidates import is_page, plain_path
from linkcheck.pointers import field_of, unescape
from linkcheck.urls import intrasite_path, is_made_by_pelican, scheme_of, wiki_target

REPOSITORY = "@repository/"
"""The alias with which a prefix starts that is not below a root of the site: what a template reads is not published."""
_NOT_RELATIVE = re.compile(r"\s*+(?:\Z|[/\\#?.]|[~@$][A-Za-z0-9_-]{0,63}+/|\{\{|\{%|<%|\$\{)")
"""What begins a value that is not a name: complete values, and `./` and `../`, which are relative to the article."""
_BETWEEN = re.compile(r"[%#? ]")
"""What has another meaning in a URL than in the path of a folder."""

_MOST_LOOKED_UP = 5_000
"""Links of a property that are looked up; of more links, a sample."""


class NamedFiles(Struct, frozen=True):
    """A property whose values are paths of files below `folder`. `place` is as people write it: `cards[].icon`.

    `marks` is the `x-link` of the property in its schema, `links` are those that would get a prefix. `evidence` are these
    links, or also those at the same places in all other articles.
    """

    place: str
    folder: str
    marks: dict[str, Json]
    links: tuple[Link, ...]
    evidence: tuple[Link, ...]

    @property
    def are_names(self) -> bool:
        """Whether the values name no folder. A value such as `img/a.png` may as well be a path below a root of the site."""
        return not any("/" in link.url for link in self.evidence)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(join(self.folder, file_path(link)) for link in self.evidence))


class NamedFilesFinder:
    """Finds the properties that may have a prefix. `links` are those without a host in all articles."""

    def __init__(self, links: Iterable[Link], ending_with: Callable[[str], tuple[str, ...]]) -> None:
        self._everywhere = relative_by_field(links)
        self._ending_with = ending_with
        self._shared: dict[tuple[str, ...], str | None] = {}

    def find(self, schema: dict[str, Json], links: Iterable[Link]) -> Iterator[NamedFiles]:
        """The properties of a schema, judged by the links of its own articles, or else of all articles."""
        for place, marks, fields, mine in self._properties(schema, links):
            folder = self._folder(mine)
            if folder is not None:
                yield NamedFiles(place, folder, marks, mine, mine)
                continue
            folder = self._shared_folder(fields)
            if folder is not None and self._are_all_in(folder, mine):
                yield NamedFiles(place, folder, marks, mine, self._evidence(fields))

    def find_in(self, folders: Iterable[str], schema: dict[str, Json], links: Iterable[Link]) -> Iterator[NamedFiles]:
        """The properties of a schema whose files are all in one of these folders, which other properties have shown."""
        for place, marks, fields, mine in self._properties(schema, links):
            evidence = mine or self._evidence(fields)
            if any(is_page(file_path(link)) and link.role is not Role.IMAGE for link in evidence):
                continue
            folder = next((each for each in folders if self._are_all_in(each, evidence)), None)
            if folder is not None:
                yield NamedFiles(place, folder, marks, mine, evidence)

    def _properties(
        self, schema: dict[str, Json], links: Iterable[Link]
    ) -> Iterator[tuple[str, dict[str, Json], tuple[str, ...], tuple[Link, ...]]]:
        """The place, the `x-link`, the fields and the own links of each property that may have a prefix."""
        own = relative_by_field(links)
        at: dict[int, tuple[str, dict[str, Json], list[str]]] = {}
        for field in self._everywhere:
            place, node = property_at(schema, field)
            marks = node.get("x-link")
            if isinstance(marks, dict) and "prefix" not in marks:
                at.setdefault(id(marks), (place, marks, []))[2].append(field)
        for place, marks, fields in at.values():
            mine = tuple(link for field in fields for link in own.get(field, ()))
            # The generator makes pages, so that no file tells where they are.
            if marks.get("role") == Role.IMAGE or not any(is_page(file_path(link)) for link in mine):
                yield place, marks, tuple(fields), mine

    def _are_all_in(self, folder: str, links: Iterable[Link]) -> bool:
        return all(f"{folder}/{path}" in self._ending_with(path) for path in set(map(file_path, links)))

    def _evidence(self, fields: tuple[str, ...]) -> tuple[Link, ...]:
        return tuple(link for field in fields for link in self._everywhere[field])

    def _shared_folder(self, fields: tuple[str, ...]) -> str | None:
        if fields not in self._shared:
            links = self._evidence(fields)
            is_file = all(link.role is Role.IMAGE or not is_page(file_path(link)) for link in links)
            self._shared[fields] = self._folder(links) if is_file else None
        return self._shared[fields]

    def _folder(self, links: Iterable[Link]) -> str | None:
        return infer.find_added_folder(map(file_path, links), self._ending_with)


def relative_by_field(links: Iterable[Link]) -> dict[str, list[Link]]:
    """The links that would get a prefix, by their place in an article."""
    found: dict[str, list[Link]] = {}
    for link in links:
        text = link.url.strip()
        is_special = intrasite_path(text) is not None or is_made_by_pelican(text) or wiki_target(text) is not None
        if not _NOT_RELATIVE.match(text) and scheme_of(text) is None and not is_special:
            found.setdefault(field_of(link.location.pointer), []).append(link)
    return found


def prefix_of(folder: str, roots: Iterable[str]) -> str:
    """What to write for a folder: its path below the root of the site that contains it, or else below the repository."""
    for root in sorted(roots, key=len, reverse=True):
        if root in ("", "."):
            return f"/{_escaped(folder)}/"
        if f"{folder}/".startswith(f"{root}/"):
            return f"{_escaped(folder[len(root) :])}/"
    return f"{REPOSITORY}{_escaped(folder)}/"


def is_proved(found: NamedFiles, prefix: str, root: str, options: PlanOptions) -> bool:
    """Whether exactly the files in the folder are found with the prefix, and none is found without it.

    Links are looked up as in a run: with `options`, and with the alias that a prefix may start with.
    """
    aliases = (*options.aliases, Alias(REPOSITORY, "."))
    planner = Planner(replace(options, aliases=aliases, offline=True))
    resolver = LocalResolver(os.path.abspath(root))

    def file_of(link: Link) -> str | None:
        return resolver.look(planner.plan(link).local, image=False).file

    for link in found.evidence[:: 1 + len(found.evidence) // _MOST_LOOKED_UP]:
        there = resolver.look((join(found.folder, file_path(link)),), image=False).file
        if file_of(link) is not None or file_of(replace(link, url=prefix + link.url, prefix=prefix)) != there:
            return False
    return True


def file_path(link: Link) -> str:
    """The path of a file that a link names; empty if no file can have it."""
    return plain_path(link.url.strip()) or ""


def _escaped(path: str) -> str:
    return _BETWEEN.sub(lambda found: quote(found[0]), path)


def property_at(schema: dict[str, Json], field: str) -> tuple[str, dict[str, Json]]:
    """The place as people write it, and the part of an inferred schema that describes it; an empty one if none does."""
    node: Json = schema
    place = ""
    for part in map(unescape, field.split("/")[1:]):
        node = _resolved(schema, node)
        properties, items = node.get("properties"), node.get("items")
        if isinstance(properties, dict) and part in properties:
            node, place = properties[part], f"{place}.{part}" if place else part
        elif isinstance(items, dict) and part == "*":
            node, place = items, f"{place}[]"
        else:
            node, place = node.get("additionalProperties"), f"{place}.*" if place else "*"
    return place, _resolved(schema, node)


def _resolved(schema: Mapping[str, Json], node: Json) -> dict[str, Json]:
    """The definition that a part of the schema refers to, or the part itself."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    if isinstance(reference, str):
        definitions = schema.get("definitions")
        name = unescape(reference.removeprefix("#/definitions/"))
        node = definitions.get(name) if isinstance(definitions, dict) else None
    return node if isinstance(node, dict) else {}
