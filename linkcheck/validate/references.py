"""Resolves a `$ref` to a location in the same document or a file in the same directory tree, never to a URL."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from linkcheck.errors import UsageError
from linkcheck.model import Json
from linkcheck.pointers import unescape
from linkcheck.validate.documents import Read, read_document, show_path

if TYPE_CHECKING:
    from referencing import Resource
    from referencing._core import Resolver
    from referencing.jsonschema import Schema, SchemaRegistry

MOST_FILES = 100
"""Files that one schema can refer to."""


class References(Protocol):
    """Follows the `$ref`s of one schema."""

    def follow(self, ref: str) -> tuple[Json, "References"]:
        """The referenced schema, and how to resolve references from there. Raises KeyError if there is none."""
        ...


class Inside:
    """References within a single document: `#` and `#/pointer`."""

    def __init__(self, document: Json) -> None:
        self._document = document

    def follow(self, ref: str) -> tuple[Json, References]:
        value = self._document
        if "%" in ref:
            from urllib.parse import unquote

            ref = unquote(ref)
        for token in ref.split("/")[1:]:
            name = unescape(token)
            if isinstance(value, dict) and name in value:
                value = value[name]
            elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
                value = value[int(name)]
            else:
                raise KeyError(ref)
        return value, self


class Across:
    """References with `$id`, anchors and files, by the `referencing` library."""

    def __init__(self, resolver: "Resolver[Schema]") -> None:
        self._resolver = resolver

    def follow(self, ref: str) -> tuple[Json, References]:
        from referencing.exceptions import Unresolvable

        try:
            resolved = self._resolver.lookup(ref)
        except Unresolvable as error:
            cause: BaseException | None = error
            while cause is not None:
                if isinstance(cause, UsageError):
                    raise cause from None
                cause = cause.__cause__
            raise KeyError(ref) from None
        return _json(resolved.contents), Across(resolved.resolver)


def _json(contents: "Schema") -> Json:
    return contents if isinstance(contents, (bool, dict)) else dict(contents)


class Files:
    """The documents of a schema: itself, and files below `tree` that it refers to.

    `registry()` contains all that were found, and retrieves nothing.
    """

    def __init__(self, path: Path, document: dict[str, Json], dialect: str, tree: Path, read: Read | None = None) -> None:
        self._path = path
        self._read = read
        self._tree = tree.resolve() if read is None else Path(os.path.abspath(tree))
        self._dialect = dialect
        from urllib.parse import urljoin

        named = document.get("$id")
        self._base = urljoin(path.as_uri(), named) if isinstance(named, str) else path.as_uri()
        self._met: dict[str, Resource[Schema]] = {self._base: self._resource(document)}

    def references(self) -> References:
        return Across(self._registry(self._retrieve).resolver(self._base))

    def registry(self) -> "SchemaRegistry":
        def nothing(uri: str) -> "Resource[Schema]":
            raise KeyError(uri)

        return self._registry(nothing).crawl()

    @property
    def base(self) -> str:
        return self._base

    def _registry(self, retrieve: "Callable[[str], Resource[Schema]]") -> "SchemaRegistry":
        from referencing import Registry

        empty: Callable[..., SchemaRegistry] = Registry
        return empty(retrieve=retrieve).with_resources(self._met.items())

    def _retrieve(self, uri: str) -> "Resource[Schema]":
        if uri in self._met:
            return self._met[uri]
        path = self._file(uri)
        if path is None:
            raise KeyError(uri)
        if len(self._met) >= MOST_FILES:
            raise UsageError(
                f"{show_path(self._path)}: the schema refers to more than {MOST_FILES} files. Move them into $defs."
            )
        document = read_document(path, read=self._read)
        self._met[uri] = self._resource(document)
        return self._met[uri]

    def _file(self, uri: str) -> Path | None:
        """The file of a URI: the URI itself for `file:`, otherwise relative to the schema's own `$id`."""
        from urllib.parse import unquote, urljoin, urlsplit

        if urlsplit(uri).scheme == "file":
            path = Path(unquote(urlsplit(uri).path))
        else:
            folder = urljoin(self._base, ".")
            if not uri.startswith(folder) or folder.count("/") < 3:
                return None
            path = self._path.parent / unquote(uri.removeprefix(folder))
        # At a commit, symbolic links of the checkout do not count.
        path = path.resolve() if self._read is None else Path(os.path.abspath(path))
        return path if path.is_relative_to(self._tree) and self._is_there(path) else None

    def _is_there(self, path: Path) -> bool:
        try:
            return (self._read is not None and self._read(path) is not None) or path.is_file()
        except FileNotFoundError:
            return False

    def _resource(self, document: Json) -> "Resource[Schema]":
        from referencing.jsonschema import specification_with

        contents = document if isinstance(document, (bool, dict)) else {}
        # With `$schema`, jsonschema would change from our validator class to its own at every `$ref`.
        if isinstance(contents, dict):
            contents = {key: value for key, value in contents.items() if key != "$schema"}
        return specification_with(_SPECIFICATIONS[self._dialect]).create_resource(contents)


_SPECIFICATIONS = {
    "draft-04": "http://json-schema.org/draft-04/schema#",
    "draft-06": "http://json-schema.org/draft-06/schema#",
    "draft-07": "http://json-schema.org/draft-07/schema#",
    "2019-09": "https://json-schema.org/draft/2019-09/schema",
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
}
