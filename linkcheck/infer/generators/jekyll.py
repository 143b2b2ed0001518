"""Jekyll: `_config.yml`. Static files are next to the articles; `defaults` apply to articles by path and type."""

import re
from collections.abc import Iterator

from linkcheck.infer.generators.site import (
    FrontMatterDefault,
    SettingsFiles,
    SiteInfo,
    address,
    find_text,
    first_data,
    mapping,
    texts,
)
from linkcheck.model import Json

SETTINGS = ("_config.yml", "_config.yaml", "_config.toml")
FOLDERS = ("_posts", "_layouts", "_includes")
"""Folders that identify a site without settings."""
_STARS = re.compile(r"\*+")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


def read(files: SettingsFiles) -> SiteInfo | None:
    if not any(files.is_file(name) for name in SETTINGS):
        return None
    return site_of(first_data(files, SETTINGS))


def site_of(settings: dict[str, Json]) -> SiteInfo:
    source = find_text(settings, "source") or ""
    style = find_text(settings, "permalink") or "date"
    return SiteInfo(
        address(settings.get("url"), settings.get("baseurl")),
        content=(source,),
        static=(source,),
        permalinks=_permalinks(settings),
        page_urls={source: f"/:path{_ending(style)}", **dict(_collection_urls(settings, source, style))},
        post_url=_STYLES.get(style, style),
        defaults=tuple(_defaults(settings, source.strip("/"))),
        collections=tuple(_published_folders(settings)),
        hidden=tuple(_excluded(settings, source.strip("/"))),
        shows_future=settings.get("future") is True,
    )


def _excluded(settings: dict[str, Json], source: str) -> Iterator[str]:
    """The globs of what the site leaves out. In those of Jekyll, `*` also stands for slashes."""
    for each in texts(settings.get("exclude")):
        yield "/".join(filter(None, (source, _STARS.sub("**", each.strip("/")))))


def _published_folders(settings: dict[str, Json]) -> Iterator[str]:
    """The folders with a leading underscore, other than `_posts`, whose articles have pages."""
    for name, collection in mapping(settings.get("collections")).items():
        if mapping(collection).get("output") is True:
            yield f"_{name}"
    yield from (each.strip("/") for each in texts(settings.get("include")))


def _ending(style: str) -> str:
    """How the URLs of pages end, by the permalinks of posts. Styles are by name; others are patterns."""
    pattern = "/" if style == "pretty" else ":output_ext" if style in _STYLES else style
    return "/" if pattern.endswith("/") else ".html" if pattern.endswith(":output_ext") else ""


def _collection_urls(settings: dict[str, Json], source: str, style: str) -> Iterator[tuple[str, str]]:
    below = find_text(settings, "collections_dir") or ""
    for name, collection in mapping(settings.get("collections")).items():
        pattern = find_text(collection, "permalink") or f"/:collection/:path{_ending(style)}"
        folder = "/".join(filter(None, (source.strip("/"), below.strip("/"), f"_{name}")))
        if mapping(collection).get("output") is True and name != "posts":
            yield folder, _STYLES.get(pattern, pattern).replace(":collection", name)


def _permalinks(settings: dict[str, Json]) -> dict[str, str]:
    style = find_text(settings, "permalink") or "date"
    found = {"posts": _STYLES.get(style, style)}
    for name, collection in mapping(settings.get("collections")).items():
        pattern = find_text(collection, "permalink")
        if pattern is not None:
            found[name] = _STYLES.get(pattern, pattern)
    return found


def _defaults(settings: dict[str, Json], source: str) -> Iterator[FrontMatterDefault]:
    entries = settings.get("defaults")
    below = find_text(settings, "collections_dir") or ""
    for entry in entries if isinstance(entries, list) else []:
        values = mapping(mapping(entry).get("values"))
        scope = mapping(mapping(entry).get("scope"))
        if values:
            globs = _globs(texts(scope.get("path"))[:1] or ("",), find_text(scope, "type"), below.strip("/"))
            yield FrontMatterDefault(tuple("/".join(filter(None, (source, glob))) for glob in globs), values)


def _globs(path: tuple[str, ...], kind: str | None, below: str) -> tuple[str, ...]:
    """The globs of a scope. Its path is a folder, a file or a glob; its type is the name of a collection."""
    base = path[0].strip("/")
    folder = f"{below}/" if below else ""
    if not kind or kind == "pages":
        return (base, f"{base}/**") if base else ("**",)
    inside = f"**/_{kind}/**" if kind in ("posts", "drafts") else f"{folder}_{kind}/**"
    if not base:
        return (inside,)
    if f"_{kind}" in base.split("/"):
        return (base, f"{base}/**")
    return (f"{base}/{inside}",)
