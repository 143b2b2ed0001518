"""Nuxt Content: `nuxt.config.ts` and a folder `content`."""

from posixpath import normpath

from linkcheck.infer.generators.site import (
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find,
    find_text,
    first_program,
    settings_names,
)

MARKS = settings_names("nuxt.config")


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    written = find_text(settings, "srcDir")
    # Since version 4, the source folder is `app` if it exists.
    source = normpath(written).removeprefix(".") if written else "app" if files.is_folder("app") else ""
    url = find(settings, "site", "url") or find(settings, "site")
    return SiteInfo(
        address(url, find(settings, "app", "baseURL")),
        content=existing(files, ("content", f"{source}/content")),
        static=existing(files, ("public", "static", f"{source}/public", f"{source}/static")),
        aliases={"~/": source, "@/": source, "~~/": "", "@@/": ""},
    )
