"""Hugo: `hugo.toml` or a folder of settings. Themes and modules can add static files.

Hugo merges several folders into one site: `staticDir`, module mounts, and `static` and `assets` of each theme and module in
the repository.
"""

from collections.abc import Iterator
from posixpath import splitext

from linkcheck.infer.generators.site import (
    ENGLISH,
    FrontMatterDefault,
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find,
    find_text,
    first_data,
    mapping,
    settings_names,
    texts,
)
from linkcheck.model import Json

_FORMATS = ("toml", "yaml", "yml", "json")
_FILES = settings_names("hugo", "config", extensions=_FORMATS)
_ENVIRONMENTS = ("_default", "production")
"""Folders of settings for a published site. Later ones take precedence."""
_PARTS = ("module", "languages", "permalinks", "cascade")
"""Settings that can be in a separate file in such a folder."""
MARKS = (*_FILES[:4], *(f"config/_default/{name}" for name in _FILES), "archetypes/default.md")
MAYBE_MARKS = _FILES[4:]
"""Names that other programs use too."""
_NEIGHBORS = ("content", "archetypes", "themes", "layouts")
_OWN_SETTINGS = frozenset(
    (
        *("baseurl", "contentdir", "staticdir", "languagecode", "defaultcontentlanguage", "theme", "module", "markup"),
        *("taxonomies", "disablekinds", "permalinks", "params", "menu", "menus", "cascade", "outputs", "languages"),
    )
)
"""A settings file with a common name is Hugo's if it has two of these settings, or `baseURL`."""
_DEFAULT_LANGUAGE = ("defaultContentLanguage", "defaultContentLanguageInSubdir")
_SCOPES = ("target", "_target")


def read(files: SettingsFiles) -> SiteInfo | None:
    sure = any(files.is_file(name) for name in MARKS)
    if not sure and not any(files.is_folder(name) for name in _NEIGHBORS):
        return None
    settings = _settings(files)
    if not sure and not _is_hugo(settings):
        return None
    mounts = [*_mounts(settings)]
    content = [*_sources(settings, "contentDir", mounts, "content")]
    static = [*_sources(settings, "staticDir", mounts, "static")]
    assets = [*_sources(settings, "assetDir", mounts, "assets")]
    for theme in _themes(files, settings):
        theme_mounts = [*_mounts(first_data(files, [f"{theme}/{name}" for name in _FILES]))]
        static += [f"{theme}/{folder}" for folder in _sources({}, "", theme_mounts, "static")]
        assets += [f"{theme}/{folder}" for folder in _sources({}, "", theme_mounts, "assets")]
    return SiteInfo(
        address(find(settings, "baseURL")),
        content=tuple(dict.fromkeys(content)),
        static=existing(files, (*static, *assets)),
        languages=tuple(_of_languages(settings)),
        permalinks=_permalinks(find(settings, "permalinks")),
        defaults=tuple(default for folder in dict.fromkeys(content) for default in cascade_of(settings, folder)),
        page_urls=_page_urls(settings, content, mounts),
        hidden=(*_unclear_languages(files, settings, content), *_disabled(settings)),
        language_prefixes=_languages(settings),
        default_language=_default_language(settings),
        language_folders=_language_folders(settings),
        shows_future=find(settings, "buildFuture") is True,
    )


def _page_urls(settings: dict[str, Json], content: list[str], mounts: list[tuple[str, str]]) -> dict[str, str]:
    """Empty if a setting changes the URLs in ways that are not read."""
    is_ugly = find(settings, "uglyURLs") or False
    is_without_pages = "page" in texts(find(settings, "disableKinds"))
    if not isinstance(is_ugly, bool) or find(settings, "disablePathToLower") is True or is_without_pages:
        return {}
    below = {source: target.partition("/")[2] for source, target in mounts if target.split("/")[0] == "content"}
    pattern = ":path.html" if is_ugly else ":path/"
    urls = {folder: f"/{below.get(folder, '')}/{pattern}".replace("//", "/") for folder in content}
    sections = _permalinks(find(settings, "permalinks")).items()
    return urls | {f"{folder}/{section}": url for folder in content for section, url in sections if not below.get(folder)}


