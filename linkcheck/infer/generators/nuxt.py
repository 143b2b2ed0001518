"""Nuxt Content: `nuxt.config.ts` and a folder `content`.

All its data files are entries, unless `content.config.ts` states which files are; `declared` reads that.
"""

from linkcheck.globs import escaped
from linkcheck.infer.data_entries import DataEntries
from linkcheck.infer.generators.site import (
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find,
    find_text,
    first_program,
    folder_named,
    settings_names,
)

_COLLECTIONS = settings_names("content.config")
MARKS = settings_names("nuxt.config")


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    written = find_text(settings, "srcDir")
    # Since version 4, the source folder is `app` if it exists.
    source = folder_named(written) if written else "app" if files.is_folder("app") else ""
    content = existing(files, ("content", f"{source}/content"))
    is_declared = any(map(files.is_file, _COLLECTIONS))
    data = () if is_declared else tuple(f"{escaped(each)}/**/*.{{json,yaml,yml}}" for each in content)
    url = find(settings, "site", "url") or find(settings, "site")
    return SiteInfo(
        address(url, find(settings, "app", "baseURL")),
        content=content,
        static=existing(files, ("public", "static", f"{source}/public", f"{source}/static")),
        aliases={"~/": source, "@/": source, "~~/": "", "@@/": ""},
        entries=(DataEntries("content", data),) if data else (),
        page_urls=_page_urls(files, f"{source}/pages".lstrip("/"), content),
    )


def _page_urls(files: SettingsFiles, pages: str, content: tuple[str, ...]) -> dict[str, str]:
    """The URLs of pages, and those of all content if one page shows what has no other: `pages/[...slug].vue`."""
    # The settings of collections can leave out files, and give them other URLs.
    is_shown = not any(map(files.is_file, _COLLECTIONS)) and any(name.startswith("[...") for name in files.names(pages))
    return {pages: "/:path/", **(dict.fromkeys(content, "/:path/") if is_shown else {})}
