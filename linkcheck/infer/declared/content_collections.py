"""Collections of Astro and Nuxt Content, which a program declares. Astro writes their schemas to `.astro/collections`."""

from collections.abc import Iterator
from posixpath import join, normpath

from linkcheck.globs import escaped
from linkcheck.infer.data_entries import DataEntries, data_glob, split_patterns
from linkcheck.infer.declared.schema import DeclaredSchema, reduced
from linkcheck.infer.declared.zod import ZodCollection, read_collections
from linkcheck.infer.generators.site import SettingsFiles, settings_names
from linkcheck.infer.literals import read_program
from linkcheck.model import Json

_PROGRAMS = settings_names("src/content.config", "src/content/config", "content.config")
_CONTENT = "src/content"
_WRITTEN = ".astro/collections"
_ENDING = ".schema.json"
_MOST = 100


def read(files: SettingsFiles) -> Iterator[DeclaredSchema]:
    program, collections = _declared(files)
    folders = {each.name: _folder(files, each) for each in collections}
    written = dict(_written(files))
    for name, schema in written.items():
        yield DeclaredSchema(folders.get(name) or f"{_CONTENT}/{name}", f"{_WRITTEN}/{name}{_ENDING}", schema)
    for each in collections:
        folder = folders[each.name]
        if folder is not None and each.schema and each.name not in written:
            yield DeclaredSchema(folder, program, each.schema)


def read_entries(files: SettingsFiles) -> Iterator[DataEntries]:
    """The collections of data files, or of articles and data files."""
    program, collections = _declared(files)
    written = dict(_written(files)) if collections else {}
    for each in collections:
        schema = each.schema or ({} if each.file is not None else written.get(each.name, {}))
        globs: tuple[str, ...] = ()
        excluded: tuple[str, ...] = ()
        if each.file is not None:
            globs = tuple(filter(None, (data_glob(escaped(normpath(each.file))),)))
        elif each.patterns:
            globs, excluded = split_patterns(each.patterns, "content" if each.source is not None else each.base or "")
        elif each.is_data and each.name:
            globs, excluded = split_patterns((f"{escaped(each.name)}/**",), _CONTENT)
        else:
            continue
        map_in = None if each.file is None else ""
        yield DataEntries(each.name or "entries", globs, program, schema, excluded, map_in)


def _declared(files: SettingsFiles) -> tuple[str, list[ZodCollection]]:
    """The program that declares collections, and these collections."""
    program = next((name for name in _PROGRAMS if files.is_file(name)), None)
    return ("", []) if program is None else (program, [*read_collections(read_program(files.text(program)))])


def _written(files: SettingsFiles) -> Iterator[tuple[str, dict[str, Json]]]:
    for file in files.names(_WRITTEN)[:_MOST]:
        name = file.removesuffix(_ENDING)
        schema = _definition(files.data(f"{_WRITTEN}/{file}"), name) if name != file else {}
        if schema.get("properties"):
            yield name, schema


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
    usual = f"{_CONTENT}/{collection.name}"
    return usual if collection.name and files.is_folder(usual) else None
