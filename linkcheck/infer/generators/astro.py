"""Astro, with Starlight: `astro.config.mjs`. The folders of its collections are in `content.config.ts`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename, dirname, normpath

from linkcheck.infer.generators.aliases import compiler_paths
from linkcheck.infer.generators.site import (
    MOST_FOLDERS,
    SettingsFiles,
    SiteInfo,
    address,
    find,
    find_text,
    first_program,
    settings_names,
    texts,
)
from linkcheck.infer.literals import Program

MARKS = settings_names("astro.config")
_ENTRIES = re.compile(r"\[(\.\.\.)?(?:slug|id|path|post|entry|name)\]\.astro")
"""The names of routes for the entries of a collection. Others are for the pages of a list, or for tags."""
_COLLECTIONS = settings_names("content.config", "content/config")


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    source = normpath(find_text(settings, "srcDir") or "src")
    loaded = _loaded(first_program(files, collection_programs(source)))
    return SiteInfo(
        address(settings.get("site"), settings.get("base")),
        content=(f"{source}/content", f"{source}/pages", *(dirname(folder) or folder for folder in loaded)),
        static=(normpath(find_text(settings, "publicDir") or "public"),),
        aliases=compiler_paths(files),
        page_urls=_page_urls(files, program, source, loaded),
        hidden=tuple(_excluded(loaded)),
    )


def collection_programs(source: str = "src") -> tuple[str, ...]:
    return tuple(f"{source}/{name}" for name in _COLLECTIONS)


def _loaded(program: Program | None) -> dict[str, tuple[str, ...]]:
    """The folders that `glob({base: "./articles/blog", pattern: "**/*.md"})` loads, with the patterns for their files."""
    found: dict[str, tuple[str, ...]] = {}
    for arguments in program.calls("glob") if program is not None else ():
        base = find_text(arguments[0], "base") if arguments else None
        if base is not None:
            found[normpath(base)] = texts(find(arguments[0], "pattern"))
    return found


def _page_urls(files: SettingsFiles, program: Program, source: str, loaded: Iterable[str]) -> dict[str, str]:
    """The URLs of pages, and of the entries of a collection with a route that has its name: `pages/blog/[...slug].astro`."""
    pages = f"{source}/pages"
    urls = {pages: "/:path/"}
    if next(program.calls("starlight"), None) is not None:
        urls[f"{source}/content/docs"] = "/:path/"
    folders = {basename(folder): folder for folder in (*_content_folders(files, source), *loaded)}
    routes = [pages]
    for route in routes:
        if len(routes) > MOST_FOLDERS:
            break
        names = [name for name in files.names(route) if "." not in name and "[" not in name]
        routes += [path for path in (f"{route}/{name}" for name in names) if files.is_folder(path)]
        folder, below = folders.get(basename(route)), route.removeprefix(pages).strip("/")
        entries = [found[1] or "" for name in files.names(route) if (found := _ENTRIES.fullmatch(name))]
        if folder is not None and below and entries:
            urls[folder] = f"/{below}/:path/" if "..." in entries else f"/{below}/:entry/"
    return urls


def _content_folders(files: SettingsFiles, source: str) -> Iterator[str]:
    content = f"{source}/content"
    yield from (f"{content}/{name}" for name in files.names(content) if files.is_folder(f"{content}/{name}"))


def _excluded(loaded: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What the patterns leave out: `!drafts/**`. If they do not name all files below, those they name are not certain."""
    for folder, patterns in loaded.items():
        yield from (f"{folder}/{pattern[1:]}" for pattern in patterns if pattern.startswith("!"))
        if not any(pattern.startswith("**/") for pattern in patterns):
            yield f"{folder}/*/*" if any(pattern.startswith("*.") for pattern in patterns) else f"{folder}/**"
