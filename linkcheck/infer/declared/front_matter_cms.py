"""Content types of Front Matter CMS: `frontmatter.json`, or the settings of Visual Studio Code."""

from collections.abc import Iterator

from linkcheck.globs import escaped
from linkcheck.infer.data_entries import DataEntries, data_glob
from linkcheck.infer.declared.schema import DeclaredSchema, choices, object_schema
from linkcheck.infer.generators.site import SettingsFiles, find_text, mapping, texts
from linkcheck.model import Json

PLACES = ("frontmatter.json", ".vscode/settings.json")
_TYPES = {
    **dict.fromkeys(("string", "slug"), "string"),
    **dict.fromkeys(("boolean", "draft"), "boolean"),
    **dict.fromkeys(("tags", "categories", "list"), "array"),
    "number": "number",
}
_DEEPEST = 8
_MOST = 200


def read(files: SettingsFiles) -> Iterator[DeclaredSchema]:
    for place in PLACES:
        settings = files.data(place) if files.is_file(place) else {}
        listed = settings.get("frontMatter.taxonomy.contentTypes")
        types = {
            name: fields
            for each in (listed if isinstance(listed, list) else [])
            if (name := find_text(each, "name")) and isinstance(fields := mapping(each).get("fields"), list)
        }
        folders = settings.get("frontMatter.content.pageFolders")
        for folder in folders[:_MOST] if isinstance(folders, list) else []:
            path = (find_text(folder, "path") or "").replace("[[workspace]]", "").strip("/")
            names = texts(mapping(folder).get("contentTypes")) or tuple(types)
            if len(names) == 1 and names[0] in types and "*" not in path:
                yield DeclaredSchema(path, place, _object(types[names[0]], 0))


def read_entries(files: SettingsFiles) -> Iterator[DataEntries]:
    """The data files, and the files in the folders of data. Their schemas are not read."""
    for place in PLACES:
        settings = files.data(place) if files.is_file(place) else {}
        for kind, key in (("files", "file"), ("folders", "path")):
            listed = settings.get(f"frontMatter.data.{kind}")
            for each in listed[:_MOST] if isinstance(listed, list) else []:
                path = (find_text(each, key) or "").replace("[[workspace]]", "").strip("/")
                glob = data_glob(escaped(path) if kind == "files" else f"{escaped(path)}/*") if path else None
                if glob is not None:
                    yield DataEntries(find_text(each, "id") or "data", (glob,), place)


def media_root(files: SettingsFiles) -> str | None:
    """The folder that is served at the site's root."""
    found = (find_text(files.data(place), "frontMatter.content.publicFolder") for place in PLACES if files.is_file(place))
    return next((folder.strip("/") for folder in found if folder), None)


def _object(fields: list[Json], depth: int) -> dict[str, Json]:
    found: dict[str, tuple[dict[str, Json], bool]] = {}
    for field in fields[:_MOST]:
        name = find_text(field, "name")
        if name is not None:
            found[name] = (_field(mapping(field), depth + 1), mapping(field).get("required") is True)
    return object_schema(found)


def _field(field: dict[str, Json], depth: int) -> dict[str, Json]:
    kind, inner = find_text(field, "type") or "", field.get("fields")
    schema: dict[str, Json] = {}
    if depth > _DEEPEST:
        return schema
    if kind in ("image", "file") and not field.get("multiple"):
        schema = {"type": "string", "x-link": {"role": "image" if kind == "image" else "link"}}
    elif kind == "choice":
        listed = field.get("choices")
        values = choices([mapping(each).get("id", each) for each in listed] if isinstance(listed, list) else None)
        schema = {"type": "string", "enum": values} if values and not field.get("multiple") else {}
    elif kind == "fields" and isinstance(inner, list):
        schema = _object(inner, depth)
    elif kind in _TYPES:
        schema = {"type": _TYPES[kind]}
    description = find_text(field, "description")
    return {**schema, "description": description} if description else schema
