"""The data about a site in its generator's settings, and functions to read it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.infer.data_entries import DataEntries
from linkcheck.infer.literals import Program, read_program
from linkcheck.model import Json

_ADDRESS = re.compile(r"https?://[^\s/?#\"'`<>{}$]++[^\s?#\"'`<>{}$]*")
_LOCAL = re.compile(r"https?://(?:localhost|127\.|0\.0\.0\.0|\[|example\.(?:com|org|net)\b|your-)", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/]*@")
_PATH = re.compile(r"/?[\w~-][^\s?#\"'`<>{}$:]*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{4,253}}\Z)(?:{_LABEL}\.)+(?=[a-z]){_LABEL}")
_OF_OTHERS = frozenset(("themes", "_vendor", "node_modules"))
"""Folders with the files of other sites, such as the demo of a theme."""
ENGLISH = "en"
"""The default language of generators."""
MOST_FOLDERS = 100
"""Maximum number of folders, aliases and defaults, each, that are kept for a site."""
_MOST_IMPORTS = 10
"""Maximum number of programs that are read because another one imports them."""
SCRIPTS = ("js", "ts", "mjs", "mts", "cjs", "cts")
"""Extensions of settings files that are programs."""


class SettingsFiles(Protocol):
    """The files of a folder that may contain a site. Paths are relative to it; a missing or unreadable file is empty."""

    def data(self, path: str) -> dict[str, Json]: ...
    def text(self, path: str) -> str: ...
    def is_file(self, path: str) -> bool: ...
    def is_folder(self, path: str) -> bool: ...
    def names(self, folder: str) -> tuple[str, ...]: ...


class FrontMatterDefault(Struct, frozen=True):
    """Default properties of the articles that match one of `globs`. With `has_page_url`, `page_urls` has their permalink."""

    globs: tuple[str, ...]
    values: dict[str, Json]
    has_page_url: bool = False


class SiteInfo(Struct, frozen=True):
    """A site as described by its settings. Folders are relative to the repository's root, and empty for the root itself.

    `folder` contains the settings. The folders of `content` contain the articles; files in the folders of `static` are
    served at the site's root. If `copied` is known, these are only the files that match its globs, each with the folder of
    `static` from which their URLs start. The folders of `maybe_static` are roots only if a link leads to a file in them,
    because few of their files are served, or it is not known which. `languages` are those of `content` that contain the
    articles of one language. `aliases` are path prefixes that the build replaces with a folder (`@/`: `src/`). `permalinks`
    are patterns of URLs by section or collection, in the generator's notation, or in linkcheck's for Pelican; the default
    pattern has an empty name.
    `entries` are the data files that are entries of every site of the generator.

    The others say what is published. `page_urls` are patterns of URLs by folder, in linkcheck's notation, and `post_url` is
    that of the articles in folders named `_posts`; the URLs of all others are not certain. `language_prefixes` are the codes
    of the languages, each with the first part of its URLs, which can be empty for `default_language`; None if the settings
    specify none. `language_folders` are folders of `content` with their language. `collections` are folders whose names
    start with `_` and that are published (Jekyll). The articles that match `hidden` are not published, and those dated in
    the future only if `shows_future` is true.
    """

    base_url: str | None = None
    folder: str = ""
    content: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    maybe_static: tuple[str, ...] = ()
    copied: Mapping[str, str] | None = None
    languages: tuple[str, ...] = ()
    aliases: Mapping[str, str] = {}
    permalinks: Mapping[str, str] = {}
    defaults: tuple[FrontMatterDefault, ...] = ()
    entries: tuple[DataEntries, ...] = ()
    page_urls: Mapping[str, str] = {}
    post_url: str = ""
    language_prefixes: Mapping[str, str] | None = None
    default_language: str = ENGLISH
    language_folders: Mapping[str, str] = {}
    collections: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    shows_future: bool = False


class Generator(Struct, frozen=True):
    """A program that builds sites. `marks` are files or folders; a site has at least one of them.

    With `has_section_pages`, it makes the page of a folder from the file `_index`.
    `read` returns the site that the settings in a folder describe, with paths relative to it; None if there are no settings.
    """

    name: str
    marks: tuple[str, ...]
    read: Callable[[SettingsFiles], SiteInfo | None]
    has_section_pages: bool = False


def settings_names(*stems: str, extensions: Iterable[str] = SCRIPTS) -> tuple[str, ...]:
    return tuple(f"{stem}.{extension}" for stem in stems for extension in extensions)


_METADATA = settings_names("data/siteMetadata", "siteMetadata", "config/site", "src/config/site", "data/SiteConfig")
_METADATA_NAMES = ("siteMetadata", "siteConfig")


def first_program(files: SettingsFiles, names: Iterable[str]) -> Program | None:
    """The literals of the first of these programs that exists, with those that it imports from other files of the site."""
    name = next((name for name in names if files.is_file(name)), None)
    if name is None:
        return None
    left = iter(range(_MOST_IMPORTS))

    def load(source: str) -> Program | None:
        path = normpath(join(dirname(name), source)) if source.startswith(("./", "../")) else ".."
        if path.startswith(".."):
            return None
        stem, _, extension = path.rpartition(".")
        stem = stem if extension in SCRIPTS else path  # TypeScript imports `a.ts` as `a.js`
        file = next((each for each in (path, *settings_names(stem, f"{stem}/index")) if files.is_file(each)), None)
        is_script = file is not None and file.rpartition(".")[2] in SCRIPTS
        return read_program(files.text(file)) if file and is_script and next(left, None) is not None else None

    return read_program(files.text(name), python=name.endswith(".py"), load=load)


def first_data(files: SettingsFiles, names: Iterable[str]) -> dict[str, Json]:
    """The data of the first of these files that has any."""
    return next((data for name in names if files.is_file(name) and (data := files.data(name))), {})


def find(data: Json, *keys: str) -> Json:
    """The value at a path of keys, compared without case; None if there is none."""
    for key in keys:
        if not isinstance(data, dict):
            return None
        wanted = key.casefold()
        data = data[key] if key in data else next((data[name] for name in data if name.casefold() == wanted), None)
    return data


def find_text(data: Json, *keys: str) -> str | None:
    value = find(data, *keys)
    return value if isinstance(value, str) else None


def texts(value: Json) -> tuple[str, ...]:
    """A text, or the texts of a list."""
    return tuple(item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str))


def mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def address(url: Json, path: Json = None) -> str | None:
    """The site's URL from its settings, including the path; None if it is not a public URL.

    A user name and a password are left out, because they must not get into a configuration and into reports.
    """
    if not isinstance(url, str) or _ADDRESS.fullmatch(url) is None:
        return None
    url = _USER.sub("", url, count=1)
    if _ADDRESS.fullmatch(url) is None or _LOCAL.match(url):
        return None
    below = path.strip("/") if isinstance(path, str) and _PATH.fullmatch(path) else ""
    found = url.rstrip("/") + "/"
    if below and not found.endswith(f"/{below}/"):
        found += f"{below}/"
    return found


def stated_address(files: SettingsFiles) -> Json:
    """The site's URL in a file that templates of React sites import their metadata from; None if there is none."""
    program = first_program(files, _METADATA)
    for settings in (program.exported, *map(program.names.get, _METADATA_NAMES)) if program is not None else ():
        url = find_text(settings, "siteUrl") or find_text(settings, "url")
        if url is not None:
            return url
    return None


