"""Fields of Decap CMS (Netlify CMS, Sveltia CMS): `admin/config.yml`."""

from collections.abc import Iterable, Iterator

from linkcheck.globs import escaped
from linkcheck.infer.data_entries import DataEntries, data_glob
from linkcheck.infer.declared.schema import DeclaredSchema, choices, object_schema
from linkcheck.infer.generators.site import SettingsFiles, find_text, mapping
from linkcheck.model import Json

_FOLDERS = ("admin", "static/admin", "public/admin", "src/admin", "source/admin", "src/static/admin", "src/public/admin")
PLACES = tuple(f"{folder}/config.{extension}" for folder in _FOLDERS for extension in ("yml", "yaml"))
_NESTED = frozenset(("nested", "path", "i18n"))
"""Settings with which the files can be in folders below the folder of the collection."""
_DEEPEST = 8
_MOST = 200
_TYPES = {**dict.fromkeys(("string", "text", "markdown", "code", "color"), "string"), "boolean": "boolean"}
_FILES = {"image": "image", "file": "link"}


def read(files: SettingsFiles) -> Iterator[DeclaredSchema]:
    for place, collection in _collections(files):
        folder, fields = find_text(collection, "folder"), collection.get("fields")
        if folder is not None and isinstance(fields, list):
            yield DeclaredSchema(folder.strip("/"), place, _object(fields, 0))


def read_entries(files: SettingsFiles) -> Iterator[DataEntries]:
    """The collections of data files: those in a folder, and those that are listed one by one."""
    for place, collection in _collections(files):
        name, folder = find_text(collection, "name") or "entries", find_text(collection, "folder")
        fields, listed = collection.get("fields"), collection.get("files")
        if folder is not None:
            depth = "*" if _NESTED.isdisjoint(collection) else "**/*"
            glob = data_glob(f"{escaped(folder.strip('/'))}/{depth}.{_extension(collection)}")
            if glob is not None:
                yield DataEntries(name, (glob,), place, _object(fields, 0) if isinstance(fields, list) else {})
        elif isinstance(listed, list):
            files_of = [(path, mapping(each).get("fields")) for each in listed[:_MOST] if (path := find_text(each, "file"))]
            data = {path: fields for path, fields in files_of if "{" not in path and data_glob(path) is not None}
            globs = tuple(escaped(path.strip("/")) for path in data)
            schemas = (_object(fields, 0) for fields in data.values() if isinstance(fields, list))
            yield DataEntries(name, globs, place, _united(schemas))


def _collections(files: SettingsFiles) -> Iterator[tuple[str, dict[str, Json]]]:
    for place in PLACES:
        collections = files.data(place).get("collections") if files.is_file(place) else None
        for collection in collections[:_MOST] if isinstance(collections, list) else []:
            yield place, mapping(collection)


def _extension(collection: dict[str, Json]) -> str:
    format_ = find_text(collection, "format") or ""
    return find_text(collection, "extension") or {"yaml": "yml"}.get(format_, format_)


def _united(schemas: Iterable[dict[str, Json]]) -> dict[str, Json]:
    """The properties of all files. One that two files describe in different ways can have any value."""
    found: dict[str, Json] = {}
    for schema in schemas:
        for name, each in mapping(schema.get("properties")).items():
            found[name] = each if found.setdefault(name, each) == each else {}
    return {"type": "object", "properties": found} if found else {}


def media_root(files: SettingsFiles) -> str | None:
    """The folder that is served at the site's root: `static` for files in `static/img` with URLs in `/img`."""
    for place in PLACES:
        settings = files.data(place) if files.is_file(place) else {}
        folder = (find_text(settings, "media_folder") or "").strip("/")
        served = (find_text(settings, "public_folder") or "/" + folder).strip("/")
        if folder and (not served or f"/{folder}".endswith(f"/{served}")):
            return folder[: len(folder) - len(served)].strip("/")
    return None


def _object(fields: list[Json], depth: int) -> dict[str, Json]:
    found: dict[str, tuple[dict[str, Json], bool]] = {}
    for field in fields[:_MOST]:
        name = find_text(field, "name")
        # The body is the article's text, not a property.
        if name is not None and not (depth == 0 and name == "body"):
            found[name] = (_field(mapping(field), depth + 1), mapping(field).get("required") is not False)
    return object_schema(found)


def _field(field: dict[str, Json], depth: int) -> dict[str, Json]:
    widget = find_text(field, "widget") or "string"
    inner = field.get("fields")
    schema: dict[str, Json] = {}
    if depth > _DEEPEST:
        return schema
    if widget in _TYPES:
        schema["type"] = _TYPES[widget]
        if widget == "string" and field.get("type") == "url":  # in Sveltia CMS
            schema["format"] = "uri"
    elif widget in _FILES and not field.get("multiple"):
        schema |= {"type": "string", "x-link": {"role": _FILES[widget]}}
    elif widget == "select":
        schema = _selection(field)
    elif widget == "number" and field.get("value_type") in ("int", "float"):
        schema["type"] = "integer" if field["value_type"] == "int" else "number"
    elif widget == "object" and isinstance(inner, list):
        schema = _object(inner, depth)
    elif widget == "list":
        schema["type"] = "array"
        if isinstance(inner, list):
            schema["items"] = _object(inner, depth)
    hint = find_text(field, "hint")
    return {**schema, "description": hint} if hint else schema


def _selection(field: dict[str, Json]) -> dict[str, Json]:
    options = field.get("options")
    values = choices([mapping(each).get("value", each) for each in options] if isinstance(options, list) else None)
    one: dict[str, Json] = {"type": "string", "enum": values} if values else {}
    return {"type": "array", "items": one} if field.get("multiple") else one