def _disabled(settings: dict[str, Json]) -> tuple[str, ...]:
    """The pages of folders, if the site has none."""
    return ("**/_index.*",) if {"section", "home"}.intersection(texts(find(settings, "disableKinds"))) else ()


def _unclear_languages(files: SettingsFiles, settings: dict[str, Json], content: list[str]) -> Iterator[str]:
    """The folders that are named like a language of the site, but that no setting assigns to it: a theme may do that."""
    codes = _languages(settings) or {}
    assigned = {*content, *_language_folders(settings)}
    if len(codes) > 1:
        folders = (f"{each}/{name}" for each in content for name in files.names(each) if name.casefold() in codes)
        yield from (f"{folder}/**" for folder in folders if folder not in assigned)


def _languages(settings: dict[str, Json]) -> dict[str, str] | None:
    """The languages of the site, each with the first part of its URLs; None without settings for languages."""
    if all(find(settings, setting) is None for setting in ("languages", *_DEFAULT_LANGUAGE)):
        return None
    default = _default_language(settings)
    is_below = find(settings, _DEFAULT_LANGUAGE[1]) is True
    disabled = {text.casefold() for text in texts(find(settings, "disableLanguages"))}
    languages = mapping(find(settings, "languages"))
    # A language with an address of its own is another site.
    own = {code.casefold() for code, each in languages.items() if find_text(each, "baseURL") is None}
    own -= {code.casefold() for code, each in languages.items() if find(each, "disabled") is True}
    codes = sorted((own or {default}) - disabled)
    return {code: "" if code == default and not is_below else code for code in codes}


def _default_language(settings: dict[str, Json]) -> str:
    return (find_text(settings, _DEFAULT_LANGUAGE[0]) or ENGLISH).casefold()


def _language_folders(settings: dict[str, Json]) -> dict[str, str]:
    languages = mapping(find(settings, "languages")).items()
    found = {folder.strip("/"): code for code, each in languages for folder in texts(find(each, "contentDir"))}
    mounts = find(settings, "module", "mounts")
    for mount in mounts if isinstance(mounts, list) else []:
        source, code = find_text(mount, "source"), find_text(mount, "lang")
        if source and code and (find_text(mount, "target") or "").split("/")[0] == "content":
            found[source.strip("/")] = code
    return {folder: code.casefold() for folder, code in found.items()}


def _is_hugo(settings: dict[str, Json]) -> bool:
    own = _OWN_SETTINGS.intersection(key.casefold() for key in settings)
    return ("baseurl" in own or len(own) > 1) and find(settings, "base_url") is None


def cascade_of(data: Json, folder: str, *, own: bool = False) -> Iterator[FrontMatterDefault]:
    """The defaults in the `cascade` of the settings, or of the `_index` page of a folder, for the articles below it.

    `own` means that the cascade is that of such a page. The path of its target is not relative to the folder, so it is
    ignored, and the defaults apply to all articles below. A cascade for one language, environment or kind of list page is
    left out.
    """
    cascade = find(data, "cascade")
    for entry in cascade if isinstance(cascade, list) else [cascade]:
        each = mapping(entry)
        target = next((mapping(each[scope]) for scope in _SCOPES if scope in each), {})
        kind = find_text(target, "kind") or "page"
        if {key.casefold() for key in target} - {"path", "kind"} or kind.strip("{}") != "page":
            continue
        own_values = {name: value for name, value in each.items() if name not in (*_SCOPES, "params")}
        values = {**mapping(each.get("params")), **own_values}
        path = find_text(target, "path")
        globs = [f"{folder}/**"] if path is None or own else [f"{folder}/{glob.strip('/')}" for glob in _alternatives(path)]
        if values and globs:
            yield FrontMatterDefault(tuple(glob.lstrip("/") for glob in globs), values)