def address_of_pages(files: SettingsFiles, static: Iterable[str]) -> str | None:
    """The site's URL by the file `CNAME` of GitHub Pages, if it states exactly one host."""
    folders = ("", *(each for each in static if _OF_OTHERS.isdisjoint(each.split("/"))))
    texts = (files.text(f"{folder}/CNAME".lstrip("/")) for folder in dict.fromkeys(folders))
    hosts = {line.strip().lower() for text in texts for line in text.splitlines() if line.strip()}
    host = hosts.pop() if len(hosts) == 1 else ""
    return address(f"https://{host}") if _HOST.fullmatch(host) else None


def ignored_globs(text: str) -> Iterator[str]:
    """The globs in a text like that of `.gitignore`: a name without a slash is left out in all folders."""
    for line in text.splitlines():
        if glob := line.partition("#")[0].strip().strip("/"):
            yield glob if "/" in glob else f"**/{glob}"


def folder_named(path: str) -> str:
    """A folder that settings name, relative to them; empty for their own folder."""
    found = normpath(path)
    return "" if found == "." else found


def existing(files: SettingsFiles, folders: Iterable[str]) -> tuple[str, ...]:
    """The folders that exist, without duplicates."""
    return tuple(dict.fromkeys(folder for each in folders if files.is_folder(folder := each.strip("/"))))


