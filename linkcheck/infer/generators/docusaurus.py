"""Docusaurus: `docusaurus.config.js`. The folders of articles and their routes are options of presets and plugins."""

from collections.abc import Iterator

from linkcheck.infer.generators.site import (
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
_KINDS = {"docs": ("docs", "docs"), "blog": ("blog", "blog"), "pages": ("src/pages", "")}
"""The default folder and route of each kind of content."""


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    routes = dict(_routes(settings))
    outside = tuple(folder for folder in routes if folder.startswith(".."))
    return SiteInfo(
        address(settings.get("url"), settings.get("baseUrl")),
        content=("", *outside),
        static=texts(settings.get("staticDirectories")) or ("static",),
        aliases={"@site/": ""},
        permalinks={folder: f"/{route}/".replace("//", "/") for folder, route in routes.items()},
    )


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


def _entries(value: Json) -> Iterator[dict[str, Json]]:
    """The options of presets or plugins, each `[name, options]`."""
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, list) and entry:
            yield mapping(entry[-1])


def _route(options: Json, route: str) -> str:
    found = find_text(options, "routeBasePath")
    return (route if found is None else found).strip("/")
