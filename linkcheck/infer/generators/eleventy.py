"""Eleventy: `.eleventy.js` or `eleventy.config.js`. Files are published where `addPassthroughCopy` puts them."""

import re
from collections.abc import Iterable, Iterator
from posixpath import basename, normpath

from msgspec import Struct

from linkcheck.infer.generators.site import (
    FrontMatterDefault,
    SettingsFiles,
    SiteInfo,
    address,
    find,
    find_text,
    first_data,
    first_program,
    folder_named,
    ignored_globs,
    settings_names,
    texts,
)
from linkcheck.infer.literals import Program
from linkcheck.model import Json

MARKS = (".eleventy.js", *settings_names("eleventy.config"))
_SITE_DATA = settings_names("metadata", "site", "meta", extensions=("json", "yaml", "yml"))
_SITE_PROGRAMS = settings_names("metadata", "site", "meta")
_MOST_DATA_FILES = 200
_FILE_SLUG = re.compile(r"\{\{-?\s*page\.fileSlug\s*-?\}\}")
_COPY = "addPassthroughCopy"
_COPYING = ("eleventyImageTransformPlugin", "eleventyImageOnRequestDuringServePlugin")
"""Plugins that copy the images of the input folder that pages refer to."""


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    config = program.names.get("config")
    folders = find(settings, "dir") or find(config, "dir")
    called = next((text for arguments in program.calls("setInputDirectory") if (text := _first_text(arguments))), None)
    source = folder_named(called or find_text(folders, "input") or ".")
    data = normpath(f"{source or '.'}/{find_text(folders, 'data') or '_data'}")
    inside = (*_folders(files, source),)
    copies = (*_copies(program, source),)
    found = (*_directory_data(files, inside),)
    starts = dict.fromkeys(each.start for each in copies if each.start is not None)
    of_folders = {each.start for each in copies if each.start == source or not files.is_file(each.path)}
    static = tuple(start for start in starts if start in of_folders)
    return SiteInfo(
        address(_address(files, data), find_text(settings, "pathPrefix") or find_text(config, "pathPrefix")),
        content=(source,),
        static=static,
        maybe_static=tuple(start for start in dict.fromkeys((*starts, source)) if start and start not in static),
        copied=_copied(program, settings, copies, source),
        aliases={f"/{each.target}/": each.path for each in copies if each.start is None and "*" not in each.path},
        defaults=tuple(each for _, each in found),
        page_urls={} if _has_own_urls(files, program, data) else {**_page_urls(found), source: "/:path/"},
        hidden=(*_ignored(files, program), *_computed(files, inside)),
    )


def _has_own_urls(files: SettingsFiles, program: Program, data: str) -> bool:
    """Whether global data may state the URLs of all pages."""
    names = {name.partition(".")[0] for name in files.names(data)}
    return any(name in names or program.mentions(name) for name in ("permalink", "eleventyComputed"))


def _ignored(files: SettingsFiles, program: Program) -> Iterator[str]:
    yield from ignored_globs(files.text(".eleventyignore"))
    for arguments in program.calls("add"):  # eleventyConfig.ignores.add("drafts/**")
        if path := _first_text(arguments):
            yield path.removeprefix("./")


def _first_text(arguments: list[Json]) -> str | None:
    return arguments[0] if arguments and isinstance(arguments[0], str) else None


def _address(files: SettingsFiles, folder: str) -> Json:
    """The site's URL, which is usually in the global data, since Eleventy has no setting for it."""
    names = [f"{folder}/{name}" for name in _SITE_DATA]
    found = find(first_data(files, names), "url")
    program = None if found else first_program(files, [f"{folder}/{name}" for name in _SITE_PROGRAMS])
    return find(program.exported, "url") if program is not None else found


class _Copy(Struct, frozen=True):
    """Files that are copied: a glob, or a path and the URL path `target` of its files.

    `start` is the folder from which the URLs of the files start; None if these are other paths.
    """

    path: str
    target: str
    start: str | None


