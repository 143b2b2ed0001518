"""Docusaurus: `docusaurus.config.js`. The folders of articles and their routes are options of presets and plugins.

A file in the folder of a blog, and in that of its translations, describes the authors.
"""

from collections.abc import Iterable, Iterator
from posixpath import normpath

from msgspec import Struct

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
_PATHS = {"docs": ":path", "blog": ":dated_path", "pages": ":exact_path"}
"""The pattern of the URLs below a route. Numbers at the start of names are removed for documentation only."""


class Route(Struct, frozen=True):
    """A folder of articles, with the URL path of its pages."""

    kind: str
    folder: str
    url: str
    options: dict[str, Json]


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    routes = {route.folder: route for route in _routes(settings)}
    authors = tuple(path for path in _authors(files, settings, routes) if files.is_file(path))
    outside = tuple(folder for folder in routes if folder.startswith(".."))
    is_versioned = files.is_file("versions.json")
    page_urls = {folder: _page_url(route, is_versioned=is_versioned) for folder, route in routes.items()}
    return SiteInfo(
        address(settings.get("url"), settings.get("baseUrl")),
        content=("", *outside),
        static=texts(settings.get("staticDirectories")) or ("static",),
        aliases={"@site/": ""},
        permalinks={folder: f"/{route.url}/".replace("//", "/") for folder, route in routes.items()},
        page_urls={folder: url for folder, url in page_urls.items() if url},
        hidden=tuple(f"{folder}/{glob}" for folder, route in routes.items() for glob in texts(route.options.get("exclude"))),
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


def _routes(settings: dict[str, Json]) -> Iterator[Route]:
    for preset in _entries(settings.get("presets")):
        for kind, (folder, route) in _KINDS.items():
            options = find(preset, kind)
            if options is not False:
                yield Route(kind, find_text(options, "path") or folder, _route(options, route), mapping(options))
    plugins = settings.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else []:
        name, options = (plugin[0], mapping(plugin[-1])) if isinstance(plugin, list) and plugin else (None, {})
        path = find_text(options, "path")
        if path is not None:
            kind = next((kind for kind in _KINDS if f"content-{kind}" in f"{name}"), "")
            yield Route(kind, path, _route(options, path), options)


def _page_url(route: Route, *, is_versioned: bool) -> str:
    """The pattern of the URLs of a folder; empty if it is not certain."""
    path = _PATHS.get(route.kind) if "include" not in route.options else None
    if route.kind == "docs":
        if is_versioned and find_text(route.options, "lastVersion") != "current":
            return ""  # The folder is the next version.
        if find(route.options, "numberPrefixParser") is False:
            path = ":exact_path"
    return "" if path is None else f"/{route.url}/{path}/".replace("//", "/")


def _entries(value: Json) -> list[dict[str, Json]]:
    """The options of presets or plugins, each `[name, options]`."""
    return [mapping(entry[-1]) for entry in (value if isinstance(value, list) else []) if isinstance(entry, list) and entry]


def _route(options: Json, route: str) -> str:
    found = find_text(options, "routeBasePath")
    return (route if found is None else found).strip("/")
