"""The collections of a configuration cover every article: those that are there, and those that are added later."""

import os
import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from itertools import chain, count
from posixpath import basename, splitext

from msgspec.structs import replace

from linkcheck import discover, infer
from linkcheck.globs import escaped
from linkcheck.infer import Field, Inferred, InferredCollection, Linked, Shape
from linkcheck.model import Json

_LEAST = 3
"""Articles it takes for "all files here have front matter" to mean something."""
_NO_SECTION_PAGE = "[!_]*"
_ESCAPE = re.compile(r"\\(?:[tnr]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
"""What `discover.shown` writes for a character that is not printable."""


def divide(
    collections: Iterable[InferredCollection], claimed: Callable[[str], bool]
) -> tuple[list[InferredCollection], tuple[str, ...]]:
    """The collections that are folders, and the articles outside of them; all without what is claimed.

    The first path of the configuration that fits an article counts, so a folder comes before the one that contains it, and
    its articles are those that are in none of the folders before it.
    """
    collections = tuple(collections)
    left = [path for each in collections for path in each.paths if not claimed(path)]
    found: list[InferredCollection] = []
    for each in sorted(
        (each for each in collections if each.folders), key=lambda each: max(map(_inner_first, each.folders))
    ):
        folders = tuple(f"{folder}/" for folder in each.folders)
        inside = tuple(path for path in left if path.startswith(folders))
        if inside:
            found.append(replace(each, paths=inside))
            taken = set(inside)
            left = [path for path in left if path not in taken]
    return found, tuple(left)


def _inner_first(folder: str) -> tuple[tuple[bool, str], ...]:
    """Sorts folders by name, each after those that it contains."""
    return (*((False, name) for name in folder.split("/")), (True, ""))


def infer_for_all(articles: Shape, everything: Shape, *, name: str, page_fields: Container[Field] = ()) -> Inferred:
    """What is inferred for articles outside the folders, and for those that will be added anywhere.

    Their schema knows the properties of all articles, so that a link in a new folder is checked. It requires none of them,
    and no values.
    """
    known = infer.infer_from(everything, name=name, page_fields=page_fields)
    own = infer.infer_from(articles, name=name, page_fields=page_fields)
    for schema in _schemas(known.schema):
        _require_nothing(schema)
        schema.pop("enum", None)
    places = {link.place for link in own.links}
    others = (replace(link, texts=_number(link, articles), odd=0) for link in known.links if link.place not in places)
    return replace(own, schema=known.schema, links=(*own.links, *(link for link in others if link.texts)))


def _require_nothing(schema: dict[str, Json]) -> None:
    required, properties = schema.pop("required", None), schema.get("properties")
    for name in required if isinstance(required, list) else ():
        each = properties.get(name) if isinstance(properties, dict) and isinstance(name, str) else None
        if isinstance(each, dict) and "type" in each:
            types = each["type"] if isinstance(each["type"], list) else [each["type"]]
            each["type"] = [*types, *(["null"] if "null" not in types else [])]


def _number(link: Linked, articles: Shape) -> int:
    """The number of links that articles have in a property."""
    shape: Shape | None = articles
    for name in link.path:
        if shape is None:
            return 0
        shape = shape.items if name == "[]" else shape.rest if name == "*" else shape.properties.get(name)
    if shape is None:
        return 0
    return shape.features["absolute"] if link.absolute_only else shape.kinds["string"] - shape.features["empty"]


def _schemas(schema: Json) -> Iterator[dict[str, Json]]:
    """An inferred schema and those in it, at the places where `infer` writes any."""
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += [node.get("items"), node.get("additionalProperties")]
            for key in ("properties", "$defs", "definitions"):
                named = node.get(key)
                waiting += named.values() if isinstance(named, dict) else ()


def free_name(taken: Iterable[str]) -> str:
    """The name of the collection for everything else."""
    names = chain([infer.PAGES], (f"{infer.PAGES}-{number}" for number in count(2)))
    known = set(taken)
    return next(name for name in names if name not in known)


def without_section_pages(
    collection: InferredCollection, options: discover.DiscoverOptions, files: Mapping[str, str]
) -> tuple[InferredCollection, tuple[str, ...], tuple[str, ...]]:
    """The collection without the pages of sections, its paths in the configuration, and these pages.

    Hugo and Zola make the page of a folder from `_index.md`, which can be added later and has little front matter, so no
    schema of articles applies to it. It is left to the collection for everything else, unless the paths are folders.
    """
    articles = tuple(path for path in collection.paths if not basename(path).startswith("_index."))
    pages = tuple(path for path in collection.paths if basename(path).startswith("_index."))
    if not articles:
        return replace(collection, paths=()), (), pages
    globs = globs_of(replace(collection, paths=articles), options, files)
    are_folders = not all(glob.endswith("/**") for glob in globs)
    if are_folders or any(basename(path).startswith("_") for path in articles):
        return collection, globs_of(collection, options, files), ()
    extensions = sorted({splitext(path)[1][1:] for path in articles})
    ending = extensions[0] if len(extensions) == 1 else f"{{{','.join(extensions)}}}"
    return replace(collection, paths=articles), tuple(f"{glob}/{_NO_SECTION_PAGE}.{ending}" for glob in globs), pages


def is_whole(globs: Iterable[str]) -> bool:
    """Whether the paths of a collection contain the pages of its sections too."""
    return not any(f"/{_NO_SECTION_PAGE}." in glob for glob in globs)


def globs_of(collection: InferredCollection, options: discover.DiscoverOptions, files: Mapping[str, str]) -> tuple[str, ...]:
    """The paths of a collection in the configuration. Files of any known extension are in it, in any folder below.

    A glob requires front matter of the files that it matches, so it is used only where every file has it.
    """
    folders = collection.folders
    findable = tuple(_findable(folder, options.root) for folder in folders)
    globs = tuple(f"{folder}/**" for folder in findable)
    if findable != folders:
        return globs
    if len(collection.paths) < _LEAST:
        return folders
    inside = tuple(f"{folder}/" for folder in folders)
    for named in dict.fromkeys((_in_any_language(globs), globs)):
        sources = discover.discover(replace(options, paths=named))
        if all(source.path in files and source.path.startswith(inside) for source in sources):
            return named
    return folders


def _findable(folder: str, root: str) -> str:
    r"""The glob of a folder, with `*` for characters that are shown as escapes (`\u200c`)."""
    if "\\" not in folder or os.path.isdir(os.path.join(root, folder)):
        return escaped(folder)
    return "*".join(map(escaped, _ESCAPE.split(folder)))


def _in_any_language(globs: tuple[str, ...]) -> tuple[str, ...]:
    """One glob in place of several that differ only in the name of a folder, which is that of a language."""
    parts = [glob.split("/") for glob in globs]
    columns = [dict.fromkeys(names) for names in zip(*parts, strict=False)]
    if len(set(map(len, parts))) > 1 or sum(len(names) > 1 for names in columns) != 1:
        return globs
    return ("/".join("*" if len(names) > 1 else "".join(names) for names in columns),)


def places_to_add(paths: Iterable[str], content: Iterable[str], *, covered: Collection[str] = ()) -> tuple[str, ...]:
    """The folders in which articles are added: those of the generator's `content` that have some, or the repository.

    Without the folders that are `covered` by a collection as a whole.
    """
    folders = sorted(content, key=len, reverse=True)
    found = {next((folder for folder in folders if path.startswith(f"{folder}/")), "") for path in paths}
    return tuple(sorted(found - set(covered))) if "" not in found else (".",)