def _copies(program: Program, source: str) -> Iterator[_Copy]:
    for arguments in program.calls(_COPY):
        match arguments:
            case [str(path), *_]:
                # Copied to the same path, without the input folder.
                inside = folder_named(path)
                is_below = not source or inside == source or inside.startswith(f"{source}/")
                yield _Copy(inside or "**", "", source if is_below else "")
            case [dict(copies), *_]:
                for path, target in copies.items():
                    if isinstance(target, str):
                        yield _renamed(path, target)


def _renamed(path: str, target: str) -> _Copy:
    folder = folder_named(path.partition("*")[0].rstrip("/") or ".")
    below = normpath("/" + target).strip("/")
    if not below:
        return _Copy(folder or "**", below, folder)
    if f"/{folder}".endswith(f"/{below}"):
        return _Copy(folder, below, folder[: -len(below)].strip("/"))
    return _Copy(path if "*" in path else folder, below, None)


def _copied(program: Program, settings: Json, copies: tuple[_Copy, ...], source: str) -> dict[str, str] | None:
    """The globs of all files that are copied; None if the settings may contain others."""
    calls = [*program.calls(_COPY)]
    is_known = all(each and isinstance(each[0], str | dict) and each[0] for each in calls)
    if not calls or not is_known or len(calls) < program.count(_COPY) or any(map(program.mentions, _COPYING)):
        return None
    return {
        **{each.path: each.start for each in copies if each.start is not None},
        **{f"{source}/**/*.{name}".lstrip("/"): source for name in _formats(program, settings)},
    }


def _formats(program: Program, settings: Json) -> Iterator[str]:
    """The extensions of the files that are pages, or are copied if they are not templates."""
    calls = (*program.calls("setTemplateFormats"), *program.calls("addTemplateFormats"))
    for each in (find(settings, "templateFormats"), *(arguments[0] for arguments in calls if arguments)):
        for text in texts(each):
            yield from map(str.strip, text.split(","))


def _folders(files: SettingsFiles, source: str) -> Iterator[str]:
    folders = [source]
    for folder in folders:
        yield folder
        if len(folders) > _MOST_DATA_FILES:
            break
        for name in files.names(folder):
            path = f"{folder}/{name}".lstrip("/")
            if not name.startswith((".", "_site")) and name != "node_modules" and files.is_folder(path):
                folders.append(path)


def _computed(files: SettingsFiles, folders: Iterable[str]) -> Iterator[str]:
    """The articles of `posts` if the program `posts/posts.11tydata.js` states their URLs. Its values are not read."""
    for folder in filter(None, folders):
        names = settings_names(f"{folder}/{basename(folder)}.11tydata")
        if any(files.is_file(each) and "permalink" in files.text(each) for each in names):
            yield f"{folder}/**"


def _directory_data(files: SettingsFiles, folders: Iterable[str]) -> Iterator[tuple[str, FrontMatterDefault]]:
    """The folders with the defaults in `posts/posts.json` and `posts/posts.11tydata.json`, which apply to their articles."""
    for folder in folders:
        start = f"{folder}/{basename(folder)}"
        for path in (f"{start}.json", f"{start}.11tydata.json"):
            values = files.data(path) if folder and files.is_file(path) else {}
            if values:
                yield folder, FrontMatterDefault((f"{folder}/**",), values, _page_url(values) is not None)


def _page_urls(found: Iterable[tuple[str, FrontMatterDefault]]) -> dict[str, str]:
    return {folder: pattern for folder, each in found if (pattern := _page_url(each.values)) is not None}


def _page_url(values: dict[str, Json]) -> str | None:
    """The permalink of a folder as a pattern; None if it does not contain the file name, or contains other values."""
    stated = find_text(values, "permalink") or ""
    pattern = "/" + _FILE_SLUG.sub(":file_slug", stated).removesuffix("index.html").lstrip("/")
    is_plain = ":" not in stated and not re.search(r"[{}%]", pattern)
    return pattern if is_plain and ":" in pattern and pattern.endswith(("/", ".html")) else None