def placed(site: SiteInfo, folder: str) -> SiteInfo:
    """The site in a folder of the repository, with paths relative to the repository. Paths outside of it are left out."""
    content = (place(folder, each) for each in site.content[:MOST_FOLDERS])
    static = (place(folder, each) for each in site.static[:MOST_FOLDERS])
    maybe_static = (place(folder, each) for each in site.maybe_static[:MOST_FOLDERS])
    languages = (place(folder, each) for each in site.languages[:MOST_FOLDERS])
    copied = [(place(folder, glob), place(folder, start)) for glob, start in (site.copied or {}).items()]
    aliases = {prefix: place(folder, target) for prefix, target in [*site.aliases.items()][:MOST_FOLDERS]}
    page_urls = ((place(folder, each), pattern) for each, pattern in [*site.page_urls.items()][:MOST_FOLDERS])
    in_languages = ((place(folder, each), code) for each, code in [*site.language_folders.items()][:MOST_FOLDERS])
    hidden = (place(folder, each) for each in site.hidden[:MOST_FOLDERS])
    defaults = [_placed_default(default, folder) for default in site.defaults[:MOST_FOLDERS]]
    return replace(
        site,
        folder=folder,
        content=tuple(dict.fromkeys(each for each in content if each is not None)),
        static=tuple(dict.fromkeys(each for each in static if each is not None)),
        maybe_static=tuple(dict.fromkeys(each for each in maybe_static if each is not None)),
        copied=None
        if site.copied is None or len(copied) > MOST_FOLDERS
        else {glob: start for glob, start in copied if glob and start is not None},
        languages=tuple(dict.fromkeys(each for each in languages if each is not None)),
        aliases={prefix: target for prefix, target in aliases.items() if target is not None},
        defaults=tuple(defaults),
        entries=tuple(placed_entries(each, folder) for each in site.entries[:MOST_FOLDERS]),
        page_urls={each: pattern for each, pattern in page_urls if each is not None},
        language_folders={each: code for each, code in in_languages if each is not None},
        hidden=tuple(each for each in hidden if each),
    )


def placed_entries(entries: DataEntries, folder: str) -> DataEntries:
    """The entries of a site in a folder of the repository, with globs relative to the repository."""
    globs, excluded = (
        tuple(placed for glob in listed[:MOST_FOLDERS] if (placed := place(folder, glob)))
        for listed in (entries.globs, entries.excluded)
    )
    return replace(entries, globs=globs, excluded=excluded)


def _placed_default(default: FrontMatterDefault, folder: str) -> FrontMatterDefault:
    globs = (place(folder, glob) for glob in default.globs[:MOST_FOLDERS])
    return replace(default, globs=tuple(glob for glob in globs if glob))


def place(folder: str, path: str) -> str | None:
    """A path within a folder of the repository, relative to its root; None if it leads outside."""
    if path.startswith("/") or "\\" in path or "\0" in path:
        return None
    found = normpath(join(folder, path))
    return None if found == ".." or found.startswith("../") else "" if found == "." else found
