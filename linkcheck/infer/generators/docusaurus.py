"""Docusaurus: `docusaurus.config.js`. The folders of articles and their routes are options of presets and plugins.

A file in the folder of a blog, and in that of its translations, describes the authors.
"""

from collections.abc import Iterable, Iterator
from posixpath import normpath

from linkcheck.globs import escaped
from linkcheck.infer.data_entries import DataEntries
from linkcheck.infer.generators.site import (
    MOST_FOLDERS,
    SettingsFiles,
    SiteInfo,
    address,
    find,
    find_text,
    first_program,
    mapping,
    settings_names,
    texts,
)
from linkcheck.model import Json

MARKS = settings_names("docusaurus.config")
_AUTHORS = ("authors.yml", "authors.yaml", "authors.json")
_TRANSLATED_BLOG = "docusaurus-plugin-content-blog"
_BLOG = "blog"
_KINDS = {"docs": ("docs", "docs"), "blog": (_BLOG, "blog"), "pages": ("src/pages", "")}
"""The default folder and route of each kind of content."""


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    routes = dict(_routes(settings))
    authors = tuple(path for path in _authors(files, settings, routes) if files.is_file(path))
    outside = tuple(folder for folder in routes if folder.startswith(".."))
    return SiteInfo(
        address(settings.get("url"), settings.get("baseUrl")),
        content=("", *outside),
        static=texts(settings.get("staticDirectories")) or ("static",),
        aliases={"@site/": ""},
        permalinks={folder: f"/{route}/".replace("//", "/") for folder, route in routes.items()},
        entries=(DataEntries("authors", tuple(map(escaped, authors)), map_in=""),) if authors else (),
    )


def _authors(files: SettingsFiles, settings: dict[str, Json], folders: Iterable[str]) -> Iterator[str]:
    """The paths that files with authors can have."""
    options = [find(preset, "blog") for preset in _entries(settings.get("presets"))] + _entries(settings.get("plugins"))
    names = dict.fromkeys((*filter(None, (find_text(each, "authorsMapPath") for each in options)), *_AUTHORS))
    translated = (
        f"i18n/{language}/{name}"
        for language in files.names("i18n")[:MOST_FOLDERS]
        for name in files.names(f"i18n/{language}")
        if name.startswith(_TRANSLATED_BLOG)
    )
    return (normpath(f"{folder}/{name}") for folder in dict.fromkeys((*folders, _BLOG, *translated)) for name in names)


def _routes(settings: dict[str, Json]) -> Iterator[tuple[str, str]]:
    """Each folder of articles, with the URL path of its pages."""
    for preset in _entries(settings.get("presets")):
        for kind, (folder, route) in _KINDS.items():
            options = find(preset, kind)
            if options is not False:
                yield find_text(options, "path") or folder, _route(options, route)
    for plugin in _entries(settings.get("plugins")):
        path = find_text(plugin, "path")
        if path is not None:
            yield path, _route(plugin, path)


def _entries(value: Json) -> list[dict[str, Json]]:
    """The options of presets or plugins, each `[name, options]`."""
    return [mapping(entry[-1]) for entry in (value if isinstance(value, list) else []) if isinstance(entry, list) and entry]


def _route(options: Json, route: str) -> str:
    found = find_text(options, "routeBasePath")
    return (route if found is None else found).strip("/")
