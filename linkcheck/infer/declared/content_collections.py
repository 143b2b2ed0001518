"""Schemas of Astro and Nuxt Content: those that Astro wrote to `.astro/collections`, or those declared in the program."""

from collections.abc import Iterator
from posixpath import join, normpath

from linkcheck.infer.declared.schema import DeclaredSchema, reduced
from linkcheck.infer.declared.zod import ZodCollection, read_collections
from linkcheck.infer.generators.site import SettingsFiles, settings_names
from linkcheck.infer.literals import read_program
from linkcheck.model import Json

_PROGRAMS = settings_names("src/content.config", "src/content/config", "content.config")
_WRITTEN = ".astro/collections"
_ENDING = ".schema.json"
_MOST = 100


def read(files: SettingsFiles) -> Iterator[DeclaredSchema]:
    program = next((name for name in _PROGRAMS if files.is_file(name)), None)
    collections = [*read_collections(read_program(files.text(program)))] if program is not None else []
    folders = {each.name: _folder(files, each) for each in collections}
    written: set[str] = set()
    for file in files.names(_WRITTEN)[:_MOST]:
        name = file.removesuffix(_ENDING)
        schema = _definition(files.data(f"{_WRITTEN}/{file}"), name) if name != file else {}
        if schema.get("properties"):
            written.add(name)
            yield DeclaredSchema(folders.get(name) or f"src/content/{name}", f"{_WRITTEN}/{file}", schema)
    for each in collections:
        folder = folders[each.name]
        if program is not None and folder is not None and each.name not in written:
            yield DeclaredSchema(folder, program, each.schema)


def _definition(document: Json, name: str) -> dict[str, Json]:
    """The schema in a document, which is the document itself or one of its definitions."""
    if isinstance(document, dict) and isinstance(definitions := document.get("definitions"), dict) and "$ref" in document:
        return reduced(definitions.get(name))
    return reduced(document)


def _folder(files: SettingsFiles, collection: ZodCollection) -> str | None:
    """The folder that a collection is loaded from; None if the program computes it."""
    if collection.base is not None:
        return normpath(collection.base)
    if collection.source is not None:
        return normpath(join("content", collection.source.partition("*")[0].rpartition("/")[0]))
    usual = f"src/content/{collection.name}"
    return usual if collection.name and files.is_folder(usual) else None