def _alternatives(glob: str) -> list[str]:
    """`{/a,/a/**}` as two globs; a glob with braces elsewhere is left out."""
    inner = glob[1:-1] if glob.startswith("{") and glob.endswith("}") else glob
    if "{" in inner or "}" in inner:
        return []
    return inner.split(",") if inner is not glob else [glob]


def _settings(files: SettingsFiles) -> dict[str, Json]:
    """The settings file, overridden by the folders of settings for a published site."""
    merged = first_data(files, _FILES)
    for environment in _ENVIRONMENTS:
        folder = f"config/{environment}"
        if files.is_folder(folder):
            merged = {**merged, **first_data(files, [f"{folder}/{name}" for name in _FILES])}
            for part in _PARTS:
                data = first_data(files, settings_names(f"{folder}/{part}", extensions=_FORMATS))
                merged |= {part: find(data, part) or data} if data else {}
    return merged


def _mounts(settings: dict[str, Json]) -> Iterator[tuple[str, str]]:
    """Mounted folders, with the path where each is mounted: `("pictures", "static/img")`."""
    mounts = find(settings, "module", "mounts")
    for mount in mounts if isinstance(mounts, list) else []:
        source, target = find_text(mount, "source"), find_text(mount, "target")
        if source and target:
            yield source.strip("/"), target.strip("/")


def _sources(settings: dict[str, Json], setting: str, mounts: list[tuple[str, str]], component: str) -> Iterator[str]:
    """The folders that make up `content`, `static` or `assets`."""
    mounted = [(source, target) for source, target in mounts if target.split("/")[0] == component]
    if not mounted:
        numbered = (f"{setting}{number}" for number in range(11))
        languages = mapping(find(settings, "languages")).values()
        yield from texts(find(settings, setting)) or (component,)
        yield from (folder for key in numbered for folder in texts(find(settings, key)))
        yield from (folder for language in languages for folder in texts(find(language, setting)))
    for source, target in mounted:
        below = target.partition("/")[2]
        if splitext(source)[1] and splitext(source)[1] == splitext(target)[1]:
            continue  # a file
        if not below or component == "content":
            yield source
        elif f"/{source}".endswith(f"/{below}"):
            # `img` is mounted as `static/img`, which is as if its parent folder were served at the root.
            yield source[: -len(below)].strip("/")


def _of_languages(settings: dict[str, Json]) -> Iterator[str]:
    """The folders of content that are in one language: that of the default language is outside of the others' settings."""
    folders = [*texts([find(language, "contentDir") for language in mapping(find(settings, "languages")).values()])]
    yield from (folder.strip("/") for folder in (*texts(find(settings, "contentDir")), *folders) if folders)
    mounts = find(settings, "module", "mounts")
    for mount in mounts if isinstance(mounts, list) else []:
        if find(mount, "lang") and find_text(mount, "target") == "content":
            yield (find_text(mount, "source") or "").strip("/")


def _themes(files: SettingsFiles, settings: dict[str, Json]) -> tuple[str, ...]:
    """The folders of themes and modules in the repository, including the themes that these use."""
    themes = find_text(settings, "themesDir") or "themes"
    imports = find(settings, "module", "imports")
    paths = [text for each in imports if (text := find_text(each, "path"))] if isinstance(imports, list) else []
    wanted = [*texts(find(settings, "theme")), *paths]
    found: list[str] = []
    while wanted and len(found) < 20:
        name = wanted.pop(0).strip("/")
        folder = next(
            iter(existing(files, (f"{themes}/{name}", f"_vendor/{name}", f"{themes}/{name.split('/')[-1]}"))), None
        )
        if folder is not None and folder not in found and folder != themes:
            found.append(folder)
            wanted += texts(find(first_data(files, [f"{folder}/{file}" for file in (*_FILES, "theme.toml")]), "theme"))[:20]
    return tuple(found)


def _permalinks(value: Json) -> dict[str, str]:
    """Patterns by section. If the settings distinguish kinds of pages, those of `page`."""
    pages = find(value, "page")
    patterns = mapping(pages) if isinstance(pages, dict) else mapping(value)
    return {section: pattern for section, pattern in patterns.items() if isinstance(pattern, str)}
